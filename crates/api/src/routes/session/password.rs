//! `PUT /me/password`: change one's own password.

use axum::extract::State;
use serde::Deserialize;
use store::identity::ChangePassword;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, SecretText, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// The present and the new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordRequest {
    #[schema(value_type = String, format = Password)]
    pub old_password: SecretText,
    /// 10 to 256 characters; length counts, kinds of characters do not.
    #[schema(value_type = String, format = Password, min_length = 10, max_length = 256)]
    pub password: SecretText,
}

/// Change one's own password
///
/// All other sessions end.
#[utoipa::path(
    put, path = "/me/password", tag = "session",
    request_body = PasswordRequest,
    responses((status = 204, description = "changed")),
    extensions(("x-whosaw-action" = json!("password.change")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_password(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(body): Body<PasswordRequest>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, ChangePassword).await?;
    Ok(Answer::done(&state.store.change_password(grant, &body.old_password, &body.password).await?))
}
