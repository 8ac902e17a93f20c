//! The `whosaw` program as people start it: commands, a served instance, and what is left on disk.
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
#[path = "base/sqlite.rs"]
mod base;
#[path = "main/commands.rs"]
mod commands;
#[path = "main/faulty_disk.rs"]
mod faulty_disk;
#[path = "main/import.rs"]
mod import;
#[path = "main/import_files.rs"]
mod import_files;
#[path = "main/import_mapping.rs"]
mod import_mapping;
#[path = "main/mail.rs"]
mod mail;
#[path = "main/outage.rs"]
mod outage;
#[path = "main/serving.rs"]
mod serving;
#[path = "main/setup.rs"]
mod setup;
#[path = "main/stories.rs"]
mod stories;
#[path = "main/support.rs"]
mod support;
#[path = "main/tampering.rs"]
mod tampering;
