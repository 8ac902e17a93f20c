//! What lies on disk, byte by byte, as docs/encryption.md tells it. The expected bytes come from another implementation
//! of these formats (in Python, on its `cryptography` and `hmac`), not from this one. Who changes them makes every stored
//! value unreadable.

use std::sync::Arc;

use model::{EventId, RecordId, UnixMs};
use vault::{KeyFile, KeyProvider, Place, Vault};

const CUSTOMER: RecordId = RecordId(uuid::Uuid::from_bytes([1; 16]));

fn vault() -> (Vault, Arc<KeyFile>, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let keys = Arc::new(KeyFile::create(&dir.path().join("whosaw.key"), [1; 32], [2; 32], UnixMs(5)).unwrap());
    (Vault::new(keys.clone(), 10), keys, dir)
}

#[test]
fn a_sealed_field() {
    let (vault, _, _dir) = vault();
    let (key, wrapped) = vault.new_data_key(CUSTOMER, [3; 32]).unwrap();
    let place = Place { object: "customer", record: CUSTOMER, field: "phone" };
    assert_eq!(
        hex::encode(key.seal(&place, [4; 12], b"13800138000").unwrap()),
        "010104040404040404040404040403a37a0107b7ff857c310043bfd9b02cddaf14f4d7f8c72d534854"
    );
    assert_eq!(wrapped.kek_version, 1);
    assert_eq!(
        hex::encode(wrapped.bytes),
        "5d2d8e005c82f0e97580563cde3d601176a63f3fec8f26d9bf6a41e625635ab732d94a9b5c821a52213b19471a42a09b6e5a2008f3d88733d1d4e0dd"
    );
}

#[test]
fn subkeys_and_the_root_secret() {
    let (vault, keys, _dir) = vault();
    let (key, _) = vault.new_data_key(CUSTOMER, [3; 32]).unwrap();
    assert_eq!(
        hex::encode(key.salt(EventId::from_bytes([5; 16]), 7)),
        "ae1aa6e223f54543131f0a3be1f72a09191e21e25da635ed8ee93c03fa14fbee"
    );
    assert_eq!(
        hex::encode(key.mac(b"cursor", b"abc")),
        "4baf4ebd8a898c5b825887aaab1840fb116367c9bfc7385ce17032fff2995016"
    );
    assert_eq!(
        hex::encode(keys.derive(b"x").unwrap()),
        "b030c2f47961435e23d45c906a237352a783bb7c8af83a9b0ce7d05e06e7c316"
    );
    assert_eq!(
        hex::encode(vault.system_key("audit").unwrap().mac(b"p", b"b")),
        "5ffaf98201d2b5ad684491316920a38e05590264b8dbbf117ba685beb5a54d5a"
    );
}

#[test]
fn blind_index_tokens() {
    let (vault, _, _dir) = vault();
    assert_eq!(vault.blind().exact("customer.phone", "+8613800138000", 16), 51556);
    assert_eq!(vault.blind().bigrams("customer.name", "北京甲"), [223_938, 1_007_862]);
}

#[test]
fn a_key_file() {
    let (_, _, dir) = vault();
    let text = std::fs::read_to_string(dir.path().join("whosaw.key")).unwrap();
    let expected = serde_json::json!({
        "format": "whosaw-keys/v1",
        "root": "01".repeat(32),
        "keys": [{ "version": 1, "created_at": 5, "key": "02".repeat(32) }],
        "checksum": "50d0d43ea9c5f4dc1d47b23719724c18fdcb736123552ac86a69b4b640aa9d31",
    });
    assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), expected);
}
