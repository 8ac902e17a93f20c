//! Access on a past day: who could see this record then, and what could this person do.

use access::path::Refusal;
use model::{Action, RecordId, UnixMs, UserId};
use store::company::{AssignRole, TakeRole};
use store::could::{WhatCould, WhatCouldAnswer, WhoCould, WhoCouldAnswer};

use super::world::World;

async fn who(w: &World, record: RecordId, at: UnixMs) -> Result<WhoCouldAnswer, Refusal> {
    let op = WhoCould {
        action: Action::View,
        object: "customer".parse().unwrap(),
        record,
        at,
        circumstances: Default::default(),
    };
    w.store.who_could(w.system(w.security, op).await?).await.map(|d| d.into_inner())
}
async fn what(w: &World, user: UserId, at: UnixMs) -> Result<WhatCouldAnswer, Refusal> {
    let op = WhatCould { user, object: "customer".parse().unwrap(), at };
    w.store.what_could(w.system(w.security, op).await?).await.map(|d| d.into_inner())
}
fn ids(answer: &WhoCouldAnswer) -> Vec<UserId> {
    answer.users.iter().map(|p| p.user).collect()
}

#[tokio::test]
async fn who_could_see_a_customer_is_told_by_the_roles_of_then() {
    let w = World::new().await;
    let first = w.customer("甲公司", "13900000001").await;
    let monday = w.caller(w.security).at;
    w.pass_days(1);
    let role = || "sales_rep".parse().unwrap();
    let grant = w.system(w.security, TakeRole { user: w.rep, role: role() }).await.unwrap();
    w.store.take_role(grant).await.unwrap();
    let tuesday = w.caller(w.security).at;
    w.pass_days(1);
    let grant = w.system(w.security, AssignRole { user: w.rep, role: role() }).await.unwrap();
    w.store.assign_role(grant).await.unwrap();
    w.pass_minutes(5);

    let then = who(&w, first, monday).await.unwrap();
    assert_eq!((ids(&then), then.unsure_count, then.unknown.len()), (vec![w.rep], 0, 0), "{then:?}");
    let between = who(&w, first, tuesday).await.unwrap();
    // By their roles nobody; who shared it with whom that day is not kept, and said so.
    assert_eq!((ids(&between), between.unknown.as_slice()), (vec![], &["members"][..]), "{between:?}");
    let by_share = |rule: &String| rule.starts_with("share.") || rule.ends_with(".participant");
    assert!(between.unsure.iter().all(|p| p.rules.iter().all(by_share)), "{between:?}");
    assert!(between.people_since > monday && between.people_since <= tuesday);

    assert_eq!(what(&w, w.rep, monday).await.unwrap().roles, ["sales_rep"]);
    let could = what(&w, w.rep, monday).await.unwrap().could;
    assert!(
        could.iter().any(|c| c.action == Action::View && c.rules.iter().any(|r| r == "sales_rep.own")),
        "{could:?}"
    );
    let could = what(&w, w.rep, tuesday).await.unwrap();
    assert!(could.roles.is_empty() && could.could.iter().all(|c| c.rules.iter().all(|r| r.starts_with("share."))));
}

#[tokio::test]
async fn what_cannot_be_known_is_said_and_bad_moments_are_refused() {
    let w = World::new().await;
    let before = w.now();
    w.pass_minutes(5);
    let first = w.customer("甲公司", "13900000001").await;
    let invalid = |answer: Result<WhoCouldAnswer, Refusal>| match answer {
        Err(Refusal::Invalid(problems)) => problems[0].code,
        other => panic!("{other:?}"),
    };
    assert_eq!(invalid(who(&w, first, before).await), "before_record");
    assert_eq!(invalid(who(&w, first, w.now().plus_days(1)).await), "invalid_value");
    assert_eq!(invalid(who(&w, first, w.now().plus_days(-400)).await), "not_kept");
    assert!(matches!(who(&w, RecordId::from_bytes([9; 16]), w.now()).await, Err(Refusal::NotFound)));
    let op = WhatCould { user: w.rep, object: "customer".parse().unwrap(), at: w.now() };
    assert!(matches!(w.system(w.rep, op).await, Err(Refusal::Forbidden { .. })));
}
