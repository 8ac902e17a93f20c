//! What a sales rep, a team lead, an auditor and an outsider get to do, and what is left of it in the log.

use model::{Action, Decision};
use serde_json::json;

use crate::actors::Office;

const LIST: &str = "/api/v1/records/customer";

#[tokio::test]
async fn a_sales_rep_works_with_their_own_customer() {
    let office = Office::new().await;
    let rep = office.actor("rep").await;
    let made = rep.post(LIST, json!({ "fields": { "name": "上海明光贸易", "phone": "13800138000" } })).await.is(201);
    let place = made.header("location").to_owned();
    assert_eq!((made.header("etag"), made.header("x-audit-event").len()), ("\"1\"", 36));

    let seen = rep.get(&place).await.is(200);
    let body = seen.json();
    assert_eq!((seen.header("etag"), &body["fields"]["phone"]), ("\"1\"", &json!("13800138000")));
    assert_eq!(body["masked"], json!(["bank_account", "id_number"]));
    // Sensitive fields are not theirs to write.
    let sensitive = json!({ "fields": { "name": "甲", "id_number": "11010519491231002X" } });
    let refused = rep.post(LIST, sensitive).await.problem(422, "invalid_values");
    assert_eq!(refused.json()["errors"][0]["code"], "not_editable");

    // The identity number that came with an import is shown for a reason, and not without one.
    let row =
        json!({ "key": "K1", "fields": { "name": "苏州远大", "id_number": "11010519491231002X" }, "owner": "rep" });
    let importer = office.actor("importer").await;
    importer.post(&format!("{LIST}/import"), json!({ "source": "erp", "rows": [row] })).await.is(200);
    let found = rep.get(&format!("{LIST}?search=%E8%8B%8F%E5%B7%9E")).await.is(200).json();
    assert_eq!(found["items"][0]["fields"]["id_number"], "110****002X");
    let reveal = format!("{LIST}/{}/reveal", found["items"][0]["id"].as_str().unwrap());
    rep.post(&reveal, json!({ "fields": ["id_number"] })).await.problem(403, "purpose_needed");
    let shown = rep.post(&reveal, json!({ "fields": ["id_number"], "purpose": "签合同核对" })).await.is(200);
    assert_eq!(shown.json()["fields"]["id_number"], "11010519491231002X");
    assert_eq!(office.events(Action::Reveal, Decision::Allowed).await, 1);
    assert_eq!(office.events(Action::Reveal, Decision::Refused).await, 1);

    // Optimistic concurrency.
    let patch = |etag: &'static str, level: &str| {
        let body = json!({ "fields": { "level": level } }).to_string();
        let (rep, place) = (rep.clone(), place.clone());
        async move { rep.send("PATCH", &place, &[("if-match", etag)], body).await }
    };
    rep.send("PATCH", &place, &[], "{\"fields\":{}}").await.problem(428, "precondition_needed");
    assert_eq!(patch("\"1\"", "B").await.is(200).header("etag"), "\"2\"");
    patch("\"1\"", "C").await.problem(412, "version_conflict");
    let wrong = patch("\"2\"", "Z").await.problem(422, "invalid_values");
    assert_eq!(wrong.json()["errors"][0]["pointer"], "/fields/level");

    // A rep may not delete customers, whichever it is.
    rep.send("DELETE", &place, &[("if-match", "\"2\"")], "").await.problem(403, "forbidden");
}

#[tokio::test]
async fn a_team_lead_sees_the_team_and_an_outsider_nothing_of_it() {
    let office = Office::new().await;
    let id = office.customer("rep", "上海明光贸易").await;
    office.customer("outsider", "北京远大").await;
    let (lead, outsider) = (office.actor("lead").await, office.actor("outsider").await);
    let names = |reply: serde_json::Value| -> Vec<String> {
        reply["items"].as_array().unwrap().iter().map(|r| r["fields"]["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(lead.get(LIST).await.is(200).json()), ["上海明光贸易"]);
    assert_eq!(names(outsider.get(LIST).await.is(200).json()), ["北京远大"]);
    assert_eq!(lead.get(&format!("{LIST}/count")).await.is(200).json(), json!({ "count": 1 }));

    let place = format!("{LIST}/{id}");
    lead.get(&place).await.is(200);
    outsider.get(&place).await.problem(404, "not_found");
    // By no filter, search or sort either.
    let by_phone = outsider.get(&format!("{LIST}?search=13800138000")).await.is(200).json();
    assert_eq!(names(by_phone), ["北京远大"]);
    let filter = r#"{"test":{"field":"revenue","op":"gt","value":1}}"#;
    let encoded: String = filter.bytes().map(|b| format!("%{b:02x}")).collect();
    assert_eq!(
        names(outsider.get(&format!("{LIST}?filter={encoded}&sort=-revenue")).await.is(200).json()),
        ["北京远大"]
    );

    // Given to a colleague, the rep has it no more.
    let rep = office.actor("rep").await;
    let to = json!({ "user": office.company.id("colleague") }).to_string();
    lead.send("POST", &format!("{place}/transfer"), &[("if-match", "\"1\"")], to).await.is(200);
    rep.get(&place).await.problem(404, "not_found");
    office.actor("colleague").await.get(&place).await.is(200);
}

#[tokio::test]
async fn pages_follow_one_another_and_a_cursor_is_good_for_its_own_question_only() {
    let office = Office::new().await;
    for n in 0..5 {
        office.customer("rep", &format!("客户{n}号")).await;
    }
    let rep = office.actor("rep").await;
    let (mut names, mut cursor) = (vec![], String::new());
    loop {
        let page = rep.get(&format!("{LIST}?limit=2&fields=name{cursor}")).await.is(200).json();
        names
            .extend(page["items"].as_array().unwrap().iter().map(|r| r["fields"]["name"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(names, ["客户4号", "客户3号", "客户2号", "客户1号", "客户0号"]);
    let next = rep.get(&format!("{LIST}?limit=2")).await.json()["next"].as_str().unwrap().to_owned();
    let lead = office.actor("lead").await;
    let stolen = lead.get(&format!("{LIST}?limit=2&cursor={next}")).await.problem(422, "invalid_values");
    assert_eq!(stolen.json()["errors"][0]["code"], "bad_cursor");
}

#[tokio::test]
async fn an_auditor_asks_who_saw_and_sees_no_customer() {
    let office = Office::new().await;
    let id = office.customer("rep", "上海明光贸易").await;
    office.actor("rep").await.get(&format!("{LIST}/{id}")).await.is(200);
    office.actor("outsider").await.get(&format!("{LIST}/{id}")).await.problem(404, "not_found");
    let auditor = office.actor("auditor").await;
    let seen = auditor.get(&format!("/api/v1/audit/records/{id}")).await.is(200);
    let lines = seen.json()["page"]["items"].clone();
    let told: Vec<_> = lines
        .as_array()
        .unwrap()
        .iter()
        .map(|l| (l["action"].clone(), l["decision"].clone(), l["user_name"].clone()))
        .collect();
    assert_eq!(
        told,
        [
            (json!("view"), json!("refused"), json!("周销售")),
            (json!("view"), json!("allowed"), json!("孙销售")),
            (json!("create"), json!("allowed"), json!("孙销售")),
        ]
    );
    assert!(!seen.text().contains("13800138000"));
    auditor.get(&format!("{LIST}/{id}")).await.problem(403, "forbidden");

    let events = auditor.get("/api/v1/audit/events?actions=view&decisions=refused").await.is(200).json();
    let event = events["items"][0]["event"].as_str().unwrap().to_owned();
    let full = auditor.get(&format!("/api/v1/audit/events/{event}")).await.is(200).json();
    assert!(full["proof"]["tlog_proof"].as_str().unwrap().starts_with("c2sp.org/tlog-proof@v1"), "{full}");
    auditor.get("/api/v1/audit/counts?by=operation").await.is(200);
    let user = office.company.id("rep");
    assert_eq!(auditor.get(&format!("/api/v1/audit/users/{user}")).await.is(200).json()["distinct_customers"], 1);
    let evidence = auditor.post("/api/v1/audit/evidence", json!({ "customer": id })).await;
    assert_eq!(evidence.header("x-evidence-altered"), "0");
    assert_eq!(evidence.json()["format"], "whosaw-evidence/v1");

    let why = json!({ "user": office.company.id("outsider"), "action": "view", "object": "customer", "record": id });
    assert_eq!(auditor.post("/api/v1/access/why", why).await.is(200).json()["allowed"], false);
    let who =
        auditor.post("/api/v1/access/who-can", json!({ "action": "view", "object": "customer", "record": id })).await;
    let who: Vec<_> = who.is(200).json()["users"]
        .as_array()
        .unwrap()
        .iter()
        .map(|u| u["user_name"].as_str().unwrap().to_owned())
        .collect();
    assert!(who.contains(&"钱经理".to_owned()) && !who.contains(&"周销售".to_owned()), "{who:?}");
    for user in ["rep", "admin", "security"] {
        office.actor(user).await.get(&format!("/api/v1/audit/records/{id}")).await.problem(403, "forbidden");
    }
}

#[tokio::test]
async fn an_export_is_recorded_chunk_by_chunk_and_runs_no_formula() {
    let office = Office::new().await;
    office.customer("rep", "=HYPERLINK(\"http://evil\")").await;
    office.customer("rep", "上海明光贸易").await;
    let rep = office.actor("rep").await;
    let path = format!("{LIST}/export");
    rep.post(&path, json!({ "format": "csv" })).await.problem(403, "purpose_needed");
    let file = rep
        .send(
            "POST",
            &path,
            &[("accept-language", "en")],
            json!({ "format": "csv", "purpose": "年度拜访", "question": { "sort": "created_at" } }).to_string(),
        )
        .await
        .is(200);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    let text = file.text();
    let lines: Vec<_> = text.lines().collect();
    assert!(lines[0].starts_with("\u{feff}Id,Owner,Created,Updated,Name,Phone"), "{}", lines[0]);
    assert!(lines[1].contains("\"'=HYPERLINK(\"\"http://evil\"\")\""), "{}", lines[1]);
    assert!(lines[2].contains("上海明光贸易") && lines[2].contains("13800138000"), "{}", lines[2]);
    assert!(lines[3].contains("孙销售 (rep)") && lines[3].contains(file.header("x-export-id")), "{}", lines[3]);
    assert_eq!(lines.len(), 4);
    assert_eq!(office.events(Action::Export, Decision::Intent).await, 1);
    // The chunk and the outcome.
    assert_eq!(office.events(Action::Export, Decision::Allowed).await, 2);

    let book = rep.post(&path, json!({ "format": "xlsx", "purpose": "年度拜访" })).await.is(200);
    assert_eq!(&book.bytes[..2], b"PK");
    // Whose roles allow no export gets none.
    office
        .actor("service")
        .await
        .post(&path, json!({ "format": "csv", "purpose": "x" }))
        .await
        .problem(403, "forbidden");
    office.actor("outsider").await.post(&path, json!({ "format": "csv", "purpose": "x" })).await.is(200);
}

#[tokio::test]
async fn the_same_request_sent_twice_makes_one_record() {
    let office = Office::new().await;
    let rep = office.actor("rep").await;
    let body = json!({ "fields": { "name": "上海明光贸易" } }).to_string();
    let key = [("idempotency-key", "8e03978e-40d5-43dd")];
    let first = rep.send("POST", LIST, &key, body.clone()).await.is(201);
    let again = rep.send("POST", LIST, &key, body.clone()).await.is(201);
    assert_eq!(first.bytes, again.bytes);
    assert_eq!(first.header("x-audit-event"), again.header("x-audit-event"));
    let other = json!({ "fields": { "name": "上海暗光贸易" } }).to_string();
    rep.send("POST", LIST, &key, other).await.problem(422, "idempotency_mismatch");
    assert_eq!(office.events(Action::Create, Decision::Allowed).await, 1);
    // The key belongs to its user, and a request that changed nothing frees it.
    office.actor("lead").await.send("POST", LIST, &key, body).await.is(201);
    let wrong = json!({ "fields": {} }).to_string();
    let key = [("idempotency-key", "another-key")];
    rep.send("POST", LIST, &key, wrong).await.problem(422, "invalid_values");
    rep.send("POST", LIST, &key, json!({ "fields": { "name": "乙" } }).to_string()).await.is(201);
}

#[tokio::test]
async fn rows_are_imported_once() {
    let office = Office::new().await;
    let director = office.actor("director").await;
    let path = format!("{LIST}/import");
    let rows = json!([
        { "key": "K1", "fields": { "name": "甲公司", "level": "A" }, "owner": "rep" },
        { "key": "K2", "fields": { "name": "乙公司", "level": "Q" } },
        { "key": "K3", "fields": { "name": "丙公司" }, "owner": "ghost" },
    ]);
    let done = director.post(&path, json!({ "source": "erp", "rows": rows })).await.is(200).json();
    assert_eq!((&done["created"], done["rejected"].as_array().unwrap().len()), (&json!(1), 2));
    let again = director.post(&path, json!({ "source": "erp", "rows": rows })).await.is(200).json();
    assert_eq!((&again["created"], &again["unchanged"]), (&json!(0), &json!(1)));
    office.actor("rep").await.post(&path, json!({ "source": "erp", "rows": rows })).await.problem(403, "forbidden");
    office.actor("rep").await.post(&path, json!({ "source": "erp", "rows": [] })).await.problem(403, "forbidden");
}

#[tokio::test]
async fn an_export_whose_server_died_is_closed_as_unknown_at_the_next_start() {
    let office = Office::new().await;
    let (company, store) = (&office.company, &office.company.store);
    let question = store::records::ListRecords {
        object: "customer".parse().unwrap(),
        filter: None,
        search: None,
        sort: None,
        fields: None,
        customer: None,
        limit: 10,
        cursor: None,
    };
    let caller = model::Caller { purpose: Some("月报".into()), ..company.caller("rep") };
    let job = model::JobId::from_bytes([3; 16]);
    let begin = store::records::ExportStep { job, question, format: "csv", rows: None };
    let grant = store.gate().admit(&caller, begin).await.unwrap();
    store.export_begin(grant).await.unwrap();
    // Another export, ended as it should be, is left alone.
    office
        .actor("rep")
        .await
        .post(&format!("{LIST}/export"), json!({ "format": "csv", "purpose": "月报" }))
        .await
        .is(200);

    let now = company.caller("admin").at;
    assert_eq!(store.close_lost_exports(now, now).await.unwrap(), 1);
    assert_eq!(store.close_lost_exports(now, now).await.unwrap(), 0);
    let lost = office.actor("auditor").await.get("/api/v1/audit/events?decisions=unknown").await.is(200).json();
    let lost = lost["items"].as_array().unwrap();
    assert_eq!(lost.len(), 1);
    assert_eq!((&lost[0]["action"], &lost[0]["on_behalf_of"]), (&json!("export"), &json!(company.id("rep"))));
}
