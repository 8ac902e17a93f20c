//! Faults of process and disk, on a real SQLite file.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

#[path = "main/every_call.rs"]
mod every_call;
#[path = "main/faults.rs"]
mod faults;
