//! `GET /jobs`: one's own jobs; `GET /jobs/{id}`: how far one is.

use axum::Json;
use axum::extract::State;
use model::JobId;
use store::jobs::ListJobs;

use super::JobForm;
use crate::answer::Answer;
use crate::extract::{IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::Items;
use crate::state::ApiState;

/// One's own jobs
///
/// Those of the last thirty days, at most a hundred.
#[utoipa::path(
    get, path = "/jobs", tag = "jobs",
    responses((status = 200, description = "newest first", body = Items<JobForm>)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_jobs(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Items<JobForm>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListJobs).await?;
    let jobs = state.store.list_jobs(grant).await?;
    Ok(Answer::with(jobs, |jobs| Items { items: jobs.iter().map(JobForm::from).collect() }))
}

/// How far an own job is
#[utoipa::path(
    get, path = "/jobs/{id}", tag = "jobs",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "its state, and numbers", body = JobForm)),
    extensions(
        ("x-whosaw-recorded" = json!(false)),
        ("x-whosaw-reason" = json!("numbers of a job of one's own, asked for while it runs; nothing of what it found")),
    ),
)]
pub async fn job_progress(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<JobId>,
) -> Outcome<Json<JobForm>> {
    let job = state.store.job_progress(who.caller.user, id).await?;
    Ok(Json(JobForm::from(&job)))
}
