//! `POST /session/step-up`: prove the second factor again within a session.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::sign_in::{SessionAnswer, answer};
use crate::extract::{Body, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// A code of the second factor.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeRequest {
    #[schema(pattern = "^[0-9]{6}$", example = "123456")]
    pub code: String,
}

/// Prove the second factor again
///
/// The session goes on under a new cookie.
#[utoipa::path(
    post, path = "/session/step-up", tag = "session",
    request_body = CodeRequest,
    responses((status = 200, description = "proved", body = SessionAnswer, headers(("Set-Cookie" = String)))),
    extensions(("x-whosaw-action" = json!("sign_in")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn step_up(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(body): Body<CodeRequest>,
) -> Outcome<Response> {
    if who.caller.session.is_none() {
        return Err(Problem::new(Code::SessionNeeded));
    }
    let signed_in = state.store.step_up(&who.caller, &body.code).await?;
    answer(&state, &signed_in, who.caller.at)
}
