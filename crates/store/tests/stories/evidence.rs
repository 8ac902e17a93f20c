//! Evidence files, checked like an outsider checks them.

use access::path::Refusal;
use ledger::evidence::{CheckSubject, Content, Outcome};
use ledger::log_check::Verdict;
use ledger::{Evidence, check_evidence};
use model::{Action, RecordId};
use store::audit::{Alteration, Span};
use store::evidence::{Subject, TakeEvidence, TakenEvidence};

use super::world::{World, blob, key};
use crate::base::{ZEROES, last_byte_changed};

pub async fn take(w: &World, subject: Subject, span: Span) -> TakenEvidence {
    let grant = w.system(w.auditor, TakeEvidence { subject, span }).await.unwrap();
    w.store.take_evidence(grant, &w.publisher).await.unwrap().into_inner()
}

pub async fn of_customer(w: &World, id: RecordId) -> TakenEvidence {
    take(w, Subject::Customer { id }, Span::default()).await
}

fn verify(evidence: &Evidence) -> ledger::evidence::Report {
    // Through the file, as it is handed over.
    let file = serde_json::to_string(evidence).unwrap();
    check_evidence(&serde_json::from_str(&file).unwrap(), &[key().verifier().clone()])
}

#[tokio::test]
async fn a_customers_evidence_verifies_and_shows_no_other_customer() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    let other = w.customer("乙", "13900139000").await;
    w.view(w.rep, customer).await.unwrap();
    w.list(w.rep, "customer").await;

    let taken = of_customer(&w, customer).await;
    assert!(taken.altered.is_empty());
    let report = verify(&taken.evidence);
    assert_eq!(report.verdict, Verdict::Ok, "{report:?}");
    assert_eq!(taken.evidence.events.len(), 3);
    assert_eq!(report.checks.iter().filter(|c| c.subject == CheckSubject::Item && c.outcome == Outcome::Ok).count(), 3);
    let text = serde_json::to_string(&taken.evidence).unwrap();
    assert!(text.contains(&customer.to_string()) && !text.contains(&other.to_string()));
    assert!(!text.contains("13800138000"));

    // Changed afterwards, it is found.
    let mut forged = taken.evidence;
    forged.events[1].actor.as_mut().unwrap().body["user"] = w.other_rep.to_string().into();
    assert_eq!(verify(&forged).verdict, Verdict::Tampered);
}

#[tokio::test]
async fn a_users_and_a_periods_evidence_verify() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    let from = w.now();
    w.view(w.rep, customer).await.unwrap();
    let _ = w.view(w.other_rep, customer).await;
    let to = w.now().plus_ms(1);

    let taken = take(&w, Subject::User { id: w.rep }, Span::default()).await;
    assert_eq!((verify(&taken.evidence).verdict, taken.evidence.events.len()), (Verdict::Ok, 2));
    let taken = take(&w, Subject::Period, Span { from: Some(from.plus_ms(1)), to: Some(to) }).await;
    assert_eq!((verify(&taken.evidence).verdict, taken.evidence.events.len()), (Verdict::Ok, 2));

    let endless = TakeEvidence { subject: Subject::Period, span: Span { from: Some(from), to: None } };
    let grant = w.system(w.auditor, endless).await.unwrap();
    assert!(matches!(w.store.take_evidence(grant, &w.publisher).await, Err(Refusal::Invalid(_))));
    // Nobody without the duty takes any, and taking is recorded with the customer.
    assert!(
        w.system(w.admin, TakeEvidence { subject: Subject::Customer { id: customer }, span: Span::default() })
            .await
            .is_err()
    );
    of_customer(&w, customer).await;
    let seq = *w.positions(Action::AuditEvidence).await.last().unwrap();
    let touched = format!("SELECT COUNT(*) FROM touch WHERE seq = {seq} AND customer = {}", blob(customer));
    assert_eq!(w.number(&touched).await, 1);
}

#[tokio::test]
async fn an_event_altered_in_the_database_is_named_and_its_altered_part_not_shown() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    let other = w.customer("乙", "13900139000").await;
    w.view(w.rep, customer).await.unwrap();
    let seq = w.positions(Action::View).await[0];
    let theirs = blob(other);
    let drills = [
        (format!("UPDATE event SET body = {} WHERE seq = {seq}", last_byte_changed("body", "00")), Alteration::Body),
        (format!("UPDATE event SET actor = {theirs} WHERE seq = {seq}"), Alteration::Columns),
        (format!("UPDATE touch SET record = {theirs} WHERE seq = {seq}"), Alteration::Touch(0)),
        (format!("UPDATE touch SET commitment = {ZEROES} WHERE seq = {seq}"), Alteration::Touches),
    ];
    for (sql, alteration) in drills {
        w.tamper_within(&sql, async || {
            let taken = of_customer(&w, customer).await;
            let found = taken.altered.iter().find(|a| a.index == seq);
            assert!(found.is_some_and(|a| a.alterations.contains(&alteration)), "{sql}: {:?}", taken.altered);
            assert_eq!(taken.altered.len(), 1, "{sql}");
            // What is still in the file still verifies.
            assert_eq!(verify(&taken.evidence).verdict, Verdict::Ok, "{sql}");
        })
        .await;
    }
}

#[tokio::test]
async fn an_erased_customers_evidence_says_erased_with_record() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    let other = w.customer("乙", "13900139000").await;
    w.view(w.rep, customer).await.unwrap();
    w.list(w.rep, "customer").await;
    super::erase::erase(&w, customer).await.unwrap();

    let taken = of_customer(&w, customer).await;
    let report = verify(&taken.evidence);
    assert_eq!((report.verdict, taken.altered.as_slice()), (Verdict::Ok, [].as_slice()), "{report:?}");
    assert_eq!(report.count(Outcome::ErasedWithRecord), 2, "the view and the list");
    assert_eq!(taken.evidence.erasures.len(), 1);
    // The other customer on the same page is proved as before.
    let taken = of_customer(&w, other).await;
    assert_eq!(verify(&taken.evidence).verdict, Verdict::Ok);
    let shown = taken.evidence.events.iter().flat_map(|e| &e.objects);
    assert!(shown.clone().count() == 2 && shown.clone().all(|i| matches!(i.content, Content::Shown(_))));
    assert!(w.store.scrub_events(0..u64::MAX).await.unwrap().is_clean());

    // A forged "erased" without an erasure is found.
    let third = w.customer("丙", "13700137000").await;
    w.view(w.rep, third).await.unwrap();
    w.tamper(&format!("UPDATE touch SET keyed = 2, disclosure = 0 WHERE keyed = 1 AND customer = {}", blob(third)));
    assert_eq!(of_customer(&w, third).await.altered.len(), 1);
}
