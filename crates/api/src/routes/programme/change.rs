//! `PUT /programme` and `/programme/skips`: how often, by whom and how; and why something was skipped.

use axum::extract::State;
use govern::programme::Cycle;
use model::UserId;
use serde::Deserialize;
use store::company::Note;
use store::programme::{ChangeProgramme, Entry, ExcuseSkip};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::cases::refused;
use crate::state::ApiState;

/// How often.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProgrammeCycle {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl From<ProgrammeCycle> for Cycle {
    fn from(c: ProgrammeCycle) -> Self {
        match c {
            ProgrammeCycle::Day => Cycle::Day,
            ProgrammeCycle::Week => Cycle::Week,
            ProgrammeCycle::Month => Cycle::Month,
            ProgrammeCycle::Quarter => Cycle::Quarter,
            ProgrammeCycle::Year => Cycle::Year,
        }
    }
}

/// An activity as it is to be done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeEntry {
    #[schema(example = "log_review", max_length = 64)]
    pub activity: String,
    pub on: bool,
    pub cycle: ProgrammeCycle,
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true, value_type = Option<uuid::Uuid>)]
    pub owner: Option<UserId>,
    /// What it covers.
    #[schema(max_length = 500)]
    pub scope: String,
    /// How it is done.
    #[schema(max_length = 500)]
    pub method: String,
}

/// All that is not as it ships.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeForm {
    #[schema(max_items = 100)]
    pub entries: Vec<ProgrammeEntry>,
}

/// Change the audit programme
///
/// What is asked for more often, or anew, is asked for from now on: no cycle before counts as skipped for it.
#[utoipa::path(
    put, path = "/programme", tag = "programme",
    request_body = ProgrammeForm,
    responses((status = 204, description = "changed")),
    extensions(("x-whosaw-action" = json!("programme.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_programme(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(form): Body<ProgrammeForm>,
) -> Outcome<Answer<()>> {
    let entry = |e: ProgrammeEntry| Entry {
        activity: e.activity,
        on: e.on,
        cycle: e.cycle.into(),
        owner: e.owner,
        scope: e.scope.trim().to_owned(),
        method: e.method.trim().to_owned(),
    };
    let op = ChangeProgramme { entries: form.entries.into_iter().map(entry).collect(), note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.change_programme(grant).await.map_err(refused)?))
}

/// Why something was skipped.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeExcuse {
    #[schema(example = "log_review", max_length = 64)]
    pub activity: String,
    /// The first day of a cycle that is over, `YYYY-MM-DD`.
    #[schema(example = "2026-11-16", max_length = 10)]
    pub first: String,
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Say why something was skipped
///
/// It explains the cycle and does not make it done.
#[utoipa::path(
    post, path = "/programme/skips", tag = "programme",
    request_body = ProgrammeExcuse,
    responses((status = 204, description = "kept")),
    extensions(("x-whosaw-action" = json!("programme.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn excuse_skip(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<ProgrammeExcuse>,
) -> Outcome<Answer<()>> {
    let op = ExcuseSkip { activity: b.activity, first: b.first, reason: b.reason };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.excuse_skip(grant).await.map_err(refused)?))
}
