//! `GET /alerts/{id}`: one alert, why it fired and what made it.

use axum::extract::State;
use model::AlertId;
use store::watch::ShowAlert;

use super::form::AlertView;
use crate::answer::Answer;
use crate::extract::{IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// An alert with its evidence
///
/// One about the reader is not found.
#[utoipa::path(
    get, path = "/alerts/{id}", tag = "alerts",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "why it fired, its events, what was done with it", body = AlertView)),
    extensions(("x-whosaw-action" = json!("alert.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_alert(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<AlertId>,
) -> Outcome<Answer<AlertView>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowAlert { id }).await?;
    Ok(Answer::with(state.store.show_alert(grant).await?, Into::into))
}
