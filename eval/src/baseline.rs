//! What detection is compared with: how far a person's volume is from their own habit, and a plain count of unexplained looks.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use detect::rank::Candidate;
use model::{Decision, RecordId, UserId};

use crate::day::Labelled;
use crate::score::{Evidence, Scored, Scorer};

/// Days a habit is taken from.
const HABIT: usize = 28;

/// What a volume is a volume of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Volume {
    /// Accesses.
    Events,
    /// Distinct customers, lists and all.
    Customers,
}

/// Robust z-score of a person's volume: median and MAD of their own last 28 active days.
pub struct ZScore {
    of: Volume,
    habits: HashMap<UserId, VecDeque<f64>>,
}

impl ZScore {
    pub fn new(of: Volume) -> Self {
        Self { of, habits: HashMap::new() }
    }
}

fn median(sorted: &[f64]) -> f64 {
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}

impl Scorer for ZScore {
    fn name(&self) -> &'static str {
        match self.of {
            Volume::Events => "z-score of accesses",
            Volume::Customers => "z-score of customers",
        }
    }

    fn day(&mut self, day: i32, events: &[Labelled]) -> Vec<Scored> {
        let mut accesses: BTreeMap<UserId, f64> = BTreeMap::new();
        let mut customers: BTreeMap<UserId, BTreeSet<RecordId>> = BTreeMap::new();
        for e in events.iter().filter(|e| !e.seen.seen.is_empty()) {
            *accesses.entry(e.seen.actor.user).or_default() += 1.0;
            if self.of == Volume::Customers {
                customers.entry(e.seen.actor.user).or_default().extend(e.seen.seen.iter().map(|s| s.customer));
            }
        }
        let mut scored = vec![];
        for (user, n) in accesses {
            #[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
            let n = if self.of == Volume::Customers { customers.get(&user).map_or(0, BTreeSet::len) as f64 } else { n };
            let habit = self.habits.entry(user).or_default();
            let mut sorted: Vec<f64> = habit.iter().copied().collect();
            sorted.sort_by(f64::total_cmp);
            let middle = median(&sorted);
            let mut off: Vec<f64> = sorted.iter().map(|x| (x - middle).abs()).collect();
            off.sort_by(f64::total_cmp);
            let spread = (1.4826 * median(&off)).max(0.1 * middle).max(1.0);
            let z = (n - middle) / spread;
            // A habit of less than a week is none.
            if habit.len() >= 5 && z > 2.0 {
                scored.push(Scored::day(user, "volume", z, day));
            }
            habit.push_back(n);
            if habit.len() > HABIT {
                habit.pop_front();
            }
        }
        scored
    }
}

/// Distinct customers opened without an explanation, counted.
#[derive(Default)]
pub struct Unexplained;

impl Scorer for Unexplained {
    fn name(&self) -> &'static str {
        "unexplained, counted"
    }

    fn day(&mut self, day: i32, events: &[Labelled]) -> Vec<Scored> {
        let mut without: BTreeMap<UserId, BTreeSet<RecordId>> = BTreeMap::new();
        for e in events.iter().filter(|e| e.seen.decision == Decision::Allowed) {
            for s in e.seen.seen.iter().filter(|s| s.personal + s.sensitive > 0 && !s.explanation.is_explained()) {
                without.entry(e.seen.actor.user).or_default().insert(s.customer);
            }
        }
        without
            .into_iter()
            .map(|(user, customers)| {
                #[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
                let n = customers.len() as f64;
                Scored::day(user, "unexplained", n, day)
            })
            .collect()
    }
}

impl Scored {
    /// A finding about a person's whole day.
    fn day(user: UserId, pattern: &str, score: f64, day: i32) -> Self {
        let candidate =
            Candidate { user, pattern: pattern.to_owned(), detector: pattern.to_owned(), score, weight: 1.0 };
        Scored { candidate, evidence: Evidence::Day(day) }
    }
}
