//! The ledger 审计日志: an append-only log of accesses that an outsider can check without trusting whoever runs it.
//!
//! It keeps one rule: everything here is a pure function of its arguments. No file, socket, clock or random number
//! is touched; readers are traits, salts and key seeds are handed in. So the server that writes the log and the
//! verifier that doubts it run the same code.
//!
//! The tree is RFC 6962 with SHA-256, published as C2SP tlog-tiles under signed checkpoints (`docs/ledger.md`).
//!
//! ```
//! use ledger::{Appender, Checkpoint, Leaf, LeafKind, NodeStream, SigningKey, VerifierKey};
//!
//! let key = SigningKey::from_seed("whosaw.example/audit", [7; 32])?;
//! let mut stream = NodeStream::first(1);
//! let start = stream.next(Leaf::new(LeafKind::NodeStart, [0; 16], 1_700_000_000_000));
//!
//! let mut log = Appender::new();
//! let grown = log.extend(&[start.encode()])?;
//! let note = Checkpoint::new("whosaw.example/audit", grown.new_size, grown.root)?.sign(&key)?;
//! let trusted: VerifierKey = key.verifier().clone();
//! assert_eq!(Checkpoint::open(&note, &[trusted])?.size, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod appender;
pub mod bundle;
pub mod checkpoint;
pub mod commitment;
pub mod evidence;
pub mod hash;
pub mod keys;
pub mod leaf;
pub mod log_check;
pub mod proof;
pub mod source;
pub mod stream;
pub mod tile;
pub mod tlog_proof;
pub mod tree;

pub use appender::{Appender, Extension};
pub use checkpoint::Checkpoint;
pub use commitment::{Group, commit, object_root};
pub use evidence::{Evidence, check_evidence};
pub use hash::Hash;
pub use keys::{SigningKey, VerifierKey};
pub use leaf::{Leaf, LeafDecision, LeafKind};
pub use log_check::{LogReport, check_log};
pub use source::{LogSource, SourceError};
pub use stream::{NodeStream, StreamChecker};
pub use tile::TilePath;
pub use tlog_proof::TlogProof;
pub use tree::TreeState;

/// Trees beyond this many leaves are refused: at a million leaves a second they would take 146,000 years to fill,
/// and the arithmetic below stays free of overflow.
pub const MAX_TREE_SIZE: u64 = 1 << 62;
