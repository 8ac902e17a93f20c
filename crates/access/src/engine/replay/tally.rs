//! What came of a replay, counted: altogether, by person, by department, by rule; with examples.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use model::{Action, DepartmentId, EventId, FieldName, ObjectName, RecordId, UnixMs, UserId};
use serde::{Deserialize, Serialize};

use super::facts::PastEvent;
use super::judge::{Missing, Outcome};

/// What would be otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Would be refused.
    Refused,
    /// Fields would be masked.
    Masked,
    /// Fields would not be there.
    Hidden,
    /// Would be allowed.
    Allowed,
    /// Fields would be shown, or shown in the clear.
    Shown,
}

impl Change {
    pub const ALL: [Change; 5] = [Change::Refused, Change::Masked, Change::Hidden, Change::Allowed, Change::Shown];
    pub const fn as_str(self) -> &'static str {
        match self {
            Change::Refused => "refused",
            Change::Masked => "masked",
            Change::Hidden => "hidden",
            Change::Allowed => "allowed",
            Change::Shown => "shown",
        }
    }
}

/// How often something would be otherwise. An access of which fields are masked and others hidden counts in both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub refused: u64,
    pub masked: u64,
    pub hidden: u64,
    pub allowed: u64,
    pub shown: u64,
}

impl Counts {
    fn add(&mut self, change: Change) {
        let at = match change {
            Change::Refused => &mut self.refused,
            Change::Masked => &mut self.masked,
            Change::Hidden => &mut self.hidden,
            Change::Allowed => &mut self.allowed,
            Change::Shown => &mut self.shown,
        };
        *at += 1;
    }
    pub fn sum(&self) -> u64 {
        self.refused + self.masked + self.hidden + self.allowed + self.shown
    }
}

/// One past access that would be otherwise. Ids and names of fields, no value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    pub event: EventId,
    pub at: UnixMs,
    pub user: UserId,
    pub action: Action,
    pub object: Option<ObjectName>,
    pub change: Change,
    pub fields: Vec<FieldName>,
    /// Rules that would stand against it or that permitted it, or that would permit it.
    pub rules: Vec<String>,
    /// Whether a business reason was seen then; `None` where none was asked for.
    pub explained: Option<bool>,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Accesses decided again: one for each record touched, or for an act without one.
    pub decisions: u64,
    /// Distinct situations they were.
    pub situations: u64,
    pub same: u64,
    /// Accesses that would be otherwise, each counted once.
    pub differ: u64,
    pub counts: Counts,
    /// Of those that would be refused, masked or hidden: with a business reason, and without.
    pub explained: u64,
    pub unexplained: u64,
    /// Why nothing can be said of so many.
    pub untold: BTreeMap<String, u64>,
    pub by_user: BTreeMap<UserId, Counts>,
    /// By the department of then.
    pub by_department: BTreeMap<DepartmentId, Counts>,
    pub by_rule: BTreeMap<String, Counts>,
    pub by_action: BTreeMap<String, Counts>,
    /// Customers in accesses that would be otherwise; at most `MOST_CUSTOMERS` are told apart.
    pub customers: u64,
    pub examples: Vec<Example>,
}

/// Customers told apart.
const MOST_CUSTOMERS: usize = 1_000_000;
/// Examples of one person and kind, and altogether.
const EXAMPLES_EACH: u32 = 2;
const MOST_EXAMPLES: usize = 200;

#[derive(Default)]
pub(super) struct Tally {
    pub(super) totals: Totals,
    customers: HashSet<RecordId>,
    shown: BTreeMap<(UserId, Change), u32>,
}

/// A change with the fields it is about, or the rules that decided.
type Changed<'a> = (Change, &'a [FieldName], &'a [Arc<str>]);

impl Tally {
    pub(super) fn untold(&mut self, missing: Missing) {
        self.totals.decisions += 1;
        *self.totals.untold.entry(missing.as_str().to_owned()).or_default() += 1;
    }

    pub(super) fn add(
        &mut self,
        event: &PastEvent,
        customer: Option<RecordId>,
        explained: Option<bool>,
        outcome: &Outcome,
    ) {
        const NO_FIELDS: &[FieldName] = &[];
        const NO_RULES: &[Arc<str>] = &[];
        let changes: Vec<Changed<'_>> = match outcome {
            Outcome::Untold(missing) => return self.untold(*missing),
            Outcome::Same => vec![],
            Outcome::Refused(rules) => vec![(Change::Refused, NO_FIELDS, rules.as_slice())],
            Outcome::Allowed(rules) => vec![(Change::Allowed, NO_FIELDS, rules.as_slice())],
            Outcome::Fields { masked, hidden, shown } => {
                [(Change::Masked, masked), (Change::Hidden, hidden), (Change::Shown, shown)]
                    .into_iter()
                    .filter(|(_, fields)| !fields.is_empty())
                    .map(|(change, fields)| (change, fields.as_slice(), NO_RULES))
                    .collect()
            }
        };
        self.totals.decisions += 1;
        if changes.is_empty() {
            self.totals.same += 1;
            return;
        }
        self.totals.differ += 1;
        if changes.iter().any(|(c, ..)| matches!(c, Change::Refused | Change::Masked | Change::Hidden)) {
            match explained {
                Some(true) => self.totals.explained += 1,
                Some(false) => self.totals.unexplained += 1,
                None => {}
            }
        }
        if let Some(customer) = customer.filter(|_| self.customers.len() < MOST_CUSTOMERS) {
            self.customers.insert(customer);
            self.totals.customers = self.customers.len() as u64;
        }
        let user = event.users.last().copied();
        for (change, fields, rules) in changes {
            self.totals.counts.add(change);
            self.totals.by_action.entry(event.action.as_str().to_owned()).or_default().add(change);
            if let Some(department) = event.department {
                self.totals.by_department.entry(department).or_default().add(change);
            }
            for rule in rules.iter().collect::<BTreeSet<_>>() {
                self.totals.by_rule.entry(rule.to_string()).or_default().add(change);
            }
            let Some(user) = user else { continue };
            self.totals.by_user.entry(user).or_default().add(change);
            let shown = self.shown.entry((user, change)).or_default();
            if *shown < EXAMPLES_EACH && self.totals.examples.len() < MOST_EXAMPLES {
                *shown += 1;
                self.totals.examples.push(Example {
                    event: event.id,
                    at: event.at(),
                    user,
                    action: event.action,
                    object: event.object.clone(),
                    change,
                    fields: fields.to_vec(),
                    rules: rules.iter().map(ToString::to_string).collect(),
                    explained,
                });
            }
        }
    }
}

impl PastEvent {
    pub fn at(&self) -> UnixMs {
        self.request.at
    }
}
