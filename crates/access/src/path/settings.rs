//! Company settings that decisions depend on.

use serde::{Deserialize, Serialize};

use crate::engine::Calendar;

/// Settings of the company. Changing them is an administrative act with its own event.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Working hours and days, in the company's time zone.
    pub calendar: Calendar,
    /// The company's name, for watermarks and reports.
    pub company: String,
    /// What the log says of looks at data that is nobody's, and how long it is kept.
    pub audit: model::AuditPolicy,
    /// Which business reasons count.
    pub reasons: model::ReasonRules,
}
