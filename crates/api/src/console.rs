//! The web console's files (`web/dist`), inside the program: built by `npm run build` before the program is (docs/console.md).
//! A program built without them serves the status page instead.
//!
//! Rule: the page may run scripts from here only, and styles that carry the nonce made for this very answer.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::extract::random;
use crate::problem::{Code, Outcome, Problem};

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[exclude = ".gitignore"]
struct Files;

const PAGE: &str = "index.html";
const NONCE_MARK: &str = "__STYLE_NONCE__";

/// Addresses that are the server's: no page of the console begins with them.
const RESERVED: [&str; 6] = ["/api", "/ledger", "/healthz", "/readyz", "/metrics", "/status"];

/// Whether this program has the console in it.
pub fn is_built() -> bool {
    Files::get(PAGE).is_some()
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, end)| end) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Whether `Accept-Encoding` takes a coding. One refused by `q=0` is not taken.
fn takes(headers: &HeaderMap, coding: &str) -> bool {
    headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(',')).any(
        |part| {
            let mut words = part.split(';').map(str::trim);
            let refused = |q: &str| q.strip_prefix("q=").is_some_and(|n| n.trim_matches(['0', '.']).is_empty());
            words.next().is_some_and(|name| name.eq_ignore_ascii_case(coding)) && !words.any(refused)
        },
    )
}

/// The page, with a nonce of its own. `None` where the console is not in the program.
pub fn page() -> Option<Response> {
    let file = Files::get(PAGE)?;
    let nonce = BASE64_STANDARD_NO_PAD.encode(random::<16>());
    let body = String::from_utf8_lossy(&file.data).replacen(NONCE_MARK, &nonce, 1);
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Some(response)
}

/// A file as it is, or its precompressed copy.
fn file(name: &str, headers: &HeaderMap) -> Option<Response> {
    let plain = Files::get(name)?;
    let copies = [("br", "br"), ("gzip", "gz")];
    let copy = copies.into_iter().filter(|(coding, _)| takes(headers, coding));
    let chosen: Option<(&'static str, EmbeddedFile)> =
        copy.filter_map(|(coding, end)| Files::get(&format!("{name}.{end}")).map(|f| (coding, f))).next();
    let coding = chosen.as_ref().map(|(coding, _)| *coding);
    let etag = format!(
        "\"{}{}\"",
        hex::encode(plain.metadata.sha256_hash()),
        coding.map_or("", |c| if c == "br" { "-br" } else { "-gz" })
    );
    let unchanged = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag));
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(chosen.map_or(plain.data, |(_, f)| f.data).into_owned()).into_response()
    };
    let h = response.headers_mut();
    h.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    h.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(coding) = coding {
        h.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    // Names under assets/ hold a hash of their content.
    let keep = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    h.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        h.insert(header::ETAG, etag);
    }
    Some(response)
}

fn reserved(path: &str) -> bool {
    RESERVED.iter().any(|r| path.strip_prefix(r).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// Whether whoever asks is a browser that opens a page.
fn wants_page(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("text/html"))
}

/// Whatever no route answers: a file of the console, or for a browser the page, which knows its own addresses.
pub async fn fallback(request: Request) -> Outcome<Response> {
    let unknown = || Problem::new(Code::UnknownRoute);
    let path = request.uri().path();
    if reserved(path) || !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(unknown());
    }
    let name = path.trim_start_matches('/');
    // The page itself always goes out with its policy; the copies are answers to encodings, not files of their own.
    let own = name == PAGE || name.ends_with(".br") || name.ends_with(".gz");
    if let Some(response) = (!own).then(|| file(name, request.headers())).flatten() {
        return Ok(response);
    }
    if name.starts_with("assets/") || !wants_page(request.headers()) {
        return Err(unknown());
    }
    page().ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_the_console_shadow_nothing_of_the_server() {
        for own in ["/api", "/api/v1/nothing", "/ledger/x", "/healthz", "/metrics", "/status"] {
            assert!(reserved(own), "{own}");
        }
        for page in ["/", "/records/customer", "/apinotes", "/ledgers"] {
            assert!(!reserved(page), "{page}");
        }
    }

    #[test]
    fn a_coding_that_is_refused_is_not_sent() {
        let of = |text: &'static str| {
            let mut h = HeaderMap::new();
            h.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(text));
            (takes(&h, "br"), takes(&h, "gzip"))
        };
        assert_eq!(of("gzip, deflate, br"), (true, true));
        assert_eq!(of("gzip;q=0.5, br;q=0"), (false, true));
        assert_eq!(of("br;q=0.0"), (false, false));
        assert_eq!(of("identity"), (false, false));
    }
}
