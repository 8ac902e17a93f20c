//! What a field can hold: the kinds of values, and the clear columns that hold them.

use serde::{Deserialize, Serialize};

use crate::aggregate::Worked;
use crate::condition::Condition;
use crate::ids::{FieldName, ObjectName};
use crate::text::Text;

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
    /// Several of the options. A clear one stands in a text column as `;a;b;`.
    MultiChoice {
        options: Vec<ChoiceOption>,
    },
    Phone,
    Email,
    IdNumber,
    /// One text, or its parts ([`crate::Address`]).
    Address,
    Url,
    /// Another record.
    Reference {
        object: ObjectName,
    },
    /// A member of the company.
    User,
    /// 附件字段: files of the record that belong to this field. Not stored with the record's values: each file says which field it is of.
    Attachment {
        /// Most files, 1 to 50.
        max: u8,
        /// Endings of names that are taken, in lower case and without the dot; any that the company's rules take where there are none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        types: Vec<String>,
    },
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
            FieldKind::Text { .. } | FieldKind::LongText => "text",
            FieldKind::Address => "an address: text, or country, province, city, district, street and postcode",
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
            FieldKind::Attachment { .. } => "no value: files are added one by one",
            FieldKind::Lookup { .. } | FieldKind::RollUp { .. } => "no value: it is looked up",
        }
    }
    /// Whether it is looked up or worked out when it is looked at, and stored nowhere.
    pub const fn is_looked_up(&self) -> bool {
        matches!(self, FieldKind::Lookup { .. } | FieldKind::RollUp { .. })
    }
    /// Whether a record's row holds nothing of it: it is looked up, or its files lie beside the record.
    pub const fn is_beside(&self) -> bool {
        self.is_looked_up() || matches!(self, FieldKind::Attachment { .. })
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
            | FieldKind::MultiChoice { .. }
            | FieldKind::Reference { .. }
            | FieldKind::User
            | FieldKind::Phone
            | FieldKind::Email
            | FieldKind::IdNumber
            | FieldKind::Address
            | FieldKind::Url => Some(ColumnKind::Text),
            FieldKind::LongText
            | FieldKind::Attachment { .. }
            | FieldKind::Lookup { .. }
            | FieldKind::RollUp { .. } => None,
        }
    }
    /// Whether a clear column holds one value that can be put in order and grouped by: not several in one.
    pub const fn is_single(&self) -> bool {
        self.column().is_some() && !matches!(self, FieldKind::MultiChoice { .. })
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
