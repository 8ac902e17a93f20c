//! Reading requests: strictly, and always to a problem document.

pub mod body;
pub mod caller;
pub mod csrf;
pub mod headers;
pub mod json;
pub mod origin;
pub mod path;
pub mod query;
mod typed;

pub use body::{Body, ImportBody, MergeBody};
pub use caller::{Anonymous, SignedInCaller, secret_of};
pub use headers::{FileName, IdempotencyKey, IfMatch};
pub use path::{CommentPath, FilePath, IdPath, MergePath, ObjectPath, PairPath, RecordPath, SharePath};
pub use query::Query;

/// The id of a request: the client's `X-Request-ID` if it is sane, else one of our own.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Bytes from the operating system. Without them nothing can be told apart, so the process ends.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[allow(clippy::expect_used, reason = "a system without randomness cannot make ids; carrying on would be worse")]
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}

/// A password on its way in: wiped from memory when it is dropped.
pub struct SecretText(zeroize::Zeroizing<String>);

impl std::ops::Deref for SecretText {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de> serde::Deserialize<'de> for SecretText {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        <String as serde::Deserialize>::deserialize(d).map(|text| SecretText(zeroize::Zeroizing::new(text)))
    }
}
