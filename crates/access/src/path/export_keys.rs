//! Keys of exported files: each file has one of its own, so that destroying the key destroys the file wherever copies of it lie.

use std::sync::Arc;

use model::JobId;
use vault::{DataKey, Vault, VaultError, WrappedKey};

/// Makes and opens keys of exported files, and the one under which it is kept what was asked for.
#[derive(Clone)]
pub struct ExportKeys(Arc<Vault>);

impl ExportKeys {
    pub(crate) fn new(vault: Arc<Vault>) -> Self {
        Self(vault)
    }
    /// A new file's key, and its wrapped form to store.
    ///
    /// # Errors
    /// When the provider does not answer.
    pub fn create(&self, file: JobId, random: [u8; 32]) -> Result<(DataKey, WrappedKey), VaultError> {
        self.0.new_export_key(file, random)
    }
    /// # Errors
    /// When it is not this file's, or the provider does not answer.
    pub fn open(&self, file: JobId, wrapped: &WrappedKey) -> Result<DataKey, VaultError> {
        self.0.open_export_key(file, wrapped)
    }
    /// The key of questions and purposes.
    ///
    /// # Errors
    /// When the provider does not answer.
    pub fn asked(&self) -> Result<DataKey, VaultError> {
        self.0.system_key("exports")
    }
    /// A keyed hash for marks in files: known to nobody who has the file.
    ///
    /// # Errors
    /// When the provider does not answer.
    pub fn mark(&self, bytes: &[u8]) -> Result<[u8; 32], VaultError> {
        Ok(self.asked()?.mac(b"mark", bytes))
    }
}
