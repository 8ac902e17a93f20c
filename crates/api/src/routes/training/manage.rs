//! `/training`: which courses are to be taken by whom, giving one to somebody, and how far everybody is.

use axum::extract::State;
use model::{DepartmentId, RoleName, Text, UserId};
use serde::{Deserialize, Serialize};
use store::company::Note;
use store::training::{
    AssignTraining, ChangeTrainingRules, DepartmentProgress, LearnerLine, ReadTrainingRules, RequiredCourse,
    TrainingFilter, TrainingProgress, TrainingRules, UnitProgress,
};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Answer;
use crate::extract::{Body, Query, SignedInCaller};
use crate::forms;
use crate::problem::{Code, Outcome, Problem};
use crate::routes::cases::refused;
use crate::schema::Label;
use crate::state::ApiState;

/// A course, and who must take it.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequiredCourseForm {
    #[schema(example = "personal-data", max_length = 64)]
    pub course: String,
    /// Holders of any of these roles; of none: everybody.
    #[schema(value_type = Vec<String>)]
    pub roles: std::collections::BTreeSet<RoleName>,
}

/// What is asked of whom.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrainingRulesForm {
    /// Whether courses are given to people by the house.
    pub on: bool,
    #[schema(max_items = 50)]
    pub required: Vec<RequiredCourseForm>,
    /// Days from when a course is given until it is due.
    #[schema(minimum = 1, maximum = 365)]
    pub due_days: u32,
    /// How long a course that was passed counts.
    #[schema(minimum = 1, maximum = 36)]
    pub valid_months: u32,
    /// Minutes after a quiz that was not passed until the next one.
    #[schema(minimum = 0, maximum = 1440)]
    pub wait_minutes: u32,
    /// What whoever passes says they keep to; empty in both languages: nothing.
    #[schema(value_type = Label)]
    pub pledge: Text,
}

impl From<TrainingRules> for TrainingRulesForm {
    fn from(r: TrainingRules) -> Self {
        let form = |c: RequiredCourse| RequiredCourseForm { course: c.course, roles: c.roles };
        let required = r.required.into_iter().map(form).collect();
        let TrainingRules { on, due_days, valid_months, wait_minutes, pledge, .. } = r;
        Self { on, required, due_days, valid_months, wait_minutes, pledge }
    }
}

/// Which courses are to be taken by whom
#[utoipa::path(
    get, path = "/admin/training", tag = "training",
    responses((status = 200, description = "what is in force", body = TrainingRulesForm)),
    extensions(("x-whosaw-action" = json!("training.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_training_rules(
    State(state): State<ApiState>,
    who: SignedInCaller,
) -> Outcome<Answer<TrainingRulesForm>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadTrainingRules).await?;
    Ok(Answer::with(state.store.read_training_rules(grant).await?, TrainingRulesForm::from))
}

/// Change which courses are to be taken by whom
///
/// What somebody passed keeps counting for as long as it was passed for.
#[utoipa::path(
    put, path = "/admin/training", tag = "training",
    request_body = TrainingRulesForm,
    responses((status = 204, description = "changed")),
    extensions(("x-whosaw-action" = json!("training.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_training_rules(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(form): Body<TrainingRulesForm>,
) -> Outcome<Answer<()>> {
    let required = |c: RequiredCourseForm| RequiredCourse { course: c.course, roles: c.roles };
    let TrainingRulesForm { on, due_days, valid_months, wait_minutes, pledge, .. } = form;
    let required = form.required.into_iter().map(required).collect();
    let rules = TrainingRules { on, required, due_days, valid_months, wait_minutes, pledge };
    let op = ChangeTrainingRules { rules, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.change_training_rules(grant).await.map_err(refused)?))
}

/// A course for somebody.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrainingGift {
    #[schema(value_type = uuid::Uuid)]
    pub user: UserId,
    #[schema(example = "misuse", max_length = 64)]
    pub course: String,
    /// Whether it is asked after a case that was confirmed.
    #[serde(default)]
    pub after_case: bool,
    #[schema(minimum = 1, maximum = 365)]
    pub days: u32,
}

/// Give somebody a course
///
/// Whatever they passed before: past the date their training is not current, until they pass it again.
#[utoipa::path(
    post, path = "/training/assignments", tag = "training",
    request_body = TrainingGift,
    responses((status = 204, description = "given, and they are told")),
    extensions(("x-whosaw-action" = json!("training.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn assign_training(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<TrainingGift>,
) -> Outcome<Answer<()>> {
    let op = AssignTraining::new(b.user, b.course, b.after_case, b.days);
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.assign_training(grant).await.map_err(refused)?))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ProgressQuery {
    /// With the departments below it.
    #[param(value_type = Option<uuid::Uuid>)]
    pub department: Option<String>,
    /// Lines of this state only.
    #[param(schema_with = forms::training_state)]
    pub state: Option<String>,
}

/// A department's people.
#[derive(Serialize, ToSchema)]
pub struct ProgressUnit {
    pub department: String,
    pub people: usize,
    /// Who passed all that they must take.
    pub current: usize,
    pub overdue: usize,
}

/// Somebody and a course.
#[derive(Serialize, ToSchema)]
pub struct ProgressLine {
    pub user: uuid::Uuid,
    pub name: String,
    pub department: String,
    pub course: String,
    #[schema(value_type = Label)]
    pub title: Text,
    /// `open`, `due`, `overdue` or `passed`.
    pub state: &'static str,
    #[schema(required = true)]
    pub why: Option<&'static str>,
    #[schema(required = true)]
    pub due_at: Option<i64>,
    #[schema(required = true)]
    pub passed_at: Option<i64>,
    #[schema(required = true)]
    pub valid_until: Option<i64>,
    pub attempts: usize,
}

/// How far everybody is.
#[derive(Serialize, ToSchema)]
pub struct Progress {
    pub departments: Vec<ProgressUnit>,
    /// By name; at most 1,000.
    pub lines: Vec<ProgressLine>,
    /// Whether these are all.
    pub complete: bool,
}

impl From<UnitProgress> for Progress {
    fn from(p: UnitProgress) -> Self {
        let unit = |d: DepartmentProgress| {
            let DepartmentProgress { department, people, current, overdue } = d;
            ProgressUnit { department, people, current, overdue }
        };
        let line = |l: LearnerLine| ProgressLine {
            user: l.user.0,
            name: l.name,
            department: l.department,
            course: l.course,
            title: l.title,
            state: l.state,
            why: l.why,
            due_at: l.due_at.map(|t| t.0),
            passed_at: l.passed_at.map(|t| t.0),
            valid_until: l.valid_until.map(|t| t.0),
            attempts: l.attempts,
        };
        let departments = p.departments.into_iter().map(unit).collect();
        Self { departments, lines: p.lines.into_iter().map(line).collect(), complete: p.complete }
    }
}

/// How far everybody is with what they must take
#[utoipa::path(
    get, path = "/training/progress", tag = "training",
    params(ProgressQuery),
    responses((status = 200, description = "by department, and by person", body = Progress)),
    extensions(("x-whosaw-action" = json!("training.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn training_progress(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(q): Query<ProgressQuery>,
) -> Outcome<Answer<Progress>> {
    let bad = |name: &str, reason: &str| {
        Problem::new(Code::MalformedQuery).item(format!("/query/{name}"), "invalid_value", reason)
    };
    let id = |d: String| d.parse::<DepartmentId>().map_err(|_| bad("department", "expected an id"));
    let department = q.department.map(id).transpose()?;
    let known = ["open", "due", "overdue", "passed"];
    if q.state.as_deref().is_some_and(|s| !known.contains(&s)) {
        return Err(bad("state", "an unknown value"));
    }
    let op = TrainingProgress { filter: TrainingFilter { department, state: q.state } };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.training_progress(grant).await?, Progress::from))
}
