//! The access event 访问记录: what really happened, with the fields really shown.
//!
//! An event says who did what by which means, and for every record it disclosed, which fields were shown, which were
//! masked, and which rules allowed it. A page of 50 customers is one event with 50 touches.

use serde::{Deserialize, Serialize};

use crate::action::Action;
use crate::caller::Caller;
use crate::ids::{DepartmentId, EventId, FieldName, ObjectName, RecordId, UserId};
use crate::past::{Asked, Relation};
use crate::reason::Explanation;
use crate::time::UnixMs;

/// How it ended. The numbers stand in ledger leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Allowed,
    Refused,
    /// Allowed, but the change met another one and was not made.
    Conflict,
    /// A long act begins: its outcome follows as another event.
    Intent,
    /// An intent whose act ended without saying how (the process died).
    Unknown,
    /// Allowed, but it could not be done.
    Failed,
}

impl Decision {
    pub const ALL: [Decision; 6] = [
        Decision::Allowed,
        Decision::Refused,
        Decision::Conflict,
        Decision::Intent,
        Decision::Unknown,
        Decision::Failed,
    ];
    pub const fn code(self) -> u8 {
        match self {
            Decision::Allowed => 1,
            Decision::Refused => 2,
            Decision::Conflict => 3,
            Decision::Intent => 4,
            Decision::Unknown => 5,
            Decision::Failed => 6,
        }
    }
    pub const fn as_str(self) -> &'static str {
        match self {
            Decision::Allowed => "allowed",
            Decision::Refused => "refused",
            Decision::Conflict => "conflict",
            Decision::Intent => "intent",
            Decision::Unknown => "unknown",
            Decision::Failed => "failed",
        }
    }
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.code() == code)
    }
}

/// What was disclosed of a record, and why: shared by all touches of an event that are alike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Disclosure {
    /// Fields shown in the clear, sorted.
    pub shown: Vec<FieldName>,
    /// Fields shown masked, sorted.
    pub masked: Vec<FieldName>,
    /// Ids of the matrix rows (or `share`) that allowed or refused it, sorted.
    pub rules: Vec<String>,
    /// Why the actor had to do with it, the strongest that was seen at that moment; `None` where it is not asked: of what was
    /// refused, of what the house does by its own rules, of events of before there were reasons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Explanation>,
    /// Whose the record was then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<UserId>,
    /// Its department then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// How it stood to the actor then, where that was asked: with it, no owner means that it had none. Policies are replayed by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<Relation>,
}

/// One record in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touch {
    pub record: RecordId,
    /// Whose data it is; the customer's key makes the touch's commitment and can unmake it.
    pub customer: RecordId,
    /// Index into [`AccessEvent::disclosures`].
    pub disclosure: u16,
}

/// What happened.
#[derive(Debug, Clone)]
pub struct AccessEvent {
    pub id: EventId,
    pub at: UnixMs,
    pub caller: Caller,
    /// The caller's department at that time.
    pub department: Option<DepartmentId>,
    pub action: Action,
    /// `None` for administrative acts.
    pub object: Option<ObjectName>,
    pub decision: Decision,
    /// The version of the policy that decided, 0 when none was asked.
    pub policy_version: u64,
    pub disclosures: Vec<Disclosure>,
    pub touches: Vec<Touch>,
    /// Rules that decided where no record was touched.
    pub rules: Vec<String>,
    /// What rules asked of the request besides what [`Caller`] says; `None` where no policy was asked.
    pub asked: Option<Asked>,
    /// What else belongs to it: filter used, target of an administrative act, export file id, reason. Stored sealed.
    pub detail: serde_json::Value,
}

impl AccessEvent {
    /// How many of the records were touched without a reason; `None` where it was asked of none.
    pub fn unexplained(&self) -> Option<u32> {
        let reasons =
            self.touches.iter().filter_map(|t| self.disclosures.get(usize::from(t.disclosure)).and_then(|d| d.reason));
        let (mut asked, mut without) = (false, 0_u32);
        for reason in reasons {
            asked = true;
            without = without.saturating_add(u32::from(!reason.is_explained()));
        }
        asked.then_some(without)
    }
}
