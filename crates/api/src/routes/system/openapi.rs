//! `GET /api/openapi.json`

use std::sync::LazyLock;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

/// Made once: it depends on the program alone.
static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| Bytes::from(crate::openapi().to_pretty_json().unwrap_or_default()));

/// This document
#[utoipa::path(
    get, path = "/api/openapi.json", tag = "system",
    responses((status = 200, description = "OpenAPI 3.1", body = crate::schema::AnyObject)),
    security(()),
    extensions(("x-whosaw-recorded" = json!(false)), ("x-whosaw-reason" = json!("shows no data"))),
)]
pub async fn document() -> Response {
    let mut response = DOCUMENT.clone().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    response
}
