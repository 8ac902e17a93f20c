//! One connection and the statements prepared on it.

use std::num::NonZeroUsize;

use access::path::Param;
use lru::LruCache;
use parking_lot::Mutex;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Error, Row, Statement};

use crate::placeholder::to_dollar;
use crate::target::Target;
use crate::values::{Bound, fits, sql_type};

/// Statements kept prepared: lists make many of them, so the oldest go.
const PREPARED: usize = 256;

/// A filter joins many conditions that each look at few rows: compiling one takes a thousand times as long as answering it
/// (docs/configuration.md).
const WITHOUT_JIT: &str = "SET jit = off";

/// A connection of one user: of a writer, the leader, or the pool for as long as it is taken.
pub struct Session {
    pub client: Client,
    /// By the store's own text; a statement whose NULLs stood elsewhere may have other types, so there may be several.
    prepared: Mutex<LruCache<String, Vec<Statement>>>,
}

impl Session {
    pub async fn connect(target: &Target) -> Result<Self, Error> {
        let client = target.connect().await?;
        client.batch_execute(WITHOUT_JIT).await?;
        let size = NonZeroUsize::new(PREPARED).unwrap_or(NonZeroUsize::MIN);
        Ok(Self { client, prepared: Mutex::new(LruCache::new(size)) })
    }

    /// A connection on which a commit is answered only when it is on disk.
    pub async fn connect_durable(target: &Target) -> Result<Self, Error> {
        let session = Self::connect(target).await?;
        let row = session.client.query_one("SHOW synchronous_commit", &[]).await?;
        // What is stronger (remote_apply) stays.
        if !matches!(row.try_get(0)?, "on" | "remote_apply") {
            session.client.batch_execute("SET synchronous_commit = on").await?;
        }
        Ok(session)
    }

    /// The statement, if it is prepared for parameters such as these.
    pub fn cached(&self, sql: &str, params: &[Param]) -> Option<Statement> {
        let mut prepared = self.prepared.lock();
        prepared.get(sql)?.iter().find(|s| fits(s.params(), params)).cloned()
    }

    /// The statement with placeholders `?1`, …, prepared for parameters such as these.
    pub async fn statement(&self, sql: &str, params: &[Param]) -> Result<Statement, Error> {
        if let Some(found) = self.cached(sql, params) {
            return Ok(found);
        }
        let types: Vec<Type> = params.iter().map(|p| sql_type(p).unwrap_or(Type::UNKNOWN)).collect();
        let made = self.client.prepare_typed(&to_dollar(sql), &types).await?;
        let mut prepared = self.prepared.lock();
        prepared.get_or_insert_mut(sql.to_owned(), Vec::new).push(made.clone());
        Ok(made)
    }

    /// One of this crate's own statements, with `$1`, … and casts that give the types.
    pub async fn own(&self, sql: &'static str) -> Result<Statement, Error> {
        if let Some(found) = self.prepared.lock().get(sql).and_then(|all| all.first()) {
            return Ok(found.clone());
        }
        let made = self.client.prepare(sql).await?;
        self.prepared.lock().put(sql.to_owned(), vec![made.clone()]);
        Ok(made)
    }

    pub async fn query(&self, sql: &str, params: &[Param]) -> Result<Vec<Row>, Error> {
        let statement = self.statement(sql, params).await?;
        let bound = bind(params);
        self.client.query(&statement, &references(&bound)).await
    }

    pub async fn execute(&self, sql: &str, params: &[Param]) -> Result<u64, Error> {
        let statement = self.statement(sql, params).await?;
        self.run(&statement, params).await
    }

    pub async fn run(&self, statement: &Statement, params: &[Param]) -> Result<u64, Error> {
        let bound = bind(params);
        self.client.execute(statement, &references(&bound)).await
    }
}

fn bind(params: &[Param]) -> Vec<Bound<'_>> {
    params.iter().map(Bound).collect()
}

fn references<'a>(bound: &'a [Bound<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    bound.iter().map(|b| b as &(dyn ToSql + Sync)).collect()
}

/// The error without its detail, which may quote what is stored.
pub fn describe(error: &Error) -> String {
    match error.as_db_error() {
        Some(db) => format!("{}: {}", db.code().code(), db.message()),
        None => error.to_string(),
    }
}

/// Whether the database asks for the transaction to be tried anew: nothing of it was kept.
pub fn is_retryable(error: &Error) -> bool {
    matches!(error.code(), Some(code) if *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED)
}

/// Whether the connection is gone, so that nobody can say what became of what was sent.
pub fn is_lost(error: &Error) -> bool {
    match error.as_db_error() {
        // FATAL and PANIC end the session; the words are translated in `severity`, never in `parsed_severity`.
        Some(db) => db.parsed_severity().is_some_and(|s| {
            matches!(s, tokio_postgres::error::Severity::Fatal | tokio_postgres::error::Severity::Panic)
        }),
        None => true,
    }
}
