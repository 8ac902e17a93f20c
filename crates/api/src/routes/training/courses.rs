//! `/training/courses`: which courses there are, a company's own and those outside, and withdrawing them.

use access::path::Refusal;
use axum::body::Body as HttpBody;
use axum::extract::State;
use model::{Action, Text};
use serde::{Deserialize, Serialize};
use store::company::Note;
use store::training::{
    CourseCard, CoursePut, ListCourses, MOST_PACKED_BYTES, Outside, PassRule, PutOutsideCourse, PutOwnCourse,
    VersionView, WithdrawCourse,
};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IdPath, SignedInCaller};
use crate::problem::{Code, Outcome, Problem, ProblemItem};
use crate::routes::arrive::arrive;
use crate::routes::cases::refused;
use crate::schema::Label;
use crate::state::ApiState;

/// A text of an own course.
#[derive(Serialize, ToSchema)]
pub struct CourseVersionItem {
    pub version: u32,
    pub at: i64,
    pub by_name: String,
    /// SHA-256 of its files.
    pub sha256: String,
    pub pages: usize,
    pub questions: usize,
}

/// What is known of a course that is taken in another system.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutsideCourseForm {
    #[schema(value_type = Label)]
    pub title: Text,
    /// May be empty.
    #[schema(value_type = Label)]
    pub about: Text,
    /// The IRI by which statements name it.
    #[schema(max_length = 2000, example = "https://lms.example.com/courses/7")]
    pub activity: String,
    /// Where it is taken: https.
    #[schema(max_length = 2000, example = "https://lms.example.com/courses/7/start")]
    pub launch: String,
    /// How long it counts.
    #[schema(minimum = 1, maximum = 36)]
    pub months: u32,
    /// Whether `completed` passes too: with success, or with marks where some are needed. `passed` always may.
    #[serde(default)]
    pub completed: bool,
    /// Marks in a hundred that are needed, by `result.score.scaled`.
    #[schema(minimum = 1, maximum = 100, required = true)]
    pub least_percent: Option<u32>,
    /// The `homePage` whose account names are logins here. One of the two is needed.
    #[schema(max_length = 2000, required = true)]
    pub home_page: Option<String>,
    /// The domain whose addresses (`mbox`) are `login@domain`.
    #[schema(max_length = 253, required = true)]
    pub mail_domain: Option<String>,
}

/// A course as officers see it.
#[derive(Serialize, ToSchema)]
pub struct CourseCardItem {
    pub id: String,
    /// `shipped`, `own` or `outside`.
    pub kind: &'static str,
    #[schema(value_type = Label)]
    pub title: Text,
    #[schema(value_type = Label)]
    pub about: Text,
    pub version: u32,
    /// Given to nobody and asked of nobody; what was passed of it counts on.
    pub withdrawn: bool,
    /// By the company's rules.
    pub required: bool,
    /// Of an own course, newest first.
    pub versions: Vec<CourseVersionItem>,
    #[schema(required = true)]
    pub outside: Option<OutsideCourseForm>,
}

/// All courses.
#[derive(Serialize, ToSchema)]
pub struct CourseCards {
    pub items: Vec<CourseCardItem>,
}

impl From<CourseCard> for CourseCardItem {
    fn from(c: CourseCard) -> Self {
        let version = |v: VersionView| CourseVersionItem {
            version: v.of.version,
            at: v.of.at.0,
            by_name: v.by_name,
            sha256: v.of.digest,
            pages: v.of.pages,
            questions: v.of.questions,
        };
        let head = c.head;
        let outside = head.outside.map(|o| OutsideCourseForm {
            title: head.title.clone(),
            about: head.about.clone(),
            activity: o.activity,
            launch: o.launch,
            months: o.months,
            completed: o.rule.completed,
            least_percent: o.rule.least_percent,
            home_page: o.home_page,
            mail_domain: o.mail_domain,
        });
        Self {
            id: head.id,
            kind: head.kind.as_str(),
            title: head.title,
            about: head.about,
            version: head.version,
            withdrawn: head.withdrawn,
            required: c.required,
            versions: c.versions.into_iter().map(version).collect(),
            outside,
        }
    }
}

/// What became of a course that was sent.
#[derive(Serialize, ToSchema)]
pub struct CoursePutAnswer {
    pub course: String,
    pub version: u32,
    /// It is the text that is there: nothing was changed.
    pub known: bool,
}

impl From<CoursePut> for CoursePutAnswer {
    fn from(p: CoursePut) -> Self {
        Self { course: p.course, version: p.version, known: p.known }
    }
}

/// What is wrong with a course is told by file and line, which are no pointers into JSON.
fn unread(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::Invalid(problems) => {
            let errors = problems.iter().map(|p| ProblemItem::of(p.field.clone(), p)).collect();
            Problem { errors, ..Problem::new(Code::CourseUnreadable) }
        }
        other => other.into(),
    }
}

/// All courses, those that were withdrawn too
#[utoipa::path(
    get, path = "/training/courses", tag = "training",
    responses((status = 200, description = "shipped ones first", body = CourseCards)),
    extensions(("x-whosaw-action" = json!("training.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_courses(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<CourseCards>> {
    let grant = state.store.gate().admit_system(&who.caller, ListCourses).await?;
    let all = state.store.list_courses(grant).await?;
    Ok(Answer::with(all, |all| CourseCards { items: all.into_iter().map(Into::into).collect() }))
}

async fn put(
    state: ApiState,
    who: SignedInCaller,
    course: Option<String>,
    body: HttpBody,
) -> Outcome<Answer<CoursePutAnswer>> {
    let (body, _permit) = arrive(&state, &who, Action::TrainingManage, body, MOST_PACKED_BYTES).await?;
    let op = PutOwnCourse { course, body, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.put_own_course(grant).await.map_err(unread)?, CoursePutAnswer::from))
}

/// Make a course of the company's own
///
/// A ZIP of at most 2 MiB with `zh.md`, `en.md` (one of them or both) and `questions.json` at its top: pages by their second headings, and at
/// least nine questions. What is wrong with it is told by file and line.
#[utoipa::path(
    post, path = "/training/courses", tag = "training",
    request_body(content = String, description = "the file", content_type = "application/zip"),
    responses((status = 200, description = "the course", body = CoursePutAnswer)),
    extensions(("x-whosaw-action" = json!("training.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn add_own_course(
    State(state): State<ApiState>,
    who: SignedInCaller,
    body: HttpBody,
) -> Outcome<Answer<CoursePutAnswer>> {
    put(state, who, None, body).await
}

/// Give an own course another text
///
/// A new version. Whoever passed the one before keeps that for as long as it was passed for; a quiz that was begun is drawn anew.
#[utoipa::path(
    post, path = "/training/courses/{course}/versions", tag = "training",
    params(("course" = String, Path, example = "own-0a1b2c3d4e")),
    request_body(content = String, description = "the file", content_type = "application/zip"),
    responses((status = 200, description = "its version", body = CoursePutAnswer)),
    extensions(("x-whosaw-action" = json!("training.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn add_course_version(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(course): IdPath<String>,
    body: HttpBody,
) -> Outcome<Answer<CoursePutAnswer>> {
    put(state, who, Some(course), body).await
}

/// Whether a course is withdrawn.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    pub withdrawn: bool,
}

/// Withdraw a course, or offer it again
///
/// A course that the rules require is taken out of them first. What was passed of it counts on; nobody is held to its date any more.
#[utoipa::path(
    put, path = "/training/courses/{course}/withdrawal", tag = "training",
    params(("course" = String, Path, example = "own-0a1b2c3d4e")),
    request_body = Withdrawal,
    responses((status = 204, description = "done")),
    extensions(("x-whosaw-action" = json!("training.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn withdraw_course(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(course): IdPath<String>,
    Body(b): Body<Withdrawal>,
) -> Outcome<Answer<()>> {
    let op = WithdrawCourse { course, withdrawn: b.withdrawn };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.withdraw_course(grant).await.map_err(refused)?))
}

async fn outside(
    state: ApiState,
    who: SignedInCaller,
    course: Option<String>,
    f: OutsideCourseForm,
) -> Outcome<Answer<CoursePutAnswer>> {
    let outside = Outside {
        activity: f.activity,
        launch: f.launch,
        months: f.months,
        rule: PassRule { completed: f.completed, least_percent: f.least_percent },
        home_page: f.home_page,
        mail_domain: f.mail_domain,
    };
    let op = PutOutsideCourse { course, title: f.title, about: f.about, outside, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.put_outside_course(grant).await.map_err(refused)?, CoursePutAnswer::from))
}

/// Make a course known that is taken in another system
///
/// That system states who passed it, in xAPI: `POST /training/statements`.
#[utoipa::path(
    post, path = "/training/outside", tag = "training",
    request_body = OutsideCourseForm,
    responses((status = 200, description = "the course", body = CoursePutAnswer)),
    extensions(("x-whosaw-action" = json!("training.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn add_outside_course(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(form): Body<OutsideCourseForm>,
) -> Outcome<Answer<CoursePutAnswer>> {
    outside(state, who, None, form).await
}

/// Change what is known of a course outside
///
/// What was passed keeps counting for as long as it was passed for.
#[utoipa::path(
    put, path = "/training/outside/{course}", tag = "training",
    params(("course" = String, Path, example = "outside-0a1b2c3d4e")),
    request_body = OutsideCourseForm,
    responses((status = 200, description = "its version", body = CoursePutAnswer)),
    extensions(("x-whosaw-action" = json!("training.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_outside_course(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(course): IdPath<String>,
    Body(form): Body<OutsideCourseForm>,
) -> Outcome<Answer<CoursePutAnswer>> {
    outside(state, who, Some(course), form).await
}
