//! Taking a questionnaire in, and what the officer does with a question.

use axum::extract::State;
use govern::assessment::Form;
use model::{AssessmentId, AssessmentQuestionId, UserId};
use serde::{Deserialize, Serialize};
use store::assessments::{ActOnQuestion, AddQuestions, QuestionAct};
use store::company::Note;
use utoipa::ToSchema;

use super::manage::AssessmentVersion;
use super::refused_act;
use crate::answer::Answer;
use crate::extract::{Body, IdPath, IfMatch, ImportBody, PairPath, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::cases::refused;
use crate::state::ApiState;

/// As what a questionnaire comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionnaireForm {
    /// A table with a heading: `id`, `section`, `question`, `zh`, `en`.
    Csv,
    /// A list of objects of those names.
    Json,
}

/// A questionnaire.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Questionnaire {
    pub form: QuestionnaireForm,
    /// At most 1 MiB and 500 questions.
    #[schema(max_length = 1_048_576)]
    pub text: String,
}

/// How many questions were taken in.
#[derive(Serialize, ToSchema)]
pub struct QuestionsAdded {
    pub added: usize,
}

/// Take questions into a draft
///
/// All of them, or none: what is wrong is told by line and column.
#[utoipa::path(
    post, path = "/assessments/{id}/questions", tag = "assessments",
    params(("id" = uuid::Uuid, Path)),
    request_body = Questionnaire,
    responses((status = 200, description = "taken in, after those that are there", body = QuestionsAdded)),
    extensions(("x-whosaw-action" = json!("assessment.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn add_questions(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<AssessmentId>,
    ImportBody(b): ImportBody<Questionnaire>,
) -> Outcome<Answer<QuestionsAdded>> {
    let form = match b.form {
        QuestionnaireForm::Csv => Form::Csv,
        QuestionnaireForm::Json => Form::Json,
    };
    let op = AddQuestions { id, form, text: b.text, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let done = state.store.add_questions(grant).await.map_err(refused)?;
    Ok(Answer::with(done, |added| QuestionsAdded { added }))
}

async fn act(
    state: &ApiState,
    who: &SignedInCaller,
    (id, question): (AssessmentId, AssessmentQuestionId),
    version: i64,
    act: QuestionAct,
) -> Outcome<Answer<AssessmentVersion>> {
    let op = ActOnQuestion { id, question, version, act };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let done = state.store.act_on_question(grant).await.map_err(refused_act)?;
    let version = *done.get();
    Ok(Answer::with(done, |version| AssessmentVersion { version }).version(version))
}

/// Take a question out of a draft
#[utoipa::path(
    delete, path = "/assessments/{id}/questions/{question}", tag = "assessments",
    params(
        ("id" = uuid::Uuid, Path), ("question" = uuid::Uuid, Path),
        ("If-Match" = String, Header, description = "the ETag of the version that was read"),
    ),
    responses((status = 200, description = "taken out", body = AssessmentVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("assessment.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn remove_question(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(id, question): PairPath<AssessmentId, AssessmentQuestionId>,
    IfMatch(version): IfMatch,
) -> Outcome<Answer<AssessmentVersion>> {
    act(&state, &who, (id, question), version, QuestionAct::Remove).await
}

/// Who answers it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionAnswerer {
    /// `null`: nobody in particular.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(value_type = Option<uuid::Uuid>, required = true)]
    pub user: Option<UserId>,
}

/// Give a question to somebody
#[utoipa::path(
    post, path = "/assessments/{id}/questions/{question}/answerer", tag = "assessments",
    params(
        ("id" = uuid::Uuid, Path), ("question" = uuid::Uuid, Path),
        ("If-Match" = String, Header, description = "the ETag of the version that was read"),
    ),
    request_body = QuestionAnswerer,
    responses((status = 200, description = "given, and they are told", body = AssessmentVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("assessment.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn assign_question(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(id, question): PairPath<AssessmentId, AssessmentQuestionId>,
    IfMatch(version): IfMatch,
    Body(b): Body<QuestionAnswerer>,
) -> Outcome<Answer<AssessmentVersion>> {
    act(&state, &who, (id, question), version, QuestionAct::Assign { to: b.user }).await
}

/// Approve an answer
///
/// Whoever wrote it cannot. Assessors see it from then on.
#[utoipa::path(
    post, path = "/assessments/{id}/questions/{question}/approval", tag = "assessments",
    params(
        ("id" = uuid::Uuid, Path), ("question" = uuid::Uuid, Path),
        ("If-Match" = String, Header, description = "the ETag of the version that was read"),
    ),
    responses((status = 200, description = "approved", body = AssessmentVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("assessment.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn approve_answer(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(id, question): PairPath<AssessmentId, AssessmentQuestionId>,
    IfMatch(version): IfMatch,
) -> Outcome<Answer<AssessmentVersion>> {
    act(&state, &who, (id, question), version, QuestionAct::Approve).await
}

/// Why it goes back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerReturnReason {
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Send an answer back to whoever wrote it
///
/// An approved one is not shown to assessors any more.
#[utoipa::path(
    post, path = "/assessments/{id}/questions/{question}/return", tag = "assessments",
    params(
        ("id" = uuid::Uuid, Path), ("question" = uuid::Uuid, Path),
        ("If-Match" = String, Header, description = "the ETag of the version that was read"),
    ),
    request_body = AnswerReturnReason,
    responses((status = 200, description = "sent back", body = AssessmentVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("assessment.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn return_answer(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(id, question): PairPath<AssessmentId, AssessmentQuestionId>,
    IfMatch(version): IfMatch,
    Body(b): Body<AnswerReturnReason>,
) -> Outcome<Answer<AssessmentVersion>> {
    act(&state, &who, (id, question), version, QuestionAct::Return { reason: b.reason }).await
}
