//! The rules of an object type, asked of a record as it will be: what is required under a condition, and what must hold.

use std::cmp::Ordering;

use model::rules::Must;
use model::{Comparison, FieldName, ObjectType, StoredRow, Value};

use super::Values;
use crate::engine::predicate_of;
use crate::path::refusal::FieldProblem;

/// What a write would break. A record that is there is asked only for what the write touches; a rule whose condition cannot be
/// read any more asks nothing.
pub(super) fn broken(object: &ObjectType, row: &StoredRow, values: &Values, is_new: bool) -> Vec<FieldProblem> {
    if object.required_if.is_empty() && object.checks.is_empty() {
        return vec![];
    }
    let after = after(object, row, values);
    let has = |name: &FieldName| match values.get(name) {
        Some(value) => value.is_some(),
        None => after.clear.contains_key(name) || row.sealed.contains_key(name),
    };
    let touched = |name: &str| {
        let worked = object.field(name).is_some_and(|f| f.formula.is_some());
        is_new || worked || values.keys().any(|k| k.as_str() == name)
    };
    let holds = |condition| predicate_of(condition, object).ok().map(|p| p.eval(&after));
    let mut problems = vec![];
    for rule in &object.required_if {
        let asked = touched(rule.field.as_str()) || rule.when.fields().into_iter().any(touched);
        if asked && !has(&rule.field) && holds(&rule.when) == Some(true) {
            problems.push(FieldProblem::new(rule.field.as_str(), "required_if", "it needs a value here"));
        }
    }
    for rule in &object.checks {
        if !rule.must.fields().into_iter().any(touched) {
            continue;
        }
        let good = match &rule.must {
            // What has no value is for what requires it.
            Must::Hold(condition) => {
                let empty = |name: &str| !after.clear.keys().any(|k| k.as_str() == name);
                condition.fields_with_values().into_iter().any(empty) || holds(condition).unwrap_or(true)
            }
            Must::Compare { left, op, right } => match (after.clear.get(left), after.clear.get(right)) {
                (Some(Value::Int(left)), Some(Value::Int(right))) => in_order(*op, left.cmp(right)),
                _ => true,
            },
        };
        if !good {
            let own = Some(rule.message.clone());
            problems
                .push(FieldProblem { own, ..FieldProblem::new(rule.field.as_str(), "rule", rule.message.en.clone()) });
        }
    }
    problems
}

/// Whether a record would keep the rules of its type with these values.
pub fn keeps_rules(object: &ObjectType, row: &StoredRow, values: &Values, is_new: bool) -> bool {
    broken(object, row, values, is_new).is_empty()
}

/// The record's clear part as it will be.
fn after(object: &ObjectType, row: &StoredRow, values: &Values) -> StoredRow {
    let mut after = row.clone();
    for (name, value) in values {
        match value.as_ref().filter(|_| object.field(name.as_str()).is_some_and(|f| f.slot.is_some())) {
            Some(value) => after.clear.insert(name.clone(), value.clone()),
            None => after.clear.remove(name),
        };
    }
    for (name, value) in object.worked_out(|name| after.clear.get(name)) {
        match value {
            Some(value) => after.clear.insert(name, value),
            None => after.clear.remove(&name),
        };
    }
    after
}

fn in_order(op: Comparison, order: Ordering) -> bool {
    match op {
        Comparison::Eq => order.is_eq(),
        Comparison::Ne => order.is_ne(),
        Comparison::Lt => order.is_lt(),
        Comparison::Le => order.is_le(),
        Comparison::Gt => order.is_gt(),
        Comparison::Ge => order.is_ge(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::rules::{Check, RequiredIf};
    use model::{Condition, RecordId, Text, UnixMs, UserId, defaults};
    use serde_json::json;

    fn name(text: &str) -> FieldName {
        text.parse().unwrap()
    }

    fn contract() -> ObjectType {
        let mut contract = defaults::objects().into_iter().find(|o| o.name.as_str() == "contract").unwrap();
        let when = Condition::test("status", Comparison::Eq, json!("signed"));
        contract.required_if = vec![RequiredIf { field: name("signed_on"), when }];
        let small = Must::Hold(Condition::test("amount", Comparison::Lt, json!(1000)));
        contract
            .checks
            .push(Check { field: name("amount"), must: small, message: Text::new("太大。", "Too much.") });
        contract.check().unwrap();
        contract
    }

    fn row() -> StoredRow {
        StoredRow {
            id: RecordId::from_bytes([1; 16]),
            customer: RecordId::from_bytes([1; 16]),
            owner: None,
            department: None,
            pool: false,
            version: 3,
            created_at: UnixMs(0),
            updated_at: UnixMs(0),
            created_by: UserId::from_bytes([1; 16]),
            clear: [(name("status"), Value::Text("draft".into()))].into(),
            sealed: std::collections::BTreeMap::new(),
            key: None,
            members: model::record::Members::default(),
        }
    }

    fn codes(row: &StoredRow, values: &[(&str, Option<Value>)]) -> Vec<(String, &'static str)> {
        let values = values.iter().map(|(n, v)| (name(n), v.clone())).collect();
        broken(&contract(), row, &values, false).into_iter().map(|p| (p.field, p.code)).collect()
    }

    #[test]
    fn what_a_condition_requires_is_asked_of_who_makes_it_hold_or_takes_the_value() {
        let signed = || Some(Value::Text("signed".into()));
        let missing = vec![("signed_on".to_owned(), "required_if")];
        assert_eq!(codes(&row(), &[("status", signed())]), missing);
        assert_eq!(codes(&row(), &[("status", signed()), ("signed_on", Some(Value::Int(9)))]), []);
        let mut had = row();
        had.clear.insert(name("status"), signed().unwrap());
        // It was so before the rule, and the change has nothing to do with it.
        assert_eq!(codes(&had, &[("external_id", Some(Value::Text("x".into())))]), []);
        assert_eq!(codes(&had, &[("signed_on", None)]), missing);
    }

    #[test]
    fn what_must_hold_is_told_in_the_company_s_words_at_its_field() {
        let days = |n| Some(Value::Int(n));
        assert_eq!(codes(&row(), &[("starts_on", days(9)), ("ends_on", days(8))]), [("ends_on".into(), "rule")]);
        assert_eq!(codes(&row(), &[("starts_on", days(9)), ("ends_on", days(9))]), []);
        assert_eq!(codes(&row(), &[("ends_on", days(8))]), []);
        assert_eq!(codes(&row(), &[("amount", Some(Value::Int(100_000)))]), [("amount".into(), "rule")]);
        let told = broken(&contract(), &row(), &[(name("amount"), days(100_000))].into(), false);
        assert_eq!(told[0].own, Some(Text::new("太大。", "Too much.")));
    }
}
