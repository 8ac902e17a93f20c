//! Assessments by third parties over the API: the whole way of a questionnaire with its files, what is refused and how, and that whoever
//! comes from outside meets nothing but what they were named in.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::actors::{Actor, Office};

const DAY_MS: i64 = 86_400_000;

fn plan(evidence: &[&str]) -> Value {
    let now = model::UnixMs::parse_rfc3339(testkit::company_fixture::START).unwrap().0;
    json!({
        "name": "年度安全问卷", "organisation": "长江电气", "standard": "ISO/IEC 27001", "scope": "客户数据",
        "starts_at": now - DAY_MS, "ends_at": now + 14 * DAY_MS, "due_at": now + 7 * DAY_MS, "evidence": evidence,
    })
}

/// With the version that is there now.
async fn at_version(who: &Actor<'_>, method: &str, place: &str, version: &Value, body: Value) -> crate::actors::Reply {
    let etag = format!("\"{version}\"");
    let headers = [("if-match", etag.as_str())];
    let text = if body.is_null() { String::new() } else { body.to_string() };
    who.send(method, place, &headers, text).await
}

async fn show(who: &Actor<'_>, place: &str) -> Value {
    who.get(place).await.is(200).json()
}

#[tokio::test]
async fn a_questionnaire_goes_its_way_and_leaves_as_files_that_the_log_holds() {
    let office = Office::new().await;
    let (security, admin) = (office.actor("security").await, office.actor("admin").await);
    let (auditor, rep) = (office.actor("auditor").await, office.actor("rep").await);
    security.post("/api/v1/assessments", plan(&["customer:1"])).await.problem(422, "invalid_values");
    security.post("/api/v1/assessments", plan(&["posture:nothing"])).await.problem(422, "invalid_values");
    let begun = security.post("/api/v1/assessments", plan(&["programme"])).await.is(201);
    let place = format!("/api/v1/assessments/{}", begun.json()["id"].as_str().unwrap());

    // Whole or not at all, with what is wrong by line.
    let questions = format!("{place}/questions");
    let wrong = json!({ "form": "csv", "text": "id,question\n1,a\n,b\n" });
    let refused = security.post(&questions, wrong).await.problem(422, "invalid_values").json();
    assert_eq!(refused["errors"][0]["pointer"], "/lines/3/id", "{refused}");
    let text = "id,section,question,zh\nA.8.13,运维,Are copies taken?,=是否备份？\nq2,,Who?,\n";
    security.post(&questions, json!({ "form": "csv", "text": text })).await.is(200);
    rep.post(&questions, json!({ "form": "csv", "text": text })).await.problem(403, "forbidden");
    auditor.post(&questions, json!({ "form": "csv", "text": text })).await.problem(403, "forbidden");

    // Given to the system administrator, who writes; approved by somebody else, as it was read.
    let seen = show(&security, &place).await;
    let q = &seen["questions"][0];
    let of = format!("{questions}/{}", q["id"].as_str().unwrap());
    let choices = security.get("/api/v1/assessments/choices").await.is(200).json();
    let people = choices["answerers"].as_array().unwrap();
    let who = people.iter().find(|p| p["name"].as_str().is_some_and(|n| n.contains("系统"))).unwrap_or(&people[0]);
    let answer = json!({ "standing": "met", "text": "每日备份。", "evidence": ["posture:detection.decoys"] });
    at_version(&admin, "PUT", &format!("{of}/answer"), &q["version"], answer.clone()).await.problem(404, "not_found");
    let given = json!({ "user": who["id"] });
    at_version(&security, "POST", &format!("{of}/answerer"), &q["version"], given).await.is(200);
    at_version(&security, "PUT", &format!("{of}/answer"), &q["version"], answer.clone())
        .await
        .problem(412, "version_conflict");
    let q = show(&security, &place).await["questions"][0].clone();
    let written = at_version(&security, "PUT", &format!("{of}/answer"), &q["version"], answer).await.is(200).json();
    at_version(&security, "POST", &format!("{of}/approval"), &written["version"], Value::Null)
        .await
        .problem(403, "own_answer");
    let reason = json!({ "reason": "写明日期" });
    at_version(&security, "POST", &format!("{of}/return"), &written["version"], reason).await.is(200);
    let version = show(&security, &place).await["version"].clone();
    at_version(&security, "POST", &format!("{place}/close"), &version, Value::Null)
        .await
        .problem(409, "assessment_state");
    at_version(&security, "POST", &format!("{place}/open"), &version, Value::Null).await.is(200);

    for (format, begins) in
        [("pdf", &b"%PDF-1.7"[..]), ("xlsx", b"PK"), ("html", b"<!doctype html>"), ("json", b"{\"format\":1")]
    {
        for language in ["zh-CN", "en"] {
            let file = format!("{place}/file?format={format}");
            let taken = auditor.send("GET", &file, &[("accept-language", language)], "").await.is(200);
            assert!(taken.bytes.starts_with(begins), "{format} {language}");
            let event = auditor.get(&format!("/api/v1/audit/events/{}", taken.header("x-audit-event"))).await;
            let digest: String = Sha256::digest(&taken.bytes).iter().map(|b| format!("{b:02x}")).collect();
            if event.status == 200 {
                assert!(event.text().contains(&digest), "{format}: the log holds its digest");
            }
        }
    }
    // What came from outside begins no formula.
    let csv = auditor.get(&format!("{place}/file?format=csv")).await.is(200).text();
    assert!(csv.contains("是否备份") && !csv.contains("\n=") && !csv.contains(",="), "{csv}");
    let fact = auditor.get(&format!("{place}/evidence/programme")).await.is(200).json();
    assert!(fact["facts"].as_array().unwrap().len() > 5);
    auditor.get(&format!("{place}/evidence/programme/file")).await.problem(404, "not_found");
    auditor.get(&format!("{place}/evidence/posture:house.nothing")).await.problem(404, "not_found");
    auditor.get(&format!("{place}/evidence/nothing")).await.problem(404, "not_found");

    // What is kept elsewhere is put there as a file, and taken as it is.
    let files = format!("{place}/files");
    let version = show(&security, &place).await["version"].to_string();
    let put = async |who: &Actor<'_>, version: &str, body: &str| {
        let etag = format!("\"{version}\"");
        let headers = [("if-match", etag.as_str()), ("x-file-name", "%E5%88%B6%E5%BA%A6.pdf")];
        who.send("POST", &files, &headers, body.to_owned()).await
    };
    put(&auditor, &version, "%PDF-1.7 x").await.problem(403, "forbidden");
    put(&security, "1", "%PDF-1.7 x").await.problem(412, "version_conflict");
    put(&security, &version, "").await.problem(422, "file_empty");
    put(&security, &version, &"x".repeat((10 << 20) + 1)).await.problem(413, "file_too_large");
    put(&security, &version, "%PDF-1.7 x").await.is(200);
    let item = show(&auditor, &place).await["evidence"].as_array().unwrap().iter().find(|e| e["file"] == true).cloned();
    let item = item.unwrap()["item"].as_str().unwrap().to_owned();
    let taken = auditor.get(&format!("{place}/evidence/{item}/file")).await.is(200);
    assert_eq!((taken.bytes.as_slice(), taken.header("content-type")), (&b"%PDF-1.7 x"[..], "application/pdf"));
    assert!(taken.header("content-disposition").contains("filename*=UTF-8''%E5%88%B6%E5%BA%A6.pdf"));
    assert!(taken.header("content-security-policy").starts_with("sandbox; default-src 'none'"));
}

#[tokio::test]
async fn whoever_comes_from_outside_meets_what_they_were_named_in_and_nothing_else() {
    let office = Office::new().await;
    let (security, admin) = (office.actor("security").await, office.actor("admin").await);
    let users = admin.get("/api/v1/admin/users").await.is(200).json();
    let department = users["items"].as_array().unwrap()[0]["department"].clone();
    let account = json!({ "login": "outside", "name": "评估人", "kind": "person", "department": department });
    let outside = admin.post("/api/v1/admin/users", account).await.is(201).json()["id"].as_str().unwrap().to_owned();
    let first = admin.post(&format!("/api/v1/admin/users/{outside}/password"), Value::Null).await.is(200).json();

    let begun = security.post("/api/v1/assessments", plan(&["programme"])).await.is(201).json();
    let place = format!("/api/v1/assessments/{}", begun["id"].as_str().unwrap());
    let version = json!(1);
    let me = security.get("/api/v1/me").await.is(200).json()["user"]["id"].as_str().unwrap().to_owned();
    let rep =
        office.actor("rep").await.get("/api/v1/me").await.is(200).json()["user"]["id"].as_str().unwrap().to_owned();
    let name = |user: &str| format!("{place}/assessors/{user}");
    at_version(&security, "PUT", &name(&me), &version, Value::Null).await.problem(403, "own_assessor");
    at_version(&security, "PUT", &name(&rep), &version, Value::Null).await.problem(409, "assessor_inside");
    at_version(&admin, "PUT", &name(&outside), &version, Value::Null).await.problem(403, "forbidden");
    let named = at_version(&security, "PUT", &name(&outside), &version, Value::Null).await.is(200).json();
    at_version(&security, "POST", &format!("{place}/open"), &named["version"], Value::Null).await.is(200);

    // They sign in by themselves, with the password of the system administrator, and choose their own.
    let given = first["password"].as_str().unwrap();
    let anyone = office.anonymous();
    let login = |password: &str| json!({ "login": "outside", "password": password }).to_string();
    let cookie = |reply: &crate::actors::Reply| reply.header("set-cookie").split(';').next().unwrap().to_owned();
    let signed = anyone.send("POST", "/api/v1/session", &[], login(given)).await;
    assert!(signed.status.is_success(), "{}", signed.text());
    let own = "a cat on the warm roof";
    let c = cookie(&signed);
    let change = json!({ "old_password": given, "password": own }).to_string();
    let headers = [("cookie", c.as_str()), ("sec-fetch-site", "same-origin")];
    anyone.send("PUT", "/api/v1/me/password", &headers, change).await.is(204);
    let signed = anyone.send("POST", "/api/v1/session", &[], login(own)).await;
    let c = cookie(&signed);
    let h = [("cookie", c.as_str())];
    let get = async |path: &str| anyone.send("GET", path, &h, String::new()).await;
    let me = get("/api/v1/me").await.is(200).json();
    assert!(me["actions"].as_array().unwrap().contains(&json!("assessment.assess")), "{me}");
    get(&place).await.is(200);
    get(&format!("{place}/evidence/programme")).await.is(200);
    get(&format!("{place}/file?format=json")).await.is(200);
    for elsewhere in [
        "/api/v1/records/customer",
        "/api/v1/findings",
        "/api/v1/programme",
        "/api/v1/posture",
        "/api/v1/reports",
        "/api/v1/admin/users",
        "/api/v1/assessments/own",
        "/api/v1/me/training",
        "/api/v1/me/reviews",
    ] {
        let reply = get(elsewhere).await;
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (403, "outside_token"), "{elsewhere}");
    }
    assert_eq!(get("/api/v1/colleagues").await.is(200).json()["items"].as_array().unwrap().len(), 1);
    // Another one's is as one that is not there.
    let other = security.post("/api/v1/assessments", plan(&["programme"])).await.is(201).json();
    let (theirs, none) = (
        get(&format!("/api/v1/assessments/{}", other["id"].as_str().unwrap())).await,
        get("/api/v1/assessments/01890a5d-ac96-774b-bcce-b302099a8057").await,
    );
    assert_eq!((theirs.status, none.status, theirs.bytes), (none.status, theirs.status, none.bytes));
    // Two weeks later there is no session, and no way in.
    office.company.clock.advance_ms(14 * DAY_MS);
    get(&place).await.problem(401, "unauthenticated");
    anyone.send("POST", "/api/v1/session", &[], login(own)).await.problem(401, "wrong_credentials");
}
