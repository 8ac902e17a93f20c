//! Predicates: conditions on a row in the one form that is evaluated here and becomes SQL in the store.
//!
//! Rule: every test has two values. A test of a field without a value is false (only `IsEmpty` is true), so its negation
//! is true: what Cedar means by `!(resource has f && resource.f == v)` and SQL by `NOT COALESCE(f = v, FALSE)`.
//!
//! ```
//! use access::engine::{FieldTest, Predicate, Test};
//! let level = Test::Field { name: "level".parse().unwrap(), test: FieldTest::StartsWith("A".into()) };
//! let p = Predicate::Any(vec![Predicate::Test(level), Predicate::Test(Test::Pool(true))]);
//! assert!(!p.is_constant());
//! ```

use std::borrow::Cow;
use std::cmp::Ordering;

use model::record::Grantee;
use model::{Comparison, DepartmentId, FieldName, RoleName, StoredRow, UnixMs, UserId, Value};

use super::context::{Context, RequestTest};

/// To whom a record may have been shared so that one principal has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Grantees {
    pub user: UserId,
    /// The principal's department and those above it, sorted.
    pub departments: Vec<DepartmentId>,
    /// Sorted.
    pub roles: Vec<RoleName>,
}

impl Grantees {
    /// Whether only shares that name the person are meant. Everybody else has a department.
    pub fn is_by_name(&self) -> bool {
        self.departments.is_empty() && self.roles.is_empty()
    }
    pub fn has(&self, grantee: &Grantee) -> bool {
        match grantee {
            Grantee::User(u) => *u == self.user,
            Grantee::Department(d) => self.departments.binary_search(d).is_ok(),
            Grantee::Role(r) => self.roles.binary_search(r).is_ok(),
        }
    }
}

/// A test of a clear field.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FieldTest {
    /// `op` is one of `Eq`, `Ne`, `Lt`, `Le`, `Gt`, `Ge`; order is defined for `Int` values alone.
    Compare {
        op: Comparison,
        value: Value,
    },
    /// Sorted.
    In(Vec<Value>),
    /// By code points, case matters, no wildcard. Of several options and of an address in parts: in its column's text.
    StartsWith(String),
    Contains(String),
    IsEmpty,
    IsNotEmpty,
}

/// One test.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Test {
    OwnerIs(UserId),
    /// Sorted.
    OwnerIn(Vec<UserId>),
    /// Already expanded, sorted.
    DepartmentIn(Vec<DepartmentId>),
    Pool(bool),
    /// The user may read and write the record as one taking part in it.
    Collaborator(UserId),
    /// The user may read the record as one taking part in it.
    Viewer(UserId),
    /// The record is shared to one of these, to read or to edit.
    SharedRead(Grantees),
    /// The record is shared to one of these to edit.
    SharedEdit(Grantees),
    CreatedAt(Comparison, UnixMs),
    UpdatedAt(Comparison, UnixMs),
    Field {
        name: FieldName,
        test: FieldTest,
    },
    /// Only before a filter is bound.
    Request(RequestTest),
}

/// A condition on a row (and, before it is bound, on the request).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Predicate {
    True,
    False,
    /// All of them; of none: true.
    All(Vec<Predicate>),
    /// One of them; of none: false.
    Any(Vec<Predicate>),
    Not(Box<Predicate>),
    Test(Test),
}

fn ordered(op: Comparison, order: Ordering) -> bool {
    match op {
        Comparison::Eq => order.is_eq(),
        Comparison::Ne => order.is_ne(),
        Comparison::Lt => order.is_lt(),
        Comparison::Le => order.is_le(),
        Comparison::Gt => order.is_gt(),
        Comparison::Ge => order.is_ge(),
        _ => false,
    }
}

/// The text that a part is looked for in: as its column holds it.
fn as_text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Text(text) => Some(Cow::Borrowed(text)),
        Value::List(_) | Value::Address(_) => value.to_column().map(Cow::Owned),
        _ => None,
    }
}

impl FieldTest {
    /// Whether the test holds for the value of a field, `None` for a field without one.
    pub fn matches(&self, value: Option<&Value>) -> bool {
        let Some(have) = value else { return *self == FieldTest::IsEmpty };
        match self {
            FieldTest::Compare { op, value } => match (have, value) {
                (Value::Int(a), Value::Int(b)) => ordered(*op, a.cmp(b)),
                // Only numbers have an order that both databases and Cedar agree on.
                (a, b) => match op {
                    Comparison::Eq => a == b,
                    Comparison::Ne => a != b,
                    _ => false,
                },
            },
            FieldTest::In(values) => values.binary_search(have).is_ok(),
            FieldTest::StartsWith(text) => as_text(have).is_some_and(|t| t.starts_with(text.as_str())),
            FieldTest::Contains(text) => as_text(have).is_some_and(|t| t.contains(text.as_str())),
            FieldTest::IsEmpty => false,
            FieldTest::IsNotEmpty => true,
        }
    }
}

impl Test {
    /// Whether the row passes. A test of the request does not hold for any row.
    pub fn matches(&self, row: &StoredRow) -> bool {
        match self {
            Test::OwnerIs(user) => row.owner == Some(*user),
            Test::OwnerIn(users) => row.owner.is_some_and(|o| users.binary_search(&o).is_ok()),
            Test::DepartmentIn(list) => row.department.is_some_and(|d| list.binary_search(&d).is_ok()),
            Test::Pool(pool) => row.pool == *pool,
            Test::Collaborator(user) => row.members.collaborators.contains(user),
            Test::Viewer(user) => row.members.viewers.contains(user),
            Test::SharedRead(g) => row.members.shared_read.iter().chain(&row.members.shared_edit).any(|s| g.has(s)),
            Test::SharedEdit(g) => row.members.shared_edit.iter().any(|s| g.has(s)),
            Test::CreatedAt(op, at) => ordered(*op, row.created_at.cmp(at)),
            Test::UpdatedAt(op, at) => ordered(*op, row.updated_at.cmp(at)),
            Test::Field { name, test } => test.matches(row.clear.get(name)),
            Test::Request(_) => false,
        }
    }
}

impl From<Test> for Predicate {
    fn from(test: Test) -> Self {
        Predicate::Test(test)
    }
}

impl Predicate {
    /// Evaluates with the given answer for each test.
    pub fn holds(&self, test: &impl Fn(&Test) -> bool) -> bool {
        match self {
            Predicate::True => true,
            Predicate::False => false,
            Predicate::All(parts) => parts.iter().all(|p| p.holds(test)),
            Predicate::Any(parts) => parts.iter().any(|p| p.holds(test)),
            Predicate::Not(inner) => !inner.holds(test),
            Predicate::Test(t) => test(t),
        }
    }

    /// Whether the row passes. For bound predicates: a test of the request does not hold here.
    pub fn eval(&self, row: &StoredRow) -> bool {
        self.holds(&|t| t.matches(row))
    }

    /// Whether the row passes under this request.
    pub fn eval_in(&self, ctx: &Context, row: &StoredRow) -> bool {
        self.holds(&|t| match t {
            Test::Request(r) => r.holds(ctx),
            t => t.matches(row),
        })
    }

    /// The predicate with the request's tests answered: row tests alone are left.
    #[must_use]
    pub fn bind(&self, ctx: &Context) -> Predicate {
        self.fold(&|t| match t {
            Test::Request(r) => Some(r.holds(ctx)),
            _ => None,
        })
    }

    /// The predicate with the tests that have an answer replaced by it and constants folded away.
    #[must_use]
    pub fn fold(&self, answer: &impl Fn(&Test) -> Option<bool>) -> Predicate {
        match self {
            Predicate::True => Predicate::True,
            Predicate::False => Predicate::False,
            Predicate::Test(t) => match answer(t) {
                Some(true) => Predicate::True,
                Some(false) => Predicate::False,
                None => self.clone(),
            },
            Predicate::Not(inner) => match inner.fold(answer) {
                Predicate::True => Predicate::False,
                Predicate::False => Predicate::True,
                Predicate::Not(twice) => *twice,
                other => Predicate::Not(Box::new(other)),
            },
            Predicate::All(parts) => {
                let mut kept = Vec::with_capacity(parts.len());
                for p in parts {
                    match p.fold(answer) {
                        Predicate::True => {}
                        Predicate::False => return Predicate::False,
                        Predicate::All(inner) => kept.extend(inner),
                        other => kept.push(other),
                    }
                }
                one_or(kept, Predicate::True, Predicate::All)
            }
            Predicate::Any(parts) => {
                let mut kept = Vec::with_capacity(parts.len());
                for p in parts {
                    match p.fold(answer) {
                        Predicate::False => {}
                        Predicate::True => return Predicate::True,
                        Predicate::Any(inner) => kept.extend(inner),
                        other => kept.push(other),
                    }
                }
                one_or(kept, Predicate::False, Predicate::Any)
            }
        }
    }

    pub fn is_constant(&self) -> bool {
        matches!(self, Predicate::True | Predicate::False)
    }

    /// Whether it asks to whom a row is shared.
    pub fn asks_of_shares(&self) -> bool {
        match self {
            Predicate::All(parts) | Predicate::Any(parts) => parts.iter().any(Predicate::asks_of_shares),
            Predicate::Not(inner) => inner.asks_of_shares(),
            Predicate::Test(t) => matches!(t, Test::SharedRead(_)),
            _ => false,
        }
    }

    /// Every test of the request, in order of appearance.
    pub fn request_tests(&self) -> Vec<&RequestTest> {
        match self {
            Predicate::All(parts) | Predicate::Any(parts) => parts.iter().flat_map(Predicate::request_tests).collect(),
            Predicate::Not(inner) => inner.request_tests(),
            Predicate::Test(Test::Request(r)) => vec![r],
            _ => vec![],
        }
    }
}

fn one_or(mut parts: Vec<Predicate>, none: Predicate, many: fn(Vec<Predicate>) -> Predicate) -> Predicate {
    match (parts.pop(), parts.is_empty()) {
        (None, _) => none,
        (Some(only), true) => only,
        (Some(last), false) => {
            parts.push(last);
            many(parts)
        }
    }
}
