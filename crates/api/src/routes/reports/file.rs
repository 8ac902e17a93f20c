//! `GET /reports/{id}/file`: a report as a file whose digest the log holds; `GET /reports/{id}/proofs/{event}`: the proof of that.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use govern::Report;
use model::{EventId, ReportId};
use serde::Deserialize;
use store::documents::{NotPrinted, Printed};
use store::evidence::Evidence;
use store::reports::{FileFormat, ProveReportFile, TakeReport};
use utoipa::IntoParams;

use super::paper;
use crate::answer::Answer;
use crate::extract::{IdPath, PairPath, Query, SignedInCaller};
use crate::language::Language;
use crate::press::{self, DocumentFormat};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct FileQuery {
    /// `pdf`, `xlsx`, `html`, `csv` or `json`; `pdf` if left out.
    #[param(example = "pdf")]
    pub format: Option<String>,
}

/// A kept report, of which `body` is the JSON, as a file.
///
/// # Errors
/// [`NotPrinted`].
pub fn print_report(
    format: FileFormat,
    report: &Report,
    body: Vec<u8>,
    language: Language,
) -> Result<Printed, NotPrinted> {
    press::print(format.into(), || paper::document(report, language), body)
}

/// Take a report as a file
///
/// In the language asked for. The event of this request, whose id is in `X-Audit-Event`, holds the file's SHA-256 and the state of the
/// log that the report was made from; its proof is given by `GET /reports/{id}/proofs/{event}`, and `whosaw-verify report` checks both.
#[utoipa::path(
    get, path = "/reports/{id}/file", tag = "reports",
    params(("id" = uuid::Uuid, Path), FileQuery),
    responses((status = 200, description = "the file", body = String, content_type = "application/pdf")),
    extensions(("x-whosaw-action" = json!("report.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn take_report(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<ReportId>,
    Query(query): Query<FileQuery>,
    headers: HeaderMap,
) -> Outcome<Response> {
    let wanted = query.format.as_deref().unwrap_or("pdf");
    let bad = || Problem::new(Code::InvalidValues).item("/format", "invalid_value", "pdf, xlsx, html, csv or json");
    let format = FileFormat::by_name(wanted).ok_or_else(bad)?;
    let language = Language::of(&headers);
    let op = TakeReport { id, format: format.as_str(), language: language.say("zh", "en") };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let _turn = press::turn().await?;
    let print = move |_: ReportId, report: &Report, body: Vec<u8>| print_report(format, report, body, language);
    let taken = state.store.take_report(grant, print).await?;
    let event = taken.event();
    let taken = taken.into_inner();
    let name = format!("whosaw-{}-{}.{}", taken.card.kind.as_str(), taken.card.period.first, format.as_str());
    Ok(press::file(taken.file.bytes, event, DocumentFormat::from(format).content_type(), &name))
}

/// Take the proof of a report's file
///
/// The evidence file of the event that the file was given out with, for `whosaw-verify report`.
#[utoipa::path(
    get, path = "/reports/{id}/proofs/{event}", tag = "reports",
    params(("id" = uuid::Uuid, Path), ("event" = uuid::Uuid, Path)),
    responses((status = 200, description = "the evidence file", body = crate::schema::AnyObject)),
    extensions(("x-whosaw-action" = json!("report.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn prove_report_file(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(id, event): PairPath<ReportId, EventId>,
) -> Outcome<Answer<Evidence>> {
    let publisher = state.publisher.clone().ok_or_else(|| Problem::new(Code::NotServed))?;
    let grant = state.store.gate().admit_system(&who.caller, ProveReportFile { id, event }).await?;
    let taken = state.store.prove_report_file(grant, &publisher).await?;
    Ok(press::proof(taken, format!("whosaw-report-{id}.evidence.json")))
}
