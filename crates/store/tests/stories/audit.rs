//! Questions about the log.

use access::path::Refusal;
use model::{Action, Decision, EventId};
use store::audit::{
    Alteration, CountBy, CountEvents, EventFilter, Feed, Paging, ShowEvent, Span, State, UserActivity, WhoSaw, Zone,
};
use store::records::ViewRecord;

use super::world::{World, blob};
use crate::base::{ZEROES, last_byte_changed};

#[tokio::test]
async fn who_saw_tells_everyone_newest_first_and_the_question_too() {
    let w = World::new().await;
    let seen = w.customer("北京甲公司", "13800138000").await;
    let unseen = w.customer("上海乙公司", "13900139000").await;
    w.view(w.rep, seen).await.unwrap();
    assert!(matches!(w.view(w.other_rep, seen).await, Err(Refusal::NotFound)));
    assert_eq!(w.list(w.rep, "customer").await, 2);

    let ask = || async {
        let grant = w.system(w.auditor, WhoSaw::new(seen)).await.unwrap();
        w.store.who_saw(grant).await.unwrap().into_inner().page.items
    };
    let lines = ask().await;
    let told: Vec<(&str, &str, &str)> = lines
        .iter()
        .map(|l| (l.event.action.as_str(), l.event.decision.as_str(), l.event.user_name.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("list", "allowed", "WANG"),
            ("view", "refused", "LI"),
            ("view", "allowed", "WANG"),
            ("create", "allowed", "WANG")
        ]
    );
    let view = &lines[2];
    assert!(view.shown.iter().any(|f| f.as_str() == "phone") && !view.touch_rules.is_empty());
    assert!(view.masked.iter().any(|f| f.as_str() == "id_number"), "{:?}", view.masked);
    assert!(lines[1].shown.is_empty() && lines[1].masked.is_empty());
    assert!(lines.iter().all(|l| l.touch_state == State::Whole && l.event.source.as_deref() == Some("192.0.2.7")));

    // Asking is an access to the customer asked about, and to no other.
    let again = ask().await;
    assert_eq!((again[0].event.action.as_str(), again[0].event.user), ("audit.read", w.auditor));
    let grant = w.system(w.auditor, WhoSaw::new(unseen)).await.unwrap();
    let other = w.store.who_saw(grant).await.unwrap().into_inner().page.items;
    assert_eq!(other.len(), 2, "listed once, created once");

    // Nothing of a value is in any answer.
    let text = serde_json::to_string(&again).unwrap();
    assert!(!text.contains("13800138000") && !text.contains("北京甲公司"));
}

/// The program's own database, without the wait that other stories have: rows follow an acknowledgement, answers do not run ahead.
#[tokio::test]
async fn what_was_acknowledged_a_moment_ago_is_in_every_answer() {
    let w = World::new().await;
    let seen = w.customer("甲", "13800138000").await;
    let store = store::Store::open(w.base.unordered(), w.vault.clone()).await.unwrap();
    let view = async || {
        let op = ViewRecord { object: "customer".parse().unwrap(), id: seen };
        let grant = store.gate().admit(&w.caller(w.rep), op).await.unwrap();
        store.view(grant).await.unwrap().disclose().await.unwrap().event()
    };
    for round in 1..=3 {
        view().await;
        let grant = store.gate().admit_system(&w.caller(w.auditor), WhoSaw::new(seen)).await.unwrap();
        let lines = store.who_saw(grant).await.unwrap().into_inner().page.items;
        assert_eq!(lines.iter().filter(|l| l.event.action == "view").count(), 4 * round - 3);
        view().await;
        let grant = store.gate().admit_system(&w.caller(w.auditor), UserActivity::new(w.rep)).await.unwrap();
        let did = store.did(grant).await.unwrap().into_inner();
        assert_eq!(did.page.items.iter().filter(|l| l.action == "view").count(), 4 * round - 2);
        view().await;
        let views = EventFilter { actions: vec![Action::View], ..EventFilter::default() };
        let op = CountEvents { by: CountBy::User, zone: Zone::Utc, filter: views, span: Span::default() };
        let grant = store.gate().admit_system(&w.caller(w.auditor), op).await.unwrap();
        let counted = store.count_events(grant).await.unwrap().into_inner().events;
        assert_eq!(usize::try_from(counted).unwrap(), 4 * round - 1);
        let event = view().await;
        let grant = store.gate().admit_system(&w.caller(w.auditor), ShowEvent { id: event }).await.unwrap();
        assert!(store.event(grant, &w.publisher).await.unwrap().get().alterations.is_empty());
    }
}

#[tokio::test]
async fn a_record_of_a_customer_is_asked_about_by_its_own_id() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    let contact = w.create("contact", serde_json::json!({ "customer": customer, "name": "张三" })).await;
    assert_eq!(w.list(w.rep, "contact").await, 1);
    let grant = w.system(w.auditor, WhoSaw::new(contact)).await.unwrap();
    let of_contact = w.store.who_saw(grant).await.unwrap().into_inner();
    assert_eq!(of_contact.customer, customer);
    assert!(of_contact.page.items.iter().all(|l| l.record == Some(contact)) && of_contact.page.items.len() == 2);
}

#[tokio::test]
async fn pages_follow_one_another_without_gap_or_repeat() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    for _ in 0..7 {
        w.view(w.rep, customer).await.unwrap();
    }
    let (mut cursor, mut indexes) = (None, Vec::new());
    let until = Some(w.now().plus_ms(1));
    loop {
        let mut op = WhoSaw::new(customer);
        op.paging = Paging { limit: 3, cursor };
        op.span = Span { from: None, to: until };
        let grant = w.system(w.auditor, op).await.unwrap();
        let page = w.store.who_saw(grant).await.unwrap().into_inner().page;
        indexes.extend(page.items.iter().map(|l| l.event.index));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(indexes.len(), 8);
    assert!(indexes.is_sorted_by(|a, b| a > b));

    let mut op = WhoSaw::new(customer);
    op.paging.cursor = Some("nonsense".into());
    let grant = w.system(w.auditor, op).await.unwrap();
    assert!(matches!(w.store.who_saw(grant).await, Err(Refusal::Invalid(_))));
}

#[tokio::test]
async fn what_a_user_did_counts_customers_and_keeps_rows_of_accounts_that_are_gone() {
    let w = World::new().await;
    let first = w.customer("甲", "13800138000").await;
    let second = w.customer("乙", "13900139000").await;
    for id in [first, first, second] {
        w.view(w.rep, id).await.unwrap();
    }
    w.tamper("DELETE FROM app_user WHERE login = 'wang'");
    let grant = w.system(w.auditor, UserActivity::new(w.rep)).await.unwrap();
    let did = w.store.did(grant).await.unwrap().into_inner();
    assert_eq!((did.events, did.distinct_customers, did.page.items.len()), (5, 2, 5));
    let counts: Vec<_> = did.customers.iter().map(|c| (c.customer, c.events)).collect();
    assert_eq!(counts, [(first, 3), (second, 2)]);
}

#[tokio::test]
async fn counts_equal_a_recount() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    w.customer("乙", "13900139000").await;
    for _ in 0..4 {
        w.view(w.rep, customer).await.unwrap();
    }
    w.pass_days(1);
    let _ = w.view(w.other_rep, customer).await;
    w.list(w.rep, "customer").await;

    let until = w.now().plus_ms(1);
    let span = Span { from: None, to: Some(until) };
    let count = |by, zone, filter| {
        let op = CountEvents { by, zone, filter, span };
        let w = &w;
        async move {
            let grant = w.system(w.auditor, op).await.unwrap();
            w.store.count_events(grant).await.unwrap().into_inner()
        }
    };
    let all = w.number(&format!("SELECT COUNT(*) FROM event WHERE at < {}", until.0)).await;
    for by in [CountBy::Day, CountBy::Hour, CountBy::WeekHour, CountBy::User, CountBy::Department, CountBy::Operation] {
        let counts = count(by, Zone::Company, EventFilter::default()).await;
        assert_eq!((counts.events, counts.zone.as_str()), (all, "Asia/Shanghai"), "{by:?}");
        assert_eq!(counts.rows.iter().map(|r| r.events).sum::<i64>(), all, "{by:?}");
    }
    let views = EventFilter { actions: vec![Action::View], ..EventFilter::default() };
    let days = count(CountBy::Day, Zone::Utc, views.clone()).await;
    let told: Vec<_> = days.rows.iter().map(|r| (r.key.as_str(), r.events, r.touches)).collect();
    assert_eq!((days.zone.as_str(), told), ("UTC", vec![("2026-11-23", 4, 4), ("2026-11-24", 1, 1)]));
    let hours = count(CountBy::Hour, Zone::Company, views.clone()).await;
    assert_eq!(hours.rows.iter().map(|r| r.key.as_str()).collect::<Vec<_>>(), ["10"]);
    let week = count(CountBy::WeekHour, Zone::Company, views.clone()).await;
    let told: Vec<_> = week.rows.iter().map(|r| (r.key.as_str(), r.events)).collect();
    assert_eq!(told, [("1-10", 4), ("2-10", 1)]);

    // The feed shows as many as are counted.
    let refused = EventFilter { decisions: vec![Decision::Refused], ..views };
    let op = Feed { filter: refused.clone(), span, paging: Paging::default() };
    let grant = w.system(w.auditor, op).await.unwrap();
    let feed = w.store.feed(grant).await.unwrap().into_inner();
    assert_eq!((feed.items.len(), feed.items[0].user), (1, w.other_rep));
    assert_eq!(count(CountBy::User, Zone::Utc, refused).await.events, 1);
}

#[tokio::test]
async fn one_event_is_shown_with_its_proof_and_its_alterations() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    w.view(w.rep, customer).await.unwrap();
    let seq = w.positions(Action::View).await[0];
    let query = store::Query::new(format!("SELECT id FROM event WHERE seq = {seq}"), vec![]);
    let id: EventId = w.base.database().read(query).await.unwrap()[0].event(0).unwrap();
    let show = || async {
        let grant = w.system(w.auditor, ShowEvent { id }).await.unwrap();
        w.store.event(grant, &w.publisher).await.unwrap().into_inner()
    };
    let event = show().await;
    assert_eq!((event.alterations.as_slice(), event.touched.len()), ([].as_slice(), 1));
    assert_eq!((event.touched[0].customer, event.line.state), (customer, State::Whole));
    let proof: ledger::TlogProof = event.proof.unwrap().tlog_proof.parse().unwrap();
    let leaf = ledger::hash::b64::decode(&event.leaf.unwrap()).unwrap();
    proof.check(&leaf, &[w.publisher.verifier().clone()]).unwrap();
    assert_eq!(proof.index, u64::try_from(seq).unwrap());

    w.tamper(&format!("UPDATE event SET actor = {} WHERE seq = {seq}", blob(customer)));
    let event = show().await;
    assert_eq!((event.alterations.as_slice(), event.line.state), ([Alteration::Columns].as_slice(), State::Altered));

    let unknown = ShowEvent { id: EventId::from_bytes([9; 16]) };
    let grant = w.system(w.auditor, unknown).await.unwrap();
    assert!(matches!(w.store.event(grant, &w.publisher).await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn nobody_but_the_auditor_may_ask() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    for user in [w.rep, w.admin, w.security] {
        assert!(matches!(w.system(user, WhoSaw::new(customer)).await, Err(Refusal::Forbidden { .. })));
    }
    let refused = format!("SELECT COUNT(*) FROM event WHERE action = {} AND decision = 2", Action::AuditRead.code());
    assert_eq!(w.number(&refused).await, 3);
}

#[tokio::test]
async fn every_altered_row_beside_the_ledger_is_found() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    let other = w.customer("乙", "13900139000").await;
    w.view(w.rep, customer).await.unwrap();
    w.list(w.rep, "customer").await;
    let clean = w.store.scrub_events(0..u64::MAX).await.unwrap();
    assert!(clean.is_clean() && clean.events > 0, "{clean:?}");

    let seq = w.positions(Action::View).await[0];
    let list = w.positions(Action::List).await[0];
    let (mine, theirs) = (blob(customer), blob(other));
    let drills = [
        (format!("UPDATE event SET actor = {theirs} WHERE seq = {seq}"), seq),
        (format!("UPDATE event SET at = at - 1 WHERE seq = {seq}"), seq),
        (format!("UPDATE event SET decision = 2 WHERE seq = {seq}"), seq),
        (format!("UPDATE event SET action = 1 WHERE seq = {seq}"), seq),
        (format!("UPDATE event SET source = '198.51.100.1' WHERE seq = {seq}"), seq),
        (format!("UPDATE event SET channel = 'job' WHERE seq = {seq}"), seq),
        (format!("UPDATE event SET body = NULL WHERE seq = {seq}"), seq),
        (format!("UPDATE event SET body = {} WHERE seq = {seq}", last_byte_changed("body", "00")), seq),
        (format!("UPDATE event SET body = (SELECT body FROM event WHERE seq = {list}) WHERE seq = {seq}"), seq),
        (format!("UPDATE event SET id = {mine} WHERE seq = {seq}"), seq),
        (format!("DELETE FROM event WHERE seq = {seq}"), seq),
        (format!("DELETE FROM touch WHERE seq = {seq}"), seq),
        (format!("UPDATE touch SET customer = {theirs}, record = {theirs} WHERE seq = {seq}"), seq),
        (format!("UPDATE touch SET record = {theirs} WHERE seq = {seq}"), seq),
        (format!("UPDATE touch SET disclosure = 1 WHERE seq = {seq}"), seq),
        (format!("UPDATE touch SET keyed = 0 WHERE seq = {seq}"), seq),
        (format!("UPDATE touch SET keyed = 2, record = customer, disclosure = 0 WHERE seq = {seq}"), seq),
        (format!("UPDATE touch SET commitment = {ZEROES} WHERE seq = {seq}"), seq),
        (format!("DELETE FROM touch WHERE seq = {list} AND n = 1"), list),
        (
            format!(
                "INSERT INTO touch SELECT customer, seq, 7, record, disclosure, keyed, commitment FROM touch WHERE seq = {seq}"
            ),
            seq,
        ),
    ];
    for (sql, at) in drills {
        w.tamper_within(&sql, async || {
            let found = w.store.scrub_events(0..u64::MAX).await.unwrap();
            assert_eq!(found.altered.iter().map(|(seq, _)| *seq).collect::<Vec<_>>(), [at], "{sql}: {found:?}");
        })
        .await;
    }
    assert!(w.store.scrub_events(0..u64::MAX).await.unwrap().is_clean());
}
