//! Leavers as they are stored: sealed, versioned, told by events.

use access::path::{Change, Param, Refusal};
use govern::Head;
use model::{CaseId, LeaverId, RecordId, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use vault::Place;

use super::figures::LeaverFigures;
use crate::identity::Told;
use crate::ids::random;
use crate::proof::tables::LEAVER;
use crate::records::broken;
use crate::{Query, Row, Store};

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeaverState {
    /// Watched, without a verdict.
    Open,
    /// Watched, with a verdict.
    Judged,
    Closed,
    /// The notice was taken back.
    Withdrawn,
}

impl LeaverState {
    pub const ALL: [LeaverState; 4] =
        [LeaverState::Open, LeaverState::Judged, LeaverState::Closed, LeaverState::Withdrawn];
    pub const fn as_str(self) -> &'static str {
        match self {
            LeaverState::Open => "open",
            LeaverState::Judged => "judged",
            LeaverState::Closed => "closed",
            LeaverState::Withdrawn => "withdrawn",
        }
    }
    /// Whether the person is watched closely.
    pub const fn is_watched(self) -> bool {
        matches!(self, LeaverState::Open | LeaverState::Judged)
    }
    fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }
}

/// What the look-back came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaverVerdict {
    NothingUnusual,
    Explained,
    Case,
}

impl LeaverVerdict {
    pub const ALL: [LeaverVerdict; 3] = [LeaverVerdict::NothingUnusual, LeaverVerdict::Explained, LeaverVerdict::Case];
    pub const fn as_str(self) -> &'static str {
        match self {
            LeaverVerdict::NothingUnusual => "nothing_unusual",
            LeaverVerdict::Explained => "explained",
            LeaverVerdict::Case => "case",
        }
    }
}

/// The verdict, and what it was given by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    pub by: UserId,
    pub at: UnixMs,
    pub verdict: LeaverVerdict,
    pub reason: String,
    pub case: Option<CaseId>,
    pub figures: LeaverFigures,
    /// The signed state of the log then, where there was one.
    pub head: Option<Head>,
    /// Of the figures' JSON, in hexadecimal, as the event tells it.
    pub sha256: String,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    pub by: UserId,
    pub at: UnixMs,
    /// Why the notice was taken back; empty where it was closed.
    pub reason: String,
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Body {
    /// `None`: the house, when a handover began.
    pub(super) by: Option<UserId>,
    pub(super) reason: String,
    /// Days of the company's calendar.
    pub(super) notice_on: String,
    pub(super) last_on: String,
    /// Reminders that went out.
    pub(super) reminded: u8,
    pub(super) judged: Option<Judged>,
    pub(super) ended: Option<Ended>,
}

/// Somebody who leaves.
#[derive(Debug, Clone)]
pub(super) struct Leaver {
    pub(super) id: LeaverId,
    pub(super) subject: UserId,
    pub(super) state: LeaverState,
    /// When the day of the notice began, and when the last day is over.
    pub(super) notice_at: UnixMs,
    pub(super) last_at: UnixMs,
    pub(super) began_at: UnixMs,
    pub(super) body: Body,
    pub(super) version: i64,
}

fn place(id: [u8; 16]) -> Place<'static> {
    Place { object: "leaver", record: RecordId::from_bytes(id), field: "body" }
}

fn shut(error: vault::VaultError) -> Refusal {
    tracing::error!(%error, "a leaver could not be sealed or opened");
    Refusal::Damaged
}

/// What an event tells of the row.
pub(super) fn told(leaver: &Leaver) -> Told {
    ("leaver_rows", json!([{ "id": leaver.id, "version": leaver.version }]))
}

impl Store {
    /// The statement that keeps it: a new one of somebody who is not leaving yet, or one that nobody changed since it was read.
    pub(super) fn put_leaver(&self, leaver: &mut Leaver) -> Result<Change, Refusal> {
        let was = leaver.version;
        leaver.version = was.saturating_add(1);
        let body = serde_json::to_vec(&leaver.body).map_err(|_| Refusal::Damaged)?;
        let body = self.identity.leaver_key.seal(&place(*leaver.id.as_bytes()), random(), &body).map_err(shut)?;
        let mut params: Vec<Param> = vec![
            leaver.id.into(),
            leaver.subject.into(),
            leaver.state.as_str().into(),
            leaver.notice_at.into(),
            leaver.last_at.into(),
            leaver.began_at.into(),
            body.into(),
            leaver.version.into(),
        ];
        params.push(self.seals().row(LEAVER.name, &params).to_vec().into());
        if was == 0 {
            // Of any key: nobody leaves twice at once.
            let sql = "INSERT INTO leaver (id, subject, state, notice_at, last_at, began_at, body, version, seal) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING";
            return Ok(Change::new(sql, params).expecting(1));
        }
        params.push(was.into());
        let sql = "UPDATE leaver SET subject = ?2, state = ?3, notice_at = ?4, last_at = ?5, began_at = ?6, body = ?7, \
                   version = ?8, seal = ?9 WHERE id = ?1 AND version = ?10";
        Ok(Change::new(sql, params).expecting(1))
    }

    fn read_leaver(&self, row: &Row) -> Result<Leaver, Refusal> {
        if !LEAVER.is_sealed(self.seals(), row) {
            tracing::error!("a leaver's row was altered beside the program; it is as if it were not there");
            return Err(Refusal::Damaged);
        }
        let id = row.id(0).map_err(broken)?;
        let body = self.identity.leaver_key.open(&place(id), row.bytes(6).map_err(broken)?).map_err(shut)?;
        Ok(Leaver {
            id: LeaverId::from_bytes(id),
            subject: row.user(1).map_err(broken)?,
            state: LeaverState::read(row.text(2).map_err(broken)?).ok_or(Refusal::Damaged)?,
            notice_at: row.time(3).map_err(broken)?,
            last_at: row.time(4).map_err(broken)?,
            began_at: row.time(5).map_err(broken)?,
            body: serde_json::from_slice(&body).map_err(|_| Refusal::Damaged)?,
            version: row.int(7).map_err(broken)?,
        })
    }

    pub(super) async fn leaver(&self, id: LeaverId) -> Result<Option<Leaver>, Refusal> {
        let rows = self.read(Query::point(LEAVER.select("id = ?1"), vec![id.into()])).await?;
        rows.first().map(|row| self.read_leaver(row)).transpose()
    }

    /// By a condition; one that was altered beside the program is left out, and `doctor` names it.
    pub(super) async fn leavers_where(&self, condition: &str, params: Vec<Param>) -> Result<Vec<Leaver>, Refusal> {
        let rows = self.read(Query::new(LEAVER.select(condition), params)).await?;
        Ok(rows.iter().filter_map(|row| self.read_leaver(row).ok()).collect())
    }
}
