//! The embedded database: one SQLite file in WAL mode with `synchronous=FULL`, one committer thread, readers beside it.
//!
//! Rule: only the committer writes. A lock file keeps a second process from writing; every batch moves the ledger's state
//! by compare-and-swap, so a second writer that got past the lock poisons itself instead of forking the log.

mod committer;
mod inbox;
mod ledger_rows;
mod migrate;
mod readers;
mod values;

use std::fs::File;
use std::path::{Path, PathBuf};

use access::path::{Change, Entry, Journal, JournalError, Position, Unit};
use rusqlite::Connection;
use store::{Database, DatabaseError, Dialect, Query, Row};

use committer::Committer;
use readers::Readers;

/// Why the database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("another process is writing to {0}; stop the server, or use its API")]
    InUse(PathBuf),
    #[error("the file {path}: {error}")]
    File { path: PathBuf, error: std::io::Error },
    #[error("SQLite {found} has a known fault; 3.51.3 or newer is needed")]
    OldSqlite { found: &'static str },
    #[error("the database was made by a newer version (schema {found}, this program knows {known})")]
    NewerSchema { found: i64, known: i64 },
    #[error("migration {0} has been changed since it was applied")]
    ChangedMigration(i64),
    #[error("the ledger on disk is damaged: {0}")]
    DamagedLedger(String),
    #[error("SQLite: {0}")]
    Sqlite(#[from] rusqlite::Error),
}

/// How to open it.
#[derive(Debug, Clone)]
pub struct Options {
    /// The number of this writer's stream in the ledger.
    pub node: u32,
    /// Connections for reading.
    pub readers: usize,
    /// Page cache of each reading connection, in KiB.
    pub cache_kib: u32,
    /// Page cache of the writer: what an import's chunk touches should be in it.
    pub writer_cache_kib: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { node: 1, readers: 4, cache_kib: 16 * 1024, writer_cache_kib: 64 * 1024 }
    }
}

/// The embedded database.
pub struct SqliteDatabase {
    path: PathBuf,
    /// None where it was opened for reading.
    writing: Option<(Committer, File)>,
    readers: Readers,
}

impl SqliteDatabase {
    /// Opens or makes the database file, brings its schema up to date and re-derives the ledger's state from what is on
    /// disk: the same code after a clean stop and after a crash.
    ///
    /// # Errors
    /// [`OpenError`]: nothing was changed, except for migrations that were applied before the error.
    pub fn open(path: &Path, options: &Options) -> Result<Self, OpenError> {
        check_version(rusqlite::version_number(), rusqlite::version())?;
        let lock_path = path.with_extension("lock");
        let file_error = |error| OpenError::File { path: lock_path.clone(), error };
        let lock = own_file(&lock_path).map_err(file_error)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Err(OpenError::InUse(path.to_owned())),
            Err(std::fs::TryLockError::Error(error)) => {
                return Err(OpenError::File { path: lock_path, error });
            }
        }
        own_file(path).map_err(|error| OpenError::File { path: path.to_owned(), error })?;
        let mut writer = connect(path, options)?;
        writer.pragma_update(None, "cache_size", -i64::from(options.writer_cache_kib))?;
        migrate::migrate(&mut writer)?;
        let state = ledger_rows::restore(&mut writer, options.node)?;
        let readers = Readers::open(path, options)?;
        // SQLite syncs the folder of files it has made and does not look whether that succeeded. From here until they are
        // closed neither database nor write-ahead log gets another name.
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)
            .and_then(|f| f.sync_all())
            .map_err(|error| OpenError::File { path: folder.to_owned(), error })?;
        let writing = Some((Committer::start(writer, state), lock));
        Ok(Self { path: path.to_owned(), writing, readers })
    }

    /// Opens a database another process may be writing to, to examine it. Nothing can be recorded, so nothing may be disclosed.
    ///
    /// # Errors
    /// [`OpenError`], also when there is no file.
    pub fn open_for_reading(path: &Path, options: &Options) -> Result<Self, OpenError> {
        check_version(rusqlite::version_number(), rusqlite::version())?;
        let error = |error| OpenError::File { path: path.to_owned(), error };
        path.metadata().map_err(error)?;
        Ok(Self { path: path.to_owned(), writing: None, readers: Readers::open(path, options)? })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a commit has failed: nothing is recorded, and nothing may be disclosed, until a restart.
    pub fn is_poisoned(&self) -> bool {
        self.writing.as_ref().is_none_or(|(committer, _)| committer.is_poisoned())
    }

    /// Whether this opening has written its node's first event.
    pub fn has_started(&self) -> bool {
        self.writing.as_ref().is_some_and(|(committer, _)| committer.has_started())
    }

    async fn submit(&self, changes: Vec<Change>, entry: Option<Entry>) -> Result<Position, JournalError> {
        match &self.writing {
            Some((committer, _)) => committer.submit(changes, entry).await,
            None => Err(JournalError::Unavailable),
        }
    }
}

/// Makes or opens a file that only its owner may read. SQLite gives its other files the same mode.
fn own_file(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().create(true).truncate(false).write(true).mode(0o600).open(path)
}

/// Copies a database, as of one moment, into a new file, also while another process has it open.
///
/// # Errors
/// [`OpenError::Sqlite`], also when the target exists.
pub fn copy(source: &Path, target: &Path) -> Result<(), OpenError> {
    let reader = Connection::open_with_flags(source, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    reader.busy_timeout(std::time::Duration::from_secs(10))?;
    own_file(target).map_err(|error| OpenError::File { path: target.to_owned(), error })?;
    reader.execute("VACUUM INTO ?1", [target.to_string_lossy()])?;
    Ok(())
}

fn check_version(number: i32, text: &'static str) -> Result<(), OpenError> {
    // Below 3.51.3 a WAL can be reset under a second connection's feet (the "WAL-reset" corruption).
    if number < 3_051_003 { Err(OpenError::OldSqlite { found: text }) } else { Ok(()) }
}

fn connect(path: &Path, options: &Options) -> Result<Connection, rusqlite::Error> {
    let c = Connection::open(path)?;
    c.pragma_update(None, "journal_mode", "WAL")?;
    // SQLite answers before it has written the change, and is silent where that fails: so it is asked what has become of it,
    // once it has looked at the file again.
    c.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    let mode: String = c.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if !mode.eq_ignore_ascii_case("wal") {
        let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR);
        return Err(rusqlite::Error::SqliteFailure(code, Some("the write-ahead log cannot be turned on".to_owned())));
    }
    c.pragma_update(None, "synchronous", "FULL")?;
    // What is deleted is overwritten: an erased customer leaves no bytes in free pages.
    c.pragma_update(None, "secure_delete", "ON")?;
    c.pragma_update(None, "cache_size", -i64::from(options.cache_kib))?;
    c.pragma_update(None, "temp_store", "MEMORY")?;
    // 64 MiB: a page that changes again and again is written back once.
    c.pragma_update(None, "wal_autocheckpoint", 16_000)?;
    c.busy_timeout(std::time::Duration::from_secs(10))?;
    c.set_prepared_statement_cache_capacity(256);
    // A plan belongs to its statement. Without this, binding another value to a parameter of a WHERE makes SQLite compile
    // the statement again, which costs a point look-up several times what it is.
    c.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(c)
}

#[async_trait::async_trait]
impl Journal for SqliteDatabase {
    async fn append(&self, unit: Unit) -> Result<Position, JournalError> {
        self.submit(unit.changes, Some(unit.entry)).await
    }
}

#[async_trait::async_trait]
impl Database for SqliteDatabase {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }
    async fn read(&self, query: Query) -> Result<Vec<Row>, DatabaseError> {
        self.readers.read(query).await
    }
    async fn caught_up(&self) -> bool {
        if let Some((committer, _)) = &self.writing {
            committer.file().await;
        }
        // A commit that failed leaves what waits to the next start.
        !self.is_poisoned()
    }
    async fn maintain(&self, changes: Vec<Change>) -> Result<(), JournalError> {
        self.submit(changes, None).await.map(|_| ())
    }
    async fn scrub_freed(&self) -> Result<(), DatabaseError> {
        // `secure_delete` has overwritten what was deleted in the pages themselves; older versions of those pages are left
        // in the write-ahead log, which is written back and cut to nothing here.
        let unavailable = |e: String| DatabaseError::Unavailable(e);
        let path = self.path.clone();
        let cut = move || {
            let c = connect(&path, &Options::default()).map_err(|e| unavailable(e.to_string()))?;
            let busy: i64 = c
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
                .map_err(|e| unavailable(e.to_string()))?;
            if busy == 0 { Ok(()) } else { Err(unavailable("the write-ahead log is in use".to_owned())) }
        };
        tokio::task::spawn_blocking(cut).await.map_err(|e| DatabaseError::Unavailable(e.to_string()))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_sqlite_with_the_wal_reset_fault_is_refused() {
        assert!(matches!(check_version(3_051_002, "3.51.2"), Err(OpenError::OldSqlite { found: "3.51.2" })));
        assert!(check_version(3_051_003, "3.51.3").is_ok());
    }

    #[test]
    fn a_statement_asked_again_with_other_values_is_not_compiled_again() {
        use rusqlite::StatementStatus;
        let dir = tempfile::tempdir().unwrap();
        let options = Options::default();
        drop(SqliteDatabase::open(&dir.path().join("a.db"), &options).unwrap());
        let c = connect(&dir.path().join("a.db"), &options).unwrap();
        let mut look = c.prepare("SELECT customer FROM record WHERE id = ?1 AND object = ?2").unwrap();
        for n in 0..5u8 {
            assert!(!look.exists(rusqlite::params![[n; 16], format!("object{n}")]).unwrap());
        }
        assert_eq!(look.get_status(StatementStatus::RePrepare), 0);
    }
}
