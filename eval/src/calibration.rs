//! Whether a score means what it says: in a company without insiders, how often is somebody's day as rare as one in a hundred, one in a thousand?

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use detect::baseline::{Baselines, Measure};
use model::UserId;

use crate::score::WARM_UP;
use crate::sim::Simulation;
use crate::world::Settings;

/// Days of persons, and those at or beyond a score of 2 and 3, by measure.
#[derive(Debug, Clone, Default)]
pub struct Calibration {
    pub days: u64,
    pub beyond: BTreeMap<Measure, [u64; 2]>,
}

/// Lets a company without insiders live.
pub fn calibrate(settings: Settings) -> Calibration {
    let mut company = Simulation::new(Settings { insiders: 0, ..settings });
    let from = company.world.start + WARM_UP;
    let mut baselines = Baselines::default();
    let mut out = Calibration::default();
    while let Some((day, events)) = company.day() {
        let mut best: BTreeMap<(UserId, Measure), f64> = BTreeMap::new();
        let mut active: BTreeSet<UserId> = BTreeSet::new();
        for e in &events {
            if baselines.turns(&e.seen) {
                if let Some(closed) = baselines.close() {
                    baselines.apply(&closed);
                }
                baselines.open(&e.seen);
            }
            let scores = baselines.observe(&e.seen);
            active.insert(e.seen.actor.user);
            for measure in Measure::ALL {
                if let Some(reading) = scores.get(measure) {
                    let score = best.entry((e.seen.actor.user, measure)).or_default();
                    *score = score.max(reading.score);
                }
            }
        }
        if day < from {
            continue;
        }
        out.days += active.len() as u64;
        for ((_, measure), score) in best {
            let beyond = out.beyond.entry(measure).or_default();
            beyond[0] += u64::from(score >= 2.0);
            beyond[1] += u64::from(score >= 3.0);
        }
    }
    out
}

/// As Markdown: observed share over the share a score promises. 1 is what it says.
pub fn table(all: &[Calibration]) -> String {
    #[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
    let ratio = |n: u64, of: u64, p: f64| if of == 0 { 0.0 } else { n as f64 / of as f64 / p };
    let days: u64 = all.iter().map(|c| c.days).sum();
    let mut out =
        format!("{days} days of persons\n\n| measure | at one in a hundred | at one in a thousand |\n|---|---|---|\n");
    for measure in Measure::ALL.into_iter().filter(|m| m.is_count()) {
        let of = |i: usize| all.iter().filter_map(|c| c.beyond.get(&measure)).map(|b| b[i]).sum::<u64>();
        let _ = writeln!(
            out,
            "| {} | {:.2} | {:.2} |",
            measure.as_str(),
            ratio(of(0), days, 0.01),
            ratio(of(1), days, 0.001)
        );
    }
    out
}
