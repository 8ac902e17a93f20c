//! `GET /tokens`

use axum::extract::State;
use serde::Serialize;
use store::identity::ListTokens;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::SignedInCaller;
use crate::problem::Outcome;
use crate::schema::Items;
use crate::state::ApiState;

/// A token, without its secret.
#[derive(Serialize, ToSchema)]
pub struct TokenView {
    pub id: uuid::Uuid,
    pub name: String,
    #[schema(required = true)]
    pub actions: Option<Vec<String>>,
    pub created_at: i64,
    pub expires_at: i64,
    #[schema(required = true)]
    pub used_at: Option<i64>,
    #[schema(required = true)]
    pub ended_at: Option<i64>,
}

impl From<store::identity::TokenView> for TokenView {
    fn from(t: store::identity::TokenView) -> Self {
        Self {
            id: t.id.0,
            name: t.name,
            actions: t.actions.map(|all| all.iter().map(ToString::to_string).collect()),
            created_at: t.created_at.0,
            expires_at: t.expires_at.0,
            used_at: t.used_at.map(|t| t.0),
            ended_at: t.ended_at.map(|t| t.0),
        }
    }
}

/// One's own tokens
#[utoipa::path(
    get, path = "/tokens", tag = "tokens",
    responses((status = 200, description = "tokens, newest first", body = Items<TokenView>)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_tokens(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Items<TokenView>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListTokens).await?;
    let tokens = state.store.list_tokens(grant).await?;
    Ok(Answer::with(tokens, |all| Items { items: all.into_iter().map(TokenView::from).collect() }))
}
