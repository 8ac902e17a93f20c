//! The routes, one endpoint per file. Each states in the OpenAPI document what it is recorded as.

pub mod access;
pub mod admin;
pub mod alerts;
mod arrive;
pub mod assessments;
pub mod audit;
pub mod cases;
pub mod detection;
pub mod exports;
pub mod findings;
pub mod jobs;
pub mod leavers;
pub mod ledger;
pub mod notices;
pub mod posture;
pub mod programme;
pub mod records;
pub mod reports;
pub mod requests;
pub mod reviews;
pub mod session;
pub mod system;
pub mod tokens;
pub mod training;

use utoipa_axum::router::OpenApiRouter;

use crate::state::ApiState;

/// All routes with their documentation.
pub(crate) fn all() -> OpenApiRouter<ApiState> {
    let v1 = OpenApiRouter::new()
        .merge(records::routes())
        .merge(exports::routes())
        .merge(jobs::routes())
        .merge(requests::routes())
        .merge(notices::routes())
        .merge(cases::routes())
        .merge(training::routes())
        .merge(posture::routes())
        .merge(programme::routes())
        .merge(reviews::routes())
        .merge(leavers::routes())
        .merge(assessments::routes())
        .merge(reports::routes())
        .merge(findings::routes())
        .merge(session::routes())
        .merge(tokens::routes())
        .merge(audit::routes())
        .merge(access::routes())
        .merge(detection::routes())
        .merge(alerts::routes())
        .merge(admin::routes());
    OpenApiRouter::with_openapi(crate::doc::base()).nest("/api/v1", v1).merge(ledger::routes()).merge(system::routes())
}
