//! `POST /jobs/{id}/cancel`; `POST /records/{object}/duplicates/apart`: two records are not the same.

use axum::extract::State;
use model::{JobId, RecordId};
use serde::Deserialize;
use store::jobs::{CancelJob, KeepApart};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IdPath, ObjectPath, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// Take a job back
///
/// It stops before its next step; what it found until then stays.
#[utoipa::path(
    post, path = "/jobs/{id}/cancel", tag = "jobs",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "taken back")),
    extensions(("x-whosaw-action" = json!("job.run")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn cancel_job(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<JobId>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, CancelJob { id }).await?;
    Ok(Answer::done(&state.store.cancel_job(grant).await?))
}

/// Two records that are not the same.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApartRequest {
    #[schema(value_type = uuid::Uuid)]
    pub one: RecordId,
    #[schema(value_type = uuid::Uuid)]
    pub other: RecordId,
}

/// Say that two records are not the same
///
/// Scans do not tell of the two any more, to nobody. Needs the right to merge both.
#[utoipa::path(
    post, path = "/records/{object}/duplicates/apart", tag = "records",
    params(("object" = String, Path, example = "customer")),
    request_body = ApartRequest,
    responses((status = 204, description = "remembered")),
    extensions(("x-whosaw-action" = json!("merge")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn keep_apart(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    Body(body): Body<ApartRequest>,
) -> Outcome<Answer<()>> {
    let op = KeepApart { object, one: body.one, other: body.other };
    let grant = state.store.gate().admit(&who.caller, op).await?;
    Ok(Answer::done(&state.store.keep_apart(grant).await?))
}
