//! What the house does by itself: campaigns begin, people are reminded, what is overdue goes to whoever stands above, and campaigns end.
//!
//! Rule: each step is one unit of the row that it is about, so that of two nodes one does it, and a crash repeats nothing.

use access::path::Refusal;
use govern::review::Seat;
use model::UnixMs;
use serde_json::json;

use super::gather::officers;
use super::row::{Passed, Review, State, told_lines, told_review};
use crate::Store;
use crate::notices::{News, NoticeKind};

const DAY_MS: i64 = 86_400_000;
/// A reminder comes so many days before the date.
const REMINDED_BEFORE: [i64; 3] = [7, 3, 1];

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReviewRound {
    pub begun: u64,
    pub reminded: u64,
    pub escalated: u64,
    /// Lines that were applied.
    pub applied: u64,
    pub closed: u64,
    /// Narrowed things whose time was over.
    pub ended: u64,
    /// Plans whose campaign could not begin.
    pub failed: u64,
}

impl Store {
    /// Does what is due. Whatever happens in between, nothing is done twice.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]: what was done until then is; the rest is by the next round.
    pub async fn review_round(&self, now: UnixMs) -> Result<ReviewRound, Refusal> {
        let mut round = ReviewRound::default();
        for due in self.due_reviews(now).await? {
            let plan = due.plan.clone();
            match self.begin_due(due, now).await {
                Ok(begun) => round.begun += u64::from(begun),
                Err(refusal @ (Refusal::StoreUnavailable(_) | Refusal::AuditUnavailable)) => return Err(refusal),
                Err(refusal) => {
                    tracing::warn!(%plan, %refusal, "a planned access review could not begin; it is tried again");
                    round.failed += 1;
                }
            }
        }
        for review in self.reviews_where("state = 'open' ORDER BY id", vec![]).await? {
            self.step_open(review, now, &mut round).await?;
        }
        for review in self.reviews_where("state = 'closing' ORDER BY id", vec![]).await? {
            let waiting = "review = ?1 AND state = 'decided' ORDER BY id";
            for line in self.lines_where(waiting, vec![review.id.into()]).await? {
                round.applied += u64::from(self.apply_line(line, now).await?);
            }
            round.closed += u64::from(self.finish_review(review, now).await?);
        }
        let ending = "state = 'done' AND ends_at IS NOT NULL AND ends_at <= ?1 ORDER BY id LIMIT 500";
        for line in self.lines_where(ending, vec![now.into()]).await? {
            round.ended += u64::from(self.end_line(line, now).await?);
        }
        Ok(round)
    }

    async fn step_open(&self, review: Review, now: UnixMs, round: &mut ReviewRound) -> Result<(), Refusal> {
        let open = "SELECT COUNT(*) FROM review_line WHERE review = ?1 AND state = 'open'";
        let rows = self.read(crate::Query::point(open, vec![review.id.into()])).await?;
        let waiting = rows.first().map_or(Ok(0), |r| r.int(0)).map_err(crate::records::broken)?;
        if waiting == 0 || now >= review.ends_at() {
            self.close_by_house(review, now).await?;
            return Ok(());
        }
        if now >= review.due_at && !review.body.escalated {
            round.escalated += u64::from(self.escalate(review, now).await?);
            return Ok(());
        }
        if now >= review.due_at {
            return Ok(());
        }
        let passed = REMINDED_BEFORE.iter().filter(|days| now.0 >= review.due_at.0 - **days * DAY_MS).count();
        // What lay before the beginning was told by the beginning.
        let at_start = REMINDED_BEFORE.iter().filter(|d| review.began_at.0 >= review.due_at.0 - **d * DAY_MS).count();
        let reached = u8::try_from(passed).unwrap_or(u8::MAX);
        if passed > at_start && reached > review.body.reminded {
            round.reminded += u64::from(self.remind_reviewers(review, reached, now).await?);
        }
        Ok(())
    }

    async fn remind_reviewers(&self, mut review: Review, reached: u8, now: UnixMs) -> Result<bool, Refusal> {
        review.body.reminded = reached;
        let lines = self.lines_of(review.id).await?;
        let mut changes = vec![self.put_review(&mut review)?];
        let mut told = vec![told_review(&review)];
        self.tell_reviewers(&review, &lines, i64::from(reached), now).into_parts(&mut told, &mut changes);
        let detail = json!({ "act": "review.remind", "review": review.id, "step": reached });
        self.review_step(detail, told, changes, now).await
    }

    /// Past the date what is not answered is for whoever stands above the reviewer, and the officers are told.
    async fn escalate(&self, mut review: Review, now: UnixMs) -> Result<bool, Refusal> {
        review.body.escalated = true;
        let company = self.company();
        let directory = company.directory();
        let officers = officers(&company);
        let deputies = &company.approvals.deputies;
        let deputy_of = |id| deputies.get(&id).map(|d: &model::approval::Deputy| (d.user, d.until));
        let seat = Seat { directory: &directory, deputy_of: &deputy_of, deputy: None, officers: &officers, now };
        let mut lines: Vec<_> = self.lines_of(review.id).await?.into_iter().filter(|l| l.state == "open").collect();
        let mut changes = vec![self.put_review(&mut review)?];
        for line in &mut lines {
            let above = line.reviewer.and_then(|r| company.users.get(&r)).and_then(|u| u.manager);
            if let Some(to) = seat.find(above, line.subject).filter(|to| line.reviewer != Some(*to)) {
                line.body.passed.push(Passed { by: None, to, at: now, reason: String::new() });
                line.reviewer = Some(to);
            }
            changes.push(self.put_line(line)?);
        }
        let mut told = vec![told_review(&review), told_lines(&lines)];
        self.tell_reviewers(&review, &lines, 100, now).into_parts(&mut told, &mut changes);
        let news = News::of(NoticeKind::ReviewEnded, now).about(review.id.as_bytes()).once_for(100);
        self.tell(&news, self.officers()).into_parts(&mut told, &mut changes);
        let detail = json!({ "act": "review.escalate", "review": review.id, "lines": lines.len() });
        self.review_step(detail, told, changes, now).await
    }

    /// Whether a campaign is over for its reviewers.
    pub(super) async fn close_by_house(&self, review: Review, now: UnixMs) -> Result<bool, Refusal> {
        let (told, changes, id, left) = self.draft_closing(review, State::Closing, now).await?;
        let detail = json!({ "act": "review.close", "review": id, "unanswered": left });
        self.review_step(detail, told, changes, now).await
    }
}
