//! `GET /findings/{id}`: one finding with its history.

use axum::extract::State;
use model::FindingId;
use store::findings::ShowFinding;

use super::form::FindingDetail;
use crate::answer::Answer;
use crate::extract::{IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// One finding with its history
#[utoipa::path(
    get, path = "/findings/{id}", tag = "findings",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "the finding", body = FindingDetail, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("finding.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_finding(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<FindingId>,
) -> Outcome<Answer<FindingDetail>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowFinding { id }).await?;
    let view = state.store.show_finding(grant).await?;
    let version = view.get().version;
    Ok(Answer::with(view, FindingDetail::from).version(version))
}
