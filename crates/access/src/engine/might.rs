//! Whom to ask at all, when a question is about everybody: 谁能看到.
//!
//! Rule: a person who may do something is always among those found here; what is found decides nothing. Working out the rights of
//! one person takes Cedar about a millisecond, and a company has thousands, of whom few reach one record. So the permits are read as
//! they were written: whose role, department or name they ask for, and whether the record lies in their scope as far as that can be
//! told without Cedar. Forbids, conditions and the moment are left to the decision.

use model::org::{User, UserStatus};
use model::policy::Effect;
use model::record::Grantee;
use model::{Action, DepartmentId, Directory, ObjectName, Scope, StoredRow, UserId};

use super::decide::Engine;
use super::rows::Reach;

/// What the record is, as far as scopes ask.
struct Lies<'a> {
    row: &'a StoredRow,
    /// Its department and those above it.
    departments: Vec<DepartmentId>,
    /// Its owner's managers, the nearest first.
    managers: Vec<UserId>,
}

impl<'a> Lies<'a> {
    fn of(row: &'a StoredRow, directory: &Directory) -> Self {
        let mut managers: Vec<UserId> = vec![];
        let mut at = row.owner.and_then(|owner| directory.user(owner)).and_then(|u| u.manager);
        // Who stands in a circle of managers is above themselves, and is found.
        while let Some(manager) = at.filter(|m| !managers.contains(m)) {
            managers.push(manager);
            at = directory.user(manager).and_then(|u| u.manager);
        }
        let departments = row.department.map(|d| directory.ancestors(d)).unwrap_or_default();
        Self { row, departments, managers }
    }

    fn may_lie_in(&self, reach: &Reach, user: &User, above: &[DepartmentId]) -> bool {
        let members = &self.row.members;
        let shared = |to: &Grantee| match to {
            Grantee::User(u) => *u == user.id,
            Grantee::Department(d) => above.contains(d),
            Grantee::Role(r) => user.roles.contains(r),
        };
        match reach {
            Reach::SharedRead => members.shared_read.iter().chain(&members.shared_edit).any(shared),
            Reach::SharedEdit => members.shared_edit.iter().any(shared),
            Reach::Scope(scope) => match scope {
                Scope::Own => self.row.owner == Some(user.id),
                Scope::Reports => self.row.owner == Some(user.id) || self.managers.contains(&user.id),
                Scope::Participant => members.collaborators.contains(&user.id) || members.viewers.contains(&user.id),
                Scope::Department => self.row.department == Some(user.department),
                Scope::Subtree => self.departments.contains(&user.department),
                Scope::Pool => self.row.pool,
                // The same for everybody, and cheap for Cedar only in that it is asked of few by their roles.
                Scope::All | Scope::Chosen { .. } | Scope::Condition { .. } => true,
            },
        }
    }
}

impl Engine {
    /// Everybody who may do this to the record, and some who may not: by id.
    pub fn might(&self, action: Action, object: &ObjectName, row: &StoredRow) -> Vec<UserId> {
        let directory = self.directory();
        let permits: Vec<_> = self
            .compiled()
            .rules()
            .iter()
            .filter(|r| r.source.effect == Effect::Permit && r.covers_operation(object, action))
            .collect();
        let lies = Lies::of(row, directory);
        let reached = |user: &&User| {
            let above = directory.ancestors(user.department);
            user.status == UserStatus::Active
                && permits
                    .iter()
                    .any(|rule| rule.is_for(user, &above) && lies.may_lie_in(&rule.source.reach, user, &above))
        };
        let mut found: Vec<UserId> = directory.users.values().filter(reached).map(|u| u.id).collect();
        found.sort();
        found
    }
}
