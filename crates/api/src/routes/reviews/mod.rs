//! Access reviews 权限复核: campaigns, the lines that are one's own to answer, and the signed list.

mod file;
mod form;
mod manage;
mod own;
mod paper;
mod read;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub(super) use paper::document;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(read::list_reviews, manage::begin_review))
        .routes(routes!(read::show_review))
        .routes(routes!(read::list_review_lines))
        .routes(routes!(manage::close_review))
        .routes(routes!(manage::cancel_review))
        .routes(routes!(file::take_review))
        .routes(routes!(file::prove_review_file))
        .routes(routes!(manage::read_review_plans, manage::change_review_plans))
        .routes(routes!(own::list_own_reviews))
        .routes(routes!(own::decide_review))
}
