//! Who is asking: sessions and tokens found by the hash of their secret, in memory after the first time.
//!
//! Rule: what has been ended is not found again. A revocation forgets what is remembered here; on PostgreSQL it also moves
//! `meta.session_epoch`, which every node reads before each request ([`Store::refresh_if_changed`]). Whether the account
//! is active is looked up in the directory each time.

use std::sync::atomic::Ordering;

use access::path::{Change, Param, Refusal};
use model::{Action, Caller, Origin, SessionId, TokenId, UnixMs, UserId, UserStatus};

use super::secret::session_hash;
use super::{Forget, Identity, token};
use crate::proof::tables::{SESSION, TOKEN, Table, live, strong};
use crate::{Query, Row, Store};

/// Remembered at most; beyond, all are forgotten and read again.
const MOST: usize = 50_000;
/// Last uses are written down this often.
const WRITE_EVERY_MS: i64 = 60_000;

#[derive(Debug, Clone)]
pub(super) enum Which {
    Session(SessionId),
    Token { id: TokenId, actions: Option<Vec<Action>> },
}

/// A session or token as remembered.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) user: UserId,
    pub(super) which: Which,
    pub(super) mfa: bool,
    pub(super) must_change: bool,
    pub(super) expires_at: UnixMs,
    /// Last use, and last use as written down.
    pub(super) seen_at: UnixMs,
    pub(super) written: UnixMs,
}

/// Someone signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authenticated {
    pub user: UserId,
    /// `None` for a token.
    pub session: Option<SessionId>,
    pub token: Option<TokenId>,
    /// The only operations the gate admits; `None` for all that the user may.
    pub actions: Option<Vec<Action>>,
    pub mfa: bool,
    /// The password must be changed first; `actions` allows nothing else.
    pub must_change: bool,
    pub expires_at: UnixMs,
}

impl Authenticated {
    /// The caller of a request made with it.
    pub fn caller(&self, origin: Origin, purpose: Option<String>, request_id: String, at: UnixMs) -> Caller {
        Caller {
            user: self.user,
            on_behalf_of: None,
            session: self.session,
            token: self.token,
            token_actions: self.actions.clone(),
            mfa: self.mfa,
            origin,
            purpose,
            request_id,
            at,
        }
    }
}

impl Known {
    fn is_alive(&self, idle_ms: i64, at: UnixMs) -> bool {
        let used = match self.which {
            Which::Session(_) => at < self.seen_at.plus_ms(idle_ms),
            Which::Token { .. } => true,
        };
        used && at < self.expires_at
    }

    fn authenticated(&self) -> Authenticated {
        let (session, token, actions) = match &self.which {
            Which::Session(id) => (Some(*id), None, None),
            Which::Token { id, actions } => (None, Some(*id), actions.clone()),
        };
        let actions = if self.must_change { Some(vec![Action::PasswordChange, Action::SignOut]) } else { actions };
        Authenticated {
            user: self.user,
            session,
            token,
            actions,
            mfa: self.mfa,
            must_change: self.must_change,
            expires_at: self.expires_at,
        }
    }

    fn use_written(&self) -> Change {
        let (sql, id) = match &self.which {
            Which::Session(id) => ("UPDATE session SET seen_at = ?2 WHERE id = ?1 AND seen_at < ?2", (*id).into()),
            Which::Token { id, .. } => {
                ("UPDATE token SET used_at = ?2 WHERE id = ?1 AND (used_at IS NULL OR used_at < ?2)", (*id).into())
            }
        };
        Change::new(sql, vec![id, self.seen_at.into()])
    }
}

impl Identity {
    /// Another node has ended something if the number has moved.
    pub(crate) fn seen_epoch(&self, epoch: i64) {
        if self.epoch.swap(epoch, Ordering::AcqRel) != epoch {
            self.generation.fetch_add(1, Ordering::AcqRel);
            self.known.lock().clear();
        }
    }

    pub(crate) fn forget(&self, what: &[Forget]) {
        self.generation.fetch_add(1, Ordering::AcqRel);
        let mut known = self.known.lock();
        for f in what {
            match f {
                Forget::Secret(hash) => {
                    known.remove(hash);
                }
                Forget::User(user) => known.retain(|_, k| k.user != *user),
                Forget::Session(id) => known.retain(|_, k| !matches!(k.which, Which::Session(have) if have == *id)),
                Forget::Token(id) => {
                    known.retain(|_, k| !matches!(k.which, Which::Token { id: have, .. } if have == *id))
                }
            }
        }
    }

    /// Marks a use and tells who it is, if it is remembered and alive.
    fn recall(&self, hash: &[u8; 32], idle_ms: i64, at: UnixMs) -> Option<Authenticated> {
        let mut known = self.known.lock();
        let found = known.get_mut(hash)?;
        if !found.is_alive(idle_ms, at) {
            known.remove(hash);
            return None;
        }
        found.seen_at = found.seen_at.max(at);
        Some(found.authenticated())
    }

    /// Remembers what was read, unless something was revoked meanwhile: it may have been this.
    fn remember(&self, hash: [u8; 32], found: Known, generation: u64) {
        let mut known = self.known.lock();
        if self.generation.load(Ordering::Acquire) != generation {
            return;
        }
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(hash, found);
    }

    /// Uses not written down yet.
    fn unwritten(&self) -> Vec<Change> {
        let mut known = self.known.lock();
        known
            .values_mut()
            .filter(|k| k.written < k.seen_at)
            .map(|k| {
                k.written = k.seen_at;
                k.use_written()
            })
            .collect()
    }
}

impl Store {
    /// Tells whose secret this is: a session's (a cookie's value) or a token's. `None` when it is nobody's, has ended, was
    /// idle too long, or its account is disabled; these are answered alike.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub async fn authenticate(&self, secret: &str, at: UnixMs) -> Result<Option<Authenticated>, Refusal> {
        let as_token = token::parse(secret);
        let Some(hash) = as_token.as_ref().map(|t| t.hash).or_else(|| session_hash(secret)) else { return Ok(None) };
        let idle_ms = self.company().session_rules.idle_ms();
        let recalled = self.identity.recall(&hash, idle_ms, at);
        let found = match recalled {
            Some(found) => Some(found),
            None => {
                let generation = self.identity.generation.load(Ordering::Acquire);
                let read = match &as_token {
                    Some(t) => self.read_token(t).await?,
                    None => self.read_session(&hash).await?,
                };
                match read {
                    Some(mut known) if known.is_alive(idle_ms, at) => {
                        known.seen_at = known.seen_at.max(at);
                        let found = known.authenticated();
                        self.identity.remember(hash, known, generation);
                        Some(found)
                    }
                    _ => None,
                }
            }
        };
        let company = self.company();
        let active = |a: &Authenticated| {
            !company.is_over(a.user, at)
                && self.gate.engine().directory().user(a.user).is_some_and(|u| u.status == UserStatus::Active)
                && self.gate.restrictions().suspended(a.user, at).is_none()
        };
        let found = found.filter(active).map(|a| Authenticated { actions: company.narrowed(a.user, a.actions), ..a });
        let written = self.identity.written_at.load(Ordering::Acquire);
        if found.is_some()
            && at.0 >= written.saturating_add(WRITE_EVERY_MS)
            && self.identity.written_at.compare_exchange(written, at.0, Ordering::AcqRel, Ordering::Acquire).is_ok()
        {
            self.write_uses().await;
        }
        Ok(found)
    }

    /// Whether the secret is still somebody's who is active, without counting as a use: for answers that go on for long.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub async fn is_alive(&self, secret: &str, at: UnixMs) -> Result<bool, Refusal> {
        let as_token = token::parse(secret);
        let Some(hash) = as_token.as_ref().map(|t| t.hash).or_else(|| session_hash(secret)) else { return Ok(false) };
        let idle_ms = self.company().session_rules.idle_ms();
        let known = self.identity.known.lock().get(&hash).map(|k| (k.user, k.is_alive(idle_ms, at)));
        let (user, alive) = match known {
            Some(found) => found,
            None => {
                let read = match &as_token {
                    Some(t) => self.read_token(t).await?,
                    None => self.read_session(&hash).await?,
                };
                let Some(read) = read else { return Ok(false) };
                (read.user, read.is_alive(idle_ms, at))
            }
        };
        let engine = self.gate.engine();
        Ok(alive
            && !self.company().is_over(user, at)
            && engine.directory().user(user).is_some_and(|u| u.status == UserStatus::Active)
            && self.gate.restrictions().suspended(user, at).is_none())
    }

    /// Writes down when sessions and tokens were last used: about once a minute by itself, and before the process ends.
    pub async fn write_uses(&self) {
        let changes = self.identity.unwritten();
        if changes.is_empty() {
            return;
        }
        // Without it a session may end early after a restart; nothing lives longer.
        if let Err(error) = self.db.maintain(changes).await {
            tracing::warn!(%error, "last uses of sessions could not be written down");
        }
    }

    /// Deletes sessions that ended or expired 30 days ago or earlier, and tokens that did a year ago: bookkeeping, since
    /// their sign-ins and ends stand in the log.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn sweep_sessions(&self, at: UnixMs) -> Result<(), Refusal> {
        let sweep = |sql: &'static str, days: i64| Change::new(sql, vec![at.plus_days(-days).into()]);
        let changes = vec![
            sweep("DELETE FROM session WHERE expires_at < ?1 OR (ended_at IS NOT NULL AND ended_at < ?1)", 30),
            sweep("DELETE FROM token WHERE expires_at < ?1 OR (ended_at IS NOT NULL AND ended_at < ?1)", 365),
        ];
        self.db.maintain(changes).await.map_err(|_| Refusal::AuditUnavailable)
    }

    async fn read_session(&self, hash: &[u8; 32]) -> Result<Option<Known>, Refusal> {
        let query = Query::point(
            "SELECT id, user_id, secret, created_at, expires_at, address, user_agent, seal, live, strong, seen_at, mfa \
             FROM session WHERE secret = ?1 AND ended_at IS NULL",
            vec![hash.to_vec().into()],
        );
        let rows = self.read(query).await?;
        let Some(row) = self.believed(&SESSION, rows.first()) else { return Ok(None) };
        let user = row.user(1).map_err(|e| damaged(&e))?;
        let must_change = match self.credential(user).await {
            Ok(Some(credential)) => credential.must_change,
            // Whose credential is gone or was altered is nobody until it is reset.
            Ok(None) | Err(Refusal::Damaged) => return Ok(None),
            Err(other) => return Err(other),
        };
        let proof = strong(self.seals(), row.0.first().unwrap_or(&Param::Null));
        let read = || {
            Ok(Known {
                which: Which::Session(SessionId::from_bytes(row.id(0)?)),
                user,
                seen_at: row.time(10)?,
                written: row.time(10)?,
                expires_at: row.time(4)?,
                mfa: row.bool(11)? && row.opt_bytes(9)? == Some(&proof),
                must_change,
            })
        };
        read().map(Some).map_err(|e| damaged(&e))
    }

    /// A session or token whose row the program wrote and has not ended; `live` stands after the seal.
    fn believed<'r>(&self, table: &Table, row: Option<&'r Row>) -> Option<&'r Row> {
        let row = row?;
        let proof = live(self.seals(), table, row.0.first().unwrap_or(&Param::Null));
        let alive = row.opt_bytes(table.columns.len() + 1).is_ok_and(|have| have == Some(&proof));
        if alive && table.is_sealed(self.seals(), row) {
            return Some(row);
        }
        tracing::error!(table = table.name, "a row was altered beside the program; it is as if it were not there");
        None
    }

    async fn read_token(&self, token: &token::Parsed) -> Result<Option<Known>, Refusal> {
        let query = Query::point(
            "SELECT id, user_id, name, secret, actions, created_at, expires_at, seal, live, used_at FROM token \
             WHERE secret = ?1 AND ended_at IS NULL",
            vec![token.hash.to_vec().into()],
        );
        let rows = self.read(query).await?;
        let Some(row) = self.believed(&TOKEN, rows.first()) else { return Ok(None) };
        let read = || {
            let used = row.opt_time(9)?.unwrap_or(row.time(5)?);
            Ok(Known {
                which: Which::Token {
                    id: TokenId::from_bytes(row.id(0)?),
                    actions: row.opt_text(4)?.map(token::read_actions),
                },
                user: row.user(1)?,
                seen_at: used,
                written: used,
                expires_at: row.time(6)?,
                mfa: false,
                must_change: false,
            })
        };
        let known: Known = read().map_err(|e| damaged(&e))?;
        // A right secret under another token's id was put together by someone.
        Ok(Some(known).filter(|k| matches!(k.which, Which::Token { id, .. } if id == token.id)))
    }
}

pub(super) fn damaged(error: &crate::DatabaseError) -> Refusal {
    tracing::error!(%error, "an identity row cannot be read");
    Refusal::Damaged
}
