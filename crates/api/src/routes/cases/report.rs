//! `POST /cases/{id}/report`: the case as a PDF whose digest the log holds; `GET /cases/{id}/reports/{event}`: the proof of that.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use model::{CaseId, EventId};
use store::cases::{ProveReport, ReportCase};
use store::evidence::Evidence;

use super::export::CaseExportRequest;
use super::{paper, refused};
use crate::answer::Answer;
use crate::extract::{Body, IdPath, PairPath, SignedInCaller};
use crate::language::Language;
use crate::press;
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// Take a case as a PDF
///
/// In the language asked for. Who it is about stands in it under the pseudonym, unless the caller had the name shown. The event of this
/// request, whose id is in `X-Audit-Event`, holds the file's SHA-256 and the state of the log that it was made from; its proof is
/// given by `GET /cases/{id}/reports/{event}`, and `whosaw-verify report` checks both.
#[utoipa::path(
    post, path = "/cases/{id}/report", tag = "cases",
    params(("id" = uuid::Uuid, Path)),
    request_body = CaseExportRequest,
    responses((status = 200, description = "the document", body = String, content_type = "application/pdf")),
    extensions(("x-whosaw-action" = json!("case.report")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn report_case(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    headers: HeaderMap,
    Body(b): Body<CaseExportRequest>,
) -> Outcome<Response> {
    let publisher = state.publisher.clone().ok_or_else(|| Problem::new(Code::NotServed))?;
    let language = Language::of(&headers);
    let op = ReportCase { id, reason: b.reason, language: language.say("zh", "en") };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let _turn = press::turn().await?;
    let print = move |report: &store::cases::CaseReport| press::pdf(&paper::document(report, language));
    let taken = state.store.report_case(grant, &publisher, print).await.map_err(refused)?;
    let event = taken.event();
    Ok(press::file(taken.into_inner().bytes, event, "application/pdf", &format!("whosaw-case-{id}.pdf")))
}

/// Take the proof of a case's PDF
///
/// The evidence file of the event that the PDF was given out with, for `whosaw-verify report`.
#[utoipa::path(
    get, path = "/cases/{id}/reports/{event}", tag = "cases",
    params(("id" = uuid::Uuid, Path), ("event" = uuid::Uuid, Path)),
    responses((status = 200, description = "the evidence file", body = crate::schema::AnyObject)),
    extensions(("x-whosaw-action" = json!("case.report")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn prove_report(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(id, event): PairPath<CaseId, EventId>,
) -> Outcome<Answer<Evidence>> {
    let publisher = state.publisher.clone().ok_or_else(|| Problem::new(Code::NotServed))?;
    let grant = state.store.gate().admit_system(&who.caller, ProveReport { id, event }).await?;
    let taken = state.store.prove_report(grant, &publisher).await?;
    Ok(press::proof(taken, format!("whosaw-case-{id}.pdf.evidence.json")))
}
