//! Shapes of this room.

use std::collections::BTreeSet;

use govern::assessment::Standing;
use model::{Text, UnixMs};
use serde::{Deserialize, Serialize};
use store::assessments::{
    Answer, AssessmentCard, AssessmentView, AssessorView, Evidence, EvidenceDetail, EvidenceItem, FindingLine, Plan,
    QuestionView, SuggestedAnswer, Word,
};
use utoipa::ToSchema;

use crate::problem::{Code, Outcome, Problem};

/// A text in both languages.
#[derive(Serialize, ToSchema)]
pub struct AssessmentText {
    pub zh: String,
    pub en: String,
}

impl From<Text> for AssessmentText {
    fn from(t: Text) -> Self {
        Self { zh: t.zh, en: t.en }
    }
}

/// Links to evidence, read from a request.
pub(super) fn evidence_of(at: &str, links: &[String]) -> Outcome<BTreeSet<Evidence>> {
    let bad = |n: usize| {
        let how = "report:<id>, control:<report>:<control>, review:<id>, posture:<check> or programme";
        Problem::new(Code::InvalidValues).item(format!("{at}/{n}"), "unknown_evidence", how)
    };
    links.iter().enumerate().map(|(n, link)| link.parse().map_err(|_| bad(n))).collect()
}

/// What an assessment is about.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssessmentPlan {
    #[schema(min_length = 1, max_length = 120)]
    pub name: String,
    /// Who assesses.
    #[schema(min_length = 1, max_length = 120)]
    pub organisation: String,
    /// Whom to ask there.
    #[serde(default)]
    #[schema(max_length = 120)]
    pub contact: String,
    /// By what it is assessed.
    #[serde(default)]
    #[schema(max_length = 120)]
    pub standard: String,
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub scope: String,
    /// From then on assessors can look, if it is open.
    pub starts_at: i64,
    /// Accounts of assessors end then: at most 366 days later.
    pub ends_at: i64,
    /// When answers are due: not after the end.
    pub due_at: i64,
    /// What assessors see beside what answers link to.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub evidence: Vec<String>,
}

impl AssessmentPlan {
    pub(super) fn read(self) -> Outcome<Plan> {
        Ok(Plan {
            evidence: evidence_of("/evidence", &self.evidence)?,
            name: self.name,
            organisation: self.organisation,
            contact: self.contact,
            standard: self.standard,
            scope: self.scope,
            starts_at: UnixMs(self.starts_at),
            ends_at: UnixMs(self.ends_at),
            due_at: UnixMs(self.due_at),
        })
    }
}

/// An assessment in a list.
#[derive(Serialize, ToSchema)]
pub struct AssessmentItem {
    pub id: uuid::Uuid,
    pub name: String,
    pub organisation: String,
    pub standard: String,
    /// `draft`, `open` or `closed`.
    pub state: &'static str,
    pub starts_at: i64,
    pub ends_at: i64,
    pub due_at: i64,
    pub questions: usize,
    /// With an answer, approved or not. For people from outside: the approved ones.
    pub answered: usize,
    pub approved: usize,
    /// Raised so far.
    pub findings: usize,
}

impl From<AssessmentCard> for AssessmentItem {
    fn from(c: AssessmentCard) -> Self {
        Self {
            id: c.id.0,
            name: c.name,
            organisation: c.organisation,
            standard: c.standard,
            state: c.state.as_str(),
            starts_at: c.starts_at.0,
            ends_at: c.ends_at.0,
            due_at: c.due_at.0,
            questions: c.questions,
            answered: c.answered,
            approved: c.approved,
            findings: c.findings,
        }
    }
}

/// How the company stands to what a question asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerStanding {
    Met,
    Partly,
    NotMet,
    NotApplicable,
}

impl From<Standing> for AnswerStanding {
    fn from(s: Standing) -> Self {
        match s {
            Standing::Met => Self::Met,
            Standing::Partly => Self::Partly,
            Standing::NotMet => Self::NotMet,
            Standing::NotApplicable => Self::NotApplicable,
        }
    }
}
impl From<AnswerStanding> for Standing {
    fn from(s: AnswerStanding) -> Self {
        match s {
            AnswerStanding::Met => Self::Met,
            AnswerStanding::Partly => Self::Partly,
            AnswerStanding::NotMet => Self::NotMet,
            AnswerStanding::NotApplicable => Self::NotApplicable,
        }
    }
}

/// An answer.
#[derive(Serialize, ToSchema)]
pub struct AssessmentQuestionAnswer {
    pub standing: AnswerStanding,
    pub text: String,
    pub evidence: Vec<String>,
    pub at: i64,
    /// Who wrote it; not told to people from outside.
    #[schema(required = true)]
    pub by: Option<String>,
}

fn answer(a: Answer, by: Option<String>) -> AssessmentQuestionAnswer {
    AssessmentQuestionAnswer {
        standing: a.standing.into(),
        text: a.text,
        evidence: a.evidence.into_iter().map(String::from).collect(),
        at: a.at.0,
        by,
    }
}

/// What an assessor said.
#[derive(Serialize, ToSchema)]
pub struct QuestionWord {
    pub by: String,
    pub at: i64,
    pub text: String,
    /// The finding that it raised.
    #[schema(required = true)]
    pub finding: Option<uuid::Uuid>,
}

impl From<(Word, String)> for QuestionWord {
    fn from((w, by): (Word, String)) -> Self {
        Self { by, at: w.at.0, text: w.text, finding: w.finding.map(|f| f.0) }
    }
}

/// Why an answer came back.
#[derive(Serialize, ToSchema)]
pub struct AnswerReturned {
    pub at: i64,
    pub reason: String,
}

/// What the newest compliance report says to it. Never an answer by itself.
#[derive(Serialize, ToSchema)]
pub struct AnswerSuggestion {
    pub evidence: String,
    pub title: AssessmentText,
    pub found: AssessmentText,
    #[schema(required = true)]
    pub standing: Option<AnswerStanding>,
    /// The clause or word by which it was found.
    pub by: String,
}

impl From<SuggestedAnswer> for AnswerSuggestion {
    fn from(s: SuggestedAnswer) -> Self {
        Self {
            evidence: s.evidence.into(),
            title: s.title.into(),
            found: s.found.into(),
            standing: s.standing.map(Into::into),
            by: s.by,
        }
    }
}

/// Somebody of an assessment.
#[derive(Serialize, ToSchema)]
pub struct AssessmentPerson {
    pub id: uuid::Uuid,
    pub name: String,
}

/// A question.
#[derive(Serialize, ToSchema)]
pub struct AssessmentQuestion {
    pub id: uuid::Uuid,
    pub version: i64,
    /// What the assessor calls it.
    pub code: String,
    pub section: String,
    pub question: String,
    pub zh: String,
    pub en: String,
    /// `open`, `answered` (waits for approval) or `approved`. For people from outside what is not approved is open.
    pub state: &'static str,
    /// Who was given it; not told to people from outside.
    #[schema(required = true)]
    pub answerer: Option<AssessmentPerson>,
    #[schema(required = true)]
    pub answer: Option<AssessmentQuestionAnswer>,
    #[schema(required = true)]
    pub approved_at: Option<i64>,
    #[schema(required = true)]
    pub approved_by: Option<String>,
    #[schema(required = true)]
    pub returned: Option<AnswerReturned>,
    pub words: Vec<QuestionWord>,
    /// Whether the reader may approve what stands there.
    pub may_approve: bool,
    #[schema(required = true)]
    pub suggested: Option<AnswerSuggestion>,
}

impl From<QuestionView> for AssessmentQuestion {
    fn from(q: QuestionView) -> Self {
        Self {
            id: q.id.0,
            version: q.version,
            code: q.asked.code,
            section: q.asked.section,
            question: q.asked.question,
            zh: q.asked.zh,
            en: q.asked.en,
            state: q.state,
            answerer: q.answerer.map(|(id, name)| AssessmentPerson { id: id.0, name }),
            answer: q.answer.map(|a| answer(a, q.answered_by)),
            approved_at: q.approved.map(|a| a.at.0),
            approved_by: q.approved_by,
            returned: q.returned.map(|r| AnswerReturned { at: r.at.0, reason: r.reason }),
            words: q.words.into_iter().map(QuestionWord::from).collect(),
            may_approve: q.may_approve,
            suggested: q.suggested.map(Into::into),
        }
    }
}

/// Evidence in a list.
#[derive(Serialize, ToSchema)]
pub struct AssessmentEvidence {
    /// `report:<id>`, `control:<report>:<control>`, `review:<id>`, `posture:<check>` or `programme`.
    pub item: String,
    pub title: AssessmentText,
    /// How it stands.
    pub note: AssessmentText,
    /// Whether it can be taken as a file.
    pub file: bool,
    /// Whether it is still there.
    pub there: bool,
}

impl From<EvidenceItem> for AssessmentEvidence {
    fn from(e: EvidenceItem) -> Self {
        Self { item: e.item.into(), title: e.title.into(), note: e.note.into(), file: e.file, there: e.there }
    }
}

/// A line of what there is to read.
#[derive(Serialize, ToSchema)]
pub struct EvidenceFact {
    pub label: AssessmentText,
    pub value: AssessmentText,
}

/// Evidence as somebody looks at it.
#[derive(Serialize, ToSchema)]
pub struct EvidenceView {
    pub evidence: AssessmentEvidence,
    pub facts: Vec<EvidenceFact>,
}

impl From<EvidenceDetail> for EvidenceView {
    fn from(d: EvidenceDetail) -> Self {
        let fact = |f: store::assessments::Fact| EvidenceFact { label: f.label.into(), value: f.value.into() };
        Self { evidence: d.item.into(), facts: d.facts.into_iter().map(fact).collect() }
    }
}

/// Somebody from outside.
#[derive(Serialize, ToSchema)]
pub struct Assessor {
    pub id: uuid::Uuid,
    pub name: String,
    pub login: String,
    pub named_by: String,
    pub named_at: i64,
    /// Whether the account can sign in now.
    pub active: bool,
}

impl From<AssessorView> for Assessor {
    fn from(a: AssessorView) -> Self {
        let AssessorView { id, name, login, named_by, named_at, active } = a;
        Self { id: id.0, name, login, named_by, named_at: named_at.0, active }
    }
}

/// A finding that was raised, as it stands.
#[derive(Serialize, ToSchema)]
pub struct AssessmentFinding {
    pub id: uuid::Uuid,
    pub question: uuid::Uuid,
    pub code: String,
    pub title: String,
    /// `informational`, `low`, `medium`, `high` or `critical`.
    pub severity: &'static str,
    /// `open`, `fixed`, `verified`, `accepted` or `false_positive`.
    pub state: &'static str,
    pub found_at: i64,
    #[schema(required = true)]
    pub due_at: Option<i64>,
}

impl From<FindingLine> for AssessmentFinding {
    fn from(f: FindingLine) -> Self {
        Self {
            id: f.id.0,
            question: f.question.0,
            code: f.code,
            title: f.title,
            severity: f.severity.as_str(),
            state: f.state.as_str(),
            found_at: f.found_at.0,
            due_at: f.due_at.map(|t| t.0),
        }
    }
}

/// One assessment.
#[derive(Serialize, ToSchema)]
pub struct AssessmentDetail {
    pub card: AssessmentItem,
    pub version: i64,
    pub contact: String,
    pub scope: String,
    /// What was chosen for the room beside what answers link to.
    pub chosen: Vec<String>,
    pub made_at: i64,
    #[schema(required = true)]
    pub opened_at: Option<i64>,
    #[schema(required = true)]
    pub closed_at: Option<i64>,
    /// Of what it said when it was closed, in hexadecimal, as the log holds it.
    #[schema(required = true)]
    pub sha256: Option<String>,
    /// Nobody, for people from outside.
    pub assessors: Vec<Assessor>,
    pub questions: Vec<AssessmentQuestion>,
    /// All that the room shows.
    pub evidence: Vec<AssessmentEvidence>,
    pub findings: Vec<AssessmentFinding>,
    /// Whether the reader runs it.
    pub manages: bool,
    /// Whether the reader can speak as an assessor.
    pub assesses: bool,
}

impl From<AssessmentView> for AssessmentDetail {
    fn from(v: AssessmentView) -> Self {
        Self {
            card: v.card.into(),
            version: v.version,
            contact: v.plan.contact,
            scope: v.plan.scope,
            chosen: v.plan.evidence.into_iter().map(String::from).collect(),
            made_at: v.made_at.0,
            opened_at: v.opened_at.map(|t| t.0),
            closed_at: v.closed_at.map(|t| t.0),
            sha256: v.sha256,
            assessors: v.assessors.into_iter().map(Assessor::from).collect(),
            questions: v.questions.into_iter().map(AssessmentQuestion::from).collect(),
            evidence: v.evidence.into_iter().map(AssessmentEvidence::from).collect(),
            findings: v.findings.into_iter().map(AssessmentFinding::from).collect(),
            manages: v.manages,
            assesses: v.assesses,
        }
    }
}
