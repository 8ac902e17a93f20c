//! `/admin/users/{id}/…`: passwords, second factors, sessions and tokens of others.

use axum::extract::State;
use model::{SessionId, TokenId, UserId};
use serde::Serialize;
use store::identity::{
    ListUserSessions, ListUserTokens, ResetPassword, ResetTotp, RevokeUserSessions, RevokeUserToken, Secret,
};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{IdPath, PairPath, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::session::SessionView;
use crate::routes::tokens::TokenView;
use crate::schema::Items;
use crate::state::ApiState;

/// A first password.
#[derive(Serialize, ToSchema)]
pub struct FirstPassword {
    /// Shown now and never again; must be changed at the next sign-in.
    pub password: String,
}

/// Give someone a new first password
///
/// Their sessions and tokens end.
#[utoipa::path(
    post, path = "/admin/users/{id}/password", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "the password, once", body = FirstPassword)),
    extensions(("x-whosaw-action" = json!("user.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn reset_password(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(user): IdPath<UserId>,
) -> Outcome<Answer<FirstPassword>> {
    let grant = state.store.gate().admit_system(&who.caller, ResetPassword { user }).await?;
    let made = state.store.reset_password(grant, None).await?;
    let text = |s: Option<Secret>| s.map(|s| s.expose().to_owned()).unwrap_or_default();
    Ok(Answer::with(made, |secret| FirstPassword { password: text(secret) }))
}

/// Take away the second factor of someone who lost it
#[utoipa::path(
    delete, path = "/admin/users/{id}/totp", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "taken away")),
    extensions(("x-whosaw-action" = json!("user.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn reset_totp(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(user): IdPath<UserId>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, ResetTotp { user }).await?;
    Ok(Answer::done(&state.store.reset_totp(grant).await?))
}

/// Sessions of someone
#[utoipa::path(
    get, path = "/admin/users/{id}/sessions", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "live sessions", body = Items<SessionView>)),
    extensions(("x-whosaw-action" = json!("user.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_user_sessions(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(user): IdPath<UserId>,
) -> Outcome<Answer<Items<SessionView>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListUserSessions { user }).await?;
    let all = state.store.list_user_sessions(grant).await?;
    Ok(Answer::with(all, |all| Items { items: all.into_iter().map(SessionView::from).collect() }))
}

/// End all sessions of someone
#[utoipa::path(
    delete, path = "/admin/users/{id}/sessions", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "ended")),
    extensions(("x-whosaw-action" = json!("user.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn revoke_user_sessions(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(user): IdPath<UserId>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, RevokeUserSessions { user, session: None }).await?;
    Ok(Answer::done(&state.store.revoke_user_sessions(grant).await?))
}

/// End one session of someone
#[utoipa::path(
    delete, path = "/admin/users/{id}/sessions/{session}", tag = "admin",
    params(("id" = uuid::Uuid, Path), ("session" = uuid::Uuid, Path)),
    responses((status = 204, description = "ended")),
    extensions(("x-whosaw-action" = json!("user.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn revoke_user_session(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(user, session): PairPath<UserId, SessionId>,
) -> Outcome<Answer<()>> {
    let grant =
        state.store.gate().admit_system(&who.caller, RevokeUserSessions { user, session: Some(session) }).await?;
    Ok(Answer::done(&state.store.revoke_user_sessions(grant).await?))
}

/// Tokens of someone
#[utoipa::path(
    get, path = "/admin/users/{id}/tokens", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "tokens", body = Items<TokenView>)),
    extensions(("x-whosaw-action" = json!("user.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_user_tokens(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(user): IdPath<UserId>,
) -> Outcome<Answer<Items<TokenView>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListUserTokens { user }).await?;
    let all = state.store.list_user_tokens(grant).await?;
    Ok(Answer::with(all, |all| Items { items: all.into_iter().map(TokenView::from).collect() }))
}

/// Revoke anyone's token
#[utoipa::path(
    delete, path = "/admin/tokens/{id}", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "revoked")),
    extensions(("x-whosaw-action" = json!("user.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn revoke_user_token(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(token): IdPath<TokenId>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, RevokeUserToken { token }).await?;
    Ok(Answer::done(&state.store.revoke_user_token(grant).await?))
}
