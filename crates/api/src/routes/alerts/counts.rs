//! `GET /alerts/count`: how many are open.

use axum::extract::State;
use store::watch::CountAlerts;

use super::form::AlertCount;
use crate::answer::Answer;
use crate::extract::SignedInCaller;
use crate::problem::Outcome;
use crate::state::ApiState;

/// How many alerts are open
///
/// Those about the reader are not counted.
#[utoipa::path(
    get, path = "/alerts/count", tag = "alerts",
    responses((status = 200, description = "by severity", body = AlertCount)),
    extensions(("x-whosaw-action" = json!("alert.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn count_alerts(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<AlertCount>> {
    let grant = state.store.gate().admit_system(&who.caller, CountAlerts).await?;
    Ok(Answer::with(state.store.count_alerts(grant).await?, Into::into))
}
