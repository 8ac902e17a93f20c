//! `/me/questions`: what one is asked about one's own accesses 问询. Nothing of a case stands here, nor who asks.

use axum::extract::State;
use model::InquiryId;
use serde::{Deserialize, Serialize};
use store::cases::{AnswerInquiry, AskedView, Evening, Inquiry, ListOwnInquiries, Said, ShowOwnInquiry, Why};
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
    /// Of an evening note, which has no text of its own: what it is about.
    #[schema(required = true)]
    pub evening: Option<EveningItem>,
}

/// What an evening note is about: accesses of a day for which the system saw no reason.
#[derive(Serialize, ToSchema)]
pub struct EveningItem {
    pub from: i64,
    pub until: i64,
    /// By when an answer is hoped for.
    pub answer_by: i64,
    /// How many different customers.
    pub customers: u64,
}

impl From<&Evening> for EveningItem {
    fn from(e: &Evening) -> Self {
        Self { from: e.from.0, until: e.until.0, answer_by: e.answer_by.0, customers: e.customers }
    }
}

/// Customers of one department, or of none, in an evening note.
#[derive(Serialize, ToSchema)]
pub struct QuestionGroup {
    #[schema(required = true)]
    pub department: Option<String>,
    pub customers: u64,
    /// Up to 200 of them, as far as the log still tells of them. What may be known of each is asked as anywhere.
    pub ids: Vec<uuid::Uuid>,
    #[schema(required = true)]
    pub said: Option<QuestionSaid>,
}

/// Why these customers were opened, in the reader's own words.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionSaid {
    /// `covering`, `customer`, `asked`, `preparing`, `mistake` or `other`.
    #[schema(value_type = String, example = "covering")]
    pub why: Why,
    /// Needed with `other`.
    #[schema(max_length = 2000)]
    #[serde(default)]
    pub text: String,
}

impl From<Inquiry> for QuestionItem {
    fn from(i: Inquiry) -> Self {
        Self {
            id: i.id.0,
            text: i.text,
            state: i.state.as_str(),
            asked_at: i.asked_at.0,
            answered_at: i.answered_at.map(|t| t.0),
            evening: i.evening.as_ref().map(EveningItem::from),
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
    /// Of an evening note: the customers, by department. An answer has one reason for all of them, or one for each group.
    pub groups: Vec<QuestionGroup>,
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
        let groups = a.inquiry.evening.iter().flat_map(|e| e.groups.clone()).zip(a.customers);
        let groups = groups.map(|(group, (department, ids))| QuestionGroup {
            department,
            customers: group.customers,
            ids: ids.into_iter().map(|id| id.0).collect(),
            said: group.said.map(|s| QuestionSaid { why: s.why, text: s.text }),
        });
        let groups = groups.collect();
        Self { question: a.inquiry.into(), answer: a.answer, opened: opened.collect(), groups }
    }
}

/// An answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionAnswer {
    /// To a question in words.
    #[schema(max_length = 2000)]
    #[serde(default)]
    pub text: String,
    /// To an evening note: one reason for all, or one for each of its groups, in their order.
    #[schema(max_items = 500)]
    #[serde(default)]
    pub said: Vec<QuestionSaid>,
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
    let said = b.said.into_iter().map(|s| Said { why: s.why, text: s.text }).collect();
    let op = AnswerInquiry { id, text: b.text, said };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.answer_inquiry(grant).await.map_err(refused)?))
}
