//! What people of one department and role do: the prior of everybody's baseline.
//!
//! A day is added when it is over, as sums of whole numbers: the order in which people are added does not matter, so
//! shards can count their own people and put the sums together without the result depending on it.

use serde::{Deserialize, Serialize};

use super::measure::{COUNT, Measure};
use crate::key::{Key, Map};

/// Half of what is remembered is younger than this many days.
pub const HALF_LIFE_DAYS: f64 = 28.0;
/// User-days the level above stands for.
const STRENGTH: f64 = 10.0;
/// Groups of fewer people say more about the person than about peers.
const FEWEST: f64 = 5.0;
/// Overdispersion before anything was seen.
const ALPHA: f64 = 1.0;

/// A floating number that is kept to the bit in a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(from = "u64", into = "u64")]
pub struct Exact(pub f64);

impl From<u64> for Exact {
    fn from(bits: u64) -> Self {
        Exact(f64::from_bits(bits))
    }
}
impl From<Exact> for u64 {
    fn from(exact: Exact) -> u64 {
        exact.0.to_bits()
    }
}

/// Fixed point for sums of squares: 1/1024.
const FIXED: f64 = 1_024.0;

pub fn fixed(x: f64) -> i64 {
    // Saturates: a day of a billion rows is no reason to stop counting.
    (x * FIXED).clamp(-9e15, 9e15) as i64
}

/// One day of a group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sums {
    pub people: u64,
    pub active: u64,
    pub by: [Sum; COUNT],
    /// Number of people active in each hour.
    pub hours: [u32; 24],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    pub total: u64,
    /// Σ((x − μ)² − μ), fixed.
    pub excess: i64,
    /// Σμ², fixed.
    pub square: i64,
}

impl Sums {
    pub fn add(&mut self, other: &Sums) {
        self.people += other.people;
        self.active += other.active;
        for (mine, its) in self.by.iter_mut().zip(&other.by) {
            mine.total = mine.total.saturating_add(its.total);
            mine.excess = mine.excess.saturating_add(its.excess);
            mine.square = mine.square.saturating_add(its.square);
        }
        for (mine, its) in self.hours.iter_mut().zip(&other.hours) {
            *mine += its;
        }
    }
}

/// A day of all groups.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Day {
    pub day: i32,
    pub workday: bool,
    pub groups: Map<Key, Sums>,
}

impl Day {
    /// Puts another shard's people to it.
    pub fn merge(&mut self, other: Day) {
        for (key, sums) in other.groups {
            self.groups.entry(key).or_default().add(&sums);
        }
    }
}

#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Stat {
    sum: Exact,
    excess: Exact,
    square: Exact,
}

/// A group, remembered with decay. Index 0 of a pair is working days, 1 days off.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Peer {
    day: i32,
    people: Exact,
    days: [Exact; 2],
    active: [Exact; 2],
    stats: [[Stat; COUNT]; 2],
    hours: [[Exact; 24]; 2],
    /// The last three working days: user-days and totals.
    recent: [(u64, [u64; COUNT]); 3],
}

/// What is expected of somebody in a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    pub mean: f64,
    pub alpha: f64,
    /// How much more the group does these days than it used to: a campaign, the end of the month.
    pub surge: f64,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Peers {
    #[serde(with = "crate::window::pairs")]
    groups: Map<Key, Peer>,
}

pub fn decay(days: i32) -> f64 {
    (-f64::from(days.max(0)) / HALF_LIFE_DAYS).exp2()
}

impl Peers {
    pub fn apply(&mut self, day: &Day) {
        let class = usize::from(!day.workday);
        for (key, sums) in &day.groups {
            let peer = self.groups.entry(*key).or_default();
            let keep = if peer.day == 0 { 1.0 } else { decay(day.day - peer.day) };
            peer.day = day.day;
            // The size of the group is what it is lately, not a sum.
            peer.people = Exact(if peer.people.0 == 0.0 {
                sums.people as f64
            } else {
                0.7 * peer.people.0 + 0.3 * sums.people as f64
            });
            for (n, active) in peer.days.iter_mut().zip(peer.active.iter_mut()) {
                n.0 *= keep;
                active.0 *= keep;
            }
            peer.stats.iter_mut().flatten().for_each(|stat| {
                stat.sum.0 *= keep;
                stat.excess.0 *= keep;
                stat.square.0 *= keep;
            });
            peer.hours.iter_mut().flatten().for_each(|hour| hour.0 *= keep);
            if let Some(n) = peer.days.get_mut(class) {
                n.0 += sums.people as f64;
            }
            if let Some(n) = peer.active.get_mut(class) {
                n.0 += sums.active as f64;
            }
            if let Some(stats) = peer.stats.get_mut(class) {
                for (stat, sum) in stats.iter_mut().zip(&sums.by) {
                    stat.sum.0 += sum.total as f64;
                    stat.excess.0 += sum.excess as f64 / FIXED;
                    stat.square.0 += sum.square as f64 / FIXED;
                }
            }
            if let Some(hours) = peer.hours.get_mut(class) {
                for (hour, n) in hours.iter_mut().zip(&sums.hours) {
                    hour.0 += f64::from(*n);
                }
            }
            if day.workday {
                peer.recent.rotate_right(1);
                let mut totals = [0_u64; COUNT];
                for (total, sum) in totals.iter_mut().zip(&sums.by) {
                    *total = sum.total;
                }
                if let Some(last) = peer.recent.first_mut() {
                    *last = (sums.people, totals);
                }
            }
        }
    }

    /// What is expected in a group, from the house down to department and role: each level is as strong as what was
    /// seen of it, and groups of a few people are left out.
    pub fn prior(&self, levels: &[Key; 3], measure: Measure, workday: bool) -> Prior {
        let class = usize::from(!workday);
        // Days off are expected to be quiet before anything was seen.
        let mut mean = measure.prior() * if workday { 1.0 } else { 0.1 };
        let mut alpha = ALPHA;
        let mut surge = 1.0;
        for (depth, key) in levels.iter().enumerate() {
            let Some(peer) = self.groups.get(key) else { continue };
            if depth > 0 && peer.people.0 < FEWEST - 0.5 {
                continue;
            }
            let (Some(stat), Some(days)) =
                (peer.stats.get(class).and_then(|s| s.get(measure.index())), peer.days.get(class))
            else {
                continue;
            };
            let n = days.0;
            mean = (STRENGTH * mean + stat.sum.0) / (STRENGTH + n);
            let weight = 20.0 * mean * mean + 1e-9;
            alpha = ((weight * alpha + stat.excess.0) / (weight + stat.square.0)).clamp(0.02, 20.0);
            if workday && n > 0.0 && peer.people.0 >= 2.0 * FEWEST - 2.0 {
                let (people, total) = peer.recent.iter().fold((0, 0), |(n, t), (people, totals)| {
                    (n + people, t + totals.get(measure.index()).copied().unwrap_or(0))
                });
                let long = stat.sum.0 / n;
                if people > 0 && long > 0.0 {
                    // Two user-days of the long mean keep a quiet measure from jumping.
                    let lately = (total as f64 + 2.0 * long) / (people as f64 + 2.0);
                    // Three ordinary days differ too: only what is clearly more is a surge.
                    let ratio = lately / long;
                    surge = if ratio > 1.25 { ratio.min(6.0) } else { 1.0 };
                }
            }
        }
        Prior { mean: mean.max(1e-4), alpha, surge }
    }

    /// How often somebody of the group is active in this hour of such a day.
    pub fn hour(&self, levels: &[Key; 3], hour: usize, workday: bool) -> f64 {
        let class = usize::from(!workday);
        let mut p = if workday { 0.3 } else { 0.05 };
        for (depth, key) in levels.iter().enumerate() {
            let Some(peer) = self.groups.get(key) else { continue };
            if depth > 0 && peer.people.0 < FEWEST - 0.5 {
                continue;
            }
            let n = peer.days.get(class).map_or(0.0, |n| n.0);
            let active = peer.hours.get(class).and_then(|h| h.get(hour)).map_or(0.0, |h| h.0);
            p = (STRENGTH * p + active) / (STRENGTH + n);
        }
        p.clamp(1e-4, 1.0)
    }

    pub fn len(&self) -> usize {
        self.groups.len()
    }
}
