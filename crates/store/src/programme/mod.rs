//! The audit programme 审计计划 and management's numbers 管理层看板.
//!
//! One story. The officer says that the log is looked through each week, by the auditor, and how. The calendar shows each week with the event of
//! the look, or that nobody did it. Management opens one page: what was opened this month, how much of it without a reason, alerts and cases,
//! training, posture, the log's verification; each number leads to the page that proves it.
//!
//! Rules.
//! - The calendar and the numbers are computed from rows and events when they are asked for. Nothing is ticked off by hand.
//! - What can be in the programme stands in [`registry::ACTIVITIES`], and what management sees in the list of `oversight.rs`: a new room adds its
//!   line there.
//! - Who owns an activity is told that it is due soon, and that it was skipped: once for each cycle.

mod evidence;
mod oversight;
mod read;
pub mod registry;
mod remind;
mod rules;

use access::path::{OnSystem, Operation};
use model::Action;
use serde_json::{Value, json};

use crate::company::operations;

pub use oversight::{OversightNumber, OversightView, ReadOversight};
pub use read::{ActivityView, ExcuseView, ProgrammeView, ReadProgramme};
pub(crate) use rules::PROGRAMME;
pub use rules::{ChangeProgramme, Entry, ExcuseSkip, Programme};

operations! {
    ReadProgramme: ProgrammeRead, |_op| json!({ "act": "programme.read" });
    ReadOversight: ProgrammeRead, |_op| json!({ "act": "oversight.read" });
    ChangeProgramme: ProgrammeManage, |op| json!({ "act": "programme.change", "old": op.note.get(), "new": op.entries });
    ExcuseSkip: ProgrammeManage, |op| json!({
        "act": "programme.excuse", "activity": op.activity.chars().take(64).collect::<String>(), "first": op.first,
        "reason": op.reason.chars().take(500).collect::<String>(),
    });
}
