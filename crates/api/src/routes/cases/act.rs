//! Acts on a case. Each is made to the version that was read.

use axum::extract::State;
use model::case::{Act, MeasureKind, Severity};
use model::{CaseId, EventId, InquiryId, UnixMs, UserId};
use serde::Deserialize;
use store::cases::{HandleCase, TakeWith};
use utoipa::ToSchema;

use super::refused_act;
use super::view::CaseVersion;
use crate::answer::Answer;
use crate::extract::{Body, IdPath, IfMatch, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// Does it, in one place for all of them.
pub(super) async fn act(
    state: &ApiState,
    who: &SignedInCaller,
    (id, version): (CaseId, i64),
    act: Act,
    shown: Vec<EventId>,
) -> Outcome<Answer<CaseVersion>> {
    carry_out(state, who, HandleCase { id, version, act, shown, take: TakeWith::default() }).await
}

async fn carry_out(state: &ApiState, who: &SignedInCaller, op: HandleCase) -> Outcome<Answer<CaseVersion>> {
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let done = state.store.handle_case(grant).await.map_err(refused_act)?;
    let version = *done.get();
    Ok(Answer::with(done, |version| CaseVersion { version }).version(version))
}

/// Something written.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseText {
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
}

/// A reason.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseReason {
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// Whether a task is done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseTaskState {
    /// From 0.
    pub task: usize,
    pub done: bool,
}

/// Who is to handle it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseOwner {
    #[schema(value_type = uuid::Uuid)]
    pub user: UserId,
}

/// Whether one watches it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseWatch {
    pub on: bool,
}

/// Another severity.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseGrade {
    #[schema(value_type = String, example = "high")]
    pub severity: Severity,
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// Events to cite.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseEvents {
    #[schema(value_type = Vec<uuid::Uuid>, min_items = 1, max_items = 500)]
    pub events: Vec<EventId>,
}

/// A question to the subject.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseQuestion {
    /// The subject reads it as it is.
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
    /// Which of the cited events they are shown.
    #[schema(value_type = Vec<uuid::Uuid>, max_items = 500)]
    #[serde(default)]
    pub events: Vec<EventId>,
}

/// What was done about it, how it ended, and until when it holds.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseMeasureRequest {
    /// `end_sessions` ends them at once; `throttle`, `step_up`, `suspend` and `no_export` are taken from the subject at once, as
    /// `POST /admin/responses` takes them; `narrow_role`, `revoke_grant`, `talk` and `other` record what was done elsewhere.
    #[schema(value_type = String, example = "narrow_role")]
    pub kind: MeasureKind,
    /// Of what is taken from the subject at most 500 characters.
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
    /// Needed for what is taken from the subject: at most 30 days ahead.
    #[serde(default)]
    pub until: Option<i64>,
    /// Needed for `throttle`: reads a minute.
    #[schema(minimum = 1, maximum = 600)]
    #[serde(default)]
    pub per_minute: Option<u32>,
    /// What the subject reads, where something is taken from them.
    #[schema(max_length = 500)]
    #[serde(default)]
    pub message: String,
}

/// Write a note
#[utoipa::path(
    post, path = "/cases/{id}/notes", tag = "cases",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = CaseText,
    responses((status = 200, description = "done", body = CaseVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("case.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn note_case(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    IfMatch(version): IfMatch,
    Body(b): Body<CaseText>,
) -> Outcome<Answer<CaseVersion>> {
    act(&state, &who, (id, version), Act::Note { text: b.text }, vec![]).await
}

/// Add a task
#[utoipa::path(
    post, path = "/cases/{id}/tasks", tag = "cases",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = CaseText,
    responses((status = 200, description = "done", body = CaseVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("case.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn add_task(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    IfMatch(version): IfMatch,
    Body(b): Body<CaseText>,
) -> Outcome<Answer<CaseVersion>> {
    act(&state, &who, (id, version), Act::AddTask { text: b.text }, vec![]).await
}

/// Tick a task off, or on again
#[utoipa::path(
    put, path = "/cases/{id}/tasks/done", tag = "cases",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = CaseTaskState,
    responses((status = 200, description = "done", body = CaseVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("case.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn set_task(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    IfMatch(version): IfMatch,
    Body(b): Body<CaseTaskState>,
) -> Outcome<Answer<CaseVersion>> {
    act(&state, &who, (id, version), Act::SetTask { n: b.task, done: b.done }, vec![]).await
}

/// Give a case to somebody
///
/// They have the duty, and the case is not about them or their direct manager.
#[utoipa::path(
    put, path = "/cases/{id}/owner", tag = "cases",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = CaseOwner,
    responses((status = 200, description = "done", body = CaseVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("case.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn assign_case(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    IfMatch(version): IfMatch,
    Body(b): Body<CaseOwner>,
) -> Outcome<Answer<CaseVersion>> {
    act(&state, &who, (id, version), Act::Assign { to: b.user }, vec![]).await
}

/// Watch a case, or not any more
#[utoipa::path(
    put, path = "/cases/{id}/watch", tag = "cases",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = CaseWatch,
    responses((status = 200, description = "done", body = CaseVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("case.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn watch_case(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    IfMatch(version): IfMatch,
    Body(b): Body<CaseWatch>,
) -> Outcome<Answer<CaseVersion>> {
    act(&state, &who, (id, version), Act::Watch { on: b.on }, vec![]).await
}

/// Change the severity
///
/// The date begins anew. A case that ever was `high` or above is closed by two people.
#[utoipa::path(
    put, path = "/cases/{id}/severity", tag = "cases",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = CaseGrade,
    responses((status = 200, description = "done", body = CaseVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("case.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn grade_case(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    IfMatch(version): IfMatch,
    Body(b): Body<CaseGrade>,
) -> Outcome<Answer<CaseVersion>> {
    act(&state, &who, (id, version), Act::Grade { to: b.severity, reason: b.reason }, vec![]).await
}

/// Cite events
///
/// Events by the subject or done for them; retention passes them over from then on.
#[utoipa::path(
    post, path = "/cases/{id}/evidence", tag = "cases",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = CaseEvents,
    responses((status = 200, description = "done", body = CaseVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("case.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn cite_events(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    IfMatch(version): IfMatch,
    Body(b): Body<CaseEvents>,
) -> Outcome<Answer<CaseVersion>> {
    act(&state, &who, (id, version), Act::Cite { events: b.events }, vec![]).await
}

/// Ask the subject
///
/// They get a notice, and see the question and the named accesses; nothing of the case, and not who asks.
#[utoipa::path(
    post, path = "/cases/{id}/questions", tag = "cases",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = CaseQuestion,
    responses((status = 200, description = "done", body = CaseVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("case.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn ask_subject(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    IfMatch(version): IfMatch,
    Body(b): Body<CaseQuestion>,
) -> Outcome<Answer<CaseVersion>> {
    act(&state, &who, (id, version), Act::Ask { question: InquiryId::from_bytes([0; 16]), text: b.text }, b.events)
        .await
}

/// Take the question back
#[utoipa::path(
    post, path = "/cases/{id}/questions/withdraw", tag = "cases",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    responses((status = 200, description = "done", body = CaseVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("case.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn withdraw_question(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    IfMatch(version): IfMatch,
) -> Outcome<Answer<CaseVersion>> {
    act(&state, &who, (id, version), Act::Unask { question: InquiryId::from_bytes([0; 16]) }, vec![]).await
}

/// Show who it is about
///
/// To the caller alone, with a reason that stands in the log.
#[utoipa::path(
    post, path = "/cases/{id}/reveal", tag = "cases",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = CaseReason,
    responses((status = 200, description = "done", body = CaseVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("case.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn reveal_subject(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    IfMatch(version): IfMatch,
    Body(b): Body<CaseReason>,
) -> Outcome<Answer<CaseVersion>> {
    act(&state, &who, (id, version), Act::Reveal { reason: b.reason }, vec![]).await
}

/// Do something about it, or record what was done
///
/// What is taken from the subject needs `response.take` besides, holds from the next request on, and ends by itself.
#[utoipa::path(
    post, path = "/cases/{id}/measures", tag = "cases",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = CaseMeasureRequest,
    responses((status = 200, description = "done", body = CaseVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("case.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn record_measure(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    IfMatch(version): IfMatch,
    Body(b): Body<CaseMeasureRequest>,
) -> Outcome<Answer<CaseVersion>> {
    let act = Act::Measure { kind: b.kind, text: b.text, until: b.until.map(UnixMs), response: None };
    let take = TakeWith { per_minute: b.per_minute, message: b.message };
    carry_out(&state, &who, HandleCase { id, version, act, shown: vec![], take }).await
}

/// Say that it is contained
#[utoipa::path(
    post, path = "/cases/{id}/contain", tag = "cases",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = CaseReason,
    responses((status = 200, description = "done", body = CaseVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("case.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn contain_case(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    IfMatch(version): IfMatch,
    Body(b): Body<CaseReason>,
) -> Outcome<Answer<CaseVersion>> {
    act(&state, &who, (id, version), Act::Contain { reason: b.reason }, vec![]).await
}
