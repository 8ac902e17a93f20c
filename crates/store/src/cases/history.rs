//! The history of a case, asked of the log itself: every act, every look and every refusal, and not what the case's row says of them.

use access::path::{Disclosed, Grant, Refusal};
use model::{Caller, CaseId, Directory, EventId, UnixMs};
use serde_json::Value;

use super::Stored;
use super::read::Person;
use crate::Store;
use crate::audit::line::EventRow;
use crate::records::broken;
use crate::sql::Sql;

/// Events of cases looked through, from the newest.
const LOOKED_THROUGH: i64 = 100_000;
/// Looked through at once.
const PART: i64 = 1000;
/// An event's time may be earlier than its case's by as much as a clock was set back.
const CLOCK_SLACK_MS: i64 = 86_400_000;

/// What the log says of a case.
#[derive(Debug)]
pub struct HistoryOfCase {
    pub id: CaseId,
}

/// One event about a case, in the order of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    pub event: EventId,
    pub index: i64,
    pub at: UnixMs,
    pub by: Person,
    /// `case.note`, `case.show`, …
    pub act: String,
    pub decision: String,
    /// What it says the case's version and digest were then.
    pub version: Option<i64>,
    pub sha256: Option<String>,
}

/// An event of the log that names the case.
pub(super) struct Found {
    pub(super) row: EventRow,
    pub(super) detail: Value,
}

impl Store {
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn history_of_case(&self, grant: Grant<HistoryOfCase>) -> Result<Disclosed<Vec<HistoryLine>>, Refusal> {
        let told = async {
            let stored = self.case_for(grant.operation().id, grant.caller()).await?;
            self.history_lines(&stored, grant.caller(), grant.engine().directory()).await
        };
        match told.await {
            Ok(lines) => grant.carry_out(vec![], lines).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// What the log says of the case, as this reader may know of its people.
    pub(super) async fn history_lines(
        &self,
        stored: &Stored,
        reader: &Caller,
        directory: &Directory,
    ) -> Result<Vec<HistoryLine>, Refusal> {
        let names = self.names(stored, reader, directory);
        let found = self.events_about(stored.id, stored.case.opened_at).await?;
        let line = |f: Found| {
            let row = f.detail.get("case_row");
            let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
            HistoryLine {
                event: f.row.id,
                index: f.row.seq,
                at: f.row.at,
                by: names.person(f.row.actor),
                act: text(f.detail.get("act")).unwrap_or_default(),
                decision: f.row.decision().map_or_else(|| f.row.decision.to_string(), |d| d.as_str().to_owned()),
                version: row.and_then(|r| r.get("version")).and_then(Value::as_i64),
                sha256: text(row.and_then(|r| r.get("sha256"))),
            }
        };
        Ok(found.into_iter().map(line).collect())
    }

    /// Events that name the case, in the order of the log: those whose bodies are there and are what was recorded.
    pub(super) async fn events_about(&self, id: CaseId, opened_at: UnixMs) -> Result<Vec<Found>, Refusal> {
        self.ready_to_ask().await?;
        let recorder = self.gate().recorder();
        let named = id.to_string();
        let mut found = vec![];
        let (mut before, mut seen) = (i64::MAX, 0);
        loop {
            let mut sql = Sql::new(self.db.dialect(), "SELECT ");
            // Written out, so that both databases find their partial index.
            sql.push(crate::audit::line::EVENT)
                .push(" FROM event e WHERE e.action IN (122, 123, 128, 213) AND e.seq < ");
            sql.bind(before).push(" AND e.at >= ").bind(opened_at.plus_ms(-CLOCK_SLACK_MS));
            sql.push(" ORDER BY e.seq DESC LIMIT ").bind(PART);
            let rows = self.read(sql.finish()).await?;
            for row in &rows {
                let row = EventRow::read(row).map_err(broken)?;
                before = row.seq;
                let Some(body) = row.body.as_deref().and_then(|sealed| recorder.open_body(row.id, sealed).ok()) else {
                    continue;
                };
                let detail = body.actor.get("detail").cloned().unwrap_or_default();
                let of_row = detail.get("case_row").and_then(|r| r.get("id"));
                if [detail.get("case"), of_row].into_iter().flatten().any(|case| *case == named) {
                    found.push(Found { row, detail });
                }
            }
            seen += rows.len() as i64;
            if (rows.len() as i64) < PART || seen >= LOOKED_THROUGH {
                found.reverse();
                return Ok(found);
            }
        }
    }
}
