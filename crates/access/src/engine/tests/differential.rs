//! The property everything rests on: for any company, matrix, record and request, the cached filter, the filter bound for
//! SQL and Cedar's own authorizer say the same, by the same rules; and so for every field and level.

use std::sync::Arc;

use model::object::{ChoiceOption, FieldDef, Search};
use model::org::Department;
use model::policy::{Beyond, Counter, Effect, FieldSelect, MatrixRow, ObjectSelect, Policy, Principals, What, When};
use model::record::{Grantee, Members};
use model::{
    Action, Channel, Comparison, Condition, Directory, FieldKind, FieldLevel, Mask, ObjectName, ObjectType, RecordId,
    Scope, Sensitivity, StoredRow, Text, UnixMs, Value,
};
use proptest::prelude::*;
use serde_json::json;

use super::company::{NOW, department, person, user};
use crate::engine::reference::{Question, authorize};
use crate::engine::{Compiled, Context, Engine, Predicate, predicate_of};

/// Numbers in a row from one seed: what a case was made of can be made again.
pub(in crate::engine) struct Dice(pub(in crate::engine) u64);

impl Dice {
    pub(in crate::engine) fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % sides
    }
    pub(in crate::engine) fn small(&mut self, sides: u8) -> u8 {
        u8::try_from(self.roll(u64::from(sides))).unwrap()
    }
    pub(in crate::engine) fn chance(&mut self, one_in: u64) -> bool {
        self.roll(one_in) == 0
    }
    pub(in crate::engine) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.roll(from.len() as u64)).unwrap()].clone()
    }
    fn some<T: Clone + Ord>(&mut self, from: &[T]) -> std::collections::BTreeSet<T> {
        let n = 1 + self.roll(3);
        (0..n).map(|_| self.pick(from)).collect()
    }
}

const ROLES: [&str; 3] = ["seller", "lead", "clerk"];
const TEXTS: [&str; 9] = ["A%E_1", "A*E?1", "a%e_1", "A[1]", "北京甲公司", "北京", "east", "East", "\\\"'"];
const USERS: u8 = 6;
const DEPARTMENTS: u8 = 6;

pub(in crate::engine) fn object(name: &str) -> ObjectType {
    let field = |name: &str, kind, class| FieldDef {
        name: name.parse().unwrap(),
        label: Text::new("字段", "field"),
        kind,
        required: false,
        unique: false,
        class,
        mask: Mask::default(),
        search: Search::None,
        sorted: false,
        kept: false,
        formula: None,
        numbered: None,
        slot: None,
    };
    let options = TEXTS.map(|t| ChoiceOption { value: t.into(), label: Text::new(t, t) }).to_vec();
    let several = options.clone();
    let mut object = ObjectType {
        name: name.parse().unwrap(),
        label: Text::new("对象", "object"),
        title_field: "region".parse().unwrap(),
        customer_field: None,
        has_pool: true,
        process: None,
        layout: None,
        required_if: vec![],
        checks: vec![],
        card: vec![],
        fields: vec![
            field("region", FieldKind::Text { max: 60 }, Sensitivity::Open),
            field("level", FieldKind::Choice { options }, Sensitivity::Internal),
            field("amount", FieldKind::Money { scale: 2 }, Sensitivity::Internal),
            field("active", FieldKind::Bool, Sensitivity::Internal),
            field("keeper", FieldKind::User, Sensitivity::Internal),
            field("tags", FieldKind::MultiChoice { options: several }, Sensitivity::Internal),
            field("place", FieldKind::Address, Sensitivity::Internal),
            field("phone", FieldKind::Phone, Sensitivity::Personal),
            field("id_number", FieldKind::IdNumber, Sensitivity::Sensitive),
        ],
    };
    object.assign_slots().unwrap();
    object
}

pub(in crate::engine) fn names() -> [ObjectName; 2] {
    // A word of Cedar's as a name: it must not matter.
    ["asset", "in"].map(|n| n.parse().unwrap())
}

pub(in crate::engine) fn company(d: &mut Dice) -> Directory {
    let departments = (0..DEPARTMENTS)
        .map(|n| Department {
            id: department(n + 1),
            parent: (n > 0).then(|| department(d.small(n) + 1)),
            name: n.to_string(),
        })
        .collect();
    let users = (0..USERS)
        .map(|n| {
            let roles: Vec<&str> = ROLES.into_iter().filter(|_| d.chance(2)).collect();
            let manager = (n > 0 && d.chance(2)).then(|| d.small(n) + 20);
            person(n + 20, d.small(DEPARTMENTS) + 1, manager, &roles)
        })
        .collect();
    Directory::new(users, departments, vec![])
}

fn leaf(d: &mut Dice) -> Condition {
    use Comparison::*;
    let number = |d: &mut Dice| json!(i64::try_from(d.roll(5)).unwrap() - 2);
    match d.roll(14) {
        0 => Condition::test("region", d.pick(&[Eq, Ne, StartsWith, Contains]), json!(d.pick(&TEXTS))),
        1 => {
            Condition::test("region", d.pick(&[StartsWith, Contains]), json!(d.pick(&["*", "%", "_", "北", "E", "?"])))
        }
        2 => Condition::test("level", d.pick(&[Eq, Ne]), json!(d.pick(&TEXTS))),
        3 => Condition::test("level", In, json!([d.pick(&TEXTS), d.pick(&TEXTS)])),
        4 => Condition::test("amount", d.pick(&[Eq, Ne, Lt, Le, Gt, Ge]), number(d)),
        5 => Condition::test("active", d.pick(&[Eq, Ne]), json!(d.chance(2))),
        6 => Condition::test(
            d.pick(&["region", "amount", "active", "keeper", "tags", "place"]),
            d.pick(&[IsEmpty, IsNotEmpty]),
            json!(null),
        ),
        7 => Condition::test("keeper", d.pick(&[Eq, Ne]), json!(user(d.small(USERS) + 20).to_string())),
        8 => Condition::test("owner", In, json!([user(d.small(USERS) + 20), user(d.small(USERS) + 20)])),
        9 => {
            let at = UnixMs(1_000_000_000_000 + i64::try_from(d.roll(3)).unwrap() - 1);
            Condition::test(
                d.pick(&["created_at", "updated_at"]),
                d.pick(&[Eq, Ne, Lt, Le, Gt, Ge]),
                json!(at.to_rfc3339()),
            )
        }
        10 | 11 => {
            let options: Vec<_> = (0..=d.roll(3)).map(|_| d.pick(&TEXTS)).collect();
            Condition::test("tags", d.pick(&[HasAny, HasAll, HasNone]), json!(options))
        }
        12 => Condition::test("place", d.pick(&[StartsWith, Contains]), json!(d.pick(&["北京", "市", "1", "*"]))),
        _ => match d.roll(2) {
            0 => Condition::test("pool", d.pick(&[Eq, Ne]), json!(d.chance(2))),
            _ => Condition::test("department", Eq, json!(department(d.small(DEPARTMENTS) + 1))),
        },
    }
}

fn condition(d: &mut Dice, depth: u64) -> Condition {
    match if depth == 0 { 9 } else { d.roll(7) } {
        0 => Condition::All(vec![condition(d, depth - 1), condition(d, depth - 1)]),
        1 => Condition::Any(vec![condition(d, depth - 1), condition(d, depth - 1)]),
        2 => Condition::Not(Box::new(condition(d, depth - 1))),
        _ => leaf(d),
    }
}

fn scope(d: &mut Dice) -> Scope {
    match d.roll(12) {
        0 => Scope::Own,
        1 => Scope::Reports,
        2 => Scope::Participant,
        3 => Scope::Department,
        4 => Scope::Subtree,
        5 => Scope::Chosen {
            departments: vec![department(d.small(DEPARTMENTS) + 1), department(d.small(DEPARTMENTS) + 1)],
            with_children: d.chance(2),
        },
        6 => Scope::Pool,
        7..=9 => Scope::Condition { condition: condition(d, 3) },
        _ => Scope::All,
    }
}

/// Of a duty, which has no record that could be shared, none that asks for an approval.
fn when(d: &mut Dice, of_duty: bool) -> Vec<When> {
    let one = |d: &mut Dice| match d.roll(8) {
        0 => When::OfficeHours,
        1 => When::Network(vec!["10.0.0.0/8".parse().unwrap(), "192.168.1.9/32".parse().unwrap()]),
        2 => When::Network(vec!["::/0".parse().unwrap()]),
        3 => When::Mfa,
        4 => When::Purpose,
        5 => When::Trained,
        6 => When::Channel(d.some(&Channel::ALL)),
        _ => When::Rate {
            counter: d.pick(&Counter::ALL),
            below: u32::from(d.small(3)),
            beyond: d.pick(if of_duty { &Beyond::ALL[..2] } else { &Beyond::ALL }),
        },
    };
    (0..d.roll(4).saturating_sub(1)).map(|_| one(d)).collect()
}

pub(in crate::engine) fn matrix(d: &mut Dice) -> Policy {
    let operations = [Action::List, Action::View, Action::Edit, Action::Export, Action::Delete];
    let rows = (0..14)
        .map(|n| {
            let scope = scope(d);
            let what = if d.chance(2) {
                let mut chosen = d.some(&operations);
                if scope == Scope::All && d.chance(3) {
                    chosen.insert(Action::Backup);
                }
                What::Operations(chosen)
            } else {
                let fields = if d.chance(3) {
                    FieldSelect::Named(d.some(&["region", "phone", "id_number"].map(|n| n.parse().unwrap())))
                } else {
                    FieldSelect::Classes(d.some(&Sensitivity::ALL))
                };
                let level = d.pick(&[FieldLevel::Masked, FieldLevel::ReadOnly, FieldLevel::Editable]);
                What::Fields { fields, level }
            };
            MatrixRow {
                id: format!("row.{n}"),
                effect: if d.chance(4) { Effect::Forbid } else { Effect::Permit },
                who: match d.roll(6) {
                    0 => Principals::Everyone,
                    1 => Principals::Department(department(d.small(DEPARTMENTS) + 1)),
                    2 => Principals::User(user(d.small(USERS) + 20)),
                    _ => Principals::Role(d.pick(&ROLES).parse().unwrap()),
                },
                objects: if d.chance(3) { ObjectSelect::Any } else { ObjectSelect::Only(d.some(&names())) },
                scope,
                when: when(d, matches!(&what, What::Operations(chosen) if chosen.contains(&Action::Backup))),
                what,
                valid_from: d.chance(5).then(|| UnixMs(NOW.0 - i64::try_from(d.roll(2)).unwrap())),
                valid_until: d.chance(5).then(|| UnixMs(NOW.0 + 1 + i64::try_from(d.roll(2)).unwrap())),
                title: Text::new("规则 \"一\"", "rule \"one\"\\"),
            }
        })
        .collect();
    Policy { rows }
}

pub(in crate::engine) fn stored(d: &mut Dice, n: u8) -> StoredRow {
    let grantee = |d: &mut Dice| match d.roll(3) {
        0 => Grantee::User(user(d.small(USERS) + 20)),
        1 => Grantee::Department(department(d.small(DEPARTMENTS) + 1)),
        _ => Grantee::Role(d.pick(&ROLES).parse().unwrap()),
    };
    let mut clear = std::collections::BTreeMap::new();
    let mut put = |name: &str, value| clear.insert(name.parse().unwrap(), value);
    if !d.chance(3) {
        put("region", Value::Text(d.pick(&TEXTS).into()));
    }
    if !d.chance(3) {
        put("level", Value::Text(d.pick(&TEXTS).into()));
    }
    if !d.chance(3) {
        put("amount", Value::Int((i64::try_from(d.roll(5)).unwrap() - 2) * 100));
    }
    if !d.chance(3) {
        put("active", Value::Bool(d.chance(2)));
    }
    if !d.chance(3) {
        put("keeper", Value::User(user(d.small(USERS) + 20)));
    }
    if !d.chance(3) {
        let list: std::collections::BTreeSet<_> = (0..=d.roll(3)).map(|_| d.pick(&TEXTS).to_owned()).collect();
        put("tags", Value::List(list.into_iter().collect()));
    }
    if !d.chance(3) {
        let parts = model::Address { province: "北京市".into(), street: "1*".into(), ..Default::default() };
        put("place", d.pick(&[Value::Text("海淀1号".into()), Value::Address(Box::new(parts))]));
    }
    let members = Members {
        collaborators: (0..d.roll(2)).map(|_| user(d.small(USERS) + 20)).collect(),
        viewers: (0..d.roll(3)).map(|_| user(d.small(USERS) + 20)).collect(),
        shared_read: (0..d.roll(2)).map(|_| grantee(d)).collect(),
        shared_edit: (0..d.roll(2)).map(|_| grantee(d)).collect(),
        given: vec![],
    };
    let moment = |d: &mut Dice| UnixMs(1_000_000_000_000 + i64::try_from(d.roll(3)).unwrap() - 1);
    StoredRow {
        id: RecordId::from_bytes([n; 16]),
        customer: RecordId::from_bytes([n; 16]),
        owner: (!d.chance(4)).then(|| user(d.small(USERS) + 20)),
        department: (!d.chance(4)).then(|| department(d.small(DEPARTMENTS) + 1)),
        pool: d.chance(3),
        version: 1,
        created_at: moment(d),
        updated_at: moment(d),
        created_by: user(20),
        clear,
        sealed: Default::default(),
        key: None,
        members,
    }
}

pub(in crate::engine) fn request(d: &mut Dice) -> Context {
    Context {
        now: UnixMs(NOW.0 + i64::try_from(d.roll(3)).unwrap() - 1),
        mfa: !d.chance(3),
        office_hours: !d.chance(3),
        address: d
            .pick(&[None, Some("10.9.8.7"), Some("::ffff:10.0.0.1"), Some("192.168.1.9"), Some("2001:db8::1")])
            .map(|a| a.parse().unwrap()),
        channel: d.pick(&Channel::ALL),
        purpose: !d.chance(3),
        trained: !d.chance(3),
        counters: std::array::from_fn(|_| d.roll(3)),
    }
}

/// A row drawn into a constant or empty condition is refused by the compiler; the rest of the matrix is what is tested.
pub(in crate::engine) fn compile(mut policy: Policy, objects: &[ObjectType]) -> Compiled {
    match Compiled::compile(1, &policy, objects) {
        Ok(c) => c,
        Err(problems) => {
            assert!(problems.iter().all(|p| p.code == "constant_condition"), "{problems:?}");
            policy.rows.retain(|r| !problems.iter().any(|p| p.row == r.id));
            Compiled::compile(1, &policy, objects).unwrap()
        }
    }
}

fn check(seed: u64) {
    let mut d = Dice(seed);
    let objects = names().map(|n| object(n.as_str()));
    let engine = Engine::new(Arc::new(compile(matrix(&mut d), &objects)), Arc::new(company(&mut d)));
    for n in 0..3 {
        let (row, ctx) = (stored(&mut d, n + 1), request(&mut d));
        let who = user(d.small(USERS) + 20);
        let object = d.pick(&names());
        let rights = engine.rights(who, &object).unwrap();
        let ask = |q: Question<'_>| authorize(&engine, who, q, &ctx).unwrap();
        for action in [Action::List, Action::View, Action::Edit, Action::Export, Action::Delete, Action::Create] {
            let cedar = ask(Question::Operation(&object, action, &row));
            let native = rights.filter(action).decide(&ctx, &row);
            assert_eq!(
                (native.allowed, &native.rules),
                (cedar.allowed, &cedar.rules),
                "{action} by {}",
                engine.compiled().cedar_text()
            );
            assert_eq!(rights.filter(action).allows(&ctx, &row), cedar.allowed);
            // Whoever is not asked when a question is about everybody may not.
            assert!(!cedar.allowed || engine.might(action, &object, &row).contains(&who), "{action}");
            let bound = rights.filter(action).bind(&ctx);
            assert_eq!(bound.allows(&row), cedar.allowed, "bound {action}");
            assert!(if cedar.allowed { !bound.is_never() } else { !bound.is_always() });
            assert_eq!(engine.filter_of(who, &object, action).unwrap(), *rights.filter(action));
            let tests: usize = bound.permits.iter().chain(&bound.forbids).map(|(_, p)| p.request_tests().len()).sum();
            assert_eq!(tests, 0, "a bound filter asks nothing of the request");
        }
        let levels = rights.levels(&ctx, &row);
        for (field, level) in rights.fields().iter().zip(&levels) {
            for l in [FieldLevel::Masked, FieldLevel::ReadOnly, FieldLevel::Editable] {
                let cedar = ask(Question::Field(&object, field.as_str(), l, &row));
                assert_eq!(*level >= l, cedar.allowed, "{field} {l:?} by {}", engine.compiled().cedar_text());
                assert_eq!(rights.field(field.as_str(), l).decide(&ctx, &row).rules, cedar.rules);
                assert_eq!(rights.field(field.as_str(), l).bind(&ctx).allows(&row), cedar.allowed);
            }
        }
        let duty = ask(Question::Duty(Action::Backup));
        let native = engine.may_system(who, Action::Backup, &ctx);
        assert_eq!((native.allowed, native.rules), (duty.allowed, duty.rules));
    }
}

/// What a condition means, said without any of the code under test.
fn plain(c: &Condition, object: &ObjectType, row: &StoredRow) -> bool {
    match c {
        Condition::All(all) => all.iter().all(|c| plain(c, object, row)),
        Condition::Any(any) => any.iter().any(|c| plain(c, object, row)),
        Condition::Not(c) => !plain(c, object, row),
        Condition::Test { field, op, value } => {
            let text = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_owned();
            let have = match field.as_str() {
                "owner" => row.owner.map(|o| o.to_string()),
                "department" => row.department.map(|d| d.to_string()),
                "pool" => Some(row.pool.to_string()),
                "created_at" => return ordered(*op, row.created_at.0, UnixMs::parse_rfc3339(&text(value)).unwrap().0),
                "updated_at" => return ordered(*op, row.updated_at.0, UnixMs::parse_rfc3339(&text(value)).unwrap().0),
                "amount" => {
                    let Some(Value::Int(n)) = row.clear.get("amount") else { return *op == Comparison::IsEmpty };
                    return match op {
                        Comparison::IsEmpty => false,
                        Comparison::IsNotEmpty => true,
                        op => ordered(*op, *n, value.as_i64().unwrap() * 100),
                    };
                }
                "tags" => {
                    let have = match row.clear.get("tags") {
                        Some(Value::List(list)) => list.clone(),
                        _ => vec![],
                    };
                    let mut wanted = value.as_array().into_iter().flatten().map(text);
                    return match op {
                        Comparison::HasAny => wanted.any(|w| have.contains(&w)),
                        Comparison::HasAll => !have.is_empty() && wanted.all(|w| have.contains(&w)),
                        Comparison::HasNone => !wanted.any(|w| have.contains(&w)),
                        Comparison::IsEmpty => have.is_empty(),
                        _ => !have.is_empty(),
                    };
                }
                name => row.clear.get(name).map(|v| v.to_text(&object.field(name).unwrap().kind)),
            };
            let Some(have) = have else { return *op == Comparison::IsEmpty };
            let wanted = value.as_bool().map_or_else(|| text(value), |b| b.to_string());
            match op {
                Comparison::Eq => have == wanted,
                Comparison::Ne => have != wanted,
                Comparison::In => value.as_array().unwrap().iter().any(|v| text(v) == have),
                Comparison::StartsWith => have.starts_with(&wanted),
                Comparison::Contains => have.contains(&wanted),
                Comparison::IsNotEmpty => true,
                _ => false,
            }
        }
    }
}

fn ordered(op: Comparison, a: i64, b: i64) -> bool {
    match op {
        Comparison::Eq => a == b,
        Comparison::Ne => a != b,
        Comparison::Lt => a < b,
        Comparison::Le => a <= b,
        Comparison::Gt => a > b,
        Comparison::Ge => a >= b,
        _ => unreachable!("not drawn"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn filters_decide_as_cedar_does(seed in any::<u64>()) {
        check(seed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_condition_means_what_it_says(seed in any::<u64>()) {
        let mut d = Dice(seed);
        let object = object("asset");
        let c = condition(&mut d, 4);
        let predicate = predicate_of(&c, &object).unwrap();
        for n in 0..8 {
            let row = stored(&mut d, n + 1);
            prop_assert_eq!(predicate.eval(&row), plain(&c, &object, &row), "{:?} as {:?}", c, predicate);
            prop_assert_eq!(Predicate::Not(Box::new(predicate.clone())).simplify().eval(&row), !predicate.eval(&row));
        }
    }
}
