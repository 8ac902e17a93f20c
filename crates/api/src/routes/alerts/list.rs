//! `GET /alerts`: alerts, by rank or newest first.

use axum::extract::State;
use model::UnixMs;
use serde::Deserialize;
use store::audit::{Paging, Span};
use store::watch::{AlertFilter, AlertSort, ListAlerts};
use utoipa::IntoParams;

use super::form::AlertPage;
use crate::answer::Answer;
use crate::extract::{Query, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::audit::values;
use crate::state::ApiState;

/// Which alerts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct AlertQuery {
    /// `open`, `snoozed`, `closed`, with commas between.
    pub states: Option<String>,
    /// `informational`, `low`, `medium`, `high`, `critical`.
    pub severities: Option<String>,
    /// Names of rules.
    pub rules: Option<String>,
    /// Families of rules.
    pub families: Option<String>,
    /// Ids of the people they are about.
    pub users: Option<String>,
    /// That grew from this moment on, in milliseconds since 1970.
    pub from: Option<i64>,
    /// Before this moment.
    pub to: Option<i64>,
    /// `rank`: what to look at first; `recent`: what grew last.
    pub sort: Option<String>,
    /// Rows of a page, 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// From the page before.
    pub cursor: Option<String>,
}

/// Alerts
///
/// Those about the reader are not among them. Which were shown is recorded.
#[utoipa::path(
    get, path = "/alerts", tag = "alerts",
    params(AlertQuery),
    responses((status = 200, description = "a page of alerts", body = AlertPage)),
    extensions(("x-whosaw-action" = json!("alert.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_alerts(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(query): Query<AlertQuery>,
) -> Outcome<Answer<AlertPage>> {
    let sort: Vec<AlertSort> = values::words("sort", query.sort.as_deref())?;
    let op = ListAlerts {
        filter: AlertFilter {
            states: values::words("states", query.states.as_deref())?,
            severities: values::words("severities", query.severities.as_deref())?,
            rules: values::words("rules", query.rules.as_deref())?,
            families: values::words("families", query.families.as_deref())?,
            users: values::parsed("users", query.users.as_deref())?,
        },
        span: Span { from: query.from.map(UnixMs), to: query.to.map(UnixMs) },
        sort: sort.first().copied().unwrap_or_default(),
        paging: Paging { limit: query.limit.unwrap_or(Paging::default().limit), cursor: query.cursor },
    };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let page = state.store.list_alerts(grant).await?;
    Ok(Answer::with(page, |p| AlertPage { items: p.items.into_iter().map(Into::into).collect(), next: p.next }))
}
