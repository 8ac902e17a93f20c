//! Query strings: known keys once each, UTF-8, no control characters.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::problem::{Code, Outcome, Problem};

/// Longest query string in bytes.
const LONGEST: usize = 16 * 1024;

/// The query, read into a type that refuses unknown keys.
pub struct Query<T>(pub T);

/// Decodes percent-encoded text. `None` when an escape is cut short or the result is not clean UTF-8: replacing bytes
/// silently would answer another question than the one asked.
pub fn decode(text: &str, plus_is_space: bool) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(b) = bytes.next() {
        match b {
            b'%' => {
                let digit = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
                let (high, low) = (digit(bytes.next()?)?, digit(bytes.next()?)?);
                out.push(high * 16 + low);
            }
            b'+' if plus_is_space => out.push(b' '),
            b => out.push(b),
        }
    }
    let text = String::from_utf8(out).ok()?;
    (!text.chars().any(char::is_control)).then_some(text)
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Outcome<Self> {
        let bad = |text: &str| Problem::new(Code::MalformedQuery).detail(text);
        let raw = parts.uri.query().unwrap_or_default();
        if raw.len() > LONGEST {
            return Err(bad("longer than 16384 bytes"));
        }
        if raw.split(['&', '=']).any(|part| decode(part, true).is_none()) {
            return Err(bad("not clean percent-encoded UTF-8"));
        }
        axum::extract::Query::try_from_uri(&parts.uri).map(|axum::extract::Query(t)| Query(t)).map_err(|rejection| {
            let text = std::error::Error::source(&rejection).map(ToString::to_string).unwrap_or_default();
            let known = ["unknown field `", "missing field `", "duplicate field `"];
            match known.iter().find(|k| text.starts_with(**k)) {
                // Only the key's name, shortened: values stay out of answers.
                Some(_) => {
                    bad(&text.split(", expected").next().unwrap_or_default().chars().take(120).collect::<String>())
                }
                None => bad("a value has the wrong type"),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read_exactly_or_not_at_all() {
        assert_eq!(decode("%E5%BC%A0+a", true).as_deref(), Some("张 a"));
        assert_eq!(decode("a+b", false).as_deref(), Some("a+b"));
        for bad in ["%", "%4", "%zz", "%ff", "%00", "%0a"] {
            assert_eq!(decode(bad, true), None, "{bad}");
        }
    }
}
