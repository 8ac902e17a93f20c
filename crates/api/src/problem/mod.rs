//! Error answers: problem documents (RFC 9457) for every error, also those of the framework.
//!
//! Rule: a handler returns a [`Problem`]; the outermost layer writes it down, because it alone knows the request's id. A
//! 404 says nothing of its request, so that "does not exist" and "you may not see it" are the same bytes.

mod catalogue;
mod refusal;
mod words;

use std::borrow::Cow;
use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

pub use catalogue::Code;
pub use refusal::Precondition;
pub(crate) use refusal::suspended;

/// What an endpoint gives.
pub type Outcome<T> = Result<T, Problem>;

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProblemItem {
    /// JSON pointer into the body (`/fields/phone`), or `/query/limit`, `/header/If-Match`.
    #[schema(example = "/fields/phone")]
    pub pointer: String,
    /// Stable.
    #[schema(example = "invalid_value")]
    pub code: String,
    /// In English, without the value.
    #[schema(example = "expected a phone number")]
    pub reason: String,
    /// The same for people, in both languages.
    #[schema(value_type = HelpText)]
    pub help: ItemHelp,
}

/// What is wrong with one thing, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemHelp {
    pub zh: String,
    pub en: String,
}

impl ProblemItem {
    pub fn new(pointer: impl Into<String>, code: impl Into<String>, reason: impl Into<String>) -> Self {
        let (code, reason) = (code.into(), reason.into());
        let help = ItemHelp { zh: words::chinese(&code, &reason), en: reason.clone() };
        Self { pointer: pointer.into(), code, reason, help }
    }
    /// What is wrong with a field, where it lies in the request.
    pub fn of(pointer: impl Into<String>, problem: &access::path::FieldProblem) -> Self {
        let mut item = Self::new(pointer, problem.code, problem.reason.clone());
        if let Some(own) = &problem.own {
            item.help = ItemHelp { zh: own.zh.clone(), en: own.en.clone() };
        }
        item
    }
}

/// What a code of this API says, where it stands alone: why one of many records was refused.
pub fn help_of(code: &str) -> ItemHelp {
    match Code::by_name(code) {
        Some(known) => ItemHelp { zh: known.help_zh().to_owned(), en: known.help_en().to_owned() },
        None => words::both(code),
    }
}

/// What to do about it, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Help {
    pub zh: Cow<'static, str>,
    pub en: Cow<'static, str>,
}

/// A problem document (RFC 9457).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// `urn:whosaw:problem:<code>`
    #[serde(rename = "type")]
    #[schema(example = "urn:whosaw:problem:not_found")]
    pub urn: String,
    pub title: &'static str,
    #[schema(example = 404)]
    pub status: u16,
    /// Stable; clients decide by it.
    #[schema(example = "not_found")]
    pub code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub detail: Option<String>,
    #[schema(value_type = HelpText)]
    pub help: Help,
    /// The request's id; left out of 404.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub trace_id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<ProblemItem>,
    /// Ids of the matrix rows that decided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub rules: Vec<String>,
    /// When what stands against it ends by itself, in milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub until: Option<i64>,
}

/// [`Help`] as documented.
#[derive(ToSchema)]
#[allow(dead_code, reason = "only its schema is used")]
pub struct HelpText {
    zh: String,
    en: String,
}

/// What is said of this one, and not of its code.
#[derive(Debug, Clone, Default)]
pub struct Own {
    /// What the code's own help cannot say: of which limit, how many.
    pub help: Option<Help>,
    /// When what stands against it ends by itself.
    pub until: Option<model::UnixMs>,
}

/// An error on its way to the outermost layer.
#[derive(Debug, Clone)]
pub struct Problem {
    pub code: Code,
    pub detail: Option<String>,
    pub errors: Vec<ProblemItem>,
    pub rules: Vec<String>,
    /// Of few; boxed, so that a `Result` with a problem stays small.
    pub own: Option<Box<Own>>,
    pub headers: Vec<(header::HeaderName, HeaderValue)>,
}

impl Problem {
    pub fn new(code: Code) -> Self {
        Self { code, detail: None, errors: vec![], rules: vec![], own: None, headers: vec![] }
    }
    #[must_use]
    pub fn detail(mut self, text: impl Into<String>) -> Self {
        self.detail = Some(text.into());
        self
    }
    #[must_use]
    pub fn item(mut self, pointer: impl Into<String>, code: impl Into<String>, reason: impl Into<String>) -> Self {
        self.errors.push(ProblemItem::new(pointer, code, reason));
        self
    }
    #[must_use]
    pub fn header(mut self, name: header::HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }
    /// Seconds after which trying again makes sense.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        self.header(header::RETRY_AFTER, HeaderValue::from(seconds))
    }
    /// 401 with what would be believed.
    pub fn unauthenticated(code: Code) -> Self {
        Self::new(code).header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"whosaw\""))
    }

    /// The document, with the id of the request it answers.
    pub fn body(&self, trace_id: &str) -> ProblemBody {
        ProblemBody {
            urn: self.code.urn(),
            title: self.code.title(),
            status: self.code.status(),
            code: self.code.as_str(),
            detail: self.detail.clone(),
            help: self
                .own
                .as_ref()
                .and_then(|own| own.help.clone())
                .unwrap_or_else(|| Help { zh: self.code.help_zh().into(), en: self.code.help_en().into() }),
            trace_id: (self.code.status() != 404).then(|| trace_id.to_owned()),
            errors: self.errors.clone(),
            rules: self.rules.clone(),
            until: self.own.as_ref().and_then(|own| own.until).map(|t| t.0),
        }
    }

    /// The answer itself.
    pub fn render(&self, trace_id: &str) -> Response {
        // Made of strings and numbers, so it always serializes.
        let bytes = serde_json::to_vec(&self.body(trace_id)).unwrap_or_default();
        let status = StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, bytes).into_response();
        response.headers_mut().extend(self.headers.clone());
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }
}

/// Carried in a response's extensions to the outermost layer.
#[derive(Clone)]
pub(crate) struct Carried(pub(crate) Arc<Problem>);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(Carried(Arc::new(self)));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_404_says_nothing_of_its_request() {
        let p = Problem::new(Code::NotFound);
        assert_eq!(serde_json::to_string(&p.body("a")).unwrap(), serde_json::to_string(&p.body("b")).unwrap());
        assert_eq!(Problem::new(Code::Forbidden).body("a").trace_id.as_deref(), Some("a"));
    }
}
