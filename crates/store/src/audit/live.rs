//! The live feed 实时: events as they come, in the order of the ledger.
//!
//! Rule: watching is asking, and is recorded: when it begins, and again every [`WATCH_MINUTES`] or [`WATCH_EVENTS`] events, whichever
//! comes first, with how many were seen. So the feed feeds itself with one event in a thousand at most. A watcher knows the
//! position of the last event it gave and takes those behind it, so that one who comes back with it misses none and sees none twice.

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::Action;

use super::EventFilter;
use super::line::{EVENT, EventLine, EventRow, open};
use crate::Store;
use crate::records::broken;
use crate::sql::Sql;

/// Watching is recorded again after so many minutes.
pub const WATCH_MINUTES: i64 = 10;
/// Or after so many events that were seen.
pub const WATCH_EVENTS: u64 = 1000;
/// How far behind the newest event one may begin: beyond, the list is what answers.
pub const MOST_BEHIND: i64 = 10_000;
/// Events taken at once.
const STEP: i64 = 100;

/// Watch events that pass a filter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Watch {
    pub filter: EventFilter,
    /// The position of the last event that was seen; `None` begins with what comes next.
    pub after: Option<i64>,
    /// How many events were seen by now; `None` when it begins.
    pub seen: Option<u64>,
}

impl Operation for Watch {
    const ACTION: Action = Action::AuditRead;
}
impl OnSystem for Watch {
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "question": "live", "asked": self.filter, "after": self.after, "seen": self.seen })
    }
}

/// Somebody who watches.
pub struct Watcher {
    store: Store,
    filter: EventFilter,
    at: i64,
}

impl Store {
    /// Begins to watch.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] `too_far` when `after` lies too far behind; as [`Store::feed`].
    pub async fn watch(&self, grant: Grant<Watch>) -> Result<Disclosed<Watcher>, Refusal> {
        match self.begin_watching(grant.operation()).await {
            Ok(watcher) => grant.carry_out(vec![], watcher).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Records that somebody goes on watching.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`]: nothing more may be shown.
    pub async fn watch_on(&self, grant: Grant<Watch>) -> Result<Disclosed<()>, Refusal> {
        grant.carry_out(vec![], ()).await
    }

    async fn begin_watching(&self, op: &Watch) -> Result<Watcher, Refusal> {
        op.filter.check()?;
        let newest = self.newest_event().await?;
        let at = op.after.unwrap_or(newest);
        if at < newest.saturating_sub(MOST_BEHIND) {
            let reason = format!("more than {MOST_BEHIND} events have come since; ask the list");
            return Err(Refusal::invalid("after", "too_far", reason));
        }
        if at < -1 || at > newest {
            return Err(Refusal::invalid("after", "invalid_value", "there is no event at this position"));
        }
        Ok(Watcher { store: self.clone(), filter: op.filter.clone(), at })
    }

    async fn newest_event(&self) -> Result<i64, Refusal> {
        self.ready_to_ask().await?;
        let rows = self.read(Sql::new(self.db.dialect(), "SELECT COALESCE(MAX(seq), -1) FROM event").finish()).await?;
        rows.first().map_or(Ok(-1), |row| row.int(0)).map_err(broken)
    }
}

impl Watcher {
    /// The position of the last event that was looked at.
    pub fn position(&self) -> i64 {
        self.at
    }

    /// What has come since, oldest first; a hundred at most, so that nobody who is slow fills the memory.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub async fn next(&mut self) -> Result<Vec<EventLine>, Refusal> {
        let newest = self.store.newest_event().await?;
        if newest <= self.at {
            return Ok(vec![]);
        }
        let mut sql = Sql::new(self.store.db.dialect(), "SELECT ");
        sql.push(EVENT).push(" FROM event e WHERE e.seq > ").bind(self.at).push(" AND e.seq <= ").bind(newest);
        self.filter.push(&mut sql);
        sql.push(" ORDER BY e.seq LIMIT ").bind(STEP);
        let rows = self.store.read(sql.finish()).await?;
        let rows = rows.iter().map(EventRow::read).collect::<Result<Vec<_>, _>>().map_err(broken)?;
        let full = i64::try_from(rows.len()).unwrap_or(STEP) >= STEP;
        self.at = rows.last().filter(|_| full).map_or(newest, |row| row.seq);
        let engine = self.store.gate().engine();
        let recorder = self.store.gate().recorder();
        Ok(rows.into_iter().map(|row| open(row, recorder).line(engine.directory())).collect())
    }
}
