//! PostgreSQL: as many nodes as needed append to an inbox, each in its own transactions; one leader at a time gives what
//! they wrote its order in the log.
//!
//! Rule: an answer is given when changes and event are durable together, not before. Every statement is one that
//! PostgreSQL's distributed kin run as well: no sequence, no advisory lock, no LISTEN, no SKIP LOCKED.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let options = store_postgres::Options { node: 3, ..Default::default() };
//! let database = store_postgres::PostgresDatabase::connect("postgresql://whosaw@db/whosaw", &options).await?;
//! // The first event of a boot is its `node_start`; then everything else.
//! # drop(database); Ok(()) }
//! ```

pub mod dump;
mod inbox;
mod leader;
mod lease;
mod migrate;
mod placeholder;
mod pool;
mod rows;
mod scrub;
mod sequence;
mod session;
mod target;
mod unit;
mod values;
mod writer;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use access::path::{Change, Journal, JournalError, Position, Unit};
use store::{Database, DatabaseError, Dialect, Query, Row};
use tokio::sync::Notify;
use tokio_postgres::Error;

use leader::Leader;
use lease::Holder;
use pool::Pool;
use session::{Session, describe, is_lost};
use target::Target;
pub use target::shown;
use writer::Writer;

/// Why the database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("`{0}` is no PostgreSQL address")]
    Address(String),
    #[error("the way to {0} leaves this machine: leave `sslmode=disable` out")]
    Plain(String),
    #[error("certificates: {0}")]
    Certificates(String),
    #[error("the database was made by a newer version (schema {found}, this program knows {known})")]
    NewerSchema { found: i64, known: i64 },
    #[error("migration {0} has been changed since it was applied")]
    ChangedMigration(i64),
    #[error("the ledger in the database is damaged: {0}")]
    DamagedLedger(String),
    #[error("PostgreSQL: {}", describe(.0))]
    Database(#[from] Error),
}

/// How to open it.
#[derive(Debug, Clone)]
pub struct Options {
    /// The number of this server's stream in the ledger; each server has its own, and keeps it.
    pub node: u32,
    /// Certificates (PEM) that may have signed the server's; without it, those the operating system trusts.
    pub ca: Option<PathBuf>,
    /// Connections for reading and bookkeeping; the writer and the leader have one more each.
    pub readers: usize,
    /// A query that takes longer is given up.
    pub statement_timeout: Duration,
    /// How long a leader that died holds up the others.
    pub lease: Duration,
    /// Writers wait while more events than these have no position yet.
    pub inbox_limit: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            node: 1,
            ca: None,
            readers: 16,
            statement_timeout: Duration::from_secs(30),
            lease: Duration::from_secs(5),
            inbox_limit: 8192,
        }
    }
}

/// A node's connection to the shared database.
pub struct PostgresDatabase {
    target: Target,
    node: u32,
    holder: Holder,
    writer: Writer,
    leader: Leader,
    pool: Pool,
}

/// Brings the schema up to date.
///
/// # Errors
/// [`OpenError`], also when the database was made by a newer version.
pub async fn migrate(url: &str) -> Result<(), OpenError> {
    migrate::migrate(&Session::connect_durable(&Target::new(url, None)?).await?).await
}

impl PostgresDatabase {
    /// Connects, brings the schema up to date, takes the node's next boot number, and begins to write and to stand for
    /// leader. The same code after a clean stop and after a crash.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn connect(url: &str, options: &Options) -> Result<Self, OpenError> {
        let target = Target::new(url, options.ca.as_deref())?;
        let session = Session::connect_durable(&target).await?;
        migrate::migrate(&session).await?;
        warn_without_fsync(&session).await;
        rows::begin_log(&session).await?;
        let written = inbox::begin_boot(&session, options.node).await?;
        let holder = Holder { node: i64::from(options.node), boot: i64::from(written.stream.boot) };
        let committed = Arc::new(Notify::new());
        let leader = Leader::start(leader::Start {
            target: target.clone(),
            holder,
            lease: options.lease.max(Duration::from_millis(100)),
            committed: committed.clone(),
        });
        let writer = Writer::start(writer::Start {
            target: target.clone(),
            session,
            written,
            inbox_limit: i64::from(options.inbox_limit),
            committed,
        });
        let setup = format!(
            "SET statement_timeout = {}; SET default_transaction_read_only = on",
            options.statement_timeout.as_millis()
        );
        let pool = Pool::new(target.clone(), setup, options.readers);
        Ok(Self { target, node: options.node, holder, writer, leader, pool })
    }

    /// Whether a commit has failed: nothing is recorded, and nothing may be disclosed, until a restart.
    pub fn is_poisoned(&self) -> bool {
        self.writer.is_poisoned()
    }

    /// Whether this opening has written its node's first event.
    pub fn has_started(&self) -> bool {
        self.writer.has_started()
    }

    /// Whether this node gives events their positions at the moment.
    pub fn is_leader(&self) -> bool {
        self.leader.health.leading.load(Ordering::Acquire)
    }

    /// What this node, as leader, found altered or missing among the events not yet in order. Sequencing of the stream
    /// concerned has stopped.
    pub fn alarm(&self) -> Option<String> {
        self.leader.health.alarm()
    }

    /// Waits until all that this node has written so far stands in the log.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`]; an altered stream never gets there, see [`Self::alarm`].
    pub async fn sequenced(&self) -> Result<(), DatabaseError> {
        const LOOK: Duration = Duration::from_millis(10);
        let node = || vec![i64::from(self.node).into()];
        let written = Query::point("SELECT leaf FROM ledger_writer WHERE node = ?1", node());
        let Some(wanted) = self.last_place(written).await? else { return Ok(()) };
        loop {
            let tail = Query::point("SELECT leaf FROM ledger_node WHERE node = ?1", node());
            if self.last_place(tail).await? >= Some(wanted) {
                return Ok(());
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    async fn query(&self, query: &Query) -> Result<Vec<tokio_postgres::Row>, Error> {
        let taken = self.pool.take().await?;
        let found = taken.session.query(&query.sql, &query.params).await;
        taken.put_back();
        found
    }

    async fn last_place(&self, query: Query) -> Result<Option<(i64, i64)>, DatabaseError> {
        let rows = self.read(query).await?;
        Ok(rows.first().map(|r| r.opt_bytes(0)).transpose()?.flatten().and_then(rows::place))
    }

    /// Stops standing for leader and gives the lease back. Events written afterwards wait for another node.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`]: the lease ends by itself.
    pub async fn resign(&self) -> Result<(), DatabaseError> {
        self.leader.stop();
        let unavailable = |e: Error| DatabaseError::Unavailable(describe(&e));
        let session = Session::connect(&self.target).await.map_err(unavailable)?;
        self.holder.release(&session).await.map_err(unavailable)
    }
}

async fn warn_without_fsync(session: &Session) {
    let fsync = session.client.query_one("SHOW fsync", &[]).await.and_then(|row| row.try_get::<_, String>(0));
    if fsync.is_ok_and(|value| value == "off") {
        tracing::error!("PostgreSQL runs with fsync off: after a power cut, recorded accesses may be lost");
    }
}

#[async_trait::async_trait]
impl Journal for PostgresDatabase {
    async fn append(&self, unit: Unit) -> Result<Position, JournalError> {
        self.writer.submit(unit.changes, unit.entry).await
    }
}

#[async_trait::async_trait]
impl Database for PostgresDatabase {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn stream(&self) -> Option<(u32, u32)> {
        Some((self.node, u32::try_from(self.holder.boot).ok()?))
    }

    /// One statement, so one snapshot.
    async fn read(&self, query: Query) -> Result<Vec<Row>, DatabaseError> {
        let found = match self.query(&query).await {
            // The database was started anew since this connection was made. Reading twice does no harm.
            Err(error) if is_lost(&error) => self.query(&query).await,
            found => found,
        };
        let found = found.map_err(|e| DatabaseError::Unavailable(describe(&e)))?;
        found.iter().map(values::row).collect()
    }

    async fn caught_up(&self) -> bool {
        const LOOK: Duration = Duration::from_millis(5);
        const LOOKS: u32 = 400;
        let number = async |sql| match self.read(Query::point(sql, vec![])).await {
            Ok(rows) => rows.first().and_then(|row| row.int(0).ok()),
            Err(_) => None,
        };
        // Whoever asks next meets the database's error themselves.
        let Some(written) = number("SELECT CAST(SUM(appended) AS BIGINT) FROM ledger_writer").await else {
            return false;
        };
        for _ in 0..LOOKS {
            match number("SELECT size FROM ledger_state WHERE id = 1").await {
                Some(size) if size < written => tokio::time::sleep(LOOK).await,
                size => return size.is_some(),
            }
        }
        tracing::error!(written, "the log falls behind what was written: no node puts it in order");
        false
    }

    /// Wrapped data keys only: without them what else is left in free space opens to nothing (docs/encryption.md).
    async fn scrub_freed(&self) -> Result<(), DatabaseError> {
        let unavailable = |e: Error| DatabaseError::Unavailable(describe(&e));
        let session = Session::connect(&self.target).await.map_err(unavailable)?;
        if scrub::data_keys(&session).await.map_err(unavailable)? {
            Ok(())
        } else {
            Err(DatabaseError::Unavailable("an older transaction still sees the erased keys".to_owned()))
        }
    }

    async fn maintain(&self, changes: Vec<Change>) -> Result<(), JournalError> {
        let taken = self.pool.take().await.map_err(|error| {
            tracing::warn!(error = describe(&error), "bookkeeping found no connection");
            JournalError::Unavailable
        })?;
        let done = unit::maintain(&taken.session, &changes).await;
        if !matches!(done, Err(JournalError::Unavailable)) {
            taken.put_back();
        }
        done
    }
}
