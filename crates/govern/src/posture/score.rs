//! What share of the weight is good.

use serde::{Deserialize, Serialize};

use super::catalogue::{Area, check};
use super::judge::State;

/// Of one area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaScore {
    pub area: Area,
    /// In thousandths; `None` where nothing of it applies.
    pub share: Option<u32>,
    pub good: u32,
    pub bad: u32,
    pub unknown: u32,
    pub not_applicable: u32,
}

/// Of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    pub share: Option<u32>,
    pub good: u32,
    pub bad: u32,
    pub unknown: u32,
    pub not_applicable: u32,
    pub areas: Vec<AreaScore>,
}

#[derive(Default)]
struct Sum {
    good: u32,
    all: u32,
    counts: [u32; 4],
}

impl Sum {
    fn add(&mut self, state: State, weight: u32) {
        let [good, bad, unknown, none] = &mut self.counts;
        match state {
            State::Good => {
                self.good += weight;
                self.all += weight;
                *good += 1;
            }
            State::Bad => {
                self.all += weight;
                *bad += 1;
            }
            State::Unknown => {
                self.all += weight;
                *unknown += 1;
            }
            State::NotApplicable => *none += 1,
        }
    }
    /// Rounded down: only what is wholly good is a thousand.
    fn share(&self) -> Option<u32> {
        self.good.saturating_mul(1000).checked_div(self.all)
    }
}

impl Score {
    /// Of states by the checks' ids. Waivers are no part of it. A check that this program does not know is left out.
    pub fn of<'a>(states: impl IntoIterator<Item = (&'a str, State)>) -> Self {
        let mut all = Sum::default();
        let mut areas: Vec<(Area, Sum)> = Area::ALL.into_iter().map(|a| (a, Sum::default())).collect();
        for (id, state) in states {
            let Some(check) = check(id) else { continue };
            all.add(state, check.weight());
            if let Some((_, sum)) = areas.iter_mut().find(|(a, _)| *a == check.area) {
                sum.add(state, check.weight());
            }
        }
        let areas = areas.into_iter().map(|(area, sum)| {
            let [good, bad, unknown, not_applicable] = sum.counts;
            AreaScore { area, share: sum.share(), good, bad, unknown, not_applicable }
        });
        let [good, bad, unknown, not_applicable] = all.counts;
        Self { share: all.share(), good, bad, unknown, not_applicable, areas: areas.collect() }
    }
}
