//! The Cedar schema of the object types, and the names that stand in it.
//!
//! `User in [Role, Department, Grantee]`, `Department in [Department, Grantee]`, `Role in [Grantee]`; one entity type
//! `<object>_record` per object type with the record's own columns and its clear fields (optional). An owner or department
//! that is not there is [`NOBODY`], so that no test of them can err.
//!
//! One action per operation (`customer.view`), per class of fields and level (`customer.class.personal.masked`), and per
//! field that some row names (`customer.field.phone.masked`, within its class): checking a policy costs time for every
//! action, and fields that no row tells apart need none of their own. Groups: `*.view`, `*.class.personal.masked`, and
//! `reads` for all that only show.

use std::collections::BTreeSet;

use model::action::On;
use model::object::{ColumnKind, FieldDef};
use model::{Action, FieldKind, FieldLevel, FieldName, ObjectName, ObjectType, Sensitivity};
use serde_json::{Value as Json, json};

/// The id of the user who owns what nobody owns, and of the department of what has none.
pub(crate) const NOBODY: &str = "none";
/// The resource of administrative duties.
pub(crate) const COMPANY: &str = "company";

/// The levels that are actions, from the lowest.
pub(crate) const LEVELS: [FieldLevel; 3] = [FieldLevel::Masked, FieldLevel::ReadOnly, FieldLevel::Editable];

/// What an operation or level does with a record: taking part as a viewer is enough for the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Manner {
    Read,
    Write,
}

pub(crate) const fn manner(action: Action) -> Manner {
    match action {
        Action::List
        | Action::View
        | Action::Reveal
        | Action::Export
        | Action::Print
        | Action::WhoLooked
        | Action::DownloadFile => Manner::Read,
        _ => Manner::Write,
    }
}

pub(crate) const fn level_manner(level: FieldLevel) -> Manner {
    match level {
        FieldLevel::Editable => Manner::Write,
        _ => Manner::Read,
    }
}

pub(crate) fn record_actions() -> impl Iterator<Item = Action> {
    Action::ALL.iter().copied().filter(|a| a.on() == On::Record)
}

pub(crate) fn duties() -> impl Iterator<Item = Action> {
    Action::ALL.iter().copied().filter(|a| a.on() == On::System)
}

/// `customer_record`: with the suffix no object's name is a word of Cedar's.
pub(crate) fn record_type(object: &ObjectName) -> String {
    format!("{object}_record")
}

pub(crate) fn operation_id(object: &ObjectName, action: Action) -> String {
    format!("{object}.{action}")
}
pub(crate) fn any_operation_id(action: Action) -> String {
    format!("*.{action}")
}
pub(crate) fn duty_id(action: Action) -> String {
    format!("duty.{action}")
}
pub(crate) fn field_id(object: &ObjectName, field: &str, level: FieldLevel) -> String {
    format!("{object}.field.{field}.{}", level.as_str())
}
pub(crate) fn class_id(object: &ObjectName, class: Sensitivity, level: FieldLevel) -> String {
    format!("{object}.class.{}.{}", class.as_str(), level.as_str())
}
pub(crate) fn any_class_id(class: Sensitivity, level: FieldLevel) -> String {
    format!("*.class.{}.{}", class.as_str(), level.as_str())
}

/// Fields that some row names.
pub(crate) type NamedFields = BTreeSet<(ObjectName, FieldName)>;

/// The action of one field at one level.
pub(crate) fn field_action(object: &ObjectName, def: &FieldDef, level: FieldLevel, named: &NamedFields) -> String {
    if named.contains(&(object.clone(), def.name.clone())) {
        field_id(object, def.name.as_str(), level)
    } else {
        class_id(object, def.class, level)
    }
}

/// How a clear field stands in the schema; `None` for fields that conditions cannot test.
pub(crate) fn attribute_type(def: &FieldDef) -> Option<Json> {
    if def.class.is_sealed() {
        return None;
    }
    let name = match (def.slot?.kind, &def.kind) {
        (_, FieldKind::Bool) => "Boolean",
        (ColumnKind::Number, _) => "Long",
        (ColumnKind::Text, _) => "String",
    };
    Some(json!({ "type": name, "required": false }))
}

fn set_of(entity: &str) -> Json {
    json!({ "type": "Set", "element": { "type": "Entity", "name": entity } })
}

fn record_shape(object: &ObjectType) -> Json {
    let mut attributes = serde_json::Map::new();
    let mut put = |name: &str, ty: Json| attributes.insert(name.to_owned(), ty);
    put("owner", json!({ "type": "Entity", "name": "User" }));
    put("department", json!({ "type": "Entity", "name": "Department" }));
    put("pool", json!({ "type": "Boolean" }));
    put("created_at", json!({ "type": "Long" }));
    put("updated_at", json!({ "type": "Long" }));
    // Capital letters: no field's name has them.
    put("collaboratorUsers", set_of("User"));
    put("viewerUsers", set_of("User"));
    put("sharedUsers", set_of("User"));
    put("sharedRead", set_of("Grantee"));
    put("sharedEdit", set_of("Grantee"));
    for f in &object.fields {
        if let Some(ty) = attribute_type(f) {
            put(f.name.as_str(), ty);
        }
    }
    json!({ "type": "Record", "attributes": attributes })
}

fn context_type() -> Json {
    let boolean = json!({ "type": "Boolean" });
    let long = json!({ "type": "Long" });
    let mut attributes = json!({
        "address": { "type": "Extension", "name": "ipaddr", "required": false },
        "channel": { "type": "String" },
        "mfa": boolean,
        "now": long,
        "office_hours": boolean,
        "purpose": boolean,
        "trained": boolean,
    });
    if let Some(map) = attributes.as_object_mut() {
        map.extend(model::policy::Counter::ALL.iter().map(|c| (c.as_str().to_owned(), long.clone())));
    }
    json!({ "type": "Record", "attributes": attributes })
}

fn group_refs(ids: &[String]) -> Json {
    ids.iter().map(|id| json!({ "id": id })).collect()
}

/// The schema in Cedar's JSON form.
pub(crate) fn schema(objects: &[&ObjectType], named: &NamedFields) -> Json {
    let mut entities = serde_json::Map::new();
    entities.insert("Grantee".to_owned(), json!({}));
    entities.insert("Role".to_owned(), json!({ "memberOfTypes": ["Grantee"] }));
    entities.insert("Department".to_owned(), json!({ "memberOfTypes": ["Department", "Grantee"] }));
    entities.insert("System".to_owned(), json!({}));
    entities.insert(
        "User".to_owned(),
        json!({
            "memberOfTypes": ["Role", "Department", "Grantee"],
            "shape": { "type": "Record", "attributes": {
                "department": { "type": "Entity", "name": "Department" },
                "reports": set_of("User"),
            } },
        }),
    );
    let mut actions = serde_json::Map::new();
    actions.insert("reads".to_owned(), json!({}));
    for a in record_actions() {
        actions.insert(any_operation_id(a), json!({}));
    }
    for class in Sensitivity::ALL {
        for level in LEVELS {
            actions.insert(any_class_id(class, level), json!({}));
        }
    }
    for a in duties() {
        actions.insert(duty_id(a), applies("System", &[]));
    }
    for object in objects {
        let resource = record_type(&object.name);
        entities.insert(resource.clone(), json!({ "shape": record_shape(object) }));
        let reads = |m: Manner| (m == Manner::Read).then(|| "reads".to_owned());
        for a in record_actions() {
            let groups: Vec<String> = std::iter::once(any_operation_id(a)).chain(reads(manner(a))).collect();
            actions.insert(operation_id(&object.name, a), applies(&resource, &groups));
        }
        for level in LEVELS {
            for class in Sensitivity::ALL {
                let groups: Vec<String> =
                    std::iter::once(any_class_id(class, level)).chain(reads(level_manner(level))).collect();
                actions.insert(class_id(&object.name, class, level), applies(&resource, &groups));
            }
            for f in object.fields.iter().filter(|f| named.contains(&(object.name.clone(), f.name.clone()))) {
                let groups = [class_id(&object.name, f.class, level)];
                actions.insert(field_id(&object.name, f.name.as_str(), level), applies(&resource, &groups));
            }
        }
    }
    json!({ "": {
        "commonTypes": { "Request": context_type() },
        "entityTypes": entities,
        "actions": actions,
    } })
}

fn applies(resource: &str, groups: &[String]) -> Json {
    json!({
        "memberOf": group_refs(groups),
        "appliesTo": { "principalTypes": ["User"], "resourceTypes": [resource], "context": { "type": "Request" } },
    })
}
