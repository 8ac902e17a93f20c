//! The growing tree: its size and the roots of the perfect subtrees along its right edge.
//!
//! Appending is O(1) amortized and O(log n) at worst; the state is one hash per set bit of the size. Nothing else is
//! needed to compute every later root.
//!
//! ```
//! use ledger::{TreeState, hash};
//! let mut tree = TreeState::default();
//! tree.append(hash::leaf_hash(b"first"));
//! tree.append(hash::leaf_hash(b"second"));
//! assert_eq!(TreeState::from_bytes(&tree.to_bytes()).unwrap().root(), tree.root());
//! ```

use crate::MAX_TREE_SIZE;
use crate::hash::{EMPTY_ROOT, HASH_BYTES, Hash, node_hash};
use crate::proof::HashReader;

/// Why a state cannot be read or extended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    #[error("a tree of {size} leaves has {expected} frontier hashes, not {found} bytes")]
    FrontierLength { size: u64, expected: u32, found: usize },
    #[error("the tree state is cut short")]
    Short,
    #[error("a tree of {0} leaves is too large")]
    TooLarge(u64),
    #[error("a subtree of height {height} does not fit behind {size} leaves")]
    Unaligned { size: u64, height: u8 },
}

/// Size and frontier of an RFC 6962 tree.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TreeState {
    size: u64,
    // INVARIANT: one root per set bit of `size`, the largest subtree first.
    frontier: Vec<Hash>,
}

impl TreeState {
    /// Number of leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Roots of the perfect subtrees the leaves fall into, from left (largest) to right.
    pub fn frontier(&self) -> &[Hash] {
        &self.frontier
    }

    /// Appends one leaf by its leaf hash ([`crate::hash::leaf_hash`]).
    pub fn append(&mut self, leaf_hash: Hash) {
        self.merge(0, leaf_hash, |_, _| ());
    }

    /// As [`Self::append`]; hands over the root of every perfect subtree that the leaf completes, with its height,
    /// beginning with the leaf itself at height 0.
    pub fn append_noting(&mut self, leaf_hash: Hash, completed: impl FnMut(u8, &Hash)) {
        self.merge(0, leaf_hash, completed);
    }

    /// Appends a perfect subtree of 2^`height` leaves by its root.
    ///
    /// # Errors
    /// The tree does not end on a multiple of 2^`height`, or would grow too large.
    pub fn append_subtree(&mut self, height: u8, root: Hash) -> Result<(), TreeError> {
        let size = self.size;
        let leaves = 1_u64.checked_shl(height.into()).ok_or(TreeError::Unaligned { size, height })?;
        if !size.is_multiple_of(leaves) {
            return Err(TreeError::Unaligned { size, height });
        }
        match size.checked_add(leaves) {
            Some(grown) if grown <= MAX_TREE_SIZE => self.merge(height, root, |_, _| ()),
            _ => return Err(TreeError::TooLarge(size)),
        }
        Ok(())
    }

    fn merge(&mut self, height: u8, mut root: Hash, mut completed: impl FnMut(u8, &Hash)) {
        completed(height, &root);
        let mut at = height;
        while (self.size >> at) & 1 == 1 {
            if let Some(left) = self.frontier.pop() {
                root = node_hash(&left, &root);
            }
            at += 1;
            completed(at, &root);
        }
        self.frontier.push(root);
        self.size = self.size.saturating_add(1 << height);
    }

    /// Root over all leaves (RFC 6962 section 2.1); SHA-256 of nothing for an empty tree.
    pub fn root(&self) -> Hash {
        let mut roots = self.frontier.iter().rev();
        let Some(last) = roots.next() else { return EMPTY_ROOT };
        roots.fold(*last, |right, left| node_hash(left, &right))
    }

    /// Size (u64 big-endian), then the frontier, 32 bytes each.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = self.size.to_be_bytes().to_vec();
        out.extend(self.frontier.iter().flatten());
        out
    }

    /// Reads [`Self::to_bytes`].
    ///
    /// # Errors
    /// The number of hashes is not the number of set bits of the size, or the size is beyond [`MAX_TREE_SIZE`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TreeError> {
        let (size, rest) = bytes.split_first_chunk::<8>().ok_or(TreeError::Short)?;
        let size = u64::from_be_bytes(*size);
        if size > MAX_TREE_SIZE {
            return Err(TreeError::TooLarge(size));
        }
        let (frontier, odd) = rest.as_chunks::<HASH_BYTES>();
        if !odd.is_empty() || frontier.len() != size.count_ones() as usize {
            return Err(TreeError::FrontierLength { size, expected: size.count_ones(), found: rest.len() });
        }
        Ok(Self { size, frontier: frontier.to_vec() })
    }

    /// The state of the first `size` leaves of a tree whose subtree roots `hashes` can read.
    ///
    /// # Errors
    /// A hash cannot be read. `size` is cut to [`MAX_TREE_SIZE`].
    pub fn read<R: HashReader>(hashes: &R, size: u64) -> Result<Self, R::Error> {
        let mut state = Self::default();
        state.read_up_to(hashes, size.min(MAX_TREE_SIZE))?;
        Ok(state)
    }

    /// Grows to `size` leaves by the subtree roots that `hashes` reads, O(log n) of them.
    ///
    /// # Errors
    /// A hash cannot be read.
    pub fn read_up_to<R: HashReader>(&mut self, hashes: &R, size: u64) -> Result<(), R::Error> {
        while self.size < size {
            // The largest perfect subtree that begins here and does not reach beyond `size`.
            let room = (size - self.size).ilog2();
            let height = u8::try_from(self.size.trailing_zeros().min(room)).unwrap_or(0);
            let root = hashes.read_hash(height, self.size >> height)?;
            self.merge(height, root, |_, _| ());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::leaf_hash;

    fn naive(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => EMPTY_ROOT,
            [leaf] => *leaf,
            _ => {
                let half = leaves.len().next_power_of_two() / 2;
                node_hash(&naive(&leaves[..half]), &naive(&leaves[half..]))
            }
        }
    }

    #[test]
    fn the_root_is_that_of_the_definition() {
        let leaves: Vec<Hash> = (0..300_u32).map(|i| leaf_hash(&i.to_be_bytes())).collect();
        let mut tree = TreeState::default();
        for (i, leaf) in leaves.iter().enumerate() {
            assert_eq!(tree.root(), naive(&leaves[..i]));
            tree.append(*leaf);
            assert_eq!(TreeState::from_bytes(&tree.to_bytes()), Ok(tree.clone()));
        }
    }

    #[test]
    fn a_state_with_a_wrong_number_of_hashes_is_refused() {
        let mut tree = TreeState::default();
        for _ in 0..7 {
            tree.append([1; 32]);
        }
        let bytes = tree.to_bytes();
        assert!(TreeState::from_bytes(&bytes[..bytes.len() - 1]).is_err());
        assert!(TreeState::from_bytes(&bytes[..bytes.len() - 32]).is_err());
        assert!(TreeState::from_bytes(&[bytes.as_slice(), &[0; 32]].concat()).is_err());
        assert_eq!(TreeState::from_bytes(&bytes[..7]), Err(TreeError::Short));
        assert_eq!(TreeState::from_bytes(&[0xff; 8]), Err(TreeError::TooLarge(u64::MAX)));
    }

    #[test]
    fn subtrees_go_only_where_they_fit() {
        let mut tree = TreeState::default();
        tree.append_subtree(8, [1; 32]).unwrap();
        tree.append([2; 32]);
        assert_eq!(tree.append_subtree(1, [3; 32]), Err(TreeError::Unaligned { size: 257, height: 1 }));
        assert!(tree.append_subtree(64, [3; 32]).is_err());
        let mut huge = TreeState::default();
        huge.append_subtree(62, [1; 32]).unwrap();
        assert_eq!(huge.append_subtree(62, [1; 32]), Err(TreeError::TooLarge(1 << 62)));
    }
}
