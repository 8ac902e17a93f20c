//! `GET /requests` (我的申请), `GET /requests/inbox` (待我审批), and how much waits.

use axum::extract::State;
use model::approval::Wanted;
use serde::Serialize;
use store::requests::{CountInbox, ListInbox, ListOwnRequests, RequestView};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::SignedInCaller;
use crate::problem::Outcome;
use crate::schema::{AnyObject, Count, Items};
use crate::state::ApiState;

/// A word that was given.
#[derive(Serialize, ToSchema)]
pub struct DecisionItem {
    pub by: uuid::Uuid,
    pub by_name: String,
    /// `named`, `stand_in`, `deputy` or `escalated`: by what they could.
    #[schema(required = true, value_type = Option<String>)]
    pub how: Option<model::approval::By>,
    /// From 0.
    pub step: usize,
    pub consent: bool,
    pub comment: String,
    pub at: i64,
}

/// A request.
#[derive(Serialize, ToSchema)]
pub struct RequestItem {
    pub id: uuid::Uuid,
    /// `access`, `export`, `break_glass` or `record`.
    #[schema(example = "access")]
    pub kind: &'static str,
    #[schema(example = "customer")]
    pub object: String,
    #[schema(required = true)]
    pub record: Option<uuid::Uuid>,
    pub edit: bool,
    #[schema(required = true)]
    pub days: Option<u16>,
    #[schema(required = true)]
    pub hours: Option<u16>,
    #[schema(required = true)]
    pub rows: Option<u64>,
    /// What an export asks.
    #[schema(required = true, value_type = Option<AnyObject>)]
    pub question: Option<serde_json::Value>,
    pub requester: uuid::Uuid,
    pub requester_name: String,
    pub reason: String,
    /// `waiting`, `approved`, `refused`, `withdrawn`, `lapsed` or `used`. A refusal of access to a record that one may not know
    /// of shows as `waiting`, and later as `lapsed`, to who asked.
    #[schema(example = "waiting")]
    pub state: &'static str,
    pub made_at: i64,
    #[schema(required = true)]
    pub lapses_at: Option<i64>,
    /// When the access that it gave ends.
    #[schema(required = true)]
    pub until: Option<i64>,
    /// Steps done.
    pub step: usize,
    pub steps: usize,
    pub decisions: Vec<DecisionItem>,
    /// By what the caller may decide; `null` where they may not.
    #[schema(required = true, value_type = Option<String>)]
    pub may: Option<model::approval::By>,
    /// To be sent with the decision.
    #[schema(required = true)]
    pub version: Option<i64>,
}

impl From<RequestView> for RequestItem {
    fn from(v: RequestView) -> Self {
        let (mut edit, mut days, mut hours, mut rows) = (false, None, None, None);
        match &v.wanted {
            Wanted::Access { edit: e, days: d, .. } => (edit, days) = (*e, Some(*d)),
            Wanted::Export { rows: r, .. } => rows = Some(*r),
            Wanted::BreakGlass { hours: h, .. } => hours = Some(*h),
            Wanted::Record { .. } => {}
        }
        let decisions = v.decisions.into_iter().map(|d| DecisionItem {
            by: d.by.0,
            by_name: d.by_name,
            how: d.how,
            step: d.step,
            consent: d.consent,
            comment: d.comment,
            at: d.at.0,
        });
        Self {
            id: v.id.0,
            kind: v.wanted.subject().as_str(),
            object: v.wanted.object().to_string(),
            record: v.wanted.record().map(|r| r.0),
            edit,
            days,
            hours,
            rows,
            question: v.more,
            requester: v.requester.0,
            requester_name: v.requester_name,
            reason: v.reason,
            state: v.state.as_str(),
            made_at: v.made_at.0,
            lapses_at: v.lapses_at.map(|t| t.0),
            until: v.until.map(|t| t.0),
            step: v.step,
            steps: v.steps,
            decisions: decisions.collect(),
            may: v.may,
            version: v.version,
        }
    }
}

fn items(views: Vec<RequestView>) -> Items<RequestItem> {
    Items { items: views.into_iter().map(RequestItem::from).collect() }
}

/// One's own requests
///
/// Newest first, at most 200.
#[utoipa::path(
    get, path = "/requests", tag = "requests",
    responses((status = 200, description = "what the caller asked for", body = Items<RequestItem>)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_requests(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Items<RequestItem>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListOwnRequests).await?;
    Ok(Answer::with(state.store.list_own_requests(grant).await?, items))
}

/// What waits for the caller's word
///
/// Oldest first. Requests about a record are there only for those who may do to it what a consent takes.
#[utoipa::path(
    get, path = "/requests/inbox", tag = "requests",
    responses((status = 200, description = "what the caller may decide now", body = Items<RequestItem>)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_inbox(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Items<RequestItem>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListInbox).await?;
    Ok(Answer::with(state.store.list_inbox(grant).await?, items))
}

/// How much waits for the caller's word
#[utoipa::path(
    get, path = "/requests/inbox/count", tag = "requests",
    responses((status = 200, description = "a number", body = Count)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn count_inbox(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Count>> {
    let grant = state.store.gate().admit_system(&who.caller, CountInbox).await?;
    Ok(Answer::with(state.store.count_inbox(grant).await?, |count| Count { count }))
}
