//! Checks a whole published log against its signed checkpoint.
//!
//! It trusts the given keys and nothing else. The root is rebuilt from the entries; every tile must equal what the
//! entries give; every node's stream must be gap-free; every older checkpoint must be a beginning of this log. Entries
//! are read once, from left to right; memory holds one bundle and the unfinished right edge.
//!
//! A log that was changed and one that is forked differ: where the log does not give the root of its own checkpoint it
//! was changed; where it does, and an older signed checkpoint has another root, the log's key signed two histories.
//!
//! ```no_run
//! # fn run(source: impl ledger::LogSource, key: ledger::VerifierKey) {
//! let report = ledger::check_log(&source, &[key], &[]);
//! assert_eq!(report.verdict, ledger::log_check::Verdict::Ok);
//! # }
//! ```

mod finding;
mod older;
mod walk;

pub use finding::{Finding, Verdict};
pub use older::{Continuity, check_continuity};

use serde::Serialize;

use crate::checkpoint::{Checkpoint, MAX_NOTE_BYTES};
use crate::keys::VerifierKey;
use crate::source::{CHECKPOINT_PATH, LogSource, SourceError};

/// At most so many findings are listed; further ones are counted.
pub const MAX_LISTED: usize = 100;

/// What a check of a log found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogReport {
    pub verdict: Verdict,
    /// The checkpoint, where it could be believed.
    pub origin: Option<String>,
    pub size: Option<u64>,
    /// Base64 of the signed root.
    pub root: Option<String>,
    /// Entries read and checked.
    pub entries: u64,
    /// Older checkpoints that are a beginning of this log.
    pub older_ok: usize,
    /// The first [`MAX_LISTED`] findings, in the order found.
    pub findings: Vec<Finding>,
    /// How many there were altogether.
    pub finding_count: u64,
}

impl LogReport {
    const fn new() -> Self {
        Self {
            verdict: Verdict::Ok,
            origin: None,
            size: None,
            root: None,
            entries: 0,
            older_ok: 0,
            findings: Vec::new(),
            finding_count: 0,
        }
    }

    fn add(&mut self, finding: Finding) {
        self.verdict = self.verdict.max(finding.verdict());
        self.finding_count = self.finding_count.saturating_add(1);
        if self.findings.len() < MAX_LISTED {
            self.findings.push(finding);
        }
    }
}

/// Checks the log that `source` shows. `older` are notes of checkpoints seen earlier: each must be signed by a trusted
/// key and be a beginning of this log.
pub fn check_log<S: LogSource + ?Sized>(source: &S, trusted: &[VerifierKey], older: &[String]) -> LogReport {
    let mut report = LogReport::new();
    let checkpoint = match read_checkpoint(source, trusted) {
        Ok(checkpoint) => checkpoint,
        Err(finding) => {
            report.add(finding);
            return report;
        }
    };
    report.origin = Some(checkpoint.origin.clone());
    report.size = Some(checkpoint.size);
    report.root = Some(crate::hash::b64::encode(&checkpoint.root));

    let older = older::open_all(older, trusted, &checkpoint, &mut report);
    walk::walk(source, &checkpoint, &older, &mut report);
    report
}

/// Reads and believes the newest checkpoint of a log.
///
/// # Errors
/// The finding to report: missing, unreadable, of another form, or not signed by a trusted key.
pub fn read_checkpoint<S: LogSource + ?Sized>(source: &S, trusted: &[VerifierKey]) -> Result<Checkpoint, Finding> {
    let bytes =
        source.read(CHECKPOINT_PATH, MAX_NOTE_BYTES).map_err(|error| Finding::source(CHECKPOINT_PATH, error))?;
    let untrusted = |reason: String| Finding::Checkpoint { name: CHECKPOINT_PATH.into(), reason };
    let note = String::from_utf8(bytes).map_err(|_| untrusted("the checkpoint is not text".into()))?;
    Checkpoint::open(&note, trusted).map_err(|error| untrusted(error.to_string()))
}

impl Finding {
    fn source(path: &str, error: SourceError) -> Self {
        let path = path.to_owned();
        match error {
            SourceError::Missing => Self::Missing { path },
            SourceError::TooLong(_) => Self::Length { path },
            SourceError::Unreadable(reason) => Self::Unreadable { path, reason },
        }
    }
}
