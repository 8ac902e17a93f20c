//! Quizzes: some of a course's questions, and what was right.

use std::collections::BTreeSet;

use crate::course::{Course, Question};
use crate::draw::Draw;
use crate::{ASKED, PASS_PERCENT};

/// A question as it is asked: its answers in an order of this quiz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked<'c> {
    pub question: &'c Question,
    /// Positions among the question's options, in the order they are shown.
    pub order: Vec<usize>,
}

/// A question that was not answered right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong<'c> {
    /// Its place in the quiz.
    pub place: usize,
    pub question: &'c Question,
    /// Positions, as they were shown, that are right.
    pub right: BTreeSet<usize>,
}

/// What came of a quiz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked<'c> {
    pub right: usize,
    pub of: usize,
    pub passed: bool,
    pub wrong: Vec<Wrong<'c>>,
}

/// The quiz of a seed.
pub fn draw<'c>(course: &'c Course, seed: &[u8; 32]) -> Vec<Asked<'c>> {
    let mut draw = Draw::new(seed);
    let places = draw.some(course.questions.len(), ASKED);
    let asked = |place: usize| course.questions.get(place);
    let questions = places.into_iter().filter_map(asked);
    questions
        .map(|question| Asked { question, order: draw.some(question.options.len(), question.options.len()) })
        .collect()
}

/// Marks answers: for each question of the quiz the positions, as they were shown, that were chosen. What is missing is wrong.
pub fn mark<'c>(quiz: &[Asked<'c>], answers: &[BTreeSet<usize>]) -> Marked<'c> {
    let mut wrong = vec![];
    for (place, asked) in quiz.iter().enumerate() {
        let is_right = |at: usize| asked.question.options.get(at).is_some_and(|o| o.right);
        let shown = asked.order.iter().enumerate();
        let right: BTreeSet<usize> = shown.filter(|(_, at)| is_right(**at)).map(|(shown, _)| shown).collect();
        if answers.get(place) != Some(&right) {
            wrong.push(Wrong { place, question: asked.question, right });
        }
    }
    let (of, right) = (quiz.len(), quiz.len().saturating_sub(wrong.len()));
    Marked { right, of, passed: of > 0 && right.saturating_mul(100) >= of.saturating_mul(PASS_PERCENT), wrong }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::courses;

    fn right_of(quiz: &[Asked<'_>]) -> Vec<BTreeSet<usize>> {
        mark(quiz, &[]).wrong.into_iter().map(|w| w.right).collect()
    }

    proptest! {
        #[test]
        fn a_quiz_asks_each_question_once_and_only_all_right_answers_count(seed: [u8; 32], missed in 0..ASKED) {
            for course in courses() {
                let quiz = draw(course, &seed);
                prop_assert_eq!(&quiz, &draw(course, &seed));
                let ids: BTreeSet<&str> = quiz.iter().map(|q| q.question.id.as_str()).collect();
                prop_assert_eq!(ids.len(), ASKED);
                let mut answers = right_of(&quiz);
                prop_assert!(mark(&quiz, &answers).passed);
                for one in answers.iter_mut().take(missed) {
                    one.insert(99);
                }
                let marked = mark(&quiz, &answers);
                prop_assert_eq!((marked.right, marked.passed), (ASKED - missed, missed < 2));
            }
        }
    }

    #[test]
    fn seeds_ask_different_questions() {
        let of = |n: u8| draw(&courses()[0], &[n; 32]).iter().map(|a| a.question.id.as_str()).collect::<Vec<_>>();
        let all: BTreeSet<_> = (0..20).map(of).collect();
        assert!(all.len() > 18, "{}", all.len());
    }
}
