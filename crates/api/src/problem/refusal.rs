//! What a refusal of the recorded path is answered with. 401, 403 and 404 are decided here and nowhere else.

use access::engine::{Obligation, counted_words};
use access::path::{FieldProblem, Refusal};
use model::UnixMs;
use model::object::BUILT_IN;
use model::policy::Counter;
use model::response::ResponseKind;

use super::{Code, Help, Own, Problem, ProblemItem};

/// What the caller said it had read: decides how a conflict is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precondition {
    /// The request carried `If-Match`.
    IfMatch,
    None,
}

impl Precondition {
    /// Answers a refusal of a request that carried this precondition.
    pub fn answer(self, refusal: Refusal) -> Problem {
        match (self, refusal) {
            (Precondition::IfMatch, Refusal::Conflict) => Problem::new(Code::VersionConflict),
            (_, refusal) => refusal.into(),
        }
    }
}

fn obliged(obligation: Option<Obligation>, otherwise: Code) -> Problem {
    match obligation {
        None => Problem::new(otherwise),
        Some(Obligation::StepUp) => Problem::new(Code::StepUpNeeded),
        Some(Obligation::GivePurpose) => Problem::new(Code::PurposeNeeded),
        Some(Obligation::SayWhy) => Problem::new(Code::PurposeRequired),
        Some(Obligation::OfficeHours) => Problem::new(Code::OutsideOfficeHours),
        Some(Obligation::Network) => Problem::new(Code::NetworkNotAllowed),
        Some(Obligation::Training) => Problem::new(Code::TrainingNeeded),
        Some(Obligation::Channel) => Problem::new(Code::ChannelNotAllowed),
        // Counts leave their window by twelfths: five minutes of an hour, two hours of a day.
        Some(Obligation::RateLimited { counter, below }) => {
            let minutes = counter.minutes().div_ceil(12);
            let problem = limited(Code::RateLimited, counter, below, |zh, en| Help {
                zh: format!("{zh}，约 {minutes} 分钟后可再试。").into(),
                en: format!("{en}; try again in about {minutes} minutes.").into(),
            });
            problem.retry_after(u64::from(counter.minutes()) * 60 / 12)
        }
        Some(Obligation::AskApproval { counter, below }) => {
            limited(Code::ApprovalAsked, counter, below, |zh, en| Help {
                zh: format!("{zh}，继续须先申请访问此记录，经审批后再试。").into(),
                en: format!("{en}; ask for access to this record, and go on once it is approved.").into(),
            })
        }
        Some(Obligation::Restricted { response, until, wait_ms }) => restricted(response, until, wait_ms),
    }
}

/// A problem that says which limit was reached.
fn limited(code: Code, counter: Counter, below: i64, help: impl FnOnce(String, String) -> Help) -> Problem {
    let counted = counted_words(counter);
    let zh = format!("{}已达上限 {below}", counted.zh);
    let en = format!("You reached the limit of {below} {}", counted.en);
    let detail = format!("the limit of {below} {} is reached", counted.en);
    Problem { own: Some(Box::new(Own { help: Some(help(zh, en)), until: None })), ..Problem::new(code).detail(detail) }
}

/// Signing in is taken from this person.
pub(crate) fn suspended(until: Option<UnixMs>) -> Problem {
    restricted(ResponseKind::Suspend, until, 0)
}

/// A response that stands against it, and until when.
fn restricted(response: ResponseKind, until: Option<UnixMs>, wait_ms: i64) -> Problem {
    let code = match response {
        ResponseKind::Throttle => Code::Throttled,
        ResponseKind::StepUp => Code::StepUpNeeded,
        ResponseKind::Suspend => Code::AccountSuspended,
        ResponseKind::NoExport => Code::ExportSuspended,
    };
    let words = until.map_or_else(|| "until it is ended".to_owned(), |t| format!("until {t}"));
    let problem = Problem { own: Some(Box::new(Own { help: None, until })), ..Problem::new(code).detail(words) };
    match response {
        ResponseKind::Throttle => problem.retry_after(u64::try_from(wait_ms).unwrap_or(0).div_ceil(1000).max(1)),
        _ => problem,
    }
}

/// Where a field problem lies: what belongs to the question or the record itself, else a field's value.
fn pointer(p: &FieldProblem) -> String {
    const OWN: &[&str] = &[
        "fields",
        "limit",
        "cursor",
        "filter",
        "search",
        "sort",
        "to",
        "until",
        "pool",
        "owner",
        "ids",
        "rows_per_day",
        "approve_above",
        "lasts_hours",
        "downloads",
        "others",
        "reports_to",
        "headings",
        "rules",
        "reason",
        "most_mb",
        "per_record",
        "total_mb",
        "refused",
        "minutes",
        "per_minute",
        "message",
        "count",
        "label",
    ];
    let name = p.field.as_str();
    if name.contains('.') || OWN.contains(&name) {
        format!("/{}", name.replace('.', "/"))
    } else if BUILT_IN.contains(&name) && name != "customer" {
        format!("/{name}")
    } else {
        format!("/fields/{name}")
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            // The gate's name for the operations that a token, or a session before its password is changed, is limited to.
            Refusal::Forbidden { rules, .. } if rules.iter().any(|r| r == "token.actions") => {
                Problem { rules, ..Problem::new(Code::OutsideToken) }
            }
            Refusal::Forbidden { rules, obligation } => Problem { rules, ..obliged(obligation, Code::Forbidden) },
            Refusal::ForbiddenOnRecord { rules, obligation } => {
                Problem { rules, ..obliged(obligation, Code::ForbiddenOnRecord) }
            }
            Refusal::NotFound => Problem::new(Code::NotFound),
            Refusal::Invalid(problems) => {
                let errors = problems.iter().map(|p| ProblemItem::of(pointer(p), p)).collect();
                Problem { errors, ..Problem::new(Code::InvalidValues) }
            }
            Refusal::Conflict => Problem::new(Code::Conflict),
            Refusal::Taken { field } => {
                let problem = Problem::new(Code::Taken);
                match field {
                    Some(f) => problem.item(format!("/fields/{f}"), "duplicate", "the value is in use"),
                    None => problem,
                }
            }
            Refusal::Barred { code: "wait", reason } => {
                Problem::new(Code::TooManyAttempts).detail(reason).retry_after(60)
            }
            Refusal::Barred { code, reason } => match Code::by_name(code) {
                Some(known) => Problem::new(known).detail(reason),
                None => Problem::new(Code::Barred).item("", code, reason.clone()).detail(reason),
            },
            Refusal::TooMany { limit } => Problem::new(Code::TooManyRows).detail(format!("at most {limit} rows")),
            Refusal::AuditUnavailable => Problem::new(Code::AuditUnavailable).retry_after(30),
            // The reason may name tables: it was logged where it happened.
            Refusal::StoreUnavailable(_) => Problem::new(Code::StoreUnavailable).retry_after(5),
            Refusal::Damaged => Problem::new(Code::Damaged),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conflict_is_412_only_for_who_said_what_they_had_read() {
        assert_eq!(Precondition::IfMatch.answer(Refusal::Conflict).code, Code::VersionConflict);
        assert_eq!(Precondition::None.answer(Refusal::Conflict).code, Code::Conflict);
    }

    #[test]
    fn the_database_s_own_words_stay_inside() {
        let p = Problem::from(Refusal::StoreUnavailable("no such table: record".into()));
        assert!(!serde_json::to_string(&p.body("t")).unwrap().contains("table"));
    }

    #[test]
    fn wrong_fields_are_pointed_at() {
        let p = Problem::from(Refusal::Invalid(vec![
            FieldProblem::new("phone", "invalid_value", "expected a phone number"),
            FieldProblem::new("limit", "invalid_value", "too much"),
            FieldProblem::new("rows.a", "unknown_role", "no"),
        ]));
        let pointers: Vec<_> = p.errors.iter().map(|e| e.pointer.as_str()).collect();
        assert_eq!(pointers, ["/fields/phone", "/limit", "/rows/a"]);
    }
}
