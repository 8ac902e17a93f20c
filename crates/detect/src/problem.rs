//! What is wrong with a rule, in words for the person who wrote it.

use serde::Serialize;

/// A rule was refused. `code` is stable; `at` names the rule and the place in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{at}: {en} ({code})")]
pub struct Problem {
    pub code: &'static str,
    pub at: String,
    pub zh: String,
    pub en: String,
}

impl Problem {
    pub(crate) fn new(code: &'static str, at: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, at: cut(at.into()), zh: cut(zh.into()), en: cut(en.into()) }
    }
}

/// What a hostile rule says comes back in messages: never more than a few lines of it.
fn cut(text: String) -> String {
    if text.chars().count() <= 400 { text } else { text.chars().take(399).chain(['…']).collect() }
}
