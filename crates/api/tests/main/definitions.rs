//! Definitions of object types: how they are laid out, and the versions that were.

use serde_json::{Value, json};

use crate::actors::Office;

const CUSTOMER: &str = "/api/v1/admin/objects/customer";

fn text(zh: &str, en: &str) -> Value {
    json!({ "zh": zh, "en": en })
}

fn layout(fields: Value, shown_if: Value) -> Value {
    let section = json!({ "label": text("基本", "Basics"), "columns": 2, "fields": fields });
    json!({ "tabs": [{ "label": text("资料", "Details"), "sections": [section] }], "shown_if": shown_if })
}

fn when(field: &str, value: &str) -> Value {
    json!({ "test": { "field": field, "op": "eq", "value": value } })
}

#[tokio::test]
async fn a_layout_is_told_as_far_as_its_fields_are_seen_and_a_wrong_one_is_refused() {
    let office = Office::new().await;
    let (admin, rep) = (office.actor("admin").await, office.actor("rep").await);
    let hidden = json!({ "name": "hush", "label": text("密", "Hush"), "type": { "kind": "text", "max": 10 }, "class": "internal" });
    admin.post(&format!("{CUSTOMER}/fields"), hidden).await.is(201);
    // The rep's rows reach internal fields, so one row takes this one away.
    let security = office.actor("security").await;
    let mut policy = security.get("/api/v1/admin/policy").await.is(200).json();
    policy["policy"]["rows"].as_array_mut().unwrap().push(json!({
        "id": "no_hush", "effect": "forbid", "who": { "role": "sales_rep" }, "objects": { "only": ["customer"] },
        "what": { "fields": { "fields": { "named": ["hush"] }, "level": "masked" } }, "scope": { "kind": "all" },
        "title": text("测试", "test"),
    }));
    let next = json!({ "base": policy["version"], "policy": policy["policy"], "reason": "试" });
    security.post("/api/v1/admin/policy", next).await.is(200);

    let shown_if = json!([
        { "field": "region", "when": when("level", "A") },
        { "field": "industry", "when": when("hush", "yes") },
    ]);
    let wanted = layout(json!(["name", "hush", "level"]), shown_if);
    let patch = async |layout: Value| admin.send("PATCH", CUSTOMER, &[], json!({ "layout": layout }).to_string()).await;
    assert_eq!(patch(wanted.clone()).await.is(200).json()["layout"], wanted);

    let workspace = rep.get("/api/v1/me/workspace").await.is(200).json();
    let customer = workspace["objects"].as_array().unwrap().iter().find(|o| o["name"] == "customer").unwrap();
    // Neither the field nor what is shown by its value.
    assert!(!customer["layout"].to_string().contains("hush"), "{}", customer["layout"]);
    assert_eq!(customer["layout"]["tabs"][0]["sections"][0]["fields"], json!(["name", "level"]));
    assert_eq!(customer["layout"]["shown_if"].as_array().unwrap().len(), 1);

    let wrong = [
        layout(json!(["name", "name"]), json!([])),
        layout(json!(["nothing"]), json!([])),
        layout(json!(["name"]), json!([{ "field": "name", "when": when("level", "A") }])),
        // A sealed field cannot be asked, nor a value that the field cannot have.
        layout(json!(["name"]), json!([{ "field": "region", "when": when("phone", "13800138000") }])),
        layout(
            json!(["name"]),
            json!([{ "field": "region", "when": json!({ "test": { "field": "level", "op": "lt", "value": 3 } }) }]),
        ),
        json!({ "tabs": [] }),
    ];
    for layout in wrong {
        let problem = patch(layout).await.problem(422, "invalid_values");
        assert!(!problem.text().contains("13800138000"));
    }
    assert!(patch(Value::Null).await.is(200).json().get("layout").is_none());
    rep.send("PATCH", CUSTOMER, &[], json!({ "layout": null }).to_string()).await.problem(403, "forbidden");
}

#[tokio::test]
async fn versions_are_kept_as_they_were_and_taken_back_but_for_what_came_since() {
    let office = Office::new().await;
    let (admin, rep) = (office.actor("admin").await, office.actor("rep").await);
    let versions = format!("{CUSTOMER}/versions");
    let shipped = admin.get(&versions).await.is(200).json();
    assert_eq!(shipped["items"], json!([{ "version": 1, "at": null, "author": null }]));

    let label = json!({ "label": text("大客户", "Key account") });
    admin.send("PATCH", CUSTOMER, &[], label.to_string()).await.is(200);
    let extra =
        json!({ "name": "extra", "label": text("附", "Extra"), "type": { "kind": "bool" }, "class": "internal" });
    admin.post(&format!("{CUSTOMER}/fields"), extra).await.is(201);
    let all = admin.get(&versions).await.is(200).json();
    let numbers: Vec<_> = all["items"].as_array().unwrap().iter().map(|v| v["version"].as_i64().unwrap()).collect();
    assert_eq!(numbers, [3, 2, 1]);
    assert_eq!(all["items"][0]["author"], json!(office.company.id("admin")));
    assert!(all["items"][2]["author"].is_null());

    let first = admin.get(&format!("{versions}/1")).await.is(200).json();
    assert_eq!((&first["version"], &first["object"]["label"]["en"]), (&json!(1), &json!("Customer")));
    let restore = format!("{CUSTOMER}/restore");
    admin.post(&restore, json!({ "version": 1, "current": 2 })).await.problem(409, "conflict");
    let back = admin.post(&restore, json!({ "version": 1, "current": 3 })).await.is(200).json();
    assert_eq!(back["label"]["en"], "Customer");
    assert!(back["fields"].as_array().unwrap().iter().any(|f| f["name"] == "extra"), "what came since stays");

    // Once there are records, what would show their values to more people is not taken back.
    office.customer("rep", "上海明光贸易").await;
    let raise = json!({ "class": "sensitive" });
    admin.send("PATCH", &format!("{CUSTOMER}/fields/phone"), &[], raise.to_string()).await.is(200);
    admin.post(&restore, json!({ "version": 4, "current": 5 })).await.problem(409, "has_records");

    for missing in [format!("{versions}/77"), format!("{versions}/x"), "/api/v1/admin/objects/nothing/versions".into()]
    {
        admin.get(&missing).await.problem(404, "not_found");
    }
    rep.get(&versions).await.problem(403, "forbidden");
    rep.post(&restore, json!({ "version": 1, "current": 5 })).await.problem(403, "forbidden");
}
