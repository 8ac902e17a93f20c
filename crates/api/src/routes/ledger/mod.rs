//! The published log (C2SP tlog-tiles): anyone may read it, so that evidence can be checked without trusting us.
//!
//! It holds no personal data (docs/ledger.md), so reading it is no access and is not recorded.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(checkpoint)).routes(routes!(key)).routes(routes!(tile))
}

/// One file of the log.
async fn file(state: &ApiState, path: &str, content_type: &'static str, cache: &'static str) -> Outcome<Response> {
    let publisher = state.publisher.as_ref().filter(|_| state.config.public_ledger);
    let publisher = publisher.ok_or_else(|| Problem::new(Code::NotServed))?;
    let found = publisher.file(path).await.map_err(|error| {
        tracing::error!(%error, "the published log could not be read");
        Problem::new(if error.is_tampering() { Code::Damaged } else { Code::StoreUnavailable })
    })?;
    let bytes = found.ok_or_else(|| Problem::new(Code::NotFound))?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    Ok(response)
}

/// The newest signed checkpoint
#[utoipa::path(
    get, path = "/ledger/checkpoint", tag = "ledger",
    responses((status = 200, description = "a signed note (c2sp.org/tlog-checkpoint)", body = String, content_type = "text/plain")),
    security(()),
    extensions(("x-whosaw-recorded" = json!(false)), ("x-whosaw-reason" = json!("public; holds no personal data"))),
)]
pub async fn checkpoint(State(state): State<ApiState>) -> Outcome<Response> {
    file(&state, "checkpoint", "text/plain; charset=utf-8", "no-cache").await
}

/// The key the log is signed with
#[utoipa::path(
    get, path = "/ledger/log.vkey", tag = "ledger",
    responses((status = 200, description = "a verifier key (c2sp.org/signed-note)", body = String, content_type = "text/plain")),
    security(()),
    extensions(("x-whosaw-recorded" = json!(false)), ("x-whosaw-reason" = json!("public; holds no personal data"))),
)]
pub async fn key(State(state): State<ApiState>) -> Outcome<Response> {
    file(&state, "log.vkey", "text/plain; charset=utf-8", "no-cache").await
}

/// A tile of hashes or a bundle of entries
#[utoipa::path(
    get, path = "/ledger/tile/{*path}", tag = "ledger",
    params(("path" = String, Path, description = "`0/000`, `0/x001/234.p/5`, `entries/000`", example = "0/000")),
    responses((status = 200, description = "the tile (c2sp.org/tlog-tiles)", body = String, content_type = "application/octet-stream")),
    security(()),
    extensions(("x-whosaw-recorded" = json!(false)), ("x-whosaw-reason" = json!("public; holds no personal data"))),
)]
pub async fn tile(
    State(state): State<ApiState>,
    path: Result<Path<String>, axum::extract::rejection::PathRejection>,
) -> Outcome<Response> {
    let Path(path) = path.map_err(|_| Problem::new(Code::NotFound))?;
    // A full tile never changes; one that still grows has its width in its name, and goes away when it is full.
    let cache = if path.contains(".p/") { "public, max-age=60" } else { "public, max-age=31536000, immutable" };
    file(&state, &format!("tile/{path}"), "application/octet-stream", cache).await
}
