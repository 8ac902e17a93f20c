//! What the house saw, and who sees to what, as rows: sealed, told by events.

use access::path::{Change, Param, Refusal};
use govern::posture::{Check, Score, Seen};
use model::{RecordId, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use vault::Place;

use super::Waiver;
use crate::identity::Told;
use crate::ids::random;
use crate::proof::tables::{POSTURE_CHECK, POSTURE_RUN};
use crate::records::broken;
use crate::{Query, Row, Store};

/// What a list says of a look, without opening what each check saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    /// `None` where the house looked by itself.
    pub(super) by: Option<UserId>,
    pub(super) by_name: Option<String>,
    pub(super) score: Score,
    /// Of the body's JSON, in hexadecimal.
    pub(super) sha256: String,
}

/// A look that was kept.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) id: [u8; 16],
    pub(super) at: UnixMs,
    pub(super) head: Head,
}

/// What is sealed of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) owner: Option<UserId>,
    pub(super) due_at: Option<UnixMs>,
    pub(super) waiver: Option<Waiver>,
}

/// Who sees to a check.
#[derive(Debug, Clone)]
pub(super) struct Care {
    pub(super) id: [u8; 16],
    pub(super) name: String,
    pub(super) at: UnixMs,
    pub(super) kept: Kept,
    pub(super) version: i64,
}

fn place(id: [u8; 16], field: &'static str) -> Place<'static> {
    Place { object: "posture", record: RecordId::from_bytes(id), field }
}

fn shut(error: vault::VaultError) -> Refusal {
    tracing::error!(%error, "a row of the security posture could not be sealed or opened");
    Refusal::Damaged
}

fn altered() -> Refusal {
    tracing::error!("a row of the security posture was altered beside the program; it is as if it were not there");
    Refusal::Damaged
}

/// The first half of a seal as an id: the same on every node.
fn derived(seal: [u8; 32]) -> [u8; 16] {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = seal;
    [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]
}

impl Care {
    pub(super) fn told(&self) -> Told {
        ("posture_checks", json!([{ "id": RecordId::from_bytes(self.id), "version": self.version }]))
    }
}

impl Store {
    /// The id of the look of a day.
    pub(super) fn posture_of_day_id(&self, day: &str) -> [u8; 16] {
        derived(self.seals().row("posture.day", &[day.into()]))
    }

    /// The statement that keeps a look, and what the event of its unit MUST tell.
    pub(super) fn insert_posture_run(
        &self,
        (id, at): ([u8; 16], UnixMs),
        by: Option<(UserId, String)>,
        seen: &[(String, Seen)],
    ) -> Result<(Change, Told, Head), Refusal> {
        let body = serde_json::to_vec(seen).map_err(|_| Refusal::Damaged)?;
        let (by, by_name) = by.map_or((None, None), |(by, name)| (Some(by), Some(name)));
        let score = Score::of(seen.iter().map(|(id, seen)| (id.as_str(), seen.state)));
        let head = Head { by, by_name, score, sha256: hex::encode(Sha256::digest(&body)) };
        let text = serde_json::to_vec(&head).map_err(|_| Refusal::Damaged)?;
        let packed = zstd::encode_all(body.as_slice(), 3).map_err(|_| Refusal::Damaged)?;
        let key = &self.identity.posture_key;
        let mut params: Vec<Param> = vec![
            id.to_vec().into(),
            at.into(),
            key.seal(&place(id, "head"), random(), &text).map_err(shut)?.into(),
            key.seal(&place(id, "body"), random(), &packed).map_err(shut)?.into(),
            1_i64.into(),
        ];
        params.push(self.seals().row(POSTURE_RUN.name, &params).to_vec().into());
        let sql = "INSERT INTO posture_run (id, at, head, body, version, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let score = json!({ "share": head.score.share, "good": head.score.good, "bad": head.score.bad, "unknown": head.score.unknown });
        let told = json!([{ "id": RecordId::from_bytes(id), "version": 1, "sha256": head.sha256, "score": score }]);
        Ok((Change::new(sql, params).expecting(1), ("posture_runs", told), head))
    }

    fn read_posture_run(&self, row: &Row) -> Result<Run, Refusal> {
        if !POSTURE_RUN.is_sealed(self.seals(), row) {
            return Err(altered());
        }
        let id = row.id(0).map_err(broken)?;
        let head = self.identity.posture_key.open(&place(id, "head"), row.bytes(2).map_err(broken)?).map_err(shut)?;
        let head = serde_json::from_slice(&head).map_err(|_| Refusal::Damaged)?;
        Ok(Run { id, at: row.time(1).map_err(broken)?, head })
    }

    /// What each check saw.
    fn read_posture_seen(&self, row: &Row, run: &Run) -> Result<Vec<(String, Seen)>, Refusal> {
        const MOST: u64 = 8 << 20;
        let packed = self.identity.posture_key.open(&place(run.id, "body"), row.bytes(3).map_err(broken)?);
        let packed = packed.map_err(shut)?;
        let mut body = vec![];
        let open = zstd::stream::read::Decoder::new(packed.as_slice());
        let read = open.and_then(|open| std::io::Read::read_to_end(&mut std::io::Read::take(open, MOST), &mut body));
        if read.is_err() || hex::encode(Sha256::digest(&body)) != run.head.sha256 {
            return Err(altered());
        }
        serde_json::from_slice(&body).map_err(|_| Refusal::Damaged)
    }

    /// Past looks, newest first; one that was altered beside the program is left out, and `doctor` names it.
    pub(super) async fn posture_runs(&self, limit: usize) -> Result<Vec<Run>, Refusal> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let query = Query::new(POSTURE_RUN.select("TRUE ORDER BY at DESC, id DESC LIMIT ?1"), vec![limit.into()]);
        Ok(self.read(query).await?.iter().filter_map(|row| self.read_posture_run(row).ok()).collect())
    }

    /// The newest look, with what each check saw.
    pub(super) async fn newest_posture_run(&self) -> Result<Option<(Run, Vec<(String, Seen)>)>, Refusal> {
        let query = Query::new(POSTURE_RUN.select("TRUE ORDER BY at DESC, id DESC LIMIT 1"), vec![]);
        let rows = self.read(query).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let run = self.read_posture_run(row)?;
        let seen = self.read_posture_seen(row, &run)?;
        Ok(Some((run, seen)))
    }

    pub(super) async fn has_posture_run(&self, id: [u8; 16]) -> Result<bool, Refusal> {
        let sql = "SELECT 1 FROM posture_run WHERE id = ?1";
        Ok(!self.read(Query::point(sql, vec![id.to_vec().into()])).await?.is_empty())
    }

    fn read_care(&self, row: &Row) -> Result<Care, Refusal> {
        if !POSTURE_CHECK.is_sealed(self.seals(), row) {
            return Err(altered());
        }
        let id = row.id(0).map_err(broken)?;
        let kept = self.identity.posture_key.open(&place(id, "care"), row.bytes(3).map_err(broken)?).map_err(shut)?;
        Ok(Care {
            id,
            name: row.text(1).map_err(broken)?.to_owned(),
            at: row.time(2).map_err(broken)?,
            kept: serde_json::from_slice(&kept).map_err(|_| Refusal::Damaged)?,
            version: row.int(4).map_err(broken)?,
        })
    }

    /// All that somebody sees to. What does not open is as if it were not there; doctor tells of it.
    pub(super) async fn all_care(&self) -> Result<Vec<Care>, Refusal> {
        let rows = self.read(Query::new(POSTURE_CHECK.select("TRUE ORDER BY name"), vec![])).await?;
        Ok(rows.iter().filter_map(|row| self.read_care(row).ok()).collect())
    }

    /// Who sees to a check; nobody yet, if there is no row.
    pub(super) async fn care_of(&self, check: &Check, now: UnixMs) -> Result<Care, Refusal> {
        let id = derived(self.seals().row("posture.check", &[check.id.into()]));
        let rows = self.read(Query::point(POSTURE_CHECK.select("id = ?1"), vec![id.to_vec().into()])).await?;
        match rows.first() {
            Some(row) => self.read_care(row),
            None => Ok(Care { id, name: check.id.to_owned(), at: now, kept: Kept::default(), version: 0 }),
        }
    }

    /// The statement that keeps it: of a row that nobody changed since it was read.
    pub(super) fn put_care(&self, care: &mut Care) -> Result<Change, Refusal> {
        let was = care.version;
        care.version = was.saturating_add(1);
        let kept = serde_json::to_vec(&care.kept).map_err(|_| Refusal::Damaged)?;
        let kept = self.identity.posture_key.seal(&place(care.id, "care"), random(), &kept).map_err(shut)?;
        let mut params: Vec<Param> =
            vec![care.id.to_vec().into(), care.name.as_str().into(), care.at.into(), kept.into(), care.version.into()];
        params.push(self.seals().row(POSTURE_CHECK.name, &params).to_vec().into());
        if was == 0 {
            let sql = "INSERT INTO posture_check (id, name, at, body, version, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                       ON CONFLICT (id) DO NOTHING";
            return Ok(Change::new(sql, params).expecting(1));
        }
        params.push(was.into());
        let sql = "UPDATE posture_check SET name = ?2, at = ?3, body = ?4, version = ?5, seal = ?6 \
                   WHERE id = ?1 AND version = ?7";
        Ok(Change::new(sql, params).expecting(1))
    }
}
