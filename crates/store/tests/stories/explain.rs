//! Permission queries.

use access::path::Refusal;
use model::{Action, RecordId};
use store::explain::{Circumstances, WhatCan, WhoCan, Why};

use super::world::{World, blob};

#[tokio::test]
async fn why_names_the_rules_and_is_itself_recorded() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    let ask = |user, action, circumstances| Why {
        user,
        action,
        object: "customer".parse().unwrap(),
        record: customer,
        circumstances,
    };
    let why = |op| {
        let w = &w;
        async move {
            let grant = w.system(w.auditor, op).await.unwrap();
            w.store.why(grant).await.map(|d| d.into_inner())
        }
    };
    let mine = why(ask(w.rep, Action::View, Circumstances::default())).await.unwrap();
    assert!(mine.allowed && mine.decided.iter().any(|r| r.rule == "sales_rep.own"), "{mine:?}");
    let theirs = why(ask(w.other_rep, Action::View, Circumstances::default())).await.unwrap();
    assert!(!theirs.allowed && !theirs.nearest.is_empty(), "{theirs:?}");
    // Refused for want of a purpose, which would help.
    let aimless = Circumstances { purpose: false, ..Circumstances::default() };
    let reveal = why(ask(w.rep, Action::Reveal, aimless)).await.unwrap();
    assert!(!reveal.allowed && reveal.obligation.is_some(), "{reveal:?}");

    let unknown = Why { record: RecordId::from_bytes([9; 16]), ..ask(w.rep, Action::View, Circumstances::default()) };
    assert!(matches!(why(unknown).await, Err(Refusal::NotFound)));
    let seq = w.positions(Action::AccessExplain).await[0];
    let touched = format!("SELECT COUNT(*) FROM touch WHERE seq = {seq} AND customer = {}", blob(customer));
    assert_eq!(w.number(&touched).await, 1);
}

#[tokio::test]
async fn who_can_and_what_can_agree_with_what_happens() {
    let w = World::new().await;
    let first = w.customer("甲", "13800138000").await;
    w.customer("乙", "13900139000").await;
    let object: model::ObjectName = "customer".parse().unwrap();
    let op =
        WhoCan { action: Action::View, object: object.clone(), record: first, circumstances: Circumstances::default() };
    let grant = w.system(w.auditor, op).await.unwrap();
    let able = w.store.who_can(grant).await.unwrap().into_inner();
    assert_eq!((able.count, able.users[0].user, able.users[0].user_name.as_str()), (1, w.rep, "WANG"));

    let reach = |user| {
        let op = WhatCan { user, object: object.clone(), circumstances: Circumstances::default() };
        let w = &w;
        async move {
            let grant = w.system(w.auditor, op).await.unwrap();
            w.store.what_can(grant).await.unwrap().into_inner()
        }
    };
    let mine = reach(w.rep).await;
    let of = |answer: &store::explain::WhatCanAnswer, action| {
        answer.reach.iter().find(|r| r.action == action).map(|r| r.records)
    };
    assert_eq!((mine.of, of(&mine, Action::List), of(&mine, Action::Erase)), (2, Some(2), None));
    assert_eq!(i64::try_from(w.list(w.rep, "customer").await).unwrap(), 2);
    assert_eq!(of(&reach(w.other_rep).await, Action::List), Some(0));
    assert_eq!(of(&reach(w.security).await, Action::Erase), Some(2));
}
