//! Which courses there are: those that ship, a company's own, and those outside.
//!
//! Rule: the list is part of the company's picture, the texts of own courses are rows beside it. A course that was withdrawn is given to
//! nobody and asked of nobody; what was passed of it counts as long as it was passed for.

use std::borrow::Cow;

use model::{Text, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use training::{Course, PassRule};

/// Key of the setting.
pub(crate) const COURSES: &str = "courses";

/// Whose a course is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CourseKind {
    Shipped,
    /// The company's own: its text is here.
    Own,
    /// It is taken in another system, which states who passed.
    Outside,
}

impl CourseKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            CourseKind::Shipped => "shipped",
            CourseKind::Own => "own",
            CourseKind::Outside => "outside",
        }
    }
}

/// One text of an own course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CourseVersion {
    pub version: u32,
    pub at: UnixMs,
    pub by: UserId,
    /// SHA-256 of its files.
    pub digest: String,
    pub pages: usize,
    pub questions: usize,
}

/// A course that is taken elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outside {
    /// The IRI by which statements name it.
    pub activity: String,
    /// Where it is taken.
    pub launch: String,
    /// Months that it counts.
    pub months: u32,
    pub rule: PassRule,
    /// The page whose account names are logins here.
    pub home_page: Option<String>,
    /// The domain whose mail addresses are `login@domain`.
    pub mail_domain: Option<String>,
}

/// A course of the company's, as the setting has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompanyCourse {
    pub id: String,
    pub title: Text,
    pub about: Text,
    /// Grows with each text, and each change of one outside.
    pub version: u32,
    pub at: UnixMs,
    pub withdrawn: bool,
    /// Of an own course, oldest first.
    pub versions: Vec<CourseVersion>,
    pub outside: Option<Outside>,
}

/// What is known of a course without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseHead {
    pub id: String,
    pub title: Text,
    pub about: Text,
    pub version: u32,
    pub kind: CourseKind,
    pub withdrawn: bool,
    pub outside: Option<Outside>,
}

impl From<&Course> for CourseHead {
    fn from(c: &Course) -> Self {
        let (id, title, about) = (c.id.clone(), c.title.clone(), c.about.clone());
        Self { id, title, about, version: c.version, kind: CourseKind::Shipped, withdrawn: false, outside: None }
    }
}
impl From<&CompanyCourse> for CourseHead {
    fn from(c: &CompanyCourse) -> Self {
        Self {
            id: c.id.clone(),
            title: c.title.clone(),
            about: c.about.clone(),
            version: c.version,
            kind: if c.outside.is_some() { CourseKind::Outside } else { CourseKind::Own },
            withdrawn: c.withdrawn,
            outside: c.outside.clone(),
        }
    }
}

/// The courses that are offered, in the order they are best taken in: those that ship first.
pub(super) fn offered(own: &[CompanyCourse]) -> Vec<CourseHead> {
    let own = own.iter().filter(|c| !c.withdrawn).map(CourseHead::from);
    training::courses().iter().map(CourseHead::from).chain(own).collect()
}

/// A course, also one that was withdrawn.
pub(super) fn known(own: &[CompanyCourse], id: &str) -> Option<CourseHead> {
    let shipped = training::course(id).map(CourseHead::from);
    shipped.or_else(|| own.iter().find(|c| c.id == id).map(CourseHead::from))
}

/// A course with its text: one that ships is not read again.
pub(super) type Whole = Cow<'static, Course>;
