//! What is open to somebody; records by their ids; who looked at a record.

use serde_json::{Value, json};

use crate::actors::Office;

const CUSTOMER: &str = "/api/v1/records/customer";

fn field<'a>(workspace: &'a Value, object: &str, field: &str) -> Option<&'a Value> {
    let objects = workspace["objects"].as_array()?;
    let object = objects.iter().find(|o| o["name"] == object)?;
    object["fields"].as_array()?.iter().find(|f| f["name"] == field)
}

#[tokio::test]
async fn a_workspace_tells_what_is_open_and_nothing_of_the_rest() {
    let office = Office::new().await;
    let of = async |login: &str| office.actor(login).await.get("/api/v1/me/workspace").await.is(200).json();

    let rep = of("rep").await;
    assert_eq!(rep["duties"], json!([]));
    let level = |name: &str| field(&rep, "customer", name).map(|f| f["level"].as_str().unwrap().to_owned());
    assert_eq!((level("phone").as_deref(), level("id_number").as_deref()), (Some("editable"), Some("masked")));
    assert_eq!(field(&rep, "customer", "level").unwrap()["filterable"], true);
    assert_eq!(field(&rep, "customer", "name").unwrap()["filterable"], false, "sealed: no filter, no order");
    let customer = rep["objects"].as_array().unwrap().iter().find(|o| o["name"] == "customer").unwrap();
    let actions: Vec<_> = customer["actions"].as_array().unwrap().iter().map(|a| a.as_str().unwrap()).collect();
    assert!(
        actions.contains(&"reveal") && actions.contains(&"who_looked") && !actions.contains(&"delete"),
        "{actions:?}"
    );

    // Duties see no customers, so they are not told that there are such fields; each is told of its own duty.
    for (login, own, other) in [("admin", "user.manage", "policy.manage"), ("auditor", "audit.read", "user.manage")] {
        let body = of(login).await;
        assert_eq!(body["objects"], json!([]), "{login}");
        let duties = body["duties"].as_array().unwrap();
        assert!(duties.contains(&json!(own)) && !duties.contains(&json!(other)), "{login}: {duties:?}");
    }

    // A new field is told of as its class is seen: sensitive ones masked.
    let admin = office.actor("admin").await;
    let secret = json!({ "name": "secret_note", "label": { "zh": "密", "en": "s" }, "type": { "kind": "text", "max": 10 }, "class": "sensitive" });
    admin.post("/api/v1/admin/objects/customer/fields", secret).await.is(201);
    assert_eq!(field(&of("rep").await, "customer", "secret_note").unwrap()["level"], "masked");
}

#[tokio::test]
async fn records_by_their_ids_are_those_one_may_see_in_the_order_asked_for() {
    let office = Office::new().await;
    let (mine, other) = (office.customer("rep", "上海明光贸易").await, office.customer("outsider", "苏州远大").await);
    let second = office.customer("rep", "杭州西湖").await;
    let rep = office.actor("rep").await;
    let place = format!("{CUSTOMER}/lookup");
    let none = "0190c8f4-0000-7000-8000-000000000000";
    let asked = json!({ "ids": [second, other, none, mine], "fields": ["name"] });
    let found = rep.post(&place, asked).await.is(200).json();
    let ids: Vec<_> = found["items"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [second.as_str(), mine.as_str()]);
    assert_eq!(found["items"][0]["fields"], json!({ "name": "杭州西湖" }));

    // Another's and nobody's are the same bytes.
    let one = async |id: &str| rep.post(&place, json!({ "ids": [id] })).await.is(200).text();
    assert_eq!(one(&other).await, one(none).await);
    for bad in
        [json!({ "ids": [] }), json!({ "ids": ["13800138000"] }), json!({ "ids": [mine], "fields": ["nothing"] })]
    {
        let problem = rep.post(&place, bad).await.problem(422, "invalid_values");
        assert!(!problem.text().contains("13800138000"));
    }
    rep.post(&place, json!({ "ids": vec![none; 201] })).await.problem(422, "invalid_values");
}

#[tokio::test]
async fn an_owner_learns_who_looked_and_not_that_an_auditor_asked() {
    let office = Office::new().await;
    let id = office.customer("rep", "上海明光贸易").await;
    let place = format!("{CUSTOMER}/{id}");
    let (rep, lead, outsider) = (office.actor("rep").await, office.actor("lead").await, office.actor("outsider").await);
    lead.get(&place).await.is(200);
    outsider.get(&place).await.problem(404, "not_found");
    office.actor("auditor").await.get(&format!("/api/v1/audit/records/{id}")).await.is(200);

    let looks = rep.get(&format!("{place}/looks")).await.is(200).json();
    let told: Vec<_> = looks["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| (l["action"].as_str().unwrap(), l["decision"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [("view", "refused"), ("view", "allowed"), ("create", "allowed")]);
    let seen = &looks["items"][1];
    assert_eq!((&seen["user"], &seen["state"]), (&json!(office.company.id("lead")), &json!("whole")));
    assert!(seen["shown"].as_array().unwrap().contains(&json!("phone")));
    assert!(seen.get("source").is_none(), "no address of a colleague");

    // Asking is an access as well, and the next who asks is told.
    let again = lead.get(&format!("{place}/looks?limit=1")).await.is(200).json();
    assert_eq!(again["items"][0]["action"], "who_looked");
    let cursor = again["next"].as_str().unwrap();
    let next = lead.get(&format!("{place}/looks?limit=1&cursor={cursor}")).await.is(200).json();
    assert_eq!(next["items"][0]["decision"], "refused");

    // Who cannot see the record is told what everyone is told of a record that is not there.
    let denied = outsider.get(&format!("{place}/looks")).await.problem(404, "not_found").text();
    let nowhere = format!("{CUSTOMER}/0190c8f4-0000-7000-8000-000000000000/looks");
    assert_eq!(denied, outsider.get(&nowhere).await.problem(404, "not_found").text());
}
