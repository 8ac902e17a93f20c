//! Stories over a real SQLite file: asked through the gate, answered by the store, checked from outside.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "helpers of tests fail as tests do"
)]

#[path = "main/audit.rs"]
mod audit;
#[path = "main/company.rs"]
mod company;
#[path = "main/erase.rs"]
mod erase;
#[path = "main/evidence.rs"]
mod evidence;
#[path = "main/explain.rs"]
mod explain;
#[path = "main/faults.rs"]
mod faults;
#[path = "main/house.rs"]
mod house;
#[path = "main/identity.rs"]
mod identity;
#[path = "main/import.rs"]
mod import;
#[path = "main/publish.rs"]
mod publish;
#[path = "main/retention.rs"]
mod retention;
#[path = "main/world.rs"]
mod world;
