//! Beginning, changing, opening and closing, and naming assessors.

use axum::extract::State;
use model::{AssessmentId, UserId};
use serde::Serialize;
use store::assessments::{BeginAssessment, ChangeAssessment, ChangeAssessor, State as Stage, StepAssessment};
use store::company::Note;
use utoipa::ToSchema;

use super::form::AssessmentPlan;
use super::refused_act;
use crate::answer::Answer;
use crate::extract::{Body, IdPath, IfMatch, PairPath, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::cases::refused;
use crate::state::ApiState;

/// An assessment that was begun.
#[derive(Serialize, ToSchema)]
pub struct AssessmentBegun {
    pub id: uuid::Uuid,
}

/// The version that it has now.
#[derive(Serialize, ToSchema)]
pub struct AssessmentVersion {
    pub version: i64,
}

/// Begin an assessment, as a draft
#[utoipa::path(
    post, path = "/assessments", tag = "assessments",
    request_body = AssessmentPlan,
    responses((status = 201, description = "begun; nobody from outside sees it yet", body = AssessmentBegun)),
    extensions(("x-whosaw-action" = json!("assessment.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn begin_assessment(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(form): Body<AssessmentPlan>,
) -> Outcome<Answer<AssessmentBegun>> {
    let op = BeginAssessment::new(form.read()?, who.caller.at);
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let begun = state.store.begin_assessment(grant).await.map_err(refused)?;
    let at = format!("/api/v1/assessments/{}", begun.get());
    Ok(Answer::with(begun, |id| AssessmentBegun { id: id.0 }).created(at))
}

/// Change what it is about, its dates and its room
///
/// Accounts of its assessors end when it ends.
#[utoipa::path(
    put, path = "/assessments/{id}", tag = "assessments",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = AssessmentPlan,
    responses((status = 200, description = "changed", body = AssessmentVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("assessment.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_assessment(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<AssessmentId>,
    IfMatch(version): IfMatch,
    Body(form): Body<AssessmentPlan>,
) -> Outcome<Answer<AssessmentVersion>> {
    let op = ChangeAssessment { id, version, plan: form.read()? };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let done = state.store.change_assessment(grant).await.map_err(refused_act)?;
    let version = *done.get();
    Ok(Answer::with(done, |version| AssessmentVersion { version }).version(version))
}

async fn step(
    state: &ApiState,
    who: &SignedInCaller,
    (id, version): (AssessmentId, i64),
    to: Stage,
) -> Outcome<Answer<AssessmentVersion>> {
    let op = StepAssessment { id, version, to, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let done = state.store.step_assessment(grant).await.map_err(refused_act)?;
    let version = *done.get();
    Ok(Answer::with(done, |version| AssessmentVersion { version }).version(version))
}

/// Open it for its assessors
///
/// Its questions stay as they are from then on.
#[utoipa::path(
    post, path = "/assessments/{id}/open", tag = "assessments",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    responses((status = 200, description = "opened", body = AssessmentVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("assessment.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn open_assessment(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<AssessmentId>,
    IfMatch(version): IfMatch,
) -> Outcome<Answer<AssessmentVersion>> {
    step(&state, &who, (id, version), Stage::Open).await
}

/// Close it for ever
///
/// What it said is kept, its event holds the SHA-256 of that, and accounts of its assessors end.
#[utoipa::path(
    post, path = "/assessments/{id}/close", tag = "assessments",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    responses((status = 200, description = "closed", body = AssessmentVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("assessment.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn close_assessment(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<AssessmentId>,
    IfMatch(version): IfMatch,
) -> Outcome<Answer<AssessmentVersion>> {
    step(&state, &who, (id, version), Stage::Closed).await
}

async fn assessor(
    state: &ApiState,
    who: &SignedInCaller,
    (id, user): (AssessmentId, UserId),
    version: i64,
    named: bool,
) -> Outcome<Answer<AssessmentVersion>> {
    let op = ChangeAssessor { id, version, user, named, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let done = state.store.change_assessor(grant).await.map_err(refused_act)?;
    let version = *done.get();
    Ok(Answer::with(done, |version| AssessmentVersion { version }).version(version))
}

/// Name an account as assessor
///
/// An active person's without any role. From then on it can look at what it is named in until that ends, and do nothing else.
#[utoipa::path(
    put, path = "/assessments/{id}/assessors/{user}", tag = "assessments",
    params(
        ("id" = uuid::Uuid, Path), ("user" = uuid::Uuid, Path),
        ("If-Match" = String, Header, description = "the ETag of the version that was read"),
    ),
    responses((status = 200, description = "named", body = AssessmentVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("assessment.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn name_assessor(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(id, user): PairPath<AssessmentId, UserId>,
    IfMatch(version): IfMatch,
) -> Outcome<Answer<AssessmentVersion>> {
    assessor(&state, &who, (id, user), version, true).await
}

/// Take an assessor off
///
/// The account has nothing of this assessment from that moment on.
#[utoipa::path(
    delete, path = "/assessments/{id}/assessors/{user}", tag = "assessments",
    params(
        ("id" = uuid::Uuid, Path), ("user" = uuid::Uuid, Path),
        ("If-Match" = String, Header, description = "the ETag of the version that was read"),
    ),
    responses((status = 200, description = "taken off", body = AssessmentVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("assessment.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn dismiss_assessor(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(id, user): PairPath<AssessmentId, UserId>,
    IfMatch(version): IfMatch,
) -> Outcome<Answer<AssessmentVersion>> {
    assessor(&state, &who, (id, user), version, false).await
}
