//! Automation rules over HTTP: what they do in the unit of an act, what they may not, and what is told to systems outside.

use serde_json::{Value, json};
use store::automation::{Attempt, Fate, signature};

use crate::actors::{Actor, Office, Reply};

async fn made(actor: &Actor<'_>, object: &str, fields: Value) -> String {
    let reply = actor.post(&format!("/api/v1/records/{object}"), json!({ "fields": fields })).await.is(201);
    reply.json()["id"].as_str().unwrap().to_owned()
}

async fn record(actor: &Actor<'_>, object: &str, id: &str) -> Value {
    actor.get(&format!("/api/v1/records/{object}/{id}")).await.is(200).json()
}

async fn patch(actor: &Actor<'_>, (object, id): (&str, &str), fields: Value) -> Reply {
    let version = record(actor, object, id).await["version"].clone();
    let body = json!({ "fields": fields }).to_string();
    let place = format!("/api/v1/records/{object}/{id}");
    actor.send("PATCH", &place, &[("if-match", &format!("\"{version}\""))], body).await
}

async fn put(actor: &Actor<'_>, place: &str, body: Value) -> Reply {
    actor.send("PUT", place, &[], body.to_string()).await
}

fn rule(name: &str, object: &str, when: Value, then: Value) -> Value {
    json!({ "name": name, "label": { "zh": "规则", "en": "A rule" }, "object": object, "when": when, "then": then })
}

async fn rules(admin: &Actor<'_>, rules: Vec<Value>) -> Reply {
    put(admin, "/api/v1/admin/automations", json!({ "rules": rules })).await
}

async fn runs(admin: &Actor<'_>) -> Value {
    admin.get("/api/v1/admin/automations/runs").await.is(200).json()["items"].clone()
}

async fn tasks(actor: &Actor<'_>) -> Vec<Value> {
    let list = actor.get("/api/v1/records/task?limit=50").await.is(200).json();
    list["items"].as_array().unwrap().clone()
}

async fn deal(rep: &Actor<'_>, fields: Value) -> String {
    let customer = made(rep, "customer", json!({ "name": "上海明光贸易" })).await;
    let mut all = json!({
        "customer": customer, "name": "设备", "stage": "negotiation", "amount": 900, "closes_on": "2026-12-31",
    });
    all.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    made(rep, "opportunity", all).await
}

async fn clean(office: &Office) {
    let now = model::Clock::now(&*office.company.clock);
    let (_, state) = office.company.store.examine(now).await.unwrap();
    assert_eq!(state.findings, vec![], "{state:?}");
}

fn won() -> Value {
    json!({ "kind": "became", "field": "stage", "values": ["won"] })
}
fn win() -> Value {
    json!({ "stage": "won", "outcome_reason": "price" })
}

#[tokio::test]
async fn a_won_deal_makes_a_task_and_sets_a_field_whatever_the_rights_of_who_wins_it() {
    let office = Office::new().await;
    let (admin, rep, lead) = (office.actor("admin").await, office.actor("rep").await, office.actor("lead").await);
    let task = |owner: &str| json!({ "kind": "task", "object": "task", "title": "交接给服务", "owner": { "kind": owner }, "due_in": 3 });
    let set = json!({ "kind": "set", "field": "product", "to": { "kind": "value", "value": "已成交" } });
    let only = json!({ "test": { "field": "amount", "op": "gt", "value": 100 } });
    let mut first = rule("handover", "opportunity", won(), json!([task("owner"), set]));
    first["only"] = only;
    let second = rule("tell_lead", "opportunity", won(), json!([task("manager")]));
    rep.send("PUT", "/api/v1/admin/automations", &[], json!({ "rules": [first] }).to_string())
        .await
        .problem(403, "forbidden");
    rules(&admin, vec![first.clone(), second]).await.is(204);
    let listed = admin.get("/api/v1/admin/automations").await.is(200).json();
    assert_eq!((&listed["items"][0]["name"], &listed["items"][0]["on"]), (&json!("handover"), &json!(true)));

    let id = deal(&rep, json!({})).await;
    assert_eq!(tasks(&rep).await.len(), 0);
    patch(&rep, ("opportunity", &id), win()).await.is(200);
    let own = tasks(&rep).await;
    assert_eq!(own.len(), 1, "{own:?}");
    let made = record(&rep, "task", own[0]["id"].as_str().unwrap()).await;
    assert_eq!((&made["fields"]["subject"], &made["fields"]["opportunity"]), (&json!("交接给服务"), &json!(id)));
    // Three days from the Monday on which the stories play.
    assert_eq!(made["fields"]["due_on"], "2026-11-26");
    assert_eq!(made["customer"], record(&rep, "opportunity", &id).await["customer"]);
    assert_eq!(record(&rep, "opportunity", &id).await["fields"]["product"], "已成交");
    assert!(tasks(&lead).await.iter().any(|t| t["owner"] == json!(office.company.id("lead"))));
    // Once: it was won before. One below the condition makes the second rule's task alone.
    patch(&rep, ("opportunity", &id), json!({ "amount": 901 })).await.is(200);
    assert_eq!(tasks(&rep).await.len(), 1);
    let small = deal(&rep, json!({ "amount": 50, "stage": "won", "outcome_reason": "price" })).await;
    assert_eq!(
        (tasks(&rep).await.len(), record(&rep, "opportunity", &small).await["fields"]["product"].clone()),
        (1, Value::Null)
    );

    let did = runs(&admin).await;
    assert_eq!(did.as_array().unwrap().len(), 3, "{did}");
    let of_first = did.as_array().unwrap().iter().find(|r| r["rule"] == "handover").unwrap();
    assert_eq!(
        (&of_first["set"], &of_first["tasks"], &of_first["state"]),
        (&json!(["product"]), &json!(1), &json!("done"))
    );
    assert_eq!(of_first["by"], json!(office.company.id("rep")));
    let auditor = office.actor("auditor").await;
    let seen = auditor.get(&format!("/api/v1/audit/customers/{}/events", made["id"].as_str().unwrap())).await;
    assert!(seen.status.is_success() || seen.status == 404, "{}", seen.text());
    clean(&office).await;
}

#[tokio::test]
async fn a_rule_that_may_not_be_is_refused_and_one_that_cannot_does_not_stand_in_the_way() {
    let office = Office::new().await;
    let (admin, rep) = (office.actor("admin").await, office.actor("rep").await);
    let set = |field: &str, to: Value| json!([{ "kind": "set", "field": field, "to": to }]);
    let value = |v: &str| json!({ "kind": "value", "value": v });
    let created = || json!({ "kind": "created" });
    for (n, (object, when, then)) in [
        ("nothing", created(), set("stage", value("won"))),
        ("opportunity", created(), set("nothing", value("x"))),
        ("opportunity", created(), set("approval_status", value("approved"))),
        ("opportunity", created(), set("stage", value("sold"))),
        ("opportunity", created(), set("customer", value("0190c8f4-0000-7000-8000-000000000000"))),
        ("opportunity", created(), set("product", json!({ "kind": "actor" }))),
        ("opportunity", created(), set("stage", json!({ "kind": "nothing" }))),
        ("lead", created(), set("status", value("converted"))),
        ("opportunity", json!({ "kind": "became", "field": "amount", "values": ["1"] }), set("product", value("x"))),
        ("opportunity", json!({ "kind": "became", "field": "stage", "values": ["sold"] }), set("product", value("x"))),
        ("opportunity", json!({ "kind": "due", "field": "amount", "days": 1 }), set("product", value("x"))),
        ("opportunity", created(), json!([{ "kind": "webhook", "to": "nowhere" }])),
        (
            "opportunity",
            created(),
            json!([{ "kind": "task", "object": "customer", "title": "t", "owner": { "kind": "owner" } }]),
        ),
        ("opportunity", created(), json!([])),
        ("opportunity", json!({ "kind": "created", "more": 1 }), set("product", value("x"))),
    ]
    .into_iter()
    .enumerate()
    {
        let reply = rules(&admin, vec![rule("r", object, when, then)]).await;
        assert!([400, 422].contains(&reply.status.as_u16()), "{n}: {}", reply.text());
    }
    // Winning needs an approval, and a closing date: a rule goes around neither, and the edit is made all the same.
    let when = json!({ "kind": "edited", "fields": ["product"] });
    rules(&admin, vec![rule("hasty", "opportunity", when, set("stage", value("won")))]).await.is(204);
    let id = deal(&rep, json!({ "discount": 15 })).await;
    patch(&rep, ("opportunity", &id), json!({ "product": "专业版" })).await.is(200);
    let now = record(&rep, "opportunity", &id).await;
    assert_eq!((&now["fields"]["stage"], &now["fields"]["product"]), (&json!("negotiation"), &json!("专业版")));
    let did = runs(&admin).await;
    assert_eq!((&did[0]["skipped"], &did[0]["set"]), (&json!(["set"]), &json!([])), "{did}");
    // Nor around what must hold of a record: a contract does not end before it starts.
    let when = json!({ "kind": "edited", "fields": ["notes"] });
    rules(&admin, vec![rule("short", "contract", when, set("ends_on", value("2020-01-01")))]).await.is(204);
    let customer = office.customer("rep", "华信").await;
    let fields =
        json!({ "customer": customer, "name": "采购", "status": "draft", "amount": 10, "starts_on": "2026-01-01" });
    let made = rep.post("/api/v1/records/contract", json!({ "fields": fields })).await.is(201).json();
    let id = made["id"].as_str().unwrap().to_owned();
    patch(&rep, ("contract", &id), json!({ "notes": "x" })).await.is(200);
    assert_eq!(record(&rep, "contract", &id).await["fields"].get("ends_on").cloned().unwrap_or_default(), Value::Null);
    assert_eq!(runs(&admin).await[0]["skipped"], json!(["set"]));
    // A field that nobody may see is not shown to who sets the rule off; the rule's word is in the event alone.
    clean(&office).await;
}

#[tokio::test]
async fn a_system_outside_is_told_names_and_ids_signed_and_tried_again_until_it_is_dead() {
    let office = Office::new().await;
    let (admin, rep) = (office.actor("admin").await, office.actor("rep").await);
    let store = office.company.store.clone();
    let hooks = |url: &str, hosts: Value| {
        let label = json!({ "zh": "系统", "en": "ERP" });
        json!({ "hosts": hosts, "hooks": [{ "name": "erp", "label": label, "url": url, "on": true }] })
    };
    for url in [
        "http://erp.example.com/",
        "https://127.0.0.1/",
        "https://user@erp.example.com/",
        "https://localhost/",
        "ftp://a/",
    ] {
        put(&admin, "/api/v1/admin/webhooks", hooks(url, json!([]))).await.problem(422, "invalid_values");
    }
    let place = "/api/v1/admin/webhooks";
    let given = put(&admin, place, hooks("http://127.0.0.1:9/hook?key=1", json!(["127.0.0.1"]))).await.is(200).json();
    let secret = given["secrets"]["erp"].as_str().unwrap().strip_prefix("whsec_").unwrap().to_owned();
    let again = put(&admin, place, hooks("http://127.0.0.1:9/hook?key=1", json!(["127.0.0.1"]))).await.is(200).json();
    assert_eq!(again["secrets"], json!({}), "a secret is shown once");
    assert!(!admin.get(place).await.is(200).text().contains(&secret));
    rules(&admin, vec![rule("tell", "opportunity", won(), json!([{ "kind": "webhook", "to": "erp" }]))]).await.is(204);

    let id = deal(&rep, json!({})).await;
    patch(&rep, ("opportunity", &id), win()).await.is(200);
    let now = || model::Clock::now(&*office.company.clock);
    let due = store.due_deliveries(now()).await.unwrap();
    assert_eq!(due.len(), 1);
    let message = &due[0];
    let body: Value = serde_json::from_str(&message.body).unwrap();
    assert_eq!((&body["type"], &body["data"]["record"]), (&json!("record.changed"), &json!(id)), "{body}");
    assert_eq!(body["data"]["fields"], json!(["stage", "outcome_reason"]));
    assert!(!message.body.contains("won") && !message.body.contains("设备") && message.inside, "{}", message.body);
    let bytes = base64(&secret);
    assert_eq!(signature(&message.secret, "m", 1, "{}"), signature(&bytes, "m", 1, "{}"));

    let failed = |status, error| Attempt { status, error };
    let mut fates = vec![];
    for _ in 0..9 {
        office.company.clock.advance_ms(25 * 3_600_000);
        assert_eq!(store.due_deliveries(now()).await.unwrap().len(), 1);
        fates.push(store.attempted(message.id, failed(Some(500), None), now()).await.unwrap());
    }
    assert_eq!((fates[0], fates[8]), (Fate::Later, Fate::Dead));
    assert_eq!(store.due_deliveries(now()).await.unwrap().len(), 0);
    let admin = office.actor("admin").await;
    let dead = admin.get("/api/v1/admin/automations/runs?dead=true").await.is(200).json();
    assert_eq!((&dead["items"][0]["status"], &dead["items"][0]["attempts"]), (&json!(500), &json!(9)), "{dead}");
    let retry = format!("/api/v1/admin/automations/runs/{}/retry", dead["items"][0]["id"].as_str().unwrap());
    admin.post(&retry, json!({})).await.is(204);
    admin.post(&retry, json!({})).await.problem(409, "not_dead");
    assert_eq!(store.attempted(message.id, failed(Some(204), None), now()).await.unwrap(), Fate::Delivered);
    assert_eq!(runs(&admin).await[0]["state"], "delivered");
    clean(&office).await;
    // An endpoint that is off is told nothing.
    let rep = office.actor("rep").await;
    let mut off = hooks("http://127.0.0.1:9/", json!(["127.0.0.1"]));
    off["hooks"][0]["on"] = json!(false);
    put(&admin, place, off).await.is(200);
    let id = deal(&rep, json!({})).await;
    patch(&rep, ("opportunity", &id), win()).await.is(200);
    assert_eq!(runs(&admin).await[0]["skipped"], json!(["webhook"]));
    // What was over long ago is cleared away, and that is told.
    office.company.clock.advance_ms(40 * 86_400_000);
    assert_eq!(store.sweep_runs(now()).await.unwrap(), 2);
    clean(&office).await;
}

#[tokio::test]
async fn a_rule_tells_people_in_its_own_words_and_numbers_the_tasks_it_makes() {
    let office = Office::new().await;
    let (admin, rep, lead) = (office.actor("admin").await, office.actor("rep").await, office.actor("lead").await);
    let director = office.actor("director").await;
    // Tasks have numbers from now on.
    let field = json!({
        "name": "number", "label": { "zh": "编号", "en": "Number" }, "type": { "kind": "text", "max": 40 }, "class": "internal",
        "unique": true, "numbered": "T-{0000}",
    });
    admin.post("/api/v1/admin/objects/task/fields", field).await.is(201);
    let text = json!({ "zh": "大单已赢，请安排交付", "en": "A big deal was won: plan the delivery" });
    let to = json!([{ "kind": "owner" }, { "kind": "manager" }, { "kind": "role", "id": "sales_director" }]);
    let task =
        json!({ "kind": "task", "object": "task", "title": "交付", "owner": { "kind": "manager" }, "due_in": 3 });
    let own = json!({ "kind": "task", "object": "task", "title": "回访", "owner": { "kind": "owner" }, "due_in": 3 });
    for wrong in [
        json!([{ "kind": "notify", "to": [], "text": text }]),
        json!([{ "kind": "notify", "to": [{ "kind": "owner" }], "text": { "zh": "", "en": "x" } }]),
        json!([{ "kind": "notify", "to": [{ "kind": "role", "id": "nobody" }], "text": text }]),
    ] {
        let reply = rules(&admin, vec![rule("won", "opportunity", won(), wrong)]).await;
        assert_eq!(reply.status, 422, "{}", reply.text());
    }
    let then = json!([{ "kind": "notify", "to": to, "text": text }, task, own]);
    rules(&admin, vec![rule("won", "opportunity", won(), then)]).await.is(204);
    let id = deal(&rep, json!({})).await;
    patch(&rep, ("opportunity", &id), win()).await.is(200);

    // Whoever acts is not told; the others are told ids and the rule's own words.
    let notices = async |actor: &Actor<'_>| {
        let all = actor.get("/api/v1/notices").await.is(200).json()["items"].clone();
        all.as_array().unwrap().clone()
    };
    let told = notices(&director).await;
    let of_rule = told.iter().find(|n| n["kind"] == "rule").unwrap_or_else(|| panic!("{told:?}"));
    assert_eq!((&of_rule["record"], &of_rule["said"]["zh"]), (&json!(id), &json!("大单已赢，请安排交付")));
    assert!(!json!(told).to_string().contains("设备"), "nothing of the record: {told:?}");
    assert!(notices(&rep).await.iter().all(|n| n["kind"] != "rule"));
    // The manager is told of the deal, and of the task that is theirs.
    let kinds: Vec<Value> = notices(&lead).await.iter().map(|n| n["kind"].clone()).collect();
    assert!(kinds.contains(&json!("rule")) && kinds.contains(&json!("assigned")), "{kinds:?}");
    // Two tasks of one act, numbered one after the other; one made by hand goes on.
    let mut numbers: Vec<Value> = vec![];
    for actor in [&rep, &lead] {
        for task in tasks(actor).await {
            numbers.push(record(actor, "task", task["id"].as_str().unwrap()).await["fields"]["number"].clone());
        }
    }
    let mut numbers: Vec<String> = numbers.iter().map(|n| n.as_str().unwrap_or_default().to_owned()).collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers, ["T-0001", "T-0002"]);
    let by_hand = made(&rep, "task", json!({ "subject": "自己的", "due_on": "2026-12-01" })).await;
    assert_eq!(record(&rep, "task", &by_hand).await["fields"]["number"], "T-0003");
    let did = runs(&admin).await;
    assert_eq!((&did[0]["told"], &did[0]["tasks"], &did[0]["skipped"]), (&json!(2), &json!(2), &json!([])), "{did}");
    clean(&office).await;
    // The rule is gone: its notice says no more than that there was one.
    rules(&admin, vec![]).await.is(204);
    let told = notices(&director).await;
    assert_eq!(told.iter().find(|n| n["kind"] == "rule").unwrap()["said"], Value::Null);
}

fn base64(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.decode(text).unwrap()
}

#[tokio::test]
async fn a_rule_about_a_date_is_carried_out_once_a_day_by_nobody() {
    let office = Office::new().await;
    let (admin, rep) = (office.actor("admin").await, office.actor("rep").await);
    let store = office.company.store.clone();
    let when = json!({ "kind": "due", "field": "closes_on", "days": 7 });
    let then = json!([
        { "kind": "task", "object": "task", "title": "确认成交日期", "owner": { "kind": "owner" } },
        { "kind": "set", "field": "product", "to": { "kind": "value", "value": "临近" } },
    ]);
    rules(&admin, vec![rule("soon", "opportunity", when, then)]).await.is(204);
    let soon = deal(&rep, json!({ "closes_on": "2026-11-30" })).await;
    let later = deal(&rep, json!({ "closes_on": "2026-12-01" })).await;
    let now = || model::Clock::now(&*office.company.clock);
    assert_eq!(store.run_due_automations(now()).await.unwrap(), 1);
    assert_eq!(store.run_due_automations(now()).await.unwrap(), 0);
    assert_eq!(tasks(&rep).await.len(), 1);
    assert_eq!(record(&rep, "opportunity", &soon).await["fields"]["product"], "临近");
    assert_eq!(record(&rep, "opportunity", &later).await["fields"]["product"], Value::Null);
    assert_eq!(runs(&admin).await[0]["by"], Value::Null);
    clean(&office).await;
    office.company.clock.advance_ms(86_400_000);
    assert_eq!(store.run_due_automations(now()).await.unwrap(), 1);
    clean(&office).await;
}
