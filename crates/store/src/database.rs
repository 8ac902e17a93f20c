//! The thin seam to SQLite and PostgreSQL: run a query, make a unit durable. Nothing here knows what a customer is.

use access::path::{Change, Journal, JournalError, Param};
use model::{DepartmentId, EventId, RecordId, UnixMs, UserId};

/// Which SQL a database speaks, where the two differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// One SELECT. Placeholders are `?1`, `?2`, … (a driver that wants `$1` translates).
#[derive(Debug, Clone)]
pub struct Query {
    pub sql: String,
    pub params: Vec<Param>,
    /// Answered by one index look-up: may run where it is, without moving to another thread.
    pub point: bool,
}

impl Query {
    pub fn new(sql: impl Into<String>, params: Vec<Param>) -> Self {
        Self { sql: sql.into(), params, point: false }
    }
    pub fn point(sql: impl Into<String>, params: Vec<Param>) -> Self {
        Self { sql: sql.into(), params, point: true }
    }
}

/// The database did not answer as it must.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DatabaseError {
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// A column holds something else than its schema says: damage, or a migration gone wrong.
    #[error("column {column} does not hold {expected}")]
    Unexpected { column: usize, expected: &'static str },
}

/// One row of a result, read by position.
#[derive(Debug, Clone)]
pub struct Row(pub Vec<Param>);

impl Row {
    fn at(&self, column: usize) -> &Param {
        self.0.get(column).unwrap_or(&Param::Null)
    }
    /// # Errors
    /// [`DatabaseError::Unexpected`], here and below, when the column holds another type.
    pub fn int(&self, column: usize) -> Result<i64, DatabaseError> {
        self.opt_int(column)?.ok_or(DatabaseError::Unexpected { column, expected: "a number" })
    }
    pub fn opt_int(&self, column: usize) -> Result<Option<i64>, DatabaseError> {
        match self.at(column) {
            Param::Int(n) => Ok(Some(*n)),
            Param::Null => Ok(None),
            _ => Err(DatabaseError::Unexpected { column, expected: "a number" }),
        }
    }
    pub fn text(&self, column: usize) -> Result<&str, DatabaseError> {
        self.opt_text(column)?.ok_or(DatabaseError::Unexpected { column, expected: "text" })
    }
    pub fn opt_text(&self, column: usize) -> Result<Option<&str>, DatabaseError> {
        match self.at(column) {
            Param::Text(t) => Ok(Some(t)),
            Param::Null => Ok(None),
            _ => Err(DatabaseError::Unexpected { column, expected: "text" }),
        }
    }
    pub fn bytes(&self, column: usize) -> Result<&[u8], DatabaseError> {
        self.opt_bytes(column)?.ok_or(DatabaseError::Unexpected { column, expected: "bytes" })
    }
    pub fn opt_bytes(&self, column: usize) -> Result<Option<&[u8]>, DatabaseError> {
        match self.at(column) {
            Param::Bytes(b) => Ok(Some(b)),
            Param::Null => Ok(None),
            _ => Err(DatabaseError::Unexpected { column, expected: "bytes" }),
        }
    }
    pub fn bool(&self, column: usize) -> Result<bool, DatabaseError> {
        Ok(self.int(column)? != 0)
    }
    pub fn time(&self, column: usize) -> Result<UnixMs, DatabaseError> {
        Ok(UnixMs(self.int(column)?))
    }
    pub fn opt_time(&self, column: usize) -> Result<Option<UnixMs>, DatabaseError> {
        Ok(self.opt_int(column)?.map(UnixMs))
    }
    /// Sixteen bytes of an identifier.
    pub fn id(&self, column: usize) -> Result<[u8; 16], DatabaseError> {
        self.opt_id(column)?.ok_or(DatabaseError::Unexpected { column, expected: "an id" })
    }
    pub fn opt_id(&self, column: usize) -> Result<Option<[u8; 16]>, DatabaseError> {
        let bytes = self.opt_bytes(column)?;
        bytes.map(|b| b.try_into().map_err(|_| DatabaseError::Unexpected { column, expected: "an id" })).transpose()
    }
    pub fn record(&self, column: usize) -> Result<RecordId, DatabaseError> {
        self.id(column).map(RecordId::from_bytes)
    }
    pub fn user(&self, column: usize) -> Result<UserId, DatabaseError> {
        self.id(column).map(UserId::from_bytes)
    }
    pub fn department(&self, column: usize) -> Result<DepartmentId, DatabaseError> {
        self.id(column).map(DepartmentId::from_bytes)
    }
    pub fn event(&self, column: usize) -> Result<EventId, DatabaseError> {
        self.id(column).map(EventId::from_bytes)
    }
}

/// A database. Implementations MUST run each `read` on one consistent snapshot, and each unit and `maintain` in one
/// transaction.
#[async_trait::async_trait]
pub trait Database: Journal {
    fn dialect(&self) -> Dialect;

    /// # Errors
    /// [`DatabaseError::Unavailable`].
    async fn read(&self, query: Query) -> Result<Vec<Row>, DatabaseError>;

    /// Waits until every event acknowledged so far, by any node, can be found by a query. Implementations MUST NOT wait without
    /// end: a log whose order has stopped is still to be asked. `false` when it gave up.
    async fn caught_up(&self) -> bool {
        true
    }

    /// Which node's stream this process writes, and in which of its boots; `None` where no other process writes this log.
    fn stream(&self) -> Option<(u32, u32)> {
        None
    }

    /// Bookkeeping without an event of its own: published checkpoints, last-seen times, expired sessions, what a recorded
    /// retention drops. MUST NOT touch records, people, rules or customers' keys: those changes have events.
    ///
    /// # Errors
    /// [`JournalError`]: nothing was kept.
    async fn maintain(&self, changes: Vec<Change>) -> Result<(), JournalError>;

    /// Makes what was deleted unreadable in the database's own files. Called after an erasure is durable. Implementations
    /// MUST return `Ok` only when a copy of the tables' files taken afterwards holds no wrapped data key that was destroyed;
    /// they SHOULD leave no other deleted byte either, and nothing in a log of their own.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`]: try again; the deletion itself stands.
    async fn scrub_freed(&self) -> Result<(), DatabaseError>;
}
