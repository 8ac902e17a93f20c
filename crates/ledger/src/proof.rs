//! Proofs: that a leaf is in the tree (inclusion), that an older tree is the beginning of a newer one (consistency).
//!
//! Algorithms of RFC 6962 sections 2.1.1 and 2.1.2, by the `tlog_tiles` library. Generation reads O(log n) subtree
//! roots through [`HashReader`]; [`TileHashes`] gets them from tiles.
//!
//! ```
//! use ledger::{hash::leaf_hash, proof};
//! // A tree of one leaf is proved by nothing.
//! assert!(proof::check_inclusion(&leaf_hash(b"a"), 0, 1, &[], &leaf_hash(b"a")).is_ok());
//! assert!(proof::check_inclusion(&leaf_hash(b"b"), 0, 1, &[], &leaf_hash(b"a")).is_err());
//! ```

use std::cell::RefCell;
use std::collections::HashMap;

use tlog_tiles::{check_record, check_tree, prove_record, prove_tree, split_stored_hash_index};

use crate::MAX_TREE_SIZE;
use crate::hash::{HASH_BYTES, Hash, perfect_root};
use crate::tile::{FULL_WIDTH, TileLevel, TilePath};

/// Reads roots of perfect subtrees of a tree.
pub trait HashReader {
    type Error;
    /// Root of the subtree over leaves `index << height` up to `(index + 1) << height`, all of which are in the tree.
    ///
    /// # Errors
    /// The hash cannot be had.
    fn read_hash(&self, height: u8, index: u64) -> Result<Hash, Self::Error>;
}

/// Reads tiles of hashes, exactly `path.width()` hashes of 32 bytes each.
pub trait TileReader {
    type Error;
    /// # Errors
    /// The tile cannot be had.
    fn read_tile(&self, path: &TilePath) -> Result<Vec<u8>, Self::Error>;
}

/// The proof does not prove it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadProof {
    #[error("leaf {index} is not in a tree of {size}")]
    Index { index: u64, size: u64 },
    #[error("a tree of {old} leaves is not the beginning of one of {new}")]
    Sizes { old: u64, new: u64 },
    #[error("the proof does not lead to the root")]
    Mismatch,
}

/// Why a proof cannot be made.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProveError<E> {
    #[error(transparent)]
    Range(#[from] BadProof),
    #[error("cannot read the tree: {0}")]
    Read(E),
}

/// Proof that leaf `index` is in the tree of `size` leaves.
///
/// # Errors
/// No such leaf, or a hash cannot be read.
pub fn prove_inclusion<R: HashReader>(hashes: &R, index: u64, size: u64) -> Result<Vec<Hash>, ProveError<R::Error>> {
    if index >= size || size > MAX_TREE_SIZE {
        return Err(BadProof::Index { index, size }.into());
    }
    let bridge = Bridge::new(hashes);
    let proof = prove_record(size, index, &bridge);
    bridge.finish(proof, BadProof::Index { index, size })
}

/// Proof that the tree of `old` leaves is the beginning of that of `new`.
///
/// # Errors
/// `old` is 0 (there is nothing to prove) or larger than `new`, or a hash cannot be read.
pub fn prove_consistency<R: HashReader>(hashes: &R, old: u64, new: u64) -> Result<Vec<Hash>, ProveError<R::Error>> {
    if old == 0 || old > new || new > MAX_TREE_SIZE {
        return Err(BadProof::Sizes { old, new }.into());
    }
    let bridge = Bridge::new(hashes);
    let proof = prove_tree(new, old, &bridge);
    bridge.finish(proof, BadProof::Sizes { old, new })
}

/// Checks [`prove_inclusion`]'s proof.
///
/// # Errors
/// The proof is for another leaf, place or tree.
pub fn check_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> Result<(), BadProof> {
    if index >= size || size > MAX_TREE_SIZE {
        return Err(BadProof::Index { index, size });
    }
    let proof = wrap(proof)?;
    check_record(&proof, size, tlog_tiles::Hash(*root), index, tlog_tiles::Hash(*leaf)).map_err(|_| BadProof::Mismatch)
}

/// Checks [`prove_consistency`]'s proof.
///
/// # Errors
/// `old` is 0 or larger than `new`, or the proof does not connect these two roots.
pub fn check_consistency(old: u64, old_root: &Hash, new: u64, new_root: &Hash, proof: &[Hash]) -> Result<(), BadProof> {
    if old == 0 || old > new || new > MAX_TREE_SIZE {
        return Err(BadProof::Sizes { old, new });
    }
    let proof = wrap(proof)?;
    check_tree(&proof, new, tlog_tiles::Hash(*new_root), old, tlog_tiles::Hash(*old_root))
        .map_err(|_| BadProof::Mismatch)
}

/// A proof in a tree of 2^62 leaves has at most 63 hashes; a longer one is not worth walking.
fn wrap(proof: &[Hash]) -> Result<Vec<tlog_tiles::Hash>, BadProof> {
    if proof.len() > 64 { Err(BadProof::Mismatch) } else { Ok(proof.iter().map(|h| tlog_tiles::Hash(*h)).collect()) }
}

/// Gives the library hashes by its own numbering and keeps our error for afterwards, since its trait has no room for it.
struct Bridge<'a, R: HashReader> {
    hashes: &'a R,
    failure: RefCell<Option<R::Error>>,
}

impl<'a, R: HashReader> Bridge<'a, R> {
    const fn new(hashes: &'a R) -> Self {
        Self { hashes, failure: RefCell::new(None) }
    }

    fn finish(
        self,
        proof: Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error>,
        range: BadProof,
    ) -> Result<Vec<Hash>, ProveError<R::Error>> {
        match (proof, self.failure.into_inner()) {
            (Ok(proof), None) => Ok(proof.into_iter().map(|h| h.0).collect()),
            (_, Some(failure)) => Err(ProveError::Read(failure)),
            (Err(_), None) => Err(range.into()),
        }
    }
}

impl<R: HashReader> tlog_tiles::HashReader for Bridge<'_, R> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        let read = indexes.iter().map(|stored| {
            let (height, index) = split_stored_hash_index(*stored);
            self.hashes.read_hash(height, index).map(tlog_tiles::Hash)
        });
        read.collect::<Result<_, _>>().map_err(|failure| {
            *self.failure.borrow_mut() = Some(failure);
            tlog_tiles::Error::IndexesNotInTree
        })
    }
}

/// Why a subtree root cannot be had from tiles.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum TileHashError<E> {
    #[error("the tree has no such subtree")]
    OutsideTree,
    #[error("the tile {0} has the wrong length")]
    Length(TilePath),
    #[error("{0}")]
    Read(E),
}

/// Subtree roots from the tiles of a tree of `size` leaves. Keeps the tiles it read: a proof's hashes share them.
pub struct TileHashes<'a, R> {
    tiles: &'a R,
    size: u64,
    read: RefCell<HashMap<TilePath, Vec<u8>>>,
}

impl<'a, R: TileReader> TileHashes<'a, R> {
    const KEPT_TILES: usize = 64;

    pub fn new(tiles: &'a R, size: u64) -> Self {
        Self { tiles, size, read: RefCell::default() }
    }
}

impl<R: TileReader> HashReader for TileHashes<'_, R> {
    type Error = TileHashError<R::Error>;

    fn read_hash(&self, height: u8, index: u64) -> Result<Hash, Self::Error> {
        // Level L holds the roots of height 8L; one of height 8L + r is folded from 2^r of them.
        let (level, fold) = (height / 8, height % 8);
        let outside = || TileHashError::OutsideTree;
        let first = index.checked_mul(1 << fold).ok_or_else(outside)?;
        let tile_index = first / u64::from(FULL_WIDTH);
        let path = TilePath::in_tree(self.size, TileLevel::Hashes(level), tile_index).ok_or_else(outside)?;
        let start = usize::try_from(first % u64::from(FULL_WIDTH)).map_err(|_| outside())? * HASH_BYTES;
        let end = start + (HASH_BYTES << fold);

        let mut read = self.read.borrow_mut();
        if !read.contains_key(&path) {
            let bytes = self.tiles.read_tile(&path).map_err(TileHashError::Read)?;
            if bytes.len() != usize::from(path.width()) * HASH_BYTES {
                return Err(TileHashError::Length(path));
            }
            if read.len() >= Self::KEPT_TILES {
                read.clear();
            }
            read.insert(path, bytes);
        }
        read.get(&path).and_then(|bytes| bytes.get(start..end)).and_then(perfect_root).ok_or_else(outside)
    }
}
