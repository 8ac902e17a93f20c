//! PostgreSQL's own programs, run as a user that may run them.

use std::fs::File;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::PostgresError;

/// Where Debian's package `postgresql-15` puts the server's programs.
pub const PROGRAMS: &str = "/usr/lib/postgresql/15/bin";

/// The user the server runs as: ourselves, or `postgres` when we are root.
#[derive(Debug, Clone, Copy)]
pub struct RunAs(Option<(u32, u32)>);

fn file_error(what: &'static str) -> impl FnOnce(std::io::Error) -> PostgresError {
    move |error| PostgresError::File { what, error }
}

impl RunAs {
    pub fn find() -> Result<Self, PostgresError> {
        if !Path::new(PROGRAMS).join("initdb").exists() {
            return Err(PostgresError::NotInstalled(PROGRAMS));
        }
        let us = std::fs::metadata("/proc/self").map_err(file_error("cannot read /proc/self"))?;
        if us.uid() != 0 {
            return Ok(Self(None));
        }
        let users = std::fs::read_to_string("/etc/passwd").map_err(file_error("cannot read /etc/passwd"))?;
        let line = users.lines().find(|l| l.starts_with("postgres:")).ok_or(PostgresError::NoUser)?;
        let mut ids = line.split(':').skip(2).map(str::parse);
        match (ids.next(), ids.next()) {
            (Some(Ok(uid)), Some(Ok(gid))) => Ok(Self(Some((uid, gid)))),
            _ => Err(PostgresError::NoUser),
        }
    }

    /// Makes the folder if need be, for this user alone.
    pub fn own_folder(self, path: &Path) -> Result<(), PostgresError> {
        std::fs::create_dir_all(path).map_err(file_error("cannot make the cluster's folder"))?;
        let mode = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(path, mode).map_err(file_error("cannot close the cluster's folder to others"))?;
        if let Some((uid, gid)) = self.0 {
            chown(path, Some(uid), Some(gid)).map_err(file_error("cannot give the cluster's folder to `postgres`"))?;
        }
        Ok(())
    }

    /// Runs one of the programs to its end and gives back what it wrote.
    pub fn run(self, program: &'static str, arguments: &[&str]) -> Result<String, PostgresError> {
        let failed = |output: String| PostgresError::Program { program, output };
        let mut command = Command::new(PathBuf::from(PROGRAMS).join(program));
        // A server must not keep the test's standard output open after the test has ended.
        let out = tempfile()?;
        let copy = out.try_clone().map_err(file_error("cannot take a program's output"))?;
        let write = out.try_clone().map_err(file_error("cannot take a program's output"))?;
        command.args(arguments).current_dir("/").env_clear().env("LC_ALL", "C").env("PATH", PROGRAMS);
        command.stdin(Stdio::null()).stdout(write).stderr(copy);
        if let Some((uid, gid)) = self.0 {
            command.uid(uid).gid(gid);
        }
        let status = command.status().map_err(|e| failed(e.to_string()))?;
        let said = read_all(out)?;
        if status.success() { Ok(said) } else { Err(failed(said)) }
    }
}

/// A file without a name, so that nothing is left behind.
fn tempfile() -> Result<File, PostgresError> {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("whosaw-testkit-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let path = std::env::temp_dir().join(name);
    let file = File::options().create_new(true).read(true).write(true).open(&path);
    let file = file.map_err(file_error("cannot make a temporary file"))?;
    std::fs::remove_file(&path).map_err(file_error("cannot remove a temporary file"))?;
    Ok(file)
}

fn read_all(mut file: File) -> Result<String, PostgresError> {
    use std::io::{Read, Seek};
    let mut bytes = Vec::new();
    file.rewind().and_then(|()| file.read_to_end(&mut bytes)).map_err(file_error("cannot read a program's output"))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
