//! Long work in the background 后台任务, of one's own: how far it is, what it found, taking it back.

mod act;
mod bulk;
mod groups;
mod list;
mod scan;

use model::JobId;
use serde::Serialize;
use store::jobs::JobView;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list::list_jobs))
        .routes(routes!(list::job_progress))
        .routes(routes!(act::cancel_job))
        .routes(routes!(groups::job_groups))
        .routes(routes!(scan::scan_duplicates))
        .routes(routes!(act::keep_apart))
        .routes(routes!(bulk::begin_bulk))
        .routes(routes!(bulk::bulk_outcome))
}

/// Carries a job out beside the answer that it has begun.
pub(super) fn carry_out(state: &ApiState, id: JobId) {
    let (store, clock) = (state.store.clone(), state.clock.clone());
    tokio::spawn(async move {
        if let Err(error) = Box::pin(store.run_job(id, &*clock)).await {
            // The server goes on with it when the reason has passed.
            tracing::warn!(job.id = %id, %error, "a job stopped before its end");
        }
    });
}

/// A job of one's own.
#[derive(Serialize, ToSchema)]
pub struct JobForm {
    #[schema(value_type = uuid::Uuid)]
    pub id: String,
    /// `duplicate_scan`, `bulk`, `import`, `trial`, `report`, `replay`.
    #[schema(example = "duplicate_scan")]
    pub kind: &'static str,
    #[schema(example = "customer")]
    pub object: String,
    /// Of `bulk`, what is done: `edit`, `transfer`, `share`, `delete`. Of `trial`, the name of the rule, if it was saved. Of
    /// `report`, its id.
    #[schema(required = true)]
    pub act: Option<String>,
    /// `running`, `done`, `failed`, `cancelled`.
    #[schema(example = "running")]
    pub state: &'static str,
    /// Records looked at or tried, or events gone over, of how many.
    pub done: i64,
    pub total: i64,
    pub began_at: i64,
    #[schema(required = true)]
    pub ended_at: Option<i64>,
    /// Groups found so far.
    pub found: usize,
    /// Records that were refused so far; of an import, rows that were not taken.
    pub failed: i64,
    /// Whether there were more than are kept.
    pub cut: bool,
    /// Why it failed: `session_ended`, `account_disabled`, `forbidden`, …
    #[schema(required = true)]
    pub why: Option<String>,
}

impl From<&JobView> for JobForm {
    fn from(job: &JobView) -> Self {
        Self {
            id: job.id.to_string(),
            kind: job.kind.as_str(),
            object: job.object.to_string(),
            act: job.act.clone(),
            state: job.state.as_str(),
            done: job.done,
            total: job.total,
            began_at: job.began_at.0,
            ended_at: job.ended_at.map(|t| t.0),
            found: job.found,
            failed: job.failed,
            cut: job.cut,
            why: job.why.clone(),
        }
    }
}
