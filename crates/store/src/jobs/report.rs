//! A report as a job: its days are its steps.

use access::path::{Change, Refusal};
use model::{Caller, Clock, JobId, UnixMs};
use serde_json::Value;

use super::run::Next;
use super::{Asked, Job, JobKind, JobView};
use crate::Store;
use crate::reports::{CarryReportOut, Reader, ToMake};

/// What the jobs of this kind are about: no records, so no object type of the company's.
const ABOUT: &str = "report";

fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

impl Store {
    /// The job of a report that begins now: its row, what the event tells of it, and what its owner sees.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `too_many_jobs`.
    pub(crate) async fn job_of_report(
        &self,
        id: JobId,
        what: &ToMake,
        days: usize,
        caller: &Caller,
    ) -> Result<(Change, (&'static str, Value), JobView), Refusal> {
        self.room_for_a_job(JobKind::Report, caller.user, caller.at).await?;
        let task = Some(self.seal_task(id, what)?);
        let asked = Asked { act: Some(what.report.to_string()), task, ..Asked::of(caller) };
        let object = ABOUT.parse().map_err(|_| Refusal::Damaged)?;
        let job = Job::new((id, JobKind::Report), object, asked, whole(days), (caller.user, caller.at));
        Ok((self.insert_job(&job)?, job.told(), job.view()))
    }

    /// All of a report: what was begun and not ended begins anew, and is kept once.
    pub(super) async fn report_on(&self, caller: &Caller, job: &mut Job, clock: &dyn Clock) -> Result<Next, Refusal> {
        let what: ToMake = self.open_task(job)?;
        let op = CarryReportOut { job: job.id, what: what.clone() };
        let grant = self.gate.admit_system(caller, op).await?;
        if let Err(refusal) = Reader::of(&grant).may_make(&what.definition) {
            return Err(grant.refuse_system(refusal).await);
        }
        let begun = match self.report_row(what.report).await {
            Ok(None) => self.begin_counting(&what).await.map(Some),
            // It was kept, and the process died before the job had ended.
            Ok(Some(_)) => Ok(None),
            Err(refusal) => Err(refusal),
        };
        let mut under = match begun {
            Ok(Some(under)) => under,
            Ok(None) => {
                drop(grant);
                return self.beat_report(job, clock.now(), true).await;
            }
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        loop {
            match self.count_days(&mut under).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(refusal) => return Err(grant.refuse_system(refusal).await),
            }
            let (days, done) = under.days();
            (job.total, job.done) = (whole(days), whole(done));
            let now = clock.now();
            // Who lost the session, the account or the duty meanwhile goes no further.
            if let Some(why) = self.may_not_run(job, now).await? {
                return Ok(Next::Barred(why));
            }
            let asks = Caller { at: now, ..caller.clone() };
            let op = CarryReportOut { job: job.id, what: what.clone() };
            drop(self.gate.admit_system(&asks, op).await?);
            if let Next::Gone = self.beat_report(job, now, false).await? {
                return Ok(Next::Gone);
            }
        }
        self.keep_report(grant, under, clock.now()).await?;
        job.done = job.total;
        self.beat_report(job, clock.now(), true).await
    }

    async fn beat_report(&self, job: &mut Job, now: UnixMs, last: bool) -> Result<Next, Refusal> {
        let was = job.beat_at;
        job.beat_at = UnixMs(now.0.max(was.0.saturating_add(1)));
        self.keep_job(job, (was, last)).await
    }
}
