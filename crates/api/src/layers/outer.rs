//! The outermost layer: gives the request its id, runs it within its limits, and makes every error a problem document.
//!
//! Logs here tell route, method, status and duration: never a query, a body or an address, which may name a customer.

use std::panic::AssertUnwindSafe;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt as _;

use super::headers::secure;
use crate::extract::{RequestId, random};
use crate::problem::{Carried, Code, Problem};
use crate::state::ApiState;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The client's own id, if it can stand in a log line and a header.
fn sane(value: &HeaderValue) -> Option<String> {
    let text = value.to_str().ok()?;
    let good =
        (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    good.then(|| text.to_owned())
}

/// Runs one request.
pub async fn outer(State(state): State<ApiState>, mut request: Request, next: Next) -> Response {
    let id = request.headers().get(&REQUEST_ID).and_then(sane).unwrap_or_else(|| hex::encode(random::<16>()));
    request.extensions_mut().insert(RequestId(id.clone()));
    let path = request.uri().path().to_owned();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "-".to_owned(), |p| p.as_str().to_owned());
    let began = std::time::Instant::now();

    // A file comes as fast as its sender's line; its handler waits for no single piece longer than for others.
    let long = method == axum::http::Method::POST && (route.ends_with("/attachments") || route.ends_with("/files"));
    let timeout = if long { state.config.upload_timeout } else { state.config.timeout };
    let response = run(&state, timeout, request, next).await;
    let mut response = as_problem(response, &id);

    let status = response.status().as_u16().to_string();
    let labels = [("route", route.clone()), ("method", word(&method).to_owned()), ("status", status)];
    metrics::counter!("whosaw_http_requests_total", &labels).increment(1);
    metrics::histogram!("whosaw_http_request_seconds", &labels).record(began.elapsed().as_secs_f64());
    tracing::debug!(
        request.id = %id, http.route = %route, http.method = word(&method), http.status = response.status().as_u16(),
        duration_ms = began.elapsed().as_millis(), "answered"
    );

    secure(response.headers_mut(), &path, state.config.secure_cookies);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// A method as a label: clients may invent any number of others.
fn word(method: &axum::http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        _ => "other",
    }
}

async fn run(state: &ApiState, timeout: std::time::Duration, request: Request, next: Next) -> Response {
    let Ok(_running) = state.running.try_acquire() else {
        return Problem::new(Code::Overloaded).retry_after(1).into_response();
    };
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(timeout, answered).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => {
            // The panic hook has logged where; its text may hold a value, so it is not repeated.
            tracing::error!("a handler panicked");
            Problem::new(Code::Internal).into_response()
        }
        Err(_) => Problem::new(Code::TimedOut).retry_after(5).into_response(),
    }
}

/// Renders a carried problem, and turns every other error answer, such as the framework's own, into one.
pub(crate) fn as_problem(response: Response, id: &str) -> Response {
    if let Some(Carried(problem)) = response.extensions().get::<Carried>() {
        return problem.render(id);
    }
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let code = match status {
        StatusCode::NOT_FOUND => Code::UnknownRoute,
        StatusCode::METHOD_NOT_ALLOWED => Code::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => Code::BodyTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::UnsupportedMediaType,
        s if s.is_client_error() => Code::MalformedRequest,
        _ => Code::Internal,
    };
    let mut problem = Problem::new(code);
    if let Some(allow) = response.headers().get(header::ALLOW) {
        problem = problem.header(header::ALLOW, allow.clone());
    }
    problem.render(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_could_break_a_log_line_is_not_taken() {
        let of = |text: &'static str| sane(&HeaderValue::from_static(text));
        assert_eq!(of("a-B_9").as_deref(), Some("a-B_9"));
        for bad in ["", "a b", "a;b", "<script>", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"] {
            assert_eq!(of(bad), None, "{bad}");
        }
    }
}
