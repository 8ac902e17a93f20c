//! Faults of the disk at a chosen file operation of a child process: it fails, it fails although it was done, or the process
//! ends there.
//!
//! A small library (`shim.c`) stands between the program and the C library and counts what the program does to the files of
//! one folder. A first run without a fault says which operations there are; then each can be made to fail. Why not a tracer:
//! `docs/decisions/0015`.
//!
//! ```no_run
//! use std::process::Command;
//! use testkit::faults::{Fault, How, Shim};
//! let shim = Shim::build();
//! let (folder, trace) = ("/tmp/example".as_ref(), "/tmp/trace".as_ref());
//! let mut program = Command::new("whosaw");
//! shim.load(&mut program, folder, trace);
//! let fault = Fault { call: "fdatasync".into(), nth: 3, lasting: false, how: How::Error };
//! fault.set(&mut program);
//! ```

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

const SOURCE: &str = include_str!("shim.c");

/// The calls that are counted.
pub const CALLS: [&str; 9] =
    ["open", "write", "pwrite", "fsync", "fdatasync", "ftruncate", "rename", "unlink", "mkdir"];

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// Not done; `EIO` is returned.
    Error,
    /// Not done; `ENOSPC` is returned.
    Full,
    /// Done; `EIO` is returned all the same.
    Kept,
    /// Half of the bytes are written; `ENOSPC` is returned. Of other calls than writes: as [`How::Kept`].
    Torn,
    /// Not done; the process ends by `SIGKILL`.
    Kill,
}

impl How {
    fn word(self) -> &'static str {
        match self {
            How::Error => "EIO",
            How::Full => "ENOSPC",
            How::Kept => "kept",
            How::Torn => "torn",
            How::Kill => "KILL",
        }
    }
}

/// One call and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// One of [`CALLS`].
    pub call: String,
    /// From 1.
    pub nth: u64,
    /// Whether every later one of the same name fails alike.
    pub lasting: bool,
    pub how: How,
}

impl Fault {
    /// Sets it for a program that has the shim loaded.
    pub fn set(&self, program: &mut Command) {
        let lasting = if self.lasting { "+" } else { "" };
        program.env("WHOSAW_FAULT", format!("{} {}{lasting} {}", self.call, self.nth, self.how.word()));
    }
}

/// One call that was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub name: String,
    /// Its number among those of its name.
    pub nth: u64,
    /// Whether it was the one with the fault.
    pub hit: bool,
    /// The file, below the folder.
    pub path: String,
}

/// The calls in the order in which they were made.
///
/// # Panics
/// Where the file is not there or not what the shim writes.
#[allow(clippy::panic, clippy::expect_used, reason = "a test whose trace is missing must fail")]
pub fn read_trace(trace: &Path) -> Vec<Call> {
    let text = std::fs::read_to_string(trace).unwrap_or_else(|e| panic!("no trace of the shim: {e}"));
    let line = |line: &str| {
        let mut parts = line.splitn(4, ' ');
        let mut next = || parts.next().expect("a line of the trace has four parts").to_owned();
        let (name, nth, how, path) = (next(), next(), next(), next());
        Call { name, nth: nth.parse().expect("calls are numbered"), hit: how != "-", path }
    };
    text.lines().map(line).collect()
}

/// The shim, built.
#[derive(Debug, Clone)]
pub struct Shim(PathBuf);

impl Shim {
    /// Builds it with the C compiler that the project is built with.
    ///
    /// # Panics
    /// Where there is no C compiler: `scripts/packages.sh build` installs it.
    #[allow(clippy::panic, clippy::expect_used, reason = "a test without its faults must fail, and say why")]
    pub fn build() -> Self {
        use std::hash::{DefaultHasher, Hash as _, Hasher as _};
        let mut hasher = DefaultHasher::new();
        SOURCE.hash(&mut hasher);
        // Beside the test's program: nobody else can put a file of theirs there, and it is built once for all tests.
        let program = std::env::current_exe().expect("a test knows its program");
        let library = program.with_file_name(format!("whosaw-shim-{:x}.so", hasher.finish()));
        if !library.exists() {
            static NUMBER: AtomicU32 = AtomicU32::new(0);
            let own = format!("{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
            let part = program.with_extension(format!("{own}.so"));
            let source = program.with_extension(format!("{own}.c"));
            std::fs::write(&source, SOURCE).expect("the shim's source is written");
            let mut compiler = Command::new("cc");
            compiler.args(["-std=c11", "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o"]);
            let said = compiler.arg(&part).arg(&source).output().expect("a C compiler is installed");
            assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
            std::fs::remove_file(&source).expect("the shim's source is removed");
            std::fs::rename(&part, &library).expect("the shim gets its name");
        }
        Self(library)
    }

    /// Loads it into a program: files in `folder` count, and what is done to them is written to `trace`, outside of it.
    pub fn load(&self, program: &mut Command, folder: &Path, trace: &Path) {
        program
            .env("LD_PRELOAD", &self.0)
            .env("WHOSAW_FAULT_UNDER", folder)
            .env("WHOSAW_FAULT_TRACE", trace)
            .env_remove("WHOSAW_FAULT")
            .env_remove("WHOSAW_FAULT_ARMED");
    }

    /// Lets nothing count before this file is there.
    pub fn armed_by(program: &mut Command, file: &Path) {
        program.env("WHOSAW_FAULT_ARMED", file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `dd` of a line into a file, and what is in the file afterwards.
    fn written(how: Option<How>) -> (bool, Vec<u8>, Vec<Call>) {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let n = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("whosaw-shim-test-{}-{n}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (from, to, trace) = (folder.join("from"), folder.join("in/to"), folder.join("trace"));
        std::fs::create_dir_all(folder.join("in")).unwrap();
        std::fs::write(&from, "12345678").unwrap();
        let mut dd = Command::new("dd");
        dd.arg(format!("if={}", from.display())).arg(format!("of={}", to.display())).arg("conv=fsync");
        Shim::build().load(&mut dd, &folder.join("in"), &trace);
        if let Some(how) = how {
            Fault { call: "write".into(), nth: 1, lasting: false, how }.set(&mut dd);
        }
        let done = dd.output().unwrap().status.success();
        let result = (done, std::fs::read(&to).unwrap_or_default(), read_trace(&trace));
        std::fs::remove_dir_all(folder).unwrap();
        result
    }

    #[test]
    fn a_call_is_counted_and_does_what_it_did() {
        let (done, bytes, calls) = written(None);
        assert!(done && bytes == b"12345678");
        let names: Vec<_> = calls.iter().map(|c| (c.name.as_str(), c.nth, c.hit, c.path.as_str())).collect();
        assert!(
            names.contains(&("write", 1, false, "/to")) && names.contains(&("fsync", 1, false, "/to")),
            "{names:?}"
        );
    }

    #[test]
    fn a_fault_is_what_it_says() {
        for (how, left) in
            [(How::Error, &b""[..]), (How::Full, b""), (How::Kept, b"12345678"), (How::Torn, b"1234"), (How::Kill, b"")]
        {
            let (done, bytes, calls) = written(Some(how));
            assert!(!done && bytes == left, "{how:?}: {bytes:?}");
            assert_eq!(calls.iter().filter(|c| c.hit).count(), 1, "{calls:?}");
        }
    }
}
