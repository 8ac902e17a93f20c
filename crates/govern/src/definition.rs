//! What a report is of 报告定义: its kind, whom it is about, which parts it has, and who may read it.

use std::collections::BTreeSet;

use model::{Action, Channel, DepartmentId, RecordId, UserId};
use serde::{Deserialize, Serialize};

/// Most people a report is addressed to.
pub const MOST_READERS: usize = 50;

/// Most operations that a report is of, where it is not of all.
pub const MOST_OPERATIONS: usize = 20;

/// What kind of report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// For management: the whole company in a few numbers.
    Management,
    /// For the security officer: who, what and how much.
    Officer,
    /// One department and those below.
    Department,
    /// What one person did.
    Person,
    /// Who had to do with one customer.
    Customer,
    /// What one customer may be told: when, why and which kinds of data, and no name of an employee.
    Subject,
    /// Changes of people, roles, rules and settings.
    Policy,
    /// What the law and the standards ask for, and what the log shows of it.
    Compliance,
}

impl Kind {
    pub const ALL: [Kind; 8] = [
        Kind::Management,
        Kind::Officer,
        Kind::Department,
        Kind::Person,
        Kind::Customer,
        Kind::Subject,
        Kind::Policy,
        Kind::Compliance,
    ];
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Management => "management",
            Kind::Officer => "officer",
            Kind::Department => "department",
            Kind::Person => "person",
            Kind::Customer => "customer",
            Kind::Subject => "subject",
            Kind::Policy => "policy",
            Kind::Compliance => "compliance",
        }
    }
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.as_str() == name)
    }
    /// Whether it tells, one by one, what somebody did or who saw somebody: then whoever has it made or reads it needs the right to
    /// read the access log as well.
    pub const fn tells_of_one(self) -> bool {
        matches!(self, Kind::Person | Kind::Customer | Kind::Subject)
    }
    /// Whether its numbers count events, of which some channels and operations can be chosen.
    pub const fn counts_events(self) -> bool {
        matches!(self, Kind::Management | Kind::Officer | Kind::Department | Kind::Person)
    }
    /// The parts that it can have, in their order.
    pub const fn sections(self) -> &'static [SectionId] {
        use SectionId::*;
        match self {
            Kind::Management => &[Summary, Standing, Findings, Days, Departments, Operations, Method],
            Kind::Officer => &[Summary, Standing, Findings, Days, Departments, People, Operations, Channels, Method],
            Kind::Department => &[Summary, Findings, Days, Departments, People, Operations, Channels, Method],
            Kind::Person => &[Summary, Findings, Days, Operations, Channels, Method],
            Kind::Customer | Kind::Subject => &[Looks, Method],
            Kind::Policy => &[Summary, Changes, Findings, Operations, Method],
            Kind::Compliance => &[Controls, Findings, Method],
        }
    }
}

/// A part of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionId {
    Summary,
    /// Alerts, cases, reviews, training and the like, as they stood when it was made.
    Standing,
    Findings,
    Days,
    Departments,
    People,
    Operations,
    Channels,
    Looks,
    Changes,
    Controls,
    Method,
}

impl SectionId {
    pub const fn as_str(self) -> &'static str {
        match self {
            SectionId::Summary => "summary",
            SectionId::Standing => "standing",
            SectionId::Findings => "findings",
            SectionId::Days => "days",
            SectionId::Departments => "departments",
            SectionId::People => "people",
            SectionId::Operations => "operations",
            SectionId::Channels => "channels",
            SectionId::Looks => "looks",
            SectionId::Changes => "changes",
            SectionId::Controls => "controls",
            SectionId::Method => "method",
        }
    }
}

/// Whom it is about, where it is about one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct About {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<RecordId>,
}

/// What is to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    pub kind: Kind,
    #[serde(default)]
    pub about: About,
    /// Parts of it; all that the kind has if empty. What was not looked at is said in any case.
    #[serde(default)]
    pub sections: BTreeSet<SectionId>,
    /// Of which channels events are counted; of all if empty.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub channels: BTreeSet<Channel>,
    /// Of which operations events are counted; of all if empty.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub operations: BTreeSet<Action>,
    /// People whom it is addressed to.
    #[serde(default)]
    pub readers: BTreeSet<UserId>,
}

/// What is wrong with one, by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadDefinition {
    pub field: &'static str,
    pub code: &'static str,
    pub reason: &'static str,
}

impl Definition {
    pub fn new(kind: Kind) -> Self {
        let (sections, channels, operations, readers) = Default::default();
        Self { kind, about: About::default(), sections, channels, operations, readers }
    }
    /// Whether kind, subject and parts fit together.
    ///
    /// # Errors
    /// [`BadDefinition`] with the field.
    pub fn check(&self) -> Result<(), BadDefinition> {
        let About { department, user, customer } = self.about;
        let wanted = (
            self.kind == Kind::Department,
            self.kind == Kind::Person,
            matches!(self.kind, Kind::Customer | Kind::Subject),
        );
        for (field, wanted, given) in [
            ("department", wanted.0, department.is_some()),
            ("user", wanted.1, user.is_some()),
            ("customer", wanted.2, customer.is_some()),
        ] {
            if wanted && !given {
                return Err(BadDefinition { field, code: "required", reason: "this kind of report is about one" });
            }
            if !wanted && given {
                return Err(BadDefinition {
                    field,
                    code: "invalid_value",
                    reason: "this kind of report is about none",
                });
            }
        }
        if self.sections.iter().any(|s| !self.kind.sections().contains(s)) {
            let reason = "this kind of report has no such part";
            return Err(BadDefinition { field: "sections", code: "invalid_value", reason });
        }
        if !self.channels.is_empty() && !self.kind.counts_events() {
            let reason = "this kind of report is of all channels";
            return Err(BadDefinition { field: "channels", code: "invalid_value", reason });
        }
        if !self.operations.is_empty() && !self.kind.counts_events() {
            let reason = "this kind of report is of all operations";
            return Err(BadDefinition { field: "operations", code: "invalid_value", reason });
        }
        // What other systems say is in no number.
        if self.operations.len() > MOST_OPERATIONS || self.operations.contains(&Action::Foreign) {
            let reason = "at most 20 operations of Whosaw's own";
            return Err(BadDefinition { field: "operations", code: "invalid_value", reason });
        }
        if self.readers.len() > MOST_READERS {
            return Err(BadDefinition { field: "readers", code: "too_many", reason: "at most 50 people" });
        }
        Ok(())
    }
    /// The parts it will have, in their order. How it was made is never left out.
    pub fn parts(&self) -> Vec<SectionId> {
        let wanted = |s: &SectionId| self.sections.is_empty() || self.sections.contains(s) || *s == SectionId::Method;
        self.kind.sections().iter().copied().filter(wanted).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_about_somebody_says_about_whom_and_others_do_not() {
        let mut person = Definition::new(Kind::Person);
        assert_eq!(person.check().unwrap_err().field, "user");
        person.about.user = Some(UserId::from_bytes([1; 16]));
        assert!(person.check().is_ok());
        let whole = Definition { kind: Kind::Management, ..person };
        assert_eq!(whole.check().unwrap_err().code, "invalid_value");
    }

    #[test]
    fn chosen_parts_keep_their_order_and_how_it_was_made_stays() {
        let mut it = Definition::new(Kind::Management);
        it.sections = [SectionId::Operations, SectionId::Summary].into();
        assert_eq!(it.parts(), [SectionId::Summary, SectionId::Operations, SectionId::Method]);
        it.channels = [Channel::Api].into();
        assert!(it.check().is_ok());
        it.kind = Kind::Policy;
        it.sections.clear();
        assert_eq!(it.check().unwrap_err().field, "channels");
        it = Definition { channels: BTreeSet::new(), operations: [Action::Export].into(), ..it };
        assert_eq!(it.check().unwrap_err().field, "operations");
        it.kind = Kind::Management;
        assert!(it.check().is_ok());
        it.operations = [Action::Foreign].into();
        assert_eq!(it.check().unwrap_err().field, "operations");
        it.operations.clear();
        it.sections = [SectionId::Controls].into();
        assert_eq!(it.check().unwrap_err().field, "sections");
        for kind in Kind::ALL {
            assert_eq!(Kind::by_name(kind.as_str()), Some(kind));
            assert_eq!(kind.sections().last(), Some(&SectionId::Method));
        }
    }
}
