//! The signed list as a file whose digest the log holds, and the proof of that.

use access::path::{Disclosed, Grant, Refusal};
use ledger::evidence::{Evidence, FORMAT, Subject, SubjectKind};
use model::{Action, EventId, ReviewId};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::result::ReviewResult;
use crate::Store;
use crate::audit::{Span, unpublished};
use crate::cases::{NotPrinted, Printed};
use crate::company::barred;
use crate::publish::Publisher;

/// The list of a campaign as a file.
#[derive(Debug)]
pub struct TakeReview {
    pub id: ReviewId,
    /// `pdf`, `xlsx`, `html`, `csv`, `json`.
    pub format: &'static str,
    /// `zh` or `en`.
    pub language: &'static str,
}

/// The proof of a file that was taken: its event, as an evidence file.
#[derive(Debug)]
pub struct ProveReviewFile {
    pub id: ReviewId,
    pub event: EventId,
}

/// A file of a list.
#[derive(Debug, Clone)]
pub struct FileOfReview {
    pub began_at: model::UnixMs,
    pub file: Printed,
}

impl Store {
    /// Has a list printed and records the digest of what came of it, before it leaves.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for one that is not closed; [`Refusal::Barred`] `report_too_long`; [`Refusal::Damaged`]; recorded.
    pub async fn take_review(
        &self,
        grant: Grant<TakeReview>,
        publisher: &Publisher,
        print: impl FnOnce(&ReviewResult, govern::Head, Vec<u8>) -> Result<Printed, NotPrinted> + Send + 'static,
    ) -> Result<Disclosed<FileOfReview>, Refusal> {
        let (id, now) = (grant.operation().id, grant.now());
        let made = async {
            let review = self.review(id).await?.ok_or(Refusal::NotFound)?;
            let body = self.review_result(&review).await?.ok_or(Refusal::NotFound)?;
            let result: ReviewResult = serde_json::from_slice(&body).map_err(|error| {
                tracing::error!(review.id = %id, %error, "the list of an access review is of no form that this program knows");
                Refusal::Damaged
            })?;
            publisher.covering(1, now).await.map_err(unpublished)?;
            let head = self.signed_head().await?;
            let (began_at, given) = (review.began_at, head.clone());
            let printed = tokio::task::spawn_blocking(move || print(&result, given, body)).await;
            match printed.unwrap_or_else(|error| Err(NotPrinted::Broken(error.to_string()))) {
                Ok(file) => Ok((FileOfReview { began_at, file }, head)),
                Err(NotPrinted::TooLong) => Err(barred("report_too_long", "the document would be too long")),
                Err(NotPrinted::Broken(error)) => {
                    tracing::error!(%error, "the list of an access review could not be printed");
                    Err(Refusal::Damaged)
                }
            }
        };
        let (taken, head) = match made.await {
            Ok(taken) => taken,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        let told = json!({
            "of": "review",
            "id": id,
            "format": grant.operation().format,
            "language": grant.operation().language,
            "sha256": hex::encode(Sha256::digest(&taken.file.bytes)),
            "bytes": taken.file.bytes.len(),
            "pages": taken.file.pages,
            "head": { "origin": head.origin, "size": head.size, "root": head.root },
        });
        self.end_telling(grant, vec![("report", told)], vec![], vec![], taken).await
    }

    /// # Errors
    /// [`Refusal::NotFound`] when no such event tells of a file of this campaign; recorded.
    pub async fn prove_review_file(
        &self,
        grant: Grant<ProveReviewFile>,
        publisher: &Publisher,
    ) -> Result<Disclosed<(Evidence, usize)>, Refusal> {
        let proved = async {
            let ProveReviewFile { id, event } = *grant.operation();
            self.review(id).await?.ok_or(Refusal::NotFound)?;
            let seq = self.taking_of(id.to_string(), event, Action::ReviewRead).await?;
            let proved = self.prove_events(&[seq], None, Span::default(), publisher, grant.now()).await?;
            let evidence = Evidence {
                format: FORMAT.to_owned(),
                subject: Subject { kind: SubjectKind::Period, id: Some(id.to_string()), from_ms: None, until_ms: None },
                asked_by: grant.caller().user.to_string(),
                asked_at_ms: u64::try_from(grant.now().0).unwrap_or(0),
                log: publisher.verifier().to_string(),
                checkpoint: proved.checkpoint,
                events: proved.events,
                erasures: proved.erasures,
            };
            Ok((evidence, proved.altered.len()))
        };
        match proved.await {
            Ok(proved) => grant.carry_out(vec![], proved).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}
