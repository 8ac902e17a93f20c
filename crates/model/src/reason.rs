//! Business reasons 业务理由: why somebody had to do with a record, as far as the system can see.
//!
//! One story. Of 40,000 looks a day, 39,000 are somebody at their own customer, or at one they have a task about. What is left is the
//! short list that is worth reading. So each access carries the strongest reason there was at that moment, it stands in the ledger with
//! the event, and nobody can find a better one afterwards.
//!
//! Rule: a reason gives no right and takes none. What somebody made themselves a moment before they looked explains nothing.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::condition::Condition;
use crate::ids::ObjectName;

/// The business reason the system can see for an access, the strongest that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Explanation {
    Owner,
    CoOwner,
    /// The actor is the manager of the owner's department or above.
    TeamDuty,
    Share,
    OpenOpportunity,
    OpenTask,
    /// A follow-up of the actor within the last days.
    FollowUp,
    ApprovedRequest,
    Handover,
    /// The actor's own import or job.
    Job,
    /// The actor handles a case this record is evidence of.
    CaseWork,
    /// In the public pool the actor is a member of.
    Pool,
    /// None that the system can see.
    None,
}

impl Explanation {
    pub const ALL: [Explanation; 13] = [
        Explanation::Owner,
        Explanation::CoOwner,
        Explanation::TeamDuty,
        Explanation::Share,
        Explanation::OpenOpportunity,
        Explanation::OpenTask,
        Explanation::FollowUp,
        Explanation::ApprovedRequest,
        Explanation::Handover,
        Explanation::Job,
        Explanation::CaseWork,
        Explanation::Pool,
        Explanation::None,
    ];
    pub const fn is_explained(self) -> bool {
        !matches!(self, Explanation::None)
    }
    pub const fn as_str(self) -> &'static str {
        match self {
            Explanation::Owner => "owner",
            Explanation::CoOwner => "co_owner",
            Explanation::TeamDuty => "team_duty",
            Explanation::Share => "share",
            Explanation::OpenOpportunity => "open_opportunity",
            Explanation::OpenTask => "open_task",
            Explanation::FollowUp => "follow_up",
            Explanation::ApprovedRequest => "approved_request",
            Explanation::Handover => "handover",
            Explanation::Job => "job",
            Explanation::CaseWork => "case_work",
            Explanation::Pool => "pool",
            Explanation::None => "none",
        }
    }
    /// Whether a [`Link`] may give it.
    pub const fn is_linked(self) -> bool {
        matches!(self, Explanation::OpenOpportunity | Explanation::OpenTask | Explanation::FollowUp)
    }
}

/// A template: a record of `object` that the actor owns explains their access to the customer it is about, and to all of that
/// customer's records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// `open_opportunity`, `open_task` or `follow_up`.
    pub reason: Explanation,
    pub object: ObjectName,
    /// Only records that pass: what is still open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Condition>,
    /// How many days after it was last written it still counts. 1 to 365; without it, as long as it passes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
}

/// Which reasons count, and what is asked of whom has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReasonRules {
    pub counted: BTreeSet<Explanation>,
    pub links: Vec<Link>,
    /// What the actor made themselves less than so many minutes before explains nothing. 0 to 1440.
    pub weak_minutes: u32,
    /// A look at personal data without a reason needs a purpose 用途, given at once.
    pub ask_purpose: bool,
}

impl Default for ReasonRules {
    fn default() -> Self {
        crate::defaults::reasons()
    }
}

/// What is wrong with the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadReasons {
    #[error("`none` is not a reason")]
    None,
    #[error("at most 20 templates")]
    TooMany,
    #[error("a template gives `open_opportunity`, `open_task` or `follow_up`")]
    NotLinked,
    #[error("a template lasts 1 to 365 days")]
    Days,
    #[error("0 to 1440 minutes")]
    Minutes,
}

impl ReasonRules {
    pub fn counts(&self, reason: Explanation) -> bool {
        self.counted.contains(&reason)
    }
    pub fn weak_ms(&self) -> i64 {
        i64::from(self.weak_minutes) * 60_000
    }
    /// Templates whose reason counts.
    pub fn counted_links(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(|link| self.counts(link.reason))
    }
    /// # Errors
    /// [`BadReasons`], the first thing found wrong. That object types and fields exist is not known here.
    pub fn check(&self) -> Result<(), BadReasons> {
        if self.counts(Explanation::None) {
            return Err(BadReasons::None);
        }
        if self.links.len() > 20 {
            return Err(BadReasons::TooMany);
        }
        if self.links.iter().any(|link| !link.reason.is_linked()) {
            return Err(BadReasons::NotLinked);
        }
        if self.links.iter().any(|link| link.days.is_some_and(|days| !(1..=365).contains(&days))) {
            return Err(BadReasons::Days);
        }
        if self.weak_minutes > 1440 {
            return Err(BadReasons::Minutes);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_record_and_shipped_rules_are_right() {
        for reason in Explanation::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
        }
        let shipped = ReasonRules::default();
        shipped.check().unwrap();
        assert!(!shipped.ask_purpose && shipped.counted_links().count() == shipped.links.len());
        let none = ReasonRules { counted: [Explanation::None].into(), ..shipped.clone() };
        assert_eq!(none.check(), Err(BadReasons::None));
        let mut owner = shipped.clone();
        owner.links[0].reason = Explanation::Owner;
        assert_eq!(owner.check(), Err(BadReasons::NotLinked));
        let mut long = shipped;
        long.links[0].days = Some(366);
        assert_eq!(long.check(), Err(BadReasons::Days));
    }
}
