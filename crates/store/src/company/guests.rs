//! Guests 外部账号: accounts of people from outside, who are here for something and until a day.
//!
//! Rule: from the day an account is a guest's, it can do what a guest does and nothing else, whatever roles anybody gives it; and past its
//! last day it cannot sign in, and its sessions end by themselves. It never becomes a colleague's account again: a colleague gets a new one.

use std::collections::BTreeMap;

use model::{Action, AssessmentId, UnixMs, UserId};
use serde::{Deserialize, Serialize};

use super::load::Loaded;

/// Key of the setting.
pub(crate) const GUESTS: &str = "guests";

/// The only operations of a guest: to look at what they were named for, to say something to it, and what is about their own account.
pub const GUEST_ACTIONS: &[Action] = &[
    Action::AssessmentRead,
    Action::AssessmentAssess,
    Action::SelfRead,
    Action::PasswordChange,
    Action::MfaChange,
    Action::SessionRevoke,
    Action::SignOut,
];

/// Why an account is a guest's, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Guest {
    /// Assessments that they are or were named in, each with the moment at which that ends or ended.
    pub assessments: BTreeMap<AssessmentId, UnixMs>,
}

impl Guest {
    /// From when on the account is as if it were disabled.
    pub fn until(&self) -> UnixMs {
        self.assessments.values().copied().max().unwrap_or(UnixMs(0))
    }
}

/// All guests.
pub type Guests = BTreeMap<UserId, Guest>;

impl Loaded {
    /// Whether an account is a guest's whose time is over.
    pub(crate) fn is_over(&self, user: UserId, at: UnixMs) -> bool {
        self.guests.get(&user).is_some_and(|g| g.until() <= at)
    }

    /// What somebody may ask at all: a guest little, everybody else what `actions` says.
    pub(crate) fn narrowed(&self, user: UserId, actions: Option<Vec<Action>>) -> Option<Vec<Action>> {
        if !self.guests.contains_key(&user) {
            return actions;
        }
        let fits = |a: &Action| actions.as_ref().is_none_or(|all| all.contains(a));
        Some(GUEST_ACTIONS.iter().copied().filter(fits).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_is_here_until_the_last_of_what_they_were_named_for() {
        let mut guest = Guest::default();
        assert_eq!(guest.until(), UnixMs(0));
        guest.assessments.insert(AssessmentId::from_bytes([1; 16]), UnixMs(5));
        guest.assessments.insert(AssessmentId::from_bytes([2; 16]), UnixMs(3));
        assert_eq!(guest.until(), UnixMs(5));
    }
}
