//! `/admin/departments`: the department tree 部门.

use axum::extract::State;
use model::{Department, DepartmentId};
use serde::{Deserialize, Serialize};
use store::company::{CreateDepartment, ListDepartments, MoveDepartment, Note, RenameDepartment};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::{Items, Made};
use crate::state::ApiState;

/// A department.
#[derive(Serialize, ToSchema)]
pub struct DepartmentView {
    pub id: uuid::Uuid,
    #[schema(required = true)]
    pub parent: Option<uuid::Uuid>,
    pub name: String,
}

impl From<Department> for DepartmentView {
    fn from(d: Department) -> Self {
        Self { id: d.id.0, parent: d.parent.map(|p| p.0), name: d.name }
    }
}

/// A department to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDepartment {
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
    /// Left out only for a second root.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub parent: Option<DepartmentId>,
}

/// A new name.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameRequest {
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
}

/// A new parent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ParentRequest {
    /// `null` for a root.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub parent: Option<DepartmentId>,
}

/// The department tree
#[utoipa::path(
    get, path = "/admin/departments", tag = "admin",
    responses((status = 200, description = "departments", body = Items<DepartmentView>)),
    extensions(("x-whosaw-action" = json!("directory.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_departments(
    State(state): State<ApiState>,
    who: SignedInCaller,
) -> Outcome<Answer<Items<DepartmentView>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListDepartments).await?;
    let all = state.store.list_departments(grant).await?;
    Ok(Answer::with(all, |all| Items { items: all.into_iter().map(DepartmentView::from).collect() }))
}

/// Make a department
#[utoipa::path(
    post, path = "/admin/departments", tag = "admin",
    request_body = NewDepartment,
    responses((status = 201, description = "made", body = Made)),
    extensions(("x-whosaw-action" = json!("user.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn create_department(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<NewDepartment>,
) -> Outcome<Answer<Made>> {
    let grant = state
        .store
        .gate()
        .admit_system(&who.caller, CreateDepartment { name: b.name, parent: b.parent, note: Note::default() })
        .await?;
    let made = state.store.create_department(grant).await?;
    Ok(Answer::with(made, |id| Made { id: id.to_string() }).created("/api/v1/admin/departments"))
}

/// Rename a department
#[utoipa::path(
    put, path = "/admin/departments/{id}/name", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    request_body = NameRequest,
    responses((status = 204, description = "renamed")),
    extensions(("x-whosaw-action" = json!("user.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn rename_department(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(department): IdPath<DepartmentId>,
    Body(b): Body<NameRequest>,
) -> Outcome<Answer<()>> {
    let grant = state
        .store
        .gate()
        .admit_system(&who.caller, RenameDepartment { department, name: b.name, note: Note::default() })
        .await?;
    Ok(Answer::done(&state.store.rename_department(grant).await?))
}

/// Move a department
#[utoipa::path(
    put, path = "/admin/departments/{id}/parent", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    request_body = ParentRequest,
    responses((status = 204, description = "moved")),
    extensions(("x-whosaw-action" = json!("user.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn move_department(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(department): IdPath<DepartmentId>,
    Body(b): Body<ParentRequest>,
) -> Outcome<Answer<()>> {
    let grant = state
        .store
        .gate()
        .admit_system(&who.caller, MoveDepartment { department, parent: b.parent, note: Note::default() })
        .await?;
    Ok(Answer::done(&state.store.move_department(grant).await?))
}
