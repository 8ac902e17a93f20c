//! Requests that another site makes a browser send.
//!
//! Rule: an unsafe request that is authenticated by a cookie must say, by headers no page can forge, that it comes from
//! ourselves: `Sec-Fetch-Site: same-origin` or `none`, or an `Origin` equal to the public address.

use axum::http::{HeaderMap, Method, header};

use crate::problem::{Code, Outcome, Problem};

/// How much proof is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// A cookie authenticates: without proof the request is refused.
    Required,
    /// No cookie is used (signing in): refused only if the browser says that it comes from elsewhere.
    IfSaid,
}

/// Checks where a request comes from.
///
/// # Errors
/// [`Code::CrossSite`].
pub fn check(method: &Method, headers: &HeaderMap, public_url: &str, proof: Proof) -> Outcome<()> {
    if method.is_safe() {
        return Ok(());
    }
    let text = |name: &str| headers.get(name).map(|v| v.to_str().unwrap_or("?").to_owned());
    let site = text("sec-fetch-site").map(|s| s == "same-origin" || s == "none");
    let origin = text(header::ORIGIN.as_str()).map(|o| o.eq_ignore_ascii_case(public_url.trim_end_matches('/')));
    // A browser that says both must say the same: one sent by us never has a foreign origin.
    let ours = match (site, origin) {
        (Some(false), _) => false,
        (Some(true), _) => true,
        (None, Some(ours)) => ours,
        (None, None) => proof == Proof::IfSaid,
    };
    if ours { Ok(()) } else { Err(Problem::new(Code::CrossSite)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(method: Method, pairs: &[(&str, &str)], proof: Proof) -> bool {
        let mut h = HeaderMap::new();
        for (name, value) in pairs {
            h.insert(header::HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
        }
        check(&method, &h, "https://crm.example.com", proof).is_ok()
    }

    #[test]
    fn a_cookie_alone_does_not_change_anything() {
        use Proof::{IfSaid, Required};
        assert!(ask(Method::GET, &[("sec-fetch-site", "cross-site")], Required));
        assert!(!ask(Method::POST, &[], Required));
        assert!(ask(Method::POST, &[("sec-fetch-site", "same-origin")], Required));
        assert!(!ask(Method::POST, &[("sec-fetch-site", "same-site")], Required));
        assert!(!ask(
            Method::DELETE,
            &[("sec-fetch-site", "cross-site"), ("origin", "https://crm.example.com")],
            Required
        ));
        assert!(ask(Method::POST, &[("origin", "https://crm.example.com")], Required));
        assert!(!ask(Method::POST, &[("origin", "null")], Required));
        assert!(ask(Method::POST, &[], IfSaid));
        assert!(!ask(Method::POST, &[("origin", "https://evil.example")], IfSaid));
    }
}
