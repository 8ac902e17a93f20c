//! A record as the database holds it: clear columns and ciphertext. Not for eyes: the gate opens it.

use std::collections::BTreeMap;

use crate::ids::{DepartmentId, FieldName, RecordId, UserId};
use crate::time::UnixMs;
use crate::value::Value;

/// Who besides the owner has to do with a record, as of the moment it was read: expired shares are not among them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Members {
    /// Collaborators 协作人(读写).
    pub collaborators: Vec<UserId>,
    /// Viewers 协作人(只读).
    pub viewers: Vec<UserId>,
    /// Shares to read: users, departments (with those below), roles, as text ids.
    pub shared_read: Vec<Grantee>,
    pub shared_edit: Vec<Grantee>,
    /// All of these, with who gave them: the reason somebody has of them.
    pub given: Vec<Given>,
}

/// Taking part 参与, and by whose word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub to: Grantee,
    pub by: UserId,
    /// As a collaborator who writes; else to read along, or by a share.
    pub collaborator: bool,
}

/// To whom a record is shared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Grantee {
    User(UserId),
    /// The department and those below it.
    Department(DepartmentId),
    Role(crate::ids::RoleName),
}

/// A row of the record table. Only the store makes one, and hands it on inside a sealed grant.
#[derive(Clone)]
pub struct StoredRow {
    pub id: RecordId,
    pub customer: RecordId,
    pub owner: Option<UserId>,
    pub department: Option<DepartmentId>,
    pub pool: bool,
    /// Counts changes from 1; the ETag.
    pub version: i64,
    pub created_at: UnixMs,
    pub updated_at: UnixMs,
    pub created_by: UserId,
    /// Values of clear fields.
    pub clear: BTreeMap<FieldName, Value>,
    /// Ciphertexts of sealed fields.
    pub sealed: BTreeMap<FieldName, Vec<u8>>,
    /// The customer's wrapped data key: version of the wrapping key, bytes. `None` after erasure.
    pub key: Option<(u32, Vec<u8>)>,
    pub members: Members,
}
