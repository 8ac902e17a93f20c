//! `GET /metrics`: counters and histograms in Prometheus' text format. They hold no ids.
//!
//! Given to the machine itself (a scraper beside the server), and to callers that may read the access log, by session or
//! token. Behind a proxy on the same machine every request would seem local, so a request that was forwarded is not.

use access::path::{OnSystem, Operation};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use model::Action;

use crate::extract::{SignedInCaller, origin};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// Read the metrics.
struct ReadMetrics;

impl Operation for ReadMetrics {
    const ACTION: Action = Action::AuditRead;
}
impl OnSystem for ReadMetrics {
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "question": "metrics" })
    }
}

/// Metrics for Prometheus
///
/// From the machine itself without a token, and not recorded; from elsewhere for callers that may read the access log, and
/// recorded.
#[utoipa::path(
    get, path = "/metrics", tag = "system",
    responses((status = 200, description = "metrics", body = String, content_type = "text/plain")),
    extensions(
        ("x-whosaw-action" = json!("audit.read")), ("x-whosaw-recorded" = json!(true)),
        ("x-whosaw-reason" = json!("not recorded for the machine itself: the metrics hold no ids")),
    ),
)]
pub async fn metrics(State(state): State<ApiState>, request: Request) -> Outcome<Response> {
    let (mut parts, _) = request.into_parts();
    let forwarded = parts.headers.contains_key("x-forwarded-for") || parts.headers.contains_key("forwarded");
    let local = !forwarded && origin::peer(&parts).is_some_and(|a| a.to_canonical().is_loopback());
    let mut event = None;
    if !local {
        let who = SignedInCaller::from_request_parts(&mut parts, &state).await?;
        let grant = state.store.gate().admit_system(&who.caller, ReadMetrics).await?;
        event = Some(grant.carry_out(vec![], ()).await?.event());
    }
    let handle = state.metrics.as_ref().ok_or_else(|| Problem::new(Code::NotServed))?;
    let mut response = handle.render().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(event) = event {
        headers.insert(crate::answer::AUDIT_EVENT, crate::answer::event_value(event));
    }
    Ok(response)
}
