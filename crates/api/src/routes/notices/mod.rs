//! Notices 通知: what the house tells somebody, how much of it waits, and which kinds they want.

mod list;
mod mail;
mod settings;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list::list_notices))
        .routes(routes!(list::count_notices))
        .routes(routes!(list::read_notices))
        .routes(routes!(list::read_notice))
        .routes(routes!(settings::show_notice_settings, settings::set_notice_settings))
        .routes(routes!(mail::show_own_mail, mail::set_own_mail))
}
