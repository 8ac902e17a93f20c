//! Writing an answer; and what an assessor says to a question.

use axum::extract::State;
use model::{AssessmentId, AssessmentQuestionId, Severity};
use serde::{Deserialize, Serialize};
use store::assessments::{AnswerQuestion, NewAnswer, NewFinding, SayOnQuestion};
use store::company::Note;
use utoipa::ToSchema;

use super::form::{AnswerStanding, evidence_of};
use super::manage::AssessmentVersion;
use super::refused_act;
use crate::answer::Answer;
use crate::extract::{Body, IfMatch, PairPath, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::cases::refused;
use crate::state::ApiState;

/// An answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerForm {
    pub standing: AnswerStanding,
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
    /// What the writer can read themselves: `report:<id>` and the like.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub evidence: Vec<String>,
}

/// Answer a question
///
/// One that was given to the caller; who runs assessments answers any. It waits for somebody else's approval, also when it was approved
/// before.
#[utoipa::path(
    put, path = "/assessments/{id}/questions/{question}/answer", tag = "assessments",
    params(
        ("id" = uuid::Uuid, Path), ("question" = uuid::Uuid, Path),
        ("If-Match" = String, Header, description = "the ETag of the version that was read"),
    ),
    request_body = AnswerForm,
    responses((status = 200, description = "written", body = AssessmentVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("assessment.answer")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn answer_assessment_question(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(id, question): PairPath<AssessmentId, AssessmentQuestionId>,
    IfMatch(version): IfMatch,
    Body(b): Body<AnswerForm>,
) -> Outcome<Answer<AssessmentVersion>> {
    let evidence = evidence_of("/evidence", &b.evidence)?;
    let answer = NewAnswer { standing: b.standing.into(), text: b.text, evidence };
    let op = AnswerQuestion { id, question, version, answer };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let done = state.store.answer_question(grant).await.map_err(refused_act)?;
    let version = *done.get();
    Ok(Answer::with(done, |version| AssessmentVersion { version }).version(version))
}

/// How grave it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RaisedSeverity {
    Informational,
    Low,
    Medium,
    High,
    Critical,
}

impl From<RaisedSeverity> for Severity {
    fn from(s: RaisedSeverity) -> Self {
        match s {
            RaisedSeverity::Informational => Self::Informational,
            RaisedSeverity::Low => Self::Low,
            RaisedSeverity::Medium => Self::Medium,
            RaisedSeverity::High => Self::High,
            RaisedSeverity::Critical => Self::Critical,
        }
    }
}

/// What is wrong.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RaisedFinding {
    #[schema(min_length = 1, max_length = 200)]
    pub title: String,
    pub severity: RaisedSeverity,
}

/// What an assessor says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssessorWord {
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
    /// Raise a finding, which the text explains.
    #[serde(default)]
    pub finding: Option<RaisedFinding>,
}

/// The finding that was raised.
#[derive(Serialize, ToSchema)]
pub struct AssessorSaid {
    #[schema(required = true)]
    pub finding: Option<uuid::Uuid>,
}

/// Say something to a question, or raise a finding
///
/// As an assessor who is named in it, while it is open and within its dates. A finding is followed with all others, due by how grave it is.
#[utoipa::path(
    post, path = "/assessments/{id}/questions/{question}/words", tag = "assessments",
    params(("id" = uuid::Uuid, Path), ("question" = uuid::Uuid, Path)),
    request_body = AssessorWord,
    responses((status = 200, description = "kept", body = AssessorSaid)),
    extensions(("x-whosaw-action" = json!("assessment.assess")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn say_on_question(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(id, question): PairPath<AssessmentId, AssessmentQuestionId>,
    Body(b): Body<AssessorWord>,
) -> Outcome<Answer<AssessorSaid>> {
    let finding = b.finding.map(|f| NewFinding { title: f.title, severity: f.severity.into() });
    let op = SayOnQuestion { id, question, text: b.text, finding, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let said = state.store.say_on_question(grant).await.map_err(refused)?;
    Ok(Answer::with(said, |finding| AssessorSaid { finding: finding.map(|f| f.0) }))
}
