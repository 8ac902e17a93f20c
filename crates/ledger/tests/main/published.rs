//! A published log in memory, and the story it tells.

use std::collections::BTreeMap;

use ledger::proof::{TileHashes, prove_inclusion};
use ledger::source::{CHECKPOINT_PATH, SourceTiles, VKEY_PATH};
use ledger::{Appender, Checkpoint, Hash, Leaf, LeafKind, LogSource, NodeStream, SigningKey, SourceError};

pub const ORIGIN: &str = "whosaw.example/audit";

/// Files of a published log by path.
#[derive(Clone, Default)]
pub struct Published(pub BTreeMap<String, Vec<u8>>);

impl LogSource for Published {
    fn read(&self, path: &str, max_bytes: usize) -> Result<Vec<u8>, SourceError> {
        match self.0.get(path) {
            None => Err(SourceError::Missing),
            Some(bytes) if bytes.len() > max_bytes => Err(SourceError::TooLong(max_bytes)),
            Some(bytes) => Ok(bytes.clone()),
        }
    }
}

pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(ORIGIN, [seed; 32]).unwrap()
}

/// Two nodes write `count` leaves in turns; every hundredth is an erasure.
pub fn story(count: usize) -> Vec<Leaf> {
    let mut nodes = [NodeStream::first(1), NodeStream::first(2)];
    (0..count)
        .map(|i| {
            let kind = match i {
                0 | 1 => LeafKind::NodeStart,
                i if i % 100 == 0 => LeafKind::Erasure,
                _ => LeafKind::Access,
            };
            let mut event_id = [0; 16];
            event_id[8..].copy_from_slice(&(i as u64).to_be_bytes());
            nodes[i % 2].next(Leaf::new(kind, event_id, 1_700_000_000_000 + i as u64))
        })
        .collect()
}

/// The log as a publisher writes it.
pub fn publish(leaves: &[Leaf], signer: &SigningKey) -> Published {
    let mut log = Appender::new();
    let entries: Vec<_> = leaves.iter().map(Leaf::encode).collect();
    let grown = log.extend(&entries).unwrap();
    let mut files = BTreeMap::new();
    let tiles = grown.tiles.into_iter().chain(grown.bundles).chain(log.partial_tiles());
    files.extend(tiles.map(|tile| (tile.path.to_string(), tile.bytes)));
    let note = Checkpoint::new(ORIGIN, grown.new_size, grown.root).unwrap().sign(signer).unwrap();
    files.insert(CHECKPOINT_PATH.to_owned(), note.into_bytes());
    files.insert(VKEY_PATH.to_owned(), signer.verifier().to_string().into_bytes());
    Published(files)
}

impl Published {
    pub fn note(&self) -> String {
        String::from_utf8(self.0[CHECKPOINT_PATH].clone()).unwrap()
    }

    pub fn inclusion(&self, index: u64, size: u64) -> Vec<Hash> {
        let tiles = SourceTiles(self);
        prove_inclusion(&TileHashes::new(&tiles, size), index, size).unwrap()
    }
}
