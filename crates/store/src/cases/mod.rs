//! Cases 案件: what was noticed about somebody, followed to a decision.
//!
//! One story. Li opens a case about a colleague from two events of the log. From then on retention passes over both. What she sees is
//! a pseudonym, until she has the name shown, with a reason and on record. She asks the colleague, who is shown the question and what
//! they opened, and nothing of the case. She proposes how to close it; Zhao consents; an auditor takes the case file and checks it
//! offline.
//!
//! Rules.
//! - What may be done is the state machine's word ([`model::case`]); this room keeps, tells and seals what it says.
//! - Each act is one event in one unit with the case's row. The event tells the row's version and the SHA-256 of what the case then
//!   said, so the whole history of a case can be asked of the log, and a case file be held against it.
//! - To whom a case must not be known (its subject, and whoever reports to them) it is not there, in no list, count or figure.
//! - What people write is sealed at rest and in no log; the reason for showing a name is in the log, for it was asked for that.

mod attach;
mod due;
mod evening;
mod export;
mod handle;
mod history;
mod inquiry;
mod measure;
mod open;
mod read;
mod report;
mod row;

use access::path::{OnSystem, Operation, Param, Refusal};
use model::case::{Act, Barred, CaseState, Ground, Severity};
use model::{Action, Caller, CaseId, EventId, Principals, UnixMs, UserId, What};
use serde_json::{Value, json};

use crate::Store;
use crate::company::{barred, operations};
use crate::proof::tables::EVIDENCE_HOLD;

pub use attach::{AttachToCase, CaseFileStream, CaseUpload, TakeCaseFile};
pub(crate) use evening::EVENING;
pub use evening::{ChangeEveningRules, Evening, EveningGroup, EveningRound, EveningRules, ReadEveningRules, Said, Why};
pub use export::{CaseFile, ExportCase};
pub use handle::{HandleCase, TakeWith};
pub use history::{HistoryLine, HistoryOfCase};
pub use inquiry::{
    AnswerInquiry, AskedView, Inquiry, InquiryState, ListOwnInquiries, OpenedLine, OwnWords, ShowOwnInquiry,
    WordsOfGroup,
};
pub use measure::{CaseFigures, MeasureCases, RulePrecision, Times};
pub use open::OpenCase;
pub use read::{
    CaseCard, CaseView, CasesPage, EvidenceLine, ListCases, ListHandlers, MeasureLine, Person, ShowCase, Taken,
};
pub use report::{AlertOfCase, CaseReport, ProveReport, ReportCase};
pub(crate) use row::Stored;

/// Longest page of cases.
pub const MOST_CASES: usize = 200;

operations! {
    OpenCase: CaseHandle, |op| json!({
        "act": "case.open", "subject": op.subject, "severity": op.severity, "events": op.events, "from_alerts": op.alerts,
    });
    ShowCase: CaseRead, |op| json!({ "act": "case.show", "case": op.id });
    ListCases: CaseRead, |op| json!({
        "act": "case.list", "states": op.states, "severity": op.severity, "owner": op.owner, "overdue": op.overdue,
    });
    ListHandlers: CaseRead, |_op| json!({ "act": "case.handlers" });
    HistoryOfCase: CaseRead, |op| json!({ "act": "case.history", "case": op.id });
    MeasureCases: CaseRead, |op| json!({ "act": "case.measure", "days": op.days });
    ExportCase: AuditEvidence, |op| json!({ "act": "case.export", "case": op.id, "reason": op.reason });
    ReportCase: CaseReport, |op| json!({
        "act": "case.report", "case": op.id, "reason": op.reason, "language": op.language,
    });
    ProveReport: CaseReport, |op| json!({ "act": "case.report_proof", "case": op.id, "event": op.event });
    AttachToCase: CaseHandle, |op| json!({ "act": "case.attach", "case": op.id, "file": op.file });
    TakeCaseFile: CaseRead, |op| json!({ "act": "case.file", "case": op.id, "file": op.file });
    ListOwnInquiries: CaseAnswer, |_op| json!({ "act": "inquiry.list" });
    ShowOwnInquiry: CaseAnswer, |op| json!({ "act": "inquiry.show", "inquiry": op.id });
    // Of an answer the choices are told; its words stand sealed in the question, and the event has their digest.
    AnswerInquiry: CaseAnswer, |op| json!({
        "act": "inquiry.answer", "inquiry": op.id, "said": op.said.iter().map(|s| s.why).collect::<Vec<_>>(),
    });
}

impl Operation for HandleCase {
    const ACTION: Action = Action::CaseHandle;
}
impl OnSystem for HandleCase {
    fn detail(&self) -> Value {
        let mut detail = told_of(&self.act);
        if let Some(fields) = detail.as_object_mut() {
            fields.insert("act".into(), format!("case.{}", self.act.as_str()).into());
            fields.insert("case".into(), json!(self.id));
        }
        detail
    }
}

/// What an event tells of an act: ids and settings, and the words only where they are the reason for being shown a name.
fn told_of(act: &Act) -> Value {
    match act {
        Act::SetTask { n, done } => json!({ "task": n, "done": done }),
        Act::Assign { to } => json!({ "to": to }),
        Act::Watch { on } => json!({ "on": on }),
        Act::Grade { to, .. } => json!({ "severity": to }),
        Act::Cite { events } => json!({ "events": events }),
        Act::Reveal { reason } => json!({ "reason": reason }),
        Act::Measure { kind, until, .. } => json!({ "kind": kind, "until": until }),
        Act::Propose { verdict, .. } => json!({ "verdict": verdict }),
        _ => json!({}),
    }
}

/// What is not taken, as a refusal.
fn refusal_of(error: Barred, field: &str) -> Refusal {
    match error {
        Barred::Words(field) => Refusal::invalid(field, "invalid_value", "1 to 2000 characters"),
        Barred::Conflict => Refusal::invalid(field, "cannot_handle_case", "this person cannot handle this case"),
        other => barred(other.code(), other.reason()),
    }
}

impl Store {
    /// Runs with the company's calendar and directory at a moment.
    fn on_ground<T>(&self, now: UnixMs, run: impl FnOnce(&Ground<'_>) -> T) -> T {
        let company = self.company();
        let settings = self.gate.settings();
        let manager_of = |user: UserId| company.users.get(&user).and_then(|u| u.manager);
        let due = |severity: Severity| settings.calendar.working_days_after(now, severity.days());
        run(&Ground { now, manager_of: &manager_of, due: &due })
    }

    /// Of whom the caller must know no case: themselves and their direct manager, and of whom they act for the same.
    fn strangers_to(&self, caller: &Caller) -> Vec<UserId> {
        let company = self.company();
        let own = std::iter::once(caller.user).chain(caller.on_behalf_of);
        own.flat_map(|user| [Some(user), company.users.get(&user).and_then(|u| u.manager)]).flatten().collect()
    }

    /// Whether the caller may know of cases about somebody.
    pub(crate) fn may_know_cases_of(&self, subject: UserId, caller: &Caller) -> bool {
        !self.strangers_to(caller).contains(&subject)
    }

    /// Whether there is a case of this id about somebody that the caller may know of.
    pub(crate) async fn case_is_about(&self, id: CaseId, subject: UserId, caller: &Caller) -> Result<bool, Refusal> {
        match self.case_for(id, caller).await {
            Ok(found) => Ok(found.case.subject == subject),
            Err(Refusal::NotFound) => Ok(false),
            Err(refusal) => Err(refusal),
        }
    }

    /// Whether somebody has the duty to handle cases now.
    fn handles_cases(&self, user: UserId, now: UnixMs) -> bool {
        self.has_duty(user, Action::CaseHandle, now)
    }

    /// Active people who handle cases.
    fn case_handlers(&self, now: UnixMs) -> Vec<UserId> {
        self.holders_of(Action::CaseHandle, now)
    }

    /// Whether somebody has a duty now.
    pub(crate) fn has_duty(&self, user: UserId, duty: Action, now: UnixMs) -> bool {
        let caller = Caller { user, mfa: true, ..Self::system_caller(model::Channel::Web, "duties", now) };
        self.gate.would_admit_system(&caller, duty)
    }

    /// Active people who have a duty.
    pub(crate) fn holders_of(&self, duty: Action, now: UnixMs) -> Vec<UserId> {
        let company = self.company();
        // Whom a rule could permit it, before each is decided: few of many thousands.
        let rows = company.policy.policy.rows.iter().filter(|row| {
            let permits = row.effect == model::Effect::Permit;
            permits && matches!(&row.what, What::Operations(all) if all.contains(&duty))
        });
        let permitted: Vec<&Principals> = rows.map(|row| &row.who).collect();
        let could = |user: &model::User| {
            permitted.iter().any(|who| match who {
                Principals::Role(role) => user.roles.contains(role),
                _ => true,
            })
        };
        let people = company.users.values().filter(|u| {
            u.kind == model::UserKind::Person
                && u.status == model::UserStatus::Active
                && could(u)
                && self.has_duty(u.id, duty, now)
        });
        people.map(|u| u.id).collect()
    }

    /// Who may be told of a case: those who handle cases and have no part in this one.
    fn told_of_case(&self, stored: &Stored, now: UnixMs) -> Vec<UserId> {
        let handlers = self.case_handlers(now);
        self.on_ground(now, |ground| handlers.into_iter().filter(|u| !stored.case.conflicts(*u, ground)).collect())
    }

    /// What stands for the subject until the name is shown: the same in all of one case, another in each.
    pub(crate) fn pseudonym(&self, id: CaseId, subject: UserId) -> String {
        const LETTERS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
        let params: [Param; 2] = [id.into(), subject.into()];
        let seal = self.seals().row("case.pseudonym", &params);
        let letter = |byte: &u8| LETTERS.get(usize::from(*byte) % LETTERS.len()).map_or('2', |b| char::from(*b));
        format!("K-{}", seal.iter().take(4).map(letter).collect::<String>())
    }

    /// The row that holds an event for a case.
    fn hold_event(&self, case: CaseId, event: EventId, at: UnixMs) -> access::path::Change {
        let mut params: Vec<Param> = vec![event.into(), case.into(), at.into()];
        params.push(self.seals().row(EVIDENCE_HOLD.name, &params).to_vec().into());
        let sql = "INSERT INTO evidence_hold (event, case_file, at, seal) VALUES (?1, ?2, ?3, ?4)";
        access::path::Change::new(sql, params)
    }
}

/// The states that are not over.
pub const OPEN_STATES: [CaseState; 4] =
    [CaseState::New, CaseState::Investigating, CaseState::AwaitingAnswer, CaseState::Contained];
