//! The first setup over HTTP: an empty folder, a link that is good once, a company.

use std::fs;

use serde_json::{Value, json};

use super::support::{Browser, Server, run_in};

fn people(logins: [&str; 3]) -> Value {
    logins.iter().map(|l| json!({ "login": l, "name": format!("{l} 某") })).collect()
}

fn draft() -> Value {
    let hours = json!([{ "from": "09:00", "to": "18:00" }]);
    json!({
        "company": "明光照明", "administrators": people(["chen", "lin", "zhou"]),
        "calendar": {
            "time_zone": "Asia/Shanghai", "week": [hours, hours, hours, hours, hours, [], []],
            "holidays": ["2026-10-01"], "working_days": ["2026-10-10"],
        },
        "departments": [{ "name": "销售部", "parent": null }, { "name": "华东", "parent": 0 }],
        "mail": { "host": "smtp.example.com", "port": 465, "security": "tls", "account": "crm", "from": "crm@example.com" },
    })
}

#[test]
fn an_empty_folder_becomes_a_company_by_whoever_has_the_link_and_once() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("i");
    fs::create_dir(&data).unwrap();
    let (first, old) = Server::start_fresh(&data);
    let put = |b: &mut Browser, token: &str, body: &Value| {
        b.send("PUT", "/api/v1/setup/draft", Some(body), &[("x-setup-token", token)])
    };
    put(&mut first.anonymous(), &old, &json!({ "company": "明光照明" })).is(200);
    first.end();

    // What was typed is there after a restart, whose link is another.
    let (server, token) = Server::start_fresh(&data);
    let mut b = server.anonymous();
    let get = |b: &mut Browser, token: &str| b.send("GET", "/api/v1/setup", None, &[("x-setup-token", token)]);
    assert_eq!(get(&mut b, &token).is(200).json()["company"], "明光照明");
    get(&mut b, &old).problem(401, "setup_token");
    b.get("/api/v1/setup").problem(401, "setup_token");
    // Nothing else is there yet.
    b.get("/api/v1/me").problem(404, "unknown_route");
    let mut wrong = draft();
    wrong["administrators"] = people(["chen", "chen", "zhou"]);
    let told = put(&mut b, &token, &wrong).problem(422, "invalid_values").json();
    assert_eq!(told["errors"][0]["pointer"], "/administrators/1/login", "{told}");
    wrong = draft();
    wrong["departments"][0]["parent"] = json!(1);
    put(&mut b, &token, &wrong).problem(422, "invalid_values");
    wrong = draft();
    wrong["calendar"]["time_zone"] = json!("Mars/Olympus");
    assert_eq!(put(&mut b, &token, &wrong).status, 422);

    let finish =
        |b: &mut Browser, body: Value| b.send("POST", "/api/v1/setup", Some(&body), &[("x-setup-token", &token)]);
    finish(&mut b, json!({})).problem(422, "invalid_values");
    put(&mut b, &token, &draft()).is(200);
    finish(&mut b, json!({})).problem(422, "invalid_values");
    let made = finish(&mut b, json!({ "mail_password": "open sesame" })).is(200).json();
    assert_eq!(made["accounts"][2]["login"], "zhou");
    // The same process serves the company.
    assert!((0..1000).any(|_| server.anonymous().get("/readyz").status == 200));
    let mut b = server.anonymous();
    get(&mut b, &token).problem(404, "unknown_route");
    put(&mut b, &token, &draft()).problem(404, "unknown_route");

    let password = |n: usize| made["accounts"][n]["password"].as_str().unwrap().to_owned();
    let mut chen = server.sign_in("chen", &password(0));
    chen.get("/api/v1/admin/settings").problem(403, "outside_token");
    let changed = json!({ "old_password": password(0), "password": "paper boats in rain" });
    chen.send("PUT", "/api/v1/me/password", Some(&changed), &[]).is(204);
    let mut chen = server.sign_in("chen", "paper boats in rain");
    let settings = chen.get("/api/v1/admin/settings").is(200).json();
    assert_eq!((&settings["company"], &settings["calendar"]["holidays"]), (&json!("明光照明"), &json!(["2026-10-01"])));
    let departments = chen.get("/api/v1/admin/departments").is(200).text();
    assert!(departments.contains("华东"), "{departments}");
    let mail = chen.get("/api/v1/admin/mail").is(200).text();
    assert!(mail.contains("\"has_password\":true"), "{mail}");
    let (code, log) = server.end();
    assert_eq!(code, 0, "{log}");
    assert!(!data.join("setup.json").exists());
    run_in(dir.path(), &["--json", "doctor", "--data", "i"]).is(0);
}

#[test]
fn guesses_are_few_and_no_door_is_opened_to_the_network() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("i");
    fs::create_dir(&data).unwrap();
    let (server, token) = Server::start_fresh(&data);
    let mut b = server.anonymous();
    let tries: Vec<u16> = (0..12).map(|_| b.get("/api/v1/setup").status).collect();
    assert_eq!(tries[..10], [401; 10]);
    assert_eq!(tries[10..], [429; 2]);
    // Who has the link is not held up.
    b.send("GET", "/api/v1/setup", None, &[("x-setup-token", &token)]).is(200);
    assert_eq!(server.end().0, 0);
    let said = run_in(dir.path(), &["--json", "serve", "--data", "i", "--listen", "0.0.0.0:0"]).is(1).json();
    assert!(said["error"].as_str().unwrap().contains("without TLS"), "{said}");
    assert_eq!(fs::read_dir(&data).unwrap().count(), 0);
}
