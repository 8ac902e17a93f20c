//! The signed list: who had what on the first day, what was decided by whom, and what was done.

use std::collections::BTreeMap;

use govern::review::{Advice, Campaign, DecisionMade, Evidence, Item, Pace, Risk, Verdict, pace};
use govern::{Finding, Head};
use model::{ReviewId, ReviewLineId, Text, UnixMs, UserId};
use serde::{Deserialize, Serialize};

use super::read::Figures;
use super::row::{Applied, Decided, Line, Review};
use crate::Store;
use crate::audit::name_of;

/// A line of the list, with names as they were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultLine {
    pub line: ReviewLineId,
    pub user: Option<UserId>,
    pub user_name: Option<String>,
    pub department: Option<String>,
    pub item: Item,
    pub evidence: Evidence,
    pub advice: Advice,
    pub risk: Risk,
    pub reviewer: Option<UserId>,
    pub reviewer_name: Option<String>,
    pub decided: Option<Decided>,
    pub decided_by: Option<String>,
    pub applied: Option<Applied>,
}

/// How a reviewer answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewerResult {
    pub user: UserId,
    pub name: String,
    pub pace: Pace,
}

/// The list. Its JSON is what the log holds the SHA-256 of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewResult {
    /// 1.
    pub format: u32,
    pub id: ReviewId,
    pub company: String,
    pub zone: String,
    pub campaign: Campaign,
    pub plan: Option<String>,
    pub began_by: Option<String>,
    pub began_at: UnixMs,
    pub due_at: UnixMs,
    pub closed_at: UnixMs,
    /// The signed state of the log at the beginning, where there was one.
    pub head: Option<Head>,
    pub figures: Figures,
    pub reviewers: Vec<ReviewerResult>,
    pub findings: Vec<Finding>,
    pub lines: Vec<ResultLine>,
}

/// How each reviewer answered, by what stands in the lines.
pub(super) fn paces(lines: &[Line]) -> BTreeMap<UserId, Pace> {
    let mut made: BTreeMap<UserId, Vec<DecisionMade>> = BTreeMap::new();
    for decided in lines.iter().filter_map(|l| l.body.decided.as_ref()) {
        if let Some(by) = decided.by {
            let kept = decided.verdict == Verdict::Keep;
            made.entry(by).or_default().push(DecisionMade { at: decided.at, kept, bulk: decided.bulk });
        }
    }
    made.into_iter().map(|(user, made)| (user, pace(&made))).collect()
}

/// What the officer is told of a reviewer who did not look.
fn hasty(name: &str, p: &Pace) -> Finding {
    let seconds = p.median_ms.map_or_else(|| "—".to_owned(), |ms| format!("{}.{}", ms / 1000, ms % 1000 / 100));
    let share = |n: u32| format!("{}%", n / 10);
    let (kept, bulk) = (share(p.kept), share(p.bulk));
    Finding {
        rule: "review_hasty".to_owned(),
        severity: "medium".to_owned(),
        title: Text::new(format!("{name} 的复核像是走过场"), format!("{name} decided without looking")),
        condition: Text::new(
            format!("共 {} 项，中位间隔 {seconds} 秒，保留 {kept}，批量 {bulk}", p.decisions),
            format!("{} decisions, a median of {seconds} s apart, {kept} kept, {bulk} in bulk", p.decisions),
        ),
        criteria: Text::new(
            "复核人逐项查看使用证据后再决定。",
            "A reviewer looks at the evidence of each line before deciding.",
        ),
        cause: Text::new(
            "间隔过短或几乎全部批量保留。",
            "Too little time between decisions, or nearly all kept in bulk.",
        ),
        effect: Text::new("不需要的权限可能被保留。", "Rights that nobody needs may have stayed."),
        recommendation: Text::new(
            "请另一人重做这部分复核，并与复核人沟通。",
            "Have this part reviewed again by somebody else, and talk to the reviewer.",
        ),
        page: "/reviews".to_owned(),
        query: None,
    }
}

impl ReviewResult {
    pub(super) fn of(store: &Store, review: &Review, lines: &[Line], now: UnixMs) -> Self {
        let engine = store.gate().engine();
        let directory = engine.directory();
        let name = |id: UserId| name_of(directory, id);
        let department = |id: UserId| {
            let of = directory.user(id)?.department;
            directory.departments.get(&of).map(|d| d.name.clone())
        };
        let line = |l: &Line| ResultLine {
            line: l.id,
            user: l.subject,
            user_name: l.subject.map(name),
            department: l.subject.and_then(department),
            item: l.body.item.clone(),
            // Whoever may read reviews takes the list, and not all of them may read alerts.
            evidence: Evidence { alerts: None, ..l.body.evidence.clone() },
            advice: l.body.advice.clone(),
            risk: l.body.risk,
            reviewer: l.reviewer,
            reviewer_name: l.reviewer.map(name),
            decided: l.body.decided.clone(),
            decided_by: l.body.decided.as_ref().and_then(|d| d.by).map(name),
            applied: l.body.applied.clone(),
        };
        let paces = paces(lines);
        let findings = paces.iter().filter(|(_, p)| p.hasty).map(|(user, p)| hasty(&name(*user), p)).collect();
        Self {
            format: 1,
            id: review.id,
            company: store.gate().settings().company.clone(),
            zone: store.time_zone().1,
            campaign: review.body.campaign.clone(),
            plan: review.body.plan.clone(),
            began_by: review.body.by.map(name),
            began_at: review.began_at,
            due_at: review.due_at,
            closed_at: now,
            head: review.body.head.clone(),
            figures: Figures::of(lines),
            reviewers: paces.into_iter().map(|(user, pace)| ReviewerResult { user, name: name(user), pace }).collect(),
            findings,
            lines: lines.iter().map(line).collect(),
        }
    }
}
