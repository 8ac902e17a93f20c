//! Why a rule did or did not match an event: for the console's test of a rule.

use serde::Serialize;

use crate::baseline::Scores;
use crate::engine::RuleEngine;
use crate::flat::Flat;
use crate::load::Pack;
use crate::observation::Observation;
use crate::rule::{Body, Rule};

/// What each detection of a rule said of an event.
#[derive(Debug, Clone, Serialize)]
pub struct Trace {
    pub rule: String,
    /// For a correlation: that the event counts for it, not that it fires.
    pub matched: bool,
    /// For a correlation: what of the event is counted, by field.
    pub counts: Option<String>,
    pub detections: Vec<rsigma_eval::RuleExplanation>,
}

impl Pack {
    /// Names of the detections that match an event, those that only feed a correlation among them.
    pub fn matching(&self, of: &Observation, scores: &Scores) -> Vec<&str> {
        let flat = Flat::new(of, scores);
        let mut names = Vec::new();
        self.engine.matches(&flat, &mut |i| names.extend(self.detections.get(i).map(String::as_str)));
        names
    }

    /// Which selections matched, and which field kept the others from matching. `scores` are those of the event, if the
    /// rule asks for scores ([`Scores::default`] has none).
    pub fn explain(&self, rule: &Rule, of: &Observation, scores: &Scores) -> Trace {
        let flat = Flat::new(of, scores);
        let places = match &rule.body {
            Body::Detection { detection } => vec![*detection],
            Body::Correlation(c) => c.detections.clone(),
        };
        let detections: Vec<_> = places.iter().filter_map(|i| self.engine.explain(*i, &flat)).collect();
        let counts = match &rule.body {
            Body::Correlation(c) => c.field.and_then(|f| flat.value(f)).map(|v| v.text()),
            Body::Detection { .. } => None,
        };
        Trace { rule: rule.name.clone(), matched: detections.iter().any(|d| d.matched), counts, detections }
    }
}
