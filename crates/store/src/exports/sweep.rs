//! The end of files: when their time is over, when their process died, and when a customer in them is erased.

use access::path::{Change, Param, Refusal};
use model::{Action, Caller, Channel, Decision, JobId, RecordId, UnixMs};
use serde_json::json;

use super::EXPORT_KEYS;
use super::file::{ExportFile, ExportState};
use crate::Store;
use crate::database::Query;
use crate::erase::scrub_due;
use crate::records::broken;
use crate::sql::Sql;

/// A process that has not told of an export for so long is not at it any more.
const LOST_AFTER_MS: i64 = 15 * 60_000;
/// An approval that nobody gave, or nobody used, is over after so many days: no sooner than its request lapses.
const WAITS_DAYS: i64 = 15;
/// Parts removed in one transaction.
const STEP: i64 = 40;

fn job(file: &ExportFile, now: UnixMs) -> Caller {
    Caller { on_behalf_of: Some(file.actor), ..Store::system_caller(Channel::Job, "exports", now) }
}

impl Store {
    /// Destroys files whose time is over and closes exports whose process died; then clears away what is left of files that have
    /// no key. How many ended.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]: the next round goes on.
    pub async fn sweep_exports(&self, now: UnixMs) -> Result<usize, Refusal> {
        let over = self
            .files(
                "(state = 'ready' AND expires_at <= ?1) OR (state = 'waiting' AND asked_at <= ?2)",
                vec![now.into(), now.plus_days(-WAITS_DAYS).into()],
            )
            .await?;
        let mut ended = 0;
        for file in over {
            let detail = json!({ "act": "export.expire" });
            ended += self.ended(file, ExportState::Expired, Decision::Allowed, detail, now).await?;
        }
        ended += self.close_lost_files(now, UnixMs(now.0.saturating_sub(LOST_AFTER_MS))).await?;
        self.clear_parts().await?;
        self.scrub_exports().await;
        Ok(ended)
    }

    /// Closes exports whose process has told nothing of them since `before`.
    pub(crate) async fn close_lost_files(&self, now: UnixMs, before: UnixMs) -> Result<usize, Refusal> {
        let mut ended = 0;
        for file in self.files("state = 'running' AND streamed = 0 AND beat_at < ?1", vec![before.into()]).await? {
            let detail = json!({ "act": "export.lost" });
            ended += self.ended(file, ExportState::Unknown, Decision::Unknown, detail, now).await?;
        }
        Ok(ended)
    }

    /// Destroys every file that holds records of a customer, and ends exports under way that have read some.
    pub(crate) async fn withdraw_exports(&self, customer: RecordId, now: UnixMs) -> Result<(), Refusal> {
        let open = self.files("state IN ('running', 'ready') AND streamed = 0", vec![]).await?;
        if open.is_empty() {
            return Ok(());
        }
        self.ready_to_ask().await?;
        let mut sql = Sql::new(
            self.db.dialect(),
            "SELECT DISTINCT e.actor, e.at FROM touch t CROSS JOIN event e WHERE t.customer = ",
        );
        sql.bind(customer).push(" AND e.seq = t.seq").push(&self.touched_segments().await?);
        sql.push(" AND e.action = ").bind(i64::from(Action::Export.code()));
        let mut reads = vec![];
        for row in self.read(sql.finish()).await? {
            reads.push((row.user(0).map_err(broken)?, row.time(1).map_err(broken)?));
        }
        for file in open {
            let during = |at: UnixMs| at >= file.asked_at && file.ended_at.is_none_or(|end| at <= end);
            if reads.iter().any(|(actor, at)| *actor == file.actor && during(*at)) {
                let detail = json!({ "act": "export.withdraw" });
                self.ended(file, ExportState::Withdrawn, Decision::Allowed, detail, now).await?;
            }
        }
        Ok(())
    }

    /// 1, or 0 when somebody else ended it meanwhile.
    async fn ended(
        &self,
        file: ExportFile,
        state: ExportState,
        decision: Decision,
        detail: serde_json::Value,
        now: UnixMs,
    ) -> Result<usize, Refusal> {
        let caller = job(&file, now);
        match self.end_file(&caller, file, state, decision, detail).await {
            Ok(_) => Ok(1),
            Err(Refusal::Conflict) => Ok(0),
            Err(refusal) => Err(refusal),
        }
    }

    /// Removes what nobody can open any more, in steps so small that nobody who writes waits for them.
    async fn clear_parts(&self) -> Result<(), Refusal> {
        loop {
            let sql = "SELECT p.file, p.n FROM export_part p JOIN export_file f ON f.id = p.file \
                       WHERE f.state NOT IN ('running', 'ready') LIMIT ?1";
            let rows = self.read(Query::new(sql, vec![STEP.into()])).await?;
            if rows.is_empty() {
                return Ok(());
            }
            let remove = |row: &crate::Row| {
                Change::new(
                    "DELETE FROM export_part WHERE file = ?1 AND n = ?2",
                    row.0.iter().take(2).cloned().collect(),
                )
            };
            self.db.maintain(rows.iter().map(remove).collect()).await.map_err(super::write::not_noted)?;
        }
    }

    async fn scrub_exports(&self) {
        let due = scrub_due(EXPORT_KEYS);
        let query = Query::point("SELECT key FROM meta WHERE key = ?1", vec![Param::Text(due.clone())]);
        if self.read(query).await.is_ok_and(|rows| !rows.is_empty())
            && let Err(error) = self.scrub(vec![due]).await
        {
            tracing::error!(error, "the database's files could not be cleaned after files expired; it is tried again");
        }
    }

    /// The row of a stream that has ended, if it has one.
    pub(crate) async fn ended_stream(
        &self,
        id: JobId,
        state: ExportState,
        rows: u64,
        at: UnixMs,
    ) -> Result<Option<(ExportFile, Change)>, Refusal> {
        let Some(mut file) = self.file(id).await?.filter(|f| f.state == ExportState::Running) else { return Ok(None) };
        let from = file.version;
        (file.version, file.state, file.rows, file.ended_at) = (from.saturating_add(1), state, rows, Some(at));
        let change = self.update_file(&file, from);
        Ok(Some((file, change)))
    }
}
