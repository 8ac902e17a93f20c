//! One pass over the events of a period. Memory grows with people, departments, days and operations, never with events.

use std::collections::BTreeMap;

use model::action::On;
use model::{Action, Channel, Decision, DepartmentId, UnixMs, UserId};

/// Events that are alike in everything but their moment within a day: as many lines as the database groups them into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub actor: UserId,
    /// For whom they acted, where it was for somebody.
    pub on_behalf_of: Option<UserId>,
    pub department: Option<DepartmentId>,
    pub channel: Channel,
    pub action: Action,
    pub decision: Decision,
    pub events: u64,
    /// Records that they touched.
    pub touches: u64,
    /// Of those that were asked for a reason: with one for every record, and without one for at least one.
    pub explained: u64,
    pub unexplained: u64,
}

/// Sums of such lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub events: u64,
    /// Allowed operations on records.
    pub accesses: u64,
    /// Records touched by those.
    pub touches: u64,
    pub reveals: u64,
    pub exports: u64,
    pub refused: u64,
    pub explained: u64,
    pub unexplained: u64,
}

impl Tally {
    fn take(&mut self, line: &Line) {
        let add = |to: &mut u64, n: u64| *to = to.saturating_add(n);
        add(&mut self.events, line.events);
        if line.decision == Decision::Allowed && line.action.on() == On::Record {
            add(&mut self.accesses, line.events);
            add(&mut self.touches, line.touches);
        }
        match (line.decision, line.action) {
            (Decision::Refused, _) => add(&mut self.refused, line.events),
            (Decision::Allowed, Action::Reveal) => add(&mut self.reveals, line.events),
            (Decision::Allowed, Action::Export) => add(&mut self.exports, line.events),
            _ => {}
        }
        add(&mut self.explained, line.explained);
        add(&mut self.unexplained, line.unexplained);
    }
}

/// What a period comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fold {
    pub all: Tally,
    /// By the first moment of the day.
    pub days: BTreeMap<UnixMs, Tally>,
    pub departments: BTreeMap<Option<DepartmentId>, Tally>,
    /// Who acted, and for whom: what one did for another is counted with both.
    pub people: BTreeMap<UserId, Tally>,
    pub actions: BTreeMap<Action, Tally>,
    pub channels: BTreeMap<&'static str, (Channel, Tally)>,
    /// By operation and decision.
    pub decided: BTreeMap<(Action, u8), u64>,
}

impl Fold {
    /// Takes the lines of one day.
    pub fn take(&mut self, day: UnixMs, line: &Line) {
        self.all.take(line);
        self.days.entry(day).or_default().take(line);
        self.departments.entry(line.department).or_default().take(line);
        self.people.entry(line.actor).or_default().take(line);
        if let Some(other) = line.on_behalf_of.filter(|o| *o != line.actor) {
            self.people.entry(other).or_default().take(line);
        }
        self.actions.entry(line.action).or_default().take(line);
        let channel = self.channels.entry(line.channel.as_str()).or_insert((line.channel, Tally::default()));
        channel.1.take(line);
        let decided = self.decided.entry((line.action, line.decision.code())).or_default();
        *decided = decided.saturating_add(line.events);
    }

    /// A day without events is a day all the same.
    pub fn begin_day(&mut self, day: UnixMs) {
        self.days.entry(day).or_default();
    }

    /// Events of these operations that ended so.
    pub fn count(&self, actions: &[Action], decision: Decision) -> u64 {
        let of = |a: &Action| self.decided.get(&(*a, decision.code())).copied().unwrap_or(0);
        actions.iter().map(of).fold(0, u64::saturating_add)
    }
}
