//! Alerts as they come.
//!
//! Rule: watching is asking, and is recorded as the live log is. A watcher is told of alerts that opened, grew or were handled since it
//! last looked, and how many are open.

use std::collections::HashMap;

use access::path::{Disclosed, Grant, Refusal};
use model::{AlertId, UserId};

use super::handle::{AlertCounts, AlertLine, WatchAlerts};
use crate::Store;
use crate::proof::tables::ALERT;
use crate::records::broken;
use crate::sql::Sql;

/// Alerts whose versions are remembered: those that changed last.
const REMEMBERED: i64 = 500;

/// What has changed.
#[derive(Debug, Clone, Default)]
pub struct AlertNews {
    /// Those that are new or have changed, oldest change first.
    pub changed: Vec<AlertLine>,
    pub counts: AlertCounts,
}

/// Somebody who watches.
pub struct AlertWatcher {
    store: Store,
    without: Vec<UserId>,
    /// Versions that were seen; `None` before the first look.
    known: Option<HashMap<AlertId, i64>>,
    counts: AlertCounts,
}

impl Store {
    /// Begins to watch.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn watch_alerts(&self, grant: Grant<WatchAlerts>) -> Result<Disclosed<AlertWatcher>, Refusal> {
        let without = super::handle::own(&grant);
        let watcher = AlertWatcher { store: self.clone(), without, known: None, counts: AlertCounts::default() };
        grant.carry_out(vec![], watcher).await
    }

    /// Records that somebody goes on watching.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`]: nothing more may be shown.
    pub async fn watch_alerts_on(&self, grant: Grant<WatchAlerts>) -> Result<Disclosed<()>, Refusal> {
        grant.carry_out(vec![], ()).await
    }
}

impl AlertWatcher {
    /// How many are open now.
    pub fn counts(&self) -> AlertCounts {
        self.counts
    }

    /// What has changed since; `None` if nothing has. The first look remembers and tells of nothing but the counts.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub async fn next(&mut self) -> Result<Option<AlertNews>, Refusal> {
        let store = self.store.clone();
        let mut sql = Sql::new(store.db.dialect(), "SELECT id, version FROM alert WHERE subject NOT IN ");
        sql.bind_list(self.without.iter().copied());
        sql.push(" ORDER BY last_at DESC, id LIMIT ").bind(REMEMBERED);
        let mut now: HashMap<AlertId, i64> = HashMap::new();
        for row in store.read(sql.finish()).await? {
            now.insert(AlertId::from_bytes(row.id(0).map_err(broken)?), row.int(1).map_err(broken)?);
        }
        let first = self.known.is_none();
        let known = self.known.get_or_insert_with(|| now.clone());
        let changed: Vec<AlertId> = now.iter().filter(|(id, v)| known.get(*id) != Some(v)).map(|(id, _)| *id).collect();
        if changed.is_empty() && !first {
            return Ok(None);
        }
        let mut news = AlertNews { changed: vec![], counts: store.open_alerts(&self.without).await? };
        if !changed.is_empty() {
            let mut sql = Sql::new(store.db.dialect(), &ALERT.select("id IN "));
            sql.bind_list(changed).push(" ORDER BY last_at, last_seq, id");
            let engine = store.gate.engine();
            let found = store.alerts(sql.finish()).await?;
            news.changed = found.iter().map(|a| store.line_of(engine.directory(), &self.without, a)).collect();
        }
        self.known = Some(now);
        self.counts = news.counts;
        Ok(Some(news))
    }
}
