//! `POST /access/what-can`: what a user can do to records of an object type, and to how many.

use axum::extract::State;
use model::{ObjectName, UserId};
use serde::Deserialize;
use store::explain::{WhatCan, WhatCanAnswer};
use utoipa::ToSchema;

use super::CircumstancesRequest;
use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// The question.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatCanRequest {
    #[schema(value_type = uuid::Uuid)]
    pub user: UserId,
    #[schema(value_type = String, example = "customer")]
    pub object: ObjectName,
    #[serde(default)]
    pub circumstances: CircumstancesRequest,
}

/// What can a user do
#[utoipa::path(
    post, path = "/access/what-can", tag = "access",
    request_body = WhatCanRequest,
    responses((status = 200, description = "operations, numbers of records, rules", body = crate::schema::AnyObject)),
    extensions(("x-whosaw-action" = json!("access.explain")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn what_can(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<WhatCanRequest>,
) -> Outcome<Answer<WhatCanAnswer>> {
    let op = WhatCan { user: b.user, object: b.object, circumstances: b.circumstances.into() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::of(state.store.what_can(grant).await?))
}
