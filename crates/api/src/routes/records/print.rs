//! `POST /records/{object}/{id}/print`: told before a record is put on paper.

use axum::extract::State;
use store::records::PrintRecord;

use crate::answer::Answer;
use crate::extract::{RecordPath, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// Print a record
///
/// Shows nothing that viewing does not; the event names the fields that stand on the paper, in the clear and masked. Asked before the
/// browser's print dialog opens.
#[utoipa::path(
    post, path = "/records/{object}/{id}/print", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "on record; it may be printed")),
    extensions(("x-whosaw-action" = json!("print")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn print_record(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit(&who.caller, PrintRecord { object, id }).await?;
    Ok(Answer::done(&state.store.print(grant).await?.disclose().await?))
}
