//! Access reviews 权限复核: what somebody has is looked at by whoever answers for it, line by line, and what nobody needs is taken away.
//!
//! One story. On the first of January the plan *quarterly* begins: who has which role, share or token is frozen as lines, each with what is
//! known of its use and with what the house would do ([`advise`]). Wang's manager keeps eight lines and takes two away; another clicks forty
//! in a minute ([`pace`] says so); what nobody answers falls to what the campaign says. Then all of it is applied, and a signed list says so.
//!
//! Rules.
//! - **Nobody reviews themselves** ([`Seat`]): such a line goes to the reviewer's manager, and where there is none to an officer.
//! - **A period is named by its first day** ([`newest_begun`]), so that a clock change neither skips nor doubles a campaign.
//! - Pure: no clock, no I/O, no randomness.

mod advice;
mod pace;
mod schedule;
mod seat;
mod toxic;

use std::collections::{BTreeMap, BTreeSet};

use model::{DepartmentId, ObjectName, RecordId, RoleName, ShareId, Text, TokenId, UnixMs, UserId};
use serde::{Deserialize, Serialize};

pub use advice::{Advice, Evidence, Risk, Why, advise, risk};
pub use pace::{Made as DecisionMade, Pace, pace};
pub use schedule::{ABSENT_DAYS, Rhythm, newest_begun};
pub use seat::Seat;
pub use toxic::{Need, TOXIC, ToxicRule, toxic};

/// Days that use is looked at over.
pub const LOOKED_BACK_DAYS: u32 = 90;
/// Longest that lines can wait, in days.
pub const MOST_DUE_DAYS: u32 = 90;
/// Longest time after that, in which whoever stands above the reviewer can answer.
pub const MOST_GRACE_DAYS: u32 = 30;
const MOST_NAME: usize = 80;
/// Roles with an owner of their own.
const MOST_OWNERS: usize = 200;

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holding {
    /// Roles that people and programs hold.
    Roles,
    /// Records shared with somebody.
    Shares,
    /// Tokens, also of service accounts.
    Tokens,
}

/// Who answers for a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewerRule {
    /// The manager of whoever has it.
    Manager,
    /// The role's owner, as the campaign names them; of shares and tokens, the manager.
    RoleOwner,
    /// One person.
    Person,
}

/// What becomes of a line that nobody answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unanswered {
    Keep,
    Revoke,
    /// What the house would do.
    Recommended,
}

/// What a campaign is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    pub name: String,
    pub what: BTreeSet<Holding>,
    /// Of people of this department and those below it.
    #[serde(default)]
    pub department: Option<DepartmentId>,
    /// Of holders of this role; of roles, this one alone.
    #[serde(default)]
    pub role: Option<RoleName>,
    /// Of one person: what an event about them begins.
    #[serde(default)]
    pub of: Option<UserId>,
    pub reviewer: ReviewerRule,
    #[serde(default)]
    pub person: Option<UserId>,
    #[serde(default)]
    pub owners: BTreeMap<RoleName, UserId>,
    /// Who stands in where the reviewer is away.
    #[serde(default)]
    pub deputy: Option<UserId>,
    pub due_days: u32,
    pub grace_days: u32,
    pub unanswered: Unanswered,
}

/// What is wrong with one, by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadCampaign {
    pub field: &'static str,
    pub code: &'static str,
    pub reason: &'static str,
}

impl Campaign {
    /// Whether its parts fit together. Whether people, roles and departments are there is asked elsewhere.
    ///
    /// # Errors
    /// [`BadCampaign`] with the field.
    pub fn check(&self) -> Result<(), BadCampaign> {
        let bad = |field, code, reason| Err(BadCampaign { field, code, reason });
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > MOST_NAME || name.chars().any(char::is_control) {
            return bad("name", "invalid_value", "1 to 80 characters");
        }
        if self.what.is_empty() {
            return bad("what", "required", "what is looked at");
        }
        if self.reviewer == ReviewerRule::Person && self.person.is_none() {
            return bad("person", "required", "who reviews");
        }
        if self.reviewer != ReviewerRule::Person && self.person.is_some() {
            return bad("person", "invalid_value", "only where one person reviews");
        }
        if self.owners.len() > MOST_OWNERS {
            return bad("owners", "too_many", "at most 200 roles");
        }
        if !(1..=MOST_DUE_DAYS).contains(&self.due_days) {
            return bad("due_days", "invalid_value", "1 to 90");
        }
        if self.grace_days > MOST_GRACE_DAYS {
            return bad("grace_days", "invalid_value", "0 to 30");
        }
        Ok(())
    }
}

/// A campaign that begins by itself, or is kept to be begun by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// MUST stay the same: periods are known by it.
    pub id: String,
    pub campaign: Campaign,
    pub when: Rhythm,
    pub on: bool,
    /// Since when it is on: what was before begins nothing.
    #[serde(default)]
    pub since: UnixMs,
}

/// Something that somebody has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Item {
    Role {
        role: RoleName,
        label: Text,
    },
    Share {
        share: ShareId,
        object: ObjectName,
        record: RecordId,
        edit: bool,
        until: Option<UnixMs>,
        given_by: UserId,
    },
    Token {
        token: TokenId,
        name: String,
        /// Whether it may do all that its owner may.
        all: bool,
        expires_at: UnixMs,
    },
}

impl Item {
    pub const fn holding(&self) -> Holding {
        match self {
            Item::Role { .. } => Holding::Roles,
            Item::Share { .. } => Holding::Shares,
            Item::Token { .. } => Holding::Tokens,
        }
    }
}

/// What is decided about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Verdict {
    Keep,
    /// It ends at a moment, or a share is for reading from then on.
    Narrow {
        #[serde(default)]
        until: Option<UnixMs>,
        #[serde(default)]
        read_only: bool,
    },
    Revoke,
}

impl Verdict {
    pub const fn as_str(self) -> &'static str {
        match self {
            Verdict::Keep => "keep",
            Verdict::Narrow { .. } => "narrow",
            Verdict::Revoke => "revoke",
        }
    }
}
