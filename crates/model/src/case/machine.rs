//! The state machine of a case.

use std::collections::BTreeSet;

use super::{
    Act, Barred, Case, CaseAttachment, CaseState, Closing, Entry, Ground, LAST_ENTRIES, MOST_ENTRIES, MOST_EVENTS,
    MOST_FILE_BYTES, MOST_FILES, MOST_TASKS, MOST_TITLE, MOST_WORDS, Measure, Severity, Task,
};
use crate::ids::{InquiryId, UserId};

/// Whether these are words that can be kept: a few lines, not blank.
fn words(field: &'static str, text: &str, most: usize) -> Result<(), Barred> {
    let length = text.chars().count();
    let bad = |c: char| c.is_control() && c != '\n';
    if text.trim().is_empty() || length > most || text.chars().any(bad) {
        return Err(Barred::Words(field));
    }
    Ok(())
}

impl Case {
    /// A new case. `by` is the house for one that comes of an alert by itself.
    ///
    /// # Errors
    /// [`Barred::Conflict`], [`Barred::Words`].
    pub fn open(
        subject: UserId,
        title: String,
        severity: Severity,
        by: UserId,
        ground: &Ground<'_>,
    ) -> Result<Self, Barred> {
        words("title", &title, MOST_TITLE)?;
        if title.contains('\n') {
            return Err(Barred::Words("title"));
        }
        let case = Self {
            subject,
            title,
            state: CaseState::New,
            severity,
            worst: severity,
            owner: None,
            watchers: BTreeSet::new(),
            opened_by: by,
            opened_at: ground.now,
            due_at: (ground.due)(severity),
            escalated_for: None,
            triaged_at: None,
            first_event_at: None,
            alerts: vec![],
            evidence: vec![],
            tasks: vec![],
            measures: vec![],
            question: None,
            before: CaseState::Investigating,
            revealed: BTreeSet::new(),
            closing: None,
            timeline: vec![Entry { at: ground.now, by, act: Act::Open { severity } }],
        };
        if case.conflicts(by, ground) {
            return Err(Barred::Conflict);
        }
        Ok(case)
    }

    /// Whether somebody may have nothing to do with it: it is about them, or about their direct manager.
    pub fn conflicts(&self, user: UserId, ground: &Ground<'_>) -> bool {
        user == self.subject || (ground.manager_of)(user) == Some(self.subject)
    }

    pub fn is_closed(&self) -> bool {
        self.state == CaseState::Closed
    }
    /// Whether a closing waits for a second person.
    pub fn waits_for_consent(&self) -> bool {
        !self.is_closed() && self.closing.is_some()
    }
    /// Whether it is past its date.
    pub fn is_overdue(&self, now: crate::time::UnixMs) -> bool {
        !self.is_closed() && self.due_at < now
    }

    /// Its files, oldest first.
    pub fn files(&self) -> impl Iterator<Item = &CaseAttachment> {
        self.timeline.iter().filter_map(|e| match &e.act {
            Act::Attach { file } => Some(file),
            _ => None,
        })
    }

    /// Does it, and writes it into the timeline; or changes nothing.
    ///
    /// # Errors
    /// [`Barred`].
    pub fn act(&mut self, by: UserId, act: Act, ground: &Ground<'_>) -> Result<(), Barred> {
        if self.conflicts(by, ground) {
            return Err(Barred::Conflict);
        }
        self.check_place(&act)?;
        self.check_words(&act)?;
        let works = self.carry_out(by, &act, ground)?;
        if works && self.state == CaseState::New {
            self.state = CaseState::Investigating;
        }
        if works {
            self.triaged_at.get_or_insert(ground.now);
            self.owner.get_or_insert(by);
        }
        // Who watches is no part of the story.
        if !matches!(act, Act::Watch { .. }) {
            self.timeline.push(Entry { at: ground.now, by, act });
        }
        Ok(())
    }

    /// The subject's answer to the question that waits.
    ///
    /// # Errors
    /// [`Barred::NoQuestion`], [`Barred::Words`].
    pub fn answer(&mut self, question: InquiryId, text: String, ground: &Ground<'_>) -> Result<(), Barred> {
        if self.question != Some(question) {
            return Err(Barred::NoQuestion);
        }
        words("text", &text, MOST_WORDS)?;
        self.question = None;
        self.state = self.before;
        self.timeline.push(Entry { at: ground.now, by: self.subject, act: Act::Answer { question, text } });
        Ok(())
    }

    /// Notes, once for each date, that it has passed. Gives whether there was anything to note.
    pub fn escalate(&mut self, house: UserId, ground: &Ground<'_>) -> bool {
        let due = !self.is_overdue(ground.now) || self.escalated_for == Some(self.due_at);
        if due {
            return false;
        }
        self.escalated_for = Some(self.due_at);
        self.timeline.push(Entry { at: ground.now, by: house, act: Act::Escalate });
        true
    }

    /// What holds for the act where the case stands.
    fn check_place(&self, act: &Act) -> Result<(), Barred> {
        use Act::{Consent, Propose, Refuse, Reopen, Reveal, Watch};
        let closes = matches!(act, Propose { .. } | Consent { .. } | Refuse { .. } | Reopen { .. });
        let most = if closes { LAST_ENTRIES } else { MOST_ENTRIES };
        match act {
            Watch { .. } => return Ok(()),
            Act::Open { .. } | Act::Answer { .. } | Act::Escalate => return Err(Barred::Conflict),
            _ if self.timeline.len() >= most => return Err(Barred::Full),
            Reveal { .. } => return Ok(()),
            Reopen { .. } if !self.is_closed() => return Err(Barred::NotClosed),
            Reopen { .. } => return Ok(()),
            _ if self.is_closed() => return Err(Barred::Closed),
            _ => {}
        }
        match (act, self.closing.is_some()) {
            (Consent { .. } | Refuse { .. }, false) => Err(Barred::NothingProposed),
            (Consent { .. } | Refuse { .. }, true) | (_, false) => Ok(()),
            (_, true) => Err(Barred::ClosingWaits),
        }
    }

    fn check_words(&self, act: &Act) -> Result<(), Barred> {
        match act {
            Act::Note { text } | Act::AddTask { text } | Act::Ask { text, .. } | Act::Measure { text, .. } => {
                words("text", text, MOST_WORDS)
            }
            Act::Grade { reason, .. } | Act::Reveal { reason } | Act::Contain { reason } | Act::Reopen { reason } => {
                words("reason", reason, MOST_WORDS)
            }
            Act::Propose { root_cause, action, .. } => {
                words("root_cause", root_cause, MOST_WORDS)?;
                words("action", action, MOST_WORDS)
            }
            Act::Refuse { comment } => words("comment", comment, MOST_WORDS),
            Act::Consent { comment } if comment.is_empty() => Ok(()),
            Act::Consent { comment } => words("comment", comment, MOST_WORDS),
            _ => Ok(()),
        }
    }

    /// Changes the case; gives whether the act is work on it, which begins it.
    fn carry_out(&mut self, by: UserId, act: &Act, ground: &Ground<'_>) -> Result<bool, Barred> {
        let now = ground.now;
        match act {
            Act::Open { .. } | Act::Answer { .. } | Act::Escalate => return Err(Barred::Conflict),
            Act::Note { .. } => {}
            Act::Attach { file } => {
                let bytes = self.files().fold(file.bytes, |sum, f| sum.saturating_add(f.bytes));
                if self.files().count() >= MOST_FILES || bytes > MOST_FILE_BYTES {
                    return Err(Barred::Full);
                }
            }
            Act::AddTask { text } => {
                if self.tasks.len() >= MOST_TASKS {
                    return Err(Barred::Full);
                }
                self.tasks.push(Task { text: text.clone(), done: false });
            }
            Act::SetTask { n, done } => {
                let task = self.tasks.get_mut(*n).ok_or(Barred::NoSuchTask)?;
                if task.done == *done {
                    return Err(Barred::Unchanged);
                }
                task.done = *done;
            }
            Act::Assign { to } => {
                if self.conflicts(*to, ground) {
                    return Err(Barred::Conflict);
                }
                if self.owner == Some(*to) {
                    return Err(Barred::Unchanged);
                }
                self.owner = Some(*to);
            }
            Act::Watch { on } => {
                let changed = if *on { self.watchers.insert(by) } else { self.watchers.remove(&by) };
                return if changed { Ok(false) } else { Err(Barred::Unchanged) };
            }
            Act::Grade { to, .. } => {
                if self.severity == *to {
                    return Err(Barred::Unchanged);
                }
                self.severity = *to;
                self.worst = self.worst.max(*to);
                self.due_at = (ground.due)(*to);
            }
            Act::Cite { events } => {
                if events.iter().any(|e| self.evidence.contains(e)) {
                    return Err(Barred::Unchanged);
                }
                if self.evidence.len().saturating_add(events.len()) > MOST_EVENTS {
                    return Err(Barred::Full);
                }
                self.evidence.extend(events.iter().copied());
            }
            Act::Ask { question, .. } => {
                if self.question.is_some() {
                    return Err(Barred::QuestionWaits);
                }
                self.before =
                    if self.state == CaseState::Contained { CaseState::Contained } else { CaseState::Investigating };
                self.question = Some(*question);
                self.state = CaseState::AwaitingAnswer;
            }
            Act::Unask { question } => {
                if self.question != Some(*question) {
                    return Err(Barred::NoQuestion);
                }
                self.question = None;
                self.state = self.before;
            }
            Act::Reveal { .. } => {
                if !self.revealed.insert(by) {
                    return Err(Barred::Unchanged);
                }
                // Also of a closed case, which it does not begin anew.
                return Ok(!self.is_closed());
            }
            Act::Measure { kind, text, until, response } => {
                if self.measures.len() >= MOST_TASKS {
                    return Err(Barred::Full);
                }
                self.measures.push(Measure {
                    kind: *kind,
                    text: text.clone(),
                    until: *until,
                    by,
                    at: now,
                    response: *response,
                });
            }
            Act::Contain { .. } => {
                if self.measures.is_empty() {
                    return Err(Barred::MeasureNeeded);
                }
                match (self.state, self.before) {
                    (CaseState::Contained, _) | (CaseState::AwaitingAnswer, CaseState::Contained) => {
                        return Err(Barred::Unchanged);
                    }
                    (CaseState::AwaitingAnswer, _) => self.before = CaseState::Contained,
                    _ => self.state = CaseState::Contained,
                }
            }
            Act::Propose { verdict, root_cause, action } => {
                if self.question.is_some() {
                    return Err(Barred::QuestionWaits);
                }
                let two = self.worst.takes_two();
                self.closing = Some(Closing {
                    verdict: *verdict,
                    root_cause: root_cause.clone(),
                    action: action.clone(),
                    by,
                    at: now,
                    consented: None,
                    closed_at: (!two).then_some(now),
                });
                if !two {
                    self.triaged_at.get_or_insert(now);
                    self.owner.get_or_insert(by);
                    self.state = CaseState::Closed;
                    return Ok(false);
                }
            }
            Act::Consent { .. } => {
                let owner = self.owner;
                let closing = self.closing.as_mut().ok_or(Barred::NothingProposed)?;
                if closing.by == by || owner == Some(by) {
                    return Err(Barred::SecondPerson);
                }
                closing.consented = Some(by);
                closing.closed_at = Some(now);
                self.state = CaseState::Closed;
                return Ok(false);
            }
            // Who proposed it takes it back so.
            Act::Refuse { .. } => {
                self.closing = None;
                return Ok(false);
            }
            Act::Reopen { .. } => {
                self.closing = None;
                self.state = CaseState::Investigating;
                self.due_at = (ground.due)(self.severity);
                return Ok(false);
            }
        }
        Ok(true)
    }
}
