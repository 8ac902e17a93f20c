//! The words of the house: what a principal, an object, an operation, a scope and an access event are.
//!
//! Rule: no I/O, no async, no clock and no randomness of its own; everything here is plain data with its invariants.
//! Both the gate that decides and the ledger that proves speak in these types, so a word has one meaning everywhere.

pub mod action;
pub mod address;
pub mod aggregate;
pub mod alert;
pub mod approval;
pub mod audit_policy;
pub mod automation;
pub mod caller;
pub mod case;
pub mod condition;
pub mod decoy;
pub mod defaults;
pub mod event;
pub mod feed;
pub mod file;
pub mod formula;
pub mod ids;
pub mod layout;
pub mod mask;
pub mod numbering;
pub mod object;
pub mod org;
pub mod past;
pub mod policy;
pub mod pool;
pub mod process;
pub mod reason;
pub mod record;
pub mod response;
pub mod rules;
pub mod scope;
pub mod text;
pub mod time;
pub mod value;

pub use action::Action;
pub use address::Address;
pub use alert::{AlertState, Feedback, Severity};
pub use audit_policy::AuditPolicy;
pub use caller::{Caller, Channel, Origin};
pub use condition::{Comparison, Condition};
pub use event::{AccessEvent, Decision, Disclosure, Touch};
pub use file::FileKind;
pub use ids::*;
pub use layout::FormLayout;
pub use mask::Mask;
pub use object::{FieldDef, FieldKind, ObjectType, Sensitivity, Slot};
pub use org::{Department, Directory, Role, User, UserKind, UserStatus};
pub use past::{Asked, Relation};
pub use policy::{Effect, FieldLevel, FieldSelect, MatrixRow, ObjectSelect, Policy, Principals, What, When};
pub use pool::Pool;
pub use process::Process;
pub use reason::{Explanation, ReasonRules};
pub use record::StoredRow;
pub use scope::Scope;
pub use text::Text;
pub use time::{Clock, UnixMs};
pub use value::Value;
