//! What is known of a past access, and what tests answer by it: yes, no, or that it is not known.

use std::cell::Cell;
use std::net::IpAddr;
use std::sync::Arc;

use model::policy::Counter;
use model::{
    Action, Channel, Decision, DepartmentId, Disclosure, EventId, ObjectName, RecordId, Relation, StoredRow, UnixMs,
    UserId,
};

use super::judge::Missing;
use crate::engine::context::RequestTest;
use crate::engine::predicate::{Predicate, Test};

/// What rules could ask of a past request; `None` for what was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastRequest {
    pub at: UnixMs,
    pub mfa: bool,
    pub office_hours: Option<bool>,
    pub address: Option<IpAddr>,
    pub channel: Channel,
    pub purpose: bool,
    pub counters: Option<[u64; Counter::ALL.len()]>,
}

/// One record of a past access.
#[derive(Clone)]
pub struct PastTouch {
    /// `None` where the customer was erased.
    pub customer: Option<RecordId>,
    /// Which of the event's disclosures.
    pub disclosure: usize,
    /// The record, where it has not changed since: its own columns are as they were. Who takes part in it may not be.
    pub row: Option<Arc<StoredRow>>,
}

/// A past access, as its event tells it.
#[derive(Clone)]
pub struct PastEvent {
    pub id: EventId,
    /// Who acted; then the person they acted for, if somebody.
    pub users: Vec<UserId>,
    pub department: Option<DepartmentId>,
    /// Which of the pictures handed to [`super::Replay::add_picture`]; `None` where it is not known.
    pub picture: Option<usize>,
    pub action: Action,
    pub object: Option<ObjectName>,
    pub decision: Decision,
    /// The policy that decided.
    pub version: u64,
    /// Rules that decided, where no record was touched or it was refused.
    pub rules: Vec<String>,
    pub request: PastRequest,
    pub disclosures: Vec<Disclosure>,
    pub touches: Vec<PastTouch>,
    /// It showed records that it does not name: by the audit policy they were counted.
    pub counted: bool,
}

/// What tests of one principal are answered by.
pub(super) struct Facts<'a> {
    pub request: &'a PastRequest,
    /// Of the first principal, as the gate asks it.
    pub trained: bool,
    pub disclosure: Option<&'a Disclosure>,
    pub row: Option<&'a StoredRow>,
    /// 0 for who acted, 1 for whom.
    pub principal: usize,
    /// The first thing that was asked for and is not known.
    pub missing: &'a Cell<Option<Missing>>,
}

impl Facts<'_> {
    fn relation(&self) -> Option<Relation> {
        self.disclosure.and_then(|d| d.relation)
    }
    fn bit(&self, bit: u16) -> Option<bool> {
        self.relation().map(|r| r.has(self.principal, bit))
    }
    fn owner(&self) -> Option<Option<UserId>> {
        let kept =
            self.disclosure.and_then(|d| if self.relation().is_some() { Some(d.owner) } else { d.owner.map(Some) });
        kept.or_else(|| self.row.map(|row| row.owner))
    }
    fn department(&self) -> Option<Option<DepartmentId>> {
        let kept = self
            .disclosure
            .and_then(|d| if self.relation().is_some() { Some(d.department) } else { d.department.map(Some) });
        kept.or_else(|| self.row.map(|row| row.department))
    }

    fn asked(&self, test: &RequestTest) -> Option<bool> {
        let r = self.request;
        match test {
            RequestTest::OfficeHours => r.office_hours,
            RequestTest::Mfa => Some(r.mfa),
            RequestTest::Purpose => Some(r.purpose),
            RequestTest::Trained => Some(self.trained),
            RequestTest::Network(nets) => {
                Some(r.address.map(|a| a.to_canonical()).is_some_and(|a| nets.iter().any(|net| net.contains(&a))))
            }
            RequestTest::HasAddress => Some(r.address.is_some()),
            RequestTest::Channel(channels) => Some(channels.contains(&r.channel)),
            RequestTest::Below { counter, below } => {
                let at = Counter::ALL.iter().position(|c| c == counter)?;
                let count = r.counters.as_ref()?.get(at)?;
                Some(i64::try_from(*count).is_ok_and(|n| n < *below))
            }
            RequestTest::From(t) => Some(r.at >= *t),
            RequestTest::Until(t) => Some(r.at < *t),
        }
    }

    /// What a test answers; what is missing is noted.
    pub(super) fn answer(&self, test: &Test) -> Option<bool> {
        let (answer, missing) = match test {
            Test::Request(asked) => (self.asked(asked), Missing::Request),
            Test::OwnerIs(user) => (self.owner().map(|o| o == Some(*user)), Missing::Record),
            Test::OwnerIn(users) => {
                (self.owner().map(|o| o.is_some_and(|o| users.binary_search(&o).is_ok())), Missing::Record)
            }
            Test::DepartmentIn(list) => {
                (self.department().map(|d| d.is_some_and(|d| list.binary_search(&d).is_ok())), Missing::Record)
            }
            Test::Pool(pool) => {
                let kept = self.bit(Relation::POOL).or_else(|| self.row.map(|row| row.pool));
                (kept.map(|p| p == *pool), Missing::Record)
            }
            Test::Collaborator(_) => (self.bit(Relation::COLLABORATOR), Missing::Relation),
            Test::Viewer(_) => (self.bit(Relation::VIEWER), Missing::Relation),
            Test::SharedRead(to) if to.is_by_name() => (self.bit(Relation::SHARED_BY_NAME), Missing::Relation),
            Test::SharedRead(_) => (self.bit(Relation::SHARED_READ), Missing::Relation),
            Test::SharedEdit(_) => (self.bit(Relation::SHARED_EDIT), Missing::Relation),
            Test::CreatedAt(..) | Test::UpdatedAt(..) | Test::Field { .. } => {
                (self.row.map(|row| test.matches(row)), Missing::Fields)
            }
        };
        if answer.is_none() && self.missing.get().is_none() {
            self.missing.set(Some(missing));
        }
        answer
    }

    /// The same of the request alone: for what is asked before there is a record.
    pub(super) fn answer_request(&self, test: &Test) -> Option<bool> {
        match test {
            Test::Request(_) => self.answer(test),
            _ => None,
        }
    }
}

/// What a predicate says where not every test has an answer: `None` where it depends on one that has none.
pub(super) fn known(p: &Predicate, answer: &impl Fn(&Test) -> Option<bool>) -> Option<bool> {
    match p {
        Predicate::True => Some(true),
        Predicate::False => Some(false),
        Predicate::Test(t) => answer(t),
        Predicate::Not(inner) => known(inner, answer).map(|held| !held),
        Predicate::All(parts) => among(parts, false, answer),
        Predicate::Any(parts) => among(parts, true, answer),
    }
}

/// Whether one of the parts is `wanted`: that decides.
fn among(parts: &[Predicate], wanted: bool, answer: &impl Fn(&Test) -> Option<bool>) -> Option<bool> {
    let mut all_known = true;
    for part in parts {
        match known(part, answer) {
            Some(held) if held == wanted => return Some(wanted),
            Some(_) => {}
            None => all_known = false,
        }
    }
    all_known.then_some(!wanted)
}
