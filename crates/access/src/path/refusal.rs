//! Why a request was not granted or not carried out. By the time a caller holds one, it has been recorded.

use model::{FieldName, Text};

use crate::engine::Obligation;

/// What is wrong with one field of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    pub field: String,
    /// Stable: `required`, `unknown_field`, `not_editable`, `invalid_value`, `duplicate`, `not_sortable`, …
    pub code: &'static str,
    /// English, without the value.
    pub reason: String,
    /// The company's own words instead: of a rule that an administrator wrote.
    pub own: Option<Text>,
}

impl FieldProblem {
    pub fn new(field: impl Into<String>, code: &'static str, reason: impl Into<String>) -> Self {
        Self { field: field.into(), code, reason: reason.into(), own: None }
    }
}

/// A refusal, in the order in which it is found.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The operation is not open to the caller, whatever the record.
    #[error("not permitted")]
    Forbidden { rules: Vec<String>, obligation: Option<Obligation> },
    /// No such record, or none the caller may know of. The two MUST be answered alike.
    #[error("not found")]
    NotFound,
    /// The caller knows the record but may not do this to it.
    #[error("not permitted on this record")]
    ForbiddenOnRecord { rules: Vec<String>, obligation: Option<Obligation> },
    #[error("the request has wrong fields")]
    Invalid(Vec<FieldProblem>),
    /// The record has changed since the caller read it.
    #[error("the record has changed")]
    Conflict,
    /// A unique field's value is taken, by a record that is not shown.
    #[error("a value that must be unique is taken")]
    Taken { field: Option<FieldName> },
    /// A duty or hold stands against it: code, and words for people.
    #[error("{code}")]
    Barred { code: &'static str, reason: String },
    /// More rows than the caller's roles allow in one export.
    #[error("more than {limit} rows")]
    TooMany { limit: u32 },
    /// The access log cannot take the record: no data leaves.
    #[error("the access log is unavailable")]
    AuditUnavailable,
    /// The database did not answer. Nothing was disclosed or changed.
    #[error("the database is unavailable")]
    StoreUnavailable(String),
    /// Ciphertext or keys did not open. Nothing was disclosed.
    #[error("stored data cannot be opened")]
    Damaged,
}

impl Refusal {
    pub fn invalid(field: &str, code: &'static str, reason: impl Into<String>) -> Self {
        Refusal::Invalid(vec![FieldProblem::new(field, code, reason)])
    }
}
