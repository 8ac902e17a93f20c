//! Keys of groups and values: 128 bits that are the same on every machine and in every release, because they stand in
//! snapshots. Not a cryptographic digest: what goes in are ids the house itself gave.

use std::hash::{BuildHasherDefault, Hasher};

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Key(pub u64, pub u64);

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finalizer of SplitMix64: every bit of the input reaches every bit of the output.
pub const fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

impl Key {
    pub fn of_bytes(bytes: &[u8]) -> Key {
        let mut key = Key(GOLDEN, bytes.len() as u64);
        for chunk in bytes.chunks(8) {
            let word = chunk.iter().rev().fold(0_u64, |word, byte| (word << 8) | u64::from(*byte));
            key = key.and(word);
        }
        key
    }
    pub const fn and(self, word: u64) -> Key {
        let a = mix(self.0 ^ word.wrapping_mul(GOLDEN));
        Key(a, mix(self.1.rotate_left(23).wrapping_add(a) ^ word))
    }
    pub const fn with(self, other: Key) -> Key {
        self.and(other.0).and(other.1)
    }
}

/// Keys are mixed already: hashing them again would be work for nothing.
#[derive(Default)]
pub struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        mix(self.0)
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 ^= Key::of_bytes(bytes).0;
    }
    fn write_u64(&mut self, word: u64) {
        self.0 = self.0.rotate_left(29) ^ word;
    }
    fn write_u32(&mut self, word: u32) {
        self.write_u64(u64::from(word));
    }
    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }
}

pub type Map<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Mixed>>;
