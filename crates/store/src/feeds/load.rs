//! Taking a file in, part by part.
//!
//! Rule: a line's event and that the line was taken in are one unit; how far the file was read follows behind its parts. A process that is killed
//! in between leaves lines that are taken in and not counted: they are met again, known, and counted then.

use std::collections::{HashMap, HashSet};
use std::io::BufRead;
use std::sync::Arc;

use access::path::{Change, Disclosed, Grant, JournalError, OnSystem, Operation, Param, Refusal, tell};
use feed::{Feed, FeedError, Line, What};
use futures_util::future::join_all;
use model::feed::{FeedSource, ForeignEvent};
use model::{Action, Caller, Channel, Decision, EventId, FeedLoadId, UnixMs};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::row::{Body, Load, LoadCounts, LoadState, LoadView};
use crate::audit::name_of;
use crate::company::{barred, operations};
use crate::ids::random;
use crate::proof::tables::FEED_LINE;
use crate::records::broken;
use crate::sql::Sql;
use crate::{Dialect, Store};

/// Lines of one part.
const PART: usize = 500;
/// Characters of a file's name.
const LONGEST_NAME: usize = 200;
/// Parts with rejected lines that a file keeps; of more, the first are kept and the rest counted.
const MOST_REJECTED_PARTS: usize = 2_000;

/// Begins to take a file in, or goes on with it.
#[derive(Debug)]
pub struct BeginFeedLoad {
    pub source: String,
    /// What the file is called; not where it lies.
    pub file: String,
    pub bytes: u64,
    /// SHA-256 over the file as it is: the same file is known again.
    pub digest: [u8; 32],
}

operations! {
    BeginFeedLoad: FeedManage, |op| json!({
        "act": "feed.begin", "source": op.source.chars().take(64).collect::<String>(),
        "file": op.file.chars().take(LONGEST_NAME).collect::<String>(), "bytes": op.bytes, "sha256": hex::encode(op.digest),
    });
}

/// The digest by which a file is known again.
///
/// # Errors
/// What reading says.
pub fn file_digest(mut input: impl std::io::Read) -> std::io::Result<([u8; 32], u64)> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0_u64;
    loop {
        let n = input.read(&mut buffer)?;
        let Some(part) = buffer.get(..n).filter(|p| !p.is_empty()) else { break };
        hash.update(part);
        bytes += n as u64;
    }
    Ok((hash.finalize().into(), bytes))
}

/// A file that is being taken in.
pub struct FeedLoad {
    load: Load,
    caller: Caller,
    source: Arc<FeedSource>,
    /// It was taken in before, with the mapping of today.
    over: bool,
    /// It was broken off: what the next part took in before that is counted now.
    resumed: bool,
}

impl FeedLoad {
    pub fn source(&self) -> &Arc<FeedSource> {
        &self.source
    }
    pub fn counts(&self) -> LoadCounts {
        self.load.body.counts
    }
    /// The last line that was dealt with.
    pub fn position(&self) -> u64 {
        self.load.body.position
    }
    /// Whether there is nothing to do: the file was taken in before.
    pub fn is_over(&self) -> bool {
        self.over
    }
}

/// What becomes of one fresh line.
enum Outcome {
    Taken,
    Known,
}

fn journal(error: JournalError) -> Refusal {
    match error {
        JournalError::Unavailable => Refusal::AuditUnavailable,
        JournalError::Conflict { .. } | JournalError::Taken { .. } => Refusal::Conflict,
        JournalError::Failed { reason, .. } => Refusal::StoreUnavailable(reason),
    }
}

impl Store {
    fn feed_mac(&self, name: &str, parts: &[Param]) -> [u8; 16] {
        let seal = self.seals().row(name, parts);
        let mut id = [0; 16];
        id.iter_mut().zip(seal.iter()).for_each(|(to, from)| *to = *from);
        id
    }

    /// Begins to take a file in, or goes on behind what was read of it. With another mapping it is read anew: lines that are known stay as
    /// they are.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] without such a source; [`Refusal::Invalid`] for the file's name; [`Refusal::Conflict`] when somebody else takes it in;
    /// recorded.
    pub async fn begin_feed_load(&self, grant: Grant<BeginFeedLoad>) -> Result<Disclosed<FeedLoad>, Refusal> {
        let made = async {
            let op = grant.operation();
            let company = self.company();
            let kept = company.feeds.find(&op.source).ok_or(Refusal::NotFound)?;
            let good = !op.file.trim().is_empty() && op.file.chars().count() <= LONGEST_NAME;
            if !good || op.file.chars().any(char::is_control) {
                return Err(Refusal::invalid("file", "invalid_value", "a name of 1 to 200 characters on one line"));
            }
            let id = self.feed_mac("feed_load.id", &[op.source.as_str().into(), op.digest.to_vec().into()]);
            let id = FeedLoadId::from_bytes(id);
            let (by, now) = (grant.caller().user, grant.now());
            let fresh = Body {
                file: op.file.clone(),
                bytes: op.bytes,
                by,
                source_version: kept.version,
                position: 0,
                counts: LoadCounts::default(),
                codes: Default::default(),
                rejected_in: vec![],
                span: None,
                moved_at: now,
                failure: None,
            };
            let mut resumed = false;
            let (load, change, over) = match self.feed_load(id).await? {
                None => {
                    let load = Load {
                        id,
                        source: op.source.clone(),
                        state: LoadState::Running,
                        began_at: now,
                        body: fresh,
                        version: 1,
                    };
                    let insert = self.insert_load(&load)?;
                    (load, Some(insert), false)
                }
                Some(load) if load.state == LoadState::Done && load.body.source_version == kept.version => {
                    (load, None, true)
                }
                Some(mut load) => {
                    let goes_on = load.state == LoadState::Running && load.body.source_version == kept.version;
                    resumed = goes_on;
                    match goes_on {
                        true => load.body.by = by,
                        false => load.body = fresh,
                    }
                    (load.state, load.body.moved_at) = (LoadState::Running, now);
                    let update = self.update_load(&mut load)?;
                    (load, Some(update), false)
                }
            };
            Ok((FeedLoad { load, caller: grant.caller().clone(), source: kept.source.clone(), over, resumed }, change))
        };
        match made.await {
            Ok((load, None)) => grant.carry_out_telling(vec![("known", true.into())], vec![], load).await,
            Ok((load, Some(change))) => {
                let told = vec![load.load.told(), ("from", load.load.body.position.into())];
                grant.carry_out_telling(told, vec![change], load).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Takes a file in to its end; `clock` gives each part its time, `step` is told after each.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with the code of a [`FeedError`], and what was read until then stays; [`Refusal::Forbidden`] once whoever began it may not any
    /// more; [`Refusal::Conflict`] when somebody else takes it in; [`Refusal::AuditUnavailable`], [`Refusal::StoreUnavailable`].
    pub async fn run_feed_load<R: BufRead>(
        &self,
        load: &mut FeedLoad,
        open: impl FnOnce(Arc<FeedSource>, UnixMs) -> Result<Feed<R>, FeedError>,
        clock: impl Fn() -> UnixMs,
        mut step: impl FnMut(LoadCounts),
    ) -> Result<LoadView, Refusal> {
        if load.over {
            return Ok(self.feed_load_view(load));
        }
        let mut feed = match open(load.source.clone(), clock()) {
            Ok(feed) => feed.after(load.load.body.position),
            Err(error) => return Err(self.fail_load(load, &error, clock()).await),
        };
        loop {
            let mut part = Vec::with_capacity(PART);
            let mut broken_off = None;
            while part.len() < PART {
                match feed.next() {
                    Some(Ok(line)) => part.push(line),
                    Some(Err(error)) => {
                        broken_off = Some(error);
                        break;
                    }
                    None => break,
                }
            }
            let end = part.len() < PART && broken_off.is_none();
            if !part.is_empty() {
                self.take_feed_part(load, part, clock()).await?;
                step(load.counts());
            }
            if let Some(error) = broken_off {
                return Err(self.fail_load(load, &error, clock()).await);
            }
            if end {
                self.end_load(load, LoadState::Done, Decision::Allowed, clock()).await?;
                return Ok(self.feed_load_view(load));
            }
        }
    }

    /// The file, as it is shown.
    pub fn feed_load_view(&self, load: &FeedLoad) -> LoadView {
        load.load.view(name_of(&self.directory(), load.load.body.by))
    }

    async fn fail_load(&self, load: &mut FeedLoad, error: &FeedError, now: UnixMs) -> Refusal {
        load.load.body.failure = Some(error.code().to_owned());
        match self.end_load(load, LoadState::Failed, Decision::Failed, now).await {
            Ok(()) => barred(error.code(), error.to_string()),
            Err(refusal) => refusal,
        }
    }

    async fn end_load(
        &self,
        load: &mut FeedLoad,
        state: LoadState,
        decision: Decision,
        now: UnixMs,
    ) -> Result<(), Refusal> {
        (load.load.state, load.load.body.moved_at) = (state, now);
        let change = self.update_load(&mut load.load)?;
        let detail = json!({
            "act": "feed.end", "source": load.load.source, "load": load.load.id, "counts": load.load.body.counts,
            "failure": load.load.body.failure,
        });
        let caller = Caller { at: now, ..load.caller.clone() };
        let detail = tell(detail, [load.load.told()]);
        let noted = self.gate().note(&caller, Action::FeedManage, decision, detail, vec![change]).await;
        noted.map(drop).map_err(journal)
    }

    /// Takes some lines in, in their order, and then says how far the file was read.
    async fn take_feed_part(&self, load: &mut FeedLoad, lines: Vec<Line>, now: UnixMs) -> Result<(), Refusal> {
        let caller = Caller { at: now, ..load.caller.clone() };
        if !self.gate().would_admit_system(&caller, Action::FeedManage) {
            return Err(Refusal::Forbidden { rules: vec![], obligation: None });
        }
        let (Some(from), Some(to)) = (lines.first().map(|l| l.number), lines.last().map(|l| l.end)) else {
            return Ok(());
        };
        let mut counts = LoadCounts { lines: lines.len() as u64, ..LoadCounts::default() };
        let mut rejected: Vec<Value> = vec![];
        let mut codes: Vec<String> = vec![];
        let mut fresh: Vec<([u8; 16], u64, Box<ForeignEvent>)> = vec![];
        let mut seen = HashSet::new();
        for line in lines {
            match line.what {
                What::Skipped => counts.skipped += 1,
                What::Rejected(no) => {
                    counts.rejected += 1;
                    rejected.push(json!({ "line": line.number, "code": no.code, "text": no.text }));
                    codes.push(no.code);
                }
                What::Event(event) => {
                    let name = [load.load.source.as_str().into(), line.identity.into()];
                    let key = self.feed_mac("feed_line.key", &name);
                    match seen.insert(key) {
                        true => fresh.push((key, line.number, event)),
                        false => counts.known += 1,
                    }
                }
            }
        }
        let resumed = std::mem::take(&mut load.resumed);
        let known = self.known_lines(fresh.iter().map(|(key, ..)| *key).collect()).await?;
        fresh.retain(|(key, ..)| match known.get(key) {
            Some(by) if resumed && *by == load.load.id => {
                counts.taken += 1;
                false
            }
            Some(_) => {
                counts.known += 1;
                false
            }
            None => true,
        });
        let body = &mut load.load.body;
        for (_, _, event) in &fresh {
            let (first, last) = body.span.unwrap_or((event.at, event.at));
            body.span = Some((first.min(event.at), last.max(event.at)));
        }
        let id = load.load.id;
        let source = load.load.source.clone();
        let takes = fresh.into_iter().map(|line| self.take_line(&source, id, line, now));
        let outcomes: Vec<Result<Outcome, Refusal>> = match self.db.dialect() {
            // One queue, which keeps the order in which they come: one sync to disk for many.
            Dialect::Sqlite => join_all(takes).await,
            // Many connections keep none, and windows of rules ask for it.
            Dialect::Postgres => {
                let mut all = vec![];
                for take in takes {
                    all.push(take.await);
                }
                all
            }
        };
        for outcome in outcomes {
            match outcome? {
                Outcome::Taken => counts.taken += 1,
                Outcome::Known => counts.known += 1,
            }
        }
        let part = EventId::new(now, random());
        let body = &mut load.load.body;
        body.counts.lines += counts.lines;
        body.counts.taken += counts.taken;
        body.counts.known += counts.known;
        body.counts.skipped += counts.skipped;
        body.counts.rejected += counts.rejected;
        (body.position, body.moved_at) = (to, now);
        for code in codes {
            *body.codes.entry(code).or_default() += 1;
        }
        if !rejected.is_empty() && body.rejected_in.len() < MOST_REJECTED_PARTS {
            body.rejected_in.push(part);
        }
        let change = self.update_load(&mut load.load)?;
        let detail = json!({
            "act": "feed.part", "source": source, "load": id, "lines": [from, to], "counts": counts, "rejected": rejected,
        });
        let named = (part, Action::FeedManage, Decision::Allowed);
        let detail = tell(detail, [load.load.told()]);
        self.gate().note_named(&caller, named, detail, vec![change]).await.map(drop).map_err(journal)
    }

    /// Which of these lines were taken in, and with which file.
    async fn known_lines(&self, keys: Vec<[u8; 16]>) -> Result<HashMap<[u8; 16], FeedLoadId>, Refusal> {
        let mut found = HashMap::new();
        if keys.is_empty() {
            return Ok(found);
        }
        let mut sql = Sql::new(self.db.dialect(), "SELECT key, load FROM feed_line WHERE key IN ");
        sql.bind_list(keys.iter().map(|key| key.to_vec()));
        for row in self.read(sql.finish()).await? {
            found.insert(row.id(0).map_err(broken)?, FeedLoadId::from_bytes(row.id(1).map_err(broken)?));
        }
        Ok(found)
    }

    async fn take_line(
        &self,
        source: &str,
        load: FeedLoadId,
        (key, line, event): ([u8; 16], u64, Box<ForeignEvent>),
        now: UnixMs,
    ) -> Result<Outcome, Refusal> {
        let id = EventId::new(now, random());
        let mut params: Vec<Param> = vec![key.to_vec().into(), source.into(), id.into(), load.into(), now.into()];
        params.push(self.seals().row(FEED_LINE.name, &params).to_vec().into());
        let sql = "INSERT INTO feed_line (key, source, event, load, at, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                   ON CONFLICT (key) DO NOTHING";
        let insert = Change::new(sql, params).expecting(1);
        let detail = json!({
            "act": "foreign", "source": source, "load": load, "line": line,
            "key": FeedLoadId::from_bytes(key), "foreign": event,
        });
        let caller = Self::system_caller(Channel::Import, "feed", now);
        match self.gate().note_foreign(&caller, id, detail, vec![insert]).await {
            Ok(_) => Ok(Outcome::Taken),
            Err(JournalError::Conflict { .. } | JournalError::Taken { .. }) => Ok(Outcome::Known),
            Err(error) => Err(journal(error)),
        }
    }
}
