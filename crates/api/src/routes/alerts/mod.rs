//! Alerts 告警: what rules found about people. Seeing them is recorded with which were seen; nobody sees one about themselves.

mod counts;
pub(super) mod form;
mod list;
mod live;
mod show;
mod triage;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list::list_alerts))
        .routes(routes!(counts::count_alerts))
        .routes(routes!(live::watch_alerts))
        .routes(routes!(triage::triage_alerts))
        .routes(routes!(show::show_alert))
        .routes(routes!(triage::triage_alert))
}
