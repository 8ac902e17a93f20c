//! `/admin/canaries`: decoys 诱饵 among the customers.

use axum::extract::State;
use model::{CanaryId, UserId};
use serde::{Deserialize, Serialize};
use store::canaries::{CanaryView, LiftCanary, ListCanaries, PlantCanaries};
use store::company::Note;
use utoipa::ToSchema;

use super::responses::ResponseReason;
use crate::answer::Answer;
use crate::extract::{Body, IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::Items;
use crate::state::ApiState;

/// How many decoys, and whose they seem to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlantForm {
    #[schema(minimum = 1, maximum = 20)]
    pub count: u32,
    /// Left out: the public pool.
    #[serde(default)]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub owner: Option<UserId>,
    /// What the officers call them.
    #[schema(min_length = 1, max_length = 80)]
    pub label: String,
}

/// A decoy.
#[derive(Serialize, ToSchema)]
pub struct CanaryItem {
    pub id: uuid::Uuid,
    /// The record that it is.
    pub record: uuid::Uuid,
    pub name: String,
    pub label: String,
    pub by_name: String,
    pub at: i64,
    /// `null` while it is one.
    #[schema(required = true)]
    pub lifted_at: Option<i64>,
    /// Whether its record is there still: it may have been merged, erased or deleted like any other.
    pub there: bool,
    /// `null` in the pool.
    #[schema(required = true)]
    pub owner_name: Option<String>,
}

impl From<CanaryView> for CanaryItem {
    fn from(c: CanaryView) -> Self {
        Self {
            id: c.id.0,
            record: c.record.0,
            name: c.name,
            label: c.label,
            by_name: c.by_name,
            at: c.at.0,
            lifted_at: c.lifted_at.map(|t| t.0),
            there: c.there,
            owner_name: c.owner_name,
        }
    }
}

/// Decoys
#[utoipa::path(
    get, path = "/admin/canaries", tag = "admin",
    responses((status = 200, description = "newest first", body = Items<CanaryItem>)),
    extensions(("x-whosaw-action" = json!("canary.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_canaries(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Items<CanaryItem>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListCanaries).await?;
    let all = state.store.list_canaries(grant).await?;
    Ok(Answer::with(all, |all| Items { items: all.into_iter().map(CanaryItem::from).collect() }))
}

/// Plant decoys
#[utoipa::path(
    post, path = "/admin/canaries", tag = "admin",
    request_body = PlantForm,
    responses((status = 200, description = "ids of the decoys", body = Items<uuid::Uuid>)),
    extensions(("x-whosaw-action" = json!("canary.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn plant_canaries(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(form): Body<PlantForm>,
) -> Outcome<Answer<Items<uuid::Uuid>>> {
    let op = PlantCanaries { count: form.count, owner: form.owner, label: form.label, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let planted = state.store.plant_canaries(grant).await?;
    Ok(Answer::with(planted, |ids| Items { items: ids.into_iter().map(|id| id.0).collect() }))
}

/// Lift a decoy: its record is like any other from then on
#[utoipa::path(
    post, path = "/admin/canaries/{id}/lift", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    request_body = ResponseReason,
    responses((status = 204, description = "lifted")),
    extensions(("x-whosaw-action" = json!("canary.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn lift_canary(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CanaryId>,
    Body(form): Body<ResponseReason>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, LiftCanary { id, reason: form.reason }).await?;
    Ok(Answer::done(&state.store.lift_canary(grant).await?))
}
