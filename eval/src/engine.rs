//! Whosaw's own detection as one method among the others: the shipped rules and baselines, and nothing that the product would not have.

use std::collections::BTreeMap;
use std::sync::Arc;

use detect::rank::Candidate;
use detect::{Detector, Finding, Pack, Settings, Severity};
use model::UserId;

use crate::day::Labelled;
use crate::score::{Evidence, Scored, Scorer};

/// The shipped pack over the stream.
pub struct Engine {
    detector: Detector,
    /// Why it stopped, if it did: a measurement of half a stream is none.
    pub broken: Option<String>,
}

impl Engine {
    /// # Errors
    /// The shipped pack does not load.
    pub fn new() -> anyhow::Result<Self> {
        let pack =
            Pack::shipped().map_err(|problems| anyhow::anyhow!("the shipped rules do not load: {problems:?}"))?;
        Ok(Self { detector: Detector::new(Arc::new(pack), Settings::default()), broken: None })
    }
}

/// How much sooner a finding is looked at than another as rare, by how grave it is.
pub fn weight(severity: Severity) -> f64 {
    match severity {
        Severity::Informational => 0.25,
        Severity::Low => 0.5,
        Severity::Medium => 1.0,
        Severity::High => 2.0,
        Severity::Critical => 4.0,
    }
}

/// What a finding asks of people's time.
pub fn candidate(finding: &Finding) -> Candidate {
    Candidate {
        user: finding.user,
        pattern: finding.rule.clone(),
        detector: finding.rule.clone(),
        score: finding.score,
        weight: weight(finding.severity),
    }
}

impl Scorer for Engine {
    fn name(&self) -> &'static str {
        "whosaw"
    }

    fn day(&mut self, _: i32, events: &[Labelled]) -> Vec<Scored> {
        let mut last: BTreeMap<(UserId, String), Finding> = BTreeMap::new();
        for e in events {
            match self.detector.step(&e.seen) {
                Ok(findings) => {
                    for f in findings {
                        last.insert((f.user, f.rule.clone()), f);
                    }
                }
                Err(e) => self.broken = Some(e.to_string()),
            }
        }
        last.into_values()
            .map(|f| Scored { candidate: candidate(&f), evidence: Evidence::Events(f.evidence) })
            .collect()
    }
}
