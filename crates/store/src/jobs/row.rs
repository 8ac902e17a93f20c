//! Jobs as rows, sealed whole.

use access::path::{Change, Param, Refusal};
use model::{JobId, UnixMs, UserId};

use super::{Job, JobKind, JobState, KEPT_DAYS};
use crate::proof::tables::JOB;
use crate::records::broken;
use crate::{Query, Row, Store};

impl Store {
    fn job_params(&self, job: &Job) -> Result<Vec<Param>, Refusal> {
        let asked = serde_json::to_string(&job.asked).map_err(|_| Refusal::Damaged)?;
        let found = serde_json::to_string(&job.found).map_err(|_| Refusal::Damaged)?;
        let mut params: Vec<Param> = vec![
            job.id.into(),
            job.owner.into(),
            job.kind.as_str().into(),
            job.object.as_str().into(),
            asked.into(),
            job.state.as_str().into(),
            job.done.into(),
            job.total.into(),
            found.into(),
            job.began_at.into(),
            job.ended_at.into(),
            job.beat_at.into(),
            job.version.into(),
        ];
        params.push(self.seals().row(JOB.name, &params).to_vec().into());
        Ok(params)
    }

    pub(super) fn insert_job(&self, job: &Job) -> Result<Change, Refusal> {
        let sql = "INSERT INTO job (id, owner, kind, object, asked, state, done, total, found, began_at, ended_at, beat_at, \
                   version, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
        Ok(Change::new(sql, self.job_params(job)?))
    }

    /// Keeps a job as it is now, if it still is what was read: running, and told of at that moment by nobody else.
    pub(super) fn update_job(&self, job: &Job, was: UnixMs) -> Result<Change, Refusal> {
        self.update_job_if(job, ("state = 'running' AND beat_at = ?15", was.into()))
    }

    /// Takes a job back, wherever it stands: what runs meets that with its next act or step.
    pub(super) fn cancel_running(&self, job: &Job) -> Result<Change, Refusal> {
        self.update_job_if(job, ("state = 'running' AND version = ?15", job.version.saturating_sub(1).into()))
    }

    /// What was done until it was taken back: who took it back read a moment before.
    pub(super) fn settle_cancelled(&self, job: &Job) -> Result<Change, Refusal> {
        self.update_job_if(job, ("state = 'cancelled' AND version = ?15", job.version.into()))
    }

    fn update_job_if(&self, job: &Job, (condition, param): (&str, Param)) -> Result<Change, Refusal> {
        let mut params = self.job_params(job)?;
        params.push(param);
        let sql = "UPDATE job SET owner = ?2, kind = ?3, object = ?4, asked = ?5, state = ?6, done = ?7, total = ?8, found = ?9, \
                   began_at = ?10, ended_at = ?11, beat_at = ?12, version = ?13, seal = ?14 WHERE id = ?1 AND ";
        Ok(Change::new(format!("{sql}{condition}"), params).expecting(1))
    }

    /// Jobs by a condition. One that was altered beside the program is as if it were not there.
    pub(super) async fn jobs(&self, condition: &str, params: Vec<Param>) -> Result<Vec<Job>, Refusal> {
        let rows = self.read(Query::new(JOB.select(condition), params)).await?;
        let good = |row: &&Row| {
            let good = JOB.is_sealed(self.seals(), row);
            if !good {
                tracing::error!("a job was altered beside the program; it is as if it were not there");
            }
            good
        };
        rows.iter().filter(good).map(read).collect()
    }

    /// Somebody's own job.
    pub(super) async fn own_job(&self, owner: UserId, id: JobId) -> Result<Job, Refusal> {
        let found = self.jobs("id = ?1 AND owner = ?2", vec![id.into(), owner.into()]).await?;
        found.into_iter().next().ok_or(Refusal::NotFound)
    }

    /// Clears away jobs that ended long ago.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub async fn sweep_jobs(&self, now: UnixMs) -> Result<(), Refusal> {
        let old = Change::new("DELETE FROM job WHERE ended_at < ?1", vec![now.plus_days(-KEPT_DAYS).into()]);
        self.db.maintain(vec![old]).await.map_err(|e| Refusal::StoreUnavailable(e.to_string()))
    }
}

fn read(row: &Row) -> Result<Job, Refusal> {
    let json = |n: usize| row.text(n).map(str::to_owned).map_err(broken);
    let read = || {
        Ok::<_, crate::DatabaseError>((
            JobId::from_bytes(row.id(0)?),
            row.user(1)?,
            row.text(2)?.to_owned(),
            row.text(3)?.to_owned(),
            row.text(5)?.to_owned(),
            row.int(6)?,
            row.int(7)?,
            row.time(9)?,
            row.opt_time(10)?,
            row.time(11)?,
            row.int(12)?,
        ))
    };
    let (id, owner, kind, object, state, done, total, began_at, ended_at, beat_at, version) = read().map_err(broken)?;
    Ok(Job {
        id,
        owner,
        kind: JobKind::parse(&kind).ok_or(Refusal::Damaged)?,
        object: object.parse().map_err(|_| Refusal::Damaged)?,
        asked: serde_json::from_str(&json(4)?).map_err(|_| Refusal::Damaged)?,
        state: JobState::parse(&state).ok_or(Refusal::Damaged)?,
        done,
        total,
        found: serde_json::from_str(&json(8)?).map_err(|_| Refusal::Damaged)?,
        began_at,
        ended_at,
        beat_at,
        version,
    })
}
