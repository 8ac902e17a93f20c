//! Security training 安全培训: which courses there are, who is to take which until when, quizzes, what systems outside state, and what
//! comes of them.
//!
//! One story. Lin joins as a sales rep, whose exports need current training. The house gives Lin three courses, due in two weeks, and says
//! so. Lin reads, fails the quiz, reads again, passes. With the last of the three Lin's training is current for a year, and exports work.
//!
//! Rules.
//! - What is right is marked here: a quiz that was begun is the one that is answered, so nobody draws until the questions please.
//! - Somebody's training is current until the first of the courses that they must take runs out; it is set in the unit of the quiz that
//!   passed, and the gate looks at it with the next request.
//! - Who passed what, and when, is told by the log. How often somebody failed is theirs and the officers' to see.

mod catalogue;
mod certificate;
mod courses;
mod current;
mod manage;
mod own;
mod round;
mod row;
mod rules;
mod statement_list;
mod statement_row;
mod statements;
mod text;

use access::path::{OnSystem, Operation};
use model::Action;
use serde_json::{Value, json};

use crate::company::operations;

pub(crate) use catalogue::COURSES;
pub use catalogue::{CompanyCourse, CourseHead, CourseKind, CourseVersion, Outside};
pub use certificate::{Certificate, PassedOutside, ProveCertificate, TakeCertificate};
pub use courses::{CourseCard, CoursePut, ListCourses, PutOutsideCourse, PutOwnCourse, VersionView, WithdrawCourse};
pub use manage::{AssignTraining, DepartmentProgress, LearnerLine, TrainingFilter, TrainingProgress, UnitProgress};
pub use own::{
    AnswerQuiz, AskedQuestion, BeginQuiz, CourseView, ListOwnTraining, OwnCourse, OwnTraining, QuizMarked, QuizView,
    ShowCourse, WrongAnswer,
};
pub use round::TrainingRound;
pub(crate) use rules::TRAINING;
pub use rules::{ChangeTrainingRules, ReadTrainingRules, RequiredCourse, TrainingRules};
pub use statement_list::{ListStatements, StatementView, StatementsPage};
pub use statement_row::StatementOutcome;
pub use statements::{StatementLine, StatementsTaken, TakeStatements};
pub use training::{MOST_PACKED_BYTES, MOST_STATEMENT_BYTES, PassRule};

/// An id of a course as an event tells it, however long what was asked for is.
fn short(course: &str) -> String {
    course.chars().take(64).collect()
}
fn short_address(text: &str) -> String {
    text.chars().take(200).collect()
}
fn told_text(text: &model::Text) -> model::Text {
    model::Text::new(short_address(&text.zh), short_address(&text.en))
}

operations! {
    ListOwnTraining: TrainingTake, |_op| json!({ "act": "training.list" });
    ShowCourse: TrainingTake, |op| json!({ "act": "training.show", "course": short(&op.course) });
    BeginQuiz: TrainingTake, |op| json!({ "act": "training.quiz", "course": short(&op.course) });
    // What was chosen is not told; what came of it is.
    AnswerQuiz: TrainingTake, |op| json!({
        "act": "training.answer", "course": short(&op.course), "outcome": op.note.get(),
    });
    TakeCertificate: TrainingTake, |op| json!({
        "act": "training.certificate", "course": short(&op.course), "language": op.language,
    });
    ProveCertificate: TrainingTake, |op| json!({
        "act": "training.proof", "course": short(&op.course), "event": op.event,
    });
    ReadTrainingRules: TrainingManage, |_op| json!({ "act": "training.rules" });
    ChangeTrainingRules: TrainingManage, |op| json!({ "act": "training.change", "old": op.note.get(), "new": op.rules });
    AssignTraining: TrainingManage, |op| json!({
        "act": "training.assign", "user": op.user, "course": short(&op.course), "why": op.why, "days": op.days,
    });
    PutOwnCourse: TrainingManage, |op| json!({
        "act": "training.course", "course": op.course.as_deref().map(short), "bytes": op.body.len(), "outcome": op.note.get(),
    });
    PutOutsideCourse: TrainingManage, |op| json!({
        "act": "training.outside", "course": op.course.as_deref().map(short), "outcome": op.note.get(),
        "new": { "title": told_text(&op.title), "launch": short_address(&op.outside.launch),
                 "activity": short_address(&op.outside.activity), "months": op.outside.months, "rule": op.outside.rule,
                 "home_page": op.outside.home_page.as_deref().map(short_address),
                 "mail_domain": op.outside.mail_domain.as_deref().map(short_address) },
    });
    WithdrawCourse: TrainingManage, |op| json!({
        "act": "training.withdraw", "course": short(&op.course), "withdrawn": op.withdrawn,
    });
    ListCourses: TrainingRead, |_op| json!({ "act": "training.courses" });
    // Who is meant by a statement is told by the rows of courses that it changed, not by what it says.
    TakeStatements: TrainingManage, |op| json!({
        "act": "training.statements", "bytes": op.body.len(), "outcome": op.note.get(),
    });
    ListStatements: TrainingRead, |op| json!({
        "act": "training.statement_list", "outcome": op.outcome.map(StatementOutcome::as_str),
        "course": op.course.as_deref().map(short),
    });
    TrainingProgress: TrainingRead, |op| json!({ "act": "training.progress", "department": op.filter.department, "state": op.filter.state });
}
