//! `/admin/users`: accounts 用户. A system duty; it gives no rights to anyone.

use axum::extract::State;
use model::{DepartmentId, UnixMs, User, UserId, UserKind, UserStatus};
use serde::{Deserialize, Serialize};
use store::company::{Colleagues, CreateUser, ListUsers, NewUser, Note, SetUserStatus, UpdateUser, UserChange};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Answer;
use crate::extract::{Body, IdPath, MergeBody, Query, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::schema::{Items, Made};
use crate::state::ApiState;

/// An account, without anything one could sign in with.
#[derive(Serialize, ToSchema)]
pub struct UserView {
    pub id: uuid::Uuid,
    pub login: String,
    pub name: String,
    /// `person`, `service` or `agent`.
    #[schema(value_type = String)]
    pub kind: UserKind,
    pub department: uuid::Uuid,
    #[schema(required = true)]
    pub manager: Option<uuid::Uuid>,
    pub roles: Vec<String>,
    /// `active` or `disabled`.
    #[schema(value_type = String)]
    pub status: UserStatus,
    #[schema(required = true)]
    pub trained_until: Option<i64>,
}

impl From<User> for UserView {
    fn from(u: User) -> Self {
        Self {
            id: u.id.0,
            login: u.login,
            name: u.name,
            kind: u.kind,
            department: u.department.0,
            manager: u.manager.map(|m| m.0),
            roles: u.roles.iter().map(ToString::to_string).collect(),
            status: u.status,
            trained_until: u.trained_until.map(|t| t.0),
        }
    }
}

/// Which accounts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct UsersQuery {
    /// Of this department.
    #[param(value_type = Option<uuid::Uuid>)]
    pub department: Option<String>,
    /// `active` or `disabled`.
    #[param(value_type = Option<String>)]
    pub status: Option<UserStatus>,
}

/// An account to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUserRequest {
    /// 2 to 64 of `a-z 0-9 . _ - @`. Never changed, never given to someone else.
    #[schema(min_length = 2, max_length = 64, example = "li.wei")]
    pub login: String,
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
    /// `person`, `service` or `agent`.
    #[schema(value_type = String, example = "person")]
    pub kind: UserKind,
    #[schema(value_type = uuid::Uuid)]
    pub department: DepartmentId,
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub manager: Option<UserId>,
    #[schema(value_type = Option<i64>)]
    #[serde(default)]
    pub trained_until: Option<UnixMs>,
}

/// Changes of an account; what is left out stays, `null` takes away.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `store::company::UserChange`, for the document")]
pub struct UserPatch {
    name: Option<String>,
    department: Option<uuid::Uuid>,
    manager: Option<uuid::Uuid>,
    trained_until: Option<i64>,
}

/// Active or disabled.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusRequest {
    #[schema(value_type = String, example = "disabled")]
    pub status: UserStatus,
}

/// What everyone signed in may know of a colleague.
#[derive(Serialize, ToSchema)]
pub struct ColleagueView {
    pub id: uuid::Uuid,
    pub name: String,
    pub department: uuid::Uuid,
}

/// Accounts
#[utoipa::path(
    get, path = "/admin/users", tag = "admin",
    params(UsersQuery),
    responses((status = 200, description = "accounts", body = Items<UserView>)),
    extensions(("x-whosaw-action" = json!("directory.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_users(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(q): Query<UsersQuery>,
) -> Outcome<Answer<Items<UserView>>> {
    let bad = || Problem::new(Code::MalformedQuery).item("/query/department", "invalid_value", "expected an id");
    let department = q.department.map(|d| d.parse::<DepartmentId>().map_err(|_| bad())).transpose()?;
    let grant = state.store.gate().admit_system(&who.caller, ListUsers { department, status: q.status }).await?;
    let users = state.store.list_users(grant).await?;
    Ok(Answer::with(users, |all| Items { items: all.into_iter().map(UserView::from).collect() }))
}

/// Make an account
///
/// Roles are given afterwards, by another duty; a password by a reset.
#[utoipa::path(
    post, path = "/admin/users", tag = "admin",
    request_body = NewUserRequest,
    responses((status = 201, description = "made; it cannot sign in before a password reset", body = Made, headers(("Location" = String)))),
    extensions(("x-whosaw-action" = json!("user.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn create_user(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<NewUserRequest>,
) -> Outcome<Answer<Made>> {
    let user = NewUser {
        login: b.login,
        name: b.name,
        kind: b.kind,
        department: b.department,
        manager: b.manager,
        trained_until: b.trained_until,
    };
    let grant = state.store.gate().admit_system(&who.caller, CreateUser { user, note: Note::default() }).await?;
    let made = state.store.create_user(grant).await?;
    let location = format!("/api/v1/admin/users/{}", made.get());
    Ok(Answer::with(made, |id| Made { id: id.to_string() }).created(location))
}

/// Change an account
#[utoipa::path(
    patch, path = "/admin/users/{id}", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    request_body = UserPatch,
    responses((status = 200, description = "as it is now", body = UserView)),
    extensions(("x-whosaw-action" = json!("user.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn update_user(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(user): IdPath<UserId>,
    MergeBody(change): MergeBody<UserChange>,
) -> Outcome<Answer<UserView>> {
    let grant =
        state.store.gate().admit_system(&who.caller, UpdateUser { user, change, note: Note::default() }).await?;
    Ok(Answer::with(state.store.update_user(grant).await?, UserView::from))
}

/// Disable an account, or make it active again
///
/// Its sessions and tokens end at once.
#[utoipa::path(
    put, path = "/admin/users/{id}/status", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    request_body = StatusRequest,
    responses((status = 204, description = "done")),
    extensions(("x-whosaw-action" = json!("user.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn set_user_status(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(user): IdPath<UserId>,
    Body(b): Body<StatusRequest>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, SetUserStatus { user, status: b.status }).await?;
    Ok(Answer::done(&state.store.set_user_status(grant).await?))
}

/// Names and departments of active people
#[utoipa::path(
    get, path = "/colleagues", tag = "admin",
    responses((status = 200, description = "colleagues", body = Items<ColleagueView>)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_colleagues(
    State(state): State<ApiState>,
    who: SignedInCaller,
) -> Outcome<Answer<Items<ColleagueView>>> {
    let grant = state.store.gate().admit_system(&who.caller, Colleagues).await?;
    let all = state.store.colleagues(grant).await?;
    let form = |c: store::company::Colleague| ColleagueView { id: c.id.0, name: c.name, department: c.department.0 };
    Ok(Answer::with(all, |all| Items { items: all.into_iter().map(form).collect() }))
}
