//! The walk over a log's entries from left to right.

use super::older::Older;
use super::{Finding, LogReport};
use crate::appender::Edge;
use crate::bundle;
use crate::checkpoint::Checkpoint;
use crate::hash::{HASH_BYTES, Hash, leaf_hash};
use crate::leaf::Leaf;
use crate::source::{LogSource, read_tile};
use crate::stream::StreamChecker;
use crate::tile::{TileLevel, TilePath};
use crate::tree::TreeState;

pub(super) fn walk<S: LogSource + ?Sized>(
    source: &S,
    checkpoint: &Checkpoint,
    older: &[Older],
    report: &mut LogReport,
) {
    let mut stops: Vec<u64> = older.iter().map(|o| o.checkpoint.size).collect();
    stops.sort_unstable();
    let mut walk = Walk {
        source,
        size: checkpoint.size,
        report,
        tree: TreeState::default(),
        edge: Edge::default(),
        streams: StreamChecker::default(),
        stops: stops.into(),
        roots: Vec::new(),
    };
    let whole = walk.entries();
    if whole {
        walk.partial_tiles();
    }
    let Walk { tree, roots, report, .. } = walk;

    if !whole {
        report.add(Finding::RootUnknown);
    } else if tree.root() != checkpoint.root {
        report.add(Finding::Root);
    }
    // Only a log that gives its own signed root can tell anything about older ones.
    let authentic = whole && tree.root() == checkpoint.root;
    for Older { name, checkpoint } in older {
        let found = roots.iter().find(|(size, _)| *size == checkpoint.size).map(|(_, root)| root);
        match found {
            Some(root) if authentic && *root == checkpoint.root => report.older_ok += 1,
            Some(_) if authentic => report.add(Finding::Fork { name: name.clone(), size: checkpoint.size }),
            _ => report.add(Finding::OlderUnknown { name: name.clone() }),
        }
    }
}

struct Walk<'a, S: ?Sized> {
    source: &'a S,
    size: u64,
    report: &'a mut LogReport,
    tree: TreeState,
    edge: Edge,
    streams: StreamChecker,
    /// Sizes at which a root is wanted, ascending.
    stops: std::collections::VecDeque<u64>,
    /// Roots the tree had there.
    roots: Vec<(u64, Hash)>,
}

impl<S: LogSource + ?Sized> Walk<'_, S> {
    /// Reads every bundle and its tile. `false` where the tree could not be followed to its end.
    fn entries(&mut self) -> bool {
        self.note_roots();
        for index in 0.. {
            let Some(bundle) = TilePath::in_tree(self.size, TileLevel::Entries, index) else { return true };
            let Some(tile) = TilePath::in_tree(self.size, TileLevel::Hashes(0), index) else { return true };
            let from_entries = self.read_bundle(&bundle);
            let from_tile = self.read_hashes(&tile);
            if let (Some(ours), Some(theirs)) = (&from_entries, &from_tile)
                && ours != theirs
            {
                self.report.add(Finding::Tile { path: tile.to_string() });
            }
            // Without the entries the tree can still be followed by its tile, so that the rest is checked.
            let Some(hashes) = from_entries.or(from_tile) else { return false };
            self.grow(&hashes);
        }
        true
    }

    /// The leaf hashes of a bundle; its leaves and streams are checked on the way.
    fn read_bundle(&mut self, path: &TilePath) -> Option<Vec<u8>> {
        let bytes = self.read(path);
        let entries = bytes.as_deref().and_then(|bytes| {
            let entries = bundle::decode(bytes, path.width().into());
            entries.map_err(|_| self.report.add(Finding::Length { path: path.to_string() })).ok()
        });
        let Some(entries) = entries else {
            self.streams.skip_gap();
            return None;
        };
        let mut hashes = Vec::with_capacity(entries.len() * HASH_BYTES);
        for (index, entry) in (self.tree.size()..).zip(entries) {
            hashes.extend_from_slice(&leaf_hash(entry));
            self.report.entries += 1;
            match Leaf::decode(entry) {
                Err(error) => {
                    self.report.add(Finding::Leaf { index, reason: error.to_string() });
                    self.streams.skip_gap();
                }
                Ok(leaf) => {
                    if let Err(fault) = self.streams.check_encoded(&leaf, entry) {
                        self.report.add(Finding::Stream { index, node: leaf.node, fault });
                    }
                }
            }
        }
        Some(hashes)
    }

    fn read_hashes(&mut self, path: &TilePath) -> Option<Vec<u8>> {
        let bytes = self.read(path)?;
        if bytes.len() == usize::from(path.width()) * HASH_BYTES {
            return Some(bytes);
        }
        self.report.add(Finding::Length { path: path.to_string() });
        None
    }

    fn read(&mut self, path: &TilePath) -> Option<Vec<u8>> {
        read_tile(self.source, path).map_err(|error| self.report.add(Finding::source(&path.to_string(), error))).ok()
    }

    /// Takes the hashes of one level-0 tile into tree and edge; compares every higher tile that becomes full.
    fn grow(&mut self, hashes: &[u8]) {
        let mut full = Vec::new();
        for hash in hashes.as_chunks::<HASH_BYTES>().0 {
            let edge = &mut self.edge;
            self.tree.append_noting(*hash, |height, root| full.extend(edge.note(height, root)));
            self.note_roots();
        }
        let size = self.tree.size();
        for (level, bytes) in full.into_iter().filter(|(level, _)| *level > 0) {
            let number = size.checked_shr(8 * (u32::from(level) + 1)).and_then(|n| n.checked_sub(1));
            let path = number.and_then(|number| TilePath::in_tree(self.size, TileLevel::Hashes(level), number));
            self.compare(path, &bytes);
        }
    }

    /// Compares the unfinished tiles above level 0.
    fn partial_tiles(&mut self) {
        let edge = std::mem::take(&mut self.edge);
        for (level, bytes) in edge.partial().filter(|(level, _)| *level > 0) {
            let number = self.size.checked_shr(8 * (u32::from(level) + 1)).unwrap_or(0);
            self.compare(TilePath::in_tree(self.size, TileLevel::Hashes(level), number), bytes);
        }
    }

    fn compare(&mut self, path: Option<TilePath>, ours: &[u8]) {
        let Some(path) = path else { return };
        if self.read_hashes(&path).is_some_and(|theirs| theirs != ours) {
            self.report.add(Finding::Tile { path: path.to_string() });
        }
    }

    fn note_roots(&mut self) {
        while self.stops.front() == Some(&self.tree.size()) {
            self.stops.pop_front();
            self.roots.push((self.tree.size(), self.tree.root()));
        }
    }
}
