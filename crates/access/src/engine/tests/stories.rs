//! What each of a company's people may and may not do.

use model::policy::{Effect, Principals, When};
use model::record::Grantee;
use model::{Action, FieldLevel, Scope, Sensitivity};

use super::company::*;
use crate::engine::Obligation;

fn may(who: u8, action: Action, row: &model::StoredRow) -> bool {
    engine().rights(user(who), &customer()).unwrap().filter(action).decide(&context(), row).allowed
}

#[test]
fn a_rep_works_with_their_customer_and_their_manager_too_but_not_the_colleague_in_the_west() {
    let row = record();
    assert!(may(REP, Action::View, &row));
    assert!(may(MANAGER, Action::View, &row));
    assert!(may(MANAGER, Action::Delete, &row));
    assert!(!may(REP, Action::Delete, &row));
    assert!(!may(COLLEAGUE, Action::View, &row));
    assert!(!may(OUTSIDER, Action::View, &row));
}

#[test]
fn the_decision_names_the_rule() {
    let e = engine();
    let verdict = e.rights(user(REP), &customer()).unwrap().filter(Action::View).decide(&context(), &record());
    assert_eq!(verdict.rules, vec!["sales_rep.own".into()]);
    assert_eq!(e.compiled().title("sales_rep.own").unwrap().zh, "本人负责的记录");
}

#[test]
fn whoever_has_left_or_was_never_here_reaches_nothing() {
    let e = engine();
    for who in [LEFT, 77] {
        let rights = e.rights(user(who), &customer()).unwrap();
        assert!(Action::ALL.iter().all(|a| rights.filter(*a).never()));
        assert!(rights.levels(&context(), &record()).iter().all(|l| *l == FieldLevel::Hidden));
        assert_eq!(rights.fields().len(), rights.levels(&context(), &record()).len());
        assert!(!e.may_system(user(who), Action::UserManage, &context()).allowed);
    }
}

#[test]
fn an_object_nobody_defined_is_an_error_and_no_answer() {
    assert!(engine().rights(user(REP), &"planet".parse().unwrap()).is_err());
}

#[test]
fn fields_are_as_the_matrix_says_and_a_field_without_a_row_is_hidden() {
    let e = engine();
    let level_of = |who: u8, field: &str, row: &model::StoredRow| {
        let rights = e.rights(user(who), &customer()).unwrap();
        let at = rights.fields().iter().position(|f| f.as_str() == field).unwrap();
        rights.levels(&context(), row)[at]
    };
    let mut row = record();
    assert_eq!(level_of(REP, "phone", &row), FieldLevel::Editable);
    assert_eq!(level_of(REP, "id_number", &row), FieldLevel::Masked);
    assert_eq!(level_of(SERVICE, "phone", &row), FieldLevel::Masked);
    assert_eq!(level_of(SERVICE, "id_number", &row), FieldLevel::Hidden);
    row.owner = None;
    row.pool = true;
    row.department = None;
    assert_eq!(level_of(REP, "phone", &row), FieldLevel::Masked);
    assert_eq!(level_of(REP, "level", &row), FieldLevel::ReadOnly);
    let rights = e.rights(user(REP), &customer()).unwrap();
    assert!(rights.field("nothing_of_the_kind", FieldLevel::Masked).never());
    assert!(rights.field("phone", FieldLevel::Hidden).never());
}

#[test]
fn a_viewer_reads_what_a_collaborator_edits() {
    let e = engine();
    let rights = e.rights(user(COLLEAGUE), &customer()).unwrap();
    let mut row = record();
    row.members.viewers.push(user(COLLEAGUE));
    assert!(rights.filter(Action::View).decide(&context(), &row).allowed);
    assert!(!rights.filter(Action::Edit).decide(&context(), &row).allowed);
    let at = rights.fields().iter().position(|f| f.as_str() == "region").unwrap();
    assert_eq!(rights.levels(&context(), &row)[at], FieldLevel::ReadOnly);
    row.members.collaborators.push(user(COLLEAGUE));
    assert!(rights.filter(Action::Edit).decide(&context(), &row).allowed);
    assert_eq!(rights.levels(&context(), &row)[at], FieldLevel::Editable);
}

#[test]
fn a_share_reaches_the_user_the_role_and_the_department_with_those_below() {
    let e = engine();
    let sees = |who: u8, grantee: Grantee| {
        let mut row = record();
        row.owner = Some(user(99));
        row.department = None;
        row.members.shared_read.push(grantee);
        let v = e.rights(user(who), &customer()).unwrap().filter(Action::View).decide(&context(), &row);
        assert!(!v.allowed || v.rules.contains(&"share.read".into()), "{v:?}");
        v.allowed
    };
    assert!(sees(OUTSIDER, Grantee::User(user(OUTSIDER))));
    assert!(sees(OUTSIDER, Grantee::Department(department(HEAD))));
    assert!(sees(REP, Grantee::Department(department(EAST))));
    assert!(!sees(OUTSIDER, Grantee::Department(department(EAST))));
    assert!(sees(REP, Grantee::Role("sales_rep".parse().unwrap())));
    assert!(!sees(OUTSIDER, Grantee::Role("sales_rep".parse().unwrap())));
    assert!(!sees(LEFT, Grantee::User(user(LEFT))));
}

#[test]
fn a_share_to_edit_is_also_one_to_read_and_never_one_to_export() {
    let e = engine();
    let mut row = record();
    row.members.shared_edit.push(Grantee::User(user(OUTSIDER)));
    let rights = e.rights(user(OUTSIDER), &customer()).unwrap();
    assert!(rights.filter(Action::Edit).decide(&context(), &row).allowed);
    let view = rights.filter(Action::View).decide(&context(), &row);
    assert_eq!(view.rules, vec!["share.edit".into(), "share.read".into()]);
    assert!(rights.filter(Action::Export).never());
    assert!(rights.filter(Action::Delete).never());
    let levels = rights.levels(&context(), &row);
    let at = |name: &str| rights.fields().iter().position(|f| f.as_str() == name).unwrap();
    assert_eq!(levels[at("phone")], FieldLevel::Editable);
    assert_eq!(levels[at("id_number")], FieldLevel::Masked);
}

#[test]
fn a_temporary_grant_stops_at_its_millisecond_and_not_before_it_begins() {
    let e = engine_with(|p| {
        let mut grant =
            row("grant.1", Effect::Permit, Principals::User(user(OUTSIDER)), operations(&[Action::View]), Scope::All);
        grant.valid_from = Some(NOW);
        grant.valid_until = Some(NOW.plus_seconds(60));
        p.rows.push(grant);
    });
    let rights = e.rights(user(OUTSIDER), &customer()).unwrap();
    let at = |ms: i64| {
        let ctx = crate::engine::Context { now: NOW.plus_ms(ms), ..context() };
        let decided = rights.filter(Action::View).decide(&ctx, &record());
        assert_eq!(decided.allowed, rights.filter(Action::View).bind(&ctx).allows(&record()));
        assert_eq!(decided.obligation, None);
        decided.allowed
    };
    assert!(!at(-1));
    assert!(at(0));
    assert!(at(59_999));
    assert!(!at(60_000));
}

#[test]
fn separated_duties_do_not_meet() {
    let e = engine();
    let has = |who: u8, duty| e.may_system(user(who), duty, &context()).allowed;
    assert!(has(SYSTEM_ADMIN, Action::UserManage) && !has(SYSTEM_ADMIN, Action::RoleAssign));
    assert!(has(SECURITY_ADMIN, Action::PolicyManage) && !has(SECURITY_ADMIN, Action::AuditRead));
    assert!(has(AUDITOR, Action::AuditRead) && !has(AUDITOR, Action::PolicyManage));
    assert!(!has(REP, Action::DirectoryRead));
    // A record operation is no duty, even for those who have it on records.
    assert!(!has(REP, Action::View));
    for who in [SYSTEM_ADMIN, SECURITY_ADMIN, AUDITOR] {
        for object in ["customer", "contact", "opportunity", "follow_up"] {
            let rights = e.rights(user(who), &object.parse().unwrap()).unwrap();
            let mine = model::StoredRow { owner: Some(user(who)), ..record() };
            for a in [Action::List, Action::View, Action::Reveal, Action::Export, Action::Create, Action::Print] {
                assert!(!rights.filter(a).decide(&context(), &mine).allowed, "{who} {object} {a}");
            }
            assert!(rights.levels(&context(), &mine).iter().all(|l| *l == FieldLevel::Hidden));
        }
    }
}

#[test]
fn a_refusal_says_what_would_help_and_only_then() {
    let e = engine();
    let rights = e.rights(user(REP), &customer()).unwrap();
    let without = crate::engine::Context { purpose: false, ..context() };
    let verdict = rights.filter(Action::Reveal).decide(&without, &record());
    assert_eq!((verdict.allowed, verdict.rules), (false, vec!["guard.purpose".into()]));
    assert_eq!(verdict.obligation, Some(Obligation::GivePurpose));
    let bound = rights.filter(Action::Reveal).bind(&without);
    assert!(bound.is_never() && bound.permits.is_empty());
    assert_eq!(bound.refusal().rules, vec!["guard.purpose".into()]);
    assert_eq!(bound.refusal().obligation, Some(Obligation::GivePurpose));
    // A purpose would not help on someone else's customer, and must not hint that the customer is there.
    let theirs = model::StoredRow { owner: Some(user(COLLEAGUE)), ..record() };
    assert_eq!(rights.filter(Action::Reveal).decide(&without, &theirs).obligation, None);
    let busy = crate::engine::Context { counters: [60, 0, 0, 0, 0, 0, 0, 0], ..context() };
    assert_eq!(
        rights.filter(Action::Reveal).decide(&busy, &record()).obligation,
        Some(Obligation::RateLimited { counter: model::policy::Counter::RevealsPerHour, below: 60 })
    );
    let calm = crate::engine::Context { counters: [59, 0, 0, 0, 0, 0, 0, 0], ..context() };
    assert!(rights.filter(Action::Reveal).decide(&calm, &record()).allowed);
}

/// A rate on reveals that asks for something beyond its limit, in place of the shipped one.
fn beyond(what: model::policy::Beyond) -> crate::engine::Engine {
    let counter = model::policy::Counter::RevealsPerHour;
    engine_with(|p| {
        let guard = p.rows.iter_mut().find(|r| r.id == "guard.reveal.rate").unwrap();
        guard.when = vec![When::Rate { counter, below: 2, beyond: what }];
    })
}

#[test]
fn beyond_a_rate_a_second_factor_or_a_share_by_name_goes_on() {
    use model::policy::Beyond;
    use model::record::{Grantee, Members};
    let counter = model::policy::Counter::RevealsPerHour;
    let decide = |e: &crate::engine::Engine, ctx: &crate::engine::Context, row: &model::StoredRow| {
        e.rights(user(REP), &customer()).unwrap().filter(Action::Reveal).decide(ctx, row)
    };
    let calm = crate::engine::Context { mfa: false, ..context() };
    let busy = crate::engine::Context { counters: [2, 0, 0, 0, 0, 0, 0, 0], ..calm.clone() };
    let e = beyond(Beyond::StepUp);
    assert!(decide(&e, &calm, &record()).allowed);
    assert_eq!(decide(&e, &busy, &record()).obligation, Some(Obligation::StepUp));
    assert!(decide(&e, &crate::engine::Context { mfa: true, ..busy.clone() }, &record()).allowed);

    let e = beyond(Beyond::Approval);
    let shared =
        |to: Grantee| model::StoredRow { members: Members { shared_read: vec![to], ..Members::default() }, ..record() };
    assert!(decide(&e, &calm, &record()).allowed);
    let refused = decide(&e, &busy, &record());
    assert_eq!(refused.rules, vec!["guard.reveal.rate".into()]);
    assert_eq!(refused.obligation, Some(Obligation::AskApproval { counter, below: 2 }));
    assert!(decide(&e, &busy, &shared(Grantee::User(user(REP)))).allowed);
    // People make these for themselves.
    for own in [Grantee::Role("sales_rep".parse().unwrap()), Grantee::User(user(COLLEAGUE))] {
        assert!(!decide(&e, &busy, &shared(own)).allowed);
    }
    // A second factor is not what was asked for.
    assert!(!decide(&e, &crate::engine::Context { mfa: true, ..busy.clone() }, &record()).allowed);
    let why = crate::engine::explain::why(&e, user(REP), Action::Reveal, &customer(), &busy, &record()).unwrap();
    let lifted = &why.decided[0].failed[0];
    assert_eq!((lifted.code, lifted.text.zh.as_str()), ("rate", "每小时查看明文次数须少于 2，超出须经审批"));
}

#[test]
fn networks_are_told_apart_by_address_and_an_unknown_address_is_in_none() {
    let e = engine_with(|p| {
        let mut r = row("office.view", Effect::Permit, Principals::Everyone, operations(&[Action::View]), Scope::All);
        r.when = vec![When::Network(vec!["10.1.0.0/16".parse().unwrap(), "2001:db8::/32".parse().unwrap()])];
        p.rows.push(r);
    });
    let rights = e.rights(user(OUTSIDER), &customer()).unwrap();
    let from = |address: Option<&str>| {
        let ctx = crate::engine::Context { address: address.map(|a| a.parse().unwrap()), ..context() };
        rights.filter(Action::View).decide(&ctx, &record())
    };
    assert!(from(Some("10.1.255.1")).allowed);
    assert!(from(Some("::ffff:10.1.0.1")).allowed);
    assert!(from(Some("2001:db8::7")).allowed);
    assert_eq!(from(Some("10.2.0.1")).obligation, Some(Obligation::Network));
    assert_eq!(from(None).obligation, Some(Obligation::Network));
}

#[test]
fn a_forbid_takes_away_its_level_and_those_above_whatever_permits_them() {
    let e = engine_with(|p| {
        let what = classes(&[Sensitivity::Personal], FieldLevel::ReadOnly);
        p.rows.push(row("guard.personal", Effect::Forbid, Principals::Everyone, what, Scope::All));
        let what = classes(&[Sensitivity::Internal], FieldLevel::Hidden);
        p.rows.push(row("guard.internal", Effect::Forbid, Principals::Everyone, what, Scope::All));
    });
    let rights = e.rights(user(REP), &customer()).unwrap();
    let levels = rights.levels(&context(), &record());
    let at = |name: &str| levels[rights.fields().iter().position(|f| f.as_str() == name).unwrap()];
    assert_eq!(at("phone"), FieldLevel::Masked);
    assert_eq!(at("region"), FieldLevel::Hidden);
}

#[test]
fn choosing_all_children_is_not_choosing_the_parent() {
    let e = engine_with(|p| {
        for (id, with_children, to) in [("chosen.flat", false, OUTSIDER), ("chosen.deep", true, COLLEAGUE)] {
            let scope = Scope::Chosen { departments: vec![department(EAST), department(WEST)], with_children };
            p.rows.push(row(id, Effect::Permit, Principals::User(user(to)), operations(&[Action::View]), scope));
        }
    });
    let sees = |who: u8, dep: Option<u8>| {
        let r = model::StoredRow { department: dep.map(department), ..record() };
        e.rights(user(who), &customer()).unwrap().filter(Action::View).decide(&context(), &r).allowed
    };
    for who in [OUTSIDER, COLLEAGUE] {
        assert!(sees(who, Some(EAST)) && sees(who, Some(WEST)));
        assert!(!sees(who, Some(HEAD)));
        assert!(!sees(who, None));
    }
    assert!(!sees(OUTSIDER, Some(EAST_TEAM)));
    assert!(sees(COLLEAGUE, Some(EAST_TEAM)));
}

#[test]
fn a_duty_sees_no_customer_even_by_a_row_of_its_own() {
    let e = engine_with(|p| {
        for (n, duty) in [SYSTEM_ADMIN, SECURITY_ADMIN, AUDITOR].into_iter().enumerate() {
            let what = operations(&[Action::View, Action::Reveal, Action::Export]);
            p.rows.push(row(&format!("lent.{n}"), Effect::Permit, Principals::User(user(duty)), what, Scope::All));
        }
    });
    for duty in [SYSTEM_ADMIN, SECURITY_ADMIN, AUDITOR] {
        let rights = e.rights(user(duty), &customer()).unwrap();
        for action in [Action::View, Action::Reveal, Action::Export] {
            let verdict = rights.filter(action).decide(&context(), &record());
            assert!(!verdict.allowed, "{action:?}");
            assert!(verdict.rules.iter().any(|r| r.ends_with(".no_customers")), "{:?}", verdict.rules);
        }
    }
}

#[test]
fn the_hash_follows_what_the_policy_says_and_nothing_else() {
    let of = |change: fn(&mut model::Policy)| engine_with(change).compiled().hash();
    assert_eq!(of(|_| {}), of(|p| p.rows.reverse()));
    assert_ne!(of(|_| {}), of(|p| p.rows[0].scope = Scope::All));
    assert_ne!(of(|_| {}), of(|p| p.rows[0].valid_until = Some(NOW)));
}
