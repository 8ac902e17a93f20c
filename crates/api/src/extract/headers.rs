//! Headers with a meaning of ours: `If-Match`, `Idempotency-Key`, `X-Purpose`.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use super::query::decode;
use crate::problem::{Code, Outcome, Problem};

/// Most characters of a purpose.
const LONGEST_PURPOSE: usize = 500;

fn bad(name: &str, reason: &str) -> Problem {
    Problem::new(Code::MalformedHeader).item(format!("/header/{name}"), "malformed", reason)
}

/// The one value of a header. Given twice, nobody knows which was meant.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Outcome<Option<&'a str>> {
    let mut all = headers.get_all(name).iter();
    let (first, second) = (all.next(), all.next());
    match (first, second) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| bad(name, "not plain text")),
        _ => Err(bad(name, "given twice")),
    }
}

/// The version a change was made from. Required where it is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub i64);

fn read_version(text: &str) -> Option<i64> {
    let digits = text.trim().strip_prefix('"')?.strip_suffix('"')?;
    let good = !digits.is_empty()
        && digits.len() <= 18
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0');
    good.then(|| digits.parse().ok()).flatten()
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Outcome<Self> {
        let Some(text) = only(&parts.headers, header::IF_MATCH.as_str())? else {
            return Err(Problem::new(Code::PreconditionNeeded));
        };
        read_version(text).map(IfMatch).ok_or_else(|| bad("If-Match", "expected one ETag as `\"<version>\"`"))
    }
}

/// A name the client gives a request, so that sending it again does nothing again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(pub Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Outcome<Self> {
        const NAME: &str = "Idempotency-Key";
        let Some(text) = only(&parts.headers, NAME)? else { return Ok(IdempotencyKey(None)) };
        // The draft standard says a quoted string; most clients send it bare. Both name the same key.
        let bare = text.trim();
        let bare = bare.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(bare);
        let good = (8..=128).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_graphic() && b != b'"');
        if good {
            Ok(IdempotencyKey(Some(bare.to_owned())))
        } else {
            Err(bad(NAME, "expected 8 to 128 visible characters"))
        }
    }
}

/// The name of a file that is sent in, percent-encoded UTF-8: in no address, for addresses are logged. One that cannot be read is
/// none, and refused with the rules of files, after the rights.
pub struct FileName(pub String);

impl<S: Send + Sync> FromRequestParts<S> for FileName {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let text = only(&parts.headers, "X-File-Name").ok().flatten().and_then(|text| decode(text, false));
        Ok(FileName(text.unwrap_or_default()))
    }
}

/// Checks a purpose, from wherever it came.
///
/// # Errors
/// Longer than 500 characters, or with control characters.
pub fn check_purpose(text: &str) -> Result<Option<String>, &'static str> {
    let text = text.trim();
    if text.chars().count() > LONGEST_PURPOSE {
        return Err("at most 500 characters");
    }
    if text.chars().any(char::is_control) {
        return Err("contains a control character");
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// `X-Purpose`, percent-encoded UTF-8.
pub(super) fn purpose(headers: &HeaderMap) -> Outcome<Option<String>> {
    const NAME: &str = "X-Purpose";
    let Some(text) = only(headers, NAME)? else { return Ok(None) };
    let text = decode(text, false).ok_or_else(|| bad(NAME, "expected percent-encoded UTF-8"))?;
    check_purpose(&text).map_err(|reason| bad(NAME, reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_strong_etag_is_a_version() {
        assert_eq!(read_version("\"12\""), Some(12));
        for bad in
            ["12", "*", "W/\"1\"", "\"\"", "\"0\"", "\"01\"", "\"-1\"", "\"1\", \"2\"", "\"99999999999999999999\""]
        {
            assert_eq!(read_version(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_purpose_is_read_from_its_escapes() {
        let of = |text: &str| {
            let mut h = HeaderMap::new();
            h.insert("x-purpose", text.parse().unwrap());
            purpose(&h)
        };
        assert_eq!(of("%E5%9B%9E%E8%AE%BF").unwrap().as_deref(), Some("回访"));
        assert_eq!(of("  ").unwrap(), None);
        assert!(of("%ff").is_err() && of("a%00").is_err() && of(&"a".repeat(501)).is_err());
    }
}
