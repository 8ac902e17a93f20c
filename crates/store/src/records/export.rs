//! Exports: an intent, then each chunk as it leaves, then the outcome. Every chunk is admitted anew, so a right that is
//! taken away in the middle ends the export there.

use access::path::{Change, Disclosed, Grant, OnRecords, Operation, Param, Refusal};
use model::{Action, Caller, Channel, Decision, FieldName, JobId, ObjectName, UnixMs, UserId};

use super::fetch::broken;
use super::list::{ListRecords, Page, detail, refused_detail};
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

    /// Records that an export begins.
    ///
    /// # Errors
    /// [`Refusal::TooMany`] when the caller's roles allow no row at all; [`Refusal::AuditUnavailable`].
    pub async fn export_begin(&self, grant: Grant<ExportStep>) -> Result<Disclosed<u32>, Refusal> {
        let limit = self.export_limit(&grant);
        if limit == 0 {
            return Err(grant.refuse(Refusal::TooMany { limit }).await);
        }
        let mut params: Vec<Param> = vec![
            grant.operation().job.into(),
            grant.caller().user.into(),
            grant.operation().object().as_str().into(),
            grant.now().into(),
        ];
        params.push(self.seals().row(EXPORT_JOB.name, &params).to_vec().into());
        let began = Change::new(
            "INSERT INTO export_job (id, actor, object, began_at, seal) VALUES (?1, ?2, ?3, ?4, ?5)",
            params,
        );
        Ok(grant.step(Decision::Intent, vec![began]).await?.map(|()| limit))
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

    /// Records how an export ended.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn export_end(&self, grant: Grant<ExportStep>, whole: bool) -> Result<Disclosed<()>, Refusal> {
        let decision = if whole { Decision::Allowed } else { Decision::Failed };
        let ended = end_of(grant.operation().job);
        grant.step(decision, vec![ended]).await
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
            let object = row.text(2).map_err(broken)?;
            let caller = Caller { on_behalf_of: Some(actor), ..Store::system_caller(Channel::Job, "lost-export", now) };
            let detail = serde_json::json!({ "act": "export.lost", "job": job, "object": object });
            let noted = self.gate.note(&caller, Action::Export, Decision::Unknown, detail, vec![end_of(job)]).await;
            noted.map_err(|_| Refusal::AuditUnavailable)?;
        }
        Ok(open.len())
    }
}

fn end_of(job: JobId) -> Change {
    Change::new("DELETE FROM export_job WHERE id = ?1", vec![job.into()])
}
