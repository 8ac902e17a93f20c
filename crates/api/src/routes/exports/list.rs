//! `GET /exports`, `GET /exports/{id}/progress`, `GET /audit/exports`: exports past and under way.

use axum::Json;
use axum::extract::State;
use model::{JobId, UserId};
use serde::{Deserialize, Serialize};
use store::exports::{AuditExports, ExportState, ListExports};
use utoipa::{IntoParams, ToSchema};

use super::view::{ExportViews, page};
use crate::answer::Answer;
use crate::extract::{IdPath, Query, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// Exports of a page where none are asked for.
const DEFAULT_LIMIT: u32 = 50;

/// Which of one's own exports.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct OwnQuery {
    /// From the page before.
    #[param(value_type = Option<uuid::Uuid>)]
    pub before: Option<String>,
    /// Exports of a page, 1 to 100; 50 if left out.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
}

/// Which of everybody's exports.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// From the page before.
    #[param(value_type = Option<uuid::Uuid>)]
    pub before: Option<String>,
    /// Exports of a page, 1 to 100; 50 if left out.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    /// Only this user's.
    #[param(value_type = Option<uuid::Uuid>)]
    pub user: Option<String>,
    /// Only those in this state.
    #[param(example = "ready")]
    pub state: Option<String>,
}

/// How far an export is.
#[derive(Serialize, ToSchema)]
pub struct ExportProgress {
    pub state: String,
    pub rows: u64,
    /// Rows it may have.
    pub at_most: u64,
    pub bytes: u64,
    /// The file is destroyed then.
    #[schema(required = true)]
    pub expires_at: Option<i64>,
}

fn id<T: std::str::FromStr>(name: &str, text: Option<String>) -> Outcome<Option<T>> {
    let bad = || Problem::new(Code::InvalidValues).item(format!("/{name}"), "invalid_value", "expected an id");
    text.map(|t| t.parse().map_err(|_| bad())).transpose()
}

/// One's own exports
#[utoipa::path(
    get, path = "/exports", tag = "exports",
    params(OwnQuery),
    responses((status = 200, description = "newest first", body = ExportViews)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_exports(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(query): Query<OwnQuery>,
) -> Outcome<Answer<ExportViews>> {
    let before: Option<JobId> = id("before", query.before)?;
    let op = ListExports { before, limit: query.limit.unwrap_or(DEFAULT_LIMIT) };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let found = state.store.list_exports(grant).await?;
    Ok(Answer::with(found, |found| page(&state.store, found, who.caller.at)))
}

/// How far an own export is
#[utoipa::path(
    get, path = "/exports/{id}/progress", tag = "exports",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "its state, and numbers", body = ExportProgress)),
    extensions(
        ("x-whosaw-recorded" = json!(false)),
        ("x-whosaw-reason" = json!("numbers of an export of one's own, asked for every second; nothing of what is in it")),
    ),
)]
pub async fn export_progress(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<JobId>,
) -> Outcome<Json<ExportProgress>> {
    let p = state.store.export_progress(who.caller.user, id, who.caller.at).await?;
    let state = p.state.as_str().to_owned();
    let expires_at = p.expires_at.map(|t| t.0);
    Ok(Json(ExportProgress { state, rows: p.rows, at_most: p.at_most, bytes: p.bytes, expires_at }))
}

/// Everybody's exports
#[utoipa::path(
    get, path = "/audit/exports", tag = "audit",
    params(AuditQuery),
    responses((status = 200, description = "newest first", body = ExportViews)),
    extensions(("x-whosaw-action" = json!("audit.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn audit_exports(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(query): Query<AuditQuery>,
) -> Outcome<Answer<ExportViews>> {
    let known = |text: String| ExportState::ALL.into_iter().find(|s| s.as_str() == text);
    let bad = || Problem::new(Code::InvalidValues).item("/state", "invalid_value", "expected a state of exports");
    let op = AuditExports {
        before: id("before", query.before)?,
        limit: query.limit.unwrap_or(DEFAULT_LIMIT),
        user: id::<UserId>("user", query.user)?,
        state: query.state.map(|s| known(s).ok_or_else(bad)).transpose()?,
    };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let found = state.store.audit_exports(grant).await?;
    Ok(Answer::with(found, |found| page(&state.store, found, who.caller.at)))
}
