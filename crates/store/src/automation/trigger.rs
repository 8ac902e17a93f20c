//! Whether an act sets a rule off. Pure.

use access::engine::predicate_of;
use access::path::Values;
use model::automation::{Automation, Trigger};
use model::{FieldName, ObjectType, StoredRow, Value};

/// What happened to a record.
pub(crate) struct Happened<'a> {
    pub(crate) object: &'a ObjectType,
    /// `None`: it is new.
    pub(crate) before: Option<&'a StoredRow>,
    /// The clear fields as they will be.
    pub(crate) after: &'a StoredRow,
    /// What was sent: of sealed fields, all that is known of a change.
    pub(crate) values: &'a Values,
}

impl Happened<'_> {
    /// The fields that changed.
    pub(crate) fn changed(&self) -> Vec<FieldName> {
        let Some(before) = self.before else { return self.values.keys().cloned().collect() };
        let differs = |f: &&model::FieldDef| match f.slot {
            Some(_) => before.clear.get(&f.name) != self.after.clear.get(&f.name),
            None => self.values.contains_key(&f.name),
        };
        self.object.fields.iter().filter(differs).map(|f| f.name.clone()).collect()
    }

    /// Whether the rule is set off.
    pub(crate) fn sets_off(&self, rule: &Automation) -> bool {
        if !rule.on || rule.object != self.object.name {
            return false;
        }
        let fits = match &rule.when {
            Trigger::Created {} => self.before.is_none(),
            Trigger::Edited { fields } => {
                let changed = self.changed();
                let named = |name: &FieldName| fields.is_empty() || fields.contains(name);
                self.before.is_some() && changed.iter().any(named)
            }
            Trigger::Became { field, values } => {
                let among = |row: &StoredRow| matches!(row.clear.get(field), Some(Value::Text(t)) if values.iter().any(|v| v == t));
                among(self.after) && !self.before.is_some_and(among)
            }
            Trigger::Due { .. } => false,
        };
        fits && passes(rule, self.object, self.after)
    }
}

/// Whether the record passes the rule's condition. One that cannot be asked any more passes nothing.
pub(super) fn passes(rule: &Automation, object: &ObjectType, row: &StoredRow) -> bool {
    let Some(condition) = &rule.only else { return true };
    predicate_of(condition, object).is_ok_and(|p| p.eval(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use access::path::{NewRecord, blank};
    use model::{Condition, RecordId, Text, UnixMs, UserId};

    #[test]
    fn a_rule_is_set_off_by_what_it_names_and_once() {
        let mut object = model::defaults::opportunity();
        object.assign_slots().unwrap();
        let row = |stage: &str, amount: i64| {
            let values = Values::from([
                ("stage".parse().unwrap(), Some(Value::Text(stage.into()))),
                ("amount".parse().unwrap(), Some(Value::Int(amount))),
            ]);
            let id = RecordId(uuid::Uuid::nil());
            let new = NewRecord {
                id,
                customer: None,
                owner: None,
                department: None,
                pool: false,
                values,
                given: Values::new(),
            };
            blank(&object, &new, (UserId(uuid::Uuid::nil()), UnixMs(0)))
        };
        let rule = |when| Automation {
            name: "r".into(),
            label: Text::new("规则", "Rule"),
            object: object.name.clone(),
            on: true,
            when,
            only: Some(Condition::test("amount", model::Comparison::Gt, 10.into())),
            then: vec![],
        };
        let off = |rule: &Automation, before: Option<&StoredRow>, after: &StoredRow| {
            Happened { object: &object, before, after, values: &Values::new() }.sets_off(rule)
        };
        let won = rule(Trigger::Became { field: "stage".parse().unwrap(), values: vec!["won".into()] });
        let (open, done, small) = (row("proposal", 5000), row("won", 5000), row("won", 500));
        assert!(off(&won, Some(&open), &done) && off(&won, None, &done));
        assert!(!off(&won, Some(&done), &row("won", 9000)), "it was so before");
        assert!(!off(&won, Some(&open), &small), "its condition does not hold");
        let edited = rule(Trigger::Edited { fields: vec!["amount".parse().unwrap()] });
        assert!(!off(&edited, Some(&open), &done) && off(&edited, Some(&open), &row("proposal", 9000)));
        assert!(!off(&edited, None, &done) && off(&rule(Trigger::Created {}), None, &done));
        assert!(!off(&Automation { on: false, ..won }, Some(&open), &done));
    }
}
