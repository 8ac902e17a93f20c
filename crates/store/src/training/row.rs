//! How somebody stands with a course, as it is stored: one row for a person and a course, sealed.

use access::path::{Change, Param, Refusal};
use model::{StatementId, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use vault::Place;

use crate::identity::Told;
use crate::ids::random;
use crate::proof::tables::TRAINING;
use crate::records::broken;
use crate::{Query, Row, Store};

/// Quizzes that are remembered of one person and course.
const MOST_ATTEMPTS: usize = 50;

/// Why a course was given to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Given {
    /// They took it of their own accord.
    Own,
    /// By the company's rules.
    Required,
    /// What was passed runs out.
    Renewal,
    /// An officer wants it.
    Asked,
    /// After a case that was confirmed.
    Case,
}

impl Given {
    pub const fn as_str(self) -> &'static str {
        match self {
            Given::Own => "own",
            Given::Required => "required",
            Given::Renewal => "renewal",
            Given::Asked => "asked",
            Given::Case => "case",
        }
    }
}

/// A quiz that was begun and is not answered yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Open {
    pub(super) seed: [u8; 32],
    pub(super) at: UnixMs,
    /// The course's version it was drawn from: a newer text draws anew.
    pub(super) version: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Attempt {
    pub(super) at: UnixMs,
    pub(super) right: usize,
    pub(super) of: usize,
    pub(super) passed: bool,
}

/// Stored sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Body {
    pub(super) why: Given,
    pub(super) open: Option<Open>,
    pub(super) attempts: Vec<Attempt>,
    pub(super) passed_at: Option<UnixMs>,
    /// What was passed: the course's version, and the digest of what was acknowledged.
    pub(super) passed_version: Option<u32>,
    pub(super) pledge: Option<String>,
    /// Reminders that went out for this due date.
    pub(super) reminded: u8,
    /// When what is due was asked for: a statement of before passes nothing that an officer asked for.
    #[serde(default)]
    pub(super) given_at: Option<UnixMs>,
    /// The statement by which a course outside was passed.
    #[serde(default)]
    pub(super) statement: Option<ByStatement>,
}

/// A statement that passed a course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ByStatement {
    pub(super) id: StatementId,
    pub(super) percent: Option<u32>,
    /// The host where the course is taken.
    pub(super) from: String,
}

/// A person's course.
#[derive(Debug, Clone)]
pub(super) struct Taken {
    pub(super) id: [u8; 16],
    pub(super) user: UserId,
    pub(super) course: String,
    /// When it was given, or first taken.
    pub(super) at: UnixMs,
    /// By when it is to be passed; `None` while nothing is due.
    pub(super) due_at: Option<UnixMs>,
    /// Until when what was passed counts.
    pub(super) valid_until: Option<UnixMs>,
    pub(super) body: Body,
    pub(super) version: i64,
}

impl Taken {
    /// `passed` while it counts and nothing is due, `overdue` past the date, `due`, or `open` where nobody asks for it.
    pub(super) fn state(&self, now: UnixMs) -> &'static str {
        match (self.due_at, self.valid_until) {
            (Some(due), _) if due < now => "overdue",
            (Some(_), _) => "due",
            (None, Some(until)) if now < until => "passed",
            _ => "open",
        }
    }

    pub(super) fn keep(&mut self, attempt: Attempt) {
        if self.body.attempts.len() >= MOST_ATTEMPTS {
            self.body.attempts.remove(0);
        }
        self.body.attempts.push(attempt);
    }

    fn place(&self) -> Place<'static> {
        Place { object: "training", record: model::RecordId::from_bytes(self.id), field: "body" }
    }

    pub(super) fn told(&self) -> Value {
        json!({ "id": model::RecordId::from_bytes(self.id), "version": self.version })
    }
}

/// What an event tells of rows.
pub(super) fn told<'a>(rows: impl IntoIterator<Item = &'a Taken>) -> Told {
    ("training_rows", rows.into_iter().map(Taken::told).collect())
}

const SET: &str = "user_id = ?2, course = ?3, state = ?4, at = ?5, due_at = ?6, valid_until = ?7, body = ?8, version = ?9, \
                   seal = ?10";

impl Store {
    /// A course of somebody who has nothing of it yet.
    pub(super) fn new_taken(&self, user: UserId, course: &str, why: Given, at: UnixMs) -> Taken {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] =
            self.seals().row("training.id", &[user.into(), course.into()]);
        let body = Body {
            why,
            open: None,
            attempts: vec![],
            passed_at: None,
            passed_version: None,
            pledge: None,
            reminded: 0,
            given_at: None,
            statement: None,
        };
        let id = [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p];
        Taken { id, user, course: course.to_owned(), at, due_at: None, valid_until: None, body, version: 0 }
    }

    fn taken_params(&self, taken: &Taken) -> Result<Vec<Param>, Refusal> {
        let body = serde_json::to_vec(&taken.body).map_err(|_| Refusal::Damaged)?;
        let body = self.identity.training_key.seal(&taken.place(), random(), &body).map_err(|error| {
            tracing::error!(%error, "how somebody stands with a course could not be sealed");
            Refusal::Damaged
        })?;
        // The state by its dates is worked out when it is read; the column tells whether something is to be done.
        let state = if taken.due_at.is_some() { "due" } else { "none" };
        let mut params: Vec<Param> = vec![
            taken.id.to_vec().into(),
            taken.user.into(),
            taken.course.as_str().into(),
            state.into(),
            taken.at.into(),
            taken.due_at.into(),
            taken.valid_until.into(),
            body.into(),
            taken.version.into(),
        ];
        params.push(self.seals().row(TRAINING.name, &params).to_vec().into());
        Ok(params)
    }

    /// The statement that keeps it: of a row that nobody changed since it was read.
    pub(super) fn put_taken(&self, taken: &mut Taken) -> Result<Change, Refusal> {
        let was = taken.version;
        taken.version = was.saturating_add(1);
        let mut params = self.taken_params(taken)?;
        if was == 0 {
            let sql = "INSERT INTO training (id, user_id, course, state, at, due_at, valid_until, body, version, seal) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (id) DO NOTHING";
            return Ok(Change::new(sql, params).expecting(1));
        }
        params.push(was.into());
        let sql = format!("UPDATE training SET {SET} WHERE id = ?1 AND version = ?11");
        Ok(Change::new(sql, params).expecting(1))
    }

    fn read_taken(&self, row: &Row) -> Result<Taken, Refusal> {
        if !TRAINING.is_sealed(self.seals(), row) {
            tracing::error!(
                "how somebody stands with a course was altered beside the program; it is as if it were not there"
            );
            return Err(Refusal::Damaged);
        }
        let id = row.id(0).map_err(broken)?;
        let place = Place { object: "training", record: model::RecordId::from_bytes(id), field: "body" };
        let body = self.identity.training_key.open(&place, row.bytes(7).map_err(broken)?).map_err(|error| {
            tracing::error!(%error, "how somebody stands with a course does not open");
            Refusal::Damaged
        })?;
        Ok(Taken {
            id,
            user: row.user(1).map_err(broken)?,
            course: row.text(2).map_err(broken)?.to_owned(),
            at: row.time(4).map_err(broken)?,
            due_at: row.opt_time(5).map_err(broken)?,
            valid_until: row.opt_time(6).map_err(broken)?,
            body: serde_json::from_slice(&body).map_err(|_| Refusal::Damaged)?,
            version: row.int(8).map_err(broken)?,
        })
    }

    /// All courses of somebody.
    pub(super) async fn taken_by(&self, user: UserId) -> Result<Vec<Taken>, Refusal> {
        let query = Query::new(TRAINING.select("user_id = ?1 ORDER BY course"), vec![user.into()]);
        self.read(query).await?.iter().map(|row| self.read_taken(row)).collect()
    }

    /// All courses of all people. What does not open is as if it were not there; doctor tells of it.
    pub(super) async fn taken_by_all(&self) -> Result<Vec<Taken>, Refusal> {
        let rows = self.read(Query::new(TRAINING.select("1 = 1 ORDER BY user_id, course"), vec![])).await?;
        Ok(rows.iter().filter_map(|row| self.read_taken(row).ok()).collect())
    }
}
