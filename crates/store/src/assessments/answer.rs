//! Answers: given to somebody, written by them, approved by somebody else.

use std::collections::BTreeSet;

use access::path::{Disclosed, Grant, OnSystem, Refusal};
use govern::assessment::Standing;
use model::{Action, AssessmentId, AssessmentQuestionId, UserId};

use super::evidence::Evidence;
use super::row::{Answer, Approved, Assessment, Question, Returned, State, told_questions};
use super::stand::Stand;
use crate::Store;
use crate::company::barred;
use crate::notices::{News, NoticeKind};

const LONGEST_ANSWER: usize = 5_000;
const LONGEST_REASON: usize = 500;
const MOST_EVIDENCE: usize = 20;

/// What the officer does with a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuestionAct {
    Assign {
        to: Option<UserId>,
    },
    Approve,
    /// Back to whoever wrote it.
    Return {
        reason: String,
    },
    /// Out of a draft.
    Remove,
}

impl QuestionAct {
    pub const fn as_str(&self) -> &'static str {
        match self {
            QuestionAct::Assign { .. } => "assign",
            QuestionAct::Approve => "approve",
            QuestionAct::Return { .. } => "return",
            QuestionAct::Remove => "remove",
        }
    }
}

/// Act on a question as it was read.
#[derive(Debug)]
pub struct ActOnQuestion {
    pub id: AssessmentId,
    pub question: AssessmentQuestionId,
    pub version: i64,
    pub act: QuestionAct,
}

impl ActOnQuestion {
    pub(super) fn to(&self) -> Option<UserId> {
        match &self.act {
            QuestionAct::Assign { to } => *to,
            _ => None,
        }
    }
}

/// An answer to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnswer {
    pub standing: Standing,
    pub text: String,
    pub evidence: BTreeSet<Evidence>,
}

/// Write the answer to a question as it was read.
#[derive(Debug)]
pub struct AnswerQuestion {
    pub id: AssessmentId,
    pub question: AssessmentQuestionId,
    pub version: i64,
    pub answer: NewAnswer,
}

fn words(field: &str, text: &str, most: usize) -> Result<(), Refusal> {
    let strange = text.chars().any(|c| c.is_control() && c != '\n');
    if strange || text.trim().is_empty() || text.chars().count() > most {
        return Err(Refusal::invalid(field, "invalid_value", format!("1 to {most} characters")));
    }
    Ok(())
}

impl Store {
    /// A question of an assessment that is not closed, as the caller read it.
    async fn question_at<O: OnSystem>(
        &self,
        grant: &Grant<O>,
        (id, question, version): (AssessmentId, AssessmentQuestionId, i64),
    ) -> Result<(Assessment, Question, Stand), Refusal> {
        let stand = self.stand_of(grant);
        if stand.outside {
            return Err(Refusal::NotFound);
        }
        let a = self.assessment_for(id, &stand).await?;
        let q = self.question(id, question).await?.ok_or(Refusal::NotFound)?;
        let given = q.answerer.is_some_and(|user| stand.own.iter().all(|own| *own == user));
        if !stand.manages && !given {
            return Err(Refusal::NotFound);
        }
        if a.state == State::Closed {
            return Err(barred("assessment_closed", "the assessment is closed, and what it said is kept"));
        }
        if q.version != version {
            return Err(Refusal::Conflict);
        }
        Ok((a, q, stand))
    }

    /// Gives a question to somebody, approves its answer, sends it back or takes it out; gives its version.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Conflict`]; [`Refusal::Invalid`]; [`Refusal::Barred`] with `assessment_closed`,
    /// `own_answer` for whoever wrote it, `no_answer`, `assessment_not_draft`, `question_said` for one that an assessor spoke to; recorded.
    pub async fn act_on_question(&self, grant: Grant<ActOnQuestion>) -> Result<Disclosed<i64>, Refusal> {
        let (now, by) = (grant.now(), grant.caller().user);
        let drafted = async {
            let op = grant.operation();
            let (a, mut q, stand) = self.question_at(&grant, (op.id, op.question, op.version)).await?;
            if !stand.manages {
                return Err(Refusal::NotFound);
            }
            let mut telling = crate::notices::Telling::default();
            match &op.act {
                QuestionAct::Assign { to } => {
                    if to.is_some_and(|user| !self.holders_of(Action::AssessmentAnswer, now).contains(&user)) {
                        return Err(Refusal::invalid("to", "cannot_answer", "this person does not answer questions"));
                    }
                    if let (Some(user), true) = (to, q.answerer != *to) {
                        let news = News::of(NoticeKind::AssessmentQuestion, now).about(a.id.as_bytes()).by(by);
                        telling = self.tell(&news.until(a.body.plan.due_at), [*user]);
                    }
                    q.answerer = *to;
                }
                QuestionAct::Approve => {
                    let answer = q.body.answer.as_ref().ok_or_else(no_answer)?;
                    let wrote = [Some(answer.by), answer.by_for];
                    if stand.own.iter().any(|own| wrote.contains(&Some(*own))) {
                        return Err(barred("own_answer", "whoever wrote an answer does not approve it"));
                    }
                    (q.body.approved, q.body.returned) = (Some(Approved { by, at: now }), None);
                }
                QuestionAct::Return { reason } => {
                    words("reason", reason, LONGEST_REASON)?;
                    let wrote = q.body.answer.as_ref().ok_or_else(no_answer)?.by;
                    q.body.approved = None;
                    q.body.returned = Some(Returned { by, at: now, reason: reason.trim().to_owned() });
                    if wrote != by {
                        let news = News::of(NoticeKind::AssessmentQuestion, now).about(a.id.as_bytes()).by(by);
                        telling = self.tell(&news.once_for(now.0).until(a.body.plan.due_at), [wrote]);
                    }
                }
                QuestionAct::Remove => {
                    if a.state != State::Draft {
                        return Err(barred("assessment_not_draft", "questions are those of the day it was opened"));
                    }
                    q.body.removed = true;
                }
            }
            let changes = vec![Self::assessment_unchanged(&a), self.put_question(&mut q)?];
            Ok((q, changes, telling))
        };
        match drafted.await {
            Ok((q, mut changes, telling)) => {
                let mut told = vec![told_questions([&q])];
                telling.into_parts(&mut told, &mut changes);
                grant.carry_out_telling(told, changes, q.version).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Writes an answer, which then waits for somebody else's approval; gives the question's version.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for what was not given to the caller; [`Refusal::Conflict`]; [`Refusal::Invalid`], with `unknown_evidence` for
    /// what the caller cannot read; [`Refusal::Barred`] `assessment_closed`; recorded.
    pub async fn answer_question(&self, grant: Grant<AnswerQuestion>) -> Result<Disclosed<i64>, Refusal> {
        let now = grant.now();
        let drafted = async {
            let op = grant.operation();
            let (a, mut q, _) = self.question_at(&grant, (op.id, op.question, op.version)).await?;
            let NewAnswer { standing, text, evidence } = &op.answer;
            words("text", text, LONGEST_ANSWER)?;
            if evidence.len() > MOST_EVIDENCE {
                return Err(Refusal::invalid("evidence", "invalid_value", format!("at most {MOST_EVIDENCE}")));
            }
            // What stands there already was somebody's to link to.
            let before = q.body.answer.take().map(|a| a.evidence).unwrap_or_default();
            self.check_evidence(&grant, Some(&a), evidence.difference(&before)).await?;
            q.body.answer = Some(Answer {
                standing: *standing,
                text: text.trim().to_owned(),
                evidence: evidence.clone(),
                by: grant.caller().user,
                by_for: grant.caller().on_behalf_of,
                at: now,
            });
            (q.body.approved, q.body.returned) = (None, None);
            let changes = vec![Self::assessment_unchanged(&a), self.put_question(&mut q)?];
            Ok((q, changes))
        };
        match drafted.await {
            Ok((q, changes)) => grant.carry_out_telling(vec![told_questions([&q])], changes, q.version).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}

fn no_answer() -> Refusal {
    barred("no_answer", "nobody has answered it yet")
}
