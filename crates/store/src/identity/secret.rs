//! Secrets handed out once and then known by their hash only.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Something its holder can sign in with. Never printed, never stored, shown once.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub(crate) fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
    /// 256 random bits as base64url without padding: 43 characters.
    pub(crate) fn session(random: [u8; 32]) -> Self {
        Self::new(URL_SAFE_NO_PAD.encode(random))
    }
    /// The text itself, for the one response it goes into.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(<hidden>)")
    }
}

/// The hash of a session's secret; `None` when the text cannot be one.
pub(crate) fn session_hash(text: &str) -> Option<[u8; 32]> {
    let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).ok()?);
    (bytes.len() == 32).then(|| hash(&bytes))
}

/// SHA-256: the secret has 256 random bits, so a slow hash would protect nothing more.
pub(crate) fn hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_secret_is_found_by_its_hash_and_never_printed() {
        let secret = Secret::session([7; 32]);
        assert_eq!(secret.expose().len(), 43);
        assert_eq!(session_hash(secret.expose()), Some(hash(&[7; 32])));
        assert_eq!(format!("{secret:?}"), "Secret(<hidden>)");
        for bad in ["", "a", &"a".repeat(44), "=", "包"] {
            assert_eq!(session_hash(bad), None, "{bad}");
        }
    }
}
