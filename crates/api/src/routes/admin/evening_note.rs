//! `/admin/evening-note`: whether, when and about how much people are asked on the same evening what they opened.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::cases::{ChangeEveningRules, EveningRules, ReadEveningRules};
use store::company::Note;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::cases::refused;
use crate::state::ApiState;

/// The evening note.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EveningNoteForm {
    pub on: bool,
    /// Of the company's day.
    #[schema(maximum = 23)]
    pub hour: u8,
    /// From so many different customers on, opened without a reason that the system saw.
    #[schema(minimum = 1, maximum = 1000)]
    pub customers: u32,
    /// Whether what a list showed counts too.
    pub lists: bool,
    /// Days to answer; past them it is shown that nobody did.
    #[schema(minimum = 1, maximum = 30)]
    pub answer_days: u32,
}

impl From<EveningRules> for EveningNoteForm {
    fn from(r: EveningRules) -> Self {
        let EveningRules { on, hour, customers, lists, answer_days } = r;
        Self { on, hour, customers, lists, answer_days }
    }
}

/// The evening note
#[utoipa::path(
    get, path = "/admin/evening-note", tag = "admin",
    responses((status = 200, description = "what is in force", body = EveningNoteForm)),
    extensions(("x-whosaw-action" = json!("detection.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_evening_note(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<EveningNoteForm>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadEveningRules).await?;
    Ok(Answer::with(state.store.read_evening_rules(grant).await?, EveningNoteForm::from))
}

/// Change the evening note
///
/// Who was asked about a day is not asked about it again.
#[utoipa::path(
    put, path = "/admin/evening-note", tag = "admin",
    request_body = EveningNoteForm,
    responses((status = 204, description = "changed")),
    extensions(("x-whosaw-action" = json!("detection.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_evening_note(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(form): Body<EveningNoteForm>,
) -> Outcome<Answer<()>> {
    let EveningNoteForm { on, hour, customers, lists, answer_days } = form;
    let rules = EveningRules { on, hour, customers, lists, answer_days };
    let op = ChangeEveningRules { rules, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.change_evening_rules(grant).await.map_err(refused)?))
}
