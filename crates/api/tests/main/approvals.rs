//! 记录审批 over HTTP: a discount before a deal is won, a contract before it is signed.

use serde_json::{Value, json};

use crate::actors::{Actor, Office, Reply};

async fn made(actor: &Actor<'_>, object: &str, fields: Value) -> String {
    let reply = actor.post(&format!("/api/v1/records/{object}"), json!({ "fields": fields })).await.is(201);
    reply.json()["id"].as_str().unwrap().to_owned()
}

async fn version(actor: &Actor<'_>, object: &str, id: &str) -> String {
    let record = actor.get(&format!("/api/v1/records/{object}/{id}")).await.is(200).json();
    format!("\"{}\"", record["version"])
}

async fn act(actor: &Actor<'_>, method: &str, (object, id): (&str, &str), end: &str, body: Value) -> Reply {
    let version = version(actor, object, id).await;
    let place = format!("/api/v1/records/{object}/{id}{end}");
    actor.send(method, &place, &[("if-match", &version)], body.to_string()).await
}

async fn patch(actor: &Actor<'_>, what: (&str, &str), fields: Value) -> Reply {
    act(actor, "PATCH", what, "", json!({ "fields": fields })).await
}

async fn submit(actor: &Actor<'_>, what: (&str, &str)) -> Reply {
    act(actor, "POST", what, "/submit", json!({ "reason": "they take three years" })).await
}

async fn status(actor: &Actor<'_>, (object, id): (&str, &str)) -> Value {
    actor.get(&format!("/api/v1/records/{object}/{id}")).await.is(200).json()["fields"]["approval_status"].clone()
}

async fn stands(actor: &Actor<'_>, (object, id): (&str, &str)) -> Value {
    actor.get(&format!("/api/v1/records/{object}/{id}/approvals")).await.is(200).json()
}

/// Decides about the only request of the inbox.
async fn decide(actor: &Actor<'_>, consent: bool) -> Value {
    let inbox = actor.get("/api/v1/requests/inbox").await.is(200).json();
    let item = &inbox["items"][0];
    assert_eq!((inbox["items"].as_array().unwrap().len(), item["kind"].as_str()), (1, Some("record")), "{inbox}");
    let place = format!("/api/v1/requests/{}/decide", item["id"].as_str().unwrap());
    let body = json!({ "consent": consent, "version": item["version"], "comment": "as talked about" });
    actor.post(&place, body).await.is(200).json()["state"].clone()
}

async fn clean(office: &Office) {
    let now = model::Clock::now(&*office.company.clock);
    let (_, state) = office.company.store.examine(now).await.unwrap();
    assert_eq!(state.findings, vec![], "{state:?}");
}

#[tokio::test]
async fn a_rep_gives_fifteen_percent_her_manager_and_the_director_consent_and_she_wins_the_deal() {
    let office = Office::new().await;
    let (rep, lead, director) = (office.actor("rep").await, office.actor("lead").await, office.actor("director").await);
    let customer = made(&rep, "customer", json!({ "name": "上海明光贸易" })).await;
    let fields = json!({
        "customer": customer, "name": "三年框架", "stage": "negotiation", "amount": 90000, "discount": 15,
        "closes_on": "2026-12-31",
    });
    let id = made(&rep, "opportunity", fields).await;
    let deal = ("opportunity", id.as_str());
    let win = json!({ "stage": "won", "outcome_reason": "price" });
    patch(&rep, deal, win.clone()).await.problem(409, "approval_needed");
    // The status is nobody's to write.
    patch(&rep, deal, json!({ "approval_status": "approved" })).await.problem(422, "invalid_values");

    let before = stands(&rep, deal).await;
    assert_eq!(
        (before["standing"].as_str(), before["needed"].as_bool(), before["may_submit"].as_bool()),
        (Some("draft"), Some(true), Some(true))
    );
    submit(&rep, deal).await.is(200);
    assert_eq!(status(&rep, deal).await, "waiting");
    let waits = stands(&rep, deal).await;
    assert_eq!(waits["waits_for"][0]["user"], json!(office.company.id("lead")), "{waits}");
    submit(&rep, deal).await.problem(409, "approval_waits");
    patch(&rep, deal, json!({ "discount": 20 })).await.problem(409, "approval_waits");
    act(&rep, "DELETE", deal, "", json!({})).await.problem(409, "approval_waits");
    let to = json!({ "user": office.company.id("colleague") });
    act(&rep, "POST", deal, "/transfer", to).await.problem(409, "approval_waits");
    patch(&rep, deal, json!({ "product": "专业版" })).await.is(200);

    let asked = stands(&lead, deal).await;
    assert_eq!((&asked["requests"][0]["may"], &asked["requests"][0]["version"]), (&json!("named"), &json!(1)));
    // Neither who asks, nor who is not asked yet, decides.
    assert_eq!(rep.get("/api/v1/requests/inbox").await.is(200).json()["items"], json!([]));
    assert_eq!(director.get("/api/v1/requests/inbox").await.is(200).json()["items"], json!([]));
    assert_eq!(decide(&lead, true).await, "waiting");
    assert_eq!(status(&rep, deal).await, "waiting");
    assert_eq!(decide(&director, true).await, "approved");
    assert_eq!(status(&rep, deal).await, "approved");
    clean(&office).await;
    patch(&rep, deal, win).await.is(200);
    // Behind the approval's back nothing is changed.
    patch(&rep, deal, json!({ "discount": 30 })).await.problem(409, "approval_needed");
    let history = stands(&lead, deal).await;
    assert_eq!(history["requests"][0]["decisions"].as_array().unwrap().len(), 2, "{history}");
    assert_eq!(history["requests"][0]["may"], Value::Null);
    assert_eq!(history["requests"][0]["reason"], "they take three years");

    // The timeline tells the same, newest first, and that it was submitted only once.
    let place = format!("/api/v1/records/opportunity/{id}");
    let timeline = async |who: &Actor<'_>, parts: &str| {
        let page = who.get(&format!("{place}/timeline?parts={parts}")).await.is(200).json();
        page["items"].as_array().unwrap().clone()
    };
    let told: Vec<String> = timeline(&lead, "approvals,changes")
        .await
        .iter()
        .map(|i| {
            let (a, c) = (&i["approval"], &i["change"]);
            a["kind"].as_str().map_or_else(|| c["fields"].to_string(), |kind| format!("{kind} {}", a["step"]))
        })
        .collect();
    assert_eq!(told.iter().filter(|t| t.contains("approval_status")).count(), 0, "{told:?}");
    let asked: Vec<&str> = told.iter().map(String::as_str).filter(|t| !t.starts_with('[')).collect();
    assert_eq!(asked, ["consented 2", "consented 1", "asked 0"]);
    let approvals = timeline(&lead, "approvals").await;
    assert_eq!(
        (&approvals[2]["approval"]["words"], &approvals[2]["approval"]["state"]),
        (&json!("they take three years"), &json!("approved"))
    );
    // Page by page they are the same.
    let first = lead.get(&format!("{place}/timeline?parts=approvals&limit=2")).await.is(200).json();
    let rest = lead.get(&format!("{place}/timeline?parts=approvals&cursor={}", first["next"].as_str().unwrap())).await;
    assert_eq!(rest.is(200).json()["items"].as_array().unwrap().len(), 1);
    // Who was let in to read learns that, and not what people wrote.
    let until = model::Clock::now(&*office.company.clock).plus_seconds(3600).0;
    let to = json!({ "user": office.company.id("outsider") });
    rep.post(&format!("{place}/shares"), json!({ "kind": "share", "to": to, "until": until })).await.is(201);
    let read = timeline(&office.actor("outsider").await, "approvals").await;
    assert_eq!(read.len(), 3);
    assert!(read.iter().all(|i| i["approval"]["words"] == Value::Null), "{read:?}");
    clean(&office).await;
}

#[tokio::test]
async fn what_is_refused_or_taken_back_or_changed_is_a_draft_again_and_outsiders_learn_nothing() {
    let office = Office::new().await;
    let (rep, lead, outsider) = (office.actor("rep").await, office.actor("lead").await, office.actor("outsider").await);
    let customer = made(&rep, "customer", json!({ "name": "苏州远景" })).await;
    let new =
        |status: &str, amount: u32| json!({ "customer": customer, "name": "采购", "status": status, "amount": amount });
    // A large one is not made as signed either; a small one needs nobody.
    let signed = json!({ "fields": new("signed", 600_000) });
    rep.post("/api/v1/records/contract", signed).await.problem(409, "approval_needed");
    let small = made(&rep, "contract", new("signed", 900)).await;
    submit(&rep, ("contract", &small)).await.problem(409, "approval_not_needed");

    let id = made(&rep, "contract", new("draft", 600_000)).await;
    let what = ("contract", id.as_str());
    submit(&rep, what).await.is(200);
    let place = format!("/api/v1/records/contract/{id}/approvals");
    outsider.get(&place).await.problem(404, "not_found");
    let place = format!("/api/v1/records/contract/{id}/submit");
    let refused = outsider.send("POST", &place, &[("if-match", "\"2\"")], json!({ "reason": "r" }).to_string()).await;
    refused.problem(404, "not_found");
    assert_eq!(decide(&lead, false).await, "refused");
    assert_eq!(status(&rep, what).await, "refused");
    patch(&rep, what, json!({ "status": "signed" })).await.problem(409, "approval_needed");

    submit(&rep, what).await.is(200);
    let request = stands(&rep, what).await["requests"][0]["id"].as_str().unwrap().to_owned();
    outsider.post(&format!("/api/v1/requests/{request}/withdraw"), json!({})).await.problem(404, "not_found");
    rep.post(&format!("/api/v1/requests/{request}/withdraw"), json!({})).await.is(204);
    assert_eq!(status(&rep, what).await, "draft");
    clean(&office).await;

    submit(&rep, what).await.is(200);
    assert_eq!(decide(&lead, true).await, "approved");
    patch(&rep, what, json!({ "ends_on": "2027-12-31" })).await.is(200);
    assert_eq!(status(&rep, what).await, "draft");
    submit(&rep, what).await.is(200);
    // Fourteen days on, nobody having decided: it stands still no more.
    office.company.clock.advance_ms(15 * 86_400_000);
    let rep = office.actor("rep").await;
    assert_eq!(stands(&rep, what).await["standing"], "draft");
    patch(&rep, what, json!({ "amount": 100 })).await.is(200);
    patch(&rep, what, json!({ "status": "signed" })).await.is(200);
    clean(&office).await;
}

#[tokio::test]
async fn an_administrator_has_records_of_a_type_approved_by_a_flow_with_a_condition_without_code() {
    let office = Office::new().await;
    let (admin, rep, lead, director) = (
        office.actor("admin").await,
        office.actor("rep").await,
        office.actor("lead").await,
        office.actor("director").await,
    );
    let change = |body: Value| {
        let admin = admin.clone();
        async move { admin.send("PATCH", "/api/v1/admin/objects/task", &[], body.to_string()).await }
    };
    let needed = json!({ "test": { "field": "priority", "op": "eq", "value": "high" } });
    let before = json!({ "field": "done", "values": ["true"] });
    change(json!({ "approval": { "before": before } })).await.problem(422, "invalid_values");
    let sealed = json!({ "test": { "field": "notes", "op": "is_not_empty" } });
    change(json!({ "approval": { "needed": sealed } })).await.problem(422, "invalid_values");
    change(json!({ "approval": { "needed": needed, "guards": ["due_on"] } })).await.is(200);
    let flow = |when: Value| {
        json!({ "flows": [{
            "name": "urgent", "label": { "zh": "紧急任务", "en": "Urgent tasks" }, "subject": "record", "object": "task",
            "when": when, "steps": [{ "approvers": [{ "kind": "role", "id": "sales_director" }] }],
        }] })
        .to_string()
    };
    let wrong = json!({ "test": { "field": "nothing", "op": "eq", "value": "x" } });
    admin.send("PUT", "/api/v1/admin/flows", &[], flow(wrong)).await.problem(422, "invalid_values");
    admin.send("PUT", "/api/v1/admin/flows", &[], flow(needed)).await.is(204);
    let id = made(&rep, "task", json!({ "subject": "投标", "due_on": "2026-12-01", "priority": "high" })).await;
    let what = ("task", id.as_str());
    submit(&rep, what).await.is(200);
    assert_eq!(lead.get("/api/v1/requests/inbox").await.is(200).json()["items"], json!([]));
    assert_eq!(decide(&director, true).await, "approved");
    change(json!({ "approval": null })).await.is(200);
    submit(&rep, what).await.problem(409, "no_process");
}
