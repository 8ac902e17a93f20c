//! The scrub: rebuilds a part of the ledger from its leaves and compares everything that should follow from them.
//!
//! It looks for what an administrator of the database could have changed: a leaf, a tile, a gap, a node's stream.

use std::ops::Range;

use ledger::tile::{FULL_WIDTH, TileLevel};
use ledger::{Leaf, StreamChecker, TilePath};
use serde::Serialize;

use super::rows::LEAVES;
use super::{PublishError, Publisher};

/// At most so many findings are listed; further ones are counted.
const MAX_LISTED: usize = 100;

/// One thing that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum ScrubFinding {
    /// Leaves are missing from here on.
    Missing { index: u64 },
    /// Bytes that are no leaf.
    Leaf { index: u64, reason: String },
    /// A leaf does not follow its node's previous one.
    Stream { index: u64, reason: String },
    /// A stored tile is missing or not what lies below it gives.
    Tile { path: String },
}

/// What a scrub of the tree found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct LogScrub {
    /// Leaves read.
    pub leaves: u64,
    /// Tiles compared.
    pub tiles: u64,
    /// The first hundred.
    pub findings: Vec<ScrubFinding>,
    pub finding_count: u64,
}

impl LogScrub {
    pub fn is_clean(&self) -> bool {
        self.finding_count == 0
    }
    fn add(&mut self, finding: ScrubFinding) {
        self.finding_count = self.finding_count.saturating_add(1);
        if self.findings.len() < MAX_LISTED {
            self.findings.push(finding);
        }
    }
}

impl Publisher {
    /// Rebuilds entries `range` (widened to whole tiles) and compares every tile over them. The whole log is
    /// `0..u64::MAX`; a doctor does it in parts. Node streams are checked within the range.
    ///
    /// # Errors
    /// The database cannot be read. What is wrong with the ledger is a finding, not an error.
    pub async fn scrub(&self, range: Range<u64>) -> Result<LogScrub, PublishError> {
        let full = u64::from(FULL_WIDTH);
        let size = self.rows.state().await?.size();
        let mut at = range.start.min(size);
        at -= at % full;
        let end = range.end.min(size);
        let first = at;
        let mut report = LogScrub::default();
        let mut streams = StreamChecker::default();
        if at > 0 {
            streams.skip_gap();
        }
        while at < end {
            let count = LEAVES.min(size - at);
            let leaves = match self.rows.leaves(at, count).await {
                Ok(leaves) if leaves.len() as u64 == count => leaves,
                Ok(_) | Err(PublishError::Damaged(_)) => {
                    // Which one is missing is found by its tile below; the part is left at its tile's end.
                    self.scrub_gap(at, count, &mut report).await?;
                    streams.skip_gap();
                    at = at.saturating_add(count);
                    continue;
                }
                Err(error) => return Err(error),
            };
            for (index, bytes) in (at..).zip(&leaves) {
                report.leaves += 1;
                match Leaf::decode(bytes) {
                    Ok(leaf) => {
                        if let Err(fault) = streams.check_encoded(&leaf, bytes) {
                            report.add(ScrubFinding::Stream { index, reason: fault.to_string() });
                        }
                    }
                    Err(error) => {
                        report.add(ScrubFinding::Leaf { index, reason: error.to_string() });
                        streams.skip_gap();
                    }
                }
            }
            for (n, part) in (at / full..).zip(leaves.chunks(FULL_WIDTH.into())) {
                if part.len() == usize::from(FULL_WIDTH) {
                    let hashes: Vec<u8> = part.iter().flat_map(|leaf| ledger::hash::leaf_hash(leaf)).collect();
                    self.compare(0, n, Some(hashes), &mut report).await?;
                }
            }
            at = at.saturating_add(count);
        }
        self.scrub_upper(first, end, size, &mut report).await?;
        Ok(report)
    }

    async fn scrub_gap(&self, first: u64, count: u64, report: &mut LogScrub) -> Result<(), PublishError> {
        for index in first..first.saturating_add(count) {
            if self.rows.leaves(index, 1).await.is_ok_and(|found| found.len() == 1) {
                continue;
            }
            report.add(ScrubFinding::Missing { index });
        }
        Ok(())
    }

    /// The tiles above: each must hold the roots of the full tiles below it.
    async fn scrub_upper(&self, first: u64, end: u64, size: u64, report: &mut LogScrub) -> Result<(), PublishError> {
        for level in 1_u8..8 {
            let shift = 8 * (u32::from(level) + 1);
            let tiles = size.checked_shr(shift).unwrap_or(0);
            if tiles == 0 {
                return Ok(());
            }
            let from = first.checked_shr(shift).unwrap_or(0);
            let to = end.checked_shr(shift).unwrap_or(0).saturating_add(1).min(tiles);
            for n in from..to {
                let full = u64::from(FULL_WIDTH);
                let below = self.rows.full_tiles(level - 1, n * full, (n + 1) * full).await?;
                let roots: Option<Vec<_>> = below.iter().map(|(_, bytes)| ledger::hash::perfect_root(bytes)).collect();
                let roots = roots.filter(|r| r.len() as u64 == full).map(|r| r.into_iter().flatten().collect());
                self.compare(level, n, roots, report).await?;
            }
        }
        Ok(())
    }

    async fn compare(
        &self,
        level: u8,
        n: u64,
        expected: Option<Vec<u8>>,
        report: &mut LogScrub,
    ) -> Result<(), PublishError> {
        report.tiles += 1;
        let path = TilePath::new(TileLevel::Hashes(level), n, FULL_WIDTH);
        let path = path.map_err(|e| PublishError::Damaged(e.to_string()))?;
        let stored = self.rows.tile(&path).await?;
        if stored.is_none() || stored != expected {
            report.add(ScrubFinding::Tile { path: path.to_string() });
        }
        Ok(())
    }
}
