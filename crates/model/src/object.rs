//! Object types: definitions of fields, edited without code. Customers and whatever a company adds have one shape.

use serde::{Deserialize, Serialize};

use crate::aggregate::Worked;
use crate::condition::Condition;
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

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceOption {
    /// What is stored: at most 60 characters.
    pub value: String,
    pub label: Text,
}

/// The type of a field's values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum FieldKind {
    Text {
        /// In characters, at most 2000.
        max: u16,
    },
    LongText,
    Number {
        /// Decimal places, 0 to 6.
        scale: u8,
    },
    Money {
        /// Decimal places, 0 to 4.
        scale: u8,
    },
    Bool,
    Date,
    DateTime,
    Choice {
        options: Vec<ChoiceOption>,
    },
    MultiChoice {
        options: Vec<ChoiceOption>,
    },
    Phone,
    Email,
    IdNumber,
    Address,
    Url,
    /// Another record.
    Reference {
        object: ObjectName,
    },
    /// A member of the company.
    User,
    /// 引用字段: a field of the record that a reference names, as the viewer may see it there. Not stored.
    Lookup {
        /// A reference field of this object type.
        through: FieldName,
        /// A stored field of what it names: one step.
        field: FieldName,
    },
    /// 汇总字段: worked out over the records that name this one, when it is looked at and over what the viewer may list. Not stored.
    RollUp {
        object: ObjectName,
        /// The clear reference field there that names this record.
        by: FieldName,
        /// The number of records if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<Worked>,
        /// Only records that pass; over clear fields there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Condition>,
    },
}

impl FieldKind {
    /// What to say when a value is of another type.
    pub const fn expected(&self) -> &'static str {
        match self {
            FieldKind::Text { .. } | FieldKind::LongText | FieldKind::Address => "text",
            FieldKind::Number { .. } | FieldKind::Money { .. } => "a number",
            FieldKind::Bool => "true or false",
            FieldKind::Date => "a date as YYYY-MM-DD",
            FieldKind::DateTime => "a time as RFC 3339",
            FieldKind::Choice { .. } => "one of the field's options",
            FieldKind::MultiChoice { .. } => "a list of options",
            FieldKind::Phone => "a phone number",
            FieldKind::Email => "an e-mail address",
            FieldKind::IdNumber => "an identity number",
            FieldKind::Url => "an address beginning with https:// or http://",
            FieldKind::Reference { .. } => "the id of a record",
            FieldKind::User => "the id of a user",
            FieldKind::Lookup { .. } | FieldKind::RollUp { .. } => "no value: it is looked up",
        }
    }
    /// Whether it is looked up or worked out when it is looked at, and stored nowhere.
    pub const fn is_looked_up(&self) -> bool {
        matches!(self, FieldKind::Lookup { .. } | FieldKind::RollUp { .. })
    }
    /// Which kind of clear column can hold it, or `None` when it can only be kept sealed.
    pub const fn column(&self) -> Option<ColumnKind> {
        match self {
            FieldKind::Number { .. }
            | FieldKind::Money { .. }
            | FieldKind::Bool
            | FieldKind::Date
            | FieldKind::DateTime => Some(ColumnKind::Number),
            FieldKind::Text { .. }
            | FieldKind::Choice { .. }
            | FieldKind::Reference { .. }
            | FieldKind::User
            | FieldKind::Phone
            | FieldKind::Email
            | FieldKind::IdNumber
            | FieldKind::Address
            | FieldKind::Url => Some(ColumnKind::Text),
            FieldKind::LongText
            | FieldKind::MultiChoice { .. }
            | FieldKind::Lookup { .. }
            | FieldKind::RollUp { .. } => None,
        }
    }
}

/// The two kinds of clear columns every record has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    Text,
    Number,
}

/// A clear column of the record table: text columns `t0`… and number columns `n0`…, [`Slot::PER_KIND`] of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Slot {
    pub kind: ColumnKind,
    pub index: u8,
}

impl Slot {
    /// Clear fields of one kind that an object type may have.
    pub const PER_KIND: u8 = 20;
    /// The column's name.
    pub fn column(self) -> String {
        match self.kind {
            ColumnKind::Text => format!("t{}", self.index),
            ColumnKind::Number => format!("n{}", self.index),
        }
    }
}

/// How a sealed field can be searched, through blind indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Search {
    #[default]
    None,
    /// By the whole value: phone, e-mail, identity number, registration number.
    Exact,
    /// By any part of two characters or more: names.
    Part,
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

/// Why a definition cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadDefinition {
    #[error("field `{0}` is defined twice")]
    Duplicate(FieldName),
    #[error("`{0}` is the name of a built-in column")]
    Reserved(FieldName),
    #[error("there is no field `{0}`")]
    NoSuchField(FieldName),
    #[error("more than {limit} clear {kind} fields", limit = Slot::PER_KIND)]
    TooManyClear { kind: &'static str },
    #[error("an object type has at most 120 fields")]
    TooManyFields,
    #[error("more than {limit} sorted fields", limit = ObjectType::MOST_SORTED)]
    TooManySorted,
    #[error("at most 8 object types are made after a record")]
    TooManyNext,
    #[error("field `{field}`: {reason}")]
    Field { field: FieldName, reason: &'static str },
    #[error(
        "field `{field}`: a number's pattern is text with {{yyyy}}, {{yy}}, {{mm}} or {{dd}} and one counter of at most nine digits, as HT-{{yyyy}}-{{0000}}"
    )]
    Pattern { field: FieldName },
    #[error("layout: {reason}")]
    Layout { reason: &'static str },
    #[error("rules: {reason}")]
    Rule { reason: &'static str },
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

    /// # Errors
    /// `BadDefinition`, the first thing found wrong.
    pub fn check(&self) -> Result<(), BadDefinition> {
        if self.fields.len() > 120 {
            return Err(BadDefinition::TooManyFields);
        }
        let mut seen = std::collections::BTreeSet::new();
        for f in &self.fields {
            let bad = |reason| Err(BadDefinition::Field { field: f.name.clone(), reason });
            if BUILT_IN.contains(&f.name.as_str()) && self.customer_field.as_ref() != Some(&f.name) {
                return Err(BadDefinition::Reserved(f.name.clone()));
            }
            if !seen.insert(&f.name) {
                return Err(BadDefinition::Duplicate(f.name.clone()));
            }
            if f.label.zh.is_empty() || f.label.en.is_empty() {
                return bad("a label in Chinese and in English is needed");
            }
            match &f.kind {
                FieldKind::Text { max } if !(1..=2000).contains(max) => {
                    return bad("a text holds 1 to 2000 characters");
                }
                FieldKind::Number { scale } if *scale > 6 => return bad("a number has at most 6 decimal places"),
                FieldKind::Money { scale } if *scale > 4 => return bad("an amount has at most 4 decimal places"),
                FieldKind::Choice { options } | FieldKind::MultiChoice { options } => {
                    if options.is_empty() || options.len() > 500 {
                        return bad("a choice has 1 to 500 options");
                    }
                    if options
                        .iter()
                        .any(|o| o.value.is_empty() || o.value.chars().count() > 60 || o.value.contains([';', '；']))
                    {
                        return bad("an option has 1 to 60 characters and no semicolon");
                    }
                    let values: std::collections::BTreeSet<_> = options.iter().map(|o| &o.value).collect();
                    if values.len() != options.len() {
                        return bad("two options have the same value");
                    }
                }
                _ => {}
            }
            if f.search != Search::None && !f.class.is_sealed() {
                return bad("blind search is for personal and sensitive fields; clear fields are filtered as they are");
            }
            if f.sorted && (f.class.is_sealed() || f.kind.column().is_none()) {
                return bad("only a clear field with one short value can be sorted");
            }
            if f.kept && (f.class.is_sealed() || f.kind.column().is_none() || f.required || f.unique) {
                return bad("what the server keeps is a clear field with one value, neither required nor unique");
            }
            if let Some(text) = &f.formula {
                self.check_formula(f, text)?;
            }
            if let Some(text) = &f.numbered {
                check_numbered(f, text)?;
            }
            if f.kind.is_looked_up() {
                self.check_looked_up(f)?;
            }
            if f.unique && f.class.is_sealed() && f.search != Search::Exact {
                return bad("a unique sealed field needs exact search");
            }
        }
        if self.fields.iter().filter(|f| f.sorted).count() > Self::MOST_SORTED {
            return Err(BadDefinition::TooManySorted);
        }
        for name in std::iter::once(&self.title_field).chain(&self.customer_field) {
            if self.field(name.as_str()).is_none() {
                return Err(BadDefinition::NoSuchField(name.clone()));
            }
        }
        self.check_card()?;
        crate::rules::check(self)?;
        self.process.as_ref().map_or(Ok(()), |process| process.check(self))?;
        self.layout.as_ref().map_or(Ok(()), |layout| layout.check(self))
    }
    /// A formula is of clear numbers, amounts and dates, and no more open than what it is worked out from.
    fn check_formula(&self, f: &FieldDef, text: &str) -> Result<(), BadDefinition> {
        let bad = |reason| Err(BadDefinition::Field { field: f.name.clone(), reason });
        let Ok(formula) = Formula::read(text) else {
            return bad("the formula cannot be read: numbers, field names, + - * / ( ) and min, max");
        };
        if f.places().is_none() || f.class.is_sealed() || f.kept || f.required || f.unique {
            return bad("what is worked out is a clear number, amount or date, neither required nor unique");
        }
        for name in formula.fields() {
            let Some(of) = self.field(name) else {
                return bad("the formula names a field that is not there");
            };
            if of.places().is_none() || of.class.is_sealed() || of.formula.is_some() {
                return bad("a formula is worked out from clear numbers, amounts and dates that are entered");
            }
            if of.class > f.class {
                return bad("what is worked out is at least as sensitive as what it is worked out from");
            }
        }
        Ok(())
    }
    /// What can be said of a looked-up field by this definition alone; what it names elsewhere is the store's to check.
    fn check_looked_up(&self, f: &FieldDef) -> Result<(), BadDefinition> {
        let bad = |reason| Err(BadDefinition::Field { field: f.name.clone(), reason });
        let entered = f.required || f.unique || f.sorted || f.kept || f.formula.is_some() || f.numbered.is_some();
        if entered || f.class.is_sealed() || self.title_field == f.name {
            return bad(
                "what is looked up is an open or internal field, neither required, unique, sorted nor the title",
            );
        }
        if let FieldKind::Lookup { through, .. } = &f.kind {
            let through = self.field(through.as_str()).ok_or_else(|| BadDefinition::NoSuchField(through.clone()))?;
            if !matches!(through.kind, FieldKind::Reference { .. }) {
                return bad("a field is looked up through a reference of the same object type");
            }
        }
        Ok(())
    }
    fn check_card(&self) -> Result<(), BadDefinition> {
        if self.card.len() > Self::MOST_ON_CARD {
            return Err(BadDefinition::Layout { reason: "a card shows at most 6 fields" });
        }
        for (n, name) in self.card.iter().enumerate() {
            if self.field(name.as_str()).is_none() {
                return Err(BadDefinition::NoSuchField(name.clone()));
            }
            if self.card.iter().skip(n + 1).any(|other| other == name) || *name == self.title_field {
                return Err(BadDefinition::Layout { reason: "a card shows its title, and each other field once" });
            }
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

/// A numbered field is a clear text of its own, long enough for its numbers.
fn check_numbered(f: &FieldDef, text: &str) -> Result<(), BadDefinition> {
    let Ok(pattern) = Pattern::read(text) else {
        return Err(BadDefinition::Pattern { field: f.name.clone() });
    };
    let bad = |reason| Err(BadDefinition::Field { field: f.name.clone(), reason });
    let FieldKind::Text { max } = f.kind else { return bad("what is numbered is a text") };
    if f.class.is_sealed() || f.required || !f.unique || f.kept || f.formula.is_some() {
        return bad("what is numbered is an open or internal text, unique and not required: the house gives it");
    }
    if pattern.longest() > usize::from(max) {
        return bad("the text is too short for its numbers");
    }
    Ok(())
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
