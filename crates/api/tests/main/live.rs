//! The log as it grows: in order, nothing twice, nothing missed, and over when the right to see it is.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use futures_util::StreamExt as _;
use model::{Action, Decision};
use serde_json::{Value, json};

use crate::actors::{Actor, Office};

/// One part of the stream.
#[derive(Debug, Clone)]
struct Part {
    name: String,
    id: Option<i64>,
    data: Value,
}

fn parts(text: &str) -> Vec<Part> {
    let field =
        |block: &str, name: &str| block.lines().find_map(|l| l.strip_prefix(&format!("{name}: "))).map(str::to_owned);
    let blocks = text.split("\n\n").filter(|b| b.contains("event: "));
    blocks
        .map(|b| Part {
            name: field(b, "event").unwrap(),
            id: field(b, "id").and_then(|id| id.parse().ok()),
            data: serde_json::from_str(&field(b, "data").unwrap()).unwrap(),
        })
        .collect()
}

async fn since(who: &Actor<'_>, query: &str, headers: &[(&str, &str)]) -> Vec<Part> {
    let reply = who.send("GET", &format!("/api/v1/audit/live?seconds=0{query}"), headers, "").await.is(200);
    assert_eq!(reply.header("content-type"), "text/event-stream");
    parts(&reply.text())
}

fn indexes(parts: &[Part]) -> Vec<i64> {
    parts.iter().filter(|p| p.name == "event").filter_map(|p| p.id).collect()
}

async fn next(stream: &mut BodyDataStream) -> Part {
    let bytes = tokio::time::timeout(Duration::from_secs(12), stream.next()).await.unwrap().unwrap().unwrap();
    parts(std::str::from_utf8(&bytes).unwrap()).pop().unwrap()
}

#[tokio::test]
async fn who_comes_back_misses_nothing_and_sees_nothing_twice() {
    let office = Office::new().await;
    let (rep, auditor) = (office.actor("rep").await, office.actor("auditor").await);
    let id = office.customer("rep", "上海明光贸易").await;
    let newest =
        auditor.get("/api/v1/audit/events?limit=1").await.is(200).json()["items"][0]["index"].as_i64().unwrap();
    rep.get(&format!("/api/v1/records/customer/{id}")).await.is(200);
    rep.get("/api/v1/admin/settings").await.problem(403, "forbidden");
    let first = since(&auditor, &format!("&after={newest}"), &[]).await;
    assert_eq!((first[0].name.as_str(), first[0].id), ("start", Some(newest)));
    assert_eq!(first.last().map(|p| (p.name.as_str(), p.data["code"].clone())), Some(("end", json!("time_over"))));
    let seen = indexes(&first);
    let most = *seen.last().unwrap();
    // Every position, its own asking included.
    assert_eq!(seen, (newest + 1..=most).collect::<Vec<_>>());
    let view = first.iter().find(|p| p.data["action"] == "view").unwrap();
    assert_eq!((&view.data["object"], &view.data["touches"]), (&json!("customer"), &json!(1)));
    assert!(!first.iter().any(|p| p.data.to_string().contains("明光")), "no value of a customer");

    let again = since(&auditor, "&after=0", &[("last-event-id", &most.to_string())]).await;
    assert!(indexes(&again).iter().all(|i| *i > most));
    let refused = since(&auditor, &format!("&after={newest}&decisions=refused"), &[]).await;
    let refused: Vec<&Value> = refused.iter().filter(|p| p.name == "event").map(|p| &p.data["decision"]).collect();
    assert_eq!(refused, [&json!("refused")]);

    // What is not the log's, and whose it is not.
    rep.get("/api/v1/audit/live").await.problem(403, "forbidden");
    office.anonymous().get("/api/v1/audit/live").await.problem(401, "unauthenticated");
    auditor.get("/api/v1/audit/live?after=99999999").await.problem(422, "invalid_values");
    auditor.get("/api/v1/audit/live?decisions=maybe").await.problem(400, "malformed_query");
    auditor.send("GET", "/api/v1/audit/live", &[("last-event-id", "x")], "").await.problem(400, "malformed_request");
}

#[tokio::test]
async fn watching_is_recorded_and_ends_with_the_right_to_watch() {
    let office = Office::new().await;
    let (rep, auditor) = (office.actor("rep").await, office.actor("auditor").await);
    let reads = async || office.events(Action::AuditRead, Decision::Allowed).await;
    let before = reads().await;
    let request = auditor.request("GET", "/api/v1/audit/live?actions=list").body(Body::empty()).unwrap();
    let answer = office.open(request).await;
    assert_eq!(answer.headers()["x-audit-event"].len(), 36);
    let mut stream = answer.into_body().into_data_stream();
    assert_eq!(next(&mut stream).await.name, "start");
    assert_eq!(reads().await, before + 1);
    rep.get("/api/v1/records/customer").await.is(200);
    let line = next(&mut stream).await;
    assert_eq!((line.name.as_str(), &line.data["action"]), ("event", &json!("list")));
    // Ten minutes later it is recorded again, once.
    office.company.clock.advance_ms(601_000);
    rep.get("/api/v1/records/customer").await.is(200);
    next(&mut stream).await;
    assert_eq!(reads().await, before + 2);

    let (admin, user) = (office.actor("admin").await, office.company.id("auditor"));
    let tokens = admin.get(&format!("/api/v1/admin/users/{user}/tokens")).await.is(200).json();
    for token in tokens["items"].as_array().unwrap() {
        let place = format!("/api/v1/admin/tokens/{}", token["id"].as_str().unwrap());
        admin.send("DELETE", &place, &[], "").await.is(204);
    }
    let end = next(&mut stream).await;
    assert_eq!((end.name.as_str(), &end.data["code"]), ("end", &json!("session_ended")));
    assert!(stream.next().await.is_none());
}
