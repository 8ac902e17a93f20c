//! Answers: what was disclosed, as JSON, with the id of the event that recorded it.
//!
//! Rule: data about customers, people or the company reaches a client only as a [`Disclosed`] value that became an
//! [`Answer`] here.

use access::path::Disclosed;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use model::EventId;
use serde::Serialize;

/// The event that recorded this answer.
pub const AUDIT_EVENT: HeaderName = HeaderName::from_static("x-audit-event");

/// In how many events of an evidence file the database was found altered.
pub const EVIDENCE_ALTERED: HeaderName = HeaderName::from_static("x-evidence-altered");

/// A recorded answer.
pub struct Answer<T> {
    status: StatusCode,
    body: Option<T>,
    event: EventId,
    version: Option<i64>,
    location: Option<String>,
    file: Option<(String, usize)>,
}

impl<T> Answer<T> {
    /// What was disclosed, as it is.
    pub fn of(disclosed: Disclosed<T>) -> Self {
        Self::with(disclosed, |value| value)
    }
    /// What was disclosed, in the form the API says it in.
    pub fn with<U>(disclosed: Disclosed<U>, form: impl FnOnce(U) -> T) -> Self {
        let event = disclosed.event();
        let body = Some(form(disclosed.into_inner()));
        Self { status: StatusCode::OK, body, event, version: None, location: None, file: None }
    }
    /// The first of what was disclosed.
    pub fn first(disclosed: Disclosed<Vec<T>>) -> Option<Self> {
        let event = disclosed.event();
        let first = disclosed.into_inner().into_iter().next()?;
        Some(Self { status: StatusCode::OK, body: Some(first), event, version: None, location: None, file: None })
    }
    /// The version of the record, as its ETag.
    #[must_use]
    pub fn version(mut self, version: i64) -> Self {
        self.version = Some(version);
        self
    }
    /// Evidence to be kept as a file of this name, and in how many of its events the database was found altered.
    #[must_use]
    pub fn evidence_file(mut self, name: String, altered: usize) -> Self {
        self.file = Some((name, altered));
        self
    }
    /// 201, and where it is now.
    #[must_use]
    pub fn created(mut self, location: impl Into<String>) -> Self {
        self.status = StatusCode::CREATED;
        self.location = Some(location.into());
        self
    }
}

impl Answer<()> {
    /// 204: done, and there is nothing to say.
    pub fn done<U>(disclosed: &Disclosed<U>) -> Self {
        let (status, event) = (StatusCode::NO_CONTENT, disclosed.event());
        Self { status, body: None, event, version: None, location: None, file: None }
    }
}

/// The header value of an event's id.
pub fn event_value(event: EventId) -> HeaderValue {
    // Hexadecimal and hyphens only.
    HeaderValue::from_str(&event.to_string()).unwrap_or(HeaderValue::from_static("-"))
}

/// A strong ETag of a version.
pub fn etag(version: i64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"0\""))
}

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        let mut response = match &self.body {
            Some(body) => (self.status, axum::Json(body)).into_response(),
            None => self.status.into_response(),
        };
        let headers = response.headers_mut();
        headers.insert(AUDIT_EVENT, event_value(self.event));
        if let Some(version) = self.version {
            headers.insert(header::ETAG, etag(version));
        }
        if let Some(location) = self.location.as_deref().and_then(|l| HeaderValue::from_str(l).ok()) {
            headers.insert(header::LOCATION, location);
        }
        if let Some((name, altered)) = &self.file {
            headers.insert(EVIDENCE_ALTERED, HeaderValue::from(*altered));
            if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
                headers.insert(header::CONTENT_DISPOSITION, value);
            }
        }
        response
    }
}
