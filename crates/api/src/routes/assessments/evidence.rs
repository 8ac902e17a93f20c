//! Looking at evidence in the room that it was chosen for.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use govern::{Head, Report};
use model::{AssessmentId, ReportId};
use store::assessments::{Evidence, LookAtEvidence, TakeEvidence};
use store::reviews::ReviewResult;

use super::file::AssessmentFileQuery;
use super::form::EvidenceView;
use crate::answer::Answer;
use crate::extract::{PairPath, Query, SignedInCaller};
use crate::language::Language;
use crate::press;
use crate::problem::{Code, Outcome, Problem};
use crate::routes::{reports, reviews};
use crate::state::ApiState;

/// Look at a piece of evidence
///
/// One that was chosen for the room, or that an answer links to which the caller sees. How it stands is asked now.
#[utoipa::path(
    get, path = "/assessments/{id}/evidence/{item}", tag = "assessments",
    params(("id" = uuid::Uuid, Path), ("item" = String, Path, description = "as the assessment names it")),
    responses((status = 200, description = "what there is to read of it", body = EvidenceView)),
    extensions(("x-whosaw-action" = json!("assessment.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn look_at_evidence(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(id, item): PairPath<AssessmentId, Evidence>,
) -> Outcome<Answer<EvidenceView>> {
    let grant = state.store.gate().admit_system(&who.caller, LookAtEvidence { id, item }).await?;
    Ok(Answer::with(state.store.look_at_evidence(grant).await?, EvidenceView::from))
}

/// Take a report or the signed list of a review as a file
///
/// The event of this request, whose id is in `X-Audit-Event`, holds the file's SHA-256.
#[utoipa::path(
    get, path = "/assessments/{id}/evidence/{item}/file", tag = "assessments",
    params(
        ("id" = uuid::Uuid, Path), ("item" = String, Path, description = "as the assessment names it"),
        AssessmentFileQuery,
    ),
    responses((status = 200, description = "the file", body = String, content_type = "application/pdf")),
    extensions(("x-whosaw-action" = json!("assessment.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn take_assessment_evidence(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(id, item): PairPath<AssessmentId, Evidence>,
    Query(query): Query<AssessmentFileQuery>,
    headers: HeaderMap,
) -> Outcome<Response> {
    let publisher = state.publisher.clone().ok_or_else(|| Problem::new(Code::NotServed))?;
    let format = query.format.unwrap_or_default();
    let language = Language::of(&headers);
    let op = TakeEvidence { id, item, format: format.as_str(), language: language.say("zh", "en") };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let _turn = press::turn().await?;
    let report = move |_: ReportId, report: &Report, body: Vec<u8>| {
        press::print(format, || reports::document(report, language), body)
    };
    let review = move |result: &ReviewResult, head: Head, body: Vec<u8>| {
        press::print(format, || reviews::document(result, head, language), body)
    };
    let taken = state.store.take_assessment_evidence(grant, &publisher, report, review).await?;
    let event = taken.event();
    let taken = taken.into_inner();
    let kind = if matches!(taken.item, Evidence::Report(_)) { "report" } else { "review" };
    let name = format!("whosaw-evidence-{kind}.{}", format.as_str());
    Ok(press::file(taken.file.bytes, event, format.content_type(), &name))
}
