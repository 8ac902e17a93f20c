//! Object types: definitions of fields, edited without code. Customers and whatever a company adds have one shape.

mod check;
mod kind;

use serde::{Deserialize, Serialize};

pub use self::check::BadDefinition;
pub use self::kind::{ChoiceOption, ColumnKind, FieldKind, Search, Slot};
use crate::formula::Formula;
use crate::ids::{FieldName, ObjectName};
use crate::layout::FormLayout;
use crate::mask::Mask;
use crate::numbering::Pattern;
use crate::process::Process;
use crate::rules::{Check, RequiredIf};
use crate::text::Text;
use crate::value::Value;

/// How sensitive a field is. Decides how it is stored and which matrix rows reach it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sensitivity {
    /// 公开: may be known to anyone.
    Open,
    /// 内部: the company's own; stored in the clear so that lists can filter and sort by it.
    Internal,
    /// 个人信息: stored under the customer's data key.
    Personal,
    /// 敏感个人信息: likewise, and shown in the clear only by a reveal unless a row says otherwise.
    Sensitive,
}

impl Sensitivity {
    pub const ALL: [Sensitivity; 4] =
        [Sensitivity::Open, Sensitivity::Internal, Sensitivity::Personal, Sensitivity::Sensitive];
    pub const fn as_str(self) -> &'static str {
        match self {
            Sensitivity::Open => "open",
            Sensitivity::Internal => "internal",
            Sensitivity::Personal => "personal",
            Sensitivity::Sensitive => "sensitive",
        }
    }
    /// Whether values of this class are stored under the customer's key.
    pub const fn is_sealed(self) -> bool {
        matches!(self, Sensitivity::Personal | Sensitivity::Sensitive)
    }
}

/// One field of an object type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldDef {
    pub name: FieldName,
    pub label: Text,
    #[serde(rename = "type")]
    pub kind: FieldKind,
    #[serde(default)]
    pub required: bool,
    /// No two live records of the object have the same value. Answers about duplicates never show the other record.
    #[serde(default)]
    pub unique: bool,
    pub class: Sensitivity,
    #[serde(default)]
    pub mask: Mask,
    #[serde(default)]
    pub search: Search,
    /// Whether an index gives lists in this field's order at any size. It costs every import and edit a little, so an object
    /// type has at most [`ObjectType::MOST_SORTED`]; other clear fields are sorted by too, in time that grows with the list.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sorted: bool,
    /// Written by acts of the house alone; nobody edits it. A clear field.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kept: bool,
    /// Worked out from clear fields of the same record whenever it is written (`model::formula`); nobody edits it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
    /// Given by the house when a record is made, by this pattern (`model::numbering`); nobody edits it. An import may bring one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbered: Option<String>,
    /// The clear column, given by the store when the field is defined; `None` when sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<Slot>,
}

impl FieldDef {
    /// Nobody's to edit: the house writes it.
    pub fn is_given(&self) -> bool {
        self.kept || self.formula.is_some() || self.numbered.is_some() || self.kind.is_looked_up()
    }
    /// Whether it needs a value as soon as there is a record. Files come when the record is there: a field of theirs is asked for when
    /// the record moves to another stage or is submitted.
    pub fn is_required_at_once(&self) -> bool {
        self.required && !matches!(self.kind, FieldKind::Attachment { .. })
    }
    /// Decimal places of what a formula can count with.
    fn places(&self) -> Option<u8> {
        match self.kind {
            FieldKind::Number { scale } | FieldKind::Money { scale } => Some(scale),
            FieldKind::Date => Some(0),
            _ => None,
        }
    }
}

/// An object type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectType {
    pub name: ObjectName,
    pub label: Text,
    pub fields: Vec<FieldDef>,
    /// The reference field that says whose data a record is; `None` for the customer object itself and for objects without
    /// a customer, whose records are their own subject with their own key. Where it is not required, so is a record that
    /// leaves it empty.
    #[serde(default)]
    pub customer_field: Option<FieldName>,
    /// The field whose (masked or clear) value stands for the record in lists and references.
    pub title_field: FieldName,
    /// Whether records may have no owner and wait in the public pool 公海.
    #[serde(default)]
    pub has_pool: bool,
    /// What its records go through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process: Option<Box<Process>>,
    /// How its forms and pages are laid out; without one the fields stand in their order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layout: Option<Box<FormLayout>>,
    /// What must be filled in under a condition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required_if: Vec<RequiredIf>,
    /// What must hold of a record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// The fields that a card shows below the title: of a board, and of a list on a narrow screen. Without any, the first
    /// columns of the list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub card: Vec<FieldName>,
}

/// Names that conditions, sorts and answers use for a record's own columns.
pub const BUILT_IN: [&str; 9] =
    ["id", "customer", "owner", "department", "pool", "version", "created_at", "updated_at", "created_by"];

impl ObjectType {
    /// Sorted fields that an object type may have.
    pub const MOST_SORTED: usize = 4;
    /// Fields that a card shows.
    pub const MOST_ON_CARD: usize = 6;

    pub fn field(&self, name: &str) -> Option<&FieldDef> {
        self.fields.iter().find(|f| f.name.as_str() == name)
    }

    /// Gives every clear field without a column the next free one. Columns once given never move.
    ///
    /// # Errors
    /// `BadDefinition` when the definition breaks a limit or names something that is not there.
    pub fn assign_slots(&mut self) -> Result<(), BadDefinition> {
        self.check()?;
        let mut next = [0_u8; 2];
        for f in &self.fields {
            if let Some(s) = f.slot {
                let n = next.get_mut(usize::from(s.kind == ColumnKind::Number));
                if let Some(n) = n {
                    *n = (*n).max(s.index.saturating_add(1));
                }
            }
        }
        for f in &mut self.fields {
            if f.slot.is_some() || f.class.is_sealed() {
                continue;
            }
            let Some(kind) = f.kind.column() else { continue };
            let Some(n) = next.get_mut(usize::from(kind == ColumnKind::Number)) else { continue };
            if *n >= Slot::PER_KIND {
                let kind = if kind == ColumnKind::Text { "text" } else { "number" };
                return Err(BadDefinition::TooManyClear { kind });
            }
            f.slot = Some(Slot { kind, index: *n });
            *n += 1;
        }
        Ok(())
    }

    /// The fields that are numbered, with their patterns.
    pub fn numbered(&self) -> impl Iterator<Item = (&FieldDef, Pattern)> {
        // Patterns were read when the definition was checked.
        self.fields.iter().filter_map(|f| Some((f, Pattern::read(f.numbered.as_deref()?).ok()?)))
    }
    /// What the formulas give for a record with these clear values.
    pub fn worked_out<'a>(&self, clear: impl Fn(&FieldName) -> Option<&'a Value>) -> Vec<(FieldName, Option<Value>)> {
        let value = |name: &str| {
            let of = self.field(name)?;
            match clear(&of.name)? {
                Value::Int(n) => Some((*n, of.places()?)),
                _ => None,
            }
        };
        let given = self.fields.iter().filter_map(|f| Some((f, f.formula.as_ref()?, f.places()?)));
        given
            .map(|(f, text, places)| {
                let found = Formula::read(text).ok().and_then(|formula| formula.work_out(&value, places));
                (f.name.clone(), found.map(Value::Int))
            })
            .collect()
    }
    /// A part of the process, if there is one.
    pub fn process(&self) -> Option<&Process> {
        self.process.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::defaults;

    #[test]
    fn a_new_field_takes_the_next_free_column_and_the_others_stay() {
        let mut customer = defaults::customer();
        customer.assign_slots().unwrap();
        let before = customer.clone();
        customer.fields.insert(
            0,
            FieldDef {
                name: "nps".parse().unwrap(),
                label: Text::new("净推荐值", "NPS"),
                kind: FieldKind::Number { scale: 0 },
                required: false,
                unique: false,
                class: Sensitivity::Internal,
                mask: Mask::default(),
                search: Search::None,
                sorted: false,
                kept: false,
                formula: None,
                numbered: None,
                slot: None,
            },
        );
        customer.assign_slots().unwrap();
        for f in &before.fields {
            assert_eq!(customer.field(f.name.as_str()).unwrap().slot, f.slot);
        }
        let used: Vec<_> = customer.fields.iter().filter_map(|f| f.slot).collect();
        assert_eq!(used.len(), used.iter().collect::<std::collections::HashSet<_>>().len());
    }

    #[test]
    fn a_definition_that_shadows_a_built_in_is_refused() {
        let mut customer = defaults::customer();
        customer.fields[0].name = "owner".parse().unwrap();
        assert!(matches!(customer.check(), Err(BadDefinition::Reserved(_))));
    }

    #[test]
    fn a_few_clear_fields_are_sorted_and_no_sealed_one() {
        let mut customer = defaults::customer();
        let field = |o: &ObjectType, name: &str| o.fields.iter().position(|f| f.name.as_str() == name).unwrap();
        for name in ["industry", "region", "source", "employees"] {
            let at = field(&customer, name);
            customer.fields[at].sorted = true;
        }
        assert_eq!(customer.check(), Err(BadDefinition::TooManySorted));
        let mut customer = defaults::customer();
        let at = field(&customer, "phone");
        customer.fields[at].sorted = true;
        assert!(matches!(customer.check(), Err(BadDefinition::Field { .. })));
    }
}
