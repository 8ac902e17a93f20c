//! View a record, and reveal masked fields of it.

use access::path::{Grant, OnRecords, Operation, Refusal, Sealed};
use model::{Action, FieldName, ObjectName, RecordId};

use crate::Store;

/// View one record.
pub struct ViewRecord {
    pub object: ObjectName,
    pub id: RecordId,
}

impl Operation for ViewRecord {
    const ACTION: Action = Action::View;
}
impl OnRecords for ViewRecord {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
}

/// Show masked fields of one record in the clear. The caller's purpose says why.
pub struct RevealFields {
    pub object: ObjectName,
    pub id: RecordId,
    pub fields: Vec<FieldName>,
}

impl Operation for RevealFields {
    const ACTION: Action = Action::Reveal;
}
impl OnRecords for RevealFields {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
    fn wanted(&self) -> Option<&[FieldName]> {
        Some(&self.fields)
    }
    fn revealed(&self) -> &[FieldName] {
        &self.fields
    }
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "reveal": self.fields })
    }
}

/// Print one record: recorded with what stands on the paper, before it is printed.
pub struct PrintRecord {
    pub object: ObjectName,
    pub id: RecordId,
}

impl Operation for PrintRecord {
    const ACTION: Action = Action::Print;
}
impl OnRecords for PrintRecord {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
}

impl Store {
    /// Reads one record to print it.
    ///
    /// # Errors
    /// [`Refusal::ForbiddenOnRecord`] when the caller may see the record but not print it; [`Refusal::NotFound`];
    /// [`Refusal::StoreUnavailable`]; all recorded.
    pub async fn print(&self, grant: Grant<PrintRecord>) -> Result<Sealed<PrintRecord>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let grant = grant.permit(&row).await?;
        Ok(grant.seal(vec![row]))
    }

    /// Reads one record. A record that is not there and one the caller may not see give the same sealed nothing.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `merged`, whose reason is the id of the record it became, for who may view that;
    /// [`Refusal::StoreUnavailable`]; recorded.
    pub async fn view(&self, grant: Grant<ViewRecord>) -> Result<Sealed<ViewRecord>, Refusal> {
        let (object, id) = match (grant.object_type().cloned(), grant.operation().record()) {
            (Ok(object), Some(id)) => (object, id),
            _ => return Err(grant.refuse(Refusal::NotFound).await),
        };
        match self.fetch(&object, id, grant.filters(), grant.now()).await {
            Ok(Some(row)) => Ok(grant.seal(vec![row])),
            // Asked of every id that is not there, so that one which never was takes as long.
            Ok(None) => match self.not_there(&grant, &object, id).await {
                Refusal::NotFound => Ok(grant.seal(vec![])),
                refusal => Err(grant.refuse(refusal).await),
            },
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    /// Reads one record to reveal fields of it.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when a field is not there for the caller; [`Refusal::ForbiddenOnRecord`] when the caller may see
    /// the record but not this; [`Refusal::Barred`] `reveal_quota`; [`Refusal::NotFound`]; [`Refusal::StoreUnavailable`]; all recorded.
    pub async fn reveal(&self, grant: Grant<RevealFields>) -> Result<Sealed<RevealFields>, Refusal> {
        if grant.operation().fields.is_empty() {
            return Err(grant.refuse(Refusal::invalid("fields", "required", "name at least one field")).await);
        }
        let object = match grant.object_type() {
            Ok(object) => object.clone(),
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        // A field that exists but is hidden everywhere must look like one that does not exist.
        let unknown = grant.operation().fields.iter().find(|name| {
            object.field(name.as_str()).is_none()
                || grant.field_filters(name.as_str(), model::FieldLevel::Masked).iter().any(|f| f.is_never())
        });
        if let Some(name) = unknown {
            let refusal = Refusal::invalid(name.as_str(), "unknown_field", "there is no such field");
            return Err(grant.refuse(refusal).await);
        }
        let (grant, row) = self.fetch_for_act(grant).await?;
        let grant = grant.permit(&row).await?;
        // After the right: who may not reveal learns nothing of a quota.
        if let Err(refusal) = self.take_reveal(grant.caller().user, grant.now()).await {
            return Err(grant.refuse(refusal).await);
        }
        Ok(grant.seal(vec![row]))
    }
}
