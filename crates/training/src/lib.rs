//! Security training 安全培训: courses, quizzes drawn from their questions and marked, and what systems outside state (xAPI).
//!
//! Rules. A course is text, page by page, and questions; it ships with the program, or is a company's own: [`read_own`] holds it to what
//! the shipped ones are held to. Which of its questions a quiz asks, and in which order their answers stand, follows from a seed that is handed in:
//! the same seed gives the same quiz, on every node. Which answers are right never leaves this crate before they were given.
//!
//! ```
//! let course = training::course("misuse").unwrap();
//! let quiz = training::draw(course, &[7; 32]);
//! assert_eq!(quiz.len(), training::ASKED);
//! let marked = training::mark(&quiz, &[]);
//! assert!(!marked.passed && marked.right == 0);
//! ```

mod course;
mod draw;
mod lines;
mod own;
mod pack;
mod quiz;
mod statement;

pub use course::{Choice, Course, Page, Question, course, courses};
pub use own::{Fault, read_own};
pub use pack::{Files, MOST_PACKED_BYTES, unpack};
pub use quiz::{Asked, Marked, Wrong, draw, mark};
pub use statement::{
    Actor, MOST_STATEMENT_BYTES, MOST_STATEMENTS, PassRule, Stated, Statement, StatementsFault, Verb, read_statements,
};

/// Questions of one quiz.
pub const ASKED: usize = 8;
/// Right answers in a hundred that pass.
pub const PASS_PERCENT: usize = 80;
