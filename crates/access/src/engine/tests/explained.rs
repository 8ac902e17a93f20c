//! What people are told about decisions, and the matrix as a document.

use model::policy::{Effect, Principals, When};
use model::{Action, Scope, defaults};

use super::company::*;
use crate::engine::{explain, matrix_table};

#[test]
fn a_refusal_tells_the_nearest_rule_and_what_it_lacks() {
    let e = engine_with(|p| {
        let mut r = row(
            "service.delete",
            Effect::Permit,
            Principals::Role("service".parse().unwrap()),
            operations(&[Action::Delete]),
            Scope::All,
        );
        r.when = vec![When::Mfa, When::OfficeHours];
        r.valid_until = Some(NOW);
        p.rows.push(r);
    });
    let ctx = crate::engine::Context { mfa: false, ..context() };
    let told = explain::why(&e, user(SERVICE), Action::Delete, &customer(), &ctx, &record()).unwrap();
    assert!(!told.verdict.allowed && told.decided.is_empty());
    let near = told.nearest.iter().find(|r| &*r.rule == "service.delete").unwrap();
    assert_eq!(near.failed.iter().map(|f| f.code).collect::<Vec<_>>(), ["expired", "mfa"]);
    let manager = told.nearest.iter().find(|r| &*r.rule == "sales_manager.subtree").unwrap();
    assert_eq!(manager.failed.iter().map(|f| f.code).collect::<Vec<_>>(), ["principal", "scope"]);
    assert_eq!(manager.failed[1].text.zh, "本部门及下级部门");
}

#[test]
fn a_guard_that_refused_is_told_with_what_would_lift_it() {
    let ctx = crate::engine::Context { purpose: false, ..context() };
    let told = explain::why(&engine(), user(REP), Action::Reveal, &customer(), &ctx, &record()).unwrap();
    assert_eq!(told.decided.len(), 1);
    assert_eq!(told.decided[0].effect, Effect::Forbid);
    assert_eq!(told.decided[0].failed[0].code, "purpose");
    assert_eq!(told.nearest[0].failed, vec![]);
}

#[test]
fn a_permission_is_told_by_the_rules_that_gave_it() {
    let told = explain::why(&engine(), user(REP), Action::View, &customer(), &context(), &record()).unwrap();
    assert_eq!(told.decided.iter().map(|r| &*r.rule).collect::<Vec<_>>(), ["sales_rep.own"]);
    assert!(told.decided[0].failed.is_empty() && told.nearest.is_empty());
}

#[test]
fn who_can_see_the_customer_is_everyone_who_may_and_no_other() {
    let e = engine();
    let able = explain::who_can(&e, Action::View, &customer(), &context(), &record()).unwrap();
    let names: Vec<_> = able.iter().map(|(u, _)| *u).collect();
    assert_eq!(names, [user(REP), user(MANAGER), user(SERVICE)]);
    assert_eq!(able[1].1, vec!["sales_manager.subtree".into()]);
    // Nobody else's rights were worked out for it.
    assert_eq!(e.might(Action::View, &customer(), &record()), [user(REP), user(MANAGER), user(SERVICE)]);
    let reach = explain::reach(&e, user(SERVICE), &customer()).unwrap();
    let actions: Vec<_> = reach.iter().map(|(a, _)| *a).collect();
    assert_eq!(actions, [Action::List, Action::View, Action::Reveal, Action::Edit, Action::Merge, Action::BreakGlass]);
}

#[test]
fn the_shipped_matrix_is_the_one_on_paper() {
    let text = matrix_table::render(engine().compiled(), &defaults::roles());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/access-matrix.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let golden = std::fs::read_to_string(path).unwrap_or_default();
    assert!(text == golden, "the shipped matrix has changed: read the change, then run the test with UPDATE_GOLDEN=1");
}

#[test]
fn the_shipped_policy_passes_every_check_and_is_known_by_its_hash() {
    let engine = engine();
    assert_eq!(engine.compiled().check(), []);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/engine/shipped.hash");
    let hash = hex::encode(engine.compiled().hash());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, format!("{hash}\n")).unwrap();
    }
    let golden = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        hash == golden.trim(),
        "what ships has changed: run the test with UPDATE_GOLDEN=1, so that it is not checked at every start"
    );
}
