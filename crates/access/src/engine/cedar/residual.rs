//! What partial evaluation leaves, read back as a predicate. Fail closed: what is not known here is an error.

use std::str::FromStr;

use cedar_policy::pst::{BinaryOp, EntityUID, Expr, Literal, PatternElem, UnaryOp, Var};
use ipnet::IpNet;
use model::object::ObjectType;
use model::policy::Counter;
use model::{Channel, Comparison, DepartmentId, Directory, FieldKind, UnixMs, UserId, Value};

use super::super::context::RequestTest;
use super::super::predicate::{FieldTest, Grantees, Predicate, Test};
use super::CedarError;

/// Reads residuals of one principal over one object type.
pub(crate) struct Residuals<'a> {
    pub directory: &'a Directory,
    pub user: UserId,
    pub grantees: &'a Grantees,
    /// `None` for administrative duties.
    pub object: Option<&'a ObjectType>,
}

type Read<T> = Result<T, CedarError>;

fn unreadable<T>(e: &Expr) -> Read<T> {
    Err(CedarError(format!("cannot become a filter: `{e}`")))
}

/// One side of a comparison.
enum Side<'e> {
    /// A column or field of the record.
    Column(&'e str),
    /// A part of the request.
    Request(&'e str),
    Literal(&'e Literal),
    Set(Vec<&'e Literal>),
}

fn side(e: &Expr) -> Option<Side<'_>> {
    match e {
        Expr::Literal(l) => Some(Side::Literal(l)),
        Expr::GetAttr { expr, attr } => match expr.as_ref() {
            Expr::Var(Var::Resource) => Some(Side::Column(attr)),
            Expr::Var(Var::Context) => Some(Side::Request(attr)),
            _ => None,
        },
        Expr::Set(items) => items
            .iter()
            .map(|i| match i.as_ref() {
                Expr::Literal(l) => Some(l),
                _ => None,
            })
            .collect::<Option<Vec<_>>>()
            .map(Side::Set),
        _ => None,
    }
}

fn id_of<T: FromStr>(uid: &EntityUID, entity: &str) -> Option<T> {
    (uid.ty.0.namespace.is_empty() && uid.ty.0.id.as_str() == entity).then(|| uid.eid.parse().ok()).flatten()
}

fn literal_id<T: FromStr>(l: &Literal, entity: &str) -> Option<T> {
    match l {
        Literal::EntityUID(uid) => id_of(uid, entity),
        _ => None,
    }
}

fn ids<T: FromStr + Ord>(literals: &[&Literal], entity: &str) -> Option<Vec<T>> {
    let mut ids = literals.iter().map(|l| literal_id(l, entity)).collect::<Option<Vec<T>>>()?;
    ids.sort();
    ids.dedup();
    Some(ids)
}

impl Residuals<'_> {
    /// # Errors
    /// [`CedarError`] when any part of the expression has no meaning as a filter.
    pub(crate) fn read(&self, e: &Expr) -> Read<Predicate> {
        Ok(match e {
            Expr::Literal(Literal::Bool(true)) => Predicate::True,
            Expr::Literal(Literal::Bool(false)) => Predicate::False,
            Expr::UnaryOp { op: UnaryOp::Not, expr } => Predicate::Not(Box::new(self.read(expr)?)),
            Expr::BinaryOp { op: BinaryOp::And, left, right } => {
                Predicate::All(vec![self.read(left)?, self.read(right)?])
            }
            Expr::BinaryOp { op: BinaryOp::Or, left, right } => {
                Predicate::Any(vec![self.read(left)?, self.read(right)?])
            }
            Expr::IfThenElse { cond, then_expr, else_expr } => {
                let cond = self.read(cond)?;
                let otherwise = Predicate::All(vec![Predicate::Not(Box::new(cond.clone())), self.read(else_expr)?]);
                Predicate::Any(vec![Predicate::All(vec![cond, self.read(then_expr)?]), otherwise])
            }
            Expr::GetAttr { .. } => self.flag(e)?.into(),
            Expr::HasAttr { expr, attrs } if attrs.len() == 1 => match expr.as_ref() {
                Expr::Var(Var::Resource) => self.field(&attrs.head, FieldTest::IsNotEmpty, e)?.into(),
                Expr::Var(Var::Context) if attrs.head == "address" => Test::Request(RequestTest::HasAddress).into(),
                _ => return unreadable(e),
            },
            Expr::Like { expr, pattern } => match side(expr) {
                Some(Side::Column(name)) => self.field(name, like(pattern, e)?, e)?.into(),
                _ => return unreadable(e),
            },
            Expr::BinaryOp { op, left, right } => self.binary(*op, left, right, e)?,
            _ => return unreadable(e),
        })
    }

    /// A truth value that stands alone.
    fn flag(&self, e: &Expr) -> Read<Test> {
        match side(e) {
            Some(Side::Column("pool")) => Ok(Test::Pool(true)),
            Some(Side::Column(name)) if self.kind(name) == Some(&FieldKind::Bool) => {
                self.field(name, FieldTest::Compare { op: Comparison::Eq, value: Value::Bool(true) }, e)
            }
            Some(Side::Request("mfa")) => Ok(Test::Request(RequestTest::Mfa)),
            Some(Side::Request("office_hours")) => Ok(Test::Request(RequestTest::OfficeHours)),
            Some(Side::Request("purpose")) => Ok(Test::Request(RequestTest::Purpose)),
            Some(Side::Request("trained")) => Ok(Test::Request(RequestTest::Trained)),
            _ => unreadable(e),
        }
    }

    fn kind(&self, name: &str) -> Option<&FieldKind> {
        self.object.and_then(|o| o.field(name)).map(|f| &f.kind)
    }

    fn field(&self, name: &str, test: FieldTest, e: &Expr) -> Read<Test> {
        match self.object.and_then(|o| o.field(name)) {
            Some(def) if !def.class.is_sealed() && def.slot.is_some() => {
                Ok(Test::Field { name: def.name.clone(), test })
            }
            _ => unreadable(e),
        }
    }

    /// A literal as a value of the field, or nothing if it is not one.
    fn value(&self, name: &str, literal: &Literal) -> Option<Value> {
        match (self.kind(name)?, literal) {
            (FieldKind::Bool, Literal::Bool(b)) => Some(Value::Bool(*b)),
            (FieldKind::Reference { .. }, Literal::String(s)) => s.parse().ok().map(Value::Record),
            (FieldKind::User, Literal::String(s)) => s.parse().ok().map(Value::User),
            (FieldKind::Bool | FieldKind::Reference { .. } | FieldKind::User, _) => None,
            (_, Literal::Long(n)) => Some(Value::Int(*n)),
            (_, Literal::String(s)) => Some(Value::Text(s.to_string())),
            _ => None,
        }
    }

    fn binary(&self, op: BinaryOp, left: &Expr, right: &Expr, e: &Expr) -> Read<Predicate> {
        let compared = match op {
            BinaryOp::Eq => Comparison::Eq,
            BinaryOp::NotEq => Comparison::Ne,
            BinaryOp::Less => Comparison::Lt,
            BinaryOp::LessEq => Comparison::Le,
            BinaryOp::Greater => Comparison::Gt,
            BinaryOp::GreaterEq => Comparison::Ge,
            BinaryOp::In => return self.within(left, right, e),
            BinaryOp::Contains => return self.contains(left, right, e),
            BinaryOp::IsInRange => return network(left, right, e).map(Into::into),
            _ => return unreadable(e),
        };
        let turned = match compared {
            Comparison::Lt => Comparison::Gt,
            Comparison::Le => Comparison::Ge,
            Comparison::Gt => Comparison::Lt,
            Comparison::Ge => Comparison::Le,
            same => same,
        };
        match (side(left), side(right)) {
            (Some(Side::Column(c)), Some(Side::Literal(l))) => self.column(c, compared, l, e),
            (Some(Side::Literal(l)), Some(Side::Column(c))) => self.column(c, turned, l, e),
            (Some(Side::Request(r)), Some(Side::Literal(l))) => request(r, compared, l, e),
            (Some(Side::Literal(l)), Some(Side::Request(r))) => request(r, turned, l, e),
            _ => unreadable(e),
        }
    }

    fn column(&self, column: &str, op: Comparison, literal: &Literal, e: &Expr) -> Read<Predicate> {
        // Without a value a comparison is false and its opposite is not: "not equal" is the negation, presence stands apart.
        if op == Comparison::Ne {
            return Ok(Predicate::Not(Box::new(self.column(column, Comparison::Eq, literal, e)?)));
        }
        let equal = op == Comparison::Eq;
        Ok(match (column, literal) {
            ("owner", l) if equal => match literal_id(l, "User") {
                Some(user) => Test::OwnerIs(user),
                None => return unreadable(e),
            },
            ("department", l) if equal => match literal_id(l, "Department") {
                Some(d) => Test::DepartmentIn(vec![d]),
                None => return unreadable(e),
            },
            ("pool", Literal::Bool(b)) if equal => Test::Pool(*b),
            ("created_at", Literal::Long(n)) => Test::CreatedAt(op, UnixMs(*n)),
            ("updated_at", Literal::Long(n)) => Test::UpdatedAt(op, UnixMs(*n)),
            (name, l) => match self.value(name, l) {
                Some(value) if equal || matches!(value, Value::Int(_)) => {
                    self.field(name, FieldTest::Compare { op, value }, e)?
                }
                _ => return unreadable(e),
            },
        }
        .into())
    }

    /// `x in y`: the hierarchy.
    fn within(&self, left: &Expr, right: &Expr, e: &Expr) -> Read<Predicate> {
        let test = match (side(left), side(right)) {
            (Some(Side::Column("department")), Some(Side::Literal(l))) => self.below(&[l]),
            (Some(Side::Column("department")), Some(Side::Set(ls))) => self.below(&ls),
            (Some(Side::Literal(l)), Some(Side::Column(shared))) if literal_id(l, "User") == Some(self.user) => {
                match shared {
                    "sharedRead" => Some(Test::SharedRead(self.grantees.clone())),
                    "sharedEdit" => Some(Test::SharedEdit(self.grantees.clone())),
                    _ => None,
                }
            }
            _ => None,
        };
        test.map_or_else(|| unreadable(e), |t| Ok(t.into()))
    }

    fn below(&self, literals: &[&Literal]) -> Option<Test> {
        let mut all: Vec<DepartmentId> = vec![];
        for root in ids(literals, "Department")? {
            all.extend(self.directory.subtree(root));
        }
        all.sort();
        all.dedup();
        Some(Test::DepartmentIn(all))
    }

    fn contains(&self, set: &Expr, item: &Expr, e: &Expr) -> Read<Predicate> {
        let test = match (side(set), side(item)) {
            (Some(Side::Set(literals)), Some(_)) if literals.is_empty() => return Ok(Predicate::False),
            (Some(Side::Set(ls)), Some(Side::Column("owner"))) => ids(&ls, "User").map(Test::OwnerIn),
            (Some(Side::Set(ls)), Some(Side::Column("department"))) => ids(&ls, "Department").map(Test::DepartmentIn),
            (Some(Side::Set(ls)), Some(Side::Column(name))) => {
                let mut values = ls.iter().map(|l| self.value(name, l)).collect::<Option<Vec<_>>>();
                if let Some(v) = &mut values {
                    v.sort();
                    v.dedup();
                }
                match values {
                    Some(values) => Some(self.field(name, FieldTest::In(values), e)?),
                    None => None,
                }
            }
            (Some(Side::Set(ls)), Some(Side::Request("channel"))) => ls
                .iter()
                .map(|l| match l {
                    Literal::String(s) => Channel::ALL.into_iter().find(|c| c.as_str() == s.as_str()),
                    _ => None,
                })
                .collect::<Option<Vec<_>>>()
                .map(|mut channels| {
                    channels.sort();
                    Test::Request(RequestTest::Channel(channels))
                }),
            (Some(Side::Column(members)), Some(Side::Literal(l))) if literal_id(l, "User") == Some(self.user) => {
                match members {
                    "collaboratorUsers" => Some(Test::Collaborator(self.user)),
                    "viewerUsers" => Some(Test::Viewer(self.user)),
                    "sharedUsers" => {
                        Some(Test::SharedRead(Grantees { user: self.user, departments: vec![], roles: vec![] }))
                    }
                    _ => None,
                }
            }
            _ => None,
        };
        test.map_or_else(|| unreadable(e), |t| Ok(t.into()))
    }
}

fn request(name: &str, op: Comparison, literal: &Literal, e: &Expr) -> Read<Predicate> {
    let Literal::Long(n) = literal else { return unreadable(e) };
    let before = |t: i64| Predicate::Test(Test::Request(RequestTest::Until(UnixMs(t))));
    let below = |counter, below| Predicate::Test(Test::Request(RequestTest::Below { counter, below }));
    let less: Box<dyn Fn(i64) -> Predicate> = match (name, Counter::ALL.into_iter().find(|c| c.as_str() == name)) {
        ("now", _) => Box::new(before),
        (_, Some(counter)) => Box::new(move |n| below(counter, n)),
        _ => return unreadable(e),
    };
    // Whole numbers: at most n is below n + 1. The largest number has no such, and no rule needs it.
    let next = || n.checked_add(1);
    match (op, next()) {
        (Comparison::Lt, _) => Ok(less(*n)),
        (Comparison::Ge, _) => Ok(Predicate::Not(Box::new(less(*n)))),
        (Comparison::Le, Some(next)) => Ok(less(next)),
        (Comparison::Gt, Some(next)) => Ok(Predicate::Not(Box::new(less(next)))),
        _ => unreadable(e),
    }
}

fn network(address: &Expr, range: &Expr, e: &Expr) -> Read<Test> {
    let Some(Side::Request("address")) = side(address) else { return unreadable(e) };
    let Expr::UnaryOp { op: UnaryOp::Ip, expr } = range else { return unreadable(e) };
    let Expr::Literal(Literal::String(text)) = expr.as_ref() else { return unreadable(e) };
    let net = text.parse::<IpNet>().or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from));
    match net {
        Ok(net) => Ok(Test::Request(RequestTest::Network(vec![net]))),
        Err(_) => unreadable(e),
    }
}

fn like(pattern: &[PatternElem], e: &Expr) -> Read<FieldTest> {
    let text = |elements: &[PatternElem]| -> Option<String> {
        elements
            .iter()
            .map(|p| match p {
                PatternElem::Char(c) => Some(*c),
                PatternElem::Wildcard => None,
            })
            .collect()
    };
    let test = match pattern {
        [PatternElem::Wildcard, middle @ .., PatternElem::Wildcard] => text(middle).map(FieldTest::Contains),
        [head @ .., PatternElem::Wildcard] => text(head).map(FieldTest::StartsWith),
        _ => None,
    };
    test.map_or_else(|| unreadable(e), Ok)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cedar_policy::Policy;
    use cedar_policy::pst::Clause;

    fn read(text: &str) -> Read<Predicate> {
        let user = UserId::from_bytes([1; 16]);
        let object = model::defaults::objects().remove(0);
        let grantees = Grantees { user, departments: vec![], roles: vec![] };
        let directory = Directory::default();
        let reader = Residuals { directory: &directory, user, grantees: &grantees, object: Some(&object) };
        let text = text.replace("ME", &user.to_string());
        let policy = Policy::parse(None, format!("permit(principal, action, resource) when {{ {text} }};")).unwrap();
        match policy.to_pst().unwrap().body().clauses().first() {
            Some(Clause::When(e)) => reader.read(e),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_the_policies_here_are_made_of_is_read() {
        for text in [
            "resource.owner == User::\"ME\"",
            "resource has level && resource.level == \"A\"",
            "if resource.pool then context.mfa else !context.purpose",
            "context has address && context.address.isInRange(ip(\"10.0.0.0/8\"))",
            "User::\"ME\" in resource.sharedRead || resource.viewerUsers.contains(User::\"ME\")",
            "resource has region && resource.region like \"*a*\"",
            "5 < resource.created_at && context.now < 7 && context.reveals_per_hour <= 3",
        ] {
            assert!(read(text).is_ok(), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn what_has_no_meaning_in_a_database_is_an_error_and_never_left_out() {
        for text in [
            "resource.created_at * 9223372036854775807 > 0",
            "resource.owner.department == Department::\"ME\"",
            "resource.sharedRead.containsAny([Grantee::\"user:ME\"])",
            "principal in resource.department",
            "resource.pool && resource.unheard_of",
            "resource.owner == User::\"none\"",
            "resource has phone",
            "resource.phone == \"138\"",
            "resource.region like \"a*b\"",
            "resource.region == 7 && resource.level < \"B\"",
            "User::\"someone else\" in resource.sharedRead",
            "resource.collaboratorUsers.contains(User::\"00000000-0000-0000-0000-000000000002\")",
            "resource in Department::\"ME\"",
            "context.address == ip(\"10.0.0.1\")",
            "resource.hasTag(\"x\")",
            "!(resource.owner.department == Department::\"ME\")",
        ] {
            let refused = read(text);
            assert!(
                matches!(&refused, Err(CedarError(m)) if m.contains("cannot become a filter")),
                "{text}: {refused:?}"
            );
        }
    }
}
