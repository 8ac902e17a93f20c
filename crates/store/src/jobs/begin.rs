//! Beginning a job, taking it back, and one's own jobs.

use access::path::{Disclosed, Grant, OnRecords, OnSystem, Operation, Refusal};
use model::{Action, JobId, ObjectName, UnixMs, UserId};
use serde_json::{Value, json};

use super::import::shred;
use super::{Asked, Found, Job, JobKind, JobState, JobView, MOST_A_DAY, MOST_OPEN, MOST_TRIALS_A_DAY};
use crate::company::{barred, operations};
use crate::records::ListRecords;
use crate::{Store, ids};

/// Look for duplicates among all records of a type that the caller may list.
#[derive(Debug)]
pub struct BeginScan {
    pub id: JobId,
    pub object: ObjectName,
}

impl BeginScan {
    pub fn new(object: ObjectName, at: model::UnixMs) -> Self {
        Self { id: JobId::new(at, ids::random()), object }
    }
}

impl Operation for BeginScan {
    const ACTION: Action = Action::List;
}
impl OnRecords for BeginScan {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "job.begin", "job_row": { "id": self.id, "version": 1, "ended": false } })
    }
    fn refused_detail(&self) -> serde_json::Value {
        json!({ "act": "job.begin" })
    }
}

/// Take a job of one's own back.
#[derive(Debug)]
pub struct CancelJob {
    pub id: JobId,
}

/// One's own jobs of the last thirty days.
#[derive(Debug)]
pub struct ListJobs;

operations! {
    CancelJob: JobRun, |op| json!({ "act": "job.cancel", "job": op.id });
    ListJobs: SelfRead, |_op| json!({ "act": "job.list" });
}

impl Job {
    /// One that begins now.
    pub(super) fn new(
        (id, kind): (JobId, JobKind),
        object: ObjectName,
        asked: Asked,
        total: i64,
        (owner, at): (UserId, UnixMs),
    ) -> Self {
        Self {
            id,
            owner,
            kind,
            object,
            asked,
            state: JobState::Running,
            done: 0,
            total,
            found: Found::default(),
            began_at: at,
            ended_at: None,
            beat_at: at,
            version: 1,
        }
    }
}

impl Store {
    /// # Errors
    /// [`Refusal::Barred`] with `too_many_jobs`; to be recorded by the caller.
    pub(super) async fn room_for_a_job(&self, kind: JobKind, owner: UserId, now: UnixMs) -> Result<(), Refusal> {
        let mut mine = self.jobs("owner = ?1 AND began_at > ?2", vec![owner.into(), now.plus_days(-1).into()]).await?;
        // Trials have room of their own: neither takes the other's.
        mine.retain(|job| job.kind.is_trial() == kind.is_trial());
        let most = if kind.is_trial() { MOST_TRIALS_A_DAY } else { MOST_A_DAY };
        let open = mine.iter().filter(|job| job.state == JobState::Running).count();
        if open >= MOST_OPEN || mine.len() >= most {
            return Err(barred("too_many_jobs", format!("{MOST_OPEN} jobs at once, and {most} a day")));
        }
        Ok(())
    }

    /// Begins a scan; [`Store::run_job`] carries it out.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] for who may not make such records; [`Refusal::Barred`] with `too_many_jobs`; all recorded.
    pub async fn begin_scan(&self, grant: Grant<BeginScan>) -> Result<Disclosed<JobView>, Refusal> {
        let made = async {
            let (op, caller) = (grant.operation(), grant.caller());
            // Whoever is told that a record is there may be told so on entry too.
            grant.part(&op.object)?;
            self.room_for_a_job(JobKind::Scan, caller.user, grant.now()).await?;
            let all = ListRecords {
                object: op.object.clone(),
                filter: None,
                search: None,
                sort: None,
                fields: None,
                customer: None,
                limit: 1,
                cursor: None,
            };
            let total = i64::try_from(self.count_of(&grant, &all).await?).unwrap_or(i64::MAX);
            let job = Job::new(
                (op.id, JobKind::Scan),
                op.object.clone(),
                Asked::of(caller),
                total,
                (caller.user, grant.now()),
            );
            Ok((self.insert_job(&job)?, job.view()))
        };
        match made.await {
            Ok((insert, view)) => {
                let done = grant.step(model::Decision::Allowed, vec![insert]).await?;
                Ok(done.map(|()| view))
            }
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    /// Takes a job back: what runs stops before its next step.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not the caller's, [`Refusal::Barred`] with `job_over`, [`Refusal::Conflict`] when it
    /// ended in the same moment; recorded.
    pub async fn cancel_job(&self, grant: Grant<CancelJob>) -> Result<Disclosed<()>, Refusal> {
        let made = async {
            let mut job = self.own_job(grant.caller().user, grant.operation().id).await?;
            if job.state != JobState::Running {
                return Err(barred("job_over", "it is over already"));
            }
            job.state = JobState::Cancelled;
            job.ended_at = Some(grant.now());
            job.version += 1;
            let gone = shred(&mut job);
            let mut changes = vec![self.cancel_running(&job)?];
            changes.extend(gone);
            Ok((changes, job.told()))
        };
        match made.await {
            Ok((changes, told)) => grant.carry_out_telling(vec![told], changes, ()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// The caller's own jobs, newest first.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_jobs(&self, grant: Grant<ListJobs>) -> Result<Disclosed<Vec<JobView>>, Refusal> {
        match self.jobs("owner = ?1 ORDER BY began_at DESC, id LIMIT 100", vec![grant.caller().user.into()]).await {
            Ok(jobs) => grant.carry_out(vec![], jobs.iter().map(Job::view).collect()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// How far somebody's own job is.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not theirs. Not recorded.
    pub async fn job_progress(&self, owner: UserId, id: JobId) -> Result<JobView, Refusal> {
        Ok(self.own_job(owner, id).await?.view())
    }
}
