//! Older checkpoints: each must be a beginning of the log as it is now.

use super::{Finding, LogReport};
use crate::checkpoint::Checkpoint;
use crate::keys::VerifierKey;
use crate::proof::HashReader;
use crate::tree::TreeState;

/// An older checkpoint that can be compared with the log.
pub(super) struct Older {
    pub name: String,
    pub checkpoint: Checkpoint,
}

/// Opens the notes; reports those nobody stands behind, of other logs, or larger than the log.
pub(super) fn open_all(
    notes: &[String],
    trusted: &[VerifierKey],
    newest: &Checkpoint,
    report: &mut LogReport,
) -> Vec<Older> {
    let mut older = Vec::new();
    for (number, note) in (1..).zip(notes) {
        let name = format!("older {number}");
        match Checkpoint::open(note, trusted) {
            Err(error) => report.add(Finding::Checkpoint { name, reason: error.to_string() }),
            Ok(checkpoint) if checkpoint.origin != newest.origin => {
                report.add(Finding::OtherLog { name, origin: checkpoint.origin });
            }
            Ok(checkpoint) if checkpoint.size > newest.size => {
                report.add(Finding::Rollback { name, size: checkpoint.size });
            }
            Ok(checkpoint) => older.push(Older { name, checkpoint }),
        }
    }
    older
}

/// How a newer checkpoint relates to an older one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Continuity {
    /// The older is a beginning of the newer.
    Continues,
    /// Both are signed and contradict each other.
    Forked,
    /// The "newer" has fewer leaves.
    RolledBack,
    /// The hashes read are not those of the newer checkpoint: nothing follows about the two.
    BadHashes,
}

/// Compares two believed checkpoints of one log by the newer tree's subtree roots, O(log n) of them.
///
/// The hashes read are themselves checked: together they must give the newer root. So a wrong tile cannot make two
/// honest checkpoints look forked.
///
/// # Errors
/// A hash cannot be read.
pub fn check_continuity<R: HashReader>(
    hashes: &R,
    older: &Checkpoint,
    newer: &Checkpoint,
) -> Result<Continuity, R::Error> {
    if older.size > newer.size {
        return Ok(Continuity::RolledBack);
    }
    let mut tree = TreeState::read(hashes, older.size)?;
    let older_root = tree.root();
    tree.read_up_to(hashes, newer.size)?;
    Ok(if tree.root() != newer.root {
        Continuity::BadHashes
    } else if older_root != older.root {
        Continuity::Forked
    } else {
        Continuity::Continues
    })
}
