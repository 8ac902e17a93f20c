//! One person: what they did, what they are doing today, and how unusual it is.

use std::collections::VecDeque;

use model::{Action, Decision, EventId};
use serde::{Deserialize, Serialize};

use super::measure::{COUNT, Measure, Reading, Scores};
use super::peers::{Day, Exact, Peers, Prior, Sums, decay, fixed};
use super::tail::surprise;
use super::touched::{KINDS, Touched};
use crate::flat::{id_key, is_foreign};
use crate::key::{Key, mix};
use crate::observation::Observation;

/// Days of peers a person's own days are weighed against.
const OWN: f64 = 4.0;
/// Days after which a person's own days say how far they stray.
const KNOWN: f64 = 5.0;
/// How much more a newcomer strays from the peers' mean than somebody known does from their own.
const NEWCOMER: f64 = 0.5;
/// Active days the slow measure looks back.
const LOOK_BACK: usize = 14;
/// Events kept as evidence for each measure of a day.
const EVIDENCE: usize = 12;
/// Networks, devices and departments remembered for each person.
const HABITS: usize = 32;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct User {
    first: i32,
    /// The last day with an act, before today or today.
    pub(super) last: i32,
    /// House, role, department and role.
    levels: [Key; 3],
    /// Days and counts with decay, for working days and days off.
    days: [Exact; 2],
    sums: [[Exact; COUNT]; 2],
    hours: [[Exact; 24]; 2],
    decayed: i32,
    /// Unexplained customers of the last active days, and what was expected of the peers.
    slow: VecDeque<(u32, Exact)>,
    departments: Vec<(u64, i32)>,
    networks: Vec<(u64, i32)>,
    devices: Vec<(u64, i32)>,
    /// Active days, and those with a new network or device, with decay.
    active: Exact,
    moved: Exact,
    pub(super) today: Today,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Today {
    day: i32,
    dormant: u32,
    counts: [u32; COUNT],
    touched: Touched,
    /// Bit for each hour with an act.
    hours: u32,
    moved: bool,
    /// Computed with the first event of the day that needs it.
    expected: [Option<Cached>; COUNT],
    pub(super) evidence: Vec<VecDeque<EventId>>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Cached {
    mean: Exact,
    alpha: Exact,
    peers: Exact,
    /// The score of `at`, good until `next`.
    at: u32,
    next: u32,
    score: Exact,
}

/// What the five kinds of looking are counted as.
const KIND: [Measure; KINDS] =
    [Measure::Customers, Measure::Unexplained, Measure::Refused, Measure::OffHours, Measure::Vip];

fn levels(of: &Observation) -> [Key; 3] {
    let kind = Key(of.actor.kind as u64, 0x686f_7573);
    let mut roles: Vec<&str> = of.actor.roles.iter().map(String::as_str).collect();
    roles.sort_unstable();
    let role = roles.iter().fold(kind.and(1), |key, role| key.with(Key::of_bytes(role.as_bytes())));
    [kind, role, role.and(2).with(of.actor.department.map_or(Key(0, 0), |d| id_key(d.0)))]
}

impl User {
    /// Bytes it holds, about.
    pub(super) fn bytes(&self) -> usize {
        size_of::<User>()
            + (self.departments.capacity() + self.networks.capacity() + self.devices.capacity()) * 16
            + self.slow.capacity() * 16
            + self.today.touched.bytes()
            + self.today.evidence.iter().map(|e| 32 + e.capacity() * 16).sum::<usize>()
    }

    pub(super) fn new(day: i32) -> User {
        User {
            first: day,
            last: day,
            levels: [Key(0, 0); 3],
            days: Default::default(),
            sums: Default::default(),
            hours: Default::default(),
            decayed: day,
            slow: VecDeque::new(),
            departments: Vec::new(),
            networks: Vec::new(),
            devices: Vec::new(),
            active: Exact(0.0),
            moved: Exact(0.0),
            today: Today { day, ..Today::default() },
        }
    }

    pub(super) fn observe(&mut self, of: &Observation, day: i32, workday: bool, peers: &Peers) -> Scores {
        if self.today.day != day {
            self.today = Today { day, dormant: u32::try_from(day - self.last).unwrap_or(0), ..Today::default() };
        }
        self.last = day;
        self.levels = levels(of);
        let mut scores = Scores {
            dormant_days: self.today.dormant,
            known_days: u32::try_from(day - self.first).unwrap_or(0),
            ..Scores::default()
        };
        self.sources(of, day, &mut scores);
        self.hour(of, workday, peers, &mut scores);
        let before = self.today.counts;
        self.count(of, day);
        for measure in Measure::ALL {
            let i = measure.index();
            let (Some(now), Some(then)) = (self.today.counts.get(i).copied(), before.get(i).copied()) else { continue };
            if measure.is_count() && now > then {
                let reading = self.read(measure, now, workday, peers);
                scores.set(measure, reading);
                self.keep(measure, of.event);
            }
        }
        scores
    }

    fn keep(&mut self, measure: Measure, event: EventId) {
        let all = &mut self.today.evidence;
        if all.is_empty() {
            all.resize(COUNT, VecDeque::new());
        }
        if let Some(events) = all.get_mut(measure.index()) {
            if events.len() == EVIDENCE {
                events.pop_front();
            }
            events.push_back(event);
        }
    }

    /// Counts what the event adds to the day.
    fn count(&mut self, of: &Observation, day: i32) {
        let mut add = |measure: Measure, n: u32| {
            if let Some(count) = self.today.counts.get_mut(measure.index()) {
                *count = count.saturating_add(n);
            }
        };
        if of.decision == Decision::Refused {
            if of.seen.is_empty() {
                add(Measure::Refused, 1);
            }
        } else if of.decision == Decision::Allowed {
            add(Measure::Reveals, u32::from(of.action == Action::Reveal));
            add(Measure::Export, u32::try_from(of.rows.div_ceil(50)).unwrap_or(u32::MAX));
            add(Measure::Exact, u32::from(of.exact));
        } else {
            return;
        }
        let refused = of.decision == Decision::Refused;
        let mut kinds = [0_u32; KINDS];
        for (slot, measure) in kinds.iter_mut().zip(KIND) {
            *slot = self.today.counts.get(measure.index()).copied().unwrap_or(0);
        }
        for seen in &of.seen {
            let clear = seen.personal > 0 || seen.sensitive > 0 || !matches!(of.action, Action::List);
            let unexplained = !seen.explanation.is_explained();
            let bits = if refused {
                4
            } else if clear {
                1 | u8::from(unexplained) << 1
                    | u8::from(!of.local.working_hours) << 3
                    | u8::from(seen.vip && unexplained) << 4
            } else {
                continue;
            };
            // Decoys have customers of their own: they are counted like any.
            let (a, b) = seen.customer.0.as_u64_pair();
            self.today.touched.mark(mix(a ^ b.rotate_left(31)), bits, &mut kinds);
            if !refused
                && is_foreign(of, seen)
                && let Some(department) = seen.department
            {
                let key = id_key(department.0).0;
                if remember(&mut self.departments, key, day)
                    && let Some(count) = self.today.counts.get_mut(Measure::Departments.index())
                {
                    *count += 1;
                }
            }
        }
        for (n, measure) in kinds.into_iter().zip(KIND) {
            if let Some(count) = self.today.counts.get_mut(measure.index()) {
                *count = n;
            }
        }
        let unexplained = self.today.counts.get(Measure::Unexplained.index()).copied().unwrap_or(0);
        let past: u32 = self.slow.iter().map(|(n, _)| *n).sum();
        if let Some(count) = self.today.counts.get_mut(Measure::Slow.index())
            && unexplained > 0
        {
            *count = past.saturating_add(unexplained);
        }
    }

    /// What is expected of this person on such a day.
    fn expect(&self, measure: Measure, workday: bool, peers: &Peers) -> Cached {
        let class = usize::from(!workday);
        let Prior { mean: group, alpha, surge } = peers.prior(&self.levels, measure, workday);
        let (mean, alpha, expected) = if measure == Measure::Slow {
            let today = peers.prior(&self.levels, Measure::Unexplained, workday);
            let past: f64 = self.slow.iter().map(|(_, expected)| expected.0).sum();
            let mean = past + today.mean * today.surge;
            (mean, alpha, mean)
        } else {
            let n = self.days.get(class).map_or(0.0, |n| n.0);
            let sum = self.sums.get(class).and_then(|s| s.get(measure.index())).map_or(0.0, |s| s.0);
            let mean = (OWN * group + sum) / (OWN + n) * surge;
            // What is not known yet of somebody fades quickly with the days that are known.
            let unknown = OWN / (OWN + n);
            (mean, alpha + NEWCOMER * unknown * unknown, group * surge)
        };
        Cached { mean: Exact(mean), alpha: Exact(alpha), peers: Exact(expected), at: 0, next: 0, score: Exact(0.0) }
    }

    fn read(&mut self, measure: Measure, count: u32, workday: bool, peers: &Peers) -> Reading {
        let i = measure.index();
        let mut cached = match self.today.expected.get(i).copied().flatten() {
            Some(cached) => cached,
            None => self.expect(measure, workday, peers),
        };
        if count >= cached.next {
            cached.score = Exact(surprise(f64::from(count), cached.mean.0, cached.alpha.0));
            cached.at = count;
            // A count a thirtieth larger is as good as the same: an account that reads without end costs no more.
            cached.next = count.saturating_add((count / 32).max(1));
        }
        if let Some(slot) = self.today.expected.get_mut(i) {
            *slot = Some(cached);
        }
        Reading { score: cached.score.0, observed: f64::from(count), expected: cached.mean.0, peers: cached.peers.0 }
    }

    fn sources(&mut self, of: &Observation, day: i32, scores: &mut Scores) {
        let known = self.active.0 >= 1.0 || day > self.first;
        let network = of.source.network.as_deref().map(|n| Key::of_bytes(n.as_bytes()).0);
        let device = of.source.device.map(mix);
        let new_network = network.is_some_and(|n| remember(&mut self.networks, n, day));
        let new_device = device.is_some_and(|d| remember(&mut self.devices, d, day));
        // On a person's first day everything is new.
        scores.network_new = known && new_network;
        scores.device_new = known && new_device;
        if scores.network_new || scores.device_new {
            self.today.moved = true;
            let expected = (self.moved.0 + 0.5) / (self.active.0 + 5.0);
            let observed = f64::from(u8::from(new_network) + u8::from(new_device));
            scores.set(Measure::Source, Reading { score: -expected.min(1.0).log10(), observed, expected, peers: 0.1 });
            self.keep(Measure::Source, of.event);
        }
    }

    fn hour(&mut self, of: &Observation, workday: bool, peers: &Peers, scores: &mut Scores) {
        let hour = usize::from(of.local.minute / 60).min(23);
        let bit = 1_u32 << hour;
        if of.seen.is_empty() || of.decision != Decision::Allowed {
            return;
        }
        let first = self.today.hours & bit == 0;
        self.today.hours |= bit;
        if !first
            && self.today.expected.get(Measure::Hour.index()).copied().flatten().is_none_or(|c| c.at != hour as u32)
        {
            return;
        }
        // The neighbouring hours count too: nobody's evening ends on the hour.
        let class = usize::from(!workday);
        let n = self.days.get(class).map_or(0.0, |n| n.0);
        let own = |h: usize| self.hours.get(class).and_then(|hours| hours.get(h % 24)).map_or(0.0, |h| h.0);
        let near = [hour + 23, hour, hour + 1];
        let active = near.iter().map(|h| own(*h)).fold(0.0, f64::max);
        let group = near.iter().map(|h| peers.hour(&self.levels, h % 24, workday)).fold(0.0, f64::max);
        let expected = (OWN * group + active) / (OWN + n);
        let reading = Reading { score: -expected.clamp(1e-6, 1.0).log10(), observed: 1.0, expected, peers: group };
        if let Some(slot) = self.today.expected.get_mut(Measure::Hour.index()) {
            let exact = Exact(expected);
            *slot = Some(Cached {
                mean: exact,
                alpha: exact,
                peers: Exact(group),
                at: hour as u32,
                next: 0,
                score: Exact(reading.score),
            });
        }
        scores.set(Measure::Hour, reading);
        self.keep(Measure::Hour, of.event);
    }

    /// Learns from the day, and adds it to the peers'.
    pub(super) fn close(&mut self, day: i32, workday: bool, peers: &Peers, sums: &mut Day) {
        let class = usize::from(!workday);
        let acted = self.today.day == day && self.last == day;
        if self.today.day != day {
            self.today = Today { day, ..Today::default() };
        }
        let mut mine = Sums { people: 1, active: u64::from(acted), ..Sums::default() };
        for (hour, n) in mine.hours.iter_mut().enumerate() {
            *n = self.today.hours >> hour & 1;
        }
        // What was expected is computed before anything of the day is learnt.
        let known = self.days.get(class).is_some_and(|n| n.0 >= KNOWN);
        let mut learnt = [0.0; COUNT];
        let mut slow_expected = 0.0;
        for measure in Measure::ALL.into_iter().filter(|m| m.is_count()) {
            let i = measure.index();
            let count = self.today.counts.get(i).copied().unwrap_or(0);
            let cached =
                self.today.expected.get(i).copied().flatten().unwrap_or_else(|| self.expect(measure, workday, peers));
            if measure == Measure::Unexplained {
                slow_expected = cached.peers.0;
            }
            if measure == Measure::Slow && count == 0 {
                continue;
            }
            let (mean, alpha) = (cached.mean.0, cached.alpha.0);
            // A day far out is learnt as a day a little out: nobody teaches the baseline their own excess in one go.
            let most = mean + 6.0 * (mean + alpha * mean * mean).sqrt() + 2.0;
            let count = f64::from(count).min(most);
            if let Some(slot) = learnt.get_mut(i) {
                *slot = count;
            }
            if let Some(sum) = mine.by.get_mut(i) {
                sum.total = count.round() as u64;
                // How far people stray is learnt from those who are known: a newcomer strays from their peers.
                if measure == Measure::Slow || known {
                    sum.excess = fixed((count - mean) * (count - mean) - mean);
                    sum.square = fixed(mean * mean);
                }
            }
        }
        for key in self.levels {
            sums.groups.entry(key).or_default().add(&mine);
        }
        let keep = decay(day - self.decayed);
        self.decayed = day;
        self.days.iter_mut().for_each(|n| n.0 *= keep);
        self.sums.iter_mut().flatten().for_each(|n| n.0 *= keep);
        self.hours.iter_mut().flatten().for_each(|n| n.0 *= keep);
        self.active.0 *= keep;
        self.moved.0 *= keep;
        if let Some(n) = self.days.get_mut(class) {
            n.0 += 1.0;
        }
        if let Some(own) = self.sums.get_mut(class) {
            for (sum, count) in own.iter_mut().zip(learnt) {
                sum.0 += count;
            }
        }
        if let Some(own) = self.hours.get_mut(class) {
            for (hour, n) in own.iter_mut().zip(mine.hours) {
                hour.0 += f64::from(n);
            }
        }
        if acted {
            self.active.0 += 1.0;
            self.moved.0 += f64::from(u8::from(self.today.moved));
            let unexplained = self.today.counts.get(Measure::Unexplained.index()).copied().unwrap_or(0);
            if self.slow.len() >= LOOK_BACK - 1 {
                self.slow.pop_front();
            }
            self.slow.push_back((unexplained, Exact(slow_expected)));
        }
        // What only today needs is given back: most people are away most of the time.
        self.today.touched.clear();
        self.today.evidence = Vec::new();
    }
}

/// Whether this is new in a list of habits; the one not seen for longest makes room.
fn remember(habits: &mut Vec<(u64, i32)>, key: u64, day: i32) -> bool {
    if let Some(known) = habits.iter_mut().find(|(k, _)| *k == key) {
        known.1 = day;
        return false;
    }
    if habits.len() >= HABITS
        && let Some(oldest) = habits.iter().enumerate().min_by_key(|(i, (_, seen))| (*seen, *i)).map(|(i, _)| i)
    {
        habits.swap_remove(oldest);
    }
    habits.push((key, day));
    true
}
