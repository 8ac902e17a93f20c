//! Campaigns and lines as they are stored: sealed, versioned, told by events.

use access::path::{Change, Param, Refusal};
use govern::Head;
use govern::review::{Advice, Campaign, Evidence, Item, Risk, Verdict};
use model::{RecordId, ReviewId, ReviewLineId, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use vault::Place;

use crate::identity::Told;
use crate::ids::random;
use crate::proof::tables::{REVIEW, REVIEW_LINE};
use crate::records::broken;
use crate::{Query, Row, Store};

/// Where a campaign stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Open,
    /// Nothing is decided any more; it is being applied.
    Closing,
    Closed,
    Cancelled,
}

impl State {
    pub const fn as_str(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Closing => "closing",
            State::Closed => "closed",
            State::Cancelled => "cancelled",
        }
    }
    fn read(text: &str) -> Option<Self> {
        [State::Open, State::Closing, State::Closed, State::Cancelled].into_iter().find(|s| s.as_str() == text)
    }
}

/// What a campaign's row says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Body {
    pub(super) campaign: Campaign,
    /// Who began it; `None` where a plan did.
    pub(super) by: Option<UserId>,
    pub(super) plan: Option<String>,
    /// The signed state of the log that it was frozen at, where there was one.
    pub(super) head: Option<Head>,
    pub(super) lines: usize,
    /// Reminders that went out.
    pub(super) reminded: u8,
    pub(super) escalated: bool,
    pub(super) closing_at: Option<UnixMs>,
    pub(super) closed_at: Option<UnixMs>,
    /// Of the signed list's JSON, in hexadecimal.
    pub(super) sha256: Option<String>,
}

/// A campaign.
#[derive(Debug, Clone)]
pub(super) struct Review {
    pub(super) id: ReviewId,
    pub(super) state: State,
    pub(super) began_at: UnixMs,
    pub(super) due_at: UnixMs,
    pub(super) body: Body,
    pub(super) version: i64,
}

impl Review {
    /// Past it what nobody answered falls to what the campaign says.
    pub(super) fn ends_at(&self) -> UnixMs {
        self.due_at.plus_days(i64::from(self.body.campaign.grace_days))
    }
}

/// What somebody decided about a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// `None`: nobody answered, and it fell to what the campaign says.
    pub by: Option<UserId>,
    pub at: UnixMs,
    pub verdict: Verdict,
    pub reason: String,
    /// With others in one act.
    pub bulk: bool,
}

/// A line that was passed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// `None`: past its date, by the house.
    pub by: Option<UserId>,
    pub to: UserId,
    pub at: UnixMs,
    pub reason: String,
}

/// What became of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    pub at: UnixMs,
    /// `kept`, `applied`, `gone` where it had ended already, `failed`.
    pub what: String,
    /// Why it failed.
    pub code: Option<String>,
    /// When what was narrowed ended.
    pub ended_at: Option<UnixMs>,
}

/// What a line's row says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LineBody {
    pub(super) item: Item,
    pub(super) evidence: Evidence,
    pub(super) advice: Advice,
    pub(super) risk: Risk,
    pub(super) passed: Vec<Passed>,
    pub(super) decided: Option<Decided>,
    pub(super) applied: Option<Applied>,
}

/// A line.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) id: ReviewLineId,
    pub(super) review: ReviewId,
    /// Who has it; `None` of a share with a department or role.
    pub(super) subject: Option<UserId>,
    pub(super) reviewer: Option<UserId>,
    /// `open`, `decided`, `done`.
    pub(super) state: &'static str,
    pub(super) at: UnixMs,
    pub(super) ends_at: Option<UnixMs>,
    pub(super) body: LineBody,
    pub(super) version: i64,
}

fn line_state(text: &str) -> Option<&'static str> {
    ["open", "decided", "done"].into_iter().find(|s| *s == text)
}

fn place(object: &'static str, id: [u8; 16]) -> Place<'static> {
    Place { object, record: RecordId::from_bytes(id), field: "body" }
}

pub(super) fn shut(error: vault::VaultError) -> Refusal {
    tracing::error!(%error, "an access review could not be sealed or opened");
    Refusal::Damaged
}

/// What an event tells of rows.
pub(super) fn told_review(review: &Review) -> Told {
    ("review_rows", json!([{ "id": review.id, "version": review.version }]))
}
pub(super) fn told_lines<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Told {
    let one = |l: &Line| json!({ "id": l.id, "version": l.version });
    ("review_lines", lines.into_iter().map(one).collect::<Value>())
}

impl Store {
    /// The statement that keeps a campaign: a new one, or one that nobody changed since it was read.
    pub(super) fn put_review(&self, review: &mut Review) -> Result<Change, Refusal> {
        let was = review.version;
        review.version = was.saturating_add(1);
        let body = serde_json::to_vec(&review.body).map_err(|_| Refusal::Damaged)?;
        let at = place("review", *review.id.as_bytes());
        let body = self.identity.review_key.seal(&at, random(), &body).map_err(shut)?;
        let mut params: Vec<Param> = vec![
            review.id.into(),
            review.state.as_str().into(),
            review.began_at.into(),
            review.due_at.into(),
            body.into(),
            review.version.into(),
        ];
        params.push(self.seals().row(REVIEW.name, &params).to_vec().into());
        if was == 0 {
            let sql = "INSERT INTO review (id, state, began_at, due_at, body, version, seal) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO NOTHING";
            return Ok(Change::new(sql, params).expecting(1));
        }
        params.push(was.into());
        let sql = "UPDATE review SET state = ?2, began_at = ?3, due_at = ?4, body = ?5, version = ?6, seal = ?7 \
                   WHERE id = ?1 AND version = ?8";
        Ok(Change::new(sql, params).expecting(1))
    }

    /// The same of a line.
    pub(super) fn put_line(&self, line: &mut Line) -> Result<Change, Refusal> {
        let was = line.version;
        line.version = was.saturating_add(1);
        let body = serde_json::to_vec(&line.body).map_err(|_| Refusal::Damaged)?;
        let at = place("review_line", *line.id.as_bytes());
        let body = self.identity.review_key.seal(&at, random(), &body).map_err(shut)?;
        let mut params: Vec<Param> = vec![
            line.id.into(),
            line.review.into(),
            line.subject.into(),
            line.reviewer.into(),
            line.state.into(),
            line.at.into(),
            line.ends_at.into(),
            body.into(),
            line.version.into(),
        ];
        params.push(self.seals().row(REVIEW_LINE.name, &params).to_vec().into());
        if was == 0 {
            let sql = "INSERT INTO review_line (id, review, subject, reviewer, state, at, ends_at, body, version, seal) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (id) DO NOTHING";
            return Ok(Change::new(sql, params).expecting(1));
        }
        params.push(was.into());
        let sql = "UPDATE review_line SET review = ?2, subject = ?3, reviewer = ?4, state = ?5, at = ?6, ends_at = ?7, \
                   body = ?8, version = ?9, seal = ?10 WHERE id = ?1 AND version = ?11";
        Ok(Change::new(sql, params).expecting(1))
    }

    fn read_review(&self, row: &Row) -> Result<Review, Refusal> {
        if !REVIEW.is_sealed(self.seals(), row) {
            tracing::error!("an access review was altered beside the program; it is as if it were not there");
            return Err(Refusal::Damaged);
        }
        let id = row.id(0).map_err(broken)?;
        let body = self.identity.review_key.open(&place("review", id), row.bytes(4).map_err(broken)?).map_err(shut)?;
        Ok(Review {
            id: ReviewId::from_bytes(id),
            state: State::read(row.text(1).map_err(broken)?).ok_or(Refusal::Damaged)?,
            began_at: row.time(2).map_err(broken)?,
            due_at: row.time(3).map_err(broken)?,
            body: serde_json::from_slice(&body).map_err(|_| Refusal::Damaged)?,
            version: row.int(5).map_err(broken)?,
        })
    }

    fn read_line(&self, row: &Row) -> Result<Line, Refusal> {
        if !REVIEW_LINE.is_sealed(self.seals(), row) {
            tracing::error!("a line of an access review was altered beside the program; it is as if it were not there");
            return Err(Refusal::Damaged);
        }
        let id = row.id(0).map_err(broken)?;
        let at = place("review_line", id);
        let body = self.identity.review_key.open(&at, row.bytes(7).map_err(broken)?).map_err(shut)?;
        Ok(Line {
            id: ReviewLineId::from_bytes(id),
            review: ReviewId::from_bytes(row.id(1).map_err(broken)?),
            subject: row.opt_id(2).map_err(broken)?.map(UserId::from_bytes),
            reviewer: row.opt_id(3).map_err(broken)?.map(UserId::from_bytes),
            state: line_state(row.text(4).map_err(broken)?).ok_or(Refusal::Damaged)?,
            at: row.time(5).map_err(broken)?,
            ends_at: row.opt_time(6).map_err(broken)?,
            body: serde_json::from_slice(&body).map_err(|_| Refusal::Damaged)?,
            version: row.int(8).map_err(broken)?,
        })
    }

    pub(super) async fn review(&self, id: ReviewId) -> Result<Option<Review>, Refusal> {
        let rows = self.read(Query::point(REVIEW.select("id = ?1"), vec![id.into()])).await?;
        rows.first().map(|row| self.read_review(row)).transpose()
    }

    /// By a condition; one that was altered beside the program is left out, and `doctor` names it.
    pub(super) async fn reviews_where(&self, condition: &str, params: Vec<Param>) -> Result<Vec<Review>, Refusal> {
        let rows = self.read(Query::new(REVIEW.select(condition), params)).await?;
        Ok(rows.iter().filter_map(|row| self.read_review(row).ok()).collect())
    }

    pub(super) async fn lines_where(&self, condition: &str, params: Vec<Param>) -> Result<Vec<Line>, Refusal> {
        let rows = self.read(Query::new(REVIEW_LINE.select(condition), params)).await?;
        Ok(rows.iter().filter_map(|row| self.read_line(row).ok()).collect())
    }

    pub(super) async fn lines_of(&self, id: ReviewId) -> Result<Vec<Line>, Refusal> {
        self.lines_where("review = ?1 ORDER BY id", vec![id.into()]).await
    }
}
