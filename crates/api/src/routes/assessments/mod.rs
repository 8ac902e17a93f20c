//! Assessments by third parties 第三方评估: questionnaire, evidence room, accounts from outside, and what assessors say.

mod answer;
mod evidence;
mod file;
mod form;
mod manage;
mod own;
mod paper;
mod questions;
mod read;

use access::path::Refusal;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::{Precondition, Problem};
use crate::routes::cases::refused;
use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(read::list_assessments, manage::begin_assessment))
        .routes(routes!(own::list_own_assessment_questions))
        .routes(routes!(own::list_assessment_choices))
        .routes(routes!(read::show_assessment, manage::change_assessment))
        .routes(routes!(manage::open_assessment))
        .routes(routes!(manage::close_assessment))
        .routes(routes!(manage::name_assessor, manage::dismiss_assessor))
        .routes(routes!(questions::add_questions))
        .routes(routes!(questions::remove_question))
        .routes(routes!(questions::assign_question))
        .routes(routes!(questions::approve_answer))
        .routes(routes!(questions::return_answer))
        .routes(routes!(answer::answer_assessment_question))
        .routes(routes!(answer::say_on_question))
        .routes(routes!(evidence::look_at_evidence))
        .routes(routes!(evidence::take_assessment_evidence))
        .routes(routes!(evidence::add_evidence_file))
        .routes(routes!(file::take_assessment))
}

/// A refusal of a request that said what it had read.
fn refused_act(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::Conflict => Precondition::IfMatch.answer(Refusal::Conflict),
        other => refused(other),
    }
}
