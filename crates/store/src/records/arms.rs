//! Parts of a list that an index gives in order: one for each department within the caller's reach, one for the pool, for
//! an owner, for what is shared to them. The database merges them and stops when the page is full.
//!
//! So a page costs what it shows and what its filter passes over within the caller's reach. Records beyond it are neither
//! read nor waited for: the time of an answer does not tell of them. Rule: every arm carries all of the list's conditions,
//! so an arm too many costs time and shows nothing; no row is in two arms; together they hold every row that the one filter
//! they were taken from lets pass.

use access::engine::{BoundFilter, Predicate, Test};
use model::{DepartmentId, Directory, UnixMs, UserId};

use super::list::{Asked, ListRecords, Prepared};
use super::order::{Index, Order};
use crate::sql::Sql;
use crate::{Dialect, row};

/// SQLite joins at most 500 parts, and merging takes the longer the more there are.
const MOST_ARMS: usize = 100;
/// Values bound in one statement; checked after each arm.
const MOST_BOUND: usize = 10_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Arm {
    /// Of one department, or of none.
    Department(Option<DepartmentId>),
    Pool,
    Owner(UserId),
    /// Shared to the caller, or taken part in by them: as the test says.
    Member(Test),
}

/// The arms of a list; `None` when it is better asked row by row.
pub(super) fn of(p: &Prepared, q: &ListRecords, order: &Order, directory: &Directory) -> Option<Vec<Arm>> {
    // One customer's records are few, and an index finds them.
    if q.customer.is_some() {
        return None;
    }
    let filters = p.filters.iter().map(BoundFilter::whole).chain(p.condition.clone());
    let least = filters.filter_map(|f| reach(&f)).min_by_key(Vec::len);
    let mut arms = match (least, order.index) {
        (Some(arms), _) => arms,
        // Everything: departments are never deleted, so these are all there are.
        (None, Index::Field) => {
            directory.departments.keys().map(|d| Arm::Department(Some(*d))).chain([Arm::Department(None)]).collect()
        }
        (None, _) => return None,
    };
    arms.sort_by_key(place);
    (1..=MOST_ARMS).contains(&arms.len()).then_some(arms)
}

/// The order in which arms stand: each later kind leaves out what an earlier has, and equal questions are equal statements.
fn place(arm: &Arm) -> (u8, Option<DepartmentId>, Option<UserId>) {
    match arm {
        Arm::Department(d) => (0, *d, None),
        Arm::Pool => (1, None, None),
        Arm::Owner(u) => (2, None, Some(*u)),
        Arm::Member(_) => (3, None, None),
    }
}

/// Arms that hold every row the predicate lets pass; `None` when that may be any row.
fn reach(p: &Predicate) -> Option<Vec<Arm>> {
    match p {
        Predicate::False => Some(vec![]),
        Predicate::True | Predicate::Not(_) => None,
        Predicate::Test(test) => match test {
            Test::OwnerIs(user) => Some(vec![Arm::Owner(*user)]),
            Test::OwnerIn(users) => Some(users.iter().map(|u| Arm::Owner(*u)).collect()),
            Test::DepartmentIn(list) => Some(list.iter().map(|d| Arm::Department(Some(*d))).collect()),
            Test::Pool(true) => Some(vec![Arm::Pool]),
            Test::Collaborator(_) | Test::Viewer(_) | Test::SharedRead(_) | Test::SharedEdit(_) => {
                Some(vec![Arm::Member(test.clone())])
            }
            _ => None,
        },
        Predicate::All(parts) => parts.iter().filter_map(reach).min_by_key(Vec::len),
        Predicate::Any(parts) => {
            let mut all: Vec<Arm> = vec![];
            for part in parts {
                for arm in reach(part)? {
                    if !all.contains(&arm) {
                        all.push(arm);
                    }
                }
            }
            Some(all)
        }
    }
}

/// What is known of every row of an arm, given the arms before it.
fn known(arm: &Arm, before: &[Arm], test: &Test) -> Option<bool> {
    let taken = |arm: Arm| before.contains(&arm);
    match (test, arm) {
        (Test::DepartmentIn(list), Arm::Department(d)) => Some(d.is_some_and(|d| list.contains(&d))),
        (Test::DepartmentIn(list), _) => list.iter().all(|d| taken(Arm::Department(Some(*d)))).then_some(false),
        (Test::Pool(pool), Arm::Pool) => Some(*pool),
        (Test::Pool(pool), Arm::Owner(_) | Arm::Member(_)) => taken(Arm::Pool).then_some(!pool),
        (Test::OwnerIs(user), Arm::Owner(owner)) => Some(user == owner),
        (Test::OwnerIn(users), Arm::Owner(owner)) => Some(users.contains(owner)),
        (Test::OwnerIs(user), Arm::Member(_)) => taken(Arm::Owner(*user)).then_some(false),
        (test, Arm::Member(member)) if test == member => Some(true),
        (test, Arm::Member(_)) => taken(Arm::Member(test.clone())).then_some(false),
        _ => None,
    }
}

/// The page as one statement: the arms merged in order, then the rows themselves. `None` when so many arms, each with all
/// values of the conditions, would be more than a statement takes.
pub(super) fn merged(dialect: Dialect, ask: &Asked<'_>, arms: &[Arm]) -> Option<Sql> {
    let (object, order) = (&ask.p.object, ask.order);
    let mut sql = Sql::new(dialect, "SELECT ");
    sql.push(&row::select(object)).push(", ").push(&order.names("x")).push(" FROM (");
    for (n, arm) in arms.iter().enumerate() {
        if n > 0 {
            sql.push(" UNION ALL ");
        }
        let before = arms.get(..n).unwrap_or_default();
        select(&mut sql, ask, arm, before);
        if sql.bound() > MOST_BOUND {
            return None;
        }
    }
    sql.push(" ORDER BY ");
    order.order_by(&mut sql, "", "id");
    sql.push(" LIMIT ").bind(ask.limit());
    sql.push(") x JOIN record r ON r.id = x.id LEFT JOIN data_key k ON k.customer = r.customer ORDER BY ");
    order.order_by(&mut sql, "x", "r.id");
    Some(sql)
}

fn select(sql: &mut Sql, ask: &Asked<'_>, arm: &Arm, before: &[Arm]) {
    let (object, order, now) = (&ask.p.object, ask.order, ask.now);
    let fold = |p: &Predicate| p.fold(&|test| known(arm, before, test));
    let readable = order.readable(fold);
    sql.push("SELECT r.id AS id, ");
    order.select(sql, object, now, &readable);
    sql.push(" FROM ");
    if let Arm::Member(test) = arm {
        // From the memberships to the records: the other way round would be through all records.
        sql.push("(SELECT DISTINCT m.record FROM member m WHERE ").membership(test, now).push(") s CROSS JOIN ");
    }
    // Written out, not bound: an index of some rows serves only what is known to be among them when the plan is made.
    sql.push("record r WHERE r.object = '").push(object.name.as_str()).push("'");
    own(sql, arm);
    without(sql, arm, before, now);
    for p in ask.p.filters.iter().map(BoundFilter::whole).chain(ask.p.condition.clone()) {
        let p = fold(&p);
        if p != Predicate::True {
            sql.push(" AND ");
            sql.predicate(&p, object, now);
        }
    }
    if let Some(after) = ask.after {
        order.after(sql, object, now, &readable, after);
    }
}

/// What makes the arm, in the form that its index serves.
fn own(sql: &mut Sql, arm: &Arm) {
    match arm {
        Arm::Department(Some(d)) => sql.push(" AND r.department = ").bind(*d),
        Arm::Department(None) => sql.push(" AND r.department IS NULL"),
        Arm::Pool => sql.push(" AND r.pool = 1"),
        Arm::Owner(user) => sql.push(" AND r.owner = ").bind(*user),
        Arm::Member(_) => sql.push(" AND r.id = s.record"),
    };
}

/// Leaves out what the arms before have. Departments among themselves and owners among themselves have nothing in common.
fn without(sql: &mut Sql, arm: &Arm, before: &[Arm], now: UnixMs) {
    if matches!(arm, Arm::Department(_)) {
        return;
    }
    let departments: Vec<_> =
        before.iter().filter_map(|a| if let Arm::Department(d) = a { *d } else { None }).collect();
    if !departments.is_empty() {
        sql.push(" AND NOT COALESCE(r.department IN ").bind_list(departments).push(", FALSE)");
    }
    if before.contains(&Arm::Department(None)) {
        sql.push(" AND r.department IS NOT NULL");
    }
    if before.contains(&Arm::Pool) {
        sql.push(" AND r.pool <> 1");
    }
    if matches!(arm, Arm::Owner(_)) {
        return;
    }
    let owners: Vec<_> = before.iter().filter_map(|a| if let Arm::Owner(u) = a { Some(*u) } else { None }).collect();
    if !owners.is_empty() {
        sql.push(" AND NOT COALESCE(r.owner IN ").bind_list(owners).push(", FALSE)");
    }
    for earlier in before.iter().filter_map(|a| if let Arm::Member(t) = a { Some(t) } else { None }) {
        sql.push(" AND NOT ").exists(earlier, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use access::engine::FieldTest;

    fn department(n: u8) -> DepartmentId {
        DepartmentId::from_bytes([n; 16])
    }

    #[test]
    fn a_scope_is_taken_apart_and_what_has_no_bound_is_not() {
        let user = UserId::from_bytes([9; 16]);
        let subtree = Predicate::Test(Test::DepartmentIn(vec![department(1), department(2)]));
        let viewer = Predicate::Test(Test::Viewer(user));
        let field = Predicate::Test(Test::Field { name: "level".parse().unwrap(), test: FieldTest::IsNotEmpty });
        let departments = [Arm::Department(Some(department(1))), Arm::Department(Some(department(2)))];

        let scope = Predicate::Any(vec![subtree.clone(), Predicate::Test(Test::Pool(true)), viewer.clone(), viewer]);
        let arms = reach(&scope).unwrap();
        assert_eq!(arms, [&departments[..], &[Arm::Pool, Arm::Member(Test::Viewer(user))]].concat());
        let owned = Predicate::All(vec![field.clone(), subtree.clone(), Predicate::Test(Test::OwnerIs(user))]);
        assert_eq!(reach(&owned).unwrap(), [Arm::Owner(user)], "the narrower of two bounds");
        assert_eq!(reach(&Predicate::Any(vec![subtree.clone(), field.clone()])), None);
        assert_eq!(reach(&Predicate::Not(Box::new(subtree))), None);
        assert_eq!(reach(&Predicate::All(vec![field, Predicate::True])), None);
        assert_eq!(reach(&Predicate::False).unwrap(), []);
    }

    #[test]
    fn within_an_arm_the_tests_that_made_it_and_those_before_are_known() {
        let user = UserId::from_bytes([9; 16]);
        let before = [Arm::Department(Some(department(1))), Arm::Pool, Arm::Owner(user)];
        let member = Arm::Member(Test::Viewer(user));
        let departments = |list: &[u8]| Test::DepartmentIn(list.iter().map(|n| department(*n)).collect());
        assert_eq!(known(&before[0], &[], &departments(&[1, 3])), Some(true));
        assert_eq!(known(&before[0], &[], &departments(&[3])), Some(false));
        assert_eq!(known(&Arm::Department(None), &[], &departments(&[3])), Some(false));
        assert_eq!(known(&member, &before, &departments(&[1])), Some(false));
        assert_eq!(known(&member, &before, &departments(&[1, 3])), None, "of 3 there may be some");
        assert_eq!(known(&member, &before, &Test::Pool(false)), Some(true));
        assert_eq!(known(&member, &before, &Test::OwnerIs(user)), Some(false));
        assert_eq!(known(&member, &before, &Test::Viewer(user)), Some(true));
        assert_eq!(known(&member, &before, &Test::Collaborator(user)), None);
        assert_eq!(known(&before[2], &before[..2], &Test::Viewer(user)), None);
    }
}
