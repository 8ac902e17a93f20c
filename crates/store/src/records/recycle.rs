//! 回收: what its owner has not worked on for the pool's days goes back, and the owner is told before.
//!
//! Rule: there is no way around the gate for jobs. Each return is decided and recorded like a transfer by hand, in the name
//! of the service account `recycler`, whose role may transfer and see nothing.

use std::collections::HashMap;

use access::engine::{BoundFilter, predicate_of};
use access::path::{Change, Disclosed, Grant, OnRecords, Operation, Refusal, Sealed};
use model::pool::Recycle;
use model::process::PoolFields;
use model::{Action, Caller, Channel, FieldName, ObjectName, ObjectType, Pool, RecordId, StoredRow, UnixMs, UserId};

use super::fetch::broken;
use super::hand::{Along, Hand, Kept};
use super::statements::NewOwner;
use crate::sql::Sql;
use crate::{Store, row};

/// Records taken back in one round of a pool.
const ROUND: usize = 200;
/// Kept as the reason of return.
const REASON: &str = "recycled";

/// Return one record that is due.
pub struct RecycleRecord {
    pub object: ObjectName,
    pub id: RecordId,
    pub pool: String,
}

impl Operation for RecycleRecord {
    const ACTION: Action = Action::Transfer;
}
impl OnRecords for RecycleRecord {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "act": "pool.recycle", "to": "pool", "pool": self.pool })
    }
}

/// The caller's own records that go back soon.
pub struct ListReturning {
    pub object: ObjectName,
    /// The field that names a record.
    pub fields: Vec<FieldName>,
}

impl Operation for ListReturning {
    const ACTION: Action = Action::List;
}
impl OnRecords for ListReturning {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn wanted(&self) -> Option<&[FieldName]> {
        Some(&self.fields)
    }
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "act": "pool.returning" })
    }
}

/// Where and when a record goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returning {
    pub pool: String,
    pub at: UnixMs,
}

/// Which records a rule means.
struct Due<'a> {
    pool: &'a Pool,
    rule: &'a Recycle,
    object: &'a ObjectType,
    fields: &'a PoolFields,
    /// Neither owned nor worked on later than this.
    idle_since: UnixMs,
}

impl Due<'_> {
    fn column(&self, name: &FieldName) -> String {
        let slot = self.object.field(name.as_str()).and_then(|f| f.slot);
        slot.map_or_else(|| "NULL".to_owned(), |s| format!("r.{}", s.column()))
    }
    /// Since when the owner has it.
    fn owned(&self) -> String {
        format!("COALESCE({}, r.created_at)", self.column(&self.fields.owned))
    }
    /// The last work on it; a subselect on the record table as `r`.
    fn worked(&self, sql: &mut Sql) {
        match &self.rule.activity {
            Some(activity) => {
                sql.push("(SELECT MAX(f.created_at) FROM record f WHERE f.customer = r.customer AND f.object = ");
                sql.bind(activity.as_str()).push(")");
            }
            None => drop(sql.push("r.updated_at")),
        }
    }
    fn conditions(&self, sql: &mut Sql, store: &Store, now: UnixMs) -> Result<(), Refusal> {
        sql.push(" WHERE r.object = ").bind(self.object.name.as_str()).push(" AND r.owner IS NOT NULL AND r.pool = 0");
        sql.push(" AND (").push(&self.column(&self.fields.name)).push(" = ").bind(self.pool.name.as_str());
        if self.rule.own_too {
            let company = store.company();
            let members: Vec<UserId> =
                company.users.keys().copied().filter(|u| company.is_member(self.pool, *u)).collect();
            sql.push(" OR (").push(&self.column(&self.fields.name)).push(" IS NULL AND r.owner IN ");
            sql.bind_list(members).push(")");
        }
        sql.push(") AND ").push(&self.owned()).push(" <= ").bind(self.idle_since);
        sql.push(" AND COALESCE(");
        self.worked(sql);
        sql.push(" <= ").bind(self.idle_since).push(", TRUE)");
        if let Some(condition) = &self.rule.spared {
            let predicate = predicate_of(condition, self.object).map_err(|_| Refusal::Damaged)?;
            sql.push(" AND NOT (");
            sql.predicate(&predicate, self.object, now);
            sql.push(")");
        }
        Ok(())
    }
}

impl Store {
    /// Returns what is due, of every pool; gives how many records went back. One that was worked on, or changed hands,
    /// meanwhile stays.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`], [`Refusal::StoreUnavailable`]: what had gone back until then has.
    pub async fn recycle_due(&self, now: UnixMs) -> Result<u64, Refusal> {
        let company = self.company();
        let recycler = company.users.values().find(|u| u.login == model::defaults::RECYCLER).map(|u| u.id);
        let Some(recycler) = recycler else { return Ok(0) };
        let mut returned = 0;
        for pool in &company.pools {
            let Some((_, object)) = company.objects.get(&pool.object) else { continue };
            let Some(due) = due_of(pool, object, now, false) else { continue };
            for id in self.due_ids(&due, now).await? {
                let caller = Caller { user: recycler, ..Self::system_caller(Channel::Job, "recycle", now) };
                let op = RecycleRecord { object: object.name.clone(), id, pool: pool.name.clone() };
                let done = match self.gate.admit(&caller, op).await {
                    Ok(grant) => self.recycle(grant).await.map(|_| ()),
                    Err(refusal) => Err(refusal),
                };
                match done {
                    Ok(()) => returned += 1,
                    Err(e @ (Refusal::AuditUnavailable | Refusal::StoreUnavailable(_))) => return Err(e),
                    Err(error) => tracing::warn!(record.id = %id, %error, "a record did not go back to its pool"),
                }
            }
        }
        Ok(returned)
    }

    async fn due_ids(&self, due: &Due<'_>, now: UnixMs) -> Result<Vec<RecordId>, Refusal> {
        let mut sql = Sql::new(self.db.dialect(), "SELECT r.id FROM record r");
        due.conditions(&mut sql, self, now)?;
        sql.push(" ORDER BY r.id LIMIT ").bind(i64::try_from(ROUND).unwrap_or(i64::MAX));
        self.read(sql.finish()).await?.iter().map(|row| row.record(0).map_err(broken)).collect()
    }

    /// Every record that goes back within the days of reminding, with when: for the house to tell its owner.
    pub(crate) async fn returning_soon(
        &self,
        company: &crate::company::Loaded,
        now: UnixMs,
    ) -> Result<Vec<SoonBack>, Refusal> {
        let mut soon = vec![];
        for pool in &company.pools {
            let Some((_, object)) = company.objects.get(&pool.object) else { continue };
            let Some(due) = due_of(pool, object, now, true) else { continue };
            let mut after: Option<RecordId> = None;
            loop {
                let mut sql = Sql::new(self.db.dialect(), "SELECT ");
                sql.push(&row::select(object)).push(", ").push(&due.owned()).push(", ");
                due.worked(&mut sql);
                sql.push(row::FROM);
                due.conditions(&mut sql, self, now)?;
                if let Some(after) = after {
                    sql.push(" AND r.id > ").bind(after);
                }
                sql.push(" ORDER BY r.id LIMIT ").bind(i64::try_from(ROUND).unwrap_or(i64::MAX));
                let found = self.read(sql.finish()).await?;
                let mut rows = vec![];
                let mut times = vec![];
                for found in &found {
                    rows.push(row::read(found, object, self.seals()).map_err(broken)?);
                    times.push(goes_back(found, due.rule.days)?);
                }
                self.add_members(&mut rows, now).await?;
                after = rows.last().map(|r| r.id);
                soon.push((object.clone(), rows.into_iter().zip(times).collect()));
                if found.len() < ROUND {
                    break;
                }
            }
        }
        Ok(soon)
    }

    /// Returns one record to its pool, if the rule still holds for it.
    ///
    /// # Errors
    /// As [`Store::transfer`]; [`Refusal::Conflict`] when it is no longer due.
    pub async fn recycle(&self, grant: Grant<RecycleRecord>) -> Result<Disclosed<RecordId>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let still = match grant.object_type().cloned() {
            // What waits for an approval stays until that is over.
            Ok(object) => self.unless_waiting(&object, &row, grant.now()).await.map_err(|_| Refusal::Conflict),
            Err(refusal) => Err(refusal),
        };
        if let Err(refusal) = still {
            return Err(grant.refuse(refusal).await);
        }
        match self.due_row(&grant, &row) {
            Ok((to, first, days)) => {
                let tells = vec![("days", serde_json::json!(days))];
                self.hand(grant, Hand { row, to, along: Along::Owner, first, tells }).await
            }
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    fn due_row(&self, grant: &Grant<RecycleRecord>, row: &StoredRow) -> Result<(NewOwner, Vec<Change>, u32), Refusal> {
        let object = grant.object_type()?.clone();
        let company = self.company();
        let (op, now) = (grant.operation(), grant.now());
        let pool = company.pool(&object.name, &op.pool).ok_or(Refusal::Conflict)?;
        let due = due_of(pool, &object, now, false).ok_or(Refusal::Conflict)?;
        // The rule is asked again in the unit itself.
        let mut sql = Sql::new(self.db.dialect(), "UPDATE record SET version = version WHERE id = ");
        sql.bind(row.id).push(" AND id IN (SELECT r.id FROM record r");
        due.conditions(&mut sql, self, now)?;
        sql.push(" AND r.id = ").bind(row.id).push(")");
        let still = sql.finish();
        let kept = Kept(Some(due.fields)).returned(Some(&pool.name), row.owner, Some(REASON), now);
        let to = NewOwner { owner: None, department: row.department, pool: true, at: now, kept };
        Ok((to, vec![Change::new(still.sql, still.params).expecting(1)], due.rule.days))
    }

    /// The caller's own records that go back within the days of reminding, soonest first.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], recorded.
    pub async fn returning(
        &self,
        grant: Grant<ListReturning>,
    ) -> Result<(Sealed<ListReturning>, HashMap<RecordId, Returning>), Refusal> {
        match self.returning_rows(&grant).await {
            Ok((rows, times)) => Ok((grant.seal(rows), times)),
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    async fn returning_rows(
        &self,
        grant: &Grant<ListReturning>,
    ) -> Result<(Vec<StoredRow>, HashMap<RecordId, Returning>), Refusal> {
        let object = grant.object_type()?.clone();
        let (company, now) = (self.company(), grant.now());
        let filters: Vec<BoundFilter> = grant.filters().into_iter().cloned().collect();
        let mut times = HashMap::new();
        let mut rows = vec![];
        for pool in company.pools.iter().filter(|p| p.object == object.name) {
            let Some(due) = due_of(pool, &object, now, true) else { continue };
            let mut sql = Sql::new(self.db.dialect(), "SELECT ");
            sql.push(&row::select(&object)).push(", ").push(&due.owned()).push(", ");
            due.worked(&mut sql);
            sql.push(row::FROM);
            due.conditions(&mut sql, self, now)?;
            sql.push(" AND r.owner = ").bind(grant.caller().user);
            sql.and_filters(&filters, &object, now);
            sql.push(" ORDER BY r.id LIMIT ").bind(i64::try_from(ROUND).unwrap_or(i64::MAX));
            for found in self.read(sql.finish()).await? {
                let stored = row::read(&found, &object, self.seals()).map_err(broken)?;
                let at = goes_back(&found, due.rule.days)?;
                times.entry(stored.id).or_insert(Returning { pool: pool.name.clone(), at });
                rows.push(stored);
            }
        }
        rows.sort_by_key(|r| (times.get(&r.id).map(|t| t.at), r.id));
        rows.dedup_by_key(|r| r.id);
        self.add_members(&mut rows, now).await?;
        Ok((rows, times))
    }
}

/// Records of one object type that go back, and when.
pub(crate) type SoonBack = (std::sync::Arc<ObjectType>, Vec<(StoredRow, UnixMs)>);

/// When a row goes back that has since when it is owned, and the last work on it, in its last columns.
fn goes_back(found: &crate::Row, days: u32) -> Result<UnixMs, Refusal> {
    let last = found.0.len();
    let owned = found.int(last.saturating_sub(2)).map_err(broken)?;
    let worked = found.opt_int(last.saturating_sub(1)).map_err(broken)?;
    Ok(UnixMs(worked.map_or(owned, |w| w.max(owned))).plus_days(i64::from(days)))
}

fn due_of<'a>(pool: &'a Pool, object: &'a ObjectType, now: UnixMs, soon: bool) -> Option<Due<'a>> {
    let rule = pool.recycle.as_ref()?;
    let fields = object.process()?.pool.as_ref()?;
    let days = if soon { rule.days.saturating_sub(rule.remind_days) } else { rule.days };
    Some(Due { pool, rule, object, fields, idle_since: now.plus_days(-i64::from(days)) })
}
