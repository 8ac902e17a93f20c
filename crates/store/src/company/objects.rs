//! Object types and their fields, changed without code. A definition counts versions from 1.
//!
//! Rule: a change of a definition never changes what is stored or who sees it. A type stays, a clear column stays, an
//! option in use stays, a class never becomes less sensitive once there are records. A new field is visible only to those
//! whose rows name its class: until a row names it, nobody else sees it.

use std::sync::Arc;

use access::engine::predicate_of;
use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::object::Search;
use model::process::{Approval, Before};
use model::rules::{Check, Must, RequiredIf};
use model::{
    Action, Condition, FieldDef, FieldKind, FieldName, FormLayout, Mask, ObjectName, ObjectType, Sensitivity, Text,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::draft::{Draft, Note};
use super::duties::barred;
use super::people::operations;
use super::policy::compile;
use super::versions;
use crate::records::sorted;
use crate::{Query, Store};

/// Object types of one company.
const MOST_OBJECTS: usize = 60;

/// Makes an object type.
#[derive(Debug)]
pub struct DefineObject {
    pub object: ObjectType,
}

#[derive(Debug)]
pub struct AddField {
    pub object: ObjectName,
    pub field: FieldDef,
}

/// What a field of files takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileLimits {
    /// Most files, 1 to 50.
    pub max: u8,
    /// Endings of names; any that the company's rules take where there are none.
    #[serde(default)]
    pub types: Vec<String>,
}

/// Wanted changes of a field; what is `None` stays. Name and type never change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FieldChange {
    pub label: Option<Text>,
    /// The whole list. Options may be added, relabelled and reordered; taken away only while there are no records.
    pub options: Option<Vec<model::object::ChoiceOption>>,
    /// How many and which files a field of files takes from then on. Those that are there stay.
    pub files: Option<FileLimits>,
    pub mask: Option<Mask>,
    pub class: Option<Sensitivity>,
    pub required: Option<bool>,
    pub unique: Option<bool>,
    pub search: Option<Search>,
    /// A pattern by which the house numbers records from then on; `null` for none.
    #[serde(deserialize_with = "super::double", skip_serializing_if = "Option::is_none")]
    pub numbered: Option<Option<String>>,
    /// Makes or drops the field's index within the change: writes to records wait that long (a few seconds at a million).
    pub sorted: Option<bool>,
}

#[derive(Debug)]
pub struct ChangeField {
    pub object: ObjectName,
    pub field: FieldName,
    pub change: FieldChange,
    pub note: Note,
}

#[derive(Debug)]
pub struct ChangeObject {
    pub object: ObjectName,
    pub label: Option<Text>,
    pub title_field: Option<FieldName>,
    pub has_pool: Option<bool>,
    /// The fields in the order wanted: each once. What is stored does not move.
    pub order: Option<Vec<FieldName>>,
    /// `Some(None)`: the fields in their order, without a layout.
    pub layout: Option<Option<FormLayout>>,
    /// `Some(None)`: its records are not approved.
    pub approval: Option<Option<ApprovalRules>>,
    /// All of them.
    pub required_if: Option<Vec<RequiredIf>>,
    /// All of them.
    pub checks: Option<Vec<Check>>,
    /// The fields of a card, in order.
    pub card: Option<Vec<FieldName>>,
    pub note: Note,
}

/// How records of a type are approved. Where they stand is kept in a field that is made if there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ApprovalRules {
    pub guards: Vec<FieldName>,
    pub needed: Option<Condition>,
    pub before: Option<Before>,
}

/// Sets how records are approved, or that they are not.
fn set_approval(object: &mut ObjectType, wanted: Option<&ApprovalRules>) -> Result<(), Refusal> {
    let Some(rules) = wanted else {
        if let Some(process) = &mut object.process {
            process.approval = None;
        }
        return Ok(());
    };
    let have = object.process().and_then(|p| p.approval.as_ref()).map(|a| a.status.clone());
    let name = || Approval::STATUS.parse().map_err(|_| Refusal::Damaged);
    let status: FieldName = have.map_or_else(name, Ok)?;
    if object.field(status.as_str()).is_none() {
        object.fields.push(Approval::status_field(status.clone()));
    }
    let ApprovalRules { guards, needed, before } = rules.clone();
    if let Some(condition) = &needed {
        predicate_of(condition, object).map_err(|e| Refusal::invalid("approval", "bad_definition", e.to_string()))?;
    }
    object.process.get_or_insert_default().approval = Some(Approval { status, guards, needed, before });
    Ok(())
}

#[derive(Debug)]
pub struct ListObjects;

operations! {
    DefineObject: ObjectManage, |op| json!({ "act": "object.define", "object": op.object });
    AddField: ObjectManage, |op| json!({ "act": "field.add", "object": op.object, "field": op.field });
    ChangeField: ObjectManage, |op| json!({
        "act": "field.change", "object": op.object, "field": op.field, "old": op.note.get(), "new": op.change,
    });
    ChangeObject: ObjectManage, |op| json!({
        "act": "object.change", "object": op.object, "old": op.note.get(),
        "new": { "label": op.label, "title_field": op.title_field, "has_pool": op.has_pool, "order": op.order, "layout": op.layout,
            "approval": op.approval,
            "required_if": op.required_if, "checks": op.checks, "card": op.card },
    });
    ListObjects: DirectoryRead, |_op| json!({ "act": "object.list" });
}

/// Gives columns and checks what a definition names beyond itself.
pub(super) fn check(draft: &Draft, object: &mut ObjectType) -> Result<(), Refusal> {
    if object.label.zh.trim().is_empty() || object.label.en.trim().is_empty() {
        return Err(Refusal::invalid("label", "required", "a label in Chinese and in English is needed"));
    }
    object.assign_slots().map_err(|e| Refusal::invalid("fields", "bad_definition", e.to_string()))?;
    // A field of several options of before columns held them: its values lie sealed, and a column would hide them.
    if let Some((_, before)) = draft.from.objects.get(&object.name) {
        let several = |f: &FieldDef| !f.class.is_sealed() && matches!(f.kind, FieldKind::MultiChoice { .. });
        for field in object.fields.iter_mut().filter(|f| several(f)) {
            if before.field(field.name.as_str()).is_some_and(|was| several(was) && was.slot.is_none()) {
                field.slot = None;
            }
        }
    }
    for field in &object.fields {
        if let FieldKind::Reference { object: to } = &field.kind
            && *to != object.name
            && !draft.from.objects.contains_key(to)
        {
            let reason = format!("field `{}` refers to `{to}`, which there is not", field.name);
            return Err(Refusal::invalid("fields", "unknown_object", reason));
        }
        let known = |name: &ObjectName| draft.from.objects.get(name).map(|(_, o)| &**o);
        if let Err(reason) = leads(object, field, &known) {
            let reason = format!("field `{}`: {reason}", field.name);
            return Err(Refusal::invalid("fields", "bad_definition", reason));
        }
    }
    if let Some(name) = &object.customer_field {
        let good = object
            .field(name.as_str())
            .is_some_and(|f| matches!(&f.kind, FieldKind::Reference { object } if object.as_str() == "customer"));
        if !good {
            let reason = "the customer field is a reference to a customer";
            return Err(Refusal::invalid("customer_field", "bad_definition", reason));
        }
    }
    if let Some(condition) = object.process().and_then(|p| p.approval.as_ref()).and_then(|a| a.needed.as_ref()) {
        predicate_of(condition, object).map_err(|e| Refusal::invalid("approval", "bad_definition", e.to_string()))?;
    }
    for rule in object.layout.iter().flat_map(|l| &l.shown_if) {
        predicate_of(&rule.when, object)
            .map_err(|e| Refusal::invalid("layout", "bad_definition", format!("field `{}`: {e}", rule.field)))?;
    }
    let hold = |c: &Check| if let Must::Hold(condition) = &c.must { Some(condition.clone()) } else { None };
    let required = object.required_if.iter().map(|r| (&r.field, Some(r.when.clone())));
    for (field, condition) in required.chain(object.checks.iter().map(|c| (&c.field, hold(c)))) {
        let Some(condition) = condition else { continue };
        // Rules are over the record's fields: who has it, and when, is for the policy.
        if let Some(other) = condition.fields().into_iter().find(|f| object.field(f).is_none()) {
            let reason = format!("field `{field}`: there is no field `{other}`");
            return Err(Refusal::invalid("rules", "bad_definition", reason));
        }
        predicate_of(&condition, object)
            .map_err(|e| Refusal::invalid("rules", "bad_definition", format!("field `{field}`: {e}")))?;
    }
    Ok(())
}

/// Whether what a field is looked up in, or rolled up over, is there.
pub(super) fn leads<'a>(
    object: &'a ObjectType,
    field: &FieldDef,
    known: &impl Fn(&ObjectName) -> Option<&'a ObjectType>,
) -> Result<(), String> {
    let of = |name: &ObjectName| {
        let found = if *name == object.name { Some(object) } else { known(name) };
        found.ok_or_else(|| format!("there is no object type `{name}`"))
    };
    match &field.kind {
        FieldKind::Lookup { through, field: wanted } => {
            let Some(FieldKind::Reference { object: to }) = object.field(through.as_str()).map(|f| &f.kind) else {
                return Err("a field is looked up through a reference of the same object type".to_owned());
            };
            match of(to)?.field(wanted.as_str()) {
                Some(found) if !found.kind.is_beside() => Ok(()),
                Some(_) => Err("what is looked up is a field that is stored, one step away".to_owned()),
                None => Err(format!("there is no field `{wanted}` in `{to}`")),
            }
        }
        FieldKind::RollUp { object: over, by, value, when } => {
            let over = of(over)?;
            let by = over.field(by.as_str()).filter(|f| f.slot.is_some() || !f.class.is_sealed());
            if !by.is_some_and(|f| matches!(&f.kind, FieldKind::Reference { object: to } if *to == object.name)) {
                return Err(format!("records of `{}` do not name one of these by that field", over.name));
            }
            if let Some(value) = value {
                let counted = |f: &FieldDef| {
                    !f.class.is_sealed() && matches!(f.kind, FieldKind::Number { .. } | FieldKind::Money { .. })
                };
                if !over.field(value.field.as_str()).is_some_and(counted) {
                    return Err("clear numbers and amounts are rolled up".to_owned());
                }
            }
            when.as_ref().map_or(Ok(()), |when| predicate_of(when, over).map(|_| ()).map_err(|e| e.to_string()))
        }
        _ => Ok(()),
    }
}

/// Puts a changed definition into the draft. `only_without_records` makes the statement itself insist on that.
pub(super) fn put(
    draft: &mut Draft,
    object: ObjectType,
    only_without_records: bool,
    made: versions::Made,
) -> Result<(), Refusal> {
    let (version, before) = draft.from.objects.get(&object.name).cloned().ok_or(Refusal::NotFound)?;
    let indexes = sorted::indexes(Some(&before), &object);
    if !draft.has_row(versions::TABLE, &[object.name.as_str().into(), version.into()]) {
        versions::keep(draft, &before, version, None)?;
    }
    versions::keep(draft, &object, version + 1, made)?;
    let body = serde_json::to_string(&object).map_err(|_| Refusal::Damaged)?;
    let sql = if only_without_records {
        "UPDATE object_type SET version = ?3, body = ?4 WHERE name = ?1 AND version = ?2 \
         AND NOT EXISTS (SELECT 1 FROM record WHERE object = ?1)"
    } else {
        "UPDATE object_type SET version = ?3, body = ?4 WHERE name = ?1 AND version = ?2"
    };
    let params = vec![object.name.as_str().into(), version.into(), (version + 1).into(), body.into()];
    draft.push_expecting(sql, params, 1);
    draft.changes.extend(indexes);
    draft.next.objects.insert(object.name.clone(), (version + 1, Arc::new(object)));
    compile(&mut draft.next)
}

/// Applies a change to a field. The answer says whether it is safe only while there are no records, and why.
pub(super) fn apply(field: &mut FieldDef, change: &FieldChange) -> Result<Option<&'static str>, Refusal> {
    let mut unsafe_because = None;
    if let Some(label) = &change.label {
        field.label = label.clone();
    }
    if let Some(mask) = &change.mask {
        field.mask = mask.clone();
    }
    if let Some(required) = change.required {
        field.required = required;
    }
    if let Some(wanted) = &change.options {
        match &mut field.kind {
            FieldKind::Choice { options } | FieldKind::MultiChoice { options } => {
                if options.iter().any(|o| !wanted.iter().any(|w| w.value == o.value)) {
                    unsafe_because = Some("an option that may be in use would be taken away");
                }
                options.clone_from(wanted);
            }
            _ => return Err(Refusal::invalid("options", "invalid_value", "only a choice has options")),
        }
    }
    if let Some(FileLimits { max: wanted, types: endings }) = &change.files {
        match &mut field.kind {
            FieldKind::Attachment { max, types } => {
                *max = *wanted;
                types.clone_from(endings);
            }
            _ => return Err(Refusal::invalid("files", "invalid_value", "only a field of files takes files")),
        }
    }
    if let Some(unique) = change.unique
        && unique != field.unique
    {
        field.unique = unique;
        unsafe_because = Some("existing values would not be compared");
    }
    if let Some(search) = change.search
        && search != field.search
    {
        field.search = search;
        unsafe_because = Some("existing values would not be found");
    }
    if let Some(class) = change.class
        && class != field.class
    {
        if class < field.class {
            unsafe_because = Some("values would be shown to more people than they were entered for");
        } else if class.is_sealed() != field.class.is_sealed() && !field.kind.is_beside() {
            unsafe_because = Some("existing values are stored in the clear");
        }
        field.class = class;
        if class.is_sealed() {
            field.slot = None;
            field.sorted = false;
        }
    }
    if let Some(sorted) = change.sorted {
        field.sorted = sorted;
    }
    if let Some(numbered) = &change.numbered {
        field.numbered.clone_from(numbered);
        // Nobody enters it: records of before have what was entered, or get a number when they are saved next.
        field.required &= numbered.is_none();
    }
    Ok(unsafe_because)
}

/// Puts the fields in order. Their columns stay: they are the fields' own, whatever the order.
fn reorder(object: &mut ObjectType, order: &[FieldName]) -> Result<(), Refusal> {
    let wanted = |f: &FieldDef| order.iter().position(|name| *name == f.name);
    let each_once = order.len() == object.fields.len() && object.fields.iter().all(|f| wanted(f).is_some());
    if !each_once {
        return Err(Refusal::invalid("order", "invalid_value", "every field of the object type, once"));
    }
    object.fields.sort_by_key(|f| wanted(f));
    Ok(())
}

impl Store {
    /// Makes an object type; gives its definition with columns.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Refusal::Barred`] with `too_many_objects`, and as every change.
    pub async fn define_object(&self, grant: Grant<DefineObject>) -> Result<Disclosed<Arc<ObjectType>>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let mut object = grant.operation().object.clone();
            if draft.from.objects.contains_key(&object.name) {
                return Err(Refusal::invalid("name", "duplicate", "there is such an object type"));
            }
            if draft.from.objects.len() >= MOST_OBJECTS {
                return Err(barred("too_many_objects", format!("a company has at most {MOST_OBJECTS} object types")));
            }
            // Columns are the store's to give.
            object.fields.iter_mut().for_each(|f| f.slot = None);
            check(draft, &mut object)?;
            let body = serde_json::to_string(&object).map_err(|_| Refusal::Damaged)?;
            draft.push(
                "INSERT INTO object_type (name, version, body) VALUES (?1, 1, ?2)",
                vec![object.name.as_str().into(), body.into()],
            );
            draft.changes.extend(sorted::indexes(None, &object));
            versions::keep(draft, &object, 1, Some((grant.now(), grant.caller().user)))?;
            let object = Arc::new(object);
            draft.next.objects.insert(object.name.clone(), (1, object.clone()));
            compile(&mut draft.next)?;
            Ok(object)
        })
        .await
    }

    /// Adds a field; gives the definition. Existing records have no value in it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Invalid`], and as every change.
    pub async fn add_field(&self, grant: Grant<AddField>) -> Result<Disclosed<Arc<ObjectType>>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let op = grant.operation();
            let (_, object) = draft.from.objects.get(&op.object).ok_or(Refusal::NotFound)?;
            let mut object = ObjectType::clone(object);
            object.fields.push(FieldDef { slot: None, ..op.field.clone() });
            check(draft, &mut object)?;
            put(draft, object.clone(), false, Some((grant.now(), grant.caller().user)))?;
            Ok(Arc::new(object))
        })
        .await
    }

    /// Changes a field; gives the definition.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `has_records` when the change is safe only while there are none; [`Refusal::NotFound`],
    /// [`Refusal::Invalid`], and as every change.
    pub async fn change_field(&self, grant: Grant<ChangeField>) -> Result<Disclosed<Arc<ObjectType>>, Refusal> {
        let has_records = match self.has_records(&grant.operation().object).await {
            Ok(has) => has,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        self.change_company(grant, move |grant, draft| {
            let op = grant.operation();
            let (_, object) = draft.from.objects.get(&op.object).ok_or(Refusal::NotFound)?;
            let mut object = ObjectType::clone(object);
            let field = object.fields.iter_mut().find(|f| f.name == op.field).ok_or(Refusal::NotFound)?;
            op.note.set(json!(field));
            let unsafe_because = apply(field, &op.change)?;
            if let (Some(reason), true) = (unsafe_because, has_records) {
                return Err(barred("has_records", format!("there are records: {reason}")));
            }
            check(draft, &mut object)?;
            put(draft, object.clone(), unsafe_because.is_some(), Some((grant.now(), grant.caller().user)))?;
            Ok(Arc::new(object))
        })
        .await
    }

    pub(super) async fn has_records(&self, object: &ObjectName) -> Result<bool, Refusal> {
        let query = Query::point("SELECT 1 FROM record WHERE object = ?1 LIMIT 1", vec![object.as_str().into()]);
        Ok(!self.read(query).await?.is_empty())
    }

    /// Changes label, title field, pool, layout or the fields' order of an object type; gives the definition.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Invalid`], and as every change.
    pub async fn change_object(&self, grant: Grant<ChangeObject>) -> Result<Disclosed<Arc<ObjectType>>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let op = grant.operation();
            let (_, object) = draft.from.objects.get(&op.object).ok_or(Refusal::NotFound)?;
            let mut object = ObjectType::clone(object);
            op.note.set(json!({
                "label": object.label, "title_field": object.title_field, "has_pool": object.has_pool,
                "layout": op.layout.as_ref().map(|_| &object.layout),
                "approval": op.approval.as_ref().map(|_| object.process().and_then(|p| p.approval.as_ref())),
                "required_if": op.required_if.as_ref().map(|_| &object.required_if),
                "checks": op.checks.as_ref().map(|_| &object.checks), "card": op.card.as_ref().map(|_| &object.card),
                "order": op.order.as_ref().map(|_| object.fields.iter().map(|f| f.name.clone()).collect::<Vec<_>>()),
            }));
            if let Some(label) = &op.label {
                object.label = label.clone();
            }
            if let Some(title) = &op.title_field {
                object.title_field = title.clone();
            }
            if let Some(has_pool) = op.has_pool {
                object.has_pool = has_pool;
            }
            if let Some(order) = &op.order {
                reorder(&mut object, order)?;
            }
            if let Some(layout) = &op.layout {
                object.layout = layout.clone().map(Box::new);
            }
            if let Some(approval) = &op.approval {
                set_approval(&mut object, approval.as_ref())?;
            }
            if let Some(required_if) = &op.required_if {
                object.required_if.clone_from(required_if);
            }
            if let Some(checks) = &op.checks {
                object.checks.clone_from(checks);
            }
            if let Some(card) = &op.card {
                object.card.clone_from(card);
            }
            check(draft, &mut object)?;
            put(draft, object.clone(), false, Some((grant.now(), grant.caller().user)))?;
            Ok(Arc::new(object))
        })
        .await
    }

    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn list_objects(
        &self,
        grant: Grant<ListObjects>,
    ) -> Result<Disclosed<Vec<(i64, Arc<ObjectType>)>>, Refusal> {
        let objects = self.company().objects.values().cloned().collect();
        grant.carry_out(vec![], objects).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::defaults;

    fn field(name: &str) -> FieldDef {
        let mut customer = defaults::customer();
        customer.assign_slots().unwrap();
        customer.field(name).unwrap().clone()
    }

    #[test]
    fn a_class_may_rise_while_storage_stays_and_never_falls_unseen() {
        let to = |class| FieldChange { class: Some(class), ..FieldChange::default() };
        assert_eq!(apply(&mut field("phone"), &to(Sensitivity::Sensitive)).unwrap(), None);
        assert!(apply(&mut field("phone"), &to(Sensitivity::Internal)).unwrap().is_some());
        let mut level = field("level");
        assert!(apply(&mut level, &to(Sensitivity::Personal)).unwrap().is_some());
        assert_eq!(level.slot, None);
    }

    #[test]
    fn fields_take_any_order_and_keep_their_columns() {
        let mut customer = defaults::customer();
        customer.assign_slots().unwrap();
        let before = customer.clone();
        let mut order: Vec<FieldName> = customer.fields.iter().map(|f| f.name.clone()).rev().collect();
        reorder(&mut customer, &order).unwrap();
        assert_eq!(customer.fields.iter().map(|f| f.name.clone()).collect::<Vec<_>>(), order);
        assert!(before.fields.iter().all(|f| customer.field(f.name.as_str()).unwrap() == f));
        order.pop();
        assert!(reorder(&mut customer, &order).is_err());
        order.push(order[0].clone());
        assert!(reorder(&mut customer, &order).is_err());
    }

    #[test]
    fn options_may_be_added_and_relabelled() {
        let mut level = field("level");
        let FieldKind::Choice { options } = level.kind.clone() else { panic!() };
        let mut more = options.clone();
        more[0].label = Text::new("甲", "Alpha");
        more.push(model::object::ChoiceOption { value: "zz".into(), label: Text::new("其他", "Other") });
        let change = FieldChange { options: Some(more), ..FieldChange::default() };
        assert_eq!(apply(&mut level, &change).unwrap(), None);
        let fewer = FieldChange { options: Some(options[1..].to_vec()), ..FieldChange::default() };
        assert!(apply(&mut level, &fewer).unwrap().is_some());
        assert!(apply(&mut field("phone"), &fewer).is_err());
    }
}
