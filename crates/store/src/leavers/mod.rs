//! Leavers 离职: from notice on, a closer watch, a look-back and what is still to be handed over, as one page with a verdict.
//!
//! One story. Li gives notice. An officer records it: from that event on detection holds Li for somebody who leaves, and one export opens an
//! alert that would not open for a colleague. The page shows what Li did in the 30 days before and since, beside the 30 days before those and
//! beside colleagues; and what is still Li's. The officer gives a verdict. On the last day the account is disabled and everything is handed
//! over; before both it cannot be closed.
//!
//! Rules.
//! - Nobody records, reads or judges their own leaving: to them it is not there.
//! - Somebody leaves once at a time. The verdict is given once; the event that gives it tells the SHA-256 of the figures it was given by.
//! - The watch begins and ends with events, which detection follows in their order: what it saw is judged the same when it is judged again.
//! - Figures name no customer. Those of alerts and cases are for whoever may read alerts and cases, and are not among what is kept.

mod begin;
mod close;
mod count;
mod figures;
mod judge;
mod read;
mod round;
mod row;
mod standing;

use access::path::{OnSystem, Operation, Refusal};
use model::{Action, Caller, UserId};
use serde_json::{Value, json};

use crate::Store;
use crate::company::operations;

pub use begin::BeginLeaver;
pub use close::{CloseLeaver, WithdrawLeaver};
pub use figures::{Asked, Figure, FigureLine, LeaverFigures, asked};
pub use judge::{CaseToOpen, JudgeLeaver};
pub use read::{LeaverCard, LeaverView, ListLeavers, ShowLeaver, VerdictView};
pub use round::LeaverRound;
pub use row::{Ended, Judged, LeaverState, LeaverVerdict};
pub use standing::{Standing, Unmet};

/// Characters of a reason.
const MOST_WORDS: usize = 1_000;

operations! {
    // Why it is known stands with the row, sealed.
    BeginLeaver: LeaverManage, |op| json!({
        "act": "leaver.begin", "leaver": op.id, "user": op.user, "notice_on": op.days().0.map(|d| d.to_string()),
        "last_on": op.days().1.map(|d| d.to_string()),
    });
    JudgeLeaver: LeaverManage, |op| json!({
        "act": "leaver.judge", "leaver": op.id, "verdict": op.verdict, "days": op.days, "given": op.note.get(),
    });
    // Detection learns from `user` that the watch is over.
    CloseLeaver: LeaverManage, |op| json!({ "act": "leaver.close", "leaver": op.id, "user": op.note.get() });
    WithdrawLeaver: LeaverManage, |op| json!({ "act": "leaver.withdraw", "leaver": op.id, "user": op.note.get() });
    ListLeavers: LeaverRead, |_op| json!({ "act": "leaver.list" });
    ShowLeaver: LeaverRead, |op| json!({ "act": "leaver.show", "leaver": op.id, "days": op.days });
}

/// Whether somebody is the caller, or whom the caller acts for.
fn is_oneself(caller: &Caller, subject: UserId) -> bool {
    caller.user == subject || caller.on_behalf_of == Some(subject)
}

/// Words of 1 to 1,000 characters, on lines.
fn words(field: &str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::invalid(field, "required", "say why"));
    }
    if text.chars().count() > MOST_WORDS || text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Refusal::invalid(field, "invalid_value", format!("1 to {MOST_WORDS} characters")));
    }
    Ok(text.to_owned())
}

impl Store {
    /// A leaver as the caller may know of them.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], also for oneself; [`Refusal::Damaged`].
    async fn leaver_for(&self, id: model::LeaverId, caller: &Caller) -> Result<row::Leaver, Refusal> {
        let found = self.leaver(id).await?.ok_or(Refusal::NotFound)?;
        if is_oneself(caller, found.subject) { Err(Refusal::NotFound) } else { Ok(found) }
    }
}
