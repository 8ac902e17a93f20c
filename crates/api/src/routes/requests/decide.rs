//! `POST /requests/{id}/decide`: consent or refuse 审批.

use axum::extract::State;
use model::RequestId;
use serde::{Deserialize, Serialize};
use store::requests::DecideRequest;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// A decision.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionRequest {
    pub consent: bool,
    /// Needed for a refusal, and for the review of an emergency access.
    #[schema(max_length = 500)]
    #[serde(default)]
    pub comment: String,
    /// The request's version as it was read.
    pub version: i64,
}

/// Where the request stands.
#[derive(Serialize, ToSchema)]
pub struct DecidedAnswer {
    /// `waiting` for others, `approved` or `refused`.
    pub state: &'static str,
}

/// Decide about a request
///
/// What the last consent lets happen, happens at once and with the rights of who consents: a share never gives more than its giver
/// has.
#[utoipa::path(
    post, path = "/requests/{id}/decide", tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = DecisionRequest,
    responses((status = 200, description = "where it stands", body = DecidedAnswer)),
    extensions(("x-whosaw-action" = json!("request.decide")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn decide_request(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<RequestId>,
    Body(b): Body<DecisionRequest>,
) -> Outcome<Answer<DecidedAnswer>> {
    let op = DecideRequest { id, version: b.version, consent: b.consent, comment: b.comment };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.decide_request(grant).await?, |outcome| DecidedAnswer { state: outcome.as_str() }))
}
