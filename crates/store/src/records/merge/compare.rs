//! What a merge would do, told before it is done: the records side by side, which fields are the caller's to choose, and what
//! goes along, as far as the caller may list it.
//!
//! Rule: it is a look at each of the records, and recorded as one. Who may not merge one of them is refused like a merge.

use std::collections::BTreeMap;

use access::path::{Grant, OnRecords, Operation, Refusal, Sealed, may_choose};
use model::{Action, FieldLevel, FieldName, ObjectName, RecordId, StoredRow};
use serde_json::json;

use super::check_ids;
use crate::Store;

/// Compare records that are to be merged.
pub struct CompareRecords {
    pub object: ObjectName,
    pub into: RecordId,
    pub from: Vec<RecordId>,
}

impl Operation for CompareRecords {
    const ACTION: Action = Action::View;
}
impl OnRecords for CompareRecords {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "merge.compare" })
    }
}

/// What a merge would do.
pub struct Compared {
    /// The survivor first, then the others as asked for.
    pub sealed: Sealed<CompareRecords>,
    /// Fields that are the caller's to choose.
    pub choosable: Vec<FieldName>,
    /// Records of each type that go along, of those that the caller may list.
    pub along: BTreeMap<ObjectName, u64>,
}

impl Store {
    /// Compares records that are to be merged.
    ///
    /// # Errors
    /// As [`Store::merge`]; recorded.
    pub async fn compare_records(&self, grant: Grant<CompareRecords>) -> Result<Compared, Refusal> {
        match self.compared(&grant).await {
            Ok((rows, choosable, along)) => Ok(Compared { sealed: grant.seal(rows), choosable, along }),
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    async fn compared(
        &self,
        grant: &Grant<CompareRecords>,
    ) -> Result<(Vec<StoredRow>, Vec<FieldName>, BTreeMap<ObjectName, u64>), Refusal> {
        let op = grant.operation();
        check_ids(op.into, &op.from)?;
        let object = grant.object_type()?.clone();
        let mut rows = vec![];
        for id in std::iter::once(&op.into).chain(&op.from) {
            let row = self.fetch(&object, *id, grant.filters(), grant.now()).await?.ok_or(Refusal::NotFound)?;
            rows.push(row);
        }
        for row in &rows {
            grant.right_on(Action::Merge, &object.name, row)?;
        }
        let Some((into, others)) = rows.split_first() else { return Err(Refusal::NotFound) };
        self.check_mergeable(&object, into, others, grant.now()).await?;
        let levels: Vec<Vec<FieldLevel>> = rows.iter().map(|row| grant.levels_on(row)).collect();
        let mut choosable = vec![];
        for (at, def) in object.fields.iter().enumerate() {
            let of: Vec<FieldLevel> = levels.iter().filter_map(|l| l.get(at).copied()).collect();
            if may_choose(&object, def, &of) {
                choosable.push(def.name.clone());
            }
        }
        let mut along: BTreeMap<ObjectName, u64> = BTreeMap::new();
        for follower in self.followers(grant, &object, into, &op.from).await? {
            let mut rows = vec![follower.row];
            self.add_members(&mut rows, grant.now()).await?;
            let filters = grant.filters_for(Action::List, &follower.object.name);
            if rows.iter().all(|row| filters.iter().all(|f| f.allows(row))) {
                *along.entry(follower.object.name.clone()).or_insert(0) += 1;
            }
        }
        Ok((rows, choosable, along))
    }
}
