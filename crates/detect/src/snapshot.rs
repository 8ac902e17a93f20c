//! A detector put away: a line that says what it is, and its state. A snapshot that is not whole, of another version or
//! of another pack is refused, and the detector starts from a replay.

use std::sync::Arc;

use crate::detector::{Detector, Settings, State};
use crate::key::Key;
use crate::load::Pack;

/// Changes with anything the state is made of.
pub const VERSION: u32 = 2;
/// The same state as JSON: three times as large, and ten times as slow to write.
const AS_JSON: u32 = 1;

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

fn head(version: u32, pack: &Pack, settings: Settings, sum: Key) -> String {
    let Settings { groups, shard, shards } = settings;
    format!(
        "whosaw-detect {version} {:016x} {groups}/{shard}/{shards} {:016x}{:016x}\n",
        pack.fingerprint, sum.0, sum.1
    )
}

impl Detector {
    /// The state after the last observation. Equal states give equal bytes.
    pub fn snapshot(&self) -> Vec<u8> {
        // The line has the same length whatever the sum is: it is written over once the state stands behind it.
        let line = head(VERSION, self.pack(), self.settings(), Key(0, 0)).into_bytes();
        let at = line.len();
        // A state is maps, lists and numbers: writing it to memory cannot fail.
        let mut bytes = postcard::to_extend(self.state(), line).unwrap_or_default();
        let sum = bytes.get(at..).map_or(Key(0, 0), Key::of_bytes);
        let line = head(VERSION, self.pack(), self.settings(), sum).into_bytes();
        if let Some(place) = bytes.get_mut(..at).filter(|place| place.len() == line.len()) {
            place.copy_from_slice(&line);
        }
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
        if version != VERSION && version != AS_JSON {
            return Err(SnapshotError::Version(version));
        }
        let expected = head(version, &pack, settings, Key::of_bytes(body));
        if line != expected {
            let whole: Vec<&str> = expected.split_ascii_whitespace().collect();
            let same = whole.get(2) == Some(of_pack) && whole.get(3) == Some(of_settings);
            return Err(if same { SnapshotError::Damaged } else { SnapshotError::Pack });
        }
        let state = read(version, body)?;
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
        if version != VERSION && version != AS_JSON {
            return Err(SnapshotError::Version(version));
        }
        let found = Key::of_bytes(body);
        if *sum != format!("{:016x}{:016x}", found.0, found.1) {
            return Err(SnapshotError::Damaged);
        }
        let state = read(version, body)?;
        Ok(Detector::new(pack, settings).with_learnt(state))
    }
}

fn read(version: u32, body: &[u8]) -> Result<State, SnapshotError> {
    match version {
        AS_JSON => serde_json::from_slice(body).map_err(|_| SnapshotError::Damaged),
        _ => postcard::from_bytes(body).map_err(|_| SnapshotError::Damaged),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an older program wrote is taken up, and goes on as the new form of it.
    #[test]
    fn a_snapshot_of_before_is_still_read() {
        let pack = Arc::new(Pack::shipped().unwrap());
        let settings = Settings::default();
        let detector = Detector::new(Arc::clone(&pack), settings).moved_to(7);
        let body = serde_json::to_vec(detector.state()).unwrap();
        let mut old = head(AS_JSON, &pack, settings, Key::of_bytes(&body)).into_bytes();
        old.extend_from_slice(&body);
        let restored = Detector::restore(Arc::clone(&pack), settings, &old).unwrap();
        assert_eq!((restored.next(), restored.snapshot()), (Some(7), detector.snapshot()));
        assert!(Detector::restore_learnt(pack, settings, &old).is_ok());
        assert!(detector.snapshot().len() < old.len());
    }
}
