//! Several detectors on several threads, each with its own people.
//!
//! Every shard follows every observation, so that each knows the order and the time; it counts those of its people.
//! Patterns over several people belong to the first. Peers are learnt when a day ends: then the shards wait for each
//! other, put what their people did together, and go on with the same peers.

use std::sync::Arc;

use crate::baseline::Day;
use crate::detector::{Detector, Settings, StepError};
use crate::finding::Finding;
use crate::load::Pack;
use crate::observation::Observation;

pub struct Shards {
    shards: Vec<Detector>,
}

impl Shards {
    pub fn new(pack: &Arc<Pack>, settings: Settings, n: u32) -> Shards {
        let n = n.max(1);
        let one = |shard| Detector::new(Arc::clone(pack), Settings { shard, shards: n, ..settings });
        Shards { shards: (0..n).map(one).collect() }
    }

    /// Follows a stretch of the ledger; the findings come in its order.
    ///
    /// # Errors
    /// A gap or a repeat. What stood before it was followed, and its findings are lost: take a stretch again from
    /// [`Shards::next`].
    pub fn run(&mut self, stretch: &[Observation]) -> Result<Vec<Finding>, StepError> {
        let mut findings = Vec::new();
        let mut rest = stretch;
        while let Some(first) = rest.first() {
            if let Some(one) = self.shards.first() {
                one.check(first)?;
                if one.turns(first) {
                    self.turn();
                }
            }
            // Up to the next day.
            let end = rest.iter().position(|o| o.local.day > first.local.day).unwrap_or(rest.len());
            let (day, after) = rest.split_at(end.max(1));
            let results: Vec<Result<Vec<Finding>, StepError>> = std::thread::scope(|scope| {
                let threads: Vec<_> = self
                    .shards
                    .iter_mut()
                    .map(|shard| {
                        scope.spawn(move || {
                            let mut found = Vec::new();
                            for of in day {
                                found.extend(shard.follow(of)?);
                            }
                            Ok(found)
                        })
                    })
                    .collect();
                threads.into_iter().map(|t| t.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
            });
            let mut found = Vec::new();
            for result in results {
                found.extend(result?);
            }
            found.sort_by_key(|finding: &Finding| finding.seq);
            findings.append(&mut found);
            rest = after;
        }
        Ok(findings)
    }

    fn turn(&mut self) {
        let mut whole: Option<Day> = None;
        for day in self.shards.iter_mut().filter_map(Detector::close_day) {
            match &mut whole {
                None => whole = Some(day),
                Some(all) => all.merge(day),
            }
        }
        if let Some(day) = whole {
            self.shards.iter_mut().for_each(|shard| shard.apply_day(&day));
        }
    }

    pub fn next(&self) -> Option<u64> {
        self.shards.first().and_then(Detector::next)
    }
    pub fn shards(&self) -> &[Detector] {
        &self.shards
    }
}
