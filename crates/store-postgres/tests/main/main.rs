//! PostgreSQL as the durable end of the recorded path, tried on a real server.

mod append;
mod faults;
mod nodes;
mod schema;
mod support;
mod values;
