//! `GET /reports`: past reports; `GET /reports/readers`: whom one can be addressed to.

use axum::extract::State;
use govern::Kind;
use serde::{Deserialize, Serialize};
use store::reports::{ListReportReaders, ListReports};
use utoipa::{IntoParams, ToSchema};

use super::form::ReportCardForm;
use crate::answer::Answer;
use crate::extract::{Query, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::routes::cases::refused;
use crate::state::ApiState;

const DEFAULT_LIMIT: usize = 50;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ReportsQuery {
    /// `management`, `officer`, `department`, `person`, `customer`, `subject`, `policy` or `compliance`.
    pub kind: Option<String>,
    /// Rows of a page, 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<usize>,
    /// From the page before.
    pub cursor: Option<String>,
}

/// A page of past reports.
#[derive(Serialize, ToSchema)]
pub struct ReportList {
    pub items: Vec<ReportCardForm>,
    #[schema(required = true)]
    pub next: Option<String>,
}

/// Somebody who may read reports.
#[derive(Serialize, ToSchema)]
pub struct ReportReader {
    pub id: uuid::Uuid,
    pub name: String,
}

#[derive(Serialize, ToSchema)]
pub struct ReportReaders {
    pub items: Vec<ReportReader>,
}

/// Past reports
///
/// Newest first; those that the caller may read. There is no way to change or remove one.
#[utoipa::path(
    get, path = "/reports", tag = "reports",
    params(ReportsQuery),
    responses((status = 200, description = "a page of reports", body = ReportList)),
    extensions(("x-whosaw-action" = json!("report.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_reports(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(query): Query<ReportsQuery>,
) -> Outcome<Answer<ReportList>> {
    let kind = match query.kind.as_deref() {
        None => None,
        Some(name) => Some(
            Kind::by_name(name)
                .ok_or_else(|| Problem::new(Code::InvalidValues).item("/kind", "invalid_value", "a kind of report"))?,
        ),
    };
    let op = ListReports { kind, limit: query.limit.unwrap_or(DEFAULT_LIMIT), cursor: query.cursor };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let page = state.store.list_reports(grant).await.map_err(refused)?;
    Ok(Answer::with(page, |p| ReportList { items: p.reports.into_iter().map(Into::into).collect(), next: p.next }))
}

/// Whom reports can be addressed to
///
/// Active people who may read reports.
#[utoipa::path(
    get, path = "/reports/readers", tag = "reports",
    responses((status = 200, description = "people", body = ReportReaders)),
    extensions(("x-whosaw-action" = json!("report.make")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_report_readers(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<ReportReaders>> {
    let grant = state.store.gate().admit_system(&who.caller, ListReportReaders).await?;
    let people = state.store.list_report_readers(grant).await?;
    let form = |people: Vec<(model::UserId, String)>| ReportReaders {
        items: people.into_iter().map(|(id, name)| ReportReader { id: id.0, name }).collect(),
    };
    Ok(Answer::with(people, form))
}
