//! Changing one's own password, and giving someone a new first one.

use access::path::{Change, Disclosed, Grant, JournalError, OnSystem, Operation, Refusal, tell};
use model::{Action, Channel, Decision, UnixMs, UserId};
use serde_json::{Value, json};

use super::password::{self, BadPassword, HashFailed};
use super::session_ops::end_others;
use super::totp::session_needed;
use super::{Credential, Forget, Secret, Told, end_all, moved};
use crate::Store;
use crate::company::{check_reset, operations};
use crate::ids::random;

/// Changes the caller's password.
#[derive(Debug)]
pub struct ChangePassword;

/// Gives someone a password they must change at the next sign-in.
#[derive(Debug)]
pub struct ResetPassword {
    pub user: UserId,
}

operations! {
    ChangePassword: PasswordChange, |_op| json!({ "act": "password.change" });
    ResetPassword: UserManage, |op| json!({ "act": "password.reset", "user": op.user });
}

pub(super) fn bad(field: &str, reason: BadPassword) -> Refusal {
    Refusal::invalid(field, reason.code(), reason.to_string())
}

fn hash_failed(error: HashFailed) -> Refusal {
    tracing::error!(%error, "a password could not be hashed");
    Refusal::StoreUnavailable(error.to_string())
}

/// A first password to be typed once: 100 random bits in groups of five characters that are not taken for each other.
fn first_password() -> Secret {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut text = String::new();
    for (n, byte) in random::<20>().into_iter().enumerate() {
        if n > 0 && n % 5 == 0 {
            text.push('-');
        }
        let letter = LETTERS.get(usize::from(byte & 31)).copied().unwrap_or(b'x');
        text.push(char::from(letter));
    }
    Secret::new(text)
}

impl Store {
    /// Changes the caller's password; their other sessions end, tokens stay.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with `wrong_password` (field `old_password`) or a code of [`BadPassword`] (field `password`),
    /// or `same_password`; [`Refusal::Barred`] with `session_needed` or `wait`; [`Refusal::Conflict`] when it was changed
    /// meanwhile; [`Refusal::AuditUnavailable`].
    pub async fn change_password(
        &self,
        grant: Grant<ChangePassword>,
        old: &str,
        new: &str,
    ) -> Result<Disclosed<()>, Refusal> {
        let user = grant.caller().user;
        match self.draft_password(&grant, old, new).await {
            Ok((told, changes)) => self.end_telling(grant, vec![told], changes, vec![Forget::User(user)], ()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn draft_password(
        &self,
        grant: &Grant<ChangePassword>,
        old: &str,
        new: &str,
    ) -> Result<(Told, Vec<Change>), Refusal> {
        let caller = grant.caller();
        let session = caller.session.ok_or_else(session_needed)?;
        let login = self.company().users.get(&caller.user).map(|u| u.login.clone()).ok_or(Refusal::NotFound)?;
        let credential = self.credential(caller.user).await?.ok_or(Refusal::NotFound)?;
        let stored = credential.password.clone().ok_or(Refusal::NotFound)?;
        let from = self.attempt_own(caller).await?;
        let verified = self.identity.hasher.verify(Some(&stored), old).await.map_err(hash_failed)?;
        if !verified.right {
            return Err(Refusal::invalid("old_password", "wrong_password", "this is not the present password"));
        }
        self.identity.limits.lock().succeeded(&from, caller.at);
        password::check(new, &login).map_err(|reason| bad("password", reason))?;
        if new == old {
            return Err(Refusal::invalid("password", "same_password", "the new password is the present one"));
        }
        let hash = self.identity.hasher.hash(new).await.map_err(hash_failed)?;
        let new =
            Credential { password: Some(hash), password_changed_at: Some(caller.at), must_change: false, ..credential };
        let (mut changes, told) = new.write(self.seals(), caller.at);
        changes.extend([end_others(caller.user, Some(session), caller.at), moved()]);
        Ok((told, changes))
    }

    /// Gives a person a new first password, `new` or a random one, and ends their sessions and tokens. The answer holds
    /// the random one: it is not kept anywhere.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `separate_duty` when the person holds an administrative duty that the caller does not
    /// (who could sign in as another administrator would hold both duties), with `not_a_person` for service accounts;
    /// [`Refusal::NotFound`], [`Refusal::Invalid`], [`Refusal::AuditUnavailable`].
    pub async fn reset_password(
        &self,
        grant: Grant<ResetPassword>,
        new: Option<&str>,
    ) -> Result<Disclosed<Option<Secret>>, Refusal> {
        let user = grant.operation().user;
        match self.draft_reset(&grant, new).await {
            Ok((told, changes, made)) => {
                self.end_telling(grant, vec![told], changes, vec![Forget::User(user)], made).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn draft_reset(
        &self,
        grant: &Grant<ResetPassword>,
        new: Option<&str>,
    ) -> Result<(Told, Vec<Change>, Option<Secret>), Refusal> {
        let company = self.company();
        let user = grant.operation().user;
        check_reset(&company, grant.caller().user, user)?;
        let account = company.users.get(&user).ok_or(Refusal::NotFound)?;
        if let Some(new) = new {
            password::check(new, &account.login).map_err(|reason| bad("password", reason))?;
        }
        let made = new.is_none().then(first_password);
        let text = new.or(made.as_ref().map(Secret::expose)).unwrap_or_default();
        let hash = self.identity.hasher.hash(text).await.map_err(hash_failed)?;
        let (credential, mut changes) = self.credential_to_replace(user, hash, grant.now()).await?;
        let (written, told) = credential.write(self.seals(), grant.now());
        changes.extend(written);
        changes.extend(end_all(user, grant.now()));
        Ok((told, changes, made))
    }

    /// For the command line on the server's machine, where nobody can sign in any more: gives any person a new first
    /// password and takes their second factor away. The event names the system as its author and the channel `cli`.
    ///
    /// # Errors
    /// [`RecoverError`].
    pub async fn recover_account(&self, login: &str, at: UnixMs) -> Result<Secret, RecoverError> {
        let company = self.company();
        let account = company.users.values().find(|u| u.login == login && u.kind == model::UserKind::Person);
        let user = account.ok_or_else(|| RecoverError::NoSuchPerson(login.chars().take(64).collect()))?.id;
        let secret = first_password();
        let hash = self.identity.hasher.hash(secret.expose()).await?;
        let (credential, mut changes) = self.credential_to_replace(user, hash, at).await?;
        let (written, told) = credential.without_totp().write(self.seals(), at);
        changes.extend(written);
        changes.extend(end_all(user, at));
        let caller = Store::system_caller(Channel::Cli, "recover", at);
        let detail = tell(json!({ "act": "account.recover", "user": user }), [told]);
        self.gate.note(&caller, Action::UserManage, Decision::Allowed, detail, changes).await?;
        self.identity.forget(&[Forget::User(user)]);
        Ok(secret)
    }
}

/// Why an account was not recovered.
#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    #[error("there is no person with the login `{0}`")]
    NoSuchPerson(String),
    #[error(transparent)]
    Hashing(#[from] HashFailed),
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Refused(#[from] Refusal),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_password_is_random_and_would_be_accepted() {
        let (a, b) = (first_password(), first_password());
        assert_ne!(a.expose(), b.expose());
        assert_eq!(a.expose().len(), 23);
        assert_eq!(password::check(a.expose(), "li.wei"), Ok(()));
    }
}
