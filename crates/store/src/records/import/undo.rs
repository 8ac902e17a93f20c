//! Undoing an import 撤销导入: what it made, and nobody has touched since, is taken away again, chunk by chunk.
//!
//! Rule: undone by who imported, within [`UNDO_DAYS`] days, as long as they may import; a record that was changed, shared, put
//! under legal hold, or that others belong to by now stays, and the answer says which and why. What the import changed of
//! records that were there before is not undone: the file had won over what stood there, and that is nowhere any more.

use access::path::{Change, Disclosed, Grant, OnRecords, Operation, Refusal};
use model::{Action, JobId, ObjectName, RecordId};

use super::past::UNDO_DAYS;
use crate::records::fetch::broken;
use crate::records::statements;
use crate::sql::Sql;
use crate::{Store, row};

/// Records of one chunk: of one transaction and one event.
const CHUNK: usize = 500;

/// A chunk of undoing an import.
#[derive(Debug, Clone)]
pub struct UndoImport {
    pub object: ObjectName,
    pub job: JobId,
    /// The last record of the chunk before.
    pub after: Option<RecordId>,
}

impl Operation for UndoImport {
    const ACTION: Action = Action::Import;
}
impl OnRecords for UndoImport {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "undo": self.job, "after": self.after })
    }
}

/// Why a record stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Changed, handed over or claimed since.
    Changed,
    /// Other records belong to it.
    HasRelated,
    /// Somebody was given a share.
    Shared,
    LegalHold,
    /// The caller may not write it any more.
    NotPermitted,
}

/// A record that stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stays {
    pub id: RecordId,
    pub why: Why,
}

/// What became of a chunk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Undone {
    pub removed: u64,
    /// Only those that the caller may view; the others are counted.
    pub kept: Vec<Stays>,
    pub kept_count: u64,
    /// Where the next chunk begins; `None` when this was the last.
    pub next: Option<RecordId>,
}

impl Store {
    /// Undoes a chunk. Records of somebody else's import, or of one that is too old, are as if there were none.
    ///
    /// # Errors
    /// What concerns the chunk as a whole, recorded; [`Refusal::Conflict`] when somebody changed one of its records in the same
    /// moment: nothing of the chunk was taken away, and it may be asked again.
    pub async fn undo_import(&self, grant: Grant<UndoImport>) -> Result<Disclosed<Undone>, Refusal> {
        let found = match self.undo_rows(&grant).await {
            Ok(found) => found,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let view = grant.filters_for(Action::View, grant.operation().object());
        let mut undone = Undone { next: found.next, ..Undone::default() };
        let mut batch = grant.batch();
        let mut changes = vec![];
        for (stored, mut why) in found.rows {
            if why.is_none() && batch.remove(&stored).is_err() {
                why = Some(Why::NotPermitted);
            }
            let Some(why) = why else {
                undone.removed += 1;
                changes.extend(removal(stored.id, stored.version));
                continue;
            };
            undone.kept_count += 1;
            if view.iter().all(|f| f.allows(&stored)) {
                undone.kept.push(Stays { id: stored.id, why });
            }
        }
        batch.tells("removed", undone.removed.into());
        batch.tells("kept", undone.kept_count.into());
        let done = batch.commit(changes).await?;
        Ok(done.map(|_| undone))
    }

    async fn undo_rows(&self, grant: &Grant<UndoImport>) -> Result<Found, Refusal> {
        let op = grant.operation();
        let object = grant.object_type()?.clone();
        let since = grant.now().plus_days(-UNDO_DAYS);
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(&row::select(&object));
        sql.push(", (SELECT COUNT(*) FROM attachment a WHERE a.record = r.id)");
        sql.push(", (SELECT COUNT(*) FROM record x WHERE x.customer = r.id AND x.id <> r.id)");
        sql.push(", (SELECT COUNT(*) FROM member m WHERE m.record = r.id)");
        sql.push(", (SELECT COUNT(*) FROM legal_hold h WHERE h.customer = r.customer AND h.released_at IS NULL)");
        sql.push(" FROM imported i JOIN record r ON r.id = i.record LEFT JOIN data_key k ON k.customer = r.customer");
        sql.push(" WHERE i.job = ")
            .bind(op.job.as_bytes().to_vec())
            .push(" AND i.object = ")
            .bind(object.name.as_str());
        sql.push(" AND r.created_by = ").bind(grant.caller().user).push(" AND r.created_at >= ").bind(since);
        if let Some(after) = op.after {
            sql.push(" AND i.record > ").bind(after);
        }
        sql.push(" ORDER BY i.record LIMIT ").bind(i64::try_from(CHUNK).unwrap_or(i64::MAX));
        let found = self.read(sql.finish()).await?;
        let (mut rows, mut whys) = (Vec::with_capacity(found.len()), Vec::with_capacity(found.len()));
        for r in &found {
            let stored = row::read(r, &object, self.seals()).map_err(broken)?;
            let last = r.0.len();
            let count = |back: usize| r.int(last.saturating_sub(back)).map_err(broken);
            let why = if stored.version > 1 || count(4)? > 0 {
                Some(Why::Changed)
            } else if count(3)? > 0 {
                Some(Why::HasRelated)
            } else if count(2)? > 0 {
                Some(Why::Shared)
            } else if count(1)? > 0 {
                Some(Why::LegalHold)
            } else {
                None
            };
            rows.push(stored);
            whys.push(why);
        }
        self.add_members(&mut rows, grant.now()).await?;
        let next = if rows.len() < CHUNK { None } else { rows.last().map(|stored| stored.id) };
        Ok(Found { rows: rows.into_iter().zip(whys).collect(), next })
    }
}

/// Records of a chunk, each with why it stays.
struct Found {
    rows: Vec<(model::StoredRow, Option<Why>)>,
    next: Option<RecordId>,
}

/// Everything that was asked is asked again in the unit itself: what changed meanwhile fails the chunk.
fn removal(id: RecordId, version: i64) -> Vec<Change> {
    let mut changes = vec![
        Change::new(
            "DELETE FROM record WHERE id = ?1 AND version = ?2 \
             AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.customer = record.customer AND h.released_at IS NULL) \
             AND NOT EXISTS (SELECT 1 FROM member m WHERE m.record = ?1) \
             AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.record = ?1) \
             AND NOT EXISTS (SELECT 1 FROM record x WHERE x.customer = ?1 AND x.id <> ?1)",
            vec![id.into(), version.into()],
        )
        .expecting(1),
    ];
    changes.extend(statements::remove(id));
    changes
}
