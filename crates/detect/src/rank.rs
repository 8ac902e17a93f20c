//! Which of a day's findings a person looks at, when there is time for a few.
//!
//! Rule: scores of different detectors are not added and not compared: a tail of ten in one is an ordinary Monday in another. What is
//! compared is how rarely a detector has spoken this loudly: with so many days behind it, how many alerts a day would it have made at this
//! score? So each detector gets its share of attention, a weak but certain one (one look at somebody important) as well as a loud one,
//! and one that cries every day pays for it. Without history this is rank by rank: the first of each, then the second of each.
//!
//! One open alert per person and pattern: what comes while it is open joins it, and takes nobody's time.
//!
//! ```
//! use detect::rank::{Candidate, Desk};
//! use model::UserId;
//! let user = |n| UserId::from_bytes([n; 16]);
//! let loud = |n, score| Candidate { user: user(n), pattern: "volume".into(), detector: "volume".into(), score, weight: 1.0 };
//! let vip = Candidate { user: user(9), pattern: "vip".into(), detector: "vip".into(), score: 1.5, weight: 1.0 };
//! let mut desk = Desk::default();
//! let shown = desk.day(1, &[loud(1, 9.0), loud(2, 8.0), loud(3, 7.0), vip.clone()], 2);
//! assert_eq!(shown.iter().map(|s| s.index).collect::<Vec<_>>(), [0, 3], "the first of each");
//! assert!(desk.day(2, &[vip], 2).iter().all(|s| s.joins), "the alert is open already");
//! ```

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use model::UserId;
use serde::{Deserialize, Serialize};

/// Days an alert stays open, if nobody closes it.
pub const OPEN_DAYS: i32 = 7;
/// Days of history by which a detector's voice is known.
pub const HISTORY: usize = 40;
/// Scores of one detector and day that are remembered.
const REMEMBERED: usize = 64;

/// A finding that would be an alert.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub user: UserId,
    /// What it is about: one alert is open per user and pattern.
    pub pattern: String,
    /// Whose share it takes.
    pub detector: String,
    /// Comparable within the detector only; more is rarer.
    pub score: f64,
    /// How much sooner it is looked at than another that is as rare: by severity.
    pub weight: f64,
}

/// A candidate that is shown, in the order in which to look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown {
    /// Of the candidates given.
    pub index: usize,
    /// Joins an alert that is open, or one of the same person above: takes no time of its own.
    pub joins: bool,
    /// Alerts a day its detector would make at this score.
    pub rate: f64,
}

/// The desk at which alerts are looked at: what is open there, and how detectors have spoken so far.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Desk {
    open: BTreeMap<UserId, BTreeMap<String, i32>>,
    /// By detector: the scores of each of the last days, loudest first.
    history: BTreeMap<String, VecDeque<Vec<f64>>>,
    days: usize,
}

impl Desk {
    /// Ranks what came since the last time, and opens alerts for as many persons as there is time for.
    pub fn day(&mut self, day: i32, candidates: &[Candidate], budget: usize) -> Vec<Shown> {
        self.open.retain(|_, patterns| {
            patterns.retain(|_, opened| day.saturating_sub(*opened) < OPEN_DAYS);
            !patterns.is_empty()
        });
        let mut order = self.rates(candidates);
        order.sort_by(|(a, rate), (b, other)| {
            rate.total_cmp(other).then_with(|| match (candidates.get(*a), candidates.get(*b)) {
                (Some(a), Some(b)) => b
                    .score
                    .total_cmp(&a.score)
                    .then_with(|| a.user.cmp(&b.user))
                    .then_with(|| a.pattern.cmp(&b.pattern)),
                _ => a.cmp(b),
            })
        });
        let mut shown = vec![];
        let mut persons = BTreeSet::new();
        let mut left = budget;
        for (index, rate) in order {
            let Some(c) = candidates.get(index) else { continue };
            let joins = persons.contains(&c.user) || self.open.get(&c.user).is_some_and(|p| p.contains_key(&c.pattern));
            if !joins {
                let Some(rest) = left.checked_sub(1) else { break };
                left = rest;
                persons.insert(c.user);
            }
            self.open.entry(c.user).or_default().entry(c.pattern.clone()).or_insert(day);
            shown.push(Shown { index, joins, rate });
        }
        self.remember(candidates);
        shown
    }

    /// Alerts a day each candidate's detector would make at its score, less what its weight is worth.
    fn rates(&self, candidates: &[Candidate]) -> Vec<(usize, f64)> {
        #[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
        let number = |n: usize| n as f64;
        let today = by_detector(candidates);
        candidates
            .iter()
            .enumerate()
            .map(|(index, c)| {
                let louder = |scores: &Vec<f64>| scores.partition_point(|s| *s > c.score);
                // As loud counts too: a rule whose score never varies sinks with each time it has spoken.
                let as_loud = |scores: &Vec<f64>| scores.partition_point(|s| *s >= c.score);
                let before: usize = self.history.get(&c.detector).map_or(0, |days| days.iter().map(as_loud).sum());
                // Of those alike today each stands in the middle.
                let now = today.get(c.detector.as_str()).map_or(0.0, |scores| {
                    let above = louder(scores);
                    number(above) + number(as_loud(scores).saturating_sub(above + 1)) / 2.0
                });
                let rate = (number(before) + now + 1.0) / number(self.days + 1);
                (index, rate / c.weight.max(1e-6))
            })
            .collect()
    }

    fn remember(&mut self, candidates: &[Candidate]) {
        self.days = (self.days + 1).min(HISTORY);
        let today = by_detector(candidates);
        for detector in today.keys() {
            if !self.history.contains_key(*detector) {
                self.history.insert((*detector).to_owned(), VecDeque::new());
            }
        }
        for (detector, days) in &mut self.history {
            let mut scores = today.get(detector.as_str()).cloned().unwrap_or_default();
            scores.truncate(REMEMBERED);
            days.push_back(scores);
            if days.len() > HISTORY {
                days.pop_front();
            }
        }
    }
}

/// The scores of each detector, loudest first; one for each person, so that somebody with many findings is not many.
fn by_detector(candidates: &[Candidate]) -> BTreeMap<&str, Vec<f64>> {
    let mut best: BTreeMap<&str, BTreeMap<UserId, f64>> = BTreeMap::new();
    for c in candidates {
        let score = best.entry(c.detector.as_str()).or_default().entry(c.user).or_insert(c.score);
        *score = score.max(c.score);
    }
    best.into_iter()
        .map(|(detector, by_user)| {
            let mut scores: Vec<f64> = by_user.into_values().collect();
            scores.sort_by(|a, b| b.total_cmp(a));
            (detector, scores)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(user: u8, detector: &str, score: f64) -> Candidate {
        Candidate {
            user: UserId::from_bytes([user; 16]),
            pattern: detector.into(),
            detector: detector.into(),
            score,
            weight: 1.0,
        }
    }

    #[test]
    fn a_detector_that_cries_every_day_waits_behind_a_quiet_one() {
        let mut desk = Desk::default();
        for day in 0..30 {
            let noise: Vec<Candidate> = (0..20).map(|u| candidate(u, "noisy", 4.0 + f64::from(u) / 10.0)).collect();
            assert!(desk.day(day * 10, &noise, 3).len() >= 3);
        }
        let mut today: Vec<Candidate> = (0..19).map(|u| candidate(u, "noisy", 4.0 + f64::from(u) / 10.0)).collect();
        today.push(candidate(99, "quiet", 3.1));
        let shown = desk.day(1_000, &today, 1);
        assert_eq!(shown.first().map(|s| s.index), Some(19));
        assert_eq!(shown.iter().filter(|s| !s.joins).count(), 1);
    }

    #[test]
    fn a_rule_that_always_says_the_same_sinks_too() {
        let mut desk = Desk::default();
        for day in 0..30 {
            let same: Vec<Candidate> = (0..5).map(|u| candidate(u, "same", 3.0)).collect();
            desk.day(day * 10, &same, 3);
        }
        let today = [candidate(1, "same", 3.0), candidate(2, "same", 3.0), candidate(9, "quiet", 3.1)];
        assert_eq!(desk.day(1_000, &today, 1).first().map(|s| s.index), Some(2));
        // Without a past, the first of each comes before the second of those that are alike.
        let fresh = [candidate(1, "same", 3.0), candidate(2, "same", 3.0), candidate(9, "other", 3.0)];
        assert_eq!(Desk::default().day(1, &fresh, 1).first().map(|s| s.index), Some(2));
    }

    #[test]
    fn a_person_is_looked_at_once_with_everything_about_them() {
        let mut desk = Desk::default();
        let shown = desk.day(1, &[candidate(1, "a", 5.0), candidate(1, "b", 4.0), candidate(2, "a", 3.0)], 2);
        assert_eq!(shown.iter().map(|s| (s.index, s.joins)).collect::<Vec<_>>(), [(0, false), (1, true), (2, false)]);
        // A week later the alert has been closed, and the same pattern opens a new one.
        assert!(!desk.day(8, &[candidate(1, "a", 5.0)], 2)[0].joins);
    }
}
