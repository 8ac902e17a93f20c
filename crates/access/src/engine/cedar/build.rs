//! A rule as a Cedar policy, built as a syntax tree.

use std::collections::BTreeMap;
use std::sync::Arc;

use cedar_policy::Policy;
use cedar_policy::pst::{
    ActionConstraint, BinaryOp, Clause, Effect, EntityOrSlot, EntityType, EntityUID, Expr, Literal, Name, PatternElem,
    Policy as PstPolicy, PrincipalConstraint, ResourceConstraint, StaticPolicy, Template, UnaryOp, Var,
};
use model::policy::{self, Beyond, FieldSelect, Principals, What, When};
use model::{Comparison, FieldLevel, ObjectType, Scope, Value};

use super::super::predicate::{FieldTest, Predicate, Test};
use super::super::rows::{Reach, Source};
use super::super::schema::{self, LEVELS};
use super::CedarError;

type Built = Result<Arc<Expr>, CedarError>;

/// The policy of a rule over these object types.
pub(crate) fn policy(rule: &Source, objects: &[&ObjectType]) -> Result<Policy, CedarError> {
    let who = match &rule.who {
        Principals::Everyone => PrincipalConstraint::Any,
        Principals::Role(r) => PrincipalConstraint::In(EntityOrSlot::Entity(entity("Role", r.as_str())?)),
        Principals::Department(d) => {
            PrincipalConstraint::In(EntityOrSlot::Entity(entity("Department", &d.to_string())?))
        }
        Principals::User(u) => PrincipalConstraint::Eq(EntityOrSlot::Entity(entity("User", &u.to_string())?)),
    };
    let actions = action_ids(rule, objects).iter().map(|id| entity("Action", id)).collect::<Result<Vec<_>, _>>()?;
    let effect = match rule.effect {
        policy::Effect::Permit => Effect::Permit,
        policy::Effect::Forbid => Effect::Forbid,
    };
    let mut clauses = vec![];
    let mut time = vec![];
    if let Some(t) = rule.valid_from {
        time.push(binary(BinaryOp::LessEq, long(t.0), context("now")));
    }
    if let Some(t) = rule.valid_until {
        time.push(binary(BinaryOp::Less, context("now"), long(t.0)));
    }
    clauses.extend(all(time).map(Clause::When));
    clauses.extend(reach(rule)?.map(Clause::When));
    let conditions = all(rule.when.iter().map(condition).collect::<Result<_, _>>()?);
    clauses.extend(conditions.map(match effect {
        Effect::Permit => Clause::When,
        Effect::Forbid => Clause::Unless,
    }));
    let annotations = BTreeMap::from([
        ("id".to_owned(), rule.id.as_str().into()),
        ("title_en".to_owned(), rule.title.en.as_str().into()),
        ("title_zh".to_owned(), rule.title.zh.as_str().into()),
    ]);
    let template = Template::new(rule.id.as_str(), effect, who, ActionConstraint::In(actions), ResourceConstraint::Any)
        .try_with_clauses(clauses)
        .map_err(CedarError::of)?
        .with_annotations(annotations);
    let fixed = StaticPolicy::try_from(template).map_err(CedarError::of)?;
    Policy::from_pst(PstPolicy::Static(fixed)).map_err(CedarError::of)
}

/// The levels a row of this level bears on: a permit's and those below, a forbid's and those above.
pub(crate) fn levels(effect: policy::Effect, level: FieldLevel) -> impl Iterator<Item = FieldLevel> {
    LEVELS.into_iter().filter(move |l| match effect {
        policy::Effect::Permit => *l <= level,
        policy::Effect::Forbid => *l >= level,
    })
}

fn action_ids(rule: &Source, objects: &[&ObjectType]) -> Vec<String> {
    let any = rule.objects == policy::ObjectSelect::Any;
    let chosen = || objects.iter().filter(|o| rule.objects.has(&o.name));
    let mut ids = vec![];
    match &rule.what {
        What::Operations(actions) => {
            for a in actions {
                if a.on() == model::action::On::System {
                    ids.push(schema::duty_id(*a));
                } else if any {
                    ids.push(schema::any_operation_id(*a));
                } else {
                    ids.extend(chosen().map(|o| schema::operation_id(&o.name, *a)));
                }
            }
        }
        What::Fields { fields, level } => {
            for l in levels(rule.effect, *level) {
                match fields {
                    FieldSelect::Classes(classes) => {
                        for c in classes {
                            if any {
                                ids.push(schema::any_class_id(*c, l));
                            } else {
                                ids.extend(chosen().map(|o| schema::class_id(&o.name, *c, l)));
                            }
                        }
                    }
                    FieldSelect::Named(names) => {
                        for o in chosen() {
                            let there = names.iter().filter(|n| o.field(n.as_str()).is_some());
                            ids.extend(there.map(|n| schema::field_id(&o.name, n.as_str(), l)));
                        }
                    }
                }
            }
        }
    }
    ids
}

fn reach(rule: &Source) -> Result<Option<Arc<Expr>>, CedarError> {
    let principal = || Arc::new(Expr::Var(Var::Principal));
    let own = || binary(BinaryOp::Eq, resource("owner"), principal());
    let department = || attribute(principal(), "department");
    let scope = match &rule.reach {
        Reach::SharedRead => return Ok(Some(binary(BinaryOp::In, principal(), resource("sharedRead")))),
        Reach::SharedEdit => return Ok(Some(binary(BinaryOp::In, principal(), resource("sharedEdit")))),
        Reach::Scope(scope) => scope,
    };
    Ok(Some(match scope {
        Scope::All => return Ok(None),
        Scope::Own => own(),
        Scope::Reports => or(own(), binary(BinaryOp::Contains, attribute(principal(), "reports"), resource("owner"))),
        Scope::Participant => {
            let writes = binary(BinaryOp::Contains, resource("collaboratorUsers"), principal());
            let views = binary(BinaryOp::Contains, resource("viewerUsers"), principal());
            // To permit writing, one must take part as a writer; a forbid holds for all who take part.
            if rule.effect == policy::Effect::Forbid {
                return Ok(Some(or(writes, views)));
            }
            let reading = binary(
                BinaryOp::In,
                Arc::new(Expr::Var(Var::Action)),
                Arc::new(Expr::Literal(Literal::EntityUID(entity("Action", "reads")?))),
            );
            or(writes, and(reading, views))
        }
        Scope::Department => binary(BinaryOp::Eq, resource("department"), department()),
        Scope::Subtree => binary(BinaryOp::In, resource("department"), department()),
        Scope::Chosen { departments, with_children } => {
            let chosen: Vec<_> = departments
                .iter()
                .map(|d| Ok(literal(Literal::EntityUID(entity("Department", &d.to_string())?))))
                .collect::<Result<_, CedarError>>()?;
            let chosen = Arc::new(Expr::Set(chosen));
            if *with_children {
                binary(BinaryOp::In, resource("department"), chosen)
            } else {
                binary(BinaryOp::Contains, chosen, resource("department"))
            }
        }
        Scope::Pool => resource("pool"),
        Scope::Condition { .. } => {
            let p = rule.condition.as_ref().ok_or_else(|| CedarError("the condition was not checked".to_owned()))?;
            predicate(p)?
        }
    }))
}

/// A checked condition as an expression. Presence is tested first, so that nothing can err.
fn predicate(p: &Predicate) -> Built {
    Ok(match p {
        Predicate::True => literal(Literal::Bool(true)),
        Predicate::False => literal(Literal::Bool(false)),
        Predicate::All(parts) => {
            let parts = parts.iter().map(predicate).collect::<Result<Vec<_>, _>>()?;
            all(parts).unwrap_or_else(|| literal(Literal::Bool(true)))
        }
        Predicate::Any(parts) => {
            let parts = parts.iter().map(predicate).collect::<Result<Vec<_>, _>>()?;
            parts.into_iter().reduce(or).unwrap_or_else(|| literal(Literal::Bool(false)))
        }
        Predicate::Not(inner) => not(predicate(inner)?),
        Predicate::Test(t) => test(t)?,
    })
}

fn test(t: &Test) -> Built {
    let user = |u: &model::UserId| Ok::<_, CedarError>(literal(Literal::EntityUID(entity("User", &u.to_string())?)));
    Ok(match t {
        Test::OwnerIs(u) => binary(BinaryOp::Eq, resource("owner"), user(u)?),
        Test::OwnerIn(users) => {
            let set = users.iter().map(user).collect::<Result<_, _>>()?;
            binary(BinaryOp::Contains, Arc::new(Expr::Set(set)), resource("owner"))
        }
        Test::DepartmentIn(list) => {
            let set = list
                .iter()
                .map(|d| Ok(literal(Literal::EntityUID(entity("Department", &d.to_string())?))))
                .collect::<Result<_, CedarError>>()?;
            binary(BinaryOp::Contains, Arc::new(Expr::Set(set)), resource("department"))
        }
        Test::Pool(true) => resource("pool"),
        Test::Pool(false) => not(resource("pool")),
        Test::CreatedAt(op, at) => compare(resource("created_at"), *op, long(at.0))?,
        Test::UpdatedAt(op, at) => compare(resource("updated_at"), *op, long(at.0))?,
        Test::Field { name, test } => {
            let has = Arc::new(Expr::HasAttr {
                expr: Arc::new(Expr::Var(Var::Resource)),
                attrs: (name.as_str().into(), vec![]).into(),
            });
            let field = resource(name.as_str());
            let pattern = |head: Vec<PatternElem>, text: &str| {
                let mut pattern = head;
                pattern.extend(text.chars().map(PatternElem::Char));
                pattern.push(PatternElem::Wildcard);
                Arc::new(Expr::Like { expr: field.clone(), pattern })
            };
            match test {
                FieldTest::IsEmpty => not(has),
                FieldTest::IsNotEmpty => has,
                FieldTest::Compare { op, value: v } => and(has, compare(field, *op, value(v)?)?),
                FieldTest::In(values) => {
                    let set = values.iter().map(value).collect::<Result<_, _>>()?;
                    and(has, binary(BinaryOp::Contains, Arc::new(Expr::Set(set)), field))
                }
                FieldTest::StartsWith(text) => and(has, pattern(vec![], text)),
                FieldTest::Contains(text) => and(has, pattern(vec![PatternElem::Wildcard], text)),
            }
        }
        Test::Collaborator(_) | Test::Viewer(_) | Test::SharedRead(_) | Test::SharedEdit(_) | Test::Request(_) => {
            return Err(CedarError("a condition cannot test this".to_owned()));
        }
    })
}

/// A value as a literal: ids are text, as in their columns.
pub(super) fn value(v: &Value) -> Built {
    Ok(literal(match v {
        Value::Text(t) => Literal::String(t.as_str().into()),
        Value::Int(n) => Literal::Long(*n),
        Value::Bool(b) => Literal::Bool(*b),
        Value::Record(id) => Literal::String(id.to_string().into()),
        Value::User(id) => Literal::String(id.to_string().into()),
        Value::List(_) | Value::Address(_) => return Err(CedarError("a list is no single value".to_owned())),
    }))
}

fn compare(left: Arc<Expr>, op: Comparison, right: Arc<Expr>) -> Built {
    let op = match op {
        Comparison::Eq => BinaryOp::Eq,
        Comparison::Ne => BinaryOp::NotEq,
        Comparison::Lt => BinaryOp::Less,
        Comparison::Le => BinaryOp::LessEq,
        Comparison::Gt => BinaryOp::Greater,
        Comparison::Ge => BinaryOp::GreaterEq,
        _ => return Err(CedarError("not a comparison of two values".to_owned())),
    };
    Ok(binary(op, left, right))
}

/// A condition on the request.
fn condition(when: &When) -> Built {
    Ok(match when {
        When::OfficeHours => context("office_hours"),
        When::Mfa => context("mfa"),
        When::Purpose => context("purpose"),
        When::Trained => context("trained"),
        When::Channel(channels) => {
            let set = channels.iter().map(|c| literal(Literal::String(c.as_str().into()))).collect();
            binary(BinaryOp::Contains, Arc::new(Expr::Set(set)), context("channel"))
        }
        When::Rate { counter, below, beyond } => {
            let below = binary(BinaryOp::Less, context(counter.as_str()), long(i64::from(*below)));
            match beyond {
                Beyond::Refuse => below,
                // First what would help: a refusal names it.
                Beyond::StepUp => or(context("mfa"), below),
                Beyond::Approval => or(given_by_name(), below),
            }
        }
        When::Network(nets) => {
            let has = Arc::new(Expr::HasAttr {
                expr: Arc::new(Expr::Var(Var::Context)),
                attrs: ("address".into(), vec![]).into(),
            });
            let one = |net: &ipnet::IpNet| {
                let range = literal(Literal::String(net.trunc().to_string().into()));
                let range = Arc::new(Expr::UnaryOp { op: UnaryOp::Ip, expr: range });
                binary(BinaryOp::IsInRange, context("address"), range)
            };
            match nets.iter().map(one).reduce(or) {
                Some(within) => and(has, within),
                None => literal(Literal::Bool(false)),
            }
        }
    })
}

/// The record is shared to this person by name. A share to a department or role counts for nothing here: people make those for
/// themselves.
fn given_by_name() -> Arc<Expr> {
    binary(BinaryOp::Contains, resource("sharedUsers"), Arc::new(Expr::Var(Var::Principal)))
}

fn entity(ty: &str, id: &str) -> Result<EntityUID, CedarError> {
    let name = Name::unqualified(ty).map_err(CedarError::of)?;
    Ok(EntityUID { ty: EntityType::from_name(name), eid: id.into() })
}
fn literal(l: Literal) -> Arc<Expr> {
    Arc::new(Expr::Literal(l))
}
fn long(n: i64) -> Arc<Expr> {
    literal(Literal::Long(n))
}
fn attribute(expr: Arc<Expr>, attr: &str) -> Arc<Expr> {
    Arc::new(Expr::GetAttr { expr, attr: attr.into() })
}
fn resource(attr: &str) -> Arc<Expr> {
    attribute(Arc::new(Expr::Var(Var::Resource)), attr)
}
fn context(attr: &str) -> Arc<Expr> {
    attribute(Arc::new(Expr::Var(Var::Context)), attr)
}
fn binary(op: BinaryOp, left: Arc<Expr>, right: Arc<Expr>) -> Arc<Expr> {
    Arc::new(Expr::BinaryOp { op, left, right })
}
fn and(left: Arc<Expr>, right: Arc<Expr>) -> Arc<Expr> {
    binary(BinaryOp::And, left, right)
}
fn or(left: Arc<Expr>, right: Arc<Expr>) -> Arc<Expr> {
    binary(BinaryOp::Or, left, right)
}
fn not(expr: Arc<Expr>) -> Arc<Expr> {
    Arc::new(Expr::UnaryOp { op: UnaryOp::Not, expr })
}
fn all(parts: Vec<Arc<Expr>>) -> Option<Arc<Expr>> {
    parts.into_iter().reduce(and)
}
