//! Recording that somebody leaves, the verdict, closing, and taking back.

use axum::extract::State;
use model::case::Severity;
use model::{CaseId, LeaverId, UserId};
use serde::{Deserialize, Serialize};
use store::company::Note;
use store::leavers::{BeginLeaver, CaseToOpen, CloseLeaver, JudgeLeaver, LeaverVerdict, WithdrawLeaver};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::cases::refused;
use crate::schema::Made;
use crate::state::ApiState;

/// Somebody who leaves.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaverRequest {
    #[schema(value_type = uuid::Uuid)]
    pub user: UserId,
    /// The day on which notice was given: of the last year, today at the latest.
    #[schema(example = "2026-11-23", max_length = 10)]
    pub notice_on: String,
    /// The last day that they work: within two years.
    #[schema(example = "2026-12-22", max_length = 10)]
    pub last_on: String,
    /// Why it is known.
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
}

/// Record that somebody leaves
///
/// From its event on they are watched closely, until it is closed or taken back. Nobody records their own leaving.
#[utoipa::path(
    post, path = "/leavers", tag = "leavers",
    request_body = LeaverRequest,
    responses((status = 201, description = "recorded", body = Made, headers(("Location" = String)))),
    extensions(("x-whosaw-action" = json!("leaver.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn begin_leaver(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<LeaverRequest>,
) -> Outcome<Answer<Made>> {
    let op = BeginLeaver::new(b.user, (b.notice_on, b.last_on), b.reason, who.caller.at);
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let begun = state.store.begin_leaver(grant).await.map_err(refused)?;
    let location = format!("/api/v1/leavers/{}", begun.get());
    Ok(Answer::with(begun, |id| Made { id: id.to_string() }).created(location))
}

/// What the look-back came to.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeaverVerdictChoice {
    NothingUnusual,
    Explained,
    Case,
}

/// A case to open with the verdict. Alerts about the person that are in no case go into it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaverCase {
    /// What it is about, without names.
    #[schema(min_length = 1, max_length = 120)]
    pub title: String,
    #[schema(value_type = String, example = "high")]
    pub severity: Severity,
}

/// A verdict to give.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaverVerdictForm {
    #[schema(inline)]
    pub verdict: LeaverVerdictChoice,
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
    /// Of how many days before the notice the figures are that it is given by: 30 or 90.
    #[schema(minimum = 30, maximum = 90)]
    pub days: u32,
    /// With `case`: the case about this person that is there already.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub case: Option<CaseId>,
    /// Or the one to open, by whoever handles cases.
    #[serde(default)]
    pub open: Option<LeaverCase>,
}

/// The case that goes with a verdict.
#[derive(Serialize, ToSchema)]
pub struct LeaverVerdictGiven {
    #[schema(required = true)]
    pub case: Option<uuid::Uuid>,
}

/// Give the verdict, once
///
/// The event tells the SHA-256 of the figures it was given by. Nobody judges themselves.
#[utoipa::path(
    post, path = "/leavers/{id}/verdict", tag = "leavers",
    params(("id" = uuid::Uuid, Path)),
    request_body = LeaverVerdictForm,
    responses((status = 200, description = "given", body = LeaverVerdictGiven)),
    extensions(("x-whosaw-action" = json!("leaver.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn judge_leaver(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<LeaverId>,
    Body(b): Body<LeaverVerdictForm>,
) -> Outcome<Answer<LeaverVerdictGiven>> {
    let verdict = match b.verdict {
        LeaverVerdictChoice::NothingUnusual => LeaverVerdict::NothingUnusual,
        LeaverVerdictChoice::Explained => LeaverVerdict::Explained,
        LeaverVerdictChoice::Case => LeaverVerdict::Case,
    };
    let open = b.open.map(|c| CaseToOpen { title: c.title, severity: c.severity });
    let (reason, days, case) = (b.reason, b.days, b.case);
    let op = JudgeLeaver { id, verdict, reason, days, case, open, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let given = state.store.judge_leaver(grant).await.map_err(refused)?;
    Ok(Answer::with(given, |case| LeaverVerdictGiven { case: case.map(|c| c.0) }))
}

/// Close it
///
/// Only with a verdict, a disabled account, and nothing left that is theirs. The closer watch ends.
#[utoipa::path(
    post, path = "/leavers/{id}/close", tag = "leavers",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "closed")),
    extensions(("x-whosaw-action" = json!("leaver.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn close_leaver(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<LeaverId>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, CloseLeaver { id, note: Note::default() }).await?;
    Ok(Answer::done(&state.store.close_leaver(grant).await.map_err(refused)?))
}

/// Why the notice was taken back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaverWithdrawal {
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
}

/// Take it back: the person stays
///
/// The closer watch ends; what was recorded is kept.
#[utoipa::path(
    post, path = "/leavers/{id}/withdraw", tag = "leavers",
    params(("id" = uuid::Uuid, Path)),
    request_body = LeaverWithdrawal,
    responses((status = 204, description = "taken back")),
    extensions(("x-whosaw-action" = json!("leaver.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn withdraw_leaver(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<LeaverId>,
    Body(b): Body<LeaverWithdrawal>,
) -> Outcome<Answer<()>> {
    let op = WithdrawLeaver { id, reason: b.reason, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.withdraw_leaver(grant).await.map_err(refused)?))
}
