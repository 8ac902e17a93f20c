//! `DELETE /tokens/{id}`

use axum::extract::State;
use model::TokenId;
use store::identity::RevokeToken;

use crate::answer::Answer;
use crate::extract::{IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// Revoke one of one's own tokens
#[utoipa::path(
    delete, path = "/tokens/{id}", tag = "tokens",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "revoked")),
    extensions(("x-whosaw-action" = json!("token.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn revoke_token(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(token): IdPath<TokenId>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, RevokeToken { token }).await?;
    Ok(Answer::done(&state.store.revoke_token(grant).await?))
}
