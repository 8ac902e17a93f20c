//! `/me/training`: one's own courses, their text, and quizzes.

use std::collections::BTreeSet;

use axum::extract::State;
use model::Text;
use serde::{Deserialize, Serialize};
use store::company::Note;
use store::training::{
    AnswerQuiz, AskedQuestion, BeginQuiz, CourseView, ListOwnTraining, OwnCourse, OwnTraining, QuizMarked, QuizView,
    ShowCourse, WrongAnswer,
};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::cases::refused;
use crate::schema::Label;
use crate::state::ApiState;

/// How the reader stands with a course.
#[derive(Serialize, ToSchema)]
pub struct CourseItem {
    /// Its name in addresses.
    pub id: String,
    /// `shipped`, `own` or `outside`.
    pub kind: &'static str,
    #[schema(value_type = Label)]
    pub title: Text,
    #[schema(value_type = Label)]
    pub about: Text,
    /// Questions of one quiz; 0 of a course outside.
    pub questions: usize,
    /// Where a course outside is taken.
    #[schema(required = true)]
    pub launch: Option<String>,
    /// The host that states who passed it.
    #[schema(required = true)]
    pub from: Option<String>,
    /// By the company's rules.
    pub required: bool,
    /// `open`, `due`, `overdue` or `passed`.
    pub state: &'static str,
    /// `own`, `required`, `renewal`, `asked` or `case`; `null` of a course nobody has begun or given.
    #[schema(required = true)]
    pub why: Option<&'static str>,
    #[schema(required = true)]
    pub due_at: Option<i64>,
    #[schema(required = true)]
    pub passed_at: Option<i64>,
    #[schema(required = true)]
    pub valid_until: Option<i64>,
    /// Quizzes answered.
    pub attempts: usize,
    /// After a quiz that was not passed: before then no other begins.
    #[schema(required = true)]
    pub wait_until: Option<i64>,
}

impl From<OwnCourse> for CourseItem {
    fn from(c: OwnCourse) -> Self {
        let (launch, from) = c.outside.unzip();
        Self {
            id: c.id,
            kind: c.kind.as_str(),
            title: c.title,
            about: c.about,
            questions: c.questions,
            launch,
            from,
            required: c.required,
            state: c.state,
            why: c.why,
            due_at: c.due_at.map(|t| t.0),
            passed_at: c.passed_at.map(|t| t.0),
            valid_until: c.valid_until.map(|t| t.0),
            attempts: c.attempts,
            wait_until: c.wait_until.map(|t| t.0),
        }
    }
}

/// One's own courses.
#[derive(Serialize, ToSchema)]
pub struct OwnTrainingAnswer {
    /// Until when all training that the reader needs is current.
    #[schema(required = true)]
    pub trained_until: Option<i64>,
    /// In the order they are best taken in.
    pub items: Vec<CourseItem>,
}

impl From<OwnTraining> for OwnTrainingAnswer {
    fn from(t: OwnTraining) -> Self {
        let items = t.courses.into_iter().map(CourseItem::from).collect();
        Self { trained_until: t.trained_until.map(|t| t.0), items }
    }
}

/// A page of a course.
#[derive(Serialize, ToSchema)]
pub struct CoursePage {
    #[schema(value_type = Label)]
    pub title: Text,
    /// Paragraphs and lists in Markdown.
    #[schema(value_type = Label)]
    pub text: Text,
}

/// What whoever passes says they keep to.
#[derive(Serialize, ToSchema)]
pub struct CoursePledge {
    #[schema(value_type = Label)]
    pub text: Text,
    /// What an answer names to say that this text was acknowledged.
    pub digest: String,
}

/// A course with its text.
#[derive(Serialize, ToSchema)]
pub struct CourseDetail {
    #[serde(flatten)]
    pub course: CourseItem,
    /// None of a course outside.
    pub pages: Vec<CoursePage>,
    #[schema(required = true)]
    pub pledge: Option<CoursePledge>,
}

impl From<CourseView> for CourseDetail {
    fn from(v: CourseView) -> Self {
        let page = |p: training::Page| CoursePage { title: p.title, text: p.text };
        Self {
            course: v.course.into(),
            pages: v.pages.into_iter().map(page).collect(),
            pledge: v.pledge.map(|(text, digest)| CoursePledge { text, digest }),
        }
    }
}

/// A question of a quiz.
#[derive(Serialize, ToSchema)]
pub struct QuizQuestion {
    #[schema(value_type = Label)]
    pub text: Text,
    /// Whether several answers may be right.
    pub many: bool,
    #[schema(value_type = Vec<Label>)]
    pub options: Vec<Text>,
}

/// A quiz.
#[derive(Serialize, ToSchema)]
pub struct Quiz {
    pub questions: Vec<QuizQuestion>,
    /// Past it another quiz is begun.
    pub answer_by: i64,
}

impl From<QuizView> for Quiz {
    fn from(v: QuizView) -> Self {
        let question = |q: AskedQuestion| QuizQuestion { text: q.text, many: q.many, options: q.options };
        Self { questions: v.questions.into_iter().map(question).collect(), answer_by: v.answer_by.0 }
    }
}

/// Answers to a quiz.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuizAnswers {
    /// For each question, in the quiz's order, the positions of what was chosen, from 0.
    #[schema(value_type = Vec<Vec<usize>>, max_items = 50)]
    pub answers: Vec<BTreeSet<usize>>,
    /// The digest of the company's text, where it has one.
    #[schema(max_length = 64)]
    #[serde(default)]
    pub pledge: Option<String>,
}

/// A question that was not answered right.
#[derive(Serialize, ToSchema)]
pub struct QuizWrong {
    /// Its place in the quiz, from 0.
    pub place: usize,
    /// What would have been right; empty where the quiz was not passed.
    #[schema(value_type = Vec<usize>)]
    pub right: BTreeSet<usize>,
    #[schema(value_type = Label)]
    pub why: Text,
}

/// What came of a quiz.
#[derive(Serialize, ToSchema)]
pub struct QuizResult {
    pub right: usize,
    pub of: usize,
    pub passed: bool,
    pub wrong: Vec<QuizWrong>,
    /// Of the course, where it was passed.
    #[schema(required = true)]
    pub valid_until: Option<i64>,
    /// Until when all training that the reader needs is current.
    #[schema(required = true)]
    pub trained_until: Option<i64>,
    #[schema(required = true)]
    pub wait_until: Option<i64>,
}

impl From<QuizMarked> for QuizResult {
    fn from(m: QuizMarked) -> Self {
        let wrong = |w: WrongAnswer| QuizWrong { place: w.place, right: w.right, why: w.why };
        Self {
            right: m.right,
            of: m.of,
            passed: m.passed,
            wrong: m.wrong.into_iter().map(wrong).collect(),
            valid_until: m.valid_until.map(|t| t.0),
            trained_until: m.trained_until.map(|t| t.0),
            wait_until: m.wait_until.map(|t| t.0),
        }
    }
}

/// One's own courses
#[utoipa::path(
    get, path = "/me/training", tag = "training",
    responses((status = 200, description = "how one stands with each", body = OwnTrainingAnswer)),
    extensions(("x-whosaw-action" = json!("training.take")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_own_training(
    State(state): State<ApiState>,
    who: SignedInCaller,
) -> Outcome<Answer<OwnTrainingAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, ListOwnTraining).await?;
    Ok(Answer::with(state.store.list_own_training(grant).await?, OwnTrainingAnswer::from))
}

/// A course with its text
#[utoipa::path(
    get, path = "/me/training/{course}", tag = "training",
    params(("course" = String, Path, example = "personal-data")),
    responses((status = 200, description = "the course", body = CourseDetail)),
    extensions(("x-whosaw-action" = json!("training.take")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_course(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(course): IdPath<String>,
) -> Outcome<Answer<CourseDetail>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowCourse { course }).await?;
    Ok(Answer::with(state.store.show_course(grant).await?, CourseDetail::from))
}

/// Begin a quiz, or take up the one that was begun
#[utoipa::path(
    post, path = "/me/training/{course}/quiz", tag = "training",
    params(("course" = String, Path, example = "personal-data")),
    responses((status = 200, description = "its questions", body = Quiz)),
    extensions(("x-whosaw-action" = json!("training.take")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn begin_quiz(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(course): IdPath<String>,
) -> Outcome<Answer<Quiz>> {
    let grant = state.store.gate().admit_system(&who.caller, BeginQuiz { course }).await?;
    Ok(Answer::with(state.store.begin_quiz(grant).await?, Quiz::from))
}

/// Answer the quiz that was begun, once
#[utoipa::path(
    post, path = "/me/training/{course}/answers", tag = "training",
    params(("course" = String, Path, example = "personal-data")),
    request_body = QuizAnswers,
    responses((status = 200, description = "what came of it", body = QuizResult)),
    extensions(("x-whosaw-action" = json!("training.take")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn answer_quiz(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(course): IdPath<String>,
    Body(b): Body<QuizAnswers>,
) -> Outcome<Answer<QuizResult>> {
    let op = AnswerQuiz { course, answers: b.answers, pledge: b.pledge, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.answer_quiz(grant).await.map_err(refused)?, QuizResult::from))
}
