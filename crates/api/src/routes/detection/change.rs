//! `PUT /detection/rules/{rule}`: writing, switching and narrowing a rule; taking a version back.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::company::Note;
use store::detection::{ChangeRule, RollBackRule, RuleItem};
use utoipa::ToSchema;

use super::read::{DetectionState, RuleSeverity};
use crate::answer::Answer;
use crate::extract::{Body, IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// A rule as it is wanted, whole.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleRequest {
    /// The version its author started from; 0 where there is none.
    pub base: i64,
    pub state: DetectionState,
    /// Instead of the rule's own.
    pub severity: Option<RuleSeverity>,
    /// YAML of filters, each naming the rule.
    pub filters: Vec<String>,
    /// YAML of the rule; `null` for one that ships.
    pub text: Option<String>,
    /// Why. It stands in the log.
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// A version to take back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleRollBack {
    /// The newest version that was looked at.
    pub base: i64,
    /// 0 for a rule as it ships.
    pub to: i64,
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// The version that was made.
#[derive(Serialize, ToSchema)]
pub struct RuleVersionAnswer {
    pub version: i64,
}

/// Write, switch or narrow a rule
///
/// One new version is made, in force for what is seen from now on. 409 if another version came first.
#[utoipa::path(
    put, path = "/detection/rules/{rule}", tag = "detection",
    params(("rule" = String, Path)),
    request_body = RuleRequest,
    responses((status = 200, description = "made", body = RuleVersionAnswer)),
    extensions(("x-whosaw-action" = json!("detection.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_rule(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(name): IdPath<String>,
    Body(b): Body<RuleRequest>,
) -> Outcome<Answer<RuleVersionAnswer>> {
    let item = RuleItem {
        text: b.text,
        state: b.state.into(),
        severity: b.severity.map(model::Severity::from),
        filters: b.filters,
    };
    let op = ChangeRule { name, base: b.base, item, reason: b.reason, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.change_rule(grant).await?, |version| RuleVersionAnswer { version }))
}

/// Take a version of a rule back
///
/// A new version is made of it.
#[utoipa::path(
    post, path = "/detection/rules/{rule}/roll-back", tag = "detection",
    params(("rule" = String, Path)),
    request_body = RuleRollBack,
    responses((status = 200, description = "made", body = RuleVersionAnswer)),
    extensions(("x-whosaw-action" = json!("detection.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn roll_back_rule(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(name): IdPath<String>,
    Body(b): Body<RuleRollBack>,
) -> Outcome<Answer<RuleVersionAnswer>> {
    let op = RollBackRule { name, base: b.base, to: b.to, reason: b.reason, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.roll_back_rule(grant).await?, |version| RuleVersionAnswer { version }))
}
