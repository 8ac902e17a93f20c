//! Leavers 离职: who leaves, what they did before, what is still theirs, and the verdict.

mod act;
mod form;
mod read;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(read::list_leavers, act::begin_leaver))
        .routes(routes!(read::show_leaver))
        .routes(routes!(act::judge_leaver))
        .routes(routes!(act::close_leaver))
        .routes(routes!(act::withdraw_leaver))
}
