//! Merge records 合并: two to five records of one type become one of them, in one act and one unit.
//!
//! Rule: the caller may merge each of the records, by itself. Fields go by `access::path::write::blend`. Everything that hangs on
//! the others hangs on the survivor afterwards, whether the caller sees it or not, for it is the same customer's: records that
//! are theirs (sealed anew under the survivor's key), references of every type, parts in them, requests, outside keys of imports.
//! The others are deleted; their ids lead to the survivor ([`super::merged`]), and their data keys stay for as long as the
//! survivor's, so that looks at them stay provable; an erasure of the survivor destroys all of them. For some days the merge can be
//! taken back ([`undo`]): what was before is kept in the same unit ([`keep`]).

mod along;
mod compare;
mod keep;
mod undo;

use access::path::{Change, Choose, Disclosed, Grant, OnRecords, Operation, Refusal, Values};
use model::{Action, ObjectName, ObjectType, RecordId, StoredRow, UnixMs};
use serde_json::json;

pub use compare::{CompareRecords, Compared};
pub use keep::UNDO_DAYS as UNDO_MERGE_DAYS;
pub use undo::{CompareUndo, ComparedUndo, UndoMerge, UndoneMerge};

use super::{merged, stages, statements};
use crate::Store;
use crate::company::barred;
use crate::hold::check_reason;

/// Records of one merge, the survivor among them.
pub const MOST_MERGED: usize = 5;

/// Merge records, if each still has the version that the caller saw.
pub struct MergeRecords {
    pub object: ObjectName,
    /// Which of them stays.
    pub into: RecordId,
    pub version: i64,
    /// The others, with their versions.
    pub from: Vec<(RecordId, i64)>,
    pub choose: Choose,
    pub reason: String,
}

impl Operation for MergeRecords {
    const ACTION: Action = Action::Merge;
}
impl OnRecords for MergeRecords {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.into)
    }
    fn detail(&self) -> serde_json::Value {
        let from: Vec<RecordId> = self.from.iter().map(|(id, _)| *id).collect();
        json!({ "act": "merge", "into": self.into, "from": from, "reason": self.reason })
    }
    /// A reason that was refused may be anything.
    fn refused_detail(&self) -> serde_json::Value {
        json!({ "act": "merge", "records": self.from.len() + 1 })
    }
}

impl Store {
    /// Merges records; gives the survivor.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `customers_differ`, `closed`, `approval_waits`, `legal_hold` or `merge_too_large`; [`Refusal::Invalid`] with
    /// `not_choosable` and others; [`Refusal::NotFound`] and [`Refusal::ForbiddenOnRecord`] for any of the records;
    /// [`Refusal::Conflict`] when one of them has changed. All recorded; nothing was changed.
    pub async fn merge(&self, grant: Grant<MergeRecords>) -> Result<Disclosed<RecordId>, Refusal> {
        if let Err(refusal) = check_asked(grant.operation()) {
            return Err(grant.refuse(refusal).await);
        }
        let (mut grant, row) = self.fetch_for_act(grant).await?;
        grant = grant.permit(&row).await?;
        let ids: Vec<RecordId> = grant.operation().from.iter().map(|(id, _)| *id).collect();
        let others = match self.others(&grant, &ids).await {
            Ok(others) => others,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        for other in &others {
            grant = grant.permit(other).await?;
        }
        let found = async {
            let object = grant.object_type()?.clone();
            self.check_mergeable(&object, &row, &others, grant.now()).await?;
            let choice = clear_choice(&object, &others, &grant.operation().choose);
            let files = self.files_for_stage(&grant, &object, &row, &choice).await?;
            stages::check(&object, Some(&row), &choice, &files)?;
            self.approval_of_change(&object, &row, &choice, grant.now()).await?;
            Ok((self.along(&grant, &object, &row, &ids).await?, object))
        };
        let (along, object) = match found.await {
            Ok(found) => found,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let (at, op) = (grant.now(), grant.operation());
        let mut changes = vec![statements::unless_seen(&row, op.version)];
        for (other, (_, seen)) in others.iter().zip(&op.from) {
            changes.push(statements::unless_seen(other, *seen));
            changes.push(Change::new("DELETE FROM record WHERE id = ?1", vec![other.id.into()]).expecting(1));
            // Before the survivor takes over a value that no two may have.
            for table in ["blind", "taken"] {
                let sql = format!("DELETE FROM {table} WHERE record = ?1");
                changes.push(Change::new(sql, vec![other.id.into()]));
            }
            changes.push(merged::insert(other.id, &object.name, row.id, at, self.seals()));
        }
        let choose = op.choose.clone();
        let (mut write, replaced) = grant.blend(&row, &others, &choose).await?;
        changes.extend(statements::update(&object, &row, &write.places, at));
        let kept = self.keep(&mut write, (&row, &others), &replaced, &along);
        let carried = kept.and_then(|kept| Ok((kept, self.carry_along(&mut write, along, (&others, &row), at)?)));
        match carried {
            Ok((kept, more)) => changes.extend(kept.into_iter().chain(more)),
            Err(refusal) => return Err(write.refuse(refusal).await),
        }
        changes.extend(nothing_left(&ids));
        write.commit(changes).await
    }

    /// The other records, each as the caller may know it, in the order asked for.
    async fn others(&self, grant: &Grant<MergeRecords>, ids: &[RecordId]) -> Result<Vec<StoredRow>, Refusal> {
        let object = grant.object_type()?.clone();
        let act: Vec<_> = grant.filters().into_iter().cloned().collect();
        let view = grant.filters_for(Action::View, &object.name);
        let mut found = vec![];
        for id in ids {
            let row = match self.fetch(&object, *id, &act, grant.now()).await? {
                Some(row) => row,
                None => self.fetch(&object, *id, &view, grant.now()).await?.ok_or(Refusal::NotFound)?,
            };
            found.push(row);
        }
        Ok(found)
    }

    /// What stands against merging these, whoever asks.
    async fn check_mergeable(
        &self,
        object: &ObjectType,
        row: &StoredRow,
        others: &[StoredRow],
        now: UnixMs,
    ) -> Result<(), Refusal> {
        let own = row.customer == row.id;
        if others.iter().any(|o| if own { o.customer != o.id } else { o.customer != row.customer }) {
            return Err(barred("customers_differ", "they belong to different customers; merge those first"));
        }
        if let Some(convert) = object.process().and_then(|p| p.convert.as_ref())
            && others.iter().any(|o| o.clear.contains_key(&convert.made))
        {
            return Err(barred("closed", "one that was converted stays; merge the others into it"));
        }
        for one in others.iter().chain([row]) {
            // What others decide about stands still.
            self.unless_waiting(object, one, now).await?;
        }
        for other in others {
            if self.is_held(other.customer).await? {
                return Err(barred("legal_hold", "a legal hold stands on the data of one of them"));
            }
        }
        Ok(())
    }
}

fn check_asked(op: &MergeRecords) -> Result<(), Refusal> {
    let ids: Vec<RecordId> = op.from.iter().map(|(id, _)| *id).collect();
    check_ids(op.into, &ids)?;
    check_reason(&op.reason)
}

/// Two to five, each once.
fn check_ids(into: RecordId, from: &[RecordId]) -> Result<(), Refusal> {
    let mut all: Vec<RecordId> = from.to_vec();
    all.push(into);
    all.sort();
    all.dedup();
    if all.len() != from.len() + 1 || !(2..=MOST_MERGED).contains(&all.len()) {
        let reason = format!("2 to {MOST_MERGED} records are merged, each named once");
        return Err(Refusal::invalid("ids", "invalid_value", reason));
    }
    Ok(())
}

/// What is chosen of clear fields: processes ask for it.
fn clear_choice(object: &ObjectType, others: &[StoredRow], choose: &Choose) -> Values {
    let mut values = Values::new();
    for (name, id) in choose {
        let clear = object.field(name.as_str()).is_some_and(|f| f.slot.is_some());
        if let (true, Some(other)) = (clear, others.iter().find(|o| o.id == *id)) {
            values.insert(name.clone(), other.clear.get(name).cloned());
        }
    }
    values
}

/// Fails the unit when something came to one of the others meanwhile: the whole is tried again by whoever asked.
fn nothing_left(ids: &[RecordId]) -> Vec<Change> {
    let mut changes = vec![];
    for id in ids {
        for (table, column, same) in [("record", "customer", "version"), ("member", "record", "level")] {
            let sql = format!("UPDATE {table} SET {same} = {same} WHERE {column} = ?1");
            changes.push(Change::new(sql, vec![(*id).into()]).expecting(0));
        }
    }
    changes
}
