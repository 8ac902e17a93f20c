//! The decision: remembered filters, against Cedar's own authorizer asked the same.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use access::engine::{Compiled, Context, Engine, reference};
use model::object::Search;
use model::policy::{FieldSelect, MatrixRow, ObjectSelect, Policy, Principals, What};
use model::record::Members;
use model::{
    Action, Channel, Department, DepartmentId, Directory, Effect, FieldDef, FieldKind, FieldLevel, Mask, ObjectName,
    ObjectType, RecordId, Role, RoleName, Scope, Sensitivity, StoredRow, Text, User, UserId, UserKind, UserStatus,
    Value,
};

use crate::Sizes;
use crate::figure::{Figure, Target};
use crate::house::start;
use crate::sample::Samples;

pub(crate) const ROLES: usize = 20;
pub(crate) const OBJECTS: usize = 10;

pub(crate) fn object(n: usize) -> anyhow::Result<ObjectType> {
    let field = |i: usize| -> anyhow::Result<FieldDef> {
        // 10 numbers, 18 texts, 12 personal ones.
        let (kind, class) = match i {
            0..10 => (FieldKind::Number { scale: 0 }, Sensitivity::Internal),
            10..28 => (FieldKind::Text { max: 60 }, Sensitivity::Open),
            _ => (FieldKind::Text { max: 60 }, Sensitivity::Personal),
        };
        Ok(FieldDef {
            name: format!("f{i}").parse()?,
            label: Text::new("字段", "field"),
            kind,
            required: i == 10,
            unique: false,
            class,
            mask: Mask::default(),
            search: Search::None,
            sorted: false,
            kept: false,
            formula: None,
            numbered: None,
            slot: None,
        })
    };
    let mut object = ObjectType {
        name: format!("object{n}").parse()?,
        label: Text::new("对象", "object"),
        title_field: "f10".parse()?,
        customer_field: None,
        has_pool: true,
        process: None,
        layout: None,
        required_if: vec![],
        checks: vec![],
        card: vec![],
        fields: (0..40).map(field).collect::<anyhow::Result<_>>()?,
    };
    object.assign_slots()?;
    Ok(object)
}

pub(crate) fn role(n: usize) -> anyhow::Result<RoleName> {
    Ok(format!("role{n}").parse()?)
}

/// Four rows for each role and object: operations, open and internal fields, personal fields, some editable ones.
pub(crate) fn policy(objects: &[ObjectType]) -> anyhow::Result<Policy> {
    let mut rows = vec![];
    for r in 0..ROLES {
        for o in objects {
            let scope = match r % 5 {
                0 => Scope::Own,
                1 => Scope::Subtree,
                2 => Scope::Participant,
                3 => Scope::Department,
                _ => Scope::Pool,
            };
            let mut row = |key: &str, what| {
                rows.push(MatrixRow {
                    id: format!("role{r}.{}.{key}", o.name),
                    effect: Effect::Permit,
                    who: Principals::Role(format!("role{r}").parse()?),
                    objects: ObjectSelect::one(&o.name),
                    what,
                    scope: scope.clone(),
                    when: vec![],
                    valid_from: None,
                    valid_until: None,
                    title: Text::new("规则", "rule"),
                });
                anyhow::Ok(())
            };
            let fields = |classes: &[Sensitivity], level| What::Fields {
                fields: FieldSelect::Classes(classes.iter().copied().collect()),
                level,
            };
            row("operations", What::Operations([Action::List, Action::View, Action::Edit].into()))?;
            row("open", fields(&[Sensitivity::Open, Sensitivity::Internal], FieldLevel::ReadOnly))?;
            row("personal", fields(&[Sensitivity::Personal], FieldLevel::Masked))?;
            let named = ["f1", "f11", "f12"].iter().map(|n| n.parse()).collect::<Result<_, _>>()?;
            row("editable", What::Fields { fields: FieldSelect::Named(named), level: FieldLevel::Editable })?;
        }
    }
    Ok(Policy { rows })
}

fn user(n: u8, department: DepartmentId, roles: impl Iterator<Item = usize>) -> anyhow::Result<User> {
    Ok(User {
        id: UserId::from_bytes([n; 16]),
        login: format!("user{n}"),
        name: format!("user{n}"),
        kind: UserKind::Person,
        department,
        manager: None,
        roles: roles.map(role).collect::<anyhow::Result<_>>()?,
        status: UserStatus::Active,
        trained_until: None,
    })
}

/// Nanoseconds of one call: the median over batches.
fn nanoseconds(batches: u32, each: u32, mut call: impl FnMut()) -> f64 {
    let mut all = Samples::default();
    for _ in 0..batches {
        let began = Instant::now();
        for _ in 0..each {
            call();
        }
        all.push(began.elapsed().as_secs_f64() * 1e9 / f64::from(each));
    }
    all.median()
}

pub fn measure(sizes: &Sizes) -> anyhow::Result<Vec<Figure>> {
    let objects = (0..OBJECTS).map(object).collect::<anyhow::Result<Vec<_>>>()?;
    let policy = policy(&objects)?;
    let compiled = Compiled::compile(1, &policy, &objects)
        .map_err(|p| anyhow::anyhow!("the policy does not compile: {:?}", p.first()))?;
    let departments: Vec<Department> = (0..50u8)
        .map(|n| Department {
            id: DepartmentId::from_bytes([n + 1; 16]),
            parent: (n > 0).then(|| DepartmentId::from_bytes([n / 5 + 1; 16])),
            name: format!("d{n}"),
        })
        .collect();
    let home = DepartmentId::from_bytes([7; 16]);
    let roles = (0..ROLES)
        .map(|n| {
            let (excludes, export_rows) = (std::collections::BTreeSet::new(), None);
            Ok(Role { name: role(n)?, label: Text::new("角色", "role"), excludes, export_rows })
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    let three = user(201, home, 0..3)?;
    let all = user(202, home, 0..ROLES)?;
    let (three_id, all_id) = (three.id, all.id);
    let engine = Engine::new(Arc::new(compiled), Arc::new(Directory::new(vec![three, all], departments, roles)));
    let name: ObjectName = "object3".parse()?;
    let row = |owner| -> anyhow::Result<StoredRow> {
        let id = RecordId::from_bytes([9; 16]);
        let mut clear = BTreeMap::new();
        for n in 0..10 {
            clear.insert(format!("f{n}").parse()?, Value::Int(n));
        }
        for n in 10..28 {
            clear.insert(format!("f{n}").parse()?, Value::Text(format!("text {n}")));
        }
        Ok(StoredRow {
            id,
            customer: id,
            owner: Some(owner),
            department: Some(home),
            pool: false,
            version: 1,
            created_at: start(),
            updated_at: start(),
            created_by: owner,
            clear,
            sealed: BTreeMap::new(),
            key: None,
            members: Members::default(),
        })
    };
    let ctx = Context {
        now: start(),
        mfa: true,
        office_hours: true,
        address: Some(std::net::IpAddr::from([192, 0, 2, 7])),
        channel: Channel::Web,
        purpose: true,
        trained: true,
        counters: [0; model::policy::Counter::ALL.len()],
    };
    let (batches, each) = if sizes.leaves < 100_000 { (11, 200) } else { (101, 1_000) };
    let mut figures = vec![];
    for (who, title, title_all) in [
        (three_id, "decide, a user with 3 roles", "decide and the levels of 40 fields, 3 roles"),
        (all_id, "decide, a user with all 20 roles", "decide and the levels of 40 fields, 20 roles"),
    ] {
        let row = row(who)?;
        let question = reference::Question::Operation(&name, Action::View, &row);
        let prepared = reference::prepare(&engine, who, question, &ctx)?;
        let prepared = prepared.ok_or_else(|| anyhow::anyhow!("Cedar has nothing to decide"))?;
        let decide = || engine.rights(who, &name).map(|r| r.filter(Action::View).decide(&ctx, &row));
        // Both must say the same, or the figure compares different things.
        anyhow::ensure!(prepared.ask().allowed && decide()?.allowed, "the two decide differently");
        let (mut ours, mut with_fields, mut cedar) = (Samples::default(), Samples::default(), Samples::default());
        for _ in 0..sizes.rounds {
            ours.push(nanoseconds(batches, each, || {
                let _ = black_box(decide());
            }));
            with_fields.push(nanoseconds(batches, each, || {
                let Ok(rights) = engine.rights(who, &name) else { return };
                black_box(rights.filter(Action::View).decide(&ctx, &row));
                black_box(rights.levels(&ctx, &row));
            }));
            cedar.push(nanoseconds(batches, each.div_ceil(20), || {
                black_box(prepared.ask());
            }));
        }
        let note = format!("{ROLES} roles x {OBJECTS} object types x 40 fields, {} policies", policy.rows.len());
        figures.push(
            Figure::new(title, ours.median(), "ns")
                .against("Cedar's is_authorized on entities made ready", cedar.median())
                .target(Target::AtMost(2_000.0))
                .note(note.clone()),
        );
        figures.push(
            Figure::new(title_all, with_fields.median(), "ns")
                .against("Cedar's is_authorized, the operation alone", cedar.median())
                .target(Target::AtMost(2_000.0))
                .note(note),
        );
    }
    Ok(figures)
}
