//! Audit reports 审计报告: made as jobs, planned, listed, read, taken as files, and proved.

mod file;
mod form;
mod list;
mod looks;
mod make;
mod paper;
mod plans;
mod show;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub use file::print_report;
pub(super) use paper::document;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list::list_reports, make::make_report))
        .routes(routes!(list::list_report_readers))
        .routes(routes!(plans::read_report_plans, plans::change_report_plans))
        .routes(routes!(show::show_report))
        .routes(routes!(file::take_report))
        .routes(routes!(file::prove_report_file))
}
