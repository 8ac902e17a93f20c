//! `GET /reports/{id}`: what a report says.

use axum::extract::State;
use model::ReportId;
use serde::Serialize;
use store::reports::ShowReport;
use utoipa::ToSchema;

use super::form::ReportCardForm;
use crate::answer::Answer;
use crate::extract::{IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// A report.
#[derive(Serialize, ToSchema)]
pub struct ReportView {
    pub card: ReportCardForm,
    /// What it says: sections with figures, tables, findings and controls. Each number has the question of the access log whose answer
    /// it is.
    #[schema(value_type = crate::schema::AnyObject)]
    pub report: govern::Report,
}

/// Read a report
#[utoipa::path(
    get, path = "/reports/{id}", tag = "reports",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "the report", body = ReportView)),
    extensions(("x-whosaw-action" = json!("report.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_report(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<ReportId>,
) -> Outcome<Answer<ReportView>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowReport { id }).await?;
    let shown = state.store.show_report(grant).await?;
    Ok(Answer::with(shown, |(card, report)| ReportView { card: card.into(), report }))
}
