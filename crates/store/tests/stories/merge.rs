//! Two of one customer become one: what goes over, what stays hidden, and what the log, doctor and an erasure make of it.

use access::path::{Choose, Refusal};
use model::record::Grantee;
use model::{FieldDef, JobId, RecordId, UserId, Value};
use serde_json::json;
use store::audit::WhoSaw;
use store::hold::PlaceHold;
use store::records::{
    CompareRecords, CompareUndo, CreateRecord, EditRecord, ImportChunk, ImportRow, MemberKind, MergeRecords,
    ShareRecord, UndoMerge, UndoneMerge, ViewRecord,
};

use super::attachments;
use super::comments::{say, texts};
use super::fields::plain;
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

fn undo(into: RecordId, merge: i64, version: i64) -> UndoMerge {
    UndoMerge { object: of("customer"), into, merge, version, reason: "合并错了".into() }
}

/// Takes a merge back.
pub async fn undone(w: &World, by: UserId, into: RecordId, merge: i64, version: i64) -> Result<UndoneMerge, Refusal> {
    let grant = w.records(by, undo(into, merge, version)).await?;
    Box::pin(w.store.undo_merge(grant)).await.map(|d| d.into_inner())
}

async fn edit(w: &World, by: UserId, id: RecordId, version: i64, values: serde_json::Value) {
    let values = values.as_object().unwrap().clone();
    let op = EditRecord { object: of("customer"), id, version, values };
    w.store.edit(w.records(by, op).await.unwrap()).await.unwrap();
}

#[tokio::test]
async fn a_merge_is_taken_back_and_what_was_there_is_there_again() {
    let w = World::new().await;
    let Twice { boss, first, second, contact, opportunity } = twice(&w, 1).await;
    let third = import(&w, "远方").await;
    let friend = w.sales_rep("zhao").await;
    let share = |kind, to, until| ShareRecord {
        object: of("customer"),
        id: second,
        kind,
        to: Grantee::User(to),
        edit: false,
        until,
    };
    // One that goes over, and one that the merge ends: its grantee owns the record that stays.
    for (kind, to, until) in
        [(MemberKind::Share, friend, Some(w.now().plus_days(30))), (MemberKind::Viewer, w.rep, None)]
    {
        w.store.share(w.records(w.other_rep, share(kind, to, until)).await.unwrap()).await.unwrap();
    }
    let stranger = w.sales_rep("qian").await;
    Box::pin(ask(&w, stranger, second, false)).await.unwrap();
    say(&w, w.other_rep, second, "第二家的话").await.unwrap();
    say(&w, w.rep, first, "第一家的话").await.unwrap();
    attachments::add(&w, "customer", third, 1).await.unwrap();
    let before = [
        shown(&w, boss, "customer", first).await.unwrap(),
        shown(&w, boss, "customer", second).await.unwrap(),
        shown(&w, boss, "customer", third).await.unwrap(),
    ];
    let op = || merge((first, 1), &[(second, 1), (third, 1)], &[("phone", second)]);
    merged(&w, boss, op()).await.unwrap();

    // Since then: a field that had come in is changed, a contact is new, and somebody looked.
    edit(&w, w.rep, first, 2, json!({ "notes": "改过" })).await;
    let since = create(&w, w.rep, "contact", json!({ "customer": first, "name": "新人" })).await;
    say(&w, w.rep, first, "合并之后").await.unwrap();
    Box::pin(clean(&w)).await;

    // Told before it is done; who may not merge is refused, who sees none of it learns nothing.
    let compare = async |by, merge| {
        let op = CompareUndo { object: of("customer"), into: first, merge };
        let grant = w.records(by, op).await?;
        Box::pin(w.store.compare_undo(grant)).await
    };
    assert!(matches!(compare(w.rep, 2).await, Err(Refusal::ForbiddenOnRecord { .. })));
    let outsider = w.sales_rep("outsider").await;
    assert!(matches!(compare(outsider, 2).await, Err(Refusal::NotFound)));
    assert_eq!(compare(boss, 3).await.err().map(|r| code::<()>(Err(r))), Some("merge_undo_over".into()));
    let told = compare(boss, 2).await.unwrap();
    let names = |all: &[model::FieldName]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!((names(&told.back), names(&told.stays)), (vec!["email".into(), "phone".into()], vec!["notes".into()]));
    let along: Vec<(&str, u64)> = told.along.iter().map(|(o, n)| (o.as_str(), *n)).collect();
    assert_eq!(along, [("contact", 1), ("opportunity", 1)]);
    assert_eq!((told.by, told.until), (boss, told.at.plus_days(store::records::UNDO_MERGE_DAYS)));
    let records = told.sealed.disclose().await.unwrap().into_inner();
    let mut ids: Vec<RecordId> = records.iter().map(|r| r.id).collect();
    ids[1..].sort();
    let mut others = [second, third];
    others.sort();
    assert_eq!(ids, [first, others[0], others[1]]);

    assert!(matches!(undone(&w, w.rep, first, 2, 3).await, Err(Refusal::Forbidden { .. })));
    assert!(matches!(undone(&w, boss, first, 2, 2).await, Err(Refusal::Conflict)), "what was looked at has changed");
    let done = undone(&w, boss, first, 2, 3).await.unwrap();
    assert_eq!((done.version, names(&done.stays)), (4, vec!["notes".into()]));
    Box::pin(clean(&w)).await;

    let mut now = shown(&w, boss, "customer", first).await.unwrap();
    assert_eq!(now["notes"], "改过");
    now["notes"] = before[0]["notes"].clone();
    assert_eq!(now, before[0]);
    assert_eq!(shown(&w, boss, "customer", second).await.unwrap(), before[1]);
    assert_eq!(shown(&w, boss, "customer", third).await.unwrap(), before[2]);
    // Found by what is sealed in it, under its own key again.
    for (object, id, home) in
        [("contact", contact, second), ("opportunity", opportunity, second), ("contact", since, first)]
    {
        assert_eq!(shown(&w, boss, object, id).await.unwrap()["customer"], json!(home), "{object}");
        let key = format!("SELECT COUNT(*) FROM record WHERE id = {} AND customer = {}", blob(id), blob(home));
        assert_eq!(w.number(&key).await, 1, "{object}");
    }
    assert_eq!(texts(&w, w.other_rep, second).await, ["第二家的话"]);
    assert_eq!(texts(&w, w.rep, first).await, ["合并之后", "第一家的话"]);
    let bytes = attachments::take(&w, w.rep, "customer", third, 1).await.unwrap();
    assert_eq!(bytes, attachments::content(1));
    // Both shares are of the second again, and its owner decides what was asked of it.
    assert_eq!(w.view(friend, second).await.unwrap(), 1);
    assert_eq!(w.view(w.rep, second).await.unwrap(), 1);
    assert!(matches!(w.view(friend, first).await, Err(Refusal::NotFound)));
    let waiting = inbox(&w, w.other_rep).await;
    assert_eq!(waiting.iter().map(|r| r.wanted.record()).collect::<Vec<_>>(), [Some(second)]);
    assert_eq!(import(&w, "远方").await, third);

    // Once.
    assert_eq!(code(undone(&w, boss, first, 2, 4).await.map(|_| ())), "merge_undone");
    // Looks at the one while the other was part of it are told of.
    let seen = w.store.who_saw(w.system(w.auditor, WhoSaw::new(second)).await.unwrap()).await.unwrap().into_inner();
    assert_eq!(seen.part_of.iter().map(|p| p.record).collect::<Vec<_>>(), [first]);
    let seen = w.store.who_saw(w.system(w.auditor, WhoSaw::new(contact)).await.unwrap()).await.unwrap().into_inner();
    let lines = seen.page.items.iter().map(|l| (l.event.action.as_str(), l.event.decision.as_str()));
    let acts: Vec<_> = lines.filter(|(action, decision)| (*action, *decision) == ("merge", "allowed")).collect();
    assert_eq!(acts.len(), 2, "the merge and its undoing");
    Box::pin(clean(&w)).await;

    // And merged once more: what is kept goes with the customer.
    merged(&w, boss, merge((first, 4), &[(second, 2)], &[])).await.unwrap();
    assert_eq!(w.number("SELECT COUNT(*) FROM merge_kept").await, 2);
    Box::pin(super::erase::erase(&w, first)).await.unwrap();
    assert_eq!(w.number("SELECT COUNT(*) FROM merge_kept").await, 0);
    assert!(matches!(undone(&w, boss, first, 5, 5).await, Err(Refusal::NotFound)));
    Box::pin(clean(&w)).await;
}

#[tokio::test]
async fn merges_are_taken_back_in_the_reverse_of_their_order_and_not_for_ever() {
    let w = World::new().await;
    let Twice { boss, first, second, contact, .. } = twice(&w, 1).await;
    let third = w.customer("又一个远方", "13600001111").await;
    merged(&w, boss, merge((first, 1), &[(second, 1)], &[("phone", second)])).await.unwrap();
    merged(&w, boss, merge((first, 2), &[(third, 1)], &[])).await.unwrap();
    assert_eq!(code(undone(&w, boss, first, 2, 3).await.map(|_| ())), "merged_since");
    undone(&w, boss, first, 3, 3).await.unwrap();
    // Into another: its id leads there, and what was merged into it waits for that to be taken back.
    merged(&w, boss, merge((third, 2), &[(first, 4)], &[])).await.unwrap();
    assert_eq!(code(undone(&w, boss, first, 2, 4).await.map(|_| ())), "merged");
    undone(&w, boss, third, 3, 3).await.unwrap();
    Box::pin(clean(&w)).await;

    // Held data stays where it is.
    let hold = PlaceHold { customer: first, reason: "case".into() };
    let hold = w.store.place_hold(w.system(w.security, hold).await.unwrap()).await.unwrap().into_inner();
    assert_eq!(code(undone(&w, boss, first, 2, 5).await.map(|_| ())), "legal_hold");
    let release = store::hold::ReleaseHold { id: hold, customer: first, reason: "over".into() };
    w.store.release_hold(w.system(w.security, release).await.unwrap()).await.unwrap();
    undone(&w, boss, first, 2, 5).await.unwrap();
    assert_eq!(shown(&w, boss, "contact", contact).await.unwrap()["customer"], json!(second));
    Box::pin(clean(&w)).await;

    // A value that no two may have, and that was given to another since.
    let code_field = FieldDef { unique: true, ..plain("own_code") };
    let op = store::company::AddField { object: of("customer"), field: code_field };
    w.store.add_field(w.system(w.admin, op).await.unwrap()).await.unwrap();
    edit(&w, w.other_rep, second, 2, json!({ "own_code": "A1" })).await;
    merged(&w, boss, merge((first, 6), &[(second, 3)], &[])).await.unwrap();
    edit(&w, w.rep, first, 7, json!({ "own_code": "B2" })).await;
    let last = w.create("customer", json!({ "name": "后来的", "own_code": "A1" })).await;
    assert!(matches!(undone(&w, boss, first, 7, 8).await, Err(Refusal::Taken { .. })));
    Box::pin(clean(&w)).await;
    edit(&w, w.rep, last, 1, json!({ "own_code": "C3" })).await;
    let done = undone(&w, boss, first, 7, 8).await.unwrap();
    assert_eq!(done.stays.iter().map(ToString::to_string).collect::<Vec<_>>(), ["own_code"]);
    assert_eq!(shown(&w, boss, "customer", second).await.unwrap()["own_code"], "A1");
    Box::pin(clean(&w)).await;

    // After its days it is over, and what was kept goes.
    merged(&w, boss, merge((first, 9), &[(second, 4)], &[])).await.unwrap();
    w.pass_days(31);
    assert_eq!(code(undone(&w, boss, first, 10, 10).await.map(|_| ())), "merge_undo_over");
    w.store.sweep_merges(w.now()).await.unwrap();
    assert_eq!(w.number("SELECT COUNT(*) FROM merge_kept").await, 0);
    Box::pin(clean(&w)).await;
}

#[tokio::test]
async fn what_a_merge_kept_and_somebody_altered_is_not_believed() {
    let w = World::new().await;
    let Twice { boss, first, second, .. } = twice(&w, 1).await;
    merged(&w, boss, merge((first, 1), &[(second, 1)], &[])).await.unwrap();
    w.tamper("UPDATE merge_kept SET merged_at = merged_at + 1");
    assert!(matches!(undone(&w, boss, first, 2, 2).await, Err(Refusal::Damaged)));
}
