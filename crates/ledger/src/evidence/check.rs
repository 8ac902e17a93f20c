//! Checking an evidence file.

use std::collections::HashMap;

use serde::Serialize;

use super::{
    ACTOR_USERS, Content, Event, Evidence, FORMAT, ITEM_CUSTOMER, Item, META_ITEM_COUNT, Opening, SubjectKind,
};
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::commitment::{Group, check_item, commit};
use crate::hash::{Hash, b64, leaf_hash};
use crate::keys::VerifierKey;
use crate::leaf::{Leaf, LeafDecision, LeafKind};
use crate::log_check::Verdict;
use crate::proof::check_inclusion;

/// What a check was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The file's version.
    Format,
    /// The signed checkpoint.
    Checkpoint,
    /// The order of the events.
    Order,
    /// The event's leaf and its place in the log.
    Leaf,
    /// What was done.
    Meta,
    /// Who did it.
    Actor,
    /// One record that was touched.
    Item,
    /// Whether the event belongs to what the file says it is about.
    Belongs,
    /// An erasure that items refer to.
    Erasure,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Ok,
    /// Not shown; the leaf commits to it all the same.
    Withheld,
    /// No longer readable by anyone, and the erasure is on record.
    ErasedWithRecord,
    /// Something needed is missing.
    Incomplete,
    /// What is shown is not what was recorded.
    Tampered,
    /// No key that is trusted stands behind it.
    Policy,
}

impl Outcome {
    pub const fn verdict(self) -> Verdict {
        match self {
            Outcome::Ok | Outcome::Withheld | Outcome::ErasedWithRecord => Verdict::Ok,
            Outcome::Incomplete => Verdict::Incomplete,
            Outcome::Tampered => Verdict::Tampered,
            Outcome::Policy => Verdict::Policy,
        }
    }
}

/// Why a check did not end well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "fault", content = "detail")]
pub enum Fault {
    /// The file says it has another format.
    UnknownFormat,
    /// The checkpoint is not to be relied on.
    Untrusted(String),
    /// Events are not listed in the order of the log, or one is listed twice.
    OutOfOrder,
    /// The leaf's bytes are no leaf.
    NotALeaf(String),
    /// The leaf is not in the signed log at this place.
    NotInLog,
    /// The leaf commits to another body.
    OtherBody,
    /// The leaf does not commit to this item at this place.
    OtherItem,
    /// An item is listed twice, or out of order.
    ItemOutOfOrder,
    /// The event touched another number of records.
    OtherCount,
    /// The event lies outside the period.
    OutsidePeriod,
    /// The event is about somebody else.
    OtherSubject,
    /// The body does not say whom it is about.
    SubjectUnnamed,
    /// The file's subject has no id.
    NoSubjectId,
    /// The erasure that an item refers to is not in the file.
    ErasureMissing,
    /// What an item refers to as its erasure is none, or came before the event.
    NotAnErasure,
}

impl Fault {
    const fn outcome(&self) -> Outcome {
        match self {
            Self::UnknownFormat | Self::Untrusted(_) => Outcome::Policy,
            Self::SubjectUnnamed | Self::NoSubjectId | Self::ErasureMissing => Outcome::Incomplete,
            _ => Outcome::Tampered,
        }
    }
}

/// One check and how it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    pub subject: Subject,
    /// Index in the log of the event checked.
    pub event: Option<u64>,
    /// Which of the event's records.
    pub item: Option<u64>,
    pub outcome: Outcome,
    #[serde(flatten)]
    pub fault: Option<Fault>,
}

/// The outcome of [`check_evidence`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    pub verdict: Verdict,
    /// The checkpoint, where it could be believed.
    pub origin: Option<String>,
    pub size: Option<u64>,
    /// Base64 of the signed root.
    pub root: Option<String>,
    /// Every check, in the order of the file.
    pub checks: Vec<Check>,
}

impl Report {
    /// How many checks ended so.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.checks.iter().filter(|check| check.outcome == outcome).count()
    }

    fn add(&mut self, subject: Subject, event: Option<u64>, item: Option<u64>, result: Result<Outcome, Fault>) {
        let (outcome, fault) = match result {
            Ok(outcome) => (outcome, None),
            Err(fault) => (fault.outcome(), Some(fault)),
        };
        self.verdict = self.verdict.max(outcome.verdict());
        self.checks.push(Check { subject, event, item, outcome, fault });
    }
}

/// Checks every part of an evidence file against the keys trusted. Pure: the same file and keys give the same report.
///
/// Where no trusted key stands behind the checkpoint the rest is checked against what the checkpoint claims, so that
/// the report still says which parts hang together; the verdict is [`Verdict::Policy`].
pub fn check_evidence(evidence: &Evidence, trusted: &[VerifierKey]) -> Report {
    let mut report = Report { verdict: Verdict::Ok, origin: None, size: None, root: None, checks: Vec::new() };
    if evidence.format != FORMAT {
        report.add(Subject::Format, None, None, Err(Fault::UnknownFormat));
        return report;
    }
    let opened = Checkpoint::open(&evidence.checkpoint, trusted);
    let result = opened.as_ref().map(|_| Outcome::Ok).map_err(|e: &CheckpointError| Fault::Untrusted(e.to_string()));
    report.add(Subject::Checkpoint, None, None, result);
    if let Ok(checkpoint) = &opened {
        report.origin = Some(checkpoint.origin.clone());
        report.size = Some(checkpoint.size);
        report.root = Some(b64::encode(&checkpoint.root));
    }
    let Ok(checkpoint) = opened.or_else(|_| Checkpoint::read_unverified(&evidence.checkpoint)) else { return report };

    let needs_id = evidence.subject.kind != SubjectKind::Period;
    if needs_id && evidence.subject.id.is_none() {
        report.add(Subject::Belongs, None, None, Err(Fault::NoSubjectId));
    }
    for list in [&evidence.events, &evidence.erasures] {
        if !list.is_sorted_by(|a, b| a.index < b.index) {
            report.add(Subject::Order, None, None, Err(Fault::OutOfOrder));
        }
    }
    let mut checker = Checker { evidence, checkpoint: &checkpoint, report, erasures: HashMap::new() };
    for event in &evidence.erasures {
        checker.erasure(event);
    }
    for event in &evidence.events {
        checker.event(event);
    }
    checker.report
}

struct Checker<'a> {
    evidence: &'a Evidence,
    checkpoint: &'a Checkpoint,
    report: Report,
    /// Erasures on record, by index; `false` where the leaf at that index is no erasure.
    erasures: HashMap<u64, bool>,
}

impl Checker<'_> {
    fn add(&mut self, subject: Subject, event: &Event, result: Result<Outcome, Fault>) {
        self.report.add(subject, Some(event.index), None, result);
    }

    fn leaf(&self, event: &Event) -> Result<Leaf, Fault> {
        let leaf = Leaf::decode(&event.leaf).map_err(|e| Fault::NotALeaf(e.to_string()))?;
        let Checkpoint { size, root, .. } = self.checkpoint;
        check_inclusion(&leaf_hash(&event.leaf), event.index, *size, &event.proof, root)
            .map_err(|_| Fault::NotInLog)?;
        Ok(leaf)
    }

    fn erasure(&mut self, event: &Event) {
        let leaf = self.leaf(event);
        let is_erasure =
            leaf.as_ref().is_ok_and(|leaf| leaf.kind == LeafKind::Erasure && leaf.decision == LeafDecision::Allowed);
        self.erasures.insert(event.index, is_erasure);
        let result = match &leaf {
            Ok(_) if is_erasure => Ok(Outcome::Ok),
            Ok(_) => Err(Fault::NotAnErasure),
            Err(fault) => Err(fault.clone()),
        };
        self.add(Subject::Erasure, event, result);
        if let Ok(leaf) = leaf {
            self.openings(event, &leaf);
            self.items(event, &leaf);
        }
    }

    fn event(&mut self, event: &Event) {
        let leaf = match self.leaf(event) {
            Ok(leaf) => leaf,
            Err(fault) => return self.add(Subject::Leaf, event, Err(fault)),
        };
        self.add(Subject::Leaf, event, Ok(Outcome::Ok));
        self.openings(event, &leaf);
        self.items(event, &leaf);
        let belongs = self.belongs(event, &leaf);
        self.add(Subject::Belongs, event, belongs);
    }

    fn openings(&mut self, event: &Event, leaf: &Leaf) {
        let meta = opening(Group::Meta, event.meta.as_ref(), &leaf.c_meta);
        self.add(Subject::Meta, event, meta);
        let actor = opening(Group::Actor, event.actor.as_ref(), &leaf.c_actor);
        self.add(Subject::Actor, event, actor);
    }

    fn items(&mut self, event: &Event, leaf: &Leaf) {
        let in_order = event.objects.is_sorted_by(|a, b| a.index < b.index);
        if !in_order {
            self.add(Subject::Item, event, Err(Fault::ItemOutOfOrder));
        }
        let count = event.meta.as_ref().and_then(|meta| meta.body.get(META_ITEM_COUNT)?.as_u64());
        for item in &event.objects {
            let result = match count {
                Some(count) if count != item.count => Err(Fault::OtherCount),
                _ => self.item(event, leaf, item),
            };
            self.report.add(Subject::Item, Some(event.index), Some(item.index), result);
        }
    }

    fn item(&self, event: &Event, leaf: &Leaf, item: &Item) -> Result<Outcome, Fault> {
        let (commitment, outcome) = match &item.content {
            Content::Shown(Opening { salt, body }) => {
                (commit(Group::Object, salt, body).map_err(|_| Fault::OtherItem)?, Outcome::Ok)
            }
            Content::Erased { commitment, erasure } => {
                let is_erasure = self.erasures.get(erasure).ok_or(Fault::ErasureMissing)?;
                if !is_erasure || *erasure <= event.index {
                    return Err(Fault::NotAnErasure);
                }
                (*commitment, Outcome::ErasedWithRecord)
            }
        };
        check_item(&leaf.c_object, &commitment, item.index, item.count, &item.proof).map_err(|_| Fault::OtherItem)?;
        Ok(outcome)
    }

    fn belongs(&self, event: &Event, leaf: &Leaf) -> Result<Outcome, Fault> {
        let subject = &self.evidence.subject;
        let early = subject.from_ms.is_some_and(|from| leaf.time_ms < from);
        let late = subject.until_ms.is_some_and(|until| leaf.time_ms >= until);
        if early || late {
            return Err(Fault::OutsidePeriod);
        }
        let (Some(id), kind) = (&subject.id, subject.kind) else { return Ok(Outcome::Ok) };
        match kind {
            // What a case cites is its own choice: the file names the case, the events need not.
            SubjectKind::Period | SubjectKind::Case => Ok(Outcome::Ok),
            SubjectKind::User => {
                let Some(actor) = &event.actor else { return Ok(Outcome::Withheld) };
                let users: Vec<&str> = ACTOR_USERS.iter().filter_map(|key| actor.body.get(key)?.as_str()).collect();
                named(&users, id)
            }
            SubjectKind::Customer => {
                let mut shown = Vec::new();
                for item in &event.objects {
                    if let Content::Shown(opening) = &item.content {
                        shown.push(
                            opening.body.get(ITEM_CUSTOMER).and_then(|c| c.as_str()).ok_or(Fault::SubjectUnnamed)?,
                        );
                    }
                }
                if shown.is_empty() {
                    return Ok(Outcome::Withheld);
                }
                named(&shown, id)
            }
        }
    }
}

/// The subject must be among those named; evidence about one customer may show a page on which others stand too.
fn named(found: &[&str], id: &str) -> Result<Outcome, Fault> {
    match found {
        [] => Err(Fault::SubjectUnnamed),
        found if found.contains(&id) => Ok(Outcome::Ok),
        _ => Err(Fault::OtherSubject),
    }
}

fn opening(group: Group, opening: Option<&Opening>, committed: &Hash) -> Result<Outcome, Fault> {
    let Some(Opening { salt, body }) = opening else { return Ok(Outcome::Withheld) };
    match commit(group, salt, body) {
        Ok(commitment) if commitment == *committed => Ok(Outcome::Ok),
        _ => Err(Fault::OtherBody),
    }
}
