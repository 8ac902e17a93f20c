//! Assessments and questions as they are stored: sealed, versioned, told by events.

use std::collections::{BTreeMap, BTreeSet};

use access::path::{Change, Param, Refusal};
use govern::assessment::{Asked, Standing};
use model::{AssessmentId, AssessmentQuestionId, FileId, FindingId, RecordId, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use vault::Place;

use super::evidence::Evidence;
use super::files::EvidenceFile;
use crate::identity::Told;
use crate::ids::random;
use crate::proof::tables::{ASSESSMENT, ASSESSMENT_QUESTION};
use crate::records::broken;
use crate::{Query, Row, Store};

/// Where an assessment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Not there for assessors yet.
    Draft,
    Open,
    /// Over, and never changed again.
    Closed,
}

impl State {
    pub const fn as_str(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Open => "open",
            State::Closed => "closed",
        }
    }
    pub fn read(text: &str) -> Option<Self> {
        [State::Draft, State::Open, State::Closed].into_iter().find(|s| s.as_str() == text)
    }
}

/// What an assessment is about, in the company's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub name: String,
    /// Who assesses: a customer, a certification body.
    pub organisation: String,
    /// Whom to ask there.
    pub contact: String,
    /// By what it is assessed: a standard, or the customer's own questionnaire.
    pub standard: String,
    pub scope: String,
    /// Assessors can look from then on, if it is open.
    pub starts_at: UnixMs,
    /// Accounts of assessors end then.
    pub ends_at: UnixMs,
    /// When answers are due.
    pub due_at: UnixMs,
    /// What assessors see beside what answers link to.
    pub evidence: BTreeSet<Evidence>,
}

/// Who named an assessor, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Named {
    pub(super) by: UserId,
    pub(super) at: UnixMs,
}

/// What an assessment's row says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Body {
    pub(super) plan: Plan,
    pub(super) by: UserId,
    pub(super) assessors: BTreeMap<UserId, Named>,
    /// All that were put into its room, whether or not they are shown there still.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) files: BTreeMap<FileId, EvidenceFile>,
    pub(super) opened_at: Option<UnixMs>,
    pub(super) closed_at: Option<UnixMs>,
    pub(super) closed_by: Option<UserId>,
    /// Of what it said when it was closed, in hexadecimal.
    pub(super) sha256: Option<String>,
}

/// An assessment as stored.
#[derive(Debug, Clone)]
pub(super) struct Assessment {
    pub(super) id: AssessmentId,
    pub(super) state: State,
    pub(super) made_at: UnixMs,
    pub(super) body: Body,
    pub(super) version: i64,
}

/// An answer, as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub standing: Standing,
    pub text: String,
    pub evidence: BTreeSet<Evidence>,
    pub by: UserId,
    /// For whom a program wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_for: Option<UserId>,
    pub at: UnixMs,
}

/// The second person's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    pub by: UserId,
    pub at: UnixMs,
}

/// Why an answer was not approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    pub by: UserId,
    pub at: UnixMs,
    pub reason: String,
}

/// What an assessor said to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    pub by: UserId,
    pub at: UnixMs,
    pub text: String,
    /// The finding that it raised.
    pub finding: Option<FindingId>,
}

/// What a question's row says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct QuestionBody {
    pub(super) asked: Asked,
    pub(super) answer: Option<Answer>,
    pub(super) approved: Option<Approved>,
    pub(super) returned: Option<Returned>,
    pub(super) words: Vec<Word>,
    pub(super) removed: bool,
}

/// A question as stored.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) id: AssessmentQuestionId,
    pub(super) assessment: AssessmentId,
    pub(super) place: i64,
    pub(super) answerer: Option<UserId>,
    pub(super) at: UnixMs,
    pub(super) body: QuestionBody,
    pub(super) version: i64,
}

impl Question {
    /// What lists ask by: it follows from the body.
    pub(super) fn state(&self) -> &'static str {
        match &self.body {
            QuestionBody { removed: true, .. } => "removed",
            QuestionBody { answer: None, .. } => "open",
            QuestionBody { approved: None, .. } => "answered",
            QuestionBody { .. } => "approved",
        }
    }
}

fn place(object: &'static str, id: [u8; 16]) -> Place<'static> {
    Place { object, record: RecordId::from_bytes(id), field: "body" }
}

pub(super) fn shut(error: vault::VaultError) -> Refusal {
    tracing::error!(%error, "an assessment could not be sealed or opened");
    Refusal::Damaged
}

/// What an event tells of rows.
pub(super) fn told_assessment(a: &Assessment) -> Told {
    ("assessment_rows", json!([{ "id": a.id, "version": a.version }]))
}
pub(super) fn told_questions<'a>(all: impl IntoIterator<Item = &'a Question>) -> Told {
    let one = |q: &Question| json!({ "id": q.id, "version": q.version });
    ("assessment_questions", all.into_iter().map(one).collect::<Value>())
}

impl Store {
    /// The statement that keeps it: a new one, or one that nobody changed since it was read.
    pub(super) fn put_assessment(&self, a: &mut Assessment) -> Result<Change, Refusal> {
        let was = a.version;
        a.version = was.saturating_add(1);
        let body = serde_json::to_vec(&a.body).map_err(|_| Refusal::Damaged)?;
        let at = place("assessment", *a.id.as_bytes());
        let body = self.identity.assessment_key.seal(&at, random(), &body).map_err(shut)?;
        let mut params: Vec<Param> = vec![
            a.id.into(),
            a.state.as_str().into(),
            a.made_at.into(),
            a.body.plan.starts_at.into(),
            a.body.plan.ends_at.into(),
            body.into(),
            a.version.into(),
        ];
        params.push(self.seals().row(ASSESSMENT.name, &params).to_vec().into());
        if was == 0 {
            let sql = "INSERT INTO assessment (id, state, made_at, starts_at, ends_at, body, version, seal) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO NOTHING";
            return Ok(Change::new(sql, params).expecting(1));
        }
        params.push(was.into());
        // What is closed stays as it is, whatever anybody read before.
        let sql = "UPDATE assessment SET state = ?2, made_at = ?3, starts_at = ?4, ends_at = ?5, body = ?6, version = ?7, \
                   seal = ?8 WHERE id = ?1 AND version = ?9 AND state <> 'closed'";
        Ok(Change::new(sql, params).expecting(1))
    }

    /// Fails the unit when the assessment is not as it was read: what is done to its questions depends on that.
    pub(super) fn assessment_unchanged(a: &Assessment) -> Change {
        let sql = "UPDATE assessment SET version = version WHERE id = ?1 AND version = ?2";
        Change::new(sql, vec![a.id.into(), a.version.into()]).expecting(1)
    }

    /// The same of a question.
    pub(super) fn put_question(&self, q: &mut Question) -> Result<Change, Refusal> {
        let was = q.version;
        q.version = was.saturating_add(1);
        let body = serde_json::to_vec(&q.body).map_err(|_| Refusal::Damaged)?;
        let at = place("assessment_question", *q.id.as_bytes());
        let body = self.identity.assessment_key.seal(&at, random(), &body).map_err(shut)?;
        let mut params: Vec<Param> = vec![
            q.id.into(),
            q.assessment.into(),
            q.place.into(),
            q.answerer.into(),
            q.state().into(),
            q.at.into(),
            body.into(),
            q.version.into(),
        ];
        params.push(self.seals().row(ASSESSMENT_QUESTION.name, &params).to_vec().into());
        if was == 0 {
            let sql = "INSERT INTO assessment_question (id, assessment, place, answerer, state, at, body, version, seal) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO NOTHING";
            return Ok(Change::new(sql, params).expecting(1));
        }
        params.push(was.into());
        let sql = "UPDATE assessment_question SET assessment = ?2, place = ?3, answerer = ?4, state = ?5, at = ?6, \
                   body = ?7, version = ?8, seal = ?9 WHERE id = ?1 AND version = ?10";
        Ok(Change::new(sql, params).expecting(1))
    }

    fn read_assessment(&self, row: &Row) -> Result<Assessment, Refusal> {
        if !ASSESSMENT.is_sealed(self.seals(), row) {
            tracing::error!("an assessment was altered beside the program; it is as if it were not there");
            return Err(Refusal::Damaged);
        }
        let id = row.id(0).map_err(broken)?;
        let at = place("assessment", id);
        let body = self.identity.assessment_key.open(&at, row.bytes(5).map_err(broken)?).map_err(shut)?;
        Ok(Assessment {
            id: AssessmentId::from_bytes(id),
            state: State::read(row.text(1).map_err(broken)?).ok_or(Refusal::Damaged)?,
            made_at: row.time(2).map_err(broken)?,
            body: serde_json::from_slice(&body).map_err(|_| Refusal::Damaged)?,
            version: row.int(6).map_err(broken)?,
        })
    }

    fn read_question(&self, row: &Row) -> Result<Question, Refusal> {
        if !ASSESSMENT_QUESTION.is_sealed(self.seals(), row) {
            tracing::error!(
                "a question of an assessment was altered beside the program; it is as if it were not there"
            );
            return Err(Refusal::Damaged);
        }
        let id = row.id(0).map_err(broken)?;
        let at = place("assessment_question", id);
        let body = self.identity.assessment_key.open(&at, row.bytes(6).map_err(broken)?).map_err(shut)?;
        Ok(Question {
            id: AssessmentQuestionId::from_bytes(id),
            assessment: AssessmentId::from_bytes(row.id(1).map_err(broken)?),
            place: row.int(2).map_err(broken)?,
            answerer: row.opt_id(3).map_err(broken)?.map(UserId::from_bytes),
            at: row.time(5).map_err(broken)?,
            body: serde_json::from_slice(&body).map_err(|_| Refusal::Damaged)?,
            version: row.int(7).map_err(broken)?,
        })
    }

    pub(super) async fn assessment(&self, id: AssessmentId) -> Result<Option<Assessment>, Refusal> {
        let rows = self.read(Query::point(ASSESSMENT.select("id = ?1"), vec![id.into()])).await?;
        rows.first().map(|row| self.read_assessment(row)).transpose()
    }

    /// By a condition; one that was altered beside the program is left out, and `doctor` names it.
    pub(super) async fn assessments_where(
        &self,
        condition: &str,
        params: Vec<Param>,
    ) -> Result<Vec<Assessment>, Refusal> {
        let rows = self.read(Query::new(ASSESSMENT.select(condition), params)).await?;
        Ok(rows.iter().filter_map(|row| self.read_assessment(row).ok()).collect())
    }

    pub(super) async fn questions_where(&self, condition: &str, params: Vec<Param>) -> Result<Vec<Question>, Refusal> {
        let rows = self.read(Query::new(ASSESSMENT_QUESTION.select(condition), params)).await?;
        Ok(rows.iter().filter_map(|row| self.read_question(row).ok()).collect())
    }

    /// All of an assessment, in their order, without those that were taken out.
    pub(super) async fn questions_of(&self, id: AssessmentId) -> Result<Vec<Question>, Refusal> {
        self.questions_where("assessment = ?1 AND state <> 'removed' ORDER BY place, id", vec![id.into()]).await
    }

    /// One of an assessment's.
    pub(super) async fn question(
        &self,
        of: AssessmentId,
        id: AssessmentQuestionId,
    ) -> Result<Option<Question>, Refusal> {
        let query = Query::point(ASSESSMENT_QUESTION.select("id = ?1"), vec![id.into()]);
        let rows = self.read(query).await?;
        let found = rows.first().map(|row| self.read_question(row)).transpose()?;
        Ok(found.filter(|q| q.assessment == of && !q.body.removed))
    }
}
