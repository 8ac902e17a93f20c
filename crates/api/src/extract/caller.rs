//! Who is asking. Authenticates and nothing more: rights are the gate's.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use model::{Caller, Channel, Origin};
use store::identity::Authenticated;
use zeroize::Zeroizing;

use super::{RequestId, csrf, headers, origin};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// A caller who is signed in, by session cookie or token.
pub struct SignedInCaller {
    pub caller: Caller,
    pub identity: Authenticated,
}

/// Somebody who may not be signed in: for signing in.
pub struct Anonymous {
    pub origin: Origin,
    pub request_id: String,
    pub at: model::UnixMs,
    /// The secret the browser came with.
    pub previous: Option<Zeroizing<String>>,
}

pub(crate) fn request_id(parts: &Parts) -> String {
    parts.extensions.get::<RequestId>().map(|r| r.0.clone()).unwrap_or_default()
}

/// The session cookie's value. Sent twice, neither is believed.
fn cookie(headers: &HeaderMap, name: &str) -> Option<Zeroizing<String>> {
    let mut found = None;
    for value in headers.get_all(header::COOKIE) {
        for pair in value.to_str().ok()?.split(';') {
            if let Some((key, value)) = pair.trim().split_once('=')
                && key == name
                && found.replace(Zeroizing::new(value.to_owned())).is_some()
            {
                return None;
            }
        }
    }
    found
}

enum Credential {
    Token(Zeroizing<String>),
    Cookie(Zeroizing<String>),
}

/// A token beats a cookie: a program sends it on purpose, a browser sends the cookie by itself.
fn credential(headers: &HeaderMap, cookie_name: &str) -> Outcome<Credential> {
    let nobody = || Problem::unauthenticated(Code::Unauthenticated);
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    match (all.next(), all.next()) {
        (Some(value), None) => {
            let (scheme, token) = value.to_str().ok().and_then(|t| t.split_once(' ')).ok_or_else(nobody)?;
            if !scheme.eq_ignore_ascii_case("bearer") || !token.trim().starts_with("whosaw_pat_") {
                return Err(nobody());
            }
            Ok(Credential::Token(Zeroizing::new(token.trim().to_owned())))
        }
        (Some(_), Some(_)) => Err(nobody()),
        (None, _) => cookie(headers, cookie_name).map(Credential::Cookie).ok_or_else(nobody),
    }
}

/// The secret a request came with, to ask again later whether it is still good.
///
/// # Errors
/// [`Code::Unauthenticated`].
pub fn secret_of(headers: &HeaderMap, cookie_name: &str) -> Outcome<Zeroizing<String>> {
    match credential(headers, cookie_name)? {
        Credential::Token(secret) | Credential::Cookie(secret) => Ok(secret),
    }
}

impl SignedInCaller {
    /// The caller with a purpose given in the body, which says more than a header.
    ///
    /// # Errors
    /// [`Code::InvalidValues`] when it cannot be one.
    pub fn with_purpose(mut self, purpose: Option<&str>) -> Outcome<Self> {
        if let Some(text) = purpose {
            self.caller.purpose = headers::check_purpose(text)
                .map_err(|reason| Problem::new(Code::InvalidValues).item("/purpose", "invalid_value", reason))?;
        }
        Ok(self)
    }
    /// The caller by another channel 访问方式: an export or import is one of its own.
    #[must_use]
    pub fn by(mut self, channel: Channel) -> Self {
        self.caller.origin.channel = channel;
        self
    }
}

impl FromRequestParts<ApiState> for SignedInCaller {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Outcome<Self> {
        let at = state.clock.now();
        let credential = credential(&parts.headers, state.config.cookie_name())?;
        // A change made through another node counts at once, also for who is signed in.
        state.store.refresh_if_changed().await.map_err(|error| {
            tracing::error!(%error, "the company could not be read");
            Problem::new(Code::StoreUnavailable).retry_after(5)
        })?;
        let (secret, channel) = match &credential {
            Credential::Token(secret) => (secret, Channel::Api),
            Credential::Cookie(secret) => (secret, Channel::Web),
        };
        let identity = state
            .store
            .authenticate(secret, at)
            .await?
            .ok_or_else(|| Problem::unauthenticated(Code::Unauthenticated))?;
        // A token in a cookie, or a session's secret as a token, is not how we gave it out.
        if identity.token.is_some() != matches!(credential, Credential::Token(_)) {
            return Err(Problem::unauthenticated(Code::Unauthenticated));
        }
        if matches!(credential, Credential::Cookie(_)) {
            csrf::check(&parts.method, &parts.headers, &state.config.public_url, csrf::Proof::Required)?;
        }
        let engine = state.store.gate().engine();
        let agent = engine.directory().user(identity.user).is_some_and(|u| u.kind == model::UserKind::Agent);
        let channel = if agent { Channel::Agent } else { channel };
        let origin = origin::of(parts, &state.config.trusted_proxies, channel);
        let purpose = headers::purpose(&parts.headers)?;
        let caller = identity.caller(origin, purpose, request_id(parts), at);
        Ok(Self { caller, identity })
    }
}

impl FromRequestParts<ApiState> for Anonymous {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Outcome<Self> {
        csrf::check(&parts.method, &parts.headers, &state.config.public_url, csrf::Proof::IfSaid)?;
        Ok(Self {
            origin: origin::of(parts, &state.config.trusted_proxies, Channel::Web),
            request_id: request_id(parts),
            at: state.clock.now(),
            previous: cookie(&parts.headers, state.config.cookie_name()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_found_among_others_and_not_twice() {
        let of = |text: &str| {
            let mut h = HeaderMap::new();
            h.insert(header::COOKIE, text.parse().unwrap());
            cookie(&h, "whosaw").map(|v| v.to_string())
        };
        assert_eq!(of("a=1; whosaw=secret; b=2").as_deref(), Some("secret"));
        assert_eq!(of("xwhosaw=secret"), None);
        assert_eq!(of("whosaw=a; whosaw=b"), None);
    }
}
