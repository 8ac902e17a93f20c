//! What a person has before them: which object types, fields and duties are open to them, and the names to choose from.
//!
//! Rule: it tells of no object type whose records they can never list, and of no field they can never see. What it says is
//! open is decided anew, record by record, when it is asked for.

use std::sync::Arc;

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::action::On;
use model::{Action, Department, FieldDef, FieldLevel, FieldName, ObjectType, Role};
use serde_json::{Value, json};

use super::operations;
use crate::Store;

/// The caller's own workspace.
#[derive(Debug)]
pub struct ShowWorkspace;

operations! {
    ShowWorkspace: SelfRead, |_op| json!({ "act": "workspace" });
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

impl Store {
    /// What is open to the caller.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn workspace(&self, grant: Grant<ShowWorkspace>) -> Result<Disclosed<Workspace>, Refusal> {
        let on = |kind: On| Action::ALL.iter().copied().filter(move |a| a.on() == kind);
        let duties = on(On::System).filter(|a| grant.has_duty(*a)).collect();
        let mut objects = vec![];
        for object in grant.engine().compiled().objects() {
            let actions: Vec<Action> = on(On::Record).filter(|a| grant.has_right(*a, &object.name)).collect();
            if !actions.contains(&Action::List) {
                continue;
            }
            let form = |def: &FieldDef| {
                let level = grant.best_level(&object.name, &def.name);
                (level != FieldLevel::Hidden).then(|| FieldForm { def: def.clone(), level })
            };
            let fields: Vec<FieldForm> = object.fields.iter().filter_map(form).collect();
            let seen = |name: &FieldName| fields.iter().any(|f| f.def.name == *name);
            objects.push(ObjectForm {
                object: object.clone(),
                title_field: Some(object.title_field.clone()).filter(seen),
                customer_field: object.customer_field.clone().filter(seen),
                actions,
                fields,
            });
        }
        let company = self.company();
        let roles = company.roles.values().cloned().collect();
        let departments = company.departments.values().cloned().collect();
        grant.carry_out(vec![], Workspace { duties, objects, roles, departments }).await
    }
}
