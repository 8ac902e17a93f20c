//! Going over the past, access by access.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use model::action::On;
use model::{Action, Decision, Directory, Disclosure, ObjectName, RecordId, UnixMs, UserId};

use super::facts::{PastEvent, PastTouch};
use super::judge::{Missing, Outcome, Situation, decided};
use super::lens::{Lens, Seen};
use super::sides::{Side, Sides};
use super::tally::{Tally, Totals};
use crate::engine::Compiled;
use crate::engine::predicate::{Predicate, Test};

/// Situations that are remembered; beyond, each is decided anew.
const MOST_KNOWN: usize = 2_000_000;

/// What makes two accesses one situation.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    shapes: [Option<usize>; 2],
    action: Action,
    object: usize,
    decision: Decision,
    version: u64,
    request: usize,
    disclosure: usize,
    rules: usize,
    /// Where the record's own columns matter.
    row: Option<(RecordId, i64)>,
}

/// Gives equal things one number.
struct Numbers<T>(HashMap<T, usize>);

impl<T: std::hash::Hash + Eq> Numbers<T> {
    fn of<Q>(&mut self, thing: &Q) -> usize
    where
        T: Borrow<Q>,
        Q: std::hash::Hash + Eq + ToOwned<Owned = T> + ?Sized,
    {
        if let Some(known) = self.0.get(thing) {
            return *known;
        }
        let next = self.0.len();
        self.0.insert(thing.to_owned(), next);
        next
    }
}

/// A replay under way.
pub struct Replay {
    sides: Sides,
    lens: Lens,
    /// The proposed policy asks for what records hold.
    asks_fields: bool,
    objects: Numbers<ObjectName>,
    requests: HashMap<Seen, usize>,
    disclosures: Numbers<Disclosure>,
    rules: Numbers<Vec<String>>,
    known: HashMap<Key, Arc<Outcome>>,
    tally: Tally,
}

impl Replay {
    /// A replay of a policy that is proposed.
    pub fn new(proposed: Arc<Compiled>) -> Self {
        let mut lens = Lens::default();
        lens.add(&proposed);
        let asks_fields = proposed.rules().iter().any(|rule| rule.source.condition.as_ref().is_some_and(asks_fields));
        Self {
            sides: Sides::new(proposed),
            lens,
            asks_fields,
            objects: Numbers(HashMap::new()),
            requests: HashMap::new(),
            disclosures: Numbers(HashMap::new()),
            rules: Numbers(HashMap::new()),
            known: HashMap::new(),
            tally: Tally::default(),
        }
    }

    /// Whether what records hold matters beyond whose they are: then touches should come with their rows where those have not
    /// changed since.
    pub fn asks_fields(&self) -> bool {
        self.asks_fields
    }

    /// Whether this version of the policy has to be handed over before its events are.
    pub fn needs_version(&self, version: u64) -> bool {
        !self.sides.has_version(version)
    }

    /// A policy of then; `None` for one that cannot be compiled any more.
    pub fn add_version(&mut self, version: u64, compiled: Option<Arc<Compiled>>) {
        if let Some(compiled) = &compiled {
            self.lens.add(compiled);
        }
        self.sides.add_version(version, compiled);
    }

    /// A picture of the company; gives its number.
    pub fn add_picture(&mut self, directory: Arc<Directory>) -> usize {
        self.sides.add_picture(directory)
    }

    /// What came of it so far.
    pub fn totals(&self) -> &Totals {
        &self.tally.totals
    }

    /// An event that cannot be read any more: so many accesses.
    pub fn skip(&mut self, accesses: u64) {
        for _ in 0..accesses.max(1) {
            self.tally.untold(Missing::Dropped);
        }
    }

    /// Decides events again, in their order.
    pub fn steps<E: Borrow<PastEvent>>(&mut self, events: &[E]) {
        let mut wanted = HashSet::new();
        for event in events.iter().map(Borrow::borrow) {
            let Some(object) = event.object.as_ref().filter(|_| event.action.on() == On::Record) else { continue };
            if decided(event.decision).is_none() || event.touches.is_empty() {
                continue;
            }
            for shape in self.people(event).map(|(shapes, _)| shapes).unwrap_or_default() {
                // Fields are compared with those of then, wherever the proposed policy lets pass what was let pass.
                for side in [Side::Proposed, Side::Then(event.version)] {
                    wanted.insert((side, shape, object.clone()));
                }
            }
        }
        self.sides.work_out(wanted);
        events.iter().for_each(|event| self.step(event.borrow()));
    }

    /// Decides one event again: each record it touched, or the act where it touched none. What needs no permission is passed over.
    pub(super) fn step(&mut self, event: &PastEvent) {
        if event.action.on() == On::Session || decided(event.decision).is_none() {
            return;
        }
        let object = event.object.as_ref().filter(|_| event.action.on() == On::Record);
        if event.action.on() == On::Record && object.is_none() {
            return;
        }
        let on_record = object.is_some() && !event.touches.is_empty();
        let accesses = if on_record { event.touches.len() } else { 1 };
        let Some((shapes, trained)) = self.people(event) else {
            for _ in 0..accesses {
                self.tally.untold(Missing::Person);
            }
            return;
        };
        let request = self.lens.see(&event.request, trained);
        let next = self.requests.len();
        let mut key = Key {
            shapes: [shapes.first().copied(), shapes.get(1).copied()],
            action: event.action,
            object: object.map_or(usize::MAX, |o| self.objects.of(o)),
            decision: event.decision,
            version: event.version,
            request: *self.requests.entry(request).or_insert(next),
            disclosure: usize::MAX,
            rules: self.rules.of(&event.rules),
            row: None,
        };
        if !on_record {
            let outcome = self.outcome(key, event, &shapes, trained, None);
            // That it would be admitted says nothing of the records that it did not name.
            if *outcome == Outcome::Same && event.counted {
                return self.tally.untold(Missing::Record);
            }
            return self.tally.add(event, None, None, &outcome);
        }
        // Facts of a disclosure are told apart, its reason is not asked by any rule.
        let numbers: Vec<usize> =
            event.disclosures.iter().map(|d| self.disclosures.of(&Disclosure { reason: None, ..d.clone() })).collect();
        for touch in &event.touches {
            let disclosure = event.disclosures.get(touch.disclosure);
            // Made by a rule of the house along with the act: nobody asked whether somebody may.
            if decided(event.decision) == Some(true)
                && disclosure.is_some_and(|d| d.relation.is_none() && d.reason.is_none())
                && event.version != 0
                && disclosure.is_some_and(|d| !d.rules.is_empty())
                && event.disclosures.iter().any(|d| d.relation.is_some())
            {
                continue;
            }
            key.disclosure = numbers.get(touch.disclosure).copied().unwrap_or(usize::MAX);
            key.row = touch.row.as_ref().map(|row| (row.id, row.version));
            let outcome = self.outcome(key, event, &shapes, trained, Some(touch));
            let explained = disclosure.and_then(|d| d.reason).map(|reason| reason.is_explained());
            self.tally.add(event, touch.customer, explained, &outcome);
        }
    }

    fn outcome(
        &mut self,
        key: Key,
        event: &PastEvent,
        shapes: &[usize],
        trained: bool,
        touch: Option<&PastTouch>,
    ) -> Arc<Outcome> {
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        self.tally.totals.situations += 1;
        let nothing = Disclosure::default();
        let situation = Situation {
            shapes,
            action: event.action,
            object: event.object.as_ref(),
            decision: event.decision,
            version: event.version,
            rules: &event.rules,
            request: &event.request,
            trained,
            disclosure: touch.map(|t| event.disclosures.get(t.disclosure).unwrap_or(&nothing)),
            row: touch.and_then(|t| t.row.as_deref()),
        };
        let outcome = Arc::new(situation.judge(&mut self.sides));
        if self.known.len() < MOST_KNOWN {
            self.known.insert(key, Arc::clone(&outcome));
        }
        outcome
    }

    /// The shapes of those who acted, and whether the first one's training was current; `None` where one is not known.
    fn people(&mut self, event: &PastEvent) -> Option<(Vec<usize>, bool)> {
        let picture = event.picture?;
        let trained = |user: &UserId, at: UnixMs| {
            let known = self.sides.directory(picture).and_then(|d| d.user(*user));
            known.and_then(|u| u.trained_until).is_some_and(|t| at < t)
        };
        let trained = trained(event.users.first()?, event.request.at);
        let shapes: Option<Vec<usize>> = event.users.iter().map(|user| self.sides.shape(picture, *user)).collect();
        Some((shapes?, trained))
    }
}

fn asks_fields(p: &Predicate) -> bool {
    match p {
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().any(asks_fields),
        Predicate::Not(inner) => asks_fields(inner),
        Predicate::Test(t) => matches!(t, Test::Field { .. } | Test::CreatedAt(..) | Test::UpdatedAt(..)),
        _ => false,
    }
}
