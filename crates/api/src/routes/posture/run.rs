//! `/posture/runs`: looks at the instance, past and now.

use axum::extract::State;
use govern::posture::{AreaScore, Score};
use serde::{Deserialize, Serialize};
use store::posture::{ListPostureRuns, MOST_RUNS, RunCard, RunPosture};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Answer;
use crate::extract::{Query, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// How an area stands.
#[derive(Serialize, ToSchema)]
pub struct PostureArea {
    /// `transport`, `keys`, `backups`, `machine`, `database`, `accounts`, `sign_in`, `sharing`, `detection`, `log` or `people`.
    pub area: &'static str,
    /// What of its weight is good, in thousandths; `null` where nothing of it applies.
    #[schema(required = true)]
    pub share: Option<u32>,
    pub good: u32,
    pub bad: u32,
    pub unknown: u32,
    pub not_applicable: u32,
}

impl From<AreaScore> for PostureArea {
    fn from(a: AreaScore) -> Self {
        let AreaScore { area, share, good, bad, unknown, not_applicable } = a;
        Self { area: area.as_str(), share, good, bad, unknown, not_applicable }
    }
}

/// A look at the instance.
#[derive(Serialize, ToSchema)]
pub struct PostureRun {
    pub id: uuid::Uuid,
    pub at: i64,
    /// Who had it looked at; `null` where the house did by itself.
    #[schema(required = true)]
    pub by: Option<String>,
    /// What of the weight is good, in thousandths. Waivers are no part of it; what is unknown counts like what is bad.
    #[schema(required = true)]
    pub share: Option<u32>,
    pub good: u32,
    pub bad: u32,
    pub unknown: u32,
    pub not_applicable: u32,
    pub areas: Vec<PostureArea>,
    /// Of what each check saw, as the event of the look tells it.
    pub sha256: String,
}

impl From<RunCard> for PostureRun {
    fn from(r: RunCard) -> Self {
        let Score { share, good, bad, unknown, not_applicable, areas } = r.score;
        Self {
            id: r.id.0,
            at: r.at.0,
            by: r.by_name,
            share,
            good,
            bad,
            unknown,
            not_applicable,
            areas: areas.into_iter().map(Into::into).collect(),
            sha256: r.sha256,
        }
    }
}

/// Past looks.
#[derive(Serialize, ToSchema)]
pub struct PostureRuns {
    /// Newest first.
    pub items: Vec<PostureRun>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct PostureRunsQuery {
    /// 1 to 400; 90 if it is left out.
    #[param(minimum = 1, maximum = 400)]
    pub limit: Option<usize>,
}

/// Past looks at the instance, with their scores
#[utoipa::path(
    get, path = "/posture/runs", tag = "posture",
    params(PostureRunsQuery),
    responses((status = 200, description = "newest first", body = PostureRuns)),
    extensions(("x-whosaw-action" = json!("posture.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_posture_runs(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(q): Query<PostureRunsQuery>,
) -> Outcome<Answer<PostureRuns>> {
    let limit = q.limit.unwrap_or(90);
    if !(1..=MOST_RUNS).contains(&limit) {
        return Err(Problem::new(Code::MalformedQuery).item("/query/limit", "invalid_value", "1 to 400"));
    }
    let grant = state.store.gate().admit_system(&who.caller, ListPostureRuns { limit }).await?;
    let runs = state.store.list_posture_runs(grant).await?;
    Ok(Answer::with(runs, |all| PostureRuns { items: all.into_iter().map(Into::into).collect() }))
}

/// Have the instance looked at now
#[utoipa::path(
    post, path = "/posture/runs", tag = "posture",
    responses((status = 200, description = "the look, which is kept", body = PostureRun)),
    extensions(("x-whosaw-action" = json!("posture.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn run_posture(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<PostureRun>> {
    let grant = state.store.gate().admit_system(&who.caller, RunPosture).await?;
    let machine = state.machine.look(who.caller.at).await;
    Ok(Answer::with(state.store.run_posture(grant, machine).await?, PostureRun::from))
}
