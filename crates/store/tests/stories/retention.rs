//! What is dropped when its time is over, and what never is.

use access::path::Refusal;
use ledger::check_evidence;
use ledger::log_check::Verdict;
use model::audit_policy::AuditRetention;
use model::{Action, AuditPolicy, RecordId};
use store::audit::{Alteration, Feed, Paging, Span, State, WhoSaw};
use store::evidence::Subject;
use store::hold::{PlaceHold, ReleaseHold};
use store::retention::{ApplyRetention, ChangeRetention, Retained, RetentionRules, Swept};

use super::world::{World, key};

pub async fn set(w: &World, audit_days: Option<u32>) -> Result<(), Refusal> {
    let retention = AuditRetention { days: audit_days, ..AuditRetention::default() };
    super::audit_policy::hold(w, &AuditPolicy { retention, ..AuditPolicy::default() }).await
}

async fn apply(w: &World, days: u32) -> Result<Retained, Refusal> {
    let op = ApplyRetention::at(w.now(), days);
    let grant = w.system(w.security, op).await.unwrap();
    w.store.apply_retention(grant).await.map(|done| done.into_inner())
}

#[tokio::test]
async fn the_law_is_the_floor() {
    let w = World::new().await;
    assert!(matches!(set(&w, Some(179)).await, Err(Refusal::Invalid(_))));
    assert!(matches!(apply(&w, 90).await, Err(Refusal::Barred { code: "retention_minimum", .. })));
    assert!(matches!(apply(&w, 200).await, Err(Refusal::Barred { code: "retention_rule", .. })));
    // Shorter takes two people; longer, one.
    let alone = |audit_days| ChangeRetention { rules: RetentionRules { audit_days, duty_days: 0 } };
    let refused = w.store.change_retention(w.system(w.admin, alone(Some(400))).await.unwrap()).await;
    assert!(matches!(refused, Err(Refusal::Barred { code: "four_eyes", .. })));
    set(&w, Some(180)).await.unwrap();
    w.store.change_retention(w.system(w.admin, alone(Some(400))).await.unwrap()).await.unwrap();
    assert!(matches!(apply(&w, 180).await, Err(Refusal::Barred { code: "retention_rule", .. })));
    set(&w, Some(180)).await.unwrap();
    assert_eq!(apply(&w, 180).await.unwrap(), Retained::default());
}

#[tokio::test]
async fn old_bodies_go_and_the_ledger_stays_whole() {
    let w = World::new().await;
    set(&w, Some(200)).await.unwrap();
    let customer = w.customer("甲", "13800138000").await;
    let held = w.customer("乙", "13900139000").await;
    w.view(w.rep, customer).await.unwrap();
    w.view(w.rep, held).await.unwrap();
    let hold = PlaceHold { customer: held, reason: "court order 17".to_owned() };
    let grant = w.system(w.security, hold).await.unwrap();
    let hold = w.store.place_hold(grant).await.unwrap().into_inner();
    let old = w.number("SELECT COUNT(*) FROM event").await;
    w.pass_days(201);
    w.view(w.rep, customer).await.unwrap();

    // Made, viewed and put on hold: three events of the held customer stay. All the others can be read by nobody from the moment
    // their keys are gone, and questions are answered so, though their rows are still there.
    let done = apply(&w, 200).await.unwrap();
    assert_eq!((done.held, done.keys > 0), (3, true));
    assert_eq!(w.number("SELECT COUNT(*) FROM event WHERE body IS NULL").await, 0);
    assert_old_events_are_dropped(&w, customer, held, old).await;

    // Then the rows go too, and nothing that can be asked changes.
    let swept = w.store.sweep_retained(w.now()).await.unwrap();
    assert_eq!((swept.held, i64::try_from(swept.events).unwrap()), (3, old - 3));
    assert_eq!(apply(&w, 200).await.unwrap(), Retained::default());
    assert_eq!(w.store.sweep_retained(w.now()).await.unwrap(), Swept::default());
    assert_eq!(w.number("SELECT COUNT(*) FROM event WHERE body IS NULL").await, old - 3);
    assert_old_events_are_dropped(&w, customer, held, old).await;

    // Once the hold is released, the next retention takes what it protected.
    let release = ReleaseHold { id: hold, customer: held, reason: "order lifted".to_owned() };
    let grant = w.system(w.security, release).await.unwrap();
    w.store.release_hold(grant).await.unwrap();
    assert_eq!(apply(&w, 200).await.unwrap(), Retained::default());
    assert_eq!(w.store.sweep_retained(w.now()).await.unwrap(), Swept { events: 3, held: 0 });

    // A body that is gone without a retention that covers it is found.
    let seq = *w.positions(Action::View).await.last().unwrap();
    w.tamper(&format!("UPDATE event SET body = NULL, source = NULL WHERE seq = {seq}"));
    assert_eq!(w.store.scrub_events(0..u64::MAX).await.unwrap().altered_count, 1);
}

/// What everybody who may ask is told of the `old` events once their retention is over.
async fn assert_old_events_are_dropped(w: &World, customer: RecordId, held: RecordId, old: i64) {
    let op = Feed { span: Span { from: None, to: Some(w.now().plus_days(-100)) }, ..Feed::default() };
    let grant = w.system(w.auditor, Feed { paging: Paging { limit: 200, cursor: None }, ..op }).await.unwrap();
    let feed = w.store.feed(grant).await.unwrap().into_inner();
    assert_eq!(i64::try_from(feed.items.len()).unwrap(), old);
    assert_eq!(feed.items.iter().filter(|l| l.state == State::Whole).count(), 3);
    assert!(
        feed.items.iter().filter(|l| l.state != State::Whole).all(|l| l.state == State::Dropped && l.source.is_none())
    );
    let grant = w.system(w.auditor, WhoSaw::new(customer)).await.unwrap();
    let seen = w.store.who_saw(grant).await.unwrap().into_inner();
    let views = seen.page.items.iter().filter(|l| l.event.action == Action::View.as_str()).count();
    assert!(seen.kept_since.is_some() && views == 1, "{seen:?}");
    let grant = w.system(w.auditor, WhoSaw::new(held)).await.unwrap();
    let kept = w.store.who_saw(grant).await.unwrap().into_inner();
    assert!(kept.page.items.iter().any(|l| l.event.action == Action::View.as_str() && !l.shown.is_empty()), "{kept:?}");

    w.publisher.publish_once(w.now()).await.unwrap();
    assert!(w.publisher.scrub(0..u64::MAX).await.unwrap().is_clean());
    let scrub = w.store.scrub_events(0..u64::MAX).await.unwrap();
    assert!(scrub.is_clean() && i64::try_from(scrub.dropped).unwrap() == old - 3, "{scrub:?}");
    let taken = super::evidence::take(w, Subject::User { id: w.rep }, Span::default()).await;
    assert_eq!(check_evidence(&taken.evidence, &[key().verifier().clone()]).verdict, Verdict::Ok);
}

#[tokio::test]
async fn a_key_of_the_log_that_goes_without_a_retention_is_missed() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    w.view(w.rep, customer).await.unwrap();
    assert!(w.store.scrub_events(0..u64::MAX).await.unwrap().is_clean());
    let events = w.number("SELECT COUNT(*) FROM event").await;
    w.tamper("DELETE FROM log_key");
    let scrub = w.store.scrub_events(0..u64::MAX).await.unwrap();
    assert_eq!(i64::try_from(scrub.altered_count).unwrap(), events);
    assert!(scrub.altered.iter().all(|(_, what)| what == &[Alteration::BodyMissing]), "{scrub:?}");
    // What is recorded from now on has a key that is there.
    w.view(w.rep, customer).await.unwrap();
    let scrub = w.store.scrub_events(0..u64::MAX).await.unwrap();
    assert_eq!((i64::try_from(scrub.altered_count).unwrap(), scrub.events as i64 > events), (events, true));
}
