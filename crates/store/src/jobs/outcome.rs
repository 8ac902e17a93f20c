//! What became of an act on many records: to how many it was done, to which not, and why.
//!
//! Rule: it holds ids and codes, never a value. Of records that the caller may not list any more only the number is told, by code.

use std::collections::BTreeSet;

use access::path::{Disclosed, Grant, OnRecords, Operation, Refusal};
use model::{Action, JobId, ObjectName, RecordId, StoredRow};
use serde_json::json;

use super::{JobKind, JobView};
use crate::records::broken;
use crate::sql::Sql;
use crate::{Store, row};

/// What became of an act of one's own on many records.
pub struct ShowOutcome {
    pub object: ObjectName,
    pub job: JobId,
}

impl Operation for ShowOutcome {
    const ACTION: Action = Action::List;
}
impl OnRecords for ShowOutcome {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "job.outcome", "job": self.job })
    }
}

/// How many records were refused for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// A code of the API.
    pub code: String,
    pub count: i64,
}

/// What became of it, as far as it may be seen now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub job: JobView,
    pub reasons: Vec<Reason>,
    /// Which were refused, and the code of why: the first thousand, of those that may be listed now.
    pub failed: Vec<(RecordId, String)>,
}

impl Store {
    /// What became of an act on many records.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not the caller's; recorded.
    pub async fn show_outcome(&self, grant: Grant<ShowOutcome>) -> Result<Disclosed<Outcome>, Refusal> {
        let found = async {
            let job = self.own_job(grant.caller().user, grant.operation().job).await?;
            if job.kind != JobKind::Bulk || job.object != grant.operation().object {
                return Err(Refusal::NotFound);
            }
            let ids: Vec<RecordId> = job.found.failed.iter().map(|(id, _)| *id).collect();
            let rows = self.listed(&grant, &ids).await?;
            let there: BTreeSet<RecordId> = rows.iter().map(|r| r.id).collect();
            let failed = job.found.failed.iter().filter(|(id, _)| there.contains(id)).cloned().collect();
            let reasons = job.found.codes.iter().map(|(code, count)| Reason { code: code.clone(), count: *count });
            Ok((rows, Outcome { job: job.view(), reasons: reasons.collect(), failed }))
        };
        match found.await {
            Ok((rows, outcome)) => grant.answer_about_all(&rows, outcome).await,
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    /// Those of these records that the caller may list now.
    pub(super) async fn listed<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        ids: &[RecordId],
    ) -> Result<Vec<StoredRow>, Refusal> {
        let object = grant.object_type()?.clone();
        let mut rows = vec![];
        for part in ids.chunks(500) {
            let mut sql = Sql::new(self.db.dialect(), "SELECT ");
            sql.push(&row::select(&object)).push(row::FROM).push(" WHERE r.object = ").bind(object.name.as_str());
            sql.and_filters(grant.filters(), &object, grant.now());
            sql.push(" AND r.id IN ").bind_list(part.iter().copied());
            for found in self.read(sql.finish()).await? {
                rows.push(row::read(&found, &object, self.seals()).map_err(broken)?);
            }
        }
        Ok(rows)
    }
}
