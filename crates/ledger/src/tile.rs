//! Where tiles lie: C2SP tlog-tiles paths, each tile under exactly one.
//!
//! `tile/<L>/<N>[.p/<W>]` holds hashes (level L, number N, W of them where not full), `tile/entries/<N>[.p/<W>]` the
//! entries. N is written in groups of three digits, all but the last with an `x` before: 1234067 is `x001/x234/067`.
//!
//! ```
//! use ledger::tile::TilePath;
//! let path: TilePath = "tile/0/x001/x234/067.p/5".parse().unwrap();
//! assert_eq!((path.index(), path.width()), (1_234_067, 5));
//! ```

use std::fmt;
use std::str::FromStr;

use crate::MAX_TREE_SIZE;
use crate::hash::HASH_BYTES;

/// Hashes or entries in a full tile.
pub const FULL_WIDTH: u16 = 256;
/// Bytes in a full tile of hashes.
pub const FULL_TILE_BYTES: usize = FULL_WIDTH as usize * HASH_BYTES;
/// Levels above this one cannot be named (C2SP tlog-tiles).
const MAX_LEVEL: u8 = 63;

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileLevel {
    /// The entries themselves.
    Entries,
    /// Roots of perfect subtrees of 256^level leaves.
    Hashes(u8),
}

/// Name of one tile: what it holds, its number, how many hashes or entries it has (1 to 256).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TilePath {
    level: TileLevel,
    index: u64,
    width: u16,
}

/// The text or the numbers name no tile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the path of a tile")]
pub struct BadTilePath(pub String);

impl TilePath {
    /// # Errors
    /// A level beyond 63, a number beyond the largest tree, or a width of 0 or more than 256.
    pub fn new(level: TileLevel, index: u64, width: u16) -> Result<Self, BadTilePath> {
        let path = Self { level, index, width };
        let level_ok = !matches!(level, TileLevel::Hashes(l) if l > MAX_LEVEL);
        if level_ok && index <= MAX_TREE_SIZE && (1..=FULL_WIDTH).contains(&width) {
            Ok(path)
        } else {
            Err(BadTilePath(path.to_string()))
        }
    }

    pub const fn level(&self) -> TileLevel {
        self.level
    }
    pub const fn index(&self) -> u64 {
        self.index
    }
    pub const fn width(&self) -> u16 {
        self.width
    }
    pub const fn is_full(&self) -> bool {
        self.width == FULL_WIDTH
    }

    /// The same tile once it is full.
    #[must_use]
    pub const fn full(&self) -> Self {
        Self { width: FULL_WIDTH, ..*self }
    }

    /// The tile of `level` with number `index` as a tree of `size` leaves has it; `None` where that tree has none.
    pub fn in_tree(size: u64, level: TileLevel, index: u64) -> Option<Self> {
        let hashes = match level {
            TileLevel::Entries => size,
            TileLevel::Hashes(l) => size.checked_shr(u32::from(l) * 8).unwrap_or(0),
        };
        let before = index.checked_mul(u64::from(FULL_WIDTH))?;
        let width = hashes.checked_sub(before)?.min(u64::from(FULL_WIDTH));
        Self::new(level, index, u16::try_from(width).ok()?).ok()
    }

    /// Every tile that must exist for a tree of `size` leaves: the entries, then level by level, each from the left.
    pub fn all(size: u64) -> impl Iterator<Item = Self> {
        let levels = (0..=MAX_LEVEL).map(TileLevel::Hashes);
        std::iter::once(TileLevel::Entries)
            .chain(levels)
            .flat_map(move |level| (0..).map_while(move |index| Self::in_tree(size, level, index)))
    }

    /// Those of [`Self::all`] that are not full: at most one for each level and one of entries.
    pub fn partial(size: u64) -> impl Iterator<Item = Self> {
        let levels = (0..=MAX_LEVEL).map(|l| (TileLevel::Hashes(l), u32::from(l) * 8));
        std::iter::once((TileLevel::Entries, 0)).chain(levels).filter_map(move |(level, shift)| {
            let index = size.checked_shr(shift).unwrap_or(0) / u64::from(FULL_WIDTH);
            Self::in_tree(size, level, index)
        })
    }
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.level {
            TileLevel::Entries => f.write_str("tile/entries")?,
            TileLevel::Hashes(level) => write!(f, "tile/{level}")?,
        }
        let mut divisor = 1_u64;
        while self.index / divisor >= 1000 {
            divisor *= 1000;
        }
        while divisor > 1 {
            write!(f, "/x{:03}", self.index / divisor % 1000)?;
            divisor /= 1000;
        }
        write!(f, "/{:03}", self.index % 1000)?;
        if !self.is_full() {
            write!(f, ".p/{}", self.width)?;
        }
        Ok(())
    }
}

impl FromStr for TilePath {
    type Err = BadTilePath;

    fn from_str(text: &str) -> Result<Self, BadTilePath> {
        let bad = || BadTilePath(text.chars().take(100).collect());
        let path = parse(text).ok_or_else(bad)?;
        // One tile, one path: leading zeros, signs and needless groups are other spellings.
        if path.to_string() == text { Ok(path) } else { Err(bad()) }
    }
}

fn parse(text: &str) -> Option<TilePath> {
    let (level, rest) = text.strip_prefix("tile/")?.split_once('/')?;
    let level = match level {
        "entries" => TileLevel::Entries,
        level => TileLevel::Hashes(level.parse().ok()?),
    };
    let (number, width) = match rest.split_once(".p/") {
        Some((number, width)) => (number, width.parse().ok().filter(|w| *w < FULL_WIDTH)?),
        None => (rest, FULL_WIDTH),
    };
    let mut index = 0_u64;
    for group in number.split('/') {
        let digits: u64 = group.strip_prefix('x').unwrap_or(group).parse().ok().filter(|n| *n < 1000)?;
        index = index.checked_mul(1000)?.checked_add(digits)?;
    }
    TilePath::new(level, index, width).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_specification() {
        let full = |level, index| TilePath::new(level, index, 256).unwrap().to_string();
        assert_eq!(full(TileLevel::Hashes(0), 1_234_067), "tile/0/x001/x234/067");
        assert_eq!(full(TileLevel::Entries, 0), "tile/entries/000");
        assert_eq!(full(TileLevel::Hashes(63), 1000), "tile/63/x001/000");
        // "a tree of size 70,000": 273 full and one of 112, one full and one of 17, one of 1.
        let all: Vec<String> = TilePath::all(70_000).map(|p| p.to_string()).collect();
        assert_eq!(all.len(), 274 + 274 + 2 + 1);
        for name in ["tile/0/272", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"] {
            assert!(all.iter().any(|p| p == name), "{name}");
        }
        let partial: Vec<String> = TilePath::partial(70_000).map(|p| p.to_string()).collect();
        assert_eq!(partial, ["tile/entries/273.p/112", "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]);
        assert_eq!(TilePath::all(0).count(), 0);
        assert_eq!(TilePath::partial(256).map(|p| p.to_string()).collect::<Vec<_>>(), ["tile/1/000.p/1"]);
    }

    #[test]
    fn other_spellings_are_refused() {
        for bad in [
            "",
            "tile",
            "tile/0",
            "tile/0/",
            "tile/0/1",
            "tile/0/0001",
            "tile/0/x000/001",
            "tile/0/x001",
            "tile/0/001/001",
            "tile/00/001",
            "tile/+0/001",
            "tile/64/001",
            "tile/-1/001",
            "tile/0/+01",
            "tile/0/x01/001",
            "tile/0/001.p/0",
            "tile/0/001.p/256",
            "tile/0/001.p/01",
            "tile/0/001.p/+1",
            "tile/0/001.p/1/",
            "tile/0/001.p/1.p/1",
            "/tile/0/001",
            "tile/entries/../001",
            "tile/8/0/001",
            "tile/0/x999/x999/x999/x999/x999/x999/999",
            "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        ] {
            assert!(bad.parse::<TilePath>().is_err(), "{bad}");
        }
    }
}
