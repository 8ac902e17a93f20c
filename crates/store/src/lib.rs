//! What can be asked of the database. Every operation on customer data takes a grant, puts the grant's filter into its
//! SQL, and gives back rows sealed to that grant.
//!
//! Rule: no function here returns a stored row to its caller, and no statement on records is built without the grant's
//! filters. The two database crates only run statements; all SQL about records is written in this crate, once, for both.

pub mod arrived;
pub mod assessments;
pub mod attachments;
pub mod audit;
pub mod automation;
pub mod canaries;
pub mod cases;
pub mod channels;
pub mod comments;
pub mod company;
pub mod could;
pub mod custody;
mod data_keys;
pub mod database;
pub mod detection;
pub mod documents;
pub mod erase;
pub mod evidence;
pub mod explain;
pub mod exports;
pub mod feeds;
pub mod findings;
pub mod handover;
pub mod hold;
pub mod idempotency;
pub mod identity;
mod ids;
pub mod jobs;
pub mod leavers;
mod log_keys;
pub mod mail;
#[cfg(doctest)]
mod misuse;
pub mod notices;
pub mod own;
pub mod posture;
pub mod programme;
pub mod proof;
pub mod publish;
pub mod records;
pub mod replay;
pub mod reports;
pub mod requests;
pub mod responses;
pub mod retention;
pub mod reviews;
pub mod rights;
pub mod row;
mod seen;
pub mod sql;
mod ties;
pub mod timeline;
pub mod training;
pub mod unused;
pub mod usage;
pub mod watch;

use std::sync::Arc;

use access::path::{Gate, Refusal};

pub use data_keys::{KeysByVersion, RewrapError};
pub use database::{Database, DatabaseError, Dialect, Query, Row};

/// The store: a database and the gate whose grants it takes.
#[derive(Clone)]
pub struct Store {
    db: Arc<dyn Database>,
    gate: Gate,
    company: Arc<company::Company>,
    identity: Arc<identity::Identity>,
}

impl Store {
    pub fn gate(&self) -> &Gate {
        &self.gate
    }
    async fn read(&self, query: Query) -> Result<Vec<Row>, Refusal> {
        self.db.read(query).await.map_err(|e| {
            tracing::error!(error = %e, "a query failed");
            Refusal::StoreUnavailable(e.to_string())
        })
    }
}
