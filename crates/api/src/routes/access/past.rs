//! `POST /access/who-could`, `POST /access/what-could`: access on a past day, by the policy and the people of then.

use axum::extract::State;
use model::{Action, ObjectName, RecordId, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use store::could::{CouldPerson, WhatCould, WhatCouldAnswer, WhoCould, WhoCouldAnswer};
use utoipa::ToSchema;

use super::CircumstancesRequest;
use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// Who could do this then?
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhoCouldRequest {
    #[schema(value_type = String, example = "view")]
    pub action: Action,
    #[schema(value_type = String, example = "customer")]
    pub object: ObjectName,
    #[schema(value_type = uuid::Uuid)]
    pub record: RecordId,
    /// Milliseconds since 1970, in the past.
    #[schema(value_type = i64)]
    pub at: UnixMs,
    /// Its `at` is left out of account.
    #[serde(default)]
    pub circumstances: CircumstancesRequest,
}

/// What could somebody do then?
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatCouldRequest {
    #[schema(value_type = uuid::Uuid)]
    pub user: UserId,
    #[schema(value_type = String, example = "customer")]
    pub object: ObjectName,
    /// Milliseconds since 1970, in the past.
    #[schema(value_type = i64)]
    pub at: UnixMs,
}

/// Somebody who could, or of whom it depends on what is not known.
#[derive(Serialize, ToSchema)]
pub struct CouldPersonView {
    pub user: uuid::Uuid,
    pub user_name: String,
    pub rules: Vec<String>,
}

impl From<CouldPerson> for CouldPersonView {
    fn from(p: CouldPerson) -> Self {
        Self { user: p.user.0, user_name: p.user_name, rules: p.rules }
    }
}

/// Who could.
#[derive(Serialize, ToSchema)]
pub struct WhoCouldView {
    /// The first thousand.
    pub users: Vec<CouldPersonView>,
    pub count: usize,
    /// People of whom it depends on what is not known any more.
    pub unsure: Vec<CouldPersonView>,
    pub unsure_count: usize,
    /// What of the record is not known for that moment: `owner`, `members`, `fields`.
    pub unknown: Vec<&'static str>,
    pub policy_version: u64,
    /// Since when the people were as they were then.
    pub people_since: i64,
}

impl From<WhoCouldAnswer> for WhoCouldView {
    fn from(a: WhoCouldAnswer) -> Self {
        let people = |all: Vec<CouldPerson>| all.into_iter().map(CouldPersonView::from).collect();
        Self {
            users: people(a.users),
            count: a.count,
            unsure: people(a.unsure),
            unsure_count: a.unsure_count,
            unknown: a.unknown,
            policy_version: a.policy_version,
            people_since: a.people_since.0,
        }
    }
}

/// An operation that somebody had.
#[derive(Serialize, ToSchema)]
pub struct CouldDoView {
    pub action: String,
    pub rules: Vec<String>,
    /// Whether every record was open to it.
    pub all: bool,
}

/// What somebody could do.
#[derive(Serialize, ToSchema)]
pub struct WhatCouldView {
    pub user: uuid::Uuid,
    pub user_name: String,
    /// Roles of then.
    pub roles: Vec<String>,
    pub could: Vec<CouldDoView>,
    pub policy_version: u64,
    pub people_since: i64,
}

impl From<WhatCouldAnswer> for WhatCouldView {
    fn from(a: WhatCouldAnswer) -> Self {
        let could = a.could.into_iter();
        Self {
            user: a.user.0,
            user_name: a.user_name,
            roles: a.roles,
            could: could.map(|c| CouldDoView { action: c.action.to_string(), rules: c.rules, all: c.all }).collect(),
            policy_version: a.policy_version,
            people_since: a.people_since.0,
        }
    }
}

/// Who could do this on a past day
///
/// By the policy and the people of that moment. Of whom it depends on what is not known of the record any more is told apart.
#[utoipa::path(
    post, path = "/access/who-could", tag = "access",
    request_body = WhoCouldRequest,
    responses((status = 200, description = "users and rules of then", body = WhoCouldView)),
    extensions(("x-whosaw-action" = json!("access.explain")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn who_could(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<WhoCouldRequest>,
) -> Outcome<Answer<WhoCouldView>> {
    let circumstances = b.circumstances.into();
    let op = WhoCould { action: b.action, object: b.object, record: b.record, at: b.at, circumstances };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.who_could(grant).await?, WhoCouldView::from))
}

/// What somebody could do on a past day
///
/// At the best circumstances. To how many records is not said: what there was then is not counted.
#[utoipa::path(
    post, path = "/access/what-could", tag = "access",
    request_body = WhatCouldRequest,
    responses((status = 200, description = "operations and rules of then", body = WhatCouldView)),
    extensions(("x-whosaw-action" = json!("access.explain")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn what_could(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<WhatCouldRequest>,
) -> Outcome<Answer<WhatCouldView>> {
    let op = WhatCould { user: b.user, object: b.object, at: b.at };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.what_could(grant).await?, WhatCouldView::from))
}
