//! `/me/totp`: one's own second factor.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use store::identity::{ConfirmTotp, DisableTotp, EnrolTotp, TotpEnrolment};
use utoipa::ToSchema;

use super::sign_in::{SessionAnswer, answer};
use super::step_up::CodeRequest;
use crate::answer::{AUDIT_EVENT, Answer, event_value};
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// What an authenticator app is given, once.
#[derive(Serialize, ToSchema)]
pub struct TotpAnswer {
    /// Base32, to be typed.
    pub secret: String,
    /// `otpauth://totp/…`, to be shown as a QR code.
    pub url: String,
}

/// Begin to set up a second factor
///
/// It counts for nothing until a code confirms it.
#[utoipa::path(
    post, path = "/me/totp", tag = "session",
    responses((status = 200, description = "the secret, once", body = TotpAnswer)),
    extensions(("x-whosaw-action" = json!("mfa.change")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn enrol_totp(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<TotpAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, EnrolTotp).await?;
    let made = state.store.enrol_totp(grant).await?;
    Ok(Answer::with(made, |e: TotpEnrolment| TotpAnswer {
        secret: e.secret.expose().to_owned(),
        url: e.url.expose().to_owned(),
    }))
}

/// Confirm the second factor with its first code
///
/// The session goes on under a new cookie; all others end.
#[utoipa::path(
    post, path = "/me/totp/confirm", tag = "session",
    request_body = CodeRequest,
    responses((status = 200, description = "confirmed", body = SessionAnswer, headers(("Set-Cookie" = String)))),
    extensions(("x-whosaw-action" = json!("mfa.change")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn confirm_totp(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(body): Body<CodeRequest>,
) -> Outcome<Response> {
    let grant = state.store.gate().admit_system(&who.caller, ConfirmTotp).await?;
    let done = state.store.confirm_totp(grant, &body.code).await?;
    let mut response = answer(&state, done.get(), who.caller.at)?;
    response.headers_mut().insert(AUDIT_EVENT, event_value(done.event()));
    Ok(response)
}

/// Give up the second factor, with a last code
#[utoipa::path(
    delete, path = "/me/totp", tag = "session",
    request_body = CodeRequest,
    responses((status = 204, description = "given up")),
    extensions(("x-whosaw-action" = json!("mfa.change")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn disable_totp(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(body): Body<CodeRequest>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, DisableTotp).await?;
    Ok(Answer::done(&state.store.disable_totp(grant, &body.code).await?))
}
