//! What stays in memory, and what happens when the provider does not answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use model::{JobId, RecordId, UnixMs};
use vault::{KeyFile, KeyProvider, LogKeyId, Place, ProviderInfo, Vault, VaultError, WrappedKey};
use zeroize::Zeroizing;

const CUSTOMER: RecordId = RecordId(uuid::Uuid::from_bytes([1; 16]));

/// A key file that counts what it opens and can be unplugged.
struct Watched {
    keys: KeyFile,
    opened: AtomicUsize,
    unplugged: AtomicBool,
}

impl Watched {
    fn new() -> (Arc<Self>, tempfile::TempDir) {
        let dir = tempfile::tempdir().unwrap();
        let keys = KeyFile::create(&dir.path().join("whosaw.key"), [1; 32], [2; 32], UnixMs(1)).unwrap();
        (Arc::new(Self { keys, opened: AtomicUsize::new(0), unplugged: AtomicBool::new(false) }), dir)
    }
    fn answers(&self) -> Result<(), VaultError> {
        if self.unplugged.load(Ordering::SeqCst) { Err(VaultError::Provider("unplugged".into())) } else { Ok(()) }
    }
    fn opened(&self) -> usize {
        self.opened.load(Ordering::SeqCst)
    }
}

impl KeyProvider for Watched {
    fn current(&self) -> u32 {
        self.keys.current()
    }
    fn wrap(&self, key: &[u8; 32], nonce: [u8; 12], aad: &[u8]) -> Result<WrappedKey, VaultError> {
        self.answers()?;
        self.keys.wrap(key, nonce, aad)
    }
    fn unwrap(&self, wrapped: &WrappedKey, aad: &[u8]) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        self.answers()?;
        self.opened.fetch_add(1, Ordering::SeqCst);
        self.keys.unwrap(wrapped, aad)
    }
    fn derive(&self, purpose: &[u8]) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        self.answers()?;
        self.keys.derive(purpose)
    }
    fn rotate(&self, random: [u8; 32], now: UnixMs) -> Result<u32, VaultError> {
        self.keys.rotate(random, now)
    }
    fn describe(&self) -> ProviderInfo {
        self.keys.describe()
    }
}

#[test]
fn a_key_is_opened_once_and_kept() {
    let (provider, _dir) = Watched::new();
    let vault = Vault::new(provider.clone(), 10);
    let (_, wrapped) = vault.new_data_key(CUSTOMER, [7; 32]).unwrap();
    for _ in 0..5 {
        vault.open_data_key(CUSTOMER, &wrapped).unwrap();
    }
    assert_eq!(provider.opened(), 1);
}

#[test]
fn a_kept_key_does_not_vouch_for_other_bytes_or_another_customer() {
    let (provider, _dir) = Watched::new();
    let vault = Vault::new(provider, 10);
    let (_, wrapped) = vault.new_data_key(CUSTOMER, [7; 32]).unwrap();
    vault.open_data_key(CUSTOMER, &wrapped).unwrap();
    let mut altered = wrapped.clone();
    altered.bytes[20] ^= 1;
    assert_eq!(vault.open_data_key(CUSTOMER, &altered).unwrap_err(), VaultError::Damaged);
    assert_eq!(vault.open_data_key(RecordId::from_bytes([2; 16]), &wrapped).unwrap_err(), VaultError::Damaged);
}

#[test]
fn the_key_used_longest_ago_makes_room() {
    let (provider, _dir) = Watched::new();
    let vault = Vault::new(provider.clone(), 2);
    let customers: Vec<_> = (1..=3).map(|n| RecordId::from_bytes([n; 16])).collect();
    let wraps: Vec<_> = customers.iter().map(|c| vault.new_data_key(*c, [c.as_bytes()[0]; 32]).unwrap().1).collect();
    for (c, w) in customers.iter().zip(&wraps) {
        vault.open_data_key(*c, w).unwrap();
    }
    vault.open_data_key(customers[2], &wraps[2]).unwrap();
    assert_eq!(provider.opened(), 3, "the newest two are in memory");
    vault.open_data_key(customers[0], &wraps[0]).unwrap();
    assert_eq!(provider.opened(), 4, "the oldest had to be opened again");
}

#[test]
fn an_erased_customers_key_leaves_memory_and_a_late_reader_does_not_bring_it_back() {
    let (provider, _dir) = Watched::new();
    let vault = Vault::new(provider.clone(), 10);
    let (_, wrapped) = vault.new_data_key(CUSTOMER, [7; 32]).unwrap();
    vault.open_data_key(CUSTOMER, &wrapped).unwrap();
    vault.forget(CUSTOMER);
    // This reader had the wrapped key from the database before it was erased.
    vault.open_data_key(CUSTOMER, &wrapped).unwrap();
    provider.unplugged.store(true, Ordering::SeqCst);
    assert!(vault.open_data_key(CUSTOMER, &wrapped).is_err(), "nothing of it is in memory");
}

#[test]
fn without_its_root_secret_the_vault_is_shut_for_good() {
    let (provider, _dir) = Watched::new();
    let (_, wrapped) = Vault::new(provider.clone(), 1).new_data_key(CUSTOMER, [7; 32]).unwrap();
    provider.unplugged.store(true, Ordering::SeqCst);
    let vault = Vault::new(provider.clone(), 10);
    provider.unplugged.store(false, Ordering::SeqCst);
    // The provider answers again, but the blind index never got its key: a token made now must not reach a row.
    let shut = VaultError::Provider("unplugged".into());
    assert_eq!(vault.new_data_key(CUSTOMER, [8; 32]).unwrap_err(), shut);
    assert_eq!(vault.open_data_key(CUSTOMER, &wrapped).unwrap_err(), shut);
    assert_eq!(vault.rewrap(CUSTOMER, &wrapped).unwrap_err(), shut);
    assert_eq!(vault.system_key("audit").unwrap_err(), shut);
}

#[test]
fn system_keys_outlive_rotation_and_differ_by_purpose() {
    let (provider, _dir) = Watched::new();
    let place = Place { object: "event", record: CUSTOMER, field: "body" };
    let sealed = Vault::new(provider.clone(), 1).system_key("audit").unwrap().seal(&place, [1; 12], b"x").unwrap();
    provider.rotate([9; 32], UnixMs(2)).unwrap();
    let vault = Vault::new(provider, 1);
    assert_eq!(&*vault.system_key("audit").unwrap().open(&place, &sealed).unwrap(), b"x");
    assert!(vault.system_key("totp").unwrap().open(&place, &sealed).is_err());
}

#[test]
fn printing_shows_no_key() {
    let (provider, dir) = Watched::new();
    let path = dir.path().join("whosaw.key");
    let vault = Vault::new(provider, 1);
    let (key, _) = vault.new_data_key(CUSTOMER, [0xEE; 32]).unwrap();
    assert_eq!(format!("{key:?} {vault:?} {:?}", vault.blind()), "DataKey(…) Vault(file) BlindIndex(…)");
    assert_eq!(format!("{:?}", KeyFile::open(&path).unwrap()), format!("KeyFile({})", path.display()));
}

#[test]
fn a_key_of_the_log_opens_as_itself_alone_and_outlives_rotation() {
    let (provider, _dir) = Watched::new();
    let place = Place { object: "event", record: CUSTOMER, field: "body" };
    let vault = Vault::new(provider.clone(), 1);
    let id = LogKeyId::new(20_000, [1; 12]);
    let (key, wrapped) = vault.new_log_key(id, [5; 32]).unwrap();
    let sealed = key.seal(&place, [1; 12], b"x").unwrap();
    assert_eq!(id.day(), 20_000);
    assert!(id < LogKeyId::new(20_001, [0; 12]), "keys sort by their day");
    // Neither as another day's, nor as a customer's of the same id.
    assert_eq!(vault.open_log_key(LogKeyId::new(20_001, [1; 12]), &wrapped).unwrap_err(), VaultError::Damaged);
    assert!(vault.open_data_key(RecordId::from_bytes(*id.as_bytes()), &wrapped).is_err());
    provider.rotate([9; 32], UnixMs(1)).unwrap();
    let again = vault.rewrap_log_key(id, &wrapped).unwrap().unwrap();
    assert_eq!(vault.rewrap_log_key(id, &again).unwrap(), None);
    for wrap in [&wrapped, &again] {
        assert_eq!(&*vault.open_log_key(id, wrap).unwrap().open(&place, &sealed).unwrap(), b"x");
    }
}

#[test]
fn a_file_s_key_opens_as_itself_alone_and_outlives_rotation() {
    let (provider, _dir) = Watched::new();
    let place = Place { object: "export", record: CUSTOMER, field: "part/0" };
    let vault = Vault::new(provider.clone(), 1);
    let id = JobId::from_bytes([7; 16]);
    let (key, wrapped) = vault.new_export_key(id, [5; 32]).unwrap();
    let sealed = key.seal(&place, [1; 12], b"x").unwrap();
    // Neither as another file's, nor as a customer's or the log's of the same id.
    assert_eq!(vault.open_export_key(JobId::from_bytes([8; 16]), &wrapped).unwrap_err(), VaultError::Damaged);
    assert!(vault.open_data_key(RecordId::from_bytes([7; 16]), &wrapped).is_err());
    assert!(vault.open_log_key(LogKeyId::from_bytes([7; 16]), &wrapped).is_err());
    provider.rotate([9; 32], UnixMs(1)).unwrap();
    let again = vault.rewrap_export_key(id, &wrapped).unwrap().unwrap();
    assert_eq!(vault.rewrap_export_key(id, &again).unwrap(), None);
    assert_eq!(&*vault.open_export_key(id, &again).unwrap().open(&place, &sealed).unwrap(), b"x");
}
