//! The handover over HTTP: a system administrator hands over what they cannot see.

use model::{Action, Decision};
use serde_json::json;

use crate::actors::Office;

#[tokio::test]
async fn a_leaver_is_handed_over_by_somebody_who_sees_only_numbers() {
    let office = Office::new().await;
    let (admin, rep) = (office.actor("admin").await, office.actor("rep").await);
    let colleague = office.actor("colleague").await;
    let customer = office.customer("rep", "远方贸易").await;
    let (leaver, receiver) = (office.company.id("rep"), office.company.id("colleague"));
    let place = format!("/api/v1/admin/users/{leaver}/handover");
    rep.get(&place).await.problem(403, "forbidden");

    let seen = admin.get(&place).await.is(200);
    assert_eq!(seen.json()["owned"], json!([{ "object": "customer", "count": 1 }]));
    assert!(!seen.text().contains("远方") && !seen.text().contains(&customer));
    assert_eq!(seen.json()["tokens"], 1);

    for body in [json!({}), json!({ "others": {} }), json!({ "others": { "manager": true, "pool": "main" } })] {
        admin.post(&place, body).await.problem(422, "invalid_values");
    }
    admin.post(&place, json!({ "others": { "users": [leaver] } })).await.problem(422, "invalid_values");
    admin.post(&place, json!({ "others": { "users": [receiver] }, "purpose": "离职" })).await.is(201);
    rep.get("/api/v1/me").await.problem(401, "unauthenticated");
    colleague.get(&format!("/api/v1/records/customer/{customer}")).await.is(200);
    let after = admin.get(&place).await.is(200).json();
    assert_eq!((&after["owned"], &after["handovers"][0]["left"]), (&json!([]), &json!(0)));
    assert_eq!(office.events(Action::Handover, Decision::Allowed).await, 5, "two looks, begin, move, end");

    // Who saw this customer is told of the handover too.
    let auditor = office.actor("auditor").await;
    let seen = auditor.get(&format!("/api/v1/audit/records/{customer}")).await.is(200);
    assert!(seen.text().contains("handover"), "{}", seen.text());

    let (_, state) = office.company.store.examine(model::Clock::now(&*office.company.clock)).await.unwrap();
    assert_eq!(state.findings, vec![], "{state:?}");
    let back = format!("/api/v1/admin/users/{leaver}/look-back?days=90");
    let looked = admin.get(&back).await.is(200).json();
    assert_eq!((&looked["exports"], looked["rows"].as_array().unwrap().len()), (&json!(0), 1), "{looked}");
    admin.get(&format!("/api/v1/admin/users/{leaver}/look-back?days=0")).await.problem(422, "invalid_values");
    let nobody = "0190c8f4-0000-7000-8000-000000000000";
    admin.get(&format!("/api/v1/admin/users/{nobody}/handover")).await.problem(404, "not_found");
    admin.get(&format!("/api/v1/admin/users/{nobody}/look-back")).await.problem(404, "not_found");
}

#[tokio::test]
async fn rights_that_nobody_uses_are_told_by_the_log() {
    let office = Office::new().await;
    let (security, rep) = (office.actor("security").await, office.actor("rep").await);
    let customer = office.customer("rep", "远方贸易").await;
    rep.get(&format!("/api/v1/records/customer/{customer}")).await.is(200);
    let place = format!("/api/v1/access/rights-use/{}", office.company.id("rep"));
    rep.get(&place).await.problem(403, "forbidden");
    let reply = security.get(&place).await.is(200);
    let rights = reply.json()["rights"].as_array().unwrap().clone();
    let of = |action: &str| {
        let found = rights.iter().find(|r| r["action"] == action && r["object"] == "customer");
        found.unwrap_or_else(|| panic!("{action}: {}", reply.text()))["last"].clone()
    };
    assert!(of("view").is_i64() && of("create").is_i64());
    assert!(of("transfer").is_null() && of("share").is_null());
    assert!(rights.iter().all(|r| r["action"] != "erase" && !r["object"].is_null()), "a rep has no duty");
    assert!(!reply.text().contains(&customer));
    // A duty is told as such.
    let own = format!("/api/v1/access/rights-use/{}?days=30", office.company.id("security"));
    let own = security.get(&own).await.is(200).json();
    let duties = own["rights"].as_array().unwrap();
    assert!(duties.iter().any(|r| r["action"] == "role.assign" && r["last"].is_i64()));
    assert!(duties.iter().any(|r| r["action"] == "hold.manage" && r["last"].is_null()));
    security.get(&format!("{place}?days=0")).await.problem(422, "invalid_values");
    let nobody = "0190c8f4-0000-7000-8000-000000000000";
    security.get(&format!("/api/v1/access/rights-use/{nobody}")).await.problem(404, "not_found");
}
