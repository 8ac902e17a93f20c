//! Watching 异常监控: what happens is followed as it happens, and what rules find about somebody becomes an alert.
//!
//! ```text
//! event -> Observation (stored) -> Detector -> Finding -> Alert (one open per person and pattern) -> followers
//! ```
//!
//! Rules: nobody who acts waits for it, and nothing it does wrong stops a record. What it saw is stored as it was seen, so that the
//! same events give the same findings later; where it stands is written in one unit with what it saw and with the alerts it made, so
//! that after a crash nothing is lost and nothing comes twice. Nobody sees or handles an alert about themselves.

mod fold;
mod follow;
mod handle;
mod head;
mod live;
mod observe;
mod of_case;
mod row;
mod seen;

use detect::{Family, Finding};
use model::{AlertId, AlertState, CaseId, EventId, Feedback, Severity, UnixMs, UserId};
use serde::{Deserialize, Serialize};

pub use detect::Step;
pub use fold::{DETECTOR_FAILED, LOG_ALTERED};
pub use follow::{Followed, Follower};
pub use handle::{
    AlertCounts, AlertDetail, AlertFilter, AlertLine, AlertSort, CountAlerts, HandledLine, ListAlerts, MOST_NOTE,
    MOST_SNOOZE_DAYS, ScorePart, ShowAlert, Triage, TriageAlert, TriageMany, Triaged, TriagedMany, WatchAlerts,
};
pub use head::Counts;
pub use live::{AlertNews, AlertWatcher};
pub use of_case::AlertOfCase;
pub use seen::Judged;
pub(crate) use seen::Kept;

/// How soon what has happened is looked at.
pub const EVERY: std::time::Duration = std::time::Duration::from_millis(200);
/// Days before detection first began of which findings open alerts: from older ones it only learns.
const OPEN_DAYS: i64 = 7;
/// Seconds for which the house responds to an alert by itself.
const FRESH_SECONDS: i64 = 15 * 60;

/// Events that an alert names; of more it says how many.
pub const MOST_EVIDENCE: usize = 60;

/// An alert: the findings of one pattern about one person, and what became of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    pub id: AlertId,
    /// Whose acts it is about. The house itself, where it is about the log or the detector.
    pub subject: UserId,
    /// The rule's name.
    pub rule: String,
    pub family: Family,
    /// Of person (or group) and rule, without the day: what is open under it takes what comes.
    pub fingerprint: String,
    pub severity: Severity,
    pub state: AlertState,
    /// The highest of its findings.
    pub score: f64,
    pub first_at: UnixMs,
    pub last_at: UnixMs,
    /// Place in the ledger of the last event that made it grow.
    pub last_seq: i64,
    pub case: Option<CaseId>,
    pub version: i64,
    pub body: AlertBody,
}

/// What an alert says beyond what it is looked up by; sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlertBody {
    /// The one with the highest score.
    pub finding: Finding,
    /// How often a rule said it, each time louder than before.
    pub findings: u64,
    /// The last events, oldest first; at most [`MOST_EVIDENCE`].
    pub evidence: Vec<EventId>,
    /// Events before those.
    pub earlier: u64,
    /// Why it fired, as it was said then: a rule may read otherwise by now.
    pub why_zh: String,
    pub why_en: String,
    pub title_zh: String,
    pub title_en: String,
    /// When it was opened, by the house's clock.
    pub opened_at: UnixMs,
    /// Until when nothing is said of it.
    #[serde(default)]
    pub snoozed_until: Option<UnixMs>,
    /// What it turned out to be.
    #[serde(default)]
    pub feedback: Option<Feedback>,
    /// What people did with it, oldest first.
    #[serde(default)]
    pub handled: Vec<Handled>,
    /// Whose acts it is about, where they were in another system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foreign: Option<Whose>,
}

/// Somebody in another system's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whose {
    /// The source that says so.
    pub source: String,
    /// Their name there; `None` where it does not say.
    pub user: Option<String>,
    /// Whether the mapping holds them for somebody here.
    pub person: bool,
}

/// One act of somebody on an alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handled {
    pub by: UserId,
    pub at: UnixMs,
    /// Where it stood afterwards.
    pub state: AlertState,
    pub until: Option<UnixMs>,
    pub feedback: Option<Feedback>,
    pub note: Option<String>,
    /// The case whose closing or reopening did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
}
