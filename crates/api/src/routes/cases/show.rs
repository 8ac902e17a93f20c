//! `GET /cases/{id}` and `GET /cases/{id}/history`.

use axum::extract::State;
use model::CaseId;
use store::cases::{HistoryOfCase, ShowCase};

use super::refused;
use super::view::{CaseDetail, CaseHistoryLine};
use crate::answer::Answer;
use crate::extract::{IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::Items;
use crate::state::ApiState;

/// One case
#[utoipa::path(
    get, path = "/cases/{id}", tag = "cases",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "the case", body = CaseDetail, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("case.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_case(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
) -> Outcome<Answer<CaseDetail>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowCase { id }).await?;
    let shown = state.store.show_case(grant).await.map_err(refused)?;
    let version = shown.get().version;
    Ok(Answer::with(shown, CaseDetail::from).version(version))
}

/// What the log says of a case
///
/// Every act, look and refusal, from the ledger itself. The newest `sha256` is that of `case.json` in the case file.
#[utoipa::path(
    get, path = "/cases/{id}/history", tag = "cases",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "events, in the order of the log", body = Items<CaseHistoryLine>)),
    extensions(("x-whosaw-action" = json!("case.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn history_of_case(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
) -> Outcome<Answer<Items<CaseHistoryLine>>> {
    let grant = state.store.gate().admit_system(&who.caller, HistoryOfCase { id }).await?;
    let lines = state.store.history_of_case(grant).await.map_err(refused)?;
    Ok(Answer::with(lines, |lines| Items { items: lines.into_iter().map(CaseHistoryLine::from).collect() }))
}
