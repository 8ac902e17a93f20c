//! What the path asks of a database: make changes and their event durable together, and say so only then.
//!
//! Contract for implementers. `append` MUST return `Ok` only after the unit's changes and its event are durable in one
//! transaction. It MUST NOT make the changes durable without the event. After any error of the commit itself it MUST
//! answer every later call with [`JournalError::Unavailable`] until the process has started anew and re-derived its
//! state from what is on disk: after a failed commit nobody knows what is durable.

use model::{EventId, RecordId, UnixMs};

/// A value bound to a statement. Both databases store these four and NULL, and nothing else.
#[derive(Clone, PartialEq, Eq)]
pub enum Param {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// Parameters hold ciphertext and clear fields; neither belongs in a log.
impl std::fmt::Debug for Param {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Param::Null => "Null",
            Param::Int(_) => "Int",
            Param::Text(_) => "Text",
            Param::Bytes(_) => "Bytes",
        })
    }
}

impl From<i64> for Param {
    fn from(n: i64) -> Self {
        Param::Int(n)
    }
}
impl From<String> for Param {
    fn from(t: String) -> Self {
        Param::Text(t)
    }
}
impl From<&str> for Param {
    fn from(t: &str) -> Self {
        Param::Text(t.to_owned())
    }
}
impl From<Vec<u8>> for Param {
    fn from(b: Vec<u8>) -> Self {
        Param::Bytes(b)
    }
}
impl From<UnixMs> for Param {
    fn from(t: UnixMs) -> Self {
        Param::Int(t.0)
    }
}
impl From<bool> for Param {
    fn from(b: bool) -> Self {
        Param::Int(i64::from(b))
    }
}
impl<T: Into<Param>> From<Option<T>> for Param {
    fn from(o: Option<T>) -> Self {
        o.map_or(Param::Null, Into::into)
    }
}
macro_rules! param_from_id {
    ($($id:ty),*) => {$(impl From<$id> for Param { fn from(id: $id) -> Self { Param::Bytes(id.as_bytes().to_vec()) } })*};
}
param_from_id!(
    RecordId,
    EventId,
    model::UserId,
    model::DepartmentId,
    model::SessionId,
    model::TokenId,
    model::ShareId,
    model::GrantId,
    model::JobId,
    model::ResponseId,
    model::CanaryId,
    model::FileId,
    model::RequestId,
    model::RunId,
    model::AlertId,
    model::CaseId,
    model::InquiryId,
    model::FeedLoadId,
    model::ReportId,
    model::FindingId,
    model::ScanId,
    model::LeaverId,
    model::StatementId,
    model::ReviewId,
    model::ReviewLineId,
    model::AssessmentId,
    model::AssessmentQuestionId
);

/// What must be true of a statement's count of affected rows, else the whole unit is undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    Any,
    /// Exactly this many; otherwise [`JournalError::Conflict`].
    Rows(u64),
}

/// One statement. Placeholders are `?1`, `?2`, … in both dialects (PostgreSQL's driver is given `$1`, …).
#[derive(Debug, Clone)]
pub struct Change {
    pub sql: std::borrow::Cow<'static, str>,
    pub params: Vec<Param>,
    pub expect: Expect,
}

impl Change {
    pub fn new(sql: impl Into<std::borrow::Cow<'static, str>>, params: Vec<Param>) -> Self {
        Self { sql: sql.into(), params, expect: Expect::Any }
    }
    pub fn expecting(mut self, rows: u64) -> Self {
        self.expect = Expect::Rows(rows);
        self
    }
}

/// One record touched, as stored beside the ledger.
#[derive(Debug, Clone)]
pub struct TouchRow {
    pub record: RecordId,
    pub customer: RecordId,
    pub disclosure: u16,
    /// Whether the salt of its commitment comes from the customer's key (else from the audit key).
    pub keyed: bool,
    /// Its commitment: kept beside the row, so that the other records of the event stay provable once this one's key is
    /// destroyed, and so that proving one customer's item needs no other customer's key.
    pub commitment: [u8; 32],
}

/// An event ready for the ledger: all commitments made, the body sealed. The journal adds position and chain.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The event's leaf, still without node, boot, counter and link: the journal gives it those with its
    /// [`ledger::NodeStream`].
    pub leaf: ledger::Leaf,
    /// When it happened. The leaf's time may be later: it never goes back within a node.
    pub at: UnixMs,
    /// Columns for queries: who, on whose behalf, from which department, by which channel, from where, on what.
    pub actor: model::UserId,
    pub on_behalf_of: Option<model::UserId>,
    pub department: Option<model::DepartmentId>,
    pub channel: &'static str,
    pub source: Option<String>,
    pub object: Option<String>,
    pub policy_version: u64,
    /// How many records were touched without a business reason; `None` where none was asked for.
    pub unexplained: Option<u32>,
    pub touches: Vec<TouchRow>,
    /// [`crate::path::Body`], sealed under a key of its day.
    pub body: Vec<u8>,
}

/// Changes and the event that tells of them: durable together or not at all.
#[derive(Debug)]
pub struct Unit {
    pub changes: Vec<Change>,
    pub entry: Entry,
}

/// Where an event stands. On PostgreSQL a leader gives positions shortly after; then `index` is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub index: Option<u64>,
}

/// Why nothing was made durable.
#[derive(Debug, Clone, thiserror::Error)]
pub enum JournalError {
    /// The record cannot be made: no data may leave.
    #[error("the access log is unavailable")]
    Unavailable,
    /// A statement affected another number of rows than expected. Nothing of the unit was kept.
    #[error("another change came first")]
    Conflict { change: usize },
    /// A unique rule of the database was broken. Nothing of the unit was kept.
    #[error("a value that must be unique is taken")]
    Taken { change: usize },
    /// The statement itself failed. Nothing of the unit was kept.
    #[error("the change could not be made")]
    Failed { change: usize, reason: String },
}

/// The durable end of the path. See the module's contract.
#[async_trait::async_trait]
pub trait Journal: Send + Sync + 'static {
    async fn append(&self, unit: Unit) -> Result<Position, JournalError>;
}
