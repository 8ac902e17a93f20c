//! What is known of a line, what the house would do, and why.

use model::UnixMs;
use serde::{Deserialize, Serialize};

use super::Item;

/// What was held for less than this is too young to be called unused.
const YOUNG_DAYS: i64 = 30;
/// From so many colleagues on it says something that hardly any has it.
const ENOUGH_PEERS: u32 = 4;

/// What is known when the campaign begins.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Evidence {
    /// Since when they have it; `None` where that was before it was kept.
    pub since: Option<UnixMs>,
    /// Within the days looked back.
    pub last_used: Option<UnixMs>,
    pub used: u64,
    /// Of a role: operations on object types, and duties, that it gives; and how many of them were not used.
    pub rights: u32,
    pub unused: u32,
    /// Colleagues of the same department, and those of them who have the same.
    pub peers: u32,
    pub peers_with: u32,
    /// Thousandths of the accesses that had a reason that the system saw; `None` without an access.
    pub explained: Option<u32>,
    /// Alerts about whoever has it; left out of all that goes to people who may not read alerts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alerts: Option<u32>,
    /// Combinations that it is a part of.
    pub toxic: Vec<String>,
    /// Whether whoever has it does not work here any more.
    pub left: bool,
    /// Of a share: whether anything was written by it.
    pub edited: bool,
    /// Whether it reaches far: an administrative duty, or exports, values in the clear or all records.
    pub powerful: bool,
    /// Whether it is one of the three administrative duties.
    pub duty: bool,
}

/// A reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    Left,
    Toxic,
    Unused,
    Outlier,
    NeverEdited,
    Young,
    Duty,
    Used,
}

impl Why {
    pub const fn as_str(self) -> &'static str {
        match self {
            Why::Left => "left",
            Why::Toxic => "toxic",
            Why::Unused => "unused",
            Why::Outlier => "outlier",
            Why::NeverEdited => "never_edited",
            Why::Young => "young",
            Why::Duty => "duty",
            Why::Used => "used",
        }
    }
}

/// What the house would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// `keep`, `narrow` or `revoke`.
    pub verdict: String,
    /// The weightiest first.
    pub why: Vec<Why>,
}

/// How much hangs on a line.
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

fn advice(verdict: &str, why: Vec<Why>) -> Advice {
    Advice { verdict: verdict.to_owned(), why }
}

/// What the house would do with it at the moment the campaign begins.
pub fn advise(item: &Item, e: &Evidence, now: UnixMs) -> Advice {
    if e.left {
        return advice("revoke", vec![Why::Left]);
    }
    let young = e.since.is_some_and(|since| now < since.plus_days(YOUNG_DAYS));
    let unused = e.last_used.is_none();
    let few = e.peers >= ENOUGH_PEERS && e.peers_with.saturating_mul(10) < e.peers;
    let mut why = vec![];
    if !e.toxic.is_empty() {
        why.push(Why::Toxic);
    }
    if unused {
        why.push(if young { Why::Young } else { Why::Unused });
    }
    if few && matches!(item, Item::Role { .. }) {
        why.push(Why::Outlier);
    }
    // Each duty keeps a holder, and is there for the day on which it is needed.
    if e.duty {
        why.push(Why::Duty);
        return advice("keep", why);
    }
    if why.contains(&Why::Toxic) || (unused && !young) {
        return advice("revoke", why);
    }
    let writes = matches!(item, Item::Share { edit: true, .. });
    if writes && !e.edited && !young {
        why.insert(0, Why::NeverEdited);
        return advice("narrow", why);
    }
    if !unused {
        why.push(Why::Used);
    }
    advice("keep", why)
}

/// How much hangs on it. What is low can be answered with others at once.
pub fn risk(item: &Item, e: &Evidence, advice: &Advice) -> Risk {
    let wide = matches!(item, Item::Token { all: true, .. });
    if e.powerful || e.duty || wide || !e.toxic.is_empty() {
        return Risk::High;
    }
    let writes = matches!(item, Item::Share { edit: true, .. });
    if advice.verdict != "keep" || writes || advice.why.contains(&Why::Outlier) {
        return Risk::Medium;
    }
    Risk::Low
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Text;

    fn role() -> Item {
        Item::Role { role: "sales_rep".parse().unwrap(), label: Text::new("销售", "sales") }
    }
    const NOW: UnixMs = UnixMs(1_800_000_000_000);

    #[test]
    fn what_is_used_stays_and_what_is_not_goes() {
        let used = Evidence { last_used: Some(NOW), used: 9, ..Evidence::default() };
        assert_eq!(advise(&role(), &used, NOW).verdict, "keep");
        let idle = Evidence { since: Some(NOW.plus_days(-200)), ..Evidence::default() };
        assert_eq!(advise(&role(), &idle, NOW), advice("revoke", vec![Why::Unused]));
        let young = Evidence { since: Some(NOW.plus_days(-3)), ..Evidence::default() };
        assert_eq!(advise(&role(), &young, NOW), advice("keep", vec![Why::Young]));
        let gone = Evidence { left: true, ..used };
        assert_eq!(advise(&role(), &gone, NOW).verdict, "revoke");
        let duty = Evidence { duty: true, ..idle };
        let told = advise(&role(), &duty, NOW);
        assert_eq!((told.verdict.as_str(), risk(&role(), &duty, &told)), ("keep", Risk::High));
    }

    #[test]
    fn a_share_to_write_that_was_read_by_alone_becomes_one_to_read() {
        let share = Item::Share {
            share: model::ShareId::from_bytes([1; 16]),
            object: "customer".parse().unwrap(),
            record: model::RecordId::from_bytes([2; 16]),
            edit: true,
            until: None,
            given_by: model::UserId::from_bytes([3; 16]),
        };
        let read = Evidence { last_used: Some(NOW), since: Some(NOW.plus_days(-60)), ..Evidence::default() };
        let told = advise(&share, &read, NOW);
        assert_eq!((told.verdict.as_str(), risk(&share, &read, &told)), ("narrow", Risk::Medium));
        assert_eq!(advise(&share, &Evidence { edited: true, ..read }, NOW).verdict, "keep");
    }
}
