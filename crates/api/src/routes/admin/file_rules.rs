//! `/admin/file-rules`: what the company rules about the files that records carry.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::attachments::{ChangeFileRules, FileRules, ReadFileRules};
use store::company::Note;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// Rules of files, for everybody.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileRulesForm {
    /// Most megabytes of one file.
    #[schema(minimum = 1, maximum = 100)]
    pub most_mb: u32,
    /// Most files of one record.
    #[schema(minimum = 1, maximum = 200)]
    pub per_record: u32,
    /// Most megabytes of all files together.
    #[schema(minimum = 1, maximum = 10_000_000)]
    pub total_mb: u32,
    /// Endings of names that are not taken: small letters and digits, without the dot.
    #[schema(max_items = 200)]
    pub refused: Vec<String>,
}

impl From<FileRules> for FileRulesForm {
    fn from(r: FileRules) -> Self {
        let FileRules { most_mb, per_record, total_mb, refused } = r;
        Self { most_mb, per_record, total_mb, refused }
    }
}
impl From<FileRulesForm> for FileRules {
    fn from(f: FileRulesForm) -> Self {
        let FileRulesForm { most_mb, per_record, total_mb, refused } = f;
        Self { most_mb, per_record, total_mb, refused }
    }
}

/// Rules of files
#[utoipa::path(
    get, path = "/admin/file-rules", tag = "admin",
    responses((status = 200, description = "the rules in force", body = FileRulesForm)),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_file_rules(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<FileRulesForm>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadFileRules).await?;
    Ok(Answer::with(state.store.read_file_rules(grant).await?, FileRulesForm::from))
}

/// Change the rules of files
///
/// They hold for files that are added from then on; what is there stays.
#[utoipa::path(
    put, path = "/admin/file-rules", tag = "admin",
    request_body = FileRulesForm,
    responses((status = 204, description = "changed")),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_file_rules(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(form): Body<FileRulesForm>,
) -> Outcome<Answer<()>> {
    let op = ChangeFileRules { rules: form.into(), note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.change_file_rules(grant).await?))
}
