//! What was seen of each event, as it was seen then, and the scores that the baselines gave it then.
//!
//! Rule: an observation is sealed at its place under the key of its event's body. So it is readable as long as its event, and one
//! that was changed, moved or swapped does not open.

use access::path::{Param, Refusal};
use detect::Observation;
use detect::baseline::Scores;
use model::{RecordId, UnixMs};
use vault::{Place, VaultError};

use crate::ids::random;
use crate::records::broken;
use crate::sql::Sql;
use crate::{Query, Row, Store};

/// First byte of what is sealed under the house's own key: of events without a readable body.
const OWN: u8 = 1;
/// Most observations of one question.
const MOST: u32 = 10_000;

/// Where the observation of an event belongs.
fn place(seq: u64, at: UnixMs) -> Place<'static> {
    let mut id = [0; 16];
    let (head, tail) = id.split_at_mut(8);
    head.copy_from_slice(&seq.to_be_bytes());
    tail.copy_from_slice(&at.0.to_be_bytes());
    Place { object: "observation", record: RecordId::from_bytes(id), field: "body" }
}

/// Between what was seen, which is JSON in one line, and the scores.
const BEHIND: u8 = b'\n';

/// What was seen of an event, and how it was scored: `None` for what no detector judged, or one of a version that kept no scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    pub of: Observation,
    pub scores: Option<Scores>,
}

impl Judged {
    fn read(plain: &[u8]) -> Option<Judged> {
        let end = plain.iter().position(|b| *b == BEHIND);
        let of = serde_json::from_slice(plain.get(..end.unwrap_or(plain.len()))?).ok()?;
        let scores = match end {
            None => None,
            Some(end) => Some(Scores::from_bytes(plain.get(end + 1..)?)?),
        };
        Some(Judged { of, scores })
    }
}

/// What is kept of one event.
pub(super) struct Seen<'a> {
    pub(super) of: Observation,
    /// Its event's moment: what happened elsewhere happened at another.
    pub(super) at: UnixMs,
    /// `None` for what our own detector did not judge.
    pub(super) scores: Option<Scores>,
    /// Its event's.
    pub(super) body: Option<&'a [u8]>,
}

/// What a row still holds.
#[derive(Debug)]
pub(crate) enum Kept {
    Whole(Box<Judged>),
    /// The retention of its event has ended.
    Dropped,
    /// It is not what was written.
    Altered,
}

impl Store {
    /// The values of an observation's row.
    pub(super) fn observation_params(&self, seen: &Seen<'_>) -> Result<[Param; 3], Refusal> {
        let bad = |error: VaultError| {
            tracing::error!(%error, "an observation could not be sealed");
            Refusal::Damaged
        };
        let mut plain = serde_json::to_vec(&seen.of).map_err(|_| Refusal::Damaged)?;
        if let Some(scores) = &seen.scores {
            plain.push(BEHIND);
            plain.extend(scores.to_bytes());
        }
        let place = place(seen.of.seq, seen.at);
        let beside = match seen.body {
            Some(body) => self.gate.recorder().seal_beside(body, &place, &plain).map_err(bad)?,
            None => None,
        };
        let sealed = match beside {
            Some(sealed) => sealed,
            None => {
                let mut own = vec![OWN];
                own.extend(self.identity.watch_key.seal(&place, random(), &plain).map_err(bad)?);
                own
            }
        };
        let seq = i64::try_from(seen.of.seq).map_err(|_| Refusal::Damaged)?;
        Ok([seq.into(), seen.at.into(), sealed.into()])
    }

    /// Opens a row of `seq, at, body`.
    pub(crate) fn open_observation(&self, row: &Row) -> Result<(i64, Kept), Refusal> {
        let (seq, at) = (row.int(0).map_err(broken)?, row.time(1).map_err(broken)?);
        let sealed = row.bytes(2).map_err(broken)?;
        let place = place(u64::try_from(seq).map_err(|_| Refusal::Damaged)?, at);
        let plain = match sealed.split_first() {
            Some((&OWN, own)) => self.identity.watch_key.open(&place, own),
            _ => self.gate.recorder().open_beside(&place, sealed),
        };
        Ok((
            seq,
            match plain {
                Ok(plain) => Judged::read(&plain).map_or(Kept::Altered, |judged| Kept::Whole(Box::new(judged))),
                Err(VaultError::Dropped) => Kept::Dropped,
                Err(_) => Kept::Altered,
            },
        ))
    }

    /// What was seen of events from a place in the ledger on, in its order, for the house itself. At most `limit` of them and never
    /// more than 10,000; those whose retention has ended, or that were altered, are left out.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub async fn observations(&self, from_seq: u64, limit: u32) -> Result<Vec<Judged>, Refusal> {
        let rows = self.observation_rows(from_seq, limit).await?;
        let mut found = Vec::with_capacity(rows.len());
        for row in &rows {
            match self.open_observation(row)? {
                (_, Kept::Whole(seen)) => found.push(*seen),
                (_, Kept::Dropped) => {}
                (seq, Kept::Altered) => {
                    tracing::error!(seq, "what was seen of an event was altered beside the program")
                }
            }
        }
        Ok(found)
    }

    pub(super) async fn observation_rows(&self, from_seq: u64, limit: u32) -> Result<Vec<Row>, Refusal> {
        let from = i64::try_from(from_seq).unwrap_or(i64::MAX);
        self.ready_to_ask().await?;
        let sql = "SELECT seq, at, body FROM observation WHERE seq >= ?1 ORDER BY seq LIMIT ?2";
        self.read(Query::new(sql, vec![from.into(), i64::from(limit.min(MOST)).into()])).await
    }

    /// What was seen of these events, for the house itself.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub async fn observations_at(&self, seqs: &[i64]) -> Result<Vec<Judged>, Refusal> {
        self.ready_to_ask().await?;
        let mut sql = Sql::new(self.db.dialect(), "SELECT seq, at, body FROM observation WHERE seq IN ");
        sql.bind_list(seqs.iter().copied()).push(" ORDER BY seq");
        let mut found = vec![];
        for row in &self.read(sql.finish()).await? {
            if let (_, Kept::Whole(seen)) = self.open_observation(row)? {
                found.push(*seen);
            }
        }
        Ok(found)
    }
}
