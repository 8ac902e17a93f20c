//! The stories of the people, from the command line over HTTP to the offline check.

use serde_json::json;

use super::support::{Answer, Instance};

fn first_own(list: &Answer) -> serde_json::Value {
    list.json()["items"].as_array().unwrap().iter().find(|c| c["pool"] == false).unwrap().clone()
}

#[test]
fn a_rep_works_an_outsider_sees_nothing_and_the_auditor_knows() {
    let i = Instance::demo(60);
    let server = i.serve();
    let mut rep = server.sign_in("rep1", &i.passwords[0]);
    let made = rep
        .post("/api/v1/records/customer", json!({ "fields": { "name": "海阔天空有限公司", "phone": "13911112222" } }));
    let id = made.is(201).json()["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/records/customer/{id}");
    let seen = rep.get(&path).is(200).json();
    assert_eq!(seen["fields"]["name"], "海阔天空有限公司");
    let found = rep.get("/api/v1/records/customer?search=13911112222").is(200).json();
    assert_eq!(found["items"][0]["id"], json!(id));

    let mut outsider = server.sign_in("rep6", &i.passwords[0]);
    outsider.get(&path).problem(404, "not_found");
    let nobody = outsider.get("/api/v1/records/customer?search=13911112222").is(200).json();
    assert_eq!(nobody["items"], json!([]));
    let mut manager = server.sign_in("manager1", &i.passwords[0]);
    manager.get(&path).is(200);
    let mut admin = server.sign_in("admin", &i.passwords[0]);
    admin.get(&path).problem(403, "forbidden");

    let mut auditor = server.sign_in("auditor", &i.passwords[2]);
    let saw = auditor.get(&format!("/api/v1/audit/records/{id}")).is(200).json();
    let who: Vec<_> = saw["page"]["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (e["action"].as_str().unwrap(), e["decision"].as_str().unwrap(), e["user"].clone()))
        .collect();
    let user = |b: &mut super::support::Browser| b.get("/api/v1/me").is(200).json()["user"]["id"].clone();
    assert!(who.contains(&("view", "refused", user(&mut outsider))), "{who:?}");
    assert!(who.contains(&("view", "allowed", user(&mut manager))), "{who:?}");
    assert!(who.contains(&("create", "allowed", user(&mut rep))), "{who:?}");
}

#[test]
fn a_visible_masked_field_that_may_not_be_revealed_is_refused_as_such() {
    let i = Instance::demo(60);
    let server = i.serve();
    let mut rep = server.sign_in("rep1", &i.passwords[0]);
    let list = rep.get("/api/v1/records/customer?limit=100").is(200).json();
    let pooled = list["items"].as_array().unwrap().iter().find(|c| c["pool"] == true).unwrap()["id"].clone();
    let path = format!("/api/v1/records/customer/{}/reveal", pooled.as_str().unwrap());
    rep.post(&path, json!({ "fields": ["phone"], "purpose": "回访" })).problem(403, "forbidden_on_record");
}

#[test]
fn an_erased_customer_is_nowhere_and_the_log_still_stands() {
    let i = Instance::demo(40);
    let server = i.serve();
    let mut rep = server.sign_in("rep1", &i.passwords[0]);
    let made =
        json!({ "fields": { "name": "必须遗忘有限公司", "phone": "13877776666", "notes": "金丝雀 canary-9f3a" } });
    let id = rep.post("/api/v1/records/customer", made).is(201).json()["id"].as_str().unwrap().to_owned();
    rep.get(&format!("/api/v1/records/customer/{id}")).is(200);

    let mut security = server.sign_in("security", &i.passwords[1]);
    let hold = security.post("/api/v1/admin/holds", json!({ "customer": id, "reason": "诉讼" })).is(201).json();
    let erasure = json!({ "object": "customer", "customer": id, "reason": "客户要求删除" });
    security.post("/api/v1/admin/erasures", erasure.clone()).problem(409, "legal_hold");
    let release = format!("/api/v1/admin/holds/{}/release", hold["id"].as_str().unwrap());
    security.post(&release, json!({ "customer": id, "reason": "结案" })).is(204);
    server.sign_in("admin", &i.passwords[0]).post("/api/v1/admin/erasures", erasure.clone()).problem(403, "forbidden");
    security.post("/api/v1/admin/erasures", erasure).is(200);
    rep.get(&format!("/api/v1/records/customer/{id}")).problem(404, "not_found");
    // Asked at another moment by another person: still gone, and still known to have been there.
    let mut auditor = server.sign_in("auditor", &i.passwords[2]);
    let saw = auditor.get(&format!("/api/v1/audit/records/{id}")).is(200).json();
    assert!(saw["page"]["items"].as_array().unwrap().iter().any(|e| e["action"] == "erase"), "{saw}");
    let (code, log) = server.end();
    assert_eq!(code, 0);

    i.run(&["doctor"]).is(0);
    i.run(&["backup", "--out", "after.whosaw"]).is(0);
    let mut bytes = log.into_bytes();
    bytes.extend(i.bytes_on_disk());
    let backup = std::fs::File::open(i.beside("after.whosaw")).unwrap();
    std::io::Read::read_to_end(&mut zstd::Decoder::new(backup).unwrap(), &mut bytes).unwrap();
    for canary in ["必须遗忘", "13877776666", "canary-9f3a"] {
        let canary = canary.as_bytes();
        assert!(!bytes.windows(canary.len()).any(|w| w == canary), "{canary:?} is still readable");
    }
}

#[test]
fn an_export_carries_its_mark_and_harms_no_spreadsheet() {
    let i = Instance::demo(60);
    let server = i.serve();
    let mut rep = server.sign_in("rep1", &i.passwords[0]);
    let own = first_own(&rep.get("/api/v1/records/customer?limit=100").is(200));
    rep.post(
        "/api/v1/records/customer",
        json!({ "fields": { "name": "=HYPERLINK(\"http://x\")", "phone": "13600001111" } }),
    )
    .is(201);
    let export = json!({ "format": "csv", "question": {}, "purpose": "月报" });
    let file = rep.post("/api/v1/records/customer/export", export.clone()).is(200);
    let text = file.text();
    assert!(text.starts_with('\u{feff}') && text.contains(own["fields"]["name"].as_str().unwrap()));
    assert!(text.contains("\"'=HYPERLINK(\"\"http://x\"\")\""), "{text}");
    let last = text.trim_end().lines().last().unwrap();
    assert!(last.contains("rep1") && last.contains(file.header("x-export-id")), "{last}");
    let none = json!({ "format": "csv", "question": {} });
    rep.post("/api/v1/records/customer/export", none).problem(403, "purpose_needed");
    let mut service = server.sign_in("service1", &i.passwords[0]);
    service.post("/api/v1/records/customer/export", export).problem(403, "forbidden");
}
