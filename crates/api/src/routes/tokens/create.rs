//! `POST /tokens`: make a token; its secret is shown once.

use axum::extract::State;
use model::{Action, TokenId, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use store::company::Note;
use store::identity::{CreateToken, NewToken, Secret};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// A token to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenRequest {
    #[schema(min_length = 1, max_length = 80, example = "nightly report")]
    pub name: String,
    /// The only operations it admits; all that its owner may if left out.
    #[schema(value_type = Option<Vec<String>>, example = json!(["list", "view"]))]
    #[serde(default)]
    pub actions: Option<Vec<Action>>,
    /// Milliseconds since 1970, at most 365 days away.
    #[schema(value_type = i64)]
    pub expires_at: UnixMs,
    /// A service account the caller answers for.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub service: Option<UserId>,
}

/// A new token.
#[derive(Serialize, ToSchema)]
pub struct TokenAnswer {
    pub id: uuid::Uuid,
    /// Shown now and never again.
    #[schema(example = "whosaw_pat_…")]
    pub secret: String,
}

/// Make an API token
#[utoipa::path(
    post, path = "/tokens", tag = "tokens",
    request_body = TokenRequest,
    responses((status = 201, description = "made", body = TokenAnswer, headers(("Location" = String)))),
    extensions(("x-whosaw-action" = json!("token.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn create_token(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(body): Body<TokenRequest>,
) -> Outcome<Answer<TokenAnswer>> {
    let token = NewToken {
        name: body.name,
        actions: body.actions.map(|a| a.into_iter().collect()),
        expires_at: body.expires_at,
        service: body.service,
    };
    let op = CreateToken { token, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let made = state.store.create_token(grant).await?;
    let location = format!("/api/v1/tokens/{}", made.get().0);
    let form = |(id, secret): (TokenId, Secret)| TokenAnswer { id: id.0, secret: secret.expose().to_owned() };
    Ok(Answer::with(made, form).created(location))
}
