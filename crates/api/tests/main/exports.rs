//! Exports as files: made in the background, taken by who asked, expiring, and traced.

use serde_json::{Value, json};
use store::company::Note;
use store::exports::AskFile;
use store::records::ListRecords;

use crate::actors::{Actor, Office, Reply};

const ASK: &str = "/api/v1/records/customer/exports";
const INBOX: &str = "/api/v1/requests/inbox";
const RULES: &str = "/api/v1/admin/export-rules";
/// Not found in the database's own files, whatever was exported.
const CANARY: &str = "上海明光贸易有限公司";

fn wanted() -> Value {
    json!({ "format": "csv", "purpose": "年度拜访" })
}

async fn ask(who: &Actor<'_>) -> String {
    let asked = who.post(ASK, wanted()).await.is(201).json();
    asked["id"].as_str().unwrap().to_owned()
}

/// Waits until it is not under way any more.
async fn settled(who: &Actor<'_>, id: &str) -> Value {
    for _ in 0..2000 {
        let now = who.get(&format!("/api/v1/exports/{id}/progress")).await.is(200).json();
        if now["state"] != "running" {
            return now;
        }
        tokio::task::yield_now().await;
    }
    panic!("the export never ended");
}

async fn take(who: &Actor<'_>, id: &str) -> Reply {
    who.get(&format!("/api/v1/exports/{id}/file")).await
}

fn rules(change: Value) -> Value {
    let mut rules = json!({
        "rows_per_day": null, "approve_above": null, "approve_sensitive": false, "lasts_hours": 24, "downloads": 10,
    });
    for (key, value) in change.as_object().unwrap() {
        rules[key] = value.clone();
    }
    rules
}

async fn set(office: &Office, change: Value) {
    office.actor("admin").await.send("PUT", RULES, &[], rules(change).to_string()).await.is(204);
}

async fn decide(who: &Actor<'_>, request: &Value, consent: bool) {
    let path = format!("/api/v1/requests/{}/decide", request["id"].as_str().unwrap());
    let body = json!({ "version": request["version"], "consent": consent, "comment": "核对过" });
    let done = who.post(&path, body).await;
    assert!(done.status.is_success(), "{}", done.text());
}

async fn first(who: &Actor<'_>, path: &str) -> Value {
    who.get(path).await.is(200).json()["items"][0].clone()
}

#[tokio::test]
async fn an_export_becomes_a_file_that_is_taken_recorded_and_expires() {
    let office = Office::new().await;
    office.customer("rep", CANARY).await;
    office.customer("rep", "乙公司").await;
    let (rep, auditor) = (office.actor("rep").await, office.actor("auditor").await);
    rep.post(ASK, json!({ "format": "csv" })).await.problem(403, "purpose_needed");
    let id = ask(&rep).await;
    let done = settled(&rep, &id).await;
    assert_eq!((&done["state"], &done["rows"], &done["at_most"]), (&json!("ready"), &json!(2), &json!(2)));
    let file = take(&rep, &id).await.is(200);
    assert_eq!(file.header("content-length"), file.bytes.len().to_string());
    assert_eq!(file.header("x-audit-event").len(), 36);
    let text = file.text();
    assert!(text.contains(CANARY) && text.contains("13800138000") && text.contains("孙销售 (rep)"), "{text}");
    assert!(text.lines().last().unwrap().contains(&id), "{text}");
    // What lies in the database shows nothing of it.
    for needle in [CANARY, "13800138000", "年度拜访"] {
        let there = office.base.bytes_on_disk().windows(needle.len()).any(|w| w == needle.as_bytes());
        assert!(!there, "{needle}");
    }

    // Another's id is not there, like one that never was.
    let lead = office.actor("lead").await;
    let other = take(&lead, &id).await.problem(404, "not_found");
    let none = take(&lead, "0190c8f4-0000-7000-8000-000000000000").await.problem(404, "not_found");
    assert_eq!(other.bytes, none.bytes);
    for act in ["cancel", "start"] {
        lead.post(&format!("/api/v1/exports/{id}/{act}"), json!({})).await.problem(404, "not_found");
    }
    lead.get(&format!("/api/v1/exports/{id}/progress")).await.problem(404, "not_found");
    assert_eq!(lead.get("/api/v1/exports").await.is(200).json()["items"], json!([]));
    lead.get("/api/v1/audit/exports").await.problem(403, "forbidden");

    let own = first(&rep, "/api/v1/exports").await;
    assert_eq!((&own["purpose"], &own["downloads"][0]["address"]), (&json!("年度拜访"), &json!("192.0.2.7")));
    let seen = first(&auditor, "/api/v1/audit/exports?state=ready").await;
    assert_eq!((&seen["id"], &seen["user_name"], &seen["rows"]), (&json!(id), &json!("孙销售"), &json!(2)));
    // Asked through the log, which waits until everything has its place. An intent, the chunk and the outcome; then the download.
    let log = auditor.get("/api/v1/audit/events?actions=export,download").await.is(200).json();
    let told: Vec<_> = log["items"].as_array().unwrap().iter().map(|e| (&e["action"], &e["decision"])).collect();
    let of = |action: &'static str, decision: &'static str| {
        told.iter().filter(|(a, d)| **a == action && **d == decision).count()
    };
    assert_eq!((of("export", "intent"), of("export", "allowed"), of("download", "allowed")), (1, 2, 1), "{told:?}");
    assert_eq!((of("download", "refused"), of("export", "refused")), (2, 3), "{told:?}");
    auditor.get("/api/v1/audit/exports?state=gone").await.problem(422, "invalid_values");
    auditor.get("/api/v1/audit/exports?limit=0").await.problem(422, "invalid_values");

    for _ in 1..10 {
        take(&rep, &id).await.is(200);
    }
    take(&rep, &id).await.problem(409, "export_downloads_used");

    office.company.clock.advance_ms(24 * 3_600_000);
    take(&rep, &id).await.problem(410, "export_expired");
    assert_eq!(first(&rep, "/api/v1/exports").await["state"], "expired");
    assert_eq!(office.number("SELECT COUNT(*) FROM export_key").await, 1);
    let now = office.company.caller("admin").at;
    assert_eq!(office.company.store.sweep_exports(now).await.unwrap(), 1);
    assert_eq!(office.company.store.sweep_exports(now).await.unwrap(), 0);
    assert_eq!(office.number("SELECT (SELECT COUNT(*) FROM export_key) + (SELECT COUNT(*) FROM export_part)").await, 0);
    take(&rep, &id).await.problem(410, "export_expired");
}

#[tokio::test]
async fn a_file_tells_the_auditor_its_export_also_without_its_last_row() {
    let office = Office::new().await;
    for n in 0..8 {
        office.customer("rep", &format!("公司{n}")).await;
    }
    let (rep, auditor) = (office.actor("rep").await, office.actor("auditor").await);
    let (one, two) = (ask(&rep).await, ask(&rep).await);
    let mut files = vec![];
    for id in [&one, &two] {
        settled(&rep, id).await;
        files.push(take(&rep, id).await.is(200).text());
    }
    let ids = |text: &str| -> Vec<String> {
        let rows = text.trim_start_matches('\u{feff}').lines().skip(1);
        rows.filter_map(|row| row.split(',').next()).filter(|id| id.len() == 36).map(str::to_owned).collect()
    };
    let (mine, others) = (ids(&files[0]), ids(&files[1]));
    assert_eq!(mine.len(), 8);
    // The same ids, written otherwise.
    assert_ne!(mine, others);
    let small = |ids: &[String]| ids.iter().map(|id| id.to_lowercase()).collect::<Vec<_>>();
    assert_eq!(small(&mine), small(&others));
    let trace = async |ids: &[String], named: Value| {
        let found = auditor.post("/api/v1/audit/exports/trace", json!({ "ids": ids, "named": named })).await.is(200);
        let items = found.json()["items"].as_array().unwrap().clone();
        items.iter().map(|i| i["export"]["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(trace(&mine, json!([])).await, [one.as_str()]);
    // Some of the rows, in another order.
    let some = [5, 1, 3, 0, 7, 2].map(|n: usize| others[n].clone());
    assert_eq!(trace(&some, json!([])).await, [two.as_str()]);
    // Letters made alike tell nothing; a name in the file does.
    assert_eq!(trace(&small(&mine), json!([])).await, Vec::<String>::new());
    assert_eq!(trace(&[], json!([two])).await, [two.as_str()]);
    rep.post("/api/v1/audit/exports/trace", json!({ "ids": mine })).await.problem(403, "forbidden");
    auditor.post("/api/v1/audit/exports/trace", json!({ "ids": ["x"] })).await.problem(422, "invalid_values");

    let book = rep.post(ASK, json!({ "format": "xlsx", "purpose": "拜访" })).await.is(201).json();
    let book = book["id"].as_str().unwrap();
    settled(&rep, book).await;
    assert_eq!(&take(&rep, book).await.is(200).bytes[..2], b"PK");
}

#[tokio::test]
async fn a_cancelled_export_leaves_nothing() {
    let office = Office::new().await;
    office.customer("rep", CANARY).await;
    let rep = office.actor("rep").await;
    // Cancelled under way or finished, as it comes; both end alike.
    let id = ask(&rep).await;
    let done = rep.post(&format!("/api/v1/exports/{id}/cancel"), json!({})).await.is(204);
    assert_eq!(done.header("x-audit-event").len(), 36);
    assert_eq!(settled(&rep, &id).await["state"], "cancelled");
    take(&rep, &id).await.problem(409, "export_not_ready");
    rep.post(&format!("/api/v1/exports/{id}/cancel"), json!({})).await.problem(409, "export_over");
    assert_eq!(office.number("SELECT COUNT(*) FROM export_key").await, 0);
}

#[tokio::test]
async fn who_lost_the_right_to_export_does_not_get_the_file() {
    let office = Office::new().await;
    office.customer("rep", CANARY).await;
    let rep = office.actor("rep").await;
    let id = ask(&rep).await;
    settled(&rep, &id).await;
    let role = format!("/api/v1/admin/users/{}/roles/sales_rep", office.company.id("rep"));
    let security = office.actor("security").await;
    security.send("DELETE", &role, &[], "").await.is(204);
    take(&rep, &id).await.problem(403, "forbidden");
    security.send("PUT", &role, &[], "").await.is(204);
    take(&rep, &id).await.is(200);
    let off = format!("/api/v1/admin/users/{}/status", office.company.id("rep"));
    office.actor("admin").await.send("PUT", &off, &[], json!({ "status": "disabled" }).to_string()).await.is(204);
    take(&rep, &id).await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn the_rows_of_a_day_are_a_company_s_rule() {
    let office = Office::new().await;
    for n in 0..2 {
        office.customer("rep", &format!("公司{n}")).await;
    }
    let rep = office.actor("rep").await;
    set(&office, json!({ "rows_per_day": 3 })).await;
    let id = ask(&rep).await;
    settled(&rep, &id).await;
    let refused = rep.post(ASK, wanted()).await.problem(409, "export_quota").json();
    assert!(refused["detail"].as_str().unwrap().contains("1 of 3"), "{refused}");
    // What is sent as it is made counts alike.
    rep.post("/api/v1/records/customer/export", wanted()).await.problem(409, "export_quota");
    office.company.clock.advance_ms(25 * 3_600_000);
    let file = rep.post("/api/v1/records/customer/export", wanted()).await.is(200);
    let sent = first(&rep, "/api/v1/exports").await;
    assert_eq!((&sent["id"], &sent["rows"]), (&json!(file.header("x-export-id")), &json!(2)));
    assert_eq!(sent["state"], "sent");
    rep.post(ASK, wanted()).await.problem(409, "export_quota");

    let admin = office.actor("admin").await;
    for wrong in [
        json!({ "rows_per_day": 0 }),
        json!({ "lasts_hours": 169 }),
        json!({ "downloads": 0 }),
        json!({ "approve_above": 10_000_001 }),
    ] {
        admin.send("PUT", RULES, &[], rules(wrong).to_string()).await.problem(422, "invalid_values");
    }
    assert_eq!(admin.get(RULES).await.is(200).json()["rows_per_day"], 3);
    office.actor("security").await.get(RULES).await.problem(403, "forbidden");
}

#[tokio::test]
async fn above_the_limit_an_export_waits_for_its_approval() {
    let office = Office::new().await;
    office.customer("rep", CANARY).await;
    let rep = office.actor("rep").await;
    set(&office, json!({ "approve_above": 0 })).await;
    let asked = rep.post(ASK, wanted()).await.is(201).json();
    assert_eq!((&asked["state"], &asked["at_most"]), (&json!("waiting"), &json!(1)));
    let id = asked["id"].as_str().unwrap();
    take(&rep, id).await.problem(409, "export_not_ready");
    rep.post(&format!("/api/v1/exports/{id}/start"), json!({})).await.problem(409, "export_not_approved");
    rep.post("/api/v1/records/customer/export", wanted()).await.problem(409, "export_needs_approval");
    assert_eq!(office.number("SELECT COUNT(*) FROM export_key").await, 0);

    // Whoever is above finds it, with what is asked and how much, and no row.
    let lead = office.actor("lead").await;
    let inbox = lead.get(INBOX).await.is(200);
    assert!(!inbox.text().contains(CANARY));
    let wanted = inbox.json()["items"][0].clone();
    assert_eq!((&wanted["rows"], &wanted["reason"]), (&json!(1), &json!("年度拜访")));
    decide(&lead, &wanted, true).await;
    assert_eq!(first(&rep, "/api/v1/exports").await["state"], "approved");
    // Another's consent is nobody else's.
    lead.post(&format!("/api/v1/exports/{id}/start"), json!({})).await.problem(404, "not_found");
    rep.post(&format!("/api/v1/exports/{id}/start"), json!({})).await.is(204);
    assert_eq!(settled(&rep, id).await["state"], "ready");
    assert!(take(&rep, id).await.is(200).text().contains(CANARY));
    rep.post(&format!("/api/v1/exports/{id}/start"), json!({})).await.problem(409, "export_not_approved");

    let refused = ask(&rep).await;
    let wanted = lead.get(INBOX).await.is(200).json()["items"][0].clone();
    decide(&lead, &wanted, false).await;
    assert_eq!(first(&rep, "/api/v1/exports").await["state"], "rejected");
    rep.post(&format!("/api/v1/exports/{refused}/start"), json!({})).await.problem(409, "export_not_approved");

    // Given up, it waits for nobody any more.
    let given_up = ask(&rep).await;
    rep.post(&format!("/api/v1/exports/{given_up}/cancel"), json!({})).await.is(204);
    assert_eq!(lead.get(INBOX).await.is(200).json()["items"], json!([]));
}

#[tokio::test]
async fn an_export_whose_process_died_is_closed_and_its_part_destroyed() {
    let office = Office::new().await;
    office.customer("rep", CANARY).await;
    let (company, store) = (&office.company, &office.company.store);
    let question = ListRecords {
        object: "customer".parse().unwrap(),
        filter: None,
        search: None,
        sort: None,
        fields: None,
        customer: None,
        limit: 10,
        cursor: None,
    };
    let id = model::JobId::from_bytes([5; 16]);
    let op = AskFile { id, question, format: "csv".into(), language: "zh".into(), note: Note::default() };
    let grant = store.gate().admit(&company.caller("rep"), op).await.unwrap();
    let mut writer = store.ask_file(grant).await.unwrap().into_inner().1.unwrap();
    writer.put(&[7; 600_000]).await.unwrap();
    let now = company.caller("admin").at;
    assert_eq!(store.close_lost_exports(now, now).await.unwrap(), 1);
    assert_eq!(store.close_lost_exports(now, now).await.unwrap(), 0);
    // The process was not dead after all: what it goes on with comes to nothing.
    assert!(writer.finish(&company.caller("rep")).await.is_err());
    store.sweep_exports(now).await.unwrap();
    assert_eq!(office.number("SELECT (SELECT COUNT(*) FROM export_key) + (SELECT COUNT(*) FROM export_part)").await, 0);
    let rep = office.actor("rep").await;
    assert_eq!(first(&rep, "/api/v1/exports").await["state"], "unknown");
    let lost = office.actor("auditor").await.get("/api/v1/audit/events?decisions=unknown").await.is(200).json();
    assert_eq!(lost["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_erased_customer_is_in_no_file_any_more() {
    let office = Office::new().await;
    let gone = office.customer("rep", CANARY).await;
    let kept = office.customer("rep", "乙公司").await;
    let rep = office.actor("rep").await;
    let both = ask(&rep).await;
    settled(&rep, &both).await;
    let only = json!({ "format": "csv", "purpose": "拜访", "question": { "customer": kept } });
    let other = rep.post(ASK, only).await.is(201).json()["id"].as_str().unwrap().to_owned();
    settled(&rep, &other).await;
    let erase = json!({ "object": "customer", "customer": gone, "reason": "客户要求" });
    office.actor("security").await.post("/api/v1/admin/erasures", erase).await.is(200);
    take(&rep, &both).await.problem(410, "export_expired");
    take(&rep, &other).await.is(200);
    assert_eq!(settled(&rep, &both).await["state"], "withdrawn");
}
