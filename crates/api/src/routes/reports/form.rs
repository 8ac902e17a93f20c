//! Reports, definitions and plans as the API has them.

use std::collections::BTreeSet;

use govern::{About, Definition, Kind, SectionId, Unit};
use model::{Action, Channel, DepartmentId, RecordId, UserId};
use serde::{Deserialize, Serialize};
use store::reports::{ReportCard, ReportPlan};
use utoipa::ToSchema;

use crate::press::DocumentFormat;

/// Of which kind a report is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    Management,
    Officer,
    Department,
    Person,
    Customer,
    Subject,
    Policy,
    Compliance,
}

impl From<ReportKind> for Kind {
    fn from(k: ReportKind) -> Self {
        match k {
            ReportKind::Management => Kind::Management,
            ReportKind::Officer => Kind::Officer,
            ReportKind::Department => Kind::Department,
            ReportKind::Person => Kind::Person,
            ReportKind::Customer => Kind::Customer,
            ReportKind::Subject => Kind::Subject,
            ReportKind::Policy => Kind::Policy,
            ReportKind::Compliance => Kind::Compliance,
        }
    }
}

impl From<Kind> for ReportKind {
    fn from(k: Kind) -> Self {
        match k {
            Kind::Management => ReportKind::Management,
            Kind::Officer => ReportKind::Officer,
            Kind::Department => ReportKind::Department,
            Kind::Person => ReportKind::Person,
            Kind::Customer => ReportKind::Customer,
            Kind::Subject => ReportKind::Subject,
            Kind::Policy => ReportKind::Policy,
            Kind::Compliance => ReportKind::Compliance,
        }
    }
}

/// How long a period is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportUnit {
    Day,
    Week,
    Month,
}

impl From<ReportUnit> for Unit {
    fn from(u: ReportUnit) -> Self {
        match u {
            ReportUnit::Day => Unit::Day,
            ReportUnit::Week => Unit::Week,
            ReportUnit::Month => Unit::Month,
        }
    }
}

impl From<Unit> for ReportUnit {
    fn from(u: Unit) -> Self {
        match u {
            Unit::Day => ReportUnit::Day,
            Unit::Week => ReportUnit::Week,
            Unit::Month => ReportUnit::Month,
        }
    }
}

/// A part of a report.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportPart {
    Summary,
    Standing,
    Findings,
    Days,
    Departments,
    People,
    Operations,
    Channels,
    Looks,
    Changes,
    Controls,
    Method,
}

impl From<ReportPart> for SectionId {
    fn from(p: ReportPart) -> Self {
        match p {
            ReportPart::Summary => SectionId::Summary,
            ReportPart::Standing => SectionId::Standing,
            ReportPart::Findings => SectionId::Findings,
            ReportPart::Days => SectionId::Days,
            ReportPart::Departments => SectionId::Departments,
            ReportPart::People => SectionId::People,
            ReportPart::Operations => SectionId::Operations,
            ReportPart::Channels => SectionId::Channels,
            ReportPart::Looks => SectionId::Looks,
            ReportPart::Changes => SectionId::Changes,
            ReportPart::Controls => SectionId::Controls,
            ReportPart::Method => SectionId::Method,
        }
    }
}

impl From<SectionId> for ReportPart {
    fn from(p: SectionId) -> Self {
        match p {
            SectionId::Summary => ReportPart::Summary,
            SectionId::Standing => ReportPart::Standing,
            SectionId::Findings => ReportPart::Findings,
            SectionId::Days => ReportPart::Days,
            SectionId::Departments => ReportPart::Departments,
            SectionId::People => ReportPart::People,
            SectionId::Operations => ReportPart::Operations,
            SectionId::Channels => ReportPart::Channels,
            SectionId::Looks => ReportPart::Looks,
            SectionId::Changes => ReportPart::Changes,
            SectionId::Controls => ReportPart::Controls,
            SectionId::Method => ReportPart::Method,
        }
    }
}

/// What a report is of.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportDefinition {
    pub kind: ReportKind,
    /// Of `department`, and of no other kind.
    #[serde(default)]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub department: Option<DepartmentId>,
    /// Of `person`.
    #[serde(default)]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub user: Option<UserId>,
    /// Of `customer` and `subject`.
    #[serde(default)]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub customer: Option<RecordId>,
    /// All that the kind has if empty.
    #[serde(default)]
    #[schema(max_items = 11)]
    pub sections: Vec<ReportPart>,
    /// Of `management`, `officer`, `department` and `person`: of which channels events are counted; of all if empty.
    #[serde(default)]
    #[schema(value_type = Vec<String>, max_items = 8, example = json!(["api"]))]
    pub channels: Vec<Channel>,
    /// Of the same kinds: of which operations events are counted; of all if empty.
    #[serde(default)]
    #[schema(value_type = Vec<String>, max_items = 20, example = json!(["export"]))]
    pub operations: Vec<Action>,
    /// People whom it is addressed to: they may read it.
    #[serde(default)]
    #[schema(value_type = Vec<uuid::Uuid>, max_items = 50)]
    pub readers: Vec<UserId>,
}

impl From<ReportDefinition> for Definition {
    fn from(d: ReportDefinition) -> Self {
        Self {
            kind: d.kind.into(),
            about: About { department: d.department, user: d.user, customer: d.customer },
            sections: d.sections.into_iter().map(SectionId::from).collect(),
            channels: d.channels.into_iter().collect(),
            operations: d.operations.into_iter().collect(),
            readers: d.readers.into_iter().collect::<BTreeSet<_>>(),
        }
    }
}

impl From<Definition> for ReportDefinition {
    fn from(d: Definition) -> Self {
        let About { department, user, customer } = d.about;
        Self {
            kind: d.kind.into(),
            department,
            user,
            customer,
            sections: d.sections.into_iter().map(ReportPart::from).collect(),
            channels: d.channels.into_iter().collect(),
            operations: d.operations.into_iter().collect(),
            readers: d.readers.into_iter().collect(),
        }
    }
}

/// A report that the house makes of each period, or a definition that is kept.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportPlanForm {
    /// Lower-case letters, digits and `_`. It stays the same: a period's report is made once by it.
    #[schema(min_length = 1, max_length = 40, pattern = "^[a-z][a-z0-9_]*$", example = "monthly")]
    pub id: String,
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
    pub definition: ReportDefinition,
    pub unit: ReportUnit,
    /// Whether it is made by itself, when a period is over.
    pub on: bool,
    /// As what it is put into the server's folder for reports, in the company's language.
    #[serde(default)]
    #[schema(max_items = 5)]
    pub folder: Vec<DocumentFormat>,
}

impl From<ReportPlanForm> for ReportPlan {
    fn from(p: ReportPlanForm) -> Self {
        let folder = p.folder.into_iter().map(DocumentFormat::of_store).collect();
        Self { id: p.id, name: p.name, definition: p.definition.into(), unit: p.unit.into(), on: p.on, folder }
    }
}

impl From<ReportPlan> for ReportPlanForm {
    fn from(p: ReportPlan) -> Self {
        let folder = p.folder.into_iter().map(Into::into).collect();
        Self { id: p.id, name: p.name, definition: p.definition.into(), unit: p.unit.into(), on: p.on, folder }
    }
}

/// A past report, as a list says it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportCardForm {
    pub id: uuid::Uuid,
    pub kind: ReportKind,
    /// Whom it is about, as they were called then.
    #[schema(required = true)]
    pub about: Option<String>,
    pub unit: ReportUnit,
    /// As people write it: `2026-11`, `2026-11-23 – 2026-11-29`.
    pub period: String,
    pub from: i64,
    /// Up to which moment it was counted.
    pub until: i64,
    /// Whether the period was over.
    pub whole: bool,
    pub made_at: i64,
    /// `null` where a plan made it.
    #[schema(required = true)]
    pub made_by: Option<String>,
    #[schema(required = true)]
    pub plan: Option<String>,
    /// Problems that its rules found.
    pub findings: usize,
    /// Of what it says, in hexadecimal, as the log holds it.
    pub sha256: String,
    pub log_size: u64,
}

impl From<ReportCard> for ReportCardForm {
    fn from(c: ReportCard) -> Self {
        Self {
            id: c.id.0,
            kind: c.kind.into(),
            about: c.about_name,
            unit: c.period.unit.into(),
            period: c.period.label(),
            from: c.from.0,
            until: c.until.0,
            whole: c.whole,
            made_at: c.made_at.0,
            made_by: c.made_by_name,
            plan: c.plan,
            findings: c.findings,
            sha256: c.sha256,
            log_size: c.head.size,
        }
    }
}
