//! `GET /me/pools`: the public pools 公海 of the caller, with what they have used of the limits.

use axum::extract::State;
use model::Text;
use model::object::ChoiceOption;
use serde::Serialize;
use store::company::{OwnPool, ShowPools};
use utoipa::ToSchema;

use super::workspace::FieldOption;
use crate::answer::Answer;
use crate::extract::SignedInCaller;
use crate::problem::Outcome;
use crate::schema::{Items, Label};
use crate::state::ApiState;

/// A pool as somebody sees who may list its object.
#[derive(Serialize, ToSchema)]
pub struct OwnPoolView {
    pub name: String,
    #[schema(value_type = Label)]
    pub label: Text,
    #[schema(example = "customer")]
    pub object: String,
    /// Whether the caller may claim from it.
    pub member: bool,
    #[schema(required = true)]
    pub daily_claims: Option<u32>,
    pub claimed_today: u64,
    /// 库容
    #[schema(required = true)]
    pub holding_limit: Option<u32>,
    /// Records that count for it.
    pub holding: u64,
    pub former_owner_days: u32,
    pub new_hours: u32,
    /// Days without work after which a record goes back; `null` where none does.
    #[schema(required = true)]
    pub recycle_days: Option<u32>,
    /// Reasons of return; without any, none is asked.
    #[schema(value_type = Vec<FieldOption>)]
    pub reasons: Vec<ChoiceOption>,
}

impl From<OwnPool> for OwnPoolView {
    fn from(own: OwnPool) -> Self {
        let OwnPool { pool, member, used } = own;
        Self {
            name: pool.name,
            label: pool.label,
            object: pool.object.to_string(),
            member,
            daily_claims: pool.daily_claims,
            claimed_today: used.claimed_today,
            holding_limit: pool.holding,
            holding: used.holding,
            former_owner_days: pool.former_owner_days,
            new_hours: pool.new_hours,
            recycle_days: pool.recycle.map(|r| r.days),
            reasons: pool.reasons,
        }
    }
}

/// Public pools, and what is left of their limits
#[utoipa::path(
    get, path = "/me/pools", tag = "session",
    responses((status = 200, description = "pools of objects that the caller may list", body = Items<OwnPoolView>)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_pools(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Items<OwnPoolView>>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowPools).await?;
    let form = |pools: Vec<OwnPool>| Items { items: pools.into_iter().map(OwnPoolView::from).collect() };
    Ok(Answer::with(state.store.show_pools(grant).await?, form))
}
