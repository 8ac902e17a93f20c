//! What an assessor says to a question, and the finding that it raises.

use access::path::{Disclosed, Grant, Refusal};
use model::{Action, AssessmentId, AssessmentQuestionId, FindingId, Severity};
use scan::track::{Raised, Who};
use serde_json::json;

use super::row::{Question, Word, told_questions};
use crate::Store;
use crate::company::{Note, barred};
use crate::notices::{News, NoticeKind};

const LONGEST_WORD: usize = 2_000;
const LONGEST_TITLE: usize = 200;
/// Words to one question.
const MOST_WORDS: usize = 50;
/// Findings that one assessment raises.
const MOST_RAISED: usize = 500;

/// What is wrong, in the assessor's words; what they said explains it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFinding {
    pub title: String,
    pub severity: Severity,
}

/// Say something to a question; with `finding`, raise one.
#[derive(Debug)]
pub struct SayOnQuestion {
    pub id: AssessmentId,
    pub question: AssessmentQuestionId,
    pub text: String,
    pub finding: Option<NewFinding>,
    pub note: Note,
}

fn check(op: &SayOnQuestion) -> Result<(), Refusal> {
    let hold = |field: &str, text: &str, most: usize, lines: bool| {
        let strange = text.chars().any(|c| c.is_control() && !(lines && c == '\n'));
        if strange || text.trim().is_empty() || text.chars().count() > most {
            return Err(Refusal::invalid(field, "invalid_value", format!("1 to {most} characters")));
        }
        Ok(())
    };
    hold("text", &op.text, LONGEST_WORD, true)?;
    op.finding.as_ref().map_or(Ok(()), |f| hold("finding.title", &f.title, LONGEST_TITLE, false))
}

/// The finding as the room of findings keeps it. Its fingerprint is of the question and its number there: no scan's is like that.
fn finding_of(new: &NewFinding, op: &SayOnQuestion, q: &Question, organisation: &str) -> scan::Finding {
    scan::Finding {
        tool: scan::track::TOOL.to_owned(),
        rule: q.body.asked.code.clone(),
        ids: vec![],
        cwes: vec![],
        severity: new.severity,
        cvss: None,
        part: organisation.to_owned(),
        location: q.body.asked.section.clone(),
        title: new.title.trim().to_owned(),
        description: op.text.trim().to_owned(),
        fix: String::new(),
        fingerprint: format!("assessment:{}:{}", q.id, q.body.words.len()),
    }
}

impl Store {
    /// Keeps what a named assessor says; gives the finding where it raises one. It is then open among all findings, due by how grave it
    /// is, and those who manage findings are told.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for whoever is not named in it, or not within its dates; [`Refusal::Invalid`]; [`Refusal::Barred`] with
    /// `too_many_words`, `too_many_findings`; recorded.
    pub async fn say_on_question(&self, grant: Grant<SayOnQuestion>) -> Result<Disclosed<Option<FindingId>>, Refusal> {
        let (now, by) = (grant.now(), grant.caller().user);
        let drafted = async {
            let op = grant.operation();
            let stand = self.stand_of(&grant);
            let a = self.assessment_for(op.id, &stand).await?;
            if !stand.is_named(&a) {
                return Err(Refusal::NotFound);
            }
            let mut q = self.question(op.id, op.question).await?.ok_or(Refusal::NotFound)?;
            check(op)?;
            if q.body.words.len() >= MOST_WORDS {
                return Err(barred("too_many_words", format!("at most {MOST_WORDS} words to one question")));
            }
            let mut changes = vec![Self::assessment_unchanged(&a)];
            let mut told = vec![];
            let mut raised = None;
            if let Some(new) = &op.finding {
                let all = self.questions_of(op.id).await?;
                let so_far = all.iter().flat_map(|q| &q.body.words).filter(|w| w.finding.is_some()).count();
                if so_far >= MOST_RAISED {
                    return Err(barred("too_many_findings", format!("at most {MOST_RAISED} of one assessment")));
                }
                let finding = finding_of(new, op, &q, &a.body.plan.organisation);
                let who = Who { user: by, acts_for: grant.caller().on_behalf_of };
                let from = Raised { assessment: a.id, question: q.id };
                let (id, row) = self.draft_raised(&a.body.plan.name, finding, &who, from, now, &mut told)?;
                changes.push(row);
                let people = self.holders_of(Action::FindingManage, now);
                let news = News::of(NoticeKind::FindingRaised, now).about(id.as_bytes()).by(by);
                self.tell(&news, people).into_parts(&mut told, &mut changes);
                op.note.set(json!(id));
                raised = Some(id);
            }
            q.body.words.push(Word { by, at: now, text: op.text.trim().to_owned(), finding: raised });
            changes.push(self.put_question(&mut q)?);
            told.push(told_questions([&q]));
            Ok((raised, told, changes))
        };
        match drafted.await {
            Ok((raised, told, changes)) => grant.carry_out_telling(told, changes, raised).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}
