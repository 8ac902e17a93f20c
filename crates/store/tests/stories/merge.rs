//! Two of one customer become one: what goes over, what stays hidden, and what the log, doctor and an erasure make of it.

use access::path::{Choose, Refusal};
use model::record::Grantee;
use model::{JobId, RecordId, UserId, Value};
use serde_json::json;
use store::audit::WhoSaw;
use store::hold::PlaceHold;
use store::records::{
    CompareRecords, CreateRecord, EditRecord, ImportChunk, ImportRow, MemberKind, MergeRecords, ShareRecord, ViewRecord,
};

use super::attachments;
use super::comments::{say, texts};
use super::house::code;
use super::requests::{ask, clean, decide, inbox};
use super::world::{World, blob};

fn of(object: &str) -> model::ObjectName {
    object.parse().unwrap()
}

/// Made once.
pub async fn director(w: &World, login: &str) -> UserId {
    if let Some(user) = w.store.directory().user_by_login(login) {
        return user.id;
    }
    let user = w.sales_rep(login).await;
    let role = "sales_director".parse().unwrap();
    let op = store::company::AssignRole { user, role };
    w.store.assign_role(w.system(w.security, op).await.unwrap()).await.unwrap();
    user
}

async fn create(w: &World, by: UserId, object: &str, values: serde_json::Value) -> RecordId {
    let values = values.as_object().unwrap().clone();
    let op = CreateRecord { object: of(object), values, owner: None, pool: false };
    w.store.create(w.records(by, op).await.unwrap()).await.unwrap().into_inner()
}

async fn shown(w: &World, by: UserId, object: &str, id: RecordId) -> Result<serde_json::Value, Refusal> {
    let grant = w.records(by, ViewRecord { object: of(object), id }).await?;
    let views = w.store.view(grant).await?.disclose().await?.into_inner();
    Ok(json!(views[0].fields))
}

fn merge(into: (RecordId, i64), from: &[(RecordId, i64)], choose: &[(&str, RecordId)]) -> MergeRecords {
    let choose: Choose = choose.iter().map(|(name, id)| (name.parse().unwrap(), *id)).collect();
    let reason = "同一家".to_owned();
    MergeRecords { object: of("customer"), into: into.0, version: into.1, from: from.to_vec(), choose, reason }
}

pub async fn merged(w: &World, by: UserId, op: MergeRecords) -> Result<RecordId, Refusal> {
    let grant = w.records(by, op).await?;
    Box::pin(w.store.merge(grant)).await.map(|d| d.into_inner())
}

async fn import(w: &World, name: &str) -> RecordId {
    let importer = w.store.directory().user_by_login("importer").unwrap().id;
    let department = w.store.directory().user(w.rep).unwrap().department;
    let row = ImportRow {
        number: 0,
        key: name.into(),
        values: [("name".parse().unwrap(), Some(Value::Text(name.into())))].into(),
        owner: Some(w.rep),
        department: Some(department),
        pool: false,
        customer_key: None,
    };
    let op = ImportChunk {
        job: JobId::from_bytes([1; 16]),
        object: of("customer"),
        source: "erp".into(),
        customer_source: "erp".into(),
        rows: vec![row],
        dry_run: false,
    };
    let outcome = w.store.import(w.records(importer, op).await.unwrap()).await.unwrap();
    assert_eq!(outcome.rejected.len(), 0, "{outcome:?}");
    let found = w.bytes("SELECT record FROM imported").await;
    RecordId::from_bytes(found[0].clone().try_into().unwrap())
}

/// A customer of each of two reps, a third that was imported; what hangs on the second.
pub struct Twice {
    pub boss: UserId,
    pub first: RecordId,
    pub second: RecordId,
    contact: RecordId,
    opportunity: RecordId,
}

pub async fn twice(w: &World, n: u8) -> Twice {
    let boss = director(w, &format!("boss{n}")).await;
    let first = json!({ "name": format!("{n}远方贸易"), "phone": format!("1380013800{n}"), "region": "华东" });
    let first = create(w, w.rep, "customer", first).await;
    let second = json!({
        "name": format!("{n}远方贸易有限公司"), "phone": format!("1390013900{n}"), "email": "a@example.com", "notes": "老客户",
    });
    let second = create(w, w.other_rep, "customer", second).await;
    let contact = json!({ "customer": second, "name": "张三", "mobile": "13700001111" });
    let contact = create(w, w.other_rep, "contact", contact).await;
    let deal = json!({ "customer": second, "name": "续约", "stage": "prospecting", "amount": 100 });
    let opportunity = create(w, w.other_rep, "opportunity", deal).await;
    Twice { boss, first, second, contact, opportunity }
}

#[tokio::test]
async fn a_manager_makes_one_of_two_and_everything_goes_over() {
    let w = World::new().await;
    let Twice { boss, first, second, contact, opportunity } = twice(&w, 1).await;
    let third = import(&w, "远方").await;
    // A task of somebody about the second, a share of it, and somebody who asks for it.
    let task =
        create(&w, w.other_rep, "task", json!({ "subject": "回访", "due_on": "2026-11-30", "customer": second })).await;
    let until = Some(w.now().plus_days(30));
    let friend = w.sales_rep("zhao").await;
    let share = |id, kind, to, until| ShareRecord {
        object: of("customer"),
        id,
        kind,
        to: Grantee::User(to),
        edit: false,
        until,
    };
    for (kind, to, until) in [(MemberKind::Share, friend, until), (MemberKind::Viewer, w.rep, None)] {
        let grant = w.records(w.other_rep, share(second, kind, to, until)).await.unwrap();
        w.store.share(grant).await.unwrap();
    }
    let stranger = w.sales_rep("qian").await;
    Box::pin(ask(&w, stranger, second, false)).await.unwrap();
    w.view(w.other_rep, second).await.unwrap();
    Box::pin(clean(&w)).await;

    // Who may not merge is refused, and who does not see one of them learns nothing.
    let op = || merge((first, 1), &[(second, 1), (third, 1)], &[("phone", second)]);
    assert!(matches!(merged(&w, w.rep, op()).await, Err(Refusal::Forbidden { .. })));
    let compare = |by| {
        let op = CompareRecords { object: of("customer"), into: first, from: vec![second, third] };
        let w = &w;
        async move {
            let grant = w.records(by, op).await?;
            Box::pin(w.store.compare_records(grant)).await
        }
    };
    assert!(matches!(compare(friend).await, Err(Refusal::NotFound)));
    let compared = compare(boss).await.unwrap();
    let names: Vec<&str> = compared.choosable.iter().map(|n| n.as_str()).collect();
    assert!(names.contains(&"phone") && !names.contains(&"id_number"), "sensitive fields are masked: {names:?}");
    let along: Vec<(&str, u64)> = compared.along.iter().map(|(o, n)| (o.as_str(), *n)).collect();
    assert_eq!(along, [("contact", 1), ("opportunity", 1), ("task", 1)]);
    let records = compared.sealed.disclose().await.unwrap().into_inner();
    assert_eq!(records.iter().map(|r| r.id).collect::<Vec<_>>(), [first, second, third]);

    // What is asked wrongly is told, and nothing is changed.
    let wrong = |change: fn(&mut MergeRecords)| {
        let mut op = op();
        change(&mut op);
        op
    };
    for (op, told) in [
        (wrong(|op| op.reason.clear()), "invalid_value"),
        (wrong(|op| op.from.truncate(0)), "invalid_value"),
        (wrong(|op| op.from[1] = op.from[0]), "invalid_value"),
        (wrong(|op| op.choose.extend([("id_number".parse().unwrap(), op.into)])), "not_choosable"),
        (wrong(|op| op.choose.extend([("pool_name".parse().unwrap(), op.into)])), "not_choosable"),
        (wrong(|op| op.choose.extend([("no_such".parse().unwrap(), op.into)])), "unknown_field"),
        (wrong(|op| op.from[0].1 = 7), "the record has changed"),
        (wrong(|op| op.version = 7), "the record has changed"),
    ] {
        assert_eq!(code(merged(&w, boss, op).await), told);
    }
    assert_eq!(w.number("SELECT COUNT(*) FROM record WHERE object = 'customer'").await, 3);

    assert_eq!(merged(&w, boss, op()).await.unwrap(), first);
    Box::pin(clean(&w)).await;
    let fields = shown(&w, w.rep, "customer", first).await.unwrap();
    assert_eq!((&fields["name"], &fields["phone"]), (&json!("1远方贸易"), &json!("13900139001")), "{fields}");
    // Its own, and what it had not.
    assert_eq!((&fields["region"], &fields["email"]), (&json!("华东"), &json!("a@example.com")));
    assert_eq!(fields["notes"], "老客户");
    // What hung on the second is the first's, sealed under its key, and still its owner's.
    for (object, id) in [("contact", contact), ("opportunity", opportunity), ("task", task)] {
        let fields = shown(&w, w.other_rep, object, id).await.unwrap();
        assert_eq!(fields["customer"], json!(first), "{object}");
        let key = format!("SELECT COUNT(*) FROM record WHERE id = {} AND customer = {}", blob(id), blob(first));
        assert_eq!(w.number(&key).await, 1, "{object}");
    }
    assert_eq!(shown(&w, w.other_rep, "contact", contact).await.unwrap()["name"], "张三");
    // A share goes over; a part that the owner would have in their own does not.
    assert_eq!(w.view(friend, first).await.unwrap(), 1);
    assert_eq!(w.number("SELECT COUNT(*) FROM member").await, 1);
    // What was asked of the second is decided about the first.
    let waiting = inbox(&w, w.rep).await;
    assert_eq!(waiting.iter().map(|r| r.wanted.record()).collect::<Vec<_>>(), [Some(first)]);
    Box::pin(decide(&w, w.rep, waiting[0].id, 2, true)).await.unwrap();
    assert_eq!(w.view(stranger, first).await.unwrap(), 1);
    // An import finds the first by the third's outside key.
    assert_eq!(import(&w, "远方").await, first);

    // The ids of the others lead to the first, for who may see it.
    for gone in [second, third] {
        match w.view(boss, gone).await {
            Err(Refusal::Barred { code: "merged", reason }) => assert_eq!(reason, first.to_string()),
            other => panic!("{other:?}"),
        }
        let unknowing = w.sales_rep(&format!("new{gone}")).await;
        assert!(matches!(w.view(unknowing, gone).await, Err(Refusal::NotFound)));
    }
    Box::pin(clean(&w)).await;
}

#[tokio::test]
async fn looks_at_all_of_them_are_found_and_an_erasure_takes_all() {
    let w = World::new().await;
    let Twice { boss, first, second, .. } = twice(&w, 1).await;
    w.view(w.other_rep, second).await.unwrap();
    say(&w, w.other_rep, second, "第二家的话").await.unwrap();
    say(&w, w.rep, first, "第一家的话").await.unwrap();
    attachments::add(&w, "customer", first, 1).await.unwrap();
    merged(&w, boss, merge((first, 1), &[(second, 1)], &[])).await.unwrap();
    // Once more: into a third, by way of the first.
    let third = w.customer("又一个远方", "13600001111").await;
    merged(&w, boss, merge((third, 1), &[(first, 2)], &[])).await.unwrap();
    // What was said about each, and their files, hang on what they became, under its key.
    assert_eq!(texts(&w, w.rep, third).await, ["第一家的话", "第二家的话"]);
    let bytes = attachments::take(&w, w.rep, "customer", third, 1).await.unwrap();
    assert_eq!(bytes, attachments::content(1));
    for table in ["comment", "attachment"] {
        let elsewhere = format!("SELECT COUNT(*) FROM {table} WHERE record <> {0} OR customer <> {0}", blob(third));
        assert_eq!(w.number(&elsewhere).await, 0, "{table}");
    }
    Box::pin(clean(&w)).await;
    let seen = async |id| {
        let grant = w.system(w.auditor, WhoSaw::new(id)).await.unwrap();
        w.store.who_saw(grant).await.unwrap().into_inner()
    };
    let answer = seen(third).await;
    assert_eq!(answer.merged, [first, second]);
    let looked = |user| answer.page.items.iter().any(|l| l.event.user == user && l.event.action == "view");
    assert!(looked(w.other_rep), "a look at the second is one at what it became");
    match w.view(boss, second).await {
        Err(Refusal::Barred { code: "merged", reason }) => assert_eq!(reason, third.to_string()),
        other => panic!("{other:?}"),
    }
    Box::pin(clean(&w)).await;

    // A hold on one of them stands against erasing what it became.
    let hold = PlaceHold { customer: second, reason: "case".into() };
    let hold = w.store.place_hold(w.system(w.security, hold).await.unwrap()).await.unwrap().into_inner();
    assert_eq!(code(Box::pin(super::erase::erase(&w, third)).await), "legal_hold");
    let release = store::hold::ReleaseHold { id: hold, customer: second, reason: "over".into() };
    w.store.release_hold(w.system(w.security, release).await.unwrap()).await.unwrap();
    let done = Box::pin(super::erase::erase(&w, third)).await.unwrap().into_inner();
    assert_eq!((done.records, done.scrubbed), (3, true), "with the contact and the opportunity of the second");
    assert_eq!(w.number("SELECT COUNT(*) FROM data_key WHERE wrapped IS NOT NULL").await, 0);
    assert!(matches!(w.view(boss, second).await, Err(Refusal::NotFound)));
    let answer = seen(third).await;
    let state = |l: &store::audit::TouchLine| {
        (l.event.action == "view" && l.event.decision == "allowed").then_some(l.touch_state)
    };
    assert!(answer.page.items.iter().filter_map(state).all(|s| s == store::audit::State::Erased));
    Box::pin(clean(&w)).await;
}

#[tokio::test]
async fn what_must_stay_apart_stays_apart() {
    let w = World::new().await;
    let Twice { boss, first, second, contact, .. } = twice(&w, 1).await;
    // Contacts of different customers; then of one.
    let other = w.create("contact", json!({ "customer": first, "name": "张三丰" })).await;
    let contacts = |version| MergeRecords {
        object: of("contact"),
        into: contact,
        version,
        from: vec![(other, 1)],
        choose: [("name".parse().unwrap(), other)].into(),
        reason: "同一人".into(),
    };
    assert_eq!(code(merged(&w, boss, contacts(1)).await), "customers_differ");
    // Held data is not given up; it may take in.
    let hold = PlaceHold { customer: second, reason: "case".into() };
    w.store.place_hold(w.system(w.security, hold).await.unwrap()).await.unwrap();
    assert_eq!(code(merged(&w, boss, merge((first, 1), &[(second, 1)], &[])).await), "legal_hold");
    merged(&w, boss, merge((second, 1), &[(first, 1)], &[("phone", first)])).await.unwrap();
    // A contact of the first came over, so both are one customer's now, which is held.
    assert_eq!(code(merged(&w, boss, contacts(1)).await), "legal_hold");
    Box::pin(clean(&w)).await;

    // A value that no two may have goes over with its record.
    let w = World::new().await;
    let Twice { boss, first, second, contact, .. } = twice(&w, 2).await;
    merged(&w, boss, merge((first, 1), &[(second, 1)], &[("phone", second), ("notes", first)])).await.unwrap();
    let fields = shown(&w, boss, "customer", first).await.unwrap();
    assert_eq!(fields["notes"], json!(null), "chosen empty");
    let mut edit = EditRecord { object: of("customer"), id: first, version: 1, values: serde_json::Map::new() };
    edit.values = json!({ "region": "华南" }).as_object().unwrap().clone();
    let grant = w.records(w.rep, edit).await.unwrap();
    assert!(matches!(w.store.edit(grant).await, Err(Refusal::Conflict)), "who read the old one is told");
    let again = w.create("contact", json!({ "customer": first, "name": "张三" })).await;
    let op = MergeRecords {
        object: of("contact"),
        into: again,
        version: 1,
        from: vec![(contact, 2)],
        choose: Choose::new(),
        reason: "同一人".into(),
    };
    merged(&w, boss, op).await.unwrap();
    let fields = shown(&w, w.rep, "contact", again).await.unwrap();
    assert_eq!(fields["mobile"], "13700001111");
    let answer = w.store.who_saw(w.system(w.auditor, WhoSaw::new(again)).await.unwrap()).await.unwrap().into_inner();
    assert_eq!((answer.customer, &answer.merged[..]), (first, &[contact][..]));
    assert!(answer.page.items.iter().any(|l| l.event.user == w.other_rep), "who made the other");
    Box::pin(clean(&w)).await;
}
