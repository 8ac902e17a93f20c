//! The pure half of the gate: the role matrix becomes Cedar policies, the policies become filters, and filters decide.
//!
//! Rule: default deny; a forbid beats every permit; whatever cannot be evaluated denies. Nothing here reads a clock, a file
//! or a database: the moment and its surroundings are the [`Context`], the company is the `Directory`, the record is a row.
//!
//! ```
//! use std::sync::Arc;
//! use access::engine::{Compiled, Engine};
//! use model::{Directory, UserId, defaults};
//!
//! let compiled = Compiled::compile(1, &defaults::policy(), &defaults::objects()).unwrap();
//! let engine = Engine::new(Arc::new(compiled), Arc::new(Directory::new(vec![], vec![], defaults::roles())));
//! // Someone the directory does not know reaches nothing.
//! let rights = engine.rights(UserId::from_bytes([1; 16]), &"customer".parse().unwrap()).unwrap();
//! assert!(rights.filter(model::Action::View).never());
//! ```

mod calendar;
mod cedar;
mod checked;
pub mod compare;
mod compiled;
mod condition;
mod context;
mod decide;
pub mod explain;
mod filter;
pub mod matrix_table;
mod might;
mod pools;
mod predicate;
mod problem;
pub mod replay;
mod rights;
mod rows;
mod schema;
mod simplify;

pub use calendar::{BadCalendar, Calendar, CalendarSpec, Hours};
pub use cedar::reference;
pub use compiled::Compiled;
pub use condition::{ConditionError, predicate_of};
pub use context::{Context, Obligation, RequestTest, Verdict};
pub use decide::{Engine, EngineError};
pub use explain::counted_words;
pub use filter::{BoundFilter, Filter, Term};
pub use predicate::{FieldTest, Grantees, Predicate, Test};
pub use problem::Problem;
pub use rights::Rights;

#[cfg(test)]
mod tests;
