//! `GET /records/{object}/{id}`: one record.

use access::path::{RecordView, Refusal};
use axum::extract::State;
use store::records::ViewRecord;

use crate::answer::Answer;
use crate::extract::{RecordPath, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// One record
///
/// One that does not exist and one the caller may not see are answered alike, byte for byte.
#[utoipa::path(
    get, path = "/records/{object}/{id}", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "the record", body = crate::schema::Record, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("view")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn view_record(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
) -> Outcome<Answer<RecordView>> {
    let grant = state.store.gate().admit(&who.caller, ViewRecord { object, id }).await?;
    let shown = state.store.view(grant).await?.disclose().await?;
    one(shown)
}

/// The one record of a disclosure, with its ETag.
pub(super) fn one(shown: access::path::Disclosed<Vec<RecordView>>) -> Outcome<Answer<RecordView>> {
    let version = shown.get().first().map(|r| r.version);
    match (Answer::first(shown), version) {
        (Some(answer), Some(version)) => Ok(answer.version(version)),
        // A single record is refused by the path itself when it is not there.
        _ => Err(Refusal::NotFound.into()),
    }
}
