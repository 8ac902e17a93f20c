//! Audit reports over the API: made as a job, read, taken in each format and language, proved, and planned.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::actors::{Actor, Office};

/// The office's first day.
const DAY: &str = "2026-11-23";

/// Made by somebody, and its place.
async fn made(who: &Actor<'_>, body: Value) -> String {
    let job = who.post("/api/v1/reports", body).await.is(200).json();
    let place = format!("/api/v1/jobs/{}", job["id"].as_str().unwrap());
    for _ in 0..10_000 {
        let now = who.get(&place).await.is(200).json();
        if now["state"] != "running" {
            assert_eq!((&now["state"], &now["why"]), (&json!("done"), &Value::Null));
            return format!("/api/v1/reports/{}", now["act"].as_str().unwrap());
        }
        tokio::task::yield_now().await;
    }
    panic!("the report was not made");
}

fn today(kind: &str) -> Value {
    // The office's first day is a day of the year that its clock says; a part of its month is told as such.
    json!({ "definition": { "kind": kind }, "unit": "month", "day": DAY, "part": true })
}

#[tokio::test]
async fn a_report_is_taken_in_each_format_and_language_and_each_taking_is_proved() {
    let office = Office::new().await;
    let auditor = office.actor("auditor").await;
    let record = office.customer("rep", "=甲公司").await;
    office.actor("rep").await.get(&format!("/api/v1/records/customer/{record}")).await.is(200);
    for kind in ["management", "officer", "policy", "compliance"] {
        let report = made(&auditor, today(kind)).await;
        let seen = auditor.get(&report).await.is(200).json();
        assert_eq!((&seen["card"]["whole"], &seen["card"]["kind"]), (&json!(false), &json!(kind)));
        for (format, kind_of, begins) in [
            ("pdf", "application/pdf", &b"%PDF-1.7"[..]),
            ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
            ("html", "text/html; charset=utf-8", b"<!doctype html>"),
            ("csv", "text/csv; charset=utf-8", "\u{feff}".as_bytes()),
            ("json", "application/json", b"{\"format\":1"),
        ] {
            for language in ["zh-CN", "en"] {
                let file = format!("{report}/file?format={format}");
                let taken = auditor.send("GET", &file, &[("accept-language", language)], "").await.is(200);
                assert_eq!((taken.header("content-type"), taken.header("cache-control")), (kind_of, "no-store"));
                assert!(taken.bytes.starts_with(begins), "{kind} {format} {language}");
                assert!(taken.header("content-disposition").starts_with("attachment;"));
                let event = taken.header("x-audit-event").to_owned();
                let proof = auditor.get(&format!("{report}/proofs/{event}")).await.is(200).json();
                let told = &proof["events"][0]["actor"]["body"]["detail"]["report"];
                let digest: String = Sha256::digest(&taken.bytes).iter().map(|b| format!("{b:02x}")).collect();
                assert_eq!((&told["sha256"], &told["format"]), (&json!(digest), &json!(format)));
                let again = auditor.send("GET", &file, &[("accept-language", language)], "").await.is(200);
                assert_eq!(again.bytes, taken.bytes, "{kind} {format}: the same report, the same bytes");
            }
        }
    }
    let all = auditor.get("/api/v1/reports?limit=2").await.is(200).json();
    assert_eq!(all["items"].as_array().unwrap().len(), 2);
    let rest = format!("/api/v1/reports?cursor={}", all["next"].as_str().unwrap());
    assert_eq!(auditor.get(&rest).await.is(200).json()["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn what_cannot_be_asked_is_told_with_its_field() {
    let office = Office::new().await;
    let (auditor, security) = (office.actor("auditor").await, office.actor("security").await);
    let of = |definition: Value| json!({ "definition": definition, "unit": "month", "day": DAY, "part": true });
    let me = auditor.get("/api/v1/me").await.is(200).json();
    let me = me["user"]["id"].as_str().or(me["id"].as_str()).unwrap().to_owned();
    auditor.post("/api/v1/reports", of(json!({ "kind": "person" }))).await.problem(422, "invalid_values");
    auditor.post("/api/v1/reports", of(json!({ "kind": "nothing" }))).await.is(422);
    auditor
        .post("/api/v1/reports", of(json!({ "kind": "person", "user": me })))
        .await
        .problem(403, "report_about_oneself");
    let part = of(json!({ "kind": "management", "sections": ["controls"] }));
    auditor.post("/api/v1/reports", part).await.problem(422, "invalid_values");
    for day in ["2026-13-01", "gestern", "", "99999-01-01", "1969-01-01"] {
        let body = json!({ "definition": { "kind": "management" }, "unit": "month", "day": day, "part": true });
        auditor.post("/api/v1/reports", body).await.is(422);
    }
    let open = json!({ "definition": { "kind": "management" }, "unit": "month", "day": DAY });
    auditor.post("/api/v1/reports", open).await.problem(409, "report_period_open");
    let other = of(json!({ "kind": "person", "user": me }));
    security.post("/api/v1/reports", other).await.problem(403, "forbidden");
    auditor.get("/api/v1/reports?kind=x").await.problem(422, "invalid_values");
    auditor.get("/api/v1/reports?limit=0").await.problem(422, "invalid_values");
    auditor.get("/api/v1/reports?cursor=x").await.problem(422, "invalid_values");
    let report = made(&security, today("officer")).await;
    security.get(&format!("{report}/file?format=exe")).await.problem(422, "invalid_values");
    let nowhere = "/api/v1/reports/0190c8f4-0000-7000-8000-000000000000";
    for place in
        [nowhere.to_owned(), format!("{nowhere}/file"), format!("{report}/proofs/0190c8f4-0000-7000-8000-000000000000")]
    {
        security.get(&place).await.problem(404, "not_found");
    }
    office.actor("rep").await.get(&report).await.problem(403, "forbidden");
    // The director may read reports, and this one is not given to them.
    office.actor("director").await.get(&report).await.problem(404, "not_found");
    let plan = |id: &str| json!({ "id": id, "name": "月报", "unit": "month", "on": true, "definition": { "kind": "management" } });
    let put = |plans: Value| json!({ "plans": plans });
    security
        .send_json("PUT", "/api/v1/reports/plans", put(json!([plan("a"), plan("a")])))
        .await
        .problem(422, "invalid_values");
    security.send_json("PUT", "/api/v1/reports/plans", put(json!([plan("a")]))).await.is(204);
    let kept = security.get("/api/v1/reports/plans").await.is(200).json();
    assert_eq!(kept["plans"][0]["id"], "a");
    let readers = security.get("/api/v1/reports/readers").await.is(200).json();
    assert!(readers["items"].as_array().unwrap().iter().any(|r| r["name"].is_string()));
}
