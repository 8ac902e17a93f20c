//! What became of records that were merged into others: a row for each, sealed, never changed and never taken away.
//!
//! Rule: who may see what it became is told that its id leads there; to anybody else there is nothing. Looks at the record stay
//! under its own id and key; whoever asks who saw what it became is answered about both.

use access::path::{Change, Grant, OnRecords, Param, Refusal, Seals};
use model::{ObjectName, ObjectType, RecordId, UnixMs};

use super::fetch::broken;
use crate::proof::tables::MERGED;
use crate::sql::Sql;
use crate::{Query, Store};

/// Steps from a record to what it became; one that was merged into one that was merged, and so on.
const MOST_STEPS: usize = 64;

/// The statement that keeps what became of a record.
pub(super) fn insert(record: RecordId, object: &ObjectName, survivor: RecordId, at: UnixMs, seals: &Seals) -> Change {
    let mut params: Vec<Param> = vec![record.into(), object.as_str().into(), survivor.into(), at.into()];
    params.push(seals.row(MERGED.name, &params).to_vec().into());
    Change::new("INSERT INTO merged (record, object, survivor, merged_at, seal) VALUES (?1, ?2, ?3, ?4, ?5)", params)
}

impl Store {
    /// What a record became in the end, if it was merged.
    async fn merged_into(&self, object: &ObjectName, record: RecordId) -> Result<Option<RecordId>, Refusal> {
        let mut at = record;
        for _ in 0..MOST_STEPS {
            let query =
                Query::point(MERGED.select("record = ?1 AND object = ?2"), vec![at.into(), object.as_str().into()]);
            let rows = self.read(query).await?;
            // One that was altered beside the program leads nowhere.
            let Some(row) = rows.first().filter(|row| MERGED.is_sealed(self.seals(), row)) else { break };
            at = row.record(2).map_err(broken)?;
        }
        Ok((at != record).then_some(at))
    }

    /// How a record that is not there for the caller is answered: by what it became, if they may view that.
    pub(super) async fn not_there<O: OnRecords>(&self, grant: &Grant<O>, object: &ObjectType, id: RecordId) -> Refusal {
        let found = async {
            let Some(survivor) = self.merged_into(&object.name, id).await? else { return Ok(None) };
            let filters = grant.filters_for(model::Action::View, &object.name);
            let seen = self.fetch(object, survivor, &filters, grant.now()).await?;
            Ok::<_, Refusal>(seen.map(|row| row.id))
        };
        match found.await {
            Ok(Some(survivor)) => Refusal::Barred { code: "merged", reason: survivor.to_string() },
            Ok(None) => Refusal::NotFound,
            Err(refusal) => refusal,
        }
    }

    /// A record and all that were merged into it, at once or by way of others.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when one of them was altered beside the program: what is theirs must not be left behind.
    pub(crate) async fn with_merged(&self, record: RecordId) -> Result<Vec<RecordId>, Refusal> {
        let mut all = vec![record];
        let mut last = vec![record];
        for _ in 0..MOST_STEPS {
            let mut sql = Sql::new(self.db.dialect(), &MERGED.select("survivor IN "));
            sql.bind_list(last.iter().copied()).push(" ORDER BY record");
            let rows = self.read(sql.finish_point()).await?;
            if rows.is_empty() {
                break;
            }
            last.clear();
            for row in &rows {
                if !MERGED.is_sealed(self.seals(), row) {
                    tracing::error!("what became of a merged record was altered beside the program");
                    return Err(Refusal::Damaged);
                }
                last.push(row.record(0).map_err(broken)?);
            }
            all.extend(last.iter().copied());
        }
        Ok(all)
    }
}
