//! `GET /audit/records/{id}`: who saw this customer or record.

use axum::extract::State;
use model::RecordId;
use serde::Deserialize;
use store::audit::{Seen, WhoSaw};
use utoipa::IntoParams;

use super::span::{paging, span};
use crate::answer::Answer;
use crate::extract::{IdPath, Query, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// A span, a page, and the customer of a record that is gone.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct WhoSawQuery {
    /// The customer of a record that has been deleted since; else it is found.
    #[param(value_type = Option<uuid::Uuid>)]
    pub customer: Option<String>,
    /// From this moment on, in milliseconds since 1970.
    pub from: Option<i64>,
    /// Before this moment.
    pub to: Option<i64>,
    /// Rows of a page, 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// From the page before.
    pub cursor: Option<String>,
}

/// Who saw a customer or record
///
/// Who, when, from where, by which means, which fields, doing what, and which rule allowed it. An id that never was gets an
/// empty answer.
#[utoipa::path(
    get, path = "/audit/records/{id}", tag = "audit",
    params(("id" = uuid::Uuid, Path), WhoSawQuery),
    responses((status = 200, description = "a page of touches, newest first", body = crate::schema::SeenAnswer)),
    extensions(("x-whosaw-action" = json!("audit.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn who_saw(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<RecordId>,
    Query(query): Query<WhoSawQuery>,
) -> Outcome<Answer<Seen>> {
    let bad = || Problem::new(Code::MalformedQuery).item("/query/customer", "invalid_value", "expected an id");
    let customer = query.customer.map(|c| c.parse::<RecordId>().map_err(|_| bad())).transpose()?;
    let op = WhoSaw { id, customer, span: span(query.from, query.to), paging: paging(query.limit, query.cursor) };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::of(state.store.who_saw(grant).await?))
}
