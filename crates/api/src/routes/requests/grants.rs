//! Access for a time 临时授权: `GET /me/grants` one's own, `GET /access/grants` everybody's, and ending one.

use axum::extract::State;
use model::{RequestId, Text};
use serde::Serialize;
use store::requests::{ListGrants, ListOwnGrants, LiveGrant, RevokeGrant, RuleGrant};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::{Items, Label};
use crate::state::ApiState;

/// An access that a request or an emergency gave.
#[derive(Serialize, ToSchema)]
pub struct GrantItem {
    /// The request's id.
    pub id: uuid::Uuid,
    pub user: uuid::Uuid,
    pub user_name: String,
    #[schema(example = "customer")]
    pub object: String,
    pub record: uuid::Uuid,
    pub edit: bool,
    /// 紧急访问
    pub emergency: bool,
    /// Whether an emergency access was reviewed; true of others.
    pub reviewed: bool,
    pub given_by: uuid::Uuid,
    pub given_by_name: String,
    pub since: i64,
    pub until: i64,
}

/// A rule of the matrix made for one person, with an end.
#[derive(Serialize, ToSchema)]
pub struct RuleGrantItem {
    pub rule: String,
    #[schema(value_type = Label)]
    pub title: Text,
    pub user: uuid::Uuid,
    pub user_name: String,
    pub until: i64,
}

/// Everything that ends by itself.
#[derive(Serialize, ToSchema)]
pub struct GrantsAnswer {
    pub shares: Vec<GrantItem>,
    pub rules: Vec<RuleGrantItem>,
}

impl From<LiveGrant> for GrantItem {
    fn from(g: LiveGrant) -> Self {
        Self {
            id: g.request.0,
            user: g.user.0,
            user_name: g.user_name,
            object: g.object.to_string(),
            record: g.record.0,
            edit: g.edit,
            emergency: g.emergency,
            reviewed: g.reviewed,
            given_by: g.given_by.0,
            given_by_name: g.given_by_name,
            since: g.since.0,
            until: g.until.0,
        }
    }
}

impl From<RuleGrant> for RuleGrantItem {
    fn from(g: RuleGrant) -> Self {
        Self { rule: g.rule, title: g.title, user: g.user.0, user_name: g.user_name, until: g.until.0 }
    }
}

/// What one has for a time
///
/// Soonest to end first.
#[utoipa::path(
    get, path = "/me/grants", tag = "requests",
    responses((status = 200, description = "accesses that requests and emergencies gave the caller", body = Items<GrantItem>)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_own_grants(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Items<GrantItem>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListOwnGrants).await?;
    let form = |all: Vec<LiveGrant>| Items { items: all.into_iter().map(GrantItem::from).collect() };
    Ok(Answer::with(state.store.list_own_grants(grant).await?, form))
}

/// What anybody has for a time
///
/// Accesses that requests and emergencies gave, and rules made for one person. Ids, never a customer's value.
#[utoipa::path(
    get, path = "/access/grants", tag = "requests",
    responses((status = 200, description = "what has not ended, soonest to end first", body = GrantsAnswer)),
    extensions(("x-whosaw-action" = json!("access.explain")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_grants(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<GrantsAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, ListGrants).await?;
    let form = |(shares, rules): (Vec<LiveGrant>, Vec<RuleGrant>)| GrantsAnswer {
        shares: shares.into_iter().map(GrantItem::from).collect(),
        rules: rules.into_iter().map(RuleGrantItem::from).collect(),
    };
    Ok(Answer::with(state.store.list_grants(grant).await?, form))
}

/// End what a request gave, at once
#[utoipa::path(
    delete, path = "/access/grants/{id}", tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "ended")),
    extensions(("x-whosaw-action" = json!("grant.revoke")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn revoke_grant(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<RequestId>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, RevokeGrant::new(id)).await?;
    Ok(Answer::done(&state.store.revoke_grant(grant).await?))
}
