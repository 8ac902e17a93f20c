//! What a company asks of whom.

use std::collections::BTreeSet;

use access::path::{Disclosed, Grant, Refusal};
use model::{RoleName, Text, User, UserKind, UserStatus};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::catalogue::{CourseHead, offered};
use crate::Store;
use crate::company::Note;

/// Key of the setting.
pub(crate) const TRAINING: &str = "training";
const MOST_DAYS: u32 = 365;
const MOST_MONTHS: u32 = 36;
const MOST_WAIT: u32 = 1_440;
/// Characters of what people acknowledge.
const MOST_PLEDGE: usize = 4_000;

/// A course, and who must take it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredCourse {
    pub course: String,
    /// Holders of any of these roles; of none: everybody.
    pub roles: BTreeSet<RoleName>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainingRules {
    /// Whether courses are given to people by the house. Off: whoever wants takes them.
    pub on: bool,
    pub required: Vec<RequiredCourse>,
    /// Days from when a course is given until it is due.
    pub due_days: u32,
    /// How long a course that was passed counts.
    pub valid_months: u32,
    /// Minutes after a quiz that was not passed until the next one.
    pub wait_minutes: u32,
    /// What whoever passes says they keep to; empty: nothing.
    pub pledge: Text,
}

impl Default for TrainingRules {
    fn default() -> Self {
        let required = |c: &training::Course| RequiredCourse { course: c.id.clone(), roles: BTreeSet::new() };
        Self {
            on: false,
            required: training::courses().iter().map(required).collect(),
            due_days: 14,
            valid_months: 12,
            wait_minutes: 5,
            pledge: Text::new("", ""),
        }
    }
}

impl TrainingRules {
    fn check(&self, heads: &[CourseHead], roles: impl Fn(&RoleName) -> bool) -> Result<(), Refusal> {
        let wrong = |field: String, reason: String| Err(Refusal::invalid(&field, "invalid_value", reason));
        let mut seen = BTreeSet::new();
        for (n, one) in self.required.iter().enumerate() {
            if !heads.iter().any(|h| h.id == one.course) {
                return Err(Refusal::invalid(
                    &format!("required/{n}/course"),
                    "unknown_course",
                    "there is no such course",
                ));
            }
            if !seen.insert(&one.course) {
                return Err(Refusal::invalid(
                    &format!("required/{n}/course"),
                    "duplicate",
                    "this course stands here twice",
                ));
            }
            if let Some(at) = one.roles.iter().position(|role| !roles(role)) {
                let field = format!("required/{n}/roles/{at}");
                return Err(Refusal::invalid(&field, "unknown_role", "there is no such role"));
            }
        }
        for (field, value, least, most) in [
            ("due_days", self.due_days, 1, MOST_DAYS),
            ("valid_months", self.valid_months, 1, MOST_MONTHS),
            ("wait_minutes", self.wait_minutes, 0, MOST_WAIT),
        ] {
            if !(least..=most).contains(&value) {
                return wrong(field.to_owned(), format!("{least} to {most}"));
            }
        }
        let (zh, en) = (&self.pledge.zh, &self.pledge.en);
        for (field, text) in [("pledge/zh", zh), ("pledge/en", en)] {
            if text.chars().count() > MOST_PLEDGE || text.chars().any(|c| c.is_control() && c != '\n') {
                return wrong(field.to_owned(), format!("at most {MOST_PLEDGE} characters"));
            }
        }
        if zh.trim().is_empty() != en.trim().is_empty() {
            let empty = if zh.trim().is_empty() { "pledge/zh" } else { "pledge/en" };
            return Err(Refusal::invalid(empty, "required", "in both languages, or in none"));
        }
        Ok(())
    }

    /// The courses somebody must take, of those that are offered.
    pub(super) fn of<'a>(&'a self, user: &'a User, heads: &'a [CourseHead]) -> impl Iterator<Item = &'a CourseHead> {
        let meant =
            |one: &&RequiredCourse| one.roles.is_empty() || one.roles.iter().any(|role| user.roles.contains(role));
        self.required.iter().filter(meant).filter_map(|one| heads.iter().find(|h| h.id == one.course))
    }

    /// What says which text was acknowledged; `None` where there is none.
    pub(super) fn pledge_digest(&self) -> Option<String> {
        let Text { zh, en } = &self.pledge;
        (!zh.trim().is_empty()).then(|| hex::encode(Sha256::digest(format!("{zh}\0{en}"))))
    }
}

/// Somebody who takes courses: a person at work.
pub(super) fn learns(user: &User) -> bool {
    user.kind == UserKind::Person && user.status == UserStatus::Active
}

#[derive(Debug)]
pub struct ReadTrainingRules;

#[derive(Debug)]
pub struct ChangeTrainingRules {
    pub rules: TrainingRules,
    pub note: Note,
}

impl Store {
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn read_training_rules(
        &self,
        grant: Grant<ReadTrainingRules>,
    ) -> Result<Disclosed<TrainingRules>, Refusal> {
        let rules = TrainingRules::clone(&self.company().training);
        grant.carry_out(vec![], rules).await
    }

    /// # Errors
    /// [`Refusal::Invalid`] with the field, and as every change.
    pub async fn change_training_rules(&self, grant: Grant<ChangeTrainingRules>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let ChangeTrainingRules { rules, note } = grant.operation();
            rules.check(&offered(&draft.from.courses), |role| draft.from.roles.contains_key(role))?;
            note.set(json!(*draft.from.training));
            draft.next.training = rules.clone().into();
            draft.set(TRAINING, rules)
        })
        .await
    }
}
