//! API tokens: `whosaw_pat_<id>_<secret>_<crc>`, made for one purpose, for a time.
//!
//! `id` is the token's id (32 hex digits), `secret` 32 random bytes (64 hex digits), `crc` the CRC-32 (IEEE) of all that
//! stands before its underscore (8 hex digits): scanners for leaked secrets recognize a token without asking the server.
//! Stored is the SHA-256 of the secret's bytes. A token does at most what its owner may, and only the operations it names.

use std::collections::BTreeSet;

use access::path::{Change, Disclosed, Grant, OnSystem, Operation, Param, Refusal};
use model::action::On;
use model::{Action, TokenId, UnixMs, User, UserId, UserKind, UserStatus};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::session::damaged;
use super::totp::session_needed;
use super::{Forget, Secret, moved};
use crate::company::{Loaded, Note, barred, exclusion, operations};
use crate::ids::random;
use crate::proof::tables::{self, TOKEN};
use crate::{Query, Store};

/// Longest validity in days.
pub const TOKEN_DAYS: i64 = 365;
/// Live tokens of one account.
const MOST: usize = 50;
const PREFIX: &str = "whosaw_pat_";

/// What a new token is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What it is for: 1 to 80 characters.
    pub name: String,
    /// Operations it may do; `None` for all that its owner may. Acts on sessions, passwords and tokens are never among
    /// them.
    #[serde(default)]
    pub actions: Option<BTreeSet<Action>>,
    /// At most [`TOKEN_DAYS`] from now.
    pub expires_at: UnixMs,
    /// The service account it is for; `None` for the caller.
    #[serde(default)]
    pub service: Option<UserId>,
}

#[derive(Debug)]
pub struct CreateToken {
    pub token: NewToken,
    pub note: Note,
}

/// The caller's own tokens.
#[derive(Debug)]
pub struct ListTokens;

#[derive(Debug)]
pub struct ListUserTokens {
    pub user: UserId,
}

/// Ends one of the caller's own tokens, or one of a service account they answer for.
#[derive(Debug)]
pub struct RevokeToken {
    pub token: TokenId,
}

/// Ends anyone's token.
#[derive(Debug)]
pub struct RevokeUserToken {
    pub token: TokenId,
}

operations! {
    CreateToken: TokenManage, |op| json!({ "act": "token.create", "token": op.note.get(), "wanted": op.token });
    ListTokens: SelfRead, |_op| json!({ "act": "token.list" });
    ListUserTokens: UserManage, |op| json!({ "act": "token.list", "user": op.user });
    RevokeToken: TokenManage, |op| json!({ "act": "token.revoke", "token": op.token });
    RevokeUserToken: UserManage, |op| json!({ "act": "token.revoke", "token": op.token });
}

/// A token as its owner sees it: everything but the secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TokenView {
    pub id: TokenId,
    pub name: String,
    pub actions: Option<Vec<Action>>,
    pub created_at: UnixMs,
    pub expires_at: UnixMs,
    /// Exact to about a minute.
    pub used_at: Option<UnixMs>,
    pub ended_at: Option<UnixMs>,
}

/// A token's parts.
pub(super) struct Parsed {
    pub(super) id: TokenId,
    pub(super) hash: [u8; 32],
}

/// CRC-32 as in IEEE 802.3, reflected.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}

fn text(id: TokenId, secret: &[u8; 32]) -> Secret {
    let body =
        Zeroizing::new(format!("{PREFIX}{}_{}", hex::encode(id.as_bytes()), *Zeroizing::new(hex::encode(secret))));
    Secret::new(format!("{}_{:08x}", *body, crc32(body.as_bytes())))
}

/// Reads a token; `None` when it is not one, or has a wrong check sum.
pub(super) fn parse(text: &str) -> Option<Parsed> {
    let (body, crc) = text.strip_prefix(PREFIX).and(text.rsplit_once('_'))?;
    if crc.len() != 8 || crc != format!("{:08x}", crc32(body.as_bytes())) {
        return None;
    }
    let (id, secret) = body.strip_prefix(PREFIX)?.split_once('_')?;
    let id: [u8; 16] = hex::decode(id).ok()?.try_into().ok()?;
    let secret: Zeroizing<Vec<u8>> = Zeroizing::new(hex::decode(secret).ok()?);
    (secret.len() == 32).then(|| Parsed { id: TokenId::from_bytes(id), hash: super::secret::hash(&secret) })
}

/// Stored operations. One that is not known any more is left out: the token can do less, never more.
pub(super) fn read_actions(text: &str) -> Vec<Action> {
    serde_json::from_str::<Vec<String>>(text).unwrap_or_default().iter().filter_map(|a| a.parse().ok()).collect()
}

/// Whose token it will be, if the caller may have it.
fn owner(company: &Loaded, caller: UserId, service: Option<UserId>) -> Result<&User, Refusal> {
    let me = company.users.get(&caller).ok_or(Refusal::NotFound)?;
    let Some(service) = service else { return Ok(me) };
    let account = company
        .users
        .get(&service)
        .filter(|u| u.kind == UserKind::Service && u.status == UserStatus::Active && u.manager == Some(caller));
    // Like one that does not exist: service accounts of others are not listed to everyone.
    let account = account.ok_or(Refusal::NotFound)?;
    // Whoever holds the token holds the service's roles.
    if let Some((a, b)) = exclusion(company, me.roles.iter().chain(&account.roles).collect::<Vec<_>>()) {
        return Err(barred("excluded_roles", format!("`{a}` and `{b}` exclude each other")));
    }
    Ok(account)
}

fn check(new: &NewToken, now: UnixMs) -> Result<(), Refusal> {
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > 80 || name.chars().any(char::is_control) {
        return Err(Refusal::invalid("name", "invalid_value", "1 to 80 characters"));
    }
    if new.expires_at <= now || new.expires_at > now.plus_days(TOKEN_DAYS) {
        let reason = format!("an end within {TOKEN_DAYS} days is needed");
        return Err(Refusal::invalid("expires_at", "invalid_value", reason));
    }
    if let Some(actions) = &new.actions {
        if actions.is_empty() {
            return Err(Refusal::invalid("actions", "required", "a token without operations is of no use"));
        }
        if let Some(own) = actions.iter().find(|a| a.on() == On::Session && **a != Action::SelfRead) {
            return Err(Refusal::invalid("actions", "invalid_value", format!("`{own}` needs a session")));
        }
    }
    Ok(())
}

impl Store {
    /// Makes a token for the caller, or for a service account they answer for (are the manager of). The answer holds the
    /// token: it is not kept anywhere.
    ///
    /// # Errors
    /// [`Refusal::Invalid`]; [`Refusal::NotFound`] for a service account of someone else; [`Refusal::Barred`] with
    /// `session_needed`, `excluded_roles` or `too_many_tokens`; [`Refusal::AuditUnavailable`].
    pub async fn create_token(&self, grant: Grant<CreateToken>) -> Result<Disclosed<(TokenId, Secret)>, Refusal> {
        match self.draft_token(&grant).await {
            Ok((change, made)) => grant.carry_out(vec![change], made).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn draft_token(&self, grant: &Grant<CreateToken>) -> Result<(Change, (TokenId, Secret)), Refusal> {
        let CreateToken { token: new, note } = grant.operation();
        let (caller, now) = (grant.caller(), grant.now());
        if caller.token.is_some() {
            return Err(session_needed());
        }
        check(new, now)?;
        let company = self.company();
        let owner = owner(&company, caller.user, new.service)?;
        let live = self.tokens_of(owner.id).await?.into_iter().filter(|t| t.ended_at.is_none() && now < t.expires_at);
        if live.count() >= MOST {
            return Err(barred("too_many_tokens", format!("an account has at most {MOST} live tokens")));
        }
        let id = TokenId::new(now, random());
        note.set(json!(id));
        let secret = Zeroizing::new(random::<32>());
        let actions = new.actions.as_ref().map(serde_json::to_string).transpose().map_err(|_| Refusal::Damaged)?;
        let mut params: Vec<Param> = vec![
            id.into(),
            owner.id.into(),
            new.name.trim().into(),
            super::secret::hash(secret.as_slice()).to_vec().into(),
            actions.into(),
            now.into(),
            new.expires_at.into(),
        ];
        params.push(self.seals().row(TOKEN.name, &params).to_vec().into());
        params.push(tables::live(self.seals(), &TOKEN, &id.into()).to_vec().into());
        let change = Change::new(
            "INSERT INTO token (id, user_id, name, secret, actions, created_at, expires_at, seal, live) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params,
        );
        Ok((change, (id, text(id, &secret))))
    }

    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_tokens(&self, grant: Grant<ListTokens>) -> Result<Disclosed<Vec<TokenView>>, Refusal> {
        let user = grant.caller().user;
        match self.tokens_of(user).await {
            Ok(tokens) => grant.carry_out(vec![], tokens).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// # Errors
    /// As [`Store::list_tokens`].
    pub async fn list_user_tokens(&self, grant: Grant<ListUserTokens>) -> Result<Disclosed<Vec<TokenView>>, Refusal> {
        let user = grant.operation().user;
        match self.tokens_of(user).await {
            Ok(tokens) => grant.carry_out(vec![], tokens).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// # Errors
    /// [`Refusal::NotFound`] when it is not theirs; [`Refusal::Barred`] with `session_needed`;
    /// [`Refusal::AuditUnavailable`].
    pub async fn revoke_token(&self, grant: Grant<RevokeToken>) -> Result<Disclosed<()>, Refusal> {
        let (caller, token) = (grant.caller().user, grant.operation().token);
        if grant.caller().token.is_some() {
            return Err(grant.refuse_system(session_needed()).await);
        }
        let theirs = match self.token_owner(token).await {
            Ok(owner) => owner.is_some_and(|owner| {
                owner == caller
                    || self
                        .company()
                        .users
                        .get(&owner)
                        .is_some_and(|u| u.manager == Some(caller) && u.kind == UserKind::Service)
            }),
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        if !theirs {
            return Err(grant.refuse_system(Refusal::NotFound).await);
        }
        let changes = end_token(token, grant.now());
        self.end(grant, changes, vec![Forget::Token(token)], ()).await
    }

    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::AuditUnavailable`].
    pub async fn revoke_user_token(&self, grant: Grant<RevokeUserToken>) -> Result<Disclosed<()>, Refusal> {
        let token = grant.operation().token;
        match self.token_owner(token).await {
            Ok(Some(_)) => {
                let changes = end_token(token, grant.now());
                self.end(grant, changes, vec![Forget::Token(token)], ()).await
            }
            Ok(None) => Err(grant.refuse_system(Refusal::NotFound).await),
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn token_owner(&self, token: TokenId) -> Result<Option<UserId>, Refusal> {
        let rows = self.read(Query::point("SELECT user_id FROM token WHERE id = ?1", vec![token.into()])).await?;
        rows.first().map(|r| r.user(0)).transpose().map_err(|e| damaged(&e))
    }

    async fn tokens_of(&self, user: UserId) -> Result<Vec<TokenView>, Refusal> {
        let query = Query::new(
            "SELECT id, name, actions, created_at, expires_at, used_at, ended_at FROM token WHERE user_id = ?1 \
             ORDER BY created_at DESC, id LIMIT 500",
            vec![user.into()],
        );
        let rows = self.read(query).await?;
        let view = |row: &crate::Row| {
            Ok(TokenView {
                id: TokenId::from_bytes(row.id(0)?),
                name: row.text(1)?.to_owned(),
                actions: row.opt_text(2)?.map(read_actions),
                created_at: row.time(3)?,
                expires_at: row.time(4)?,
                used_at: row.opt_time(5)?,
                ended_at: row.opt_time(6)?,
            })
        };
        rows.iter().map(view).collect::<Result<_, _>>().map_err(|e| damaged(&e))
    }
}

fn end_token(token: TokenId, at: UnixMs) -> Vec<Change> {
    let end = Change::new(
        "UPDATE token SET ended_at = ?2, live = NULL WHERE id = ?1 AND ended_at IS NULL",
        vec![token.into(), at.into()],
    );
    vec![end, moved()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_check_sum_is_the_known_one() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn a_token_is_read_back_and_a_mistyped_one_is_not() {
        let id = TokenId::from_bytes([3; 16]);
        let token = text(id, &[7; 32]);
        let read = parse(token.expose()).unwrap();
        assert_eq!((read.id, read.hash), (id, super::super::secret::hash(&[7; 32])));
        let mut typo = token.expose().to_owned();
        let other = if typo.as_bytes()[20] == b'0' { "1" } else { "0" };
        typo.replace_range(20..21, other);
        assert!(parse(&typo).is_none());
        assert!(parse(&token.expose().to_uppercase()).is_none());
    }

    #[test]
    fn operations_that_are_not_known_any_more_fall_away() {
        assert_eq!(read_actions(r#"["list","conjure"]"#), vec![Action::List]);
        assert_eq!(read_actions("damaged"), Vec::<Action>::new());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_without_panic(tail in "\\PC{0,120}") {
            let text = format!("{PREFIX}{tail}");
            prop_assert!(parse(&text).is_none());
            prop_assert!(parse(&tail).is_none());
        }
    }
}
