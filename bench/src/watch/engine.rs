//! The follower's engine alone: the shipped rules and the baselines together, on one thread.

use std::sync::Arc;
use std::time::Instant;

use detect::baseline::Baselines;
use detect::{Detector, Observation, Pack, Settings};

use super::stream::stream;
use crate::Sizes;
use crate::figure::{Figure, Target};
use crate::sample::{Samples, per_second};

/// Seconds this thread was on a core, where Linux says so: on a machine that others use, the clock says something else.
pub fn busy() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_ascii_whitespace().next()?.parse::<f64>().ok().map(|ns| ns / 1e9)
}

pub fn pack() -> anyhow::Result<Arc<Pack>> {
    Ok(Arc::new(Pack::shipped().map_err(|p| anyhow::anyhow!("what ships does not read: {p:?}"))?))
}

/// Events a second of a core and by the clock.
#[derive(Default)]
struct Rates {
    core: Samples,
    clock: Samples,
}

impl Rates {
    fn take(&mut self, events: usize, work: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<()> {
        let (began, before) = (Instant::now(), busy());
        work()?;
        let by_clock = per_second(events, began);
        self.clock.push(by_clock);
        #[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
        let core = match (before, busy()) {
            (Some(before), Some(after)) if after > before => events as f64 / (after - before),
            _ => by_clock,
        };
        self.core.push(core);
        Ok(())
    }
}

fn baselines_alone(events: &[Observation]) {
    let mut baselines = Baselines::default();
    for of in events {
        if baselines.turns(of) {
            if let Some(day) = baselines.close() {
                baselines.apply(&day);
            }
            baselines.open(of);
        }
        std::hint::black_box(baselines.observe(of));
    }
}

pub fn measure(sizes: &Sizes) -> anyhow::Result<Vec<Figure>> {
    const PEOPLE: u64 = 2_000;
    let n = if sizes.is_quick() { 20_000 } else { 300_000 };
    let pack = pack()?;
    let mut figures = vec![];
    for (name, robot) in [
        ("rules and baselines together, one core", false),
        ("the same beside an account that reads 100,000 records an hour", true),
    ] {
        let events: Vec<Observation> = stream(n, PEOPLE, robot).collect();
        let records: usize = events.iter().map(|of| of.seen.len()).sum();
        let (mut whole, mut alone) = (Rates::default(), Rates::default());
        let mut findings = 0;
        for _ in 0..sizes.rounds.max(3) {
            let mut detector = Detector::new(Arc::clone(&pack), Settings::default());
            findings = 0;
            whole.take(events.len(), || {
                for of in &events {
                    findings += detector.step(of)?.len();
                }
                Ok(())
            })?;
            alone.take(events.len(), || {
                baselines_alone(&events);
                Ok(())
            })?;
        }
        figures.push(
            Figure::new(name, whole.core.median(), "events/s")
                .against("the baselines without any rule", alone.core.median())
                .target(Target::AtLeast(50_000.0))
                .note(format!(
                    "{n} events with {records} records of {PEOPLE} people, {} rules, {findings} findings; by the time its thread was on a core \
                     ({:.0} events/s by the clock of this machine)",
                    pack.rules.len(),
                    whole.clock.median()
                )),
        );
    }
    Ok(figures)
}
