//! A log in a folder, and files with a limit on what is read of them.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use ledger::{LogSource, SourceError};

use crate::web::WebLog;

/// Longest key file.
pub const MAX_KEY_BYTES: usize = 4 * 1024;
/// Longest evidence file: some hundred thousand events.
pub const MAX_EVIDENCE_BYTES: usize = 256 * 1024 * 1024;
/// Longest document.
pub const MAX_REPORT_BYTES: usize = 256 * 1024 * 1024;
/// Longest proof file.
pub const MAX_PROOF_BYTES: usize = 256 * 1024;

/// Reads a whole file of at most `max_bytes`.
pub fn read_file(path: &Path, max_bytes: usize) -> Result<Vec<u8>, SourceError> {
    let unreadable = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => SourceError::Missing,
        _ => SourceError::Unreadable(error.to_string()),
    };
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(max_bytes as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > max_bytes { Err(SourceError::TooLong(max_bytes)) } else { Ok(bytes) }
}

/// Where a published log is read from.
pub enum Log {
    Folder(PathBuf),
    Web(WebLog),
}

impl Log {
    /// An address with http:// or https:// is on the web, anything else a folder.
    pub fn at(place: &str) -> Self {
        if place.starts_with("http://") || place.starts_with("https://") {
            Self::Web(WebLog::new(place))
        } else {
            Self::Folder(place.into())
        }
    }

    /// Whether there is anything to check: a folder that does not exist is a mistyped name, not a damaged log.
    pub fn exists(&self) -> bool {
        match self {
            Self::Folder(folder) => folder.is_dir(),
            Self::Web(_) => true,
        }
    }
}

impl LogSource for Log {
    fn read(&self, path: &str, max_bytes: usize) -> Result<Vec<u8>, SourceError> {
        match self {
            Self::Folder(folder) => read_file(&folder.join(path), max_bytes),
            Self::Web(web) => web.read(path, max_bytes),
        }
    }
}
