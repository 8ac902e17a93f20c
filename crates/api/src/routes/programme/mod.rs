//! The audit programme 审计计划, and management's numbers 管理层看板.

mod change;
mod oversight;
mod read;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(read::read_programme, change::change_programme))
        .routes(routes!(change::excuse_skip))
        .routes(routes!(oversight::read_oversight))
}
