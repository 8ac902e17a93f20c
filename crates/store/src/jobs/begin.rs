//! Beginning a job, taking it back, and one's own jobs.

use access::path::{Disclosed, Grant, OnRecords, OnSystem, Operation, Refusal};
use model::{Action, JobId, ObjectName, UserId};
use serde_json::{Value, json};

use super::{Asked, Found, Job, JobState, JobView, MOST_A_DAY, MOST_OPEN};
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

impl Store {
    /// Begins a scan; [`Store::run_job`] carries it out.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] for who may not make such records; [`Refusal::Barred`] with `too_many_jobs`; all recorded.
    pub async fn begin_scan(&self, grant: Grant<BeginScan>) -> Result<Disclosed<JobView>, Refusal> {
        let made = async {
            let (op, caller) = (grant.operation(), grant.caller());
            // Whoever is told that a record is there may be told so on entry too.
            grant.part(&op.object)?;
            let mine =
                self.jobs("owner = ?1 AND began_at > ?2", vec![caller.user.into(), grant.now().plus_days(-1).into()]);
            let mine = mine.await?;
            let open = mine.iter().filter(|job| job.state == JobState::Running).count();
            if open >= MOST_OPEN || mine.len() >= MOST_A_DAY {
                return Err(barred("too_many_jobs", format!("{MOST_OPEN} jobs at once, and {MOST_A_DAY} a day")));
            }
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
            let asked = Asked {
                origin: caller.origin.clone(),
                session: caller.session,
                token: caller.token,
                token_actions: caller.token_actions.clone(),
                on_behalf_of: caller.on_behalf_of,
                mfa: caller.mfa,
            };
            let job = Job {
                id: op.id,
                owner: caller.user,
                object: op.object.clone(),
                asked,
                state: JobState::Running,
                done: 0,
                total,
                found: Found::default(),
                began_at: grant.now(),
                ended_at: None,
                beat_at: grant.now(),
                version: 1,
            };
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
    /// [`Refusal::NotFound`] when it is not the caller's, [`Refusal::Barred`] with `job_over`, [`Refusal::Conflict`] when a step came
    /// first: try again; recorded.
    pub async fn cancel_job(&self, grant: Grant<CancelJob>) -> Result<Disclosed<()>, Refusal> {
        let made = async {
            let mut job = self.own_job(grant.caller().user, grant.operation().id).await?;
            if job.state != JobState::Running {
                return Err(barred("job_over", "it is over already"));
            }
            let was = job.beat_at;
            job.state = JobState::Cancelled;
            job.ended_at = Some(grant.now());
            job.version += 1;
            Ok((self.update_job(&job, was)?, job.told()))
        };
        match made.await {
            Ok((change, told)) => grant.carry_out_telling(vec![told], vec![change], ()).await,
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
