//! Conditions over a record's open fields: the one form in which lists are filtered and matrix rows narrowed.
//!
//! ```
//! use model::{Comparison, Condition};
//! let c = Condition::test("level", Comparison::Eq, serde_json::json!("A")).and(Condition::test("region", Comparison::In, serde_json::json!(["east"])));
//! assert_eq!(c.depth(), 2);
//! ```

use serde::{Deserialize, Serialize};

/// How a field is compared with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    /// The value is a list; the field equals one of its members.
    In,
    /// Text begins with the value; case matters.
    StartsWith,
    /// Text contains the value; case matters.
    Contains,
    /// The value is a list of options; a field of several holds at least one of them.
    HasAny,
    /// All of them.
    HasAll,
    /// None of them. A field without a value holds none: of all comparisons with a value the one that is true of it.
    HasNone,
    /// The field has no value. Takes no value.
    IsEmpty,
    IsNotEmpty,
}

/// A nested and/or/not of field tests. A test on a field without a value is false, also under `Ne`; only
/// `HasNone` is true of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// `field` is a field name, or one of the record's own: `owner`, `department`, `created_at`, `updated_at`, `pool`.
    Test {
        field: String,
        op: Comparison,
        #[serde(default)]
        value: serde_json::Value,
    },
}

impl Condition {
    pub fn test(field: &str, op: Comparison, value: serde_json::Value) -> Self {
        Condition::Test { field: field.to_owned(), op, value }
    }
    pub fn and(self, other: Condition) -> Self {
        Condition::All(vec![self, other])
    }
    /// Levels of nesting; a single test is 1.
    pub fn depth(&self) -> usize {
        match self {
            Condition::All(c) | Condition::Any(c) => 1 + c.iter().map(Condition::depth).max().unwrap_or(0),
            Condition::Not(c) => 1 + c.depth(),
            Condition::Test { .. } => 1,
        }
    }
    /// Number of tests.
    pub fn size(&self) -> usize {
        match self {
            Condition::All(c) | Condition::Any(c) => c.iter().map(Condition::size).sum(),
            Condition::Not(c) => c.size(),
            // Each option is a test of its own.
            Condition::Test { op: Comparison::HasAny | Comparison::HasAll | Comparison::HasNone, value, .. } => {
                value.as_array().map_or(1, |options| options.len().max(1))
            }
            Condition::Test { .. } => 1,
        }
    }
    /// What is asked by, without what is asked for.
    pub fn without_values(&self) -> Condition {
        let all = |c: &[Condition]| c.iter().map(Condition::without_values).collect();
        match self {
            Condition::All(c) => Condition::All(all(c)),
            Condition::Any(c) => Condition::Any(all(c)),
            Condition::Not(c) => Condition::Not(Box::new(c.without_values())),
            Condition::Test { field, op, .. } => Condition::test(field, *op, serde_json::Value::Null),
        }
    }
    /// Every field whose value is asked, in order of appearance: those of which only is asked whether they have one are not.
    pub fn fields_with_values(&self) -> Vec<&str> {
        match self {
            Condition::All(c) | Condition::Any(c) => c.iter().flat_map(Condition::fields_with_values).collect(),
            Condition::Not(c) => c.fields_with_values(),
            Condition::Test { op: Comparison::IsEmpty | Comparison::IsNotEmpty, .. } => vec![],
            Condition::Test { field, .. } => vec![field],
        }
    }
    /// Every field named, in order of appearance.
    pub fn fields(&self) -> Vec<&str> {
        match self {
            Condition::All(c) | Condition::Any(c) => c.iter().flat_map(Condition::fields).collect(),
            Condition::Not(c) => c.fields(),
            Condition::Test { field, .. } => vec![field],
        }
    }
}
