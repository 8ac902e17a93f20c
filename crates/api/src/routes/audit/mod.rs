//! Questions to the access log 审计日志. Asking is an access too, and recorded.

mod counts;
mod event;
mod evidence;
mod feed;
mod live;
mod span;
mod user;
mod who_saw;

pub(super) use span::values;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(feed::list_events))
        .routes(routes!(live::watch_events))
        .routes(routes!(counts::count_events))
        .routes(routes!(event::show_event))
        .routes(routes!(who_saw::who_saw))
        .routes(routes!(user::user_activity))
        .routes(routes!(evidence::take_evidence))
}
