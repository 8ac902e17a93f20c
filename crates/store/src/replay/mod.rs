//! Policy replay 策略回放: what a policy that is proposed would have done with what people did, before it is published.
//!
//! Rule: facts are those of then, from the events and from the pictures of the company that decided ([`access::engine::replay`]); what was not
//! kept is told as such. Nothing of a record is shown: numbers, people, rules and events.

mod read;

use std::collections::BTreeMap;
use std::sync::Arc;

use access::engine::Compiled;
use access::engine::replay::Replay;
pub use access::engine::replay::{Change, Counts, Example, Totals};
use access::path::Refusal;
use model::{Directory, ObjectType, Policy, UnixMs, UserId};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

use crate::audit::name_of;
use crate::company::{Loaded, PolicyVersion, compile, membership, policy_version, unreadable};
use crate::records::broken;
use crate::{Query, Store};

/// Longest span, in days.
pub const MOST_DAYS: u32 = 3_660;
/// People, departments and rules that are told one by one.
const MOST_TOLD: usize = 200;

/// A policy to be replayed over the last days.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ToReplay {
    pub policy: Policy,
    pub days: u32,
}

/// Somebody with how often something would be otherwise for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told<K> {
    pub of: K,
    /// A name of now; empty where there is none.
    #[serde(skip)]
    pub name: String,
    pub counts: Counts,
}

/// What came of a replay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replayed {
    /// The version in force when it was begun.
    pub base: u64,
    pub from: UnixMs,
    pub until: UnixMs,
    pub events: u64,
    /// Without its lists of people and rules, which are here below.
    pub totals: Totals,
    pub people: u64,
    /// Most first.
    pub by_user: Vec<Told<UserId>>,
    pub by_department: Vec<Told<model::DepartmentId>>,
    pub by_rule: Vec<Told<String>>,
    pub by_action: Vec<Told<String>>,
    /// Whether events were left out, for who asks does not read the log.
    #[serde(skip)]
    pub without_events: bool,
}

fn most_first<K: Ord + Clone>(all: &mut BTreeMap<K, Counts>) -> Vec<Told<K>> {
    let mut all: Vec<_> =
        std::mem::take(all).into_iter().map(|(of, counts)| Told { of, name: String::new(), counts }).collect();
    all.sort_by(|a, b| b.counts.sum().cmp(&a.counts.sum()).then_with(|| a.of.cmp(&b.of)));
    all.truncate(MOST_TOLD);
    all
}

impl Replayed {
    /// Gives people and departments their names of now, and leaves events out for who does not read the log.
    pub(crate) fn told_to(mut self, directory: &Directory, reads_log: bool) -> Self {
        for told in &mut self.by_user {
            told.name = name_of(directory, told.of);
        }
        for told in &mut self.by_department {
            told.name = directory.departments.get(&told.of).map(|d| d.name.clone()).unwrap_or_default();
        }
        self.without_events = !reads_log && !self.totals.examples.is_empty();
        if !reads_log {
            self.totals.examples.clear();
        }
        self
    }
}

/// A replay under way.
pub(crate) struct UnderWay {
    /// Held by whoever decides, away from the threads that answer others.
    replay: Arc<Mutex<Replay>>,
    types: Arc<Vec<ObjectType>>,
    company: Arc<Loaded>,
    past: membership::Past,
    /// Numbers of pictures that were handed over.
    pictures: BTreeMap<usize, usize>,
    from: UnixMs,
    until: UnixMs,
    /// Events tell which picture decided them: those that do not were decided by none.
    kept: bool,
    /// The next event, and behind the last.
    next: i64,
    end: i64,
    pub(crate) total: u64,
    events: u64,
}

impl UnderWay {
    pub(crate) fn done(&self) -> u64 {
        self.events
    }

    pub(crate) fn replayed(self) -> Replayed {
        let mut totals = self.replay.lock().totals().clone();
        let newest = |a: &Example, b: &Example| b.at.cmp(&a.at);
        totals.examples.sort_by(newest);
        Replayed {
            base: self.company.policy.version,
            from: self.from,
            until: self.until,
            events: self.events,
            people: totals.by_user.len() as u64,
            by_user: most_first(&mut totals.by_user),
            by_department: most_first(&mut totals.by_department),
            by_rule: most_first(&mut totals.by_rule),
            by_action: most_first(&mut totals.by_action),
            totals,
            without_events: false,
        }
    }
}

impl Store {
    /// Begins a replay of what happened until now.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for the days and with every problem of the policy; [`Refusal::StoreUnavailable`].
    pub(crate) async fn begin_replaying(&self, what: &ToReplay, now: UnixMs) -> Result<UnderWay, Refusal> {
        if !(1..=MOST_DAYS).contains(&what.days) {
            return Err(Refusal::invalid("days", "invalid_value", format!("1 to {MOST_DAYS} days")));
        }
        let company = self.company();
        let mut next = Loaded::clone(&company);
        next.policy = Arc::new(PolicyVersion { policy: what.policy.clone(), ..PolicyVersion::clone(&next.policy) });
        // The compiler takes a while for a large policy: not on a thread that answers others.
        let compiled = tokio::task::spawn_blocking(move || compile(&mut next).map(|()| next.compiled.clone())).await;
        let compiled = compiled.map_err(|e| Refusal::StoreUnavailable(e.to_string()))??;
        self.ready_to_ask().await?;
        let from = now.plus_days(-i64::from(what.days));
        let span = "SELECT MIN(seq), MAX(seq), COUNT(*) FROM event WHERE at >= ?1 AND at <= ?2";
        let rows = self.read(Query::new(span, vec![from.into(), now.into()])).await?;
        let row = rows.first().ok_or(Refusal::Damaged)?;
        let (begin, last) = (row.opt_int(0).map_err(broken)?, row.opt_int(1).map_err(broken)?);
        let total = u64::try_from(row.int(2).map_err(broken)?).unwrap_or(0);
        let (next, end) = match (begin, last) {
            (Some(begin), Some(last)) => (begin, last.saturating_add(1)),
            _ => (0, 0),
        };
        Ok(UnderWay {
            replay: Arc::new(Mutex::new(Replay::new(compiled))),
            types: Arc::new(company.object_types()),
            company,
            past: self.past().await?,
            pictures: BTreeMap::new(),
            from,
            until: now,
            kept: false,
            next,
            end,
            total,
            events: 0,
        })
    }

    /// The policy of then, compiled for the object types of now; `None` where that cannot be done.
    async fn policy_then(&self, under: &UnderWay, version: u64) -> Result<Option<Arc<Compiled>>, Refusal> {
        if version == under.company.policy.version {
            return Ok(Some(under.company.compiled.clone()));
        }
        let Ok(number) = i64::try_from(version) else { return Ok(None) };
        let query = "SELECT version, at, author, reason, hash, body FROM policy WHERE version = ?1";
        let rows = self.read(Query::point(query, vec![number.into()])).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let kept = policy_version(row).map_err(|e| unreadable(&e))?;
        let types = Arc::clone(&under.types);
        let made = tokio::task::spawn_blocking(move || Compiled::compile(version, &kept.policy, &types).ok()).await;
        Ok(made.map_err(|e| Refusal::StoreUnavailable(e.to_string()))?.map(Arc::new))
    }
}
