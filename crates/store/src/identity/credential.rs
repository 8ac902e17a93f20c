//! What one can sign in with: read whole, believed only under its seal, and written whole over the seal that was read.
//!
//! Rule: each write gives the row a new version, and its event tells which. A row put back from before therefore has a
//! version that is not on record.

use access::path::{Change, Param, Refusal, Seals};
use model::{UnixMs, UserId};
use serde_json::{Value, json};

use super::session::damaged;
use crate::proof::tables::CREDENTIAL;
use crate::{Query, Row, Store};

/// A row of the credential table.
#[derive(Clone)]
pub(crate) struct Credential {
    pub(crate) user: UserId,
    pub(crate) password: Option<String>,
    pub(crate) password_changed_at: Option<UnixMs>,
    pub(crate) must_change: bool,
    pub(crate) totp: Option<Vec<u8>>,
    pub(crate) totp_confirmed: bool,
    pub(crate) totp_step: i64,
    /// The time of the event that wrote it, or more if there was one in the same millisecond; 0: since its account is.
    pub(super) version: i64,
    /// As it was read; `None` before it was ever written.
    pub(super) seal: Option<Vec<u8>>,
}

impl Credential {
    pub(crate) fn first(user: UserId, password: String, at: UnixMs, must_change: bool) -> Self {
        Self {
            user,
            password: Some(password),
            password_changed_at: Some(at),
            must_change,
            totp: None,
            totp_confirmed: false,
            totp_step: 0,
            version: 0,
            seal: None,
        }
    }

    fn columns(&self) -> [Param; 8] {
        [
            self.user.into(),
            self.password.clone().into(),
            self.password_changed_at.into(),
            self.must_change.into(),
            self.totp.clone().into(),
            self.totp_confirmed.into(),
            self.totp_step.into(),
            self.version.into(),
        ]
    }

    pub(crate) fn insert(&self, seals: &Seals) -> Change {
        let mut params = self.columns().to_vec();
        params.push(seals.row(CREDENTIAL.name, &params).to_vec().into());
        Change::new(
            "INSERT INTO credential (user_id, password, password_changed_at, must_change, totp, totp_confirmed, totp_step, \
             version, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params,
        )
    }

    /// Forgets the second factor.
    pub(super) fn without_totp(mut self) -> Self {
        (self.totp, self.totp_confirmed, self.totp_step) = (None, false, 0);
        self
    }

    /// The statements that write this in place of what was read, and what the event tells of it. A conflict when another
    /// write came first.
    pub(super) fn write(mut self, seals: &Seals, at: UnixMs) -> (Vec<Change>, (&'static str, Value)) {
        self.version = at.0.max(self.version.saturating_add(1));
        let told = ("credential", json!({ "user": self.user, "version": self.version }));
        let Some(before) = self.seal.take() else { return (vec![self.insert(seals)], told) };
        let mut params = self.columns().to_vec();
        params.push(seals.row(CREDENTIAL.name, &params).to_vec().into());
        params.push(before.into());
        let update = Change::new(
            "UPDATE credential SET password = ?2, password_changed_at = ?3, must_change = ?4, totp = ?5, \
             totp_confirmed = ?6, totp_step = ?7, version = ?8, seal = ?9 WHERE user_id = ?1 AND seal = ?10",
            params,
        );
        (vec![update.expecting(1)], told)
    }

    /// Fails the unit when the row is not what was read any more.
    pub(super) fn unchanged(&self) -> Change {
        let seal = self.seal.clone().unwrap_or_default();
        Change::new(
            "UPDATE credential SET version = version WHERE user_id = ?1 AND seal = ?2",
            vec![self.user.into(), seal.into()],
        )
        .expecting(1)
    }
}

impl Store {
    pub(crate) fn seals(&self) -> &Seals {
        self.gate.recorder().seals()
    }

    /// # Errors
    /// [`Refusal::Damaged`] when the row is not one the program wrote.
    pub(super) async fn credential(&self, user: UserId) -> Result<Option<Credential>, Refusal> {
        let rows = self.read(Query::point(CREDENTIAL.select("user_id = ?1"), vec![user.into()])).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        if !CREDENTIAL.is_sealed(self.seals(), row) {
            tracing::error!(user.id = %user, "a credential was altered beside the program; it is not believed");
            return Err(Refusal::Damaged);
        }
        read(row).map(Some).map_err(|e| damaged(&e))
    }

    /// What a new first password replaces: the row as it is, or a new one in place of one that cannot be believed.
    pub(super) async fn credential_to_replace(
        &self,
        user: UserId,
        password: String,
        at: UnixMs,
    ) -> Result<(Credential, Vec<Change>), Refusal> {
        let new = Credential::first(user, password, at, true);
        match self.credential(user).await {
            Ok(None) => Ok((new, vec![])),
            Ok(Some(old)) => {
                let Credential { password, password_changed_at, must_change, .. } = new;
                Ok((Credential { password, password_changed_at, must_change, ..old }, vec![]))
            }
            Err(Refusal::Damaged) => {
                let gone = Change::new("DELETE FROM credential WHERE user_id = ?1", vec![user.into()]);
                Ok((new, vec![gone]))
            }
            Err(other) => Err(other),
        }
    }
}

fn read(row: &Row) -> Result<Credential, crate::DatabaseError> {
    Ok(Credential {
        user: row.user(0)?,
        password: row.opt_text(1)?.map(ToOwned::to_owned),
        password_changed_at: row.opt_time(2)?,
        must_change: row.bool(3)?,
        totp: row.opt_bytes(4)?.map(<[u8]>::to_vec),
        totp_confirmed: row.bool(5)?,
        totp_step: row.int(6)?,
        version: row.int(7)?,
        seal: row.opt_bytes(8)?.map(<[u8]>::to_vec),
    })
}
