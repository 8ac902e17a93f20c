//! Cases 案件: what was noticed about somebody's accesses, followed to a decision.
//!
//! One story. Li, a security administrator, opens a case about a colleague from two events. Her first act makes it hers. She asks
//! the colleague, who answers; she writes down what was done, and proposes to close it. Because it was of high severity, a second
//! person has to consent.
//!
//! Rules, each held by [`Case::act`] whatever the caller says:
//! - nobody acts on a case about themselves or about their direct manager;
//! - closing names root cause, action and verdict; a case that ever was of high severity or above is closed by two people, the
//!   second of whom is neither its owner, nor who proposed it, nor the subject;
//! - what waits for a second word stands still.
//!
//! Pure: clock, calendar and directory are parameters ([`Ground`]).

mod machine;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::alert::Feedback;
use crate::file::FileKind;
use crate::ids::{AlertId, EventId, FileId, InquiryId, ResponseId, UserId};
use crate::response::ResponseKind;
use crate::time::UnixMs;

/// Longest words of one act, in characters.
pub const MOST_WORDS: usize = 2000;
/// Longest title, in characters.
pub const MOST_TITLE: usize = 120;
/// Entries after which only closing acts are taken.
pub const MOST_ENTRIES: usize = 500;
/// Entries of a case at most.
pub(crate) const LAST_ENTRIES: usize = 600;
/// Events that one case cites.
pub const MOST_EVENTS: usize = 500;
/// Tasks of one case.
pub const MOST_TASKS: usize = 100;
/// Files of one case.
pub const MOST_FILES: usize = 50;
/// Bytes of all files of one case: the case file, which has them all, is made in memory.
pub const MOST_FILE_BYTES: u64 = 100 << 20;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$of])* #[serde(rename = $text)] $variant,)* }
        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }
            pub fn read(text: &str) -> Option<Self> {
                match text { $($text => Some($name::$variant),)* _ => None }
            }
        }
    };
}

words! {
    /// Where a case stands.
    CaseState {
        New = "new",
        Investigating = "investigating",
        /// A question to the subject waits for its answer.
        AwaitingAnswer = "awaiting_answer",
        /// What was going on has been stopped.
        Contained = "contained",
        Closed = "closed",
    }
}
words! {
    /// How bad it is if it is true. Greater is worse.
    Severity { Low = "low", Medium = "medium", High = "high", Critical = "critical", }
}
words! {
    /// What it was in the end.
    Verdict {
        Malicious = "malicious",
        Careless = "careless",
        /// It was part of somebody's work.
        Expected = "expected",
        /// There was nothing in it.
        Unfounded = "unfounded",
    }
}
words! {
    /// What was done about it.
    MeasureKind {
        NarrowRole = "narrow_role",
        RevokeGrant = "revoke_grant",
        /// Carried out in the unit of the act, as are the four that are responses.
        EndSessions = "end_sessions",
        Suspend = "suspend",
        Throttle = "throttle",
        StepUp = "step_up",
        NoExport = "no_export",
        Talk = "talk",
        Other = "other",
    }
}

impl MeasureKind {
    /// The response that it takes; `None` for what is a record of what was done elsewhere.
    pub const fn response(self) -> Option<ResponseKind> {
        match self {
            MeasureKind::Suspend => Some(ResponseKind::Suspend),
            MeasureKind::Throttle => Some(ResponseKind::Throttle),
            MeasureKind::StepUp => Some(ResponseKind::StepUp),
            MeasureKind::NoExport => Some(ResponseKind::NoExport),
            _ => None,
        }
    }
}

impl Severity {
    /// Working days until a decision is due.
    pub const fn days(self) -> u32 {
        match self {
            Severity::Critical => 1,
            Severity::High => 3,
            Severity::Medium => 7,
            Severity::Low => 14,
        }
    }
    /// Whether a second person has to consent to closing.
    pub fn takes_two(self) -> bool {
        self >= Severity::High
    }
}

impl Verdict {
    /// What it says of the alerts that the case came of.
    pub const fn feedback(self) -> Feedback {
        match self {
            Verdict::Malicious => Feedback::Malicious,
            Verdict::Careless => Feedback::Suspicious,
            Verdict::Expected | Verdict::Unfounded => Feedback::Expected,
        }
    }
    /// Whether what was noticed was worth noticing.
    pub const fn is_true(self) -> bool {
        matches!(self, Verdict::Malicious | Verdict::Careless)
    }
}

/// An act on a case, as it is asked for and as its timeline keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    Open {
        severity: Severity,
    },
    Note {
        text: String,
    },
    AddTask {
        text: String,
    },
    SetTask {
        n: usize,
        done: bool,
    },
    Assign {
        to: UserId,
    },
    Watch {
        on: bool,
    },
    Grade {
        to: Severity,
        reason: String,
    },
    Cite {
        events: Vec<EventId>,
    },
    Ask {
        question: InquiryId,
        text: String,
    },
    Unask {
        question: InquiryId,
    },
    /// By the subject.
    Answer {
        question: InquiryId,
        text: String,
    },
    Reveal {
        reason: String,
    },
    Measure {
        kind: MeasureKind,
        text: String,
        until: Option<UnixMs>,
        /// Where it is one: the response that was taken with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        response: Option<ResponseId>,
    },
    Contain {
        reason: String,
    },
    Propose {
        verdict: Verdict,
        root_cause: String,
        action: String,
    },
    Consent {
        comment: String,
    },
    Refuse {
        comment: String,
    },
    Reopen {
        reason: String,
    },
    /// By the house: it is past its date.
    Escalate,
    /// A file is part of it from now on, and stays as long as the case.
    Attach {
        file: CaseAttachment,
    },
}

/// A file of a case, as its timeline keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseAttachment {
    pub id: FileId,
    pub name: String,
    /// By its content.
    pub kind: FileKind,
    pub bytes: u64,
    pub parts: u32,
    /// In hexadecimal.
    pub sha256: String,
}

impl Act {
    pub const fn as_str(&self) -> &'static str {
        match self {
            Act::Open { .. } => "open",
            Act::Note { .. } => "note",
            Act::AddTask { .. } => "add_task",
            Act::SetTask { .. } => "set_task",
            Act::Assign { .. } => "assign",
            Act::Watch { .. } => "watch",
            Act::Grade { .. } => "grade",
            Act::Cite { .. } => "cite",
            Act::Ask { .. } => "ask",
            Act::Unask { .. } => "unask",
            Act::Answer { .. } => "answer",
            Act::Reveal { .. } => "reveal",
            Act::Measure { .. } => "measure",
            Act::Contain { .. } => "contain",
            Act::Propose { .. } => "propose",
            Act::Consent { .. } => "consent",
            Act::Refuse { .. } => "refuse",
            Act::Reopen { .. } => "reopen",
            Act::Escalate => "escalate",
            Act::Attach { .. } => "attach",
        }
    }
}

/// One line of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub at: UnixMs,
    pub by: UserId,
    #[serde(flatten)]
    pub act: Act,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    pub text: String,
    pub done: bool,
}

/// How it is to be closed, or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    pub verdict: Verdict,
    pub root_cause: String,
    pub action: String,
    pub by: UserId,
    pub at: UnixMs,
    /// The second person, and when it was closed.
    pub consented: Option<UserId>,
    pub closed_at: Option<UnixMs>,
}

/// Something done, with how it ended and when it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    pub kind: MeasureKind,
    /// What was done and what came of it.
    pub text: String,
    pub until: Option<UnixMs>,
    pub by: UserId,
    pub at: UnixMs,
    /// The response that was taken with it. How it stands, the response says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<ResponseId>,
}

/// The alert a case came from, as it was then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromAlert {
    pub alert: AlertId,
    pub rule: String,
    pub raised_at: UnixMs,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub subject: UserId,
    /// What it is about, without names and without a customer's data.
    pub title: String,
    pub state: CaseState,
    pub severity: Severity,
    /// The worst it ever was: grading it down does not save the second person.
    pub worst: Severity,
    pub owner: Option<UserId>,
    pub watchers: BTreeSet<UserId>,
    pub opened_by: UserId,
    pub opened_at: UnixMs,
    pub due_at: UnixMs,
    /// The date for whose passing it was escalated.
    pub escalated_for: Option<UnixMs>,
    pub triaged_at: Option<UnixMs>,
    /// When the first of what it cites happened.
    pub first_event_at: Option<UnixMs>,
    pub alerts: Vec<FromAlert>,
    pub evidence: Vec<EventId>,
    pub tasks: Vec<Task>,
    pub measures: Vec<Measure>,
    /// The question that waits.
    pub question: Option<InquiryId>,
    /// Where it stood before the question.
    pub before: CaseState,
    /// Who was shown who it is about.
    pub revealed: BTreeSet<UserId>,
    /// What waits for a second word; what it was closed with.
    pub closing: Option<Closing>,
    pub timeline: Vec<Entry>,
}

/// What a case does not know by itself.
pub struct Ground<'a> {
    pub now: UnixMs,
    pub manager_of: &'a dyn Fn(UserId) -> Option<UserId>,
    /// When a case of this severity is due that begins now.
    pub due: &'a dyn Fn(Severity) -> UnixMs,
}

/// Why an act is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// It is about who acts, or about their direct manager.
    Conflict,
    Closed,
    NotClosed,
    /// A closing waits for the second person.
    ClosingWaits,
    NothingProposed,
    /// It takes somebody else.
    SecondPerson,
    QuestionWaits,
    NoQuestion,
    /// Nothing was done yet that could have contained it.
    MeasureNeeded,
    NoSuchTask,
    /// It has as many entries, tasks or events as a case can have.
    Full,
    /// It is so already.
    Unchanged,
    /// Words are missing or too many.
    Words(&'static str),
}

impl Barred {
    /// A stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Barred::Conflict => "case_conflict",
            Barred::Closed => "case_closed",
            Barred::NotClosed => "case_not_closed",
            Barred::ClosingWaits => "closing_waits",
            Barred::NothingProposed => "nothing_proposed",
            Barred::SecondPerson => "second_person",
            Barred::QuestionWaits => "question_waits",
            Barred::NoQuestion => "no_question",
            Barred::MeasureNeeded => "measure_needed",
            Barred::NoSuchTask => "no_such_task",
            Barred::Full => "case_full",
            Barred::Unchanged => "case_unchanged",
            Barred::Words(_) => "invalid_value",
        }
    }
    pub const fn reason(self) -> &'static str {
        match self {
            Barred::Conflict => "nobody handles a case about themselves or their direct manager",
            Barred::Closed => "the case is closed; reopen it first",
            Barred::NotClosed => "the case is not closed",
            Barred::ClosingWaits => "a closing waits for the second person; nothing else is done until then",
            Barred::NothingProposed => "no closing waits for a word",
            Barred::SecondPerson => "it takes a second person, who is neither the owner nor who proposed it",
            Barred::QuestionWaits => "a question to the subject waits for its answer; take it back first",
            Barred::NoQuestion => "this question does not wait any more",
            Barred::MeasureNeeded => "write down first what was done to contain it",
            Barred::NoSuchTask => "there is no such task",
            Barred::Full => "a case has no room for more",
            Barred::Unchanged => "it is so already",
            Barred::Words(_) => "words are missing or too long",
        }
    }
}
