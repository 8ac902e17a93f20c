//! The verifier as people run it: every change to a log, a proof or an evidence file has its exit code, an honest one 0.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test ends where something unexpected is found"
)]

#[path = "main/command.rs"]
mod command;
#[path = "main/evidence.rs"]
mod evidence;
#[path = "main/language.rs"]
mod language;
#[path = "main/log.rs"]
mod log;
#[path = "main/proof.rs"]
mod proof;
#[path = "../../ledger/tests/main/published.rs"]
mod published;
#[path = "main/report.rs"]
mod report;
#[path = "main/web.rs"]
mod web;
