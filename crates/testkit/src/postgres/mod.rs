//! A real PostgreSQL 15 for tests: one private cluster that all test processes share, a fresh database for each test.
//!
//! The cluster listens on a Unix socket in a folder of its own and nowhere else. Who comes first starts it, who leaves
//! last stops it and removes its data; a cluster left by a killed process is taken over by the next one.
//!
//! ```no_run
//! let database = testkit::postgres::Database::fresh();
//! println!("{}", database.url());
//! ```

mod cluster;
mod server;
mod wire;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

pub use cluster::Cluster;
pub use wire::{Cut, Lost, Wire};

/// Why there is no PostgreSQL.
#[derive(Debug, thiserror::Error)]
pub enum PostgresError {
    #[error("no PostgreSQL 15 in {0}: install the Debian package `postgresql-15`")]
    NotInstalled(&'static str),
    #[error(
        "PostgreSQL does not run as root, and there is no user `postgres`: install the Debian package `postgresql-15`"
    )]
    NoUser,
    #[error("{program} failed: {output}")]
    Program { program: &'static str, output: String },
    #[error("{what}: {error}")]
    File { what: &'static str, error: std::io::Error },
}

/// An empty database of its own, gone when dropped.
pub struct Database {
    name: String,
    cluster: Arc<Cluster>,
}

impl Database {
    /// # Errors
    /// [`PostgresError`].
    pub fn create() -> Result<Self, PostgresError> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let cluster = Cluster::shared()?;
        let name = format!("t{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        cluster.sql(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))?;
        cluster.sql(&format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))?;
        Ok(Self { name, cluster })
    }

    /// As [`Self::create`], for a test that cannot go on without.
    ///
    /// # Panics
    /// Where PostgreSQL cannot be started; the message says what to install.
    #[allow(clippy::panic, reason = "a test without its database must fail, and say why")]
    pub fn fresh() -> Self {
        Self::create().unwrap_or_else(|error| panic!("{error}"))
    }

    /// Where to connect, as a PostgreSQL URL.
    pub fn url(&self) -> String {
        self.cluster.url(&self.name)
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Runs statements as the cluster's administrator, as `psql` would.
    ///
    /// # Errors
    /// [`PostgresError::Program`] with what it said.
    pub fn sql(&self, statements: &str) -> Result<String, PostgresError> {
        self.cluster.sql_in(&self.name, statements)
    }

    /// As [`Self::sql`], with a line for each statement that tells how many rows it met (`UPDATE 3`).
    ///
    /// # Errors
    /// [`PostgresError::Program`].
    pub fn sql_with_counts(&self, statements: &str) -> Result<String, PostgresError> {
        self.cluster.sql_with_counts(&self.name, statements)
    }

    /// A copy as of now, as a backup made and restored would be.
    ///
    /// # Errors
    /// [`PostgresError::Program`].
    pub fn copy(&self) -> Result<Self, PostgresError> {
        let copy = Self::create()?;
        self.cluster.copy(&self.name, &copy.name)?;
        Ok(copy)
    }

    /// Every byte of the files that hold this database's tables. Not of the write-ahead log, which all databases share.
    ///
    /// # Errors
    /// [`PostgresError`].
    pub fn bytes_on_disk(&self) -> Result<Vec<u8>, PostgresError> {
        self.sql("CHECKPOINT")?;
        let oid = self.sql("SELECT oid FROM pg_database WHERE datname = current_database()")?;
        self.cluster.bytes_of(oid.trim())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let _ = self.cluster.sql(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}
