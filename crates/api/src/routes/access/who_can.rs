//! `POST /access/who-can`: who can do something to a record, and by which rules.

use axum::extract::State;
use model::{Action, ObjectName, RecordId};
use serde::Deserialize;
use store::explain::{WhoCan, WhoCanAnswer};
use utoipa::ToSchema;

use super::CircumstancesRequest;
use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// The question.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhoCanRequest {
    #[schema(value_type = String, example = "view")]
    pub action: Action,
    #[schema(value_type = String, example = "customer")]
    pub object: ObjectName,
    #[schema(value_type = uuid::Uuid)]
    pub record: RecordId,
    #[serde(default)]
    pub circumstances: CircumstancesRequest,
}

/// Who can do this
#[utoipa::path(
    post, path = "/access/who-can", tag = "access",
    request_body = WhoCanRequest,
    responses((status = 200, description = "users and rules", body = crate::schema::AnyObject)),
    extensions(("x-whosaw-action" = json!("access.explain")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn who_can(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<WhoCanRequest>,
) -> Outcome<Answer<WhoCanAnswer>> {
    let op = WhoCan { action: b.action, object: b.object, record: b.record, circumstances: b.circumstances.into() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::of(state.store.who_can(grant).await?))
}
