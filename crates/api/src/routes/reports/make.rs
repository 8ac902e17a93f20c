//! `POST /reports`: have a report made, in the background.

use axum::extract::State;
use govern::Period;
use serde::Deserialize;
use store::reports::BeginReport;
use utoipa::ToSchema;

use super::form::{ReportDefinition, ReportUnit};
use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::routes::cases::refused;
use crate::routes::jobs::{JobForm, carry_out};
use crate::state::ApiState;

/// Which report, of which period.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportRequest {
    pub definition: ReportDefinition,
    pub unit: ReportUnit,
    /// A day of the period by the company's calendar, `YYYY-MM-DD`.
    #[schema(format = "date", min_length = 10, max_length = 10, example = "2026-11-01")]
    pub day: String,
    /// Whether one of a period that is not over is wanted all the same: it says so on each page.
    #[serde(default)]
    pub part: bool,
}

/// Have a report made
///
/// Begins a job that counts the period up to a signed state of the log, day by day; `act` of the job is the id of the report to be. A
/// report about one person or customer needs the right to read the access log as well; about oneself nobody has one made.
#[utoipa::path(
    post, path = "/reports", tag = "reports",
    request_body = ReportRequest,
    responses((status = 200, description = "the job that has begun", body = JobForm)),
    extensions(("x-whosaw-action" = json!("report.make")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn make_report(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<ReportRequest>,
) -> Outcome<Answer<JobForm>> {
    let publisher = state.publisher.clone().ok_or_else(|| Problem::new(Code::NotServed))?;
    let bad = || Problem::new(Code::InvalidValues).item("/day", "invalid_value", "a day as YYYY-MM-DD");
    let first = Period::containing(b.unit.into(), &b.day).ok_or_else(bad)?;
    let op = BeginReport::new(b.definition.into(), first, b.part, who.caller.at);
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let begun = state.store.begin_report(grant, &publisher).await.map_err(refused)?;
    carry_out(&state, begun.get().id);
    Ok(Answer::with(begun, |job| JobForm::from(&job)))
}
