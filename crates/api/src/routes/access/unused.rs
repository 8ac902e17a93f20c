//! `GET /access/rights-use/{id}`: what a user may do, and when they last did it.

use axum::extract::State;
use model::UserId;
use serde::{Deserialize, Serialize};
use store::unused::{RightUse, RightsUse, RightsUsed};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Answer;
use crate::extract::{IdPath, Query, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// How far back.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct RightsUseQuery {
    /// Days, 1 to 366; without it, 90.
    #[param(minimum = 1, maximum = 366)]
    pub days: Option<u32>,
}

/// One right of the user.
#[derive(Serialize, ToSchema)]
pub struct RightUseView {
    pub action: String,
    /// `null` for a duty.
    #[schema(required = true)]
    pub object: Option<String>,
    /// When it was last used; `null`: not in that time.
    #[schema(required = true)]
    pub last: Option<i64>,
}

/// What a user may do at the best circumstances, and when they last did.
#[derive(Serialize, ToSchema)]
pub struct RightsUseAnswer {
    pub from: i64,
    pub rights: Vec<RightUseView>,
}

impl From<RightsUsed> for RightsUseAnswer {
    fn from(used: RightsUsed) -> Self {
        let view = |r: RightUse| RightUseView {
            action: r.action.as_str().to_owned(),
            object: r.object.map(|o| o.to_string()),
            last: r.last.map(|t| t.0),
        };
        Self { from: used.from.0, rights: used.rights.into_iter().map(view).collect() }
    }
}

/// What a user may do, and when they last did it
#[utoipa::path(
    get, path = "/access/rights-use/{id}", tag = "access",
    params(("id" = uuid::Uuid, Path), RightsUseQuery),
    responses((status = 200, description = "rights; no record", body = RightsUseAnswer)),
    extensions(("x-whosaw-action" = json!("access.explain")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn rights_use(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(user): IdPath<UserId>,
    Query(q): Query<RightsUseQuery>,
) -> Outcome<Answer<RightsUseAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, RightsUse { user, days: q.days.unwrap_or(90) }).await?;
    Ok(Answer::with(state.store.rights_use(grant).await?, RightsUseAnswer::from))
}
