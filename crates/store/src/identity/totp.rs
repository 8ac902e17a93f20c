//! The second factor: time-based codes (RFC 6238, SHA-1, 6 digits, 30 s, one step either way).
//!
//! Rule: the secret is stored sealed, and a code works once: the step it belongs to is stored, and only a later one counts.

use access::path::{Change, Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, RecordId, UnixMs, UserId};
use serde_json::{Value, json};
use totp_rs::{Algorithm, Builder, Totp};
use vault::Place;
use zeroize::Zeroizing;

use super::sign_in::SignedIn;
use super::{Credential, Forget, Secret, Told, end_all, moved};
use crate::Store;
use crate::company::operations;
use crate::company::{barred, check_reset};
use crate::ids::random;

const STEP_SECONDS: u64 = 30;

/// Begins to set up a second factor: makes a new secret, which counts for nothing until a code confirms it.
#[derive(Debug)]
pub struct EnrolTotp;

/// Confirms the secret with its first code.
#[derive(Debug)]
pub struct ConfirmTotp;

/// Gives up the second factor, with a last code.
#[derive(Debug)]
pub struct DisableTotp;

/// Takes away the second factor of someone who lost it.
#[derive(Debug)]
pub struct ResetTotp {
    pub user: UserId,
}

operations! {
    EnrolTotp: MfaChange, |_op| json!({ "act": "totp.enrol" });
    ConfirmTotp: MfaChange, |_op| json!({ "act": "totp.confirm" });
    DisableTotp: MfaChange, |_op| json!({ "act": "totp.disable" });
    ResetTotp: UserManage, |op| json!({ "act": "totp.reset", "user": op.user });
}

/// What an authenticator app is given, once.
#[derive(Debug, Clone)]
pub struct TotpEnrolment {
    /// Base32, to be typed.
    pub secret: Secret,
    /// `otpauth://totp/…`, to be shown as a QR code.
    pub url: Secret,
}

fn totp(secret: &[u8], issuer: Option<&str>, account: &str) -> Option<Totp> {
    // A colon would end the issuer in the address.
    let clean = |text: &str| text.replace(':', " ");
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(STEP_SECONDS)
        .with_secret(secret.to_vec().into_boxed_slice())
        .with_account_name(clean(account))
        .with_issuer(issuer.map(clean))
        .build()
        .ok()
}

/// The step a code belongs to, if it is right at this moment and later than the last one used.
fn matched_step(secret: &[u8], code: &str, at: UnixMs, last: i64) -> Option<i64> {
    let seconds = u64::try_from(at.0.div_euclid(1000)).ok()?;
    let code: String = code.chars().filter(|c| !c.is_whitespace()).take(7).collect();
    if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let step = i64::try_from(totp(secret, None, "-")?.check(&code, seconds)?).ok()?;
    (step > last).then_some(step)
}

fn place(user: UserId) -> Place<'static> {
    Place { object: "totp", record: RecordId(user.0), field: "secret" }
}

impl Store {
    pub(super) fn totp_step(&self, credential: &Credential, user: UserId, code: &str, at: UnixMs) -> Option<i64> {
        let sealed = credential.totp.as_ref()?;
        match self.identity.totp_key.open(&place(user), sealed) {
            Ok(secret) => matched_step(&secret, code, at, credential.totp_step),
            Err(error) => {
                tracing::error!(user.id = %user, %error, "a second factor's secret does not open");
                None
            }
        }
    }

    /// Makes a new secret for the caller.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `session_needed` or `already_enrolled`; [`Refusal::AuditUnavailable`].
    pub async fn enrol_totp(&self, grant: Grant<EnrolTotp>) -> Result<Disclosed<TotpEnrolment>, Refusal> {
        match self.draft_enrolment(&grant).await {
            Ok((told, changes, enrolment)) => grant.carry_out_telling(vec![told], changes, enrolment).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn draft_enrolment(&self, grant: &Grant<EnrolTotp>) -> Result<(Told, Vec<Change>, TotpEnrolment), Refusal> {
        let caller = grant.caller();
        if caller.session.is_none() {
            return Err(session_needed());
        }
        let credential = self.credential(caller.user).await?.ok_or(Refusal::NotFound)?;
        if credential.totp_confirmed {
            return Err(barred("already_enrolled", "there is a second factor; disable it first"));
        }
        let company = self.company();
        let login = company.users.get(&caller.user).map_or("", |u| u.login.as_str());
        let issuer = if company.settings.company.is_empty() { "Whosaw" } else { &company.settings.company };
        let bytes = Zeroizing::new(random::<20>());
        let sealed = self.identity.totp_key.seal(&place(caller.user), random(), bytes.as_slice()).map_err(|error| {
            tracing::error!(%error, "a second factor's secret could not be sealed");
            Refusal::Damaged
        })?;
        let totp = totp(bytes.as_slice(), Some(issuer), login).ok_or(Refusal::Damaged)?;
        let enrolment = TotpEnrolment {
            secret: Secret::new(totp.secret().to_base32()),
            url: Secret::new(totp.to_url().map_err(|_| Refusal::Damaged)?),
        };
        let new = Credential { totp: Some(sealed), totp_confirmed: false, totp_step: 0, ..credential };
        let (changes, told) = new.write(self.seals(), caller.at);
        Ok((told, changes, enrolment))
    }

    /// Confirms the new secret. The session goes on under a new secret, as one with a second factor; the user's other
    /// sessions, which had none, end.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with `wrong_code`; [`Refusal::Barred`] with `session_needed`, `not_enrolled` or `wait`;
    /// [`Refusal::Conflict`], [`Refusal::AuditUnavailable`].
    pub async fn confirm_totp(&self, grant: Grant<ConfirmTotp>, code: &str) -> Result<Disclosed<SignedIn>, Refusal> {
        let user = grant.caller().user;
        match self.draft_confirmation(&grant, code).await {
            Ok((told, changes, signed_in)) => {
                self.end_telling(grant, told, changes, vec![Forget::User(user)], signed_in).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn draft_confirmation(
        &self,
        grant: &Grant<ConfirmTotp>,
        code: &str,
    ) -> Result<(Vec<Told>, Vec<Change>, SignedIn), Refusal> {
        let caller = grant.caller();
        let session = caller.session.ok_or_else(session_needed)?;
        let credential = self.credential(caller.user).await?.ok_or(Refusal::NotFound)?;
        if credential.totp.is_none() || credential.totp_confirmed {
            return Err(barred("not_enrolled", "there is no second factor to confirm"));
        }
        let from = self.attempt_own(caller).await?;
        let step = self.totp_step(&credential, caller.user, code, caller.at).ok_or_else(wrong_code)?;
        self.identity.limits.lock().succeeded(&from, caller.at);
        let expires_at = self.session_end(session).await?.ok_or(Refusal::NotFound)?;
        let confirmed = Credential { totp_confirmed: true, totp_step: step, ..credential };
        let (mut changes, told) = confirmed.write(self.seals(), caller.at);
        let (signed_in, rotation) = self.rotate(caller, session, expires_at);
        let others = Change::new(
            "UPDATE session SET ended_at = ?3, live = NULL WHERE user_id = ?1 AND id <> ?2 AND id <> ?4 AND ended_at IS NULL",
            vec![caller.user.into(), session.into(), caller.at.into(), signed_in.session.into()],
        );
        changes.extend(rotation);
        changes.push(others);
        Ok((vec![told, ("session", json!(signed_in.session))], changes, signed_in))
    }

    /// Gives up the caller's second factor.
    ///
    /// # Errors
    /// As [`Store::confirm_totp`].
    pub async fn disable_totp(&self, grant: Grant<DisableTotp>, code: &str) -> Result<Disclosed<()>, Refusal> {
        let user = grant.caller().user;
        match self.draft_disabling(&grant, code).await {
            Ok((told, changes)) => self.end_telling(grant, vec![told], changes, vec![Forget::User(user)], ()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn draft_disabling(&self, grant: &Grant<DisableTotp>, code: &str) -> Result<(Told, Vec<Change>), Refusal> {
        let caller = grant.caller();
        if caller.session.is_none() {
            return Err(session_needed());
        }
        let credential = self.credential(caller.user).await?.filter(|c| c.totp_confirmed);
        let credential = credential.ok_or_else(|| barred("not_enrolled", "there is no second factor"))?;
        let from = self.attempt_own(caller).await?;
        self.totp_step(&credential, caller.user, code, caller.at).ok_or_else(wrong_code)?;
        self.identity.limits.lock().succeeded(&from, caller.at);
        let (mut changes, told) = credential.without_totp().write(self.seals(), caller.at);
        // Sessions that were made with it no longer count as such.
        let sessions =
            Change::new("UPDATE session SET mfa = 0, strong = NULL WHERE user_id = ?1", vec![caller.user.into()]);
        changes.extend([sessions, moved()]);
        Ok((told, changes))
    }

    /// Takes away someone's second factor and ends their sessions and tokens.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Barred`] as for a password reset, [`Refusal::AuditUnavailable`].
    pub async fn reset_totp(&self, grant: Grant<ResetTotp>) -> Result<Disclosed<()>, Refusal> {
        let user = grant.operation().user;
        if let Err(refusal) = check_reset(&self.company(), grant.caller().user, user) {
            return Err(grant.refuse_system(refusal).await);
        }
        let (mut changes, told) = match self.credential(user).await {
            Ok(Some(credential)) => {
                let (changes, told) = credential.without_totp().write(self.seals(), grant.now());
                (changes, vec![told])
            }
            Ok(None) => (vec![], vec![]),
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        changes.extend(end_all(user, grant.now()));
        self.end_telling(grant, told, changes, vec![Forget::User(user)], ()).await
    }
}

pub(super) fn session_needed() -> Refusal {
    barred("session_needed", "sign in with a password for this; a token is not enough")
}

fn wrong_code() -> Refusal {
    Refusal::invalid("code", "wrong_code", "the code is wrong or was used before")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B.
    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_agree_with_the_rfc_and_work_once() {
        // Appendix B: at 1111111109 the code is 07081804; six digits of it.
        let at = UnixMs(1_111_111_109_000);
        let step = matched_step(SECRET, "081804", at, 0).unwrap();
        assert_eq!(step, 1_111_111_109 / 30);
        assert_eq!(matched_step(SECRET, "081 804", at, step - 1), Some(step));
        assert_eq!(matched_step(SECRET, "081804", at, step), None);
    }

    #[test]
    fn a_code_of_the_next_step_uses_up_those_before_it() {
        let at = UnixMs(1_111_111_109_000);
        let later = totp(SECRET, None, "-").unwrap().generate(1_111_111_139).to_string();
        let step = matched_step(SECRET, &later, at, 0).unwrap();
        assert_eq!(matched_step(SECRET, "081804", at, step), None);
        assert_eq!(matched_step(SECRET, "081804", at.plus_seconds(90), 0), None);
    }

    #[test]
    fn what_is_not_six_digits_is_no_code() {
        for bad in ["", "12345", "1234567", "08180a", "０８１８０４", "-81804"] {
            assert_eq!(matched_step(SECRET, bad, UnixMs(1_111_111_109_000), 0), None, "{bad}");
        }
        assert_eq!(matched_step(SECRET, "081804", UnixMs(-1), 0), None);
    }
}
