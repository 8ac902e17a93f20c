//! `/admin/holds`: legal holds 依法保全.

use axum::extract::State;
use model::{GrantId, RecordId};
use serde::{Deserialize, Serialize};
use store::hold::{Hold, ListHolds, PlaceHold, ReleaseHold};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Answer;
use crate::extract::{Body, IdPath, Query, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::schema::{Items, Made};
use crate::state::ApiState;

/// Which holds.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct HoldsQuery {
    /// Released ones too.
    pub all: Option<bool>,
    /// On this customer.
    #[param(value_type = Option<uuid::Uuid>)]
    pub customer: Option<String>,
}

/// A hold to place or release. The customer is named too, so that a slip of an id releases nothing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldRequest {
    #[schema(value_type = uuid::Uuid)]
    pub customer: RecordId,
    /// Which proceeding or order; no customer's data.
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// A hold.
#[derive(Serialize, ToSchema)]
pub struct HoldView {
    pub id: uuid::Uuid,
    pub customer: uuid::Uuid,
    pub reason: String,
    pub author: uuid::Uuid,
    pub author_name: String,
    pub created_at: i64,
    #[schema(required = true)]
    pub released_at: Option<i64>,
    #[schema(required = true)]
    pub released_by: Option<uuid::Uuid>,
}

impl From<Hold> for HoldView {
    fn from(h: Hold) -> Self {
        Self {
            id: h.id.0,
            customer: h.customer.0,
            reason: h.reason,
            author: h.author.0,
            author_name: h.author_name,
            created_at: h.created_at.0,
            released_at: h.released_at.map(|t| t.0),
            released_by: h.released_by.map(|u| u.0),
        }
    }
}

/// Legal holds
#[utoipa::path(
    get, path = "/admin/holds", tag = "admin",
    params(HoldsQuery),
    responses((status = 200, description = "holds", body = Items<HoldView>)),
    extensions(("x-whosaw-action" = json!("hold.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_holds(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(q): Query<HoldsQuery>,
) -> Outcome<Answer<Items<HoldView>>> {
    let bad = || Problem::new(Code::MalformedQuery).item("/query/customer", "invalid_value", "expected an id");
    let customer = q.customer.map(|c| c.parse::<RecordId>().map_err(|_| bad())).transpose()?;
    let grant =
        state.store.gate().admit_system(&who.caller, ListHolds { all: q.all.unwrap_or(false), customer }).await?;
    let all = state.store.list_holds(grant).await?;
    Ok(Answer::with(all, |all| Items { items: all.into_iter().map(HoldView::from).collect() }))
}

/// Place a legal hold
#[utoipa::path(
    post, path = "/admin/holds", tag = "admin",
    request_body = HoldRequest,
    responses((status = 201, description = "placed", body = Made)),
    extensions(("x-whosaw-action" = json!("hold.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn place_hold(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<HoldRequest>,
) -> Outcome<Answer<Made>> {
    let grant =
        state.store.gate().admit_system(&who.caller, PlaceHold { customer: b.customer, reason: b.reason }).await?;
    let made = state.store.place_hold(grant).await?;
    Ok(Answer::with(made, |id| Made { id: id.to_string() }).created("/api/v1/admin/holds"))
}

/// Release a legal hold
#[utoipa::path(
    post, path = "/admin/holds/{id}/release", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    request_body = HoldRequest,
    responses((status = 204, description = "released")),
    extensions(("x-whosaw-action" = json!("hold.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn release_hold(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<GrantId>,
    Body(b): Body<HoldRequest>,
) -> Outcome<Answer<()>> {
    let grant = state
        .store
        .gate()
        .admit_system(&who.caller, ReleaseHold { id, customer: b.customer, reason: b.reason })
        .await?;
    Ok(Answer::done(&state.store.release_hold(grant).await?))
}
