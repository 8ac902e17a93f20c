//! Handing over what somebody who leaves has 离职交接: their records, shares and reports, in one recorded act.
//!
//! Rule: it is a duty and shows nothing. Whoever has it sees numbers, decides who receives what, and never a record. The act
//! begins with one unit (account disabled, sessions and tokens ended, reports given another manager), goes on in units of
//! bounded size, each with an event that names every record and who has it now, and ends with an event. What a crash
//! interrupts goes on at the next start, decided anew; if its author may no longer do it, it is closed as unknown.
//!
//! ```text
//! let grant = gate.admit_system(caller, BeginHandover { user, wanted, note: Note::default() }).await?;
//! let id = store.begin_handover(grant).await?;                 // nobody signs in as them any more
//! store.carry_out_handover(&caller, *id.get(), &clock).await?;  // in units, until nothing is left
//! ```

mod begin;
mod carry;
mod estate;
mod rows;

use access::path::{OnSystem, Operation};
use model::{Action, JobId, ObjectName, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::company::{Note, operations};

/// Receivers of one rule.
const MOST_RECEIVERS: usize = 50;
/// Why a record came into a pool.
const REASON: &str = "handover";

/// Who receives records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum Receiver {
    /// One, or several by turns.
    Users(Vec<UserId>),
    /// The leaver's manager.
    Manager,
    /// A public pool, by its name: for object types that have one.
    Pool(String),
}

/// Where the records of one object type go. What belongs to a customer goes with the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub object: ObjectName,
    pub to: Receiver,
}

/// What becomes of the shares that the leaver gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SharesAfter {
    #[default]
    End,
    /// Those on records that somebody receives who may share them are theirs from then on.
    Keep,
}

/// What is wanted of a handover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// By object type.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Everything else. Not a pool.
    pub others: Receiver,
    #[serde(default)]
    pub shares: SharesAfter,
    /// The manager of those who reported to the leaver; without one, the leaver's own.
    #[serde(default)]
    pub reports_to: Option<UserId>,
}

/// Numbers of what somebody has. Asks nothing of a record.
#[derive(Debug)]
pub struct ShowEstate {
    pub user: UserId,
}

/// Begins a handover: the account is disabled with it.
#[derive(Debug)]
pub struct BeginHandover {
    pub user: UserId,
    pub wanted: Wanted,
    pub note: Note,
}

/// Some of the records, or some of the shares.
#[derive(Debug)]
struct MoveSome {
    handover: JobId,
    user: UserId,
}

/// The end of a handover.
#[derive(Debug)]
struct EndHandover {
    handover: JobId,
    user: UserId,
    left: i64,
}

operations! {
    ShowEstate: Handover, |op| json!({ "act": "handover.show", "user": op.user });
    BeginHandover: Handover, |op| json!({
        "act": "handover.begin", "user": op.user, "wanted": op.wanted, "begun": op.note.get(),
    });
    MoveSome: Handover, |op| json!({ "act": "handover.move", "handover": op.handover, "user": op.user });
    EndHandover: Handover, |op| json!({
        "act": "handover.end", "handover": op.handover, "user": op.user, "left": op.left,
    });
}

/// A handover as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverState {
    pub id: JobId,
    pub actor: UserId,
    /// Records that the leaver owned when it began.
    pub total: i64,
    pub began_at: UnixMs,
    pub ended_at: Option<UnixMs>,
    /// Records that were left when it ended; `None` while it is under way, and where its outcome is unknown.
    pub left: Option<i64>,
}

/// What somebody has, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Estate {
    /// Records they own, by object type.
    pub owned: Vec<(ObjectName, i64)>,
    /// Shares they gave, and parts in records that they were given, which are in force.
    pub shares_given: i64,
    pub shares_held: i64,
    pub sessions: i64,
    pub tokens: i64,
    /// Who reports to them.
    pub reports: Vec<UserId>,
    /// Pools that name them as a member.
    pub pools: Vec<(ObjectName, String)>,
    /// Newest first.
    pub handovers: Vec<HandoverState>,
}

/// What is to be done, settled when the handover began; kept with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    rules: Vec<(ObjectName, Target)>,
    others: Target,
    shares: SharesAfter,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
enum Target {
    Users(Vec<UserId>),
    Pool(String),
}

impl Plan {
    fn target(&self, object: &ObjectName) -> &Target {
        self.rules.iter().find(|(name, _)| name == object).map_or(&self.others, |(_, target)| target)
    }
}
