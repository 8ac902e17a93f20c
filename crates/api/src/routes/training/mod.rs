//! Security training 安全培训: one's own courses, and how far everybody is.

mod certificate;
mod manage;
mod own;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(own::list_own_training))
        .routes(routes!(certificate::take_certificate))
        .routes(routes!(certificate::prove_certificate))
        .routes(routes!(own::show_course))
        .routes(routes!(own::begin_quiz))
        .routes(routes!(own::answer_quiz))
        .routes(routes!(manage::read_training_rules, manage::change_training_rules))
        .routes(routes!(manage::assign_training))
        .routes(routes!(manage::training_progress))
}
