//! Exports: an intent, then each chunk as it leaves, then the outcome. Every chunk is admitted anew, so a right that is
//! taken away in the middle ends the export there.

use access::path::{Change, Disclosed, Grant, OnRecords, Operation, Refusal};
use model::{Action, Decision, FieldName, JobId, ObjectName};

use super::list::{ListRecords, Page, detail};
use crate::Store;

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
            "job": self.job, "format": self.format, "rows": self.rows, "question": detail(&self.question),
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
        Ok(grant.step(Decision::Intent, Vec::<Change>::new()).await?.map(|()| limit))
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
        grant.step(decision, Vec::new()).await
    }
}
