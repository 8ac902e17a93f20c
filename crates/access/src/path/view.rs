//! What a caller gets to see of a record.

use std::collections::BTreeMap;

use model::{DepartmentId, FieldName, ObjectName, RecordId, UnixMs, UserId};
use serde::Serialize;

/// A record as disclosed: only fields the caller may see, each in the clear or masked. No `Debug`: it is customer data.
#[derive(Clone, Serialize)]
pub struct RecordView {
    pub id: RecordId,
    pub object: ObjectName,
    pub customer: RecordId,
    pub owner: Option<UserId>,
    pub department: Option<DepartmentId>,
    pub pool: bool,
    /// Counts changes from 1; the ETag.
    pub version: i64,
    pub created_at: UnixMs,
    pub updated_at: UnixMs,
    /// Values by field, as the API says them. A field without a value is `null`; a hidden field is not there.
    pub fields: BTreeMap<FieldName, serde_json::Value>,
    /// Which of `fields` are masked.
    pub masked: Vec<FieldName>,
    /// Which fields the caller may change.
    pub editable: Vec<FieldName>,
}
