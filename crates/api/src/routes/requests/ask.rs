//! `POST /requests`: ask for access 申请访问 to a record; `POST /requests/{id}/withdraw`: take a request back.

use axum::extract::State;
use model::{ObjectName, RecordId, RequestId};
use serde::Deserialize;
use store::requests::{AskAccess, WithdrawRequest};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::Made;
use crate::state::ApiState;

/// What is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessRequest {
    #[schema(value_type = String, example = "customer")]
    pub object: ObjectName,
    #[schema(value_type = uuid::Uuid)]
    pub record: RecordId,
    /// To edit as well; without it, to read.
    #[serde(default)]
    pub edit: bool,
    /// For how long, from the consent on.
    #[schema(minimum = 1, maximum = 90)]
    pub days: u16,
    #[schema(max_length = 500)]
    pub reason: String,
}

/// Ask for access to a record
///
/// The answer is the same whether there is such a record or not. Who answers for it is asked; their consent is a share that ends by
/// itself.
#[utoipa::path(
    post, path = "/requests", tag = "requests",
    request_body = AccessRequest,
    responses((status = 201, description = "asked", body = Made, headers(("Location" = String)))),
    extensions(("x-whosaw-action" = json!("request.make")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn ask_access(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<AccessRequest>,
) -> Outcome<Answer<Made>> {
    let op = AskAccess { object: b.object, record: b.record, edit: b.edit, days: b.days, reason: b.reason };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let made = state.store.ask_access(grant).await?;
    Ok(Answer::with(made, |id| Made { id: id.to_string() }).created("/api/v1/requests"))
}

/// Take back what one has asked for
#[utoipa::path(
    post, path = "/requests/{id}/withdraw", tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "taken back")),
    extensions(("x-whosaw-action" = json!("request.make")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn withdraw_request(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<RequestId>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, WithdrawRequest { id }).await?;
    Ok(Answer::done(&state.store.withdraw_request(grant).await?))
}
