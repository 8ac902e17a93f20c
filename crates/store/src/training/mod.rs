//! Security training 安全培训: who is to take which course until when, quizzes, and what comes of them.
//!
//! One story. Lin joins as a sales rep, whose exports need current training. The house gives Lin three courses, due in two weeks, and says
//! so. Lin reads, fails the quiz, reads again, passes. With the last of the three Lin's training is current for a year, and exports work.
//!
//! Rules.
//! - What is right is marked here: a quiz that was begun is the one that is answered, so nobody draws until the questions please.
//! - Somebody's training is current until the first of the courses that they must take runs out; it is set in the unit of the quiz that
//!   passed, and the gate looks at it with the next request.
//! - Who passed what, and when, is told by the log. How often somebody failed is theirs and the officers' to see.

mod certificate;
mod manage;
mod own;
mod round;
mod row;
mod rules;

use access::path::{OnSystem, Operation};
use model::Action;
use serde_json::{Value, json};

use crate::company::operations;

pub use certificate::{Certificate, ProveCertificate, TakeCertificate};
pub use manage::{AssignTraining, DepartmentProgress, LearnerLine, TrainingFilter, TrainingProgress, UnitProgress};
pub use own::{
    AnswerQuiz, AskedQuestion, BeginQuiz, CourseView, ListOwnTraining, OwnCourse, OwnTraining, QuizMarked, QuizView,
    ShowCourse, WrongAnswer,
};
pub use round::TrainingRound;
pub(crate) use rules::TRAINING;
pub use rules::{ChangeTrainingRules, ReadTrainingRules, RequiredCourse, TrainingRules};

operations! {
    ListOwnTraining: TrainingTake, |_op| json!({ "act": "training.list" });
    ShowCourse: TrainingTake, |op| json!({ "act": "training.show", "course": op.course.chars().take(64).collect::<String>() });
    BeginQuiz: TrainingTake, |op| json!({ "act": "training.quiz", "course": op.course.chars().take(64).collect::<String>() });
    // What was chosen is not told; what came of it is.
    AnswerQuiz: TrainingTake, |op| json!({
        "act": "training.answer", "course": op.course.chars().take(64).collect::<String>(), "outcome": op.note.get(),
    });
    TakeCertificate: TrainingTake, |op| json!({
        "act": "training.certificate", "course": op.course.chars().take(64).collect::<String>(), "language": op.language,
    });
    ProveCertificate: TrainingTake, |op| json!({
        "act": "training.proof", "course": op.course.chars().take(64).collect::<String>(), "event": op.event,
    });
    ReadTrainingRules: TrainingManage, |_op| json!({ "act": "training.rules" });
    ChangeTrainingRules: TrainingManage, |op| json!({ "act": "training.change", "old": op.note.get(), "new": op.rules });
    AssignTraining: TrainingManage, |op| json!({
        "act": "training.assign", "user": op.user, "course": op.course.chars().take(64).collect::<String>(), "why": op.why, "days": op.days,
    });
    TrainingProgress: TrainingRead, |op| json!({ "act": "training.progress", "department": op.filter.department, "state": op.filter.state });
}
