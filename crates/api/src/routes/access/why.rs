//! `POST /access/why`: why can, or cannot, a user do something to a record.

use axum::extract::State;
use model::{Action, ObjectName, RecordId, UserId};
use serde::Deserialize;
use store::explain::{Why, WhyAnswer};
use utoipa::ToSchema;

use super::CircumstancesRequest;
use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// The question.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhyRequest {
    #[schema(value_type = uuid::Uuid)]
    pub user: UserId,
    #[schema(value_type = String, example = "view")]
    pub action: Action,
    #[schema(value_type = String, example = "customer")]
    pub object: ObjectName,
    #[schema(value_type = uuid::Uuid)]
    pub record: RecordId,
    #[serde(default)]
    pub circumstances: CircumstancesRequest,
}

/// Why can, or cannot, a user do this
#[utoipa::path(
    post, path = "/access/why", tag = "access",
    request_body = WhyRequest,
    responses((status = 200, description = "the decision and its rules", body = crate::schema::AnyObject)),
    extensions(("x-whosaw-action" = json!("access.explain")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn why(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<WhyRequest>,
) -> Outcome<Answer<WhyAnswer>> {
    let op = Why {
        user: b.user,
        action: b.action,
        object: b.object,
        record: b.record,
        circumstances: b.circumstances.into(),
    };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::of(state.store.why(grant).await?))
}
