//! Delete a record.

use access::path::{Change, Disclosed, Grant, OnRecords, Operation, Refusal};
use model::{Action, ObjectName, RecordId};

use super::statements;
use crate::Store;

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
    /// [`Refusal::Barred`] `has_related` or `legal_hold`, and as [`Store::edit`]; all recorded.
    pub async fn delete(&self, grant: Grant<DeleteRecord>) -> Result<Disclosed<RecordId>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let (id, version) = (row.id, grant.operation().version);
        let write = grant.act_on(&row).await?;
        let mut changes = vec![
            // Held data is not destroyed by deleting it either; and what hangs on a customer goes first.
            Change::new(
                "DELETE FROM record WHERE id = ?1 AND version = ?2 \
                 AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.customer = record.customer AND h.released_at IS NULL) \
                 AND NOT EXISTS (SELECT 1 FROM record x WHERE x.customer = ?1 AND x.id <> ?1)",
                vec![id.into(), version.into()],
            )
            .expecting(1),
        ];
        changes.extend(statements::remove(id));
        write.commit(changes).await
    }
}
