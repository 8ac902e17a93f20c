//! Exports: an intent, then each chunk as it leaves, then the outcome. Every chunk is admitted anew, so a right that is
//! taken away in the middle ends the export there.

use access::path::{Change, Disclosed, Grant, OnRecords, Operation, Param, Refusal};
use model::{Action, Caller, Channel, Decision, FieldName, JobId, ObjectName, UnixMs, UserId};

use super::fetch::broken;
use super::list::{ListRecords, Page, detail, refused_detail};
use crate::exports::{Allowance, Asked, ExportState};
use crate::proof::tables::EXPORT_JOB;
use crate::{Query, Store};

/// A chunk of an export.
pub struct ExportChunk {
    pub job: JobId,
    /// From 0.
    pub number: u32,
    pub question: ListRecords,
}

impl Operation for ExportChunk {
    const ACTION: Action = Action::Export;
}
impl OnRecords for ExportChunk {
    fn object(&self) -> &ObjectName {
        &self.question.object
    }
    fn wanted(&self) -> Option<&[FieldName]> {
        self.question.fields.as_deref()
    }
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "job": self.job, "chunk": self.number, "question": detail(&self.question) })
    }
    fn refused_detail(&self) -> serde_json::Value {
        serde_json::json!({ "job": self.job, "chunk": self.number, "question": refused_detail(&self.question) })
    }
}

/// The beginning or the end of an export.
pub struct ExportStep {
    pub job: JobId,
    pub question: ListRecords,
    pub format: &'static str,
    /// Rows that left; `None` at the beginning.
    pub rows: Option<u64>,
}

impl Operation for ExportStep {
    const ACTION: Action = Action::Export;
}
impl OnRecords for ExportStep {
    fn object(&self) -> &ObjectName {
        &self.question.object
    }
    fn detail(&self) -> serde_json::Value {
        let (version, state) = match self.rows {
            None => (1, ExportState::Running),
            Some(_) => (2, ExportState::Sent),
        };
        let file = serde_json::json!({ "id": self.job, "version": version, "state": state });
        access::path::tell(self.refused_detail(), [("file", file)])
    }
    fn refused_detail(&self) -> serde_json::Value {
        serde_json::json!({
            "job": self.job, "format": self.format, "rows": self.rows, "question": refused_detail(&self.question),
        })
    }
}

impl Store {
    /// Most rows one export of the grant's caller may have: the greatest limit of their roles, 0 without one.
    pub fn export_limit<O: OnRecords>(&self, grant: &Grant<O>) -> u32 {
        let directory = grant.engine().directory();
        let of = |user| {
            let roles = directory.user(user).map(|u| &u.roles);
            roles.into_iter().flatten().filter_map(|r| directory.roles.get(r)?.export_rows).max().unwrap_or(0)
        };
        let own = of(grant.caller().user);
        grant.caller().on_behalf_of.map_or(own, |other| own.min(of(other)))
    }

    /// Records that an export begins that is sent as it is made; gives how many rows it may have.
    ///
    /// # Errors
    /// [`Refusal::TooMany`] when the caller's roles allow no row at all; [`Refusal::Barred`] `export_quota`,
    /// `export_needs_approval`; as [`Store::list`] for the question; [`Refusal::AuditUnavailable`].
    pub async fn export_begin(&self, grant: Grant<ExportStep>) -> Result<Disclosed<u32>, Refusal> {
        let op = grant.operation();
        let (job, question, format) = (op.job, op.question.clone(), op.format);
        let mut allowed = match Box::pin(self.allowance(&grant, &question)).await {
            Ok(allowed) if allowed.approval => {
                let reason = "ask for a file, which waits for its approval".to_owned();
                return Err(grant.refuse(Refusal::Barred { code: "export_needs_approval", reason }).await);
            }
            Ok(allowed) => allowed,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let asked = Asked {
            question,
            format: format.to_owned(),
            language: String::new(),
            purpose: grant.caller().purpose.clone(),
            fields: allowed.fields.clone(),
            sensitive: allowed.sensitive,
            request: None,
        };
        let file = match self.new_file(job, grant.caller().user, grant.now(), asked, &allowed, true) {
            Ok(file) => file,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let mut params: Vec<Param> =
            vec![job.into(), file.actor.into(), file.object.as_str().into(), grant.now().into()];
        params.push(self.seals().row(EXPORT_JOB.name, &params).to_vec().into());
        let began = Change::new(
            "INSERT INTO export_job (id, actor, object, began_at, seal) VALUES (?1, ?2, ?3, ?4, ?5)",
            params,
        );
        let limit = match self.company().export_rules.rows_per_day {
            Some(_) => u32::try_from(allowed.at_most).unwrap_or(u32::MAX),
            None => self.export_limit(&grant),
        };
        let mut changes = allowed.take_quota();
        let kept = !changes.is_empty();
        changes.extend([began, self.insert_file(&file)]);
        let begun = grant.step(Decision::Intent, changes).await.map_err(|refusal| Allowance::told(kept, refusal))?;
        Ok(begun.map(|()| limit))
    }

    /// The next chunk, sealed.
    ///
    /// # Errors
    /// As [`Store::list`].
    pub async fn export_chunk(&self, grant: Grant<ExportChunk>) -> Result<Page<ExportChunk>, Refusal> {
        let question = grant.operation().question.clone();
        match self.page(&grant, &question).await {
            Ok((rows, next)) => Ok(Page { sealed: grant.seal(rows), next }),
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    /// Records how an export ended that was sent as it was made. Ending needs no right: one that was lost in the middle is how it
    /// ended.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn export_end(&self, caller: &Caller, step: ExportStep, whole: bool) -> Result<(), Refusal> {
        let (decision, state) =
            if whole { (Decision::Allowed, ExportState::Sent) } else { (Decision::Failed, ExportState::Failed) };
        let detail = step.refused_detail();
        let rows = step.rows.unwrap_or(0);
        self.end_stream(caller, step.job, step.object(), (decision, state, rows), detail).await
    }

    /// The outcome of a stream: its intent is closed and its row told, in one unit.
    async fn end_stream(
        &self,
        caller: &Caller,
        job: JobId,
        object: &ObjectName,
        (decision, state, rows): (Decision, ExportState, u64),
        mut detail: serde_json::Value,
    ) -> Result<(), Refusal> {
        let mut changes = vec![end_of(job)];
        // One that began before exports were kept has no row.
        if let Some((file, change)) = self.ended_stream(job, state, rows, caller.at).await? {
            detail = access::path::tell(detail, [("file", file.told())]);
            changes.push(change);
        }
        let noted = self.gate.note_on(caller, Action::Export, object, decision, detail, changes).await;
        noted.map(|_| ()).map_err(|_| Refusal::AuditUnavailable)
    }

    /// Closes exports that began before `before` and never ended, because their process died: each gets the outcome
    /// `unknown`, on behalf of who began it. To be called at a start; how many there were.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn close_lost_exports(&self, now: UnixMs, before: UnixMs) -> Result<usize, Refusal> {
        let open = "SELECT id, actor, object FROM export_job WHERE began_at < ?1 ORDER BY began_at";
        let open = self.read(Query::new(open, vec![before.into()])).await?;
        for row in &open {
            let (job, actor) =
                (JobId::from_bytes(row.id(0).map_err(broken)?), UserId::from_bytes(row.id(1).map_err(broken)?));
            let object: ObjectName = row.text(2).map_err(broken)?.parse().map_err(|_| Refusal::Damaged)?;
            let caller = Caller { on_behalf_of: Some(actor), ..Store::system_caller(Channel::Job, "lost-export", now) };
            let detail = serde_json::json!({ "act": "export.lost", "job": job });
            let outcome = (Decision::Unknown, ExportState::Unknown, 0);
            self.end_stream(&caller, job, &object, outcome, detail).await?;
        }
        Ok(open.len() + self.close_lost_files(now, before).await?)
    }
}

fn end_of(job: JobId) -> Change {
    Change::new("DELETE FROM export_job WHERE id = ?1", vec![job.into()])
}
