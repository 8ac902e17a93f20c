//! `/admin/reveal-rules`: how often masked fields may be seen in the clear.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::company::Note;
use store::records::{ChangeRevealRules, ReadRevealRules, RevealRules};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// How often masked fields may be revealed, for everybody.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevealRulesForm {
    /// Reveals of one person in 24 hours; `null` sets no limit.
    // Left out is not `null`: a rule that nobody spoke of is not dropped.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true, minimum = 1, maximum = 100_000)]
    pub per_day: Option<u32>,
}

/// Rules of reveals
#[utoipa::path(
    get, path = "/admin/reveal-rules", tag = "admin",
    responses((status = 200, description = "the rules in force", body = RevealRulesForm)),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_reveal_rules(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<RevealRulesForm>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadRevealRules).await?;
    Ok(Answer::with(state.store.read_reveal_rules(grant).await?, |r| RevealRulesForm { per_day: r.per_day }))
}

/// Change the rules of reveals
///
/// They hold at once, and count what was revealed before.
#[utoipa::path(
    put, path = "/admin/reveal-rules", tag = "admin",
    request_body = RevealRulesForm,
    responses((status = 204, description = "changed")),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_reveal_rules(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(form): Body<RevealRulesForm>,
) -> Outcome<Answer<()>> {
    let op = ChangeRevealRules { rules: RevealRules { per_day: form.per_day }, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.change_reveal_rules(grant).await?))
}
