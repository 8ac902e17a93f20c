//! Security posture 安全态势: how the instance stands, having it looked at, who sees to what, what is put up with.

mod act;
mod read;
mod run;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(read::read_posture))
        .routes(routes!(run::list_posture_runs, run::run_posture))
        .routes(routes!(read::list_posture_owners))
        .routes(routes!(act::assign_check))
        .routes(routes!(act::waive_check, act::lift_waiver))
        .routes(routes!(act::confirm_waiver))
}
