//! Company settings that decisions depend on.

use serde::{Deserialize, Serialize};

use crate::engine::Calendar;

/// A language that the company speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    #[serde(rename = "zh-CN")]
    Chinese,
    #[serde(rename = "en")]
    English,
}

impl Language {
    pub const fn as_str(self) -> &'static str {
        match self {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        }
    }
}

/// Settings of the company. Changing them is an administrative act with its own event.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Working hours and days, in the company's time zone.
    pub calendar: Calendar,
    /// The company's name, for watermarks and reports.
    pub company: String,
    /// What is spoken to whoever chose no language themselves; `None`: what their browser likes best.
    pub language: Option<Language>,
    /// What the log says of looks at data that is nobody's, and how long it is kept.
    pub audit: model::AuditPolicy,
    /// Which business reasons count.
    pub reasons: model::ReasonRules,
}
