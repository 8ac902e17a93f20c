//! Beginning a campaign: the population is frozen, and reviewers are told.

use std::collections::BTreeSet;

use access::path::{Change, Disclosed, Grant, JournalError, Refusal};
use govern::review::Campaign;
use model::{Action, Channel, Decision, ReviewId, ReviewLineId, UnixMs, UserId};
use serde_json::json;

use super::plan::{Due, check_campaign};
use super::row::{Body, Line, LineBody, Review, State, told_lines, told_review};
use crate::Store;
use crate::company::barred;
use crate::identity::Told;
use crate::ids::random;
use crate::notices::{News, NoticeKind, Telling};

/// Most lines of a campaign: it is one unit, and one list.
pub const MOST_LINES: usize = 5_000;

/// Begin a campaign now.
#[derive(Debug)]
pub struct BeginReview {
    pub id: ReviewId,
    pub campaign: Campaign,
}

impl BeginReview {
    pub fn new(campaign: Campaign, at: UnixMs) -> Self {
        Self { id: ReviewId::new(at, random()), campaign }
    }
}

impl Store {
    /// Begins a campaign; gives its id.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with the field; [`Refusal::Barred`] with `review_empty` where nobody has anything of it, `review_too_large`;
    /// recorded.
    pub async fn begin_review(&self, grant: Grant<BeginReview>) -> Result<Disclosed<ReviewId>, Refusal> {
        let (now, by) = (grant.now(), grant.caller().user);
        let drafted = async {
            let BeginReview { id, campaign } = grant.operation();
            check_campaign(campaign, &self.company())?;
            let drafted = self.draft_review(*id, campaign.clone(), (Some(by), None), now).await?;
            if drafted.2 == 0 {
                return Err(barred("review_empty", "nobody has anything of what is to be reviewed"));
            }
            Ok((*id, drafted))
        };
        match drafted.await {
            Ok((id, (told, changes, _))) => grant.carry_out_telling(told, changes, id).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// The statements of a new campaign, what its event MUST tell, and how many lines it has.
    async fn draft_review(
        &self,
        id: ReviewId,
        campaign: Campaign,
        (by, plan): (Option<UserId>, Option<String>),
        now: UnixMs,
    ) -> Result<(Vec<Told>, Vec<Change>, usize), Refusal> {
        let gathered = self.gather_lines(&campaign, now).await?;
        let head = match self.signed_head().await {
            Ok(head) => Some(head),
            Err(Refusal::Barred { .. }) => None,
            Err(refusal) => return Err(refusal),
        };
        let mut review = Review {
            id,
            state: State::Open,
            began_at: now,
            due_at: now.plus_days(i64::from(campaign.due_days)),
            body: Body {
                campaign,
                by,
                plan,
                head,
                lines: gathered.len(),
                reminded: 0,
                escalated: false,
                closing_at: None,
                closed_at: None,
                sha256: None,
            },
            version: 0,
        };
        let mut changes = vec![self.put_review(&mut review)?];
        let mut lines = Vec::with_capacity(gathered.len());
        for one in gathered {
            let mut line = Line {
                id: ReviewLineId::new(now, random()),
                review: id,
                subject: one.subject,
                reviewer: one.reviewer,
                state: "open",
                at: now,
                ends_at: None,
                body: LineBody {
                    item: one.item,
                    evidence: one.evidence,
                    advice: one.advice,
                    risk: one.risk,
                    passed: vec![],
                    decided: None,
                    applied: None,
                },
                version: 0,
            };
            changes.push(self.put_line(&mut line)?);
            lines.push(line);
        }
        let mut told = vec![told_review(&review), told_lines(&lines)];
        self.tell_reviewers(&review, &lines, 0, now).into_parts(&mut told, &mut changes);
        Ok((told, changes, lines.len()))
    }

    /// Those whose lines wait are told; for each step it is another notice.
    pub(super) fn tell_reviewers(&self, review: &Review, lines: &[Line], step: i64, now: UnixMs) -> Telling {
        let waiting = lines.iter().filter(|l| l.state == "open").filter_map(|l| l.reviewer);
        let to: BTreeSet<UserId> = waiting.collect();
        let news = News::of(NoticeKind::ReviewWaits, now).about(review.id.as_bytes()).until(review.ends_at());
        self.tell(&news.once_for(step), to)
    }

    /// Begins one that a plan wants; whether it was begun now, and not by another node.
    pub(super) async fn begin_due(&self, due: Due, now: UnixMs) -> Result<bool, Refusal> {
        check_campaign(&due.campaign, &self.company())?;
        let detail = json!({ "act": "review.begin", "review": due.id, "plan": due.plan, "campaign": due.campaign });
        let (told, changes, _) = self.draft_review(due.id, due.campaign, (None, Some(due.plan)), now).await?;
        self.review_step(detail, told, changes, now).await
    }

    /// One unit of the house's; whether it was made, and nobody came first.
    pub(super) async fn review_step(
        &self,
        detail: serde_json::Value,
        told: Vec<Told>,
        changes: Vec<Change>,
        now: UnixMs,
    ) -> Result<bool, Refusal> {
        let caller = Self::system_caller(Channel::Job, "reviews", now);
        let detail = access::path::tell(detail, told);
        made(self.gate.note(&caller, Action::ReviewManage, Decision::Allowed, detail, changes).await.map(|_| ()))
    }
}

/// Whether a unit was made; not, if another node came first.
pub(super) fn made(noted: Result<(), JournalError>) -> Result<bool, Refusal> {
    match noted {
        Ok(()) => Ok(true),
        Err(JournalError::Conflict { .. } | JournalError::Taken { .. }) => Ok(false),
        Err(JournalError::Failed { reason, .. }) => Err(Refusal::StoreUnavailable(reason)),
        Err(JournalError::Unavailable) => Err(Refusal::AuditUnavailable),
    }
}
