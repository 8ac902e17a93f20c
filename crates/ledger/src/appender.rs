//! The writer's view of the tree: entries in, finished tiles and bundles out.
//!
//! It holds the tiles and entries of the right edge that are not full yet (at most 255 of each per level, some 40 kB),
//! so that a batch costs hashing alone. After a restart [`Appender::restore`] builds it again from what is on disk.
//!
//! ```
//! let mut log = ledger::Appender::new();
//! let grown = log.extend(&vec![[0_u8; 173]; 300])?;
//! assert_eq!((grown.new_size, grown.tiles.len(), grown.bundles.len()), (300, 1, 1));
//! # Ok::<(), ledger::appender::AppendError>(())
//! ```

use crate::MAX_TREE_SIZE;
use crate::bundle::{self, BundleError, MAX_ENTRY_BYTES};
use crate::hash::{HASH_BYTES, Hash, leaf_hash, perfect_root};
use crate::proof::TileReader;
use crate::tile::{FULL_TILE_BYTES, FULL_WIDTH, TileLevel, TilePath};
use crate::tree::TreeState;

/// Why entries cannot be appended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    #[error("an entry of {0} bytes is too long, at most {MAX_ENTRY_BYTES}")]
    EntryTooLong(usize),
    #[error("the log is full")]
    Full,
}

/// Why the writer's state cannot be built again.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum RestoreError<E> {
    #[error("a log of {size} entries has {expected} in its last bundle, not {found}")]
    EdgeEntries { size: u64, expected: u64, found: usize },
    #[error("the tile {path} has {found} bytes, not 8192")]
    TileLength { path: TilePath, found: usize },
    #[error("tiles and entries on disk give another tree than the recorded state")]
    OtherTree,
    #[error("cannot read a tile: {0}")]
    Read(E),
}

/// A tile or bundle and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    pub path: TilePath,
    pub bytes: Vec<u8>,
}

/// What appending one batch did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    pub old_size: u64,
    pub new_size: u64,
    /// Root of the tree of `new_size`.
    pub root: Hash,
    /// Full tiles of hashes that the batch completed, 8192 bytes each.
    pub tiles: Vec<Tile>,
    /// Full entry bundles that the batch completed.
    pub bundles: Vec<Tile>,
}

/// Hashes of the right-most tile of each level, as long as it is not full.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edge {
    levels: Vec<Vec<u8>>,
}

impl Edge {
    /// Takes the root of a perfect subtree of `height`, all of them in the order the tree completes them: those of 256^L
    /// leaves are the hashes of level L. Returns the level and bytes of a tile that became full.
    pub(crate) fn note(&mut self, height: u8, root: &Hash) -> Option<(u8, Vec<u8>)> {
        if !height.is_multiple_of(8) {
            return None;
        }
        let level = height / 8;
        while self.levels.len() <= usize::from(level) {
            self.levels.push(Vec::with_capacity(FULL_TILE_BYTES));
        }
        let tile = self.levels.get_mut(usize::from(level))?;
        tile.extend_from_slice(root);
        (tile.len() == FULL_TILE_BYTES).then(|| (level, std::mem::replace(tile, Vec::with_capacity(FULL_TILE_BYTES))))
    }

    /// The tiles that are not full: level and bytes, never empty.
    pub(crate) fn partial(&self) -> impl Iterator<Item = (u8, &[u8])> {
        (0..).zip(&self.levels).filter(|(_, bytes)| !bytes.is_empty()).map(|(level, bytes)| (level, bytes.as_slice()))
    }
}

/// Appends entries to a log and renders its tiles.
#[derive(Debug, Clone, Default)]
pub struct Appender {
    tree: TreeState,
    edge: Edge,
    /// The entries behind the last full bundle, already as a bundle.
    bundle: Vec<u8>,
}

impl Appender {
    /// An empty log.
    pub fn new() -> Self {
        Self::default()
    }

    /// Builds the writer again for the log recorded as `state`, from its full tiles and the entries behind the last
    /// full bundle (`state.size() % 256` of them). Reads at most 255 tiles per level.
    ///
    /// # Errors
    /// What is read does not give the root of `state`: something on disk is damaged, and writing on would fork.
    pub fn restore<R: TileReader>(
        state: TreeState,
        tiles: &R,
        edge_entries: Vec<Vec<u8>>,
    ) -> Result<Self, RestoreError<R::Error>> {
        let full = u64::from(FULL_WIDTH);
        let size = state.size();
        if edge_entries.len() as u64 != size % full {
            let found = edge_entries.len();
            return Err(RestoreError::EdgeEntries { size, expected: size % full, found });
        }
        let mut levels = vec![edge_entries.iter().flat_map(|entry| leaf_hash(entry)).collect::<Vec<u8>>()];
        // The tiles of one level are the hashes of the next: only those under its unfinished tile are needed.
        let mut tiles_below = size / full;
        for level_below in 0_u8.. {
            if tiles_below == 0 {
                break;
            }
            let mut hashes = Vec::new();
            for index in (tiles_below - tiles_below % full)..tiles_below {
                let path = TilePath::in_tree(size, TileLevel::Hashes(level_below), index);
                let path = path.ok_or(RestoreError::OtherTree)?;
                let bytes = tiles.read_tile(&path).map_err(RestoreError::Read)?;
                if bytes.len() != FULL_TILE_BYTES {
                    return Err(RestoreError::TileLength { path, found: bytes.len() });
                }
                hashes.extend(perfect_root(&bytes).ok_or(RestoreError::OtherTree)?);
            }
            levels.push(hashes);
            tiles_below /= full;
        }
        let bundle = bundle::encode(&edge_entries).map_err(|_| RestoreError::OtherTree)?;
        let restored = Self { tree: state, edge: Edge { levels }, bundle };
        if restored.tree_from_edge().as_ref() == Some(&restored.tree) {
            Ok(restored)
        } else {
            Err(RestoreError::OtherTree)
        }
    }

    /// The frontier as the edge tiles give it: level by level from the top, every hash a subtree of 256^level leaves.
    fn tree_from_edge(&self) -> Option<TreeState> {
        let mut tree = TreeState::default();
        for (level, bytes) in self.edge.levels.iter().enumerate().rev() {
            for hash in bytes.as_chunks::<HASH_BYTES>().0 {
                tree.append_subtree(u8::try_from(level * 8).ok()?, *hash).ok()?;
            }
        }
        Some(tree)
    }

    pub const fn tree(&self) -> &TreeState {
        &self.tree
    }
    pub const fn size(&self) -> u64 {
        self.tree.size()
    }

    /// Appends a batch, all of it or nothing.
    ///
    /// # Errors
    /// An entry is too long for a bundle, or the log is full.
    pub fn extend(&mut self, batch: &[impl AsRef<[u8]>]) -> Result<Extension, AppendError> {
        if let Some(long) = batch.iter().map(|e| e.as_ref().len()).find(|length| *length > MAX_ENTRY_BYTES) {
            return Err(AppendError::EntryTooLong(long));
        }
        let old_size = self.tree.size();
        if old_size.saturating_add(batch.len() as u64) > MAX_TREE_SIZE {
            return Err(AppendError::Full);
        }
        let mut tiles = Vec::new();
        let mut bundles = Vec::new();
        for entry in batch.iter().map(AsRef::as_ref) {
            let size = self.tree.size() + 1;
            let edge = &mut self.edge;
            self.tree.append_noting(leaf_hash(entry), |height, root| {
                if let Some((level, bytes)) = edge.note(height, root) {
                    tiles.extend(last_full(size, TileLevel::Hashes(level)).map(|path| Tile { path, bytes }));
                }
            });
            bundle::push(&mut self.bundle, entry).map_err(too_long)?;
            if size.is_multiple_of(u64::from(FULL_WIDTH)) {
                let bytes = std::mem::take(&mut self.bundle);
                bundles.extend(last_full(size, TileLevel::Entries).map(|path| Tile { path, bytes }));
            }
        }
        Ok(Extension { old_size, new_size: self.tree.size(), root: self.tree.root(), tiles, bundles })
    }

    /// The tiles and the bundle at the right edge that are not full, as a publisher must write them for this size.
    pub fn partial_tiles(&self) -> Vec<Tile> {
        let tile = |path: TilePath| {
            let bytes = match path.level() {
                TileLevel::Entries => self.bundle.clone(),
                TileLevel::Hashes(level) => self.edge.levels.get(usize::from(level))?.clone(),
            };
            Some(Tile { path, bytes })
        };
        TilePath::partial(self.tree.size()).filter_map(tile).collect()
    }
}

/// The full tile of `level` that ends exactly at leaf `size`.
fn last_full(size: u64, level: TileLevel) -> Option<TilePath> {
    let shift = match level {
        TileLevel::Entries => 8,
        TileLevel::Hashes(level) => 8 * (u32::from(level) + 1),
    };
    TilePath::in_tree(size, level, size.checked_shr(shift)?.checked_sub(1)?)
}

fn too_long(error: BundleError) -> AppendError {
    match error {
        BundleError::EntryTooLong(length) => AppendError::EntryTooLong(length),
        BundleError::Short(_) | BundleError::Trailing(_) => AppendError::Full,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[derive(Default)]
    struct Disk(BTreeMap<TilePath, Vec<u8>>);

    impl TileReader for Disk {
        type Error = String;
        fn read_tile(&self, path: &TilePath) -> Result<Vec<u8>, String> {
            self.0.get(path).cloned().ok_or_else(|| path.to_string())
        }
    }

    fn entry(i: u64) -> Vec<u8> {
        i.to_be_bytes().to_vec()
    }

    #[test]
    fn after_a_restart_the_log_goes_on_as_if_nothing_had_happened() {
        for size in [0, 1, 255, 256, 257, 65_535, 65_536, 65_537, 66_000] {
            let entries: Vec<Vec<u8>> = (0..size).map(entry).collect();
            let mut log = Appender::new();
            let grown = log.extend(&entries).unwrap();
            let disk = Disk(grown.tiles.into_iter().map(|t| (t.path, t.bytes)).collect());
            let edge = entries[entries.len() / 256 * 256..].to_vec();
            let mut again = Appender::restore(log.tree().clone(), &disk, edge.clone()).unwrap();
            assert_eq!(again.partial_tiles(), log.partial_tiles());
            let more: Vec<Vec<u8>> = (size..size + 600).map(entry).collect();
            assert_eq!(again.extend(&more), log.extend(&more));

            let mut other = edge;
            if let Some(last) = other.last_mut() {
                last.push(0);
                let state = TreeState::from_bytes(&{
                    let mut fresh = Appender::new();
                    fresh.extend(&entries).unwrap();
                    fresh.tree().to_bytes()
                });
                assert_eq!(Appender::restore(state.unwrap(), &disk, other).map(|_| ()), Err(RestoreError::OtherTree));
            }
        }
    }

    #[test]
    fn every_tile_and_bundle_of_the_layout_is_rendered_once() {
        let mut log = Appender::new();
        let mut written = BTreeMap::new();
        for batch in 0..90_u64 {
            let entries: Vec<Vec<u8>> = (batch * 777..(batch + 1) * 777).map(entry).collect();
            let grown = log.extend(&entries).unwrap();
            for tile in grown.tiles.into_iter().chain(grown.bundles) {
                assert!(written.insert(tile.path, tile.bytes).is_none());
            }
        }
        written.extend(log.partial_tiles().into_iter().map(|t| (t.path, t.bytes)));
        let all: Vec<TilePath> = TilePath::all(log.size()).collect();
        assert_eq!(written.len(), all.len());
        for path in all {
            let bytes = &written[&path];
            match path.level() {
                TileLevel::Hashes(_) => assert_eq!(bytes.len(), usize::from(path.width()) * 32),
                TileLevel::Entries => {
                    assert_eq!(bundle::decode(bytes, path.width().into()).unwrap().len(), usize::from(path.width()));
                }
            }
        }
    }

    #[test]
    fn an_entry_too_long_leaves_the_log_as_it_was() {
        let mut log = Appender::new();
        assert_eq!(log.extend(&[vec![0; 3], vec![0; 65_536]]), Err(AppendError::EntryTooLong(65_536)));
        assert_eq!(log.size(), 0);
    }
}
