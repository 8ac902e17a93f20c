//! A matrix that cannot be meant is refused whole, row by row, in both languages.

use model::policy::{Effect, FieldSelect, ObjectSelect, Policy, Principals, What, When};
use model::{Action, Comparison, Condition, FieldLevel, MatrixRow, Scope, Sensitivity, defaults};

use super::company::*;
use crate::engine::{Compiled, Problem};

fn problems(change: impl FnOnce(&mut MatrixRow)) -> Vec<Problem> {
    let what = operations(&[Action::View]);
    let mut bad = row("bad.row", Effect::Permit, Principals::Everyone, what, Scope::All);
    change(&mut bad);
    let mut policy = defaults::policy();
    policy.rows.push(bad);
    Compiled::compile(1, &policy, &defaults::objects()).err().unwrap_or_default()
}

fn codes(change: impl FnOnce(&mut MatrixRow)) -> Vec<&'static str> {
    let found = problems(change);
    for p in &found {
        assert!(!p.zh.is_empty() && !p.en.is_empty() && p.zh != p.en, "{p:?}");
    }
    found.into_iter().map(|p| p.code).collect()
}

#[test]
fn each_wrong_row_is_named_with_what_is_wrong() {
    assert_eq!(codes(|_| {}), [""; 0]);
    assert_eq!(codes(|r| r.id = "a b".into()), ["bad_id"]);
    assert_eq!(codes(|r| r.id = "permit(principal,action,resource);".into()), ["bad_id"]);
    assert_eq!(codes(|r| r.id = "sales_rep.own".into()), ["duplicate_id"]);
    assert_eq!(codes(|r| r.id = "share.all".into()), ["reserved_id"]);
    assert_eq!(codes(|r| r.title.zh = " ".into()), ["no_title"]);
    assert_eq!(codes(|r| (r.valid_from, r.valid_until) = (Some(NOW), Some(NOW))), ["never_valid"]);
    assert_eq!(codes(|r| r.objects = ObjectSelect::Only(Default::default())), ["no_objects"]);
    assert_eq!(codes(|r| r.objects = ObjectSelect::one(&"planet".parse().unwrap())), ["unknown_object"]);
    assert_eq!(codes(|r| r.what = operations(&[])), ["no_operations"]);
    assert_eq!(codes(|r| r.what = operations(&[Action::SignIn])), ["needs_no_permission"]);
    assert_eq!(
        codes(|r| {
            r.what = operations(&[Action::Backup]);
            r.scope = Scope::Own;
        }),
        ["duty_with_scope"]
    );
    assert_eq!(codes(|r| r.what = classes(&[], FieldLevel::Masked)), ["no_fields"]);
    assert_eq!(codes(|r| r.what = classes(&[Sensitivity::Open], FieldLevel::Hidden)), ["grants_nothing"]);
    let named =
        What::Fields { fields: FieldSelect::Named(["nothing".parse().unwrap()].into()), level: FieldLevel::Masked };
    assert_eq!(codes(|r| r.what = named), ["unknown_field"]);
    assert_eq!(codes(|r| r.scope = Scope::Chosen { departments: vec![], with_children: true }), ["no_departments"]);
    assert_eq!(codes(|r| r.when = vec![When::Network(vec![])]), ["no_network"]);
    assert_eq!(codes(|r| r.when = vec![When::Channel(Default::default())]), ["no_channel"]);
    assert_eq!(problems(|r| r.id = "x y".into())[0].row, "x y");
}

#[test]
fn a_condition_is_refused_where_it_cannot_be_meant() {
    let scoped = |condition| {
        codes(move |r| {
            r.scope = Scope::Condition { condition };
        })
    };
    let test = |field: &str, value: serde_json::Value| Condition::test(field, Comparison::Eq, value);
    assert_eq!(scoped(test("level", "A".into())), [""; 0]);
    assert_eq!(scoped(test("phone", "138".into())), ["bad_condition"]);
    assert_eq!(scoped(test("level", "Z".into())), ["bad_condition"]);
    assert_eq!(scoped(test("nothing", "A".into())), ["bad_condition"]);
    assert_eq!(scoped(Condition::All(vec![])), ["constant_condition"]);
    // Every object of the row must have the field, with the same meaning.
    let everywhere = codes(|r| {
        r.objects = ObjectSelect::Any;
        r.scope = Scope::Condition { condition: test("level", "A".into()) };
    });
    assert_eq!(everywhere, ["bad_condition"]);
}

#[test]
fn everything_wrong_is_told_at_once() {
    let policy = Policy {
        rows: ["a b", "c d"]
            .map(|id| row(id, Effect::Permit, Principals::Everyone, operations(&[]), Scope::All))
            .to_vec(),
    };
    let found = Compiled::compile(1, &policy, &defaults::objects()).unwrap_err();
    assert_eq!(found.len(), 4);
}

#[test]
fn names_and_values_stay_values_whatever_they_spell() {
    let hostile = "\"); permit(principal, action, resource); //";
    let e = engine_with(|p| {
        let condition = Condition::test("region", Comparison::Eq, hostile.into());
        let mut r = row(
            "hostile",
            Effect::Permit,
            Principals::User(user(OUTSIDER)),
            operations(&[Action::View]),
            Scope::Condition { condition },
        );
        r.title.en = hostile.into();
        p.rows.push(r);
    });
    let sees = |region: &str| {
        let mut r = record();
        r.clear.insert("region".parse().unwrap(), model::Value::Text(region.into()));
        e.rights(user(OUTSIDER), &customer()).unwrap().filter(Action::View).decide(&context(), &r).allowed
    };
    assert!(sees(hostile));
    assert!(!sees("east"));
}
