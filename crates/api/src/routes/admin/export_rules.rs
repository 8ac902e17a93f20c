//! `/admin/export-rules`: what the company rules about exports.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::company::Note;
use store::exports::{ChangeExportRules, ExportRules, ReadExportRules};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// Rules of exports, for everybody; a role's own limit of rows holds beside them.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportRulesForm {
    /// Rows that one person may export in 24 hours; `null` leaves it to the roles.
    // Left out is not `null`: a rule that nobody spoke of is not dropped.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true, minimum = 1, maximum = 10_000_000)]
    pub rows_per_day: Option<u32>,
    /// More rows than this need an approval; `null` asks for none.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true, maximum = 10_000_000)]
    pub approve_above: Option<u32>,
    /// An approval is needed when sensitive fields are shown in the clear.
    pub approve_sensitive: bool,
    /// A file is destroyed after so many hours.
    #[schema(minimum = 1, maximum = 168)]
    pub lasts_hours: u32,
    /// A file is taken at most so often.
    #[schema(minimum = 1, maximum = 100)]
    pub downloads: u32,
}

impl From<ExportRules> for ExportRulesForm {
    fn from(r: ExportRules) -> Self {
        let ExportRules { rows_per_day, approve_above, approve_sensitive, lasts_hours, downloads } = r;
        Self { rows_per_day, approve_above, approve_sensitive, lasts_hours, downloads }
    }
}
impl From<ExportRulesForm> for ExportRules {
    fn from(f: ExportRulesForm) -> Self {
        let ExportRulesForm { rows_per_day, approve_above, approve_sensitive, lasts_hours, downloads } = f;
        Self { rows_per_day, approve_above, approve_sensitive, lasts_hours, downloads }
    }
}

/// Rules of exports
#[utoipa::path(
    get, path = "/admin/export-rules", tag = "admin",
    responses((status = 200, description = "the rules in force", body = ExportRulesForm)),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_export_rules(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<ExportRulesForm>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadExportRules).await?;
    Ok(Answer::with(state.store.read_export_rules(grant).await?, ExportRulesForm::from))
}

/// Change the rules of exports
///
/// They hold for what is asked for from then on; how often a file may be taken, at once.
#[utoipa::path(
    put, path = "/admin/export-rules", tag = "admin",
    request_body = ExportRulesForm,
    responses((status = 204, description = "changed")),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_export_rules(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(form): Body<ExportRulesForm>,
) -> Outcome<Answer<()>> {
    let op = ChangeExportRules { rules: form.into(), note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.change_export_rules(grant).await?))
}
