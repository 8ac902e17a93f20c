//! Looking at evidence in the room that it was chosen for.

use axum::body::Body as HttpBody;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use govern::{Head, Report};
use model::{Action, AssessmentId, ReportId};
use store::assessments::{AddEvidenceFile, Evidence, FileOfEvidence, LookAtEvidence, MOST_FILE_BYTES, TakeEvidence};
use store::reviews::ReviewResult;

use super::file::AssessmentFileQuery;
use super::form::EvidenceView;
use super::manage::AssessmentVersion;
use super::refused_act;
use crate::answer::Answer;
use crate::extract::{FileName, IdPath, IfMatch, PairPath, Query, SignedInCaller};
use crate::language::Language;
use crate::press;
use crate::problem::{Code, Outcome, Problem};
use crate::routes::arrive::arrive;
use crate::routes::records::attachments::for_saving;
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

/// Take a report, the signed list of a review, or a file that was put there
///
/// The last is given as it was put there, whatever format is asked for. The event of this request, whose id is in `X-Audit-Event`, holds the file's SHA-256.
#[utoipa::path(
    get, path = "/assessments/{id}/evidence/{item}/file", tag = "assessments",
    params(
        ("id" = uuid::Uuid, Path), ("item" = String, Path, description = "as the assessment names it"),
        AssessmentFileQuery,
    ),
    responses((
        status = 200, description = "the file",
        content((String = "application/pdf"), (String = "application/octet-stream"), (String = "image/png"), (String = "image/jpeg")),
    )),
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
    Ok(match taken.into_inner() {
        FileOfEvidence::Printed(item, file) => {
            let kind = if matches!(item, Evidence::Report(_)) { "report" } else { "review" };
            let name = format!("whosaw-evidence-{kind}.{}", format.as_str());
            press::file(file.bytes, event, format.content_type(), &name)
        }
        FileOfEvidence::Given(what, bytes) => {
            for_saving(bytes.into(), event, (&what.name, what.kind), what.bytes, &what.sha256)
        }
    })
}

/// Put a file into the room
///
/// The body is the file itself, at most 10 MiB; its name stands in `X-File-Name`. It is evidence from then on, as `file:<id>`, and stays as
/// long as the assessment. The event of this request holds its SHA-256.
#[utoipa::path(
    post, path = "/assessments/{id}/files", tag = "assessments",
    params(
        ("id" = uuid::Uuid, Path),
        ("If-Match" = String, Header, description = "the ETag of the version that was read"),
        ("X-File-Name" = String, Header, description = "percent-encoded UTF-8", example = "policy.pdf"),
    ),
    request_body(content = String, description = "the file", content_type = "application/octet-stream"),
    responses((status = 200, description = "put there", body = AssessmentVersion, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("assessment.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn add_evidence_file(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<AssessmentId>,
    IfMatch(version): IfMatch,
    FileName(name): FileName,
    body: HttpBody,
) -> Outcome<Answer<AssessmentVersion>> {
    let (body, _permit) = arrive(&state, &who, Action::AssessmentManage, body, MOST_FILE_BYTES).await?;
    let op = AddEvidenceFile::new(id, version, name, body, who.caller.at);
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let done = state.store.add_evidence_file(grant).await.map_err(refused_act)?;
    let version = *done.get();
    Ok(Answer::with(done, |version| AssessmentVersion { version }).version(version))
}
