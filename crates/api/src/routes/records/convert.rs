//! `POST /records/{object}/{id}/convert`: a lead becomes customer, contact and opportunity 转化, in one act.

use axum::extract::State;
use model::{ObjectName, RecordId};
use serde::{Deserialize, Serialize};
use store::records::{ConvertRecord, Made};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IfMatch, RecordPath, SignedInCaller};
use crate::problem::{Outcome, Precondition};
use crate::state::ApiState;

/// One record to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConvertPart {
    #[schema(value_type = String, example = "customer")]
    pub object: ObjectName,
    /// Values by field.
    #[schema(value_type = std::collections::BTreeMap<String, crate::schema::FieldValue>, example = json!({"name": "上海明光贸易"}))]
    pub fields: serde_json::Map<String, serde_json::Value>,
}

/// What the record becomes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConvertRequest {
    /// Each type once, the one that owns the others first.
    #[schema(max_items = 5)]
    pub make: Vec<ConvertPart>,
    /// In place of the first: a record that is there already.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub existing: Option<RecordId>,
    /// Although there may be such a one already.
    #[serde(default)]
    pub despite_duplicates: bool,
}

/// A record that was made.
#[derive(Serialize, ToSchema)]
pub struct MadeRecord {
    pub object: String,
    #[schema(value_type = uuid::Uuid)]
    pub id: RecordId,
}

/// What was made, and the converted record's version.
#[derive(Serialize, ToSchema)]
pub struct ConvertAnswer {
    pub made: Vec<MadeRecord>,
    pub version: i64,
}

/// Convert a record
///
/// For object types with such a process. Needs the right to edit the record and to make each of the others; all of them come
/// into being together, or none. A possible duplicate is answered with 409 `possible_duplicate` before anything is made.
#[utoipa::path(
    post, path = "/records/{object}/{id}/convert", tag = "records",
    params(
        ("object" = String, Path, example = "lead"), ("id" = uuid::Uuid, Path),
        ("If-Match" = String, Header, description = "the ETag of the version that was read", example = "\"1\""),
    ),
    request_body = ConvertRequest,
    responses((status = 200, description = "converted", body = ConvertAnswer, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("edit")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn convert_record(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
    IfMatch(version): IfMatch,
    Body(body): Body<ConvertRequest>,
) -> Outcome<Answer<ConvertAnswer>> {
    let ConvertRequest { make, existing, despite_duplicates } = body;
    let make = make.into_iter().map(|m| Made { object: m.object, values: m.fields }).collect();
    let op = ConvertRecord { object, id, version, make, existing, despite_duplicates };
    let grant = state.store.gate().admit(&who.caller, op).await?;
    let done = state.store.convert(grant).await.map_err(|r| Precondition::IfMatch.answer(r))?;
    let version = version.saturating_add(1);
    let form = |made: Vec<(ObjectName, RecordId)>| ConvertAnswer {
        made: made.into_iter().map(|(object, id)| MadeRecord { object: object.to_string(), id }).collect(),
        version,
    };
    Ok(Answer::with(done, form).version(version))
}
