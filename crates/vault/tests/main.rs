//! The vault from outside: the same stories for the key file and for a real token, memory, and the formats on disk.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking, in its helpers too"
)]

#[path = "main/formats.rs"]
mod formats;
#[path = "main/key_file.rs"]
mod key_file;
#[path = "main/memory.rs"]
mod memory;
#[cfg(feature = "pkcs11")]
#[path = "main/softhsm.rs"]
mod softhsm;
#[path = "main/stories.rs"]
mod stories;
