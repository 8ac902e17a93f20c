//! Brings a predicate into the shape an index can serve, without changing what it means.

use model::{Comparison, FieldName};

use super::context::RequestTest;
use super::predicate::{FieldTest, Predicate, Test};

const fn negated(op: Comparison) -> Option<Comparison> {
    Some(match op {
        Comparison::Eq => Comparison::Ne,
        Comparison::Ne => Comparison::Eq,
        Comparison::Lt => Comparison::Ge,
        Comparison::Le => Comparison::Gt,
        Comparison::Gt => Comparison::Le,
        Comparison::Ge => Comparison::Lt,
        _ => return None,
    })
}

impl Predicate {
    /// An equal predicate: flat, constants folded, negated comparisons turned round, presence tests that another test
    /// implies left out.
    #[must_use]
    pub fn simplify(self) -> Predicate {
        inside(self.fold(&|_| None)).fold(&|_| None)
    }
}

fn inside(p: Predicate) -> Predicate {
    match p {
        Predicate::All(parts) => all(parts.into_iter().map(inside).collect()),
        Predicate::Any(parts) => any(parts.into_iter().map(inside).collect()),
        Predicate::Not(inner) => not(inside(*inner)),
        p => p,
    }
}

/// A record always has these times and a request always has its moment, so their negation is the opposite comparison.
fn not(inner: Predicate) -> Predicate {
    let turned = match &inner {
        Predicate::Test(Test::CreatedAt(op, at)) => negated(*op).map(|op| Test::CreatedAt(op, *at)),
        Predicate::Test(Test::UpdatedAt(op, at)) => negated(*op).map(|op| Test::UpdatedAt(op, *at)),
        Predicate::Test(Test::Pool(pool)) => Some(Test::Pool(!pool)),
        Predicate::Test(Test::Request(RequestTest::Until(t))) => Some(Test::Request(RequestTest::From(*t))),
        Predicate::Test(Test::Request(RequestTest::From(t))) => Some(Test::Request(RequestTest::Until(*t))),
        Predicate::Test(Test::Field { name, test: FieldTest::IsEmpty }) => {
            Some(Test::Field { name: name.clone(), test: FieldTest::IsNotEmpty })
        }
        Predicate::Test(Test::Field { name, test: FieldTest::IsNotEmpty }) => {
            Some(Test::Field { name: name.clone(), test: FieldTest::IsEmpty })
        }
        _ => None,
    };
    turned.map_or_else(|| Predicate::Not(Box::new(inner)), Predicate::Test)
}

fn all(parts: Vec<Predicate>) -> Predicate {
    let present: Vec<FieldName> = parts
        .iter()
        .filter_map(|p| match p {
            Predicate::Test(Test::Field { name, test: FieldTest::IsNotEmpty }) => Some(name.clone()),
            _ => None,
        })
        .collect();
    let mut kept: Vec<Predicate> = parts
        .into_iter()
        .map(|p| match p {
            // With the field known to have a value, "not equal" and "not less" are comparisons like any other.
            Predicate::Not(inner) => match *inner {
                Predicate::Test(Test::Field { name, test: FieldTest::Compare { op, value } })
                    if present.contains(&name) && negated(op).is_some() =>
                {
                    let op = negated(op).unwrap_or(op);
                    Test::Field { name, test: FieldTest::Compare { op, value } }.into()
                }
                other => Predicate::Not(Box::new(other)),
            },
            p => p,
        })
        .collect();
    let implied: Vec<FieldName> = present
        .into_iter()
        .filter(|f| {
            kept.iter().any(|p| match p {
                Predicate::Test(Test::Field { name, test }) => {
                    name == f && !matches!(test, FieldTest::IsNotEmpty | FieldTest::IsEmpty)
                }
                _ => false,
            })
        })
        .collect();
    let networks = kept.iter().any(|p| matches!(p, Predicate::Test(Test::Request(RequestTest::Network(_)))));
    kept.retain(|p| match p {
        Predicate::Test(Test::Field { name, test: FieldTest::IsNotEmpty }) => !implied.contains(name),
        Predicate::Test(Test::Request(RequestTest::HasAddress)) => !networks,
        _ => true,
    });
    Predicate::All(kept)
}

fn any(parts: Vec<Predicate>) -> Predicate {
    let mut nets = vec![];
    let mut kept = vec![];
    for p in parts {
        match p {
            Predicate::Test(Test::Request(RequestTest::Network(n))) => nets.extend(n),
            p => kept.push(p),
        }
    }
    if !nets.is_empty() {
        kept.push(Test::Request(RequestTest::Network(nets)).into());
    }
    match kept.pop() {
        Some(only) if kept.is_empty() => only,
        Some(last) => {
            kept.push(last);
            Predicate::Any(kept)
        }
        None => Predicate::False,
    }
}
