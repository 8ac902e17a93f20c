//! Acts on a finding. Each is made to the version that was read.

use access::path::Refusal;
use axum::extract::State;
use model::{FindingId, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use store::findings::{Act, ActOnFinding};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IdPath, IfMatch, SignedInCaller};
use crate::problem::{Outcome, Precondition, Problem};
use crate::routes::cases::refused;
use crate::state::ApiState;

/// The version that a finding has now.
#[derive(Serialize, ToSchema)]
pub struct FindingVersion {
    pub version: i64,
}

/// Whose it is, and by when.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingOwner {
    /// `null`: nobody's.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(value_type = Option<uuid::Uuid>, required = true)]
    pub user: Option<UserId>,
    /// Another day than the rules say; left out, it stays due when it is.
    #[serde(default)]
    pub due_at: Option<i64>,
}

/// What was done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingNote {
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub note: String,
}

/// Why it is accepted, and until when.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingAcceptance {
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
    pub until: i64,
}

/// A reason.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingReason {
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// The second person's word.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingConsent {
    pub agree: bool,
}

fn refused_act(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::Conflict => Precondition::IfMatch.answer(Refusal::Conflict),
        other => refused(other),
    }
}

/// Does it, in one place for all of them.
async fn carry_out(
    state: &ApiState,
    who: &SignedInCaller,
    (id, version): (FindingId, i64),
    act: Act,
) -> Outcome<Answer<FindingVersion>> {
    let grant = state.store.gate().admit_system(&who.caller, ActOnFinding { id, version, act }).await?;
    let done = state.store.act_on_finding(grant).await.map_err(refused_act)?;
    let version = *done.get();
    Ok(Answer::with(done, |version| FindingVersion { version }).version(version))
}

/// Say whose it is, and by when
#[utoipa::path(
    post, path = "/findings/{id}/owner", tag = "findings",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = FindingOwner,
    responses((status = 200, description = "done", body = FindingVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("finding.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn assign_finding(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<FindingId>,
    IfMatch(version): IfMatch,
    Body(b): Body<FindingOwner>,
) -> Outcome<Answer<FindingVersion>> {
    carry_out(&state, &who, (id, version), Act::Assign { to: b.user, due: b.due_at.map(UnixMs) }).await
}

/// Say that it is fixed
///
/// It counts as open until a scan of the same tool shows it no more.
#[utoipa::path(
    post, path = "/findings/{id}/fixed", tag = "findings",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = FindingNote,
    responses((status = 200, description = "done", body = FindingVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("finding.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn claim_finding_fixed(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<FindingId>,
    IfMatch(version): IfMatch,
    Body(b): Body<FindingNote>,
) -> Outcome<Answer<FindingVersion>> {
    carry_out(&state, &who, (id, version), Act::Fixed { note: b.note }).await
}

/// Accept it until a day
///
/// Where it is grave by the rules, it waits until somebody else who manages findings agrees.
#[utoipa::path(
    post, path = "/findings/{id}/acceptance", tag = "findings",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = FindingAcceptance,
    responses((status = 200, description = "done", body = FindingVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("finding.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn accept_finding(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<FindingId>,
    IfMatch(version): IfMatch,
    Body(b): Body<FindingAcceptance>,
) -> Outcome<Answer<FindingVersion>> {
    carry_out(&state, &who, (id, version), Act::Accept { reason: b.reason, until: UnixMs(b.until) }).await
}

/// Say that there is nothing
///
/// Where it is grave by the rules, it waits until somebody else who manages findings agrees. Scans that show it again change nothing.
#[utoipa::path(
    post, path = "/findings/{id}/false-positive", tag = "findings",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = FindingReason,
    responses((status = 200, description = "done", body = FindingVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("finding.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn mark_false_positive(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<FindingId>,
    IfMatch(version): IfMatch,
    Body(b): Body<FindingReason>,
) -> Outcome<Answer<FindingVersion>> {
    carry_out(&state, &who, (id, version), Act::FalsePositive { reason: b.reason }).await
}

/// Agree that it is set aside, or not
///
/// Whoever asked can take it back, and cannot agree.
#[utoipa::path(
    post, path = "/findings/{id}/consent", tag = "findings",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = FindingConsent,
    responses((status = 200, description = "done", body = FindingVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("finding.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn consent_to_finding(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<FindingId>,
    IfMatch(version): IfMatch,
    Body(b): Body<FindingConsent>,
) -> Outcome<Answer<FindingVersion>> {
    carry_out(&state, &who, (id, version), Act::Consent { agree: b.agree }).await
}

/// Open it again
#[utoipa::path(
    post, path = "/findings/{id}/reopen", tag = "findings",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = FindingReason,
    responses((status = 200, description = "done", body = FindingVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("finding.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn reopen_finding(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<FindingId>,
    IfMatch(version): IfMatch,
    Body(b): Body<FindingReason>,
) -> Outcome<Answer<FindingVersion>> {
    carry_out(&state, &who, (id, version), Act::Reopen { reason: b.reason }).await
}

/// Verify that it is fixed
///
/// Of what an assessor raised: scans do not verify it. Whoever said that it is fixed cannot.
#[utoipa::path(
    post, path = "/findings/{id}/verified", tag = "findings",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = FindingNote,
    responses((status = 200, description = "done", body = FindingVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("finding.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn verify_finding(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<FindingId>,
    IfMatch(version): IfMatch,
    Body(b): Body<FindingNote>,
) -> Outcome<Answer<FindingVersion>> {
    carry_out(&state, &who, (id, version), Act::Verify { note: b.note }).await
}
