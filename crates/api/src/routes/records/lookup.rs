//! `POST /records/{object}/lookup`: records by their ids. Each one shown is a disclosure.

use access::path::RecordView;
use axum::extract::State;
use model::{FieldName, RecordId};
use serde::{Deserialize, Serialize};
use store::records::{ListThese, MOST_IDS};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, ObjectPath, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::schema::Record;
use crate::state::ApiState;

/// Which records, and what of them.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LookupRequest {
    /// 1 to 200 ids of records.
    #[schema(value_type = Vec<uuid::Uuid>, min_items = 1, max_items = 200)]
    pub ids: Vec<String>,
    /// All the caller may see if left out.
    #[schema(example = json!(["name"]), max_items = 120)]
    #[serde(default)]
    pub fields: Option<Vec<String>>,
}

/// Those of the records that the caller may list.
#[derive(Serialize, ToSchema)]
pub struct LookupAnswer {
    #[schema(value_type = Vec<Record>)]
    pub items: Vec<RecordView>,
}

/// Records by their ids
///
/// One that does not exist and one the caller may not see are both left out.
#[utoipa::path(
    post, path = "/records/{object}/lookup", tag = "records",
    params(("object" = String, Path, example = "customer")),
    request_body = LookupRequest,
    responses((status = 200, description = "those that may be seen, in the order of the ids", body = LookupAnswer)),
    extensions(("x-whosaw-action" = json!("list")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn lookup_records(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    Body(body): Body<LookupRequest>,
) -> Outcome<Answer<LookupAnswer>> {
    let invalid =
        |pointer: &str, reason: &str| Problem::new(Code::InvalidValues).item(pointer, "invalid_value", reason);
    if !(1..=MOST_IDS).contains(&body.ids.len()) {
        return Err(invalid("/ids", &format!("give 1 to {MOST_IDS} ids")));
    }
    if body.fields.as_ref().is_some_and(|f| f.len() > 120) {
        return Err(invalid("/fields", "at most 120 fields"));
    }
    let id = |text: &String| text.parse::<RecordId>().map_err(|_| invalid("/ids", "expected the ids of records"));
    let unknown = || Problem::new(Code::InvalidValues).item("/fields", "unknown_field", "there is no such field");
    let ids = body.ids.iter().map(id).collect::<Outcome<_>>()?;
    let field = |text: &String| text.parse::<FieldName>().map_err(|_| unknown());
    let fields = body.fields.map(|all| all.iter().map(field).collect::<Outcome<_>>()).transpose()?;
    let grant = state.store.gate().admit(&who.caller, ListThese { object, ids, fields }).await?;
    Ok(Answer::with(state.store.list_these(grant).await?.disclose().await?, |items| LookupAnswer { items }))
}
