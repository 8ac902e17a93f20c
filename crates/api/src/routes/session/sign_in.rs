//! `POST /session`: sign in. A wrong login, a wrong password and a disabled account are answered alike.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use model::UnixMs;
use serde::{Deserialize, Serialize};
use store::identity::{SignIn, SignInError, SignedIn};
use utoipa::ToSchema;
use zeroize::Zeroizing;

use crate::extract::{Anonymous, Body, SecretText};
use crate::problem::{Code, Outcome, Problem};
use crate::state::{ApiConfig, ApiState};

/// What someone signs in with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInRequest {
    #[schema(max_length = 64, example = "li.wei")]
    pub login: String,
    #[schema(value_type = String, format = Password, max_length = 256)]
    pub password: SecretText,
    /// Six digits of the second factor, where one is set up.
    #[serde(default)]
    pub code: Option<String>,
}

/// A session, without its secret: that is in the cookie.
#[derive(Serialize, ToSchema)]
pub struct SessionAnswer {
    pub session: uuid::Uuid,
    pub user: uuid::Uuid,
    /// Signed in with a second factor.
    pub mfa: bool,
    /// The session can only change the password.
    pub must_change: bool,
    pub expires_at: i64,
}

impl From<&SignedIn> for SessionAnswer {
    fn from(s: &SignedIn) -> Self {
        Self {
            session: s.session.0,
            user: s.user.0,
            mfa: s.mfa,
            must_change: s.must_change,
            expires_at: s.expires_at.0,
        }
    }
}

impl From<SignInError> for Problem {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Wrong => Problem::unauthenticated(Code::WrongCredentials),
            SignInError::CodeNeeded => Problem::unauthenticated(Code::CodeNeeded),
            SignInError::WrongCode => Problem::unauthenticated(Code::WrongCode),
            SignInError::Wait { seconds } => Problem::new(Code::TooManyAttempts).retry_after(seconds.max(1)),
            SignInError::Suspended { until } => crate::problem::suspended(until),
            SignInError::Unavailable => Problem::new(Code::AuditUnavailable).retry_after(30),
        }
    }
}

/// The cookie of a session, or the one that takes it away.
pub(super) fn cookie(config: &ApiConfig, secret: &str, seconds: i64) -> Option<HeaderValue> {
    let secure = if config.secure_cookies { "; Secure" } else { "" };
    let name = config.cookie_name();
    let text = Zeroizing::new(format!("{name}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}"));
    let mut value = HeaderValue::from_str(&text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// The answer that hands out a session.
pub(super) fn answer(state: &ApiState, signed_in: &SignedIn, now: UnixMs) -> Outcome<Response> {
    let seconds = signed_in.expires_at.0.saturating_sub(now.0) / 1000;
    let cookie =
        cookie(&state.config, signed_in.secret.expose(), seconds).ok_or_else(|| Problem::new(Code::Internal))?;
    let mut response = axum::Json(SessionAnswer::from(signed_in)).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}

/// Sign in
///
/// The session's secret comes as an HttpOnly cookie and nowhere else. The session that the browser came with ends.
#[utoipa::path(
    post, path = "/session", tag = "session",
    request_body = SignInRequest,
    responses((status = 200, description = "signed in", body = SessionAnswer, headers(("Set-Cookie" = String)))),
    security(()),
    extensions(("x-whosaw-action" = json!("sign_in")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn sign_in(
    State(state): State<ApiState>,
    from: Anonymous,
    Body(body): Body<SignInRequest>,
) -> Outcome<Response> {
    let signed_in = state
        .store
        .sign_in(SignIn {
            login: &body.login,
            password: &body.password,
            code: body.code.as_deref(),
            previous: from.previous.as_ref().map(|p| p.as_str()),
            origin: &from.origin,
            request_id: &from.request_id,
            at: from.at,
        })
        .await?;
    answer(&state, &signed_in, from.at)
}
