//! What a change of the policy gives and takes: for each person, the records that come into reach and those that leave it.
//!
//! Rule: both sides are asked through the filters that decide, with everything granted that a caller can do something about
//! (a second factor, a purpose, working hours, …). So a change of conditions alone moves no record; it is told apart, because
//! a count would hide it.

use std::collections::BTreeSet;

use model::{Action, FieldLevel, FieldName, MatrixRow, ObjectName, Principals, User, UserId, What};

use super::context::{Context, RequestTest};
use super::decide::{Engine, EngineError};
use super::filter::Filter;
use super::predicate::Predicate;
use super::rights::Rights;
use super::schema;

/// What somebody can do with a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Operation(Action),
    /// Has these fields at this level, in records they can list or view.
    Fields {
        fields: Vec<FieldName>,
        level: FieldLevel,
    },
}

/// The records of one person that move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub user: UserId,
    /// Holds for the records that move, as far as the filters tell; a count may find none.
    pub which: Predicate,
}

/// One subject whose reach changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    pub object: ObjectName,
    pub subject: Subject,
    /// Never empty; by user.
    pub moved: Vec<Moved>,
}

/// What a change does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    pub gains: Vec<Shift>,
    pub losses: Vec<Shift>,
    /// Operations whose conditions on the request change, and for whom.
    pub conditions: Vec<(ObjectName, Action, Vec<UserId>)>,
    /// Administrative operations that somebody gains or loses.
    pub duties_gained: Vec<(Action, Vec<UserId>)>,
    pub duties_lost: Vec<(Action, Vec<UserId>)>,
    /// Not everyone the change is for was looked at.
    pub partial: bool,
}

/// Most people one comparison looks at: working out the rights of one takes milliseconds.
const MOST_PEOPLE: usize = 1000;

/// Compares two engines over one directory, as far as `rows` (added, removed, and changed as they were and will be) bear
/// on anything.
///
/// # Errors
/// [`EngineError`] when a rule could not be evaluated for someone.
pub fn compare(
    before: &Engine,
    after: &Engine,
    rows: &[&MatrixRow],
    now: model::UnixMs,
) -> Result<Comparison, EngineError> {
    let ctx = best(now);
    let mut found = Comparison::default();
    let mut people: Vec<&User> = after.directory().users.values().filter(|u| touches(after, rows, u)).collect();
    people.sort_by_key(|u| u.id);
    found.partial = people.len() > MOST_PEOPLE;
    people.truncate(MOST_PEOPLE);
    let types: Vec<_> = after.compiled().objects().cloned().collect();
    for object in types.iter().filter(|o| rows.iter().any(|r| r.objects.has(&o.name))) {
        let bearing: Vec<&MatrixRow> = rows.iter().copied().filter(|r| r.objects.has(&object.name)).collect();
        let mut sides = Vec::with_capacity(people.len());
        for user in &people {
            sides.push((user.id, before.rights(user.id, &object.name)?, after.rights(user.id, &object.name)?));
        }
        for action in operations(&bearing) {
            let pick = |r: &Rights| r.filter(action).clone();
            let mut conditioned = vec![];
            let (mut gained, mut lost) = (vec![], vec![]);
            for (user, old, new) in &sides {
                let (old, new) = (pick(old), pick(new));
                if old == new {
                    continue;
                }
                if tests(&old) != tests(&new) && !(old.never() && new.never()) {
                    conditioned.push(*user);
                }
                part(*user, &old.at_best(&ctx), &new.at_best(&ctx), &mut gained, &mut lost);
            }
            let subject = Subject::Operation(action);
            push(&mut found.gains, &object.name, subject.clone(), gained);
            push(&mut found.losses, &object.name, subject, lost);
            if !conditioned.is_empty() {
                found.conditions.push((object.name.clone(), action, conditioned));
            }
        }
        if bears_on_fields(&bearing) {
            fields(&object.name, &object.fields, &sides, &ctx, &mut found);
        }
    }
    duties(before, after, rows, &people, &ctx, &mut found);
    Ok(found)
}

/// Everything granted that a caller can do something about; networks and channels are granted by [`Filter::at_best`].
pub fn best(now: model::UnixMs) -> Context {
    Context {
        now,
        mfa: true,
        office_hours: true,
        address: None,
        channel: model::Channel::Web,
        purpose: true,
        trained: true,
        counters: [0; model::policy::Counter::ALL.len()],
    }
}

fn touches(engine: &Engine, rows: &[&MatrixRow], user: &User) -> bool {
    let above = engine.directory().ancestors(user.department);
    rows.iter().any(|row| match &row.who {
        Principals::Everyone => true,
        Principals::Role(role) => user.roles.contains(role),
        Principals::Department(d) => above.contains(d),
        Principals::User(id) => *id == user.id,
    })
}

fn operations(rows: &[&MatrixRow]) -> BTreeSet<Action> {
    let named = rows.iter().filter_map(|r| match &r.what {
        What::Operations(actions) => Some(actions.iter().copied().filter(|a| a.on() == model::action::On::Record)),
        What::Fields { .. } => None,
    });
    named.flatten().collect()
}

/// A field is seen where its record is: so a change of list or view bears on fields too.
fn bears_on_fields(rows: &[&MatrixRow]) -> bool {
    rows.iter().any(|r| match &r.what {
        What::Fields { .. } => true,
        What::Operations(actions) => actions.contains(&Action::List) || actions.contains(&Action::View),
    })
}

fn tests(filter: &Filter) -> Vec<RequestTest> {
    let terms = filter.permits.iter().chain(&filter.forbids);
    let mut all: Vec<RequestTest> = vec![];
    for test in terms.flat_map(|t| t.when.request_tests()) {
        if !all.contains(test) {
            all.push(test.clone());
        }
    }
    all.sort_by_key(|t| format!("{t:?}"));
    all
}

fn not(p: &Predicate) -> Predicate {
    Predicate::Not(Box::new(p.clone()))
}

fn both(a: Predicate, b: Predicate) -> Predicate {
    Predicate::All(vec![a, b]).fold(&|_| None)
}

/// Where `to` holds and `from` does not. A way that both have is none of these: kept, it would be asked of every record.
fn beyond(to: &Predicate, from: &Predicate) -> Predicate {
    let had = if let Predicate::Any(ways) = from { ways.as_slice() } else { std::slice::from_ref(from) };
    let ways = if let Predicate::Any(ways) = to { ways.as_slice() } else { std::slice::from_ref(to) };
    let new = ways.iter().filter(|way| !had.contains(way)).cloned().collect();
    both(Predicate::Any(new), not(from))
}

fn part(user: UserId, old: &Predicate, new: &Predicate, gained: &mut Vec<Moved>, lost: &mut Vec<Moved>) {
    if old == new {
        return;
    }
    for (from, to, moved) in [(old, new, gained), (new, old, lost)] {
        let which = beyond(to, from);
        if which != Predicate::False {
            moved.push(Moved { user, which });
        }
    }
}

fn push(shifts: &mut Vec<Shift>, object: &ObjectName, subject: Subject, moved: Vec<Moved>) {
    if !moved.is_empty() {
        shifts.push(Shift { object: object.clone(), subject, moved });
    }
}

type Side = (UserId, std::sync::Arc<Rights>, std::sync::Arc<Rights>);

/// Where a field is at a level or above (no level up to it denied), and where its record can be listed or viewed.
fn seen(rights: &Rights, field: &FieldName, level: FieldLevel, ctx: &Context) -> (Predicate, Predicate) {
    let reads = [Action::View, Action::List].map(|a| rights.filter(a).at_best(ctx));
    let levels = schema::LEVELS.into_iter().filter(|l| *l <= level);
    let mut all: Vec<Predicate> = levels.map(|l| rights.field(field.as_str(), l).at_best(ctx)).collect();
    all.dedup();
    let folded = |p: Predicate| p.fold(&|_| None);
    (folded(Predicate::All(all)), folded(Predicate::Any(reads.into())))
}

/// As [`part`], of two conditions that must both hold: what stays the same on both sides is not what makes the difference.
fn part_seen(
    user: UserId,
    old: &(Predicate, Predicate),
    new: &(Predicate, Predicate),
    gained: &mut Vec<Moved>,
    lost: &mut Vec<Moved>,
) {
    for (from, to, moved) in [(old, new, gained), (new, old, lost)] {
        let which = match (from.0 == to.0, from.1 == to.1) {
            (true, true) => continue,
            (true, false) => both(beyond(&to.1, &from.1), to.0.clone()),
            (false, true) => both(beyond(&to.0, &from.0), to.1.clone()),
            (false, false) => {
                let had = not(&both(from.0.clone(), from.1.clone()));
                both(both(to.0.clone(), to.1.clone()), had)
            }
        };
        if which != Predicate::False {
            moved.push(Moved { user, which });
        }
    }
}

fn fields(object: &ObjectName, defs: &[model::FieldDef], sides: &[Side], ctx: &Context, found: &mut Comparison) {
    // What moves at each level, for each field; fields for which the same moves are told together.
    let (mut gains, mut losses): (Vec<Shift>, Vec<Shift>) = (vec![], vec![]);
    for def in defs {
        let (mut last_gain, mut last_loss): (Vec<Moved>, Vec<Moved>) = (vec![], vec![]);
        let at = |level: FieldLevel| {
            let (mut gained, mut lost) = (vec![], vec![]);
            for (user, old, new) in sides {
                let (old, new) = (seen(old, &def.name, level, ctx), seen(new, &def.name, level, ctx));
                part_seen(*user, &old, &new, &mut gained, &mut lost);
            }
            (gained, lost)
        };
        let levels = schema::LEVELS.map(|level| (level, at(level)));
        // A higher level includes the lower: of equal gains the highest is told, of equal losses the lowest.
        for (level, (gained, _)) in levels.iter().rev() {
            if *gained != last_gain {
                together(&mut gains, object, &def.name, *level, gained);
            }
            last_gain.clone_from(gained);
        }
        for (level, (_, lost)) in &levels {
            if *lost != last_loss {
                together(&mut losses, object, &def.name, *level, lost);
            }
            last_loss.clone_from(lost);
        }
    }
    found.gains.append(&mut gains);
    found.losses.append(&mut losses);
}

fn together(shifts: &mut Vec<Shift>, object: &ObjectName, field: &FieldName, level: FieldLevel, moved: &[Moved]) {
    if moved.is_empty() {
        return;
    }
    for shift in shifts.iter_mut() {
        if let Subject::Fields { fields, level: at } = &mut shift.subject
            && *at == level
            && shift.moved == moved
        {
            fields.push(field.clone());
            return;
        }
    }
    push(shifts, object, Subject::Fields { fields: vec![field.clone()], level }, moved.to_vec());
}

fn duties(
    before: &Engine,
    after: &Engine,
    rows: &[&MatrixRow],
    people: &[&User],
    ctx: &Context,
    found: &mut Comparison,
) {
    let named = |a: &Action| rows.iter().any(|r| matches!(&r.what, What::Operations(all) if all.contains(a)));
    for action in schema::duties().filter(named) {
        let (mut gained, mut lost) = (vec![], vec![]);
        for user in people {
            match (before.may_system(user.id, action, ctx).allowed, after.may_system(user.id, action, ctx).allowed) {
                (false, true) => gained.push(user.id),
                (true, false) => lost.push(user.id),
                _ => {}
            }
        }
        if !gained.is_empty() {
            found.duties_gained.push((action, gained));
        }
        if !lost.is_empty() {
            found.duties_lost.push((action, lost));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Compiled;
    use crate::engine::predicate::Test;
    use model::policy::{Effect, FieldSelect, When};
    use model::{
        Department, DepartmentId, Directory, ObjectSelect, Policy, Scope, Sensitivity, Text, UserKind, UserStatus,
        defaults,
    };
    use std::sync::Arc;

    const NOW: model::UnixMs = model::UnixMs(1_750_000_000_000);

    fn engine(policy: &Policy) -> Engine {
        let department = DepartmentId::from_bytes([7; 16]);
        let user = |n: u8, role: &str| User {
            id: UserId::from_bytes([n; 16]),
            login: format!("u{n}"),
            name: format!("u{n}"),
            kind: UserKind::Person,
            department,
            manager: None,
            roles: [role.parse().unwrap()].into(),
            status: UserStatus::Active,
            trained_until: None,
        };
        let directory = Directory::new(
            vec![user(1, "sales_rep"), user(2, "sales_rep"), user(3, "finance")],
            vec![Department { id: department, parent: None, name: "d".into() }],
            defaults::roles(),
        );
        Engine::new(Arc::new(Compiled::compile(1, policy, &defaults::objects()).unwrap()), Arc::new(directory))
    }

    fn row(id: &str, what: What) -> MatrixRow {
        MatrixRow {
            id: id.to_owned(),
            effect: Effect::Permit,
            who: Principals::Role("sales_rep".parse().unwrap()),
            objects: ObjectSelect::one(&"customer".parse().unwrap()),
            what,
            scope: Scope::All,
            when: vec![],
            valid_from: None,
            valid_until: None,
            title: Text::new("甲", "a"),
        }
    }

    fn with(extra: &MatrixRow) -> Policy {
        let mut policy = defaults::policy();
        policy.rows.push(extra.clone());
        policy
    }

    #[test]
    fn what_lies_beyond_is_what_one_passes_and_the_other_does_not_without_the_ways_of_both() {
        let owned = |n: u8| Predicate::Test(Test::OwnerIs(UserId::from_bytes([n; 16])));
        let all = [
            owned(1),
            Predicate::Any(vec![owned(1), owned(2)]),
            Predicate::Any(vec![owned(2), owned(3)]),
            Predicate::Any(vec![owned(1), Predicate::All(vec![owned(2), owned(3)])]),
            Predicate::True,
            Predicate::False,
        ];
        for (to, from) in all.iter().flat_map(|to| all.iter().map(move |from| (to, from))) {
            let found = beyond(to, from);
            for truth in 0..8u8 {
                let test =
                    |t: &Test| (0..3).any(|n| (truth >> n) & 1 == 1 && owned(n + 1) == Predicate::Test(t.clone()));
                assert_eq!(found.holds(&test), to.holds(&test) && !from.holds(&test), "{to:?} beyond {from:?}");
            }
        }
        assert_eq!(beyond(&all[1], &all[2]), Predicate::All(vec![owned(1), not(&all[2])]));
    }

    #[test]
    fn a_wider_scope_is_gained_by_those_who_have_the_role_and_lost_the_other_way() {
        let extra = row("wide", What::Operations([Action::View].into()));
        let (old, new) = (engine(&defaults::policy()), engine(&with(&extra)));
        let there = compare(&old, &new, &[&extra], NOW).unwrap();
        let view = there.gains.iter().find(|s| s.subject == Subject::Operation(Action::View)).unwrap();
        assert_eq!(view.moved.iter().map(|m| m.user).collect::<Vec<_>>(), [1, 2].map(|n| UserId::from_bytes([n; 16])));
        assert_eq!((there.losses.len(), there.conditions.len()), (0, 0));
        let back = compare(&new, &old, &[&extra], NOW).unwrap();
        assert_eq!((back.gains.len(), back.conditions.len()), (0, 0), "{back:?}");
        let lost = back.losses.iter().find(|s| s.subject == Subject::Operation(Action::View)).unwrap();
        assert_eq!(lost.moved, view.moved);
    }

    #[test]
    fn a_field_level_is_told_at_the_highest_level_it_gives() {
        let fields = FieldSelect::Classes([Sensitivity::Sensitive].into());
        let extra = row("clear", What::Fields { fields, level: FieldLevel::ReadOnly });
        let (old, new) = (engine(&defaults::policy()), engine(&with(&extra)));
        let there = compare(&old, &new, &[&extra], NOW).unwrap();
        let level = |s: &Shift| match &s.subject {
            Subject::Fields { level, .. } => *level,
            Subject::Operation(_) => FieldLevel::Hidden,
        };
        assert!(there.gains.iter().any(|s| level(s) == FieldLevel::ReadOnly), "{there:?}");
        assert!(there.gains.iter().all(|s| level(s) < FieldLevel::Editable), "{there:?}");
    }

    #[test]
    fn a_condition_moves_no_record_and_is_told_apart() {
        let plain = row("wide", What::Operations([Action::View].into()));
        let held = MatrixRow { when: vec![When::OfficeHours], ..plain.clone() };
        let there = compare(&engine(&with(&plain)), &engine(&with(&held)), &[&plain, &held], NOW).unwrap();
        assert_eq!((there.gains.len(), there.losses.len()), (0, 0), "{there:?}");
        assert_eq!(there.conditions.len(), 1);
        assert_eq!(there.conditions[0].2.len(), 2);
    }

    #[test]
    fn a_duty_is_gained_by_its_holders() {
        let duty = MatrixRow {
            who: Principals::Role("finance".parse().unwrap()),
            objects: ObjectSelect::Any,
            ..row("duty", What::Operations([Action::Backup].into()))
        };
        let there = compare(&engine(&defaults::policy()), &engine(&with(&duty)), &[&duty], NOW).unwrap();
        assert_eq!(there.duties_gained, vec![(Action::Backup, vec![UserId::from_bytes([3; 16])])]);
    }
}
