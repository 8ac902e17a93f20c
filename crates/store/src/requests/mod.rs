//! Requests 申请: what somebody asks for and others decide about, and what a consent gives.
//!
//! One story. Wang opens an address and is told there is nothing. She asks for access: which record, for how long, why. The
//! answer is the same whether there is such a record or not, and what she sees of her request later is too, until somebody
//! who answers for the record consents. Li, its owner, finds the request in her inbox 待我审批, because she may share the record;
//! she consents, and in one unit with that event there is a share that ends by itself.
//!
//! Rules.
//! - Each act is one event in one unit with its effect; what a consent lets happen is asked for again at that moment, of the
//!   rights of who consents.
//! - To who asks for access without knowing the record, silence and refusal look alike: a refusal would tell that it exists.
//! - What people write (reasons, comments) is sealed at rest, erased with the customer it is about, and in no log.

mod ask;
mod break_glass;
mod decide;
mod for_export;
mod for_record;
mod grants;
mod list;
mod row;
mod told;

use model::approval::{By, Step, Wanted};
use model::{RecordId, RequestId, ShareId, UnixMs, UserId};
use serde::{Deserialize, Serialize};

pub use ask::{AskAccess, AskExport, WithdrawRequest};
pub use break_glass::{BREAK_GLASS_HOURS, BreakGlass};
pub(crate) use decide::present_seats;
pub use decide::{DecideRequest, Outcome};
pub(crate) use for_export::Standing;
pub use for_record::{ApprovalView, LookAtApproval, SubmitRecord};
pub use grants::{ListGrants, ListOwnGrants, LiveGrant, RevokeGrant, RuleGrant};
pub use list::{CountInbox, DecisionView, ListInbox, ListOwnRequests, RequestView, Shown};
pub use told::{ApprovalEntry, ApprovalKind};

/// Longest reason or comment, in characters.
pub const MOST_WORDS: usize = 500;
/// Requests of one person that wait at the same time.
const MOST_WAITING: usize = 50;
/// Days after which a request that nobody decided lapses, and an approved export that was not made.
const LAPSE_DAYS: i64 = 14;
/// Longest access that can be asked for.
pub const MOST_DAYS: u16 = 90;

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    Waiting,
    Approved,
    Refused,
    Withdrawn,
    /// An approved export that was made.
    Used,
}

impl State {
    const fn as_str(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Approved => "approved",
            State::Refused => "refused",
            State::Withdrawn => "withdrawn",
            State::Used => "used",
        }
    }
}

/// One word given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Decided {
    pub(crate) step: usize,
    pub(crate) by: UserId,
    /// Whose word it counts as, and by what.
    pub(crate) seats: Vec<(UserId, By)>,
    pub(crate) consent: bool,
    pub(crate) at: UnixMs,
}

/// What is kept of a request in the clear: ids, steps, moments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Body {
    pub(crate) wanted: Wanted,
    /// The flow it follows; `None` where none fitted.
    pub(crate) flow: Option<String>,
    /// As they were when it was made.
    pub(crate) steps: Vec<Step>,
    pub(crate) step: usize,
    /// When the present step began.
    pub(crate) began: UnixMs,
    pub(crate) decisions: Vec<Decided>,
    /// Whether who asks could see the record when they asked.
    pub(crate) known: bool,
}

/// What people wrote. Stored sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Words {
    pub(crate) reason: String,
    /// By decision.
    pub(crate) comments: Vec<String>,
    /// What a request of another room has to keep for who decides: an export's question.
    pub(crate) more: Option<serde_json::Value>,
}

/// A request as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) id: RequestId,
    pub(crate) requester: UserId,
    pub(crate) state: State,
    pub(crate) body: Body,
    pub(crate) words: Words,
    pub(crate) share: Option<ShareId>,
    pub(crate) until: Option<UnixMs>,
    pub(crate) made_at: UnixMs,
    pub(crate) lapses_at: Option<UnixMs>,
    pub(crate) version: i64,
}

impl Request {
    pub(crate) fn record(&self) -> Option<RecordId> {
        self.body.wanted.record()
    }
    pub(crate) fn has_lapsed(&self, now: UnixMs) -> bool {
        self.lapses_at.is_some_and(|at| now >= at)
    }
    /// Whether it waits for somebody's word.
    pub(crate) fn waits(&self, now: UnixMs) -> bool {
        self.state == State::Waiting && !self.has_lapsed(now)
    }
    /// Whether who asked must not learn of a refusal: it would tell that the record is there.
    pub(crate) fn is_silent(&self) -> bool {
        matches!(self.body.wanted, Wanted::Access { .. }) && !self.body.known
    }
    /// Whether it seems to wait, to who asked.
    pub(crate) fn seems_to_wait(&self, now: UnixMs) -> bool {
        self.waits(now) || (self.state == State::Refused && self.is_silent() && !self.has_lapsed(now))
    }
    /// The steps at which somebody has given their word.
    fn decided_by(&self, user: UserId) -> Vec<usize> {
        self.body.decisions.iter().filter(|d| d.by == user).map(|d| d.step).collect()
    }
    /// What an event tells of it.
    pub(crate) fn told(&self) -> (&'static str, serde_json::Value) {
        let told = serde_json::json!({ "id": self.id, "version": self.version, "record": self.record() });
        ("request", told)
    }
}
