//! `POST /exports/{id}/start`, `POST /exports/{id}/cancel`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use model::{Caller, Channel, JobId};
use store::exports::BeginExport;

use super::ask::spawn;
use crate::answer::{AUDIT_EVENT, event_value};
use crate::extract::{IdPath, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

fn done(event: model::EventId) -> Response {
    (StatusCode::NO_CONTENT, [(AUDIT_EVENT, event_value(event))]).into_response()
}

/// Begin an export that was approved
///
/// With the rights of now, by who asked for it.
#[utoipa::path(
    post, path = "/exports/{id}/start", tag = "exports",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "it is under way")),
    extensions(("x-whosaw-action" = json!("export")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn start_export(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<JobId>,
) -> Outcome<Response> {
    let file = state.store.approved_export(&who.caller, id).await?;
    let Ok(permit) = state.exports.clone().try_acquire_owned() else {
        return Err(Problem::new(Code::Overloaded).retry_after(30));
    };
    let mut caller: Caller = who.by(Channel::Export).caller;
    // The purpose that was approved.
    caller.purpose.clone_from(&file.asked.purpose);
    let grant = state.store.gate().admit(&caller, BeginExport { file }).await?;
    let (file, writer, event) = state.store.begin_export(grant).await?;
    spawn(&state, caller, file, writer, permit);
    Ok(done(event))
}

/// Cancel an export, or destroy its file
///
/// One under way stops before its next chunk.
#[utoipa::path(
    post, path = "/exports/{id}/cancel", tag = "exports",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "cancelled")),
    extensions(("x-whosaw-action" = json!("export")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn cancel_export(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<JobId>,
) -> Outcome<Response> {
    Ok(done(state.store.cancel_export(&who.caller, id).await?))
}
