//! Security posture 安全态势: what of this instance is as it should be, looked at by checks that can fail.
//!
//! One story. Each night the house gathers [`Facts`] of itself: its configuration, the certificate's file, how old the copies are, who
//! has no second factor, when the log was last computed anew. [`look`] holds some sixty checks against them. Nobody has planted a decoy:
//! that check is bad, with the figure that says so and the page that mends it. [`Score`] is what share of the weight is good.
//!
//! Rules.
//! - **A state is its figures.** A check is good where each of its figures is within its bound, and the figures are shown beside it.
//! - **What could not be looked at is unknown, never good**; it counts against the score like what is bad.
//! - **A waiver is no mending.** The score knows no waivers: [`Score::of`] is not given any.
//! - **No check that cannot fail**: a test holds each against a house that fails it, one that passes, and one of which nothing is known.

mod accounts;
mod catalogue;
mod facts;
mod guard;
mod house;
mod judge;
mod record;
mod score;
#[cfg(test)]
mod tests;

pub use catalogue::{Area, Check, Fix, Risk, check, checks, look};
pub use facts::{
    Accounts, Alerts, Backups, Certificate, ClockState, Credentials, Database, Detection, Disk, Exports, Fact, Facts,
    Feeds, Files, Keys, Log, Mail, Policy, Program, Reports, Sessions, Shares, Source, Tokens, Training, Web,
};
pub use judge::{Bound, Figure, Measure, Seen, State};
pub use score::{AreaScore, Score};
