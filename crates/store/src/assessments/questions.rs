//! Taking a questionnaire in: as a table, as JSON, or one question by hand.

use access::path::{Disclosed, FieldProblem, Grant, Refusal};
use govern::assessment::{BadEntry, Form, MOST_QUESTIONS, read};
use model::{AssessmentId, AssessmentQuestionId};
use serde_json::json;

use super::row::{Question, QuestionBody, State, told_questions};
use crate::Store;
use crate::company::{Note, barred};
use crate::ids::random;

/// Takes questions in, after those that are there.
#[derive(Debug)]
pub struct AddQuestions {
    pub id: AssessmentId,
    pub form: Form,
    pub text: String,
    pub note: Note,
}

/// What is wrong, by line and column.
fn unread(wrong: Vec<BadEntry>) -> Refusal {
    let one = |b: BadEntry| {
        let field =
            if b.column.is_empty() { format!("lines.{}", b.line) } else { format!("lines.{}.{}", b.line, b.column) };
        FieldProblem::new(&field, "invalid_value", b.reason)
    };
    Refusal::Invalid(wrong.into_iter().map(one).collect())
}

impl Store {
    /// Takes a questionnaire in, whole or not at all; gives how many questions it had.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with `lines.<line>.<column>` for each that is wrong, and for an id that is there already;
    /// [`Refusal::NotFound`]; [`Refusal::Barred`] `assessment_not_draft`, `too_many_questions`; recorded.
    pub async fn add_questions(&self, grant: Grant<AddQuestions>) -> Result<Disclosed<usize>, Refusal> {
        let now = grant.now();
        let drafted = async {
            let AddQuestions { id, form, text, note } = grant.operation();
            let stand = self.stand_of(&grant);
            let a = self.assessment_for(*id, &stand).await?;
            if !stand.manages {
                return Err(Refusal::NotFound);
            }
            if a.state != State::Draft {
                return Err(barred("assessment_not_draft", "questions are those of the day it was opened"));
            }
            let asked = read(*form, text).map_err(unread)?;
            let there = self.questions_of(*id).await?;
            let twice = asked.iter().filter(|new| there.iter().any(|q| q.body.asked.code == new.code));
            let twice: Vec<FieldProblem> = twice
                .take(20)
                .map(|new| FieldProblem::new("id", "duplicate", format!("`{}` is there", new.code)))
                .collect();
            if !twice.is_empty() {
                return Err(Refusal::Invalid(twice));
            }
            if there.len().saturating_add(asked.len()) > MOST_QUESTIONS {
                return Err(barred("too_many_questions", format!("at most {MOST_QUESTIONS} questions")));
            }
            let after = there.iter().map(|q| q.place).max().unwrap_or(0);
            let mut made = vec![];
            let mut changes = vec![Self::assessment_unchanged(&a)];
            for (n, asked) in (1_i64..).zip(asked) {
                let body =
                    QuestionBody { asked, answer: None, approved: None, returned: None, words: vec![], removed: false };
                let id = AssessmentQuestionId::new(now, random());
                let place = after.saturating_add(n);
                let mut one = Question { id, assessment: a.id, place, answerer: None, at: now, body, version: 0 };
                changes.push(self.put_question(&mut one)?);
                made.push(one);
            }
            note.set(json!(made.len()));
            Ok((made.len(), vec![told_questions(&made)], changes))
        };
        match drafted.await {
            Ok((count, told, changes)) => grant.carry_out_telling(told, changes, count).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}
