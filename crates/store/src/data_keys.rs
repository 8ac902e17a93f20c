//! Data keys as a stock, those of customers and those of the log: how many stand under which key-encryption key, and moving them
//! to the current one.
//!
//! Wrapped keys are opened and wrapped anew; no data key leaves this module, and no record is read.

use std::collections::{BTreeMap, BTreeSet};

use access::path::{Change, JournalError};
use vault::{Vault, VaultError, WrappedKey};

use crate::{DatabaseError, Query, Store};

/// Keys moved in one transaction.
const PART: i64 = 500;

/// Why a rotation stopped. What was moved until then stays moved; running it again goes on.
#[derive(Debug, thiserror::Error)]
pub enum RewrapError {
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error("a stored key: {0}")]
    Vault(#[from] VaultError),
}

/// How many keys are wrapped under each version of the key-encryption key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeysByVersion {
    pub customers: BTreeMap<u32, u64>,
    pub log: BTreeMap<u32, u64>,
    /// Files of exports that have not expired.
    pub exports: BTreeMap<u32, u64>,
}

impl KeysByVersion {
    /// Every version that something is wrapped under.
    pub fn versions(&self) -> BTreeSet<u32> {
        self.customers.keys().chain(self.log.keys()).chain(self.exports.keys()).copied().collect()
    }
}

impl Store {
    /// How many keys are wrapped under each version.
    ///
    /// # Errors
    /// [`DatabaseError`].
    pub async fn keys_by_version(&self) -> Result<KeysByVersion, DatabaseError> {
        let count = async |table: &str| {
            let sql =
                format!("SELECT kek_version, COUNT(*) FROM {table} WHERE kek_version IS NOT NULL GROUP BY kek_version");
            let mut counts = BTreeMap::new();
            for row in self.db.read(Query::new(sql, vec![])).await? {
                let bad = |_| DatabaseError::Unexpected { column: 0, expected: "a version" };
                counts.insert(u32::try_from(row.int(0)?).map_err(bad)?, u64::try_from(row.int(1)?).unwrap_or(0));
            }
            Ok::<_, DatabaseError>(counts)
        };
        Ok(KeysByVersion {
            customers: count("data_key").await?,
            log: count("log_key").await?,
            exports: count("export_key").await?,
        })
    }

    /// Wraps every key that is under an older version anew, in parts; returns how many of customers and how many of the log. The act itself is recorded by
    /// the caller (`key.manage`); that a key lies in another wrapping changes nothing that anybody can see.
    ///
    /// # Errors
    /// [`RewrapError`].
    pub async fn rewrap_keys(&self, vault: &Vault) -> Result<(u64, u64), RewrapError> {
        let current = i64::from(vault.provider().current());
        let of_the_log = self.rewrap_log_keys(vault, current).await?;
        self.rewrap_export_keys(vault, current).await?;
        let mut moved = 0;
        loop {
            let query = Query::new(
                "SELECT customer, kek_version, wrapped FROM data_key WHERE kek_version < ?1 ORDER BY customer LIMIT ?2",
                vec![current.into(), PART.into()],
            );
            let rows = self.db.read(query).await?;
            if rows.is_empty() {
                return Ok((moved, of_the_log));
            }
            let mut changes = Vec::with_capacity(rows.len());
            for row in &rows {
                let customer = row.record(0)?;
                let bad = |_| DatabaseError::Unexpected { column: 1, expected: "a version" };
                let old =
                    WrappedKey { kek_version: u32::try_from(row.int(1)?).map_err(bad)?, bytes: row.bytes(2)?.to_vec() };
                let Some(new) = vault.rewrap(customer, &old)? else { continue };
                // Only if it is still the one that was read: a customer erased in between stays erased.
                changes.push(Change::new(
                    "UPDATE data_key SET kek_version = ?2, wrapped = ?3 WHERE customer = ?1 AND wrapped = ?4",
                    vec![customer.into(), i64::from(new.kek_version).into(), new.bytes.into(), old.bytes.into()],
                ));
            }
            moved += changes.len() as u64;
            self.db.maintain(changes).await?;
        }
    }

    /// The keys of exported files are few and die within days, so they are moved in one go and not counted for people.
    async fn rewrap_export_keys(&self, vault: &Vault, current: i64) -> Result<(), RewrapError> {
        let query =
            Query::new("SELECT id, kek_version, wrapped FROM export_key WHERE kek_version < ?1", vec![current.into()]);
        let mut changes = Vec::new();
        for row in self.db.read(query).await? {
            let (id, old) = crate::exports::read_key(&row)?;
            let Some(new) = vault.rewrap_export_key(id, &old)? else { continue };
            changes.push(Change::new(
                "UPDATE export_key SET kek_version = ?2, wrapped = ?3 WHERE id = ?1 AND wrapped = ?4",
                vec![id.into(), i64::from(new.kek_version).into(), new.bytes.into(), old.bytes.into()],
            ));
        }
        if !changes.is_empty() {
            self.db.maintain(changes).await?;
        }
        Ok(())
    }

    async fn rewrap_log_keys(&self, vault: &Vault, current: i64) -> Result<u64, RewrapError> {
        let query =
            Query::new("SELECT id, kek_version, wrapped FROM log_key WHERE kek_version < ?1", vec![current.into()]);
        let mut changes = Vec::new();
        for row in self.db.read(query).await? {
            let (id, old) = crate::log_keys::read(&row)?;
            let Some(new) = vault.rewrap_log_key(id, &old)? else { continue };
            changes.push(Change::new(
                "UPDATE log_key SET kek_version = ?2, wrapped = ?3 WHERE id = ?1 AND wrapped = ?4",
                vec![
                    id.as_bytes().to_vec().into(),
                    i64::from(new.kek_version).into(),
                    new.bytes.into(),
                    old.bytes.into(),
                ],
            ));
        }
        let moved = changes.len() as u64;
        let part = usize::try_from(PART).unwrap_or(usize::MAX);
        while !changes.is_empty() {
            let rest = changes.split_off(part.min(changes.len()));
            self.db.maintain(changes).await?;
            changes = rest;
        }
        Ok(moved)
    }
}
