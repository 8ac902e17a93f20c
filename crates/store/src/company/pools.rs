//! Public pools 公海 of the company: a setting, so that they are sealed, anchored and told like every other.
//!
//! Rule: a pool's name is what records keep of it, so it is never changed; a pool that is taken away leaves its records in
//! the object's first pool.

use access::engine::predicate_of;
use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::record::Grantee;
use model::{Action, ObjectName, ObjectType, Pool, StoredRow, UserId, UserStatus};
use serde_json::{Value, json};

use super::draft::Note;
use super::load::{Loaded, OpenError};
use super::people::operations;
use crate::Store;
use crate::records::Used;

/// Pools of one company.
const MOST_POOLS: usize = 50;

/// Sets all pools. The whole list, in order.
#[derive(Debug)]
pub struct ChangePools {
    pub pools: Vec<Pool>,
    pub note: Note,
}

#[derive(Debug)]
pub struct ReadPools;

/// The pools that the caller sees, and how much of their limits they have used.
#[derive(Debug)]
pub struct ShowPools;

/// Lets what is due go back at once.
#[derive(Debug)]
pub struct RunRecycling;

operations! {
    ChangePools: SettingManage, |op| json!({ "act": "pool.change", "old": op.note.get(), "new": op.pools });
    ReadPools: SettingManage, |_op| json!({ "act": "pool.read" });
    RunRecycling: SettingManage, |_op| json!({ "act": "pool.recycle.run" });
    ShowPools: SelfRead, |_op| json!({ "act": "pool.show" });
}

/// A pool as one of its members sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPool {
    pub pool: Pool,
    /// Whether they may claim from it.
    pub member: bool,
    pub used: Used,
}

impl Loaded {
    /// A pool by its name.
    pub fn pool(&self, object: &ObjectName, name: &str) -> Option<&Pool> {
        self.pools.iter().find(|p| p.object == *object && p.name == name)
    }
    /// The pool a record is in, or came from: the one it names, else the object's first.
    pub fn pool_of(&self, object: &ObjectType, row: &StoredRow) -> Option<&Pool> {
        let kept = object.process().and_then(|p| p.pool.as_ref()).and_then(|f| row.clear.get(&f.name));
        let named = match kept {
            Some(model::Value::Text(name)) => self.pool(&object.name, name),
            _ => None,
        };
        named.or_else(|| self.pools.iter().find(|p| p.object == object.name))
    }
    /// Where a record goes back to if nobody says where: the pool it came from, else the first of its owner's.
    pub fn pool_to_return_to(&self, object: &ObjectType, row: &StoredRow) -> Option<&Pool> {
        let kept = object.process().and_then(|p| p.pool.as_ref()).and_then(|f| row.clear.get(&f.name));
        let mut own = self.pools.iter().filter(|p| p.object == object.name);
        match (kept, row.owner) {
            (None, Some(owner)) => own.find(|p| self.is_member(p, owner)).or_else(|| self.pool_of(object, row)),
            _ => self.pool_of(object, row),
        }
    }
    /// Whether somebody may claim from the pool, as far as it names its members.
    pub fn is_member(&self, pool: &Pool, user: UserId) -> bool {
        let Some(user) = self.users.get(&user).filter(|u| u.status == UserStatus::Active) else { return false };
        pool.has_member(user, &self.above(user.department))
    }
    /// The pools by which somebody holds no more than so many, however they come to them.
    pub(crate) fn always_limited<'a>(
        &'a self,
        object: &'a ObjectType,
        user: UserId,
    ) -> impl Iterator<Item = (&'a Pool, u32)> {
        let limited = self.pools.iter().filter(|p| p.object == object.name && p.holding_always);
        limited.filter_map(|p| Some((p, p.holding?))).filter(move |(p, _)| self.is_member(p, user))
    }
    /// A department and those above it.
    fn above(&self, department: model::DepartmentId) -> Vec<model::DepartmentId> {
        let mut above = vec![];
        let mut next = Some(department);
        while let Some(id) = next.filter(|id| !above.contains(id)) {
            above.push(id);
            next = self.departments.get(&id).and_then(|d| d.parent);
        }
        above
    }
}

/// Reads the setting.
pub(crate) fn read_pools(text: &str) -> Result<Vec<Pool>, OpenError> {
    serde_json::from_str(text).map_err(|e| OpenError::Damaged { table: "setting", reason: e.to_string() })
}

fn check(from: &Loaded, pools: &[Pool]) -> Result<(), Refusal> {
    let wrong = |n: usize, field: &str, reason: String| {
        Refusal::invalid(&format!("pools.{n}.{field}"), "invalid_value", reason)
    };
    if pools.len() > MOST_POOLS {
        return Err(Refusal::invalid("pools", "invalid_value", format!("a company has at most {MOST_POOLS} pools")));
    }
    for (n, pool) in pools.iter().enumerate() {
        pool.check().map_err(|e| wrong(n, "name", e.to_string()))?;
        if pools.iter().take(n).any(|p| p.name == pool.name && p.object == pool.object) {
            return Err(wrong(n, "name", "another pool of this object has the name".to_owned()));
        }
        let object = from.objects.get(&pool.object).map(|(_, o)| o);
        let Some(object) = object.filter(|o| o.process().is_some_and(|p| p.pool.is_some())) else {
            return Err(wrong(n, "object", "there is no such object, or its records do not wait in pools".to_owned()));
        };
        let recycle = pool.recycle.as_ref();
        for condition in pool.not_counted.iter().chain(recycle.and_then(|r| r.spared.as_ref())) {
            predicate_of(condition, object).map_err(|e| wrong(n, "not_counted", e.to_string()))?;
        }
        if let Some(activity) = recycle.and_then(|r| r.activity.as_ref())
            && from.objects.get(activity).is_none_or(|(_, o)| o.customer_field.is_none())
        {
            return Err(wrong(n, "recycle", "work on a record is told by records of its own".to_owned()));
        }
        for member in &pool.members {
            let known = match member {
                Grantee::User(id) => from.users.contains_key(id),
                Grantee::Department(id) => from.departments.contains_key(id),
                Grantee::Role(name) => from.roles.contains_key(name),
            };
            if !known {
                return Err(wrong(n, "members", "there is no such user, department or role".to_owned()));
            }
        }
    }
    Ok(())
}

impl Store {
    /// # Errors
    /// [`Refusal::Invalid`], and as every change.
    pub async fn change_pools(&self, grant: Grant<ChangePools>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let ChangePools { pools, note } = grant.operation();
            check(&draft.from, pools)?;
            note.set(json!(draft.from.pools));
            draft.next.pools.clone_from(pools);
            draft.set("pools", pools)
        })
        .await
    }

    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn read_pools(&self, grant: Grant<ReadPools>) -> Result<Disclosed<Vec<Pool>>, Refusal> {
        let pools = self.company().pools.clone();
        grant.carry_out(vec![], pools).await
    }

    /// # Errors
    /// [`Refusal::StoreUnavailable`], recorded; [`Refusal::AuditUnavailable`].
    pub async fn show_pools(&self, grant: Grant<ShowPools>) -> Result<Disclosed<Vec<OwnPool>>, Refusal> {
        let (company, user, now) = (self.company(), grant.caller().user, grant.now());
        let mut own = vec![];
        for pool in &company.pools {
            let Some((_, object)) = company.objects.get(&pool.object) else { continue };
            if !grant.has_right(Action::List, &object.name) {
                continue;
            }
            let member = company.is_member(pool, user);
            // To others it is not there.
            if pool.members_only && !member {
                continue;
            }
            match self.used(pool, object, user, now).await {
                Ok(used) => own.push(OwnPool { pool: pool.clone(), member, used }),
                Err(refusal) => return Err(grant.refuse_system(refusal).await),
            }
        }
        grant.carry_out(vec![], own).await
    }

    /// Returns what is due; gives how many records went back.
    ///
    /// # Errors
    /// As [`Store::recycle_due`].
    pub async fn run_recycling(&self, grant: Grant<RunRecycling>) -> Result<Disclosed<u64>, Refusal> {
        let returned = match self.recycle_due(grant.now()).await {
            Ok(returned) => returned,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        grant.carry_out_telling(vec![("returned", Value::from(returned))], vec![], returned).await
    }
}
