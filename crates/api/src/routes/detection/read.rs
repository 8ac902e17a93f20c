//! `/detection/rules`: the rules, and what each was before.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::detection::{ListRules, ListVersions, RuleItem, RuleProblem, RuleState, RuleVersion, RuleView, ShowRule};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::Items;
use crate::state::ApiState;

/// Whether a rule is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DetectionState {
    On,
    Off,
    /// A rule of the company's own that was taken away.
    Removed,
}

impl From<RuleState> for DetectionState {
    fn from(state: RuleState) -> Self {
        match state {
            RuleState::On => Self::On,
            RuleState::Off => Self::Off,
            RuleState::Removed => Self::Removed,
        }
    }
}

impl From<DetectionState> for RuleState {
    fn from(state: DetectionState) -> Self {
        match state {
            DetectionState::On => Self::On,
            DetectionState::Off => Self::Off,
            DetectionState::Removed => Self::Removed,
        }
    }
}

/// How grave what a rule tells is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleSeverity {
    Informational,
    Low,
    Medium,
    High,
    Critical,
}

impl From<model::Severity> for RuleSeverity {
    fn from(severity: model::Severity) -> Self {
        match severity {
            model::Severity::Informational => Self::Informational,
            model::Severity::Low => Self::Low,
            model::Severity::Medium => Self::Medium,
            model::Severity::High => Self::High,
            model::Severity::Critical => Self::Critical,
        }
    }
}

impl From<RuleSeverity> for model::Severity {
    fn from(severity: RuleSeverity) -> Self {
        match severity {
            RuleSeverity::Informational => Self::Informational,
            RuleSeverity::Low => Self::Low,
            RuleSeverity::Medium => Self::Medium,
            RuleSeverity::High => Self::High,
            RuleSeverity::Critical => Self::Critical,
        }
    }
}

/// A problem of a rule's text.
#[derive(Debug, Serialize, ToSchema)]
pub struct TextProblem {
    pub code: String,
    /// From 1; `null` where it is about the whole.
    #[schema(required = true)]
    pub line: Option<usize>,
    pub zh: String,
    pub en: String,
}

impl TextProblem {
    pub(super) fn new(line: Option<usize>, problem: RuleProblem) -> Self {
        Self { code: problem.code.to_owned(), line, zh: problem.zh, en: problem.en }
    }
}

/// A rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct DetectionRule {
    pub name: String,
    /// The newest version; 0 for one that is as it ships.
    pub version: i64,
    pub state: DetectionState,
    /// It comes with the house: its text stays.
    pub ships: bool,
    pub title_zh: String,
    pub title_en: String,
    /// The sentence of its alerts, with `{…}` to be filled in.
    pub why_zh: String,
    pub why_en: String,
    /// `volume`, `duty`, `time_and_place`, `probing`, `privilege`, `leaver`, `scraping`, `canary`, `other`.
    pub family: String,
    /// The one in force.
    pub severity: RuleSeverity,
    /// Instead of the rule's own.
    #[schema(required = true)]
    pub severity_override: Option<RuleSeverity>,
    /// It counts over time, and does not judge one event.
    pub correlates: bool,
    /// It asks for scores of baselines.
    pub scored: bool,
    pub filters: Vec<String>,
    /// YAML in the Sigma format.
    pub text: String,
    /// Alerts of the last thirty days.
    pub alerts: u64,
    /// Of these, called malicious or suspicious.
    pub wanted: u64,
    /// Of these, called expected.
    pub expected: u64,
    /// Why it is not asked although it is on.
    pub problems: Vec<TextProblem>,
}

impl From<RuleView> for DetectionRule {
    fn from(v: RuleView) -> Self {
        let problems = v.problems.into_iter().map(|p| TextProblem::new(p.line(&v.text), p)).collect();
        Self {
            name: v.name,
            version: v.version,
            state: v.item.state.into(),
            ships: v.ships,
            title_zh: v.title.zh,
            title_en: v.title.en,
            why_zh: v.why.zh,
            why_en: v.why.en,
            family: v.family.as_str().to_owned(),
            severity: v.severity.into(),
            severity_override: v.item.severity.map(RuleSeverity::from),
            correlates: v.correlates,
            scored: v.scored,
            filters: v.item.filters,
            text: v.text,
            alerts: v.figures.alerts,
            wanted: v.figures.wanted,
            expected: v.figures.expected,
            problems,
        }
    }
}

/// A version of a rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct DetectionVersion {
    /// 0 is the rule as it ships.
    pub version: i64,
    #[schema(required = true)]
    pub at: Option<i64>,
    #[schema(required = true)]
    pub author: Option<uuid::Uuid>,
    #[schema(required = true)]
    pub author_name: Option<String>,
    #[schema(required = true)]
    pub reason: Option<String>,
    pub state: DetectionState,
    #[schema(required = true)]
    pub severity: Option<RuleSeverity>,
    /// `null` for a rule that ships.
    #[schema(required = true)]
    pub text: Option<String>,
    pub filters: Vec<String>,
}

impl From<RuleVersion> for DetectionVersion {
    fn from(v: RuleVersion) -> Self {
        let RuleItem { text, state, severity, filters } = v.item;
        let (at, author, reason) = match v.made {
            Some((at, author, reason)) => (Some(at.0), Some(author.0), Some(reason)),
            None => (None, None, None),
        };
        Self {
            version: v.version,
            at,
            author,
            author_name: v.author,
            reason,
            state: state.into(),
            severity: severity.map(RuleSeverity::from),
            text,
            filters,
        }
    }
}

/// Every rule of detection
#[utoipa::path(
    get, path = "/detection/rules", tag = "detection",
    responses((status = 200, description = "rules", body = Items<DetectionRule>)),
    extensions(("x-whosaw-action" = json!("alert.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_rules(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Items<DetectionRule>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListRules).await?;
    let all = state.store.list_rules(grant).await?;
    Ok(Answer::with(all, |all| Items { items: all.into_iter().map(DetectionRule::from).collect() }))
}

/// A rule of detection
#[utoipa::path(
    get, path = "/detection/rules/{rule}", tag = "detection",
    params(("rule" = String, Path)),
    responses((status = 200, description = "the rule", body = DetectionRule)),
    extensions(("x-whosaw-action" = json!("alert.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_rule(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(name): IdPath<String>,
) -> Outcome<Answer<DetectionRule>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowRule { name }).await?;
    Ok(Answer::with(state.store.show_rule(grant).await?, DetectionRule::from))
}

/// Versions of a rule, newest first
#[utoipa::path(
    get, path = "/detection/rules/{rule}/versions", tag = "detection",
    params(("rule" = String, Path)),
    responses((status = 200, description = "versions", body = Items<DetectionVersion>)),
    extensions(("x-whosaw-action" = json!("alert.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn rule_versions(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(name): IdPath<String>,
) -> Outcome<Answer<Items<DetectionVersion>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListVersions { name }).await?;
    let all = state.store.rule_versions(grant).await?;
    Ok(Answer::with(all, |all| Items { items: all.into_iter().map(DetectionVersion::from).collect() }))
}
