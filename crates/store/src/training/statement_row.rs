//! Statements as rows: what each said as far as it counts, what became of it, sealed. The statement itself is not kept; its digest is.

use std::collections::HashMap;

use access::path::{Change, Param, Refusal};
use model::{RecordId, StatementId, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use vault::Place;

use crate::identity::Told;
use crate::ids::random;
use crate::proof::tables::TRAINING_STATEMENT as TABLE;
use crate::records::broken;
use crate::sql::Sql;
use crate::{Query, Row, Store};

/// Ids of one question.
const PART: usize = 1_000;

/// What becomes of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatementOutcome {
    /// It passed its course.
    Passed,
    /// It says nothing that passes: attempted, failed, too few marks.
    Noted,
    /// What it passed has run out.
    Outdated,
    /// What was passed before counts longer.
    Older,
    /// An officer asked for the course after that.
    BeforeAsked,
    /// It was taken back.
    Voided,
    /// It takes another one back.
    Voids,
    /// From here on: refused, and read again when it comes again.
    Malformed,
    UnknownCourse,
    UnknownActor,
    /// Of whoever sent it by hand.
    Own,
    /// Of a moment that has not come.
    Future,
}

impl StatementOutcome {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Passed,
        Self::Noted,
        Self::Outdated,
        Self::Older,
        Self::BeforeAsked,
        Self::Voided,
        Self::Voids,
        Self::Malformed,
        Self::UnknownCourse,
        Self::UnknownActor,
        Self::Own,
        Self::Future,
    ];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Noted => "noted",
            Self::Outdated => "outdated",
            Self::Older => "older",
            Self::BeforeAsked => "before_asked",
            Self::Voided => "voided",
            Self::Voids => "voids",
            Self::Malformed => "malformed",
            Self::UnknownCourse => "unknown_course",
            Self::UnknownActor => "unknown_actor",
            Self::Own => "own",
            Self::Future => "future",
        }
    }
    pub fn read(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.as_str() == name)
    }
    /// Whether it was refused: sent again it is read again.
    pub const fn is_refused(self) -> bool {
        matches!(self, Self::Malformed | Self::UnknownCourse | Self::UnknownActor | Self::Own | Self::Future)
    }
}

/// Stored sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StatementBody {
    /// SHA-256 of what it said.
    pub(super) digest: String,
    pub(super) verb: Option<String>,
    pub(super) activity: Option<String>,
    /// As the statement names them.
    pub(super) actor: Option<String>,
    pub(super) percent: Option<u32>,
    /// When it says that it was.
    pub(super) said_at: Option<UnixMs>,
    /// Until when what it passed counts.
    pub(super) until: Option<UnixMs>,
    /// What is wrong with it.
    pub(super) reason: Option<String>,
    pub(super) by: UserId,
    pub(super) file: Option<String>,
}

/// A statement as stored.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) id: StatementId,
    pub(super) user: Option<UserId>,
    pub(super) course: Option<String>,
    pub(super) outcome: StatementOutcome,
    pub(super) at: UnixMs,
    pub(super) voids: Option<StatementId>,
    pub(super) body: StatementBody,
    pub(super) version: i64,
}

fn place(id: StatementId) -> Place<'static> {
    Place { object: "training_statement", record: RecordId(id.0), field: "body" }
}

fn shut(error: vault::VaultError) -> Refusal {
    tracing::error!(%error, "a statement could not be sealed or opened");
    Refusal::Damaged
}

/// What an event tells of rows.
pub(super) fn told<'a>(rows: impl IntoIterator<Item = &'a Kept>) -> Told {
    let one =
        |k: &Kept| json!({ "id": k.id, "version": k.version, "sha256": k.body.digest, "outcome": k.outcome.as_str() });
    ("statement_rows", rows.into_iter().map(one).collect())
}

impl Store {
    /// The statement that keeps it: of a row that nobody changed since it was read.
    pub(super) fn put_statement(&self, kept: &mut Kept) -> Result<Change, Refusal> {
        let was = kept.version;
        kept.version = was.saturating_add(1);
        let body = serde_json::to_vec(&kept.body).map_err(|_| Refusal::Damaged)?;
        let body = self.identity.training_key.seal(&place(kept.id), random(), &body).map_err(shut)?;
        let mut params: Vec<Param> = vec![
            kept.id.into(),
            kept.user.into(),
            kept.course.clone().into(),
            kept.outcome.as_str().into(),
            kept.at.into(),
            kept.voids.into(),
            body.into(),
            kept.version.into(),
        ];
        params.push(self.seals().row(TABLE.name, &params).to_vec().into());
        if was == 0 {
            let sql = "INSERT INTO training_statement (id, user_id, course, outcome, at, voids, body, version, seal) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO NOTHING";
            return Ok(Change::new(sql, params).expecting(1));
        }
        params.push(was.into());
        let sql = "UPDATE training_statement SET user_id = ?2, course = ?3, outcome = ?4, at = ?5, voids = ?6, body = ?7, \
                   version = ?8, seal = ?9 WHERE id = ?1 AND version = ?10";
        Ok(Change::new(sql, params).expecting(1))
    }

    fn read_statement(&self, row: &Row) -> Result<Kept, Refusal> {
        if !TABLE.is_sealed(self.seals(), row) {
            tracing::error!("a statement was altered beside the program; nothing is decided by it");
            return Err(Refusal::Damaged);
        }
        let id = StatementId::from_bytes(row.id(0).map_err(broken)?);
        let body = self.identity.training_key.open(&place(id), row.bytes(6).map_err(broken)?).map_err(shut)?;
        Ok(Kept {
            id,
            user: row.opt_id(1).map_err(broken)?.map(UserId::from_bytes),
            course: row.opt_text(2).map_err(broken)?.map(str::to_owned),
            outcome: StatementOutcome::read(row.text(3).map_err(broken)?).ok_or(Refusal::Damaged)?,
            at: row.time(4).map_err(broken)?,
            voids: row.opt_id(5).map_err(broken)?.map(StatementId::from_bytes),
            body: serde_json::from_slice(&body).map_err(|_| Refusal::Damaged)?,
            version: row.int(7).map_err(broken)?,
        })
    }

    /// Those of these ids.
    pub(super) async fn statements_of(&self, ids: &[StatementId]) -> Result<HashMap<StatementId, Kept>, Refusal> {
        let mut found = HashMap::new();
        for part in ids.chunks(PART) {
            let mut sql = Sql::new(self.db.dialect(), &TABLE.select("id IN "));
            sql.bind_list(part.iter().copied());
            for row in self.read(sql.finish()).await? {
                let kept = self.read_statement(&row)?;
                found.insert(kept.id, kept);
            }
        }
        Ok(found)
    }

    /// Those that take any of these back.
    pub(super) async fn voiding(&self, ids: &[StatementId]) -> Result<Vec<Kept>, Refusal> {
        let mut found = vec![];
        for part in ids.chunks(PART) {
            let mut sql = Sql::new(self.db.dialect(), &TABLE.select("outcome = 'voids' AND voids IN "));
            sql.bind_list(part.iter().copied());
            for row in self.read(sql.finish()).await? {
                found.push(self.read_statement(&row)?);
            }
        }
        Ok(found)
    }

    /// Those by which somebody passed a course.
    pub(super) async fn passing(&self, user: UserId, course: &str) -> Result<Vec<Kept>, Refusal> {
        let which = TABLE.select("user_id = ?1 AND course = ?2 AND outcome = 'passed'");
        let rows = self.read(Query::new(which, vec![user.into(), course.into()])).await?;
        rows.iter().map(|row| self.read_statement(row)).collect()
    }

    /// A page of them, newest first. What does not open is as if it were not there; doctor tells of it.
    pub(super) async fn statements_page(
        &self,
        outcome: Option<StatementOutcome>,
        course: Option<&str>,
        after: Option<(UnixMs, StatementId)>,
        limit: usize,
    ) -> Result<(Vec<Kept>, bool), Refusal> {
        let mut sql = Sql::new(self.db.dialect(), &TABLE.select("1 = 1"));
        if let Some(outcome) = outcome {
            sql.push(" AND outcome = ").bind(outcome.as_str());
        }
        if let Some(course) = course {
            sql.push(" AND course = ").bind(course);
        }
        if let Some((at, id)) = after {
            sql.push(" AND (at, id) < (").bind(at).push(", ").bind(id).push(")");
        }
        let most = i64::try_from(limit).unwrap_or(50).saturating_add(1);
        sql.push(" ORDER BY at DESC, id DESC LIMIT ").bind(most);
        let rows = self.read(sql.finish()).await?;
        let more = rows.len() > limit;
        let mut found: Vec<Kept> = rows.iter().filter_map(|row| self.read_statement(row).ok()).collect();
        found.truncate(limit);
        Ok((found, more))
    }
}
