//! Campaigns and lines as the API has them.

use std::collections::{BTreeMap, BTreeSet};

use govern::review::{self, Campaign, Evidence, Holding, Item, Pace, Plan, ReviewerRule, Rhythm, Unanswered, Verdict};
use model::{DepartmentId, RoleName, Text, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use store::reviews::{Applied, Decided, Figures, Passed, ReviewCard, ReviewLineView, ReviewerProgress};
use utoipa::ToSchema;

use crate::schema::Label;

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewHolding {
    Roles,
    Shares,
    Tokens,
}

/// Who answers for a line.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewerChoice {
    /// The manager of whoever has it.
    Manager,
    /// The role's owner, as the campaign names them.
    RoleOwner,
    /// One person.
    Person,
}

/// What becomes of a line that nobody answers.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnansweredChoice {
    Keep,
    Revoke,
    Recommended,
}

/// By what a plan's campaign begins.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewRhythm {
    Once,
    Quarterly,
    HalfYearly,
    RoleChange,
    Transfer,
    /// Somebody did nothing for 30 days.
    Absence,
    /// A case about somebody was closed as true.
    Case,
}

macro_rules! both {
    ($form:ident <=> $own:ident: $($name:ident),*) => {
        impl From<$form> for $own {
            fn from(f: $form) -> Self {
                match f { $($form::$name => $own::$name,)* }
            }
        }
        impl From<$own> for $form {
            fn from(o: $own) -> Self {
                match o { $($own::$name => $form::$name,)* }
            }
        }
    };
}
both!(ReviewHolding <=> Holding: Roles, Shares, Tokens);
both!(ReviewerChoice <=> ReviewerRule: Manager, RoleOwner, Person);
both!(UnansweredChoice <=> Unanswered: Keep, Revoke, Recommended);
both!(ReviewRhythm <=> Rhythm: Once, Quarterly, HalfYearly, RoleChange, Transfer, Absence, Case);

/// What a campaign is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewForm {
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
    #[schema(value_type = Vec<ReviewHolding>, min_items = 1, max_items = 3)]
    pub what: BTreeSet<ReviewHolding>,
    /// Of people of this department and those below it; else of everybody.
    #[serde(default)]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub department: Option<DepartmentId>,
    /// Of holders of this role; of roles, this one alone.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub role: Option<RoleName>,
    /// Of one person.
    #[serde(default)]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub of: Option<UserId>,
    pub reviewer: ReviewerChoice,
    /// Where one person reviews.
    #[serde(default)]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub person: Option<UserId>,
    /// By role: who owns it.
    #[serde(default)]
    #[schema(value_type = std::collections::BTreeMap<String, uuid::Uuid>)]
    pub owners: BTreeMap<RoleName, UserId>,
    /// Who stands in where the reviewer is away.
    #[serde(default)]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub deputy: Option<UserId>,
    #[schema(minimum = 1, maximum = 90)]
    pub due_days: u32,
    /// Days past the date in which whoever stands above the reviewer can answer.
    #[schema(minimum = 0, maximum = 30)]
    pub grace_days: u32,
    pub unanswered: UnansweredChoice,
}

impl From<ReviewForm> for Campaign {
    fn from(f: ReviewForm) -> Self {
        Self {
            name: f.name.trim().to_owned(),
            what: f.what.into_iter().map(Holding::from).collect(),
            department: f.department,
            role: f.role,
            of: f.of,
            reviewer: f.reviewer.into(),
            person: f.person,
            owners: f.owners,
            deputy: f.deputy,
            due_days: f.due_days,
            grace_days: f.grace_days,
            unanswered: f.unanswered.into(),
        }
    }
}

impl From<Campaign> for ReviewForm {
    fn from(c: Campaign) -> Self {
        Self {
            name: c.name,
            what: c.what.into_iter().map(ReviewHolding::from).collect(),
            department: c.department,
            role: c.role,
            of: c.of,
            reviewer: c.reviewer.into(),
            person: c.person,
            owners: c.owners,
            deputy: c.deputy,
            due_days: c.due_days,
            grace_days: c.grace_days,
            unanswered: c.unanswered.into(),
        }
    }
}

/// A campaign that begins by itself, or is kept to be begun by hand.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewPlanForm {
    /// Lower-case letters, digits and `_`. It stays the same: a period's campaign is begun once by it.
    #[schema(min_length = 1, max_length = 40, pattern = "^[a-z][a-z0-9_]*$", example = "quarterly")]
    pub id: String,
    pub campaign: ReviewForm,
    pub when: ReviewRhythm,
    /// Whether it begins by itself.
    pub on: bool,
}

impl From<ReviewPlanForm> for Plan {
    fn from(p: ReviewPlanForm) -> Self {
        Self { id: p.id, campaign: p.campaign.into(), when: p.when.into(), on: p.on, since: UnixMs::default() }
    }
}
impl From<Plan> for ReviewPlanForm {
    fn from(p: Plan) -> Self {
        Self { id: p.id, campaign: p.campaign.into(), when: p.when.into(), on: p.on }
    }
}

/// Something that somebody has.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewItem {
    /// `role`, `share` or `token`.
    pub kind: &'static str,
    #[schema(required = true, value_type = Option<String>)]
    pub role: Option<RoleName>,
    #[schema(required = true, value_type = Option<Label>)]
    pub label: Option<Text>,
    /// Of a share: which record. Nothing of it is shown.
    #[schema(required = true)]
    pub object: Option<String>,
    #[schema(required = true)]
    pub record: Option<uuid::Uuid>,
    /// Of a share: whether it is to edit.
    #[schema(required = true)]
    pub edit: Option<bool>,
    /// Of a token: its name, and whether it may do all that its owner may.
    #[schema(required = true)]
    pub name: Option<String>,
    #[schema(required = true)]
    pub all: Option<bool>,
    /// When it ends by itself.
    #[schema(required = true)]
    pub until: Option<i64>,
}

impl From<Item> for ReviewItem {
    fn from(item: Item) -> Self {
        let none = ReviewItem {
            kind: "role",
            role: None,
            label: None,
            object: None,
            record: None,
            edit: None,
            name: None,
            all: None,
            until: None,
        };
        match item {
            Item::Role { role, label } => Self { role: Some(role), label: Some(label), ..none },
            Item::Share { object, record, edit, until, .. } => Self {
                kind: "share",
                object: Some(object.to_string()),
                record: Some(record.0),
                edit: Some(edit),
                until: until.map(|t| t.0),
                ..none
            },
            Item::Token { name, all, expires_at, .. } => {
                Self { kind: "token", name: Some(name), all: Some(all), until: Some(expires_at.0), ..none }
            }
        }
    }
}

/// What is known of a line's use, as it was when the campaign began. Counted over 90 days.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewEvidence {
    #[schema(required = true)]
    pub since: Option<i64>,
    #[schema(required = true)]
    pub last_used: Option<i64>,
    pub used: u64,
    /// Of a role: how many rights it gives, and how many of them were not used.
    pub rights: u32,
    pub unused: u32,
    /// Colleagues of the same department, and those of them who have the same.
    pub peers: u32,
    pub peers_with: u32,
    /// Thousandths of the accesses that had a reason that the system saw.
    #[schema(required = true)]
    pub explained: Option<u32>,
    /// `null` for who may not read alerts.
    #[schema(required = true)]
    pub alerts: Option<u32>,
    /// Combinations that it is a part of, in words.
    #[schema(value_type = Vec<Label>)]
    pub toxic: Vec<Text>,
    /// Whether whoever has it does not work here any more.
    pub left: bool,
    /// Whether it is an administrative duty.
    pub duty: bool,
}

/// Combinations in words.
pub(crate) fn toxic_words(ids: &[String]) -> Vec<Text> {
    let words = |id: &String| review::TOXIC.iter().find(|r| r.id == id).map(|r| Text::new(r.zh, r.en));
    ids.iter().filter_map(words).collect()
}

fn evidence(e: Evidence, alerts: Option<u32>) -> ReviewEvidence {
    ReviewEvidence {
        since: e.since.map(|t| t.0),
        last_used: e.last_used.map(|t| t.0),
        used: e.used,
        rights: e.rights,
        unused: e.unused,
        peers: e.peers,
        peers_with: e.peers_with,
        explained: e.explained,
        alerts,
        toxic: toxic_words(&e.toxic),
        left: e.left,
        duty: e.duty,
    }
}

/// What was decided.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewDecision {
    /// `keep`, `narrow` or `revoke`.
    pub verdict: &'static str,
    /// Of what is narrowed: when it ends, and whether a share is for reading from then on.
    #[schema(required = true)]
    pub until: Option<i64>,
    pub read_only: bool,
    /// `null`: nobody answered, and it fell to what the campaign says.
    #[schema(required = true)]
    pub by: Option<String>,
    pub at: i64,
    pub reason: String,
    pub bulk: bool,
}

fn decision(d: Decided, by: Option<String>) -> ReviewDecision {
    let (until, read_only) = match d.verdict {
        Verdict::Narrow { until, read_only } => (until.map(|t| t.0), read_only),
        _ => (None, false),
    };
    ReviewDecision { verdict: d.verdict.as_str(), until, read_only, by, at: d.at.0, reason: d.reason, bulk: d.bulk }
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewOutcome {
    pub at: i64,
    /// `kept`, `applied`, `gone` where it had ended already, `failed`.
    pub what: String,
    /// Why it could not be done: a code of the API.
    #[schema(required = true)]
    pub code: Option<String>,
    /// When what was narrowed to a moment ended.
    #[schema(required = true)]
    pub ended_at: Option<i64>,
}

impl From<Applied> for ReviewOutcome {
    fn from(a: Applied) -> Self {
        Self { at: a.at.0, what: a.what, code: a.code, ended_at: a.ended_at.map(|t| t.0) }
    }
}

/// A line that was passed on.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewPassed {
    pub to: String,
    pub at: i64,
    /// Whether the house did so, past the date.
    pub by_house: bool,
    pub reason: String,
}

/// One line.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewLine {
    pub id: uuid::Uuid,
    /// Who has it; `null` of a share with a department or role.
    #[schema(required = true)]
    pub user: Option<uuid::Uuid>,
    #[schema(required = true)]
    pub user_name: Option<String>,
    #[schema(required = true)]
    pub department: Option<String>,
    pub item: ReviewItem,
    pub evidence: ReviewEvidence,
    /// What the house would do: `keep`, `narrow` or `revoke`.
    pub advice: String,
    /// `left`, `toxic`, `unused`, `outlier`, `never_edited`, `young`, `duty`, `used`; the weightiest first.
    pub why: Vec<&'static str>,
    /// `low`, `medium` or `high`. Of low risk alone several are answered together.
    pub risk: &'static str,
    #[schema(required = true)]
    pub reviewer: Option<uuid::Uuid>,
    #[schema(required = true)]
    pub reviewer_name: Option<String>,
    pub passed: Vec<ReviewPassed>,
    #[schema(required = true)]
    pub decided: Option<ReviewDecision>,
    #[schema(required = true)]
    pub outcome: Option<ReviewOutcome>,
    /// When what was narrowed ends.
    #[schema(required = true)]
    pub ends_at: Option<i64>,
}

impl From<ReviewLineView> for ReviewLine {
    fn from(l: ReviewLineView) -> Self {
        let passed =
            |(p, to): (Passed, String)| ReviewPassed { to, at: p.at.0, by_house: p.by.is_none(), reason: p.reason };
        let by = l.decided_by;
        Self {
            id: l.id.0,
            user: l.user.map(|u| u.0),
            user_name: l.user_name,
            department: l.department,
            item: l.item.into(),
            evidence: evidence(l.evidence, l.alerts),
            advice: l.advice.verdict,
            why: l.advice.why.into_iter().map(govern::review::Why::as_str).collect(),
            risk: l.risk.as_str(),
            reviewer: l.reviewer.map(|u| u.0),
            reviewer_name: l.reviewer_name,
            passed: l.passed.into_iter().map(passed).collect(),
            decided: l.decided.map(|d| decision(d, by)),
            outcome: l.applied.map(ReviewOutcome::from),
            ends_at: l.ends_at.map(|t| t.0),
        }
    }
}

/// Numbers of a campaign.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewFigures {
    pub lines: usize,
    /// By a person.
    pub answered: usize,
    pub keep: usize,
    pub narrow: usize,
    pub revoke: usize,
    /// That nobody answered before it closed.
    pub automatic: usize,
    pub applied: usize,
    pub failed: usize,
    /// That the house would take away or narrow.
    pub advised: usize,
    /// Rights that were not used in 90 days: when it began, and of what stays.
    pub unused_before: u64,
    pub unused_after: u64,
}

impl From<Figures> for ReviewFigures {
    fn from(f: Figures) -> Self {
        let Figures { lines, answered, keep, narrow, revoke, automatic, applied, failed, advised, .. } = f;
        let (unused_before, unused_after) = (f.unused_before, f.unused_after);
        Self { lines, answered, keep, narrow, revoke, automatic, applied, failed, advised, unused_before, unused_after }
    }
}

/// A campaign, as a list says it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewCardForm {
    pub id: uuid::Uuid,
    pub name: String,
    /// `open`, `closing`, `closed` or `cancelled`.
    pub state: &'static str,
    pub began_at: i64,
    pub due_at: i64,
    /// Past it what nobody answered falls to what the campaign says.
    pub ends_at: i64,
    #[schema(required = true)]
    pub closed_at: Option<i64>,
    /// `null` where a plan began it.
    #[schema(required = true)]
    pub by: Option<String>,
    #[schema(required = true)]
    pub plan: Option<String>,
    pub figures: ReviewFigures,
    /// Reviewers who decided without looking.
    pub hasty: usize,
}

impl From<ReviewCard> for ReviewCardForm {
    fn from(c: ReviewCard) -> Self {
        Self {
            id: c.id.0,
            name: c.name,
            state: c.state,
            began_at: c.began_at.0,
            due_at: c.due_at.0,
            ends_at: c.ends_at.0,
            closed_at: c.closed_at.map(|t| t.0),
            by: c.by,
            plan: c.plan,
            figures: c.figures.into(),
            hasty: c.hasty,
        }
    }
}

/// How a reviewer decided.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewPace {
    pub decisions: usize,
    /// Between one act and the next.
    #[schema(required = true)]
    pub median_ms: Option<i64>,
    /// Thousandths.
    pub kept: u32,
    pub bulk: u32,
    /// Whether it was too fast, or too much at once, to be a look at each.
    pub hasty: bool,
}

impl From<Pace> for ReviewPace {
    fn from(p: Pace) -> Self {
        let Pace { decisions, median_ms, kept, bulk, hasty } = p;
        Self { decisions, median_ms, kept, bulk, hasty }
    }
}

/// How far a reviewer is.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewerForm {
    /// `null`: nobody could be found who may answer.
    #[schema(required = true)]
    pub user: Option<uuid::Uuid>,
    pub name: String,
    pub lines: usize,
    pub open: usize,
    pub pace: ReviewPace,
}

impl From<ReviewerProgress> for ReviewerForm {
    fn from(r: ReviewerProgress) -> Self {
        Self { user: r.user.map(|u| u.0), name: r.name, lines: r.lines, open: r.open, pace: r.pace.into() }
    }
}
