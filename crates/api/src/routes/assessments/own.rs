//! Questions that are one's own to answer, and what can be chosen.

use axum::extract::State;
use serde::Serialize;
use store::assessments::{Choices, ListChoices, ListOwnQuestions, OwnQuestion};
use utoipa::ToSchema;

use super::form::{AssessmentEvidence, AssessmentPerson, AssessmentQuestion};
use crate::answer::Answer;
use crate::extract::SignedInCaller;
use crate::problem::Outcome;
use crate::state::ApiState;

/// A question that was given to the reader.
#[derive(Serialize, ToSchema)]
pub struct OwnAssessmentQuestion {
    pub assessment: uuid::Uuid,
    pub name: String,
    pub organisation: String,
    pub due_at: i64,
    pub question: AssessmentQuestion,
    /// What the answer links to.
    pub evidence: Vec<AssessmentEvidence>,
}

impl From<OwnQuestion> for OwnAssessmentQuestion {
    fn from(q: OwnQuestion) -> Self {
        Self {
            assessment: q.assessment.0,
            name: q.name,
            organisation: q.organisation,
            due_at: q.due_at.0,
            question: q.question.into(),
            evidence: q.evidence.into_iter().map(AssessmentEvidence::from).collect(),
        }
    }
}

/// Questions of the reader's.
#[derive(Serialize, ToSchema)]
pub struct OwnAssessmentQuestions {
    /// Those due first stand first.
    pub items: Vec<OwnAssessmentQuestion>,
}

/// Questions of assessments that are the reader's to answer
#[utoipa::path(
    get, path = "/assessments/own", tag = "assessments",
    responses((status = 200, description = "of assessments that are not closed", body = OwnAssessmentQuestions)),
    extensions(("x-whosaw-action" = json!("assessment.answer")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_own_assessment_questions(
    State(state): State<ApiState>,
    who: SignedInCaller,
) -> Outcome<Answer<OwnAssessmentQuestions>> {
    let grant = state.store.gate().admit_system(&who.caller, ListOwnQuestions).await?;
    let own = state.store.list_own_questions(grant).await?;
    Ok(Answer::with(own, |own| OwnAssessmentQuestions {
        items: own.into_iter().map(OwnAssessmentQuestion::from).collect(),
    }))
}

/// An account that can be named.
#[derive(Serialize, ToSchema)]
pub struct AssessorAccount {
    pub id: uuid::Uuid,
    pub name: String,
    pub login: String,
}

/// What can be chosen.
#[derive(Serialize, ToSchema)]
pub struct AssessmentChoices {
    /// What the reader can link to: what they may read themselves.
    pub evidence: Vec<AssessmentEvidence>,
    /// Who can be given a question; for who runs assessments.
    pub answerers: Vec<AssessmentPerson>,
    /// Accounts of active people without roles; for who runs assessments.
    pub accounts: Vec<AssessorAccount>,
}

impl From<Choices> for AssessmentChoices {
    fn from(c: Choices) -> Self {
        let account = |(id, name, login): (model::UserId, String, String)| AssessorAccount { id: id.0, name, login };
        Self {
            evidence: c.evidence.into_iter().map(AssessmentEvidence::from).collect(),
            answerers: c.answerers.into_iter().map(|(id, name)| AssessmentPerson { id: id.0, name }).collect(),
            accounts: c.accounts.into_iter().map(account).collect(),
        }
    }
}

/// What can be linked to as evidence, who can answer, and who can be named
#[utoipa::path(
    get, path = "/assessments/choices", tag = "assessments",
    responses((status = 200, description = "what the reader can choose", body = AssessmentChoices)),
    extensions(("x-whosaw-action" = json!("assessment.answer")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_assessment_choices(
    State(state): State<ApiState>,
    who: SignedInCaller,
) -> Outcome<Answer<AssessmentChoices>> {
    let grant = state.store.gate().admit_system(&who.caller, ListChoices).await?;
    Ok(Answer::with(state.store.list_choices(grant).await?, AssessmentChoices::from))
}
