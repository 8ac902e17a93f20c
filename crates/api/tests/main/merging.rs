//! Merging over HTTP: a manager makes one of two; who may not is refused; the ids of the others lead to the one that stays.

use serde_json::{Value, json};

use crate::actors::Office;

#[tokio::test]
async fn a_manager_merges_and_the_auditor_sees_looks_at_both() {
    let office = Office::new().await;
    let (rep, outsider) = (office.actor("rep").await, office.actor("outsider").await);
    let director = office.actor("director").await;
    let made = async |name: &str, phone: &str| {
        let employees = if name.ends_with("公司") { 2000 } else { 10 };
        let body = json!({ "fields": { "name": name, "phone": phone, "employees": employees } });
        rep.post("/api/v1/records/customer", body).await.is(201).json()["id"].as_str().unwrap().to_owned()
    };
    let (first, second) = (made("远方贸易", "13700001111").await, made("远方贸易公司", "13700002222").await);
    let contact = json!({ "fields": { "customer": second, "name": "张三" } });
    let contact = rep.post("/api/v1/records/contact", contact).await.is(201).json()["id"].as_str().unwrap().to_owned();
    rep.get(&format!("/api/v1/records/customer/{second}")).await.is(200);

    let compare = json!({ "into": first, "from": [second] });
    let place = "/api/v1/records/customer/merge/compare";
    rep.post(place, compare.clone()).await.problem(403, "forbidden_on_record");
    outsider.post(place, compare.clone()).await.problem(404, "not_found");
    let told = director.post(place, compare).await.is(200).json();
    assert_eq!(told["records"][1]["fields"]["phone"], "13700002222");
    assert_eq!(told["along"], json!([{ "object": "contact", "count": 1 }]));

    let merge = |choose: Value| {
        let from = json!([{ "id": second, "version": 1 }]);
        json!({ "into": first, "version": 1, "from": from, "choose": choose, "reason": "录入了两次" })
    };
    let place = "/api/v1/records/customer/merge";
    rep.post(place, merge(json!({}))).await.problem(403, "forbidden");
    director.post(place, merge(json!({ "bank_account": second }))).await.problem(422, "invalid_values");
    director.post(place, merge(json!({ "phone": contact }))).await.problem(422, "invalid_values");
    // A rule that came later holds for what is chosen.
    let admin = office.actor("admin").await;
    let small = json!({ "hold": { "test": { "field": "employees", "op": "le", "value": 1000 } } });
    let message = json!({ "zh": "人数过多。", "en": "Too many people." });
    let check =
        |all: Value| admin.send("PATCH", "/api/v1/admin/objects/customer", &[], json!({ "checks": all }).to_string());
    check(json!([{ "field": "employees", "must": small, "message": message }])).await.is(200);
    let refused =
        director.post(place, merge(json!({ "employees": second }))).await.problem(422, "invalid_values").json();
    assert_eq!(refused["errors"][0]["code"], "rule", "{refused}");
    let mut stale = merge(json!({}));
    stale["version"] = json!(9);
    director.post(place, stale).await.problem(409, "conflict");
    director.post(place, merge(json!({ "phone": second }))).await.is(200);

    let now = rep.get(&format!("/api/v1/records/customer/{first}")).await.is(200).json();
    assert_eq!((&now["fields"]["phone"], &now["version"]), (&json!("13700002222"), &json!(2)));
    // What happened to a contact under the customer that is gone still stands in its timeline.
    let changes = rep.get(&format!("/api/v1/records/contact/{contact}/timeline?parts=changes")).await.is(200).json();
    assert!(changes["items"].as_array().unwrap().iter().any(|i| i.to_string().contains("created")), "{changes}");
    let reply = rep.get(&format!("/api/v1/records/customer/{second}")).await.problem(410, "merged");
    assert_eq!(reply.json()["detail"], json!(first));
    outsider.get(&format!("/api/v1/records/customer/{second}")).await.problem(404, "not_found");
    let seen = office.actor("auditor").await.get(&format!("/api/v1/audit/records/{first}")).await.is(200).json();
    assert_eq!(seen["merged"], json!([second]));
    let actions: Vec<&str> =
        seen["page"]["items"].as_array().unwrap().iter().map(|l| l["action"].as_str().unwrap()).collect();
    assert!(actions.contains(&"merge") && actions.iter().filter(|a| **a == "create").count() == 3, "{actions:?}");
}

#[tokio::test]
async fn a_merge_is_taken_back_over_http_and_what_was_changed_since_is_told() {
    let office = Office::new().await;
    let (rep, outsider) = (office.actor("rep").await, office.actor("outsider").await);
    let director = office.actor("director").await;
    let made = async |fields: Value| {
        let body = json!({ "fields": fields });
        rep.post("/api/v1/records/customer", body).await.is(201).json()["id"].as_str().unwrap().to_owned()
    };
    let first = made(json!({ "name": "远方贸易", "phone": "13700001111" })).await;
    let second = made(json!({ "name": "远方贸易公司", "phone": "13700002222", "email": "a@example.com" })).await;
    let contact = json!({ "fields": { "customer": second, "name": "张三" } });
    rep.post("/api/v1/records/contact", contact).await.is(201);
    let merge = json!({
        "into": first, "version": 1, "from": [{ "id": second, "version": 1 }], "choose": { "phone": second }, "reason": "录入了两次",
    });
    director.post("/api/v1/records/customer/merge", merge).await.is(200);
    let place = format!("/api/v1/records/customer/{first}");
    let change = json!({ "fields": { "email": "b@example.com" } }).to_string();
    rep.send("PATCH", &place, &[("if-match", "\"2\"")], change).await.is(200);

    // The timeline names the merge; what it would do is told to who may merge alone.
    let changes = rep.get(&format!("{place}/timeline?parts=changes")).await.is(200).json();
    let told = changes["items"].as_array().unwrap().iter().find(|i| i["change"]["kind"] == "merged").unwrap();
    assert_eq!(told["change"]["merge"], 2, "{changes}");
    let look = format!("{place}/merges/2");
    rep.get(&look).await.problem(403, "forbidden_on_record");
    outsider.get(&look).await.problem(404, "not_found");
    director.get(&format!("{place}/merges/x")).await.problem(404, "not_found");
    director.get(&format!("{place}/merges/7")).await.problem(409, "merge_undo_over");
    let told = director.get(&look).await.is(200).json();
    assert_eq!((&told["back"], &told["stays"]), (&json!(["phone"]), &json!(["email"])), "{told}");
    assert_eq!((&told["records"][1]["id"], &told["along"][0]["count"]), (&json!(second), &json!(1)));

    let undo = format!("{look}/undo");
    rep.post(&undo, json!({ "version": 3, "reason": "r" })).await.problem(403, "forbidden");
    director.post(&undo, json!({ "version": 3, "reason": " " })).await.problem(422, "invalid_values");
    director.post(&undo, json!({ "version": 2, "reason": "r" })).await.problem(409, "conflict");
    let done = director.post(&undo, json!({ "version": 3, "reason": "是两家" })).await.is(200).json();
    assert_eq!((&done["version"], &done["records"], &done["stays"]), (&json!(4), &json!([second]), &json!(["email"])));
    director.post(&undo, json!({ "version": 4, "reason": "r" })).await.problem(409, "merge_undone");
    let now = rep.get(&place).await.is(200).json();
    assert_eq!((&now["fields"]["phone"], &now["fields"]["email"]), (&json!("13700001111"), &json!("b@example.com")));
    let back = rep.get(&format!("/api/v1/records/customer/{second}")).await.is(200).json();
    assert_eq!((&back["fields"]["email"], &back["version"]), (&json!("a@example.com"), &json!(2)));
    let changes = rep.get(&format!("/api/v1/records/customer/{second}/timeline?parts=changes")).await.is(200).json();
    let kinds: Vec<_> = changes["items"].as_array().unwrap().iter().map(|i| i["change"]["kind"].clone()).collect();
    assert!(kinds.contains(&json!("parted")) && kinds.contains(&json!("created")), "{kinds:?}");
    let seen = office.actor("auditor").await.get(&format!("/api/v1/audit/records/{second}")).await.is(200).json();
    assert_eq!(seen["part_of"][0]["record"], json!(first));
}
