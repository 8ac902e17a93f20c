//! `/me/deputy`: who decides in one's place 代理人, until when.

use axum::extract::State;
use model::approval::Deputy;
use model::{UnixMs, UserId};
use serde::{Deserialize, Serialize};
use store::company::{SetDeputy, ShowDeputy};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// A deputy; both or, to take one away, neither.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeputyForm {
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(value_type = Option<uuid::Uuid>, required = true)]
    pub user: Option<UserId>,
    /// At most 366 days away.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(value_type = Option<i64>, required = true)]
    pub until: Option<UnixMs>,
}

/// One's own deputy
#[utoipa::path(
    get, path = "/me/deputy", tag = "requests",
    responses((status = 200, description = "who stands in for the caller; empty where nobody does", body = DeputyForm)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_deputy(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<DeputyForm>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowDeputy).await?;
    let form = |d: Option<Deputy>| DeputyForm { user: d.map(|d| d.user), until: d.map(|d| d.until) };
    Ok(Answer::with(state.store.show_deputy(grant).await?, form))
}

/// Name a deputy, or take the one there is away
///
/// Whoever stands in decides by name, with their own rights, and never about their own request.
#[utoipa::path(
    put, path = "/me/deputy", tag = "requests",
    request_body = DeputyForm,
    responses((status = 204, description = "set")),
    extensions(("x-whosaw-action" = json!("request.decide")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn set_deputy(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<DeputyForm>,
) -> Outcome<Answer<()>> {
    let deputy = match (b.user, b.until) {
        (Some(user), Some(until)) => Some(Deputy { user, until }),
        (None, None) => None,
        (None, Some(_)) => return Err(Problem::new(Code::InvalidValues).item("/user", "required", "name somebody")),
        (Some(_), None) => {
            return Err(Problem::new(Code::InvalidValues).item("/until", "required", "an end is needed"));
        }
    };
    let grant = state.store.gate().admit_system(&who.caller, SetDeputy { deputy }).await?;
    Ok(Answer::done(&state.store.set_deputy(grant).await?))
}
