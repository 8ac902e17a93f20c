//! Limits hold over a restart, and over nodes a moment later.

use std::sync::Arc;

use access::path::Refusal;
use model::policy::Counter;
use model::response::ResponseKind;
use model::{RecordId, UserId};
use serde_json::json;
use store::records::ViewRecord;
use store::usage::Usage;
use store::{Database, Store};

use super::responses::{obligation, take, wanted};
use super::world::World;

async fn view(w: &World, store: &Store, user: UserId, id: RecordId) -> Result<(), Refusal> {
    let op = ViewRecord { object: "customer".parse().unwrap(), id };
    let grant = store.gate().admit(&w.caller(user), op).await?;
    store.view(grant).await?.disclose().await.map(|_| ())
}
async fn count(w: &World, usage: &mut Usage) {
    while usage.round(w.now()).await.unwrap() {}
}
fn customers(w: &World, store: &Store, user: UserId) -> u64 {
    let at = Counter::ALL.iter().position(|c| *c == Counter::CustomersPerHour).unwrap();
    store.gate().counters().read(user, w.now())[at]
}
async fn process(w: &World, db: Arc<dyn Database>) -> (Store, Usage) {
    let store = Store::open(db, w.vault.clone()).await.unwrap();
    let usage = Usage::begin(store.clone()).await.unwrap();
    (store, usage)
}

#[tokio::test]
async fn what_was_before_a_start_is_counted_after_it() {
    let w = World::new().await;
    let (first, second) = (w.customer("甲", "13800138000").await, w.customer("乙", "13800138001").await);
    let (_, mut idle) = process(&w, w.base.database()).await;
    assert!(!idle.round(w.now()).await.unwrap(), "nothing is counted where nothing limits");
    take(&w, w.security, wanted(w.rep, ResponseKind::Throttle)).await.unwrap();
    view(&w, &w.store, w.rep, first).await.unwrap();
    view(&w, &w.store, w.rep, second).await.unwrap();
    let (after, mut usage) = process(&w, w.base.database()).await;
    assert_eq!(customers(&w, &after, w.rep), 0);
    count(&w, &mut usage).await;
    assert_eq!(customers(&w, &after, w.rep), customers(&w, &w.store, w.rep));
    assert_eq!(obligation(view(&w, &after, w.rep, first).await), Some(ResponseKind::Throttle));
    // Asked again it counts nothing twice; a minute later reading goes on.
    count(&w, &mut usage).await;
    assert_eq!(customers(&w, &after, w.rep), 2);
    w.pass_minutes(1);
    view(&w, &after, w.rep, first).await.unwrap();
}

#[tokio::test]
async fn two_nodes_let_no_more_through_than_one_but_for_a_moment() {
    let w = World::new().await;
    // On the embedded database one process alone writes.
    let Some(db) = w.base.another_node().await else { return };
    let ids = [w.customer("甲", "13800138000").await, w.customer("乙", "13800138001").await];
    take(&w, w.security, wanted(w.rep, ResponseKind::Throttle)).await.unwrap();
    let mut here = Usage::begin(w.store.clone()).await.unwrap();
    let (other, mut there) = process(&w, db).await;
    other.node_start(w.now(), json!({})).await.unwrap();
    // Before either has looked, each allows as many as the limit: that is how far it may go.
    view(&w, &w.store, w.rep, ids[0]).await.unwrap();
    view(&w, &other, w.rep, ids[1]).await.unwrap();
    count(&w, &mut here).await;
    count(&w, &mut there).await;
    for store in [&w.store, &other] {
        assert_eq!(customers(&w, store, w.rep), 2);
        assert_eq!(obligation(view(&w, store, w.rep, ids[0]).await), Some(ResponseKind::Throttle));
    }
    // Own accesses are not counted again from the log.
    count(&w, &mut here).await;
    w.pass_minutes(1);
    for store in [&w.store, &other] {
        view(&w, store, w.rep, ids[0]).await.unwrap();
    }
    count(&w, &mut here).await;
    count(&w, &mut there).await;
    for store in [&w.store, &other] {
        assert_eq!(customers(&w, store, w.rep), 2);
        assert!(view(&w, store, w.rep, ids[1]).await.is_err());
    }
}
