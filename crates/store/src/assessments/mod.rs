//! Assessments by third parties 第三方评估: a questionnaire, a room with chosen evidence, an account from outside with an end, and findings.
//!
//! One story. A customer sends its yearly questionnaire. The officer takes it in, gives each question to whoever knows, and approves what they
//! wrote. The customer's auditor gets an account that can do one thing: look at this assessment until Friday week. They read the approved
//! answers, open the evidence, each look an event, and raise a finding, which is followed with all others. On Friday week the account ends by
//! itself; the officer closes the assessment, and the event of that keeps the digest of all it said.
//!
//! Rules.
//! - Whoever holds the role `assessor`, or is a guest, sees the open assessments they are named in, within their dates, and of them approved
//!   answers and chosen evidence. Everything else is not there for them.
//! - An answer is approved by somebody who did not write it, and written by nobody from outside. Written anew, it waits anew.
//! - Evidence is a link to what exists, and its state is asked when somebody looks: nothing is copied, nothing is ticked. What is kept
//!   elsewhere is put there as a file.
//! - Who links evidence must be able to read it themselves. What tells of one person or customer is no evidence for outsiders.
//! - What was closed is never changed; there is no statement here that does.

mod answer;
mod describe;
mod evidence;
mod files;
mod look;
mod plan;
mod questions;
mod read;
mod result;
mod row;
mod say;
mod stand;
mod take;

use access::path::{OnSystem, Operation};
use model::Action;
use serde_json::{Value, json};

use crate::company::operations;

pub use answer::{ActOnQuestion, AnswerQuestion, NewAnswer, QuestionAct};
pub use describe::{EvidenceDetail, EvidenceItem, Fact};
pub use evidence::{BadEvidence, Evidence};
pub use files::{AddEvidenceFile, EvidenceFile, MOST_FILE_BYTES};
pub use look::{FileOfEvidence, LookAtEvidence, TakeEvidence};
pub use plan::{BeginAssessment, ChangeAssessment, ChangeAssessor, MOST_ASSESSORS, StepAssessment};
pub use questions::AddQuestions;
pub use read::{
    AssessmentCard, AssessmentView, AssessorView, Choices, FindingLine, ListAssessments, ListChoices, ListOwnQuestions,
    OwnQuestion, QuestionView, ShowAssessment, SuggestedAnswer,
};
pub use result::{AssessmentResult, ResultAnswer, ResultFinding, ResultQuestion};
pub use row::{Answer, Approved, Plan, Returned, State, Word};
pub use say::{NewFinding, SayOnQuestion};
pub use take::{FileOfAssessment, TakeAssessment};

operations! {
    BeginAssessment: AssessmentManage, |op| json!({
        "act": "assessment.begin", "assessment": op.id, "from": op.plan.starts_at, "until": op.plan.ends_at,
        "evidence": op.plan.evidence,
    });
    ChangeAssessment: AssessmentManage, |op| json!({
        "act": "assessment.change", "assessment": op.id, "from": op.plan.starts_at, "until": op.plan.ends_at,
        "evidence": op.plan.evidence,
    });
    StepAssessment: AssessmentManage, |op| json!({
        "act": "assessment.step", "assessment": op.id, "to": op.to.as_str(), "outcome": op.note.get(),
    });
    ChangeAssessor: AssessmentManage, |op| json!({
        "act": if op.named { "assessment.name" } else { "assessment.dismiss" }, "assessment": op.id, "user": op.user,
        "outcome": op.note.get(),
    });
    // Names can tell of people: they stand sealed in the assessment.
    AddEvidenceFile: AssessmentManage, |op| json!({
        "act": "assessment.file", "assessment": op.id, "file": op.file, "outcome": op.note.get(),
    });
    AddQuestions: AssessmentManage, |op| json!({
        "act": "assessment.questions", "assessment": op.id, "bytes": op.text.len(), "added": op.note.get(),
    });
    // What was written is not told: it stands sealed in the question.
    ActOnQuestion: AssessmentManage, |op| json!({
        "act": format!("assessment.{}", op.act.as_str()), "assessment": op.id, "question": op.question, "to": op.to(),
    });
    AnswerQuestion: AssessmentAnswer, |op| json!({
        "act": "assessment.answer", "assessment": op.id, "question": op.question, "standing": op.answer.standing,
        "evidence": op.answer.evidence,
    });
    SayOnQuestion: AssessmentAssess, |op| json!({
        "act": if op.finding.is_some() { "assessment.raise" } else { "assessment.say" }, "assessment": op.id,
        "question": op.question, "severity": op.finding.as_ref().map(|f| f.severity), "finding": op.note.get(),
    });
    ListAssessments: AssessmentRead, |_op| json!({ "act": "assessment.list" });
    ShowAssessment: AssessmentRead, |op| json!({ "act": "assessment.show", "assessment": op.id });
    ListOwnQuestions: AssessmentAnswer, |_op| json!({ "act": "assessment.own" });
    ListChoices: AssessmentAnswer, |_op| json!({ "act": "assessment.choices" });
    LookAtEvidence: AssessmentRead, |op| json!({
        "act": "assessment.look", "assessment": op.id, "evidence": op.item,
    });
    TakeEvidence: AssessmentRead, |op| json!({
        "act": "assessment.evidence", "assessment": op.id, "evidence": op.item, "format": op.format, "language": op.language,
    });
    TakeAssessment: AssessmentRead, |op| json!({
        "act": "assessment.take", "assessment": op.id, "format": op.format, "language": op.language,
    });
}
