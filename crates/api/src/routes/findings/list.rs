//! `GET /findings`, `/findings/people`, `/findings/figures`: findings, whose they can be, and how it goes.

use axum::extract::State;
use model::{Severity, UserId};
use serde::{Deserialize, Serialize};
use store::findings::{
    AssetLine, FindingsFigures, ListFindingPeople, ListFindings, MeasureFindings, State as FindingState, Week,
};
use utoipa::{IntoParams, ToSchema};

use super::form::{FindingItem, FindingSomebody};
use crate::answer::Answer;
use crate::extract::{Query, SignedInCaller};
use crate::forms;
use crate::problem::{Code, Outcome, Problem};
use crate::routes::cases::refused;
use crate::schema::Items;
use crate::state::ApiState;

const DEFAULT_LIMIT: usize = 50;
const DEFAULT_WEEKS: u32 = 12;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct FindingsQuery {
    /// Only those of which something is to be done: open, or claimed to be fixed.
    pub open: Option<bool>,
    /// One state.
    #[param(schema_with = forms::finding_state)]
    pub state: Option<String>,
    #[param(schema_with = forms::finding_severity)]
    pub severity: Option<String>,
    /// Exactly this one.
    #[param(min_length = 1, max_length = 120)]
    pub asset: Option<String>,
    /// Somebody's.
    #[param(value_type = Option<uuid::Uuid>)]
    pub owner: Option<String>,
    /// Past their date.
    pub overdue: Option<bool>,
    /// Only those that wait for a second person.
    pub waits: Option<bool>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<usize>,
}

fn bad(name: &str, reason: &str) -> Problem {
    Problem::new(Code::MalformedQuery).item(format!("/query/{name}"), "invalid_value", reason)
}

impl FindingsQuery {
    fn read(self) -> Result<ListFindings, Problem> {
        let state = self.state.map(|s| FindingState::read(&s).ok_or_else(|| bad("state", "an unknown value")));
        let severity = self.severity.map(|s| Severity::read(&s).ok_or_else(|| bad("severity", "an unknown value")));
        let owner = self.owner.map(|o| o.parse::<UserId>().map_err(|_| bad("owner", "expected an id")));
        let states = match (state.transpose()?, self.open) {
            (Some(state), _) => vec![state],
            (None, Some(true)) => FindingState::ALL.into_iter().filter(|s| s.is_open()).collect(),
            _ => vec![],
        };
        Ok(ListFindings {
            states,
            severity: severity.transpose()?,
            asset: self.asset,
            owner: owner.transpose()?,
            overdue: self.overdue.unwrap_or(false),
            waits: self.waits.unwrap_or(false),
            limit: self.limit.unwrap_or(DEFAULT_LIMIT),
            after: self.cursor,
        })
    }
}

/// A page of findings.
#[derive(Serialize, ToSchema)]
pub struct FindingPage {
    pub items: Vec<FindingItem>,
    /// The cursor of the next page; `null` at the end.
    #[schema(required = true)]
    pub next: Option<String>,
}

/// Findings, the gravest first
#[utoipa::path(
    get, path = "/findings", tag = "findings",
    params(FindingsQuery),
    responses((status = 200, description = "a page of findings", body = FindingPage)),
    extensions(("x-whosaw-action" = json!("finding.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_findings(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(q): Query<FindingsQuery>,
) -> Outcome<Answer<FindingPage>> {
    let grant = state.store.gate().admit_system(&who.caller, q.read()?).await?;
    let page = state.store.list_findings(grant).await.map_err(refused)?;
    Ok(Answer::with(page, |p| FindingPage { items: p.items.into_iter().map(Into::into).collect(), next: p.next }))
}

/// Whose findings can be
#[utoipa::path(
    get, path = "/findings/people", tag = "findings",
    responses((status = 200, description = "active people who manage findings", body = Items<FindingSomebody>)),
    extensions(("x-whosaw-action" = json!("finding.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_finding_people(
    State(state): State<ApiState>,
    who: SignedInCaller,
) -> Outcome<Answer<Items<FindingSomebody>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListFindingPeople).await?;
    let all = state.store.list_finding_people(grant).await?;
    Ok(Answer::with(all, |all| Items { items: all.into_iter().map(Into::into).collect() }))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct FindingFiguresQuery {
    /// 1 to 104; 12 if left out.
    #[param(minimum = 1, maximum = 104)]
    pub weeks: Option<u32>,
}

/// A number for each severity.
#[derive(Serialize, ToSchema)]
pub struct BySeverity {
    pub critical: u64,
    pub high: u64,
    pub medium: u64,
    pub low: u64,
    pub informational: u64,
}

impl From<[u64; 5]> for BySeverity {
    fn from([informational, low, medium, high, critical]: [u64; 5]) -> Self {
        Self { critical, high, medium, low, informational }
    }
}

/// The end of a week.
#[derive(Serialize, ToSchema)]
pub struct FindingWeek {
    pub at: i64,
    pub open: BySeverity,
}

/// An asset, and how it stands.
#[derive(Serialize, ToSchema)]
pub struct FindingAsset {
    pub asset: String,
    pub open: BySeverity,
    pub overdue: u64,
}

/// How long mending takes.
#[derive(Serialize, ToSchema)]
pub struct MendingTime {
    pub severity: &'static str,
    /// In the middle, from when it was opened until a scan showed it no more; `null` if there was none.
    #[schema(required = true)]
    pub median_days: Option<i64>,
    /// How many that is of, in the last 90 days.
    pub mended: u64,
}

/// How it goes.
#[derive(Serialize, ToSchema)]
pub struct FindingFigures {
    pub open: BySeverity,
    pub overdue: u64,
    /// Waiting for a second person.
    pub waits: u64,
    pub accepted: u64,
    pub assets: Vec<FindingAsset>,
    /// The last one ends now.
    pub weeks: Vec<FindingWeek>,
    /// The gravest first.
    pub mending: Vec<MendingTime>,
}

impl From<FindingsFigures> for FindingFigures {
    fn from(f: FindingsFigures) -> Self {
        let asset = |a: AssetLine| FindingAsset { asset: a.asset, open: a.open.into(), overdue: a.overdue };
        let week = |w: Week| FindingWeek { at: w.at.0, open: w.open.into() };
        let times = Severity::ALL.into_iter().zip(f.median_days.into_iter().zip(f.mended));
        let time = |(severity, (median_days, mended)): (Severity, (Option<i64>, u64))| MendingTime {
            severity: severity.as_str(),
            median_days,
            mended,
        };
        Self {
            open: f.open.into(),
            overdue: f.overdue,
            waits: f.waits,
            accepted: f.accepted,
            assets: f.assets.into_iter().map(asset).collect(),
            weeks: f.weeks.into_iter().map(week).collect(),
            mending: times.rev().map(time).collect(),
        }
    }
}

/// How it goes: open findings by week, and how long mending takes
#[utoipa::path(
    get, path = "/findings/figures", tag = "findings",
    params(FindingFiguresQuery),
    responses((status = 200, description = "figures", body = FindingFigures)),
    extensions(("x-whosaw-action" = json!("finding.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn measure_findings(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(q): Query<FindingFiguresQuery>,
) -> Outcome<Answer<FindingFigures>> {
    let op = MeasureFindings { weeks: q.weeks.unwrap_or(DEFAULT_WEEKS) };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.measure_findings(grant).await.map_err(refused)?, FindingFigures::from))
}
