//! People who look at what they have no business with: who, when and how. What they do is theirs alone; the rest of their day is honest work.
//!
//! Rule: an insider does only what their account may do. Part of them write themselves a reason first, and hide behind it.

use model::Action;

use crate::calendar::is_workday;
use crate::day::{Hand, On};
use crate::dice::Dice;
use crate::world::{Duty, World};
use detect::Explanation;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scheme {
    /// Takes all it can reach in the days before notice is given.
    BulkBeforeLeaving,
    /// A few of colleagues' customers each day, for weeks.
    SlowCollector,
    /// Strangers' customers at night.
    OffHours,
    /// One to three looks at somebody important.
    VipLook,
    /// Pages through everything that is rightfully theirs to see.
    ScrapeOwnScope,
    /// The same by a program with a person's token, at night.
    ApiScrape,
    /// Two share the work, so that neither stands out.
    CollusionSplit,
    /// One is refused, the other opens it on the same device.
    CollusionDevice,
    /// Takes their own customers with them, after notice.
    LeaverAfterNotice,
    /// Tries record after record that is refused.
    ProbingDenied,
    /// Asks for one exact number after another.
    ProbingNumbers,
    /// An account that slept for more than a month wakes on another device.
    DormantWoken,
    /// Has customers handed over, then takes them out.
    HandoverAbuse,
    /// Gives themselves a role, then looks.
    RightsWidened,
}

impl Scheme {
    pub const ALL: [Scheme; 14] = [
        Scheme::BulkBeforeLeaving,
        Scheme::SlowCollector,
        Scheme::OffHours,
        Scheme::VipLook,
        Scheme::ScrapeOwnScope,
        Scheme::ApiScrape,
        Scheme::CollusionSplit,
        Scheme::CollusionDevice,
        Scheme::LeaverAfterNotice,
        Scheme::ProbingDenied,
        Scheme::ProbingNumbers,
        Scheme::DormantWoken,
        Scheme::HandoverAbuse,
        Scheme::RightsWidened,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Scheme::BulkBeforeLeaving => "bulk before leaving",
            Scheme::SlowCollector => "slow collector",
            Scheme::OffHours => "off hours",
            Scheme::VipLook => "single look at a VIP",
            Scheme::ScrapeOwnScope => "scraping inside own scope",
            Scheme::ApiScrape => "scraping by a token",
            Scheme::CollusionSplit => "collusion: work split",
            Scheme::CollusionDevice => "collusion: one device",
            Scheme::LeaverAfterNotice => "leaver after notice",
            Scheme::ProbingDenied => "probing refused records",
            Scheme::ProbingNumbers => "probing exact numbers",
            Scheme::DormantWoken => "dormant account woken",
            Scheme::HandoverAbuse => "handover abused",
            Scheme::RightsWidened => "own rights widened",
        }
    }
}

/// One insider, or two who act together.
#[derive(Debug, Clone)]
pub struct Plan {
    pub number: u16,
    pub scheme: Scheme,
    pub people: Vec<u32>,
    /// The days on which they act.
    pub days: Vec<i32>,
    /// Looks per day, or records to take.
    pub intensity: u32,
    /// How many of the looks get a reason that was written for the purpose.
    pub hides: f64,
}

/// The insiders of a company. Some of them change its people: who gives notice, whose account slept.
pub fn plan(world: &mut World) -> Vec<Plan> {
    let mut plans = vec![];
    let mut taken: Vec<u32> = vec![];
    for number in 0..world.settings.insiders {
        let mut d = Dice::of(world.settings.seed, 2, u64::from(number));
        let turn = number as usize;
        let whole = Scheme::ALL.len() * (world.settings.insiders as usize / Scheme::ALL.len());
        let scheme = if turn < whole {
            Scheme::ALL[turn % Scheme::ALL.len()]
        } else {
            d.pick(&Scheme::ALL).copied().unwrap_or(Scheme::SlowCollector)
        };
        if let Some(p) = one(world, &mut d, u16::try_from(number).unwrap_or(0), scheme, &taken) {
            taken.extend(&p.people);
            plans.push(p);
        }
    }
    plans
}

fn one(world: &mut World, d: &mut Dice, number: u16, scheme: Scheme, taken: &[u32]) -> Option<Plan> {
    use Scheme as S;
    let duty = match scheme {
        S::RightsWidened => Duty::Security,
        S::VipLook if d.chance(0.3) => Duty::ServiceDesk,
        S::ScrapeOwnScope if d.chance(0.3) => Duty::Manager,
        S::OffHours if d.chance(0.25) => Duty::ServiceDesk,
        _ => Duty::Rep,
    };
    let days = i32::try_from(world.settings.days).unwrap_or(90);
    let (span, acts, intensity) = match scheme {
        S::BulkBeforeLeaving => (d.int(1, 5), 1.0, d.int(150, 600)),
        S::SlowCollector => (d.int(25, 50), 0.75, d.int(3, 8)),
        S::OffHours => (d.int(3, 14), 0.4, d.int(8, 26)),
        S::VipLook => (1, 1.0, d.int(1, 4)),
        S::ScrapeOwnScope => (d.int(1, 6), 0.7, d.int(300, 1_200)),
        S::ApiScrape => (d.int(1, 5), 0.6, d.int(400, 1_500)),
        S::CollusionSplit => (d.int(6, 12), 0.85, d.int(8, 16)),
        S::CollusionDevice => (d.int(2, 10), 0.5, d.int(3, 8)),
        S::LeaverAfterNotice => (d.int(4, 10), 0.7, d.int(25, 70)),
        S::ProbingDenied => (d.int(1, 5), 0.7, d.int(8, 30)),
        S::ProbingNumbers => (d.int(2, 7), 0.7, d.int(15, 60)),
        S::DormantWoken => (d.int(2, 6), 0.6, d.int(8, 40)),
        S::HandoverAbuse => (d.int(1, 4), 0.8, d.int(20, 60)),
        S::RightsWidened => (d.int(1, 4), 0.8, d.int(10, 30)),
    };
    let span = i32::try_from(span).unwrap_or(5);
    let earliest = world.start + if scheme == S::DormantWoken { 34 } else { 24 }.min(days / 2);
    let latest = (world.end() - span - 2).max(earliest + 1);
    let from = earliest + i32::try_from(d.int(0, u32::try_from(latest - earliest).unwrap_or(1))).unwrap_or(0);
    let free = |p: u32| {
        let person = &world.people[p as usize];
        person.duty == duty
            && person.first <= world.start
            && person.last > world.end()
            && person.transfer.is_none()
            && !taken.contains(&p)
            && (scheme != S::VipLook || !world.of_branch.is_empty())
    };
    let all: Vec<u32> = (0..u32::try_from(world.people.len()).unwrap_or(0)).filter(|p| free(*p)).collect();
    let first = *d.pick(&all)?;
    let mut people = vec![first];
    if matches!(scheme, S::CollusionSplit | S::CollusionDevice) {
        let home = |p: u32| world.departments[world.people[p as usize].department].branch;
        // Those who split stand in one branch; who is refused needs somebody of another.
        let beside: Vec<u32> = all
            .iter()
            .copied()
            .filter(|p| *p != first && (home(*p) == home(first)) == (scheme == S::CollusionSplit))
            .collect();
        people.push(*d.pick(&beside)?);
    }
    let mut on: Vec<i32> = (from..from + span)
        .filter(|day| matches!(scheme, S::OffHours | S::ApiScrape) || is_workday(*day))
        .filter(|_| d.chance(acts))
        .collect();
    if on.is_empty() {
        on.push((from..from + 14).find(|day| is_workday(*day)).unwrap_or(from));
    }
    let (first_day, last_day) = (*on.first()?, *on.last()?);
    for p in &people {
        // Nobody acts while on leave.
        let person = &mut world.people[*p as usize];
        person.away.retain(|(f, t)| *t < first_day - 1 || *f > last_day + 1);
        match scheme {
            S::BulkBeforeLeaving => {
                person.notice = Some(last_day + 2 + i32::try_from(d.int(0, 6)).unwrap_or(2));
                person.last = last_day + 30;
            }
            S::LeaverAfterNotice => {
                person.notice = Some(first_day - 1 - i32::try_from(d.int(0, 6)).unwrap_or(2));
                person.last = last_day + 6;
            }
            S::DormantWoken => {
                // Asleep until it wakes, and nobody's honest day besides.
                person.away = vec![(i32::MIN, first_day - 1), (first_day, i32::MAX)];
            }
            _ => {}
        }
    }
    let hides = match scheme {
        S::SlowCollector | S::CollusionSplit | S::OffHours if d.chance(0.5) => d.between(0.1, 0.5),
        _ => 0.0,
    };
    Some(Plan { number, scheme, people, days: on, intensity, hides })
}

impl Hand<'_> {
    /// What an insider does on one of their days; `turn` says which of two they are.
    pub fn misuse(&mut self, plan: &Plan, turn: usize, other: Option<u32>) {
        use Scheme as S;
        self.insider = Some(plan.number);
        let n = plan.intensity;
        match plan.scheme {
            S::BulkBeforeLeaving => self.takes_all(n),
            S::SlowCollector | S::CollusionSplit => {
                for _ in 0..self.dice.count(f64::from(n), 12.0) {
                    let t = self.when();
                    self.stranger(t, plan.hides);
                }
            }
            S::OffHours => {
                let start = if self.dice.chance(0.7) { self.dice.int(1_290, 1_410) } else { self.dice.int(5, 290) };
                self.sign_in(start * 60_000);
                for look in 0..self.dice.count(f64::from(n), 10.0).max(5) {
                    let t = (start * 60_000 + look * 45_000).min(86_000_000);
                    self.stranger(t, plan.hides);
                }
            }
            S::VipLook => self.looks_at_vips(n),
            S::ScrapeOwnScope => self.pages(n),
            S::ApiScrape => {
                self.seat.channel = model::Channel::Api;
                self.seat.device ^= 0xA91;
                self.seat.network = format!("203.0.113.{}", self.who % 250);
                let start = self.dice.int(60, 300);
                let scope = self.scope(n);
                for (page, chunk) in scope.chunks(50).enumerate() {
                    let page = u32::try_from(page).unwrap_or(0);
                    self.list(start * 60_000 + page * 2_500, chunk, Some(page + 1), false);
                }
            }
            S::CollusionDevice => self.through_another(turn, other, n),
            S::LeaverAfterNotice => {
                let own = self.world.people[self.who as usize].own.clone();
                for _ in 0..n {
                    let Some(customer) = self.dice.pick(&own).copied() else { break };
                    let t = self.when();
                    self.view(t, customer, On::Customer);
                    if self.dice.chance(0.4) {
                        self.reveal(t + 15_000, customer);
                    }
                }
                if self.dice.chance(0.5) {
                    let t = self.when();
                    self.export(t, &own, false);
                }
            }
            S::ProbingDenied => {
                let start = self.when();
                for look in 0..n {
                    let customer = self.any_customer();
                    self.view(start + look * 30_000, customer, On::Customer);
                }
            }
            S::ProbingNumbers => {
                let start = self.when();
                for look in 0..n {
                    let found: Vec<u32> =
                        if self.dice.chance(0.4) { self.neighbour_customer().into_iter().collect() } else { vec![] };
                    self.list(start + look * 20_000, &found, None, true);
                }
            }
            S::DormantWoken => {
                self.seat.device ^= 0x5EED;
                self.seat.network = format!("198.51.100.{}", self.who % 250);
                let start = self.when();
                self.sign_in(start);
                for look in 0..n {
                    let own = if self.dice.chance(0.5) { self.own_customer() } else { self.neighbour_customer() };
                    let Some(customer) = own else { continue };
                    self.view(start + (look + 1) * 35_000, customer, On::Customer);
                    if self.dice.chance(0.3) {
                        self.reveal(start + (look + 1) * 35_000 + 12_000, customer);
                    }
                }
            }
            S::HandoverAbuse => self.has_handed_over(n),
            S::RightsWidened => self.widens(n),
        }
    }

    fn stranger(&mut self, t: u32, hides: f64) {
        let own_desk = self.world.people[self.who as usize].duty == Duty::ServiceDesk;
        let picked = if own_desk { Some(self.any_customer()) } else { self.neighbour_customer() };
        let Some(customer) = picked else { return };
        if self.dice.chance(hides) {
            // A reason written a moment before it is needed.
            self.write(t, customer, Action::Create, On::FollowUp);
        }
        if self.view(t + 20_000, customer, On::Customer) && self.dice.chance(0.3) {
            self.reveal(t + 35_000, customer);
        }
    }

    /// Own customers and the branch's: what the role may read.
    fn scope(&mut self, n: u32) -> Vec<u32> {
        let person = &self.world.people[self.who as usize];
        let mut scope = person.own.clone();
        let branch = self.world.departments[person.department].branch;
        match person.duty {
            Duty::Manager => {
                let department = person.department;
                scope = (0u32..)
                    .zip(&self.world.customers)
                    .filter(|(_, c)| self.world.departments[c.department].line.contains(&department))
                    .map(|(i, _)| i)
                    .collect();
            }
            _ => {
                let own = scope.len();
                let rest = self.world.of_branch.get(branch).cloned().unwrap_or_default();
                // Mostly what is their own, then the pool and the colleagues beside them.
                scope.extend(rest.into_iter().filter(|c| self.world.customers[*c as usize].owner != Some(self.who)));
                scope.truncate((n as usize).max(own));
            }
        }
        scope.truncate(n as usize);
        scope
    }

    fn takes_all(&mut self, n: u32) {
        let start = self.when();
        let scope = self.scope(n);
        for (look, customer) in scope.iter().enumerate() {
            let look = u32::try_from(look).unwrap_or(0);
            let t = (start + look * 14_000).min(86_000_000);
            self.view(t, *customer, On::Customer);
            if self.dice.chance(0.15) {
                self.reveal(t + 6_000, *customer);
            }
        }
        if self.dice.chance(0.5) {
            self.export((start + 3_000_000).min(86_000_000), &scope, false);
        }
    }

    fn pages(&mut self, n: u32) {
        let start = self.when();
        let scope = self.scope(n);
        let size = if self.dice.chance(0.5) { 50 } else { 20 };
        for (page, chunk) in scope.chunks(size).enumerate() {
            let page = u32::try_from(page).unwrap_or(0);
            self.list((start + page * 9_000).min(86_000_000), chunk, Some(page + 1), false);
        }
    }

    fn looks_at_vips(&mut self, n: u32) {
        let vips: Vec<u32> = (0u32..)
            .zip(&self.world.customers)
            .filter(|(i, c)| {
                c.vip
                    && self.facts.may_read(self.world, self.who, *i, self.day)
                    && !self.facts.explain(self.world, self.who, *i, self.day).is_explained()
            })
            .map(|(i, _)| i)
            .collect();
        let Some(who) = self.dice.pick(&vips).copied() else { return };
        let t = self.when();
        for look in 0..n {
            let of =
                if look == 0 || self.dice.chance(0.6) { who } else { self.dice.pick(&vips).copied().unwrap_or(who) };
            self.view(t + look * 120_000, of, On::Customer);
            if self.dice.chance(0.6) {
                self.reveal(t + look * 120_000 + 20_000, of);
            }
        }
    }

    /// The first is refused; the second opens the same at the first one's device.
    fn through_another(&mut self, turn: usize, other: Option<u32>, n: u32) {
        let Some(other) = other else { return };
        let mut shared = Dice::of(
            self.world.settings.seed,
            70 + u64::from(self.who.min(other)),
            u64::try_from(self.day).unwrap_or(0),
        );
        let start = shared.int(9 * 60, 17 * 60) * 60_000;
        // Of the branch of the second, where the first may not look.
        let second = if turn == 0 { other } else { self.who };
        let branch = self.world.departments[self.world.people[second as usize].department].branch;
        let all = self.world.of_branch.get(branch).cloned().unwrap_or_default();
        if turn == 1 {
            self.seat.device = self.world.people[other as usize].device;
            let office = self.world.departments[self.world.people[other as usize].department].office;
            self.seat.network = crate::sim::office(office);
        }
        for look in 0..n {
            let Some(customer) = shared.pick(&all).copied() else { break };
            let t = start + look * 60_000 + if turn == 0 { 0 } else { 600_000 };
            self.view(t, customer, On::Customer);
        }
    }

    fn has_handed_over(&mut self, n: u32) {
        let start = self.when();
        let mut handed = vec![];
        for look in 0..n {
            let Some(customer) = self.neighbour_customer() else { continue };
            self.write(start + look * 3_000, customer, Action::Transfer, On::Customer);
            self.facts.link(self.who, customer, Explanation::Handover, self.day + 20);
            handed.push(customer);
        }
        for (look, customer) in handed.iter().enumerate() {
            let look = u32::try_from(look).unwrap_or(0);
            let t = start + 400_000 + look * 15_000;
            self.view(t, *customer, On::Customer);
            if self.dice.chance(0.6) {
                self.reveal(t + 6_000, *customer);
            }
        }
        let t = start + 2_400_000;
        self.export(t, &handed, false);
    }

    fn widens(&mut self, n: u32) {
        let me = self.world.people[self.who as usize].id.to_string();
        let start = self.when();
        self.administer(start, Action::RoleAssign, me);
        for look in 0..n {
            let customer = self.any_customer();
            // What the new role shows has no reason on record; it ends with the day.
            self.view_by_role(start + 120_000 + look * 25_000, customer);
        }
    }

    fn view_by_role(&mut self, t: u32, customer: u32) {
        let before = self.drafts.len();
        self.view(t, customer, On::Customer);
        if let Some(draft) = self.drafts.get_mut(before) {
            draft.decision = model::Decision::Allowed;
            for s in &mut draft.shown {
                s.personal = 3;
            }
        }
    }
}
