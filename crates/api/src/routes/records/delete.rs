//! `DELETE /records/{object}/{id}`

use axum::extract::State;
use store::records::DeleteRecord;

use crate::answer::Answer;
use crate::extract::{IfMatch, RecordPath, SignedInCaller};
use crate::problem::{Outcome, Precondition};
use crate::state::ApiState;

/// Delete a record
///
/// A record under legal hold, or one that others belong to, stays: 412 as well, for its holder need not be known.
#[utoipa::path(
    delete, path = "/records/{object}/{id}", tag = "records",
    params(
        ("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path),
        ("If-Match" = String, Header, description = "the ETag of the version that was read", example = "\"1\""),
    ),
    responses((status = 204, description = "deleted")),
    extensions(("x-whosaw-action" = json!("delete")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn delete_record(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
    IfMatch(version): IfMatch,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit(&who.caller, DeleteRecord { object, id, version }).await?;
    let done = state.store.delete(grant).await.map_err(|r| Precondition::IfMatch.answer(r))?;
    Ok(Answer::done(&done))
}
