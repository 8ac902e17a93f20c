//! `GET /api/explorer/`: the API explorer, from files inside the program. No page of it loads anything from elsewhere.

use std::sync::{Arc, LazyLock};

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use utoipa_swagger_ui::Config;

use crate::problem::{Code, Outcome, Problem};

/// Scripts and styles from here only. The explorer draws its icons as `data:` images and sets a few styles by attribute.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static CONFIG: LazyLock<Arc<Config<'static>>> = LazyLock::new(|| {
    Arc::new(
        Config::from("/api/openapi.json").try_it_out_enabled(false).persist_authorization(false).validator_url("none"),
    )
});

/// The explorer's own address ends with a slash, because its page names files beside it.
pub async fn home(uri: axum::http::Uri) -> Outcome<Response> {
    if uri.path().ends_with('/') {
        return serve("index.html");
    }
    Ok((StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, HeaderValue::from_static("/api/explorer/"))])
        .into_response())
}

/// One of its files.
pub async fn file(path: Result<Path<String>, axum::extract::rejection::PathRejection>) -> Outcome<Response> {
    let Path(name) = path.map_err(|_| Problem::new(Code::UnknownRoute))?;
    serve(&name)
}

fn serve(name: &str) -> Outcome<Response> {
    let found = utoipa_swagger_ui::serve(name, CONFIG.clone()).map_err(|error| {
        tracing::error!(%error, "the explorer could not be served");
        Problem::new(Code::Internal)
    })?;
    let file = found.ok_or_else(|| Problem::new(Code::UnknownRoute))?;
    let mut response = file.bytes.into_owned().into_response();
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(&file.content_type) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    if file.gzpipped {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    Ok(response)
}
