//! `GET /me`: the caller's own account.

use axum::extract::State;
use model::User;
use serde::Serialize;
use store::company::Myself;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::SignedInCaller;
use crate::problem::Outcome;
use crate::routes::admin::users::UserView;
use crate::state::ApiState;

/// Who one is, and how one is signed in.
#[derive(Serialize, ToSchema)]
pub struct MeAnswer {
    pub user: UserView,
    /// `null` for a token.
    #[schema(required = true)]
    pub session: Option<uuid::Uuid>,
    #[schema(required = true)]
    pub token: Option<uuid::Uuid>,
    /// The only operations a token admits; `null` for all that the user may.
    #[schema(required = true)]
    pub actions: Option<Vec<String>>,
    pub mfa: bool,
    pub expires_at: i64,
}

/// One's own account
#[utoipa::path(
    get, path = "/me", tag = "session",
    responses((status = 200, description = "the caller", body = MeAnswer)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn me(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<MeAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, Myself).await?;
    let user = state.store.myself(grant).await?;
    let i = who.identity;
    Ok(Answer::with(user, |user: User| MeAnswer {
        user: user.into(),
        session: i.session.map(|s| s.0),
        token: i.token.map(|t| t.0),
        actions: i.actions.map(|all| all.iter().map(ToString::to_string).collect()),
        mfa: i.mfa,
        expires_at: i.expires_at.0,
    }))
}
