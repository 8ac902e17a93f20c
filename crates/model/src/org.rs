//! The company: departments 部门 as a tree, people, roles. A [`Directory`] is one consistent picture of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::ids::{DepartmentId, RoleName, UserId};
use crate::text::Text;
use crate::time::UnixMs;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    pub id: DepartmentId,
    pub parent: Option<DepartmentId>,
    pub name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserKind {
    Person,
    /// A program with rights of its own, and a person who answers for it.
    Service,
    /// A program acting for a person: its rights are the intersection of both.
    Agent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserStatus {
    Active,
    /// May not sign in; what they own stays theirs until handed over.
    Disabled,
}

/// A member of the company. Holds no secret: password and second factor are the identity store's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    pub id: UserId,
    /// Lower-case, unique, what people type to sign in.
    pub login: String,
    pub name: String,
    pub kind: UserKind,
    pub department: DepartmentId,
    pub manager: Option<UserId>,
    pub roles: BTreeSet<RoleName>,
    pub status: UserStatus,
    /// Security training is current until then.
    pub trained_until: Option<UnixMs>,
}

/// A named set of matrix rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    pub name: RoleName,
    pub label: Text,
    /// Roles that no user may hold together with this one (separation of duties 三员分立).
    #[serde(default)]
    pub excludes: BTreeSet<RoleName>,
    /// Most rows one export of a holder may have.
    #[serde(default)]
    pub export_rows: Option<u32>,
}

/// One consistent picture of people and departments, with the questions the gate asks of it.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    pub users: HashMap<UserId, User>,
    pub departments: HashMap<DepartmentId, Department>,
    pub roles: BTreeMap<RoleName, Role>,
    /// Public pools, in order: whose records are seen by whom.
    pub pools: Vec<crate::Pool>,
    /// Which of the company's pictures it is.
    pub epoch: i64,
    children: HashMap<DepartmentId, Vec<DepartmentId>>,
    reports: HashMap<UserId, Vec<UserId>>,
    members: HashMap<DepartmentId, Vec<UserId>>,
    by_login: HashMap<String, UserId>,
}

impl Directory {
    pub fn new(users: Vec<User>, departments: Vec<Department>, roles: Vec<Role>) -> Self {
        let mut d = Directory::default();
        for dep in departments {
            if let Some(parent) = dep.parent {
                d.children.entry(parent).or_default().push(dep.id);
            }
            d.departments.insert(dep.id, dep);
        }
        for user in users {
            if let Some(manager) = user.manager {
                d.reports.entry(manager).or_default().push(user.id);
            }
            d.members.entry(user.department).or_default().push(user.id);
            d.by_login.insert(user.login.clone(), user.id);
            d.users.insert(user.id, user);
        }
        d.roles = roles.into_iter().map(|r| (r.name.clone(), r)).collect();
        d
    }

    #[must_use]
    pub fn with_pools(mut self, pools: Vec<crate::Pool>) -> Self {
        self.pools = pools;
        self
    }

    #[must_use]
    pub fn of_epoch(mut self, epoch: i64) -> Self {
        self.epoch = epoch;
        self
    }

    pub fn user(&self, id: UserId) -> Option<&User> {
        self.users.get(&id)
    }
    pub fn user_by_login(&self, login: &str) -> Option<&User> {
        self.by_login.get(login).and_then(|id| self.users.get(id))
    }

    /// The department and all below it, sorted.
    pub fn subtree(&self, root: DepartmentId) -> Vec<DepartmentId> {
        let mut found = BTreeSet::from([root]);
        let mut open = vec![root];
        while let Some(d) = open.pop() {
            for child in self.children.get(&d).into_iter().flatten() {
                if found.insert(*child) {
                    open.push(*child);
                }
            }
        }
        found.into_iter().collect()
    }

    /// The department and all above it, from the department upward.
    pub fn ancestors(&self, department: DepartmentId) -> Vec<DepartmentId> {
        let mut chain = vec![department];
        let mut at = department;
        while let Some(parent) = self.departments.get(&at).and_then(|d| d.parent) {
            // A cycle cannot be saved; a damaged table must not hang the gate.
            if chain.contains(&parent) {
                break;
            }
            chain.push(parent);
            at = parent;
        }
        chain
    }

    /// Whether somebody reports to the other, at any depth. Nobody is above themselves.
    pub fn is_above(&self, manager: UserId, user: UserId) -> bool {
        let mut at = user;
        // A circle cannot be saved; a damaged table must not hang the gate.
        for _ in 0..=self.users.len() {
            match self.users.get(&at).and_then(|u| u.manager) {
                Some(next) if next == manager => return manager != user,
                Some(next) => at = next,
                None => return false,
            }
        }
        false
    }

    /// Whether somebody answers for a department 负责部门: it is theirs or lies below theirs, and people of it, or of the nearest
    /// department above it that has any, report to them.
    pub fn leads(&self, user: UserId, department: DepartmentId) -> bool {
        let Some(own) = self.users.get(&user).map(|u| u.department) else { return false };
        let chain = self.ancestors(department);
        if !chain.contains(&own) {
            return false;
        }
        let others = |d: &DepartmentId| self.members.get(d).is_some_and(|all| all.iter().any(|u| *u != user));
        let nearest = chain.iter().find(|d| others(d));
        let people = nearest.and_then(|d| self.members.get(d)).into_iter().flatten();
        people.into_iter().any(|member| self.is_above(user, *member))
    }

    /// Everyone who reports to the user, at any depth, without the user; sorted.
    pub fn reports(&self, user: UserId) -> Vec<UserId> {
        let mut found = BTreeSet::new();
        let mut open = vec![user];
        while let Some(u) = open.pop() {
            for r in self.reports.get(&u).into_iter().flatten() {
                if *r != user && found.insert(*r) {
                    open.push(*r);
                }
            }
        }
        found.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dep(n: u8, parent: Option<u8>) -> Department {
        let id = |n| DepartmentId::from_bytes([n; 16]);
        Department { id: id(n), parent: parent.map(id), name: n.to_string() }
    }

    #[test]
    fn a_subtree_has_its_root_and_not_its_siblings() {
        let d = Directory::new(vec![], vec![dep(1, None), dep(2, Some(1)), dep(3, Some(1)), dep(4, Some(2))], vec![]);
        let id = |n| DepartmentId::from_bytes([n; 16]);
        assert_eq!(d.subtree(id(2)), vec![id(2), id(4)]);
        assert_eq!(d.ancestors(id(4)), vec![id(4), id(2), id(1)]);
    }

    #[test]
    fn a_damaged_tree_ends() {
        let d = Directory::new(vec![], vec![dep(1, Some(2)), dep(2, Some(1))], vec![]);
        let id = |n| DepartmentId::from_bytes([n; 16]);
        assert_eq!(d.ancestors(id(1)).len(), 2);
        assert_eq!(d.subtree(id(1)).len(), 2);
    }
}
