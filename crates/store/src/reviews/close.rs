//! The end of a campaign: what nobody answered falls to what it says, all is applied, and the list is kept by the event that closes it.

use access::path::{Change, Disclosed, Grant, Refusal};
use govern::review::{Unanswered, Verdict};
use model::{ReviewId, UnixMs};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::result::ReviewResult;
use super::row::{Applied, Decided, Line, Review, State, shut, told_lines, told_review};
use crate::Store;
use crate::company::barred;
use crate::identity::Told;
use crate::ids::random;
use crate::notices::{News, NoticeKind};
use crate::proof::StateReport;
use crate::records::broken;

/// Days that something narrowed by the house itself lasts.
const NARROWED_DAYS: i64 = 30;
/// Longest list that is opened, in bytes.
const MOST_BYTES: usize = 64 << 20;
const LEVEL: i32 = 3;

/// Close a campaign before its date, or call it off.
#[derive(Debug)]
pub struct EndReview {
    pub id: ReviewId,
    /// Nothing is applied.
    pub cancel: bool,
}

/// What becomes of a line that nobody answered.
fn unanswered(line: &Line, by: Unanswered, now: UnixMs) -> Verdict {
    let recommended = match line.body.advice.verdict.as_str() {
        "revoke" => Verdict::Revoke,
        "narrow" if matches!(line.body.item, govern::review::Item::Share { edit: true, .. }) => {
            Verdict::Narrow { until: None, read_only: true }
        }
        "narrow" => Verdict::Narrow { until: Some(now.plus_days(NARROWED_DAYS)), read_only: false },
        _ => Verdict::Keep,
    };
    match by {
        Unanswered::Keep => Verdict::Keep,
        Unanswered::Revoke => Verdict::Revoke,
        Unanswered::Recommended => recommended,
    }
}

impl Store {
    /// Closes a campaign at once, as its date would, or calls it off.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Barred`] `review_over` for one that is not open; [`Refusal::Conflict`]; recorded.
    pub async fn end_review(&self, grant: Grant<EndReview>) -> Result<Disclosed<()>, Refusal> {
        let now = grant.now();
        let drafted = async {
            let EndReview { id, cancel } = *grant.operation();
            let review = self.review(id).await?.ok_or(Refusal::NotFound)?;
            if review.state != State::Open {
                return Err(barred("review_over", "the campaign is not open any more"));
            }
            let to = if cancel { State::Cancelled } else { State::Closing };
            self.draft_closing(review, to, now).await
        };
        match drafted.await {
            Ok((told, changes, ..)) => grant.carry_out_telling(told, changes, ()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// The statements after which nothing is decided any more, and how many lines nobody had answered.
    pub(super) async fn draft_closing(
        &self,
        mut review: Review,
        to: State,
        now: UnixMs,
    ) -> Result<(Vec<Told>, Vec<Change>, ReviewId, usize), Refusal> {
        let by = review.body.campaign.unanswered;
        review.state = to;
        review.body.closing_at = Some(now);
        if to == State::Cancelled {
            review.body.closed_at = Some(now);
        }
        let mut changes = vec![self.put_review(&mut review)?];
        let (mut changed, mut left) = (vec![], 0);
        if to == State::Closing {
            for mut line in self.lines_of(review.id).await? {
                if line.state == "open" {
                    left += 1;
                    let verdict = unanswered(&line, by, now);
                    let decided = Decided { by: None, at: now, verdict, reason: String::new(), bulk: false };
                    line.body.decided = Some(decided);
                    line.state = "decided";
                } else if line.state != "decided" {
                    continue;
                }
                // What is kept needs nothing to be done.
                if line.body.decided.as_ref().is_some_and(|d| d.verdict == Verdict::Keep) {
                    line.state = "done";
                    line.body.applied = Some(Applied { at: now, what: "kept".to_owned(), code: None, ended_at: None });
                }
                changes.push(self.put_line(&mut line)?);
                changed.push(line);
            }
        }
        Ok((vec![told_review(&review), told_lines(&changed)], changes, review.id, left))
    }

    /// The last step: the list is kept, and those who look after reviews are told. Not before every line is done.
    pub(super) async fn finish_review(&self, mut review: Review, now: UnixMs) -> Result<bool, Refusal> {
        let lines = self.lines_of(review.id).await?;
        if lines.len() != review.body.lines || lines.iter().any(|l| l.state != "done") {
            return Ok(false);
        }
        let result = ReviewResult::of(self, &review, &lines, now);
        let body = serde_json::to_vec(&result).map_err(|_| Refusal::Damaged)?;
        let sha256 = hex::encode(Sha256::digest(&body));
        let packed = zstd::encode_all(body.as_slice(), LEVEL).map_err(|_| Refusal::Damaged)?;
        let at = vault::Place {
            object: "review_result",
            record: model::RecordId::from_bytes(*review.id.as_bytes()),
            field: "body",
        };
        let packed = self.identity.review_key.seal(&at, random(), &packed).map_err(shut)?;
        review.state = State::Closed;
        review.body.closed_at = Some(now);
        review.body.sha256 = Some(sha256.clone());
        let keep = Change::new(
            "INSERT INTO review_result (id, body) VALUES (?1, ?2) ON CONFLICT (id) DO NOTHING",
            vec![review.id.into(), packed.into()],
        );
        let mut changes = vec![self.put_review(&mut review)?, keep.expecting(1)];
        let mut told = vec![told_review(&review)];
        let news = News::of(NoticeKind::ReviewEnded, now).about(review.id.as_bytes());
        let to = self.officers().into_iter().chain(review.body.by);
        self.tell(&news, to).into_parts(&mut told, &mut changes);
        let detail = json!({
            "act": "review.closed", "review": review.id, "sha256": sha256, "bytes": body.len(), "head": review.body.head,
            "figures": result.figures, "findings": result.findings.len(),
        });
        self.review_step(detail, told, changes, now).await
    }

    /// The list of a campaign that was closed: the bytes of the JSON that its row and its event have the digest of.
    pub(super) async fn review_result(&self, review: &Review) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(sha256) = &review.body.sha256 else { return Ok(None) };
        let sql = "SELECT body FROM review_result WHERE id = ?1";
        let rows = self.read(crate::Query::point(sql, vec![review.id.into()])).await?;
        let Some(row) = rows.first() else {
            tracing::error!(review.id = %review.id, "the list of an access review is not there");
            return Err(Refusal::Damaged);
        };
        let at = vault::Place {
            object: "review_result",
            record: model::RecordId::from_bytes(*review.id.as_bytes()),
            field: "body",
        };
        let packed = self.identity.review_key.open(&at, row.bytes(0).map_err(broken)?).map_err(shut)?;
        let mut body = vec![];
        let limit = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
        let open = zstd::stream::read::Decoder::new(packed.as_slice());
        let read = open.and_then(|open| std::io::Read::read_to_end(&mut std::io::Read::take(open, limit), &mut body));
        if read.is_err() || hex::encode(Sha256::digest(&body)) != *sha256 {
            tracing::error!(review.id = %review.id, "the list of an access review is not what was kept");
            return Err(Refusal::Damaged);
        }
        Ok(Some(body))
    }

    /// Doctor: the list of each campaign that was closed is there and is what was kept, and there is nothing else.
    pub(crate) async fn check_review_results(&self, report: &mut StateReport) -> Result<(), Refusal> {
        const TABLE: &str = "review_result";
        let mut there = std::collections::HashSet::new();
        for review in self.reviews_where("state = 'closed'", vec![]).await? {
            there.insert(*review.id.as_bytes());
            match self.review_result(&review).await {
                Ok(_) => {}
                Err(Refusal::Damaged) => report.add(TABLE, &[review.id.into()], "part"),
                Err(refusal) => return Err(refusal),
            }
        }
        for row in self.read(crate::Query::new("SELECT id FROM review_result", vec![])).await? {
            report.rows += 1;
            if !row.id(0).is_ok_and(|id| there.contains(&id)) {
                report.add(TABLE, row.0.get(..1).unwrap_or_default(), "not_on_record");
            }
        }
        Ok(())
    }
}
