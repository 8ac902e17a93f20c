//! Passwords: argon2id, and which ones are refused.
//!
//! Parameters are OWASP's (m = 19456 KiB, t = 2, p = 1). A hash runs on a blocking thread behind a small semaphore: a flood
//! of sign-ins waits instead of taking all memory and cores. An account that does not exist costs the same work.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use std::sync::Arc;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use super::common::is_common;
use crate::ids::random;

pub const MEMORY_KIB: u32 = 19_456;
pub const PASSES: u32 = 2;
pub const LANES: u32 = 1;
/// In characters.
pub const SHORTEST: usize = 10;
pub const LONGEST: usize = 256;

/// A well-formed hash with our parameters that no password has: salt and output are zeros.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Why a password is refused. Never contains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPassword {
    #[error("at least {SHORTEST} characters are needed")]
    Short,
    #[error("at most {LONGEST} characters")]
    Long,
    #[error("it contains the login")]
    ContainsLogin,
    #[error("it is among those tried first")]
    Common,
}

impl BadPassword {
    pub const fn code(self) -> &'static str {
        match self {
            BadPassword::Short => "password_short",
            BadPassword::Long => "password_long",
            BadPassword::ContainsLogin => "password_contains_login",
            BadPassword::Common => "password_common",
        }
    }
}

/// Whether a new password may be used. Length counts, kinds of characters do not (NIST SP 800-63B, 3.1.1.2).
///
/// # Errors
/// [`BadPassword`].
pub fn check(password: &str, login: &str) -> Result<(), BadPassword> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(BadPassword::Short);
    }
    if length > LONGEST {
        return Err(BadPassword::Long);
    }
    let lower = Zeroizing::new(password.to_lowercase());
    if login.chars().count() >= 3 && lower.contains(&login.to_lowercase()) {
        return Err(BadPassword::ContainsLogin);
    }
    if is_common(&lower) { Err(BadPassword::Common) } else { Ok(()) }
}

/// The hash could not be computed: no memory, or the process is ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the password could not be hashed")]
pub struct HashFailed;

/// What a comparison found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    pub right: bool,
    /// The stored hash has other parameters than ours: replace it now that the password is at hand.
    pub outdated: bool,
}

fn ours() -> Result<Argon2<'static>, HashFailed> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_| HashFailed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Computes hashes, a few at a time.
#[derive(Clone)]
pub struct PasswordHasher(Arc<Semaphore>);

impl PasswordHasher {
    pub fn new(at_once: usize) -> Self {
        Self(Arc::new(Semaphore::new(at_once)))
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, HashFailed> + Send + 'static,
    ) -> Result<T, HashFailed> {
        let permit = self.0.clone().acquire_owned().await.map_err(|_| HashFailed)?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            // Held until the work is done, also when the request is dropped.
            drop(permit);
            done
        });
        done.await.map_err(|_| HashFailed)?
    }

    /// The PHC string of a password under a new salt.
    ///
    /// # Errors
    /// [`HashFailed`].
    pub async fn hash(&self, password: &str) -> Result<String, HashFailed> {
        let password = Zeroizing::new(password.to_owned());
        let salt: [u8; 16] = random();
        self.run(move || {
            let hash: PasswordHash =
                ours()?.hash_password_with_salt(password.as_bytes(), &salt).map_err(|_| HashFailed)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Compares a password with a stored hash; with none, does the same work and finds it wrong.
    ///
    /// # Errors
    /// [`HashFailed`].
    pub async fn verify(&self, stored: Option<&str>, password: &str) -> Result<Verified, HashFailed> {
        let exists = stored.is_some();
        let stored = Zeroizing::new(stored.unwrap_or(NOBODY).to_owned());
        // Longer than any password that was ever accepted: wrong, but not for free.
        let password =
            Zeroizing::new(if password.chars().count() > LONGEST { String::new() } else { password.to_owned() });
        self.run(move || {
            let hash = PasswordHash::new(&stored).map_err(|_| HashFailed)?;
            let right = ours()?.verify_password(password.as_bytes(), &hash).is_ok();
            Ok(Verified { right: right && exists, outdated: is_outdated(&hash) })
        })
        .await
    }
}

fn is_outdated(hash: &PasswordHash) -> bool {
    let current =
        Params::try_from(hash).is_ok_and(|p| p.m_cost() >= MEMORY_KIB && p.t_cost() >= PASSES && p.p_cost() == LANES);
    hash.algorithm != Algorithm::Argon2id.ident() || !current
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_counts_and_what_is_tried_first_is_refused() {
        assert_eq!(check("short", "li"), Err(BadPassword::Short));
        assert_eq!(check(&"x".repeat(257), "li"), Err(BadPassword::Long));
        assert_eq!(check("my-Li.Wei-pass", "li.wei"), Err(BadPassword::ContainsLogin));
        for common in
            ["1234567890", "Password123!", "qwertyuiop", "aaaaaaaaaaaa", "abcdefghijk", "woaini1314520", "Admin@123456"]
        {
            assert_eq!(check(common, "li.wei"), Err(BadPassword::Common), "{common}");
        }
        assert_eq!(check("correct horse battery", "li.wei"), Ok(()));
        assert_eq!(check("三文鱼在雨里散步不打伞", "li.wei"), Ok(()));
    }

    #[tokio::test]
    async fn a_password_is_known_by_its_hash_and_nobody_has_the_empty_one() {
        let hasher = PasswordHasher::new(1);
        let hash = hasher.hash("correct horse battery").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let verify = async |stored: Option<&str>, password: &str| hasher.verify(stored, password).await.unwrap();
        assert_eq!(verify(Some(&hash), "correct horse battery").await, Verified { right: true, outdated: false });
        assert!(!verify(Some(&hash), "correct horse batteri").await.right);
        assert_eq!(verify(None, "").await, Verified { right: false, outdated: false });
    }

    #[tokio::test]
    async fn an_older_hash_is_right_and_outdated() {
        let old = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(1024, 1, 1, None).unwrap());
        let hash: PasswordHash = old.hash_password_with_salt(b"correct horse battery", &[1; 16]).unwrap();
        let found = PasswordHasher::new(1).verify(Some(&hash.to_string()), "correct horse battery").await.unwrap();
        assert_eq!(found, Verified { right: true, outdated: true });
    }
}
