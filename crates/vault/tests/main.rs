//! The key providers from outside: the same stories for the key file and for a real token.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking, in its helpers too"
)]

#[path = "main/key_file.rs"]
mod key_file;
#[path = "main/softhsm.rs"]
mod softhsm;
#[path = "main/stories.rs"]
mod stories;
