//! Plans 计划: reports that the house makes by itself of each period, once, when it is over.
//!
//! Rule: a plan's report has an id that follows from the plan and the first day of its period. So it is there once, whatever the clock does,
//! however many nodes make it at the same moment, and after however many starts.

use std::collections::BTreeSet;

use access::path::{Disclosed, Grant, JournalError, Refusal};
use govern::{Definition, Made, Period, Unit};
use model::{Action, Channel, Decision, ReportId, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{FileFormat, Mark, Reader, ToMake};
use crate::Store;
use crate::company::Note;
use crate::notices::{News, NoticeKind, Telling};

/// The setting.
pub(crate) const PLANS: &str = "report_plans";
/// Most plans of a company.
pub const MOST_PLANS: usize = 50;
const MOST_NAME: usize = 80;

/// One plan, or a definition that is kept to be made by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportPlan {
    /// Lower-case letters, digits and `_`, beginning with a letter, at most 40. MUST stay the same: periods are known by it.
    pub id: String,
    pub name: String,
    pub definition: Definition,
    pub unit: Unit,
    /// Whether the house makes it by itself.
    pub on: bool,
    /// As what it is put into the server's folder for reports, in the company's language; empty: it is not.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub folder: BTreeSet<FileFormat>,
}

/// All of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReportPlans {
    pub plans: Vec<ReportPlan>,
}

#[derive(Debug)]
pub struct ReadReportPlans;

#[derive(Debug)]
pub struct ChangeReportPlans {
    pub plans: ReportPlans,
    /// Whether the server has a folder for reports.
    pub has_folder: bool,
    pub note: Note,
}

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlanRound {
    pub made: u64,
    /// Plans whose report could not be made now.
    pub failed: u64,
}

fn is_name(id: &str) -> bool {
    let letter = id.chars().next().is_some_and(|c| c.is_ascii_lowercase());
    letter && id.len() <= 40 && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

impl Store {
    fn check_plans(&self, plans: &ReportPlans, has_folder: bool, reader: Reader) -> Result<(), Refusal> {
        let wrong = |n: usize, field: &str, code, reason: &str| {
            Err(Refusal::invalid(&format!("plans.{n}.{field}"), code, reason))
        };
        if plans.plans.len() > MOST_PLANS {
            return Err(Refusal::invalid("plans", "too_many", format!("at most {MOST_PLANS} plans")));
        }
        for (n, plan) in plans.plans.iter().enumerate() {
            if !is_name(&plan.id) {
                return wrong(
                    n,
                    "id",
                    "invalid_value",
                    "1 to 40 lower-case letters, digits and _, beginning with a letter",
                );
            }
            if plans.plans.iter().take(n).any(|other| other.id == plan.id) {
                return wrong(n, "id", "duplicate", "each plan has an id of its own");
            }
            let name = plan.name.trim();
            if name.is_empty() || name.chars().count() > MOST_NAME || name.chars().any(char::is_control) {
                return wrong(n, "name", "invalid_value", "1 to 80 characters");
            }
            if !plan.folder.is_empty() && !has_folder {
                return wrong(n, "folder", "no_folder", "the server has no folder for reports");
            }
            self.check_definition(&plan.definition).map_err(|refusal| match refusal {
                Refusal::Invalid(problems) => {
                    let at = |mut p: access::path::FieldProblem| {
                        p.field = format!("plans.{n}.{}", p.field);
                        p
                    };
                    Refusal::Invalid(problems.into_iter().map(at).collect())
                }
                other => other,
            })?;
            reader.may_make(&plan.definition)?;
        }
        Ok(())
    }

    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn read_report_plans(&self, grant: Grant<ReadReportPlans>) -> Result<Disclosed<ReportPlans>, Refusal> {
        let plans = self.company().reports.clone();
        grant.carry_out(vec![], plans).await
    }

    /// # Errors
    /// [`Refusal::Invalid`] with the field; [`Refusal::Forbidden`] for a plan that tells of one, without the right to the log; and as every
    /// change.
    pub async fn change_report_plans(&self, grant: Grant<ChangeReportPlans>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let ChangeReportPlans { plans, has_folder, note } = grant.operation();
            self.check_plans(plans, *has_folder, Reader::of(grant))?;
            note.set(json!(draft.from.reports));
            draft.next.reports = plans.clone();
            draft.set(PLANS, plans)
        })
        .await
    }

    /// The id that a plan's report of a period has, whoever makes it.
    pub(super) fn planned_id(&self, plan: &ReportPlan, period: Period) -> ReportId {
        let first = period.first.to_string();
        let params = [plan.id.as_str().into(), period.unit.as_str().into(), first.as_str().into()];
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = self.seals().row("report.planned", &params);
        ReportId::from_bytes([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p])
    }

    /// Makes what is due: of each plan the newest period that is over, if it is not there. `mark` is told of those that go into a folder.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]: the next round goes on.
    pub async fn make_due_reports(&self, now: UnixMs, mark: Mark<'_>) -> Result<PlanRound, Refusal> {
        let mut round = PlanRound::default();
        let (zone, _) = self.time_zone();
        for plan in self.company().reports.plans.iter().filter(|p| p.on) {
            let Some(period) = Period::newest_over(plan.unit, now, &zone) else { continue };
            let id = self.planned_id(plan, period);
            if self.report_row(id).await?.is_some() {
                continue;
            }
            match self.make_planned(plan, (id, period), now, mark).await {
                Ok(true) => round.made += 1,
                Ok(false) => {}
                Err(refusal @ (Refusal::StoreUnavailable(_) | Refusal::AuditUnavailable)) => return Err(refusal),
                Err(refusal) => {
                    tracing::warn!(plan = %plan.id, %refusal, "a planned report could not be made; it is tried again");
                    round.failed += 1;
                }
            }
        }
        Ok(round)
    }

    /// Whether it was made now; not, if another node did so at the same moment.
    async fn make_planned(
        &self,
        plan: &ReportPlan,
        (id, period): (ReportId, Period),
        now: UnixMs,
        mark: Mark<'_>,
    ) -> Result<bool, Refusal> {
        self.check_definition(&plan.definition)?;
        let what = ToMake { report: id, definition: plan.definition.clone(), period, until: UnixMs(i64::MAX) };
        let mut under = self.begin_counting(&what).await?;
        while self.count_days(&mut under).await? {}
        let made = Made { at: now, by: None, by_name: None, plan: Some(plan.name.clone()) };
        let report = self.finished(under, made).await?;
        if !plan.folder.is_empty() {
            mark(plan, id, period);
        }
        let (mut changes, told) = self.insert_report(id, &report)?;
        let mut told = vec![told];
        self.tell_readers(&what, now, None).into_parts(&mut told, &mut changes);
        let Definition { kind, about, sections, channels, operations, readers } = &plan.definition;
        let detail = json!({
            "act": "report.make", "kind": kind, "plan": plan.id, "about": about, "period": period, "sections": sections,
            "channels": channels, "operations": operations, "readers": readers,
        });
        let caller = Self::system_caller(Channel::Job, "reports", now);
        let detail = access::path::tell(detail, told);
        let noted = self.gate.note(&caller, Action::ReportMake, Decision::Allowed, detail, changes).await;
        let Err(error) = noted else { return Ok(true) };
        if matches!(error, JournalError::Unavailable) {
            return Err(Refusal::AuditUnavailable);
        }
        // Another node was first: its row is there.
        match self.report_row(id).await? {
            Some(_) => Ok(false),
            None => Err(Refusal::StoreUnavailable(error.to_string())),
        }
    }

    /// Those whom it is addressed to are told that it is there.
    pub(super) fn tell_readers(&self, what: &ToMake, now: UnixMs, by: Option<UserId>) -> Telling {
        let mut news = News::of(NoticeKind::ReportMade, now).about(what.report.as_bytes());
        if let Some(by) = by {
            news = news.by(by);
        }
        self.tell(&news, what.definition.readers.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_s_id_is_a_name() {
        assert!(is_name("monthly") && is_name("a1_b"));
        for bad in ["", "1a", "A", "a-b", "月报", &"a".repeat(41)] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
