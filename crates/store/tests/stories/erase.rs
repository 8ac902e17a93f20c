//! Erasing a customer, and what may stand against it.

use access::path::{Disclosed, Refusal};
use model::{Action, RecordId};
use store::audit::{State, WhoSaw};
use store::erase::{EraseCustomer, ErasedCustomer};
use store::hold::{ListHolds, PlaceHold, ReleaseHold};
use store::retention::{ChangeRetention, RetentionRules};

use super::world::{World, blob};
use crate::base::DESTROYED;

pub async fn erase(w: &World, customer: RecordId) -> Result<Disclosed<ErasedCustomer>, Refusal> {
    let op = EraseCustomer::new("customer".parse().unwrap(), customer, "asked for by the customer");
    let grant = w.records(w.security, op).await?;
    w.store.erase(grant).await
}

#[tokio::test]
async fn nothing_of_an_erased_customer_is_left_to_read() {
    let w = World::new().await;
    let customer = w.customer("甲乙丙公司", "13800138000").await;
    let other = w.customer("乙", "13900139000").await;
    let values = serde_json::json!({ "customer": customer, "name": "张三" });
    let contact = w.create("contact", values).await;
    w.view(w.rep, customer).await.unwrap();
    w.list(w.rep, "contact").await;
    let wrapped = format!("SELECT COUNT(*) FROM data_key WHERE customer = {} AND wrapped IS NULL", blob(customer));
    assert_eq!(w.number(&wrapped).await, 0);
    // What an attacker would look for in stolen files: the wrapped key and the ciphertexts it opens.
    let mut needles = vec![];
    for bytes in DESTROYED {
        needles.extend(w.bytes(&format!("{bytes} WHERE customer = {}", blob(customer))).await);
    }
    assert!(needles.iter().all(|n| w.on_disk(n)), "they are on disk before");

    let done = erase(&w, customer).await.unwrap().into_inner();
    assert_eq!(done, ErasedCustomer { customer, records: 2, scrubbed: true });
    assert_eq!(w.number(&wrapped).await, 1);
    assert_eq!(w.number("SELECT COUNT(*) FROM meta WHERE key LIKE 'scrub_due/%'").await, 0);
    for needle in &needles {
        assert!(!w.on_disk(needle), "no file of the database holds them now");
    }
    for table in ["record", "blind", "taken", "imported", "member", "request"] {
        let column = if table == "record" { "id" } else { "record" };
        let left = format!("SELECT COUNT(*) FROM {table} WHERE {column} IN ({}, {})", blob(customer), blob(contact));
        assert_eq!(w.number(&left).await, 0, "{table}");
    }
    // Who saw them is still answered, without the records and fields.
    let grant = w.system(w.auditor, WhoSaw::new(customer)).await.unwrap();
    let lines = w.store.who_saw(grant).await.unwrap().into_inner().page.items;
    let told: Vec<_> = lines.iter().map(|l| (l.event.action.as_str(), l.touch_state, l.shown.is_empty())).collect();
    assert_eq!(
        told,
        [
            ("erase", State::Whole, true),
            ("list", State::Erased, true),
            ("view", State::Erased, true),
            ("create", State::Whole, false),
            ("create", State::Whole, false),
        ]
    );
    assert!(lines[1].record.is_none());
    // The rest of the company goes on, and the ledger is whole.
    assert_eq!(w.view(w.rep, other).await.unwrap(), 1);
    w.publisher.publish_once(w.now()).await.unwrap();
    assert!(w.publisher.scrub(0..u64::MAX).await.unwrap().is_clean());
    assert!(w.store.scrub_events(0..u64::MAX).await.unwrap().is_clean());
}

#[tokio::test]
async fn what_waited_for_its_place_in_the_log_loses_its_link_too() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    w.base.stop_filing().await;
    w.view(w.rep, customer).await.unwrap();
    let done = erase(&w, customer).await.unwrap().into_inner();
    w.base.go_on_filing();
    assert!(store::Database::caught_up(&*w.base.database()).await);
    // Where the look stood in no row yet, the erasure does not count as done before it has lost its link.
    assert_eq!(w.store.finish_erasures().await.unwrap(), usize::from(!done.scrubbed));
    let linked = format!("SELECT COUNT(*) FROM touch WHERE customer = {} AND keyed = 1", blob(customer));
    assert_eq!(w.number(&linked).await, 0);
    let grant = w.system(w.auditor, WhoSaw::new(customer)).await.unwrap();
    let lines = w.store.who_saw(grant).await.unwrap().into_inner().page.items;
    let view = lines.iter().find(|l| l.event.action == "view").unwrap();
    assert_eq!((view.touch_state, view.record), (State::Erased, None));
    w.publisher.publish_once(w.now()).await.unwrap();
    assert!(w.publisher.scrub(0..u64::MAX).await.unwrap().is_clean());
    assert!(w.store.scrub_events(0..u64::MAX).await.unwrap().is_clean());
}

#[tokio::test]
async fn erasing_again_is_like_erasing_what_never_was() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    erase(&w, customer).await.unwrap();
    assert!(matches!(erase(&w, customer).await, Err(Refusal::NotFound)));
    assert!(matches!(erase(&w, RecordId::from_bytes([9; 16])).await, Err(Refusal::NotFound)));
    assert!(matches!(w.view(w.rep, customer).await, Err(Refusal::NotFound)));
    // A contact is deleted, not erased; and only the security administrator erases.
    let op = EraseCustomer::new("customer".parse().unwrap(), customer, "mine");
    assert!(matches!(w.records(w.rep, op).await, Err(Refusal::Forbidden { .. })));
}

#[tokio::test]
async fn a_hold_stands_until_it_is_released() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    let place = |customer, reason: &str| PlaceHold { customer, reason: reason.to_owned() };
    let grant = w.system(w.security, place(customer, "court order 17")).await.unwrap();
    let id = w.store.place_hold(grant).await.unwrap().into_inner();
    assert!(matches!(erase(&w, customer).await, Err(Refusal::Barred { code: "legal_hold", .. })));
    assert_eq!(w.view(w.rep, customer).await.unwrap(), 1);
    let refused = format!("SELECT COUNT(*) FROM event WHERE action = {} AND decision = 2", Action::Erase.code());
    assert_eq!(w.number(&refused).await, 1);

    let grant = w.system(w.security, ListHolds::default()).await.unwrap();
    let holds = w.store.list_holds(grant).await.unwrap().into_inner();
    assert_eq!((holds.len(), holds[0].id, holds[0].author_name.as_str()), (1, id, "安全管理员"));

    let release = |customer| ReleaseHold { id, customer, reason: "order lifted".to_owned() };
    let grant = w.system(w.security, release(RecordId::from_bytes([9; 16]))).await.unwrap();
    assert!(matches!(w.store.release_hold(grant).await, Err(Refusal::Conflict)));
    let grant = w.system(w.security, release(customer)).await.unwrap();
    w.store.release_hold(grant).await.unwrap();
    let grant = w.system(w.security, release(customer)).await.unwrap();
    assert!(matches!(w.store.release_hold(grant).await, Err(Refusal::Conflict)));
    erase(&w, customer).await.unwrap();

    for (customer, reason) in [(customer, "too late"), (RecordId::from_bytes([9; 16]), "nobody")] {
        let grant = w.system(w.security, place(customer, reason)).await.unwrap();
        assert!(matches!(w.store.place_hold(grant).await, Err(Refusal::NotFound)));
    }
    let grant = w.system(w.security, place(customer, " ")).await.unwrap();
    assert!(matches!(w.store.place_hold(grant).await, Err(Refusal::Invalid(_))));
}

#[tokio::test]
async fn a_duty_to_keep_ends_on_its_day() {
    let w = World::new().await;
    let rules = RetentionRules { audit_days: None, duty_days: 30 };
    let grant = w.system(w.admin, ChangeRetention { rules }).await.unwrap();
    w.store.change_retention(grant).await.unwrap();
    let customer = w.customer("甲", "13800138000").await;
    w.pass_days(29);
    assert!(matches!(erase(&w, customer).await, Err(Refusal::Barred { code: "retention_duty", .. })));
    w.pass_days(1);
    erase(&w, customer).await.unwrap();
}

#[tokio::test]
async fn what_a_server_that_died_left_to_clean_is_cleaned_later() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    let key = w.bytes("SELECT wrapped FROM data_key").await.remove(0);
    let c = blob(customer);
    w.tamper(&format!("UPDATE data_key SET wrapped = NULL, kek_version = NULL WHERE customer = {c}"));
    w.tamper(&format!("INSERT INTO meta (key, value) VALUES ('scrub_due/{customer}', '')"));
    assert!(w.on_disk(&key));
    assert_eq!(w.store.finish_erasures().await.unwrap(), 1);
    assert!(!w.on_disk(&key));
    assert_eq!(w.store.finish_erasures().await.unwrap(), 0);
}
