//! Seeing and ending sessions: one's own, and, as a user administrator, anyone's.

use access::path::{Change, Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, SessionId, UnixMs, UserId};
use serde::Serialize;
use serde_json::{Value, json};

use super::session::damaged;
use super::totp::session_needed;
use super::{Forget, moved};
use crate::company::operations;
use crate::{Query, Store};

/// The caller's own sessions.
#[derive(Debug)]
pub struct ListSessions;

#[derive(Debug)]
pub struct ListUserSessions {
    pub user: UserId,
}

/// Which of one's own sessions to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnSessions {
    One(SessionId),
    /// All but the one that asks.
    Others,
}

#[derive(Debug)]
pub struct RevokeSession {
    pub sessions: OwnSessions,
}

/// Ends one session of a user, or all.
#[derive(Debug)]
pub struct RevokeUserSessions {
    pub user: UserId,
    pub session: Option<SessionId>,
}

operations! {
    ListSessions: SelfRead, |_op| json!({ "act": "session.list" });
    ListUserSessions: UserManage, |op| json!({ "act": "session.list", "user": op.user });
    RevokeSession: SessionRevoke, |op| json!({ "act": "session.revoke", "sessions": op.sessions });
    RevokeUserSessions: UserManage, |op| json!({ "act": "session.revoke", "user": op.user, "session": op.session });
}

/// A live session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SessionView {
    pub id: SessionId,
    pub created_at: UnixMs,
    /// Exact to about a minute.
    pub seen_at: UnixMs,
    pub expires_at: UnixMs,
    pub mfa: bool,
    pub address: Option<String>,
    pub user_agent: Option<String>,
    /// The one that asks.
    pub current: bool,
}

impl Store {
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_sessions(&self, grant: Grant<ListSessions>) -> Result<Disclosed<Vec<SessionView>>, Refusal> {
        let (user, now, current) = (grant.caller().user, grant.now(), grant.caller().session);
        match self.sessions_of(user, now, current).await {
            Ok(sessions) => grant.carry_out(vec![], sessions).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// # Errors
    /// As [`Store::list_sessions`].
    pub async fn list_user_sessions(
        &self,
        grant: Grant<ListUserSessions>,
    ) -> Result<Disclosed<Vec<SessionView>>, Refusal> {
        let (user, now) = (grant.operation().user, grant.now());
        match self.sessions_of(user, now, None).await {
            Ok(sessions) => grant.carry_out(vec![], sessions).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Ends sessions of the caller.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when the caller has no such session; [`Refusal::Barred`] with `session_needed` for a token;
    /// [`Refusal::AuditUnavailable`].
    pub async fn revoke_session(&self, grant: Grant<RevokeSession>) -> Result<Disclosed<()>, Refusal> {
        let (user, now) = (grant.caller().user, grant.now());
        let Some(current) = grant.caller().session else {
            return Err(grant.refuse_system(session_needed()).await);
        };
        match grant.operation().sessions {
            OwnSessions::One(session) => match self.owner_of(session).await {
                Ok(Some(owner)) if owner == user => {
                    self.end(grant, vec![end_one(user, session, now), moved()], vec![Forget::Session(session)], ())
                        .await
                }
                Ok(_) => Err(grant.refuse_system(Refusal::NotFound).await),
                Err(refusal) => Err(grant.refuse_system(refusal).await),
            },
            OwnSessions::Others => {
                let changes = vec![end_others(user, Some(current), now), moved()];
                self.end(grant, changes, vec![Forget::User(user)], ()).await
            }
        }
    }

    /// Ends sessions of any user. Tokens stay: they are revoked by name.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::AuditUnavailable`].
    pub async fn revoke_user_sessions(&self, grant: Grant<RevokeUserSessions>) -> Result<Disclosed<()>, Refusal> {
        let RevokeUserSessions { user, session } = *grant.operation();
        let now = grant.now();
        if !self.company().users.contains_key(&user) {
            return Err(grant.refuse_system(Refusal::NotFound).await);
        }
        let change = match session {
            Some(session) => end_one(user, session, now),
            None => end_others(user, None, now),
        };
        self.end(grant, vec![change, moved()], vec![Forget::User(user)], ()).await
    }

    async fn owner_of(&self, session: SessionId) -> Result<Option<UserId>, Refusal> {
        let query =
            Query::point("SELECT user_id FROM session WHERE id = ?1 AND ended_at IS NULL", vec![session.into()]);
        let rows = self.read(query).await?;
        rows.first().map(|r| r.user(0)).transpose().map_err(|e| damaged(&e))
    }

    async fn sessions_of(
        &self,
        user: UserId,
        now: UnixMs,
        current: Option<SessionId>,
    ) -> Result<Vec<SessionView>, Refusal> {
        let idle = self.company().session_rules.idle_ms();
        let query = Query::new(
            "SELECT id, created_at, seen_at, expires_at, mfa, address, user_agent FROM session \
             WHERE user_id = ?1 AND ended_at IS NULL AND expires_at > ?2 AND seen_at > ?3 \
             ORDER BY created_at DESC LIMIT 200",
            vec![user.into(), now.into(), now.plus_ms(-idle).into()],
        );
        let rows = self.read(query).await?;
        let view = |row: &crate::Row| {
            let id = SessionId::from_bytes(row.id(0)?);
            Ok(SessionView {
                id,
                created_at: row.time(1)?,
                seen_at: row.time(2)?,
                expires_at: row.time(3)?,
                mfa: row.bool(4)?,
                address: row.opt_text(5)?.map(ToOwned::to_owned),
                user_agent: row.opt_text(6)?.map(ToOwned::to_owned),
                current: current == Some(id),
            })
        };
        rows.iter().map(view).collect::<Result<_, _>>().map_err(|e| damaged(&e))
    }
}

fn end_one(user: UserId, session: SessionId, now: UnixMs) -> Change {
    Change::new(
        "UPDATE session SET ended_at = ?3, live = NULL WHERE id = ?1 AND user_id = ?2 AND ended_at IS NULL",
        vec![session.into(), user.into(), now.into()],
    )
}

/// Ends every session of a user, as [`Store::revoke_user_sessions`] does, in another act's unit.
pub(crate) fn end_sessions_of(user: UserId, now: UnixMs) -> Vec<Change> {
    vec![end_others(user, None, now), moved()]
}

/// Ends every session of a user but one.
pub(super) fn end_others(user: UserId, keep: Option<SessionId>, now: UnixMs) -> Change {
    // No session has the nil id.
    let keep = keep.unwrap_or(SessionId::from_bytes([0; 16]));
    Change::new(
        "UPDATE session SET ended_at = ?3, live = NULL WHERE user_id = ?1 AND id <> ?2 AND ended_at IS NULL",
        vec![user.into(), keep.into(), now.into()],
    )
}
