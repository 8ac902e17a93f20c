//! `POST /records/{object}/{id}/break-glass`: emergency access 紧急访问.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::requests::BreakGlass;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, RecordPath, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// Why, and for how long.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BreakGlassRequest {
    /// 1 if not given.
    #[schema(minimum = 1, maximum = 4)]
    #[serde(default = "one")]
    pub hours: u16,
    #[schema(min_length = 10, max_length = 500)]
    pub reason: String,
}

const fn one() -> u16 {
    1
}

/// The access, and the request by which it is reviewed.
#[derive(Serialize, ToSchema)]
pub struct BreakGlassAnswer {
    pub request: uuid::Uuid,
    pub until: i64,
}

/// Open a record in an emergency
///
/// For reading, for at most four hours. The security administrators are told at once; until one of them has reviewed it, the same
/// person opens nothing else this way.
#[utoipa::path(
    post, path = "/records/{object}/{id}/break-glass", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path)),
    request_body = BreakGlassRequest,
    responses((status = 200, description = "opened", body = BreakGlassAnswer)),
    extensions(("x-whosaw-action" = json!("break_glass")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn break_glass(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
    Body(b): Body<BreakGlassRequest>,
) -> Outcome<Answer<BreakGlassAnswer>> {
    // Stands in the event like every purpose.
    let who = who.with_purpose(Some(&b.reason.replace('\n', " ")))?;
    let op = BreakGlass { object, id, hours: b.hours, reason: b.reason };
    let grant = state.store.gate().admit(&who.caller, op).await?;
    let opened = state.store.break_glass(grant).await?;
    Ok(Answer::with(opened, |(request, until)| BreakGlassAnswer { request: request.0, until: until.0 }))
}
