//! A person's imports of the last days, as the log tells them: there is no second account of what was imported.

use std::collections::HashMap;

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, JobId, UnixMs};
use serde_json::{Value, json};

use crate::Store;
use crate::audit::line::{EVENT, EventRow};
use crate::company::operations;
use crate::records::broken;
use crate::sql::Sql;

/// How long an import can be undone.
pub const UNDO_DAYS: i64 = 7;
/// How long one is listed.
const LISTED_DAYS: i64 = 30;
/// Events looked at, newest first: a million rows.
const MOST_EVENTS: i64 = 2_000;

/// The caller's own imports, newest first. Dry runs are none.
#[derive(Debug)]
pub struct ListImports;

operations! {
    ListImports: SelfRead, |_op| json!({ "act": "import.list" });
}

/// One import, of as many chunks as it had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastImport {
    pub job: JobId,
    pub object: String,
    pub source: String,
    pub began_at: UnixMs,
    pub ended_at: UnixMs,
    pub rows: u64,
    pub created: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// Records taken away again.
    pub removed: u64,
    /// Until when it can be undone.
    pub undo_until: UnixMs,
}

impl Store {
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]; recorded.
    pub async fn list_imports(&self, grant: Grant<ListImports>) -> Result<Disclosed<Vec<PastImport>>, Refusal> {
        match self.imports_of(&grant).await {
            Ok(imports) => grant.carry_out(vec![], imports).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn imports_of(&self, grant: &Grant<ListImports>) -> Result<Vec<PastImport>, Refusal> {
        self.ready_to_ask().await?;
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(EVENT).push(" FROM event e WHERE e.actor = ").bind(grant.caller().user);
        sql.push(" AND e.at >= ").bind(grant.now().plus_days(-LISTED_DAYS));
        sql.push(" AND e.action = ").bind(i64::from(Action::Import.code()));
        sql.push(" ORDER BY e.at DESC, e.seq DESC LIMIT ").bind(MOST_EVENTS);
        let mut order: Vec<JobId> = vec![];
        let mut jobs: HashMap<JobId, PastImport> = HashMap::new();
        let mut removed: HashMap<JobId, u64> = HashMap::new();
        for row in self.read(sql.finish()).await? {
            let event = EventRow::read(&row).map_err(broken)?;
            let sealed = event.body.as_deref();
            let body = sealed.and_then(|b| self.gate().recorder().open_body(event.id, b).ok());
            // One that was altered beside the program is believed by nobody.
            let Some(body) = body.filter(|b| event.agrees(b)) else { continue };
            if event.decision() != Some(model::Decision::Allowed) {
                continue;
            }
            let detail = body.actor.get("detail").cloned().unwrap_or_default();
            let number = |name: &str| detail.get(name).and_then(Value::as_u64).unwrap_or(0);
            let job = |name: &str| detail.get(name).and_then(Value::as_str).and_then(|t| t.parse::<JobId>().ok());
            if let Some(undone) = job("undo") {
                *removed.entry(undone).or_insert(0) += number("removed");
                continue;
            }
            let dry = detail.get("dry_run").and_then(Value::as_bool).unwrap_or(false);
            let Some(id) = job("job").filter(|_| !dry && number("rows") > 0) else { continue };
            let past = jobs.entry(id).or_insert_with(|| {
                order.push(id);
                PastImport {
                    job: id,
                    object: event.object.clone().unwrap_or_default(),
                    source: detail.get("source").and_then(Value::as_str).unwrap_or_default().to_owned(),
                    began_at: event.at,
                    ended_at: event.at,
                    rows: 0,
                    created: 0,
                    changed: 0,
                    unchanged: 0,
                    removed: 0,
                    undo_until: event.at.plus_days(UNDO_DAYS),
                }
            });
            past.began_at = past.began_at.min(event.at);
            past.undo_until = past.began_at.plus_days(UNDO_DAYS);
            past.rows += number("rows");
            past.created += number("created");
            past.changed += number("changed");
            past.unchanged += number("unchanged");
        }
        let finish = |id: JobId| {
            let mut past = jobs.remove(&id)?;
            past.removed = removed.get(&id).copied().unwrap_or(0);
            Some(past)
        };
        Ok(order.into_iter().filter_map(finish).collect())
    }
}
