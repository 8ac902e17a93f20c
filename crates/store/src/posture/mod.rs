//! Security posture 安全态势: the house looks at itself, keeps what it saw, and says who sees to what until when.
//!
//! One story. Each night the house gathers what it knows of itself and holds some eighty checks against it ([`govern::posture`]). Nobody has
//! planted a decoy: that check is bad, and whoever sees to it has a notice. The officer plants three, has the house look again, and the score
//! rises. Another check stays bad for a good reason: it is waived until March, and stays bad in the score.
//!
//! Rules.
//! - What was seen is written once, sealed, in one unit with the event that tells its digest. There is no statement here that changes it.
//! - The look of a day has an id that follows from the company's day: it is there once, whatever the clock does and however many nodes look.
//! - The score is of what was seen. Waivers, owners and dates stand beside it and never go into it.
//! - What is grave is waived by two people.

mod act;
mod database;
mod gather;
mod plan;
mod read;
mod row;

use access::path::{OnSystem, Operation};
use model::{Action, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::company::{Note, operations};

pub use gather::Machine;
pub use plan::PostureRound;
pub use read::{CheckView, PostureOwner, PostureView, RunCard, WaiverView};

/// Longest that something may be waived for, in days.
pub const MOST_WAIVER_DAYS: i64 = 180;
/// Longest list of past looks.
pub const MOST_RUNS: usize = 400;
/// Characters of a reason.
const MOST_REASON: usize = 500;

/// How the instance stands.
#[derive(Debug)]
pub struct ReadPosture;

/// Past looks, newest first.
#[derive(Debug)]
pub struct ListPostureRuns {
    /// 1 to [`MOST_RUNS`].
    pub limit: usize,
}

/// Who can be named to see to a check.
#[derive(Debug)]
pub struct ListPostureOwners;

/// Have the house look now.
#[derive(Debug)]
pub struct RunPosture;

/// Who sees to a check, until when.
#[derive(Debug)]
pub struct AssignCheck {
    pub check: String,
    pub owner: Option<UserId>,
    pub due_at: Option<UnixMs>,
    pub note: Note,
}

/// Put up with a check for a time. It stays what it is in the score.
#[derive(Debug)]
pub struct WaiveCheck {
    pub check: String,
    pub reason: String,
    /// At most [`MOST_WAIVER_DAYS`] from now.
    pub until: UnixMs,
    pub note: Note,
}

/// The second person's word on waiving something grave.
#[derive(Debug)]
pub struct ConfirmWaiver {
    pub check: String,
}

/// A waiver ends.
#[derive(Debug)]
pub struct LiftWaiver {
    pub check: String,
}

fn short(text: &str) -> String {
    text.chars().take(64).collect()
}

operations! {
    ReadPosture: PostureRead, |_op| json!({ "act": "posture.read" });
    ListPostureRuns: PostureRead, |_op| json!({ "act": "posture.runs" });
    ListPostureOwners: PostureManage, |_op| json!({ "act": "posture.owners" });
    RunPosture: PostureManage, |_op| json!({ "act": "posture.run" });
    AssignCheck: PostureManage, |op| json!({
        "act": "posture.assign", "check": short(&op.check), "owner": op.owner, "due": op.due_at, "old": op.note.get(),
    });
    WaiveCheck: PostureManage, |op| json!({
        "act": "posture.waive", "check": short(&op.check), "until": op.until,
        "reason": op.reason.chars().take(MOST_REASON).collect::<String>(), "old": op.note.get(),
    });
    ConfirmWaiver: PostureManage, |op| json!({ "act": "posture.confirm", "check": short(&op.check) });
    LiftWaiver: PostureManage, |op| json!({ "act": "posture.lift", "check": short(&op.check) });
}

/// What is put up with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Waiver {
    pub(crate) by: UserId,
    pub(crate) at: UnixMs,
    pub(crate) until: UnixMs,
    pub(crate) reason: String,
    /// Who agreed, where it takes two.
    pub(crate) second: Option<UserId>,
    /// Whether it takes two.
    pub(crate) two: bool,
}

impl Waiver {
    /// `waiting`, `in_force` or `over`.
    pub(crate) fn state(&self, now: UnixMs) -> &'static str {
        match (self.until > now, self.two && self.second.is_none()) {
            (false, _) => "over",
            (true, true) => "waiting",
            (true, false) => "in_force",
        }
    }
}
