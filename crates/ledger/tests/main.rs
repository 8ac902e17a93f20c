//! What an outsider expects of the ledger: agreement with the published vectors and with other implementations, and
//! that no change to a log or an evidence file goes unnoticed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test ends where something unexpected is found"
)]

#[path = "main/documented.rs"]
mod documented;
#[path = "main/evidence.rs"]
mod evidence;
#[path = "main/logs.rs"]
mod logs;
#[path = "main/properties.rs"]
mod properties;
#[path = "main/published.rs"]
mod published;
#[path = "main/vectors.rs"]
mod vectors;
