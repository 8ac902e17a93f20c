//! Copies by PostgreSQL's own programs, which know its formats: `pg_dump` and `pg_restore`, given the address by their
//! environment, so that no password stands on a command line.

use std::path::Path;
use std::process::{Command, Stdio};

use tokio_postgres::config::Host;

use crate::OpenError;
use crate::target::Target;

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    #[error(transparent)]
    Address(#[from] OpenError),
    #[error("`{0}` cannot be run; install the Debian package `postgresql-client`")]
    NotInstalled(&'static str),
    #[error("{program}: {said}")]
    Program { program: &'static str, said: String },
}

/// Writes the whole database, as of one moment, into a new file.
///
/// # Errors
/// [`DumpError`].
pub fn dump(url: &str, ca: Option<&Path>, target: &Path) -> Result<(), DumpError> {
    run("pg_dump", &["--format=custom", "--no-owner", "--no-acl", "--file"], url, ca, target)
}

/// Reads a dump into an empty database: all of it, or nothing.
///
/// # Errors
/// [`DumpError`], also when the database is not empty.
pub fn restore(url: &str, ca: Option<&Path>, source: &Path) -> Result<(), DumpError> {
    let database = Target::new(url, ca)?.config().get_dbname().unwrap_or("postgres").to_owned();
    let arguments = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-acl", "--dbname", &database];
    run("pg_restore", &arguments, url, ca, source)
}

fn run(program: &'static str, arguments: &[&str], url: &str, ca: Option<&Path>, file: &Path) -> Result<(), DumpError> {
    let target = Target::new(url, ca)?;
    let config = target.config();
    let mut command = Command::new(program);
    // Without a password nobody is asked for one.
    command
        .arg("--no-password")
        .args(arguments)
        .arg(file)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let hosts = config.get_hosts().iter().map(|host| match host {
        Host::Tcp(name) => name.clone(),
        Host::Unix(path) => path.to_string_lossy().into_owned(),
    });
    command.env("PGHOST", hosts.collect::<Vec<_>>().join(","));
    let ports: Vec<String> = config.get_ports().iter().map(u16::to_string).collect();
    if !ports.is_empty() {
        command.env("PGPORT", ports.join(","));
    }
    if let Some(user) = config.get_user() {
        command.env("PGUSER", user);
    }
    if let Some(password) = config.get_password() {
        command.env("PGPASSWORD", String::from_utf8_lossy(password).as_ref());
    }
    if let Some(name) = config.get_dbname() {
        command.env("PGDATABASE", name);
    }
    if target.is_encrypted() {
        let system = Path::new("/etc/ssl/certs/ca-certificates.crt");
        command.env("PGSSLMODE", "verify-full").env("PGSSLROOTCERT", ca.unwrap_or(system));
    }
    let done = command.output().map_err(|_| DumpError::NotInstalled(program))?;
    if done.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    // The first line names the fault; those after it may quote a row.
    Err(DumpError::Program { program, said: said.lines().next().unwrap_or("failed without a word").to_owned() })
}
