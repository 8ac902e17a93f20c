//! Closing a case, by one person or by two, and opening it again.

use axum::extract::State;
use model::CaseId;
use model::case::{Act, Verdict};
use serde::Deserialize;
use utoipa::ToSchema;

use super::act::{CaseReason, act};
use super::view::CaseVersion;
use crate::answer::Answer;
use crate::extract::{Body, IdPath, IfMatch, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// How it is to be closed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClosingRequest {
    #[schema(value_type = String, example = "careless")]
    pub verdict: Verdict,
    #[schema(min_length = 1, max_length = 2000)]
    pub root_cause: String,
    #[schema(min_length = 1, max_length = 2000)]
    pub action: String,
}

/// A word on a closing that waits.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClosingWord {
    /// Needed for a refusal.
    #[schema(max_length = 2000)]
    #[serde(default)]
    pub comment: String,
}

/// Close a case, or propose it
///
/// Closed at once below `high`; else it waits for a second person, who is neither the owner nor who proposes it. With the case its open
/// alerts are closed: `malicious` as malicious, `careless` as suspicious, `expected` and `unfounded` as expected.
#[utoipa::path(
    post, path = "/cases/{id}/closing", tag = "cases",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = ClosingRequest,
    responses((status = 200, description = "done", body = CaseVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("case.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn propose_closing(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    IfMatch(version): IfMatch,
    Body(b): Body<ClosingRequest>,
) -> Outcome<Answer<CaseVersion>> {
    act(
        &state,
        &who,
        (id, version),
        Act::Propose { verdict: b.verdict, root_cause: b.root_cause, action: b.action },
        vec![],
    )
    .await
}

/// Consent to a closing
#[utoipa::path(
    post, path = "/cases/{id}/closing/consent", tag = "cases",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = ClosingWord,
    responses((status = 200, description = "done", body = CaseVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("case.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn consent_to_closing(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    IfMatch(version): IfMatch,
    Body(b): Body<ClosingWord>,
) -> Outcome<Answer<CaseVersion>> {
    act(&state, &who, (id, version), Act::Consent { comment: b.comment }, vec![]).await
}

/// Refuse a closing, or take back one's own
#[utoipa::path(
    post, path = "/cases/{id}/closing/refuse", tag = "cases",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = ClosingWord,
    responses((status = 200, description = "done", body = CaseVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("case.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn refuse_closing(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    IfMatch(version): IfMatch,
    Body(b): Body<ClosingWord>,
) -> Outcome<Answer<CaseVersion>> {
    act(&state, &who, (id, version), Act::Refuse { comment: b.comment }, vec![]).await
}

/// Open a closed case again
///
/// The alerts that its closing closed are open again, but for those of which a later one about the same is open.
#[utoipa::path(
    post, path = "/cases/{id}/reopen", tag = "cases",
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header, description = "the ETag of the version that was read")),
    request_body = CaseReason,
    responses((status = 200, description = "done", body = CaseVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("case.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn reopen_case(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    IfMatch(version): IfMatch,
    Body(b): Body<CaseReason>,
) -> Outcome<Answer<CaseVersion>> {
    act(&state, &who, (id, version), Act::Reopen { reason: b.reason }, vec![]).await
}
