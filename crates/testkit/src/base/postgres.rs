//! A database of a real PostgreSQL.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use store::{Database, Dialect, Query};
use store_postgres::{Options, PostgresDatabase};

use super::ordered::Ordered;

/// Which of the two it is.
pub const DIALECT: Dialect = Dialect::Postgres;

pub struct Base {
    pg: crate::postgres::Database,
    db: Arc<Ordered<PostgresDatabase>>,
}

/// What an erasure leaves in no file. Free space may still hold what a destroyed key had sealed.
pub const DESTROYED: &[&str] = &["SELECT wrapped FROM data_key"];
/// Every column of every table: table, column, type, whether it may be NULL (1), its place in the primary key (0: none). The
/// parts of a table are the table.
pub const COLUMNS: &str = "SELECT c.relname::TEXT, a.attname::TEXT, format_type(a.atttypid, NULL), \
     (CASE WHEN a.attnotnull THEN 0 ELSE 1 END)::BIGINT, (CASE WHEN a.attnum = ANY(i.indkey) THEN 1 ELSE 0 END)::BIGINT \
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public' \
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
     LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary \
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1, a.attnum";
pub const ZEROES: &str = "decode(repeat('00', 32), 'hex')";
pub fn last_byte_changed(column: &str, byte: &str) -> String {
    format!("substr({column}, 1, length({column}) - 1) || '\\x{byte}'::bytea")
}
pub fn literal(bytes: &[u8]) -> String {
    format!("'\\x{}'::bytea", hex::encode(bytes))
}

async fn connect(pg: &crate::postgres::Database) -> Arc<Ordered<PostgresDatabase>> {
    let options = Options { readers: 4, lease: Duration::from_millis(300), ..Options::default() };
    Arc::new(Ordered(Arc::new(PostgresDatabase::connect(&pg.url(), &options).await.unwrap())))
}

impl Base {
    /// A new one.
    pub async fn new(_: &Path) -> Base {
        let pg = crate::postgres::Database::fresh();
        Base { db: connect(&pg).await, pg }
    }
    /// Whether a commit has failed.
    pub fn is_poisoned(&self) -> bool {
        self.db.0.is_poisoned()
    }
    pub fn database(&self) -> Arc<dyn Database> {
        self.db.clone()
    }
    /// The same as the program has it: rows of an event may follow its acknowledgement.
    pub fn unordered(&self) -> Arc<dyn Database> {
        self.db.0.clone()
    }
    /// The same data, as another node has it.
    pub async fn another_node(&self) -> Option<Arc<dyn Database>> {
        let options = Options { node: 2, readers: 4, lease: Duration::from_millis(300), ..Options::default() };
        Some(Arc::new(Ordered(Arc::new(PostgresDatabase::connect(&self.pg.url(), &options).await.unwrap()))))
    }
    /// The same data, opened by a new process.
    pub async fn reopen(self) -> Base {
        let Base { pg, db } = self;
        db.0.resign().await.unwrap();
        drop(db);
        Base { db: connect(&pg).await, pg }
    }
    /// A copy as of now, opened by a process of its own.
    pub async fn copy(&self) -> Base {
        let pg = self.pg.copy().unwrap();
        Base { db: connect(&pg).await, pg }
    }
    /// From here on events get no rows: another node holds the lease, and does nothing.
    pub async fn stop_filing(&self) {
        self.execute("UPDATE ledger_lease SET node = 4711, boot = 1, until = 9000000000000000");
        while self.db.0.is_leader() {
            self.db.0.read(Query::new("SELECT 1", vec![])).await.unwrap();
        }
    }
    pub fn go_on_filing(&self) {
        self.execute("UPDATE ledger_lease SET until = 0");
    }
    /// Runs a statement and tells how many rows it changed.
    pub fn execute(&self, sql: &str) -> u64 {
        self.try_execute(sql).unwrap_or_else(|e| panic!("{e}: {sql}"))
    }
    /// The same, for a statement that a rule of the schema may refuse.
    ///
    /// # Errors
    /// What the database said.
    pub fn try_execute(&self, sql: &str) -> Result<u64, String> {
        let said = self.pg.sql_with_counts(sql).map_err(|e| e.to_string())?;
        Ok(said.lines().filter_map(|l| l.rsplit(' ').next()?.parse::<u64>().ok()).next_back().unwrap_or(0))
    }
    /// Every byte of the database's files.
    pub fn bytes_on_disk(&self) -> Vec<u8> {
        self.pg.bytes_on_disk().unwrap()
    }
}
