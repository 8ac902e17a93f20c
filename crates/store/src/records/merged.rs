//! What became of records that were merged into others: a row for each, sealed and never changed.
//!
//! But by taking the merge back: then another row keeps from when to when it was part of the other.
//!
//! Rule: who may see what it became is told that its id leads there; to anybody else there is nothing. Looks at the record stay
//! under its own id and key; whoever asks who saw what it became is answered about both.

use access::path::{Change, Grant, OnRecords, Param, Refusal, Seals};
use model::{ObjectName, ObjectType, RecordId, UnixMs};

use super::fetch::broken;
use crate::proof::tables::{MERGED, PARTED};
use crate::sql::Sql;
use crate::{Query, Store};

/// Steps from a record to what it became; one that was merged into one that was merged, and so on.
const MOST_STEPS: usize = 64;

/// A time in which a record was part of another: looks at that one were looks at it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PartOf {
    pub record: RecordId,
    pub from: UnixMs,
    pub to: UnixMs,
}

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

    /// The records that a record was part of, until the merge was taken back; the newest first.
    pub(crate) async fn was_part_of(&self, record: RecordId) -> Result<Vec<PartOf>, Refusal> {
        let query = Query::new(PARTED.select("record = ?1 ORDER BY merged_at DESC"), vec![record.into()]);
        let mut found = vec![];
        for row in self.read(query).await? {
            if !PARTED.is_sealed(self.seals(), &row) {
                tracing::error!("when a record was part of another was altered beside the program");
                return Err(Refusal::Damaged);
            }
            let read = || Ok(PartOf { record: row.record(3)?, from: row.time(1)?, to: row.time(5)? });
            found.push(read().map_err(broken)?);
        }
        Ok(found)
    }

    /// A customer, all that are part of it, and those that any of them was part of once: under one of them stands whatever was done to
    /// a record of theirs.
    pub(crate) async fn ever_with(&self, customer: RecordId) -> Result<Vec<RecordId>, Refusal> {
        let mut all = self.with_merged(customer).await?;
        let mut at = 0;
        while let Some(one) = all.get(at).copied().filter(|_| at < MOST_STEPS) {
            for part in self.was_part_of(one).await? {
                if !all.contains(&part.record) {
                    all.push(part.record);
                }
            }
            at += 1;
        }
        Ok(all)
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
