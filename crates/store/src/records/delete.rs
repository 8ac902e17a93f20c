//! Delete a record.

use access::path::{Change, Disclosed, Grant, OnRecords, Operation, Refusal};
use model::{Action, ObjectName, RecordId};

use super::fetch::broken;
use super::statements;
use crate::{Query, Store};

/// Delete one record, if it still has this version.
pub struct DeleteRecord {
    pub object: ObjectName,
    pub id: RecordId,
    pub version: i64,
}

impl Operation for DeleteRecord {
    const ACTION: Action = Action::Delete;
}
impl OnRecords for DeleteRecord {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
}

impl Store {
    /// Deletes a record. A customer that other records belong to stays: delete or move those first.
    ///
    /// # Errors
    /// [`Refusal::Barred`] `has_related`, `legal_hold` or `approval_waits`, and as [`Store::edit`]; all recorded.
    pub async fn delete(&self, grant: Grant<DeleteRecord>) -> Result<Disclosed<RecordId>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        // What stands against it is for who may delete it alone.
        let grant = grant.permit(&row).await?;
        match self.in_the_way(&row).await {
            Ok(None) => {}
            Ok(Some(refusal)) | Err(refusal) => return Err(grant.refuse(refusal).await),
        }
        let stands = match grant.object_type().cloned() {
            Ok(object) => self.unless_waiting(&object, &row, grant.now()).await,
            Err(refusal) => Err(refusal),
        };
        if let Err(refusal) = stands {
            return Err(grant.refuse(refusal).await);
        }
        let (id, version) = (row.id, grant.operation().version);
        // A customer's own record takes its files along; what else is the customer's is in the way.
        let files = match self.file_ids("record", id).await {
            Ok(files) => files,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let mut write = grant.act_on(&row).await?;
        if !files.is_empty() {
            write.tells("attachments", files.len().into());
        }
        let mut changes = vec![
            // Asked above for the answer's sake, and again here because it may have changed since.
            Change::new(
                "DELETE FROM record WHERE id = ?1 AND version = ?2 \
                 AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.customer = record.customer AND h.released_at IS NULL) \
                 AND NOT EXISTS (SELECT 1 FROM record x WHERE x.customer = ?1 AND x.id <> ?1)",
                vec![id.into(), version.into()],
            )
            .expecting(1),
        ];
        changes.extend(statements::remove(id));
        let done = write.commit(changes).await?;
        self.clear_files(&files).await;
        Ok(done)
    }

    /// What stands against deleting: held data is not destroyed by deleting it either, and what hangs on a customer goes
    /// first. Says only that there is something, not what: the caller may not see it.
    async fn in_the_way(&self, row: &model::StoredRow) -> Result<Option<Refusal>, Refusal> {
        let held = self.is_held(row.customer).await?;
        let query =
            Query::point("SELECT COUNT(*) FROM record x WHERE x.customer = ?1 AND x.id <> ?1", vec![row.id.into()]);
        let found = self.read(query).await?;
        let Some(counts) = found.first() else { return Ok(None) };
        let barred = |code, reason: &str| Some(Refusal::Barred { code, reason: reason.to_owned() });
        Ok(if held {
            barred("legal_hold", "a legal hold stands on this customer's data")
        } else if counts.int(0).map_err(broken)? > 0 {
            barred("has_related", "other records belong to this customer; delete or move them first")
        } else {
            None
        })
    }
}
