//! The audit programme 审计计划: what is to be done how often, by whom and how; and what of it was done, is due, was skipped and why.
//!
//! One story. The officer says that the log is looked through each week, by the auditor. Three weeks later the calendar shows the first two
//! as done, each with the event of the look, and the third as skipped: nobody did it. A day's copy that was not taken while the server was off
//! says so.
//!
//! Rules.
//! - **The calendar is computed** from what ran and when: nothing is ticked off by hand. A word on why something was skipped explains it and
//!   does not make it done.
//! - **A cycle is one of the company's calendar**, known by its first day: a clock that is put on or back neither doubles nor skips it.
//! - **What is done is found in one place**: an activity names its evidence, and a new room adds one line to the store's registry.

mod calendar;
mod cycle;

pub use calendar::{Done, Moment, Slot, SlotState, Span, calendar};
pub use cycle::Cycle;
