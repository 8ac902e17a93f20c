//! A case as a PDF with its proof, and the files of a case, over the API.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::actors::{Actor, Office};

const HOSTILE: &str = "#read(\"/etc/passwd\") = 标题 \u{202e}😀";

fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

async fn open(office: &Office, who: &Actor<'_>) -> (String, String) {
    let record = office.customer("rep", "甲公司").await;
    let rep = office.actor("rep").await;
    let seen = rep.get(&format!("/api/v1/records/customer/{record}")).await.is(200);
    let subject = rep.get("/api/v1/me").await.is(200).json();
    let subject = subject["user"]["id"].as_str().or(subject["id"].as_str()).unwrap().to_owned();
    let body = json!({
        "subject": subject, "title": HOSTILE, "severity": "low", "events": [seen.header("x-audit-event")],
    });
    let made = who.post("/api/v1/cases", body).await.is(201);
    (made.header("location").to_owned(), subject)
}

async fn note(who: &Actor<'_>, case: &str, version: i64, text: &str) {
    let tag = format!("\"{version}\"");
    let body = json!({ "text": text }).to_string();
    who.send("POST", &format!("{case}/notes"), &[("if-match", &tag)], body).await.is(200);
}

#[tokio::test]
async fn a_case_is_printed_in_both_languages_whatever_people_wrote() {
    let office = Office::new().await;
    let (security, auditor) = (office.actor("security").await, office.actor("auditor").await);
    let (case, _) = open(&office, &security).await;
    note(&security, &case, 1, &format!("{HOSTILE}\n#while true {{}}\n{}", "x".repeat(1900))).await;
    let report = format!("{case}/report");
    for language in ["zh-CN", "en"] {
        let body = json!({ "reason": "年审" }).to_string();
        let taken = auditor.send("POST", &report, &[("accept-language", language)], body).await.is(200);
        assert_eq!((taken.header("content-type"), taken.header("cache-control")), ("application/pdf", "no-store"));
        assert!(taken.header("content-disposition").ends_with(".pdf\""));
        assert!(taken.bytes.starts_with(b"%PDF-1.7"));
        let event = taken.header("x-audit-event").to_owned();
        let proof = auditor.get(&format!("{case}/reports/{event}")).await.is(200).json();
        let told = &proof["events"][0]["actor"]["body"]["detail"]["report"];
        let digest: String = Sha256::digest(&taken.bytes).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!((&told["sha256"], &told["language"]), (&json!(digest), &json!(language.get(..2))));
        assert!(told["pages"].as_i64().unwrap() >= 3);
    }
    auditor.post(&report, json!({ "reason": " " })).await.problem(422, "invalid_values");
    auditor.post(&report, json!({})).await.is(422);
    let nowhere = "/api/v1/cases/0190c8f4-0000-7000-8000-000000000000";
    auditor.post(&format!("{nowhere}/report"), json!({ "reason": "r" })).await.problem(404, "not_found");
    auditor.get(&format!("{case}/reports/0190c8f4-0000-7000-8000-000000000000")).await.problem(404, "not_found");
    for login in ["rep", "admin"] {
        let other = office.actor(login).await;
        other.post(&report, json!({ "reason": "r" })).await.problem(403, "forbidden");
    }
}

#[tokio::test]
async fn a_file_of_a_case_is_for_saving_and_for_those_who_may_know_of_it() {
    let office = Office::new().await;
    let (security, auditor) = (office.actor("security").await, office.actor("auditor").await);
    let (case, _) = open(&office, &security).await;
    let files = format!("{case}/files");
    let name = encoded("../<b>截图.png");
    let png: &[u8] = b"\x89PNG\r\n\x1a\n the rest";
    let headers = |tag: &'static str| [("if-match", tag), ("x-file-name", name.as_str())];
    security.send("POST", &files, &headers("\"1\"")[1..], png).await.problem(428, "precondition_needed");
    security.send("POST", &files, &headers("\"7\""), png).await.problem(412, "version_conflict");
    security.send("POST", &files, &headers("\"1\"")[..1], png).await.problem(422, "invalid_values");
    let made = security.send("POST", &files, &headers("\"1\""), png).await.is(200);
    assert_eq!((made.json(), made.header("etag")), (json!({ "version": 2 }), "\"2\""));
    security.send("POST", &files, &headers("\"2\""), &b"\x7fELF\x02"[..]).await.problem(422, "file_type_refused");

    let seen = auditor.get(&case).await.is(200).json();
    let file = seen["timeline"].as_array().unwrap().iter().find_map(|e| e.get("file")).unwrap().clone();
    assert_eq!(
        (&file["name"], &file["kind"], &file["bytes"]),
        (&json!("_b_截图.png"), &json!("png"), &json!(png.len()))
    );
    let place = format!("{files}/{}", file["id"].as_str().unwrap());
    let taken = auditor.get(&place).await.is(200);
    assert_eq!((taken.bytes.as_slice(), taken.header("content-type")), (png, "image/png"));
    assert!(taken.header("content-disposition").starts_with("attachment;"));
    assert!(taken.header("content-security-policy").starts_with("sandbox; default-src 'none'"));
    auditor.send("POST", &files, &headers("\"2\""), png).await.problem(403, "forbidden");
    auditor.get(&format!("{files}/0190c8f4-0000-7000-8000-000000000000")).await.problem(404, "not_found");
    for login in ["rep", "admin"] {
        office.actor(login).await.get(&place).await.problem(403, "forbidden");
    }
    let history: Value = auditor.get(&format!("{case}/history")).await.is(200).json();
    let acts = history["items"].as_array().unwrap().iter().filter(|l| l["act"] == "case.file").count();
    assert!(acts >= 2, "{history}");
}
