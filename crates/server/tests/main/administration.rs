//! `whosaw user`, `role`, `token`, `key`: administrative acts, each by a duty and recorded.

use serde_json::json;

use super::support::Instance;

#[test]
fn a_person_is_made_given_a_role_and_shut_out() {
    let i = Instance::init();
    let made = i.run(&["user", "add", "wang", "--name", "王芳"]).is(0).json();
    let server = i.serve();
    // The first password opens nothing but its own change.
    let mut wang = server.sign_in("wang", made["password"].as_str().unwrap());
    wang.get("/api/v1/records/customer").problem(403, "outside_token");
    server.end();

    let error = i.run(&["role", "assign", "wang", "sales_rep", "--as", "admin"]).is(1).json();
    assert!(error["error"].as_str().unwrap().contains("may not do this"), "{error}");
    let error = i.run(&["role", "assign", "wang", "sales_rep", "--as", "admin", "--lang", "zh"]).is(1).json();
    assert!(error["error"].as_str().unwrap().contains("`admin` 无权执行此操作"), "{error}");
    i.run(&["role", "assign", "wang", "sales_rep"]).is(0);
    let error = i.run(&["role", "assign", "wang", "system_admin", "--lang", "zh"]).is(1).json();
    assert!(error["error"].as_str().unwrap().ends_with("（excluded_roles）"), "{error}");
    let error = i.run(&["role", "assign", "wang", "system_admin"]).is(1).json();
    assert!(error["error"].as_str().unwrap().contains("exclude each other"), "{error}");
    i.run(&["role", "assign", "wang", "no_such_role"]).is(1);
    let error = i.run(&["role", "assign", "li", "sales_rep"]).is(1).json();
    assert_eq!(error, json!({ "error": "there is no user `li`" }));
    let users = i.run(&["user", "list"]).is(0).json();
    let wang = users["users"].as_array().unwrap().iter().find(|u| u["login"] == "wang").unwrap().clone();
    assert_eq!((&wang["name"], &wang["roles"]), (&json!("王芳"), &json!(["sales_rep"])));

    let fresh = i.run(&["user", "reset-password", "wang"]).is(0).json();
    i.run(&["user", "disable", "wang"]).is(0);
    let server = i.serve();
    let body = json!({ "login": "wang", "password": fresh["password"] });
    server.anonymous().post("/api/v1/session", body).is(401);
}

#[test]
fn a_token_does_what_it_was_made_for_until_it_is_revoked() {
    let i = Instance::demo(20);
    let made = i.run(&["token", "create", "nightly", "--days", "3", "--actions", "list", "--as", "rep1"]).is(0).json();
    let bearer = format!("Bearer {}", made["token"].as_str().unwrap());
    let server = i.serve();
    let header = [("authorization", bearer.as_str())];
    let mut program = server.anonymous();
    let list = program.send("GET", "/api/v1/records/customer?limit=1", None, &header).is(200).json();
    let id = list["items"][0]["id"].as_str().unwrap();
    program.send("GET", &format!("/api/v1/records/customer/{id}"), None, &header).problem(403, "outside_token");
    server.end();
    i.run(&["token", "revoke", made["id"].as_str().unwrap(), "--as", "rep1"]).is(0);
    let listed = i.run(&["token", "list", "--as", "rep1"]).is(0);
    assert!(!listed.out.contains(made["token"].as_str().unwrap()) && listed.out.contains("nightly"));
    let server = i.serve();
    server.anonymous().send("GET", "/api/v1/records/customer?limit=1", None, &header).is(401);
}

#[test]
fn a_rotated_key_opens_everything_and_older_backups_too() {
    let i = Instance::demo(20);
    i.run(&["backup", "--out", "before.whosaw", "--with-keys"]).is(0);
    // Twenty customers, and leads, tasks, products, targets and boards, which are subjects of their own.
    let before = i.run(&["key", "list"]).is(0).json()["data_keys"]["1"].as_u64().unwrap();
    assert!(before > 35, "{before}");
    let rotated = i.run(&["key", "rotate"]).is(0).json();
    assert_eq!((&rotated["version"], &rotated["rewrapped"]), (&json!(2), &json!(before)));
    assert_eq!(i.run(&["key", "list"]).is(0).json()["data_keys"], json!({ "2": before }));
    let server = i.serve();
    let mut boss = server.sign_in("boss", &i.passwords[0]);
    boss.get("/api/v1/records/customer?limit=20").is(200);
    server.end();
    i.run(&["doctor"]).is(0);
}

#[test]
fn an_administrator_who_lost_the_password_is_let_in_again_and_it_is_recorded() {
    let i = Instance::init();
    let fresh = i.run(&["user", "reset-password", "auditor", "--recover"]).is(0).json();
    let server = i.serve();
    let old = json!({ "login": "auditor", "password": i.passwords[2] });
    server.anonymous().post("/api/v1/session", old).is(401);
    let mut auditor = server.sign_in("auditor", fresh["password"].as_str().unwrap());
    let body = json!({ "old_password": fresh["password"], "password": "seven quiet lanterns by the river" });
    auditor.send("PUT", "/api/v1/me/password", Some(&body), &[]).is(204);
    let mut auditor = server.sign_in("auditor", "seven quiet lanterns by the river");
    let log = auditor.get("/api/v1/audit/events").is(200).json();
    let mut told = vec![];
    for event in log["items"].as_array().unwrap().iter().filter(|e| e["channel"] == "cli") {
        let path = format!("/api/v1/audit/events/{}", event["event"].as_str().unwrap());
        told.push(auditor.get(&path).is(200).text());
    }
    assert!(told.iter().any(|event| event.contains("account.recover")), "{told:?}");
}
