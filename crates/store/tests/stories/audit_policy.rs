//! The audit policy under four eyes, and what it makes of events.

use access::path::Refusal;
use model::approval::Deputy;
use model::audit_policy::{AuditRetention, Depth, EventClass, FieldsTold, Frequency, Method, QuestionTold};
use model::{Action, AuditPolicy, RecordId, RequestId, UnixMs, UserId};
use serde_json::{Value, json};
use store::Query;
use store::audit::{Feed, WhoSaw};
use store::company::{
    AssignRole, AuditPolicyView, ConfirmReview, DecideAuditPolicy, Note, PreviewAuditPolicy, ProposeAuditPolicy,
    ReadAuditPolicy, SetDeputy, TakeRole, WithdrawAuditPolicy,
};
use store::records::CreateRecord;
use store::records::list::ListRecords;
use store::retention::{ApplyRetention, Retained};

use super::house::code;
use super::world::World;

async fn propose(w: &World, who: UserId, policy: &AuditPolicy) -> Result<RequestId, Refusal> {
    let base = read(w).await.version;
    let op = ProposeAuditPolicy { base, policy: policy.clone(), reason: "成本".into(), note: Note::default() };
    w.store.propose_audit_policy(w.system(who, op).await?).await.map(|made| made.into_inner())
}
async fn decide(w: &World, who: UserId, id: RequestId, consent: bool) -> Result<(), Refusal> {
    let op = DecideAuditPolicy { id, consent, note: Note::default() };
    w.store.decide_audit_policy(w.system(who, op).await?).await.map(|_| ())
}
async fn read(w: &World) -> AuditPolicyView {
    w.store.read_audit_policy(w.system(w.auditor, ReadAuditPolicy).await.unwrap()).await.unwrap().into_inner()
}

/// Puts a policy in force, by two people.
pub async fn hold(w: &World, policy: &AuditPolicy) -> Result<(), Refusal> {
    let id = propose(w, w.security, policy).await?;
    decide(w, w.auditor, id, true).await
}

fn counted() -> AuditPolicy {
    AuditPolicy { scope: [("product".parse().unwrap(), Depth::Counted)].into(), ..AuditPolicy::default() }
}

/// What the newest event tells: touches, meta, detail.
async fn newest(w: &World) -> (i64, Value, Value) {
    let query = Query::new("SELECT id, touches, body FROM event ORDER BY seq DESC LIMIT 1", vec![]);
    let rows = w.base.database().read(query).await.unwrap();
    let id = model::EventId::from_bytes(rows[0].id(0).unwrap());
    let body = w.store.gate().recorder().open_body(id, rows[0].bytes(2).unwrap()).unwrap();
    (rows[0].int(1).unwrap(), body.meta.clone(), body.actor["detail"].clone())
}

async fn director(w: &World) -> UserId {
    let user = w.sales_rep("zhao").await;
    for (take, role) in [(true, "sales_rep"), (false, "sales_director")] {
        let role = role.parse().unwrap();
        if take {
            w.store.take_role(w.system(w.security, TakeRole { user, role }).await.unwrap()).await.unwrap();
        } else {
            w.store.assign_role(w.system(w.security, AssignRole { user, role }).await.unwrap()).await.unwrap();
        }
    }
    user
}

async fn product(w: &World, who: UserId, n: usize) -> RecordId {
    let Value::Object(values) = json!({ "name": format!("产品{n}"), "code": format!("P{n}"), "status": "active" })
    else {
        panic!("values are an object")
    };
    let op = CreateRecord { object: "product".parse().unwrap(), values, owner: None, pool: false };
    let grant = w.records(who, op).await.unwrap();
    w.store.create(grant).await.unwrap().into_inner()
}

#[tokio::test]
async fn a_policy_holds_once_a_second_person_has_consented() {
    let w = World::new().await;
    assert_eq!((read(&w).await.version, read(&w).await.policy), (1, AuditPolicy::default()));
    // Whoever has no such duty proposes nothing, and nothing that the law forbids is proposed.
    assert!(matches!(propose(&w, w.admin, &counted()).await, Err(Refusal::Forbidden { .. })));
    assert!(matches!(propose(&w, w.auditor, &counted()).await, Err(Refusal::Forbidden { .. })));
    let customers = AuditPolicy { scope: [("customer".parse().unwrap(), Depth::Counted)].into(), ..Default::default() };
    assert_eq!(code(propose(&w, w.security, &customers).await), "invalid_value");
    assert_eq!(code(propose(&w, w.security, &AuditPolicy::default()).await), "nothing_changed");

    let id = propose(&w, w.security, &counted()).await.unwrap();
    assert_eq!(code(propose(&w, w.security, &counted()).await), "proposal_waiting");
    assert_eq!(code(decide(&w, w.security, id, true).await), "four_eyes");
    assert!(matches!(decide(&w, w.admin, id, true).await, Err(Refusal::Forbidden { .. })));
    let view = read(&w).await;
    assert_eq!((view.version, view.policy, view.may_decide, view.own), (1, AuditPolicy::default(), true, false));
    assert_eq!(view.proposal.map(|p| (p.by, p.policy)), Some((w.security, counted())));
    // Not the deputy of who proposed either.
    let deputy = |user: Option<UserId>| {
        let until = w.now().plus_days(3);
        SetDeputy { deputy: user.map(|user| Deputy { user, until }) }
    };
    w.store.set_deputy(w.system(w.security, deputy(Some(w.auditor))).await.unwrap()).await.unwrap();
    assert_eq!(code(decide(&w, w.auditor, id, true).await), "four_eyes");
    w.store.set_deputy(w.system(w.security, deputy(None)).await.unwrap()).await.unwrap();

    decide(&w, w.auditor, id, true).await.unwrap();
    let (_, _, detail) = newest(&w).await;
    assert_eq!(
        (&detail["changed"]["version"], &detail["changed"]["new"]["scope"]["product"]["kind"]),
        (&json!(2), &json!("counted"))
    );
    let view = read(&w).await;
    assert_eq!((view.version, &view.policy, view.proposal), (2, &counted(), None));
    let version = &view.versions[0];
    assert_eq!((version.proposed_by, version.consented_by), (w.security, w.auditor));
    assert!(matches!(decide(&w, w.auditor, id, true).await, Err(Refusal::NotFound)));

    // Taken back, refused, lapsed: nothing changes, and each is told.
    let id = propose(&w, w.security, &AuditPolicy::default()).await.unwrap();
    let op = WithdrawAuditPolicy { id };
    w.store.withdraw_audit_policy(w.system(w.security, op).await.unwrap()).await.unwrap();
    let id = propose(&w, w.security, &AuditPolicy::default()).await.unwrap();
    decide(&w, w.auditor, id, false).await.unwrap();
    let id = propose(&w, w.security, &AuditPolicy::default()).await.unwrap();
    assert!(!w.store.lapse_audit_proposal(w.now()).await.unwrap());
    w.pass_days(7);
    assert_eq!(code(decide(&w, w.auditor, id, true).await), "proposal_lapsed");
    assert_eq!(read(&w).await.proposal, None);
    assert!(w.store.lapse_audit_proposal(w.now()).await.unwrap());
    assert_eq!(newest(&w).await.2["act"], "audit_policy.lapse");
    assert_eq!(read(&w).await.version, 2);
    let (events, state) = w.store.examine(w.now()).await.unwrap();
    assert_eq!((events.altered.len(), state.findings), (0, vec![]));
}

#[tokio::test]
async fn what_is_nobodys_is_counted_and_what_is_somebodys_never() {
    let w = World::new().await;
    let director = director(&w).await;
    for n in 0..3 {
        product(&w, director, n).await;
    }
    let customer = w.customer("甲", "13800138000").await;
    assert_eq!(w.list(w.rep, "product").await, 3);
    assert_eq!(newest(&w).await.0, 3);
    let effect = PreviewAuditPolicy { policy: counted() };
    let effect = w.store.preview_audit_policy(w.system(w.security, effect).await.unwrap()).await.unwrap();
    assert_eq!((effect.get().thinned, effect.get().records), (1, 3));

    hold(&w, &counted()).await.unwrap();
    let before = w.number("SELECT COUNT(*) FROM event").await;
    assert_eq!(w.list(w.rep, "product").await, 3);
    let (touches, meta, detail) = newest(&w).await;
    assert_eq!((touches, &detail["counted"], meta["disclosures"].as_array().map(Vec::len)), (0, &json!(3), Some(0)));
    assert!(!meta["rules"].as_array().unwrap().is_empty(), "the rules that decided stay: {meta}");
    assert_eq!(w.number("SELECT COUNT(*) FROM event").await, before + 1, "there is an event all the same");
    assert_eq!(w.list(w.rep, "customer").await, 1);
    assert_eq!(newest(&w).await.0, 1);
    w.view(w.rep, customer).await.unwrap();

    // By class, and by hash: personal fields keep their names, and a customer who asks is answered in full.
    let method = Method { fields: FieldsTold::Classes, question: QuestionTold::Digest };
    hold(&w, &AuditPolicy { method, ..AuditPolicy::default() }).await.unwrap();
    let filter = serde_json::from_value(json!({ "test": { "field": "level", "op": "eq", "value": "A" } })).unwrap();
    let op = ListRecords {
        object: "customer".parse().unwrap(),
        filter,
        search: None,
        sort: None,
        fields: None,
        customer: None,
        limit: 50,
        cursor: None,
    };
    let grant = w.records(w.rep, op).await.unwrap();
    w.store.list(grant).await.unwrap().sealed.disclose().await.unwrap();
    let (_, _, detail) = newest(&w).await;
    assert!(!detail.to_string().contains("\"A\"") && detail["question_digest"].is_string(), "{detail}");
    w.view(w.rep, customer).await.unwrap();
    let (_, meta, detail) = newest(&w).await;
    let shown: Vec<&str> =
        meta["disclosures"][0]["shown"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(shown.contains(&"phone") && !shown.contains(&"level"), "{meta}");
    assert!(detail["classes"]["internal"].as_u64().is_some_and(|n| n > 3), "{detail}");
    let grant = w.system(w.auditor, WhoSaw::new(customer)).await.unwrap();
    let seen = w.store.who_saw(grant).await.unwrap().into_inner();
    assert_eq!(seen.page.items.iter().filter(|l| l.event.action == "view").count(), 2);
    assert!(w.store.scrub_events(0..u64::MAX).await.unwrap().is_clean());
}

#[tokio::test]
async fn kinds_of_events_are_kept_for_longer_than_the_rest() {
    let w = World::new().await;
    let retention = AuditRetention { days: Some(200), longer: [(EventClass::Changes, 400)].into() };
    hold(&w, &AuditPolicy { retention, ..AuditPolicy::default() }).await.unwrap();
    let customer = w.customer("甲", "13800138000").await;
    w.view(w.rep, customer).await.unwrap();
    let apply = async || -> Retained {
        let grant = w.system(w.security, ApplyRetention::at(w.now(), 200)).await.unwrap();
        let done = w.store.apply_retention(grant).await.unwrap().into_inner();
        w.store.sweep_retained(w.now()).await.unwrap();
        done
    };
    let told = async || -> Vec<String> {
        let grant = w.system(w.auditor, WhoSaw::new(customer)).await.unwrap();
        let seen = w.store.who_saw(grant).await.unwrap().into_inner();
        seen.page.items.into_iter().map(|l| l.event.action).filter(|a| a != "audit.read").collect()
    };
    assert_eq!(told().await, ["view", "create"]);
    w.pass_days(210);
    assert_eq!(apply().await.held, 1);
    assert_eq!(told().await, ["create"]);
    assert!(w.store.scrub_events(0..u64::MAX).await.unwrap().is_clean());
    // Its own time is over as well.
    w.pass_days(210);
    assert_eq!(apply().await.held, 0);
    assert_eq!(told().await, Vec::<String>::new());
    assert!(w.store.scrub_events(0..u64::MAX).await.unwrap().is_clean());
}

#[tokio::test]
async fn the_log_is_computed_anew_and_looked_through_as_often_as_the_policy_says() {
    let w = World::new().await;
    assert!(w.store.verification_due(w.now()).await.unwrap());
    w.store.note_verification(w.now(), 12, 0).await.unwrap();
    assert!(!w.store.verification_due(w.now()).await.unwrap());
    let frequency = Frequency { verify_hours: 1, review_days: 30, ..Frequency::default() };
    hold(&w, &AuditPolicy { frequency, ..AuditPolicy::default() }).await.unwrap();
    assert!(!w.store.verification_due(w.now()).await.unwrap());
    assert!(w.store.verification_due(UnixMs(w.now().0 + 3_600_000)).await.unwrap());
    assert_eq!(read(&w).await.verified.map(|v| (v.entries, v.findings)), Some((12, 0)));
    w.store.confirm_review(w.system(w.auditor, ConfirmReview).await.unwrap()).await.unwrap();
    let view = read(&w).await;
    assert_eq!(view.reviewed.map(|(at, by)| (at.plus_days(30), by)), Some((view.review_due, w.auditor)));
    let grant = w.system(w.auditor, Feed::default()).await.unwrap();
    let feed = w.store.feed(grant).await.unwrap().into_inner();
    assert!(feed.items.iter().any(|e| e.action == Action::LedgerVerify.as_str()));
}
