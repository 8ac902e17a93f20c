//! The vault: envelope encryption of what is personal.
//!
//! Rule: a customer's values are sealed under that customer's own data key; data keys are stored wrapped under a
//! key-encryption key that lives with a [`KeyProvider`], never in the database. Destroying one wrapped key makes one
//! customer unreadable. Randomness and time are handed in.
//!
//! ```
//! # use std::sync::Arc;
//! # let dir = tempfile::tempdir().unwrap();
//! use model::{RecordId, UnixMs};
//! use vault::{KeyFile, Place, Vault};
//! let keys = KeyFile::create(&dir.path().join("whosaw.key"), [1; 32], [2; 32], UnixMs(0)).unwrap();
//! let vault = Vault::new(Arc::new(keys), 100);
//! let customer = RecordId::from_bytes([9; 16]);
//! let (key, wrapped) = vault.new_data_key(customer, [3; 32]).unwrap();
//! let place = Place { object: "customer", record: customer, field: "phone" };
//! let sealed = key.seal(&place, [4; 12], b"13800138000").unwrap();
//! let again = vault.open_data_key(customer, &wrapped).unwrap();
//! assert_eq!(&*again.open(&place, &sealed).unwrap(), b"13800138000");
//! ```

pub mod blind;
mod data_key;
mod error;
mod key_file;
mod log_key;
#[cfg(feature = "pkcs11")]
mod pkcs11;
mod provider;
mod secret;
mod vault;

pub use blind::BlindIndex;
pub use data_key::{DataKey, Place, hmac_sha256};
pub use error::VaultError;
pub use key_file::KeyFile;
pub use log_key::LogKeyId;
#[cfg(feature = "pkcs11")]
pub use pkcs11::Pkcs11Provider;
pub use provider::{KeyProvider, KeyVersion, ProviderInfo, WrappedKey};
pub use vault::Vault;
