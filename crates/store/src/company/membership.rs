//! Who was whom 历史身份: people, departments and pools as rules ask them, kept with every change of them, so that what was decided then can be
//! decided again.
//!
//! Rule: a row says what changed, and the first says all. It is written in the unit of the change, and counts for the company's seal by its hash.
//! Names are not kept: who somebody was is their id.

use std::collections::BTreeMap;
use std::sync::Arc;

use access::path::{Param, Refusal};
use model::{Department, DepartmentId, Directory, Pool, RoleName, UnixMs, User, UserId, UserKind, UserStatus};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::load::Loaded;
use crate::records::broken;
use crate::{Query, Store};

/// Name of the table.
pub(crate) const TABLE: &str = "membership";

/// Keeps a row.
pub(crate) const INSERT: &str = "INSERT INTO membership (epoch, at, hash, body) VALUES (?1, ?2, ?3, ?4)";

/// Somebody, as rules ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Member {
    kind: UserKind,
    department: DepartmentId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    manager: Option<UserId>,
    roles: std::collections::BTreeSet<RoleName>,
    status: UserStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    trained_until: Option<UnixMs>,
}

/// All of it at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Whole {
    people: BTreeMap<UserId, Member>,
    parents: BTreeMap<DepartmentId, Option<DepartmentId>>,
    pools: Vec<Pool>,
}

/// What is otherwise than before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Step {
    /// `None` for who is gone.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    people: BTreeMap<UserId, Option<Member>>,
    /// All departments with what they lie below, where any changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    departments: Option<Vec<(DepartmentId, Option<DepartmentId>)>>,
    /// All pools, where any changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pools: Option<Vec<Pool>>,
}

impl Whole {
    pub(crate) fn of(company: &Loaded) -> Self {
        let member = |u: &User| Member {
            kind: u.kind,
            department: u.department,
            manager: u.manager,
            roles: u.roles.clone(),
            status: u.status,
            trained_until: u.trained_until,
        };
        Self {
            people: company.users.iter().map(|(id, u)| (*id, member(u))).collect(),
            parents: company.departments.iter().map(|(id, d)| (*id, d.parent)).collect(),
            pools: company.pools.clone(),
        }
    }

    pub(crate) fn step_from(&self, before: Option<&Whole>) -> Step {
        let nothing = Whole::default();
        let from = before.unwrap_or(&nothing);
        let changed = self.people.iter().filter(|(id, m)| from.people.get(*id) != Some(*m));
        let changed = changed.map(|(id, m)| (*id, Some(m.clone())));
        let gone = from.people.keys().filter(|id| !self.people.contains_key(*id)).map(|id| (*id, None));
        let departments = || self.parents.iter().map(|(id, parent)| (*id, *parent)).collect();
        Step {
            people: changed.chain(gone).collect(),
            departments: (before.is_none() || from.parents != self.parents).then(departments),
            pools: (before.is_none() || from.pools != self.pools).then(|| self.pools.clone()),
        }
    }

    pub(crate) fn take(&mut self, step: Step) {
        for (id, member) in step.people {
            match member {
                Some(member) => drop(self.people.insert(id, member)),
                None => drop(self.people.remove(&id)),
            }
        }
        if let Some(departments) = step.departments {
            self.parents = departments.into_iter().collect();
        }
        if let Some(pools) = step.pools {
            self.pools = pools;
        }
    }

    /// The same as a directory without names.
    pub(crate) fn directory(&self, epoch: i64) -> Directory {
        let user = |(id, m): (&UserId, &Member)| User {
            id: *id,
            login: String::new(),
            name: String::new(),
            kind: m.kind,
            department: m.department,
            manager: m.manager,
            roles: m.roles.clone(),
            status: m.status,
            trained_until: m.trained_until,
        };
        let department = |(id, parent): (&DepartmentId, &Option<DepartmentId>)| Department {
            id: *id,
            parent: *parent,
            name: String::new(),
        };
        let users = self.people.iter().map(user).collect();
        Directory::new(users, self.parents.iter().map(department).collect(), vec![])
            .with_pools(self.pools.clone())
            .of_epoch(epoch)
    }
}

fn hash(body: &str) -> Vec<u8> {
    Sha256::digest(body.as_bytes()).to_vec()
}

/// The columns of a row but its body.
pub(crate) fn row(epoch: i64, at: UnixMs, body: &str) -> Vec<Param> {
    vec![epoch.into(), at.into(), hash(body).into()]
}

/// What was kept, in order; pictures are made of it as they are asked for.
pub(crate) struct Past {
    steps: Vec<(i64, UnixMs, Step)>,
    made: BTreeMap<usize, Arc<Directory>>,
    /// Where `whole` stands.
    at: Option<usize>,
    whole: Whole,
    now: Arc<Directory>,
}

impl Past {
    /// The picture that decided at an epoch, with a number that is its own.
    pub(crate) fn picture(&mut self, epoch: i64) -> (usize, Arc<Directory>) {
        // Before the first row nothing had changed since pictures are kept.
        let place = self.steps.partition_point(|(from, ..)| *from <= epoch);
        self.nth(place.saturating_sub(1))
    }

    /// The picture in force at a moment; `None` for one before pictures were kept.
    pub(crate) fn at(&mut self, at: UnixMs) -> Option<(usize, Arc<Directory>)> {
        let place = self.steps.partition_point(|(_, from, _)| *from <= at);
        (place > 0).then(|| self.nth(place - 1))
    }

    /// Since when the picture of a moment was in force.
    pub(crate) fn since(&self, at: UnixMs) -> Option<UnixMs> {
        let place = self.steps.partition_point(|(_, from, _)| *from <= at);
        self.steps.get(place.checked_sub(1)?).map(|(_, from, _)| *from)
    }

    pub(crate) fn begins(&self) -> Option<UnixMs> {
        self.steps.first().map(|(_, at, _)| *at)
    }

    /// Who was given a role (else: came into another department) after a moment, with the number of the change. Who is new is among them
    /// for roles alone.
    pub(crate) fn changed(&mut self, after: UnixMs, roles: bool) -> Vec<(i64, UserId)> {
        let first = self.steps.partition_point(|(_, at, _)| *at <= after);
        let mut found = vec![];
        let mut before = match first.checked_sub(1) {
            Some(n) => self.nth(n).1,
            None => Arc::new(Directory::default()),
        };
        for n in first..self.steps.len() {
            let now = self.nth(n).1;
            // The first of all steps says who there was: nothing had changed.
            if let Some((epoch, _, step)) = self.steps.get(n).filter(|_| n > 0) {
                for (id, member) in step.people.iter().filter_map(|(id, m)| Some((id, m.as_ref()?))) {
                    let old = before.user(*id);
                    let given = member.roles.iter().any(|r| old.is_none_or(|o| !o.roles.contains(r)));
                    let moved = old.is_some_and(|o| o.department != member.department);
                    if if roles { given } else { moved } {
                        found.push((*epoch, *id));
                    }
                }
            }
            before = now;
        }
        found
    }

    /// Since when people of the newest picture hold their roles without a break; `None` for one held since before pictures were kept.
    pub(crate) fn roles_since(&self) -> BTreeMap<(UserId, RoleName), Option<UnixMs>> {
        let mut since: BTreeMap<(UserId, RoleName), Option<UnixMs>> = BTreeMap::new();
        for (n, (_, at, step)) in self.steps.iter().enumerate() {
            for (id, member) in &step.people {
                let none = std::collections::BTreeSet::new();
                let held = member.as_ref().map_or(&none, |m| &m.roles);
                since.retain(|(who, role), _| who != id || held.contains(role));
                for role in held {
                    since.entry((*id, role.clone())).or_insert((n > 0).then_some(*at));
                }
            }
        }
        since
    }

    fn nth(&mut self, n: usize) -> (usize, Arc<Directory>) {
        if self.steps.is_empty() {
            return (0, Arc::clone(&self.now));
        }
        if let Some(made) = self.made.get(&n) {
            return (n, Arc::clone(made));
        }
        let mut next = match self.at {
            Some(at) if at <= n => at + 1,
            _ => {
                self.whole = Whole::default();
                0
            }
        };
        while next <= n {
            if let Some((_, _, step)) = self.steps.get(next) {
                self.whole.take(step.clone());
            }
            next += 1;
        }
        self.at = Some(n);
        let epoch = self.steps.get(n).map_or(0, |(epoch, ..)| *epoch);
        let made = Arc::new(self.whole.directory(epoch));
        self.made.insert(n, Arc::clone(&made));
        (n, made)
    }
}

impl Store {
    /// Who was whom, as it was kept.
    pub(crate) async fn past(&self) -> Result<Past, Refusal> {
        let now = Arc::new(self.company().directory());
        let mut steps = vec![];
        for row in self.read(Query::new("SELECT epoch, at, hash, body FROM membership ORDER BY epoch", vec![])).await? {
            let body = row.text(3).map_err(broken)?;
            if row.bytes(2).map_err(broken)? != hash(body) {
                tracing::error!("a picture of the company's past was altered beside the program");
                return Err(Refusal::Damaged);
            }
            let step = serde_json::from_str(body).map_err(|_| Refusal::Damaged)?;
            steps.push((row.int(0).map_err(broken)?, row.time(1).map_err(broken)?, step));
        }
        Ok(Past { steps, made: BTreeMap::new(), at: None, whole: Whole::default(), now })
    }

    /// Rows whose body is not what was written.
    pub(crate) async fn altered_memberships(&self) -> Result<Vec<[Param; 1]>, Refusal> {
        let mut altered = vec![];
        for row in self.read(Query::new("SELECT epoch, hash, body FROM membership", vec![])).await? {
            if row.bytes(1).map_err(broken)? != hash(row.text(2).map_err(broken)?) {
                altered.push([row.int(0).map_err(broken)?.into()]);
            }
        }
        Ok(altered)
    }
}
