//! Duplicates on entry over HTTP: told to who may make such a record, and no more of others' than that it is there.

use model::{Action, Decision};
use serde_json::{Value, json};

use crate::actors::{Actor, Office};

async fn asked(actor: &Actor<'_>, fields: Value) -> Value {
    let reply = actor.post("/api/v1/records/customer/duplicates", json!({ "fields": fields })).await.is(200);
    reply.json()["items"].clone()
}

async fn made(actor: &Actor<'_>, body: Value) -> String {
    actor.post("/api/v1/records/customer", body).await.is(201).json()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_may_be_there_already_is_told_before_it_is_made_twice() {
    let office = Office::new().await;
    let (rep, outsider) = (office.actor("rep").await, office.actor("outsider").await);
    let first = json!({ "name": "远方贸易（上海）有限公司", "phone": "+86 137-0000-1111", "email": "a@Example.com" });
    let own = made(&rep, json!({ "fields": first })).await;

    // Another spelling, one's own record: by its id.
    let before = office.events(Action::List, Decision::Allowed).await;
    let found = asked(&rep, json!({ "name": "远方贸易(上海)", "phone": "１３７００００１１１１" })).await;
    assert_eq!(
        found,
        json!([
            { "field": "name", "whose": "seen", "id": own }, { "field": "phone", "whose": "seen", "id": own },
        ])
    );
    assert_eq!(office.events(Action::List, Decision::Allowed).await, before + 1);
    assert_eq!(asked(&rep, json!({ "name": "近处贸易", "phone": "13700002222" })).await, json!([]));

    // Somebody else's: that it is there, and nothing of it.
    let reply = outsider
        .post("/api/v1/records/customer/duplicates", json!({ "fields": { "email": "A@example.COM" } }))
        .await
        .is(200);
    assert_eq!(reply.json()["items"], json!([{ "field": "email", "whose": "other", "id": null }]));
    assert!(!reply.text().contains(&own));
    // Who saw this customer tells that somebody asked.
    let auditor = office.actor("auditor").await;
    let seen = auditor.get(&format!("/api/v1/audit/records/{own}")).await.is(200).json();
    let outsider_id = office.company.id("outsider").to_string();
    assert!(seen.to_string().contains(&outsider_id), "{seen}");

    let again = json!({ "name": "远方贸易（上海）", "phone": "13700001111" });
    let refused = json!({ "fields": again, "allow_duplicate": false });
    let reply = outsider.post("/api/v1/records/customer", refused).await.problem(409, "possible_duplicate");
    let told = reply.json()["detail"].as_str().unwrap().to_owned();
    assert_eq!(told, "name: one of somebody else; phone: one of somebody else");
    let accepted = json!({ "fields": again, "allow_duplicate": true });
    made(&outsider, accepted).await;
    // Left out, nobody looks: programs that import are not stopped.
    made(&outsider, json!({ "fields": again })).await;

    // In a pool, seen by pool rules or told as such.
    let pool = json!({ "fields": { "name": "公海客户", "phone": "13700003333" }, "pool": true });
    let director = office.actor("director").await;
    director.post("/api/v1/records/customer", pool).await.is(201);
    let found = asked(&rep, json!({ "phone": "13700003333" })).await;
    assert!(["seen", "pool"].contains(&found[0]["whose"].as_str().unwrap()), "{found}");
}

#[tokio::test]
async fn asking_is_no_oracle() {
    let office = Office::new().await;
    let (rep, admin) = (office.actor("rep").await, office.actor("admin").await);
    let place = "/api/v1/records/customer/duplicates";
    admin.post(place, json!({ "fields": { "phone": "13700001111" } })).await.problem(403, "forbidden");
    office.actor("finance").await.post(place, json!({ "fields": { "phone": "1" } })).await.problem(403, "forbidden");
    rep.post(place, json!({ "fields": { "no_such": "1" } })).await.problem(422, "invalid_values");
    rep.post(place, json!({})).await.problem(422, "invalid_values");
    let mut last = 200;
    for _ in 0..130 {
        last = rep.post(place, json!({ "fields": { "phone": "13700001111" } })).await.status.as_u16();
        if last != 200 {
            break;
        }
    }
    assert_eq!(last, 429);
    let reply = rep.post(place, json!({ "fields": { "phone": "13700001111" } })).await.problem(429, "rate_limited");
    assert!(!reply.text().contains("13700001111"));
}

#[tokio::test]
async fn what_a_change_would_make_the_same_is_told_too() {
    let office = Office::new().await;
    let (rep, outsider) = (office.actor("rep").await, office.actor("outsider").await);
    let theirs = made(&outsider, json!({ "fields": { "name": "远方贸易", "phone": "13700001111" } })).await;
    let own =
        made(&rep, json!({ "fields": { "name": "近处贸易", "phone": "13700002222", "email": "a@example.com" } })).await;
    let place = "/api/v1/records/customer/duplicates";
    let asked =
        async |record: &str, fields: Value| rep.post(place, json!({ "record": record, "fields": fields })).await;
    // It is no duplicate of itself, and another's is told as such.
    let found = asked(&own, json!({ "phone": "13700002222", "name": "远方贸易有限公司" })).await.is(200).json();
    assert_eq!(found["items"], json!([{ "field": "name", "whose": "other", "id": null }]));
    // Leaving out what one may not see would tell what it holds.
    asked(&theirs, json!({ "phone": "13700001111" })).await.problem(404, "not_found");

    let at = format!("/api/v1/records/customer/{own}");
    let patch =
        async |version: &str, body: Value| rep.send("PATCH", &at, &[("if-match", version)], body.to_string()).await;
    let change = json!({ "phone": "+86 13700001111" });
    let reply = patch("\"1\"", json!({ "fields": change, "allow_duplicate": false })).await;
    let reply = reply.problem(409, "possible_duplicate");
    assert_eq!(reply.json()["detail"], "phone: one of somebody else");
    // What is not changed is not asked about, and what is accepted is done.
    patch("\"1\"", json!({ "fields": { "region": "华东" }, "allow_duplicate": false })).await.is(200);
    patch("\"2\"", json!({ "fields": { "email": "a@example.com" }, "allow_duplicate": false })).await.is(200);
    patch("\"3\"", json!({ "fields": change, "allow_duplicate": true })).await.is(200);
    // Left out, nobody looks.
    patch("\"4\"", json!({ "fields": { "name": "远方贸易" } })).await.is(200);
}
