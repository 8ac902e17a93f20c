//! `/me/questions`: what one is asked about one's own accesses 问询. Nothing of a case stands here, nor who asks.

use axum::extract::State;
use model::InquiryId;
use serde::{Deserialize, Serialize};
use store::cases::{AnswerInquiry, AskedView, Inquiry, ListOwnInquiries, ShowOwnInquiry};
use utoipa::ToSchema;

use super::refused;
use crate::answer::Answer;
use crate::extract::{Body, IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::Items;
use crate::state::ApiState;

/// A question.
#[derive(Serialize, ToSchema)]
pub struct QuestionItem {
    pub id: uuid::Uuid,
    pub text: String,
    /// `waiting`, `answered` or `withdrawn`.
    pub state: &'static str,
    pub asked_at: i64,
    #[schema(required = true)]
    pub answered_at: Option<i64>,
}

impl From<Inquiry> for QuestionItem {
    fn from(i: Inquiry) -> Self {
        Self {
            id: i.id.0,
            text: i.text,
            state: i.state.as_str(),
            asked_at: i.asked_at.0,
            answered_at: i.answered_at.map(|t| t.0),
        }
    }
}

/// One of the reader's own accesses.
#[derive(Serialize, ToSchema)]
pub struct OpenedAccess {
    pub at: i64,
    pub action: String,
    #[schema(required = true)]
    pub object: Option<String>,
    /// How many records it touched; the first fifty are named.
    pub touches: i64,
    pub records: Vec<uuid::Uuid>,
}

/// A question with the accesses it names.
#[derive(Serialize, ToSchema)]
pub struct QuestionDetail {
    #[serde(flatten)]
    pub question: QuestionItem,
    #[schema(required = true)]
    pub answer: Option<String>,
    pub opened: Vec<OpenedAccess>,
}

impl From<AskedView> for QuestionDetail {
    fn from(a: AskedView) -> Self {
        let opened = a.opened.into_iter().map(|o| OpenedAccess {
            at: o.at.0,
            action: o.action,
            object: o.object.map(String::from),
            touches: o.touches,
            records: o.records.into_iter().map(|r| r.0).collect(),
        });
        Self { question: a.inquiry.into(), answer: a.answer, opened: opened.collect() }
    }
}

/// An answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionAnswer {
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
}

/// What one is asked
#[utoipa::path(
    get, path = "/me/questions", tag = "cases",
    responses((status = 200, description = "newest first", body = Items<QuestionItem>)),
    extensions(("x-whosaw-action" = json!("case.answer")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_own_questions(
    State(state): State<ApiState>,
    who: SignedInCaller,
) -> Outcome<Answer<Items<QuestionItem>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListOwnInquiries).await?;
    let all = state.store.list_own_inquiries(grant).await?;
    Ok(Answer::with(all, |all| Items { items: all.into_iter().map(QuestionItem::from).collect() }))
}

/// One question, with the accesses it names
#[utoipa::path(
    get, path = "/me/questions/{id}", tag = "cases",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "the question", body = QuestionDetail)),
    extensions(("x-whosaw-action" = json!("case.answer")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_own_question(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<InquiryId>,
) -> Outcome<Answer<QuestionDetail>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowOwnInquiry { id }).await?;
    Ok(Answer::with(state.store.show_own_inquiry(grant).await.map_err(refused)?, QuestionDetail::from))
}

/// Answer a question, once
#[utoipa::path(
    post, path = "/me/questions/{id}/answer", tag = "cases",
    params(("id" = uuid::Uuid, Path)),
    request_body = QuestionAnswer,
    responses((status = 204, description = "kept")),
    extensions(("x-whosaw-action" = json!("case.answer")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn answer_question(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<InquiryId>,
    Body(b): Body<QuestionAnswer>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, AnswerInquiry { id, text: b.text }).await?;
    Ok(Answer::done(&state.store.answer_inquiry(grant).await.map_err(refused)?))
}
