//! Trying a rule of detection 试运行 over a long history.
//!
//! Rule: beginning one is recorded, that it was carried out is, and so is looking at what came of it. What is tried and what came of it stand
//! sealed in the job's row: a text may name people. A trial holds what it has seen in memory alone; one whose process died begins anew.

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, Caller, Clock, JobId, UnixMs, UserId};
use serde_json::{Value, json};

use super::run::Next;
use super::{Asked, Job, JobKind, JobView};
use crate::company::operations;
use crate::detection::{ToTry, Tried};
use crate::{Store, ids};

/// What the jobs of this kind are about: no records, so no object type of the company's.
const ABOUT: &str = "detection_rule";
/// Where in the row of a job what came of it is sealed.
const TRIED: &str = "tried";

/// Try a rule, in the background.
#[derive(Debug)]
pub struct BeginTrial {
    pub id: JobId,
    pub what: ToTry,
}

impl BeginTrial {
    pub fn new(what: ToTry, at: UnixMs) -> Self {
        Self { id: JobId::new(at, ids::random()), what }
    }
}

/// A trial that was carried out.
#[derive(Debug)]
struct CarryTrialOut {
    id: JobId,
    what: ToTry,
}

/// What came of a trial of one's own.
#[derive(Debug)]
pub struct ShowTrial {
    pub job: JobId,
}

fn told(act: &str, id: JobId, what: &ToTry) -> Value {
    json!({
        "act": act, "kind": "trial", "job": id, "rule": what.name, "draft": what.text.is_some(), "filters": what.filters.len(),
        "days": what.days,
    })
}

operations! {
    BeginTrial: DetectionManage, |op| told("job.begin", op.id, &op.what);
    CarryTrialOut: DetectionManage, |op| told("detection.try", op.id, &op.what);
    ShowTrial: DetectionManage, |op| json!({ "act": "detection.tried", "job": op.job });
}

fn own(caller: &Caller) -> Vec<UserId> {
    std::iter::once(caller.user).chain(caller.on_behalf_of).collect()
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

impl Store {
    /// Begins a trial; [`Store::run_job`] carries it out.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every problem of text, filters and days; [`Refusal::NotFound`] for a rule there is not;
    /// [`Refusal::Barred`] with `too_many_jobs`; all recorded.
    pub async fn begin_trial(&self, grant: Grant<BeginTrial>) -> Result<Disclosed<JobView>, Refusal> {
        let made = async {
            let (op, caller) = (grant.operation(), grant.caller());
            let under = self.begin_trying(&op.what, own(caller), grant.now()).await?;
            self.room_for_a_job(JobKind::Trial, caller.user, grant.now()).await?;
            let asked =
                Asked { act: op.what.name.clone(), task: Some(self.seal_task(op.id, &op.what)?), ..Asked::of(caller) };
            let object = ABOUT.parse().map_err(|_| Refusal::Damaged)?;
            let who = (caller.user, grant.now());
            let job = Job::new((op.id, JobKind::Trial), object, asked, whole(under.total), who);
            Ok((self.insert_job(&job)?, job.told(), job.view()))
        };
        match made.await {
            Ok((insert, told, view)) => grant.carry_out_telling(vec![told], vec![insert], view).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// What came of a trial of the caller's; nothing yet while it runs. Who does not read alerts is told of people without their names.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not theirs; recorded.
    pub async fn show_trial(&self, grant: Grant<ShowTrial>) -> Result<Disclosed<(JobView, Option<Tried>)>, Refusal> {
        let directory = grant.has_duty(Action::AlertRead).then(|| grant.engine().directory().clone());
        let found = async {
            let job = self.own_job(grant.caller().user, grant.operation().job).await?;
            if job.kind != JobKind::Trial {
                return Err(Refusal::NotFound);
            }
            let tried = job.found.tried.as_deref().map(|sealed| self.open_of_job(job.id, TRIED, sealed)).transpose()?;
            Ok((job.view(), tried))
        };
        match found.await {
            Ok((view, tried)) => {
                let tried = tried.map(|tried: Tried| match &directory {
                    Some(directory) => tried.named_by(directory),
                    None => tried,
                });
                grant.carry_out(vec![], (view, tried)).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// All of a trial: its state is in memory, so what was begun and not ended begins anew.
    pub(super) async fn trial_on(&self, caller: &Caller, job: &mut Job, clock: &dyn Clock) -> Result<Next, Refusal> {
        let what: ToTry = self.open_task(job)?;
        let grant = self.gate.admit_system(caller, CarryTrialOut { id: job.id, what: what.clone() }).await?;
        let mut under = match self.begin_trying(&what, own(caller), job.began_at).await {
            Ok(under) => under,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        job.total = whole(under.total);
        loop {
            let more = match self.try_on(&mut under).await {
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
            drop(self.gate.admit_system(&asks, CarryTrialOut { id: job.id, what: what.clone() }).await?);
            if let Next::Gone = self.beat(job, now, false).await? {
                return Ok(Next::Gone);
            }
        }
        let tried = match self.tried(&what, under).await {
            Ok(tried) => tried,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        job.found.tried = Some(self.seal_of_job(job.id, TRIED, &tried)?);
        grant.carry_out(vec![], ()).await?;
        self.beat(job, clock.now(), true).await
    }

    pub(super) async fn beat(&self, job: &mut Job, now: UnixMs, last: bool) -> Result<Next, Refusal> {
        let was = job.beat_at;
        job.beat_at = UnixMs(now.0.max(was.0.saturating_add(1)));
        self.keep_job(job, (was, last)).await
    }
}
