//! Cases as they are answered.

use model::case::{Act, Entry};
use serde::Serialize;
use store::cases::{CaseCard, CaseView, EvidenceLine, HistoryLine, MeasureLine, Person, Taken};
use store::watch::AlertOfCase;
use utoipa::ToSchema;

/// Somebody in a case. The subject has a pseudonym for a name, and no id, until the reader had them revealed.
#[derive(Serialize, ToSchema)]
pub struct CasePerson {
    #[schema(required = true)]
    pub id: Option<uuid::Uuid>,
    pub name: String,
}

impl From<Person> for CasePerson {
    fn from(p: Person) -> Self {
        Self { id: p.id.map(|u| u.0), name: p.name }
    }
}

/// A case in a list.
#[derive(Serialize, ToSchema)]
pub struct CaseItem {
    pub id: uuid::Uuid,
    pub title: String,
    /// `new`, `investigating`, `awaiting_answer`, `contained` or `closed`.
    #[schema(example = "new")]
    pub state: &'static str,
    /// `low`, `medium`, `high` or `critical`.
    #[schema(example = "high")]
    pub severity: &'static str,
    pub subject: CasePerson,
    #[schema(required = true)]
    pub owner: Option<CasePerson>,
    pub opened_at: i64,
    pub due_at: i64,
    pub overdue: bool,
    /// Whether a closing waits for the second person.
    pub waits_for_consent: bool,
    #[schema(required = true)]
    pub closed_at: Option<i64>,
}

impl From<CaseCard> for CaseItem {
    fn from(c: CaseCard) -> Self {
        Self {
            id: c.id.0,
            title: c.title,
            state: c.state.as_str(),
            severity: c.severity.as_str(),
            subject: c.subject.into(),
            owner: c.owner.map(CasePerson::from),
            opened_at: c.opened_at.0,
            due_at: c.due_at.0,
            overdue: c.overdue,
            waits_for_consent: c.waits_for_consent,
            closed_at: c.closed_at.map(|t| t.0),
        }
    }
}

/// A cited event, without who did it.
#[derive(Serialize, ToSchema)]
pub struct CaseEvidence {
    pub event: uuid::Uuid,
    /// Its position in the ledger.
    pub index: i64,
    pub at: i64,
    pub action: String,
    #[schema(required = true)]
    pub object: Option<String>,
    pub decision: String,
    pub channel: String,
    /// How many records it touched.
    pub touches: i64,
}

impl From<EvidenceLine> for CaseEvidence {
    fn from(e: EvidenceLine) -> Self {
        Self {
            event: e.event.0,
            index: e.index,
            at: e.at.0,
            action: e.action,
            object: e.object,
            decision: e.decision,
            channel: e.channel,
            touches: e.touches,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub struct CaseTask {
    pub text: String,
    pub done: bool,
}

/// How something that was taken from the subject stands.
#[derive(Serialize, ToSchema)]
pub struct CaseTaken {
    pub response: uuid::Uuid,
    pub in_force: bool,
    /// `null`: until it is ended.
    #[schema(required = true)]
    pub until: Option<i64>,
    /// When it was ended before its time, by whom, and why.
    #[schema(required = true)]
    pub ended_at: Option<i64>,
    #[schema(required = true)]
    pub ended_by: Option<CasePerson>,
    #[schema(required = true)]
    pub ended_why: Option<String>,
    /// Somebody asked that it lasts, and a second officer has not decided yet.
    pub waits: bool,
}

/// An alert that the case came of, as it stands.
#[derive(Serialize, ToSchema)]
pub struct CaseAlert {
    pub id: uuid::Uuid,
    pub rule: String,
    pub title_zh: String,
    pub title_en: String,
    pub severity: &'static str,
    /// `open`, `snoozed` or `closed`.
    pub state: &'static str,
    #[schema(required = true)]
    pub feedback: Option<&'static str>,
    /// Whether the closing of the case closed it: reopening opens it again, unless a later alert about the same is open.
    pub closed_by_case: bool,
}

impl From<AlertOfCase> for CaseAlert {
    fn from(a: AlertOfCase) -> Self {
        Self {
            id: a.id.0,
            rule: a.rule,
            title_zh: a.title_zh,
            title_en: a.title_en,
            severity: a.severity.as_str(),
            state: a.state.as_str(),
            feedback: a.feedback.map(model::Feedback::as_str),
            closed_by_case: a.closed_by_case,
        }
    }
}

/// Something that was done, and until when.
#[derive(Serialize, ToSchema)]
pub struct CaseMeasure {
    /// `narrow_role`, `revoke_grant`, `end_sessions`, `throttle`, `step_up`, `suspend`, `no_export`, `talk` or `other`.
    pub kind: &'static str,
    pub text: String,
    #[schema(required = true)]
    pub until: Option<i64>,
    pub by: CasePerson,
    pub at: i64,
    /// Of what was taken from the subject with it.
    #[schema(required = true)]
    pub taken: Option<CaseTaken>,
}

/// How it is to be closed, or was.
#[derive(Serialize, ToSchema)]
pub struct CaseClosing {
    /// `malicious`, `careless`, `expected` or `unfounded`.
    pub verdict: &'static str,
    pub root_cause: String,
    pub action: String,
    pub by: CasePerson,
    pub at: i64,
    #[schema(required = true)]
    pub consented: Option<CasePerson>,
    #[schema(required = true)]
    pub closed_at: Option<i64>,
}

/// A file of a case.
#[derive(Serialize, ToSchema)]
pub struct CaseFileItem {
    pub id: uuid::Uuid,
    pub name: String,
    /// `png`, `jpeg`, `pdf` or `other`, by its content.
    pub kind: &'static str,
    pub bytes: u64,
    /// Of its content, in hexadecimal.
    pub sha256: String,
}

/// A line of the timeline. Which of the fields it has, its act says.
#[derive(Default, Serialize, ToSchema)]
pub struct CaseEntry {
    pub at: i64,
    #[schema(value_type = CasePerson)]
    pub by: Option<CasePerson>,
    /// `open`, `note`, `add_task`, `set_task`, `assign`, `grade`, `cite`, `ask`, `unask`, `answer`, `reveal`, `measure`, `contain`,
    /// `propose`, `consent`, `refuse`, `reopen`, `escalate` or `attach`.
    pub act: &'static str,
    /// What was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// With a closing: what was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// Whom it was given to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<CasePerson>,
    /// How many events were cited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<usize>,
    /// The file that was added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<CaseFileItem>,
    /// The task, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<bool>,
}

fn entry((entry, by): (Entry, Person), named: &[Person]) -> CaseEntry {
    let mut e = CaseEntry { at: entry.at.0, by: Some(by.into()), act: entry.act.as_str(), ..CaseEntry::default() };
    match entry.act {
        Act::Open { severity } => e.severity = Some(severity.as_str()),
        Act::Note { text } | Act::AddTask { text } | Act::Ask { text, .. } | Act::Answer { text, .. } => {
            e.text = Some(text);
        }
        Act::SetTask { n, done } => (e.task, e.done) = (Some(n), Some(done)),
        Act::Assign { to } => {
            let name = named.iter().find(|p| p.id == Some(to)).map_or_else(|| to.to_string(), |p| p.name.clone());
            e.to = Some(CasePerson { id: Some(to.0), name });
        }
        Act::Grade { to, reason } => (e.severity, e.text) = (Some(to.as_str()), Some(reason)),
        Act::Cite { events } => e.events = Some(events.len()),
        Act::Reveal { reason } | Act::Contain { reason } | Act::Reopen { reason } => e.text = Some(reason),
        Act::Measure { kind, text, until, .. } => {
            (e.kind, e.text, e.until) = (Some(kind.as_str()), Some(text), until.map(|t| t.0));
        }
        Act::Propose { verdict, root_cause, action } => {
            (e.verdict, e.text, e.action) = (Some(verdict.as_str()), Some(root_cause), Some(action));
        }
        Act::Consent { comment } | Act::Refuse { comment } => e.text = (!comment.is_empty()).then_some(comment),
        Act::Attach { file } => {
            e.file = Some(CaseFileItem {
                id: file.id.0,
                name: file.name,
                kind: file.kind.as_str(),
                bytes: file.bytes,
                sha256: file.sha256,
            });
        }
        Act::Unask { .. } | Act::Watch { .. } | Act::Escalate => {}
    }
    e
}

/// A case in full.
#[derive(Serialize, ToSchema)]
pub struct CaseDetail {
    #[serde(flatten)]
    pub case: CaseItem,
    pub version: i64,
    /// The worst it ever was: from `high` on, closing takes two.
    pub worst: &'static str,
    pub opened_by: CasePerson,
    /// Whether the reader watches it.
    pub watching: bool,
    pub watchers: Vec<CasePerson>,
    /// Whether the reader was shown who it is about.
    pub revealed: bool,
    /// The rules whose alerts it came of.
    pub rules: Vec<String>,
    /// Those alerts, as they stand.
    pub alerts: Vec<CaseAlert>,
    pub evidence: Vec<CaseEvidence>,
    /// What the subject said of these accesses on their evenings.
    #[schema(value_type = Vec<crate::schema::OwnWords>)]
    pub own_words: Vec<store::cases::OwnWords>,
    pub tasks: Vec<CaseTask>,
    pub measures: Vec<CaseMeasure>,
    /// Whether a question to the subject waits.
    pub question_waits: bool,
    #[schema(required = true)]
    pub closing: Option<CaseClosing>,
    pub timeline: Vec<CaseEntry>,
    /// Whether the reader's consent would close it.
    pub may_consent: bool,
    /// Whether the reader handles cases.
    pub handles: bool,
}

impl From<CaseView> for CaseDetail {
    fn from(v: CaseView) -> Self {
        let named = v.named;
        let closing = v.closing.map(|(c, by, consented)| CaseClosing {
            verdict: c.verdict.as_str(),
            root_cause: c.root_cause,
            action: c.action,
            by: by.into(),
            at: c.at.0,
            consented: consented.map(CasePerson::from),
            closed_at: c.closed_at.map(|t| t.0),
        });
        let taken = |response: model::ResponseId, t: Taken| {
            let (ended_at, ended_by, ended_why) = match t.ended {
                Some((at, by, why)) => (Some(at.0), Some(by.into()), Some(why)),
                None => (None, None, None),
            };
            let until = t.until.map(|u| u.0);
            CaseTaken {
                response: response.0,
                in_force: t.in_force,
                until,
                ended_at,
                ended_by,
                ended_why,
                waits: t.waits,
            }
        };
        let measure = |MeasureLine { measure: m, by, taken: t }: MeasureLine| CaseMeasure {
            kind: m.kind.as_str(),
            text: m.text,
            until: m.until.map(|t| t.0),
            by: by.into(),
            at: m.at.0,
            taken: m.response.zip(t).map(|(id, t)| taken(id, t)),
        };
        Self {
            case: v.card.into(),
            version: v.version,
            worst: v.worst.as_str(),
            opened_by: v.opened_by.into(),
            watching: v.watching,
            watchers: v.watchers.into_iter().map(CasePerson::from).collect(),
            revealed: v.revealed,
            rules: v.rules,
            alerts: v.alerts.into_iter().map(CaseAlert::from).collect(),
            evidence: v.evidence.into_iter().map(CaseEvidence::from).collect(),
            own_words: v.own_words,
            tasks: v.tasks.into_iter().map(|t| CaseTask { text: t.text, done: t.done }).collect(),
            measures: v.measures.into_iter().map(measure).collect(),
            question_waits: v.question.is_some(),
            closing,
            timeline: v.timeline.into_iter().map(|e| entry(e, &named)).collect(),
            may_consent: v.may_consent,
            handles: v.handles,
        }
    }
}

/// An event of the log about a case.
#[derive(Serialize, ToSchema)]
pub struct CaseHistoryLine {
    pub event: uuid::Uuid,
    pub index: i64,
    pub at: i64,
    pub by: CasePerson,
    /// `case.note`, `case.show`, `inquiry.answer`, …
    pub act: String,
    pub decision: String,
    /// The version the case had from then on.
    #[schema(required = true)]
    pub version: Option<i64>,
    /// The SHA-256 of what it said then.
    #[schema(required = true)]
    pub sha256: Option<String>,
}

impl From<HistoryLine> for CaseHistoryLine {
    fn from(h: HistoryLine) -> Self {
        Self {
            event: h.event.0,
            index: h.index,
            at: h.at.0,
            by: h.by.into(),
            act: h.act,
            decision: h.decision,
            version: h.version,
            sha256: h.sha256,
        }
    }
}

/// What an act made of a case.
#[derive(Serialize, ToSchema)]
pub struct CaseVersion {
    pub version: i64,
}
