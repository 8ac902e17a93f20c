//! That every row is what the program wrote, and that none is missing: what an administrator of the database can do to the
//! tables beside the ledger, and how it is found.
//!
//! Three things together show it. *Seals*: a row that the program did not write has none (`tables`). *Anchors*: the
//! company as a whole is told by each event that changes it (`anchor`). *Replay*: what the events of the log say there is,
//! ended, changed or was erased is held against what there is (`replay`, `check`). What decides access is held against
//! its seal wherever it is used; the rest is `doctor`'s, with [`Store::examine`](crate::Store::examine).

mod adopt;
mod anchor;
mod attachments;
pub(crate) mod check;
mod exports;
mod feeds;
mod jobs;
mod ledger_rows;
mod merged;
mod people;
mod records;
mod replay;
pub(crate) mod tables;
mod versioned;
mod watch;

pub use check::{StateFinding, StateReport};
pub(crate) use replay::Replay;
