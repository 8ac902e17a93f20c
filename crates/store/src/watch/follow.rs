//! Following the ledger: what came since is seen, judged and kept, some hundred events at a time.
//!
//! Rules: what was seen, how far it was followed and the alerts that came of it are one unit; after whatever happens in between, it is
//! followed from there. The detector's own state is a little older on disk: from its snapshot on, what was seen is judged again, in
//! silence. An event at which the detector fails is passed over and told of; recording knows nothing of any of this.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use access::path::{Change, JournalError, Refusal, tell};
use detect::{Detector, Finding, Lanes, Local, Observation, Pack, Settings, Step};
use model::{Action, AlertId, AlertState, Channel, Decision, UnixMs};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::fold::{Became, DETECTOR_FAILED, Fold, LOG_ALTERED, own_finding, pattern};
use super::head::{Counts, Head, Snapshot};
use super::observe::{Leavers, Read, Surroundings, importance, local, nothing};
use super::seen::{Kept, Seen};
use super::{Alert, FRESH_SECONDS, OPEN_DAYS, Whose};
use crate::audit::line::{EVENT, EventRow, TOUCH, TouchRow};
use crate::ids::random;
use crate::notices::{News, NoticeKind, Telling};
use crate::proof::tables::ALERT;
use crate::records::broken;
use crate::sql::Sql;
use crate::{Query, Store};

/// Events of one round.
const ROUND: i64 = 500;
/// Observations of one statement.
const ROWS: usize = 250;
/// Events after which a snapshot is kept, and how many more for each person it knows: the larger it is, the longer it takes to write, and so
/// many events are judged again after a start.
const SNAPSHOT_EVENTS: u64 = 20_000;
const SNAPSHOT_EVENTS_EACH: u64 = 5;
/// Days whose observations fill the windows of changed rules.
const WINDOW_DAYS: i64 = 35;
/// How often a round is folded anew because somebody handled one of its alerts meanwhile.
const ATTEMPTS: u32 = 5;

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Followed {
    pub events: u64,
    pub opened: u64,
    pub grew: u64,
    /// There is more to follow at once.
    pub more: bool,
    /// How far behind the newest event it is.
    pub behind: u64,
}

struct Running {
    detector: Detector,
    /// Detectors of other systems' logs.
    lanes: Lanes,
    head: Head,
    leavers: Leavers,
    /// The company's clock at the last event, for what is not there.
    last: (UnixMs, Local),
    since_snapshot: u64,
    /// A snapshot on its way to the disk. Gives up where the follower does.
    writing: JoinSet<Result<Snapshot, Refusal>>,
}

impl Running {
    fn is_due(&self) -> bool {
        let people = self.detector.baselines().users() as u64;
        self.since_snapshot >= SNAPSHOT_EVENTS.saturating_add(SNAPSHOT_EVENTS_EACH.saturating_mul(people))
    }
}

/// Follows the ledger. One at a time: a second one finds that the first has moved on, and begins anew.
pub struct Follower {
    store: Store,
    step: Step,
    running: Option<Running>,
    /// It ends once a round is durable, before anything follows from its alerts.
    ends_early: bool,
}

impl Follower {
    pub fn new(store: Store) -> Self {
        Self::stepping(store, Detector::step)
    }

    /// With another way to take an observation: to see what becomes of one that fails.
    pub fn stepping(store: Store, step: Step) -> Self {
        Self { store, step, running: None, ends_early: false }
    }

    /// One whose process ends each time a round is durable and before its alerts are followed up: to see what becomes of them.
    pub fn ending_early(store: Store) -> Self {
        Self { ends_early: true, ..Self::new(store) }
    }

    /// Follows what has come since.
    ///
    /// # Errors
    /// [`Refusal`]: nothing of this round was kept, and the next one begins from what is on disk.
    pub async fn round(&mut self, now: UnixMs) -> Result<Followed, Refusal> {
        let Some(pack) = self.store.pack() else { return Ok(Followed::default()) };
        let mut running = match self.running.take() {
            Some(running) if Arc::ptr_eq(running.detector.pack(), &pack) => running,
            Some(running) => self.with_rules(running, &pack, now).await?,
            None => self.begin(&pack, now).await?,
        };
        // Taken out and put back only when it is what is on disk.
        let followed = self.follow(&mut running, &pack, now).await?;
        let (sound, followed) = followed;
        if sound {
            self.settle(&mut running).await?;
            let due = running.writing.is_empty() && running.is_due();
            self.running = Some(if due { self.keep(running).await? } else { running });
        }
        Ok(followed)
    }

    /// Puts away what the detector knows, so that the next start is quick.
    ///
    /// # Errors
    /// [`Refusal`]: the older snapshot stands.
    pub async fn stop(&mut self) -> Result<(), Refusal> {
        let Some(mut running) = self.running.take() else { return Ok(()) };
        // Both would be written into the same room.
        Self::written(&self.store, &mut running, true).await?;
        if running.since_snapshot > 0 {
            running = self.keep(running).await?;
            Self::written(&self.store, &mut running, true).await?;
        }
        Ok(())
    }

    /// Has a snapshot count that was written meanwhile. One that could not be written leaves the older standing.
    async fn settle(&self, running: &mut Running) -> Result<(), Refusal> {
        Self::written(&self.store, running, false).await
    }

    async fn written(store: &Store, running: &mut Running, wait: bool) -> Result<(), Refusal> {
        let done = if wait { running.writing.join_next().await } else { running.writing.try_join_next() };
        match done {
            None => Ok(()),
            Some(Ok(Ok(snapshot))) => store.name_snapshot(&mut running.head, snapshot).await,
            Some(Ok(Err(refusal))) if wait => Err(refusal),
            Some(Ok(Err(error))) => {
                tracing::warn!(%error, "what detection knows was not put away; it is tried again later");
                Ok(())
            }
            Some(Err(_)) => Err(Refusal::Damaged),
        }
    }

    /// Writes the state down, which following waits for, and has it packed and put away beside what follows.
    async fn keep(&self, mut running: Running) -> Result<Running, Refusal> {
        let next = running.head.next;
        // A large state takes a while to write down: not where requests are answered.
        let (detector, lanes, bytes) = tokio::task::spawn_blocking(move || {
            let bytes = running.lanes.snapshot(&running.detector);
            (running.detector, running.lanes, bytes)
        })
        .await
        .map_err(|_| Refusal::Damaged)?;
        let (store, head) = (self.store.clone(), running.head.clone());
        running.writing.spawn(async move {
            let packed = tokio::task::spawn_blocking(move || zstd::encode_all(bytes.as_slice(), 1)).await;
            let packed = packed.map_err(|_| Refusal::Damaged)?.map_err(|_| Refusal::Damaged)?;
            store.write_snapshot(&head, next, &packed).await
        });
        Ok(Running { detector, lanes, since_snapshot: 0, ..running })
    }

    /// From what is on disk.
    async fn begin(&self, pack: &Arc<Pack>, now: UnixMs) -> Result<Running, Refusal> {
        self.store.ready_to_ask().await?;
        let fresh = || Detector::new(Arc::clone(pack), Settings::default());
        let zero = (UnixMs(0), local(&self.store.gate.settings().calendar, UnixMs(0)));
        let Some(head) = self.store.detector_head().await? else {
            let head = Head { quiet_before: now.plus_days(-OPEN_DAYS), ..Head::default() };
            return Ok(Running {
                detector: fresh(),
                lanes: no_lanes(pack),
                head,
                leavers: Leavers::default(),
                last: zero,
                since_snapshot: 0,
                writing: JoinSet::new(),
            });
        };
        let mut other_rules = false;
        let (mut detector, mut lanes) = (None, no_lanes(pack));
        if let Some(snapshot) = head.snapshot {
            let bytes = match self.store.detector_snapshot(snapshot).await {
                Ok(bytes) => bytes,
                Err(Refusal::Damaged) => vec![],
                Err(refusal) => return Err(refusal),
            };
            let pack = Arc::clone(pack);
            let restored = tokio::task::spawn_blocking(move || {
                let bytes = zstd::decode_all(bytes.as_slice()).ok()?;
                let (own, others) = Lanes::parts(&bytes)?;
                let mut lanes = no_lanes(&pack);
                for (source, bytes) in others {
                    // All or nothing: a lane that began anew would not say what it said before.
                    lanes.restore(source, bytes).ok()?;
                }
                match Detector::restore(Arc::clone(&pack), Settings::default(), own) {
                    Ok(detector) => Some((detector, lanes, false)),
                    Err(detect::SnapshotError::Pack) => {
                        Some((Detector::restore_learnt(pack, Settings::default(), own).ok()?, lanes, true))
                    }
                    Err(_) => None,
                }
            });
            match restored.await.ok().flatten() {
                Some((restored, known, other)) => {
                    (detector, lanes, other_rules) = (Some(restored), known, other);
                }
                None => tracing::warn!("what detection knew cannot be read; all that was seen is judged again"),
            }
        }
        let detector = detector.unwrap_or_else(fresh);
        let since_snapshot = head.next.saturating_sub(detector.next().unwrap_or(0));
        let leavers = self.leavers(head.next).await?;
        let writing = JoinSet::new();
        let mut running = Running { detector, lanes, head, leavers, last: zero, since_snapshot, writing };
        let from = running.detector.next().unwrap_or(0);
        self.catch_up(&mut running, from).await?;
        if other_rules { self.with_rules(running, pack, now).await } else { Ok(running) }
    }

    /// The same with other rules: their windows are filled by what was seen of late, what was learnt of people stays.
    async fn with_rules(&self, running: Running, pack: &Arc<Pack>, now: UnixMs) -> Result<Running, Refusal> {
        tracing::info!("rules have changed: their windows are filled by what was seen of late");
        let since = now.plus_days(-WINDOW_DAYS);
        let query = Query::new("SELECT MIN(seq) FROM observation WHERE at >= ?1", vec![since.into()]);
        let rows = self.store.read(query).await?;
        let from = rows.first().map_or(Ok(None), |row| row.opt_int(0)).map_err(broken)?;
        let from = from.and_then(|n| u64::try_from(n).ok()).unwrap_or(running.head.next);
        let (learnt, others) = (running.detector, running.lanes);
        let windows = Detector::new(Arc::clone(pack), Settings::default());
        let lanes = no_lanes(pack);
        let mut running = Running { detector: windows, lanes, since_snapshot: u64::MAX, ..running };
        self.catch_up(&mut running, from).await?;
        running.detector = running.detector.with_memory_of(&learnt);
        running.lanes = running.lanes.with_memory_of(&others);
        Ok(running)
    }

    /// Judges again, in silence, what was seen from a place on.
    async fn catch_up(&self, running: &mut Running, mut from: u64) -> Result<(), Refusal> {
        while from < running.head.next {
            let rows = self.store.observation_rows(from, 2_000).await?;
            let mut seen = Vec::with_capacity(rows.len());
            for row in &rows {
                let (seq, kept) = self.store.open_observation(row)?;
                let seq = u64::try_from(seq).unwrap_or(0);
                match kept {
                    Kept::Whole(judged) if !running.head.stumbled.contains(&seq) => seen.push(judged.of),
                    _ => seen.push(nothing(seq, row.time(1).map_err(broken)?, running.last.1)),
                }
            }
            if seen.is_empty() {
                seen.push(nothing(running.head.next - 1, running.last.0, running.last.1));
            }
            let next = running.head.next;
            for of in seen.iter().filter(|of| of.seq < next) {
                // What is missing between them is nothing.
                for seq in running.detector.next().unwrap_or(of.seq)..of.seq {
                    let _ = safely(self.step, &mut running.detector, &nothing(seq, running.last.0, running.last.1));
                }
                if matches!(running.judge(self.step, of), Stepped::Failed(_)) {
                    tracing::error!(
                        seq = of.seq,
                        "the detector fails at an event it had passed before, and passes over it"
                    );
                    running.head.stumble(of.seq);
                    let moved = self.store.move_head(&mut running.head)?;
                    self.store.watch_maintain(vec![moved]).await?;
                    // The next round begins anew.
                    return Err(Refusal::Conflict);
                }
                if of.source.foreign.is_none() {
                    running.last = (of.at, of.local);
                }
                from = of.seq + 1;
            }
            tokio::task::yield_now().await;
        }
        Ok(())
    }

    async fn leavers(&self, before: u64) -> Result<Leavers, Refusal> {
        let mut leavers = Leavers::default();
        let mut sql = Sql::new(self.store.db.dialect(), "SELECT ");
        sql.push(EVENT).push(" FROM event e WHERE e.action IN ");
        sql.bind_list([Action::UserManage, Action::Handover, Action::LeaverManage].map(|a| i64::from(a.code())));
        sql.push(" AND e.seq < ").bind(i64::try_from(before).unwrap_or(i64::MAX)).push(" ORDER BY e.seq");
        for row in self.store.read(sql.finish()).await? {
            let row = EventRow::read(&row).map_err(broken)?;
            let body = row.body.as_deref().and_then(|b| self.store.gate.recorder().open_body(row.id, b).ok());
            if let Some(body) = body.filter(|body| row.agrees(body)) {
                leavers.learn(&row, &body);
            }
        }
        Ok(leavers)
    }

    /// One round; whether what is in memory is what is on disk.
    async fn follow(&self, running: &mut Running, pack: &Arc<Pack>, now: UnixMs) -> Result<(bool, Followed), Refusal> {
        let store = &self.store;
        store.ready_to_ask().await?;
        // What a process before did not come to.
        store.follow_up(&mut running.head, now).await;
        let stretch = store.stretch(running.head.next).await?;
        let Some(end) = stretch.end else { return Ok((true, Followed::default())) };
        let company = store.company();
        let directory = store.directory();
        let settings = store.gate.settings();
        let around = Surroundings {
            company: &company,
            directory: &directory,
            calendar: &settings.calendar,
            recorder: store.gate.recorder(),
            vips: store.important(&stretch).await?,
            canaries: store.canaries(),
        };
        let mut seen: Vec<Seen<'_>> = vec![];
        let mut findings: Vec<(Finding, Option<Whose>)> = vec![];
        let before = running.head.counts;
        let mut rows = stretch.rows.iter().peekable();
        let first = running.head.next;
        let mut sound = true;
        for seq in first..end {
            let row = rows.next_if(|row| u64::try_from(row.seq) == Ok(seq));
            let mut whose = None;
            let of = match row {
                None => {
                    running.head.counts.missing += 1;
                    nothing(seq, running.last.0, running.last.1)
                }
                Some(row) => {
                    let (read, body) = around.open(row);
                    match read {
                        Read::Whole => {}
                        Read::Dropped => running.head.counts.dropped += 1,
                        Read::Altered => running.head.counts.altered += 1,
                    }
                    let touches = stretch.touches.get(&row.seq).map_or(&[][..], Vec::as_slice);
                    let foreign = body.as_ref().and_then(|body| around.foreign(row, body, &running.leavers));
                    match foreign {
                        Some((of, by)) => {
                            whose = Some(by);
                            of
                        }
                        None => {
                            let of = around.observe(row, body.as_ref(), touches, &running.leavers);
                            if let Some(body) = &body {
                                running.leavers.learn(row, body);
                            }
                            of
                        }
                    }
                }
            };
            if whose.is_none() {
                running.last = (of.at, of.local);
            }
            // It failed here once, and passes over it.
            let stumbled = running.head.stumbled.contains(&seq);
            let judged = if stumbled { &nothing(seq, of.at, of.local) } else { &of };
            let mut scores = None;
            match running.judge(self.step, judged) {
                Stepped::Done(found, late) => {
                    findings.extend(found.into_iter().map(|finding| (finding, whose.clone())));
                    match &whose {
                        Some(by) => {
                            let counts = running.head.foreign.entry(by.source.clone()).or_default();
                            counts.judged += 1;
                            counts.late += u64::from(late);
                        }
                        None => scores = (!stumbled).then(|| running.detector.scores().clone()),
                    }
                }
                // The state is half of one thing and half of another: what came before this event is kept, and the rest is followed
                // by a detector that is sound.
                Stepped::Failed(why) => {
                    tracing::error!(seq, why, "the detector failed at an event, and passes over it");
                    running.head.stumble(seq);
                    sound = false;
                }
            }
            let at = row.map_or(of.at, |row| row.at);
            seen.push(Seen { of, at, scores, body: row.and_then(|row| row.body.as_deref()) });
            if !sound {
                break;
            }
        }
        let events = seen.len() as u64;
        running.head.next = first + events;
        let own = own_findings(before, running.head.counts, seen.last().map(|seen| &seen.of));
        findings.extend(own.into_iter().map(|finding| (finding, None)));
        let quiet = running.head.quiet_before;
        // A log that is loaded is loaded to be judged, however old it is.
        findings.retain(|(f, whose)| {
            (f.user != crate::company::SYSTEM || f.rule == DETECTOR_FAILED || f.rule == LOG_ALTERED)
                && (whose.is_some() || f.last >= quiet)
        });
        let changed = store.keep_round(&mut running.head, &seen, &findings, pack, now).await?;
        running.since_snapshot = running.since_snapshot.saturating_add(events);
        let opened = changed.iter().filter(|(_, became)| *became == Became::Opened).count() as u64;
        if self.ends_early {
            return Err(Refusal::AuditUnavailable);
        }
        store.follow_up(&mut running.head, now).await;
        let behind = stretch.newest.saturating_sub(running.head.next);
        let grew = changed.len() as u64 - opened;
        Ok((sound, Followed { events, opened, grew, more: !sound || behind > 0, behind }))
    }
}

/// What the house itself has to say of a round.
fn own_findings(before: Counts, after: Counts, last: Option<&Observation>) -> Vec<Finding> {
    let Some(of) = last else { return vec![] };
    let mut found = vec![];
    let altered = (after.altered + after.missing) - (before.altered + before.missing);
    for (rule, n) in [(DETECTOR_FAILED, after.failed - before.failed), (LOG_ALTERED, altered)] {
        if n > 0 {
            found.push(own_finding(rule, of.event, of.seq, of.at, of.local.day, n));
        }
    }
    found
}

fn no_lanes(pack: &Arc<Pack>) -> Lanes {
    Lanes::new(Arc::clone(pack), Settings::default())
}

impl Running {
    /// Judges an observation: another system's by its own detector, and then ours only counts its place.
    fn judge(&mut self, step: Step, of: &Observation) -> Stepped {
        if of.source.foreign.is_none() {
            return safely(step, &mut self.detector, of);
        }
        let judged = catching(|| match self.lanes.step(of, step) {
            Some(Ok(judged)) => Stepped::Done(judged.findings, judged.late),
            Some(Err(error)) => Stepped::Failed(error.to_string()),
            None => Stepped::Done(vec![], false),
        });
        self.detector.pass(of.seq);
        judged
    }
}

enum Stepped {
    /// What was found, and whether the event came after its time.
    Done(Vec<Finding>, bool),
    Failed(String),
}

/// One step, whatever happens in it.
fn safely(step: Step, detector: &mut Detector, of: &Observation) -> Stepped {
    catching(|| match step(detector, of) {
        Ok(findings) => Stepped::Done(findings, false),
        Err(error) => Stepped::Failed(error.to_string()),
    })
}

fn catching(judge: impl FnOnce() -> Stepped) -> Stepped {
    match catch_unwind(AssertUnwindSafe(judge)) {
        Ok(stepped) => stepped,
        Err(panic) => {
            let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
            Stepped::Failed(
                text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic".into()),
            )
        }
    }
}

/// Events of a round, as the database holds them.
struct Stretch {
    rows: Vec<EventRow>,
    touches: HashMap<i64, Vec<TouchRow>>,
    /// Behind the last one; `None` if there is none.
    end: Option<u64>,
    newest: u64,
}

impl Store {
    async fn stretch(&self, from: u64) -> Result<Stretch, Refusal> {
        let from = i64::try_from(from).map_err(|_| Refusal::Damaged)?;
        let newest = self.read(Query::point("SELECT COALESCE(MAX(seq) + 1, 0) FROM event", vec![])).await?;
        let newest = newest.first().map_or(Ok(0), |row| row.int(0)).map_err(broken)?;
        let end = newest.min(from.saturating_add(ROUND));
        let mut stretch =
            Stretch { rows: vec![], touches: HashMap::new(), end: None, newest: u64::try_from(newest).unwrap_or(0) };
        if end <= from {
            return Ok(stretch);
        }
        stretch.end = u64::try_from(end).ok();
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(EVENT).push(" FROM event e WHERE e.seq >= ").bind(from).push(" AND e.seq < ").bind(end);
        sql.push(" ORDER BY e.seq");
        for row in self.read(sql.finish()).await? {
            stretch.rows.push(EventRow::read(&row).map_err(broken)?);
        }
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(TOUCH).push(", t.seq FROM touch t WHERE t.seq >= ").bind(from).push(" AND t.seq < ").bind(end);
        sql.push(" ORDER BY t.seq, t.n");
        for row in self.read(sql.finish()).await? {
            let touch = TouchRow::read(&row, 0).map_err(broken)?;
            stretch.touches.entry(row.int(6).map_err(broken)?).or_default().push(touch);
        }
        Ok(stretch)
    }

    /// Customers of special importance among those that were touched.
    async fn important(&self, stretch: &Stretch) -> Result<HashSet<model::RecordId>, Refusal> {
        let company = self.company();
        let Some((column, word)) = company.objects.get("customer").and_then(|(_, object)| importance(object)) else {
            return Ok(HashSet::new());
        };
        let customers: HashSet<model::RecordId> = stretch.touches.values().flatten().map(|t| t.customer).collect();
        let customers: Vec<model::RecordId> = customers.into_iter().collect();
        let mut found = HashSet::new();
        for part in customers.chunks(1_000) {
            let mut sql = Sql::new(self.db.dialect(), "SELECT r.id FROM record r WHERE r.id IN ");
            sql.bind_list(part.iter().copied()).push(" AND r.object = 'customer' AND r.");
            sql.push(&column).push(" = ").bind(word.as_str());
            for row in self.read(sql.finish()).await? {
                found.insert(row.record(0).map_err(broken)?);
            }
        }
        Ok(found)
    }

    /// Keeps a round: what was seen, how far it was followed, and the alerts that came of it, in one unit.
    async fn keep_round(
        &self,
        head: &mut Head,
        seen: &[Seen<'_>],
        findings: &[(Finding, Option<Whose>)],
        pack: &Arc<Pack>,
        now: UnixMs,
    ) -> Result<Vec<(Alert, Became)>, Refusal> {
        let patterns: Vec<String> =
            findings.iter().map(|(f, whose)| pattern(self.seals(), f, whose.as_ref())).collect();
        let mut attempt = 0;
        loop {
            let known = self.alerts_under(&patterns).await?;
            let mut fold = Fold { pack, now, known, changed: vec![] };
            for (fingerprint, (finding, whose)) in patterns.iter().zip(findings) {
                fold.take(fingerprint, (finding, whose.as_ref()), || AlertId::new(now, random()));
            }
            let mut changed = fold.changed;
            let mut ahead = head.clone();
            let named = changed.iter().map(|(alert, _)| alert.id);
            ahead.unanswered.extend(named.filter(|id| !head.unanswered.contains(id)));
            let mut changes = self.observation_inserts(seen)?;
            changes.push(self.move_head(&mut ahead)?);
            let kept = if changed.is_empty() {
                self.watch_maintain(changes).await
            } else {
                self.keep_alerts(&mut changed, changes, json!({ "act": "alert.find" }), now).await
            };
            attempt += 1;
            match kept {
                Ok(()) => {
                    *head = ahead;
                    return Ok(changed);
                }
                // Somebody handled one of them meanwhile; or another process follows, and then this begins anew.
                Err(Refusal::Conflict) if !changed.is_empty() && attempt < ATTEMPTS => {
                    let there = self.detector_head().await?.map_or(0, |h| h.version);
                    if there != head.version {
                        return Err(Refusal::Conflict);
                    }
                }
                Err(refusal) => return Err(refusal),
            }
        }
    }

    /// Alerts by pattern: the one that is not closed, else the one that was closed last.
    async fn alerts_under(&self, patterns: &[String]) -> Result<HashMap<String, Alert>, Refusal> {
        let mut wanted: Vec<&str> = patterns.iter().map(String::as_str).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut found: HashMap<String, Alert> = HashMap::new();
        for part in wanted.chunks(400) {
            let mut sql = Sql::new(self.db.dialect(), &ALERT.select("fingerprint IN "));
            // The newest of each; one that is open stands above all.
            sql.bind_list(part.iter().copied());
            sql.push(" AND (state <> 'closed' OR last_at = (SELECT MAX(b.last_at) FROM alert b WHERE b.fingerprint = alert.fingerprint))");
            sql.push(" ORDER BY CASE WHEN state = 'closed' THEN 0 ELSE 1 END, last_at, id");
            for alert in self.alerts(sql.finish()).await? {
                found.insert(alert.fingerprint.clone(), alert);
            }
        }
        Ok(found)
    }

    fn observation_inserts(&self, seen: &[Seen<'_>]) -> Result<Vec<Change>, Refusal> {
        let mut changes = vec![];
        for part in seen.chunks(ROWS) {
            let mut sql = Sql::new(self.db.dialect(), "INSERT INTO observation (seq, at, body) VALUES ");
            for (n, seen) in part.iter().enumerate() {
                let [seq, at, sealed] = self.observation_params(seen)?;
                sql.push(if n == 0 { "(" } else { ", (" });
                sql.bind(seq).push(", ").bind(at).push(", ").bind(sealed).push(")");
            }
            let query = sql.finish();
            changes.push(Change::new(query.sql, query.params).expecting(part.len() as u64));
        }
        Ok(changes)
    }

    /// Writes alerts in one unit with its event, which tells of them, and with notices of those that opened.
    async fn keep_alerts(
        &self,
        alerts: &mut [(Alert, Became)],
        mut changes: Vec<Change>,
        detail: Value,
        now: UnixMs,
    ) -> Result<(), Refusal> {
        let mut telling = Telling::default();
        for (alert, became) in alerts.iter_mut() {
            changes.push(match became {
                Became::Opened => self.insert_alert(alert)?,
                Became::Grew => self.update_alert(alert)?,
            });
            if alert.is_told() && *became == Became::Opened {
                let news = News::of(NoticeKind::Alert, now).about(alert.id.as_bytes());
                telling = telling.and(self.tell(&news, self.alert_officers(alert)));
            }
        }
        let mut told = vec![("alerts", alerts.iter().map(|(a, _)| a.told()).collect())];
        telling.into_parts(&mut told, &mut changes);
        let caller = Self::system_caller(Channel::Job, "watch", now);
        let noted = self.gate.note(&caller, Action::AlertHandle, Decision::Allowed, tell(detail, told), changes).await;
        match noted {
            Ok(_) => Ok(()),
            Err(JournalError::Conflict { .. } | JournalError::Taken { .. }) => Err(Refusal::Conflict),
            Err(JournalError::Failed { reason, .. }) => Err(Refusal::StoreUnavailable(reason)),
            Err(JournalError::Unavailable) => Err(Refusal::AuditUnavailable),
        }
    }

    /// Has alerts looked at again whose time is over; gives how many.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]; [`Refusal::Conflict`] when somebody handles one of them.
    pub async fn wake_alerts(&self, now: UnixMs) -> Result<u64, Refusal> {
        let query = Query::new(ALERT.select("state = 'snoozed' ORDER BY last_at, id LIMIT 1000"), vec![]);
        let mut due: Vec<(Alert, Became)> = vec![];
        for mut alert in self.alerts(query).await? {
            if alert.body.snoozed_until.is_none_or(|until| until <= now) {
                alert.wake();
                due.push((alert, Became::Grew));
            }
        }
        if !due.is_empty() {
            self.keep_alerts(&mut due, vec![], json!({ "act": "alert.wake" }), now).await?;
        }
        Ok(due.len() as u64)
    }

    /// Who answers for alerts, but for who must not: the subject is never told.
    fn alert_officers(&self, alert: &Alert) -> Vec<model::UserId> {
        let Some(role) = model::defaults::security_admin() else { return vec![] };
        let company = self.company();
        company.users.values().filter(|u| u.roles.contains(&role) && u.id != alert.subject).map(|u| u.id).collect()
    }

    /// What follows from alerts that have opened or grown, once they are durable. Which ones are still to be followed up stands with how
    /// far the ledger was followed, so that after a crash in between they are. What cannot be done now is tried again in the next
    /// round; what was done is taken off with the next round that is kept, and done again it does nothing.
    async fn follow_up(&self, head: &mut Head, now: UnixMs) {
        if head.unanswered.is_empty() {
            return;
        }
        let alerts = match self.alerts_of(&head.unanswered).await {
            Ok(alerts) => alerts,
            Err(error) => return tracing::error!(%error, "alerts could not be followed up; it is tried again"),
        };
        let mut left = vec![];
        for alert in &alerts {
            if !self.on_alert(alert, now).await {
                left.push(alert.id);
            }
        }
        // One that is not among them was altered beside the program, which doctor tells.
        head.unanswered = left;
    }

    /// What follows from an alert: whether it is done. Channels and notices ask for alerts themselves.
    async fn on_alert(&self, alert: &Alert, now: UnixMs) -> bool {
        tracing::info!(alert.id = %alert.id, rule = alert.rule, severity = alert.severity.as_str(), "an alert has opened or grown");
        self.respond_to(alert, now).await
    }

    /// What the house takes by itself, while it is of use: what was over long ago, and is found when the house catches up with the log,
    /// is for people to judge. Nor is anything taken for an alert that somebody closed before it came to that.
    async fn respond_to(&self, alert: &Alert, now: UnixMs) -> bool {
        if alert.state == AlertState::Closed || alert.last_at < now.plus_seconds(-FRESH_SECONDS) {
            return true;
        }
        // Another system's word is no ground to take anything from somebody unasked.
        if alert.body.foreign.is_some() {
            return true;
        }
        let trigger = model::response::Trigger {
            subject: alert.subject,
            rule: alert.rule.clone(),
            family: alert.family.as_str().to_owned(),
            severity: alert.severity,
            alert: Some(alert.id.0),
        };
        match self.respond(&trigger, now).await {
            Ok(_) => true,
            Err(error) => {
                tracing::error!(alert.id = %alert.id, %error, "no response was taken to an alert; it is tried again");
                false
            }
        }
    }
}
