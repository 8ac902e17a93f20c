//! Baselines: what somebody does on a day like this, with what their peers do as the prior.
//!
//! For each measure a person's expected count of the day is a gamma-Poisson mean: the peers' mean (department and role,
//! then role, then the house) worth a few days, and the person's own days, older ones fading with a half-life of 28
//! days. How far counts stray from such expectations is learnt from the days themselves, group by group, so the tail is
//! as wide as people really are unpredictable. The score is −log10 of the tail: 3 is once in a thousand days.
//!
//! Everything learnt is learnt when a day is over. Within a day a score depends on the events of one person alone,
//! so people can be counted on several threads (`crate::shards`) and the result is the same.

mod measure;
mod peers;
mod tail;
mod touched;
mod user;

use model::{EventId, UserId};
use serde::{Deserialize, Serialize};

pub use self::measure::{COUNT, Measure, Part, Reading, Scores};
pub use self::peers::Day;
use self::peers::Peers;
pub use self::tail::surprise;
use self::user::User;
use crate::key::Map;
use crate::observation::Observation;

/// A person not seen for this many days is away: their quiet days say nothing.
const AWAY: i32 = 7;
/// A person not seen for this many days is forgotten, but for the day itself.
const FORGOTTEN: i32 = 400;

/// The state of all people and their peers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Baselines {
    day: Option<i32>,
    workday: bool,
    #[serde(with = "crate::window::pairs")]
    users: Map<UserId, User>,
    peers: Peers,
}

impl Baselines {
    /// The day changes with this observation: what `close` gives must be merged over all shards and applied first.
    pub fn turns(&self, of: &Observation) -> bool {
        self.day.is_none_or(|day| of.local.day > day)
    }

    /// Ends the day: learns each person's own part, and returns the peers' part.
    pub fn close(&mut self) -> Option<Day> {
        let day = self.day?;
        let mut sums = Day { day, workday: self.workday, groups: Map::default() };
        self.users.retain(|_, user| day - user.last < FORGOTTEN);
        for user in self.users.values_mut() {
            if day - user.last <= AWAY {
                user.close(day, self.workday, &self.peers, &mut sums);
            }
        }
        Some(sums)
    }

    /// Learns what all people did on a day that is over.
    pub fn apply(&mut self, day: &Day) {
        self.peers.apply(day);
    }

    /// Begins the day of an observation.
    pub fn open(&mut self, of: &Observation) {
        self.day = Some(of.local.day);
        self.workday = of.local.workday;
    }

    /// Counts an observation and says what is unusual about it. The day must have been turned.
    pub fn observe(&mut self, of: &Observation) -> Scores {
        let day = self.day.unwrap_or(of.local.day);
        let user = self.users.entry(of.actor.user).or_insert_with(|| User::new(day));
        user.observe(of, day, self.workday, &self.peers)
    }

    /// The last events of today that a measure counted for a person.
    pub fn evidence(&self, user: UserId, measure: Measure) -> Vec<EventId> {
        let events = self.users.get(&user).and_then(|u| u.today.evidence.get(measure.index()));
        events.map(|e| e.iter().copied().collect()).unwrap_or_default()
    }

    pub fn users(&self) -> usize {
        self.users.len()
    }
    /// Bytes it holds, about.
    pub fn bytes(&self) -> usize {
        self.users.values().map(User::bytes).sum::<usize>() + self.peers.len() * 8_192
    }
    /// The most one person costs, in bytes.
    pub fn most_bytes(&self) -> usize {
        self.users.values().map(User::bytes).max().unwrap_or(0)
    }
}
