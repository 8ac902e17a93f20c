//! Leavers over HTTP: from the record of a notice to its close, and what is refused on the way.

use serde_json::{Value, json};

use crate::actors::Office;

const NOBODY: &str = "0190c8f4-0000-7000-8000-000000000000";

fn notice(user: &str, last: &str) -> Value {
    json!({ "user": user, "notice_on": "2026-11-23", "last_on": last, "reason": "已提交辞职信" })
}

#[tokio::test]
async fn a_notice_is_recorded_judged_and_closed_when_nothing_is_theirs() {
    let office = Office::new().await;
    let (security, auditor) = (office.actor("security").await, office.actor("auditor").await);
    let (admin, rep) = (office.actor("admin").await, office.actor("rep").await);
    let customer = office.customer("rep", "远方贸易").await;
    rep.get(&format!("/api/v1/records/customer/{customer}")).await.is(200);
    let leaver = office.company.id("rep").to_string();

    let made = security.post("/api/v1/leavers", notice(&leaver, "2026-12-22")).await.is(201);
    let place = format!("/api/v1/leavers/{}", made.json()["id"].as_str().unwrap());
    assert_eq!(made.header("location"), place);
    security.post("/api/v1/leavers", notice(&leaver, "2026-12-22")).await.problem(409, "already_leaving");

    let seen = auditor.get(&format!("{place}?days=90")).await.is(200);
    assert!(!seen.text().contains("远方") && !seen.text().contains(&customer), "figures name no customer");
    let seen = seen.json();
    assert_eq!(
        (&seen["card"]["state"], &seen["manages"], &seen["verdict"]),
        (&json!("open"), &json!(false), &Value::Null)
    );
    assert_eq!(seen["unmet"], json!(["leaver_unjudged", "leaver_account_active", "leaver_not_handed_over"]));
    let line = |of: &Value, name: &str| {
        of["look_back"]["lines"].as_array().unwrap().iter().find(|l| l["figure"] == name).unwrap().clone()
    };
    let views = line(&seen, "views");
    assert_eq!((&views["since"], &views["question"]["actions"]), (&json!(1), &json!(["view"])), "{views}");
    assert_eq!(line(&seen, "alerts")["question"], Value::Null);

    let verdict = format!("{place}/verdict");
    security
        .post(&verdict, json!({ "verdict": "explained", "reason": "", "days": 30 }))
        .await
        .problem(422, "invalid_values");
    auditor
        .post(&verdict, json!({ "verdict": "explained", "reason": "好", "days": 30 }))
        .await
        .problem(403, "forbidden");
    let open = json!({ "title": "离职前的访问", "severity": "medium" });
    let given = json!({ "verdict": "case", "reason": "查看过多", "days": 30, "open": open });
    let case = security.post(&verdict, given.clone()).await.is(200).json()["case"].as_str().unwrap().to_owned();
    security.get(&format!("/api/v1/cases/{case}")).await.is(200);
    security.post(&verdict, given).await.problem(409, "leaver_judged");
    let judged = auditor.get(&place).await.is(200).json()["verdict"].clone();
    assert_eq!((&judged["case"], judged["sha256"].as_str().unwrap().len()), (&json!(case), 64));

    let close = format!("{place}/close");
    security.post(&close, json!({})).await.problem(409, "leaver_account_active");
    let receiver = office.company.id("colleague");
    let handover = format!("/api/v1/admin/users/{leaver}/handover");
    admin.post(&handover, json!({ "others": { "users": [receiver] }, "purpose": "离职" })).await.is(201);
    security.post(&close, json!({})).await.is(204);
    security.post(&close, json!({})).await.problem(409, "leaver_over");
    let back = format!("{place}/withdraw");
    security.post(&back, json!({ "reason": "留下" })).await.problem(409, "leaver_over");
    let all = auditor.get("/api/v1/leavers").await.is(200).json();
    assert_eq!((&all["items"][0]["state"], &all["items"][0]["verdict"]), (&json!("closed"), &json!("case")));
    let (_, state) = office.company.store.examine(model::Clock::now(&*office.company.clock)).await.unwrap();
    assert_eq!(state.findings, vec![], "{state:?}");
}

#[tokio::test]
async fn nobody_else_records_or_reads_it_and_nobody_their_own() {
    let office = Office::new().await;
    let (security, rep) = (office.actor("security").await, office.actor("rep").await);
    let (admin, auditor) = (office.actor("admin").await, office.actor("auditor").await);
    let (own, other) = (office.company.id("security").to_string(), office.company.id("auditor").to_string());
    for who in [&rep, &admin] {
        who.get("/api/v1/leavers").await.problem(403, "forbidden");
        who.post("/api/v1/leavers", notice(&other, "2026-12-22")).await.problem(403, "forbidden");
    }
    security.post("/api/v1/leavers", notice(&own, "2026-12-22")).await.problem(409, "own_account");
    security.post("/api/v1/leavers", notice(NOBODY, "2026-12-22")).await.problem(404, "not_found");
    let early = security.post("/api/v1/leavers", notice(&other, "2026-11-22")).await.problem(422, "invalid_values");
    assert_eq!(early.json()["errors"][0]["code"], "last_before_notice", "{}", early.text());
    assert_eq!(early.json()["errors"][0]["pointer"], "/last_on", "{}", early.text());

    // An auditor who leaves finds nothing: not in the list, not by its id.
    let made = security.post("/api/v1/leavers", notice(&other, "2026-12-22")).await.is(201);
    let place = made.header("location").to_owned();
    assert_eq!(auditor.get("/api/v1/leavers").await.is(200).json()["items"], json!([]));
    auditor.get(&place).await.problem(404, "not_found");
    security.get(&format!("{place}?days=45")).await.problem(422, "invalid_values");
    security.get(&format!("/api/v1/leavers/{NOBODY}")).await.problem(404, "not_found");
    security.post(&format!("{place}/withdraw"), json!({ "reason": "留下" })).await.is(204);
    security.get(&place).await.is(200);
}
