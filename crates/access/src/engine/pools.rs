//! Pools that their members alone see 仅成员可见.
//!
//! Rule: a row with scope `pool` reaches what waits in pools, but what waits in a pool of its members alone it reaches for them alone.
//! Members are people and not policy: what Cedar leaves of such a row is narrowed here, per principal, and the narrowed filter
//! is the one that every list, count and single record is asked by. What somebody reaches otherwise, as its department's or by
//! a share, they reach as before.

use model::org::User;
use model::policy::Effect;
use model::{Directory, ObjectType, Pool, Scope, Value};

use super::compiled::Rule;
use super::predicate::{FieldTest, Predicate, Test};
use super::rows::Reach;

/// Whether a rule is narrowed.
pub(super) fn narrows(rule: &Rule) -> bool {
    rule.source.effect == Effect::Permit && matches!(&rule.source.reach, Reach::Scope(Scope::Pool))
}

/// Which of the object's pooled records somebody sees; `None` for all of them.
pub(super) fn seen(object: &ObjectType, user: &User, directory: &Directory) -> Option<Predicate> {
    let pools: Vec<&Pool> = directory.pools.iter().filter(|p| p.object == object.name).collect();
    let above = directory.ancestors(user.department);
    let is_open = |pool: &Pool| !pool.members_only || pool.has_member(user, &above);
    if pools.iter().all(|pool| is_open(pool)) {
        return None;
    }
    // Kept fields have columns; without one nothing can be told apart, and nothing is seen.
    let name = object.process().and_then(|p| p.pool.as_ref()).map(|f| f.name.clone());
    let Some(name) = name.filter(|name| object.field(name.as_str()).is_some_and(|f| f.slot.is_some())) else {
        return Some(Predicate::False);
    };
    let named = |open: bool| {
        let mut names: Vec<String> =
            pools.iter().filter(|pool| is_open(pool) == open).map(|pool| pool.name.clone()).collect();
        names.sort();
        let test = FieldTest::In(names.into_iter().map(Value::Text).collect());
        Predicate::Test(Test::Field { name: name.clone(), test })
    };
    // What names no pool, or one that is not there any more, waits in the first.
    Some(match pools.first().is_some_and(|first| is_open(first)) {
        true => Predicate::Not(Box::new(named(false))),
        false => named(true),
    })
}
