//! `DELETE /session`: sign out.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::extract::SignedInCaller;
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// Sign out
#[utoipa::path(
    delete, path = "/session", tag = "session",
    responses((status = 204, description = "signed out")),
    extensions(("x-whosaw-action" = json!("sign_out")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn sign_out(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Response> {
    if who.caller.session.is_none() {
        return Err(Problem::new(Code::SessionNeeded));
    }
    state.store.sign_out(&who.caller).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = super::sign_in::cookie(&state.config, "", 0) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
