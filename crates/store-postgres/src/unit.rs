//! A unit's statements under a savepoint: all of them do what they must, or none is kept and the rest of the batch is
//! undisturbed.

use access::path::{Change, Expect, JournalError};
use futures_util::future::{join, join_all};
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use crate::session::{Session, describe, is_lost, is_retryable};

/// What ended a whole transaction.
#[derive(Debug)]
pub enum Broken {
    /// Nothing was kept, and the database asks to try again.
    Retry,
    /// Nothing was kept, for a reason that is not the unit's: no memory, no disk.
    Refused(String),
    /// The connection is gone, or a commit did not succeed.
    Unknown(String),
}

impl From<Error> for Broken {
    fn from(error: Error) -> Self {
        match &error {
            e if is_lost(e) => Self::Unknown(describe(e)),
            e if is_retryable(e) => Self::Retry,
            e => Self::Refused(describe(e)),
        }
    }
}

/// Runs a unit's changes; what they did is undone if one does not do what it must.
///
/// # Errors
/// [`Broken`]: the transaction as a whole cannot go on.
pub async fn apply(session: &Session, changes: &[Change]) -> Result<Option<JournalError>, Broken> {
    if changes.is_empty() {
        return Ok(None);
    }
    match run(session, changes).await? {
        None => {
            session.client.batch_execute("RELEASE SAVEPOINT unit").await?;
            Ok(None)
        }
        Some(error) => {
            session.client.batch_execute("ROLLBACK TO SAVEPOINT unit; RELEASE SAVEPOINT unit").await?;
            Ok(Some(error))
        }
    }
}

async fn run(session: &Session, changes: &[Change]) -> Result<Option<JournalError>, Broken> {
    let savepoint = session.client.batch_execute("SAVEPOINT unit");
    let prepared: Option<Vec<_>> = changes.iter().map(|c| session.cached(&c.sql, &c.params)).collect();
    let Some(statements) = prepared else {
        savepoint.await?;
        for (n, change) in changes.iter().enumerate() {
            let done = session.execute(&change.sql, &change.params).await;
            if let Some(error) = judge(n, change, done)? {
                return Ok(Some(error));
            }
        }
        return Ok(None);
    };
    // All of them are sent at once and answered in order: one round trip. After a failure the rest fail too (25P02), so
    // the first answer that is not as expected is the one that counts.
    let all = join_all(statements.iter().zip(changes).map(|(s, c)| session.run(s, &c.params)));
    let (savepoint, done) = join(savepoint, all).await;
    savepoint?;
    for (n, (change, done)) in changes.iter().zip(done).enumerate() {
        if let Some(error) = judge(n, change, done)? {
            return Ok(Some(error));
        }
    }
    Ok(None)
}

fn judge(change: usize, of: &Change, done: Result<u64, Error>) -> Result<Option<JournalError>, Broken> {
    let error = match (done, of.expect) {
        (Ok(rows), Expect::Rows(expected)) if rows != expected => return Ok(Some(JournalError::Conflict { change })),
        (Ok(_), _) => return Ok(None),
        (Err(error), _) => error,
    };
    if error.code() == Some(&SqlState::UNIQUE_VIOLATION) {
        return Ok(Some(JournalError::Taken { change }));
    }
    match whose(&error) {
        Whose::Unit => Ok(Some(JournalError::Failed { change, reason: describe(&error) })),
        Whose::Database => Err(error.into()),
    }
}

enum Whose {
    Unit,
    Database,
}

/// Of the statement: what its text and values cause. Of the database: everything that another unit would meet as well.
fn whose(error: &Error) -> Whose {
    let class = error.code().and_then(|code| code.code().get(..2));
    if is_lost(error) || is_retryable(error) {
        return Whose::Database;
    }
    match class {
        // Connection, resources, limits of the system, operator's intervention, system and internal errors. A statement
        // that was cancelled (57014: it took too long) is the unit's.
        Some("08" | "53" | "58" | "F0" | "XX") => Whose::Database,
        Some("57") if error.code() != Some(&SqlState::QUERY_CANCELED) => Whose::Database,
        _ => Whose::Unit,
    }
}

/// Runs changes in a transaction of their own, without an event.
///
/// # Errors
/// [`JournalError`]: nothing was kept, or nobody knows (`Unavailable`).
pub async fn maintain(session: &Session, changes: &[Change]) -> Result<(), JournalError> {
    const ATTEMPTS: u32 = 5;
    let lost = |error: Broken| {
        tracing::warn!(?error, "bookkeeping could not be written");
        JournalError::Unavailable
    };
    for _ in 0..ATTEMPTS {
        session.client.batch_execute("BEGIN READ WRITE").await.map_err(|e| lost(e.into()))?;
        let outcome = match apply(session, changes).await {
            Ok(None) => session.client.batch_execute("COMMIT").await.map_err(Broken::from),
            Ok(Some(error)) => {
                session.client.batch_execute("ROLLBACK").await.map_err(|e| lost(e.into()))?;
                return Err(error);
            }
            Err(broken) => Err(broken),
        };
        match outcome {
            Ok(()) => return Ok(()),
            Err(Broken::Retry) => session.client.batch_execute("ROLLBACK").await.map_err(|e| lost(e.into()))?,
            Err(broken) => {
                let _ = session.client.batch_execute("ROLLBACK").await;
                return Err(lost(broken));
            }
        }
    }
    Err(JournalError::Unavailable)
}
