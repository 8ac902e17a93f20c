//! The keys that seal bodies of events: each process has one of its own for each day.
//!
//! Rule: a key is durable no later than the first event sealed under it, because the change that stores it is part of that
//! event's unit. Until one such unit has succeeded, every event of that key carries the change: storing it again does nothing.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use model::UnixMs;
use parking_lot::RwLock;
use vault::{DataKey, LogKeyId, Vault, VaultError, WrappedKey};

use super::gate::random;
use super::journal::{Change, Param};

/// First byte of a body sealed under a key of the log. Bodies of before begin with 1 and open under the audit key.
const VERSION: u8 = 2;
const HEADER: usize = 1 + 16;

/// A key of the table, opened when it is first needed.
struct Held {
    wrapped: WrappedKey,
    opened: Option<DataKey>,
}

/// This process's key for a day.
#[derive(Clone)]
struct Own {
    id: LogKeyId,
    key: DataKey,
    /// What stores it; `None` once it is durable.
    store: Option<Change>,
}

#[derive(Default)]
struct Stock {
    all: HashMap<LogKeyId, Held>,
    own: HashMap<u32, Own>,
    /// The table's numbers when it was last read.
    look: Vec<Param>,
}

/// All keys of the log that are known here.
pub struct LogKeys {
    vault: Arc<Vault>,
    stock: RwLock<Stock>,
}

/// The day a moment belongs to, counted from 1970 in UTC.
pub fn log_day(at: UnixMs) -> u32 {
    let day = i64::try_from(LogKeyId::DAY.as_millis()).unwrap_or(i64::MAX);
    u32::try_from(at.0.div_euclid(day)).unwrap_or(0)
}

impl LogKeys {
    pub(super) fn new(vault: Arc<Vault>) -> Self {
        Self { vault, stock: RwLock::default() }
    }

    fn own(&self, at: UnixMs) -> Result<Own, VaultError> {
        let day = log_day(at);
        if let Some(own) = self.stock.read().own.get(&day) {
            return Ok(own.clone());
        }
        let mut stock = self.stock.write();
        // Two that came at once: one key is enough.
        if let Some(own) = stock.own.get(&day) {
            return Ok(own.clone());
        }
        let id = LogKeyId::new(day, random());
        let (key, wrapped) = self.vault.new_log_key(id, random())?;
        let store = Change::new(
            "INSERT INTO log_key (id, kek_version, wrapped) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING",
            vec![
                Param::Bytes(id.as_bytes().to_vec()),
                i64::from(wrapped.kek_version).into(),
                wrapped.bytes.clone().into(),
            ],
        );
        stock.all.insert(id, Held { wrapped, opened: Some(key.clone()) });
        let own = Own { id, key, store: Some(store) };
        stock.own.insert(day, own.clone());
        Ok(own)
    }

    /// Seals with this process's key for the day, and says what must be stored with it.
    pub(super) fn seal(
        &self,
        at: UnixMs,
        seal: impl FnOnce(&DataKey) -> Result<Vec<u8>, VaultError>,
    ) -> Result<SealedBody, VaultError> {
        let own = self.own(at)?;
        Ok(SealedBody { bytes: log_body(own.id, &seal(&own.key)?), key: own.id, store: own.store })
    }

    /// A unit that stored the key has succeeded.
    pub(super) fn is_durable(&self, id: LogKeyId) {
        if let Some(own) = self.stock.write().own.get_mut(&id.day()).filter(|own| own.id == id) {
            own.store = None;
        }
    }

    /// The key a body was sealed under and what it sealed; `None` where the body is one of before.
    ///
    /// # Errors
    /// [`VaultError::Dropped`] when the key is not among those known.
    pub(super) fn key_of<'a>(&self, body: &'a [u8]) -> Result<Option<(DataKey, &'a [u8])>, VaultError> {
        let Some((id, sealed)) = split(body) else { return Ok(None) };
        match self.stock.read().all.get(&id) {
            None => return Err(VaultError::Dropped),
            Some(Held { opened: Some(key), .. }) => return Ok(Some((key.clone(), sealed))),
            Some(_) => {}
        }
        let mut stock = self.stock.write();
        let held = stock.all.get_mut(&id).ok_or(VaultError::Dropped)?;
        let key = self.vault.open_log_key(id, &held.wrapped)?;
        held.opened = Some(key.clone());
        Ok(Some((key, sealed)))
    }

    /// Seals under the key another body was sealed under, in the same form; `None` where that has none, or it is gone.
    pub(super) fn seal_beside(
        &self,
        body: &[u8],
        seal: impl FnOnce(&DataKey) -> Result<Vec<u8>, VaultError>,
    ) -> Result<Option<Vec<u8>>, VaultError> {
        let Some((id, _)) = split(body) else { return Ok(None) };
        match self.key_of(body) {
            Ok(Some((key, _))) => Ok(Some(log_body(id, &seal(&key)?))),
            Ok(None) | Err(VaultError::Dropped) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether a stored key is the one it says it is.
    pub fn opens(&self, id: LogKeyId, wrapped: &WrappedKey) -> bool {
        self.vault.open_log_key(id, wrapped).is_ok()
    }

    /// The day whose key a body was sealed under; `None` for one of before.
    pub fn day_of(&self, body: &[u8]) -> Option<u32> {
        split(body).map(|(id, _)| id.day())
    }

    /// Keys that a reading of the table, begun after this, will show unless they were dropped.
    pub fn durable(&self) -> HashSet<LogKeyId> {
        let stock = self.stock.read();
        let unsure: HashSet<LogKeyId> =
            stock.own.values().filter(|own| own.store.is_some()).map(|own| own.id).collect();
        stock.all.keys().filter(|id| !unsure.contains(id)).copied().collect()
    }

    /// Whether a glance at the table shows what it showed when it was last read.
    pub fn looks_like(&self, look: &[Param]) -> bool {
        self.stock.read().look == look
    }

    /// Takes over what a reading of the table showed, after a glance that showed `look`. `before` is [`LogKeys::durable`] of before
    /// it began: what was in the table then and is not any more was dropped, by whoever it was.
    pub fn learn(&self, before: &HashSet<LogKeyId>, table: Vec<(LogKeyId, WrappedKey)>, look: Vec<Param>) {
        let mut stock = self.stock.write();
        stock.look = look;
        let there: HashSet<LogKeyId> = table.iter().map(|(id, _)| *id).collect();
        let gone = |id: &LogKeyId| before.contains(id) && !there.contains(id);
        stock.all.retain(|id, _| !gone(id));
        stock.own.retain(|_, own| !gone(&own.id));
        for (id, wrapped) in table {
            match stock.all.get_mut(&id) {
                Some(held) => held.wrapped = wrapped,
                None => {
                    stock.all.insert(id, Held { wrapped, opened: None });
                }
            }
        }
    }

    /// Forgets the keys of all days before `day`: they have been destroyed.
    pub fn forget_before(&self, day: u32) {
        let mut stock = self.stock.write();
        stock.look = vec![];
        stock.all.retain(|id, _| id.day() >= day);
        stock.own.retain(|of, _| *of >= day);
    }
}

/// A body under this process's key.
pub(super) struct SealedBody {
    pub(super) bytes: Vec<u8>,
    pub(super) key: LogKeyId,
    pub(super) store: Option<Change>,
}

/// A body as it is stored: which key, and what it sealed.
pub fn log_body(id: LogKeyId, sealed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEADER + sealed.len());
    bytes.push(VERSION);
    bytes.extend_from_slice(id.as_bytes());
    bytes.extend_from_slice(sealed);
    bytes
}

/// The key and the sealed bytes of a body; `None` for one of before.
fn split(body: &[u8]) -> Option<(LogKeyId, &[u8])> {
    let (header, sealed) = body.split_first_chunk::<HEADER>()?;
    let (&version, id) = header.split_first()?;
    (version == VERSION).then_some((LogKeyId::from_bytes(id.try_into().ok()?), sealed))
}
