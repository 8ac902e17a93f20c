//! Documents that are given out 文件: printed before their event, which holds the digest of the very bytes and the state of the log that
//! they were made from; and the proof of that event, which `whosaw-verify report` takes.

use access::path::{Grant, OnSystem, Operation, Refusal};
use ledger::evidence::{Evidence, FORMAT, Subject, SubjectKind};
use model::{Action, EventId, UnixMs};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::audit::line::{EVENT, EventRow};
use crate::audit::{Span, unpublished};
use crate::company::barred;
use crate::publish::Publisher;
use crate::records::broken;
use crate::{Query, Store};

/// A document as it was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    pub bytes: Vec<u8>,
    pub pages: usize,
}

/// Why nothing was printed.
#[derive(Debug)]
pub enum NotPrinted {
    TooLong,
    Broken(String),
}

/// The state of the log that something was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeFrom {
    pub origin: String,
    pub size: u64,
    /// In hexadecimal.
    pub root: String,
}

/// A document, and what it is told as.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given<'a> {
    /// `case`, `report`, `certificate`.
    pub of: &'static str,
    /// Of what it is about.
    pub id: &'a str,
    pub format: &'static str,
    pub language: &'static str,
    pub head: &'a MadeFrom,
}

/// What the event of a document's leaving tells of it.
pub(crate) fn told(given: Given<'_>, file: &Printed) -> (&'static str, Value) {
    let Given { of, id, format, language, head } = given;
    let told = json!({
        "of": of,
        "id": id,
        "format": format,
        "language": language,
        "sha256": hex::encode(Sha256::digest(&file.bytes)),
        "bytes": file.bytes.len(),
        "pages": file.pages,
        "head": { "origin": head.origin, "size": head.size, "root": head.root },
    });
    ("report", told)
}

/// Prints on a thread of its own: it takes processor time.
pub(crate) async fn printed(
    print: impl FnOnce() -> Result<Printed, NotPrinted> + Send + 'static,
) -> Result<Printed, Refusal> {
    let printed = tokio::task::spawn_blocking(print).await;
    match printed.unwrap_or_else(|error| Err(NotPrinted::Broken(error.to_string()))) {
        Ok(file) => Ok(file),
        Err(NotPrinted::TooLong) => Err(barred("report_too_long", "the document would be too long")),
        Err(NotPrinted::Broken(error)) => {
            tracing::error!(%error, "a document could not be printed");
            Err(Refusal::Damaged)
        }
    }
}

impl Store {
    /// A signed state of the log that has every entry made so far.
    pub(crate) async fn signed_now(&self, publisher: &Publisher, now: UnixMs) -> Result<MadeFrom, Refusal> {
        let sql = "SELECT COALESCE(MAX(e.seq) + 1, 1) FROM event e";
        let rows = self.read(Query::new(sql, vec![])).await?;
        let entries = rows.first().map_or(Ok(1), |row| row.int(0)).map_err(broken)?;
        let needs = u64::try_from(entries).unwrap_or(1);
        let signed = publisher.covering(needs, now).await.map_err(unpublished)?.checkpoint;
        Ok(MadeFrom { origin: signed.origin, size: signed.size, root: hex::encode(signed.root) })
    }

    /// The proof that a document about `id` was given out with this event by such an operation; and how many events are not as they were.
    pub(crate) async fn proof_of_giving<O: Operation + OnSystem>(
        &self,
        grant: &Grant<O>,
        (action, id, event): (Action, &str, EventId),
        publisher: &Publisher,
    ) -> Result<(Evidence, usize), Refusal> {
        let seq = self.giving_of(action, id, event).await?;
        let proved = self.prove_events(&[seq], None, Span::default(), publisher, grant.now()).await?;
        let subject = Subject { kind: SubjectKind::Period, id: Some(id.to_owned()), from_ms: None, until_ms: None };
        let evidence = Evidence {
            format: FORMAT.to_owned(),
            subject,
            asked_by: grant.caller().user.to_string(),
            asked_at_ms: u64::try_from(grant.now().0).unwrap_or(0),
            log: publisher.verifier().to_string(),
            checkpoint: proved.checkpoint,
            events: proved.events,
            erasures: proved.erasures,
        };
        Ok((evidence, proved.altered.len()))
    }

    /// Where the log has that event.
    async fn giving_of(&self, action: Action, id: &str, event: EventId) -> Result<i64, Refusal> {
        self.ready_to_ask().await?;
        let sql = format!("SELECT {EVENT} FROM event e WHERE e.id = ?1");
        let rows = self.read(Query::point(sql, vec![event.into()])).await?;
        let row = EventRow::read(rows.first().ok_or(Refusal::NotFound)?).map_err(broken)?;
        let body = row.body.as_deref().and_then(|b| self.gate().recorder().open_body(row.id, b).ok());
        let body = body.filter(|b| row.action() == Some(action) && row.agrees(b)).ok_or(Refusal::NotFound)?;
        let told = body.actor.get("detail").and_then(|d| d.get("report")).and_then(|r| r.get("id"));
        if told.and_then(Value::as_str) != Some(id) {
            return Err(Refusal::NotFound);
        }
        Ok(row.seq)
    }
}
