//! Assessments, and one of them.

use axum::extract::State;
use model::AssessmentId;
use serde::Serialize;
use store::assessments::{ListAssessments, ShowAssessment};
use utoipa::ToSchema;

use super::form::{AssessmentDetail, AssessmentItem};
use crate::answer::Answer;
use crate::extract::{IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// Assessments.
#[derive(Serialize, ToSchema)]
pub struct AssessmentList {
    /// Newest first; at most 200.
    pub items: Vec<AssessmentItem>,
}

/// Assessments by third parties
///
/// For somebody from outside: those that are open and that they are named in.
#[utoipa::path(
    get, path = "/assessments", tag = "assessments",
    responses((status = 200, description = "newest first", body = AssessmentList)),
    extensions(("x-whosaw-action" = json!("assessment.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_assessments(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<AssessmentList>> {
    let grant = state.store.gate().admit_system(&who.caller, ListAssessments).await?;
    let all = state.store.list_assessments(grant).await?;
    Ok(Answer::with(all, |all| AssessmentList { items: all.into_iter().map(AssessmentItem::from).collect() }))
}

/// An assessment with its questions, evidence and findings
///
/// Somebody from outside is shown approved answers, and the evidence that was chosen or that those link to.
#[utoipa::path(
    get, path = "/assessments/{id}", tag = "assessments",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "the assessment", body = AssessmentDetail, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("assessment.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_assessment(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<AssessmentId>,
) -> Outcome<Answer<AssessmentDetail>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowAssessment { id }).await?;
    let view = state.store.show_assessment(grant).await?;
    let version = view.get().version;
    Ok(Answer::with(view, AssessmentDetail::from).version(version))
}
