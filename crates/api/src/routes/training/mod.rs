//! Security training 安全培训: one's own courses, how far everybody is, which courses there are, and what systems outside state.

mod certificate;
mod courses;
mod manage;
mod own;
mod statements;

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
        .routes(routes!(courses::list_courses, courses::add_own_course))
        .routes(routes!(courses::add_course_version))
        .routes(routes!(courses::withdraw_course))
        .routes(routes!(courses::add_outside_course))
        .routes(routes!(courses::change_outside_course))
        .routes(routes!(statements::list_statements, statements::take_statements))
}
