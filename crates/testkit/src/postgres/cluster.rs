//! The cluster that test processes share, and the two locks that decide who starts and who stops it.

use std::fs::File;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};

use parking_lot::Mutex;

use super::PostgresError;
use super::server::RunAs;

/// A running cluster.
pub struct Cluster {
    run_as: RunAs,
    base: PathBuf,
    data: PathBuf,
    /// Held shared by every process that uses the cluster; who gets it alone is the last one.
    users: File,
}

fn file_error(what: &'static str) -> impl FnOnce(std::io::Error) -> PostgresError {
    move |error| PostgresError::File { what, error }
}

fn lock_file(path: &Path) -> Result<File, PostgresError> {
    let file = File::options().create(true).truncate(false).write(true).open(path);
    file.map_err(file_error("cannot open the cluster's lock file"))
}

impl Cluster {
    /// The cluster of all test processes of this user, started if it does not run.
    ///
    /// # Errors
    /// [`PostgresError`]: not installed, or it does not start.
    pub fn shared() -> Result<Arc<Self>, PostgresError> {
        static HERE: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());
        let mut here = HERE.lock();
        if let Some(cluster) = here.upgrade() {
            return Ok(cluster);
        }
        let cluster = Arc::new(Self::enter()?);
        *here = Arc::downgrade(&cluster);
        Ok(cluster)
    }

    fn enter() -> Result<Self, PostgresError> {
        let run_as = RunAs::find()?;
        let uid = std::fs::metadata("/proc/self").map_err(file_error("cannot read /proc/self"))?.uid();
        let base = std::env::temp_dir().join(format!("whosaw-postgres-{uid}"));
        run_as.own_folder(&base)?;
        let door = lock_file(&base.join("door"))?;
        door.lock().map_err(file_error("cannot lock the cluster's door"))?;
        let users = lock_file(&base.join("users"))?;
        users.lock_shared().map_err(file_error("cannot enter the cluster"))?;
        let cluster = Self { run_as, data: base.join("data"), base, users };
        if !cluster.answers() {
            cluster.start()?;
        }
        Ok(cluster)
    }

    fn answers(&self) -> bool {
        self.data.exists() && self.sql("SELECT 1").is_ok()
    }

    fn start(&self) -> Result<(), PostgresError> {
        let data = self.data.to_string_lossy();
        if self.data.exists() {
            // Left by a process that was killed, or by a machine that went down: whose state nobody needs.
            let _ = self.run_as.run("pg_ctl", &["-D", &data, "-m", "immediate", "-w", "stop"]);
            std::fs::remove_dir_all(&self.data).map_err(file_error("cannot remove an old cluster"))?;
        }
        self.run_as.own_folder(&self.data)?;
        self.run_as.run(
            "initdb",
            &["-D", &data, "-U", "whosaw", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"],
        )?;
        // `fsync` stays on: what these tests are about is durability.
        let settings = format!(
            "-c listen_addresses= -c unix_socket_directories={} -c max_connections=200 -c shared_buffers=64MB \
             -c max_wal_size=256MB -c deadlock_timeout=200ms",
            self.base.to_string_lossy()
        );
        let log = self.base.join("log");
        let _ = std::fs::remove_file(&log);
        self.run_as.run("pg_ctl", &["-D", &data, "-l", &log.to_string_lossy(), "-o", &settings, "-w", "start"])?;
        Ok(())
    }

    /// Where to connect, as a PostgreSQL URL.
    pub fn url(&self, database: &str) -> String {
        let folder = self.base.to_string_lossy().replace('/', "%2F");
        format!("postgresql://whosaw@{folder}/{database}")
    }

    /// Where the server listens.
    pub(super) fn socket(&self) -> PathBuf {
        self.base.join(".s.PGSQL.5432")
    }

    pub(super) fn sql(&self, statements: &str) -> Result<String, PostgresError> {
        self.sql_in("postgres", statements)
    }

    pub(super) fn sql_in(&self, database: &str, statements: &str) -> Result<String, PostgresError> {
        self.psql(database, &["-q", "-c", statements])
    }
    pub(super) fn sql_with_counts(&self, database: &str, statements: &str) -> Result<String, PostgresError> {
        self.psql(database, &["-c", statements])
    }

    fn psql(&self, database: &str, arguments: &[&str]) -> Result<String, PostgresError> {
        let host = self.base.to_string_lossy();
        let mut all = vec!["-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", &host, "-U", "whosaw", "-d", database];
        all.extend(arguments);
        self.run_as.run("psql", &all)
    }

    pub(super) fn copy(&self, from: &str, to: &str) -> Result<(), PostgresError> {
        let host = self.base.to_string_lossy();
        let file = self.base.join(format!("{to}.dump"));
        let path = file.to_string_lossy();
        self.run_as.run("pg_dump", &["-h", &host, "-U", "whosaw", "-Fc", "-f", &path, from])?;
        self.run_as.run("pg_restore", &["-h", &host, "-U", "whosaw", "-d", to, "--exit-on-error", &path])?;
        std::fs::remove_file(&file).map_err(file_error("cannot remove a dump"))
    }

    pub(super) fn bytes_of(&self, oid: &str) -> Result<Vec<u8>, PostgresError> {
        let failed = file_error("cannot read the database's files");
        let read = || -> std::io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            for entry in std::fs::read_dir(self.data.join("base").join(oid))? {
                // A table that is dropped meanwhile takes its file with it.
                bytes.extend(std::fs::read(entry?.path()).unwrap_or_default());
            }
            Ok(bytes)
        };
        read().map_err(failed)
    }
}

impl Drop for Cluster {
    /// The last one to leave stops the server. The door is locked meanwhile, so nobody enters a house being torn down.
    fn drop(&mut self) {
        let Ok(door) = lock_file(&self.base.join("door")) else { return };
        if door.lock().is_err() || self.users.unlock().is_err() || self.users.try_lock().is_err() {
            return;
        }
        let data = self.data.to_string_lossy();
        if self.run_as.run("pg_ctl", &["-D", &data, "-m", "immediate", "-w", "stop"]).is_ok() {
            let _ = std::fs::remove_dir_all(&self.data);
        }
    }
}
