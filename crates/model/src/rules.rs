//! Rules over the fields of one record: what must be filled in under a condition 条件必填, and what must hold 校验规则.
//!
//! Rule: they are over clear fields alone, and asked wherever a record is written, of whoever writes it. A record that is there
//! already is asked only for what the change touches: rules may have come later.

use serde::{Deserialize, Serialize};

use crate::condition::{Comparison, Condition};
use crate::ids::FieldName;
use crate::object::{BadDefinition, FieldDef, FieldKind, ObjectType};
use crate::text::Text;

/// Rules of one object type, of each kind.
pub const MOST_RULES: usize = 40;

/// A field that must have a value while a condition holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredIf {
    pub field: FieldName,
    /// Over other clear fields of the same object type.
    pub when: Condition,
}

/// What must hold of a record, and what to say where it does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The field beside which the message stands.
    pub field: FieldName,
    pub must: Must,
    /// 1 to 200 characters in each language; the company's own words.
    pub message: Text,
}

/// What must hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Must {
    /// Over clear fields of the same object type; where one whose value it asks has none, it holds.
    Hold(Condition),
    /// Two clear fields of one kind in this order; where one has no value, it holds.
    Compare { left: FieldName, op: Comparison, right: FieldName },
}

impl Must {
    /// The fields that it asks.
    pub fn fields(&self) -> Vec<&str> {
        match self {
            Must::Hold(condition) => condition.fields(),
            Must::Compare { left, right, .. } => vec![left.as_str(), right.as_str()],
        }
    }
}

/// Whether values of two fields have one order: both numbers or amounts of the same places, both dates, both times.
fn alike(a: &FieldDef, b: &FieldDef) -> bool {
    let number = |kind: &FieldKind| match kind {
        FieldKind::Number { scale } | FieldKind::Money { scale } => Some(*scale),
        _ => None,
    };
    match (&a.kind, &b.kind) {
        (FieldKind::Date, FieldKind::Date) | (FieldKind::DateTime, FieldKind::DateTime) => true,
        (a, b) => number(a).is_some() && number(a) == number(b),
    }
}

/// What can be said of the rules of an object type without knowing how conditions are understood.
///
/// # Errors
/// [`BadDefinition`], the first thing found wrong.
pub(crate) fn check(object: &ObjectType) -> Result<(), BadDefinition> {
    let known = |name: &FieldName| object.field(name.as_str()).ok_or_else(|| BadDefinition::NoSuchField(name.clone()));
    if object.required_if.len() > MOST_RULES || object.checks.len() > MOST_RULES {
        return Err(BadDefinition::Rule { reason: "an object type has at most 40 rules of a kind" });
    }
    let mut ruled = std::collections::BTreeSet::new();
    for rule in &object.required_if {
        let field = known(&rule.field)?;
        let bad = |reason| Err(BadDefinition::Field { field: field.name.clone(), reason });
        if !ruled.insert(&rule.field) {
            return bad("it is required under two conditions; join them into one");
        }
        if field.required || field.is_given() || field.kind.is_beside() {
            return bad("what is always required, or nobody enters, is not required under a condition");
        }
        if rule.when.size() == 0 || rule.when.fields().contains(&field.name.as_str()) {
            return bad("it is required by what other fields of the record hold");
        }
    }
    for rule in &object.checks {
        let field = known(&rule.field)?;
        let bad = |reason| Err(BadDefinition::Field { field: field.name.clone(), reason });
        let good = |text: &str| !text.trim().is_empty() && text.chars().count() <= 200;
        if !good(&rule.message.zh) || !good(&rule.message.en) {
            return bad("a rule has a message of 1 to 200 characters, in Chinese and in English");
        }
        match &rule.must {
            Must::Hold(condition) if condition.size() == 0 => return bad("a rule asks something"),
            Must::Hold(_) => {}
            Must::Compare { left, op, right } => {
                let (left, right) = (known(left)?, known(right)?);
                let clear = |f: &FieldDef| f.slot.is_some() || (!f.class.is_sealed() && f.kind.is_single());
                if left.name == right.name || !clear(left) || !clear(right) || !alike(left, right) {
                    return bad("two clear numbers of the same decimal places, dates or times are compared");
                }
                use Comparison::{Eq, Ge, Gt, Le, Lt, Ne};
                if !matches!(op, Eq | Ne | Lt | Le | Gt | Ge) {
                    return bad("two fields are compared by eq, ne, lt, le, gt or ge");
                }
            }
        }
    }
    Ok(())
}
