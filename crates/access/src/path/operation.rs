//! Operations as types: what is asked for is a value, and a grant of one operation is of no use for another.

use model::{Action, FieldName, ObjectName, RecordId};

/// Something a caller asks to do. One type per operation.
pub trait Operation: Send + Sync + 'static {
    const ACTION: Action;
}

/// An operation on records of an object type: has a scope and fields.
pub trait OnRecords: Operation {
    fn object(&self) -> &ObjectName;
    /// The one record it names, if it does: so that a refusal tells which.
    fn record(&self) -> Option<RecordId> {
        None
    }
    /// The fields wanted; `None` for all the caller may see.
    fn wanted(&self) -> Option<&[FieldName]> {
        None
    }
    /// Fields to show in the clear although they are masked for the caller: those of a reveal.
    fn revealed(&self) -> &[FieldName] {
        &[]
    }
    /// Whether the act itself writes what the house keeps of a record ([`model::FieldDef::kept`]).
    fn keeps(&self) -> bool {
        false
    }
    /// What else the record should tell: never a customer's value.
    fn detail(&self) -> serde_json::Value {
        serde_json::Value::Null
    }
    /// The same of a request that was refused: it may hold what an allowed one cannot.
    fn refused_detail(&self) -> serde_json::Value {
        self.detail()
    }
}

/// An administrative duty, or something done to the caller's own session: no scope, no fields.
pub trait OnSystem: Operation {
    /// What is done to what, for the record: ids and settings, never a secret or a customer's value.
    fn detail(&self) -> serde_json::Value;
    /// The customer the question or act is about, if one: it becomes a touch of the record.
    fn about(&self) -> Option<RecordId> {
        None
    }
}
