//! The stories of people and administrators again, over a real PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking, like the tests themselves"
)]

#[path = "main/administration.rs"]
mod administration;
#[path = "main/backups.rs"]
mod backups;
#[path = "base/postgres.rs"]
mod base;
#[path = "main/faulty_network.rs"]
mod faulty_network;
#[path = "main/import.rs"]
mod import;
#[path = "main/outage.rs"]
mod outage;
#[path = "main/serving.rs"]
mod serving;
#[path = "main/stories.rs"]
mod stories;
#[path = "main/support.rs"]
mod support;
