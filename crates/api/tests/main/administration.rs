//! Rules, objects and settings changed without code: seen before they are in force, and used at once.

use serde_json::{Value, json};

use crate::actors::{Actor, Office};

fn text(zh: &str, en: &str) -> Value {
    json!({ "zh": zh, "en": en })
}

fn permit(id: &str, role: &str, object: &str, what: Value, scope: &str) -> Value {
    json!({
        "id": id, "effect": "permit", "who": { "role": role }, "objects": { "only": [object] }, "what": what,
        "scope": { "kind": scope }, "title": text("测试", "test"),
    })
}

async fn policy(actor: &Actor<'_>) -> (Value, Value) {
    let body = actor.get("/api/v1/admin/policy").await.is(200).json();
    (body["version"].clone(), body["policy"].clone())
}

#[tokio::test]
async fn a_preview_tells_who_gains_which_customers_and_changes_nothing() {
    let office = Office::new().await;
    office.customer("rep", "上海明光贸易").await;
    office.customer("outsider", "苏州远大").await;
    let security = office.actor("security").await;
    let (version, mut next) = policy(&security).await;
    let wide = permit("sales_rep.wide", "sales_rep", "customer", json!({ "operations": ["view"] }), "all");
    next["rows"].as_array_mut().unwrap().push(wide);
    let asked = json!({ "policy": next });
    let seen = security.post("/api/v1/admin/policy/preview", asked.clone()).await.is(200).json();
    assert_eq!((&seen["problems"], &seen["complete"], &seen["losses"]), (&json!([]), &json!(true), &json!([])));
    let view = seen["gains"].as_array().unwrap().iter().find(|g| g["action"] == "view").unwrap();
    // Of three reps two own a customer each: they would see the other's, the third both. Two customers in all.
    assert_eq!((view["people"].as_u64(), view["records"].as_i64()), (Some(3), Some(2)), "{view}");
    let counts: Vec<_> = view["named"].as_array().unwrap().iter().map(|p| p["records"].clone()).collect();
    assert_eq!(counts, [2, 1, 1], "{view}");
    assert_eq!(policy(&security).await.0, version);

    // What is taken is told as a loss, by the same count.
    security.post("/api/v1/admin/policy", json!({ "base": version, "policy": next, "reason": "试点" })).await.is(200);
    next["rows"].as_array_mut().unwrap().pop();
    let back = security.post("/api/v1/admin/policy/preview", json!({ "policy": next })).await.is(200).json();
    let view = back["losses"].as_array().unwrap().iter().find(|g| g["action"] == "view").unwrap();
    assert_eq!((view["people"].as_u64(), view["records"].as_i64(), &back["gains"]), (Some(3), Some(2), &json!([])));

    // Who may not publish is not told.
    for login in ["admin", "auditor", "rep"] {
        office.actor(login).await.post("/api/v1/admin/policy/preview", asked.clone()).await.problem(403, "forbidden");
    }
}

#[tokio::test]
async fn a_policy_that_does_not_compile_is_told_by_its_problems() {
    let office = Office::new().await;
    let security = office.actor("security").await;
    let (_, mut next) = policy(&security).await;
    let odd = permit("odd", "sales_rep", "no_such_object", json!({ "operations": ["view"] }), "all");
    next["rows"].as_array_mut().unwrap().push(odd);
    let seen = security.post("/api/v1/admin/policy/preview", json!({ "policy": next })).await.is(200).json();
    assert!(!seen["problems"].as_array().unwrap().is_empty(), "{seen}");
    assert_eq!(seen["gains"], json!([]));
}

#[tokio::test]
async fn an_object_and_a_role_made_without_code_are_used_at_once() {
    let office = Office::new().await;
    let (admin, security, rep) =
        (office.actor("admin").await, office.actor("security").await, office.actor("rep").await);
    let field = |name: &str, kind: Value, class: &str| json!({ "name": name, "label": text("字段", name), "type": kind, "class": class });
    let object = json!({
        "name": "device", "label": text("设备", "Device"), "title_field": "title",
        "fields": [
            field("title", json!({ "kind": "text", "max": 80 }), "internal"),
            field("serial", json!({ "kind": "text", "max": 40 }), "sensitive"),
        ],
    });
    // Before it is there, a role is shown as it would have it: what may be shared with anybody, and nothing to make.
    let layout = "/api/v1/admin/roles/sales_rep/layout";
    let draft = admin.post(layout, json!({ "object": object })).await.is(200).json();
    let device = |l: &Value| l["objects"].as_array().unwrap().iter().find(|o| o["name"] == "device").cloned().unwrap();
    let creates = |l: &Value| device(l)["actions"].as_array().unwrap().contains(&json!("create"));
    assert!(!creates(&draft), "{draft}");
    admin.post("/api/v1/admin/objects", object).await.is(201);
    let order = json!({ "order": ["serial", "title"] });
    let changed = admin.send("PATCH", "/api/v1/admin/objects/device", &[], order.to_string()).await;
    assert_eq!(changed.is(200).json()["fields"][0]["name"], "serial");
    let half = json!({ "order": ["serial"] });
    admin.send("PATCH", "/api/v1/admin/objects/device", &[], half.to_string()).await.problem(422, "invalid_values");

    security
        .send(
            "PUT",
            "/api/v1/admin/roles/device_clerk",
            &[],
            json!({ "label": text("设备员", "Device clerk") }).to_string(),
        )
        .await;
    let (version, mut next) = policy(&security).await;
    let rows = next["rows"].as_array_mut().unwrap();
    let doing = json!({ "operations": ["list", "view", "create"] });
    let classes = json!({ "fields": { "fields": { "classes": ["internal"] }, "level": "editable" } });
    let hidden = json!({ "fields": { "fields": { "named": ["serial"] }, "level": "masked" } });
    rows.push(permit("device_clerk.own", "device_clerk", "device", doing, "own"));
    rows.push(permit("device_clerk.fields", "device_clerk", "device", classes, "own"));
    rows.push(permit("device_clerk.serial", "device_clerk", "device", hidden, "own"));
    security
        .post("/api/v1/admin/policy", json!({ "base": version, "policy": next, "reason": "设备台账" }))
        .await
        .is(200);
    // The role as its holder would have it, before anybody holds it.
    let clerk = office.actor("auditor").await.post("/api/v1/admin/roles/device_clerk/layout", json!({})).await;
    let clerk = clerk.is(200).json();
    assert!(creates(&clerk), "{clerk}");
    let levels: Vec<_> = device(&clerk)["fields"].as_array().unwrap().iter().map(|f| f["level"].clone()).collect();
    assert_eq!((levels, &clerk["duties"]), (vec![json!("masked"), json!("editable")], &json!([])));

    let me = rep.get("/api/v1/me").await.is(200).json();
    let give = format!("/api/v1/admin/users/{}/roles/device_clerk", me["user"]["id"].as_str().unwrap());
    assert!(security.send("PUT", &give, &[], "").await.status.is_success());
    rep.post("/api/v1/records/device", json!({ "fields": { "title": "打印机" } })).await.is(201);
    let listed = rep.get("/api/v1/records/device").await.is(200).json();
    assert_eq!(listed["items"][0]["fields"]["title"], "打印机");
    office.actor("outsider").await.get("/api/v1/records/device").await.is(200).json()["items"]
        .as_array()
        .is_some_and(Vec::is_empty)
        .then_some(())
        .unwrap();
    admin.post("/api/v1/admin/roles/no_such/layout", json!({})).await.problem(404, "not_found");
}

#[tokio::test]
async fn what_is_kept_for_how_long_can_be_read_by_who_may_change_it() {
    let office = Office::new().await;
    let admin = office.actor("admin").await;
    let before = admin.get("/api/v1/admin/retention").await.is(200).json();
    assert_eq!(before["audit_days"], Value::Null);
    // Contents that go earlier are four eyes' to decide (docs/audit-policy.md).
    let rules = json!({ "audit_days": 400, "duty_days": 30 });
    admin.send("PUT", "/api/v1/admin/retention", &[], rules.to_string()).await.problem(409, "four_eyes");
    let rules = json!({ "audit_days": null, "duty_days": 30 });
    admin.send("PUT", "/api/v1/admin/retention", &[], rules.to_string()).await.is(204);
    let after = admin.get("/api/v1/admin/retention").await.is(200).json();
    assert_eq!((&after["audit_days"], &after["duty_days"]), (&json!(null), &json!(30)));
    assert!(after["least_audit_days"].as_u64().is_some_and(|days| days >= 180));
    office.actor("rep").await.get("/api/v1/admin/retention").await.problem(403, "forbidden");
}

#[tokio::test]
async fn masked_fields_are_shown_in_the_clear_so_often_a_day() {
    const RULES: &str = "/api/v1/admin/reveal-rules";
    let office = Office::new().await;
    let (admin, rep) = (office.actor("admin").await, office.actor("rep").await);
    let id = office.customer("rep", "华信").await;
    let reveal = format!("/api/v1/records/customer/{id}/reveal");
    let asked = || json!({ "fields": ["phone"], "purpose": "calls back" });
    let left = async || rep.get("/api/v1/me/reveals").await.is(200).json();
    assert_eq!(left().await, json!({ "per_day": 100, "left": 100 }));
    admin.send("PUT", RULES, &[], json!({ "per_day": 2 }).to_string()).await.is(204);
    rep.post(&reveal, asked()).await.is(200);
    // What is refused for another reason takes nothing.
    rep.post(&reveal, json!({ "fields": ["nothing"], "purpose": "x" })).await.problem(422, "invalid_values");
    rep.post(&reveal, asked()).await.is(200);
    let refused = rep.post(&reveal, asked()).await.problem(409, "reveal_quota").json();
    assert!(refused["detail"].as_str().unwrap().contains("2 of 2"), "{refused}");
    assert_eq!(left().await, json!({ "per_day": 2, "left": 0 }));
    // Others have their own, and a day later they come back.
    office.company.clock.advance_ms(25 * 3_600_000);
    let rep = office.actor("rep").await;
    rep.post(&reveal, asked()).await.is(200);
    let admin = office.actor("admin").await;
    for wrong in [json!({ "per_day": 0 }), json!({ "per_day": 100_001 })] {
        admin.send("PUT", RULES, &[], wrong.to_string()).await.problem(422, "invalid_values");
    }
    admin.send("PUT", RULES, &[], json!({ "per_day": null }).to_string()).await.is(204);
    assert_eq!(admin.get(RULES).await.is(200).json(), json!({ "per_day": null }));
}

#[tokio::test]
async fn ages_of_keys_and_copies_are_told_to_whoever_looks_after_them() {
    let office = Office::new().await;
    let (security, admin) = (office.actor("security").await, office.actor("admin").await);
    office.customer("rep", "上海明光贸易").await;
    let keys = security.get("/api/v1/admin/keys").await.is(200).json();
    assert_eq!((&keys["provider"], &keys["current"]), (&json!("file"), &json!(1)));
    let version = &keys["versions"][0];
    assert!(version["customers"].as_u64() >= Some(1) && version["log"].as_u64() >= Some(1), "{keys}");
    assert!(keys["signed_since"].is_i64());
    admin.get("/api/v1/admin/keys").await.problem(403, "forbidden");
    security.get("/api/v1/admin/backups").await.problem(403, "forbidden");
    let none = admin.get("/api/v1/admin/backups").await.is(200).json();
    assert_eq!(none, json!({ "items": [], "drill_at": null, "drill_by": null, "drill": null }));
    admin.post("/api/v1/admin/backups/drill", json!({})).await.is(204);
    let after = admin.get("/api/v1/admin/backups").await.is(200).json();
    assert!(after["drill_at"].is_i64() && after["drill_by"].is_string(), "{after}");
}

#[tokio::test]
async fn the_audit_policy_takes_two_people() {
    let office = Office::new().await;
    let (security, auditor) = (office.actor("security").await, office.actor("auditor").await);
    let place = "/api/v1/admin/audit-policy";
    let have = auditor.get(place).await.is(200).json();
    assert_eq!((&have["version"], &have["proposal"], &have["least_days"]), (&json!(1), &Value::Null, &json!(180)));
    assert_eq!(have["locked"].as_array().map(Vec::len), Some(6));
    assert!(have["may_thin"].as_array().is_some_and(|all| all.contains(&json!("product"))), "{have}");
    let mut policy = have["policy"].clone();
    policy["retention"]["days"] = json!(365);
    policy["retention"]["longer"] = json!({ "exports": 1095 });
    let effect = security.post(&format!("{place}/preview"), json!({ "policy": policy })).await.is(200).json();
    assert_eq!((&effect["days"], &effect["dropped"]), (&json!(30), &json!(0)));
    let asked = json!({ "base": 1, "policy": policy, "reason": "一年之后只留导出" });
    let made = security.post(&format!("{place}/proposals"), asked.clone()).await.is(201);
    security.post(&format!("{place}/proposals"), asked).await.problem(409, "proposal_waiting");
    let one = made.header("location").to_owned();
    security.post(&format!("{one}/decide"), json!({ "consent": true })).await.problem(409, "four_eyes");
    office
        .actor("rep")
        .await
        .post(&format!("{one}/decide"), json!({ "consent": true }))
        .await
        .problem(403, "forbidden");
    auditor.post(&format!("{one}/decide"), json!({ "consent": true })).await.is(204);
    let now = security.get(place).await.is(200).json();
    assert_eq!((&now["version"], &now["policy"]), (&json!(2), &policy));
    assert!(now["versions"][0]["consented_by"].is_string());
    let mut short = policy.clone();
    short["retention"]["days"] = json!(90);
    let refused = security.post(&format!("{place}/preview"), json!({ "policy": short })).await;
    assert_eq!(refused.problem(422, "invalid_values").json()["errors"][0]["pointer"], "/retention/days");
    let open = json!({ "policy": { "scope": {}, "nobody": true } });
    security.post(&format!("{place}/preview"), open).await.problem(422, "invalid_values");
    auditor.post("/api/v1/audit/review", json!({})).await.is(204);
    assert!(auditor.get(place).await.is(200).json()["review"]["at"].is_i64());
}
