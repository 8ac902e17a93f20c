//! Words that hang on a record and are no field of it: comments. Sealed under the same customer's key as its fields, so that they
//! are erased with them, and opened only towards a disclosure that names them.
//!
//! Rule: as for a sealed row, what was opened leaves this module only once the event that tells of it is durable.

use model::{Disclosure, FieldName, RecordId, StoredRow, Touch};
use vault::{DataKey, Place};
use zeroize::Zeroizing;

use super::gate::random;
use super::grant::Grant;
use super::operation::OnRecords;
use super::refusal::Refusal;
use super::sealed::{Disclosed, key_of};
use super::write::Write;

/// Where the words of one comment belong: opened at another place they do not open.
fn place(id: RecordId) -> Place<'static> {
    Place { object: "comment", record: id, field: "body" }
}

fn opened(key: &DataKey, id: RecordId, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    key.open(&place(id), sealed).map_err(|error| {
        tracing::error!(comment.id = %id, %error, "the words of a comment do not open");
        Refusal::Damaged
    })
}

impl<O: OnRecords> Grant<O> {
    /// Seals words about a row under its customer's key. `id` is the words' own.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] once the customer is erased; [`Refusal::Damaged`]. To be recorded by the caller.
    pub fn seal_words(&self, row: &StoredRow, id: RecordId, words: &[u8]) -> Result<Vec<u8>, Refusal> {
        let key = key_of(self, row)?.ok_or(Refusal::NotFound)?;
        key.seal(&place(id), random(), words).map_err(|error| {
            tracing::error!(%error, "the words of a comment could not be sealed");
            Refusal::Damaged
        })
    }

    /// Opens words about a row for whoever wrote them, to be changed. What it gives MUST NOT be shown: it leaves no record.
    ///
    /// # Errors
    /// As [`Grant::seal_words`].
    pub fn words_to_change(&self, row: &StoredRow, id: RecordId, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refusal> {
        let key = key_of(self, row)?.ok_or(Refusal::NotFound)?;
        opened(&key, id, sealed)
    }

    /// Opens words about a row, names them in the event as the field `name`, makes that durable and releases what `build` makes of
    /// them, in the order given.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when the row is not the caller's to see, [`Refusal::Damaged`] when words do not open; recorded.
    /// [`Refusal::AuditUnavailable`]: nothing is released.
    pub async fn disclose_words<T>(
        self,
        row: &StoredRow,
        name: &FieldName,
        sealed: &[(RecordId, Vec<u8>)],
        build: impl FnOnce(Vec<Zeroizing<Vec<u8>>>) -> Result<T, Refusal>,
    ) -> Result<Disclosed<T>, Refusal> {
        let grant = self.permit(row).await?;
        let open = || {
            let Some(key) = key_of(&grant, row)? else { return Ok((build(vec![])?, None)) };
            let words = sealed.iter().map(|(id, bytes)| opened(&key, *id, bytes)).collect::<Result<_, _>>()?;
            Ok((build(words)?, Some(key)))
        };
        let (answer, key) = match open() {
            Ok(opened) => opened,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let mut event = grant.event();
        event.object = Some(grant.op.object().clone());
        event.detail = grant.op.detail();
        let object = match grant.object_type() {
            Ok(object) => object.clone(),
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let by = grant.verdict(row).rules;
        let rules = by.iter().map(ToString::to_string).collect();
        let shown = if sealed.is_empty() { vec![] } else { vec![name.clone()] };
        let disclosure = Disclosure { shown, rules, ..Disclosure::default() };
        event.disclosures = vec![grant.facts(&object.name, row, &by, disclosure)];
        event.touches = vec![Touch { record: row.id, customer: row.customer, disclosure: 0 }];
        if let Err(refusal) = grant.explain_look(&mut event, &object).await {
            return Err(grant.refuse(refusal).await);
        }
        grant.core.recorder.record(&event, &[key], vec![]).await.map_err(|_| Refusal::AuditUnavailable)?;
        grant.core.counters.customers(event.caller.user, event.at, std::iter::once(row.customer));
        Ok(Disclosed::new(answer, event.id))
    }
}

impl<O: OnRecords> Write<O> {
    /// Words about the customer of `row`, sealed anew under the key of `home`'s.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when they do not open, not yet recorded: end the act with [`Write::refuse`].
    pub fn words_under(
        &self,
        row: &StoredRow,
        id: RecordId,
        sealed: &[u8],
        home: &StoredRow,
    ) -> Result<Vec<u8>, Refusal> {
        let plain = self.grant().words_to_change(row, id, sealed)?;
        self.grant().seal_words(home, id, &plain)
    }
}
