//! Fields that nobody types and rules that everybody meets: numbers, what is looked up, what is required under a condition.

use std::collections::BTreeSet;

use access::path::Refusal;
use model::aggregate::{Work, Worked};
use model::object::{ChoiceOption, Search};
use model::rules::{Check, Must, RequiredIf};
use model::{Comparison, Condition, FieldDef, FieldKind, JobId, Mask, RecordId, Sensitivity, Text, UserId, Value};
use serde_json::json;
use store::Store;
use store::company::{AddField, ChangeObject, Note};
use store::records::list::ListRecords;
use store::records::{CreateRecord, EditRecord, ImportChunk, ImportRow, ViewRecord};

use super::world::World;

/// An internal text.
pub fn plain(name: &str) -> FieldDef {
    FieldDef { unique: false, numbered: None, ..numbered(name, "{0}") }
}

pub fn numbered(name: &str, pattern: &str) -> FieldDef {
    FieldDef {
        name: name.parse().unwrap(),
        label: Text::new("编号", "Number"),
        kind: FieldKind::Text { max: 40 },
        required: false,
        unique: true,
        class: Sensitivity::Internal,
        mask: Mask::default(),
        search: Search::None,
        sorted: false,
        kept: false,
        formula: None,
        numbered: Some(pattern.to_owned()),
        slot: None,
    }
}

async fn add(w: &World, object: &str, field: FieldDef) -> Result<(), Refusal> {
    let op = AddField { object: object.parse().unwrap(), field };
    w.store.add_field(w.system(w.admin, op).await.unwrap()).await.map(|_| ())
}

/// A field of a record as the rep sees it.
async fn field(w: &World, id: RecordId, name: &str) -> serde_json::Value {
    let op = ViewRecord { object: "customer".parse().unwrap(), id };
    let shown = w.store.view(w.records(w.rep, op).await.unwrap()).await.unwrap().disclose().await.unwrap();
    shown.get()[0].fields[name].clone()
}

async fn edit(w: &World, id: RecordId, version: i64, values: serde_json::Value) -> Result<(), Refusal> {
    let values = values.as_object().unwrap().clone();
    let op = EditRecord { object: "customer".parse().unwrap(), id, version, values };
    w.store.edit(w.records(w.rep, op).await.unwrap()).await.map(|_| ())
}

async fn make(w: &World, values: serde_json::Value) -> Result<RecordId, Refusal> {
    let values = values.as_object().unwrap().clone();
    let op = CreateRecord { object: "customer".parse().unwrap(), values, owner: None, pool: false };
    w.store.create(w.records(w.rep, op).await.unwrap()).await.map(access::path::Disclosed::into_inner)
}

fn codes(outcome: Result<impl Sized, Refusal>) -> Vec<(String, &'static str)> {
    match outcome {
        Ok(_) => vec![],
        Err(Refusal::Invalid(problems)) => problems.into_iter().map(|p| (p.field, p.code)).collect(),
        Err(other) => vec![(other.to_string(), "refused")],
    }
}

async fn import(w: &World, by: UserId, rows: &[(&str, &str)]) -> store::records::ImportOutcome {
    let rows = rows.iter().zip(1..).map(|((key, number), n)| ImportRow {
        number: n,
        key: (*key).to_owned(),
        values: [
            ("name".parse().unwrap(), Some(Value::Text(format!("客户{key}")))),
            ("code".parse().unwrap(), (!number.is_empty()).then(|| Value::Text((*number).to_owned()))),
        ]
        .into(),
        owner: None,
        department: None,
        pool: false,
        customer_key: None,
    });
    let op = ImportChunk {
        job: JobId::from_bytes([9; 16]),
        object: "customer".parse().unwrap(),
        source: "files".into(),
        customer_source: "files".into(),
        rows: rows.collect(),
        dry_run: false,
    };
    w.store.import(w.records(by, op).await.unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_record_is_numbered_once_whoever_makes_it_and_however() {
    let w = World::new().await;
    let before = w.customer("以前", "13800138001").await;
    add(&w, "customer", numbered("code", "K{yyyy}{mm}-{000}")).await.unwrap();

    let first = w.customer("甲", "13800138002").await;
    assert_eq!(field(&w, first, "code").await, "K202611-001");
    let typed = codes(make(&w, json!({ "name": "乙", "code": "K202611-009" })).await);
    assert_eq!(typed, [("code".to_owned(), "not_editable")]);
    assert_eq!(codes(edit(&w, first, 1, json!({ "code": "X" })).await), [("code".to_owned(), "not_editable")]);

    // Many at once: each another.
    let one = |n: u8| make(&w, json!({ "name": format!("同时{n}") }));
    let made = tokio::join!(one(1), one(2), one(3), one(4), one(5), one(6), one(7), one(8));
    let mut numbers = BTreeSet::new();
    for id in [made.0, made.1, made.2, made.3, made.4, made.5, made.6, made.7] {
        numbers.insert(field(&w, id.unwrap(), "code").await.as_str().unwrap().to_owned());
    }
    assert_eq!(numbers.len(), 8);
    assert_eq!((numbers.first().unwrap().as_str(), numbers.last().unwrap().as_str()), ("K202611-002", "K202611-009"));

    // One of before gets its number when it is saved.
    assert_eq!(field(&w, before, "code").await, json!(null));
    edit(&w, before, 1, json!({ "notes": "x" })).await.unwrap();
    assert_eq!(field(&w, before, "code").await, "K202611-010");
    edit(&w, before, 2, json!({ "notes": "y" })).await.unwrap();
    assert_eq!(field(&w, before, "code").await, "K202611-010");

    // An import may bring numbers; what it brought is passed over, and stays what it is.
    let importer = w.store.directory().user_by_login("importer").unwrap().id;
    let outcome =
        import(&w, importer, &[("a", "K202611-011"), ("b", ""), ("c", "K202611-013"), ("d", "K202611-011")]).await;
    assert_eq!((outcome.created, outcome.rejected.len()), (3, 1));
    assert_eq!((outcome.rejected[0].0, outcome.rejected[0].1[0].code), (4, "duplicate"));
    let again = import(&w, importer, &[("a", "K202611-077"), ("c", "K202611-013")]).await;
    assert_eq!((again.unchanged, again.rejected[0].1[0].code), (1, "not_editable"));
    let next = w.customer("丙", "13800138003").await;
    assert_eq!(field(&w, next, "code").await, "K202611-014");

    w.pass_days(20);
    let december = w.customer("丁", "13800138004").await;
    assert_eq!(field(&w, december, "code").await, "K202612-001");
    let (_, state) = w.store.examine(w.now()).await.unwrap();
    assert!(state.is_clean(), "{:?}", state.findings);
}

#[tokio::test]
async fn two_servers_never_give_one_number_twice() {
    let w = World::new().await;
    add(&w, "customer", numbered("code", "K{000}")).await.unwrap();
    // It shares the database and nothing else: neither waits for the other.
    let other = Store::open(w.base.database(), w.vault.clone()).await.unwrap();
    let make = async |store: &Store, name: String| {
        let values = json!({ "name": name }).as_object().unwrap().clone();
        let op = CreateRecord { object: "customer".parse().unwrap(), values, owner: None, pool: false };
        let grant = store.gate().admit(&w.caller(w.rep), op).await.unwrap();
        store.create(grant).await.map(access::path::Disclosed::into_inner)
    };
    let mut numbers = vec![];
    for round in 0..6 {
        let at_once = tokio::join!(make(&w.store, format!("甲{round}")), make(&other, format!("乙{round}")));
        for made in [at_once.0, at_once.1] {
            match made {
                Ok(id) => numbers.push(field(&w, id, "code").await.as_str().unwrap().to_owned()),
                Err(Refusal::Conflict) => {}
                Err(refusal) => panic!("{refusal}"),
            }
        }
    }
    numbers.sort();
    let expected: Vec<String> = (1..=numbers.len()).map(|n| format!("K{n:03}")).collect();
    assert!(numbers.len() >= 6, "one of two is made");
    assert_eq!(numbers, expected);
}

#[tokio::test]
async fn a_counter_altered_beside_the_program_is_found_and_gives_no_number() {
    let w = World::new().await;
    add(&w, "customer", numbered("code", "K{000}")).await.unwrap();
    w.customer("甲", "13800138002").await;
    w.base.execute("CREATE TABLE kept AS SELECT * FROM counter");
    for change in [
        "object = 'contact'",
        "field = 'name'",
        "series = 'K{0000}'",
        "value = 0",
        "value = value + 1",
        "changed_at = changed_at + 1",
    ] {
        w.base.execute(&format!("UPDATE counter SET {change}"));
        let (_, state) = w.store.examine(w.now()).await.unwrap();
        assert!(state.findings.iter().any(|f| f.table == "counter"), "{change}");
        if change.starts_with("value") {
            assert!(matches!(make(&w, json!({ "name": "乙" })).await, Err(Refusal::Damaged)), "{change}");
        }
        w.base.execute("DELETE FROM counter");
        w.base.execute("INSERT INTO counter SELECT * FROM kept");
    }
    let (_, state) = w.store.examine(w.now()).await.unwrap();
    assert!(state.is_clean(), "{:?}", state.findings);
}

#[tokio::test]
async fn rules_are_asked_wherever_a_record_is_written() {
    let w = World::new().await;
    let when = Condition::test("level", Comparison::Eq, json!("A"));
    let small = Must::Hold(Condition::test("employees", Comparison::Le, json!(1000)));
    let message = Text::new("人数过多。", "Too many people.");
    let rules = |required_if, checks| ChangeObject {
        object: "customer".parse().unwrap(),
        label: None,
        title_field: None,
        has_pool: None,
        order: None,
        layout: None,
        approval: None,
        required_if: Some(required_if),
        checks: Some(checks),
        card: None,
        note: Note::default(),
    };
    let change = async |op: ChangeObject| w.store.change_object(w.system(w.admin, op).await.unwrap()).await.map(|_| ());
    let required = RequiredIf { field: "notes".parse().unwrap(), when };
    let check = Check { field: "employees".parse().unwrap(), must: small, message };
    // What cannot be asked is refused.
    let own = RequiredIf { field: "level".parse().unwrap(), when: required.when.clone() };
    assert_eq!(codes(change(rules(vec![own], vec![])).await), [("fields".to_owned(), "bad_definition")]);
    let sealed = Condition::test("phone", Comparison::IsEmpty, json!(null));
    let sealed = RequiredIf { field: "notes".parse().unwrap(), when: sealed };
    assert_eq!(codes(change(rules(vec![sealed], vec![])).await), [("rules".to_owned(), "bad_definition")]);
    let old = w.create("customer", json!({ "name": "旧", "level": "A", "employees": 5000 })).await;
    change(rules(vec![required], vec![check])).await.unwrap();

    let level = [("notes".to_owned(), "required_if")];
    assert_eq!(codes(make(&w, json!({ "name": "甲", "level": "A" })).await), level);
    assert_eq!(codes(make(&w, json!({ "name": "甲", "employees": 2000 })).await), [("employees".into(), "rule")]);
    let id = make(&w, json!({ "name": "甲", "level": "B" })).await.unwrap();
    assert_eq!(codes(edit(&w, id, 1, json!({ "level": "A" })).await), level);
    edit(&w, id, 1, json!({ "level": "A", "notes": "重点" })).await.unwrap();
    assert_eq!(codes(edit(&w, id, 2, json!({ "notes": null })).await), level);
    // It was there before: only what is touched is asked.
    edit(&w, old, 1, json!({ "region": "华东" })).await.unwrap();
    assert_eq!(codes(edit(&w, old, 2, json!({ "employees": 6000 })).await), [("employees".into(), "rule")]);
}

#[tokio::test]
async fn what_is_looked_up_leads_somewhere_and_is_stored_nowhere() {
    let w = World::new().await;
    let looked_up = |name: &str, kind| FieldDef { kind, numbered: None, unique: false, ..numbered(name, "") };
    let industry = |through: &str, field: &str| FieldKind::Lookup {
        through: through.parse().unwrap(),
        field: field.parse().unwrap(),
    };
    let over = |by: &str, field: &str| FieldKind::RollUp {
        object: "contract".parse().unwrap(),
        by: by.parse().unwrap(),
        value: Some(Worked { field: field.parse().unwrap(), work: Work::Sum }),
        when: Some(Condition::test("status", Comparison::Ne, json!("draft"))),
    };
    for (object, kind) in [
        ("contact", industry("name", "industry")),
        ("contact", industry("customer", "nothing")),
        ("opportunity", industry("contact", "paid")),
        ("customer", over("opportunity", "amount")),
        ("customer", over("customer", "name")),
    ] {
        let told = codes(add(&w, object, looked_up("looked_up", kind.clone())).await);
        assert_eq!(told, [("fields".to_owned(), "bad_definition")], "{kind:?}");
    }
    add(&w, "customer", looked_up("signed", over("customer", "amount"))).await.unwrap();
    let told = codes(make(&w, json!({ "name": "甲", "signed": 1 })).await);
    assert_eq!(told, [("signed".to_owned(), "invalid_value")]);
    let id = make(&w, json!({ "name": "甲" })).await.unwrap();
    let op = ViewRecord { object: "customer".parse().unwrap(), id };
    let shown = w.store.view(w.records(w.rep, op).await.unwrap()).await.unwrap().disclose().await.unwrap();
    assert!(!shown.get()[0].fields.contains_key("signed"));
}

#[tokio::test]
async fn several_options_are_filtered_by_and_an_address_comes_in_parts() {
    let w = World::new().await;
    let customer = || "customer".parse::<model::ObjectName>().unwrap();
    let options = ["vip", "old", "south"].map(|t| ChoiceOption { value: t.into(), label: Text::new(t, t) }).to_vec();
    add(&w, "customer", FieldDef { kind: FieldKind::MultiChoice { options }, ..plain("tags") }).await.unwrap();
    add(&w, "customer", FieldDef { kind: FieldKind::Address, ..plain("site") }).await.unwrap();
    let home =
        FieldDef { kind: FieldKind::Address, class: Sensitivity::Personal, mask: Mask::Address, ..plain("home") };
    add(&w, "customer", home).await.unwrap();

    let place = json!({ "province": "广东省", "city": "深圳市", "district": "南山区", "street": "科技路1号" });
    let both = make(&w, json!({ "name": "甲", "tags": ["vip", "south"], "site": place, "home": place })).await.unwrap();
    let one = make(&w, json!({ "name": "乙", "tags": ["old"], "site": "北京市某街1号" })).await.unwrap();
    let none = make(&w, json!({ "name": "丙" })).await.unwrap();
    // Parts come back as parts, one text as the text it was.
    assert_eq!(field(&w, both, "tags").await, json!(["vip", "south"]));
    assert_eq!(field(&w, both, "site").await, place);
    assert_eq!(field(&w, both, "home").await, place);
    assert_eq!(field(&w, one, "site").await, json!("北京市某街1号"));
    assert_eq!(codes(make(&w, json!({ "name": "丁", "tags": ["no"] })).await), [("tags".into(), "invalid_value")]);
    assert_eq!(codes(make(&w, json!({ "name": "丁", "site": { "x": 1 } })).await), [("site".into(), "invalid_value")]);

    let found = |test: Condition| {
        let w = &w;
        async move {
            let op = ListRecords {
                object: customer(),
                filter: Some(test),
                search: None,
                sort: None,
                fields: None,
                customer: None,
                limit: 50,
                cursor: None,
            };
            let page = w.store.list(w.records(w.rep, op).await.unwrap()).await.unwrap();
            let shown = page.sealed.disclose().await.unwrap().into_inner();
            shown.iter().map(|v| v.id).collect::<BTreeSet<_>>()
        }
    };
    let tags = |op, of: &[&str]| found(Condition::test("tags", op, json!(of)));
    assert_eq!(tags(Comparison::HasAny, &["vip", "old"]).await, [both, one].into());
    assert_eq!(tags(Comparison::HasAll, &["south", "vip"]).await, [both].into());
    assert_eq!(tags(Comparison::HasAll, &["vip", "old"]).await, [].into());
    assert_eq!(tags(Comparison::HasNone, &["vip"]).await, [one, none].into());
    assert_eq!(found(Condition::test("tags", Comparison::IsEmpty, json!(null))).await, [none].into());
    let site = |op, text: &str| found(Condition::test("site", op, json!(text)));
    assert_eq!(site(Comparison::StartsWith, "广东省").await, [both].into());
    assert_eq!(site(Comparison::Contains, "深圳市南山区").await, [both].into());
    assert_eq!(site(Comparison::Eq, "北京市某街1号").await, [one].into());

    edit(&w, both, 1, json!({ "tags": null, "site": "福田1号" })).await.unwrap();
    assert_eq!(tags(Comparison::HasNone, &["vip"]).await, [both, one, none].into());
    assert_eq!(field(&w, both, "site").await, json!("福田1号"));

    let (_, state) = w.store.examine(w.now()).await.unwrap();
    assert!(state.is_clean(), "{:?}", state.findings);
}
