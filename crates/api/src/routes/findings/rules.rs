//! `/admin/findings`: how long what may stay open, and what takes two people.

use axum::extract::State;
use model::Severity;
use serde::{Deserialize, Serialize};
use store::company::Note;
use store::findings::{ChangeFindingRules, FindingRules, ReadFindingRules};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::cases::refused;
use crate::state::ApiState;

/// How long what may stay open. What is graver is not due later.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingRulesForm {
    #[schema(minimum = 1, maximum = 3650)]
    pub critical_days: u32,
    #[schema(minimum = 1, maximum = 3650)]
    pub high_days: u32,
    #[schema(minimum = 1, maximum = 3650)]
    pub medium_days: u32,
    #[schema(minimum = 1, maximum = 3650)]
    pub low_days: u32,
    #[schema(minimum = 1, maximum = 3650)]
    pub informational_days: u32,
    /// The longest time for which a finding is accepted.
    #[schema(minimum = 1, maximum = 3650)]
    pub accept_days: u32,
    /// From this severity on setting aside takes a second person.
    #[schema(value_type = String, example = "high")]
    pub second_from: Severity,
}

impl From<FindingRules> for FindingRulesForm {
    fn from(r: FindingRules) -> Self {
        let FindingRules { critical_days, high_days, medium_days, low_days, informational_days, accept_days, .. } = r;
        let second_from = r.second_from;
        Self { critical_days, high_days, medium_days, low_days, informational_days, accept_days, second_from }
    }
}

impl From<FindingRulesForm> for FindingRules {
    fn from(f: FindingRulesForm) -> Self {
        let FindingRulesForm { critical_days, high_days, medium_days, low_days, informational_days, .. } = f;
        let (accept_days, second_from) = (f.accept_days, f.second_from);
        Self { critical_days, high_days, medium_days, low_days, informational_days, accept_days, second_from }
    }
}

/// How long findings may stay open
#[utoipa::path(
    get, path = "/admin/findings", tag = "findings",
    responses((status = 200, description = "what is in force", body = FindingRulesForm)),
    extensions(("x-whosaw-action" = json!("finding.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_finding_rules(
    State(state): State<ApiState>,
    who: SignedInCaller,
) -> Outcome<Answer<FindingRulesForm>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadFindingRules).await?;
    Ok(Answer::with(state.store.read_finding_rules(grant).await?, FindingRulesForm::from))
}

/// Change how long findings may stay open
///
/// What is open keeps its date.
#[utoipa::path(
    put, path = "/admin/findings", tag = "findings",
    request_body = FindingRulesForm,
    responses((status = 204, description = "changed")),
    extensions(("x-whosaw-action" = json!("finding.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_finding_rules(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(form): Body<FindingRulesForm>,
) -> Outcome<Answer<()>> {
    let op = ChangeFindingRules { rules: form.into(), note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.change_finding_rules(grant).await.map_err(refused)?))
}
