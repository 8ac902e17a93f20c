//! Right-sizing 权限收敛: what roles and people may do and do not, and what should not meet in one person.
//!
//! One story. Sales reps may export customers of their department with those below it. In 180 days nobody exported but their own: the house
//! proposes *own*, and the replay says that nothing would have been refused. Four reps never exported at all; two roles give the same.
//!
//! Rules.
//! - A scope is proposed only where each use of the time looked at lies within it.
//! - Pure: no clock, no I/O, no randomness. A test counts the same by brute force.

use std::collections::{BTreeMap, BTreeSet};

use model::{Action, ObjectName, RoleName, UnixMs, UserId};
use serde::{Deserialize, Serialize};

use crate::review::{ToxicRule, toxic};

/// From so many rights on somebody can be called over-privileged.
const ENOUGH_RIGHTS: usize = 5;
/// Per mille of a person's rights that are not used.
const MOSTLY_UNUSED: u32 = 800;
/// Per mille of two roles' rights that both give.
const ALIKE: u32 = 900;

/// How far a right reaches, or a use of it was: the narrower come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Width {
    Own,
    /// With those of whoever reports to them.
    Reports,
    Department,
    Subtree,
    All,
}

impl Width {
    pub const fn as_str(self) -> &'static str {
        match self {
            Width::Own => "own",
            Width::Reports => "reports",
            Width::Department => "department",
            Width::Subtree => "subtree",
            Width::All => "all",
        }
    }
}

/// An operation on an object type; a duty has none.
pub type Right = (Action, Option<ObjectName>);

/// A row of the matrix that permits operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub id: String,
    pub role: RoleName,
    pub rights: BTreeSet<Right>,
    /// `None` where it cannot be told as one of these: pools, chosen departments, conditions.
    pub width: Option<Width>,
}

/// Somebody who has rights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    pub user: UserId,
    pub roles: BTreeSet<RoleName>,
    /// When they last did anything that is recorded.
    pub last: Option<UnixMs>,
    /// Since when the account is there.
    pub since: UnixMs,
    /// What they did in the time looked at, and how far the furthest of it was.
    pub used: BTreeMap<Right, Width>,
}

/// All that is looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    pub rows: Vec<Row>,
    pub holders: Vec<Holder>,
    /// The first moment of the time looked at.
    pub from: UnixMs,
}

/// A role: how many hold it, what it gives, and what of it nobody used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleUse {
    pub role: RoleName,
    pub holders: usize,
    pub rights: usize,
    /// With the rows that give it.
    pub unused: Vec<(Right, Vec<String>)>,
}

/// A row that reaches further than it was ever needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooWide {
    pub row: String,
    pub role: RoleName,
    pub from: Width,
    pub to: Width,
    /// Holders who used it.
    pub users: usize,
}

/// Somebody with many rights and little use of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonUse {
    pub user: UserId,
    pub rights: usize,
    pub unused: usize,
}

/// What there is to do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sized {
    /// Roles with holders, those with the most unused rights first.
    pub roles: Vec<RoleUse>,
    pub wide: Vec<TooWide>,
    /// Two roles, and per mille of their rights that both give.
    pub alike: Vec<(RoleName, RoleName, u32)>,
    pub over: Vec<PersonUse>,
    /// Accounts older than the time looked at that did nothing in it, and when they last did.
    pub dormant: Vec<(UserId, Option<UnixMs>)>,
    pub toxic: Vec<(UserId, &'static ToxicRule)>,
}

fn per_mille(part: usize, of: usize) -> u32 {
    u32::try_from(part.saturating_mul(1000).checked_div(of).unwrap_or(0)).unwrap_or(0)
}

/// Looks at all of it.
pub fn size(p: &Picture) -> Sized {
    let mut gives: BTreeMap<&RoleName, BTreeSet<&Right>> = BTreeMap::new();
    for row in &p.rows {
        gives.entry(&row.role).or_default().extend(&row.rights);
    }
    let none = BTreeSet::new();
    let held = |h: &Holder| -> BTreeSet<&Right> {
        h.roles.iter().flat_map(|r| gives.get(r).unwrap_or(&none)).copied().collect()
    };
    let mut sized = Sized::default();
    for (role, rights) in &gives {
        let holders: Vec<&Holder> = p.holders.iter().filter(|h| h.roles.contains(*role)).collect();
        if holders.is_empty() {
            continue;
        }
        let idle = |right: &&&Right| !holders.iter().any(|h| h.used.contains_key(**right));
        let by = |right: &Right| {
            let gives = |row: &&Row| row.role == **role && row.rights.contains(right);
            p.rows.iter().filter(gives).map(|row| row.id.clone()).collect()
        };
        let unused: Vec<(Right, Vec<String>)> = rights.iter().filter(idle).map(|r| ((*r).clone(), by(r))).collect();
        sized.roles.push(RoleUse { role: (*role).clone(), holders: holders.len(), rights: rights.len(), unused });
    }
    sized.roles.sort_by(|a, b| b.unused.len().cmp(&a.unused.len()).then_with(|| a.role.cmp(&b.role)));
    for row in &p.rows {
        let Some(from) = row.width.filter(|w| *w > Width::Own) else { continue };
        let mine = |h: &&Holder| h.roles.contains(&row.role);
        let furthest = |h: &Holder| row.rights.iter().filter_map(|r| h.used.get(r)).max().copied();
        let uses: Vec<Width> = p.holders.iter().filter(mine).filter_map(furthest).collect();
        // What nobody used is told as unused.
        let Some(to) = uses.iter().max().copied() else { continue };
        if to < from {
            let users = uses.len();
            sized.wide.push(TooWide { row: row.id.clone(), role: row.role.clone(), from, to, users });
        }
    }
    let roles: Vec<(&RoleName, &BTreeSet<&Right>)> = gives.iter().map(|(role, rights)| (*role, rights)).collect();
    for (n, (one, a)) in roles.iter().enumerate() {
        for (other, b) in roles.iter().skip(n + 1) {
            let (both, all) = (a.intersection(b).count(), a.union(b).count());
            let alike = per_mille(both, all);
            if alike >= ALIKE && all >= ENOUGH_RIGHTS {
                sized.alike.push(((*one).clone(), (*other).clone(), alike));
            }
        }
    }
    for holder in &p.holders {
        let rights = held(holder);
        let unused = rights.iter().filter(|r| !holder.used.contains_key(**r)).count();
        if holder.since < p.from && holder.last.is_none_or(|at| at < p.from) {
            sized.dormant.push((holder.user, holder.last));
        } else if rights.len() >= ENOUGH_RIGHTS && per_mille(unused, rights.len()) >= MOSTLY_UNUSED {
            sized.over.push(PersonUse { user: holder.user, rights: rights.len(), unused });
        }
        let mut widths: BTreeMap<Action, bool> = BTreeMap::new();
        for row in p.rows.iter().filter(|row| holder.roles.contains(&row.role)) {
            for (action, object) in &row.rights {
                let whole = widths.entry(*action).or_insert(false);
                *whole |= object.is_none() || row.width == Some(Width::All);
            }
        }
        sized.toxic.extend(toxic(&widths).into_iter().map(|rule| (holder.user, rule)));
    }
    sized.over.sort_by(|a, b| b.unused.cmp(&a.unused).then_with(|| a.user.cmp(&b.user)));
    sized
}

#[cfg(test)]
mod tests;
