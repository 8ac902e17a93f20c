//! `POST /records/{object}/duplicates/scan`: look for duplicates among all records that one may list 查重任务.

use axum::extract::State;
use store::jobs::BeginScan;

use super::{JobForm, carry_out};
use crate::answer::Answer;
use crate::extract::{ObjectPath, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// Look for duplicates in the background
///
/// Begins a job that reads every record of the type that the caller may list. Only for who may make such records;
/// at most two jobs at once, and twenty a day.
#[utoipa::path(
    post, path = "/records/{object}/duplicates/scan", tag = "records",
    params(("object" = String, Path, example = "customer")),
    responses((status = 200, description = "the job that has begun", body = JobForm)),
    extensions(("x-whosaw-action" = json!("list")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn scan_duplicates(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
) -> Outcome<Answer<JobForm>> {
    let op = BeginScan::new(object, who.caller.at);
    let grant = state.store.gate().admit(&who.caller, op).await?;
    let begun = state.store.begin_scan(grant).await?;
    carry_out(&state, begun.get().id);
    Ok(Answer::with(begun, |job| JobForm::from(&job)))
}
