//! How much each person has done lately, over all nodes and over a restart: counted from the log.
//!
//! Rule: asking costs no query. Each node counts in memory what it lets through ([`access::path::Counters`]) and follows the log for what
//! others did: their accesses count here a moment after they are in order. So over several nodes somebody may go beyond a limit by what
//! the other nodes let through in that moment, about a second and what the log's order takes; after a start nothing is forgotten.
//!
//! Of what a policy thins out of events (docs/audit-policy.md) only what is left is counted by others.

use std::collections::HashMap;

use access::path::Refusal;
use ledger::Leaf;
use model::policy::When;
use model::response::ResponseKind;
use model::{Action, Decision, RecordId, UnixMs};

use crate::records::broken;
use crate::sql::Sql;
use crate::{Query, Store};

/// Events of one round.
const PART: i64 = 500;
/// The longest that anything is counted over.
const LONGEST_DAYS: i64 = 1;
/// Accesses that count.
const COUNTED: [Action; 8] = [
    Action::List,
    Action::View,
    Action::Reveal,
    Action::Export,
    Action::Print,
    Action::WhoLooked,
    Action::Download,
    Action::DownloadFile,
];

/// Follows the log for what others let through. One for each process.
pub struct Usage {
    store: Store,
    /// The event to look at next; `None` before the first round.
    next: Option<i64>,
    /// From here on what this process wrote is counted by its gate.
    own_from: i64,
}

impl Usage {
    /// MUST be made before the process answers requests.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub async fn begin(store: Store) -> Result<Self, Refusal> {
        let own_from = store.events_so_far().await?;
        Ok(Self { store, next: None, own_from })
    }

    /// Counts what came since; whether there is more at once.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`]: the next round counts it.
    pub async fn round(&mut self, now: UnixMs) -> Result<bool, Refusal> {
        let store = &self.store;
        if !store.counts_rates(now) {
            return Ok(false);
        }
        let newest = match store.db.stream() {
            Some(_) => store.events_so_far().await?,
            // Nobody else writes: what was before the start is all there is.
            None => self.own_from,
        };
        let next = self.next.unwrap_or(0);
        if next >= newest {
            return Ok(false);
        }
        // What was long ago counts no more.
        let next = if newest - next > PART {
            next.max(store.first_event_since(now.plus_days(-LONGEST_DAYS)).await?)
        } else {
            next
        };
        let end = newest.min(next.saturating_add(PART));
        store.count_elsewhere((next, end), self.own_from, now).await?;
        self.next = Some(end);
        Ok(end < newest)
    }
}

impl Store {
    /// Whether any limit looks at counts: a rate of the matrix, or a throttle.
    fn counts_rates(&self, now: UnixMs) -> bool {
        let company = self.company();
        let rated = |row: &model::MatrixRow| row.when.iter().any(|w| matches!(w, When::Rate { .. }));
        let throttled = |r: &model::response::Response| r.kind == ResponseKind::Throttle && r.in_force(now);
        company.responses.values().any(throttled) || company.policy.policy.rows.iter().any(rated)
    }

    async fn events_so_far(&self) -> Result<i64, Refusal> {
        let rows = self.read(Query::point("SELECT COALESCE(MAX(seq) + 1, 0) FROM event", vec![])).await?;
        rows.first().map_or(Ok(0), |row| row.int(0)).map_err(broken)
    }

    async fn first_event_since(&self, at: UnixMs) -> Result<i64, Refusal> {
        let sql = "SELECT seq FROM event WHERE at > ?1 ORDER BY at, seq LIMIT 1";
        let rows = self.read(Query::new(sql, vec![at.into()])).await?;
        rows.first().map_or(Ok(0), |row| row.int(0)).map_err(broken)
    }

    async fn count_elsewhere(&self, (from, end): (i64, i64), own_from: i64, now: UnixMs) -> Result<(), Refusal> {
        let mut sql = Sql::new(self.db.dialect(), "SELECT e.seq, e.actor, e.at, e.action, l.leaf FROM event e ");
        sql.push("LEFT JOIN ledger_leaf l ON l.idx = e.seq WHERE e.seq >= ").bind(from).push(" AND e.seq < ").bind(end);
        sql.push(" AND e.decision = ").bind(i64::from(Decision::Allowed.code())).push(" AND e.action IN ");
        sql.bind_list(COUNTED.map(|a| i64::from(a.code()))).push(" ORDER BY e.seq");
        let mut found = vec![];
        for row in self.read(sql.finish()).await? {
            let read = || Ok((row.int(0)?, row.user(1)?, row.time(2)?, row.int(3)?, row.opt_bytes(4)?));
            let (seq, user, at, action, leaf) = read().map_err(broken)?;
            let stream = leaf.and_then(|bytes| Leaf::decode(bytes).ok()).map(|leaf| (leaf.node, leaf.boot));
            let own = seq >= own_from && (stream.is_none() || stream == self.db.stream());
            let action = u16::try_from(action).ok().and_then(Action::from_code);
            if let Some(action) = action.filter(|_| !own) {
                found.push((seq, user, at, action));
            }
        }
        let mut customers: HashMap<i64, Vec<RecordId>> = HashMap::new();
        if !found.is_empty() {
            let mut sql = Sql::new(self.db.dialect(), "SELECT t.seq, t.customer FROM touch t WHERE t.seq IN ");
            sql.bind_list(found.iter().map(|(seq, ..)| *seq)).push(" ORDER BY t.seq, t.n");
            for row in self.read(sql.finish()).await? {
                let (seq, customer) = (row.int(0).map_err(broken)?, row.record(1).map_err(broken)?);
                customers.entry(seq).or_default().push(customer);
            }
        }
        for (seq, user, at, action) in found {
            self.gate.counters().elsewhere(user, at, action, customers.remove(&seq).unwrap_or_default(), now);
        }
        Ok(())
    }
}
