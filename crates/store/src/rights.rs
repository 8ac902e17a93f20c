//! Right-sizing 权限收敛: which rights nobody used, which reach further than needed, which roles are alike, who sleeps, and what should not meet
//! in one person.
//!
//! Rule: how far a use was is told by whose the record is today; of one that has changed hands since it may look wider or narrower than it was, so
//! that what is proposed is replayed before it is published. No record is named.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use govern::rights::{Holder, Picture, Right, Row, Sized, Width, size};
use model::action::On;
use model::policy::{Effect, Principals, What};
use model::{Action, Decision, DepartmentId, Directory, Scope, Text, UnixMs, UserId, UserStatus};
use serde_json::{Value, json};

use crate::Store;
use crate::audit::name_of;
use crate::company::{SYSTEM, operations};
use crate::records::broken;
use crate::sql::Sql;

/// Longest time looked back at, in days.
const MOST_DAYS: u32 = 366;

/// What there is to take away.
#[derive(Debug)]
pub struct RightSize {
    pub days: u32,
}

operations! {
    RightSize: RightsRead, |op| json!({ "act": "rights.size", "days": op.days });
}

/// The answer, with names.
#[derive(Debug, Clone)]
pub struct RightSized {
    pub from: UnixMs,
    pub sized: Sized,
    pub people: BTreeMap<UserId, String>,
    pub roles: BTreeMap<String, Text>,
    /// Titles of rows.
    pub rows: BTreeMap<String, Text>,
}

fn width_of(scope: &Scope) -> Option<Width> {
    match scope {
        Scope::Own => Some(Width::Own),
        Scope::Reports => Some(Width::Reports),
        Scope::Department => Some(Width::Department),
        Scope::Subtree => Some(Width::Subtree),
        Scope::All => Some(Width::All),
        Scope::Participant | Scope::Chosen { .. } | Scope::Pool | Scope::Condition { .. } => None,
    }
}

/// How far somebody reached for a record: the narrowest that has it.
fn reached(directory: &Directory, by: UserId, owner: Option<UserId>, department: Option<DepartmentId>) -> Width {
    if owner == Some(by) {
        return Width::Own;
    }
    if owner.is_some_and(|owner| directory.is_above(by, owner)) {
        return Width::Reports;
    }
    let Some(own) = directory.user(by).map(|u| u.department) else { return Width::All };
    match department {
        Some(of) if of == own => Width::Department,
        Some(of) if directory.ancestors(of).contains(&own) => Width::Subtree,
        _ => Width::All,
    }
}

impl Store {
    /// # Errors
    /// [`Refusal::Invalid`] for the days; [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]; recorded.
    pub async fn right_size(&self, grant: Grant<RightSize>) -> Result<Disclosed<RightSized>, Refusal> {
        let (days, now) = (grant.operation().days, grant.now());
        let sized = async {
            if !(1..=MOST_DAYS).contains(&days) {
                return Err(Refusal::invalid("days", "invalid_value", format!("1 to {MOST_DAYS} days")));
            }
            self.sized_since(now.plus_days(-i64::from(days))).await
        };
        match sized.await {
            Ok(sized) => grant.carry_out(vec![], sized).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn sized_since(&self, from: UnixMs) -> Result<RightSized, Refusal> {
        let company = self.company();
        let directory = company.directory();
        let used = self.used_since(from).await?;
        let reached = self.reached_since(from, &directory).await?;
        let last = self.last_acts().await?;
        let mut rows = vec![];
        for row in &company.policy.policy.rows {
            let (Principals::Role(role), Effect::Permit, What::Operations(actions)) = (&row.who, row.effect, &row.what)
            else {
                continue;
            };
            let mut rights: BTreeSet<Right> = BTreeSet::new();
            for action in actions {
                match action.on() {
                    On::System => drop(rights.insert((*action, None))),
                    On::Record => {
                        let objects = company.objects.keys().filter(|o| row.objects.has(o));
                        rights.extend(objects.map(|o| (*action, Some(o.clone()))));
                    }
                    On::Session => {}
                }
            }
            let duty = rights.iter().all(|(_, object)| object.is_none());
            let width = if duty { None } else { width_of(&row.scope) };
            rows.push(Row { id: row.id.clone(), role: role.clone(), rights, width });
        }
        let mut holders = vec![];
        for user in company.users.values().filter(|u| u.status == UserStatus::Active && u.id != SYSTEM) {
            let mut own: BTreeMap<Right, Width> = BTreeMap::new();
            for ((action, object), _) in used.get(&user.id).into_iter().flatten() {
                let right = if action.on() == On::System { (*action, None) } else { (*action, object.clone()) };
                let width = reached.get(&(user.id, right.clone())).copied().unwrap_or(Width::Own);
                let have = own.entry(right).or_insert(width);
                *have = width.max(*have);
            }
            holders.push(Holder {
                user: user.id,
                roles: user.roles.clone(),
                last: last.get(&user.id).copied(),
                since: company.created.get(&user.id).copied().unwrap_or_default(),
                used: own,
            });
        }
        holders.sort_by_key(|h| h.user);
        let picture = Picture { rows, holders, from };
        let sized = tokio::task::spawn_blocking(move || size(&picture)).await;
        let sized = sized.map_err(|e| Refusal::StoreUnavailable(e.to_string()))?;
        let named = sized.over.iter().map(|p| p.user);
        let named = named.chain(sized.dormant.iter().map(|d| d.0)).chain(sized.toxic.iter().map(|t| t.0));
        let people = named.map(|id| (id, name_of(&directory, id))).collect();
        let roles = company.roles.values().map(|r| (r.name.to_string(), r.label.clone())).collect();
        let titles = company.policy.policy.rows.iter().map(|r| (r.id.clone(), r.title.clone())).collect();
        Ok(RightSized { from, sized, people, roles, rows: titles })
    }

    /// By person and right, how far the furthest of what they touched lies today.
    async fn reached_since(
        &self,
        from: UnixMs,
        directory: &Directory,
    ) -> Result<HashMap<(UserId, Right), Width>, Refusal> {
        let mut sql = Sql::new(
            self.db.dialect(),
            "SELECT e.actor, e.action, r.object, r.owner, r.department FROM event e JOIN touch t ON t.seq = e.seq \
             JOIN record r ON r.id = t.record WHERE e.at >= ",
        );
        sql.bind(from).push(" AND e.decision = ").bind(i64::from(Decision::Allowed.code()));
        sql.push(" AND e.action < 100 AND r.pool = 0 GROUP BY e.actor, e.action, r.object, r.owner, r.department");
        let mut found: HashMap<(UserId, Right), Width> = HashMap::new();
        for row in self.read(sql.finish()).await? {
            let action = u16::try_from(row.int(1).map_err(broken)?).ok().and_then(Action::from_code);
            let (Some(action), Ok(object)) = (action, row.text(2).map_err(broken)?.parse()) else { continue };
            let by = row.user(0).map_err(broken)?;
            let owner = row.opt_id(3).map_err(broken)?.map(UserId::from_bytes);
            let department = row.opt_id(4).map_err(broken)?.map(DepartmentId::from_bytes);
            let width = reached(directory, by, owner, department);
            let have = found.entry((by, (action, Some(object)))).or_insert(width);
            *have = width.max(*have);
        }
        Ok(found)
    }
}
