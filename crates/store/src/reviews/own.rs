//! The lines that one has to answer, and answering them.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use access::path::{Disclosed, Grant, Refusal};
use govern::review::{Item, Risk, Verdict};
use model::{Action, ReviewId, ReviewLineId, UnixMs, UserId};
use serde::{Deserialize, Serialize};

use super::read::ReviewLineView;
use super::row::{Decided, Line, Passed, Review, State, told_lines};
use crate::Store;
use crate::company::barred;
use crate::notices::{News, NoticeKind};

/// Most lines that are answered in one act.
pub const MOST_AT_ONCE: usize = 200;
/// Characters of a reason.
const MOST_REASON: usize = 500;
/// Longest that something narrowed lasts, in days.
const LONGEST_DAYS: i64 = 366;

#[derive(Debug)]
pub struct ListOwnReviews;

/// What is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Choice {
    Keep,
    Narrow {
        until: Option<UnixMs>,
        read_only: bool,
    },
    Revoke,
    /// To somebody who knows better.
    Delegate {
        to: UserId,
    },
}

#[derive(Debug)]
pub struct DecideReview {
    pub lines: BTreeSet<ReviewLineId>,
    pub choice: Choice,
    pub reason: String,
}

/// A campaign with the lines that are one's own to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnReview {
    pub id: ReviewId,
    pub name: String,
    pub began_at: UnixMs,
    pub due_at: UnixMs,
    pub ends_at: UnixMs,
    /// `keep`, `revoke`, `recommended`: what becomes of a line that stays unanswered.
    pub unanswered: govern::review::Unanswered,
    /// The riskiest first.
    pub lines: Vec<ReviewLineView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnReviews {
    pub reviews: Vec<OwnReview>,
}

impl Store {
    /// For whom somebody answers: themselves, and those they stand in for at this moment.
    fn answers_for(&self, user: UserId, now: UnixMs) -> Vec<UserId> {
        let company = self.company();
        let deputies = &company.approvals.deputies;
        let stands_in = deputies.iter().filter(|(_, d)| d.user == user && now < d.until).map(|(who, _)| *who);
        std::iter::once(user).chain(stands_in).collect()
    }

    /// The caller's lines in campaigns that are open.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_own_reviews(&self, grant: Grant<ListOwnReviews>) -> Result<Disclosed<OwnReviews>, Refusal> {
        let (me, now) = (grant.caller().user, grant.now());
        let alerts = grant.has_duty(Action::AlertRead);
        let all = async {
            let mut found = vec![];
            for review in self.reviews_where("state = 'open' ORDER BY due_at, id", vec![]).await? {
                let mut lines = self.own_lines(&review, me, now).await?;
                if lines.is_empty() {
                    continue;
                }
                lines.sort_by(|a, b| b.body.risk.cmp(&a.body.risk).then(a.id.cmp(&b.id)));
                let company = self.company();
                found.push(OwnReview {
                    id: review.id,
                    name: review.body.campaign.name.clone(),
                    began_at: review.began_at,
                    due_at: review.due_at,
                    ends_at: review.ends_at(),
                    unanswered: review.body.campaign.unanswered,
                    lines: lines.iter().map(|l| ReviewLineView::of(l, &company, alerts)).collect(),
                });
            }
            Ok(OwnReviews { reviews: found })
        };
        match all.await {
            Ok(all) => grant.carry_out(vec![], all).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn own_lines(&self, review: &Review, me: UserId, now: UnixMs) -> Result<Vec<Line>, Refusal> {
        let mut lines = vec![];
        for who in self.answers_for(me, now) {
            lines.extend(self.lines_where("reviewer = ?1 AND review = ?2", vec![who.into(), review.id.into()]).await?);
        }
        lines.retain(|l| l.subject != Some(me));
        Ok(lines)
    }

    /// Answers lines. Until the campaign closes they can be answered otherwise.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for a line that is not one's own to answer; [`Refusal::Barred`] with `review_over`, `own_review`,
    /// `bulk_risky` for several of which one is of more than low risk; [`Refusal::Invalid`] for the choice, or where a reason is needed;
    /// [`Refusal::Conflict`]; recorded.
    pub async fn decide_review(&self, grant: Grant<DecideReview>) -> Result<Disclosed<usize>, Refusal> {
        let (me, now) = (grant.caller().user, grant.now());
        let drafted = async {
            let op = grant.operation();
            let reason = op.reason.trim();
            if op.lines.is_empty() || op.lines.len() > MOST_AT_ONCE {
                return Err(Refusal::invalid("lines", "invalid_value", format!("1 to {MOST_AT_ONCE} lines")));
            }
            if reason.chars().count() > MOST_REASON || reason.chars().any(|c| c.is_control() && c != '\n') {
                return Err(Refusal::invalid("reason", "invalid_value", format!("at most {MOST_REASON} characters")));
            }
            let bulk = op.lines.len() > 1;
            let own: BTreeSet<UserId> = self.answers_for(me, now).into_iter().collect();
            let mut reviews: BTreeMap<ReviewId, Review> = BTreeMap::new();
            let mut lines = vec![];
            for id in &op.lines {
                let found = self.lines_where("id = ?1", vec![(*id).into()]).await?;
                let line = found.into_iter().next().filter(|l| l.reviewer.is_some_and(|r| own.contains(&r)));
                let line = line.ok_or(Refusal::NotFound)?;
                if line.subject == Some(me) {
                    return Err(barred("own_review", "nobody reviews what they have themselves"));
                }
                if let Entry::Vacant(unread) = reviews.entry(line.review) {
                    unread.insert(self.review(line.review).await?.ok_or(Refusal::NotFound)?);
                }
                let review = reviews.get(&line.review).ok_or(Refusal::NotFound)?;
                if review.state != State::Open || now >= review.ends_at() {
                    return Err(barred("review_over", "the campaign does not take answers any more"));
                }
                if bulk && line.body.risk != Risk::Low {
                    return Err(barred("bulk_risky", "only lines of low risk are answered together"));
                }
                lines.push(line);
            }
            let mut changes = vec![];
            let mut to = None;
            for line in &mut lines {
                if let Choice::Delegate { to: other } = op.choice {
                    self.pass_line_on(line, (me, other), reason, now)?;
                    to = Some(other);
                } else {
                    answer(line, op.choice, reason, (me, bulk), now)?;
                }
                changes.push(self.put_line(line)?);
            }
            let mut told = vec![told_lines(&lines)];
            if let (Some(to), Some(review)) = (to, lines.first().and_then(|l| reviews.get(&l.review))) {
                let news = News::of(NoticeKind::ReviewWaits, now).about(review.id.as_bytes()).by(me);
                self.tell(&news.until(review.ends_at()), [to]).into_parts(&mut told, &mut changes);
            }
            Ok((told, changes, lines.len()))
        };
        match drafted.await {
            Ok((told, changes, n)) => grant.carry_out_telling(told, changes, n).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    fn pass_line_on(
        &self,
        line: &mut Line,
        (me, to): (UserId, UserId),
        reason: &str,
        now: UnixMs,
    ) -> Result<(), Refusal> {
        let company = self.company();
        let works = company.users.get(&to).is_some_and(|u| {
            u.kind == model::UserKind::Person && u.status == model::UserStatus::Active && Some(to) != line.subject
        });
        if !works || to == me {
            return Err(Refusal::invalid(
                "to",
                "unknown_user",
                "another person who works here, and not whose line it is",
            ));
        }
        if reason.is_empty() {
            return Err(Refusal::invalid("reason", "required", "why it is passed on"));
        }
        if line.body.passed.len() >= 10 {
            return Err(barred("review_passed_on", "it was passed on ten times"));
        }
        line.body.passed.push(Passed { by: Some(me), to, at: now, reason: reason.to_owned() });
        line.body.decided = None;
        line.reviewer = Some(to);
        line.state = "open";
        Ok(())
    }
}

/// Whether a reason must be given with this answer.
fn needs_reason(line: &Line, verdict: Verdict) -> bool {
    line.body.risk == Risk::High || (verdict == Verdict::Keep && line.body.advice.verdict != "keep")
}

fn answer(
    line: &mut Line,
    choice: Choice,
    reason: &str,
    (by, bulk): (UserId, bool),
    now: UnixMs,
) -> Result<(), Refusal> {
    let verdict = match choice {
        Choice::Keep | Choice::Delegate { .. } => Verdict::Keep,
        Choice::Revoke => Verdict::Revoke,
        Choice::Narrow { until, read_only } => {
            if until.is_some_and(|at| at <= now || at > now.plus_days(LONGEST_DAYS)) {
                let reason = "a moment to come, within 366 days";
                return Err(Refusal::invalid("until", "invalid_value", reason));
            }
            let writes = matches!(line.body.item, Item::Share { edit: true, .. });
            if read_only && !writes {
                return Err(Refusal::invalid("read_only", "invalid_value", "only of a share to edit"));
            }
            if until.is_none() && !read_only {
                return Err(Refusal::invalid("until", "required", "how it is narrowed"));
            }
            Verdict::Narrow { until, read_only }
        }
    };
    if reason.is_empty() && needs_reason(line, verdict) {
        return Err(Refusal::invalid("reason", "required", "of high risk, or kept against the recommendation"));
    }
    line.body.decided = Some(Decided { by: Some(by), at: now, verdict, reason: reason.to_owned(), bulk });
    line.state = "decided";
    Ok(())
}
