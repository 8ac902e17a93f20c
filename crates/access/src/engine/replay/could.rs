//! Whether somebody could do something to a record of which not everything is known.

use std::sync::Arc;

use model::StoredRow;

use super::facts::known;
use crate::engine::context::Context;
use crate::engine::filter::{Filter, Term};
use crate::engine::predicate::Test;

/// What of a row is not as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unknown {
    /// Owner, department and pool.
    pub owner: bool,
    /// Who took part, and to whom it was shared.
    pub members: bool,
    /// Its fields, and when it was changed.
    pub fields: bool,
}

impl Unknown {
    /// The names of what is not known.
    pub fn words(self) -> Vec<&'static str> {
        let all = [(self.owner, "owner"), (self.members, "members"), (self.fields, "fields")];
        all.into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect()
    }
}

/// Whether the filter lets the row pass, `None` where that depends on what is not known; with the rules that permit it, or might.
pub fn could(filter: &Filter, ctx: &Context, row: &StoredRow, unknown: Unknown) -> (Option<bool>, Vec<Arc<str>>) {
    let answer = |test: &Test| match test {
        Test::Request(asked) => Some(asked.holds(ctx)),
        Test::OwnerIs(_) | Test::OwnerIn(_) | Test::DepartmentIn(_) | Test::Pool(_) if unknown.owner => None,
        Test::Collaborator(_) | Test::Viewer(_) | Test::SharedRead(_) | Test::SharedEdit(_) if unknown.members => None,
        // When it was made does not change.
        Test::UpdatedAt(..) | Test::Field { .. } if unknown.fields => None,
        test => Some(test.matches(row)),
    };
    let holds = |term: &Term| known(&term.when, &answer);
    let forbids: Vec<Option<bool>> = filter.forbids.iter().map(holds).collect();
    let permits: Vec<(&Term, Option<bool>)> = filter.permits.iter().map(|t| (t, holds(t))).collect();
    let sure = permits.iter().any(|(_, held)| *held == Some(true));
    let rules: Vec<Arc<str>> = permits
        .iter()
        .filter(|(_, held)| if sure { *held == Some(true) } else { held.is_none() })
        .map(|(term, _)| term.rule.clone())
        .collect();
    if forbids.contains(&Some(true)) || rules.is_empty() {
        return (Some(false), vec![]);
    }
    let certain = sure && forbids.iter().all(|held| *held == Some(false));
    (certain.then_some(true), rules)
}
