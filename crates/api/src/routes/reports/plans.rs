//! `/reports/plans`: reports that the house makes by itself, and definitions that are kept.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::company::Note;
use store::reports::{ChangeReportPlans, ReadReportPlans, ReportPlans};
use utoipa::ToSchema;

use super::form::ReportPlanForm;
use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::cases::refused;
use crate::state::ApiState;

/// All plans.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportPlansForm {
    #[schema(max_items = 50)]
    pub plans: Vec<ReportPlanForm>,
}

/// Plans of reports
#[utoipa::path(
    get, path = "/reports/plans", tag = "reports",
    responses((status = 200, description = "what is planned", body = ReportPlansForm)),
    extensions(("x-whosaw-action" = json!("report.make")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_report_plans(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<ReportPlansForm>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadReportPlans).await?;
    let plans = state.store.read_report_plans(grant).await?;
    Ok(Answer::with(plans, |p| ReportPlansForm { plans: p.plans.into_iter().map(Into::into).collect() }))
}

/// Change the plans
///
/// A report of a period that was made by a plan stays, and is not made anew.
#[utoipa::path(
    put, path = "/reports/plans", tag = "reports",
    request_body = ReportPlansForm,
    responses((status = 204, description = "changed")),
    extensions(("x-whosaw-action" = json!("report.make")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_report_plans(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(form): Body<ReportPlansForm>,
) -> Outcome<Answer<()>> {
    let plans = ReportPlans { plans: form.plans.into_iter().map(Into::into).collect() };
    let op = ChangeReportPlans { plans, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.change_report_plans(grant).await.map_err(refused)?))
}
