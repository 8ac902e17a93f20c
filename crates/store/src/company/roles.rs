//! Who holds which role 角色授予: a security duty, apart from making accounts.
//!
//! Rule: nobody gives themselves a role; roles that exclude each other meet in nobody; each administrative duty keeps an
//! active holder.

use access::path::{Disclosed, Grant, Refusal};
use model::{Action, Role, RoleName, UserId};
use serde_json::{Value, json};

use super::draft::Note;
use super::duties::{DUTIES, barred, check_about, check_holders, exclusion, is_duty};
use super::load::Loaded;
use super::people::operations;
use crate::Store;
use access::path::{OnSystem, Operation};

#[derive(Debug)]
pub struct AssignRole {
    pub user: UserId,
    pub role: RoleName,
}

#[derive(Debug)]
pub struct TakeRole {
    pub user: UserId,
    pub role: RoleName,
}

/// Makes a role, or changes label, exclusions and export limit of one. What a role may do is the policy's.
#[derive(Debug)]
pub struct DefineRole {
    pub role: Role,
    pub note: Note,
}

operations! {
    AssignRole: RoleAssign, |op| json!({ "act": "role.assign", "user": op.user, "role": op.role });
    TakeRole: RoleAssign, |op| json!({ "act": "role.take", "user": op.user, "role": op.role });
    DefineRole: PolicyManage, |op| json!({ "act": "role.define", "old": op.note.get(), "new": op.role });
}

fn check_role_change(company: &Loaded, actor: UserId, user: UserId, role: &RoleName) -> Result<(), Refusal> {
    let account = company.users.get(&user).ok_or(Refusal::NotFound)?;
    check_about(company, actor, account)?;
    if actor == user {
        return Err(barred("own_roles", "nobody changes their own roles"));
    }
    let program = company.users.get(&actor).is_none_or(|a| a.kind != model::UserKind::Person);
    if program && is_duty(role) {
        return Err(barred("separate_duty", "only a person gives or takes an administrative duty"));
    }
    Ok(())
}

impl Store {
    /// Gives a role. Giving one that is held already changes nothing and is recorded.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `own_roles`, `excluded_roles`, `separate_duty` or `system_account`; [`Refusal::Invalid`]
    /// for an unknown role; [`Refusal::NotFound`]; and as every change.
    pub async fn assign_role(&self, grant: Grant<AssignRole>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let AssignRole { user, role } = grant.operation();
            check_role_change(&draft.from, grant.caller().user, *user, role)?;
            if !draft.from.roles.contains_key(role) {
                return Err(Refusal::invalid("role", "unknown_role", "there is no such role"));
            }
            let account = draft.next.users.get_mut(user).ok_or(Refusal::NotFound)?;
            account.roles.insert(role.clone());
            let roles = account.roles.clone();
            if let Some((a, b)) = exclusion(&draft.from, &roles) {
                return Err(barred("excluded_roles", format!("`{a}` and `{b}` exclude each other")));
            }
            draft.push(
                "INSERT INTO user_role (user_id, role) VALUES (?1, ?2) ON CONFLICT (user_id, role) DO NOTHING",
                vec![(*user).into(), role.as_str().into()],
            );
            Ok(())
        })
        .await
    }

    /// Takes a role away.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `own_roles`, `last_holder`, `separate_duty` or `system_account`; [`Refusal::NotFound`]
    /// also when the role is not held; and as every change.
    pub async fn take_role(&self, grant: Grant<TakeRole>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let TakeRole { user, role } = grant.operation();
            check_role_change(&draft.from, grant.caller().user, *user, role)?;
            let account = draft.next.users.get_mut(user).ok_or(Refusal::NotFound)?;
            if !account.roles.remove(role) {
                return Err(Refusal::NotFound);
            }
            check_holders(&draft.from, &draft.next)?;
            draft.push_expecting(
                "DELETE FROM user_role WHERE user_id = ?1 AND role = ?2",
                vec![(*user).into(), role.as_str().into()],
                1,
            );
            Ok(())
        })
        .await
    }

    /// Makes or changes a role. Exclusions are kept both ways, and every role other than the three duties excludes them.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `separate_duty` when it would weaken the duties' exclusions, with `excluded_roles` when
    /// someone already holds both of two roles that would exclude each other; [`Refusal::Invalid`]; and as every change.
    pub async fn define_role(&self, grant: Grant<DefineRole>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let op = grant.operation();
            let mut role = op.role.clone();
            if role.label.zh.trim().is_empty() || role.label.en.trim().is_empty() {
                return Err(Refusal::invalid("label", "required", "a label in Chinese and in English is needed"));
            }
            if role.excludes.contains(&role.name) {
                return Err(Refusal::invalid("excludes", "invalid_value", "a role cannot exclude itself"));
            }
            if let Some(unknown) = role.excludes.iter().find(|r| !draft.from.roles.contains_key(*r)) {
                return Err(Refusal::invalid("excludes", "unknown_role", format!("there is no role `{unknown}`")));
            }
            let old = draft.from.roles.get(&role.name);
            op.note.set(json!(old));
            if is_duty(&role.name) {
                if !old.is_some_and(|old| old.excludes.is_subset(&role.excludes)) {
                    return Err(barred("separate_duty", "an administrative duty keeps its exclusions"));
                }
            } else {
                role.excludes.extend(DUTIES.iter().filter_map(|d| d.parse().ok()));
            }
            if old.is_none() && draft.from.roles.len() >= 200 {
                return Err(barred("too_many_roles", "a company has at most 200 roles"));
            }
            let others: Vec<RoleName> = draft.next.roles.keys().filter(|r| **r != role.name).cloned().collect();
            let mut written = vec![role.clone()];
            for name in others {
                let Some(other) = draft.next.roles.get_mut(&name) else { continue };
                let changed = if role.excludes.contains(&name) {
                    other.excludes.insert(role.name.clone())
                } else {
                    other.excludes.remove(&role.name)
                };
                if changed {
                    written.push(other.clone());
                }
            }
            draft.next.roles.insert(role.name.clone(), role);
            for user in draft.next.users.values() {
                if let Some((a, b)) = exclusion(&draft.next, &user.roles) {
                    return Err(barred("excluded_roles", format!("someone holds both `{a}` and `{b}`")));
                }
            }
            for role in &written {
                let body = serde_json::to_string(role).map_err(|_| Refusal::Damaged)?;
                draft.push(
                    "INSERT INTO role (name, body) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET body = ?2",
                    vec![role.name.as_str().into(), body.into()],
                );
            }
            Ok(())
        })
        .await
    }
}
