//! What a person has before them: which object types, fields and duties are open to them, and the names to choose from.
//!
//! Rule: it tells of no object type whose records they can never list, and of no field they can never see. What it says is
//! open is decided anew, record by record, when it is asked for.

use std::sync::Arc;

use access::engine::{Engine, Rights, compare};
use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::action::On;
use model::{
    Action, Department, DepartmentId, Directory, FieldDef, FieldLevel, FieldName, ObjectType, Role, RoleName, User,
    UserId, UserKind, UserStatus,
};
use serde_json::{Value, json};

use super::load::Loaded;
use super::operations;
use super::policy::compile;
use crate::Store;

/// The caller's own workspace.
#[derive(Debug)]
pub struct ShowWorkspace;

/// What would be open to somebody who holds one role and no other: 以角色查看. Never as a person, and without data.
#[derive(Debug)]
pub struct PreviewLayout {
    pub role: RoleName,
    /// A definition that is not in force, instead of the one of its name or besides the others.
    pub object: Option<ObjectType>,
}

operations! {
    ShowWorkspace: SelfRead, |_op| json!({ "act": "workspace" });
    PreviewLayout: DirectoryRead, |op| json!({
        "act": "role.layout", "role": op.role, "object": op.object.as_ref().map(|o| &o.name),
    });
}

/// Answer of [`PreviewLayout`].
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    pub duties: Vec<Action>,
    pub objects: Vec<ObjectForm>,
}

/// A field as it is open to the caller.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldForm {
    pub def: FieldDef,
    /// The highest level they have it at on some record; never hidden.
    pub level: FieldLevel,
}

/// An object type as it is open to the caller.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectForm {
    pub object: Arc<ObjectType>,
    /// `None` where the caller never sees it.
    pub title_field: Option<FieldName>,
    pub customer_field: Option<FieldName>,
    /// Operations open on some record.
    pub actions: Vec<Action>,
    pub fields: Vec<FieldForm>,
}

/// What is open to somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Workspace {
    /// Administrative operations.
    pub duties: Vec<Action>,
    pub objects: Vec<ObjectForm>,
    /// All roles, to share with.
    pub roles: Vec<Role>,
    pub departments: Vec<Department>,
}

fn actions_on(kind: On) -> impl Iterator<Item = Action> {
    Action::ALL.iter().copied().filter(move |a| a.on() == kind)
}

/// An object type as far as it is open; nothing where its records can never be listed.
fn form(
    object: &Arc<ObjectType>,
    may: impl Fn(Action, &ObjectType) -> bool,
    level: impl Fn(&ObjectType, &FieldName) -> FieldLevel,
) -> Option<ObjectForm> {
    let actions: Vec<Action> = actions_on(On::Record).filter(|a| may(*a, object)).collect();
    if !actions.contains(&Action::List) {
        return None;
    }
    let form = |def: &FieldDef| {
        let level = level(object, &def.name);
        // Nobody edits what the house writes, whatever the matrix says.
        let level = if def.is_given() { level.min(FieldLevel::ReadOnly) } else { level };
        (level != FieldLevel::Hidden).then(|| FieldForm { def: def.clone(), level })
    };
    let fields: Vec<FieldForm> = object.fields.iter().filter_map(form).collect();
    let seen = |name: &FieldName| fields.iter().any(|f| f.def.name == *name);
    Some(ObjectForm {
        object: object.clone(),
        title_field: Some(object.title_field.clone()).filter(seen),
        customer_field: object.customer_field.clone().filter(seen),
        actions,
        fields,
    })
}

/// Somebody with one role, in a department of their own.
fn holder(role: &RoleName) -> User {
    User {
        id: UserId::from_bytes([1; 16]),
        login: "stand-in".to_owned(),
        name: "stand-in".to_owned(),
        kind: UserKind::Person,
        department: DepartmentId::from_bytes([1; 16]),
        manager: None,
        roles: [role.clone()].into(),
        status: UserStatus::Active,
        trained_until: None,
    }
}

impl Store {
    /// What is open to whoever holds a role.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is no such role, [`Refusal::Invalid`] for a definition that cannot be used,
    /// [`Refusal::AuditUnavailable`].
    pub async fn preview_layout(&self, grant: Grant<PreviewLayout>) -> Result<Disclosed<Layout>, Refusal> {
        match self.layout(&grant) {
            Ok(layout) => grant.carry_out(vec![], layout).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    fn layout(&self, grant: &Grant<PreviewLayout>) -> Result<Layout, Refusal> {
        let op = grant.operation();
        let mut company = Loaded::clone(&self.company());
        if !company.roles.contains_key(&op.role) {
            return Err(Refusal::NotFound);
        }
        if let Some(object) = &op.object {
            let mut object = object.clone();
            object.fields.iter_mut().for_each(|f| f.slot = None);
            object.assign_slots().map_err(|e| Refusal::invalid("object", "bad_definition", e.to_string()))?;
            company.objects.insert(object.name.clone(), (0, Arc::new(object)));
            compile(&mut company)?;
        }
        let user = holder(&op.role);
        let id = user.id;
        let departments = company.departments.values().cloned().collect();
        let roles = company.roles.values().cloned().collect();
        let directory = Directory::new(vec![user], departments, roles);
        let engine = Engine::new(company.compiled, Arc::new(directory));
        let open = |holds: &dyn Fn(&Rights) -> bool, object: &ObjectType| {
            engine.rights(id, &object.name).is_ok_and(|rights| holds(&rights))
        };
        let may = |a, object: &ObjectType| open(&|rights| !rights.filter(a).never(), object);
        let level = |object: &ObjectType, field: &FieldName| {
            [FieldLevel::Editable, FieldLevel::ReadOnly, FieldLevel::Masked]
                .into_iter()
                .find(|l| open(&|rights| !rights.field(field.as_str(), *l).never(), object))
                .unwrap_or(FieldLevel::Hidden)
        };
        let objects = engine.compiled().objects().filter_map(|o| form(o, may, level)).collect();
        let ctx = compare::best(grant.now());
        let duties = actions_on(On::System).filter(|a| engine.may_system(id, *a, &ctx).allowed).collect();
        Ok(Layout { duties, objects })
    }

    /// What is open to the caller.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn workspace(&self, grant: Grant<ShowWorkspace>) -> Result<Disclosed<Workspace>, Refusal> {
        let duties = actions_on(On::System).filter(|a| grant.has_duty(*a)).collect();
        let may = |a, object: &ObjectType| grant.has_right(a, &object.name);
        let level = |object: &ObjectType, field: &FieldName| grant.best_level(&object.name, field);
        let objects = grant.engine().compiled().objects().filter_map(|o| form(o, may, level)).collect();
        let company = self.company();
        // How the company is divided is nothing for somebody from outside.
        let guest = company.guests.contains_key(&grant.caller().user);
        let roles = company.roles.values().filter(|_| !guest).cloned().collect();
        let departments = company.departments.values().filter(|_| !guest).cloned().collect();
        grant.carry_out(vec![], Workspace { duties, objects, roles, departments }).await
    }
}
