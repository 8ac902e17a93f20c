//! PostgreSQL as the durable end of the recorded path, tried on a real server.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy knows test functions, not the helpers that they share"
)]

mod append;
mod faults;
mod load;
mod network;
mod nodes;
mod schema;
mod support;
mod values;
