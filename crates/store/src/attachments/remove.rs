//! Taking a file away from a record: by who added it, or who may edit the record.

use access::path::{Change, Disclosed, Grant, OnRecords, Operation, Refusal};
use model::{Action, FieldLevel, FileId, ObjectName, RecordId};
use serde_json::json;

use super::field;
use crate::Store;
use crate::company::barred;
use crate::hold::lock_customer;

/// Take one file away from a record, for good. Needs the right to add files, for the record is changed by it.
pub struct RemoveFile {
    pub object: ObjectName,
    pub id: RecordId,
    pub file: FileId,
}

impl Operation for RemoveFile {
    const ACTION: Action = Action::Attach;
}
impl OnRecords for RemoveFile {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "attachment.remove", "attachment": { "id": self.file, "removed": true } })
    }
}

impl Store {
    /// Removes a file.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::ForbiddenOnRecord`]; [`Refusal::Barred`] `legal_hold`; [`Refusal::Conflict`] when
    /// somebody else was first; all recorded.
    pub async fn remove_file(&self, grant: Grant<RemoveFile>) -> Result<Disclosed<RecordId>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let grant = grant.permit(&row).await?;
        let (object, file) = (grant.operation().object.clone(), grant.operation().file);
        let checked = async {
            let stored = self.file_of(row.id, file).await?;
            let note = grant.open_file(&row, file, &stored.note)?.0;
            match field::level_of(grant.object_type()?, &grant.levels_on(&row), &note) {
                Some(FieldLevel::Hidden) => return Err(Refusal::NotFound),
                Some(level) if level < FieldLevel::Editable => {
                    return Err(Refusal::ForbiddenOnRecord { rules: vec![], obligation: None });
                }
                _ => {}
            }
            if let Some(name) = &note.field {
                field::stands_still(grant.object_type()?, &row, name)?;
            }
            if stored.added_by != grant.caller().user {
                grant.right_on(Action::Edit, &object, &row)?;
            }
            if self.is_held(row.customer).await? {
                return Err(barred("legal_hold", "a legal hold stands on this customer's data"));
            }
            Ok(())
        };
        if let Err(refusal) = checked.await {
            return Err(grant.refuse(refusal).await);
        }
        let write = grant.act_on(&row).await?;
        let changes = vec![
            lock_customer(row.customer),
            // A statement of its own after the lock, so that it sees a hold placed while this one waited.
            Change::new(
                "DELETE FROM attachment WHERE id = ?1 AND record = ?2 \
                 AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.customer = attachment.customer AND h.released_at IS NULL)",
                vec![file.into(), row.id.into()],
            )
            .expecting(1),
        ];
        let done = write.commit(changes).await?;
        self.clear_files(&[file]).await;
        Ok(done)
    }
}
