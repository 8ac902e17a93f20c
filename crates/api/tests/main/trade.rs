//! Contracts, payments, targets and boards over HTTP: from a won deal to the money, what each role sees of it, and what sums
//! tell.

use serde_json::{Value, json};

use crate::actors::{Actor, Office, Reply};

async fn made(actor: &Actor<'_>, object: &str, fields: Value) -> String {
    let reply = actor.post(&format!("/api/v1/records/{object}"), json!({ "fields": fields })).await.is(201);
    reply.json()["id"].as_str().unwrap().to_owned()
}

async fn record(actor: &Actor<'_>, object: &str, id: &str) -> Value {
    actor.get(&format!("/api/v1/records/{object}/{id}")).await.is(200).json()
}

async fn patch(actor: &Actor<'_>, object: &str, id: &str, fields: Value) -> Reply {
    let version = record(actor, object, id).await["version"].clone();
    let place = format!("/api/v1/records/{object}/{id}");
    let body = json!({ "fields": fields }).to_string();
    actor.send("PATCH", &place, &[("if-match", &format!("\"{version}\""))], body).await
}

async fn sums(actor: &Actor<'_>, object: &str, question: Value) -> Value {
    actor.post(&format!("/api/v1/records/{object}/aggregate"), question).await.is(200).json()["items"].clone()
}

async fn contract(actor: &Actor<'_>, number: &str, amount: f64, signed_on: &str) -> (String, String) {
    let customer = made(actor, "customer", json!({ "name": format!("客户{number}") })).await;
    let fields = json!({
        "customer": customer, "name": "设备采购", "status": "signed", "amount": amount,
        "signed_on": signed_on,
    });
    (customer, made(actor, "contract", fields).await)
}

async fn clean(office: &Office) {
    let now = model::Clock::now(&*office.company.clock);
    let (_, state) = office.company.store.examine(now).await.unwrap();
    assert_eq!(state.findings, vec![], "{state:?}");
}

#[tokio::test]
async fn a_contract_is_paid_as_planned_and_finance_confirms_what_sales_report() {
    let office = Office::new().await;
    let (rep, outsider, finance) =
        (office.actor("rep").await, office.actor("outsider").await, office.actor("finance").await);
    let (customer, contract) = contract(&rep, "HT-001", 53.97, "2026-11-20").await;
    let of = |more: Value| {
        let mut fields = json!({ "customer": customer, "contract": contract });
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        fields
    };

    // Its number is given, and nobody's to write; what must hold is said in the company's words, in both languages.
    assert_eq!(record(&rep, "contract", &contract).await["fields"]["number"], "HT-202611-0001");
    let refused = patch(&rep, "contract", &contract, json!({ "number": "HT-1" })).await;
    let item = refused.problem(422, "invalid_values").json()["errors"][0].clone();
    assert_eq!((item["code"].as_str(), item["help"]["zh"].as_str()), (Some("not_editable"), Some("此字段不能修改")));
    let dates = json!({ "starts_on": "2026-12-01", "ends_on": "2026-11-30" });
    let item =
        patch(&rep, "contract", &contract, dates).await.problem(422, "invalid_values").json()["errors"][0].clone();
    assert_eq!((item["pointer"].as_str(), item["code"].as_str()), (Some("/fields/ends_on"), Some("rule")));
    assert_eq!(item["help"]["zh"], "结束日期不能早于开始日期。");
    assert_eq!(item["help"]["en"], "A contract does not end before it starts.");

    // A line's amount is worked out, again at each change, and nobody's to write.
    let line = of(json!({ "item": "专业版", "quantity": 3, "unit_price": 19.99, "discount": 10 }));
    let line = made(&rep, "contract_line", line).await;
    assert_eq!(record(&rep, "contract_line", &line).await["fields"]["amount"], 53.97);
    patch(&rep, "contract_line", &line, json!({ "amount": 1 })).await.problem(422, "invalid_values");
    patch(&rep, "contract_line", &line, json!({ "discount": null })).await.is(200);
    let shown = record(&rep, "contract_line", &line).await;
    assert_eq!(shown["fields"]["amount"], 59.97);
    assert!(!shown["editable"].as_array().unwrap().contains(&json!("amount")), "{shown}");
    patch(&rep, "contract_line", &line, json!({ "quantity": null })).await.is(200);
    assert_eq!(record(&rep, "contract_line", &line).await["fields"]["amount"], Value::Null);
    let wrong = of(json!({ "item": "a", "amount": 5 }));
    rep.post("/api/v1/records/contract_line", json!({ "fields": wrong })).await.problem(422, "invalid_values");

    // Overdue: planned, and not paid by then.
    let plan =
        made(&rep, "payment_plan", of(json!({ "name": "第1期", "due_on": "2026-11-01", "amount": 53.97 }))).await;
    let overdue = json!({ "filter": { "all": [
        { "not": { "test": { "field": "done", "op": "eq", "value": true } } },
        { "test": { "field": "due_on", "op": "lt", "value": "2026-11-25" } },
    ] }, "values": [{ "field": "amount", "work": "sum" }] });
    let owed = json!([{ "keys": [], "count": 1, "values": [53.97] }]);
    assert_eq!(sums(&rep, "payment_plan", overdue.clone()).await, owed);
    assert_eq!(sums(&finance, "payment_plan", overdue.clone()).await, owed);
    assert_eq!(sums(&outsider, "payment_plan", overdue.clone()).await, json!([]));

    // A rep reports, finance confirms.
    let report = of(json!({ "plan": plan, "number": "HK-1", "received_on": "2026-11-24", "amount": 53.97,
                            "bank_reference": "622200001234" }));
    let mut bold = report.clone();
    bold["confirmed"] = json!(true);
    rep.post("/api/v1/records/payment", json!({ "fields": bold })).await.problem(422, "invalid_values");
    let payment = made(&rep, "payment", report).await;
    patch(&rep, "payment", &payment, json!({ "confirmed": true })).await.problem(422, "invalid_values");
    // … nor gives it to somebody to edit, who might.
    let share = json!({ "kind": "share", "to": { "user": office.company.id("colleague") }, "edit": true,
                        "until": 1_800_000_000_000_i64 });
    let place = format!("/api/v1/records/payment/{payment}/shares");
    rep.post(&place, share).await.problem(409, "share_exceeds_own");
    patch(&finance, "payment", &payment, json!({ "confirmed": true })).await.is(200);
    patch(&finance, "payment_plan", &plan, json!({ "done": true })).await.is(200);
    assert_eq!(record(&rep, "payment", &payment).await["fields"]["confirmed"], true);
    assert_eq!(sums(&finance, "payment_plan", overdue).await, json!([]));

    // Finance sees every contract, and of it no lead, nor what is personal in the clear.
    let lead = json!({ "name": "王小明", "status": "new" });
    made(&rep, "lead", lead).await;
    assert_eq!(finance.get("/api/v1/records/lead").await.is(200).json()["items"], json!([]));
    let seen = record(&finance, "contract", &contract).await;
    assert_ne!(seen["fields"]["name"], "设备采购", "{seen}");
    patch(&finance, "contract", &contract, json!({ "amount": 1 })).await.problem(403, "forbidden_on_record");
    outsider.get(&format!("/api/v1/records/contract/{contract}")).await.problem(404, "not_found");
    clean(&office).await;
}

#[tokio::test]
async fn sums_are_over_what_the_caller_may_list_and_read_and_are_recorded() {
    let office = Office::new().await;
    for (login, number, amount, on) in [
        ("rep", "A1", 100.5, "2026-10-31"),
        ("rep", "A2", 200.0, "2026-11-01"),
        ("colleague", "B1", 400.0, "2026-11-15"),
        ("outsider", "C1", 8000.0, "2026-11-15"),
    ] {
        contract(&office.actor(login).await, number, amount, on).await;
    }
    let by_month = json!({
        "by": [{ "field": "signed_on", "step": "month" }], "values": [{ "field": "amount", "work": "sum" }],
    });
    let group = |key: &str, count: u64, sum: f64| json!({ "keys": [key], "count": count, "values": [sum] });
    let rep = office.actor("rep").await;
    let sum = |n: Value| n.as_array().unwrap().iter().map(|g| g["values"][0].as_f64().unwrap()).sum::<f64>();
    let before = office.events(model::Action::List, model::Decision::Allowed).await;
    let own = sums(&rep, "contract", by_month.clone()).await;
    assert_eq!(office.events(model::Action::List, model::Decision::Allowed).await, before + 1);
    assert_eq!(own[0], group("2026-10", 1, 100.5));
    assert_eq!(own[1]["count"], 1, "not the others' of that month");
    assert!((sum(sums(&office.actor("lead").await, "contract", by_month.clone()).await) - 700.5).abs() < 1e-9);
    assert!((sum(sums(&office.actor("director").await, "contract", by_month.clone()).await) - 8700.5).abs() < 1e-9);
    assert_eq!(sums(&office.actor("nobody").await, "contract", by_month).await, json!([]));

    let quarter = json!({ "by": [{ "field": "signed_on", "step": "quarter" }, { "field": "status" }], "values": [
        { "field": "amount", "work": "avg" }, { "field": "amount", "work": "max" },
    ] });
    let director = office.actor("director").await;
    assert_eq!(
        sums(&director, "contract", quarter).await,
        json!([{ "keys": ["2026-Q4", "signed"], "count": 4, "values": [2175.13, 8000] }])
    );
    let people = sums(&director, "contract", json!({ "by": [{ "field": "owner" }] })).await;
    assert_eq!(people.as_array().unwrap().len(), 3);
    let today = sums(&director, "contract", json!({ "by": [{ "field": "created_at", "step": "day" }] })).await;
    assert_eq!((today.as_array().unwrap().len(), &today[0]["count"]), (1, &json!(4)));

    // A group of one is that record, and a group by customer tells of the customer: both are on record as seen.
    let (customer, single) = contract(&office.actor("rep").await, "D1", 5.0, "2025-02-03").await;
    let auditor = office.actor("auditor").await;
    let seen = async |id: &str| {
        let page = auditor.get(&format!("/api/v1/audit/records/{id}")).await.is(200).json()["page"]["items"].clone();
        let mine = page.as_array().unwrap().iter().filter(|l| l["action"] == "list").count();
        (mine, page.to_string())
    };
    assert_eq!(seen(&single).await.0, 0);
    let all =
        json!({ "by": [{ "field": "signed_on", "step": "year" }], "values": [{ "field": "amount", "work": "sum" }] });
    sums(&director, "contract", all).await;
    let (touched, page) = seen(&single).await;
    assert_eq!(touched, 1, "{page}");
    assert!(page.contains(r#""shown":["amount","signed_on"]"#), "{page}");
    sums(&director, "contract", json!({ "by": [{ "field": "customer" }] })).await;
    assert!(seen(&customer).await.0 >= 1, "{}", seen(&customer).await.1);

    // What cannot be asked is told with a code, and never what it would have been.
    for (question, code) in [
        (json!({ "by": [{ "field": "name" }] }), "not_grouped"),
        (json!({ "by": [{ "field": "amount" }] }), "not_grouped"),
        (json!({ "by": [{ "field": "status", "step": "day" }] }), "not_grouped"),
        (json!({ "by": [{ "field": "no_such" }] }), "unknown_field"),
        (json!({ "values": [{ "field": "status", "work": "sum" }] }), "not_summed"),
        (json!({ "values": [{ "field": "name", "work": "max" }] }), "not_summed"),
        (json!({ "by": [{ "field": "status" }, { "field": "owner" }, { "field": "number" }] }), "invalid_value"),
        (json!({ "filter": { "test": { "field": "name", "op": "eq", "value": "设备采购" } } }), "not_filterable"),
    ] {
        let reply = director.post("/api/v1/records/contract/aggregate", question.clone()).await;
        let problem = reply.problem(422, "invalid_values").json();
        assert_eq!(problem["errors"][0]["code"], code, "{question}: {problem}");
    }
    clean(&office).await;
}

#[tokio::test]
async fn a_board_is_a_record_of_questions_that_each_asks_with_their_own_rights() {
    let office = Office::new().await;
    let (director, rep) = (office.actor("director").await, office.actor("rep").await);
    let cards = json!({ "cards": [{
        "title": "签约金额", "chart": "bar", "object": "contract", "by": [{ "field": "signed_on", "step": "month" }],
        "value": { "field": "amount", "work": "sum" }, "period": { "field": "signed_on", "span": "this_year" },
    }] });
    let board = made(&director, "dashboard", json!({ "name": "销售总览", "cards": cards.to_string() })).await;
    let place = format!("/api/v1/records/dashboard/{board}");
    rep.get(&place).await.problem(404, "not_found");
    let share = json!({ "kind": "share", "to": { "role": "sales_rep" }, "until": 1_800_000_000_000_i64 });
    director.post(&format!("{place}/shares"), share).await.is(201);
    let shown = record(&rep, "dashboard", &board).await;
    assert_eq!(serde_json::from_str::<Value>(shown["fields"]["cards"].as_str().unwrap()).unwrap(), cards);
    patch(&rep, "dashboard", &board, json!({ "name": "我的" })).await.problem(403, "forbidden_on_record");

    // What draws charts is well formed, or is not kept.
    for wrong in ["{", r#"{"cards":[{"title":"a","chart":"pie","object":"contract"}]}"#, r#"{"cards":[],"script":"x"}"#]
    {
        let fields = json!({ "name": "坏", "cards": wrong });
        let reply = director.post("/api/v1/records/dashboard", json!({ "fields": fields })).await;
        assert_eq!(reply.problem(422, "invalid_values").json()["errors"][0]["code"], "bad_board");
        let reply = patch(&director, "dashboard", &board, json!({ "cards": wrong })).await;
        reply.problem(422, "invalid_values");
    }
    clean(&office).await;
}

#[tokio::test]
async fn a_target_is_seen_by_whose_it_is_and_by_who_leads_them() {
    let office = Office::new().await;
    let (lead, rep, colleague) =
        (office.actor("lead").await, office.actor("rep").await, office.actor("colleague").await);
    let fields = json!({ "name": "十一月签约", "period": "month", "starts_on": "2026-11-01", "reach": "person",
                         "measure": "signed", "amount": 100_000 });
    rep.post("/api/v1/records/target", json!({ "fields": fields })).await.problem(403, "forbidden");
    let body = json!({ "fields": fields, "owner": office.company.id("rep") });
    let id = lead.post("/api/v1/records/target", body).await.is(201).json()["id"].as_str().unwrap().to_owned();
    assert_eq!(record(&rep, "target", &id).await["fields"]["amount"], 100_000);
    patch(&rep, "target", &id, json!({ "amount": 1 })).await.problem(403, "forbidden_on_record");
    colleague.get(&format!("/api/v1/records/target/{id}")).await.problem(404, "not_found");

    // Whoever sees targets is told what they measure, as far as they see that too.
    let workspace = rep.get("/api/v1/me/workspace").await.is(200).json();
    let target = workspace["objects"].as_array().unwrap().iter().find(|o| o["name"] == "target").unwrap();
    let measures = target["process"]["target"]["measures"].as_array().unwrap();
    let values: Vec<_> = measures.iter().map(|m| m["value"].as_str().unwrap()).collect();
    assert_eq!(values, ["signed", "received", "won"]);
    let finance = office.actor("finance").await.get("/api/v1/me/workspace").await.is(200).json();
    assert!(!finance.to_string().contains("\"lead\":\"status\""));
    clean(&office).await;
}
