//! What is wrong with a matrix, in words an administrator can act on.

/// One thing wrong with one row. A policy with a problem is not put in force.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("row `{row}`: {en}")]
pub struct Problem {
    /// The row's id; empty when the object types as a whole are wrong.
    pub row: String,
    /// Stable: `bad_id`, `duplicate_id`, `unknown_object`, …
    pub code: &'static str,
    pub zh: String,
    pub en: String,
}

impl Problem {
    pub(crate) fn new(row: &str, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Problem { row: row.to_owned(), code, zh: zh.into(), en: en.into() }
    }
}
