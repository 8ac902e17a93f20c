//! Checking a whole log, against hashing its leaves and nothing else.

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Instant;

use ledger::log_check::Verdict;
use ledger::{Appender, Checkpoint, Leaf, LeafKind, LogSource, NodeStream, SigningKey, SourceError, check_log};
use sha2::{Digest, Sha256};

use crate::Sizes;
use crate::figure::{Figure, Target};
use crate::house::start;
use crate::sample::{Random, Samples, per_second};

/// A published log in memory: what is measured is the check, not the disk.
#[derive(Default)]
struct InMemory(HashMap<String, Vec<u8>>);

impl LogSource for InMemory {
    fn read(&self, path: &str, max_bytes: usize) -> Result<Vec<u8>, SourceError> {
        match self.0.get(path) {
            None => Err(SourceError::Missing),
            Some(bytes) if bytes.len() > max_bytes => Err(SourceError::TooLong(max_bytes)),
            Some(bytes) => Ok(bytes.clone()),
        }
    }
}

pub fn measure(sizes: &Sizes) -> anyhow::Result<Vec<Figure>> {
    let count = usize::try_from(sizes.leaves)?;
    let mut random = Random::new(3);
    let mut stream = NodeStream::first(1);
    let leaves: Vec<[u8; Leaf::BYTES]> = (0..count)
        .map(|n| {
            let kind = if n == 0 { LeafKind::NodeStart } else { LeafKind::Access };
            let mut leaf = Leaf::new(kind, random.bytes(), u64::try_from(start().0).unwrap_or(0) + n as u64);
            leaf.c_meta = random.bytes();
            leaf.c_actor = random.bytes();
            leaf.c_object = random.bytes();
            stream.next(leaf).encode()
        })
        .collect();
    let mut log = InMemory::default();
    let mut appender = Appender::new();
    let mut append = Samples::default();
    let began = Instant::now();
    for part in leaves.chunks(256) {
        let grown = appender.extend(part)?;
        for tile in grown.tiles.into_iter().chain(grown.bundles) {
            log.0.insert(tile.path.to_string(), tile.bytes);
        }
    }
    append.push(per_second(count, began));
    for tile in appender.partial_tiles() {
        log.0.insert(tile.path.to_string(), tile.bytes);
    }
    let key = SigningKey::from_seed("bench.example/log", [7; 32])?;
    let checkpoint = Checkpoint::new("bench.example/log", appender.tree().size(), appender.tree().root())?;
    log.0.insert("checkpoint".into(), checkpoint.sign(&key)?.into_bytes());

    let (mut check, mut hash) = (Samples::default(), Samples::default());
    for _ in 0..sizes.rounds {
        let began = Instant::now();
        let report = check_log(&log, &[key.verifier().clone()], &[]);
        check.push(per_second(count, began));
        anyhow::ensure!(report.verdict == Verdict::Ok, "the log is not sound: {:?}", report.findings.first());
        let began = Instant::now();
        for leaf in &leaves {
            black_box(Sha256::digest(black_box(leaf)));
        }
        hash.push(per_second(count, began));
    }
    let note = format!("{count} leaves of {} bytes, one core, log in memory", Leaf::BYTES);
    Ok(vec![
        Figure::new("verify a whole log", check.median(), "leaves/s")
            .against("one SHA-256 of each leaf", hash.median())
            .target(Target::AtLeast(1_000_000.0))
            .note(format!("{note}; the check hashes each leaf twice and each tree node once")),
        Figure::new("append to the tree, without storage", append.median(), "leaves/s")
            .against("one SHA-256 of each leaf", hash.median())
            .note(note),
    ])
}
