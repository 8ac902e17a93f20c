//! Where detection stands, and what it knew a little earlier.
//!
//! Part 0 says up to where the ledger was followed: it is written in one unit with what was seen. A snapshot stands in parts of its own
//! and is a little older; from it on, what was seen is followed once more, in silence. Two snapshots have room: the new one is written
//! beside the old, and counts once part 0 names it.

use std::collections::BTreeMap;

use access::path::{Change, Param, Refusal};
use model::{AlertId, RecordId, UnixMs};
use serde::{Deserialize, Serialize};
use vault::Place;

use crate::ids::random;
use crate::records::broken;
use crate::{Query, Store};

/// Bytes of one part of a snapshot.
const PART: usize = 1 << 20;
/// Where the parts of either snapshot begin.
const ROOM: i64 = 300_000;
/// Events a detector stumbled over that are remembered.
const MOST_STUMBLES: usize = 200;

/// Part 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// The event to follow next.
    pub(crate) next: u64,
    pub(crate) version: i64,
    /// Findings about events of before open no alert: from them it is only learnt.
    pub(crate) quiet_before: UnixMs,
    /// The snapshot: the event its detector expects next, where its parts begin and how many they are.
    pub(crate) snapshot: Option<Snapshot>,
    /// Events at which the detector failed: it passes over them.
    pub(crate) stumbled: Vec<u64>,
    pub(crate) counts: Counts,
    /// Alerts that opened or grew and that nobody has followed up yet: written with them, so that a crash loses none.
    #[serde(default)]
    pub(crate) unanswered: Vec<AlertId>,
    /// What was judged of other systems' logs, by source.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) foreign: BTreeMap<String, ForeignCounts>,
}

/// Events of another system, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ForeignCounts {
    pub(crate) judged: u64,
    /// They came when what is newer was judged already.
    pub(crate) late: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    pub(crate) next: u64,
    pub(crate) from: i64,
    pub(crate) parts: i64,
    /// Part 0's version when it was written: the parts open under no other.
    pub(crate) version: i64,
}

/// What was not as it should be, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Events without a row.
    pub missing: u64,
    /// Events whose row is not what was recorded.
    pub altered: u64,
    /// Events whose contents had been dropped.
    pub dropped: u64,
    /// Events at which the detector failed.
    pub failed: u64,
}

impl Head {
    pub(super) fn stumble(&mut self, seq: u64) {
        if self.stumbled.len() == MOST_STUMBLES {
            self.stumbled.remove(0);
        }
        self.stumbled.push(seq);
        self.counts.failed += 1;
    }
}

fn clear(from: i64) -> Change {
    Change::new("DELETE FROM detector WHERE part >= ?1 AND part < ?2", vec![from.into(), (from + ROOM).into()])
}

fn place(part: i64, version: i64) -> Place<'static> {
    let mut id = [0; 16];
    let (head, tail) = id.split_at_mut(8);
    head.copy_from_slice(&part.to_be_bytes());
    tail.copy_from_slice(&version.to_be_bytes());
    Place { object: "detector", record: RecordId::from_bytes(id), field: "part" }
}

impl Store {
    fn seal_detector(&self, part: i64, version: i64, plain: &[u8]) -> Result<Vec<Param>, Refusal> {
        let sealed = self.identity.watch_key.seal(&place(part, version), random(), plain).map_err(|error| {
            tracing::error!(%error, "where detection stands could not be sealed");
            Refusal::Damaged
        })?;
        Ok(vec![part.into(), version.into(), sealed.into()])
    }

    /// Part 0; `None` before the first event was followed.
    pub(crate) async fn detector_head(&self) -> Result<Option<Head>, Refusal> {
        let query = Query::point("SELECT version, body FROM detector WHERE part = 0", vec![]);
        let Some(row) = self.read(query).await?.into_iter().next() else { return Ok(None) };
        let (version, body) = (row.int(0).map_err(broken)?, row.bytes(1).map_err(broken)?);
        let plain = self.identity.watch_key.open(&place(0, version), body).map_err(|error| {
            tracing::error!(%error, "where detection stands was altered beside the program");
            Refusal::Damaged
        })?;
        serde_json::from_slice(&plain).map(Some).map_err(|_| Refusal::Damaged)
    }

    /// The statement that moves part 0 on, if nobody else has.
    pub(super) fn move_head(&self, head: &mut Head) -> Result<Change, Refusal> {
        let was = head.version;
        head.version = was.saturating_add(1);
        let plain = serde_json::to_vec(head).map_err(|_| Refusal::Damaged)?;
        let mut params = self.seal_detector(0, head.version, &plain)?;
        if was == 0 {
            let sql = "INSERT INTO detector (part, version, body) VALUES (?1, ?2, ?3) ON CONFLICT (part) DO NOTHING";
            return Ok(Change::new(sql, params).expecting(1));
        }
        params.push(was.into());
        let sql = "UPDATE detector SET version = ?2, body = ?3 WHERE part = ?1 AND version = ?4";
        Ok(Change::new(sql, params).expecting(1))
    }

    /// Writes the parts of a snapshot beside those of the one that part 0 names; it counts once [`Store::name_snapshot`] was called.
    pub(super) async fn write_snapshot(&self, of: &Head, next: u64, bytes: &[u8]) -> Result<Snapshot, Refusal> {
        let from = match of.snapshot {
            Some(Snapshot { from: ROOM, .. }) => 2 * ROOM,
            _ => ROOM,
        };
        self.watch_maintain(vec![clear(from)]).await?;
        let version = of.version;
        let mut parts = 0;
        for bytes in bytes.chunks(PART) {
            let sql = "INSERT INTO detector (part, version, body) VALUES (?1, ?2, ?3)";
            self.watch_maintain(vec![Change::new(sql, self.seal_detector(from + parts, version, bytes)?)]).await?;
            parts += 1;
        }
        // A crash here leaves parts that nothing names: the next snapshot clears them away.
        Ok(Snapshot { next, from, parts, version })
    }

    /// Has part 0 name a snapshot whose parts are written, and clears the old one away.
    pub(super) async fn name_snapshot(&self, head: &mut Head, snapshot: Snapshot) -> Result<(), Refusal> {
        let old = head.snapshot.replace(snapshot);
        let mut changes = vec![self.move_head(head)?];
        changes.extend(old.map(|old| clear(old.from)));
        self.watch_maintain(changes).await
    }

    /// The bytes of the snapshot that part 0 names.
    pub(crate) async fn detector_snapshot(&self, snapshot: Snapshot) -> Result<Vec<u8>, Refusal> {
        let mut whole = Vec::new();
        for part in snapshot.from..snapshot.from.saturating_add(snapshot.parts) {
            let query = Query::point("SELECT body FROM detector WHERE part = ?1", vec![part.into()]);
            let rows = self.read(query).await?;
            let sealed = rows.first().ok_or(Refusal::Damaged)?.bytes(0).map_err(broken)?;
            let key = &self.identity.watch_key;
            let plain = key.open(&place(part, snapshot.version), sealed).map_err(|_| Refusal::Damaged)?;
            whole.extend_from_slice(&plain);
        }
        Ok(whole)
    }

    /// Whether a row of `part, version, body` that no snapshot counts is one the program wrote: of a snapshot under way.
    pub(crate) fn is_detector_part(&self, part: i64, version: i64, body: &[u8]) -> bool {
        part != 0 && self.identity.watch_key.open(&place(part, version), body).is_ok()
    }

    pub(super) async fn watch_maintain(&self, changes: Vec<Change>) -> Result<(), Refusal> {
        use access::path::JournalError;
        self.db.maintain(changes).await.map_err(|error| match error {
            JournalError::Unavailable => Refusal::AuditUnavailable,
            JournalError::Conflict { .. } | JournalError::Taken { .. } => Refusal::Conflict,
            JournalError::Failed { reason, .. } => Refusal::StoreUnavailable(reason),
        })
    }
}
