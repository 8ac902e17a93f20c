//! Asking for access: what who asks is answered tells nothing of what is not theirs.

use serde_json::{Value, json};

use crate::actors::{Actor, Office, Reply};

const NOTHING: &str = "0190c8f4-0000-7000-8000-000000000000";

async fn ask(who: &Actor<'_>, record: &str) -> Reply {
    let body = json!({ "object": "customer", "record": record, "days": 7, "reason": "a client of theirs called" });
    who.post("/api/v1/requests", body).await
}

/// Everything of an answer but ids and moments.
fn shape(reply: &Reply) -> (u16, Vec<String>, usize) {
    let names = reply.headers.keys().map(ToString::to_string).collect();
    (reply.status.as_u16(), names, reply.bytes.len())
}

fn plain(mut item: Value) -> Value {
    for changing in ["id", "record", "made_at", "lapses_at"] {
        item[changing] = Value::Null;
    }
    item
}

#[tokio::test]
async fn a_request_about_nothing_is_answered_and_shown_like_one_about_a_record() {
    let office = Office::new().await;
    let id = office.customer("rep", "上海明光贸易").await;
    let (outsider, rep, lead) = (office.actor("outsider").await, office.actor("rep").await, office.actor("lead").await);
    let there = ask(&outsider, &id).await.is(201);
    let nothing = ask(&outsider, NOTHING).await.is(201);
    assert_eq!(shape(&there), shape(&nothing));
    let again = (ask(&outsider, &id).await, ask(&outsider, NOTHING).await);
    assert_eq!(shape(&again.0), shape(&again.1));
    again.0.problem(409, "request_waiting");

    // Refused by who owns it: to who asked, nothing has changed.
    let inbox = rep.get("/api/v1/requests/inbox").await.is(200).json();
    assert_eq!(inbox["items"].as_array().unwrap().len(), 1, "{inbox}");
    let request = inbox["items"][0]["id"].as_str().unwrap().to_owned();
    let place = format!("/api/v1/requests/{request}/decide");
    rep.post(&place, json!({ "consent": false, "version": 1 })).await.problem(422, "invalid_values");
    lead.post(&place, json!({ "consent": false, "version": 9, "comment": "no" })).await.problem(409, "conflict");
    rep.post(&place, json!({ "consent": false, "version": 1, "comment": "no" })).await.is(200);
    let own = outsider.get("/api/v1/requests").await.is(200).json();
    let items = own["items"].as_array().unwrap();
    assert_eq!((items.len(), items[0]["state"].as_str()), (2, Some("waiting")));
    assert_eq!(plain(items[0].clone()), plain(items[1].clone()));
    outsider.post(&place, json!({ "consent": true, "version": 2 })).await.problem(404, "not_found");
    assert_eq!(lead.get("/api/v1/requests/inbox/count").await.is(200).json()["count"], 0);
}

#[tokio::test]
async fn a_deputy_and_a_flow_are_set_and_read_back() {
    let office = Office::new().await;
    let (lead, admin, rep) = (office.actor("lead").await, office.actor("admin").await, office.actor("rep").await);
    let until = model::Clock::now(&*office.company.clock).plus_days(3).0;
    let deputy = json!({ "user": office.company.id("colleague"), "until": until });
    lead.send("PUT", "/api/v1/me/deputy", &[], deputy.to_string()).await.is(204);
    assert_eq!(lead.get("/api/v1/me/deputy").await.is(200).json(), deputy);
    lead.send("PUT", "/api/v1/me/deputy", &[], json!({ "user": null, "until": until }).to_string())
        .await
        .problem(422, "invalid_values");
    let flow = json!({
        "name": "large", "label": { "zh": "大量导出", "en": "Large exports" }, "subject": "export", "object": "customer",
        "above_rows": 100, "steps": [{ "approvers": [{ "kind": "manager", "id": 1 }], "mode": "any", "hours": 24 }],
    });
    let flows = json!({ "flows": [flow] }).to_string();
    rep.send("PUT", "/api/v1/admin/flows", &[], flows.clone()).await.problem(403, "forbidden");
    admin.send("PUT", "/api/v1/admin/flows", &[], flows).await.is(204);
    assert_eq!(admin.get("/api/v1/admin/flows").await.is(200).json()["items"], json!([flow]));
    let asked = json!({ "subject": "export", "requester": office.company.id("rep") });
    let seats = admin.post("/api/v1/admin/flows/who-decides", asked).await.is(200).json();
    let may: Vec<&str> =
        seats["steps"][0][0]["may"].as_array().unwrap().iter().filter_map(|m| m["by"].as_str()).collect();
    assert_eq!(may, ["named", "deputy"]);
}
