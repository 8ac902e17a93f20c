//! `/admin/policy`: the access rules 权限策略, versioned. Each version has author, reason, diff and hash.

use axum::extract::State;
use model::Policy;
use serde::{Deserialize, Serialize};
use store::company::{
    CheckPolicy, Diff, GetPolicy, GrantTemporarily, ListPolicies, Note, PolicyCheck, PolicySummary, PolicyVersion,
    PublishPolicy, RollBackPolicy, TemporaryGrant,
};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Answer;
use crate::extract::{Body, IdPath, Query, SignedInCaller};
use crate::problem::{Code, Outcome, Problem, ProblemItem};
use crate::schema::{AnyObject, Items};
use crate::state::ApiState;

/// A version of the policy in full.
#[derive(Serialize, ToSchema)]
pub struct PolicyAnswer {
    pub version: u64,
    pub at: i64,
    pub author: uuid::Uuid,
    pub reason: String,
    /// SHA-256 of the policy's canonical JSON, in hexadecimal.
    pub hash: String,
    #[schema(value_type = AnyObject)]
    pub policy: Policy,
}

impl From<PolicyVersion> for PolicyAnswer {
    fn from(v: PolicyVersion) -> Self {
        let hash = hex::encode(v.hash);
        Self { version: v.version, at: v.at.0, author: v.author.0, reason: v.reason, hash, policy: v.policy }
    }
}

/// A version of the policy, and what it changed.
#[derive(Serialize, ToSchema)]
pub struct PolicyLine {
    pub version: u64,
    pub at: i64,
    pub author: uuid::Uuid,
    pub reason: String,
    pub hash: String,
    #[schema(value_type = AnyObject)]
    pub diff: Diff,
}

impl From<PolicySummary> for PolicyLine {
    fn from(s: PolicySummary) -> Self {
        let hash = hex::encode(s.hash);
        Self { version: s.version, at: s.at.0, author: s.author.0, reason: s.reason, hash, diff: s.diff }
    }
}

/// Which versions.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct VersionsQuery {
    /// Only versions before this one.
    #[param(minimum = 1)]
    pub before: Option<u64>,
    /// 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
}

/// A policy to look at.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckRequest {
    #[schema(value_type = AnyObject)]
    pub policy: Policy,
}

/// What publishing it would change, and what stands against it.
#[derive(Serialize, ToSchema)]
pub struct CheckAnswer {
    /// The version it was compared with.
    pub base: u64,
    #[schema(value_type = AnyObject)]
    pub diff: Diff,
    pub problems: Vec<ProblemItem>,
}

impl From<PolicyCheck> for CheckAnswer {
    fn from(c: PolicyCheck) -> Self {
        Self { base: c.base, diff: c.diff, problems: c.problems.into_iter().map(problem_item).collect() }
    }
}

pub(super) fn problem_item(p: access::path::FieldProblem) -> ProblemItem {
    ProblemItem::of(format!("/policy/{}", p.field.replace('.', "/")), &p)
}

/// A policy to put in force.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishRequest {
    /// The version its author started from.
    pub base: u64,
    #[schema(value_type = AnyObject)]
    pub policy: Policy,
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// An earlier policy to put in force again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RollBackRequest {
    pub base: u64,
    pub to: u64,
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// What one person may do for a while 临时权限.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TemporaryRequest {
    #[schema(value_type = AnyObject)]
    pub grant: TemporaryGrant,
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// The version in force now.
#[derive(Serialize, ToSchema)]
pub struct VersionAnswer {
    pub version: u64,
}

/// The row that was added.
#[derive(Serialize, ToSchema)]
pub struct RowAnswer {
    pub row: String,
}

/// The policy in force
#[utoipa::path(
    get, path = "/admin/policy", tag = "admin",
    responses((status = 200, description = "the policy", body = PolicyAnswer)),
    extensions(("x-whosaw-action" = json!("directory.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn get_policy(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<PolicyAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, GetPolicy { version: None }).await?;
    Ok(Answer::with(state.store.get_policy(grant).await?, PolicyAnswer::from))
}

/// A version of the policy
#[utoipa::path(
    get, path = "/admin/policy/versions/{version}", tag = "admin",
    params(("version" = u64, Path)),
    responses((status = 200, description = "the policy", body = PolicyAnswer)),
    extensions(("x-whosaw-action" = json!("directory.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn get_policy_version(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(version): IdPath<u64>,
) -> Outcome<Answer<PolicyAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, GetPolicy { version: Some(version) }).await?;
    Ok(Answer::with(state.store.get_policy(grant).await?, PolicyAnswer::from))
}

/// Versions of the policy, newest first
#[utoipa::path(
    get, path = "/admin/policy/versions", tag = "admin",
    params(VersionsQuery),
    responses((status = 200, description = "versions", body = Items<PolicyLine>)),
    extensions(("x-whosaw-action" = json!("directory.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_policies(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(q): Query<VersionsQuery>,
) -> Outcome<Answer<Items<PolicyLine>>> {
    let limit = q.limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(Problem::new(Code::InvalidValues).item("/limit", "invalid_value", "expected 1 to 200"));
    }
    if q.before.is_some_and(|n| n == 0 || i64::try_from(n).is_err()) {
        return Err(Problem::new(Code::InvalidValues).item("/before", "invalid_value", "there is no such version"));
    }
    let grant = state.store.gate().admit_system(&who.caller, ListPolicies { before: q.before, limit }).await?;
    let all = state.store.list_policies(grant).await?;
    Ok(Answer::with(all, |all| Items { items: all.into_iter().map(PolicyLine::from).collect() }))
}

/// What would publishing this change
#[utoipa::path(
    post, path = "/admin/policy/check", tag = "admin",
    request_body = CheckRequest,
    responses((status = 200, description = "diff and problems", body = CheckAnswer)),
    extensions(("x-whosaw-action" = json!("policy.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn check_policy(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<CheckRequest>,
) -> Outcome<Answer<CheckAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, CheckPolicy { policy: b.policy }).await?;
    Ok(Answer::with(state.store.check_policy(grant).await?, CheckAnswer::from))
}

/// Put a policy in force
///
/// 409 if another version came first.
#[utoipa::path(
    post, path = "/admin/policy", tag = "admin",
    request_body = PublishRequest,
    responses((status = 200, description = "in force", body = VersionAnswer)),
    extensions(("x-whosaw-action" = json!("policy.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn publish_policy(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<PublishRequest>,
) -> Outcome<Answer<VersionAnswer>> {
    let op = PublishPolicy { base: b.base, policy: b.policy, reason: b.reason, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.publish_policy(grant).await?, |version| VersionAnswer { version }))
}

/// Put an earlier policy in force again
#[utoipa::path(
    post, path = "/admin/policy/roll-back", tag = "admin",
    request_body = RollBackRequest,
    responses((status = 200, description = "in force, as a new version", body = VersionAnswer)),
    extensions(("x-whosaw-action" = json!("policy.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn roll_back_policy(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<RollBackRequest>,
) -> Outcome<Answer<VersionAnswer>> {
    let op = RollBackPolicy { base: b.base, to: b.to, reason: b.reason, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.roll_back_policy(grant).await?, |version| VersionAnswer { version }))
}

/// Let one person do something for a while
///
/// At its end it is gone, with no job needed.
#[utoipa::path(
    post, path = "/admin/policy/temporary-grants", tag = "admin",
    request_body = TemporaryRequest,
    responses((status = 200, description = "granted", body = RowAnswer)),
    extensions(("x-whosaw-action" = json!("policy.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn grant_temporarily(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<TemporaryRequest>,
) -> Outcome<Answer<RowAnswer>> {
    let op = GrantTemporarily { grant: b.grant, reason: b.reason, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.grant_temporarily(grant).await?, |row| RowAnswer { row }))
}
