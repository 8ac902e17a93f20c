//! Automation rules 自动化规则 at work: which are set off by an act, and what they do in its unit.
//!
//! One story. "When a deal is won, make a task for its owner, and tell the ERP." Wang wins a deal. Before anything is written it is
//! worked out which rules that sets off, by the record as it will be; in one unit with her change there are then the task, and a
//! row that says that the ERP is to be told. The event tells each rule by its name, with what it did.
//!
//! Rules.
//! - What a rule does stands beside what who acts may do: it asks no right of theirs, and shows them nothing of it. Rules are
//!   made by who may make object types (`object.manage`).
//! - A rule moves no value: it sets what it names itself, and what it sends out are names and ids.
//! - What a rule does sets off no rule. Rules see the record as the act leaves it, not what the others set.
//! - What a rule cannot do (a field that an approval holds still, a stage that asks for more) is left out and told; the act is not
//!   refused for it.
//! - Imports set off nothing: history is as it was.

mod apply;
mod deliver;
mod due;
mod runs;
mod settings;
mod trigger;
mod webhook;

pub(crate) use apply::{Besides, Left, about};
pub(crate) use deliver::wait_after;
pub use deliver::{Attempt, Delivery, Fate};
pub(crate) use model::automation::is_name;
pub use runs::{ListRuns, RetryRun, RunView};
pub(crate) use settings::{AUTOMATIONS, HOOKS, host_of, is_host};
pub use settings::{ChangeAutomations, ChangeHooks, HookChange, Hooks, ReadAutomations, ReadHooks, ShownHook};
pub(crate) use trigger::Happened;
pub use webhook::{is_public, signature};
