//! `GET /assessments/{id}/file`: the answered questionnaire as a file whose digest the log holds.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use model::AssessmentId;
use serde::Deserialize;
use store::assessments::{AssessmentResult, TakeAssessment};
use store::documents::MadeFrom;
use utoipa::IntoParams;

use super::paper;
use crate::extract::{IdPath, Query, SignedInCaller};
use crate::language::Language;
use crate::press::{self, DocumentFormat};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct AssessmentFileQuery {
    /// `pdf` if left out.
    #[param(inline)]
    pub format: Option<DocumentFormat>,
}

/// Take an answered questionnaire as a file
///
/// Of a closed one what it said then; else what it says now. Somebody from outside is given approved answers alone. The event of this
/// request, whose id is in `X-Audit-Event`, holds the file's SHA-256.
#[utoipa::path(
    get, path = "/assessments/{id}/file", tag = "assessments",
    params(("id" = uuid::Uuid, Path), AssessmentFileQuery),
    responses((status = 200, description = "the file", body = String, content_type = "application/pdf")),
    extensions(("x-whosaw-action" = json!("assessment.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn take_assessment(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<AssessmentId>,
    Query(query): Query<AssessmentFileQuery>,
    headers: HeaderMap,
) -> Outcome<Response> {
    let publisher = state.publisher.clone().ok_or_else(|| Problem::new(Code::NotServed))?;
    let format = query.format.unwrap_or_default();
    let language = Language::of(&headers);
    let op = TakeAssessment { id, format: format.as_str(), language: language.say("zh", "en") };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let _turn = press::turn().await?;
    let print = move |result: &AssessmentResult, head: MadeFrom, body: Vec<u8>| {
        press::print(format, || paper::document(result, head, language), body)
    };
    let taken = state.store.take_assessment(grant, &publisher, print).await?;
    let event = taken.event();
    let taken = taken.into_inner();
    let day = taken.made_at.to_rfc3339();
    let name = format!("whosaw-assessment-{}.{}", day.get(..10).unwrap_or_default(), format.as_str());
    Ok(press::file(taken.file.bytes, event, format.content_type(), &name))
}
