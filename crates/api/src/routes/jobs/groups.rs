//! `GET /records/{object}/duplicates/scans/{id}`: what a scan for duplicates found.

use axum::extract::State;
use model::JobId;
use serde::Serialize;
use store::jobs::{Group, ShowGroups};
use utoipa::ToSchema;

use super::JobForm;
use crate::answer::Answer;
use crate::extract::{RecordPath, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// Records that are alike.
#[derive(Serialize, ToSchema)]
pub struct GroupForm {
    /// In what they are alike.
    pub fields: Vec<String>,
    /// Those that the caller may see.
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub ids: Vec<String>,
    /// Of others that are alike, no more than `pool` 在公海, `other` 他人负责 or `exists` 已存在.
    pub hidden: Vec<String>,
}

/// What a scan found.
#[derive(Serialize, ToSchema)]
pub struct GroupsAnswer {
    pub job: JobForm,
    pub groups: Vec<GroupForm>,
}

fn form(group: Group) -> GroupForm {
    GroupForm {
        fields: group.fields.iter().map(ToString::to_string).collect(),
        ids: group.ids.iter().map(ToString::to_string).collect(),
        hidden: group.hidden.into_iter().collect(),
    }
}

/// What a scan for duplicates found
///
/// Of records that the caller may list now; what somebody said is not the same is left out. Recorded with every record it tells of.
#[utoipa::path(
    get, path = "/records/{object}/duplicates/scans/{id}", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "the groups so far", body = GroupsAnswer)),
    extensions(("x-whosaw-action" = json!("list")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn job_groups(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
) -> Outcome<Answer<GroupsAnswer>> {
    let job = JobId::from_bytes(*id.as_bytes());
    let grant = state.store.gate().admit(&who.caller, ShowGroups { object, job }).await?;
    let found = state.store.show_groups(grant).await?;
    Ok(Answer::with(found, |found| GroupsAnswer {
        job: JobForm::from(&found.job),
        groups: found.groups.into_iter().map(form).collect(),
    }))
}
