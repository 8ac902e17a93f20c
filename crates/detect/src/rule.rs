//! A rule as the house knows it: what it is called, how grave it is, and the sentence that says why it fired.

pub use model::Severity;
use serde::{Deserialize, Serialize};

use crate::baseline::Measure;
use crate::field::Field;
use crate::window::Shape;

/// The kinds of patterns. Each has its own share of people's attention: a loud one does not drown a quiet one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    Volume,
    Duty,
    TimeAndPlace,
    Probing,
    Privilege,
    Leaver,
    Scraping,
    Canary,
    Other,
}

impl Family {
    pub const ALL: [Family; 9] = [
        Family::Volume,
        Family::Duty,
        Family::TimeAndPlace,
        Family::Probing,
        Family::Privilege,
        Family::Leaver,
        Family::Scraping,
        Family::Canary,
        Family::Other,
    ];
    pub const fn as_str(self) -> &'static str {
        match self {
            Family::Volume => "volume",
            Family::Duty => "duty",
            Family::TimeAndPlace => "time_and_place",
            Family::Probing => "probing",
            Family::Privilege => "privilege",
            Family::Leaver => "leaver",
            Family::Scraping => "scraping",
            Family::Canary => "canary",
            Family::Other => "other",
        }
    }
    pub fn named(text: &str) -> Option<Family> {
        Some(match text {
            "volume" => Family::Volume,
            "duty" => Family::Duty,
            "time_and_place" => Family::TimeAndPlace,
            "probing" => Family::Probing,
            "privilege" => Family::Privilege,
            "leaver" => Family::Leaver,
            "scraping" => Family::Scraping,
            "canary" => Family::Canary,
            "other" => Family::Other,
            _ => return None,
        })
    }
}

/// The language of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    Zh,
    En,
}

/// A sentence in both languages. Of a template, `{count}`, `{threshold}`, `{window}`, `{observed}`, `{expected}`,
/// `{peers}`, `{score}` and `{group}` are filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Both {
    pub zh: String,
    pub en: String,
}

impl Both {
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// What can alert: a detection that stands alone, or a correlation.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The stable name, as in `name:` (else `id:`, else the title).
    pub name: String,
    pub title: Both,
    pub why: Both,
    pub severity: Severity,
    pub family: Family,
    /// The measures whose scores it asks for.
    pub measures: Vec<Measure>,
    pub body: Body,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    Detection {
        /// Its place among the compiled detections.
        detection: usize,
    },
    Correlation(Correlation),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Correlation {
    pub shape: Shape,
    /// Places of the detections that feed it, in the order the rule names them.
    pub detections: Vec<usize>,
    pub group_by: Vec<Field>,
    /// What is counted or summed; for `event_count` and temporal rules, nothing.
    pub field: Option<Field>,
    pub span: i64,
    /// It fires at this value and above.
    pub least: i64,
}

impl Rule {
    /// Looks at one person's events only, so that people can be dealt with apart.
    pub fn is_personal(&self) -> bool {
        match &self.body {
            Body::Detection { .. } => true,
            Body::Correlation(c) => c.group_by.contains(&Field::ActorUser),
        }
    }
}
