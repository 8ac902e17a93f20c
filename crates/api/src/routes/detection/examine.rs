//! `/detection/check`, `/detection/explain`: what is wrong with a text, and why a rule matches an event or does not.

use axum::extract::State;
use model::EventId;
use serde::{Deserialize, Serialize};
use store::detection::{CheckRule, Checked, ExplainRule, Explained};
use utoipa::ToSchema;

use super::read::{RuleSeverity, TextProblem};
use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::alerts::form::AlertPart;
use crate::schema::AnyObject;
use crate::state::ApiState;

/// A text to look at.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleCheckRequest {
    pub text: String,
    /// The rule that the text is a filter of; a rule otherwise.
    #[serde(default)]
    pub filter_of: Option<String>,
    /// The name the rule has already; it has none yet otherwise.
    #[serde(default)]
    pub rule: Option<String>,
}

/// What a text says it is.
#[derive(Serialize, ToSchema)]
pub struct FoundRule {
    pub name: String,
    pub title_zh: String,
    pub title_en: String,
    pub family: String,
    pub severity: RuleSeverity,
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub struct RuleCheckAnswer {
    /// None: it can be saved.
    pub problems: Vec<TextProblem>,
    #[schema(required = true)]
    pub rule: Option<FoundRule>,
}

impl From<Checked> for RuleCheckAnswer {
    fn from(c: Checked) -> Self {
        Self {
            problems: c.problems.into_iter().map(|(line, p)| TextProblem::new(line, p)).collect(),
            rule: c.found.map(|f| FoundRule {
                name: f.name,
                title_zh: f.title.zh,
                title_en: f.title.en,
                family: f.family.as_str().to_owned(),
                severity: f.severity.into(),
            }),
        }
    }
}

/// Which rule, and which event.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainRuleRequest {
    #[serde(default)]
    pub rule: Option<String>,
    /// Instead of the text in force.
    #[serde(default)]
    pub text: Option<String>,
    pub event: uuid::Uuid,
}

/// Why a rule matches an event, or does not.
#[derive(Serialize, ToSchema)]
pub struct ExplainRuleAnswer {
    /// For a rule that counts: that the event counts, not that it tells.
    pub matched: bool,
    /// What of the event is counted.
    #[schema(required = true)]
    pub counts: Option<String>,
    /// It asks for scores, and they were not kept: here they are as if there were none.
    pub scored: bool,
    /// What the baselines said of the event when it was judged, of what it added to; `null` where that was not kept.
    #[schema(required = true)]
    pub scores: Option<Vec<AlertPart>>,
    /// Of each detection: every selection and every field of it, as the engine tells it.
    #[schema(value_type = Vec<AnyObject>)]
    pub detections: Vec<serde_json::Value>,
    /// Every field of the event that a rule can ask for.
    #[schema(value_type = AnyObject)]
    pub fields: serde_json::Value,
}

impl From<Explained> for ExplainRuleAnswer {
    fn from(e: Explained) -> Self {
        let json = |d| serde_json::to_value(d).unwrap_or_default();
        Self {
            matched: e.trace.matched,
            counts: e.trace.counts,
            scored: e.scored,
            scores: e.scores.map(|parts| parts.into_iter().map(AlertPart::from).collect()),
            detections: e.trace.detections.into_iter().map(json).collect(),
            fields: e.fields,
        }
    }
}

/// Look at the text of a rule or of a filter
#[utoipa::path(
    post, path = "/detection/check", tag = "detection",
    request_body = RuleCheckRequest,
    responses((status = 200, description = "what is wrong with it", body = RuleCheckAnswer)),
    extensions(("x-whosaw-action" = json!("detection.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn check_rule(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<RuleCheckRequest>,
) -> Outcome<Answer<RuleCheckAnswer>> {
    let op = CheckRule { text: b.text, of: b.filter_of, name: b.rule };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.check_rule(grant).await?, RuleCheckAnswer::from))
}

/// Why a rule matches an event, or does not
#[utoipa::path(
    post, path = "/detection/explain", tag = "detection",
    request_body = ExplainRuleRequest,
    responses((status = 200, description = "every selection and field", body = ExplainRuleAnswer)),
    extensions(("x-whosaw-action" = json!("detection.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn explain_rule(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<ExplainRuleRequest>,
) -> Outcome<Answer<ExplainRuleAnswer>> {
    let op = ExplainRule { name: b.rule, text: b.text, event: EventId(b.event) };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.explain_rule(grant).await?, ExplainRuleAnswer::from))
}
