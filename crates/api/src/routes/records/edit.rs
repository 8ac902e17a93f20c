//! `PATCH /records/{object}/{id}`: change fields, if nobody changed them in between.

use axum::extract::State;
use serde::Deserialize;
use store::records::{EditOnce, EditRecord};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{IfMatch, MergeBody, RecordPath, SignedInCaller};
use crate::problem::{Outcome, Precondition};
use crate::schema::Written;
use crate::state::ApiState;

/// A merge patch (RFC 7396) over the record's fields.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordPatch {
    /// New values by field; `null` takes a value away; fields that are left out stay.
    #[schema(value_type = std::collections::BTreeMap<String, crate::schema::FieldValue>, example = json!({"level": "B"}))]
    pub fields: serde_json::Map<String, serde_json::Value>,
    /// `false`: refused with `possible_duplicate` where another record may be the same by a changed field; left out, nobody looks.
    #[serde(default)]
    pub allow_duplicate: Option<bool>,
}

/// Change fields of a record
#[utoipa::path(
    patch, path = "/records/{object}/{id}", tag = "records",
    params(
        ("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path),
        ("If-Match" = String, Header, description = "the ETag of the version that was read", example = "\"1\""),
    ),
    request_body(content((RecordPatch = "application/json"), (RecordPatch = "application/merge-patch+json"))),
    responses((status = 200, description = "changed", body = Written, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("edit")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn edit_record(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
    IfMatch(version): IfMatch,
    MergeBody(body): MergeBody<RecordPatch>,
) -> Outcome<Answer<Written>> {
    let record = EditRecord { object, id, version, values: body.fields };
    let gate = state.store.gate();
    let done = match body.allow_duplicate {
        None => state.store.edit(gate.admit(&who.caller, record).await?).await,
        Some(allow_duplicate) => {
            state.store.edit(gate.admit(&who.caller, EditOnce { record, allow_duplicate }).await?).await
        }
    };
    let done = done.map_err(|r| Precondition::IfMatch.answer(r))?;
    // The change was made to exactly this version, so the next is the one after it.
    let version = version.saturating_add(1);
    Ok(Answer::with(done, |id| Written { id: id.to_string(), version }).version(version))
}
