//! Duplicates as a job 查重任务: every record of a type that its owner may list, compared with all there are.
//!
//! Rule: the same comparison as on entry (`records::duplicates`). Of a record that the owner may see its id is kept; of any other only that
//! it is there, in a pool, or somebody's. Ids that are kept are shown only while they may still be seen.

use std::collections::BTreeSet;

use access::path::{Disclosed, Grant, OnRecords, Operation, Refusal};
use model::{Action, Caller, FieldName, JobId, ObjectName, RecordId, StoredRow};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::apart::pair;
use super::{Job, JobKind, JobState, JobView};
use crate::proof::tables::APART;
use crate::records::broken;
use crate::sql::Sql;
use crate::{Store, row};

/// Records of one step.
const STEP: i64 = 100;
/// Groups that are kept, and records of a group.
const MOST_GROUPS: usize = 500;
const MOST_OF_GROUP: usize = 20;

/// Records that are alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// In what they are alike.
    pub fields: Vec<FieldName>,
    /// Those that the owner may see.
    pub ids: Vec<RecordId>,
    /// Of others, what may be told: `pool`, `other`, `exists`.
    pub hidden: BTreeSet<String>,
}

/// The groups of a scan, as far as they may be seen now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Groups {
    pub job: JobView,
    pub groups: Vec<Group>,
}

/// One step of a scan.
struct ScanStep {
    object: ObjectName,
    job: JobId,
}

impl Operation for ScanStep {
    const ACTION: Action = Action::List;
}
impl OnRecords for ScanStep {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "job.step", "job": self.job })
    }
}

/// What a scan of one's own found.
pub struct ShowGroups {
    pub object: ObjectName,
    pub job: JobId,
}

impl Operation for ShowGroups {
    const ACTION: Action = Action::List;
}
impl OnRecords for ShowGroups {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "job.groups", "job": self.job })
    }
}

impl Store {
    /// What a scan found, of what the caller may still list and nobody said is not the same.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not the caller's; recorded.
    pub async fn show_groups(&self, grant: Grant<ShowGroups>) -> Result<Disclosed<Groups>, Refusal> {
        let found = async {
            let job = self.own_job(grant.caller().user, grant.operation().job).await?;
            let object = grant.object_type()?.clone();
            if job.kind != JobKind::Scan || job.object != object.name {
                return Err(Refusal::NotFound);
            }
            let ids: BTreeSet<RecordId> = job.found.groups.iter().flat_map(|g| g.ids.iter().copied()).collect();
            let ids: Vec<RecordId> = ids.into_iter().collect();
            let mut rows = self.listed(&grant, &ids).await?;
            let apart = self.kept_apart(&ids).await?;
            let there: BTreeSet<RecordId> = rows.iter().map(|r| r.id).collect();
            let mut groups = vec![];
            for group in &job.found.groups {
                let mut group = group.clone();
                group.ids.retain(|id| there.contains(id));
                // A record that was told apart from all others of the group is none of it.
                let all = group.ids.clone();
                let alike = |id: &RecordId| all.iter().any(|o| o != id && !apart.contains(&pair(*id, *o)));
                group.ids.retain(|id| alike(id) || (all.len() == 1 && !group.hidden.is_empty()));
                if group.ids.len() > 1 || (group.ids.len() == 1 && !group.hidden.is_empty()) {
                    groups.push(group);
                }
            }
            let shown: BTreeSet<RecordId> = groups.iter().flat_map(|g| g.ids.iter().copied()).collect();
            rows.retain(|row| shown.contains(&row.id));
            Ok((rows, Groups { job: job.view(), groups }))
        };
        match found.await {
            Ok((rows, groups)) => grant.answer_about_all(&rows, groups).await,
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    /// Pairs among these records that are not the same.
    async fn kept_apart(&self, ids: &[RecordId]) -> Result<BTreeSet<(RecordId, RecordId)>, Refusal> {
        let mut pairs = BTreeSet::new();
        for part in ids.chunks(500) {
            let mut sql = Sql::new(self.db.dialect(), &APART.select("one IN "));
            sql.bind_list(part.iter().copied());
            for row in self.read(sql.finish_point()).await? {
                if APART.is_sealed(self.seals(), &row) {
                    pairs.insert((row.record(0).map_err(broken)?, row.record(1).map_err(broken)?));
                }
            }
        }
        Ok(pairs)
    }

    /// Looks at the next records; tells whether they were the last.
    pub(super) async fn scan_step(&self, caller: &Caller, job: &mut Job) -> Result<bool, Refusal> {
        debug_assert_eq!(job.state, JobState::Running);
        let op = ScanStep { object: job.object.clone(), job: job.id };
        let grant = self.gate.admit(caller, op).await?;
        match self.scanned(&grant, job).await {
            Ok((rows, last)) => {
                grant.answer_about_all(&rows, ()).await?;
                Ok(last)
            }
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    async fn scanned(&self, grant: &Grant<ScanStep>, job: &mut Job) -> Result<(Vec<StoredRow>, bool), Refusal> {
        let object = grant.object_type()?.clone();
        let part = grant.part(&object.name)?;
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(&row::select(&object)).push(row::FROM).push(" WHERE r.object = ").bind(object.name.as_str());
        sql.and_filters(grant.filters(), &object, grant.now());
        if let Some(after) = job.found.after {
            sql.push(" AND r.id > ").bind(after);
        }
        sql.push(" ORDER BY r.id LIMIT ").bind(STEP);
        let found = self.read(sql.finish()).await?;
        let last = i64::try_from(found.len()).unwrap_or(0) < STEP;
        let mut rows = vec![];
        for found in &found {
            rows.push(row::read(found, &object, self.seals()).map_err(broken)?);
        }
        let mut told: Vec<StoredRow> = vec![];
        for row in &rows {
            let alike = self.alike(&part, &object, row, grant.now()).await?;
            for (field, others) in alike {
                let (seen, hidden): (Vec<&StoredRow>, Vec<&StoredRow>) =
                    others.iter().partition(|other| part.sees(other));
                let hidden: BTreeSet<String> = hidden.into_iter().map(|o| whose(o).to_owned()).collect();
                // A group is told of by the first of its records.
                if seen.is_empty() && hidden.is_empty() || seen.iter().any(|other| other.id < row.id) {
                    continue;
                }
                let mut ids: Vec<RecordId> = std::iter::once(row.id).chain(seen.iter().map(|o| o.id)).collect();
                ids.sort();
                ids.truncate(MOST_OF_GROUP);
                told.extend(others.iter().cloned());
                told.push(row.clone());
                put(job, field, ids, hidden);
            }
        }
        if let Some(row) = rows.last() {
            job.found.after = Some(row.id);
        }
        job.done = job.done.saturating_add(i64::try_from(rows.len()).unwrap_or(0));
        job.total = job.total.max(job.done);
        told.sort_by_key(|row| row.id);
        told.dedup_by_key(|row| row.id);
        Ok((told, last))
    }
}

fn whose(row: &StoredRow) -> &'static str {
    if row.pool {
        "pool"
    } else if row.owner.is_some() {
        "other"
    } else {
        "exists"
    }
}

/// The same records alike in another field too are one group.
fn put(job: &mut Job, field: FieldName, ids: Vec<RecordId>, hidden: BTreeSet<String>) {
    if let Some(group) = job.found.groups.iter_mut().find(|g| g.ids == ids) {
        if !group.fields.contains(&field) {
            group.fields.push(field);
        }
        group.hidden.extend(hidden);
        return;
    }
    if job.found.groups.len() >= MOST_GROUPS {
        job.found.cut = true;
        return;
    }
    job.found.groups.push(Group { fields: vec![field], ids, hidden });
}
