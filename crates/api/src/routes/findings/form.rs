//! Shapes of this room.

use serde::Serialize;
use store::findings::{FindingCard, FindingPerson, FindingView, ScanCounts, ScanView, StepLine};
use utoipa::ToSchema;

/// Somebody.
#[derive(Serialize, ToSchema)]
pub struct FindingSomebody {
    pub id: uuid::Uuid,
    pub name: String,
}

impl From<FindingPerson> for FindingSomebody {
    fn from(p: FindingPerson) -> Self {
        Self { id: p.id.0, name: p.name }
    }
}

/// A finding in a list.
#[derive(Serialize, ToSchema)]
pub struct FindingItem {
    pub id: uuid::Uuid,
    pub title: String,
    /// What the tool calls it.
    pub rule: String,
    /// CVE numbers and the like.
    pub ids: Vec<String>,
    /// `informational`, `low`, `medium`, `high` or `critical`.
    pub severity: &'static str,
    /// `open`, `fixed` (claimed: a scan has not told yet), `verified`, `accepted` or `false_positive`.
    pub state: &'static str,
    pub asset: String,
    pub tool: String,
    /// What it is in: a host, an image, a package with its version.
    pub part: String,
    pub location: String,
    #[schema(required = true)]
    pub owner: Option<FindingSomebody>,
    pub found_at: i64,
    /// When a scan showed it last.
    pub seen_at: i64,
    /// While it is open.
    #[schema(required = true)]
    pub due_at: Option<i64>,
    pub overdue: bool,
    /// Somebody asks that it be set aside, and a second person has not agreed yet.
    pub waits: bool,
    /// Until when it is accepted.
    #[schema(required = true)]
    pub until: Option<i64>,
}

impl From<FindingCard> for FindingItem {
    fn from(c: FindingCard) -> Self {
        Self {
            id: c.id.0,
            title: c.title,
            rule: c.rule,
            ids: c.ids,
            severity: c.severity.as_str(),
            state: c.state.as_str(),
            asset: c.asset,
            tool: c.tool,
            part: c.part,
            location: c.location,
            owner: c.owner.map(Into::into),
            found_at: c.found_at.0,
            seen_at: c.seen_at.0,
            due_at: c.due_at.map(|t| t.0),
            overdue: c.overdue,
            waits: c.waits,
            until: c.until.map(|t| t.0),
        }
    }
}

/// As what it is set aside, or somebody asks that it be.
#[derive(Serialize, ToSchema)]
pub struct FindingAside {
    /// `accepted` or `false_positive`.
    pub kind: &'static str,
    pub reason: String,
    #[schema(required = true)]
    pub until: Option<i64>,
    pub by: String,
    pub at: i64,
    /// Who agreed.
    #[schema(required = true)]
    pub second: Option<String>,
    /// Or it waits for a second person.
    pub in_force: bool,
}

/// A line of a finding's history.
#[derive(Serialize, ToSchema)]
pub struct FindingStep {
    pub at: i64,
    /// `found`, `not_fixed`, `shown_again`, `verified`, `regraded`, `assigned`, `due`, `fixed`, `asked`, `accepted`, `false_positive`,
    /// `declined`, `reopened`, `expired`, `outgrown` or `overdue`.
    pub what: &'static str,
    /// `null`: the house, by a scan or by the time.
    #[schema(required = true)]
    pub by: Option<String>,
    #[schema(required = true)]
    pub scan: Option<uuid::Uuid>,
    #[schema(required = true)]
    pub to: Option<String>,
    #[schema(required = true)]
    pub until: Option<i64>,
    #[schema(required = true)]
    pub severity: Option<&'static str>,
    #[schema(required = true)]
    pub text: Option<String>,
}

impl From<StepLine> for FindingStep {
    fn from(l: StepLine) -> Self {
        Self {
            at: l.step.at.0,
            what: l.step.kind.as_str(),
            by: l.by,
            scan: l.step.scan.map(|s| s.0),
            to: l.to,
            until: l.step.until.map(|t| t.0),
            severity: l.step.severity.map(|s| s.as_str()),
            text: l.step.text,
        }
    }
}

/// A finding in full.
#[derive(Serialize, ToSchema)]
pub struct FindingDetail {
    pub card: FindingItem,
    pub version: i64,
    pub description: String,
    /// What the report says would mend it.
    pub fix: String,
    pub cwes: Vec<u32>,
    /// 0 to 100: ten times the score of CVSS.
    #[schema(required = true)]
    pub cvss_tenths: Option<u16>,
    #[schema(required = true)]
    pub cvss_vector: Option<String>,
    pub fingerprint: String,
    /// The assessment in which somebody raised it; no scan shows or closes it.
    #[schema(required = true)]
    pub assessment: Option<uuid::Uuid>,
    /// When it was opened last.
    pub opened_at: i64,
    #[schema(required = true)]
    pub aside: Option<FindingAside>,
    /// In the order of time.
    pub history: Vec<FindingStep>,
    /// Whether the reader may act on it.
    pub manages: bool,
    /// Whether the reader's word would set it aside.
    pub may_consent: bool,
    /// The longest time for which it can be accepted, in days.
    pub accept_days: u32,
    /// Whether setting it aside takes a second person.
    pub takes_two: bool,
}

impl From<FindingView> for FindingDetail {
    fn from(v: FindingView) -> Self {
        let aside = v.aside.map(|(a, by, second)| FindingAside {
            kind: a.kind.as_str(),
            reason: a.reason,
            until: a.until.map(|t| t.0),
            by,
            at: a.at.0,
            second,
            in_force: a.in_force,
        });
        let (cvss_tenths, cvss_vector) = v.finding.cvss.map_or((None, None), |c| (Some(c.tenths), c.vector));
        Self {
            card: v.card.into(),
            version: v.version,
            description: v.finding.description,
            fix: v.finding.fix,
            cwes: v.finding.cwes,
            cvss_tenths,
            cvss_vector,
            fingerprint: v.finding.fingerprint,
            assessment: v.raised.map(|r| r.assessment.0),
            opened_at: v.opened_at.0,
            aside,
            history: v.history.into_iter().map(Into::into).collect(),
            manages: v.manages,
            may_consent: v.may_consent,
            accept_days: v.accept_days,
            takes_two: v.takes_two,
        }
    }
}

/// What a scan did.
#[derive(Serialize, ToSchema)]
pub struct FindingCounts {
    /// Shown for the first time.
    pub found: u64,
    /// Known, and shown as before.
    pub still: u64,
    pub reopened: u64,
    /// Shown no more, and closed.
    pub verified: u64,
}

impl From<ScanCounts> for FindingCounts {
    fn from(c: ScanCounts) -> Self {
        let ScanCounts { found, still, reopened, verified } = c;
        Self { found, still, reopened, verified }
    }
}

/// A report of a scanner that was taken in.
#[derive(Serialize, ToSchema)]
pub struct ScanItem {
    pub id: uuid::Uuid,
    pub asset: String,
    pub tool: String,
    #[schema(required = true)]
    pub tool_version: Option<String>,
    /// `sarif`, `cyclonedx`, `osv`, `trivy`, `zap`, `nuclei` or `greenbone`.
    pub format: &'static str,
    pub file: String,
    pub sha256: String,
    pub bytes: u64,
    pub at: i64,
    pub by_name: String,
    /// As the report says.
    #[schema(required = true)]
    pub made_at: Option<i64>,
    /// Whether it ran to its end. Else it closed nothing.
    pub complete: bool,
    /// Results of the report.
    pub results: u64,
    /// Set aside by the report itself.
    pub set_aside: u64,
    /// Said twice to the last character.
    pub repeated: u64,
    pub counts: FindingCounts,
}

impl From<ScanView> for ScanItem {
    fn from(s: ScanView) -> Self {
        Self {
            id: s.id.0,
            asset: s.asset,
            tool: s.tool,
            tool_version: s.tool_version,
            format: s.format.as_str(),
            file: s.file,
            sha256: s.digest,
            bytes: s.bytes,
            at: s.at.0,
            by_name: s.by_name,
            made_at: s.made_at.map(|t| t.0),
            complete: s.complete,
            results: s.tally.results,
            set_aside: s.tally.set_aside,
            repeated: s.tally.repeated,
            counts: s.counts.into(),
        }
    }
}
