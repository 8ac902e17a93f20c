//! `POST /admin/policy/replay`: what a policy would have done with what people did, in the background; `GET /admin/policy/replays/{id}`: what came
//! of it.

use axum::extract::State;
use model::{JobId, Policy};
use serde::{Deserialize, Serialize};
use store::jobs::{BeginReplay, ShowReplay};
use store::replay::{Counts, Example, Replayed, ToReplay, Told};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::jobs::{JobForm, carry_out};
use crate::schema::AnyObject;
use crate::state::ApiState;

/// A policy to replay.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplayRequest {
    #[schema(value_type = AnyObject)]
    pub policy: Policy,
    /// How many days back from now.
    #[schema(minimum = 1, maximum = 3660, example = 90)]
    pub days: u32,
}

/// How often something would be otherwise.
#[derive(Serialize, ToSchema)]
pub struct ReplayCounts {
    /// Allowed then, and would be refused.
    pub refused: u64,
    /// Fields shown in the clear then would be masked.
    pub masked: u64,
    /// Fields seen then would not be there.
    pub hidden: u64,
    /// Refused then, and would be allowed.
    pub allowed: u64,
    /// Fields masked or not there then would be shown further.
    pub shown: u64,
}

impl From<Counts> for ReplayCounts {
    fn from(c: Counts) -> Self {
        Self { refused: c.refused, masked: c.masked, hidden: c.hidden, allowed: c.allowed, shown: c.shown }
    }
}

/// The same for one person, department, rule or operation.
#[derive(Serialize, ToSchema)]
pub struct ReplayLine {
    /// An id, or the name of a rule or an operation.
    pub of: String,
    /// Of people and departments; empty where there is none any more.
    pub name: String,
    pub counts: ReplayCounts,
}

/// Why nothing can be said of so many accesses.
#[derive(Serialize, ToSchema)]
pub struct ReplayUntold {
    /// `person`, `policy`, `record`, `relation`, `fields`, `request`, `unlike`, `dropped`.
    pub why: String,
    pub accesses: u64,
}

/// One past access that would be otherwise.
#[derive(Serialize, ToSchema)]
pub struct ReplayExample {
    pub event: uuid::Uuid,
    pub at: i64,
    pub user: uuid::Uuid,
    /// An operation.
    pub action: String,
    #[schema(required = true)]
    pub object: Option<String>,
    /// `refused`, `masked`, `hidden`, `allowed`, `shown`.
    pub change: String,
    pub fields: Vec<String>,
    /// Rules that stand against it or permitted it then, or that would permit it.
    pub rules: Vec<String>,
    /// Whether a business reason was seen then; `null` where none was asked for.
    #[schema(required = true)]
    pub explained: Option<bool>,
}

impl From<Example> for ReplayExample {
    fn from(e: Example) -> Self {
        Self {
            event: e.event.0,
            at: e.at.0,
            user: e.user.0,
            action: e.action.to_string(),
            object: e.object.map(|o| o.to_string()),
            change: e.change.as_str().to_owned(),
            fields: e.fields.iter().map(ToString::to_string).collect(),
            rules: e.rules,
            explained: e.explained,
        }
    }
}

/// What came of a replay.
#[derive(Serialize, ToSchema)]
pub struct ReplayAnswer {
    /// The version in force when it was begun.
    pub base: u64,
    pub from: i64,
    pub until: i64,
    pub events: u64,
    /// Accesses decided again: one for each record touched, or for an act without one.
    pub decisions: u64,
    /// Distinct situations they were.
    pub situations: u64,
    pub same: u64,
    /// Accesses that would be otherwise, each once.
    pub differ: u64,
    pub counts: ReplayCounts,
    /// Of those that would be refused, masked or hidden: with a business reason, and without.
    pub explained: u64,
    pub unexplained: u64,
    /// Customers in accesses that would be otherwise.
    pub customers: u64,
    /// People for whom something would be otherwise.
    pub people: u64,
    pub untold: Vec<ReplayUntold>,
    /// Most first; two hundred at most, as are the others.
    pub by_user: Vec<ReplayLine>,
    pub by_department: Vec<ReplayLine>,
    pub by_rule: Vec<ReplayLine>,
    pub by_action: Vec<ReplayLine>,
    /// The newest; two for each person and kind, two hundred at most.
    pub examples: Vec<ReplayExample>,
    /// Examples were left out: who asks does not read the access log.
    pub without_events: bool,
}

fn lines<K: ToString>(all: Vec<Told<K>>) -> Vec<ReplayLine> {
    all.into_iter().map(|t| ReplayLine { of: t.of.to_string(), name: t.name, counts: t.counts.into() }).collect()
}

impl From<Replayed> for ReplayAnswer {
    fn from(r: Replayed) -> Self {
        let t = r.totals;
        Self {
            base: r.base,
            from: r.from.0,
            until: r.until.0,
            events: r.events,
            decisions: t.decisions,
            situations: t.situations,
            same: t.same,
            differ: t.differ,
            counts: t.counts.into(),
            explained: t.explained,
            unexplained: t.unexplained,
            customers: t.customers,
            people: r.people,
            untold: t.untold.into_iter().map(|(why, accesses)| ReplayUntold { why, accesses }).collect(),
            by_user: lines(r.by_user),
            by_department: lines(r.by_department),
            by_rule: lines(r.by_rule),
            by_action: lines(r.by_action),
            examples: t.examples.into_iter().map(ReplayExample::from).collect(),
            without_events: r.without_events,
        }
    }
}

/// A replay, and what came of it.
#[derive(Serialize, ToSchema)]
pub struct ReplayState {
    pub job: JobForm,
    /// `null` until it has ended, and for one that did not end well.
    #[schema(required = true)]
    pub result: Option<ReplayAnswer>,
}

/// Replay a policy over what people did
///
/// Begins a job that decides every access of the last days again by this policy, with what was true then; nothing is changed, nobody is told. Its
/// numbers are at `/jobs/{id}`, and it is taken back by `/jobs/{id}/cancel`. One whose server stops begins anew by itself.
#[utoipa::path(
    post, path = "/admin/policy/replay", tag = "admin",
    request_body = ReplayRequest,
    responses((status = 200, description = "the job that has begun", body = JobForm)),
    extensions(("x-whosaw-action" = json!("policy.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn replay_policy(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<ReplayRequest>,
) -> Outcome<Answer<JobForm>> {
    let op = BeginReplay::new(ToReplay { policy: b.policy, days: b.days }, who.caller.at);
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let begun = state.store.begin_replay(grant).await?;
    carry_out(&state, begun.get().id);
    Ok(Answer::with(begun, |job| JobForm::from(&job)))
}

/// What came of a replay of one's own
///
/// Events are named to who reads the access log. Kept for thirty days.
#[utoipa::path(
    get, path = "/admin/policy/replays/{id}", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "what the policy would have done", body = ReplayState)),
    extensions(("x-whosaw-action" = json!("policy.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_replay(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(job): IdPath<JobId>,
) -> Outcome<Answer<ReplayState>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowReplay { job }).await?;
    let shown = state.store.show_replay(grant).await?;
    Ok(Answer::with(shown, |(job, replayed)| ReplayState {
        job: JobForm::from(&job),
        result: replayed.map(ReplayAnswer::from),
    }))
}
