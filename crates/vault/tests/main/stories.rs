//! What every key provider must do.

use std::sync::Arc;

use model::{RecordId, UnixMs};
use vault::{KeyProvider, Place, Vault, VaultError, WrappedKey};

/// Wraps, rotates, rewraps and opens with one provider; `again` opens the same keys in a new one.
pub fn keys_open_what_they_wrapped(provider: Arc<dyn KeyProvider>, again: &dyn Fn() -> Arc<dyn KeyProvider>) {
    let customer = RecordId::from_bytes([1; 16]);
    let other = RecordId::from_bytes([2; 16]);
    let place = Place { object: "customer", record: customer, field: "name" };
    let vault = Vault::new(provider.clone(), 10);
    let (key, wrapped) = vault.new_data_key(customer, [7; 32]).unwrap();
    let sealed = key.seal(&place, [1; 12], "张三".as_bytes()).unwrap();

    // The wrapped key is this customer's alone, and every changed byte is found.
    assert_eq!(vault.open_data_key(other, &wrapped).unwrap_err(), VaultError::Damaged);
    for at in 0..wrapped.bytes.len() {
        let mut bytes = wrapped.bytes.clone();
        bytes[at] ^= 1;
        assert!(vault.open_data_key(customer, &WrappedKey { bytes, ..wrapped }).is_err(), "byte {at}");
    }

    // Rotation: the old version goes on opening, rewrapping moves the key and not the data.
    assert_eq!(vault.rewrap(customer, &wrapped).unwrap(), None);
    assert_eq!(provider.rotate([8; 32], UnixMs(5)).unwrap(), 2);
    let moved = vault.rewrap(customer, &wrapped).unwrap().unwrap();
    assert_eq!((wrapped.kek_version, moved.kek_version), (1, 2));
    let derived = provider.derive(b"test").unwrap();
    drop((vault, provider));

    let provider = again();
    let vault = Vault::new(provider.clone(), 10);
    for w in [&wrapped, &moved] {
        assert_eq!(&*vault.open_data_key(customer, w).unwrap().open(&place, &sealed).unwrap(), "张三".as_bytes());
    }
    assert_eq!(provider.derive(b"test").unwrap(), derived);
    assert_ne!(provider.derive(b"other").unwrap(), derived);
    let info = provider.describe();
    assert_eq!((info.current, info.versions.len()), (2, 2));
    assert_eq!(info.versions[1].created_at, UnixMs(5));
    let unknown = WrappedKey { kek_version: 9, ..wrapped };
    assert_eq!(vault.open_data_key(customer, &unknown).unwrap_err(), VaultError::NoSuchKey(9));
}
