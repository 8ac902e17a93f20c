//! What can be wrong with a log, and what that means.

use serde::Serialize;

use crate::stream::StreamFault;

/// The outcome as a whole. Ordered: of several findings the greatest decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Ok,
    /// Nothing speaks against it, but something needed is missing.
    Incomplete,
    /// Two signed histories, or a newer one taken back.
    Fork,
    /// What is shown is not what was signed.
    Tampered,
    /// No key that is trusted stands behind it.
    Policy,
}

/// One thing found in a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Finding {
    /// A checkpoint (`checkpoint`, or `older 1`, …) that no trusted key stands behind.
    Checkpoint { name: String, reason: String },
    /// An older checkpoint of another log.
    OtherLog { name: String, origin: String },
    /// A file the log must have is not there.
    Missing { path: String },
    /// A file could not be read; the log itself may be whole.
    Unreadable { path: String, reason: String },
    /// A tile or bundle is longer or shorter than its name says.
    Length { path: String },
    /// A tile holds other hashes than the entries give.
    Tile { path: String },
    /// An entry is no leaf of this log.
    Leaf { index: u64, reason: String },
    /// A node's stream is broken at this entry.
    Stream { index: u64, node: u32, fault: StreamFault },
    /// The entries give another root than the checkpoint signs.
    Root,
    /// Files are missing on both ways to the root, so it could not be rebuilt.
    RootUnknown,
    /// An older signed checkpoint has a root that this log never had: two histories.
    Fork { name: String, size: u64 },
    /// An older signed checkpoint has more leaves than this log: the log was set back.
    Rollback { name: String, size: u64 },
    /// An older checkpoint could not be compared, because the log is damaged.
    OlderUnknown { name: String },
}

impl Finding {
    pub const fn verdict(&self) -> Verdict {
        match self {
            Self::Checkpoint { .. } | Self::OtherLog { .. } => Verdict::Policy,
            Self::Length { .. } | Self::Tile { .. } | Self::Leaf { .. } | Self::Stream { .. } | Self::Root => {
                Verdict::Tampered
            }
            Self::Fork { .. } | Self::Rollback { .. } => Verdict::Fork,
            Self::Missing { .. } | Self::Unreadable { .. } | Self::RootUnknown | Self::OlderUnknown { .. } => {
                Verdict::Incomplete
            }
        }
    }
}
