//! Files that records carry: added, listed, taken and taken away over the API.

use api::ApiConfig;
use axum::body::Body;
use model::{Action, Decision};
use serde_json::{Value, json};

use crate::actors::{Actor, Office, Reply};

const RULES: &str = "/api/v1/admin/file-rules";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n the rest of a picture";
const NAME: &str = "身份证正面.png";

fn place(record: &str) -> String {
    format!("/api/v1/records/customer/{record}/attachments")
}
fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

async fn add(who: &Actor<'_>, record: &str, name: &str, body: impl Into<Body>) -> Reply {
    let body: Body = body.into();
    who.send("POST", &place(record), &[("x-file-name", &encoded(name))], body).await
}
async fn list(who: &Actor<'_>, record: &str) -> Value {
    who.get(&place(record)).await.is(200).json()
}
async fn rules(office: &Office, change: Value) -> Reply {
    let admin = office.actor("admin").await;
    let mut rules = admin.get(RULES).await.is(200).json();
    for (key, value) in change.as_object().unwrap() {
        rules[key] = value.clone();
    }
    admin.send("PUT", RULES, &[], rules.to_string()).await
}

#[tokio::test]
async fn a_record_carries_a_file_that_is_taken_recorded_and_taken_away() {
    let office = Office::new().await;
    let record = office.customer("rep", "甲公司").await;
    let (rep, lead, other) = (office.actor("rep").await, office.actor("lead").await, office.actor("colleague").await);
    let added = add(&rep, &record, &format!("../x/{NAME}"), PNG).await.is(201);
    let file = added.json();
    assert_eq!((&file["name"], &file["kind"], &file["bytes"]), (&json!(NAME), &json!("png"), &json!(PNG.len())));
    let path = added.header("location").to_owned();
    assert_eq!(path, format!("{}/{}", place(&record), file["id"].as_str().unwrap()));

    let taken = rep.get(&path).await.is(200);
    assert_eq!(taken.bytes, PNG);
    assert_eq!(taken.header("content-type"), "image/png");
    assert_eq!(taken.header("content-length"), PNG.len().to_string());
    assert!(
        taken.header("content-disposition").starts_with("attachment; filename=\"_____.png\"; filename*=UTF-8''%E8")
    );
    assert!(taken.header("content-security-policy").starts_with("sandbox; default-src 'none'"));
    assert_eq!((taken.header("x-content-type-options"), taken.header("cache-control")), ("nosniff", "no-store"));
    assert!(taken.header("repr-digest").starts_with("sha-256=:"));
    let seen = list(&rep, &record).await;
    assert_eq!((&seen["items"][0]["sha256"], &seen["may_add"]), (&file["sha256"], &json!(true)));

    // To others it is not there, as what never was.
    let missing = other.get(&path).await.problem(404, "not_found");
    let never = path.replace(file["id"].as_str().unwrap(), "0190c8f4-0000-7000-8000-000000000000");
    assert_eq!(missing.bytes, other.get(&never).await.problem(404, "not_found").bytes);
    rep.get(&never).await.problem(404, "not_found");
    other.get(&place(&record)).await.problem(404, "not_found");
    add(&other, &record, NAME, PNG).await.problem(404, "not_found");
    other.send("DELETE", &path, &[], "").await.problem(404, "not_found");
    // An HTML page is given as bytes to be saved, whatever the rules take.
    rules(&office, json!({ "refused": [] })).await.is(204);
    let page = add(&rep, &record, "a.html", "<script>alert(1)</script>").await.is(201);
    let page = lead.get(page.header("location")).await.is(200);
    assert_eq!(page.header("content-type"), "application/octet-stream");

    lead.send("DELETE", &path, &[], "").await.is(204);
    rep.get(&path).await.problem(404, "not_found");
    assert_eq!(list(&rep, &record).await["items"].as_array().unwrap().len(), 1);
    // Who looked at the record is told of the files, and nobody of their names.
    let looks = rep.get(&format!("/api/v1/records/customer/{record}/looks")).await.is(200);
    let downloads: Vec<Value> =
        looks.json()["items"].as_array().unwrap().iter().filter(|l| l["action"] == "download_file").cloned().collect();
    assert_eq!(downloads.iter().filter(|l| l["shown"] == json!(["attachments"])).count(), 2, "{downloads:?}");
    let log = office.actor("auditor").await.get("/api/v1/audit/events?actions=attach,download_file,view").await.is(200);
    assert!(!log.text().contains("身份证"));
    assert_eq!(office.events(Action::Attach, Decision::Allowed).await, 3);
    assert_eq!(office.events(Action::DownloadFile, Decision::Allowed).await, 2);
    let none = office.base.bytes_on_disk().windows(12).any(|w| w == &NAME.as_bytes()[..12]);
    assert!(!none, "the name lies nowhere in the clear");
}

#[tokio::test]
async fn what_the_rules_do_not_take_is_refused_with_its_reason() {
    let office = Office::new().await;
    let record = office.customer("rep", "甲公司").await;
    let rep = office.actor("rep").await;
    for (name, content, status, code) in [
        ("run.exe", &b"MZ"[..], 422, "file_type_refused"),
        ("invoice.pdf", &[b"MZ\x90".as_slice(), &[0; 600]].concat(), 422, "file_type_refused"),
        ("note.txt", b"#!/bin/sh", 422, "file_type_refused"),
        ("a.svg", b"<svg/>", 422, "file_type_refused"),
        ("a.txt", b"", 422, "file_empty"),
        ("..", b"x", 422, "invalid_values"),
        ("", b"x", 422, "invalid_values"),
    ] {
        add(&rep, &record, name, content.to_vec()).await.problem(status, code);
    }
    rep.send("POST", &place(&record), &[("x-file-name", "%ff")], "x").await.problem(422, "invalid_values");
    rules(&office, json!({ "most_mb": 1, "per_record": 2 })).await.is(204);
    // Said beforehand, it is answered at once; else as soon as it is too much.
    let large = vec![7; (1 << 20) + 1];
    let length = (10_u64 << 30).to_string();
    let said = rep.send("POST", &place(&record), &[("x-file-name", "a"), ("content-length", &length)], "x").await;
    said.problem(413, "file_too_large");
    let pieces =
        futures_util::stream::iter(large.chunks(9000).map(|c| Ok::<_, std::io::Error>(c.to_vec())).collect::<Vec<_>>());
    add(&rep, &record, "a", Body::from_stream(pieces)).await.problem(413, "file_too_large");
    let broken = futures_util::stream::iter([Ok(vec![1; 300_000]), Err(std::io::Error::other("gone"))]);
    add(&rep, &record, "a", Body::from_stream(broken)).await.problem(400, "malformed_request");
    assert_eq!(
        office.number("SELECT (SELECT COUNT(*) FROM attachment) + (SELECT COUNT(*) FROM attachment_part)").await,
        0
    );
    for n in 0..2 {
        add(&rep, &record, &format!("{n}"), large[1..].to_vec()).await.is(201);
    }
    add(&rep, &record, "a", "x").await.problem(409, "too_many_files");
    rules(&office, json!({ "total_mb": 2, "per_record": 50 })).await.is(204);
    add(&rep, &record, "a", "x").await.problem(409, "files_full");
    for wrong in
        [json!({ "most_mb": 0 }), json!({ "per_record": 201 }), json!({ "total_mb": 0 }), json!({ "refused": ["."] })]
    {
        rules(&office, wrong).await.problem(422, "invalid_values");
    }
    rep.get(RULES).await.problem(403, "forbidden");
}

#[tokio::test]
async fn an_upload_nobody_goes_on_with_ends_and_leaves_nothing() {
    let config = ApiConfig { timeout: std::time::Duration::from_millis(50), ..ApiConfig::default() };
    let office = Office::with(config).await;
    let record = office.customer("rep", "甲公司").await;
    let rep = office.actor("rep").await;
    let pieces = futures_util::StreamExt::chain(
        futures_util::stream::iter([Ok::<_, std::io::Error>(vec![1; 300_000])]),
        futures_util::stream::pending(),
    );
    add(&rep, &record, "a", Body::from_stream(pieces)).await.problem(400, "malformed_request");
    assert_eq!(office.number("SELECT COUNT(*) FROM attachment_part").await, 0);
}
