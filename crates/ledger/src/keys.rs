//! Ed25519 keys of a log, in the text forms of C2SP signed-note.
//!
//! Public: `name+hex(key id)+base64(0x01 ‖ key)`. Private: `PRIVATE+KEY+name+hex(key id)+base64(0x01 ‖ seed)`. The name
//! is the log's origin; the key id is SHA-256(name ‖ "\n" ‖ 0x01 ‖ key), its first four bytes.
//!
//! ```
//! use ledger::{SigningKey, VerifierKey};
//! let key = SigningKey::from_seed("example.com/audit", [1; 32])?;
//! let public: VerifierKey = key.verifier().to_string().parse()?;
//! assert_eq!(&public, key.verifier());
//! # Ok::<(), ledger::keys::KeyError>(())
//! ```

use std::fmt;
use std::str::FromStr;

use signed_note::{StandardSigner, StandardVerifier, VerifierError};

use crate::hash::b64;

/// The text or name is no key of a log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("`{0}` is no name for a log: it must not be empty or contain spaces or `+`")]
    Name(String),
    #[error("not a verifier key (`name+id+base64`)")]
    Format,
    #[error("the verifier key is of another kind than Ed25519")]
    Algorithm,
    #[error("the key id does not belong to this name and key")]
    Id,
    #[error("not a signing key of this kind")]
    Signing,
}

/// Refuses names that signed notes cannot carry.
///
/// # Errors
/// Empty, or with a space, a control character or a `+`.
pub fn check_origin(name: &str) -> Result<(), KeyError> {
    if signed_note::is_key_name_valid(name) && !name.chars().any(char::is_control) {
        Ok(())
    } else {
        Err(KeyError::Name(name.chars().take(100).collect()))
    }
}

/// A public key trusted to sign checkpoints of the log it names.
#[derive(Clone)]
pub struct VerifierKey {
    text: String,
    name: String,
    pub(crate) inner: StandardVerifier,
}

impl VerifierKey {
    /// The log's origin.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let inner = StandardVerifier::new(text).map_err(|e| match e {
            VerifierError::Format => KeyError::Format,
            VerifierError::Alg => KeyError::Algorithm,
            VerifierError::Id => KeyError::Id,
        })?;
        let name = signed_note::Verifier::name(&inner).to_owned();
        check_origin(&name)?;
        Ok(Self { text: text.to_owned(), name, inner })
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({})", self.text)
    }
}

impl PartialEq for VerifierKey {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
impl Eq for VerifierKey {}

/// A private key that signs checkpoints of the log it names. Its `Debug` shows the public half.
#[derive(Clone)]
pub struct SigningKey {
    seed: [u8; 32],
    verifier: VerifierKey,
    pub(crate) inner: StandardSigner,
}

impl SigningKey {
    /// The key that `seed` (32 random bytes) gives for the log `name`.
    ///
    /// # Errors
    /// The name is empty or contains a space or a `+`.
    pub fn from_seed(name: &str, seed: [u8; 32]) -> Result<Self, KeyError> {
        check_origin(name)?;
        let public = ed25519_dalek::SigningKey::from_bytes(&seed).verifying_key();
        let verifier: VerifierKey = signed_note::new_ed25519_verifier_key(name, &public).parse()?;
        let inner = StandardSigner::new(&private_text(&verifier, &seed)).map_err(|_| KeyError::Signing)?;
        Ok(Self { seed, verifier, inner })
    }

    /// Reads the private text form.
    ///
    /// # Errors
    /// Another form, another algorithm, or a key id of another key.
    pub fn from_text(text: &str) -> Result<Self, KeyError> {
        StandardSigner::new(text).map_err(|_| KeyError::Signing)?;
        let mut parts = text.splitn(5, '+').skip(2);
        let (Some(name), Some(_), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Signing);
        };
        let key = b64::decode(key).ok_or(KeyError::Signing)?;
        let seed = key.get(1..).and_then(|seed| seed.try_into().ok()).ok_or(KeyError::Signing)?;
        Self::from_seed(name, seed)
    }

    /// The private text form. Whoever reads it can sign as this log.
    pub fn to_secret_text(&self) -> String {
        private_text(&self.verifier, &self.seed)
    }

    pub const fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey(of {})", self.verifier)
    }
}

fn private_text(verifier: &VerifierKey, seed: &[u8; 32]) -> String {
    let key_id = signed_note::Verifier::key_id(&verifier.inner);
    let key = b64::encode(&[[1].as_slice(), seed].concat());
    format!("PRIVATE+KEY+{}+{key_id:08x}+{key}", verifier.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_text_forms_are_read_back_and_the_private_one_is_never_printed() {
        let key = SigningKey::from_seed("example.com/谁看过", [42; 32]).unwrap();
        let again = SigningKey::from_text(&key.to_secret_text()).unwrap();
        assert_eq!(again.verifier(), key.verifier());
        assert_eq!(again.to_secret_text(), key.to_secret_text());
        let printed = format!("{key:?}");
        assert!(!printed.contains("PRIVATE") && !printed.contains(&b64::encode(&[42; 32])));
    }

    #[test]
    fn names_that_a_note_cannot_carry_are_refused() {
        for name in ["", "a b", "a+b", "a\u{3000}b", "a\nb", "a\u{7f}"] {
            assert!(matches!(SigningKey::from_seed(name, [1; 32]), Err(KeyError::Name(_))), "{name:?}");
        }
    }

    #[test]
    fn a_key_of_another_name_or_kind_is_refused() {
        let text = SigningKey::from_seed("example.com/a", [1; 32]).unwrap().verifier().to_string();
        assert_eq!(text.replace("/a+", "/b+").parse::<VerifierKey>(), Err(KeyError::Id));
        assert_eq!("nonsense".parse::<VerifierKey>(), Err(KeyError::Format));
        assert_eq!("".parse::<VerifierKey>(), Err(KeyError::Format));
        assert!(SigningKey::from_text(&text).is_err());
    }
}
