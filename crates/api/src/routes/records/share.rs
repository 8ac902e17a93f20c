//! `/records/{object}/{id}/shares`: who takes part in a record 共享、协作人.

use axum::extract::State;
use model::record::Grantee;
use model::{DepartmentId, RoleName, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use store::records::{EndShare, MemberKind, MemberView, ShareRecord, ViewRecord};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, RecordPath, SharePath, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::schema::{Items, Made};
use crate::state::ApiState;

/// How somebody takes part.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShareKind {
    /// 共享, until a date.
    Share,
    /// 协作人(读写)
    Collaborator,
    /// 协作人(只读)
    Viewer,
}

/// To whom: exactly one of them.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareTo {
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub user: Option<UserId>,
    /// The department and those below it.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub department: Option<DepartmentId>,
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub role: Option<RoleName>,
}

/// A share to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareRequest {
    pub kind: ShareKind,
    pub to: ShareTo,
    /// To edit as well; without it, to read.
    #[serde(default)]
    pub edit: bool,
    /// When it ends, in milliseconds since 1970. Needed for a share, at most 366 days away.
    #[schema(value_type = Option<i64>)]
    #[serde(default)]
    pub until: Option<UnixMs>,
}

impl ShareRequest {
    /// # Errors
    /// [`Code::InvalidValues`] unless it names exactly one.
    pub fn to(self) -> Outcome<(MemberKind, Grantee)> {
        let to = match (self.to.user, self.to.department, self.to.role) {
            (Some(user), None, None) => Grantee::User(user),
            (None, Some(department), None) => Grantee::Department(department),
            (None, None, Some(role)) => Grantee::Role(role),
            _ => {
                let reason = "name exactly one of `user`, `department`, `role`";
                return Err(Problem::new(Code::InvalidValues).item("/to", "required", reason));
            }
        };
        let kind = match self.kind {
            ShareKind::Share => MemberKind::Share,
            ShareKind::Collaborator => MemberKind::Collaborator,
            ShareKind::Viewer => MemberKind::Viewer,
        };
        Ok((kind, to))
    }
}

/// Somebody who takes part.
#[derive(Serialize, ToSchema)]
pub struct ShareView {
    pub id: uuid::Uuid,
    #[schema(value_type = ShareKind)]
    pub kind: String,
    /// `user`, `department` or `role`.
    pub grantee_kind: String,
    pub grantee: String,
    pub edit: bool,
    #[schema(required = true)]
    pub until: Option<i64>,
    pub granted_by: uuid::Uuid,
}

impl From<MemberView> for ShareView {
    fn from(m: MemberView) -> Self {
        Self {
            id: m.id.0,
            kind: m.kind,
            grantee_kind: m.grantee_kind,
            grantee: m.grantee,
            edit: m.edit,
            until: m.until.map(|t| t.0),
            granted_by: m.granted_by.0,
        }
    }
}

/// Who takes part in a record
#[utoipa::path(
    get, path = "/records/{object}/{id}/shares", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "everybody whose part has not ended", body = Items<ShareView>)),
    extensions(("x-whosaw-action" = json!("view")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_shares(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
) -> Outcome<Answer<Items<ShareView>>> {
    let grant = state.store.gate().admit(&who.caller, ViewRecord { object, id }).await?;
    let members = state.store.members(grant).await?;
    Ok(Answer::with(members, |all| Items { items: all.into_iter().map(ShareView::from).collect() }))
}

/// Share a record, or let somebody take part in it
///
/// Nobody gives more than they have.
#[utoipa::path(
    post, path = "/records/{object}/{id}/shares", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path)),
    request_body = ShareRequest,
    responses((status = 201, description = "shared", body = Made, headers(("Location" = String)))),
    extensions(("x-whosaw-action" = json!("share")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn share_record(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
    Body(body): Body<ShareRequest>,
) -> Outcome<Answer<Made>> {
    let (edit, until) = (body.edit, body.until);
    let (kind, to) = body.to()?;
    let place = format!("/api/v1/records/{object}/{id}/shares");
    let op = ShareRecord { object, id, kind, to, edit, until };
    let grant = state.store.gate().admit(&who.caller, op).await?;
    let made = state.store.share(grant).await?;
    let location = format!("{place}/{}", made.get());
    Ok(Answer::with(made, |id| Made { id: id.to_string() }).created(location))
}

/// End a share at once
#[utoipa::path(
    delete, path = "/records/{object}/{id}/shares/{share}", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path), ("share" = uuid::Uuid, Path)),
    responses((status = 204, description = "ended")),
    extensions(("x-whosaw-action" = json!("share")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn end_share(
    State(state): State<ApiState>,
    who: SignedInCaller,
    SharePath { record: RecordPath { object, id }, share }: SharePath,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit(&who.caller, EndShare { object, id, share }).await?;
    Ok(Answer::done(&state.store.end_share(grant).await?))
}
