//! `DELETE /sessions/{id}`, `DELETE /sessions`: end one's own sessions elsewhere.

use axum::extract::State;
use model::SessionId;
use store::identity::{OwnSessions, RevokeSession};

use crate::answer::Answer;
use crate::extract::{IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

async fn revoke(state: &ApiState, who: &SignedInCaller, sessions: OwnSessions) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, RevokeSession { sessions }).await?;
    Ok(Answer::done(&state.store.revoke_session(grant).await?))
}

/// End one of one's own sessions
#[utoipa::path(
    delete, path = "/sessions/{id}", tag = "session",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "ended")),
    extensions(("x-whosaw-action" = json!("session.revoke")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn revoke_session(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<SessionId>,
) -> Outcome<Answer<()>> {
    revoke(&state, &who, OwnSessions::One(id)).await
}

/// End all of one's own sessions but this one
#[utoipa::path(
    delete, path = "/sessions", tag = "session",
    responses((status = 204, description = "ended")),
    extensions(("x-whosaw-action" = json!("session.revoke")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn revoke_other_sessions(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<()>> {
    revoke(&state, &who, OwnSessions::Others).await
}
