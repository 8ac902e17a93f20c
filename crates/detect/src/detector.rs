//! The detector: observations in the order of the ledger in, findings out.
//!
//! A fold over the ledger: what it says depends on the observations and the pack alone. Its state can be put away after
//! any observation and taken up again ([`Detector::snapshot`]), and it may be one of several shards, each of which sees
//! every observation and deals with its own people ([`crate::Shards`]).

use std::collections::VecDeque;
use std::sync::Arc;

use model::{EventId, UnixMs, UserId};
use serde::{Deserialize, Serialize};

use crate::baseline::{Baselines, Day, Scores};
use crate::engine::RuleEngine;
use crate::field::Field;
use crate::finding::{EVIDENCE, Finding};
use crate::flat::{Flat, id_key};
use crate::key::{Key, Map};
use crate::load::Pack;
use crate::observation::Observation;
use crate::rule::{Body, Correlation, Rule};
use crate::window::{Groups, Shape};

/// How a detector is set up. Part of what its findings depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Groups a correlation holds; past it the one not touched for longest goes ([`Counters::evicted_groups`]).
    pub groups: usize,
    /// Which of how many shards this is.
    pub shard: u32,
    pub shards: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { groups: 200_000, shard: 0, shards: 1 }
    }
}

/// The ledger was not followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    #[error("observation {found} was seen already: the next is {expected}")]
    Repeat { expected: u64, found: u64 },
    #[error("observations {expected} to {last_missing} are missing")]
    Gap { expected: u64, last_missing: u64 },
}

/// What a detector counts of its own work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counters {
    pub observations: u64,
    pub findings: u64,
    /// Observations older than one before them: they count at the newest moment seen.
    pub late: u64,
    /// Values a distinct window let go to keep its cap: its number told is a lower bound.
    pub dropped_values: u64,
    /// Groups that went to keep the cap: what was counted in them is lost.
    pub evicted_groups: u64,
}

/// What was told already today, so that a storm is one finding that grows.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Told {
    day: i32,
    /// Matches of the day.
    times: u64,
    /// The value at which it is told again.
    next: u64,
    first: UnixMs,
    evidence: VecDeque<EventId>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    next: Option<u64>,
    /// The newest moment seen, in whole seconds.
    now: i64,
    baselines: Baselines,
    groups: Vec<Groups>,
    #[serde(with = "crate::window::pairs")]
    told: Map<Key, Told>,
    told_day: i32,
    counters: Counters,
}

/// See the module.
pub struct Detector {
    pack: Arc<Pack>,
    settings: Settings,
    /// For each detection: the rules it feeds, with its places in them.
    feeds: Vec<Vec<(usize, usize)>>,
    state: State,
    /// Of the last observation: said, not remembered.
    scores: Scores,
}

impl Detector {
    pub fn new(pack: Arc<Pack>, settings: Settings) -> Detector {
        let mut feeds: Vec<Vec<(usize, usize)>> = Vec::new();
        for (i, rule) in pack.rules.iter().enumerate() {
            let alone;
            let detections = match &rule.body {
                Body::Detection { detection } => {
                    alone = [*detection];
                    &alone[..]
                }
                Body::Correlation(c) => &c.detections,
            };
            for (place, detection) in detections.iter().enumerate() {
                if feeds.len() <= *detection {
                    feeds.resize(*detection + 1, Vec::new());
                }
                if let Some(feed) = feeds.get_mut(*detection) {
                    feed.push((i, place));
                }
            }
        }
        let groups = pack.rules.iter().map(|_| Groups::default()).collect();
        let state = State {
            next: None,
            now: i64::MIN,
            baselines: Baselines::default(),
            groups,
            told: Map::default(),
            told_day: i32::MIN,
            counters: Counters::default(),
        };
        Detector { pack, settings, feeds, state, scores: Scores::default() }
    }

    /// What was learnt of people and told of them, the order of the ledger and the counters of a state, without its windows.
    pub(crate) fn with_learnt(mut self, state: State) -> Detector {
        let groups = std::mem::take(&mut self.state.groups);
        self.state = State { groups, ..state };
        self
    }

    /// The same windows, with what another has learnt of people: after a change of rules, when the windows were filled by a replay
    /// of a part of the ledger and the other knows all of it.
    #[must_use]
    pub fn with_memory_of(mut self, other: &Detector) -> Detector {
        self.state.baselines = other.state.baselines.clone();
        self.state.told = other.state.told.clone();
        self.state.told_day = other.state.told_day;
        self
    }

    /// What the baselines said of the last observation, as the rules saw it.
    pub fn scores(&self) -> &Scores {
        &self.scores
    }

    /// What it knows, at another place of a ledger: of one that learnt elsewhere. The next observation must be this one.
    #[must_use]
    pub fn moved_to(mut self, next: u64) -> Detector {
        self.state.next = Some(next);
        self
    }

    pub fn pack(&self) -> &Arc<Pack> {
        &self.pack
    }
    pub fn settings(&self) -> Settings {
        self.settings
    }
    /// The observation it expects next; `None` before the first, which may be any.
    pub fn next(&self) -> Option<u64> {
        self.state.next
    }
    pub fn counters(&self) -> Counters {
        Counters { evicted_groups: self.state.groups.iter().map(|g| g.evicted).sum(), ..self.state.counters }
    }
    pub fn baselines(&self) -> &Baselines {
        &self.state.baselines
    }
    /// Bytes it holds, about.
    pub fn bytes(&self) -> usize {
        self.state.baselines.bytes()
            + self.state.groups.iter().map(Groups::bytes).sum::<usize>()
            + self.state.told.values().map(|t| 96 + t.evidence.len() * 16).sum::<usize>()
    }

    /// Follows the ledger by one observation.
    ///
    /// # Errors
    /// A gap or a repeat: nothing was counted, and the state is as before.
    pub fn step(&mut self, of: &Observation) -> Result<Vec<Finding>, StepError> {
        if self.turns(of) {
            // The order of a ledger is checked first: a wrong observation must not end the day.
            self.check(of)?;
            if let Some(day) = self.close_day() {
                self.apply_day(&day);
            }
        }
        self.follow(of)
    }

    /// The observation begins a new day: all shards end the old one together before anybody follows it.
    pub(crate) fn turns(&self, of: &Observation) -> bool {
        self.state.baselines.turns(of)
    }
    pub(crate) fn close_day(&mut self) -> Option<Day> {
        self.state.baselines.close()
    }
    pub(crate) fn apply_day(&mut self, day: &Day) {
        self.state.baselines.apply(day);
    }

    pub(crate) fn check(&self, of: &Observation) -> Result<(), StepError> {
        match self.state.next {
            Some(expected) if of.seq < expected => Err(StepError::Repeat { expected, found: of.seq }),
            Some(expected) if of.seq > expected => Err(StepError::Gap { expected, last_missing: of.seq - 1 }),
            _ => Ok(()),
        }
    }

    pub(crate) fn is_mine(&self, user: UserId) -> bool {
        self.settings.shards <= 1
            || id_key(user.0).0 % u64::from(self.settings.shards) == u64::from(self.settings.shard)
    }

    /// The step itself, once the day is right.
    pub(crate) fn follow(&mut self, of: &Observation) -> Result<Vec<Finding>, StepError> {
        self.follow_scored(of, None)
    }

    /// A step with scores that are given instead of measured: for the trial of a rule.
    ///
    /// # Errors
    /// As [`Detector::step`].
    pub fn step_scored(&mut self, of: &Observation, scores: Scores) -> Result<Vec<Finding>, StepError> {
        self.follow_scored(of, Some(scores))
    }

    /// Passes over an event that is judged elsewhere: only its place is counted.
    pub fn pass(&mut self, seq: u64) {
        self.state.next = Some(seq.saturating_add(1));
    }

    /// The second of the newest event it has seen.
    pub(crate) fn newest_second(&self) -> Option<i64> {
        (self.state.now != i64::MIN).then_some(self.state.now)
    }

    /// An event whose time has passed: it is shown to rules that ask for one event and for no score. No window and no baseline
    /// learns of it.
    ///
    /// # Errors
    /// As [`Detector::step`].
    pub fn step_late(&mut self, of: &Observation) -> Result<Vec<Finding>, StepError> {
        self.check(of)?;
        self.state.next = Some(of.seq.saturating_add(1));
        self.state.counters.observations += 1;
        self.state.counters.late += 1;
        let scores = Scores::default();
        let flat = Flat::new(of, &scores);
        let mut matched: Vec<usize> = Vec::new();
        self.pack.engine.matches(&flat, &mut |detection| matched.push(detection));
        let pack = Arc::clone(&self.pack);
        let mut findings = Vec::new();
        for (index, place) in
            matched.iter().filter_map(|detection| self.feeds.get(*detection)).flatten().copied().collect::<Vec<_>>()
        {
            let Some(rule) = pack.rules.get(index) else { continue };
            if matches!(rule.body, Body::Detection { .. }) && rule.measures.is_empty() {
                findings.extend(self.fire(&flat, rule, index, &[place]));
            }
        }
        self.state.counters.findings += findings.len() as u64;
        Ok(findings)
    }

    fn follow_scored(&mut self, of: &Observation, given: Option<Scores>) -> Result<Vec<Finding>, StepError> {
        self.check(of)?;
        if self.turns(of) {
            self.state.baselines.open(of);
            self.state.told.retain(|_, told| told.day >= of.local.day);
            self.state.told_day = of.local.day;
        }
        self.state.next = Some(of.seq.saturating_add(1));
        let at = of.at.0.div_euclid(1_000);
        if at < self.state.now {
            self.state.counters.late += 1;
        }
        self.state.now = self.state.now.max(at);
        self.state.counters.observations += 1;

        let mine = self.is_mine(of.actor.user);
        let house = self.settings.shard == 0;
        if !mine && !house {
            self.scores = Scores::default();
            return Ok(Vec::new());
        }
        let scores = match given {
            Some(scores) => scores,
            None if mine => self.state.baselines.observe(of),
            None => Scores::default(),
        };
        let flat = Flat::new(of, &scores);
        let mut matched: Vec<usize> = Vec::new();
        self.pack.engine.matches(&flat, &mut |detection| matched.push(detection));
        let mut findings = Vec::new();
        let pack = Arc::clone(&self.pack);
        let mut hits: Vec<(usize, usize)> =
            matched.iter().filter_map(|detection| self.feeds.get(*detection)).flatten().copied().collect();
        // One rule after the other; of a rule the last place first, so that no event comes before itself in an ordered one.
        hits.sort_unstable_by_key(|(rule, place)| (*rule, std::cmp::Reverse(*place)));
        for all in hits.chunk_by(|a, b| a.0 == b.0) {
            let Some((rule, _)) = all.first().copied() else { continue };
            let Some(known) = pack.rules.get(rule) else { continue };
            if if known.is_personal() { mine } else { house } {
                let places: Vec<usize> = all.iter().map(|(_, place)| *place).collect();
                findings.extend(self.fire(&flat, known, rule, &places));
            }
        }
        self.state.counters.findings += findings.len() as u64;
        self.scores = scores;
        Ok(findings)
    }

    /// An event matches detections of a rule, at these of its places: it is one event, however many they are.
    fn fire(&mut self, flat: &Flat<'_>, rule: &Rule, index: usize, places: &[usize]) -> Option<Finding> {
        match &rule.body {
            Body::Detection { .. } => {
                let key = Key::of_bytes(rule.name.as_bytes()).with(id_key(flat.of.actor.user.0));
                self.tell(flat, rule, key, vec![("actor.user_id".into(), flat.of.actor.user.to_string())], None)
            }
            Body::Correlation(c) => {
                let mut key = Key::of_bytes(rule.name.as_bytes());
                for field in &c.group_by {
                    // Without the field there is no group: nothing is lumped together under "unknown".
                    key = key.with(flat.value(*field)?.key()?);
                }
                let (value, first, evidence) = self.count(flat, c, index, places, key)?;
                if value < c.least {
                    return None;
                }
                let group = c.group_by.iter().filter_map(|f| Some((name(*f), flat.value(*f)?.text()))).collect();
                self.tell(flat, rule, key, group, Some((value, c.least, first, evidence)))
            }
        }
    }

    /// Adds the event to a group's window and says what it holds now.
    fn count(
        &mut self,
        flat: &Flat<'_>,
        c: &Correlation,
        index: usize,
        places: &[usize],
        key: Key,
    ) -> Option<(i64, i64, VecDeque<EventId>)> {
        let now = self.state.now;
        let amount = match (c.shape, c.field) {
            (Shape::Sum, Some(field)) => match flat.value(field)? {
                crate::flat::Value::Whole(n) => n,
                _ => return None,
            },
            _ => 1,
        };
        let groups = self.state.groups.get_mut(index)?;
        let group = groups.touch(key, now, c.span, c.shape, self.settings.groups);
        let window = &mut group.window;
        match c.shape {
            Shape::Count | Shape::Sum => window.add(now, c.span, amount),
            Shape::Distinct(cap) => {
                let mut dropped = 0;
                window.expire(now, c.span);
                if let Some(field) = c.field {
                    flat.keys(field, |value| dropped += window.see(now, c.span, value, cap));
                }
                self.state.counters.dropped_values += dropped;
            }
            Shape::Temporal(_) | Shape::Ordered(_) => places.iter().for_each(|place| window.hit(now, c.span, *place)),
        }
        group.keep(flat.of.event, now, c.span, EVIDENCE);
        let value = group.window.value();
        if value < c.least {
            return Some((value, 0, VecDeque::new()));
        }
        Some((
            value,
            group.first.max(now.saturating_sub(c.span)),
            group.evidence.iter().map(|(_, event)| *event).collect(),
        ))
    }

    /// Tells what fired, unless it was told today at about this size.
    fn tell(
        &mut self,
        flat: &Flat<'_>,
        rule: &Rule,
        key: Key,
        group: Vec<(String, String)>,
        window: Option<(i64, i64, i64, VecDeque<EventId>)>,
    ) -> Option<Finding> {
        let of = flat.of;
        let day = self.state.told_day.max(of.local.day);
        let told = self.state.told.entry(key).or_insert_with(|| Told {
            day,
            times: 0,
            next: 0,
            first: of.at,
            evidence: VecDeque::new(),
        });
        told.times += 1;
        if told.evidence.len() == EVIDENCE {
            told.evidence.pop_front();
        }
        told.evidence.push_back(of.event);
        let parts: Vec<_> = rule.measures.iter().filter_map(|m| Some((*m, flat.scores.get(*m)?))).collect();
        let scored = parts
            .iter()
            .map(|(_, reading)| reading.score)
            .fold(None, |most: Option<f64>, s| Some(most.map_or(s, |m| m.max(s))));
        let (count, threshold) = match &window {
            Some((value, least, ..)) => (u64::try_from(*value).unwrap_or(0), u64::try_from(*least).unwrap_or(1)),
            None => (told.times, 1),
        };
        // A score is told again when it has doubled, as a count is.
        let size = match (&window, scored) {
            (None, Some(score)) => (score * 100.0) as u64,
            _ => count,
        };
        if size < told.next {
            return None;
        }
        told.next = size.saturating_mul(2).max(1);
        let evidence = match (&window, rule.measures.first()) {
            (Some((.., evidence)), _) => evidence.iter().copied().collect(),
            (None, Some(_)) => {
                let mut all: Vec<EventId> = Vec::new();
                for event in rule.measures.iter().flat_map(|m| self.state.baselines.evidence(of.actor.user, *m)) {
                    if !all.contains(&event) && all.len() < EVIDENCE {
                        all.push(event);
                    }
                }
                // Given scores have no events of their own.
                if all.is_empty() { told.evidence.iter().copied().collect() } else { all }
            }
            (None, None) => told.evidence.iter().copied().collect(),
        };
        let beyond = (count.max(1) as f64 / threshold.max(1) as f64).log2().max(0.0);
        Some(Finding {
            rule: rule.name.clone(),
            family: rule.family,
            severity: rule.severity,
            user: of.actor.user,
            group,
            evidence,
            count,
            threshold,
            score: scored.unwrap_or(3.0 + beyond),
            parts,
            first: match &window {
                Some((_, _, first, _)) => UnixMs(first.saturating_mul(1_000)),
                None => told.first,
            },
            last: of.at,
            day,
            fingerprint: {
                let id =
                    Key::of_bytes(rule.name.as_bytes()).with(key_of(flat, rule)).and(i64::from(day).cast_unsigned());
                format!("{:016x}{:016x}", id.0, id.1)
            },
            seq: of.seq,
        })
    }

    pub(crate) fn state(&self) -> &State {
        &self.state
    }
    pub(crate) fn with_state(pack: Arc<Pack>, settings: Settings, state: State) -> Option<Detector> {
        let mut detector = Detector::new(pack, settings);
        (state.groups.len() == detector.state.groups.len()).then(|| {
            detector.state = state;
            detector
        })
    }
}

/// Whom a finding is about, for its fingerprint: does not change when rules are added or reordered.
fn key_of(flat: &Flat<'_>, rule: &Rule) -> Key {
    match &rule.body {
        Body::Detection { .. } => id_key(flat.of.actor.user.0),
        Body::Correlation(c) => c.group_by.iter().filter_map(|f| flat.value(*f)?.key()).fold(Key(7, 7), Key::with),
    }
}

fn name(field: Field) -> String {
    crate::field::FIELDS
        .iter()
        .find(|(_, f, ..)| *f == field)
        .map_or_else(String::new, |(name, ..)| (*name).to_string())
}
