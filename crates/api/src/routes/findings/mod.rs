//! Vulnerabilities 漏洞: scans taken in, findings followed until a scan shows them no more.

mod act;
mod form;
mod list;
mod rules;
mod scans;
mod show;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list::list_findings))
        .routes(routes!(list::list_finding_people))
        .routes(routes!(list::measure_findings))
        .routes(routes!(scans::list_scans, scans::take_scan))
        .routes(routes!(show::show_finding))
        .routes(routes!(act::assign_finding))
        .routes(routes!(act::claim_finding_fixed))
        .routes(routes!(act::accept_finding))
        .routes(routes!(act::mark_false_positive))
        .routes(routes!(act::consent_to_finding))
        .routes(routes!(act::reopen_finding))
        .routes(routes!(act::verify_finding))
        .routes(routes!(rules::read_finding_rules, rules::change_finding_rules))
}
