//! `/admin/objects/{object}/versions`: the definition as it was, and taking it back.

use std::sync::Arc;

use axum::extract::State;
use model::{ObjectName, ObjectType};
use serde::{Deserialize, Serialize};
use store::company::{GetObjectVersion, ListObjectVersions, Note, ObjectVersion, RestoreObject};
use utoipa::ToSchema;

use super::objects::ObjectView;
use crate::answer::Answer;
use crate::extract::{Body, IdPath, PairPath, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::{AnyObject, Items};
use crate::state::ApiState;

/// One version of a definition.
#[derive(Serialize, ToSchema)]
pub struct ObjectVersionView {
    pub version: i64,
    /// Milliseconds since 1970; `null` of what was shipped, or came before versions were kept.
    #[schema(required = true)]
    pub at: Option<i64>,
    #[schema(required = true)]
    pub author: Option<uuid::Uuid>,
}

impl From<ObjectVersion> for ObjectVersionView {
    fn from(v: ObjectVersion) -> Self {
        Self { version: v.version, at: v.at.map(|t| t.0), author: v.author.map(|u| u.0) }
    }
}

/// Which version to take back, and which one it follows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RestoreRequest {
    pub version: i64,
    /// The version in force that was looked at; if another has come since, nothing is changed.
    pub current: i64,
}

/// Versions of an object type, newest first
#[utoipa::path(
    get, path = "/admin/objects/{object}/versions", tag = "admin",
    params(("object" = String, Path)),
    responses((status = 200, description = "versions", body = Items<ObjectVersionView>)),
    extensions(("x-whosaw-action" = json!("directory.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn object_versions(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(object): IdPath<ObjectName>,
) -> Outcome<Answer<Items<ObjectVersionView>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListObjectVersions { object }).await?;
    let all = state.store.object_versions(grant).await?;
    Ok(Answer::with(all, |all| Items { items: all.into_iter().map(ObjectVersionView::from).collect() }))
}

/// An object type as a version had it
#[utoipa::path(
    get, path = "/admin/objects/{object}/versions/{version}", tag = "admin",
    params(("object" = String, Path), ("version" = i64, Path)),
    responses((status = 200, description = "the definition then", body = ObjectView)),
    extensions(("x-whosaw-action" = json!("directory.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn object_version(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(object, version): PairPath<ObjectName, i64>,
) -> Outcome<Answer<ObjectView>> {
    let grant = state.store.gate().admit_system(&who.caller, GetObjectVersion { object, version }).await?;
    let found = state.store.object_version(grant).await?;
    Ok(Answer::with(found, |(v, object)| ObjectView { version: v.version, object }))
}

/// Take a version of an object type back
///
/// A new version is made of it. Fields and options that came since stay: records may hold their values.
#[utoipa::path(
    post, path = "/admin/objects/{object}/restore", tag = "admin",
    params(("object" = String, Path)),
    request_body = RestoreRequest,
    responses((status = 200, description = "as it is now", body = AnyObject)),
    extensions(("x-whosaw-action" = json!("object.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn restore_object(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(object): IdPath<ObjectName>,
    Body(b): Body<RestoreRequest>,
) -> Outcome<Answer<Arc<ObjectType>>> {
    let op = RestoreObject { object, version: b.version, current: b.current, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::of(state.store.restore_object(grant).await?))
}
