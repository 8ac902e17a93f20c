//! Carrying jobs out, step by step; going on with those whose process died.
//!
//! Rule: each step asks first whether the job still may run: whether the session or token that began it lives, and whether its owner's
//! account does. A step that was made twice, because its process died before it was noted, finds the same again.

use access::path::{Param, Refusal};
use model::{Action, Caller, Clock, Decision, JobId, UnixMs, UserStatus};
use serde_json::json;

use super::{Job, JobState};
use crate::proof::tables::{SESSION, TOKEN, Table, live};
use crate::records::broken;
use crate::{Query, Store};

/// A job that has told nothing for so long has nobody who carries it out.
const LOST_AFTER_MS: i64 = 60_000;

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
            let was = job.beat_at;
            // Two moments must differ, or another process could not be told from this one.
            job.beat_at = UnixMs(now.0.max(was.0.saturating_add(1)));
            let last = match self.scan_step(&caller, &mut job).await {
                Ok(last) => last,
                Err(refusal @ (Refusal::StoreUnavailable(_) | Refusal::AuditUnavailable)) => return Err(refusal),
                Err(refusal) => {
                    job.beat_at = was;
                    let why = why_of(&refusal);
                    return self.end_job(&caller, job, JobState::Failed, Some(why)).await;
                }
            };
            let kept = self.update_job(&job, was)?;
            match self.db.maintain(vec![kept]).await {
                Ok(()) => {}
                // Taken back, or carried out by somebody else.
                Err(access::path::JournalError::Conflict { .. }) => return Ok(()),
                Err(error) => return Err(Refusal::StoreUnavailable(error.to_string())),
            }
            if last {
                return self.end_job(&caller, job, JobState::Done, None).await;
            }
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
        let mut detail =
            json!({ "act": "job.end", "state": state, "groups": job.found.groups.len(), "why": job.found.why });
        if let Some(fields) = detail.as_object_mut() {
            fields.insert(name.to_owned(), told);
        }
        let change = self.update_job(&job, was)?;
        let decision = Decision::Allowed;
        match self.gate.note(caller, Action::JobRun, decision, detail, vec![change]).await {
            Ok(_) | Err(access::path::JournalError::Conflict { .. }) => Ok(()),
            Err(_) => Err(Refusal::AuditUnavailable),
        }
    }

    /// Why the job must not go on.
    async fn may_not_run(&self, job: &Job, now: UnixMs) -> Result<Option<String>, Refusal> {
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

fn why_of(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Barred { code, .. } => (*code).to_owned(),
        Refusal::Forbidden { .. } | Refusal::ForbiddenOnRecord { .. } => "forbidden".to_owned(),
        Refusal::NotFound => "not_found".to_owned(),
        Refusal::Damaged => "damaged".to_owned(),
        _ => "failed".to_owned(),
    }
}
