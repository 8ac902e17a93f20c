//! What an assessment says as a whole: kept with its digest when it is closed, and printed at any time.

use access::path::Refusal;
use govern::assessment::Standing;
use model::{AssessmentId, FindingId, RecordId, Severity, Text, UnixMs};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use vault::Place;

use super::describe::Seen;
use super::evidence::Evidence;
use super::row::{Assessment, Plan, Question, State, shut};
use super::stand::Stand;
use crate::Store;
use crate::audit::name_of;
use crate::proof::StateReport;
use crate::records::broken;

/// Longest list that is opened, in bytes.
const MOST_BYTES: u64 = 64 << 20;

/// An answer, with names and evidence as they were then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultAnswer {
    pub standing: Standing,
    pub text: String,
    pub evidence: Vec<(Evidence, Text, Text)>,
    /// Not told to people from outside.
    pub by: Option<String>,
    pub at: UnixMs,
    pub approved_by: Option<String>,
    pub approved_at: Option<UnixMs>,
}

/// A question with what was answered and said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultQuestion {
    pub code: String,
    pub section: String,
    pub question: String,
    pub zh: String,
    pub en: String,
    pub answer: Option<ResultAnswer>,
    /// Who said what, and when.
    pub words: Vec<(String, UnixMs, String)>,
}

/// A finding, as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultFinding {
    pub id: FindingId,
    pub question: String,
    pub title: String,
    pub severity: Severity,
    /// As the room of findings calls it.
    pub state: String,
    pub found_at: UnixMs,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentResult {
    /// 1.
    pub format: u32,
    pub id: AssessmentId,
    pub company: String,
    pub zone: String,
    pub plan: Plan,
    pub state: State,
    pub made_at: UnixMs,
    pub assessors: Vec<String>,
    pub opened_at: Option<UnixMs>,
    pub closed_at: Option<UnixMs>,
    pub questions: Vec<ResultQuestion>,
    pub findings: Vec<ResultFinding>,
}

pub(super) fn place(id: AssessmentId) -> Place<'static> {
    Place { object: "assessment_result", record: RecordId::from_bytes(*id.as_bytes()), field: "body" }
}

impl Store {
    /// What it says now, as far as the caller sees it.
    pub(super) async fn assessment_result(
        &self,
        a: &Assessment,
        questions: &[Question],
        stand: &Stand,
        now: UnixMs,
    ) -> Result<AssessmentResult, Refusal> {
        let directory = self.directory();
        let name = |id| name_of(&directory, id);
        let mut seen = Seen::of(a);
        let mut told = Vec::with_capacity(questions.len());
        let mut raised = vec![];
        for q in questions {
            let asked = &q.body.asked;
            let answer = match q.body.answer.as_ref().filter(|_| stand.sees_answer(q)) {
                None => None,
                Some(answer) => {
                    let mut evidence = vec![];
                    for item in &answer.evidence {
                        let one = self.describe(item, &mut seen, &directory, now).await?;
                        evidence.push((one.item, one.title, one.note));
                    }
                    let inside = |id| Some(name(id)).filter(|_| !stand.outside);
                    Some(ResultAnswer {
                        standing: answer.standing,
                        text: answer.text.clone(),
                        evidence,
                        by: inside(answer.by),
                        at: answer.at,
                        approved_by: q.body.approved.and_then(|ok| inside(ok.by)),
                        approved_at: q.body.approved.map(|ok| ok.at),
                    })
                }
            };
            raised.extend(q.body.words.iter().filter_map(|w| Some((w.finding?, asked.code.clone()))));
            told.push(ResultQuestion {
                code: asked.code.clone(),
                section: asked.section.clone(),
                question: asked.question.clone(),
                zh: asked.zh.clone(),
                en: asked.en.clone(),
                answer,
                words: q.body.words.iter().map(|w| (name(w.by), w.at, w.text.clone())).collect(),
            });
        }
        let ids: Vec<FindingId> = raised.iter().map(|(id, _)| *id).collect();
        let stood = self.raised_findings(&ids).await?;
        let finding = |(id, t): (FindingId, scan::track::Tracked)| ResultFinding {
            id,
            question: raised.iter().find(|(one, _)| *one == id).map(|(_, code)| code.clone()).unwrap_or_default(),
            title: t.finding.title,
            severity: t.finding.severity,
            state: t.state.as_str().to_owned(),
            found_at: t.found_at,
        };
        Ok(AssessmentResult {
            format: 1,
            id: a.id,
            company: self.gate().settings().company.clone(),
            zone: self.time_zone().1,
            plan: a.body.plan.clone(),
            state: a.state,
            made_at: now,
            assessors: a.body.assessors.keys().map(|id| name(*id)).collect(),
            opened_at: a.body.opened_at,
            closed_at: a.body.closed_at,
            questions: told,
            findings: stood.into_iter().map(finding).collect(),
        })
    }

    /// What a closed one said: the bytes whose digest its row and its event have.
    pub(super) async fn kept_result(&self, a: &Assessment) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(sha256) = &a.body.sha256 else { return Ok(None) };
        let sql = "SELECT body FROM assessment_result WHERE id = ?1";
        let rows = self.read(crate::Query::point(sql, vec![a.id.into()])).await?;
        let Some(row) = rows.first() else {
            tracing::error!(assessment.id = %a.id, "what an assessment said is not there");
            return Err(Refusal::Damaged);
        };
        let packed = self.identity.assessment_key.open(&place(a.id), row.bytes(0).map_err(broken)?).map_err(shut)?;
        let mut body = vec![];
        let open = zstd::stream::read::Decoder::new(packed.as_slice());
        let read =
            open.and_then(|open| std::io::Read::read_to_end(&mut std::io::Read::take(open, MOST_BYTES), &mut body));
        if read.is_err() || hex::encode(Sha256::digest(&body)) != *sha256 {
            tracing::error!(assessment.id = %a.id, "what an assessment said is not what was kept");
            return Err(Refusal::Damaged);
        }
        Ok(Some(body))
    }

    /// Doctor: what each closed one said is there and is what was kept, and there is nothing else.
    pub(crate) async fn check_assessment_results(&self, report: &mut StateReport) -> Result<(), Refusal> {
        const TABLE: &str = "assessment_result";
        let mut there = std::collections::HashSet::new();
        for a in self.assessments_where("state = 'closed'", vec![]).await? {
            there.insert(*a.id.as_bytes());
            match self.kept_result(&a).await {
                Ok(_) => {}
                Err(Refusal::Damaged) => report.add(TABLE, &[a.id.into()], "part"),
                Err(refusal) => return Err(refusal),
            }
        }
        for row in self.read(crate::Query::new("SELECT id FROM assessment_result", vec![])).await? {
            report.rows += 1;
            if !row.id(0).is_ok_and(|id| there.contains(&id)) {
                report.add(TABLE, row.0.get(..1).unwrap_or_default(), "not_on_record");
            }
        }
        Ok(())
    }
}
