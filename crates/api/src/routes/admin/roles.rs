//! `/admin/roles`: roles 角色 and who holds them. Giving a role is a security duty, apart from making accounts.

use std::collections::BTreeSet;

use axum::extract::State;
use model::{Role, RoleName, Text, UserId};
use serde::{Deserialize, Serialize};
use store::company::{AssignRole, DefineRole, ListRoles, Note, TakeRole};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IdPath, PairPath, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::{Items, Label};
use crate::state::ApiState;

/// A role.
#[derive(Serialize, ToSchema)]
pub struct RoleView {
    pub name: String,
    #[schema(value_type = Label)]
    pub label: Text,
    /// Roles nobody may hold together with it.
    pub excludes: Vec<String>,
    /// Most rows one export of a holder may have.
    #[schema(required = true)]
    pub export_rows: Option<u32>,
}

impl From<Role> for RoleView {
    fn from(r: Role) -> Self {
        Self {
            name: r.name.to_string(),
            label: r.label,
            excludes: r.excludes.iter().map(ToString::to_string).collect(),
            export_rows: r.export_rows,
        }
    }
}

/// What a role is. What it may do is the policy's.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleRequest {
    #[schema(value_type = Label)]
    pub label: Text,
    #[schema(value_type = Vec<String>, required = false)]
    #[serde(default)]
    pub excludes: BTreeSet<RoleName>,
    #[serde(default)]
    pub export_rows: Option<u32>,
}

/// Roles
#[utoipa::path(
    get, path = "/admin/roles", tag = "admin",
    responses((status = 200, description = "roles", body = Items<RoleView>)),
    extensions(("x-whosaw-action" = json!("directory.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_roles(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Items<RoleView>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListRoles).await?;
    let all = state.store.list_roles(grant).await?;
    Ok(Answer::with(all, |all| Items { items: all.into_iter().map(RoleView::from).collect() }))
}

/// Make or change a role
#[utoipa::path(
    put, path = "/admin/roles/{role}", tag = "admin",
    params(("role" = String, Path)),
    request_body = RoleRequest,
    responses((status = 204, description = "done")),
    extensions(("x-whosaw-action" = json!("policy.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn define_role(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(name): IdPath<RoleName>,
    Body(b): Body<RoleRequest>,
) -> Outcome<Answer<()>> {
    let role = Role { name, label: b.label, excludes: b.excludes, export_rows: b.export_rows };
    let grant = state.store.gate().admit_system(&who.caller, DefineRole { role, note: Note::default() }).await?;
    Ok(Answer::done(&state.store.define_role(grant).await?))
}

/// Give someone a role
#[utoipa::path(
    put, path = "/admin/users/{id}/roles/{role}", tag = "admin",
    params(("id" = uuid::Uuid, Path), ("role" = String, Path)),
    responses((status = 204, description = "given")),
    extensions(("x-whosaw-action" = json!("role.assign")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn assign_role(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(user, role): PairPath<UserId, RoleName>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, AssignRole { user, role }).await?;
    Ok(Answer::done(&state.store.assign_role(grant).await?))
}

/// Take a role away
#[utoipa::path(
    delete, path = "/admin/users/{id}/roles/{role}", tag = "admin",
    params(("id" = uuid::Uuid, Path), ("role" = String, Path)),
    responses((status = 204, description = "taken away")),
    extensions(("x-whosaw-action" = json!("role.assign")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn take_role(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(user, role): PairPath<UserId, RoleName>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, TakeRole { user, role }).await?;
    Ok(Answer::done(&state.store.take_role(grant).await?))
}
