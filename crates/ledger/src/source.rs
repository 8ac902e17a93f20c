//! Where a published log is read from: a folder, a web server, an archive. Implemented outside this crate.

use crate::bundle;
use crate::hash::HASH_BYTES;
use crate::proof::TileReader;
use crate::tile::{FULL_TILE_BYTES, TileLevel, TilePath};

/// Path of the newest checkpoint.
pub const CHECKPOINT_PATH: &str = "checkpoint";
/// Path of the log's own verifier key: convenient, and no proof of anything.
pub const VKEY_PATH: &str = "log.vkey";

/// Why a file of a log cannot be had. Missing is a finding about the log; unreadable is one about the way to it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    #[error("there is no such file")]
    Missing,
    #[error("the file is longer than {0} bytes")]
    TooLong(usize),
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
}

/// Reads files of one published log.
pub trait LogSource {
    /// The file at `path` (relative, `/` between parts), whole.
    ///
    /// # Errors
    /// It is missing, longer than `max_bytes`, or cannot be read. A reader must stop at `max_bytes`.
    fn read(&self, path: &str, max_bytes: usize) -> Result<Vec<u8>, SourceError>;
}

impl<S: LogSource + ?Sized> LogSource for &S {
    fn read(&self, path: &str, max_bytes: usize) -> Result<Vec<u8>, SourceError> {
        (**self).read(path, max_bytes)
    }
}

/// Reads a tile. Where a partial tile is gone, the full one stands in for it, cut to the width (C2SP tlog-tiles lets a
/// log drop partial tiles once the full one exists).
///
/// # Errors
/// Neither can be had. A full bundle too short to be cut comes back as it is, for the caller to refuse.
pub fn read_tile<S: LogSource + ?Sized>(source: &S, path: &TilePath) -> Result<Vec<u8>, SourceError> {
    let limit = match path.level() {
        TileLevel::Entries => bundle::FULL_LEAF_BUNDLE_BYTES,
        TileLevel::Hashes(_) => FULL_TILE_BYTES,
    };
    match source.read(&path.to_string(), limit) {
        Err(SourceError::Missing) if !path.is_full() => {
            let mut bytes = source.read(&path.full().to_string(), limit)?;
            let width = usize::from(path.width());
            let end = match path.level() {
                TileLevel::Hashes(_) => width * HASH_BYTES,
                TileLevel::Entries => bundle::decode_prefix(&bytes, width).map_or(bytes.len(), <[u8]>::len),
            };
            bytes.truncate(end);
            Ok(bytes)
        }
        read => read,
    }
}

/// Gives proofs the tiles of a source.
#[derive(Debug, Clone, Copy)]
pub struct SourceTiles<S>(pub S);

impl<S: LogSource> TileReader for SourceTiles<S> {
    type Error = SourceError;

    fn read_tile(&self, path: &TilePath) -> Result<Vec<u8>, SourceError> {
        read_tile(&self.0, path)
    }
}
