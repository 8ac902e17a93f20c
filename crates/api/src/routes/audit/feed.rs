//! `GET /audit/events`: the log, filtered, newest first.

use axum::extract::State;
use store::audit::{EventLine, Feed, Page};

use super::span::{EventQuery, paging, span};
use crate::answer::Answer;
use crate::extract::{Query, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// The access log
#[utoipa::path(
    get, path = "/audit/events", tag = "audit",
    params(EventQuery),
    responses((status = 200, description = "a page of events, newest first", body = crate::schema::EventPage)),
    extensions(("x-whosaw-action" = json!("audit.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_events(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(query): Query<EventQuery>,
) -> Outcome<Answer<Page<EventLine>>> {
    let op =
        Feed { filter: query.filter()?, span: span(query.from, query.to), paging: paging(query.limit, query.cursor) };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::of(state.store.feed(grant).await?))
}
