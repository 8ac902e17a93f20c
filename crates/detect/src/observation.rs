//! What a detector sees of an access: the event as it stands in the ledger, with what was true of its people and
//! records at that moment. Never a customer's value.

pub use model::Explanation;
use model::{Action, Channel, Decision, DepartmentId, EventId, ObjectName, RecordId, SessionId, UnixMs, UserId};
use serde::{Deserialize, Serialize};

/// One access event, in the order of the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// Its place in the ledger: detectors follow it strictly, and never twice.
    pub seq: u64,
    pub event: EventId,
    pub at: UnixMs,
    /// The same moment on the company's clock: hours and days of work are judged by it.
    pub local: Local,
    pub actor: Actor,
    pub source: Source,
    pub action: Action,
    pub decision: Decision,
    /// `None` for administrative acts.
    pub object: Option<ObjectName>,
    /// What was disclosed or refused, record by record; empty for administrative acts.
    pub seen: Vec<Seen>,
    /// Rows that left the house (export, download of an export), else 0.
    pub rows: u64,
    /// The page of a list, where it was one.
    pub page: Option<u32>,
    /// The search was for one exact number (telephone, e-mail, registration number).
    pub exact: bool,
    /// A purpose or reason was given.
    pub purpose: bool,
    /// The person, role or setting an administrative act was done to, as an opaque id.
    pub target: Option<String>,
}

/// A moment on the company's clock and calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Local {
    /// Days since 1970-01-01, local.
    pub day: i32,
    /// 0 to 1439.
    pub minute: u16,
    /// Monday 0 to Sunday 6.
    pub weekday: u8,
    /// By the working calendar: holidays and make-up days are in it.
    pub workday: bool,
    pub working_hours: bool,
}

/// Who acted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    pub user: UserId,
    pub kind: Kind,
    pub department: Option<DepartmentId>,
    /// From the root to the own department.
    pub department_path: Vec<DepartmentId>,
    pub roles: Vec<String>,
    pub employment: Employment,
    /// Direct manager: nobody handles a case about them.
    pub manager: Option<UserId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Human,
    Service,
    Agent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Employment {
    Active,
    /// Leaving is known: notice was given, a handover was begun.
    Notice,
    Left,
}

/// Access source 访问来源, as far as a detector needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub channel: Channel,
    pub session: Option<SessionId>,
    pub mfa: bool,
    /// The network (IPv4 /24, IPv6 /48) as text; `None` for the command line and jobs.
    pub network: Option<String>,
    /// A digest of the user agent: tells devices apart, says nothing about them.
    pub device: Option<u64>,
    /// The event is of another system, loaded from its log.
    pub foreign: Option<String>,
}

/// One record in an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub record: RecordId,
    pub customer: RecordId,
    pub owner: Option<UserId>,
    /// The department of the record.
    pub department: Option<DepartmentId>,
    /// Number of fields shown in the clear by class.
    pub personal: u16,
    pub sensitive: u16,
    pub masked: u16,
    pub explanation: Explanation,
    /// A decoy 诱饵.
    pub canary: bool,
    /// A customer marked as of special importance.
    pub vip: bool,
}
