//! `/admin/pools`: public pools 公海 with their members and rules.

use axum::extract::State;
use model::Pool;
use model::condition::Condition;
use model::object::ChoiceOption;
use model::pool::Recycle;
use model::record::Grantee;
use serde::{Deserialize, Serialize};
use store::company::{ChangePools, Note, ReadPools, RunRecycling};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::session::FieldOption;
use crate::schema::{AnyObject, Items, Label};
use crate::state::ApiState;

/// When a record goes back.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::pool::Recycle`, for the document")]
pub struct RecycleForm {
    /// The object type whose new records count as work; without one, any change of the record does.
    #[schema(example = "follow_up")]
    pub activity: Option<String>,
    /// Days without work.
    #[schema(minimum = 1, maximum = 3650)]
    pub days: u32,
    /// Days before, the owner is reminded.
    pub remind_days: Option<u32>,
    /// A condition: records that never go back.
    #[schema(value_type = Option<AnyObject>)]
    pub spared: Option<Condition>,
    /// Also what members own that never came from a pool.
    pub own_too: Option<bool>,
}

/// A pool.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::Pool`, for the document")]
pub struct PoolForm {
    #[schema(pattern = "^[a-z0-9_]{1,40}$", example = "east")]
    pub name: String,
    pub label: Label,
    #[schema(example = "customer")]
    pub object: String,
    /// Users, departments with those below, roles: `{"kind": "role", "id": "sales_rep"}`. With none, all who may claim.
    #[schema(value_type = Option<Vec<AnyObject>>)]
    pub members: Option<Vec<Grantee>>,
    /// Its records are seen by its members alone, as far as they are seen for waiting in a pool.
    pub members_only: Option<bool>,
    pub daily_claims: Option<u32>,
    /// 库容
    pub holding: Option<u32>,
    /// The holding limit also stands against transfers, creation, conversion and imports.
    pub holding_always: Option<bool>,
    /// A condition: records that do not count for the holding limit.
    #[schema(value_type = Option<AnyObject>)]
    pub not_counted: Option<Condition>,
    pub former_owner_days: Option<u32>,
    pub new_hours: Option<u32>,
    #[schema(value_type = Option<RecycleForm>)]
    pub recycle: Option<Recycle>,
    #[schema(value_type = Option<Vec<FieldOption>>)]
    pub reasons: Option<Vec<ChoiceOption>>,
}

/// All pools, in order.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PoolsRequest {
    #[schema(value_type = Vec<PoolForm>)]
    pub pools: Vec<Pool>,
}

/// How many records went back.
#[derive(Serialize, ToSchema)]
pub struct RecycledAnswer {
    pub returned: u64,
}

/// Public pools
#[utoipa::path(
    get, path = "/admin/pools", tag = "admin",
    responses((status = 200, description = "pools with their rules", body = Items<PoolForm>)),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_pools(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Items<Pool>>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadPools).await?;
    Ok(Answer::with(state.store.read_pools(grant).await?, |items| Items { items }))
}

/// Set the public pools
///
/// The whole list. Records of a pool that is left out wait in the object's first.
#[utoipa::path(
    put, path = "/admin/pools", tag = "admin",
    request_body = PoolsRequest,
    responses((status = 204, description = "set")),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_pools(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<PoolsRequest>,
) -> Outcome<Answer<()>> {
    let op = ChangePools { pools: b.pools, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.change_pools(grant).await?))
}

/// Return what is due to its pool at once
///
/// The server does so by itself every hour. Each return is an event of its own, in the name of the account `recycler`.
#[utoipa::path(
    post, path = "/admin/pools/recycle", tag = "admin",
    responses((status = 200, description = "done", body = RecycledAnswer)),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn run_recycling(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<RecycledAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, RunRecycling).await?;
    Ok(Answer::with(state.store.run_recycling(grant).await?, |returned| RecycledAnswer { returned }))
}
