//! `POST /records/{object}/{id}/discard`: close a record that leads nowhere 丢弃, with a reason.

use axum::extract::State;
use serde::Deserialize;
use store::records::DiscardRecord;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IfMatch, RecordPath, SignedInCaller};
use crate::problem::{Outcome, Precondition};
use crate::schema::Written;
use crate::state::ApiState;

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiscardRequest {
    /// A value of the object type's reason field.
    #[schema(max_length = 200, example = "no_need")]
    pub reason: String,
}

/// Discard a record
///
/// For object types with such a process. Needs the right to edit the record.
#[utoipa::path(
    post, path = "/records/{object}/{id}/discard", tag = "records",
    params(
        ("object" = String, Path, example = "lead"), ("id" = uuid::Uuid, Path),
        ("If-Match" = String, Header, description = "the ETag of the version that was read", example = "\"1\""),
    ),
    request_body = DiscardRequest,
    responses((status = 200, description = "discarded", body = Written, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("edit")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn discard_record(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
    IfMatch(version): IfMatch,
    Body(body): Body<DiscardRequest>,
) -> Outcome<Answer<Written>> {
    let op = DiscardRecord { object, id, version, reason: body.reason };
    let grant = state.store.gate().admit(&who.caller, op).await?;
    let done = state.store.discard(grant).await.map_err(|r| Precondition::IfMatch.answer(r))?;
    let version = version.saturating_add(1);
    Ok(Answer::with(done, |id| Written { id: id.to_string(), version }).version(version))
}
