//! The rows the company is made of, and the one hash over them that stands sealed beside the epoch and in the ledger.
//!
//! Rule: what decides access is believed only whole. Every change writes, in its own unit, the new epoch, the seal of
//! `{epoch, digest}` and an event that tells both; every load holds the rows against the seal, and every start holds the
//! seal against the newest such event. So a row edited, added, taken or put back beside the program is not decided by.
//! Rows are hashed as they are stored and not as they are understood: a version of the program that understands more does
//! not change the digest.

use std::collections::BTreeMap;

use access::path::{Param, Seal, Seals};
use model::{Department, ObjectType, Role, User, UserId};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::load::{Loaded, word};
use crate::Row;

/// Key of the seal's row in `meta`.
pub(crate) const SEAL: &str = "company_seal";

/// What is sealed and told: which epoch has which rows.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Anchor {
    pub(crate) epoch: i64,
    /// SHA-256 in hexadecimal digits.
    pub(crate) digest: String,
}

impl Anchor {
    /// The value of [`SEAL`].
    pub(crate) fn seal(&self, seals: &Seals) -> String {
        hex::encode(seals.row("company", &[self.epoch.into(), self.digest.as_str().into()]))
    }
    /// As events tell it, under `company`.
    pub(crate) fn told(&self) -> (&'static str, Value) {
        ("company", json!(self))
    }
}

/// Every row by table and key, as its seal.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows(BTreeMap<(&'static str, Vec<u8>), Seal>);

impl Rows {
    /// Takes a row as the database gives it; its first `keys` columns are its key.
    pub(crate) fn read(&mut self, seals: &Seals, table: &'static str, keys: usize, row: &Row) {
        self.put(seals, table, keys, &row.0);
    }

    pub(crate) fn put(&mut self, seals: &Seals, table: &'static str, keys: usize, columns: &[Param]) {
        let key = columns.iter().take(keys).flat_map(bytes).collect();
        self.0.insert((table, key), seals.row(table, columns));
    }

    pub(crate) fn has(&self, table: &'static str, key: &[Param]) -> bool {
        self.0.contains_key(&(table, key.iter().flat_map(bytes).collect()))
    }

    /// A version of the policy; its body counts by its hash. `row`: version, at, author, reason, hash, body, diff.
    pub(crate) fn put_policy(&mut self, seals: &Seals, row: &[Param]) {
        let mut row = row.to_vec();
        if let Some(body) = row.get_mut(5) {
            *body = Param::Null;
        }
        self.put(seals, "policy", 1, &row);
    }

    /// Whether a table has any row.
    pub(crate) fn has_any(&self, table: &'static str) -> bool {
        self.0.range((table, vec![])..).next().is_some_and(|((found, _), _)| *found == table)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for ((table, key), seal) in &self.0 {
            for part in [table.as_bytes(), key] {
                hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
                hash.update(part);
            }
            hash.update(seal);
        }
        hex::encode(hash.finalize())
    }

    /// The rows after a change from one picture to the next. What is the same in both keeps its row as it is stored;
    /// policies and settings were put where they were drafted.
    pub(crate) fn follow(&mut self, seals: &Seals, from: Option<&Loaded>, next: &Loaded) {
        for (id, d) in changed(from.map(|f| &f.departments), &next.departments) {
            match d {
                Some(d) => self.put(seals, "department", 1, &department(d)),
                None => drop(self.0.remove(&("department", id.as_bytes().to_vec()))),
            }
        }
        for (id, u) in changed(from.map(|f| &f.users), &next.users) {
            self.0.retain(|(table, key), _| *table != "user_role" || !key.starts_with(id.as_bytes()));
            let Some(u) = u else {
                self.0.remove(&("app_user", id.as_bytes().to_vec()));
                continue;
            };
            let created = next.created.get(id).copied().unwrap_or(model::UnixMs(0));
            self.put(seals, "app_user", 1, &user(u, created));
            for role in &u.roles {
                self.put(seals, "user_role", 2, &[u.id.into(), role.as_str().into()]);
            }
        }
        for (name, r) in changed(from.map(|f| &f.roles), &next.roles) {
            match r {
                Some(r) => self.put(seals, "role", 1, &role(r)),
                None => drop(self.0.remove(&("role", name.as_str().as_bytes().to_vec()))),
            }
        }
        for (id, r) in changed(from.map(|f| &f.responses), &next.responses) {
            match r {
                // As the statements write it; what cannot be written never gets this far.
                Some(r) => {
                    let body = serde_json::to_string(r).unwrap_or_default();
                    self.put(seals, "response", 1, &[(*id).into(), body.into()]);
                }
                None => drop(self.0.remove(&("response", id.as_bytes().to_vec()))),
            }
        }
        for (id, body) in changed(from.map(|f| &f.canaries), &next.canaries) {
            match body {
                Some(body) => self.put(seals, "canary", 1, &[(*id).into(), body.clone().into()]),
                None => drop(self.0.remove(&("canary", id.as_bytes().to_vec()))),
            }
        }
        for (name, o) in changed(from.map(|f| &f.objects), &next.objects) {
            match o {
                Some((version, o)) => self.put(seals, "object_type", 1, &object(*version, o)),
                None => drop(self.0.remove(&("object_type", name.as_str().as_bytes().to_vec()))),
            }
        }
    }
}

fn bytes(param: &Param) -> Vec<u8> {
    match param {
        Param::Null => vec![],
        Param::Int(n) => n.to_be_bytes().to_vec(),
        Param::Text(text) => text.as_bytes().to_vec(),
        Param::Bytes(bytes) => bytes.clone(),
    }
}

/// What differs, with what it is afterwards.
fn changed<'a, K: Ord, V: PartialEq>(
    from: Option<&'a BTreeMap<K, V>>,
    next: &'a BTreeMap<K, V>,
) -> Vec<(&'a K, Option<&'a V>)> {
    let new = next.iter().filter(|(k, v)| from.and_then(|f| f.get(k)) != Some(v)).map(|(k, v)| (k, Some(v)));
    let gone = from.into_iter().flat_map(|f| f.keys()).filter(|k| !next.contains_key(k)).map(|k| (k, None));
    new.chain(gone).collect()
}

fn department(d: &Department) -> [Param; 3] {
    [d.id.into(), d.parent.into(), d.name.as_str().into()]
}

fn user(u: &User, created: model::UnixMs) -> [Param; 9] {
    let id: UserId = u.id;
    [
        id.into(),
        u.login.as_str().into(),
        u.name.as_str().into(),
        word(u.kind),
        u.department.into(),
        u.manager.into(),
        word(u.status),
        u.trained_until.into(),
        created.into(),
    ]
}

// As the statements write them; what cannot be written never gets this far.
fn role(r: &Role) -> [Param; 2] {
    [r.name.as_str().into(), serde_json::to_string(r).unwrap_or_default().into()]
}

fn object(version: i64, o: &ObjectType) -> [Param; 3] {
    [o.name.as_str().into(), version.into(), serde_json::to_string(o).unwrap_or_default().into()]
}
