//! The keys of the access log, as the database holds them.
//!
//! Rule: whoever is about to open bodies calls [`Store::log_ready`] first. What another process has added is known then, and what
//! another has destroyed is forgotten.

use access::path::{LogKeys, Refusal};
use vault::{LogKeyId, WrappedKey};

use crate::database::{Database, DatabaseError, Query, Row};
use crate::{Store, records::broken};

impl Store {
    /// Waits until every event acknowledged so far can be found and its body's key is known.
    ///
    /// # Errors
    /// [`DatabaseError`].
    pub(crate) async fn log_ready(&self) -> Result<(), DatabaseError> {
        self.db.caught_up().await;
        learn(&*self.db, self.gate.recorder().log_keys()).await
    }

    /// The same, for a question.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`]; [`Refusal::Damaged`] when a key's row cannot be read.
    pub(crate) async fn ready_to_ask(&self) -> Result<(), Refusal> {
        self.log_ready().await.map_err(|error| match error {
            DatabaseError::Unavailable(why) => Refusal::StoreUnavailable(why),
            error => broken(error),
        })
    }
}

/// Takes over the keys of the database, if they are others than were read last.
pub(crate) async fn learn(db: &dyn Database, keys: &LogKeys) -> Result<(), DatabaseError> {
    let glance = "SELECT COUNT(*), CAST(COALESCE(SUM(kek_version), 0) AS BIGINT), (SELECT id FROM log_key ORDER BY id LIMIT 1), \
                  (SELECT id FROM log_key ORDER BY id DESC LIMIT 1) FROM log_key";
    let rows = db.read(Query::point(glance, vec![])).await?;
    let seen = rows.into_iter().next().map_or_else(Vec::new, |Row(columns)| columns);
    if keys.looks_like(&seen) {
        return Ok(());
    }
    let before = keys.durable();
    let mut table = Vec::new();
    for row in db.read(Query::new("SELECT id, kek_version, wrapped FROM log_key", vec![])).await? {
        table.push(read(&row)?);
    }
    keys.learn(&before, table, seen);
    Ok(())
}

/// A row of `id, kek_version, wrapped`.
pub(crate) fn read(row: &Row) -> Result<(LogKeyId, WrappedKey), DatabaseError> {
    let bad = |_| DatabaseError::Unexpected { column: 1, expected: "a version" };
    let kek_version = u32::try_from(row.int(1)?).map_err(bad)?;
    Ok((LogKeyId::from_bytes(row.id(0)?), WrappedKey { kek_version, bytes: row.bytes(2)?.to_vec() }))
}
