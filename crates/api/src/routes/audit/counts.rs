//! `GET /audit/counts`: how many events by day, hour, hour of the week, user, department or operation.

use axum::extract::State;
use serde::Deserialize;
use store::audit::{CountBy, CountEvents, Counts, Zone};
use utoipa::{IntoParams, ToSchema};

use super::span::{EventQuery, YesNo, span};
use crate::answer::Answer;
use crate::extract::{Query, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// By what.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    Day,
    Hour,
    WeekHour,
    User,
    Department,
    Operation,
}

/// What to count.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CountsQuery {
    /// By what events are counted.
    #[param(inline)]
    pub by: By,
    /// Days and hours in UTC rather than in the company's time zone.
    pub utc: Option<bool>,
    /// As in the log.
    pub users: Option<String>,
    /// As in the log.
    pub departments: Option<String>,
    /// As in the log.
    pub actions: Option<String>,
    /// As in the log.
    pub decisions: Option<String>,
    /// As in the log.
    pub channels: Option<String>,
    /// As in the log.
    pub objects: Option<String>,
    /// As in the log.
    #[param(inline)]
    pub explained: Option<YesNo>,
    /// As in the log.
    pub from: Option<i64>,
    /// As in the log.
    pub to: Option<i64>,
}

/// Count events
#[utoipa::path(
    get, path = "/audit/counts", tag = "audit",
    params(CountsQuery),
    responses((status = 200, description = "counts", body = crate::schema::EventCounts)),
    extensions(("x-whosaw-action" = json!("audit.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn count_events(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(q): Query<CountsQuery>,
) -> Outcome<Answer<Counts>> {
    let by = match q.by {
        By::Day => CountBy::Day,
        By::Hour => CountBy::Hour,
        By::WeekHour => CountBy::WeekHour,
        By::User => CountBy::User,
        By::Department => CountBy::Department,
        By::Operation => CountBy::Operation,
    };
    let zone = if q.utc == Some(true) { Zone::Utc } else { Zone::Company };
    let filter = EventQuery {
        users: q.users,
        departments: q.departments,
        actions: q.actions,
        decisions: q.decisions,
        channels: q.channels,
        objects: q.objects,
        explained: q.explained,
        ..EventQuery::default()
    };
    let op = CountEvents { by, zone, filter: filter.filter()?, span: span(q.from, q.to) };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::of(state.store.count_events(grant).await?))
}
