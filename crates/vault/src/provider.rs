//! Key providers: where key-encryption keys live.
//!
//! Rule: a key-encryption key never leaves its provider; only data keys go in and out.

use model::UnixMs;
use serde::Serialize;
use zeroize::Zeroizing;

use crate::VaultError;

/// A data key under a key-encryption key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WrappedKey {
    pub kek_version: u32,
    pub bytes: Vec<u8>,
}

/// One version of the key-encryption key, without the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyVersion {
    pub version: u32,
    pub created_at: UnixMs,
}

/// What may be told of a provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProviderInfo {
    pub kind: &'static str,
    pub versions: Vec<KeyVersion>,
    pub current: u32,
}

/// Holds key-encryption keys of 256 bits, numbered from 1, and a root secret that never rotates.
pub trait KeyProvider: Send + Sync + 'static {
    /// The version that new wraps use.
    fn current(&self) -> u32;
    /// Wraps a data key under the current version. `nonce` MUST not repeat for different keys; `aad` binds the wrap to its
    /// customer.
    ///
    /// # Errors
    /// When the provider does not answer.
    fn wrap(&self, key: &[u8; 32], nonce: [u8; 12], aad: &[u8]) -> Result<WrappedKey, VaultError>;
    /// # Errors
    /// [`VaultError::Damaged`] when it does not open with this `aad`, [`VaultError::NoSuchKey`].
    fn unwrap(&self, wrapped: &WrappedKey, aad: &[u8]) -> Result<Zeroizing<[u8; 32]>, VaultError>;
    /// A secret for a purpose, the same for ever: blind index keys, system keys.
    ///
    /// # Errors
    /// When the provider does not answer.
    fn derive(&self, purpose: &[u8]) -> Result<Zeroizing<[u8; 32]>, VaultError>;
    /// Adds a version and returns its number; older ones go on opening what they wrapped. `random` becomes the key, except
    /// in a token, which draws its own so that the key is never outside of it.
    ///
    /// # Errors
    /// When the new key could not be made durable; then it is not used.
    fn rotate(&self, random: [u8; 32], now: UnixMs) -> Result<u32, VaultError>;
    /// Kind and versions, oldest first. No secret.
    fn describe(&self) -> ProviderInfo;
}
