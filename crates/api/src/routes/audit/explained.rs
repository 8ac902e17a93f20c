//! `GET /audit/explained`: how much of what was looked at had a business reason.

use axum::extract::State;
use serde::Deserialize;
use store::audit::{HowExplained, HowExplainedAnswer};
use utoipa::IntoParams;

use super::span::span;
use crate::answer::Answer;
use crate::extract::{Query, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// A span of time.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ExplainedQuery {
    /// From this moment on, in milliseconds since 1970.
    pub from: Option<i64>,
    /// Before this moment.
    pub to: Option<i64>,
}

/// How much is explained
///
/// By department and month: accesses, and how many had a business reason; of them those that were an account's first to a customer.
#[utoipa::path(
    get, path = "/audit/explained", tag = "audit",
    params(ExplainedQuery),
    responses((status = 200, description = "shares by department and month, newest month first", body = crate::schema::ExplainedShares)),
    extensions(("x-whosaw-action" = json!("access.explain")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn how_explained(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(query): Query<ExplainedQuery>,
) -> Outcome<Answer<HowExplainedAnswer>> {
    let op = HowExplained { span: span(query.from, query.to) };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::of(state.store.how_explained(grant).await?))
}
