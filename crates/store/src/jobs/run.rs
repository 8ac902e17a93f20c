//! Carrying jobs out, step by step; going on with those whose process died.
//!
//! Rule: each step asks first whether the job still may run: whether the session or token that began it lives, and whether its owner's
//! account does. A step that was made twice, because its process died before it was noted, finds the same again.

use access::path::{JournalError, Param, Refusal};
use model::{Action, Caller, Clock, Decision, JobId, UnixMs, UserStatus};
use serde_json::json;

use super::bulk::code_of;
use super::import::shred;
use super::{Job, JobKind, JobState};
use crate::notices::{News, NoticeKind};
use crate::proof::tables::{SESSION, TOKEN, Table, live};
use crate::records::broken;
use crate::{Query, Store};

/// A job that has told nothing for so long has nobody who carries it out.
const LOST_AFTER_MS: i64 = 60_000;

/// What follows a step.
pub(super) enum Next {
    More,
    /// It was the last.
    Last,
    /// The job was taken back, or somebody else carries it out.
    Gone,
    /// It may go no further, and why: a stable code.
    Barred(String),
}

impl Store {
    /// Carries a job out until it has ended, or somebody else does.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]: it goes on with [`Store::resume_jobs`].
    pub async fn run_job(&self, id: JobId, clock: &dyn Clock) -> Result<(), Refusal> {
        let found = self.jobs("id = ?1 AND state = 'running'", vec![id.into()]).await?;
        let Some(mut job) = found.into_iter().next() else { return Ok(()) };
        loop {
            let now = clock.now();
            let caller = caller_of(&job, now);
            if let Some(why) = self.may_not_run(&job, now).await? {
                return self.end_job(&caller, job, JobState::Failed, Some(why)).await;
            }
            let next = match job.kind {
                JobKind::Scan => self.scan_on(&caller, &mut job).await,
                JobKind::Bulk => Box::pin(self.bulk_step(&caller, &mut job, clock)).await,
                JobKind::Import => Box::pin(self.import_step(&caller, &mut job, clock)).await,
                JobKind::Report => Box::pin(self.report_on(&caller, &mut job, clock)).await,
                JobKind::Trial => Box::pin(self.trial_on(&caller, &mut job, clock)).await,
                JobKind::Replay => Box::pin(self.replay_on(&caller, &mut job, clock)).await,
            };
            match next {
                Ok(Next::More) => {}
                Ok(Next::Last) => return self.end_job(&caller, job, JobState::Done, None).await,
                Ok(Next::Gone) => return self.settle(&job).await,
                Ok(Next::Barred(why)) => return self.end_job(&caller, job, JobState::Failed, Some(why)).await,
                Err(refusal @ (Refusal::StoreUnavailable(_) | Refusal::AuditUnavailable)) => return Err(refusal),
                Err(refusal) => {
                    let why = code_of(&refusal).to_owned();
                    return self.end_job(&caller, job, JobState::Failed, Some(why)).await;
                }
            }
        }
    }

    /// One step of a scan, and that it was made. When it fails the job's moment is what its row says.
    async fn scan_on(&self, caller: &Caller, job: &mut Job) -> Result<Next, Refusal> {
        let was = job.beat_at;
        // Two moments must differ, or another process could not be told from this one.
        job.beat_at = UnixMs(caller.at.0.max(was.0.saturating_add(1)));
        match self.scan_step(caller, job).await {
            Ok(last) => self.keep_job(job, (was, last)).await,
            Err(refusal) => {
                job.beat_at = was;
                Err(refusal)
            }
        }
    }

    /// Keeps where a job stands, without an event.
    pub(super) async fn keep_job(&self, job: &Job, (was, last): (UnixMs, bool)) -> Result<Next, Refusal> {
        let kept = self.update_job(job, was)?;
        match self.db.maintain(vec![kept]).await {
            Ok(()) if last => Ok(Next::Last),
            Ok(()) => Ok(Next::More),
            Err(JournalError::Conflict { .. }) => Ok(Next::Gone),
            Err(error) => Err(Refusal::StoreUnavailable(error.to_string())),
        }
    }

    /// Where a job has got that was taken back meanwhile.
    async fn settle(&self, job: &Job) -> Result<(), Refusal> {
        let found = self.jobs("id = ?1 AND state = 'cancelled'", vec![job.id.into()]).await?;
        let Some(mut cancelled) = found.into_iter().next().filter(|c| c.done < job.done) else { return Ok(()) };
        (cancelled.done, cancelled.total, cancelled.found) = (job.done, job.total, job.found.clone());
        let change = self.settle_cancelled(&cancelled)?;
        match self.db.maintain(vec![change]).await {
            Ok(()) | Err(JournalError::Conflict { .. }) => Ok(()),
            Err(error) => Err(Refusal::StoreUnavailable(error.to_string())),
        }
    }

    /// Goes on with jobs that nobody carries out. How many ended.
    ///
    /// # Errors
    /// As [`Store::run_job`].
    pub async fn resume_jobs(&self, clock: &dyn Clock) -> Result<usize, Refusal> {
        let before = UnixMs(clock.now().0.saturating_sub(LOST_AFTER_MS));
        let lost = self.jobs("state = 'running' AND beat_at < ?1 ORDER BY id LIMIT 20", vec![before.into()]).await?;
        for job in &lost {
            self.run_job(job.id, clock).await?;
        }
        Ok(lost.len())
    }

    async fn end_job(
        &self,
        caller: &Caller,
        mut job: Job,
        state: JobState,
        why: Option<String>,
    ) -> Result<(), Refusal> {
        let was = job.beat_at;
        job.state = state;
        job.ended_at = Some(caller.at);
        job.version += 1;
        job.found.why = why;
        let (name, told) = job.told();
        let view = job.view();
        let detail = json!({
            "act": "job.end", "kind": job.kind.as_str(), "state": state, "why": job.found.why, "groups": view.found,
            "tried": job.done, "refused": view.failed,
        });
        let mut told = vec![(name, told)];
        let gone = shred(&mut job);
        let mut changes = vec![self.update_job(&job, was)?];
        changes.extend(gone);
        let news = News::of(NoticeKind::JobEnded, caller.at).in_object(&job.object).about(job.id.as_bytes());
        self.tell(&news, [job.owner]).into_parts(&mut told, &mut changes);
        let (detail, decision) = (access::path::tell(detail, told), Decision::Allowed);
        match self.gate.note(caller, Action::JobRun, decision, detail, changes).await {
            Ok(_) | Err(JournalError::Conflict { .. }) => Ok(()),
            Err(_) => Err(Refusal::AuditUnavailable),
        }
    }

    /// Why the job must not go on.
    pub(super) async fn may_not_run(&self, job: &Job, now: UnixMs) -> Result<Option<String>, Refusal> {
        let company = self.company();
        let active = |user| company.users.get(user).is_some_and(|u| u.status == UserStatus::Active);
        if !active(&job.owner) || job.asked.on_behalf_of.as_ref().is_some_and(|user| !active(user)) {
            return Ok(Some("account_disabled".to_owned()));
        }
        let session = job.asked.session.map(|id| (&SESSION, Param::from(id)));
        let token = job.asked.token.map(|id| (&TOKEN, Param::from(id)));
        for (table, id) in session.into_iter().chain(token) {
            if !self.lives(table, id, now).await? {
                return Ok(Some("session_ended".to_owned()));
            }
        }
        Ok(None)
    }

    /// Whether a session or token has neither ended nor expired.
    async fn lives(&self, table: &Table, id: Param, now: UnixMs) -> Result<bool, Refusal> {
        let sql = format!("SELECT expires_at, live FROM {} WHERE id = ?1 AND ended_at IS NULL", table.name);
        let rows = self.read(Query::point(sql, vec![id.clone()])).await?;
        let Some(row) = rows.first() else { return Ok(false) };
        let alive = row.opt_bytes(1).map_err(broken)?.is_some_and(|have| have == live(self.seals(), table, &id));
        Ok(alive && row.time(0).map_err(broken)? > now)
    }
}

fn caller_of(job: &Job, now: UnixMs) -> Caller {
    Caller {
        user: job.owner,
        on_behalf_of: job.asked.on_behalf_of,
        session: job.asked.session,
        token: job.asked.token,
        token_actions: job.asked.token_actions.clone(),
        mfa: job.asked.mfa,
        origin: job.asked.origin.clone(),
        purpose: None,
        request_id: job.id.to_string(),
        at: now,
    }
}
