//! `GET /notices`, `GET /notices/count`, `POST /notices/read` and `/notices/{id}/read`: one's own notices.

use axum::extract::State;
use model::NoticeId;
use serde::{Deserialize, Serialize};
use store::notices::{CountNotices, ListNotices, NoticeView, NoticesPage, ReadNotices, Waiting};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Answer;
use crate::extract::{IdPath, Query, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::Count;
use crate::state::ApiState;

const DEFAULT_LIMIT: usize = 30;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct NoticesQuery {
    /// Only those that were not read.
    pub unread: Option<bool>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100; 30 if left out.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<usize>,
}

/// A notice. What it is about is looked at where it stands, by the reader's rights: nothing of it is in here.
#[derive(Serialize, ToSchema)]
pub struct NoticeItem {
    pub id: uuid::Uuid,
    /// `assigned`, `handed_over`, `returned`, `mentioned`, `commented`, `request_waits`, `request_decided`, `due_today`,
    /// `returning`, `export_ready`, `emergency_access`, `job_ended`, `rule`, `alert`, `case_question`, `evening_note`, `case_assigned`,
    /// `case_answered`, `case_consent`, `case_overdue`, `finding_assigned`, `finding_overdue`,
    /// `finding_back`, `finding_consent`, `report_made`, `programme_due`, `programme_skipped`, `restricted`, `response_waits` or `breaker_open`.
    #[schema(example = "mentioned")]
    pub kind: &'static str,
    #[schema(required = true)]
    pub object: Option<String>,
    #[schema(required = true)]
    pub record: Option<uuid::Uuid>,
    /// The comment, request, export, handover, job, rule, question, case or vulnerability.
    #[schema(required = true)]
    pub about: Option<uuid::Uuid>,
    #[schema(required = true)]
    pub by: Option<uuid::Uuid>,
    #[schema(required = true)]
    pub by_name: Option<String>,
    /// Of `rule`, what the company's rule says.
    #[schema(value_type = Option<crate::schema::Label>, required = true)]
    pub said: Option<model::Text>,
    pub at: i64,
    /// When what it announces happens.
    #[schema(required = true)]
    pub until: Option<i64>,
    #[schema(required = true)]
    pub read_at: Option<i64>,
}

impl From<NoticeView> for NoticeItem {
    fn from(n: NoticeView) -> Self {
        Self {
            id: n.id.0,
            kind: n.kind.as_str(),
            object: n.object,
            record: n.record.map(|r| r.0),
            about: n.about,
            by: n.by.map(|u| u.0),
            by_name: n.by_name,
            said: n.said,
            at: n.at.0,
            until: n.until.map(|t| t.0),
            read_at: n.read_at.map(|t| t.0),
        }
    }
}

/// A page of them.
#[derive(Serialize, ToSchema)]
pub struct NoticeItems {
    pub items: Vec<NoticeItem>,
    #[schema(required = true)]
    pub next: Option<String>,
}

/// What waits for somebody.
#[derive(Serialize, ToSchema)]
pub struct WaitingForm {
    /// Notices that were not read.
    pub unread: u64,
    /// Requests that wait for their word.
    pub requests: u64,
}

/// One's own notices
///
/// Those not read first, then the newest first. They are kept for 90 days.
#[utoipa::path(
    get, path = "/notices", tag = "notices",
    params(NoticesQuery),
    responses((status = 200, description = "a page", body = NoticeItems)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_notices(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(query): Query<NoticesQuery>,
) -> Outcome<Answer<NoticeItems>> {
    let op = ListNotices {
        unread: query.unread.unwrap_or(false),
        after: query.cursor,
        limit: query.limit.unwrap_or(DEFAULT_LIMIT),
    };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let items = |page: NoticesPage| NoticeItems {
        items: page.notices.into_iter().map(NoticeItem::from).collect(),
        next: page.next,
    };
    Ok(Answer::with(state.store.list_notices(grant).await?, items))
}

/// How much waits for the caller: notices, and requests
#[utoipa::path(
    get, path = "/notices/count", tag = "notices",
    responses((status = 200, description = "two numbers", body = WaitingForm)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn count_notices(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<WaitingForm>> {
    let grant = state.store.gate().admit_system(&who.caller, CountNotices).await?;
    let form = |w: Waiting| WaitingForm { unread: w.unread, requests: w.requests };
    Ok(Answer::with(state.store.count_notices(grant).await?, form))
}

/// Mark all of one's notices read
///
/// At most the newest thousand at once.
#[utoipa::path(
    post, path = "/notices/read", tag = "notices",
    responses((status = 200, description = "how many were not read", body = Count)),
    extensions(("x-whosaw-action" = json!("own.save")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_notices(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Count>> {
    read(&state, who, None).await
}

/// Mark one of one's notices read
#[utoipa::path(
    post, path = "/notices/{id}/read", tag = "notices",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "1, or 0 when it was read before", body = Count)),
    extensions(("x-whosaw-action" = json!("own.save")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_notice(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<NoticeId>,
) -> Outcome<Answer<Count>> {
    read(&state, who, Some(id)).await
}

async fn read(state: &ApiState, who: SignedInCaller, id: Option<NoticeId>) -> Outcome<Answer<Count>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadNotices { id }).await?;
    Ok(Answer::with(state.store.read_notices(grant).await?, |count| Count { count }))
}
