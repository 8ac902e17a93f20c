//! Policy replay 策略回放: another policy decides what people did, with what was true then.
//!
//! Rule: nothing is guessed. A past access is decided again by what its event kept (who, from where, when, whose the record was, how it stood to
//! them) and by the picture of the company that decided then. Where a fact that matters was not kept, or where the facts do not give what was
//! decided then, the answer is that it cannot be told, and why. So the policy of then, over its own history, differs in nothing.
//!
//! Every distinct situation is decided once and counted as often as it occurred: people look at the same kinds of records by the same rules all
//! day, and ten million decisions are some ten thousand situations.
//!
//! ```
//! use std::sync::Arc;
//! use access::engine::{Compiled, replay::Replay};
//! use model::defaults;
//!
//! let proposed = Compiled::compile(2, &defaults::policy(), &defaults::objects()).unwrap();
//! let replay = Replay::new(Arc::new(proposed));
//! assert_eq!(replay.totals().decisions, 0);
//! ```

mod could;
mod facts;
mod judge;
mod lens;
mod run;
mod sides;
mod tally;
#[cfg(test)]
mod tests;

use model::{Directory, Relation, StoredRow, UserId};

use super::predicate::Grantees;

pub use could::{Unknown, could};
pub use facts::{PastEvent, PastRequest, PastTouch};
pub use judge::{Missing, Outcome};
pub use run::Replay;
pub use tally::{Change, Counts, Example, Totals};

/// How a row stands to those who act: the tests that rules make of it, answered.
pub(crate) fn relation(row: &StoredRow, own: impl Iterator<Item = UserId>, directory: &Directory) -> Relation {
    let mut found = Relation::default();
    for (n, user) in own.take(2).enumerate() {
        let members = &row.members;
        let mut see = |holds: bool, bit: u16| {
            if holds {
                found = found.with(n, bit);
            }
        };
        see(row.pool, Relation::POOL);
        see(members.viewers.contains(&user), Relation::VIEWER);
        see(members.collaborators.contains(&user), Relation::COLLABORATOR);
        if members.shared_read.is_empty() && members.shared_edit.is_empty() {
            continue;
        }
        let Some(known) = directory.user(user) else { continue };
        let mut departments = directory.ancestors(known.department);
        departments.sort();
        let to = Grantees { user, departments, roles: known.roles.iter().cloned().collect() };
        see(members.shared_read.iter().chain(&members.shared_edit).any(|g| to.has(g)), Relation::SHARED_READ);
        see(members.shared_edit.iter().any(|g| to.has(g)), Relation::SHARED_EDIT);
        let to = Grantees { user, departments: vec![], roles: vec![] };
        see(members.shared_read.iter().chain(&members.shared_edit).any(|g| to.has(g)), Relation::SHARED_BY_NAME);
    }
    found
}
