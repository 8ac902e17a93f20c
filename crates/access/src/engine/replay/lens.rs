//! Requests as the policies tell them apart: two that no rule can tell apart are one situation.

use std::net::IpAddr;

use model::policy::{Counter, When};
use model::{Channel, UnixMs};

use super::facts::PastRequest;
use crate::engine::Compiled;

/// Where rules draw their lines.
#[derive(Debug, Default)]
pub(super) struct Lens {
    /// Rises with every line: situations seen through another lens are not compared.
    generation: u32,
    moments: Vec<UnixMs>,
    below: Vec<(Counter, u64)>,
    networks: bool,
}

/// A request through the lens.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Seen {
    generation: u32,
    moment: usize,
    flags: [Option<bool>; 4],
    address: Option<IpAddr>,
    has_address: bool,
    channel: Channel,
    below: Option<Vec<bool>>,
}

impl Lens {
    /// Learns the lines of a policy.
    pub(super) fn add(&mut self, policy: &Compiled) {
        let mut new = false;
        for rule in policy.rules() {
            for at in [rule.source.valid_from, rule.source.valid_until].into_iter().flatten() {
                if let Err(place) = self.moments.binary_search(&at) {
                    self.moments.insert(place, at);
                    new = true;
                }
            }
            for when in &rule.source.when {
                match when {
                    When::Network(_) if !self.networks => (self.networks, new) = (true, true),
                    When::Rate { counter, below, .. } => {
                        let line = (*counter, u64::from(*below));
                        if !self.below.contains(&line) {
                            self.below.push(line);
                            new = true;
                        }
                    }
                    _ => {}
                }
            }
        }
        self.generation += u32::from(new);
    }

    pub(super) fn see(&self, request: &PastRequest, trained: bool) -> Seen {
        let count = |counters: &[u64; Counter::ALL.len()], counter: Counter| {
            let at = Counter::ALL.iter().position(|c| *c == counter);
            at.and_then(|at| counters.get(at)).copied().unwrap_or(u64::MAX)
        };
        Seen {
            generation: self.generation,
            moment: self.moments.partition_point(|m| *m <= request.at),
            flags: [Some(request.mfa), request.office_hours, Some(request.purpose), Some(trained)],
            address: request.address.filter(|_| self.networks),
            has_address: request.address.is_some(),
            channel: request.channel,
            below: request
                .counters
                .as_ref()
                .map(|counters| self.below.iter().map(|(counter, below)| count(counters, *counter) < *below).collect()),
        }
    }
}
