//! Requests 申请 and approvals 审批: asking, deciding, standing in for each other, and what was given for a time.

mod ask;
mod decide;
mod deputy;
pub mod flows;
mod grants;
mod list;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub use list::RequestItem;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list::list_requests, ask::ask_access))
        .routes(routes!(list::list_inbox))
        .routes(routes!(list::count_inbox))
        .routes(routes!(ask::withdraw_request))
        .routes(routes!(decide::decide_request))
        .routes(routes!(deputy::show_deputy, deputy::set_deputy))
        .routes(routes!(grants::list_own_grants))
        .routes(routes!(grants::list_grants))
        .routes(routes!(grants::revoke_grant))
        .routes(routes!(flows::read_flows, flows::change_flows))
        .routes(routes!(flows::preview_flow))
}
