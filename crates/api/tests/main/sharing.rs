//! Sharing a record until a date.

use serde_json::json;

use crate::actors::Office;

#[tokio::test]
async fn a_share_reaches_its_grantee_until_its_end() {
    let office = Office::new().await;
    let id = office.customer("rep", "上海明光贸易").await;
    let place = format!("/api/v1/records/customer/{id}");
    let (rep, outsider) = (office.actor("rep").await, office.actor("outsider").await);
    let until = model::Clock::now(&*office.company.clock).plus_seconds(3600).0;
    let to = office.company.id("outsider");
    let shares = format!("{place}/shares");
    let made = rep.post(&shares, json!({ "kind": "share", "to": { "user": to }, "until": until })).await.is(201);
    outsider.get(&place).await.is(200);
    let listed = rep.get(&shares).await.is(200).json();
    assert_eq!(listed["items"][0]["id"], made.json()["id"]);

    // At its second it is over, with no job needed.
    office.company.clock.advance_ms(3_600_000);
    outsider.get(&place).await.problem(404, "not_found");

    let until = until + 7_200_000;
    let again = rep.post(&shares, json!({ "kind": "share", "to": { "user": to }, "until": until })).await.is(201);
    outsider.get(&place).await.is(200);
    rep.send("DELETE", again.header("location"), &[], "").await.is(204);
    outsider.get(&place).await.problem(404, "not_found");

    rep.post(&shares, json!({ "kind": "share", "to": {}, "until": until })).await.problem(422, "invalid_values");
    rep.post(&shares, json!({ "kind": "share", "to": { "user": to } })).await.problem(422, "invalid_values");
    outsider
        .post(&shares, json!({ "kind": "share", "to": { "user": to }, "until": until }))
        .await
        .problem(404, "not_found");
}

/// The house keeps some fields itself (the pool a customer came from, when it was claimed): nobody writes those, and so they are
/// in nobody's way.
#[tokio::test]
async fn an_owner_takes_a_colleague_in() {
    let office = Office::new().await;
    let id = office.customer("rep", "上海明光贸易").await;
    let place = format!("/api/v1/records/customer/{id}");
    let (rep, outsider) = (office.actor("rep").await, office.actor("outsider").await);
    let kept = |f: &model::FieldDef| f.kept;
    let customer = office.company.store.gate().engine().compiled().object(&"customer".parse().unwrap()).cloned();
    assert!(customer.unwrap().fields.iter().any(kept), "the shipped customer has fields that the house keeps");
    let to = json!({ "user": office.company.id("outsider") });
    rep.post(&format!("{place}/shares"), json!({ "kind": "collaborator", "to": to })).await.is(201);
    outsider.get(&place).await.is(200);
}
