//! Change fields of a record, if nobody changed it in between.

use access::path::{Disclosed, Grant, OnRecords, Operation, Refusal, Values};
use model::{Action, ObjectName, RecordId};

use super::parse::parse_values;
use super::statements;
use crate::Store;
use crate::automation::{Besides, Left};

/// Change these fields; others stay as they are.
pub struct EditRecord {
    pub object: ObjectName,
    pub id: RecordId,
    /// The version the caller read (the ETag).
    pub version: i64,
    pub values: serde_json::Map<String, serde_json::Value>,
}

impl Operation for EditRecord {
    const ACTION: Action = Action::Edit;
}
impl OnRecords for EditRecord {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
}

impl Store {
    /// Changes a record.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::ForbiddenOnRecord`], [`Refusal::Invalid`], [`Refusal::Conflict`],
    /// [`Refusal::Taken`], [`Refusal::Barred`] `approval_waits`; all recorded.
    pub async fn edit(&self, grant: Grant<EditRecord>) -> Result<Disclosed<RecordId>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let values = match self.edited_values(&grant).await {
            Ok(values) => values,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        // What a stage lacks tells which fields have values: for who may change the record alone.
        let grant = grant.permit(&row).await?;
        if let Err(refusal) = grant.object_type().and_then(|o| super::stages::check(o, Some(&row), &values)) {
            return Err(grant.refuse(refusal).await);
        }
        // Rights before versions: who may not change the record learns nothing of its version.
        let (at, version, object) = (grant.now(), grant.operation().version, grant.object_type().cloned());
        let object = match object {
            Ok(object) => object,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let Besides { planned, beside, unmade, after } =
            match self.plan_change(&object, &row, &values, grant.caller()).await {
                Ok(besides) => besides,
                Err(refusal) => return Err(grant.refuse(refusal).await),
            };
        let stored = row.clone();
        let mut write = grant.change_keeping(row, &values, &beside).await?;
        if unmade {
            write.tells("approval", serde_json::json!(model::process::Standing::Draft));
        }
        let mut changes = vec![statements::unless_seen(&stored, version)];
        changes.extend(statements::update(&object, &stored, &write.places, at));
        match self.apply_automations(&[(&planned, Left { object: &object, row: &after, new: false })], &mut write) {
            Ok(more) => changes.extend(more),
            Err(refusal) => return Err(write.refuse(refusal).await),
        }
        write.commit(changes).await
    }

    async fn edited_values(&self, grant: &Grant<EditRecord>) -> Result<Values, Refusal> {
        let object = grant.object_type()?.clone();
        let values = parse_values(&object, &grant.operation().values).map_err(Refusal::Invalid)?;
        if values.is_empty() {
            return Err(Refusal::invalid("fields", "required", "name at least one field"));
        }
        if let Some(field) = object.customer_field.as_ref().filter(|f| values.contains_key(*f)) {
            // The record's ciphertext hangs on its customer's key.
            return Err(Refusal::invalid(field.as_str(), "not_editable", "a record stays with its customer"));
        }
        self.check_references(grant, &object, &values).await?;
        Ok(values)
    }
}
