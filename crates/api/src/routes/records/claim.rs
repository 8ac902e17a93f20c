//! `POST /records/{object}/{id}/claim`: take a record out of a public pool 领取. Giving it back is a transfer.

use axum::extract::State;
use store::records::ClaimRecord;

use crate::answer::Answer;
use crate::extract::{RecordPath, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// Claim a record from its pool
///
/// Within the pool's rules; a refusal's code names the one that stands against it. What waits with the record comes along.
#[utoipa::path(
    post, path = "/records/{object}/{id}/claim", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "claimed")),
    extensions(("x-whosaw-action" = json!("claim")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn claim_record(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit(&who.caller, ClaimRecord { object, id }).await?;
    Ok(Answer::done(&state.store.claim(grant).await?))
}
