//! The company lives, day by day: a stream of observations in the order of the ledger, with the truth about each.

use std::collections::{BTreeMap, BTreeSet};

use detect::Explanation;
use model::{Action, Channel, EventId, UserId};

use crate::calendar::is_workday;
use crate::day::{Draft, Hand, Labelled, Names, On, Seat};
use crate::dice::Dice;
use crate::facts::Facts;
use crate::insiders::{self, Plan, Scheme};
use crate::world::{Duty, Settings, World};

/// The network of an office.
pub fn office(number: u32) -> String {
    format!("10.{}.{}.0/24", number / 250, number % 250)
}

/// What is true of one insider.
#[derive(Debug, Clone)]
pub struct Truth {
    pub number: u16,
    pub scheme: Scheme,
    pub users: Vec<UserId>,
    /// The first malicious event and its day.
    pub first: Option<(EventId, i32)>,
    pub events: BTreeSet<EventId>,
}

/// A company in motion. Each call of [`Simulation::day`] is one day of it.
pub struct Simulation {
    pub world: World,
    facts: Facts,
    plans: Vec<Plan>,
    truth: BTreeMap<u16, Truth>,
    names: Names,
    today: i32,
    seq: u64,
}

impl Simulation {
    pub fn new(settings: Settings) -> Self {
        let mut world = World::new(settings);
        let plans = insiders::plan(&mut world);
        let truth = plans
            .iter()
            .map(|p| {
                let users = p.people.iter().map(|u| world.people[*u as usize].id).collect();
                (p.number, Truth { number: p.number, scheme: p.scheme, users, first: None, events: BTreeSet::new() })
            })
            .collect();
        let today = world.start;
        Self { world, facts: Facts::default(), plans, truth, names: Names::default(), today, seq: 0 }
    }

    /// What is known of the insiders so far: those who have not acted yet have no first event.
    pub fn truth(&self) -> impl Iterator<Item = &Truth> {
        self.truth.values()
    }

    /// The next day and its accesses, in order; `None` after the last.
    pub fn day(&mut self) -> Option<(i32, Vec<Labelled>)> {
        if self.today > self.world.end() {
            return None;
        }
        let day = self.today;
        self.today += 1;
        let mut drafts = vec![];
        self.people_change(day, &mut drafts);
        for who in 0..u32::try_from(self.world.people.len()).unwrap_or(0) {
            let person = &self.world.people[who as usize];
            if !person.is_away(day) {
                self.hand(who, day, 10, &mut drafts).live();
            }
        }
        for plan in self.plans.clone().iter().filter(|p| p.days.contains(&day)) {
            for (turn, who) in plan.people.iter().enumerate() {
                let other = plan.people.iter().copied().find(|o| o != who);
                self.hand(*who, day, 11, &mut drafts).misuse(plan, turn, other);
            }
        }
        if day % 7 == 0 {
            self.facts.prune(day);
        }
        // Equal moments keep the order of the people, which is fixed.
        drafts.sort_by_key(|d| (d.ms, d.who));
        let day_of_all: Vec<Labelled> = drafts
            .into_iter()
            .map(|draft| {
                self.seq += 1;
                self.names.observe(&self.world, draft, day, self.seq)
            })
            .collect();
        for one in &day_of_all {
            if let Some(truth) = one.insider.and_then(|n| self.truth.get_mut(&n)) {
                truth.first.get_or_insert((one.seen.event, day));
                truth.events.insert(one.seen.event);
            }
        }
        Some((day, day_of_all))
    }

    fn hand<'a>(&'a mut self, who: u32, day: i32, purpose: u64, drafts: &'a mut Vec<Draft>) -> Hand<'a> {
        let number = u64::from(who) << 20 | u64::try_from(day).unwrap_or(0);
        let mut dice = Dice::of(self.world.settings.seed, purpose, number);
        let seat = self.seat(who, day);
        // The two streams of one person differ from their first draw.
        dice.unit();
        Hand { world: &mut self.world, facts: &mut self.facts, drafts, dice, who, day, seat, insider: None }
    }

    /// Where somebody sits today: the office, at home, or on the way; a device is replaced now and then.
    fn seat(&mut self, who: u32, day: i32) -> Seat {
        let mut d = Dice::of(self.world.settings.seed, 12, u64::from(who) << 20 | u64::try_from(day).unwrap_or(0));
        let person = &mut self.world.people[who as usize];
        if d.chance(0.004) {
            person.device = u64::from(d.int(1, u32::MAX));
        }
        let home = person.habits.at_home;
        let place = d.unit();
        let network = if place < home {
            format!("172.16.{}.0/24", who % 250)
        } else if place < home + 0.012 {
            format!("100.{}.{}.0/24", d.int(64, 127), d.int(0, 255))
        } else {
            office(self.world.departments[person.department].office)
        };
        let device = if d.chance(0.05) { person.device ^ 0xF0 } else { person.device };
        Seat { channel: Channel::Web, device, network }
    }

    /// People leave, move and come; their customers go to others.
    fn people_change(&mut self, day: i32, drafts: &mut Vec<Draft>) {
        for who in 0..u32::try_from(self.world.people.len()).unwrap_or(0) {
            let person = &self.world.people[who as usize];
            let leaves = person.notice.is_some() && person.last == day + 1;
            let moves = person.transfer.filter(|(on, _)| *on == day).map(|(_, to)| to);
            if (leaves || moves.is_some()) && !person.own.is_empty() {
                self.hand_over(who, day, drafts);
            }
            if let Some(to) = moves {
                let lead = self.world.departments[to].head;
                let person = &mut self.world.people[who as usize];
                person.department = to;
                person.manager = lead;
                let mut d = Dice::of(self.world.settings.seed, 13, u64::from(who));
                let new: Vec<u32> = (0..30).map(|_| self.world.customer(&mut d, Some(who), to)).collect();
                let branch = self.world.departments[to].branch;
                self.world.of_branch[branch].extend(&new);
                self.world.people[who as usize].own = new;
            }
        }
    }

    /// A manager gives a leaver's customers to the team; whoever gets some reads themselves into them.
    fn hand_over(&mut self, who: u32, day: i32, drafts: &mut Vec<Draft>) {
        let team = self.world.people[who as usize].department;
        let own = std::mem::take(&mut self.world.people[who as usize].own);
        let to: Vec<u32> = (0u32..)
            .zip(&self.world.people)
            .filter(|(i, p)| *i != who && p.department == team && p.duty == Duty::Rep && !p.is_away(day))
            .map(|(i, _)| i)
            .collect();
        let lead = self.world.departments[team].head;
        for (n, customer) in own.iter().enumerate() {
            let Some(next) = to.get(n % to.len().max(1)).copied() else { break };
            self.world.customers[*customer as usize].owner = Some(next);
            self.world.people[next as usize].own.push(*customer);
            self.facts.link(next, *customer, Explanation::Handover, day + 20);
            if let Some(lead) = lead
                && is_workday(day)
            {
                let mut hand = self.hand(lead, day, 14, drafts);
                let t = 33_000_000 + u32::try_from(n).unwrap_or(0) * 800;
                hand.write(t, *customer, Action::Transfer, On::Customer);
                let mut hand = self.hand(next, day, 15, drafts);
                let t = 36_000_000 + u32::try_from(n).unwrap_or(0) * 90_000;
                hand.view(t, *customer, On::Customer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small(seed: u64) -> Simulation {
        Simulation::new(Settings { people: 100, days: 50, insiders: 14, ..Settings::of(seed) })
    }

    #[test]
    fn a_seed_makes_one_company_and_one_story() {
        let (mut one, mut again) = (small(7), small(7));
        let mut n = 0;
        while let Some((day, events)) = one.day() {
            let (other_day, other) = again.day().unwrap();
            assert_eq!(day, other_day);
            assert!(events.iter().zip(&other).all(|(a, b)| a.seen == b.seen && a.insider == b.insider));
            assert_eq!(events.len(), other.len());
            for e in &events {
                n += 1;
                assert_eq!(e.seen.seq, n, "the order of the ledger has no gap");
            }
        }
        let mut another = small(8);
        let (_, events) = another.day().unwrap();
        assert_ne!(
            events.first().map(|e| e.seen.actor.user),
            small(7).day().unwrap().1.first().map(|e| e.seen.actor.user)
        );
    }

    #[test]
    fn every_insider_acts_and_the_rest_of_the_company_can_say_why() {
        let mut company = small(7);
        let (mut shown, mut explained) = (0_u64, 0_u64);
        while let Some((_, events)) = company.day() {
            for e in events.iter().filter(|e| e.insider.is_none()) {
                for s in e.seen.seen.iter().filter(|s| s.personal > 0) {
                    shown += 1;
                    explained += u64::from(s.explanation.is_explained());
                }
            }
        }
        assert!(explained * 100 >= shown * 95, "{explained} of {shown}");
        for truth in company.truth() {
            let (first, _) = truth.first.unwrap_or_else(|| panic!("{:?} did nothing", truth.scheme));
            assert!(truth.events.contains(&first));
            assert_eq!(truth.events.first(), Some(&first), "ids sort by time");
        }
        assert_eq!(company.truth().count(), 14);
    }
}
