//! Decoys: like any other customer to everybody, and known to the follower of the log.

use access::path::Refusal;
use model::{Action, CanaryId, UserId};
use store::Store;
use store::canaries::{CanaryView, LiftCanary, ListCanaries, PlantCanaries};
use store::company::Note;
use store::timeline::{Entry, Parts, ReadTimeline};

use super::house::code;
use super::world::World;

pub async fn plant(w: &World, who: UserId, count: u32, owner: Option<UserId>) -> Result<Vec<CanaryId>, Refusal> {
    let op = PlantCanaries { count, owner, label: "十一月".into(), note: Note::default() };
    w.store.plant_canaries(w.system(who, op).await?).await.map(|made| made.into_inner())
}
async fn all(w: &World) -> Vec<CanaryView> {
    w.store.list_canaries(w.system(w.security, ListCanaries).await.unwrap()).await.unwrap().into_inner()
}
pub async fn lift(w: &World, who: UserId, id: CanaryId) -> Result<(), Refusal> {
    let op = LiftCanary { id, reason: "不再需要".into() };
    w.store.lift_canary(w.system(who, op).await?).await.map(|_| ())
}
async fn clean(w: &World) {
    w.publisher.publish_once(w.now()).await.unwrap();
    let (_, report) = w.store.examine(w.now()).await.unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

#[tokio::test]
async fn a_decoy_is_a_customer_to_everybody_but_those_who_planted_it() {
    let w = World::new().await;
    w.customer("真实客户", "13800138000").await;
    let ids = plant(&w, w.security, 3, Some(w.rep)).await.unwrap();
    plant(&w, w.security, 2, None).await.unwrap();
    assert_eq!(w.list(w.rep, "customer").await, 6, "own ones and those of the pool");
    let views = all(&w).await;
    assert_eq!(views.len(), 5);
    assert!(views.iter().all(|c| c.there && c.lifted_at.is_none() && !c.name.is_empty()));
    assert_eq!(views.iter().filter(|c| c.owner_name.as_deref() == Some("WANG")).count(), 3);
    let known = w.store.canaries();
    assert_eq!(known.len(), 5);
    assert!(views.iter().all(|c| known.contains(&c.record)));
    // Its owner opens it like any other, and its timeline says that it came with an import.
    let mine = views.iter().find(|c| c.owner_name.is_some()).unwrap();
    assert_eq!(w.view(w.rep, mine.record).await.unwrap(), 1);
    assert!(w.view(w.other_rep, mine.record).await.is_err());
    let op = ReadTimeline {
        object: "customer".parse().unwrap(),
        record: mine.record,
        parts: Parts { comments: false, activities: false, changes: true, approvals: false },
        after: None,
        limit: 20,
    };
    let caller = w.caller(w.rep);
    let activities = w.store.admit_activities(&caller, &op).await.unwrap();
    let grant = w.store.gate().admit(&caller, op).await.unwrap();
    let page = w.store.timeline(grant, activities).await.unwrap().into_inner();
    let kinds: Vec<&str> = page
        .entries
        .iter()
        .filter_map(|(_, e)| if let Entry::Change(c) = e { Some(c.kind.as_str()) } else { None })
        .collect();
    assert_eq!(kinds, ["created"]);
    // Nobody else learns that there are any, and the database tells of none.
    for who in [w.rep, w.admin, w.auditor] {
        assert!(matches!(plant(&w, who, 1, None).await, Err(Refusal::Forbidden { .. })));
        assert!(matches!(w.system(who, ListCanaries).await, Err(Refusal::Forbidden { .. })));
    }
    assert_eq!(w.number("SELECT COUNT(*) FROM canary").await, 5);
    for body in w.bytes("SELECT body FROM canary").await {
        assert!(!body.windows(16).any(|part| views.iter().any(|c| c.record.as_bytes() == part)));
    }
    assert_eq!(w.positions(Action::Import).await.len(), 5);
    // Lifted, it stays where it is.
    lift(&w, w.security, ids[0]).await.unwrap();
    assert_eq!(code(lift(&w, w.security, ids[0]).await), "canary_lifted");
    assert_eq!((w.store.canaries().len(), w.list(w.rep, "customer").await), (4, 6));
    // Another node opens them itself.
    assert_eq!(Store::open(w.base.database(), w.vault.clone()).await.unwrap().canaries().len(), 4);
    clean(&w).await;
}

#[tokio::test]
async fn what_cannot_be_planted() {
    let w = World::new().await;
    for (count, owner) in [(0, None), (21, None), (1, Some(UserId::from_bytes([9; 16])))] {
        assert!(matches!(plant(&w, w.security, count, owner).await, Err(Refusal::Invalid(_))), "{count}");
    }
    let op = PlantCanaries { count: 1, owner: None, label: " ".into(), note: Note::default() };
    let grant = w.system(w.security, op).await.unwrap();
    assert!(matches!(w.store.plant_canaries(grant).await, Err(Refusal::Invalid(_))));
    assert!(matches!(lift(&w, w.security, CanaryId::from_bytes([9; 16])).await, Err(Refusal::NotFound)));
    assert_eq!(w.number("SELECT COUNT(*) FROM canary").await, 0);
    clean(&w).await;
}

#[tokio::test]
async fn a_decoy_is_merged_erased_and_handed_over_as_customers_are() {
    let w = World::new().await;
    plant(&w, w.security, 3, Some(w.rep)).await.unwrap();
    let decoys = all(&w).await;
    Box::pin(super::erase::erase(&w, decoys[0].record)).await.unwrap();
    let boss = Box::pin(super::merge::director(&w, "boss")).await;
    let real = w.customer("真实客户", "13800138000").await;
    let op = store::records::MergeRecords {
        object: "customer".parse().unwrap(),
        into: real,
        version: 1,
        from: vec![(decoys[1].record, 1)],
        choose: access::path::Choose::new(),
        reason: "重复".into(),
    };
    Box::pin(super::merge::merged(&w, boss, op)).await.unwrap();
    let wanted = store::handover::Wanted {
        rules: vec![],
        others: store::handover::Receiver::Users(vec![w.other_rep]),
        shares: store::handover::SharesAfter::End,
        reports_to: None,
    };
    let op = store::handover::BeginHandover { user: w.rep, wanted, note: Note::default() };
    w.store.begin_handover(w.system(w.admin, op).await.unwrap()).await.unwrap();
    Box::pin(w.store.resume_handovers(&testkit::FixedClock(w.caller(w.admin).at))).await.unwrap();
    let after = all(&w).await;
    let one = |id: CanaryId| after.iter().find(|c| c.id == id).unwrap();
    assert!(!one(decoys[1].id).there, "it was merged");
    assert_eq!(one(decoys[2].id).owner_name.as_deref(), Some("LI"));
    clean(&w).await;
}
