//! `GET /me/reveals`: how many masked fields the caller may still see in the clear today.

use axum::extract::State;
use serde::Serialize;
use store::records::CountReveals;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::SignedInCaller;
use crate::problem::Outcome;
use crate::state::ApiState;

/// What is left of the reveals of 24 hours.
#[derive(Serialize, ToSchema)]
pub struct RevealsView {
    /// `null` where there is no limit.
    #[schema(required = true)]
    pub per_day: Option<u32>,
    /// `null` where there is no limit.
    #[schema(required = true)]
    pub left: Option<u32>,
}

/// How many reveals are left
#[utoipa::path(
    get, path = "/me/reveals", tag = "session",
    responses((status = 200, description = "what is left of 24 hours", body = RevealsView)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn count_reveals(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<RevealsView>> {
    let grant = state.store.gate().admit_system(&who.caller, CountReveals).await?;
    let view = |left: store::records::RevealsLeft| RevealsView { per_day: left.per_day, left: left.left };
    Ok(Answer::with(state.store.count_reveals(grant).await?, view))
}
