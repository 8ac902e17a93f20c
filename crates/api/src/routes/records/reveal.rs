//! `POST /records/{object}/{id}/reveal`: masked fields in the clear, with a purpose.

use access::path::RecordView;
use axum::extract::State;
use model::FieldName;
use serde::Deserialize;
use store::records::RevealFields;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, RecordPath, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// Which fields, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevealRequest {
    #[schema(example = json!(["phone"]), min_items = 1, max_items = 120)]
    pub fields: Vec<String>,
    /// Recorded with the event; instead of `X-Purpose`.
    #[schema(max_length = 500)]
    #[serde(default)]
    pub purpose: Option<String>,
}

/// Show masked fields in the clear
///
/// Needs the right to reveal and a purpose; both are recorded with the fields.
#[utoipa::path(
    post, path = "/records/{object}/{id}/reveal", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path)),
    request_body = RevealRequest,
    responses((status = 200, description = "the record with these fields in the clear", body = crate::schema::Record, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("reveal")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn reveal_fields(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
    Body(body): Body<RevealRequest>,
) -> Outcome<Answer<RecordView>> {
    let who = who.with_purpose(body.purpose.as_deref())?;
    let unknown = || Problem::new(Code::InvalidValues).item("/fields", "unknown_field", "there is no such field");
    if body.fields.len() > 120 {
        return Err(Problem::new(Code::InvalidValues).item("/fields", "too_many", "at most 120 fields"));
    }
    let fields: Vec<FieldName> =
        body.fields.iter().map(|f| f.parse().map_err(|_| unknown())).collect::<Result<_, _>>()?;
    let grant = state.store.gate().admit(&who.caller, RevealFields { object, id, fields }).await?;
    super::view::one(state.store.reveal(grant).await?.disclose().await?)
}
