//! The API over its router, without a socket, on a real database: stories of people, and what holds for every endpoint.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking, like the tests themselves"
)]

use testkit::base::sqlite as base;

#[path = "main/actors.rs"]
mod actors;
#[path = "main/administration.rs"]
mod administration;
#[path = "main/approvals.rs"]
mod approvals;
#[path = "main/assessments.rs"]
mod assessments;
#[path = "main/attachments.rs"]
mod attachments;
#[path = "main/automations.rs"]
mod automations;
#[path = "main/bad_input.rs"]
mod bad_input;
#[path = "main/branding.rs"]
mod branding;
#[path = "main/case_papers.rs"]
mod case_papers;
#[path = "main/console.rs"]
mod console;
#[path = "main/coverage.rs"]
mod coverage;
#[path = "main/definitions.rs"]
mod definitions;
#[path = "main/document.rs"]
mod document;
#[path = "main/duplicates.rs"]
mod duplicates;
#[path = "main/exports.rs"]
mod exports;
#[path = "main/handover.rs"]
mod handover;
#[path = "main/headers.rs"]
mod headers;
#[path = "main/leavers.rs"]
mod leavers;
#[path = "main/lists.rs"]
mod lists;
#[path = "main/live.rs"]
mod live;
#[path = "main/merging.rs"]
mod merging;
#[path = "main/process.rs"]
mod process;
#[path = "main/reports.rs"]
mod reports;
#[path = "main/requests.rs"]
mod requests;
#[path = "main/sessions.rs"]
mod sessions;
#[path = "main/sharing.rs"]
mod sharing;
#[path = "main/side_doors.rs"]
mod side_doors;
#[path = "main/stories.rs"]
mod stories;
#[path = "main/talk.rs"]
mod talk;
#[path = "main/trade.rs"]
mod trade;
#[path = "main/workspace.rs"]
mod workspace;
