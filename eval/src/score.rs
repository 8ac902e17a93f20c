//! How good: at a budget of alerts per 1,000 people and working day, which insiders are found, how soon, and for how much looking in vain.
//!
//! Rule: every method gets the same desk ([`detect::rank::Desk`]), the same budget and the same truth. An insider is found when an alert about
//! them that is looked at cites a malicious event (of methods that cite none: when it is about a day with one). Alerts of weekends and holidays wait for the next
//! working day, as people do.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use detect::rank::{Candidate, Desk};
use model::{EventId, UserId};

use crate::calendar::is_workday;
use crate::day::Labelled;
use crate::insiders::Scheme;
use crate::sim::Simulation;
use crate::world::Settings;

/// Seeds that thresholds and habits of the detectors were tried on.
pub const TUNING: [u64; 4] = [1, 2, 3, 4];
/// Seeds that are reported, and were looked at for nothing else.
pub const REPORTING: [u64; 6] = [101, 102, 103, 104, 105, 106];
/// Alerts per 1,000 people and working day.
pub const BUDGETS: [u32; 3] = [1, 3, 10];
/// Days at the beginning in which nobody misbehaves and habits are learnt: their alerts are not counted.
pub const WARM_UP: i32 = 21;

/// What a finding rests on.
#[derive(Debug, Clone)]
pub enum Evidence {
    Events(Vec<EventId>),
    /// All that the person did on a day.
    Day(i32),
}

#[derive(Debug, Clone)]
pub struct Scored {
    pub candidate: Candidate,
    pub evidence: Evidence,
}

/// A method: a day's events in, findings out.
pub trait Scorer {
    fn name(&self) -> &'static str;
    fn day(&mut self, day: i32, events: &[Labelled]) -> Vec<Scored>;
}

/// What one method reached in one company at one budget.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// By insider: working days from the first malicious act to the alert.
    pub found: BTreeMap<u16, (i32, String)>,
    pub alerts: u32,
    pub true_alerts: u32,
    /// Alerts that would be true if every day of an insider had one.
    pub possible: u32,
    /// Alerts by detector, and the true ones among them.
    pub by_detector: BTreeMap<String, (u32, u32)>,
}

/// One method at all budgets.
pub struct Result {
    pub method: &'static str,
    pub tallies: BTreeMap<u32, Tally>,
}

/// One company, all methods.
pub struct Run {
    pub seed: u64,
    pub people: usize,
    pub events: u64,
    pub undocumented: f64,
    pub insiders: BTreeMap<u16, Scheme>,
    pub results: Vec<Result>,
}

struct Desks {
    scorer: Box<dyn Scorer>,
    waiting: Vec<Scored>,
    desks: BTreeMap<u32, (Desk, Tally)>,
}

fn working_days(from: i32, to: i32) -> i32 {
    i32::try_from((from..to).filter(|d| is_workday(*d + 1)).count()).unwrap_or(0)
}

/// Lets a company live and every method look at it.
pub fn run(settings: Settings, scorers: Vec<Box<dyn Scorer>>) -> Run {
    let seed = settings.seed;
    let mut company = Simulation::new(settings);
    let (start, people) = (company.world.start, company.world.people.len());
    let mut methods: Vec<Desks> = scorers
        .into_iter()
        .map(|scorer| {
            let desks = BUDGETS.iter().map(|b| (*b, (Desk::default(), Tally::default()))).collect();
            Desks { scorer, waiting: vec![], desks }
        })
        .collect();
    let mut malicious: HashMap<EventId, u16> = HashMap::new();
    let mut days: HashSet<(UserId, i32)> = HashSet::new();
    let mut of_user: HashMap<UserId, u16> = HashMap::new();
    let mut first: HashMap<u16, i32> = HashMap::new();
    let mut events = 0_u64;
    let mut possible = 0_u32;
    while let Some((day, all)) = company.day() {
        events += all.len() as u64;
        let mut acted: BTreeSet<UserId> = BTreeSet::new();
        for e in &all {
            if let Some(number) = e.insider {
                malicious.insert(e.seen.event, number);
                days.insert((e.seen.actor.user, day));
                of_user.insert(e.seen.actor.user, number);
                first.entry(number).or_insert(day);
                acted.insert(e.seen.actor.user);
            }
        }
        possible += u32::try_from(acted.len()).unwrap_or(0);
        for method in &mut methods {
            let found = method.scorer.day(day, &all);
            method.waiting.extend(found);
            if !is_workday(day) {
                continue;
            }
            let waiting = std::mem::take(&mut method.waiting);
            let candidates: Vec<Candidate> = waiting.iter().map(|s| s.candidate.clone()).collect();
            for (budget, (desk, tally)) in &mut method.desks {
                let slots = usize::try_from(*budget).unwrap_or(0) * people / 1_000;
                for shown in desk.day(day, &candidates, slots.max(1)) {
                    let Some(scored) = waiting.get(shown.index) else { continue };
                    let user = scored.candidate.user;
                    let number = match &scored.evidence {
                        Evidence::Events(ids) => ids.iter().find_map(|id| malicious.get(id)).copied(),
                        Evidence::Day(on) if days.contains(&(user, *on)) => of_user.get(&user).copied(),
                        Evidence::Day(_) => None,
                    };
                    if day < start + WARM_UP {
                        continue;
                    }
                    let detector = tally.by_detector.entry(scored.candidate.pattern.clone()).or_default();
                    if !shown.joins {
                        tally.alerts += 1;
                        tally.true_alerts += u32::from(number.is_some());
                        detector.0 += 1;
                    }
                    if let Some(number) = number {
                        detector.1 += 1;
                        let since = first.get(&number).map_or(0, |f| working_days(*f, day));
                        tally.found.entry(number).or_insert((since, scored.candidate.pattern.clone()));
                    }
                }
            }
        }
    }
    let insiders = company.truth().filter(|t| t.first.is_some()).map(|t| (t.number, t.scheme)).collect();
    let results = methods
        .into_iter()
        .map(|m| Result {
            method: m.scorer.name(),
            tallies: m.desks.into_iter().map(|(b, (_, t))| (b, Tally { possible, ..t })).collect(),
        })
        .collect();
    Run { seed, people, events, undocumented: company.world.undocumented, insiders, results }
}
