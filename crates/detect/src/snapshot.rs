//! A detector put away: a line that says what it is, and its state. A snapshot that is not whole, of another version or
//! of another pack is refused, and the detector starts from a replay.

use std::sync::Arc;

use crate::detector::{Detector, Settings, State};
use crate::key::Key;
use crate::load::Pack;

/// Changes with anything the state is made of.
pub const VERSION: u32 = 1;

/// The snapshot cannot be used: replay.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    #[error("not a snapshot of a detector")]
    NotOne,
    #[error("a snapshot of version {0}, not {VERSION}")]
    Version(u32),
    #[error("the snapshot is of other rules or settings")]
    Pack,
    #[error("the snapshot is damaged")]
    Damaged,
}

fn head(version: u32, pack: &Pack, settings: Settings, body: &[u8]) -> String {
    let sum = Key::of_bytes(body);
    let Settings { groups, shard, shards } = settings;
    format!(
        "whosaw-detect {version} {:016x} {groups}/{shard}/{shards} {:016x}{:016x}\n",
        pack.fingerprint, sum.0, sum.1
    )
}

impl Detector {
    /// The state after the last observation. Equal states give equal bytes.
    pub fn snapshot(&self) -> Vec<u8> {
        // A state is maps, lists and numbers: writing it to memory cannot fail.
        let body = serde_json::to_vec(self.state()).unwrap_or_default();
        let mut bytes = head(VERSION, self.pack(), self.settings(), &body).into_bytes();
        bytes.extend_from_slice(&body);
        bytes
    }

    /// Takes a snapshot up again.
    ///
    /// # Errors
    /// It is damaged, of another version, or of other rules or settings: follow the ledger from its beginning instead.
    pub fn restore(pack: Arc<Pack>, settings: Settings, bytes: &[u8]) -> Result<Detector, SnapshotError> {
        let end = bytes.iter().take(256).position(|b| *b == b'\n').ok_or(SnapshotError::NotOne)?;
        let (line, body) = bytes.split_at_checked(end + 1).ok_or(SnapshotError::NotOne)?;
        let line = std::str::from_utf8(line).map_err(|_| SnapshotError::NotOne)?;
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        let [magic, version, of_pack, of_settings, _] = words.as_slice() else { return Err(SnapshotError::NotOne) };
        if *magic != "whosaw-detect" {
            return Err(SnapshotError::NotOne);
        }
        let version = version.parse().map_err(|_| SnapshotError::NotOne)?;
        if version != VERSION {
            return Err(SnapshotError::Version(version));
        }
        let expected = head(VERSION, &pack, settings, body);
        if line != expected {
            let whole: Vec<&str> = expected.split_ascii_whitespace().collect();
            let same = whole.get(2) == Some(of_pack) && whole.get(3) == Some(of_settings);
            return Err(if same { SnapshotError::Damaged } else { SnapshotError::Pack });
        }
        let state: State = serde_json::from_slice(body).map_err(|_| SnapshotError::Damaged)?;
        Detector::with_state(pack, settings, state).ok_or(SnapshotError::Pack)
    }

    /// Takes up of a snapshot what was learnt of people, whatever its rules were: windows are empty, and are filled by a replay
    /// into another detector ([`Detector::with_memory_of`]).
    ///
    /// # Errors
    /// It is damaged or of another version.
    pub fn restore_learnt(pack: Arc<Pack>, settings: Settings, bytes: &[u8]) -> Result<Detector, SnapshotError> {
        let end = bytes.iter().take(256).position(|b| *b == b'\n').ok_or(SnapshotError::NotOne)?;
        let (line, body) = bytes.split_at_checked(end + 1).ok_or(SnapshotError::NotOne)?;
        let line = std::str::from_utf8(line).map_err(|_| SnapshotError::NotOne)?;
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        let ["whosaw-detect", version, _, _, sum] = words.as_slice() else { return Err(SnapshotError::NotOne) };
        let version = version.parse().map_err(|_| SnapshotError::NotOne)?;
        if version != VERSION {
            return Err(SnapshotError::Version(version));
        }
        let found = Key::of_bytes(body);
        if *sum != format!("{:016x}{:016x}", found.0, found.1) {
            return Err(SnapshotError::Damaged);
        }
        let state: State = serde_json::from_slice(body).map_err(|_| SnapshotError::Damaged)?;
        Ok(Detector::new(pack, settings).with_learnt(state))
    }
}
