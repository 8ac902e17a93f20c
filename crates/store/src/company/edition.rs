//! What ships grows: an instance of an earlier edition is given, when it starts, what was added since.
//!
//! Rule: an edition only adds. Object types, roles and rows of the matrix come under names of their own; fields that a
//! process needs come to object types that have none; nothing that a company has edited is changed. What cannot be added, for
//! a name is taken or a limit reached, is left out and told. All of it is one unit with its event.

use std::collections::BTreeSet;
use std::sync::Arc;

use access::path::JournalError;
use model::approval::{Approver, MOST_FLOWS};
use model::{Action, Channel, Decision, ObjectType, Principals, UnixMs, User, UserId, UserKind, UserStatus, defaults};
use serde_json::json;

use super::SYSTEM;
use super::draft::Draft;
use super::load::{Loaded, PolicyVersion, policy_hash, word};
use super::policy::{Diff, insert_policy};
use crate::Store;
use crate::ids::random;
use crate::records::sorted;

/// Key of the setting.
pub(crate) const EDITION: &str = "edition";

/// Why an edition could not be added: what was there stays in force.
#[derive(Debug, thiserror::Error)]
pub enum EditionError {
    #[error("the edition's rules do not compile with this company's")]
    Policy,
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl Store {
    /// Adds what this program ships beyond the instance's edition; gives whether there was anything. MUST be called after the
    /// node's first event.
    ///
    /// # Errors
    /// [`EditionError`]: nothing was added.
    pub async fn add_edition(&self, at: UnixMs) -> Result<bool, EditionError> {
        let _one_at_a_time = self.company.admin.lock().await;
        let from = self.company();
        if from.edition >= defaults::EDITION {
            return Ok(false);
        }
        let mut draft = Draft::new(from, self.seals().clone());
        let mut added = vec![];
        add_objects(&mut draft, &mut added).map_err(|_| EditionError::Policy)?;
        // What an earlier edition brought and the company took away stays away.
        if draft.from.edition < 2 {
            add_role(&mut draft, defaults::RECYCLER, &mut added).map_err(|_| EditionError::Policy)?;
            add_recycler(&mut draft, at, &mut added);
        }
        if draft.from.edition < 6 {
            add_role(&mut draft, defaults::ASSESSOR, &mut added).map_err(|_| EditionError::Policy)?;
        }
        add_rows(&mut draft, at, &mut added).map_err(|_| EditionError::Policy)?;
        if draft.from.edition < 4 {
            add_flows(&mut draft, &mut added).map_err(|_| EditionError::Policy)?;
        }
        draft.next.edition = defaults::EDITION;
        draft.set(EDITION, &defaults::EDITION).map_err(|_| EditionError::Policy)?;
        draft.next.compile().map_err(|_| EditionError::Policy)?;
        let told = draft.seal(at);
        let detail =
            access::path::tell(json!({ "act": "edition.add", "edition": defaults::EDITION, "added": added }), [told]);
        let caller = Self::system_caller(Channel::Job, "edition", at);
        self.gate.note(&caller, Action::ObjectManage, Decision::Allowed, detail, draft.changes).await?;
        self.install(draft.next);
        Ok(true)
    }
}

type Added = Vec<String>;

fn add_objects(draft: &mut Draft, added: &mut Added) -> Result<(), serde_json::Error> {
    for shipped in defaults::objects() {
        let have = draft.next.objects.get(&shipped.name).cloned();
        let Some((version, have)) = have else {
            draft.push(
                "INSERT INTO object_type (name, version, body) VALUES (?1, 1, ?2)",
                vec![shipped.name.as_str().into(), serde_json::to_string(&shipped)?.into()],
            );
            draft.changes.extend(sorted::indexes(None, &shipped));
            added.push(format!("object {}", shipped.name));
            draft.next.objects.insert(shipped.name.clone(), (1, Arc::new(shipped)));
            continue;
        };
        let next = if draft.from.edition < 2 { with_process(&have, &shipped) } else { None };
        let next = with_next(next.as_ref().unwrap_or(&have), &shipped).or(next);
        let next = match draft.from.edition {
            ..4 => {
                let next = with_approval(next.as_ref().unwrap_or(&have), &shipped).or(next);
                with_looked_up(next.as_ref().unwrap_or(&have), &shipped, &draft.next).or(next)
            }
            _ => next,
        };
        let Some(next) = next else { continue };
        let body = serde_json::to_string(&next)?;
        draft.push_expecting(
            "UPDATE object_type SET version = ?3, body = ?4 WHERE name = ?1 AND version = ?2",
            vec![next.name.as_str().into(), version.into(), (version + 1).into(), body.into()],
            1,
        );
        added.push(format!("process of {}", next.name));
        draft.next.objects.insert(next.name.clone(), (version + 1, Arc::new(next)));
    }
    Ok(())
}

/// The company's object type with the shipped process and the fields it needs, where both fit.
fn with_process(have: &ObjectType, shipped: &ObjectType) -> Option<ObjectType> {
    let process = shipped.process.as_ref().filter(|_| have.process.is_none())?;
    let mut next = have.clone();
    for name in process.fields() {
        let field = shipped.field(name.as_str())?;
        match next.field(name.as_str()) {
            None => next.fields.push(model::FieldDef { slot: None, sorted: false, ..field.clone() }),
            Some(own) if own.kept == field.kept => {}
            Some(_) => return None,
        }
    }
    next.process = Some(process.clone());
    next.assign_slots().ok()?;
    Some(next)
}

/// The company's object type, offering what the shipped one offers to make after a record, where it offers nothing yet.
fn with_next(have: &ObjectType, shipped: &ObjectType) -> Option<ObjectType> {
    let offered = &shipped.process()?.next;
    if offered.is_empty() || have.process().is_none_or(|p| !p.next.is_empty()) {
        return None;
    }
    let mut next = have.clone();
    next.process.as_mut()?.next.clone_from(offered);
    next.check().ok()?;
    Some(next)
}

/// The company's object type with the shipped approval and the fields it needs, where it has none and they fit.
fn with_approval(have: &ObjectType, shipped: &ObjectType) -> Option<ObjectType> {
    let approval = shipped.process()?.approval.as_ref()?;
    if have.process().is_some_and(|p| p.approval.is_some()) {
        return None;
    }
    let mut next = have.clone();
    let named = approval.needed.iter().flat_map(model::Condition::fields);
    let names = approval.guards.iter().map(model::FieldName::as_str).chain([approval.status.as_str()]).chain(named);
    for name in names {
        if next.field(name).is_none() {
            next.fields.push(model::FieldDef { slot: None, sorted: false, ..shipped.field(name)?.clone() });
        }
    }
    next.process.get_or_insert_default().approval = Some(approval.clone());
    next.assign_slots().ok()?;
    Some(next)
}

/// The shipped flows of approvals that came, under names of their own, last: what a company has set comes first.
fn add_flows(draft: &mut Draft, added: &mut Added) -> Result<(), access::path::Refusal> {
    let mut flows = draft.from.approvals.flows.clone();
    for flow in defaults::flows() {
        let fits = flow.object.as_ref().is_none_or(|name| draft.next.objects.contains_key(name));
        let role = |who: &Approver| match who {
            Approver::Role(role) | Approver::DepartmentRole(role) => draft.next.roles.contains_key(role),
            _ => true,
        };
        let known = flow.steps.iter().flat_map(|s| &s.approvers).all(role);
        if fits && known && flows.len() < MOST_FLOWS && flows.iter().all(|f| f.name != flow.name) {
            added.push(format!("flow {}", flow.name));
            flows.push(flow);
        }
    }
    draft.next.approvals.flows.clone_from(&flows);
    draft.set(super::approvals::FLOWS, &flows)
}

/// The company's object type with the shipped fields that are looked up elsewhere, as far as what they lead to is there. They
/// hold nothing, and who sees what they lead to is decided there.
fn with_looked_up(have: &ObjectType, shipped: &ObjectType, company: &Loaded) -> Option<ObjectType> {
    let mut next = have.clone();
    let known = |name: &model::ObjectName| company.objects.get(name).map(|(_, o)| &**o);
    for field in shipped.fields.iter().filter(|f| f.kind.is_looked_up()) {
        if have.field(field.name.as_str()).is_none() && super::objects::leads(have, field, &known).is_ok() {
            next.fields.push(field.clone());
        }
    }
    next.check().ok()?;
    (next.fields.len() > have.fields.len()).then_some(next)
}

fn add_role(draft: &mut Draft, name: &str, added: &mut Added) -> Result<(), serde_json::Error> {
    for role in defaults::roles() {
        if draft.next.roles.contains_key(&role.name) || role.name.as_str() != name {
            continue;
        }
        draft.push(
            "INSERT INTO role (name, body) VALUES (?1, ?2)",
            vec![role.name.as_str().into(), serde_json::to_string(&role)?.into()],
        );
        added.push(format!("role {}", role.name));
        draft.next.roles.insert(role.name.clone(), role);
    }
    Ok(())
}

/// The service account in whose name records go back to their pools.
pub(crate) fn recycler(company: &Loaded, at: UnixMs) -> Option<User> {
    let root = company.departments.values().find(|d| d.parent.is_none())?;
    Some(User {
        id: UserId::new(at, random()),
        login: defaults::RECYCLER.to_owned(),
        name: "公海回收".to_owned(),
        kind: UserKind::Service,
        department: root.id,
        manager: None,
        roles: [defaults::RECYCLER.parse().ok()?].into(),
        status: UserStatus::Active,
        trained_until: None,
    })
}

fn add_recycler(draft: &mut Draft, at: UnixMs, added: &mut Added) {
    if draft.next.users.values().any(|u| u.login == defaults::RECYCLER) {
        return;
    }
    let Some(user) = recycler(&draft.next, at) else { return };
    draft.push(
        "INSERT INTO app_user (id, login, name, kind, department, manager, status, trained_until, created_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, NULL, ?6, NULL, ?7)",
        vec![
            user.id.into(),
            user.login.as_str().into(),
            user.name.as_str().into(),
            word(user.kind),
            user.department.into(),
            word(user.status),
            at.into(),
        ],
    );
    for role in &user.roles {
        draft.push("INSERT INTO user_role (user_id, role) VALUES (?1, ?2)", vec![user.id.into(), role.as_str().into()]);
    }
    added.push(format!("account {}", user.login));
    draft.next.created.insert(user.id, at);
    draft.next.users.insert(user.id, user);
}

/// Rows of the matrix about what the edition brought, for roles that the company still has.
fn add_rows(draft: &mut Draft, at: UnixMs, added: &mut Added) -> Result<(), access::path::Refusal> {
    let mut policy = draft.from.policy.policy.clone();
    let have: BTreeSet<&str> = draft.from.policy.policy.rows.iter().map(|r| r.id.as_str()).collect();
    let mut rows = vec![];
    // What an earlier edition brought and the company took away stays away.
    let mut shipped = vec![];
    if draft.from.edition < 2 {
        shipped.extend(defaults::policy_of_sales_process());
    }
    if draft.from.edition < 3 {
        shipped.extend(defaults::policy_of_requests());
        shipped.extend(defaults::policy_of_trade());
        shipped.extend(defaults::policy_of_handover());
    }
    if draft.from.edition < 4 {
        shipped.extend(defaults::policy_of_fourth_edition());
    }
    if draft.from.edition < 5 {
        shipped.extend(defaults::policy_of_fifth_edition());
    }
    if draft.from.edition < 6 {
        shipped.extend(defaults::policy_of_sixth_edition());
    }
    for row in shipped {
        let known = match &row.who {
            Principals::Role(role) => draft.next.roles.contains_key(role),
            _ => false,
        };
        if known && !have.contains(row.id.as_str()) {
            added.push(format!("rule {}", row.id));
            rows.push(row);
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    policy.rows.extend(rows.iter().cloned());
    let body = serde_json::to_string(&policy).map_err(|_| access::path::Refusal::Damaged)?;
    let version = PolicyVersion {
        version: draft.from.policy.version.saturating_add(1),
        at,
        author: SYSTEM,
        reason: "新版本带来的对象与规则 / objects and rules of the new edition".to_owned(),
        hash: policy_hash(&body),
        policy,
    };
    let diff = Diff { added: rows, ..Diff::default() };
    draft.publish(insert_policy(&version, body, &diff)?);
    draft.next.policy = Arc::new(version);
    Ok(())
}
