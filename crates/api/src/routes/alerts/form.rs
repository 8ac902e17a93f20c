//! Alerts in the form the API says them in.

use serde::Serialize;
use store::watch::{AlertCounts, AlertDetail, AlertLine, HandledLine, ScorePart, Triaged};
use utoipa::ToSchema;
use uuid::Uuid;

/// An alert in a list. Moments are milliseconds since 1970.
#[derive(Serialize, ToSchema)]
pub struct Alert {
    pub id: Uuid,
    /// Whose acts it is about.
    pub subject: Uuid,
    pub subject_name: String,
    /// The rule's name.
    pub rule: String,
    pub title_zh: String,
    pub title_en: String,
    /// Why the rule fired, as a sentence.
    pub why_zh: String,
    pub why_en: String,
    /// `volume`, `duty`, `time_and_place`, `probing`, `privilege`, `leaver`, `scraping`, `canary`, `other`.
    pub family: String,
    /// `informational`, `low`, `medium`, `high`, `critical`.
    pub severity: String,
    /// `open`, `snoozed`, `closed`.
    pub state: String,
    /// Comparable within its rule.
    pub score: f64,
    pub first_at: i64,
    pub last_at: i64,
    pub opened_at: i64,
    /// How often the rule said it, each time louder than before.
    pub findings: u64,
    /// Events that made it.
    pub events: u64,
    /// `malicious`, `suspicious`, `expected`, `unknown`.
    #[schema(required = true)]
    pub feedback: Option<String>,
    #[schema(required = true)]
    pub snoozed_until: Option<i64>,
    #[schema(required = true)]
    pub case: Option<Uuid>,
    pub version: i64,
    /// The other system whose log it is about; `null` for ours.
    #[schema(required = true)]
    pub source: Option<String>,
    /// Why the reader may not handle it: `own_manager`.
    #[schema(required = true)]
    pub barred: Option<String>,
}

impl From<AlertLine> for Alert {
    fn from(a: AlertLine) -> Self {
        Self {
            id: a.id.0,
            subject: a.subject.0,
            subject_name: a.subject_name,
            rule: a.rule,
            title_zh: a.title_zh,
            title_en: a.title_en,
            why_zh: a.why_zh,
            why_en: a.why_en,
            family: a.family.to_owned(),
            severity: a.severity.as_str().to_owned(),
            state: a.state.as_str().to_owned(),
            score: a.score,
            first_at: a.first_at.0,
            last_at: a.last_at.0,
            opened_at: a.opened_at.0,
            findings: a.findings,
            events: a.events,
            feedback: a.feedback.map(|f| f.as_str().to_owned()),
            snoozed_until: a.snoozed_until.map(|t| t.0),
            case: a.case.map(|c| c.0),
            version: a.version,
            source: a.source,
            barred: a.barred.map(str::to_owned),
        }
    }
}

/// A page of alerts.
#[derive(Serialize, ToSchema)]
pub struct AlertPage {
    pub items: Vec<Alert>,
    /// The cursor of the next page; `null` at the end.
    #[schema(required = true)]
    pub next: Option<String>,
}

/// What a score is made of.
#[derive(Serialize, ToSchema)]
pub struct AlertPart {
    pub measure: String,
    pub zh: String,
    pub en: String,
    /// −log10 of how often somebody like this would be at or beyond it.
    pub score: f64,
    pub observed: f64,
    /// What this person does on such a day.
    pub expected: f64,
    /// What the peers do.
    pub peers: f64,
}

impl From<ScorePart> for AlertPart {
    fn from(p: ScorePart) -> Self {
        let ScorePart { measure, zh, en, score, observed, expected, peers } = p;
        Self { measure: measure.to_owned(), zh: zh.to_owned(), en: en.to_owned(), score, observed, expected, peers }
    }
}

/// What somebody did with an alert.
#[derive(Serialize, ToSchema)]
pub struct AlertAct {
    pub by: Uuid,
    pub by_name: String,
    pub at: i64,
    /// Where the alert stood afterwards.
    pub state: String,
    #[schema(required = true)]
    pub until: Option<i64>,
    #[schema(required = true)]
    pub feedback: Option<String>,
    #[schema(required = true)]
    pub note: Option<String>,
}

impl From<HandledLine> for AlertAct {
    fn from(h: HandledLine) -> Self {
        Self {
            by: h.by.0,
            by_name: h.by_name,
            at: h.handled.at.0,
            state: h.handled.state.as_str().to_owned(),
            until: h.handled.until.map(|t| t.0),
            feedback: h.handled.feedback.map(|f| f.as_str().to_owned()),
            note: h.handled.note,
        }
    }
}

/// An alert with its evidence.
#[derive(Serialize, ToSchema)]
pub struct AlertView {
    pub alert: Alert,
    /// What the rule counted, and the number at which it fires.
    pub count: u64,
    pub threshold: u64,
    pub parts: Vec<AlertPart>,
    /// The events it names, oldest first.
    #[schema(value_type = Vec<crate::schema::Event>)]
    pub evidence: Vec<store::audit::EventLine>,
    /// How many came before those.
    pub earlier: u64,
    /// What the person said of these events on their evenings.
    #[schema(value_type = Vec<crate::schema::OwnWords>)]
    pub own_words: Vec<store::cases::OwnWords>,
    pub handled: Vec<AlertAct>,
    /// Other alerts about the same person, newest first.
    pub others: Vec<Alert>,
    /// Of one closed as expected: a filter that would quiet the rule for this person (Sigma YAML). Nobody has put it in force.
    #[schema(required = true)]
    pub proposal: Option<String>,
}

impl From<AlertDetail> for AlertView {
    fn from(d: AlertDetail) -> Self {
        Self {
            alert: d.line.into(),
            count: d.count,
            threshold: d.threshold,
            parts: d.parts.into_iter().map(Into::into).collect(),
            evidence: d.evidence,
            earlier: d.earlier,
            own_words: d.own_words,
            handled: d.handled.into_iter().map(Into::into).collect(),
            others: d.others.into_iter().map(Into::into).collect(),
            proposal: d.proposal,
        }
    }
}

/// Open alerts by severity.
#[derive(Serialize, ToSchema)]
pub struct AlertCount {
    pub open: i64,
    pub critical: i64,
    pub high: i64,
    pub medium: i64,
    pub low: i64,
    pub informational: i64,
}

impl From<AlertCounts> for AlertCount {
    fn from(c: AlertCounts) -> Self {
        let AlertCounts { critical, high, medium, low, informational } = c;
        let open = critical + high + medium + low + informational;
        Self { open, critical, high, medium, low, informational }
    }
}

/// An alert that was handled.
#[derive(Serialize, ToSchema)]
pub struct AlertTriaged {
    pub alert: Alert,
    /// As in the alert itself.
    #[schema(required = true)]
    pub proposal: Option<String>,
}

impl From<Triaged> for AlertTriaged {
    fn from(t: Triaged) -> Self {
        Self { alert: t.line.into(), proposal: t.proposal }
    }
}
