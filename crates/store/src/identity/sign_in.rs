//! Signing in and out, and stepping up to a second factor.
//!
//! Rule: a login that does not exist, a wrong password and a disabled account are answered alike, after the same work. A
//! new secret is made at every sign-in and step-up, and the one it replaces ends in the same unit.

use access::path::{Change, JournalError, Param, Refusal, Seals, tell};
use model::{Action, Caller, Decision, Origin, SessionId, UnixMs, User, UserId, UserKind, UserStatus};
use serde_json::{Value, json};

use super::limits::{From, Wait};
use super::password::{LONGEST, Verified};
use super::secret::{Secret, hash, session_hash};
use super::session::damaged;
use super::{Credential, Forget, Told, moved};
use crate::company::SYSTEM;
use crate::ids::random;
use crate::proof::tables::{SESSION, live, strong};
use crate::{Query, Store};

/// What someone gives to sign in.
pub struct SignIn<'a> {
    pub login: &'a str,
    pub password: &'a str,
    /// The six digits of the second factor.
    pub code: Option<&'a str>,
    /// The secret the browser came with: its session ends.
    pub previous: Option<&'a str>,
    pub origin: &'a Origin,
    pub request_id: &'a str,
    pub at: UnixMs,
}

/// A new session. The secret is not kept anywhere else.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub secret: Secret,
    pub session: SessionId,
    pub user: UserId,
    pub mfa: bool,
    /// The session can only change the password.
    pub must_change: bool,
    pub expires_at: UnixMs,
}

/// Why nobody was signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    #[error("login or password is wrong")]
    Wrong,
    /// The password was right: ask for the second factor and send all three again.
    #[error("a code of the second factor is needed")]
    CodeNeeded,
    /// Wrong, or used before.
    #[error("the code is wrong")]
    WrongCode,
    #[error("too many attempts; try again in {seconds} s")]
    Wait { seconds: u64 },
    /// The password was right, and signing in is taken from this person until then, or until it is ended.
    #[error("signing in is suspended")]
    Suspended { until: Option<UnixMs> },
    /// The log or the database cannot take it: nobody is signed in without a record.
    #[error("signing in is unavailable")]
    Unavailable,
}

/// A session about to be made.
pub(super) struct NewSession<'a> {
    pub(super) user: UserId,
    pub(super) origin: &'a Origin,
    pub(super) mfa: bool,
    pub(super) at: UnixMs,
    pub(super) expires_at: UnixMs,
    pub(super) must_change: bool,
}

impl NewSession<'_> {
    /// The session with its secret, and the statement that keeps it.
    pub(super) fn make(self, seals: &Seals) -> (SignedIn, Change) {
        let bytes: [u8; 32] = random();
        let session = SessionId::new(self.at, random());
        let agent: Option<String> = self.origin.user_agent.as_ref().map(|a| a.chars().take(300).collect());
        let mut params: Vec<Param> = vec![
            session.into(),
            self.user.into(),
            hash(&bytes).to_vec().into(),
            self.at.into(),
            self.expires_at.into(),
            self.origin.address.map(|a| a.to_canonical().to_string()).into(),
            agent.into(),
        ];
        let id: Param = session.into();
        params.extend([
            seals.row(SESSION.name, &params).to_vec().into(),
            live(seals, &SESSION, &id).to_vec().into(),
            self.mfa.then(|| strong(seals, &id).to_vec()).into(),
            self.mfa.into(),
        ]);
        let insert = Change::new(
            "INSERT INTO session (id, user_id, secret, created_at, seen_at, expires_at, address, user_agent, seal, live, \
             strong, mfa) VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params,
        );
        let signed_in = SignedIn {
            secret: Secret::session(bytes),
            session,
            user: self.user,
            mfa: self.mfa,
            must_change: self.must_change,
            expires_at: self.expires_at,
        };
        (signed_in, insert)
    }
}

/// A right password, and what to write about it.
struct Right {
    user: User,
    credential: Credential,
    new_hash: Option<String>,
}

/// The login as it is looked up.
fn normalize(login: &str) -> String {
    login.trim().to_lowercase()
}

fn unavailable<E: std::fmt::Display>(error: E) -> SignInError {
    tracing::error!(%error, "signing in is unavailable");
    SignInError::Unavailable
}

impl Store {
    /// Signs a person in. Either way, what happened is durable in the log before this answers; repeated answers within
    /// one wait are not recorded again.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn sign_in(&self, s: SignIn<'_>) -> Result<SignedIn, SignInError> {
        let login = normalize(s.login);
        let user = self.gate.engine().directory().user_by_login(&login).cloned();
        let from = From { login: self.login_mac(&login), address: s.origin.address, known: false };
        let caller = |user: UserId, mfa| Caller {
            user,
            mfa,
            origin: s.origin.clone(),
            ..Store::system_caller(s.origin.channel, s.request_id, s.at)
        };
        // An unknown login stands in the log as a keyed hash: people type passwords into the wrong field.
        let refused = |reason: &str| {
            let who = caller(user.as_ref().map_or(SYSTEM, |u| u.id), false);
            let mut detail = json!({ "act": "sign_in", "reason": reason });
            if user.is_none()
                && let Some(map) = detail.as_object_mut()
            {
                map.insert("login_hash".to_owned(), hex::encode(from.login).into());
            }
            self.note_refused(who, detail)
        };
        let from = match self.attempt(from, user.as_ref(), s.at).await? {
            Ok(from) => from,
            Err(wait) => {
                if wait.first {
                    refused("wait").await?;
                }
                return Err(SignInError::Wait { seconds: wait.seconds(s.at) });
            }
        };
        let right = match self.verify_password(user.clone(), s.password, s.at).await? {
            Ok(right) => right,
            Err(reason) => {
                refused(reason).await?;
                return Err(SignInError::Wrong);
            }
        };
        // Said to who knows the password, and to nobody else.
        if let Some(until) = self.gate.restrictions().suspended(right.user.id, s.at) {
            refused("suspended").await?;
            return Err(SignInError::Suspended { until });
        }
        let step = match (right.credential.totp_confirmed, s.code) {
            (false, _) => None,
            (true, None) => {
                self.identity.limits.lock().undecided(&from, s.at);
                refused("code_needed").await?;
                return Err(SignInError::CodeNeeded);
            }
            (true, Some(code)) => match self.totp_step(&right.credential, right.user.id, code, s.at) {
                Some(step) => Some(step),
                None => {
                    refused("wrong_code").await?;
                    return Err(SignInError::WrongCode);
                }
            },
        };
        let company = self.company();
        let longest = s.at.plus_ms(company.session_rules.absolute_ms());
        let (signed_in, insert) = NewSession {
            user: right.user.id,
            origin: s.origin,
            mfa: step.is_some(),
            at: s.at,
            expires_at: company.guests.get(&right.user.id).map_or(longest, |g| g.until().min(longest)),
            must_change: right.credential.must_change,
        }
        .make(self.seals());
        let (mut changes, told) = still_valid(right.credential, right.new_hash, step, self.seals(), s.at);
        changes.push(insert);
        let mut forget = vec![];
        let mut ended = None;
        if let Some(previous) = s.previous.and_then(session_hash) {
            ended = self.session_of(&previous).await.map_err(unavailable)?;
            changes.extend([end_secret(&previous, s.at), moved()]);
            forget.push(Forget::Secret(previous));
        }
        let detail = json!({
            "act": "sign_in", "session": signed_in.session, "mfa": signed_in.mfa, "must_change": signed_in.must_change,
            "ended": ended,
        });
        let detail = tell(detail, told);
        let caller = Caller { session: Some(signed_in.session), ..caller(right.user.id, signed_in.mfa) };
        match self.gate.note(&caller, Action::SignIn, Decision::Allowed, detail, changes).await {
            Ok(_) => {
                self.identity.limits.lock().succeeded(&from, s.at);
                self.identity.forget(&forget);
                Ok(signed_in)
            }
            // Between reading and writing the code was used, the password changed or the account disabled.
            Err(JournalError::Conflict { .. }) => {
                refused(if step.is_some() { "code_used" } else { "changed_meanwhile" }).await?;
                Err(if step.is_some() { SignInError::WrongCode } else { SignInError::Wrong })
            }
            Err(error) => Err(unavailable(error)),
        }
    }

    /// Ends the caller's session.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`]: the session lives on.
    pub async fn sign_out(&self, caller: &Caller) -> Result<(), Refusal> {
        let Some(session) = caller.session else { return Ok(()) };
        let changes = vec![
            Change::new(
                "UPDATE session SET ended_at = ?2, live = NULL WHERE id = ?1 AND ended_at IS NULL",
                vec![session.into(), caller.at.into()],
            ),
            moved(),
        ];
        let detail = json!({ "act": "sign_out", "session": session });
        let done = self.gate.note(caller, Action::SignOut, Decision::Allowed, detail, changes).await;
        self.identity.forget(&[Forget::Session(session)]);
        done.map(|_| ()).map_err(|_| Refusal::AuditUnavailable)
    }

    /// Proves the second factor again within a session: the session goes on under a new secret, until the same end.
    ///
    /// # Errors
    /// [`SignInError`]; without a confirmed second factor, [`SignInError::WrongCode`].
    pub async fn step_up(&self, caller: &Caller, code: &str) -> Result<SignedIn, SignInError> {
        let user = self.gate.engine().directory().user(caller.user).cloned();
        let (Some(session), Some(user)) = (caller.session, user) else { return Err(SignInError::Wrong) };
        let from = From { login: self.login_mac(&user.login), address: caller.origin.address, known: false };
        let refused = |reason| self.note_refused(caller.clone(), json!({ "act": "step_up", "reason": reason }));
        let from = match self.attempt(from, Some(&user), caller.at).await? {
            Ok(from) => from,
            Err(wait) => {
                if wait.first {
                    refused("wait").await?;
                }
                return Err(SignInError::Wait { seconds: wait.seconds(caller.at) });
            }
        };
        let credential = self.credential(user.id).await.map_err(unavailable)?;
        let step =
            credential.as_ref().filter(|c| c.totp_confirmed).and_then(|c| self.totp_step(c, user.id, code, caller.at));
        let (Some(step), Some(expires_at)) = (step, self.session_end(session).await.map_err(unavailable)?) else {
            refused("wrong_code").await?;
            return Err(SignInError::WrongCode);
        };
        let Some(credential) = credential else { return Err(SignInError::WrongCode) };
        let (mut changes, told) = Credential { totp_step: step, ..credential }.write(self.seals(), caller.at);
        let (signed_in, rotation) = self.rotate(caller, session, expires_at);
        changes.extend(rotation);
        let detail = tell(json!({ "act": "step_up", "session": signed_in.session, "ended": session }), [told]);
        match self.gate.note(caller, Action::SignIn, Decision::Allowed, detail, changes).await {
            Ok(_) => {
                self.identity.limits.lock().succeeded(&from, caller.at);
                self.identity.forget(&[Forget::Session(session)]);
                Ok(signed_in)
            }
            Err(JournalError::Conflict { .. }) => {
                refused("code_used").await?;
                Err(SignInError::WrongCode)
            }
            Err(error) => Err(unavailable(error)),
        }
    }

    /// A session with a second factor in place of `session`, and the statements that do it.
    pub(super) fn rotate(&self, caller: &Caller, session: SessionId, expires_at: UnixMs) -> (SignedIn, Vec<Change>) {
        let new = NewSession {
            user: caller.user,
            origin: &caller.origin,
            mfa: true,
            at: caller.at,
            expires_at,
            must_change: false,
        };
        let (signed_in, insert) = new.make(self.seals());
        let end = Change::new(
            "UPDATE session SET ended_at = ?2, live = NULL WHERE id = ?1 AND ended_at IS NULL",
            vec![session.into(), caller.at.into()],
        );
        (signed_in, vec![end.expecting(1), insert, moved()])
    }

    pub(super) async fn session_end(&self, session: SessionId) -> Result<Option<UnixMs>, Refusal> {
        let query =
            Query::point("SELECT expires_at FROM session WHERE id = ?1 AND ended_at IS NULL", vec![session.into()]);
        let rows = self.read(query).await?;
        rows.first().map(|r| r.time(0)).transpose().map_err(|e| damaged(&e))
    }

    async fn session_of(&self, secret: &[u8; 32]) -> Result<Option<SessionId>, Refusal> {
        let query = Query::point("SELECT id FROM session WHERE secret = ?1", vec![secret.to_vec().into()]);
        let rows = self.read(query).await?;
        rows.first().map(|r| r.id(0).map(SessionId::from_bytes)).transpose().map_err(|e| damaged(&e))
    }

    /// Keyed, so that the log and the limits hold no login that is not one.
    fn login_mac(&self, login: &str) -> [u8; 32] {
        self.identity.login_key.mac(b"login", login.as_bytes())
    }

    async fn note_refused(&self, caller: Caller, detail: Value) -> Result<(), SignInError> {
        let noted = self.gate.note(&caller, Action::SignIn, Decision::Refused, detail, vec![]).await;
        noted.map(|_| ()).map_err(unavailable)
    }

    /// Begins an attempt under the limits.
    pub(super) async fn attempt(
        &self,
        mut from: From,
        user: Option<&User>,
        at: UnixMs,
    ) -> Result<Result<From, Wait>, SignInError> {
        let tried = self.identity.limits.lock().attempt(&from, at);
        let wait = match tried {
            Ok(()) => return Ok(Ok(from)),
            Err(wait) => wait,
        };
        let (true, Some(user), Some(address)) = (wait.login_only, user, from.address) else { return Ok(Err(wait)) };
        let query = Query::point(
            SESSION.select("user_id = ?1 AND address = ?2 LIMIT 20"),
            vec![user.id.into(), address.to_canonical().to_string().into()],
        );
        let known = self.read(query).await.map_err(unavailable)?;
        from.known = known.iter().any(|row| SESSION.is_sealed(self.seals(), row));
        if !from.known {
            return Ok(Err(wait));
        }
        Ok(self.identity.limits.lock().attempt(&from, at).map(|()| from))
    }

    /// Begins an attempt of someone already signed in: to guess a password or code there is guessing too.
    pub(super) async fn attempt_own(&self, caller: &Caller) -> Result<From, Refusal> {
        let user = self.gate.engine().directory().user(caller.user).cloned().ok_or(Refusal::NotFound)?;
        let from = From { login: self.login_mac(&user.login), address: caller.origin.address, known: false };
        match self.attempt(from, Some(&user), caller.at).await {
            Ok(Ok(from)) => Ok(from),
            Ok(Err(wait)) => Err(Refusal::Barred {
                code: "wait",
                reason: format!("too many attempts; try again in {} s", wait.seconds(caller.at)),
            }),
            Err(_) => Err(Refusal::AuditUnavailable),
        }
    }

    /// The inner error is the reason for the log.
    async fn verify_password(
        &self,
        user: Option<User>,
        password: &str,
        at: UnixMs,
    ) -> Result<Result<Right, &'static str>, SignInError> {
        let credential = match &user {
            Some(user) => self.credential(user.id).await.map(Ok),
            None => Ok(Ok(None)),
        };
        // One that was altered is as if it were not there, but for the log.
        let credential = match credential {
            Err(Refusal::Damaged) => Err("altered"),
            other => other.map_err(unavailable)?,
        };
        let altered = credential.as_ref().err().copied();
        let credential = credential.unwrap_or_default();
        let unable = match &user {
            Some(_) if altered.is_some() => altered,
            None => Some("unknown_login"),
            Some(u) if u.kind != UserKind::Person => Some("not_a_person"),
            Some(u) if u.status != UserStatus::Active => Some("disabled"),
            Some(u) if self.company().is_over(u.id, at) => Some("guest_over"),
            Some(_) if credential.as_ref().is_none_or(|c| c.password.is_none()) => Some("no_password"),
            Some(_) => None,
        };
        let stored = credential.as_ref().and_then(|c| c.password.clone()).filter(|_| unable.is_none());
        let Verified { right, outdated } =
            self.identity.hasher.verify(stored.as_deref(), password).await.map_err(unavailable)?;
        let (Some(user), true) = (user, right) else { return Ok(Err(unable.unwrap_or("wrong_password"))) };
        let (Some(credential), Some(_)) = (credential, stored) else { return Ok(Err("no_password")) };
        let new_hash = if outdated && password.chars().count() <= LONGEST {
            Some(self.identity.hasher.hash(password).await.map_err(unavailable)?)
        } else {
            None
        };
        Ok(Ok(Right { user, credential, new_hash }))
    }
}

/// The credential is still the one compared and the account active: else the unit fails. A new hash and the step of a used
/// code are written.
fn still_valid(
    credential: Credential,
    new_hash: Option<String>,
    step: Option<i64>,
    seals: &Seals,
    at: UnixMs,
) -> (Vec<Change>, Option<Told>) {
    let active = Change::new(
        "UPDATE app_user SET status = status WHERE id = ?1 AND status = 'active'",
        vec![credential.user.into()],
    )
    .expecting(1);
    if new_hash.is_none() && step.is_none() {
        return (vec![credential.unchanged(), active], None);
    }
    let new = Credential {
        password: new_hash.or_else(|| credential.password.clone()),
        totp_step: step.unwrap_or(credential.totp_step),
        ..credential
    };
    let (mut changes, told) = new.write(seals, at);
    changes.push(active);
    (changes, Some(told))
}

fn end_secret(secret: &[u8; 32], at: UnixMs) -> Change {
    Change::new(
        "UPDATE session SET ended_at = ?2, live = NULL WHERE secret = ?1 AND ended_at IS NULL",
        vec![secret.to_vec().into(), at.into()],
    )
}
