//! One situation, decided by the policy proposed, and where it says something else than was recorded, by the policy of then too.

use std::cell::Cell;
use std::collections::HashSet;
use std::sync::Arc;

use model::action::On;
use model::{Action, Decision, Disclosure, FieldLevel, FieldName, ObjectName, StoredRow};

use super::facts::{Facts, PastRequest, known};
use super::sides::{Side, Sides};
use crate::engine::filter::{Filter, Term};
use crate::engine::predicate::{Predicate, Test};
use crate::engine::rights::Rights;
use crate::engine::schema::{LEVELS, Manner, manner};

/// Why it cannot be told what the proposed policy would have said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// What the person was then: the picture of the company was not kept yet.
    Person,
    /// The policy of then cannot be asked any more, or the object type is gone.
    Policy,
    /// Which record it was, or whose it was then.
    Record,
    /// Who took part in the record then, and to whom it was shared.
    Relation,
    /// What the record's fields held then.
    Fields,
    /// The working hours, or what had been counted.
    Request,
    /// What is known does not give what was decided then.
    Unlike,
    /// The event's retention has ended, or it was altered.
    Dropped,
}

impl Missing {
    pub const ALL: [Missing; 8] = [
        Missing::Person,
        Missing::Policy,
        Missing::Record,
        Missing::Relation,
        Missing::Fields,
        Missing::Request,
        Missing::Unlike,
        Missing::Dropped,
    ];
    pub const fn as_str(self) -> &'static str {
        match self {
            Missing::Person => "person",
            Missing::Policy => "policy",
            Missing::Record => "record",
            Missing::Relation => "relation",
            Missing::Fields => "fields",
            Missing::Request => "request",
            Missing::Unlike => "unlike",
            Missing::Dropped => "dropped",
        }
    }
}

/// What the proposed policy would have done with a past access.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Same,
    /// It was allowed and would be refused. By the forbids that would stand against it, else by the rules that permitted it.
    Refused(Vec<Arc<str>>),
    /// It was refused and would be allowed, by these rules.
    Allowed(Vec<Arc<str>>),
    /// Still allowed, with other fields.
    Fields {
        /// Shown in the clear then, masked now.
        masked: Vec<FieldName>,
        /// Seen then, not there now.
        hidden: Vec<FieldName>,
        /// Masked or not there then, and now shown further.
        shown: Vec<FieldName>,
    },
    Untold(Missing),
}

/// A past access to one record, or to none.
pub(super) struct Situation<'a> {
    /// Shapes of those who acted.
    pub shapes: &'a [usize],
    pub action: Action,
    pub object: Option<&'a ObjectName>,
    pub decision: Decision,
    pub version: u64,
    pub rules: &'a [String],
    pub request: &'a PastRequest,
    pub trained: bool,
    /// What was told of the record; `None` where none was touched.
    pub disclosure: Option<&'a Disclosure>,
    pub row: Option<&'a StoredRow>,
}

/// Whether a decision was made that can be made again: what met another change, or failed, was decided by no policy.
pub(super) fn decided(decision: Decision) -> Option<bool> {
    match decision {
        Decision::Allowed | Decision::Intent => Some(true),
        Decision::Refused => Some(false),
        Decision::Conflict | Decision::Unknown | Decision::Failed => None,
    }
}

type Answer = Result<Option<bool>, Missing>;

impl Situation<'_> {
    pub(super) fn judge(&self, sides: &mut Sides) -> Outcome {
        match self.judged(sides) {
            Ok(outcome) => outcome,
            Err(missing) => Outcome::Untold(missing),
        }
    }

    fn allowed(&self) -> bool {
        decided(self.decision) == Some(true)
    }

    fn judged(&self, sides: &mut Sides) -> Result<Outcome, Missing> {
        // A token cannot do more than it was made for, whatever its owner may.
        if !self.allowed() && self.rules.iter().any(|r| r == "token.actions") {
            return Ok(Outcome::Same);
        }
        let missing = Cell::new(None);
        let proposed = self.passes(sides, Side::Proposed, &missing)?;
        let Some(proposed) = proposed else { return Err(missing.get().unwrap_or(Missing::Record)) };
        if proposed == self.allowed() {
            return if proposed { self.fields(sides) } else { Ok(Outcome::Same) };
        }
        // Another answer than was given: believed only where the policy of then, asked by the same facts, gives the one that was.
        let missing = Cell::new(None);
        let then = self.passes(sides, Side::Then(self.version), &missing)?;
        match (self.allowed(), then) {
            (true, Some(false)) => Err(Missing::Unlike),
            (true, _) => Ok(Outcome::Refused(self.against(sides))),
            // Refused by something else than the policy: a wrong field, a response, a missing record. It would be so again.
            (false, Some(true)) => Ok(Outcome::Same),
            (false, Some(false)) => Ok(Outcome::Allowed(self.by(sides, false))),
            (false, None) => Err(missing.get().unwrap_or(Missing::Record)),
        }
    }

    fn facts<'b>(&'b self, principal: usize, missing: &'b Cell<Option<Missing>>) -> Facts<'b> {
        Facts {
            request: self.request,
            trained: self.trained,
            disclosure: self.disclosure,
            row: self.row,
            principal,
            missing,
        }
    }

    /// Whether the policy lets it pass, for all who acted.
    fn passes(&self, sides: &mut Sides, side: Side, missing: &Cell<Option<Missing>>) -> Answer {
        let mut all = Some(true);
        for (n, shape) in self.shapes.iter().enumerate() {
            let facts = self.facts(n, missing);
            let one = match (self.action.on(), self.object) {
                (On::Record, Some(object)) => {
                    let rights = sides.rights(side, *shape, object)?;
                    let filter = rights.filter(self.action);
                    match self.disclosure {
                        // A filter that lets nothing pass refused it before there was a record.
                        Some(_) if admits(filter, &facts) == Some(false) => Some(false),
                        Some(_) => {
                            let unchanged = sides.unchanged(self.version);
                            let anchor = self.anchor(sides, *shape, object, unchanged.as_deref());
                            passes(filter, &facts, &anchor)
                        }
                        None => admits(filter, &facts),
                    }
                }
                _ => duty(&sides.duty(side, *shape, self.action)?, &facts),
            };
            match one {
                Some(false) => return Ok(Some(false)),
                Some(true) => {}
                None => all = None,
            }
        }
        Ok(all)
    }

    /// What is known of a rule that says the same in both policies: whether it held is on record.
    fn anchor(
        &self,
        sides: &mut Sides,
        shape: usize,
        object: &ObjectName,
        unchanged: Option<&HashSet<Arc<str>>>,
    ) -> impl Fn(&Term, bool) -> Option<bool> {
        let single = self.shapes.len() == 1;
        let told: HashSet<String> = self.disclosure.map(|d| d.rules.iter().cloned().collect()).unwrap_or_default();
        // Rules of an answer about many are those that may have held: that one is not among them is certain, the other is not.
        let certain = self.disclosure.is_some_and(|d| d.relation.is_some());
        let same: HashSet<Arc<str>> = unchanged.filter(|_| single).cloned().unwrap_or_default();
        // Of a look at nothing it is known that nothing permitted it, if nothing forbade it.
        let unseen = !self.allowed() && self.action == Action::View && self.rules.is_empty() && single && {
            let nowhere = Cell::new(None);
            let facts = self.facts(0, &nowhere);
            let answer = |t: &Test| facts.answer(t);
            sides.rights(Side::Then(self.version), shape, object).is_ok_and(|rights| {
                rights.filter(self.action).forbids.iter().all(|t| known(&t.when, &answer) == Some(false))
            })
        };
        let allowed = self.allowed();
        move |term, permit| {
            if !same.contains(&term.rule) {
                return None;
            }
            match (allowed, permit) {
                (true, true) if told.is_empty() => None,
                (true, true) if told.contains(&*term.rule) => certain.then_some(true),
                (true, _) => Some(false),
                (false, true) => unseen.then_some(false),
                (false, false) => None,
            }
        }
    }

    /// What stands against it in the proposed policy: forbids; else the rules that permitted it then.
    fn against(&self, sides: &mut Sides) -> Vec<Arc<str>> {
        let forbids = self.by(sides, true);
        if !forbids.is_empty() {
            return forbids;
        }
        let told = self.disclosure.map_or(self.rules, |d| d.rules.as_slice());
        let permitted: Vec<Arc<str>> = told.iter().map(|r| Arc::from(r.as_str())).collect();
        if !permitted.is_empty() {
            return permitted;
        }
        self.fired(sides, Side::Then(self.version), false)
    }

    fn by(&self, sides: &mut Sides, forbids: bool) -> Vec<Arc<str>> {
        self.fired(sides, Side::Proposed, forbids)
    }

    /// Rules that hold, as far as is known.
    fn fired(&self, sides: &mut Sides, side: Side, forbids: bool) -> Vec<Arc<str>> {
        let missing = Cell::new(None);
        let mut found: Vec<Arc<str>> = vec![];
        for (n, shape) in self.shapes.iter().enumerate() {
            let facts = self.facts(n, &missing);
            let filter = match (self.action.on(), self.object) {
                (On::Record, Some(object)) => {
                    sides.rights(side, *shape, object).map(|rights| rights.filter(self.action).clone())
                }
                _ => sides.duty(side, *shape, self.action),
            };
            let Ok(filter) = filter else { continue };
            let terms = if forbids { &filter.forbids } else { &filter.permits };
            let holds = |t: &&Term| match self.disclosure {
                Some(_) => known(&t.when, &|test| facts.answer(test)) == Some(true),
                None => t.when.fold(&|test| facts.answer_request(test)) != Predicate::False,
            };
            found.extend(terms.iter().filter(holds).map(|t| t.rule.clone()));
        }
        found.sort();
        found.dedup();
        found
    }

    /// What it would have shown otherwise, though it would have been allowed.
    fn fields(&self, sides: &mut Sides) -> Result<Outcome, Missing> {
        let (Some(disclosure), Some(object)) = (self.disclosure, self.object) else { return Ok(Outcome::Same) };
        let mut differing: Vec<FieldName> = vec![];
        for shape in self.shapes {
            differing.extend(sides.differing(self.version, *shape, object)?.iter().cloned());
        }
        differing.sort();
        differing.dedup();
        let definition = sides.proposed().object(object).cloned();
        let field = |name: &FieldName| definition.as_ref().and_then(|o| o.field(name.as_str()));
        let (mut masked, mut hidden, mut shown) = (vec![], vec![], vec![]);
        for name in differing {
            let was_shown = disclosure.shown.contains(&name);
            let was_masked = disclosure.masked.contains(&name);
            // What a page did not ask for is not known to have been missed; who opens a record asks for all of it.
            let all = self.action == Action::View && field(&name).is_some_and(|f| !f.kind.is_beside());
            if !was_shown && !was_masked && !all {
                continue;
            }
            let now = self.level(sides, Side::Proposed, object, &name)?;
            let then = self.level(sides, Side::Then(self.version), object, &name)?;
            let writes = manner(self.action) == Manner::Write;
            // What the house keeps needs no right on the field from who acts.
            if writes && field(&name).is_none_or(|f| f.kept) {
                continue;
            }
            match (then, now) {
                (then, now) if then == now => {}
                (FieldLevel::Editable, _) if was_shown && writes => return Ok(Outcome::Refused(self.against(sides))),
                _ if writes => {}
                (FieldLevel::ReadOnly | FieldLevel::Editable, FieldLevel::Masked) if was_shown => masked.push(name),
                (FieldLevel::Hidden, FieldLevel::Hidden) => {}
                (then, FieldLevel::Hidden) if then > FieldLevel::Hidden && (was_shown || was_masked) => {
                    hidden.push(name)
                }
                (FieldLevel::Masked, now) if was_masked && now > FieldLevel::Masked => shown.push(name),
                (FieldLevel::Hidden, _) if !was_shown && !was_masked => shown.push(name),
                _ => {}
            }
        }
        if masked.is_empty() && hidden.is_empty() && shown.is_empty() {
            return Ok(Outcome::Same);
        }
        Ok(Outcome::Fields { masked, hidden, shown })
    }

    /// The level of a field, the lower of all who acted.
    fn level(
        &self,
        sides: &mut Sides,
        side: Side,
        object: &ObjectName,
        name: &FieldName,
    ) -> Result<FieldLevel, Missing> {
        let mut least = FieldLevel::Editable;
        for (n, shape) in self.shapes.iter().enumerate() {
            let missing = Cell::new(None);
            let rights = sides.rights(side, *shape, object)?;
            let one = level(&rights, name, &self.facts(n, &missing));
            least = least.min(one.ok_or_else(|| missing.get().unwrap_or(Missing::Record))?);
        }
        Ok(least)
    }
}

fn level(rights: &Rights, name: &FieldName, facts: &Facts<'_>) -> Option<FieldLevel> {
    let mut best = FieldLevel::Hidden;
    for level in LEVELS {
        match passes(rights.field(name.as_str(), level), facts, &|_: &Term, _: bool| None) {
            Some(true) => best = level,
            Some(false) => break,
            None => return None,
        }
    }
    Some(best)
}

/// Whether a filter lets a record pass.
fn passes(filter: &Filter, facts: &Facts<'_>, anchor: &dyn Fn(&Term, bool) -> Option<bool>) -> Option<bool> {
    let holds = |term: &Term, permit| known(&term.when, &|test| facts.answer(test)).or_else(|| anchor(term, permit));
    combined(filter.forbids.iter().map(|t| holds(t, false)), filter.permits.iter().map(|t| holds(t, true)))
}

/// Default deny, and a forbid beats every permit, with terms of which it is not known whether they hold.
fn combined(forbids: impl Iterator<Item = Option<bool>>, permits: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut free = true;
    for forbid in forbids {
        match forbid {
            Some(true) => return Some(false),
            Some(false) => {}
            None => free = false,
        }
    }
    let mut none = true;
    for permit in permits {
        match permit {
            Some(true) if free => return Some(true),
            Some(true) | None => none = false,
            Some(false) => {}
        }
    }
    none.then_some(false)
}

/// Whether an operation would be admitted at all, before there is a record.
fn admits(filter: &Filter, facts: &Facts<'_>) -> Option<bool> {
    let left = |t: &Term| t.when.fold(&|test| facts.answer_request(test));
    // What is left to be asked of a record lets the operation begin, and does not forbid it yet.
    let permits = |p: Predicate| match p {
        Predicate::True => Some(true),
        Predicate::False => Some(false),
        p if p.request_tests().is_empty() => Some(true),
        _ => None,
    };
    let forbids = |p: Predicate| match p {
        Predicate::True => Some(true),
        p if p.request_tests().is_empty() => Some(false),
        _ => None,
    };
    combined(filter.forbids.iter().map(|t| forbids(left(t))), filter.permits.iter().map(|t| permits(left(t))))
}

/// An administrative duty has no record: a term that would ask something of one does not permit, and forbids.
fn duty(filter: &Filter, facts: &Facts<'_>) -> Option<bool> {
    let left = |t: &Term| t.when.fold(&|test| facts.answer_request(test));
    let whole = |p: Predicate, asks_of_record: bool| match p {
        Predicate::True => Some(true),
        Predicate::False => Some(false),
        p if p.request_tests().is_empty() => Some(asks_of_record),
        _ => None,
    };
    combined(filter.forbids.iter().map(|t| whole(left(t), true)), filter.permits.iter().map(|t| whole(left(t), false)))
}
