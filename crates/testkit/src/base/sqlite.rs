//! An SQLite file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;
use store::{Database, Dialect};
use store_sqlite::{Options, SqliteDatabase};

use super::ordered::Ordered;

/// Which of the two it is.
pub const DIALECT: Dialect = Dialect::Sqlite;

pub struct Base {
    file: PathBuf,
    db: Arc<Ordered<SqliteDatabase>>,
}

/// What an erasure leaves in no file.
pub const DESTROYED: &[&str] = &["SELECT wrapped FROM data_key", "SELECT sealed FROM record"];
/// Every column of every table: table, column, type, whether it may be NULL (1), its place in the primary key (0: none).
pub const COLUMNS: &str = "SELECT m.name, p.name, p.type, CASE p.\"notnull\" WHEN 0 THEN 1 ELSE 0 END, p.pk \
     FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' \
     ORDER BY m.name, p.cid";
/// Thirty-two bytes of nothing, and an expression's bytes without the last.
pub const ZEROES: &str = "zeroblob(32)";
pub fn last_byte_changed(column: &str, byte: &str) -> String {
    format!("CAST(substr({column}, 1, length({column}) - 1) || x'{byte}' AS BLOB)")
}
pub fn literal(bytes: &[u8]) -> String {
    format!("x'{}'", hex::encode(bytes))
}

fn open(file: &Path) -> Arc<Ordered<SqliteDatabase>> {
    Arc::new(Ordered(Arc::new(SqliteDatabase::open(file, &Options::default()).unwrap())))
}

impl Base {
    /// A new one; its files, if it has any of its own, in `dir`.
    pub async fn new(dir: &Path) -> Base {
        let file = dir.join("whosaw.db");
        Base { db: open(&file), file }
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
    /// There is none: one process alone writes it.
    #[allow(clippy::unused_async, reason = "as of the other database")]
    pub async fn another_node(&self) -> Option<Arc<dyn Database>> {
        None
    }
    /// The same data, opened by a new process.
    pub async fn reopen(self) -> Base {
        let Base { file, db } = self;
        let weak = Arc::downgrade(&db);
        drop(db);
        assert!(weak.upgrade().is_none(), "something still holds the database");
        Base { db: open(&file), file }
    }
    /// A copy as of now, opened by a process of its own.
    pub async fn copy(&self) -> Base {
        let file = self.file.with_file_name("copy.db");
        store_sqlite::copy(&self.file, &file).unwrap();
        Base { db: open(&file), file }
    }
    /// There is no stopping it: whatever asks for events, or changes them, files what waits first.
    pub async fn stop_filing(&self) {}
    pub fn go_on_filing(&self) {}
    /// Runs statements and tells how many rows they changed.
    pub fn execute(&self, sql: &str) -> u64 {
        self.try_execute(sql).unwrap_or_else(|e| panic!("{e}: {sql}"))
    }
    /// The same, for statements that a rule of the schema may refuse.
    ///
    /// # Errors
    /// What the database said.
    pub fn try_execute(&self, sql: &str) -> Result<u64, String> {
        let c = Connection::open(&self.file).unwrap();
        c.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
        c.execute_batch(sql).map_err(|e| e.to_string())?;
        Ok(c.changes())
    }
    /// Every byte of the database's files.
    pub fn bytes_on_disk(&self) -> Vec<u8> {
        let files = ["db", "db-wal", "db-shm"].map(|end| self.file.with_extension(end));
        files.iter().filter_map(|f| std::fs::read(f).ok()).flatten().collect()
    }
}
