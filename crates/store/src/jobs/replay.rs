//! Replaying a policy 策略回放 over a long history.
//!
//! Rule: as with a trial, beginning one is recorded, that it was carried out is, and so is looking at what came of it. The policy and what came
//! of it stand sealed in the job's row. What is counted is in memory alone: one whose process died begins anew, and says the same.

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, Caller, Clock, JobId, UnixMs};
use serde_json::{Value, json};

use super::run::Next;
use super::{Asked, Job, JobKind, JobView};
use crate::company::operations;
use crate::replay::{Replayed, ToReplay};
use crate::{Store, ids};

/// What the jobs of this kind are about: no records, so no object type of the company's.
const ABOUT: &str = "policy";
/// Where in the row of a job what came of it is sealed.
const REPLAYED: &str = "replayed";

/// Replay a policy, in the background.
#[derive(Debug)]
pub struct BeginReplay {
    pub id: JobId,
    pub what: ToReplay,
}

impl BeginReplay {
    pub fn new(what: ToReplay, at: UnixMs) -> Self {
        Self { id: JobId::new(at, ids::random()), what }
    }
}

/// A replay that was carried out.
#[derive(Debug)]
struct CarryReplayOut {
    id: JobId,
    days: u32,
    rows: usize,
}

/// What came of a replay of one's own.
#[derive(Debug)]
pub struct ShowReplay {
    pub job: JobId,
}

fn told(act: &str, id: JobId, days: u32, rows: usize) -> Value {
    json!({ "act": act, "kind": "replay", "job": id, "days": days, "rows": rows })
}

operations! {
    BeginReplay: PolicyManage, |op| told("job.begin", op.id, op.what.days, op.what.policy.rows.len());
    CarryReplayOut: PolicyManage, |op| told("policy.replay", op.id, op.days, op.rows);
    ShowReplay: PolicyManage, |op| json!({ "act": "policy.replayed", "job": op.job });
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

impl Store {
    /// Begins a replay; [`Store::run_job`] carries it out.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every problem of the policy and for the days; [`Refusal::Barred`] with `too_many_jobs`; all recorded.
    pub async fn begin_replay(&self, grant: Grant<BeginReplay>) -> Result<Disclosed<JobView>, Refusal> {
        let made = async {
            let (op, caller) = (grant.operation(), grant.caller());
            let under = self.begin_replaying(&op.what, grant.now()).await?;
            self.room_for_a_job(JobKind::Replay, caller.user, grant.now()).await?;
            let asked = Asked { task: Some(self.seal_task(op.id, &op.what)?), ..Asked::of(caller) };
            let object = ABOUT.parse().map_err(|_| Refusal::Damaged)?;
            let who = (caller.user, grant.now());
            let job = Job::new((op.id, JobKind::Replay), object, asked, whole(under.total), who);
            Ok((self.insert_job(&job)?, job.told(), job.view()))
        };
        match made.await {
            Ok((insert, told, view)) => grant.carry_out_telling(vec![told], vec![insert], view).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// What came of a replay of the caller's; nothing yet while it runs. Events are named to who may read the log.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not theirs; recorded.
    pub async fn show_replay(
        &self,
        grant: Grant<ShowReplay>,
    ) -> Result<Disclosed<(JobView, Option<Replayed>)>, Refusal> {
        let reads_log = grant.has_duty(Action::AuditRead);
        let directory = grant.engine().directory().clone();
        let found = async {
            let job = self.own_job(grant.caller().user, grant.operation().job).await?;
            if job.kind != JobKind::Replay {
                return Err(Refusal::NotFound);
            }
            let kept = job.found.tried.as_deref();
            let replayed: Option<Replayed> =
                kept.map(|sealed| self.open_of_job(job.id, REPLAYED, sealed)).transpose()?;
            Ok((job.view(), replayed.map(|replayed| replayed.told_to(&directory, reads_log))))
        };
        match found.await {
            Ok(answer) => grant.carry_out(vec![], answer).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// All of a replay.
    pub(super) async fn replay_on(&self, caller: &Caller, job: &mut Job, clock: &dyn Clock) -> Result<Next, Refusal> {
        let what: ToReplay = self.open_task(job)?;
        let op = CarryReplayOut { id: job.id, days: what.days, rows: what.policy.rows.len() };
        let grant = self.gate.admit_system(caller, op).await?;
        let mut under = match self.begin_replaying(&what, job.began_at).await {
            Ok(under) => under,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        job.total = whole(under.total);
        loop {
            let more = match self.replay_next(&mut under).await {
                Ok(more) => more,
                Err(refusal) => return Err(grant.refuse_system(refusal).await),
            };
            job.done = whole(under.done());
            if !more {
                break;
            }
            let now = clock.now();
            // Who lost the session, the account or the duty meanwhile goes no further.
            if let Some(why) = self.may_not_run(job, now).await? {
                return Ok(Next::Barred(why));
            }
            let asks = Caller { at: now, ..caller.clone() };
            if !self.gate.would_admit_system(&asks, Action::PolicyManage) {
                return Ok(Next::Barred("forbidden".to_owned()));
            }
            if let Next::Gone = self.beat(job, now, false).await? {
                return Ok(Next::Gone);
            }
        }
        job.found.tried = Some(self.seal_of_job(job.id, REPLAYED, &under.replayed())?);
        grant.carry_out(vec![], ()).await?;
        self.beat(job, clock.now(), true).await
    }
}
