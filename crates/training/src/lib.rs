//! Security training 安全培训: the courses that ship, and quizzes drawn from their questions and marked.
//!
//! Rules. A course is text in both languages, page by page, and questions; it ships with the program, and its digest says which text
//! somebody was taught. Which of its questions a quiz asks, and in which order their answers stand, follows from a seed that is handed in:
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
mod quiz;

pub use course::{Choice, Course, Page, Question, course, courses};
pub use quiz::{Asked, Marked, Wrong, draw, mark};

/// Questions of one quiz.
pub const ASKED: usize = 8;
/// Right answers in a hundred that pass.
pub const PASS_PERCENT: usize = 80;
