//! A replay says what deciding anew says, or that it cannot be told; and the policy of then differs in nothing from itself.

use std::sync::Arc;

use model::{
    Action, Decision, Directory, Disclosure, EventId, Explanation, FieldLevel, FieldName, ObjectType, Policy, RecordId,
    StoredRow, UserId,
};
use proptest::prelude::*;

use super::{PastEvent, PastRequest, PastTouch, Replay, Totals, relation};
use crate::engine::tests::company::{self, user};
use crate::engine::tests::differential::{
    Dice, company as random_company, compile, matrix, names, object, request, stored,
};
use crate::engine::{Compiled, Context, Engine};

/// What was done once, with what was true then.
struct Done {
    who: UserId,
    action: Action,
    ctx: Context,
    row: StoredRow,
}

fn shown_of(engine: &Engine, done: &Done, object: &model::ObjectName) -> (Vec<FieldName>, Vec<FieldName>) {
    let rights = engine.rights(done.who, object).unwrap();
    let levels = rights.levels(&done.ctx, &done.row);
    let of = |wanted: &dyn Fn(FieldLevel) -> bool| -> Vec<FieldName> {
        rights.fields().iter().zip(&levels).filter(|(_, l)| wanted(**l)).map(|(f, _)| f.clone()).collect()
    };
    (of(&|l| l >= FieldLevel::ReadOnly), of(&|l| l == FieldLevel::Masked))
}

fn reads(action: Action) -> bool {
    matches!(action, Action::View | Action::List | Action::Export)
}

/// As the gate records it.
fn event(engine: &Engine, done: &Done, object: &model::ObjectName, with_row: bool) -> PastEvent {
    let verdict = engine.rights(done.who, object).unwrap().filter(done.action).decide(&done.ctx, &done.row);
    let rules: Vec<String> = verdict.rules.iter().map(ToString::to_string).collect();
    let disclosure = if verdict.allowed {
        let (mut shown, mut masked) =
            if reads(done.action) { shown_of(engine, done, object) } else { (vec![], vec![]) };
        shown.sort();
        masked.sort();
        Disclosure {
            shown,
            masked,
            rules: rules.clone(),
            reason: Some(Explanation::None),
            owner: done.row.owner,
            department: done.row.department,
            relation: Some(relation(&done.row, std::iter::once(done.who), engine.directory())),
        }
    } else {
        Disclosure::default()
    };
    // What is refused because nothing is there for somebody names no rule.
    let told = if verdict.allowed || done.action == Action::View { vec![] } else { rules };
    let at = done.ctx.now;
    PastEvent {
        id: EventId::from_bytes([1; 16]),
        users: vec![done.who],
        department: None,
        picture: Some(0),
        action: done.action,
        object: Some(object.clone()),
        decision: if verdict.allowed { Decision::Allowed } else { Decision::Refused },
        version: 1,
        rules: told,
        request: PastRequest {
            at,
            mfa: done.ctx.mfa,
            office_hours: Some(done.ctx.office_hours),
            address: done.ctx.address,
            channel: done.ctx.channel,
            purpose: done.ctx.purpose,
            counters: Some(done.ctx.counters),
        },
        disclosures: vec![disclosure],
        touches: vec![PastTouch {
            customer: Some(done.row.customer),
            disclosure: 0,
            row: with_row.then(|| Arc::new(StoredRow { members: Default::default(), ..done.row.clone() })),
        }],
        counted: false,
    }
}

/// What deciding anew says: refused, masked, hidden, allowed, shown.
fn anew(before: &Engine, after: &Engine, done: &Done, object: &model::ObjectName) -> [bool; 5] {
    let allowed = |e: &Engine| e.rights(done.who, object).unwrap().filter(done.action).allows(&done.ctx, &done.row);
    let (then, now) = (allowed(before), allowed(after));
    if then != now || !then || !reads(done.action) {
        return [then && !now, false, false, !then && now, false];
    }
    let (was, is) = (shown_of(before, done, object), shown_of(after, done, object));
    let visible = |s: &(Vec<FieldName>, Vec<FieldName>), f| s.0.contains(f) || s.1.contains(f);
    let masked = was.0.iter().any(|f| is.1.contains(f));
    let hidden = was.0.iter().chain(&was.1).any(|f| !visible(&is, f));
    let further = was.1.iter().any(|f| is.0.contains(f));
    let new = done.action == Action::View && is.0.iter().chain(&is.1).any(|f| !visible(&was, f));
    [false, masked, hidden, false, further || new]
}

fn told(t: &Totals) -> [bool; 5] {
    let c = &t.counts;
    [c.refused > 0, c.masked > 0, c.hidden > 0, c.allowed > 0, c.shown > 0]
}

struct World {
    objects: Vec<ObjectType>,
    directory: Arc<Directory>,
}

fn world(d: &mut Dice) -> World {
    let objects = names().map(|n| object(n.as_str())).to_vec();
    World { objects, directory: Arc::new(random_company(d)) }
}

fn engine(w: &World, policy: Policy) -> (Arc<Compiled>, Engine) {
    let compiled = Arc::new(compile(policy, &w.objects));
    (compiled.clone(), Engine::new(compiled, w.directory.clone()))
}

fn done(d: &mut Dice) -> Done {
    let actions = [Action::List, Action::View, Action::View, Action::Edit, Action::Export, Action::Delete];
    // Training is asked of the picture, where nobody's is current.
    let ctx = Context { trained: false, ..request(d) };
    Done { who: user(d.small(6) + 20), action: d.pick(&actions), ctx, row: stored(d, 1) }
}

fn one(w: &World, then: &Arc<Compiled>, next: &Arc<Compiled>, event: &PastEvent) -> Totals {
    let mut replay = Replay::new(next.clone());
    replay.add_version(1, Some(then.clone()));
    replay.add_picture(w.directory.clone());
    replay.steps(&[event]);
    replay.totals().clone()
}

/// A matrix with some rows of another's: as an administrator changes one.
fn changed(d: &mut Dice, policy: &Policy) -> Policy {
    let other = matrix(d);
    let rows = policy.rows.iter().zip(other.rows).map(|(a, b)| if d.chance(4) { b } else { a.clone() }).collect();
    Policy { rows }
}

fn check(seed: u64) {
    let d = &mut Dice(seed);
    let w = world(d);
    let policy = matrix(d);
    let next = changed(d, &policy);
    let ((then, before), (next, after)) = (engine(&w, policy), engine(&w, next));
    for _ in 0..12 {
        let object = d.pick(&names());
        let done = done(d);
        let with_row = !d.chance(3);
        let event = event(&before, &done, &object, with_row);
        let found = one(&w, &then, &next, &event);
        assert_eq!(found.decisions, 1);
        let untold: u64 = found.untold.values().sum();
        let expected = anew(&before, &after, &done, &object);
        if untold == 0 {
            assert_eq!(told(&found), expected, "{} {:?}", done.action, event.decision);
        } else {
            assert_eq!(told(&found), [false; 5], "what cannot be told says nothing");
        }
        // With all that is kept, nothing that was allowed is untold.
        if with_row && event.decision == Decision::Allowed {
            assert_eq!(untold, 0, "{} {:?}", done.action, found.untold);
        }
        // The policy of then over its own history differs in nothing, whatever was kept.
        let same = one(&w, &then, &then, &event);
        assert_eq!(same.differ, 0, "{same:?}");
        if with_row && event.decision == Decision::Allowed {
            assert_eq!(same.same, 1, "{same:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_replay_says_what_deciding_anew_says(seed in any::<u64>()) {
        check(seed);
    }
}

/// The shipped company: a rep looks at their own customer.
fn look(n: u8, action: Action, decision: Decision, rules: &[&str]) -> PastEvent {
    let rules: Vec<String> = rules.iter().map(|r| (*r).to_owned()).collect();
    PastEvent {
        id: EventId::from_bytes([n; 16]),
        users: vec![user(company::REP)],
        department: None,
        picture: Some(0),
        action,
        object: Some(company::customer()),
        decision,
        version: 1,
        rules: vec![],
        request: PastRequest {
            at: company::NOW,
            mfa: true,
            office_hours: Some(true),
            address: None,
            channel: model::Channel::Web,
            purpose: false,
            counters: Some([0; model::policy::Counter::ALL.len()]),
        },
        disclosures: vec![Disclosure {
            rules,
            reason: Some(Explanation::Owner),
            owner: Some(user(company::REP)),
            department: Some(company::department(company::EAST_TEAM)),
            relation: Some(model::Relation::default()),
            ..Disclosure::default()
        }],
        touches: vec![PastTouch { customer: Some(RecordId::from_bytes([n; 16])), disclosure: 0, row: None }],
        counted: false,
    }
}

#[test]
fn a_role_that_is_narrowed_loses_what_it_did_and_every_situation_is_decided_once() {
    let wide = company::engine();
    let narrow = company::engine_with(|policy| {
        policy
            .rows
            .retain(|row| !(row.id.starts_with("sales_rep.") && matches!(&row.what, model::What::Operations(_))));
    });
    let mut replay = Replay::new(narrow.compiled().clone());
    replay.add_version(1, Some(wide.compiled().clone()));
    replay.add_picture(wide.directory().clone());
    let looks: Vec<_> = (0..100).map(|n| look(n, Action::View, Decision::Allowed, &["sales_rep.own"])).collect();
    replay.steps(&looks);
    let t = replay.totals();
    assert_eq!((t.decisions, t.situations, t.counts.refused, t.explained, t.unexplained), (100, 1, 100, 100, 0));
    assert_eq!(t.by_user.get(&user(company::REP)).map(|c| c.refused), Some(100));
    assert_eq!(t.customers, 100);
    assert_eq!(t.examples.len(), 2, "two of one person and kind are enough to look at");
}

#[test]
fn what_was_not_kept_is_told_as_such() {
    let engine = company::engine();
    let mut replay = Replay::new(engine.compiled().clone());
    replay.add_version(1, Some(engine.compiled().clone()));
    replay.add_picture(engine.directory().clone());
    replay.steps(&[PastEvent { picture: None, ..look(1, Action::View, Decision::Allowed, &["sales_rep.own"]) }]);
    replay.skip(3);
    // A policy of which nothing is known.
    replay.add_version(2, None);
    let untold = &replay.totals().untold;
    assert_eq!((untold.get("person"), untold.get("dropped")), (Some(&1), Some(&3)));
    assert_eq!(replay.totals().differ, 0);
}
/// A rule that asks whether a record is shared with somebody by name, where it is shared with their role.
#[test]
fn a_share_by_name_is_told_apart_from_one_by_role() {
    check(5_783_323_633_357_630_396);
}
