//! Claim a record from a public pool 领取, within the pool's rules.
//!
//! Rule: each rule is asked before, so that the refusal names it, and those that count are asked again in the unit that
//! claims, behind a lock on the claimer's own row: two claims at once do not both fit under a limit that takes one.

use access::engine::predicate_of;
use access::path::{Change, Disclosed, Grant, OnRecords, Operation, Refusal};
use model::process::PoolFields;
use model::{Action, ObjectName, ObjectType, Pool, RecordId, StoredRow, UnixMs, UserId, Value};

use super::fetch::broken;
use super::hand::{Along, Hand, Kept};
use super::statements::NewOwner;
use crate::Store;
use crate::company::barred;
use crate::sql::Sql;

const HOUR_MS: i64 = 3_600_000;

/// Take one record out of the pool it waits in.
pub struct ClaimRecord {
    pub object: ObjectName,
    pub id: RecordId,
}

impl Operation for ClaimRecord {
    const ACTION: Action = Action::Claim;
}
impl OnRecords for ClaimRecord {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
}

/// How much of a pool's limits somebody has used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Used {
    pub claimed_today: u64,
    pub holding: u64,
}

impl Store {
    /// Claims a record.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `no_pool`, `pool_not_member`, `pool_former_owner`, `pool_too_new`, `pool_daily_limit` or
    /// `pool_holding_limit`; [`Refusal::Conflict`] when somebody else was first; [`Refusal::NotFound`]; all recorded.
    pub async fn claim(&self, grant: Grant<ClaimRecord>) -> Result<Disclosed<RecordId>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        // Rights before rules: who may not claim learns nothing of the pool.
        let grant = grant.permit(&row).await?;
        match self.claimable(&grant, &row).await {
            Ok((to, first, pool)) => {
                let tells = vec![("pool", serde_json::json!(pool))];
                self.hand(grant, Hand { row, to, along: Along::Unowned, first, tells }).await
            }
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    async fn claimable(
        &self,
        grant: &Grant<ClaimRecord>,
        row: &StoredRow,
    ) -> Result<(NewOwner, Vec<Change>, String), Refusal> {
        let object = grant.object_type()?.clone();
        let company = self.company();
        let none = || barred("no_pool", "no pool is set up for this object");
        let fields = object.process().and_then(|p| p.pool.as_ref()).ok_or_else(none)?;
        let pool = company.pool_of(&object, row).ok_or_else(none)?;
        let (user, now) = (grant.caller().user, grant.now());
        if !company.is_member(pool, user) {
            return Err(barred("pool_not_member", "you are not a member of this pool"));
        }
        let time = |name: &model::FieldName| match row.clear.get(name) {
            Some(Value::Int(ms)) => Some(UnixMs(*ms)),
            _ => None,
        };
        let since = time(&fields.since).unwrap_or(row.created_at);
        let again = since.plus_days(i64::from(pool.former_owner_days));
        if row.clear.get(&fields.former) == Some(&Value::User(user)) && now < again {
            return Err(barred(
                "pool_former_owner",
                format!("its former owner may claim it from {}", again.to_rfc3339()),
            ));
        }
        let open = since.plus_ms(i64::from(pool.new_hours).saturating_mul(HOUR_MS));
        if now < open {
            return Err(barred(
                "pool_too_new",
                format!("it came in lately and may be claimed from {}", open.to_rfc3339()),
            ));
        }
        let mut first = vec![];
        for limit in limits(self, pool, fields, &object, user, now)? {
            let (counted, most) = (self.number(limit.count.clone()).await?, i64::from(limit.most));
            if counted >= most {
                return Err(barred(limit.code, format!("{} of {most}", counted)));
            }
            first.push(limit.guard(user));
        }
        if !first.is_empty() {
            first.insert(0, lock(user));
        }
        let kept = Kept(Some(fields)).claimed(&pool.name, user, now);
        let department = Some(self.active_owner(grant, user)?);
        Ok((NewOwner { owner: Some(user), department, pool: false, at: now, kept }, first, pool.name.clone()))
    }

    /// Whether somebody may be given one more record of the object type, by the pools whose holding limit always stands; gives the
    /// statements that ask again in the unit. `row` is the record, where there is one: what does not count is not held back.
    ///
    /// # Errors
    /// [`Refusal::Barred`] `pool_holding_limit`: it tells no number, for it is somebody else's.
    pub(super) async fn room_to_hold(
        &self,
        object: &ObjectType,
        user: UserId,
        row: Option<&StoredRow>,
        now: UnixMs,
    ) -> Result<Vec<Change>, Refusal> {
        let company = self.company();
        let mut guards = vec![];
        for (pool, most) in company.always_limited(object, user) {
            if let (Some(condition), Some(row)) = (&pool.not_counted, row)
                && predicate_of(condition, object).map_err(|_| Refusal::Damaged)?.eval(row)
            {
                continue;
            }
            let count = holdings(self, pool, object, user, now)?.finish();
            if self.number(count.clone()).await? >= i64::from(most) {
                return Err(full());
            }
            guards.push(Limit { code: "pool_holding_limit", most, count }.guard(user));
        }
        if !guards.is_empty() {
            guards.insert(0, lock(user));
        }
        Ok(guards)
    }

    /// How many more records of the object type somebody may be given; `None` where nothing stands against it.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::Damaged`].
    pub(super) async fn room_left(
        &self,
        object: &ObjectType,
        user: UserId,
        now: UnixMs,
    ) -> Result<Option<i64>, Refusal> {
        let company = self.company();
        let mut left: Option<i64> = None;
        for (pool, most) in company.always_limited(object, user) {
            let held = self.number(holdings(self, pool, object, user, now)?.finish()).await?;
            let room = i64::from(most).saturating_sub(held).max(0);
            left = Some(left.map_or(room, |left| left.min(room)));
        }
        Ok(left)
    }

    /// How much of a pool's limits somebody has used.
    pub(crate) async fn used(
        &self,
        pool: &Pool,
        object: &ObjectType,
        user: UserId,
        now: UnixMs,
    ) -> Result<Used, Refusal> {
        let Some(fields) = object.process().and_then(|p| p.pool.as_ref()) else { return Ok(Used::default()) };
        let number = async |sql: Sql| Ok::<_, Refusal>(u64::try_from(self.number(sql.finish()).await?).unwrap_or(0));
        Ok(Used {
            claimed_today: number(claims(self, pool, fields, object, user, now)).await?,
            holding: number(holdings(self, pool, object, user, now)?).await?,
        })
    }

    async fn number(&self, query: crate::Query) -> Result<i64, Refusal> {
        let rows = self.read(query).await?;
        rows.first().map_or(Ok(0), |row| row.int(0)).map_err(broken)
    }
}

/// Held until the unit ends, so that units that give one person something come one after the other.
fn lock(user: UserId) -> Change {
    Change::new("UPDATE app_user SET login = login WHERE id = ?1", vec![user.into()]).expecting(1)
}

/// What is said when somebody holds as much as they may.
pub(super) fn full() -> Refusal {
    barred("pool_holding_limit", "who would own it holds as many as they may")
}

/// One limit of a pool: what is counted, and how many there may be before a claim.
struct Limit {
    code: &'static str,
    most: u32,
    count: crate::Query,
}

impl Limit {
    /// Fails the unit when the limit is reached meanwhile.
    fn guard(self, user: UserId) -> Change {
        let mut params = self.count.params;
        params.push(user.into());
        let id = params.len();
        params.push(i64::from(self.most).into());
        let sql = format!(
            "UPDATE app_user SET login = login WHERE id = ?{id} AND ({}) < CAST(?{} AS BIGINT)",
            self.count.sql,
            params.len()
        );
        Change::new(sql, params).expecting(1)
    }
}

fn limits(
    store: &Store,
    pool: &Pool,
    fields: &PoolFields,
    object: &ObjectType,
    user: UserId,
    now: UnixMs,
) -> Result<Vec<Limit>, Refusal> {
    let mut limits = vec![];
    if let Some(most) = pool.daily_claims {
        let count = claims(store, pool, fields, object, user, now).finish();
        limits.push(Limit { code: "pool_daily_limit", most, count });
    }
    if let Some(most) = pool.holding {
        limits.push(Limit {
            code: "pool_holding_limit",
            most,
            count: holdings(store, pool, object, user, now)?.finish(),
        });
    }
    Ok(limits)
}

/// Records that somebody claimed from the pool today, whoever has them by now.
fn claims(store: &Store, pool: &Pool, fields: &PoolFields, object: &ObjectType, user: UserId, now: UnixMs) -> Sql {
    let (today, _) = store.gate.settings().calendar.day(now);
    let column = |name: &model::FieldName| object.field(name.as_str()).and_then(|f| f.slot).map(|s| s.column());
    let mut sql = Sql::new(store.db.dialect(), "SELECT COUNT(*) FROM record r WHERE r.object = ");
    sql.bind(object.name.as_str());
    match (column(&fields.claimed_by), column(&fields.owned), column(&fields.name)) {
        (Some(by), Some(owned), Some(name)) => {
            sql.push(" AND r.").push(&by).push(" = ").bind(user.to_string());
            sql.push(" AND r.").push(&owned).push(" >= ").bind(today);
            sql.push(" AND r.").push(&name).push(" = ").bind(pool.name.as_str());
        }
        // Kept fields have columns; without one nothing can be counted.
        _ => drop(sql.push(" AND FALSE")),
    }
    sql
}

/// Records of the object type that somebody owns and that count.
fn holdings(store: &Store, pool: &Pool, object: &ObjectType, user: UserId, now: UnixMs) -> Result<Sql, Refusal> {
    let mut sql = Sql::new(store.db.dialect(), "SELECT COUNT(*) FROM record r WHERE r.object = ");
    sql.bind(object.name.as_str()).push(" AND r.owner = ").bind(user);
    if let Some(condition) = &pool.not_counted {
        let predicate = predicate_of(condition, object).map_err(|_| Refusal::Damaged)?;
        sql.push(" AND NOT (");
        sql.predicate(&predicate, object, now);
        sql.push(")");
    }
    Ok(sql)
}
