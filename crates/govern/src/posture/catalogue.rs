//! The checks: what each is about, how grave it is, and what mends it.

use model::Text;
use serde::{Deserialize, Serialize};

use super::facts::Facts;
use super::judge::Seen;
use super::{accounts, guard, house, record};

/// What a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    Transport,
    Keys,
    Backups,
    Machine,
    Database,
    Accounts,
    SignIn,
    Sharing,
    Detection,
    Log,
    People,
}

impl Area {
    pub const ALL: [Area; 11] = [
        Area::Transport,
        Area::Keys,
        Area::Backups,
        Area::Machine,
        Area::Database,
        Area::Accounts,
        Area::SignIn,
        Area::Sharing,
        Area::Detection,
        Area::Log,
        Area::People,
    ];
    pub const fn as_str(self) -> &'static str {
        match self {
            Area::Transport => "transport",
            Area::Keys => "keys",
            Area::Backups => "backups",
            Area::Machine => "machine",
            Area::Database => "database",
            Area::Accounts => "accounts",
            Area::SignIn => "sign_in",
            Area::Sharing => "sharing",
            Area::Detection => "detection",
            Area::Log => "log",
            Area::People => "people",
        }
    }
}

/// What may come of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    Low,
    Medium,
    High,
}

impl Risk {
    pub const fn as_str(self) -> &'static str {
        match self {
            Risk::Low => "low",
            Risk::Medium => "medium",
            Risk::High => "high",
        }
    }
}

/// What mends it.
#[derive(Debug, Clone, Copy)]
pub struct Fix {
    pub zh: &'static str,
    pub en: &'static str,
    /// The page of the console where it is done.
    pub page: Option<&'static str>,
    /// To be run by who looks after the server.
    pub command: Option<&'static str>,
}

/// One check.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    pub id: &'static str,
    pub area: Area,
    pub risk: Risk,
    pub zh: &'static str,
    pub en: &'static str,
    pub fix: Fix,
    /// Clauses it is evidence for.
    pub laws: &'static [&'static str],
    /// Where its figures are proved: a page of the console.
    pub proof: Option<&'static str>,
    pub(super) look: fn(&Facts) -> Seen,
}

impl Check {
    pub const fn weight(&self) -> u32 {
        match self.risk {
            Risk::Low => 1,
            Risk::Medium => 3,
            Risk::High => 5,
        }
    }
    pub fn title(&self) -> Text {
        Text::new(self.zh, self.en)
    }
    pub fn fix_text(&self) -> Text {
        Text::new(self.fix.zh, self.fix.en)
    }
}

/// All of them, by area.
pub fn checks() -> impl Iterator<Item = &'static Check> {
    house::CHECKS.iter().chain(record::CHECKS).chain(accounts::CHECKS).chain(guard::CHECKS)
}

/// One of them by its name.
pub fn check(id: &str) -> Option<&'static Check> {
    checks().find(|c| c.id == id)
}

/// Looks at everything.
pub fn look(facts: &Facts) -> Vec<(&'static Check, Seen)> {
    checks().map(|check| (check, (check.look)(facts))).collect()
}

/// The page that mends it.
pub(super) const fn page(page: &'static str, zh: &'static str, en: &'static str) -> Fix {
    Fix { zh, en, page: Some(page), command: None }
}
/// The command that mends it.
pub(super) const fn run(command: &'static str, zh: &'static str, en: &'static str) -> Fix {
    Fix { zh, en, page: None, command: Some(command) }
}
/// What has to be done by hand.
pub(super) const fn hand(zh: &'static str, en: &'static str) -> Fix {
    Fix { zh, en, page: None, command: None }
}
