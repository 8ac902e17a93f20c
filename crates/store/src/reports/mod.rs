//! Audit reports 审计报告: made from the log, kept for ever, never altered.
//!
//! One story. An auditor has the report of November made: a job goes over each day of the month, and of October to compare with, up to a
//! signed state of the log. What comes of it is sealed, and the event of its making tells the row and the SHA-256 of what it says.
//! Whoever is given it takes it as PDF, table or page, and each taking is an event that tells the digest of the very bytes.
//!
//! Rules.
//! - Who may have one made and who may read it are two operations; who reads without making reads what is addressed to them, and of
//!   departments those they lead. What tells of one person or customer needs the right to the access log as well, and where things
//!   stand that to the dashboard; about oneself, nobody has one made or reads it.
//! - A report is written once. There is no statement here that changes or removes one.
//! - Columns are counted, which `doctor` and each verification hold against the leaves; a report says so.

mod folder;
mod gather;
mod looks;
mod make;
mod plan;
mod read;
mod row;

use std::collections::BTreeSet;

use access::path::{OnSystem, Operation, Refusal};
use govern::{Definition, Kind, Period, SectionId};
use model::{Action, Directory, JobId, RecordId, ReportId, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::company::operations;

pub use folder::{FileFormat, Mark};
pub use gather::Counting;
pub(crate) use plan::PLANS;
pub use plan::{ChangeReportPlans, MOST_PLANS, PlanRound, ReadReportPlans, ReportPlan, ReportPlans};
pub use read::{FileOfReport, ListReportReaders, ListReports, ReportCard, ReportsPage, ShowReport, TakeReport};
pub use read::{MOST_REPORTS, ProveReportFile};

/// What is to be made, of which period. `until` is the moment up to which it is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToMake {
    pub report: ReportId,
    pub definition: Definition,
    pub period: Period,
    pub until: UnixMs,
}

/// Have a report made, in the background.
#[derive(Debug)]
pub struct BeginReport {
    pub id: JobId,
    pub report: ReportId,
    pub definition: Definition,
    pub period: Period,
    /// Whether one of a period that is not over is wanted all the same.
    pub part: bool,
}

/// A report that was carried out.
#[derive(Debug)]
pub(crate) struct CarryReportOut {
    pub(crate) job: JobId,
    pub(crate) what: ToMake,
}

fn told(act: &str, job: JobId, definition: &Definition, period: Period) -> Value {
    json!({
        "act": act, "kind": definition.kind, "job": job, "about": definition.about, "period": period,
        "sections": definition.sections, "channels": definition.channels, "operations": definition.operations,
        "readers": definition.readers,
    })
}

/// The customer it is about becomes a touch of the event.
fn customer(definition: &Definition) -> Option<RecordId> {
    definition.about.customer
}

impl Operation for BeginReport {
    const ACTION: Action = Action::ReportMake;
}
impl OnSystem for BeginReport {
    fn detail(&self) -> Value {
        told("report.begin", self.id, &self.definition, self.period)
    }
    fn about(&self) -> Option<RecordId> {
        customer(&self.definition)
    }
}
impl Operation for CarryReportOut {
    const ACTION: Action = Action::ReportMake;
}
impl OnSystem for CarryReportOut {
    fn detail(&self) -> Value {
        told("report.make", self.job, &self.what.definition, self.what.period)
    }
    fn about(&self) -> Option<RecordId> {
        customer(&self.what.definition)
    }
}

operations! {
    ListReports: ReportRead, |op| json!({ "act": "report.list", "kind": op.kind });
    ListReportReaders: ReportMake, |_op| json!({ "act": "report.readers" });
    ShowReport: ReportRead, |op| json!({ "act": "report.show", "report_id": op.id });
    TakeReport: ReportRead, |op| json!({
        "act": "report.take", "report_id": op.id, "format": op.format, "language": op.language,
    });
    ProveReportFile: ReportRead, |op| json!({ "act": "report.proof", "report_id": op.id, "event": op.event });
    ReadReportPlans: ReportMake, |_op| json!({ "act": "report_plan.read" });
    ChangeReportPlans: ReportMake, |op| json!({ "act": "report_plan.change", "old": op.note.get(), "new": op.plans });
}

/// With which rights somebody asks about reports.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader {
    user: UserId,
    on_behalf_of: Option<UserId>,
    makes: bool,
    audits: bool,
    oversees: bool,
}

impl Reader {
    pub(crate) fn of<O: Operation>(grant: &access::path::Grant<O>) -> Self {
        Self {
            user: grant.caller().user,
            on_behalf_of: grant.caller().on_behalf_of,
            makes: grant.has_duty(Action::ReportMake),
            audits: grant.has_duty(Action::AuditRead),
            oversees: grant.has_duty(Action::ProgrammeRead),
        }
    }
    fn is(&self, user: UserId) -> bool {
        self.user == user || self.on_behalf_of == Some(user)
    }

    /// Whether a report is there for them. To all others it is not.
    fn may_read(&self, definition: &Definition, directory: &Directory) -> bool {
        if definition.about.user.is_some_and(|user| self.is(user)) {
            return false;
        }
        // Who acts for another has no more than that other one.
        let own: BTreeSet<UserId> = std::iter::once(self.user).chain(self.on_behalf_of).collect();
        let given = own.iter().all(|user| definition.readers.contains(user));
        let leads = |id| own.iter().all(|user| directory.leads(*user, id));
        let led = definition.kind == Kind::Department && definition.about.department.is_some_and(leads);
        given || led || (self.makes && self.may_tell(definition))
    }

    /// Whether what it tells is theirs to ask for elsewhere too: of one, the log; where things stand, management's dashboard.
    fn may_tell(&self, definition: &Definition) -> bool {
        (self.audits || !definition.kind.tells_of_one())
            && (self.oversees || !definition.parts().contains(&SectionId::Standing))
    }

    /// # Errors
    /// [`Refusal::Forbidden`] for a report that tells of one, without the right to the log, or where things stand, without the right to
    /// the dashboard; [`Refusal::Barred`] about oneself.
    pub(crate) fn may_make(&self, definition: &Definition) -> Result<(), Refusal> {
        if definition.about.user.is_some_and(|user| self.is(user)) {
            return Err(crate::company::barred("report_about_oneself", "nobody has a report about themselves made"));
        }
        if !self.may_tell(definition) {
            return Err(Refusal::Forbidden { rules: vec![], obligation: None });
        }
        Ok(())
    }
}
