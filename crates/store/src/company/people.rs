//! People and departments: who there is and where they belong. A system duty; it gives no rights to anyone.
//!
//! Rule: moving someone between departments or under another manager changes what they and others can see, so the event
//! of a change names the old and the new department and manager.

use std::sync::Arc;

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, Department, DepartmentId, Directory, Role, UnixMs, User, UserId, UserKind, UserStatus};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::draft::{Draft, Note};
use super::duties::{barred, check_about, check_holders};
use super::load::{Loaded, word};
use crate::Store;
use crate::identity::Forget;
use crate::ids::random;

/// What a new account is made of. Roles are given afterwards, by another duty; a password by a reset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    /// 2 to 64 of `a-z 0-9 . _ - @`, beginning with a letter or digit. Never changed, never given to someone else.
    pub login: String,
    pub name: String,
    pub kind: UserKind,
    pub department: DepartmentId,
    #[serde(default)]
    pub manager: Option<UserId>,
    #[serde(default)]
    pub trained_until: Option<UnixMs>,
}

/// Makes an account that cannot sign in yet.
#[derive(Debug)]
pub struct CreateUser {
    pub user: NewUser,
    pub note: Note,
}

/// Wanted changes of an account; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UserChange {
    pub name: Option<String>,
    pub department: Option<DepartmentId>,
    /// `Some(None)`: nobody.
    #[serde(deserialize_with = "double", skip_serializing_if = "Option::is_none")]
    pub manager: Option<Option<UserId>>,
    #[serde(deserialize_with = "double", skip_serializing_if = "Option::is_none")]
    pub trained_until: Option<Option<UnixMs>>,
}

/// `null` given is `Some(None)`; not given is `None`. For `deserialize_with`, beside `default`.
///
/// # Errors
/// Those of `T`.
pub fn double<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(d: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(d).map(Some)
}

#[derive(Debug)]
pub struct UpdateUser {
    pub user: UserId,
    pub change: UserChange,
    pub note: Note,
}

/// Disables an account (its sessions and tokens end at once) or makes it active again (they stay ended).
#[derive(Debug)]
pub struct SetUserStatus {
    pub user: UserId,
    pub status: UserStatus,
}

#[derive(Debug)]
pub struct CreateDepartment {
    pub name: String,
    /// `None` only for a second root, which large companies use for subsidiaries.
    pub parent: Option<DepartmentId>,
    pub note: Note,
}

#[derive(Debug)]
pub struct RenameDepartment {
    pub department: DepartmentId,
    pub name: String,
    pub note: Note,
}

#[derive(Debug)]
pub struct MoveDepartment {
    pub department: DepartmentId,
    pub parent: Option<DepartmentId>,
    pub note: Note,
}

#[derive(Debug, Default)]
pub struct ListUsers {
    pub department: Option<DepartmentId>,
    pub status: Option<UserStatus>,
}

#[derive(Debug)]
pub struct ListDepartments;

#[derive(Debug)]
pub struct ListRoles;

/// Names and departments of active people: what everyone signed in may know of their colleagues.
#[derive(Debug)]
pub struct Colleagues;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Colleague {
    pub id: UserId,
    pub name: String,
    pub department: DepartmentId,
}

/// The caller's own account.
#[derive(Debug)]
pub struct Myself;

macro_rules! operations {
    ($($name:ident: $action:ident, |$op:ident| $detail:expr;)*) => {$(
        impl Operation for $name {
            const ACTION: Action = Action::$action;
        }
        impl OnSystem for $name {
            fn detail(&self) -> Value {
                let $op = self;
                $detail
            }
        }
    )*};
}
pub(crate) use operations;

operations! {
    CreateUser: UserManage, |op| json!({
        "act": "user.create", "login": op.user.login, "kind": op.user.kind, "department": op.user.department,
        "manager": op.user.manager, "made": op.note.get(),
    });
    UpdateUser: UserManage, |op| json!({
        "act": "user.change", "user": op.user, "old": op.note.get(),
        // Whether the name changed, not the name: the log is not a second place for people's names.
        "new": { "name": op.change.name.is_some(), "department": op.change.department, "manager": op.change.manager,
                 "trained_until": op.change.trained_until },
    });
    SetUserStatus: UserManage, |op| json!({ "act": "user.status", "user": op.user, "status": op.status });
    CreateDepartment: UserManage, |op| json!({
        "act": "department.create", "name": op.name, "parent": op.parent, "made": op.note.get(),
    });
    RenameDepartment: UserManage, |op| json!({
        "act": "department.rename", "department": op.department, "old": op.note.get(), "new": op.name,
    });
    MoveDepartment: UserManage, |op| json!({
        "act": "department.move", "department": op.department, "old": op.note.get(), "new": op.parent,
    });
    ListUsers: DirectoryRead, |op| json!({ "act": "user.list", "department": op.department, "status": op.status });
    ListDepartments: DirectoryRead, |_op| json!({ "act": "department.list" });
    ListRoles: DirectoryRead, |_op| json!({ "act": "role.list" });
    Colleagues: SelfRead, |_op| json!({ "act": "colleagues" });
    Myself: SelfRead, |_op| json!({ "act": "me" });
}

/// A login in its one spelling, or what is wrong with it.
pub(crate) fn check_login(login: &str) -> Result<(), Refusal> {
    let mut bytes = login.bytes();
    let good = (2..=64).contains(&login.len())
        && bytes.next().is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-_@".contains(&b));
    if good {
        return Ok(());
    }
    Err(Refusal::invalid("login", "invalid_value", "2 to 64 of a-z, 0-9 and .-_@, beginning with a letter or digit"))
}

fn check_name(field: &str, name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 80 || name.chars().any(char::is_control) {
        return Err(Refusal::invalid(field, "invalid_value", "1 to 80 characters"));
    }
    Ok(name.to_owned())
}

fn check_department(company: &Loaded, field: &str, id: DepartmentId) -> Result<(), Refusal> {
    if company.departments.contains_key(&id) {
        return Ok(());
    }
    Err(Refusal::invalid(field, "unknown_department", "there is no such department"))
}

/// The manager is an active person, and does not report to `user`: nobody is their own superior.
pub(crate) fn check_manager(company: &Loaded, user: Option<UserId>, manager: UserId) -> Result<(), Refusal> {
    let bad = |reason: &str| Err(Refusal::invalid("manager", "invalid_manager", reason));
    match company.users.get(&manager) {
        Some(m) if m.kind == UserKind::Person && m.status == UserStatus::Active => {}
        _ => return bad("the manager must be an active person"),
    }
    let mut above = Some(manager);
    for _ in 0..company.users.len() {
        if above.is_some() && above == user {
            return bad("the manager reports to this person");
        }
        above = above.and_then(|m| company.users.get(&m)).and_then(|u| u.manager);
    }
    Ok(())
}

pub(crate) fn insert_user(draft: &mut Draft, user: User, at: UnixMs) {
    draft.push(
        "INSERT INTO app_user (id, login, name, kind, department, manager, status, trained_until, created_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        vec![
            user.id.into(),
            user.login.as_str().into(),
            user.name.as_str().into(),
            word(user.kind),
            user.department.into(),
            user.manager.into(),
            word(user.status),
            user.trained_until.into(),
            at.into(),
        ],
    );
    draft.next.created.insert(user.id, at);
    draft.next.users.insert(user.id, user);
}

impl Store {
    /// Makes an account; gives its id.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Refusal::Taken`] when the login is or was someone's, and as every change:
    /// [`Refusal::Conflict`], [`Refusal::AuditUnavailable`].
    pub async fn create_user(&self, grant: Grant<CreateUser>) -> Result<Disclosed<UserId>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let new = &grant.operation().user;
            check_login(&new.login)?;
            let name = check_name("name", &new.name)?;
            check_department(&draft.from, "department", new.department)?;
            if let Some(manager) = new.manager {
                check_manager(&draft.from, None, manager)?;
            }
            if draft.from.users.values().any(|u| u.login == new.login) {
                return Err(Refusal::invalid("login", "duplicate", "this login is taken"));
            }
            let user = User {
                id: UserId::new(grant.now(), random()),
                login: new.login.clone(),
                name,
                kind: new.kind,
                department: new.department,
                manager: new.manager,
                roles: std::collections::BTreeSet::new(),
                status: UserStatus::Active,
                trained_until: new.trained_until,
            };
            let id = user.id;
            grant.operation().note.set(json!(id));
            insert_user(draft, user, grant.now());
            Ok(id)
        })
        .await
    }

    /// Changes name, department, manager or training of an account.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Invalid`], [`Refusal::Barred`], and as every change.
    pub async fn update_user(&self, grant: Grant<UpdateUser>) -> Result<Disclosed<User>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let UpdateUser { user: id, change, note } = grant.operation();
            let old = draft.from.users.get(id).ok_or(Refusal::NotFound)?;
            check_about(&draft.from, grant.caller().user, old)?;
            let mut user = old.clone();
            note.set(
                json!({ "department": old.department, "manager": old.manager, "trained_until": old.trained_until }),
            );
            if let Some(name) = &change.name {
                user.name = check_name("name", name)?;
            }
            if let Some(department) = change.department {
                check_department(&draft.from, "department", department)?;
                user.department = department;
            }
            if let Some(manager) = change.manager {
                if let Some(manager) = manager {
                    check_manager(&draft.from, Some(*id), manager)?;
                }
                user.manager = manager;
            }
            if let Some(until) = change.trained_until {
                user.trained_until = until;
            }
            draft.push_expecting(
                "UPDATE app_user SET name = ?2, department = ?3, manager = ?4, trained_until = ?5 WHERE id = ?1",
                vec![
                    user.id.into(),
                    user.name.as_str().into(),
                    user.department.into(),
                    user.manager.into(),
                    user.trained_until.into(),
                ],
                1,
            );
            draft.next.users.insert(user.id, user.clone());
            Ok(user)
        })
        .await
    }

    /// Disables an account or makes it active again.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Barred`] with `last_holder`, `separate_duty`, `system_account` or `own_account`,
    /// and as every change.
    pub async fn set_user_status(&self, grant: Grant<SetUserStatus>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let SetUserStatus { user: id, status } = *grant.operation();
            let mut user = draft.from.users.get(&id).ok_or(Refusal::NotFound)?.clone();
            check_about(&draft.from, grant.caller().user, &user)?;
            if id == grant.caller().user {
                return Err(barred("own_account", "nobody disables their own account"));
            }
            user.status = status;
            draft.next.users.insert(id, user);
            check_holders(&draft.from, &draft.next)?;
            draft.push_expecting("UPDATE app_user SET status = ?2 WHERE id = ?1", vec![id.into(), word(status)], 1);
            if status == UserStatus::Disabled {
                draft.changes.extend(crate::identity::end_all(id, grant.now()));
                draft.forget.push(Forget::User(id));
            }
            Ok(())
        })
        .await
    }

    /// Adds a department; gives its id.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], and as every change.
    pub async fn create_department(&self, grant: Grant<CreateDepartment>) -> Result<Disclosed<DepartmentId>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let op = grant.operation();
            let name = check_name("name", &op.name)?;
            if let Some(parent) = op.parent {
                check_department(&draft.from, "parent", parent)?;
            }
            let id = DepartmentId::new(grant.now(), random());
            op.note.set(json!(id));
            insert_department(draft, Department { id, parent: op.parent, name });
            Ok(id)
        })
        .await
    }

    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Invalid`], and as every change.
    pub async fn rename_department(&self, grant: Grant<RenameDepartment>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let op = grant.operation();
            let name = check_name("name", &op.name)?;
            let department = draft.next.departments.get_mut(&op.department).ok_or(Refusal::NotFound)?;
            op.note.set(json!(department.name));
            department.name.clone_from(&name);
            draft.push_expecting(
                "UPDATE department SET name = ?2 WHERE id = ?1",
                vec![op.department.into(), name.into()],
                1,
            );
            Ok(())
        })
        .await
    }

    /// Puts a department, with all below it, under another one.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `department_cycle`, [`Refusal::NotFound`], [`Refusal::Invalid`], and as every change.
    pub async fn move_department(&self, grant: Grant<MoveDepartment>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let MoveDepartment { department: id, parent, note } = grant.operation();
            let old = draft.from.departments.get(id).ok_or(Refusal::NotFound)?;
            note.set(json!(old.parent));
            if let Some(parent) = parent {
                check_department(&draft.from, "parent", *parent)?;
                if draft.from.directory().ancestors(*parent).contains(id) {
                    return Err(barred("department_cycle", "a department cannot lie below itself"));
                }
            }
            if let Some(department) = draft.next.departments.get_mut(id) {
                department.parent = *parent;
            }
            draft.push_expecting(
                "UPDATE department SET parent = ?2 WHERE id = ?1",
                vec![(*id).into(), (*parent).into()],
                1,
            );
            Ok(())
        })
        .await
    }

    /// Accounts with their roles, by login.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`], here and in the lists below.
    pub async fn list_users(&self, grant: Grant<ListUsers>) -> Result<Disclosed<Vec<User>>, Refusal> {
        let ListUsers { department, status } = *grant.operation();
        let mut users: Vec<User> = self
            .company()
            .users
            .values()
            .filter(|u| department.is_none_or(|d| d == u.department) && status.is_none_or(|s| s == u.status))
            .cloned()
            .collect();
        users.sort_by(|a, b| a.login.cmp(&b.login));
        grant.carry_out(vec![], users).await
    }

    /// # Errors
    /// As [`Store::list_users`].
    pub async fn list_departments(&self, grant: Grant<ListDepartments>) -> Result<Disclosed<Vec<Department>>, Refusal> {
        let departments = self.company().departments.values().cloned().collect();
        grant.carry_out(vec![], departments).await
    }

    /// # Errors
    /// As [`Store::list_users`].
    pub async fn list_roles(&self, grant: Grant<ListRoles>) -> Result<Disclosed<Vec<Role>>, Refusal> {
        let roles = self.company().roles.values().cloned().collect();
        grant.carry_out(vec![], roles).await
    }

    /// # Errors
    /// As [`Store::list_users`].
    pub async fn colleagues(&self, grant: Grant<Colleagues>) -> Result<Disclosed<Vec<Colleague>>, Refusal> {
        let company = self.company();
        let (own, now) = (grant.caller().user, grant.now());
        // Whoever is from outside has no colleagues here, and is nobody's once their time is over.
        let guest = company.guests.contains_key(&own);
        let mut colleagues: Vec<Colleague> = company
            .users
            .values()
            .filter(|u| u.kind == UserKind::Person && u.status == UserStatus::Active)
            .filter(|u| u.id == own || !(guest || company.is_over(u.id, now)))
            .map(|u| Colleague { id: u.id, name: u.name.clone(), department: u.department })
            .collect();
        colleagues.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        grant.carry_out(vec![], colleagues).await
    }

    /// # Errors
    /// As [`Store::list_users`]; [`Refusal::NotFound`] when the account is gone.
    pub async fn myself(&self, grant: Grant<Myself>) -> Result<Disclosed<User>, Refusal> {
        match self.company().users.get(&grant.caller().user).cloned() {
            Some(user) => grant.carry_out(vec![], user).await,
            None => Err(grant.refuse_system(Refusal::NotFound).await),
        }
    }

    /// People and departments as the decisions see them.
    pub fn directory(&self) -> Arc<Directory> {
        Arc::new(self.company().directory())
    }
}

pub(crate) fn insert_department(draft: &mut Draft, department: Department) {
    draft.push(
        "INSERT INTO department (id, parent, name) VALUES (?1, ?2, ?3)",
        vec![department.id.into(), department.parent.into(), department.name.as_str().into()],
    );
    draft.next.departments.insert(department.id, department);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_have_one_spelling() {
        for good in ["li.wei", "zhang_san@corp.example", "0a"] {
            assert!(check_login(good).is_ok(), "{good}");
        }
        for bad in ["", "a", "Li.Wei", "李伟", "li wei", ".li", "li\u{0}", &"a".repeat(65)] {
            assert!(check_login(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_change_tells_nobody_from_not_given() {
        let change: UserChange = serde_json::from_str(r#"{"manager": null}"#).unwrap();
        assert_eq!((change.manager, change.trained_until), (Some(None), None));
    }
}
