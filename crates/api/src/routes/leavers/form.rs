//! Shapes of this room.

use serde::Serialize;
use store::leavers::{
    Asked, Ended, FigureLine, LeaverCard, LeaverFigures, LeaverView, Standing, Unmet, VerdictView, asked,
};
use utoipa::ToSchema;

/// A leaver in a list.
#[derive(Serialize, ToSchema)]
pub struct LeaverItem {
    pub id: uuid::Uuid,
    pub user: uuid::Uuid,
    pub name: String,
    #[schema(required = true)]
    pub department: Option<String>,
    /// `open`, `judged` (a verdict stands), `closed` or `withdrawn`.
    pub state: &'static str,
    /// Days of the company's calendar, `YYYY-MM-DD`.
    pub notice_on: String,
    pub last_on: String,
    /// When the last day is over.
    pub last_at: i64,
    /// The last day is within a week, or over.
    pub near: bool,
    /// The last day is over and it is not closed.
    pub overdue: bool,
    /// `nothing_unusual`, `explained` or `case`.
    #[schema(required = true)]
    pub verdict: Option<&'static str>,
    /// Who recorded it; `null`: the house, when a handover began.
    #[schema(required = true)]
    pub by: Option<String>,
    pub began_at: i64,
}

impl From<LeaverCard> for LeaverItem {
    fn from(c: LeaverCard) -> Self {
        Self {
            id: c.id.0,
            user: c.user.0,
            name: c.name,
            department: c.department,
            state: c.state.as_str(),
            notice_on: c.notice_on,
            last_on: c.last_on,
            last_at: c.last_at.0,
            near: c.near,
            overdue: c.overdue,
            verdict: c.verdict.map(|v| v.as_str()),
            by: c.by,
            began_at: c.began_at.0,
        }
    }
}

/// The question to the access log whose answer a figure's events are; the person and the span are asked for besides.
#[derive(Serialize, ToSchema)]
pub struct LeaverQuestion {
    pub actions: Vec<&'static str>,
    #[schema(required = true)]
    pub decision: Option<&'static str>,
    #[schema(required = true)]
    pub channel: Option<&'static str>,
    #[schema(required = true)]
    pub explained: Option<bool>,
}

impl From<Asked> for LeaverQuestion {
    fn from(a: Asked) -> Self {
        Self {
            actions: a.actions.iter().map(|a| a.as_str()).collect(),
            decision: a.decision.map(|d| d.as_str()),
            channel: a.channel.map(|c| c.as_str()),
            explained: a.explained,
        }
    }
}

/// A figure over three spans, beside colleagues.
#[derive(Serialize, ToSchema)]
pub struct LeaverFigure {
    /// `customers`, `views`, `reveals`, `exports`, `exported` (records), `prints`, `files`, `api`, `off_hours`, `unexplained`, `shares`,
    /// `emergency`, `refused`, `alerts` or `cases`.
    pub figure: &'static str,
    /// In as many days before those looked back at; `null` where the log does not reach so far.
    #[schema(required = true)]
    pub earlier: Option<u64>,
    /// In the days before the notice.
    pub before: u64,
    /// Since the notice.
    pub since: u64,
    /// In the middle of colleagues; `null` where there are fewer than three.
    #[schema(required = true)]
    pub peers_before: Option<u64>,
    #[schema(required = true)]
    pub peers_since: Option<u64>,
    /// Whether it stands out.
    pub loud: bool,
    /// `null` of what is no figure of events.
    #[schema(required = true)]
    pub question: Option<LeaverQuestion>,
}

impl From<FigureLine> for LeaverFigure {
    fn from(l: FigureLine) -> Self {
        Self {
            figure: l.figure.as_str(),
            earlier: l.earlier,
            before: l.before,
            since: l.since,
            peers_before: l.peers_before,
            peers_since: l.peers_since,
            loud: l.loud,
            question: asked(l.figure).map(LeaverQuestion::from),
        }
    }
}

/// The look-back.
#[derive(Serialize, ToSchema)]
pub struct LeaverLookBack {
    /// Days looked back from the notice.
    pub days: u32,
    pub earlier_from: i64,
    pub before_from: i64,
    pub notice_at: i64,
    pub until: i64,
    /// Colleagues of the same role that are counted, and whether they are of the whole company: in the department there are too few.
    pub peers: usize,
    pub company_wide: bool,
    pub lines: Vec<LeaverFigure>,
}

impl From<LeaverFigures> for LeaverLookBack {
    fn from(f: LeaverFigures) -> Self {
        Self {
            days: f.days,
            earlier_from: f.earlier_from.0,
            before_from: f.before_from.0,
            notice_at: f.notice_at.0,
            until: f.until.0,
            peers: f.peers,
            company_wide: f.company_wide,
            lines: f.lines.into_iter().map(LeaverFigure::from).collect(),
        }
    }
}

/// What is still the leaver's.
#[derive(Serialize, ToSchema)]
pub struct LeaverStanding {
    pub account_active: bool,
    /// `none`, `running`, `done`, or `left` where records were left over or its outcome is unknown.
    pub handover: &'static str,
    /// Records they own.
    pub owned: i64,
    pub shares_given: i64,
    pub shares_held: i64,
    pub sessions: i64,
    pub tokens: i64,
    /// Rights for a time that are in force.
    pub grants: i64,
    /// People who report to them, and programs they answer for.
    pub reports: i64,
    pub services: i64,
    /// Pools that name them.
    pub pools: i64,
}

impl From<Standing> for LeaverStanding {
    fn from(s: Standing) -> Self {
        Self {
            account_active: s.account_active,
            handover: s.handover,
            owned: s.owned,
            shares_given: s.shares_given,
            shares_held: s.shares_held,
            sessions: s.sessions,
            tokens: s.tokens,
            grants: s.grants,
            reports: s.reports,
            services: s.services,
            pools: s.pools,
        }
    }
}

/// The verdict, and what it was given by.
#[derive(Serialize, ToSchema)]
pub struct LeaverJudged {
    /// `nothing_unusual`, `explained` or `case`.
    pub verdict: &'static str,
    pub reason: String,
    pub by: String,
    pub at: i64,
    #[schema(required = true)]
    pub case: Option<uuid::Uuid>,
    /// How many entries the signed log had; `null` where it was not signed yet.
    #[schema(required = true)]
    pub log_size: Option<u64>,
    pub figures: LeaverLookBack,
    /// The figures as they are kept: the text of which the event of the verdict tells the SHA-256.
    pub text: String,
    /// In hexadecimal.
    pub sha256: String,
}

impl From<VerdictView> for LeaverJudged {
    fn from(v: VerdictView) -> Self {
        Self {
            verdict: v.judged.verdict.as_str(),
            reason: v.judged.reason,
            by: v.by,
            at: v.judged.at.0,
            case: v.judged.case.map(|c| c.0),
            log_size: v.judged.head.map(|h| h.size),
            figures: v.judged.figures.into(),
            text: v.text,
            sha256: v.judged.sha256,
        }
    }
}

/// How it ended.
#[derive(Serialize, ToSchema)]
pub struct LeaverEnded {
    pub by: String,
    pub at: i64,
    /// Why the notice was taken back; empty where it was closed.
    pub reason: String,
}

/// One leaver.
#[derive(Serialize, ToSchema)]
pub struct LeaverDetail {
    pub card: LeaverItem,
    /// Why it is known.
    pub reason: String,
    pub look_back: LeaverLookBack,
    pub standing: LeaverStanding,
    /// What stands in the way of closing, as the codes of the refusal: `leaver_unjudged`, `leaver_account_active`,
    /// `leaver_not_handed_over`.
    pub unmet: Vec<&'static str>,
    #[schema(required = true)]
    pub verdict: Option<LeaverJudged>,
    #[schema(required = true)]
    pub ended: Option<LeaverEnded>,
    /// Whether the reader may act on it.
    pub manages: bool,
}

impl From<LeaverView> for LeaverDetail {
    fn from(v: LeaverView) -> Self {
        let ended = |(e, by): (Ended, String)| LeaverEnded { by, at: e.at.0, reason: e.reason };
        Self {
            card: v.card.into(),
            reason: v.reason,
            look_back: v.figures.into(),
            standing: v.standing.into(),
            unmet: v.unmet.into_iter().map(Unmet::code).collect(),
            verdict: v.verdict.map(LeaverJudged::from),
            ended: v.ended.map(ended),
            manages: v.manages,
        }
    }
}
