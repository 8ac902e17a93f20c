//! The signed list as a file whose digest the log holds, and the proof of that.

use access::path::{Disclosed, Grant, Refusal};
use ledger::evidence::Evidence;
use model::{Action, EventId, ReviewId};

use super::result::ReviewResult;
use crate::Store;
use crate::audit::unpublished;
use crate::documents::{self, Given, MadeFrom, NotPrinted, Printed};
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

/// A closed campaign that can be given to people from outside.
#[derive(Debug, Clone)]
pub(crate) struct GivenReview {
    pub(crate) id: ReviewId,
    pub(crate) name: String,
    pub(crate) began_at: model::UnixMs,
    pub(crate) closed_at: Option<model::UnixMs>,
    pub(crate) sha256: Option<String>,
}

impl GivenReview {
    fn of(review: super::row::Review) -> Self {
        let super::row::Body { campaign, closed_at, sha256, .. } = review.body;
        Self { id: review.id, name: campaign.name, began_at: review.began_at, closed_at, sha256 }
    }
}

impl Store {
    /// A closed campaign, without asking who reads it; `None` for any other.
    pub(crate) async fn review_given(&self, id: ReviewId) -> Result<Option<GivenReview>, Refusal> {
        let review = self.review(id).await?;
        Ok(review.filter(|r| r.body.sha256.is_some()).map(GivenReview::of))
    }

    /// Its signed list, and the bytes of that.
    pub(crate) async fn review_list_given(&self, id: ReviewId) -> Result<(ReviewResult, Vec<u8>), Refusal> {
        let review = self.review(id).await?.ok_or(Refusal::NotFound)?;
        let body = self.review_result(&review).await?.ok_or(Refusal::NotFound)?;
        let result = serde_json::from_slice(&body).map_err(|_| Refusal::Damaged)?;
        Ok((result, body))
    }

    /// The newest closed ones, for somebody to choose from.
    pub(crate) async fn reviews_to_give(&self, most: usize) -> Result<Vec<GivenReview>, Refusal> {
        let condition = format!("state = 'closed' ORDER BY began_at DESC, id DESC LIMIT {most}");
        Ok(self.reviews_where(&condition, vec![]).await?.into_iter().map(GivenReview::of).collect())
    }

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
            let file = documents::printed(move || print(&result, given, body)).await?;
            let govern::Head { origin, size, root } = head;
            Ok((FileOfReview { began_at, file }, MadeFrom { origin, size, root }))
        };
        let (taken, head) = match made.await {
            Ok(taken) => taken,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        let TakeReview { format, language, .. } = *grant.operation();
        let given = Given { of: "review", id: &id.to_string(), format, language, head: &head };
        let told = documents::told(given, &taken.file);
        self.end_telling(grant, vec![told], vec![], vec![], taken).await
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
            self.proof_of_giving(&grant, (Action::ReviewRead, &id.to_string(), event), publisher).await
        };
        match proved.await {
            Ok(proved) => grant.carry_out(vec![], proved).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}
