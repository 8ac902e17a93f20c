//! `GET /cases/metrics`: how cases go, in numbers.

use std::collections::BTreeMap;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::cases::{CaseFigures, MeasureCases, Times};
use utoipa::{IntoParams, ToSchema};

use super::refused;
use crate::answer::Answer;
use crate::extract::{Query, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

const DEFAULT_DAYS: u32 = 90;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct MetricsQuery {
    /// Cases opened in so many days, 1 to 1100; 90 if left out.
    #[param(minimum = 1, maximum = 1100)]
    pub days: Option<u32>,
}

/// A time that cases took.
#[derive(Serialize, ToSchema)]
pub struct CaseTimes {
    /// Of how many.
    pub of: u64,
    #[schema(required = true)]
    pub median_ms: Option<i64>,
    /// Nine of ten took no longer.
    #[schema(required = true)]
    pub p90_ms: Option<i64>,
}

impl From<Times> for CaseTimes {
    fn from(t: Times) -> Self {
        Self { of: t.of, median_ms: t.median_ms, p90_ms: t.p90_ms }
    }
}

/// How often the closed cases of a rule were malicious or careless.
#[derive(Serialize, ToSchema)]
pub struct CaseRule {
    pub rule: String,
    pub closed: u64,
    pub right: u64,
}

/// Figures over the cases that the reader may know of.
#[derive(Serialize, ToSchema)]
pub struct CaseMetrics {
    pub days: u32,
    pub cases: u64,
    pub overdue: u64,
    pub states: BTreeMap<&'static str, u64>,
    pub severities: BTreeMap<&'static str, u64>,
    pub verdicts: BTreeMap<&'static str, u64>,
    /// From the first cited event to the alert, or to the opening by hand.
    pub detect: CaseTimes,
    /// From the opening to the first act.
    pub triage: CaseTimes,
    /// From the opening to the end.
    pub close: CaseTimes,
    pub rules: Vec<CaseRule>,
}

fn view(days: u32, f: CaseFigures) -> CaseMetrics {
    CaseMetrics {
        days,
        cases: f.cases,
        overdue: f.overdue,
        states: f.states.into_iter().map(|(s, n)| (s.as_str(), n)).collect(),
        severities: f.severities.into_iter().map(|(s, n)| (s.as_str(), n)).collect(),
        verdicts: f.verdicts.into_iter().map(|(v, n)| (v.as_str(), n)).collect(),
        detect: f.detect.into(),
        triage: f.triage.into(),
        close: f.close.into(),
        rules: f.rules.into_iter().map(|r| CaseRule { rule: r.rule, closed: r.closed, right: r.right }).collect(),
    }
}

/// How cases go
#[utoipa::path(
    get, path = "/cases/metrics", tag = "cases",
    params(MetricsQuery),
    responses((status = 200, description = "numbers", body = CaseMetrics)),
    extensions(("x-whosaw-action" = json!("case.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn measure_cases(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(q): Query<MetricsQuery>,
) -> Outcome<Answer<CaseMetrics>> {
    let days = q.days.unwrap_or(DEFAULT_DAYS);
    let grant = state.store.gate().admit_system(&who.caller, MeasureCases { days }).await?;
    Ok(Answer::with(state.store.measure_cases(grant).await.map_err(refused)?, |f| view(days, f)))
}
