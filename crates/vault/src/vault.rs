//! The vault itself: makes, opens, rewraps and forgets data keys, and hands out the system's own keys.
//!
//! Rule: when the provider cannot give the root secret, the vault is shut: every operation is refused, and no token of a
//! blind index is ever stored under a key that is not secret.

use std::collections::{HashMap, HashSet};
use std::num::NonZeroUsize;
use std::sync::Arc;

use aws_lc_rs::hmac;
use lru::LruCache;
use model::{JobId, RecordId};
use parking_lot::Mutex;
use zeroize::Zeroizing;

use crate::data_key::hmac32;
use crate::{BlindIndex, DataKey, KeyProvider, LogKeyId, VaultError, WrappedKey};

/// Makes, opens and forgets data keys.
pub struct Vault {
    provider: Arc<dyn KeyProvider>,
    opened: Mutex<Opened>,
    system: Mutex<HashMap<&'static str, DataKey>>,
    blind: BlindIndex,
    shut: Option<VaultError>,
}

/// Data keys in memory. A customer has one wrapped key at a time, so the customer is the key of the cache and the wrapped
/// bytes are compared: forgetting is one step, and a wrap that was replaced does not linger.
struct Opened {
    keys: LruCache<RecordId, (WrappedKey, DataKey)>,
    /// A reader that fetched the wrapped key just before an erasure must not bring it back to memory after.
    forgotten: HashSet<RecordId>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vault({})", self.provider.describe().kind)
    }
}

/// Whose key it is. A wrap is bound to it: another's does not open as this one's.
#[derive(Clone, Copy)]
enum Owner {
    Customer(RecordId),
    Log(LogKeyId),
    Export(JobId),
}

impl Owner {
    fn id(&self) -> &[u8; 16] {
        match self {
            Owner::Customer(id) => id.as_bytes(),
            Owner::Log(id) => id.as_bytes(),
            Owner::Export(id) => id.as_bytes(),
        }
    }
    fn aad(&self) -> Vec<u8> {
        let label: &[u8] = match self {
            Owner::Customer(_) => b"whosaw/data-key-wrap/v1",
            Owner::Log(_) => b"whosaw/log-key-wrap/v1",
            Owner::Export(_) => b"whosaw/export-key-wrap/v1",
        };
        [label, self.id()].concat()
    }
    fn nonce_label(&self) -> &'static [u8] {
        match self {
            Owner::Customer(_) => b"whosaw/wrap-nonce/v1",
            Owner::Log(_) => b"whosaw/log-key-wrap-nonce/v1",
            Owner::Export(_) => b"whosaw/export-key-wrap-nonce/v1",
        }
    }
}

impl Vault {
    /// `cache_keys`: how many opened data keys are kept in memory; at least one.
    pub fn new(provider: Arc<dyn KeyProvider>, cache_keys: usize) -> Self {
        let (blind, shut) = match provider.derive(b"blind/v1") {
            Ok(root) => (BlindIndex::new(&root), None),
            // INVARIANT: nothing can be sealed while shut, so no token made under this root is stored.
            Err(error) => (BlindIndex::new(&[0; 32]), Some(error)),
        };
        let size = NonZeroUsize::new(cache_keys).unwrap_or(NonZeroUsize::MIN);
        let opened = Opened { keys: LruCache::new(size), forgotten: HashSet::new() };
        Self { provider, opened: Mutex::new(opened), system: Mutex::default(), blind, shut }
    }

    fn ready(&self) -> Result<(), VaultError> {
        self.shut.clone().map_or(Ok(()), Err)
    }

    pub fn provider(&self) -> &Arc<dyn KeyProvider> {
        &self.provider
    }

    /// A new data key from 32 random bytes, and its wrapped form to store.
    ///
    /// # Errors
    /// When the provider does not answer.
    pub fn new_data_key(&self, customer: RecordId, random: [u8; 32]) -> Result<(DataKey, WrappedKey), VaultError> {
        self.new_key(Owner::Customer(customer), random)
    }

    /// A new key of the log from 32 random bytes, and its wrapped form to store.
    ///
    /// # Errors
    /// When the provider does not answer.
    pub fn new_log_key(&self, id: LogKeyId, random: [u8; 32]) -> Result<(DataKey, WrappedKey), VaultError> {
        self.new_key(Owner::Log(id), random)
    }

    /// A new key of one export's file from 32 random bytes, and its wrapped form to store.
    ///
    /// # Errors
    /// When the provider does not answer.
    pub fn new_export_key(&self, file: JobId, random: [u8; 32]) -> Result<(DataKey, WrappedKey), VaultError> {
        self.new_key(Owner::Export(file), random)
    }

    /// Opens the stored key of an export's file. The vault does not remember it: whoever drops it has dropped it.
    ///
    /// # Errors
    /// As [`Vault::open_data_key`].
    pub fn open_export_key(&self, file: JobId, wrapped: &WrappedKey) -> Result<DataKey, VaultError> {
        self.ready()?;
        self.open(Owner::Export(file), wrapped)
    }

    /// The same key of an export's file under the current key-encryption key; `None` when it is so already.
    ///
    /// # Errors
    /// As [`Vault::open_data_key`].
    pub fn rewrap_export_key(&self, file: JobId, wrapped: &WrappedKey) -> Result<Option<WrappedKey>, VaultError> {
        self.wrap_anew(Owner::Export(file), wrapped)
    }

    fn new_key(&self, owner: Owner, random: [u8; 32]) -> Result<(DataKey, WrappedKey), VaultError> {
        self.ready()?;
        let random = Zeroizing::new(random);
        let wrapped = self.wrap(owner, &random)?;
        Ok((DataKey::new(&random)?, wrapped))
    }

    fn wrap(&self, owner: Owner, key: &[u8; 32]) -> Result<WrappedKey, VaultError> {
        // A data key is itself the randomness: a hash of it is a nonce that repeats for the same key and owner alone,
        // and then the whole wrap is the same. So the nonce is safe for AES-GCM too, which a PKCS#11 token uses.
        let root = hmac::Key::new(hmac::HMAC_SHA256, key);
        let version = self.provider.current().to_be_bytes();
        let hash = hmac32(&root, &[owner.nonce_label(), owner.id(), &version]);
        let nonce = hash.first_chunk::<12>().copied().unwrap_or_default();
        self.provider.wrap(key, nonce, &owner.aad())
    }

    /// Opens a stored data key, from memory if it was opened lately.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] when it is not this customer's or was altered; [`VaultError::NoSuchKey`].
    pub fn open_data_key(&self, customer: RecordId, wrapped: &WrappedKey) -> Result<DataKey, VaultError> {
        self.ready()?;
        if let Some((known, key)) = self.opened.lock().keys.get(&customer)
            && known == wrapped
        {
            return Ok(key.clone());
        }
        // Not under the lock: a token may take its time, and others' keys are in memory.
        let key = self.open(Owner::Customer(customer), wrapped)?;
        let mut opened = self.opened.lock();
        if !opened.forgotten.contains(&customer) {
            opened.keys.put(customer, (wrapped.clone(), key.clone()));
        }
        Ok(key)
    }

    fn open(&self, owner: Owner, wrapped: &WrappedKey) -> Result<DataKey, VaultError> {
        DataKey::new(&*self.provider.unwrap(wrapped, &owner.aad())?)
    }

    /// Opens a stored key of the log. The vault does not remember it: whoever drops it has dropped it.
    ///
    /// # Errors
    /// As [`Vault::open_data_key`].
    pub fn open_log_key(&self, id: LogKeyId, wrapped: &WrappedKey) -> Result<DataKey, VaultError> {
        self.ready()?;
        self.open(Owner::Log(id), wrapped)
    }

    /// Drops a customer's opened key from memory, for good: the last step of an erasure.
    pub fn forget(&self, customer: RecordId) {
        let mut opened = self.opened.lock();
        opened.forgotten.insert(customer);
        opened.keys.pop(&customer);
    }

    /// The same data key under the current key-encryption key; `None` when it is so already.
    ///
    /// # Errors
    /// As [`Vault::open_data_key`].
    pub fn rewrap(&self, customer: RecordId, wrapped: &WrappedKey) -> Result<Option<WrappedKey>, VaultError> {
        self.wrap_anew(Owner::Customer(customer), wrapped)
    }

    /// The same for a key of the log.
    ///
    /// # Errors
    /// As [`Vault::open_data_key`].
    pub fn rewrap_log_key(&self, id: LogKeyId, wrapped: &WrappedKey) -> Result<Option<WrappedKey>, VaultError> {
        self.wrap_anew(Owner::Log(id), wrapped)
    }

    fn wrap_anew(&self, owner: Owner, wrapped: &WrappedKey) -> Result<Option<WrappedKey>, VaultError> {
        self.ready()?;
        if wrapped.kek_version == self.provider.current() {
            return Ok(None);
        }
        let key = self.provider.unwrap(wrapped, &owner.aad())?;
        self.wrap(owner, &key).map(Some)
    }

    /// A key of the system itself, the same for ever: `audit`, `tokens`, `totp`, …
    ///
    /// # Errors
    /// When the provider does not answer.
    pub fn system_key(&self, purpose: &'static str) -> Result<DataKey, VaultError> {
        self.ready()?;
        if let Some(key) = self.system.lock().get(purpose) {
            return Ok(key.clone());
        }
        let name = [b"system/".as_slice(), purpose.as_bytes()].concat();
        let key = DataKey::new(&*self.provider.derive(&name)?)?;
        self.system.lock().insert(purpose, key.clone());
        Ok(key)
    }

    /// The maker of blind index tokens.
    pub fn blind(&self) -> &BlindIndex {
        &self.blind
    }
}
