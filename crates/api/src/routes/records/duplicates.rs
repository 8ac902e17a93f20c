//! `POST /records/{object}/duplicates`: whether there may be such a record already 查重.

use axum::extract::State;
use model::RecordId;
use serde::{Deserialize, Serialize};
use store::records::{CheckDuplicates, Duplicate, Whose};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, ObjectPath, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::Items;
use crate::state::ApiState;

/// The values typed so far.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DuplicatesRequest {
    #[schema(value_type = std::collections::BTreeMap<String, crate::schema::FieldValue>, example = json!({"name": "上海明光贸易有限公司"}))]
    pub fields: serde_json::Map<String, serde_json::Value>,
    /// A record that is there and about to be changed: it is no duplicate of itself.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub record: Option<RecordId>,
}

/// A record that is alike in one field.
#[derive(Serialize, ToSchema)]
pub struct DuplicateView {
    pub field: String,
    /// `seen`: one that the caller may see; else `pool` 在公海, `other` 他人负责 or `exists` 已存在, and no more.
    #[schema(example = "other")]
    pub whose: &'static str,
    /// Of one that the caller may see.
    #[schema(value_type = Option<uuid::Uuid>, required = true)]
    pub id: Option<String>,
}

impl From<Duplicate> for DuplicateView {
    fn from(d: Duplicate) -> Self {
        let (whose, id) = match d.whose {
            Whose::Seen(id) => ("seen", Some(id.to_string())),
            Whose::Pool => ("pool", None),
            Whose::Other => ("other", None),
            Whose::Nobody => ("exists", None),
        };
        Self { field: d.field.to_string(), whose, id }
    }
}

/// Records that may be the same as one about to be made or changed
///
/// Compared are the name, phone, e-mail and what else belongs to one record alone, whatever the spelling. Only for who may make
/// such a record, or change the one that is named, and at most 120 times an hour.
#[utoipa::path(
    post, path = "/records/{object}/duplicates", tag = "records",
    params(("object" = String, Path, example = "customer")),
    request_body = DuplicatesRequest,
    responses((status = 200, description = "those found, at most five of a field", body = Items<DuplicateView>)),
    extensions(("x-whosaw-action" = json!("list")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn check_duplicates(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    Body(body): Body<DuplicatesRequest>,
) -> Outcome<Answer<Items<DuplicateView>>> {
    let grant =
        state.store.gate().admit(&who.caller, CheckDuplicates { object, values: body.fields, of: body.record }).await?;
    let found = state.store.check_duplicates(grant).await?;
    Ok(Answer::with(found, |all| Items { items: all.into_iter().map(DuplicateView::from).collect() }))
}
