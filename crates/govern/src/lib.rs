//! Audit reports 审计报告: what is told of a period, and what follows from it.
//!
//! One story. It is the first of December. The plan says that management gets a report of each month, so the newest month that is over,
//! November of the company's calendar, is gone over once: the events of each day, grouped by the database, are folded into
//! [`Fold`]. [`report::sections`] makes of it figures, each with what it was in October and with the [`Query`] that opens its events,
//! and `rules` say what is not as it should be and what can be done about it.
//!
//! Rules.
//! - **A number is a question.** Whatever is told as a number carries the question whose answer it is; a test asks the log anew.
//! - **Half a period is no period.** One that is not over is told as such, with the moment up to which it was counted.
//! - **The same events, the same report.** No clock, no I/O, no randomness; bounded by people, departments and days, never by events.

pub mod assessment;
mod controls;
mod definition;
mod figure;
mod fold;
mod period;
pub mod posture;
pub mod programme;
mod report;
pub mod review;
pub mod rights;
mod rules;
mod words;

pub use controls::{Control, Facts, Level, State, controls};
pub use definition::{About, BadDefinition, Definition, Kind, MOST_READERS, SectionId};
pub use figure::{Cell, Figure, Query, Table, TableRow, Value};
pub use fold::{Fold, Line, Tally};
pub use period::{Period, Unit, moment};
pub use report::{Counted, DUTIES, Finding, Head, Look, MOST_LINES, Made, Names, Report, Section, Standing, sections};
pub use words::{
    channel as channel_words, column as column_words, figure as figure_words, kind as kind_words,
    section as section_words, table as table_words, unit as unit_words,
};
