//! `GET /leavers` and `/leavers/{id}`: who leaves, and one of them with figures.

use axum::extract::State;
use model::LeaverId;
use serde::{Deserialize, Serialize};
use store::leavers::{ListLeavers, ShowLeaver};
use utoipa::{IntoParams, ToSchema};

use super::form::{LeaverDetail, LeaverItem};
use crate::answer::Answer;
use crate::extract::{IdPath, Query, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::cases::refused;
use crate::state::ApiState;

/// Days looked back if nothing is said.
const DEFAULT_DAYS: u32 = 30;

/// Leavers.
#[derive(Serialize, ToSchema)]
pub struct LeaverList {
    /// Those who leave, whose last day comes first, then those who left, newest first; at most 200.
    pub items: Vec<LeaverItem>,
}

/// People who leave, and who left
///
/// Whoever asks is not among them.
#[utoipa::path(
    get, path = "/leavers", tag = "leavers",
    responses((status = 200, description = "whose last day comes first", body = LeaverList)),
    extensions(("x-whosaw-action" = json!("leaver.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_leavers(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<LeaverList>> {
    let grant = state.store.gate().admit_system(&who.caller, ListLeavers).await?;
    let all = state.store.list_leavers(grant).await?;
    Ok(Answer::with(all, |all| LeaverList { items: all.into_iter().map(LeaverItem::from).collect() }))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct LeaverQuery {
    /// How far is looked back from the notice: 30 or 90 days; 30 if left out.
    #[param(minimum = 30, maximum = 90)]
    pub days: Option<u32>,
}

/// One leaver: the look-back, what is still theirs, and the verdict
///
/// Figures name no customer. Those of alerts and cases are left out for whoever may not read alerts or cases.
#[utoipa::path(
    get, path = "/leavers/{id}", tag = "leavers",
    params(("id" = uuid::Uuid, Path), LeaverQuery),
    responses((status = 200, description = "the page", body = LeaverDetail)),
    extensions(("x-whosaw-action" = json!("leaver.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_leaver(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<LeaverId>,
    Query(q): Query<LeaverQuery>,
) -> Outcome<Answer<LeaverDetail>> {
    let op = ShowLeaver { id, days: q.days.unwrap_or(DEFAULT_DAYS) };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let found = state.store.show_leaver(grant).await.map_err(refused)?;
    Ok(Answer::with(found, LeaverDetail::from))
}
