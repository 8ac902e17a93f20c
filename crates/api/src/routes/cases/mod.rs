//! Cases 案件: opened, worked on, decided by two people where it is grave, and exported with proofs; and the questions that their
//! subjects answer.

mod act;
mod attach;
mod close;
mod export;
mod figures;
mod list;
mod open;
mod own;
mod paper;
mod report;
mod show;
mod summary;
mod view;
mod words;

pub(super) use paper::parts;

use access::path::Refusal;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::Precondition;
use crate::problem::{Code, Problem, ProblemItem};
use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list::list_cases, open::open_case))
        .routes(routes!(list::list_handlers))
        .routes(routes!(figures::measure_cases))
        .routes(routes!(show::show_case))
        .routes(routes!(show::history_of_case))
        .routes(routes!(act::note_case))
        .routes(routes!(act::add_task))
        .routes(routes!(act::set_task))
        .routes(routes!(act::assign_case))
        .routes(routes!(act::watch_case))
        .routes(routes!(act::grade_case))
        .routes(routes!(act::cite_events))
        .routes(routes!(act::ask_subject))
        .routes(routes!(act::withdraw_question))
        .routes(routes!(act::reveal_subject))
        .routes(routes!(act::record_measure))
        .routes(routes!(act::contain_case))
        .routes(routes!(close::propose_closing))
        .routes(routes!(close::consent_to_closing))
        .routes(routes!(close::refuse_closing))
        .routes(routes!(close::reopen_case))
        .routes(routes!(export::export_case))
        .routes(routes!(report::report_case))
        .routes(routes!(report::prove_report))
        .routes(routes!(attach::attach_to_case))
        .routes(routes!(attach::take_case_file))
        .routes(routes!(own::list_own_questions))
        .routes(routes!(own::show_own_question))
        .routes(routes!(own::answer_question))
}

/// A refusal of this room: its fields are those of the request's body, not a record's.
pub(super) fn refused(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::Invalid(problems) => {
            let at = |p: &access::path::FieldProblem| format!("/{}", p.field.replace('.', "/"));
            let errors = problems.iter().map(|p| ProblemItem::of(at(p), p)).collect();
            Problem { errors, ..Problem::new(Code::InvalidValues) }
        }
        other => other.into(),
    }
}

/// The same, of a request that said what it had read.
fn refused_act(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::Conflict => Precondition::IfMatch.answer(Refusal::Conflict),
        other => refused(other),
    }
}
