//! `/posture/checks/{check}`: who sees to it until when, and what is put up with.

use axum::extract::State;
use model::{UnixMs, UserId};
use serde::Deserialize;
use store::company::Note;
use store::posture::{AssignCheck, ConfirmWaiver, LiftWaiver, WaiveCheck};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::cases::refused;
use crate::state::ApiState;

/// Who sees to a check.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostureCare {
    /// `null`: nobody in particular.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true, value_type = Option<uuid::Uuid>)]
    pub owner: Option<UserId>,
    /// By when it is to be mended.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true)]
    pub due_at: Option<i64>,
}

/// Say who sees to a check, and until when
#[utoipa::path(
    put, path = "/posture/checks/{check}", tag = "posture",
    params(("check" = String, Path, example = "detection.decoys")),
    request_body = PostureCare,
    responses((status = 204, description = "kept")),
    extensions(("x-whosaw-action" = json!("posture.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn assign_check(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(check): IdPath<String>,
    Body(b): Body<PostureCare>,
) -> Outcome<Answer<()>> {
    let op = AssignCheck { check, owner: b.owner, due_at: b.due_at.map(UnixMs), note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.assign_check(grant).await.map_err(refused)?))
}

/// What is to be put up with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostureWaiverForm {
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
    /// At most 180 days from now.
    pub until: i64,
}

/// Put up with a check for a time
///
/// It stays what it is in the score. What is grave is in force when a second person has agreed.
#[utoipa::path(
    put, path = "/posture/checks/{check}/waiver", tag = "posture",
    params(("check" = String, Path, example = "detection.decoys")),
    request_body = PostureWaiverForm,
    responses((status = 204, description = "kept")),
    extensions(("x-whosaw-action" = json!("posture.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn waive_check(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(check): IdPath<String>,
    Body(b): Body<PostureWaiverForm>,
) -> Outcome<Answer<()>> {
    let op = WaiveCheck { check, reason: b.reason, until: UnixMs(b.until), note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.waive_check(grant).await.map_err(refused)?))
}

/// End a waiver
#[utoipa::path(
    delete, path = "/posture/checks/{check}/waiver", tag = "posture",
    params(("check" = String, Path, example = "detection.decoys")),
    responses((status = 204, description = "ended")),
    extensions(("x-whosaw-action" = json!("posture.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn lift_waiver(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(check): IdPath<String>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, LiftWaiver { check }).await?;
    Ok(Answer::done(&state.store.lift_waiver(grant).await.map_err(refused)?))
}

/// Agree, as the second person, to a waiver of something grave
#[utoipa::path(
    post, path = "/posture/checks/{check}/waiver/confirmation", tag = "posture",
    params(("check" = String, Path, example = "detection.decoys")),
    responses((status = 204, description = "in force")),
    extensions(("x-whosaw-action" = json!("posture.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn confirm_waiver(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(check): IdPath<String>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, ConfirmWaiver { check }).await?;
    Ok(Answer::done(&state.store.confirm_waiver(grant).await.map_err(refused)?))
}
