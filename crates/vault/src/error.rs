//! Why something does not open. No variant holds a secret or a value.

/// The vault's errors.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// Wrong key, wrong place, or altered bytes: the three look alike on purpose.
    #[error("stored data does not open: it was altered, moved, or sealed under another key")]
    Damaged,
    /// The key is not there any more: a retention destroyed it, or somebody did who must not.
    #[error("the key of this day of the log is not there any more")]
    Dropped,
    #[error("there is no key-encryption key of version {0}")]
    NoSuchKey(u32),
    #[error("the key file: {0}")]
    KeyFile(String),
    #[error("the key provider: {0}")]
    Provider(String),
}
