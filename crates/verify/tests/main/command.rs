//! Runs the built binary on files in a folder of its own.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::published::{Published, key};

pub struct Answer {
    pub code: i32,
    pub text: String,
}

/// A folder with a log in `log/` and whatever else a test puts beside it.
pub struct Bench {
    folder: TempDir,
}

impl Bench {
    pub fn new(log: &Published) -> Self {
        let bench = Self { folder: TempDir::new().unwrap() };
        for (path, bytes) in &log.0 {
            bench.put(&format!("log/{path}"), bytes);
        }
        bench
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Runs `whosaw-verify` in the folder, in English.
    pub fn run(&self, args: &[&str]) -> Answer {
        run_in(self.folder.path(), &[args, &["--lang", "en"]].concat(), "C")
    }

    /// Runs it with the log's own key.
    pub fn run_with_key(&self, args: &[&str]) -> Answer {
        let key = key(1).verifier().to_string();
        self.run(&[args, &["--key", &key]].concat())
    }
}

pub fn run_in(folder: &Path, args: &[&str], locale: impl AsRef<OsStr>) -> Answer {
    let mut command = Command::new(env!("CARGO_BIN_EXE_whosaw-verify"));
    let output = command.args(args).current_dir(folder).env("LANG", locale).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    assert!(!text.contains("panicked"), "{args:?}: {text}");
    Answer { code: output.status.code().unwrap(), text }
}
