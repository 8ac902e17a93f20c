//! The ledger's rows as the publisher reads them: state, leaves, tiles; partial tiles are rendered from what lies below.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use ledger::proof::TileReader;
use ledger::tile::{FULL_TILE_BYTES, FULL_WIDTH, TileLevel};
use ledger::{Hash, TilePath, TreeState, bundle};
use parking_lot::Mutex;

use super::PublishError;
use crate::{Database, DatabaseError, Query};

/// Leaves read at once.
pub(crate) const LEAVES: u64 = 4096;

/// Reads the ledger's tables.
#[derive(Clone)]
pub(crate) struct LedgerRows(pub(crate) Arc<dyn Database>);

pub(crate) fn int(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn unsigned(n: i64) -> Result<u64, DatabaseError> {
    u64::try_from(n).map_err(|_| DatabaseError::Unexpected { column: 0, expected: "a position" })
}

impl LedgerRows {
    /// Size and frontier; of an empty log where nothing was written yet.
    pub(crate) async fn state(&self) -> Result<TreeState, PublishError> {
        let query = Query::point("SELECT size, root, frontier FROM ledger_state WHERE id = 1", vec![]);
        let rows = self.0.read(query).await?;
        let Some(row) = rows.first() else { return Ok(TreeState::default()) };
        let tree = TreeState::from_bytes(row.bytes(2)?).map_err(|e| PublishError::Damaged(e.to_string()))?;
        if int(tree.size()) != row.int(0)? || tree.root().as_slice() != row.bytes(1)? {
            return Err(PublishError::Damaged("size, root and frontier do not belong together".into()));
        }
        Ok(tree)
    }

    /// The encoded leaves from `first` on, at most `count`.
    ///
    /// # Errors
    /// Also when one of them is missing between others.
    pub(crate) async fn leaves(&self, first: u64, count: u64) -> Result<Vec<Vec<u8>>, PublishError> {
        let sql = "SELECT idx, leaf FROM ledger_leaf WHERE idx >= ?1 AND idx < ?2 ORDER BY idx";
        let params = vec![int(first).into(), int(first.saturating_add(count)).into()];
        let mut out = Vec::new();
        for (expected, row) in (first..).zip(self.0.read(Query::new(sql, params)).await?) {
            if row.int(0)? != int(expected) {
                return Err(PublishError::Damaged(format!("leaf {expected} is missing")));
            }
            out.push(row.bytes(1)?.to_vec());
        }
        Ok(out)
    }

    /// Full tiles `first..end` of one level, each with its number.
    pub(crate) async fn full_tiles(
        &self,
        level: u8,
        first: u64,
        end: u64,
    ) -> Result<Vec<(u64, Vec<u8>)>, DatabaseError> {
        let sql = "SELECT n, hashes FROM ledger_tile WHERE level = ?1 AND n >= ?2 AND n < ?3 ORDER BY n";
        let params = vec![i64::from(level).into(), int(first).into(), int(end).into()];
        let rows = self.0.read(Query::new(sql, params)).await?;
        rows.iter().map(|row| Ok((unsigned(row.int(0)?)?, row.bytes(1)?.to_vec()))).collect()
    }

    /// The bytes of a tile or bundle; `None` where the log has none of that width yet.
    pub(crate) async fn tile(&self, path: &TilePath) -> Result<Option<Vec<u8>>, DatabaseError> {
        let width = u64::from(path.width());
        let Some(first) = path.index().checked_mul(u64::from(FULL_WIDTH)) else { return Ok(None) };
        let whole = |have: usize| have as u64 == width;
        match path.level() {
            TileLevel::Entries => {
                let leaves = self.some_leaves(first, width).await?;
                Ok(if whole(leaves.len()) { bundle::encode(&leaves).ok() } else { None })
            }
            TileLevel::Hashes(level) if path.is_full() => {
                let sql = "SELECT hashes FROM ledger_tile WHERE level = ?1 AND n = ?2";
                let params = vec![i64::from(level).into(), int(path.index()).into()];
                let rows = self.0.read(Query::point(sql, params)).await?;
                let bytes = rows.first().map(|row| row.bytes(0).map(<[u8]>::to_vec)).transpose()?;
                Ok(bytes.filter(|b| b.len() == FULL_TILE_BYTES))
            }
            TileLevel::Hashes(0) => {
                let leaves = self.some_leaves(first, width).await?;
                let hashes = || leaves.iter().flat_map(|leaf| ledger::hash::leaf_hash(leaf)).collect();
                Ok(whole(leaves.len()).then(hashes))
            }
            TileLevel::Hashes(level) => {
                let below = self.full_tiles(level - 1, first, first.saturating_add(width)).await?;
                let roots: Option<Vec<Hash>> =
                    below.iter().map(|(_, bytes)| ledger::hash::perfect_root(bytes)).collect();
                Ok(roots.filter(|r| whole(r.len())).map(|r| r.into_iter().flatten().collect()))
            }
        }
    }

    async fn some_leaves(&self, first: u64, count: u64) -> Result<Vec<Vec<u8>>, DatabaseError> {
        match self.leaves(first, count).await {
            Ok(leaves) => Ok(leaves),
            Err(PublishError::Database(error)) => Err(error),
            // A gap: what lies behind it is not served.
            Err(_) => Ok(vec![]),
        }
    }

    /// Runs a computation over tiles, fetching those it turns out to need, until it needs no more.
    ///
    /// # Errors
    /// A tile it needs is not there.
    pub(crate) async fn with_tiles<T, E>(
        &self,
        tiles: &Tiles,
        compute: impl Fn(&Tiles) -> Result<T, E>,
    ) -> Result<Result<T, E>, PublishError> {
        loop {
            let result = compute(tiles);
            let missing = std::mem::take(&mut *tiles.missing.lock());
            if missing.is_empty() {
                return Ok(result);
            }
            for path in missing {
                let bytes = self.tile(&path).await?;
                let bytes = bytes.ok_or_else(|| PublishError::Damaged(format!("{path} is missing")))?;
                tiles.put(path, bytes);
            }
        }
    }
}

/// Tiles read so far. Asked for another, it notes which.
#[derive(Default)]
pub(crate) struct Tiles {
    have: Mutex<HashMap<TilePath, Vec<u8>>>,
    missing: Mutex<BTreeSet<TilePath>>,
}

/// The tile has not been fetched yet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the tile {0} has not been read")]
pub(crate) struct NotRead(TilePath);

impl Tiles {
    pub(crate) fn put(&self, path: TilePath, bytes: Vec<u8>) {
        self.have.lock().insert(path, bytes);
    }

    /// Lets go of the many tiles of the lowest level, so that proving thousands of events keeps a few hundred tiles.
    pub(crate) fn shrink(&self) {
        let mut have = self.have.lock();
        if have.len() > 256 {
            have.retain(|path, _| path.level() != TileLevel::Hashes(0) || !path.is_full());
        }
    }
}

impl TileReader for Tiles {
    type Error = NotRead;
    fn read_tile(&self, path: &TilePath) -> Result<Vec<u8>, NotRead> {
        if let Some(bytes) = self.have.lock().get(path) {
            return Ok(bytes.clone());
        }
        self.missing.lock().insert(*path);
        Err(NotRead(*path))
    }
}
