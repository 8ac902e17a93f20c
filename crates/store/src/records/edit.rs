//! Change fields of a record, if nobody changed it in between.

use access::path::{Disclosed, Grant, OnRecords, Operation, Refusal, Values};
use model::{Action, ObjectName, RecordId};

use super::numbers::Numbering;
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

/// Change fields, unless another record may be the same by them and that is not accepted. Recorded with what was decided.
pub struct EditOnce {
    pub record: EditRecord,
    pub allow_duplicate: bool,
}

impl Operation for EditOnce {
    const ACTION: Action = Action::Edit;
}
impl OnRecords for EditOnce {
    fn object(&self) -> &ObjectName {
        &self.record.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.record.id)
    }
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "allow_duplicate": self.allow_duplicate })
    }
}

/// An operation that changes a record.
pub trait Editing: OnRecords {
    fn edits(&self) -> &EditRecord;
    /// Whether another that may be the same stands against it.
    fn once(&self) -> bool;
}
impl Editing for EditRecord {
    fn edits(&self) -> &EditRecord {
        self
    }
    fn once(&self) -> bool {
        false
    }
}
impl Editing for EditOnce {
    fn edits(&self) -> &EditRecord {
        &self.record
    }
    fn once(&self) -> bool {
        !self.allow_duplicate
    }
}

impl Store {
    /// Changes a record.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::ForbiddenOnRecord`], [`Refusal::Invalid`], [`Refusal::Conflict`],
    /// [`Refusal::Taken`], [`Refusal::Barred`] `approval_waits`; of [`EditOnce`] also `possible_duplicate` or `rate_limited`;
    /// all recorded.
    pub async fn edit<O: Editing>(&self, grant: Grant<O>) -> Result<Disclosed<RecordId>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let values = match self.edited_values(&grant).await {
            Ok(values) => values,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        // What a stage lacks tells which fields have values: for who may change the record alone.
        let grant = grant.permit(&row).await?;
        let checked = async {
            let object = grant.object_type()?;
            let files = self.files_for_stage(&grant, object, &row, &values).await?;
            super::stages::check(object, Some(&row), &values, &files)?;
            Ok(files)
        };
        let files = match checked.await {
            Ok(files) => files,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        // Rights before versions: who may not change the record learns nothing of its version.
        let (at, version, object) = (grant.now(), grant.operation().edits().version, grant.object_type().cloned());
        let object = match object {
            Ok(object) => object,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let Besides { planned, beside, unmade, after } =
            match self.plan_change(&object, &row, &values, grant.caller(), &files).await {
                Ok(besides) => besides,
                Err(refusal) => return Err(grant.refuse(refusal).await),
            };
        let mut numbering = Numbering::default();
        let given: access::path::Values = match self.number_one(&grant, &object, Some(&row), &mut numbering).await {
            Ok(numbers) => numbers.into_iter().chain(beside).collect(),
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        if grant.operation().once()
            && let Err(refusal) = self.refuse_duplicates_of(&grant, &object, &row, &values).await
        {
            return Err(grant.refuse(refusal).await);
        }
        let stored = row.clone();
        let mut write = grant.change_giving(row, &values, &given).await?;
        if unmade {
            write.tells("approval", serde_json::json!(model::process::Standing::Draft));
        }
        let mut changes = vec![statements::unless_seen(&stored, version)];
        changes.extend(statements::update(&object, &stored, &write.places, at));
        let left = [(&planned, Left { object: &object, row: &after, new: false })];
        match self.apply_automations(&left, &mut write, &mut numbering).await {
            Ok(more) => changes.extend(more),
            Err(refusal) => return Err(write.refuse(refusal).await),
        }
        numbering.add_to(&mut write, &mut changes);
        write.commit(changes).await
    }

    async fn edited_values<O: Editing>(&self, grant: &Grant<O>) -> Result<Values, Refusal> {
        let object = grant.object_type()?.clone();
        let values = parse_values(&object, &grant.operation().edits().values).map_err(Refusal::Invalid)?;
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
