//! JSON bodies: bounded, typed as JSON, read strictly.

use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use serde::de::DeserializeOwned;
use utoipa::openapi::{RefOr, Schema};

use super::json;
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// A body of at most [`crate::ApiConfig::body_limit`] bytes.
pub struct Body<T>(pub T);
/// A body of an import, of at most [`crate::ApiConfig::import_limit`] bytes.
pub struct ImportBody<T>(pub T);
/// A body of a change: also taken as `application/merge-patch+json`.
pub struct MergeBody<T>(pub T);

/// Whether the body is said to be JSON in UTF-8.
fn is_json(headers: &HeaderMap, also: &str) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()) else { return false };
    let mut parts = value.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default();
    let known = kind.eq_ignore_ascii_case("application/json") || kind.eq_ignore_ascii_case(also);
    known && parts.all(|p| p.eq_ignore_ascii_case("charset=utf-8") || p.eq_ignore_ascii_case("charset=\"utf-8\""))
}

async fn bytes(request: Request, limit: usize, also: &str) -> Outcome<bytes::Bytes> {
    let headers = request.headers();
    let encoded = headers.get(header::CONTENT_ENCODING).is_some_and(|e| e != "identity");
    if !is_json(headers, also) || encoded {
        return Err(Problem::new(Code::UnsupportedMediaType));
    }
    let too_large = || Problem::new(Code::BodyTooLarge).detail(format!("at most {limit} bytes"));
    let declared =
        headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<usize>().ok());
    if declared.is_some_and(|n| n > limit) {
        return Err(too_large());
    }
    axum::body::to_bytes(request.into_body(), limit).await.map_err(|error| {
        // The two causes: it was longer than allowed, or the client went away in the middle.
        let long = std::error::Error::source(&error).is_some_and(|s| s.to_string().contains("length limit"));
        if long { too_large() } else { Problem::new(Code::MalformedRequest).detail("the body did not arrive whole") }
    })
}

async fn read<T: DeserializeOwned>(request: Request, limit: usize, also: &str) -> Outcome<T> {
    json::shape(json::parse(&bytes(request, limit, also).await?)?)
}

impl<T: DeserializeOwned> FromRequest<ApiState> for Body<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, state: &ApiState) -> Outcome<Self> {
        read(request, state.config.body_limit, "").await.map(Body)
    }
}
impl<T: DeserializeOwned> FromRequest<ApiState> for MergeBody<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, state: &ApiState) -> Outcome<Self> {
        read(request, state.config.body_limit, "application/merge-patch+json").await.map(MergeBody)
    }
}
impl<T: DeserializeOwned> FromRequest<ApiState> for ImportBody<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, state: &ApiState) -> Outcome<Self> {
        read(request, state.config.import_limit, "").await.map(ImportBody)
    }
}

/// An object whose keys are told in words: values by field name, and types that belong to other rooms.
pub(crate) fn any_object() -> RefOr<Schema> {
    utoipa::openapi::ObjectBuilder::new()
        .additional_properties(Some(utoipa::openapi::schema::AdditionalProperties::FreeForm(true)))
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_json_in_utf_8_is_json() {
        let of = |text: &str| {
            let mut h = HeaderMap::new();
            h.insert(header::CONTENT_TYPE, text.parse().unwrap());
            is_json(&h, "application/merge-patch+json")
        };
        assert!(of("application/json") && of("Application/JSON; charset=UTF-8") && of("application/merge-patch+json"));
        assert!(!of("text/plain") && !of("application/json; charset=gbk") && !of("application/x-www-form-urlencoded"));
        assert!(!is_json(&HeaderMap::new(), ""));
    }
}
