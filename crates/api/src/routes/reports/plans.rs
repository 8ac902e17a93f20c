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

/// All plans, and whether there is a folder for their files.
#[derive(Serialize, ToSchema)]
pub struct ReportPlansView {
    pub plans: Vec<ReportPlanForm>,
    pub folder: ReportFolder,
}

/// The server's folder for reports.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportFolder {
    /// The server was given none.
    None,
    Ready,
    /// It is not there, or is no folder.
    Missing,
}

async fn folder(state: &ApiState) -> ReportFolder {
    let Some(path) = &state.config.reports_folder else { return ReportFolder::None };
    match tokio::fs::metadata(path).await {
        Ok(there) if there.is_dir() => ReportFolder::Ready,
        _ => ReportFolder::Missing,
    }
}

/// Plans of reports
#[utoipa::path(
    get, path = "/reports/plans", tag = "reports",
    responses((status = 200, description = "what is planned", body = ReportPlansView)),
    extensions(("x-whosaw-action" = json!("report.make")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_report_plans(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<ReportPlansView>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadReportPlans).await?;
    let plans = state.store.read_report_plans(grant).await?;
    let folder = folder(&state).await;
    Ok(Answer::with(plans, |p| ReportPlansView { plans: p.plans.into_iter().map(Into::into).collect(), folder }))
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
    let has_folder = state.config.reports_folder.is_some();
    let op = ChangeReportPlans { plans, has_folder, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.change_report_plans(grant).await.map_err(refused)?))
}
