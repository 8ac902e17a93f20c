//! A condition as people and matrix rows write it, checked against an object type and turned into a predicate.
//!
//! Rule: only clear fields can be tested, each with a value of its own kind. What cannot be tested alike by the decision,
//! by Cedar and by both databases is refused here, so nobody finds out later.

use model::condition::Comparison;
use model::object::{FieldDef, ObjectType};
use model::value::BadValue;
use model::{Condition, FieldKind, UnixMs, UserId, Value};

use super::predicate::{FieldTest, Predicate, Test};

/// Levels of nesting a condition may have.
pub const MAX_DEPTH: usize = 8;
/// Tests a condition may have.
pub const MAX_TESTS: usize = 100;
/// Members a list in a condition may have.
pub const MAX_LIST: usize = 200;
/// Characters of a text looked for.
const MAX_TEXT: usize = 200;

/// Why a condition cannot be used. Never contains a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    #[error("nested deeper than {MAX_DEPTH}")]
    TooDeep,
    #[error("more than {MAX_TESTS} tests")]
    TooLong,
    #[error("there is no field `{0}`")]
    NoSuchField(String),
    #[error("field `{0}` is stored encrypted and cannot be tested")]
    Sealed(String),
    #[error("field `{0}` is kept whole and cannot be tested")]
    NotTestable(String),
    #[error("field `{field}` cannot be tested with `{op}`")]
    BadComparison { field: String, op: &'static str },
    #[error("field `{field}`: {reason}")]
    BadValue { field: String, reason: BadValue },
    #[error("field `{0}` is compared with no value")]
    NoValue(String),
    #[error("field `{0}`: it takes a list of 1 to {MAX_LIST} values")]
    BadList(String),
}

impl ConditionError {
    /// The field it is about, if one.
    pub fn field(&self) -> Option<&str> {
        match self {
            ConditionError::TooDeep | ConditionError::TooLong => None,
            ConditionError::NoSuchField(f)
            | ConditionError::Sealed(f)
            | ConditionError::NotTestable(f)
            | ConditionError::NoValue(f)
            | ConditionError::BadList(f)
            | ConditionError::BadComparison { field: f, .. }
            | ConditionError::BadValue { field: f, .. } => Some(f),
        }
    }
}

/// The condition as a predicate over records of the object type. Times of `created_at` and `updated_at` are RFC 3339.
///
/// `owner` and `department` are tested with `eq` and `in`; whether a record has an owner is what `pool` says.
///
/// # Errors
/// [`ConditionError`], the first thing found wrong.
pub fn predicate_of(condition: &Condition, object: &ObjectType) -> Result<Predicate, ConditionError> {
    // Both walks are recursive: a hostile condition is measured with a bound before anything else recurses into it.
    if deeper_than(condition, MAX_DEPTH) {
        return Err(ConditionError::TooDeep);
    }
    if condition.size() > MAX_TESTS {
        return Err(ConditionError::TooLong);
    }
    translate(condition, object).map(Predicate::simplify)
}

fn deeper_than(condition: &Condition, limit: usize) -> bool {
    let Some(below) = limit.checked_sub(1) else { return true };
    match condition {
        Condition::All(c) | Condition::Any(c) => c.iter().any(|c| deeper_than(c, below)),
        Condition::Not(c) => deeper_than(c, below),
        Condition::Test { .. } => false,
    }
}

fn translate(condition: &Condition, object: &ObjectType) -> Result<Predicate, ConditionError> {
    Ok(match condition {
        Condition::All(c) => Predicate::All(c.iter().map(|c| translate(c, object)).collect::<Result<_, _>>()?),
        Condition::Any(c) => Predicate::Any(c.iter().map(|c| translate(c, object)).collect::<Result<_, _>>()?),
        Condition::Not(c) => Predicate::Not(Box::new(translate(c, object)?)),
        Condition::Test { field, op, value } => match object.field(field) {
            Some(def) if matches!(def.kind, FieldKind::MultiChoice { .. }) => several(def, *op, value)?,
            _ => Predicate::Test(test(field, *op, value, object)?),
        },
    })
}

const fn word(op: Comparison) -> &'static str {
    match op {
        Comparison::Eq => "eq",
        Comparison::Ne => "ne",
        Comparison::Lt => "lt",
        Comparison::Le => "le",
        Comparison::Gt => "gt",
        Comparison::Ge => "ge",
        Comparison::In => "in",
        Comparison::StartsWith => "starts_with",
        Comparison::Contains => "contains",
        Comparison::HasAny => "has_any",
        Comparison::HasAll => "has_all",
        Comparison::HasNone => "has_none",
        Comparison::IsEmpty => "is_empty",
        Comparison::IsNotEmpty => "is_not_empty",
    }
}

fn bad(field: &str, op: Comparison) -> ConditionError {
    ConditionError::BadComparison { field: field.to_owned(), op: word(op) }
}

fn expected(field: &str, what: &'static str) -> ConditionError {
    ConditionError::BadValue { field: field.to_owned(), reason: BadValue::Expected(what) }
}

fn test(field: &str, op: Comparison, value: &serde_json::Value, object: &ObjectType) -> Result<Test, ConditionError> {
    if let Some(def) = object.field(field) {
        return Ok(Test::Field { name: def.name.clone(), test: field_test(def, op, value)? });
    }
    match field {
        "owner" => {
            let mut users = ids::<UserId>(field, op, value, "the id of a user")?;
            match (users.pop(), users.is_empty()) {
                (Some(only), true) => Ok(Test::OwnerIs(only)),
                (Some(last), false) => {
                    users.push(last);
                    Ok(Test::OwnerIn(users))
                }
                (None, _) => Err(ConditionError::NoValue(field.to_owned())),
            }
        }
        "department" => Ok(Test::DepartmentIn(ids(field, op, value, "the id of a department")?)),
        "pool" => match (op, value.as_bool()) {
            (Comparison::Eq, Some(b)) => Ok(Test::Pool(b)),
            (Comparison::Ne, Some(b)) => Ok(Test::Pool(!b)),
            (Comparison::Eq | Comparison::Ne, None) => Err(expected(field, "true or false")),
            _ => Err(bad(field, op)),
        },
        "created_at" => time(field, op, value).map(|at| Test::CreatedAt(op, at)),
        "updated_at" => time(field, op, value).map(|at| Test::UpdatedAt(op, at)),
        _ => Err(ConditionError::NoSuchField(field.chars().take(64).collect())),
    }
}

fn time(field: &str, op: Comparison, value: &serde_json::Value) -> Result<UnixMs, ConditionError> {
    match op {
        Comparison::Eq | Comparison::Ne | Comparison::Lt | Comparison::Le | Comparison::Gt | Comparison::Ge => {
            value.as_str().and_then(UnixMs::parse_rfc3339).ok_or_else(|| expected(field, "a time as RFC 3339"))
        }
        _ => Err(bad(field, op)),
    }
}

/// One id for `eq`, a list for `in`; sorted, without duplicates.
fn ids<T: std::str::FromStr + Ord>(
    field: &str,
    op: Comparison,
    value: &serde_json::Value,
    what: &'static str,
) -> Result<Vec<T>, ConditionError> {
    let read = |v: &serde_json::Value| v.as_str().and_then(|t| t.parse().ok()).ok_or_else(|| expected(field, what));
    let mut ids: Vec<T> = match op {
        Comparison::Eq => vec![read(value)?],
        Comparison::In => list(field, value)?.iter().map(read).collect::<Result<_, _>>()?,
        _ => return Err(bad(field, op)),
    };
    ids.sort();
    ids.dedup();
    Ok(ids)
}

fn list<'a>(field: &str, value: &'a serde_json::Value) -> Result<&'a [serde_json::Value], ConditionError> {
    match value.as_array() {
        Some(items) if (1..=MAX_LIST).contains(&items.len()) => Ok(items),
        _ => Err(ConditionError::BadList(field.to_owned())),
    }
}

fn testable(def: &FieldDef) -> Result<&str, ConditionError> {
    let field = def.name.as_str();
    if def.class.is_sealed() {
        return Err(ConditionError::Sealed(field.to_owned()));
    }
    if def.slot.is_none() {
        return Err(ConditionError::NotTestable(field.to_owned()));
    }
    Ok(field)
}

/// A test of a field of several options: each of them stands between semicolons in its column, and no option holds one.
fn several(def: &FieldDef, op: Comparison, value: &serde_json::Value) -> Result<Predicate, ConditionError> {
    let field = testable(def)?;
    let test = |test| Predicate::Test(Test::Field { name: def.name.clone(), test });
    let each = || -> Result<Vec<Predicate>, ConditionError> {
        let items = list(field, value)?;
        match Value::from_json(&serde_json::Value::Array(items.to_vec()), &def.kind) {
            Ok(Some(Value::List(mut options))) => {
                options.sort();
                Ok(options.into_iter().map(|o| test(FieldTest::Contains(format!(";{o};")))).collect())
            }
            Ok(_) => Err(ConditionError::NoValue(field.to_owned())),
            Err(reason) => Err(ConditionError::BadValue { field: field.to_owned(), reason }),
        }
    };
    Ok(match op {
        Comparison::HasAny => Predicate::Any(each()?),
        Comparison::HasAll => Predicate::All(each()?),
        Comparison::HasNone => Predicate::Not(Box::new(Predicate::Any(each()?))),
        Comparison::IsEmpty => test(FieldTest::IsEmpty),
        Comparison::IsNotEmpty => test(FieldTest::IsNotEmpty),
        _ => return Err(bad(field, op)),
    })
}

fn field_test(def: &FieldDef, op: Comparison, value: &serde_json::Value) -> Result<FieldTest, ConditionError> {
    let field = testable(def)?;
    let read = |v: &serde_json::Value| match Value::from_json(v, &def.kind) {
        // An address in parts is found by how its line begins and what it contains.
        Ok(Some(Value::Address(_))) => Err(expected(field, "text")),
        Ok(Some(v)) => Ok(v),
        Ok(None) => Err(ConditionError::NoValue(field.to_owned())),
        Err(reason) => Err(ConditionError::BadValue { field: field.to_owned(), reason }),
    };
    let ordered =
        matches!(def.kind, FieldKind::Number { .. } | FieldKind::Money { .. } | FieldKind::Date | FieldKind::DateTime);
    let text = !ordered && !matches!(def.kind, FieldKind::Bool | FieldKind::Reference { .. } | FieldKind::User);
    Ok(match op {
        Comparison::Eq | Comparison::Ne => FieldTest::Compare { op, value: read(value)? },
        // Databases order text by their collation, Cedar not at all: an order of text would mean three things.
        Comparison::Lt | Comparison::Le | Comparison::Gt | Comparison::Ge if ordered => {
            FieldTest::Compare { op, value: read(value)? }
        }
        Comparison::In => {
            let mut values: Vec<Value> = list(field, value)?.iter().map(read).collect::<Result<_, _>>()?;
            values.sort();
            values.dedup();
            FieldTest::In(values)
        }
        Comparison::StartsWith if text => FieldTest::StartsWith(part(field, value)?),
        Comparison::Contains if text => FieldTest::Contains(part(field, value)?),
        Comparison::IsEmpty => FieldTest::IsEmpty,
        Comparison::IsNotEmpty => FieldTest::IsNotEmpty,
        _ => return Err(bad(field, op)),
    })
}

fn part(field: &str, value: &serde_json::Value) -> Result<String, ConditionError> {
    let text = value.as_str().ok_or_else(|| expected(field, "text"))?;
    let bad = |reason| Err(ConditionError::BadValue { field: field.to_owned(), reason });
    if text.is_empty() {
        return Err(ConditionError::NoValue(field.to_owned()));
    }
    if text.chars().count() > MAX_TEXT {
        return bad(BadValue::TooLong(MAX_TEXT));
    }
    if text.chars().any(char::is_control) {
        return bad(BadValue::ControlCharacter);
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn customer() -> ObjectType {
        model::defaults::objects().remove(0)
    }
    fn of(field: &str, op: Comparison, value: serde_json::Value) -> Result<Predicate, ConditionError> {
        predicate_of(&Condition::test(field, op, value), &customer())
    }

    #[test]
    fn a_filter_on_an_encrypted_field_is_refused_before_it_reaches_a_database() {
        for op in [Comparison::Eq, Comparison::StartsWith, Comparison::IsEmpty] {
            assert_eq!(of("phone", op, json!("138")), Err(ConditionError::Sealed("phone".into())));
        }
    }

    #[test]
    fn values_are_read_as_their_field_reads_them() {
        let revenue = |v| of("revenue", Comparison::Ge, v).unwrap();
        assert_eq!(revenue(json!(10.5)), revenue(json!("10.50")));
        assert!(matches!(of("revenue", Comparison::Ge, json!("10.505")), Err(ConditionError::BadValue { .. })));
        assert!(matches!(of("level", Comparison::Eq, json!("Z")), Err(ConditionError::BadValue { .. })));
        assert!(matches!(of("level", Comparison::Eq, json!("")), Err(ConditionError::NoValue(_))));
        assert!(matches!(of("industry", Comparison::Lt, json!("a")), Err(ConditionError::BadComparison { .. })));
        assert!(matches!(of("region", Comparison::In, json!([])), Err(ConditionError::BadList(_))));
        assert!(matches!(of("owner", Comparison::Eq, json!("me")), Err(ConditionError::BadValue { .. })));
        assert!(matches!(of("nothing", Comparison::Eq, json!(1)), Err(ConditionError::NoSuchField(_))));
        assert!(of("created_at", Comparison::Lt, json!("2026-01-01T00:00:00Z")).is_ok());
    }

    #[test]
    fn several_options_are_asked_for_by_any_all_and_none() {
        let mut object = customer();
        let level = object.field("level").unwrap().clone();
        let FieldKind::Choice { options } = level.kind.clone() else { panic!() };
        let kind = FieldKind::MultiChoice { options };
        object.fields.push(FieldDef { name: "levels".parse().unwrap(), kind, slot: None, sorted: false, ..level });
        object.assign_slots().unwrap();
        let of = |op, value| predicate_of(&Condition::test("levels", op, value), &object);
        assert_ne!(of(Comparison::HasAny, json!(["A", "B"])), of(Comparison::HasAll, json!(["A", "B"])));
        assert_eq!(of(Comparison::HasAll, json!(["B", "A"])), of(Comparison::HasAll, json!(["A", "B", "A"])));
        assert!(of(Comparison::IsEmpty, json!(null)).is_ok());
        assert!(matches!(of(Comparison::HasAny, json!([])), Err(ConditionError::BadList(_))));
        assert!(matches!(of(Comparison::HasAny, json!(["Z"])), Err(ConditionError::BadValue { .. })));
        for op in [Comparison::Eq, Comparison::In, Comparison::Contains, Comparison::StartsWith] {
            assert!(matches!(of(op, json!(["A"])), Err(ConditionError::BadComparison { .. })), "{op:?}");
        }
        let one = Condition::test("level", Comparison::HasAny, json!(["A"]));
        assert!(matches!(predicate_of(&one, &object), Err(ConditionError::BadComparison { .. })));
        // Each option counts: a list is no way around the limit.
        let long = Condition::test("levels", Comparison::HasAny, json!(vec!["A"; 101]));
        assert_eq!(predicate_of(&long, &object), Err(ConditionError::TooLong));
    }

    #[test]
    fn a_deep_or_long_condition_is_refused_without_walking_all_of_it() {
        let mut deep = Condition::test("pool", Comparison::Eq, json!(true));
        for _ in 0..5_000 {
            deep = Condition::Not(Box::new(deep));
        }
        assert_eq!(predicate_of(&deep, &customer()), Err(ConditionError::TooDeep));
        let long = Condition::Any(vec![Condition::test("pool", Comparison::Eq, json!(true)); 101]);
        assert_eq!(predicate_of(&long, &customer()), Err(ConditionError::TooLong));
    }
}
