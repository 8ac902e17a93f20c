//! Signing in: passwords, second factors, sessions, API tokens and the limits on guessing.
//!
//! Rule: the database holds nothing one could sign in with. Passwords are argon2id strings, secrets of sessions and tokens
//! SHA-256 hashes, TOTP secrets sealed under a key of the vault. Knowing who someone is gives no right: only the gate does.
//! Every sign-in, refused sign-in and sign-out is an event; no event holds a password, a code, a secret, or a login that
//! does not exist.
//!
//! ```text
//! let signed_in = store.sign_in(SignIn { login: "li.wei", password, .. }).await?;      // signed_in.secret goes into the cookie
//! let who = store.authenticate(cookie, now).await?.ok_or(Unauthorized)?;               // microseconds, from memory
//! let caller = who.caller(origin, purpose, request_id, now);
//! ```

mod account;
mod common;
mod credential;
pub mod limits;
pub mod password;
mod secret;
mod session;
mod session_ops;
mod sign_in;
mod token;
mod totp;

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicU64};

use access::path::{Change, Disclosed, Grant, OnSystem, Refusal};
use model::{UnixMs, UserId};
use parking_lot::Mutex;
use vault::{DataKey, Vault, VaultError};

pub(crate) use credential::Credential;

pub use account::{ChangePassword, RecoverError, ResetPassword};
pub use secret::Secret;
pub use session::Authenticated;
pub(crate) use session_ops::end_sessions_of;
pub use session_ops::{ListSessions, ListUserSessions, OwnSessions, RevokeSession, RevokeUserSessions, SessionView};
pub use sign_in::{SignIn, SignInError, SignedIn};
pub use token::{
    CreateToken, ListTokens, ListUserTokens, NewToken, RevokeToken, RevokeUserToken, TOKEN_DAYS, TokenView,
};
pub use totp::{ConfirmTotp, DisableTotp, EnrolTotp, ResetTotp, TotpEnrolment};

use crate::Store;
use limits::LoginLimits;
use password::PasswordHasher;
use session::Known;

/// Password hashes computed at once: each takes 19 MiB and a core.
const HASHES_AT_ONCE: usize = 2;

/// What a store keeps of identities between requests.
pub(crate) struct Identity {
    /// Sessions and tokens by the hash of their secret.
    known: Mutex<HashMap<[u8; 32], Known>>,
    /// Rises with every revocation: what was read before it is not remembered after it.
    generation: AtomicU64,
    /// `meta.session_epoch` as last seen: another node has revoked something when it moves.
    epoch: AtomicI64,
    /// When last uses were last written down.
    written_at: AtomicI64,
    limits: Mutex<LoginLimits>,
    hasher: PasswordHasher,
    login_key: DataKey,
    totp_key: DataKey,
    /// Seals the words of requests.
    pub(crate) request_key: DataKey,
    /// Seals the secrets of endpoints.
    pub(crate) webhook_key: DataKey,
    /// Seals the mail server's password.
    pub(crate) mail_key: DataKey,
    /// Seals what jobs do: a condition and new values may be a customer's.
    pub(crate) job_key: DataKey,
    /// Seals cases, and questions to people.
    pub(crate) case_key: DataKey,
    /// Seals vulnerabilities, and what is told of scans.
    pub(crate) finding_key: DataKey,
    /// Seals how people stand with their courses.
    pub(crate) training_key: DataKey,
    /// Seals what the house saw of itself.
    pub(crate) posture_key: DataKey,
    pub(crate) review_key: DataKey,
    /// Seals who leaves, and what the verdict was given by.
    pub(crate) leaver_key: DataKey,
    /// Seals assessments by third parties.
    pub(crate) assessment_key: DataKey,
    /// Seals audit reports.
    pub(crate) report_key: DataKey,
    /// Seals the addresses and secrets of channels.
    pub(crate) channel_key: DataKey,
    /// Seals what was read of other systems' logs.
    pub(crate) feed_key: DataKey,
    /// Seals alerts, and where detection stands.
    pub(crate) watch_key: DataKey,
}

impl Identity {
    pub(crate) fn new(vault: &Vault) -> Result<Self, VaultError> {
        Ok(Self {
            known: Mutex::default(),
            generation: AtomicU64::new(0),
            epoch: AtomicI64::new(0),
            written_at: AtomicI64::new(i64::MIN),
            limits: Mutex::default(),
            hasher: PasswordHasher::new(HASHES_AT_ONCE),
            login_key: vault.system_key("login")?,
            totp_key: vault.system_key("totp")?,
            request_key: vault.system_key("requests")?,
            webhook_key: vault.system_key("webhooks")?,
            mail_key: vault.system_key("mail")?,
            job_key: vault.system_key("jobs")?,
            case_key: vault.system_key("cases")?,
            training_key: vault.system_key("training")?,
            finding_key: vault.system_key("findings")?,
            posture_key: vault.system_key("posture")?,
            review_key: vault.system_key("reviews")?,
            leaver_key: vault.system_key("leavers")?,
            assessment_key: vault.system_key("assessments")?,
            report_key: vault.system_key("reports")?,
            channel_key: vault.system_key("channels")?,
            feed_key: vault.system_key("feeds")?,
            watch_key: vault.system_key("watch")?,
        })
    }
}

/// Tells the other nodes to forget the sessions and tokens they remember.
pub(crate) fn moved() -> Change {
    Change::new("UPDATE meta SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE key = 'session_epoch'", vec![])
        .expecting(1)
}

/// Ends every session and token of a user.
pub(crate) fn end_all(user: UserId, at: UnixMs) -> Vec<Change> {
    vec![
        Change::new(
            "UPDATE session SET ended_at = ?2, live = NULL WHERE user_id = ?1 AND ended_at IS NULL",
            vec![user.into(), at.into()],
        ),
        Change::new(
            "UPDATE token SET ended_at = ?2, live = NULL WHERE user_id = ?1 AND ended_at IS NULL",
            vec![user.into(), at.into()],
        ),
        moved(),
    ]
}

/// What an event tells besides its operation.
pub(crate) type Told = (&'static str, serde_json::Value);

/// What must be forgotten once a change is durable.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Forget {
    User(UserId),
    Secret([u8; 32]),
    Session(model::SessionId),
    Token(model::TokenId),
}

impl Store {
    /// Makes changes durable with the grant's event, then forgets what they ended. Runs to its end also when the request
    /// is dropped: what is ended in the database must not live on in memory.
    pub(crate) async fn end<O: OnSystem, T: Send + 'static>(
        &self,
        grant: Grant<O>,
        changes: Vec<Change>,
        forget: Vec<Forget>,
        answer: T,
    ) -> Result<Disclosed<T>, Refusal> {
        self.end_telling(grant, vec![], changes, forget, answer).await
    }

    pub(crate) async fn end_telling<O: OnSystem, T: Send + 'static>(
        &self,
        grant: Grant<O>,
        told: Vec<Told>,
        changes: Vec<Change>,
        forget: Vec<Forget>,
        answer: T,
    ) -> Result<Disclosed<T>, Refusal> {
        let identity = self.identity.clone();
        let ended = tokio::spawn(async move {
            let done = grant.carry_out_telling(told, changes, answer).await;
            // Also after an error: to forget too much costs one look-up.
            identity.forget(&forget);
            done
        });
        ended.await.unwrap_or(Err(Refusal::AuditUnavailable))
    }
}
