//! Campaigns as those who look after them see them.

use std::collections::BTreeMap;

use access::path::{Disclosed, Grant, Refusal};
use govern::review::{Advice, Campaign, Evidence, Item, Pace, Risk, Verdict};
use model::{Action, ReviewId, ReviewLineId, UnixMs, UserId};
use serde::{Deserialize, Serialize};

use super::result::paces;
use super::row::{Applied, Decided, Line, Passed, Review};
use crate::Store;
use crate::company::Loaded;

/// Most campaigns in one answer.
const MOST_LISTED: usize = 200;
/// Most lines in one answer.
const MOST_SHOWN: usize = 1_000;

#[derive(Debug)]
pub struct ListReviews;

#[derive(Debug)]
pub struct ShowReview {
    pub id: ReviewId,
}

/// Which lines are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LineFilter {
    /// `open`, `keep`, `narrow`, `revoke`, `failed`, `high`.
    pub only: Option<String>,
    pub reviewer: Option<UserId>,
}

#[derive(Debug)]
pub struct ListReviewLines {
    pub id: ReviewId,
    pub filter: LineFilter,
}

/// Numbers of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Figures {
    pub lines: usize,
    pub answered: usize,
    /// Of what was answered, or fell to what the campaign says.
    pub keep: usize,
    pub narrow: usize,
    pub revoke: usize,
    /// That nobody answered before it closed.
    pub automatic: usize,
    pub applied: usize,
    pub failed: usize,
    /// Lines that the house would take away or narrow.
    pub advised: usize,
    /// Rights of these lines that were not used in the days looked back: when it began, and of what stays.
    pub unused_before: u64,
    pub unused_after: u64,
}

impl Figures {
    pub(super) fn of(lines: &[Line]) -> Self {
        let mut f = Figures { lines: lines.len(), ..Figures::default() };
        for line in lines {
            let unused = match line.body.item {
                Item::Role { .. } => u64::from(line.body.evidence.unused),
                _ => u64::from(line.body.evidence.last_used.is_none()),
            };
            f.unused_before += unused;
            f.advised += usize::from(line.body.advice.verdict != "keep");
            let decided = line.body.decided.as_ref();
            match decided.map(|d| d.verdict) {
                Some(Verdict::Keep) => f.keep += 1,
                Some(Verdict::Narrow { .. }) => f.narrow += 1,
                Some(Verdict::Revoke) => f.revoke += 1,
                None => {}
            }
            f.answered += usize::from(decided.is_some_and(|d| d.by.is_some()));
            f.automatic += usize::from(decided.is_some_and(|d| d.by.is_none()));
            let what = line.body.applied.as_ref().map(|a| a.what.as_str());
            f.applied += usize::from(what == Some("applied"));
            f.failed += usize::from(what == Some("failed"));
            let gone =
                matches!(decided.map(|d| d.verdict), Some(Verdict::Revoke)) && matches!(what, Some("applied" | "gone"));
            f.unused_after += if gone { 0 } else { unused };
        }
        f
    }
}

/// What a list says of a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewCard {
    pub id: ReviewId,
    pub name: String,
    pub state: &'static str,
    pub began_at: UnixMs,
    pub due_at: UnixMs,
    pub ends_at: UnixMs,
    pub closed_at: Option<UnixMs>,
    pub by: Option<String>,
    pub plan: Option<String>,
    pub figures: Figures,
    /// Reviewers who decided without looking.
    pub hasty: usize,
}

/// How far a reviewer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewerProgress {
    /// `None`: nobody could be found.
    pub user: Option<UserId>,
    pub name: String,
    pub lines: usize,
    pub open: usize,
    pub pace: Pace,
}

/// One campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewView {
    pub card: ReviewCard,
    pub campaign: Campaign,
    pub head: Option<govern::Head>,
    pub escalated: bool,
    /// Of the signed list, as the log holds it.
    pub sha256: Option<String>,
    pub reviewers: Vec<ReviewerProgress>,
}

/// A line as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewLineView {
    pub id: ReviewLineId,
    pub user: Option<UserId>,
    pub user_name: Option<String>,
    pub department: Option<String>,
    pub item: Item,
    /// `alerts` is left out for who may not read alerts.
    pub evidence: Evidence,
    pub alerts: Option<u32>,
    pub advice: Advice,
    pub risk: Risk,
    pub reviewer: Option<UserId>,
    pub reviewer_name: Option<String>,
    pub passed: Vec<(Passed, String)>,
    pub decided: Option<Decided>,
    pub decided_by: Option<String>,
    pub applied: Option<Applied>,
    pub ends_at: Option<UnixMs>,
}

fn name(company: &Loaded, id: UserId) -> String {
    company.users.get(&id).map_or_else(|| id.to_string(), |u| u.name.clone())
}

impl ReviewLineView {
    pub(super) fn of(line: &Line, company: &Loaded, alerts: bool) -> Self {
        let department = line.subject.and_then(|id| company.users.get(&id)).map(|u| u.department);
        let department = department.and_then(|id| company.departments.get(&id)).map(|d| d.name.clone());
        let count = line.body.evidence.alerts;
        Self {
            id: line.id,
            user: line.subject,
            user_name: line.subject.map(|id| name(company, id)),
            department,
            item: line.body.item.clone(),
            evidence: Evidence { alerts: None, ..line.body.evidence.clone() },
            alerts: count.filter(|_| alerts),
            advice: line.body.advice.clone(),
            risk: line.body.risk,
            reviewer: line.reviewer,
            reviewer_name: line.reviewer.map(|id| name(company, id)),
            passed: line.body.passed.iter().map(|p| (p.clone(), name(company, p.to))).collect(),
            decided: line.body.decided.clone(),
            decided_by: line.body.decided.as_ref().and_then(|d| d.by).map(|id| name(company, id)),
            applied: line.body.applied.clone(),
            ends_at: line.ends_at,
        }
    }
}

impl Store {
    fn review_card(&self, review: &Review, lines: &[Line]) -> ReviewCard {
        let company = self.company();
        ReviewCard {
            id: review.id,
            name: review.body.campaign.name.clone(),
            state: review.state.as_str(),
            began_at: review.began_at,
            due_at: review.due_at,
            ends_at: review.ends_at(),
            closed_at: review.body.closed_at,
            by: review.body.by.map(|id| name(&company, id)),
            plan: review.body.plan.clone(),
            figures: Figures::of(lines),
            hasty: paces(lines).values().filter(|p| p.hasty).count(),
        }
    }

    /// Campaigns, newest first.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_reviews(&self, grant: Grant<ListReviews>) -> Result<Disclosed<Vec<ReviewCard>>, Refusal> {
        let all = async {
            let condition = format!("1 = 1 ORDER BY began_at DESC, id DESC LIMIT {MOST_LISTED}");
            let mut cards = vec![];
            for review in self.reviews_where(&condition, vec![]).await? {
                let lines = self.lines_of(review.id).await?;
                cards.push(self.review_card(&review, &lines));
            }
            Ok(cards)
        };
        match all.await {
            Ok(all) => grant.carry_out(vec![], all).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]; recorded.
    pub async fn show_review(&self, grant: Grant<ShowReview>) -> Result<Disclosed<ReviewView>, Refusal> {
        let view = async {
            let review = self.review(grant.operation().id).await?.ok_or(Refusal::NotFound)?;
            let lines = self.lines_of(review.id).await?;
            let paces = paces(&lines);
            let company = self.company();
            let mut by: BTreeMap<Option<UserId>, (usize, usize)> = BTreeMap::new();
            for line in &lines {
                let one = by.entry(line.reviewer).or_default();
                one.0 += 1;
                one.1 += usize::from(line.state == "open");
            }
            // Who answered and passed the rest on is among them.
            for user in paces.keys() {
                by.entry(Some(*user)).or_default();
            }
            let progress = |(user, (lines, open)): (Option<UserId>, (usize, usize))| ReviewerProgress {
                user,
                name: user.map_or_else(String::new, |id| name(&company, id)),
                lines,
                open,
                pace: user.and_then(|id| paces.get(&id)).copied().unwrap_or_default(),
            };
            Ok(ReviewView {
                card: self.review_card(&review, &lines),
                campaign: review.body.campaign.clone(),
                head: review.body.head.clone(),
                escalated: review.body.escalated,
                sha256: review.body.sha256.clone(),
                reviewers: by.into_iter().map(progress).collect(),
            })
        };
        match view.await {
            Ok(view) => grant.carry_out(vec![], view).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Lines of a campaign, at most 1,000, and whether these are all.
    ///
    /// # Errors
    /// As [`Store::show_review`].
    pub async fn list_review_lines(
        &self,
        grant: Grant<ListReviewLines>,
    ) -> Result<Disclosed<(Vec<ReviewLineView>, bool)>, Refusal> {
        let alerts = grant.has_duty(Action::AlertRead);
        let found = async {
            let ListReviewLines { id, filter } = grant.operation();
            let review = self.review(*id).await?.ok_or(Refusal::NotFound)?;
            let mut lines = self.lines_of(review.id).await?;
            let meant = |l: &Line| {
                let decided = l.body.decided.as_ref().map(|d| d.verdict.as_str());
                let only = match filter.only.as_deref() {
                    None => true,
                    Some("open") => l.state == "open",
                    Some("high") => l.body.risk == Risk::High,
                    Some("failed") => l.body.applied.as_ref().is_some_and(|a| a.what == "failed"),
                    Some(verdict) => decided == Some(verdict),
                };
                only && filter.reviewer.is_none_or(|r| l.reviewer == Some(r))
            };
            lines.retain(meant);
            lines.sort_by(|a, b| b.body.risk.cmp(&a.body.risk).then(a.id.cmp(&b.id)));
            let complete = lines.len() <= MOST_SHOWN;
            lines.truncate(MOST_SHOWN);
            let company = self.company();
            Ok((lines.iter().map(|l| ReviewLineView::of(l, &company, alerts)).collect(), complete))
        };
        match found.await {
            Ok(found) => grant.carry_out(vec![], found).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}
