//! What is kept with an event so that another policy can decide the same access again 策略回放: how the record stood to the actor, and what rules
//! asked of the request. Bits and numbers, never a value.

use serde::{Deserialize, Serialize};

use crate::policy::Counter;

/// How a record stood to who acted (and, of an agent, to the person it acted for): the tests that rules make of a record besides its owner, its
/// department and its fields.
///
/// The low byte is of who acted, the high byte of the person they acted for.
///
/// ```
/// use model::Relation;
/// let seen = Relation::default().with(0, Relation::POOL).with(1, Relation::VIEWER);
/// assert!(seen.has(0, Relation::POOL) && !seen.has(0, Relation::VIEWER) && seen.has(1, Relation::VIEWER));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Relation(pub u16);

impl Relation {
    /// The record waited in a pool.
    pub const POOL: u16 = 1;
    pub const VIEWER: u16 = 2;
    pub const COLLABORATOR: u16 = 4;
    /// Shared to them, their department or a role of theirs, to read or to edit.
    pub const SHARED_READ: u16 = 8;
    /// The same, to edit.
    pub const SHARED_EDIT: u16 = 16;
    /// Shared to them by name, to read or to edit.
    pub const SHARED_BY_NAME: u16 = 32;

    #[must_use]
    pub const fn with(self, principal: usize, bit: u16) -> Self {
        Self(self.0 | if principal == 0 { bit } else { bit << 8 })
    }
    pub const fn has(self, principal: usize, bit: u16) -> bool {
        self.0 & (if principal == 0 { bit } else { bit << 8 }) != 0
    }
}

/// What a decision asked of a request and [`crate::Caller`] does not say.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Which picture of the company decided: its epoch.
    pub epoch: i64,
    pub office_hours: bool,
    /// What had been counted, in the order of [`Counter::ALL`]; empty where all were nought.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<u64>,
}

impl Asked {
    pub fn new(epoch: i64, office_hours: bool, counters: &[u64; Counter::ALL.len()]) -> Self {
        let counts = if counters.iter().all(|n| *n == 0) { vec![] } else { counters.to_vec() };
        Self { epoch, office_hours, counts }
    }
    /// Every counter.
    pub fn counters(&self) -> [u64; Counter::ALL.len()] {
        let mut all = [0; Counter::ALL.len()];
        all.iter_mut().zip(&self.counts).for_each(|(to, from)| *to = *from);
        all
    }
}
