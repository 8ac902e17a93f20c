//! Requests sent twice: an answer is kept for a day under the key its sender gave it.
//!
//! Rule: what is kept holds ids only, never a value; keys and requests are kept as keyed hashes. A key belongs to its user.
//! The row is no part of the change's own unit: after a crash between the two the key stays open, and a repetition is told
//! that the outcome is not known rather than made a second time.

use access::path::{Change, JournalError, Param, Refusal};
use model::{UnixMs, UserId};

use crate::proof::tables::IDEMPOTENCY;
use crate::records::broken;
use crate::{Query, Store};

/// Hours an answer is kept.
pub const KEPT_HOURS: i64 = 24;

/// A request with its key, both as keyed hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    key: [u8; 32],
    request: [u8; 32],
    at: UnixMs,
}

/// What is known of a request with this key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// Nothing: carry it out, then call [`Store::idempotency_end`] or [`Store::idempotency_drop`].
    New(Attempt),
    /// It was carried out: the answer.
    Same(Vec<u8>),
    /// The key was given to another request.
    Other,
    /// The same request is under way, or ended without an answer.
    Open,
}

impl Store {
    /// Begins a request that carries a key.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`], [`Refusal::StoreUnavailable`].
    pub async fn idempotency_begin(
        &self,
        user: UserId,
        key: &str,
        request: &[u8],
        at: UnixMs,
    ) -> Result<Begun, Refusal> {
        let mac = |bytes: &[u8]| self.gate().mac("idempotency", bytes).map_err(|_| Refusal::Damaged);
        let named = [user.as_bytes().as_slice(), key.as_bytes()].concat();
        let attempt = Attempt { key: mac(&named)?, request: mac(request)?, at };
        let seal = self.attempt_seal(&attempt, "open", None, None);
        let changes = vec![
            Change::new(
                "DELETE FROM idempotency WHERE key = ?1 AND at < ?2",
                vec![attempt.key.to_vec().into(), at.plus_ms(-KEPT_HOURS * 3_600_000).into()],
            ),
            Change::new(
                "INSERT INTO idempotency (key, request, state, at, seal) VALUES (?1, ?2, 'open', ?3, ?4) \
                 ON CONFLICT (key) DO NOTHING",
                vec![attempt.key.to_vec().into(), attempt.request.to_vec().into(), at.into(), seal],
            )
            .expecting(1),
        ];
        match self.db.maintain(changes).await {
            Ok(()) => return Ok(Begun::New(attempt)),
            Err(JournalError::Conflict { .. }) => {}
            Err(JournalError::Failed { reason, .. }) => return Err(Refusal::StoreUnavailable(reason)),
            Err(_) => return Err(Refusal::AuditUnavailable),
        }
        let rows = self.read(Query::point(IDEMPOTENCY.select("key = ?1"), vec![attempt.key.to_vec().into()])).await?;
        let Some(row) = rows.first() else { return Ok(Begun::Open) };
        if !IDEMPOTENCY.is_sealed(self.seals(), row) {
            tracing::error!("a kept answer was altered beside the program; it is not given");
            return Err(Refusal::Damaged);
        }
        if row.bytes(1).map_err(broken)? != attempt.request {
            return Ok(Begun::Other);
        }
        match (row.text(2).map_err(broken)?, row.opt_bytes(4).map_err(broken)?) {
            ("done", Some(body)) => Ok(Begun::Same(body.to_vec())),
            _ => Ok(Begun::Open),
        }
    }

    /// Keeps the answer of a request that was carried out. It MUST NOT hold a value of a record.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`]: the request was carried out, but a repetition will not find its answer.
    pub async fn idempotency_end(&self, attempt: Attempt, status: u16, body: Vec<u8>) -> Result<(), Refusal> {
        let seal = self.attempt_seal(&attempt, "done", Some(status), Some(body.clone()));
        let change = Change::new(
            "UPDATE idempotency SET state = 'done', status = ?2, body = ?3, seal = ?4 WHERE key = ?1",
            vec![attempt.key.to_vec().into(), i64::from(status).into(), body.into(), seal],
        );
        self.db.maintain(vec![change]).await.map_err(|_| Refusal::AuditUnavailable)
    }

    fn attempt_seal(&self, attempt: &Attempt, state: &str, status: Option<u16>, body: Option<Vec<u8>>) -> Param {
        let columns: [Param; 6] = [
            attempt.key.to_vec().into(),
            attempt.request.to_vec().into(),
            state.into(),
            status.map(i64::from).into(),
            body.into(),
            attempt.at.into(),
        ];
        self.seals().row(IDEMPOTENCY.name, &columns).to_vec().into()
    }

    /// Frees the key of a request that changed nothing.
    pub async fn idempotency_drop(&self, attempt: Attempt) {
        let change =
            Change::new("DELETE FROM idempotency WHERE key = ?1 AND state = 'open'", vec![attempt.key.to_vec().into()]);
        if let Err(error) = self.db.maintain(vec![change]).await {
            tracing::warn!(%error, "an idempotency key could not be freed");
        }
    }

    /// Drops answers that are no longer kept.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn sweep_idempotency(&self, at: UnixMs) -> Result<(), Refusal> {
        let change =
            Change::new("DELETE FROM idempotency WHERE at < ?1", vec![at.plus_ms(-KEPT_HOURS * 3_600_000).into()]);
        self.db.maintain(vec![change]).await.map_err(|_| Refusal::AuditUnavailable)
    }
}
