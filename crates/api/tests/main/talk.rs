//! Comments, the timeline and notices, as the console asks for them.

use serde_json::json;

use crate::actors::Office;

#[tokio::test]
async fn a_colleague_is_mentioned_reads_the_timeline_and_answers() {
    let office = Office::new().await;
    let id = office.customer("rep", "上海明光贸易").await;
    let place = format!("/api/v1/records/customer/{id}");
    let comments = format!("{place}/comments");
    let (rep, lead, outsider) = (office.actor("rep").await, office.actor("lead").await, office.actor("outsider").await);
    let say = |text: String| json!({ "text": text });

    // Whoever leads the department reads it; an outsider is neither offered nor told apart from nobody.
    let readers = rep.get(&format!("{place}/readers")).await.is(200).json();
    let offered: Vec<&str> = readers["items"].as_array().unwrap().iter().map(|r| r["user"].as_str().unwrap()).collect();
    let (lead_id, outsider_id) = (office.company.id("lead").to_string(), office.company.id("outsider").to_string());
    assert!(offered.contains(&lead_id.as_str()) && !offered.contains(&outsider_id.as_str()));
    let refused = rep.post(&comments, say(format!("@[{outsider_id}]"))).await;
    assert_eq!(refused.json()["errors"][0]["code"], "cannot_mention");
    refused.problem(422, "invalid_values");
    outsider.get(&comments).await.problem(404, "not_found");
    outsider.get(&format!("{place}/timeline")).await.problem(404, "not_found");
    outsider.post(&comments, say("x".into())).await.problem(404, "not_found");

    // Everything here has a moment of its own.
    let later = || office.company.clock.advance_ms(1000);
    later();
    let made = rep.post(&comments, say(format!("@[{lead_id}] 折扣请批一下\nhttps://a.example"))).await.is(201);
    assert_eq!(lead.get("/api/v1/notices/count").await.is(200).json(), json!({ "unread": 1, "requests": 0 }));
    let told = lead.get("/api/v1/notices?unread=true").await.is(200).json()["items"][0].clone();
    assert_eq!((told["kind"].as_str(), told["record"].as_str()), (Some("mentioned"), Some(id.as_str())));
    assert_eq!(told["about"], made.json()["id"]);
    lead.post(&format!("/api/v1/notices/{}/read", told["id"].as_str().unwrap()), json!({})).await.is(200);
    outsider
        .post(&format!("/api/v1/notices/{}/read", told["id"].as_str().unwrap()), json!({}))
        .await
        .problem(404, "not_found");

    // What was said, done and changed, by time, in pages.
    later();
    lead.post(&comments, say("可以，九折".into())).await.is(201);
    later();
    rep.post("/api/v1/records/task", json!({ "fields": { "subject": "寄样品", "customer": id } })).await.is(201);
    later();
    let edit = json!({ "fields": { "notes": "客户很满意" } });
    rep.send("PATCH", &place, &[("if-match", "\"1\"")], edit.to_string()).await.is(200);
    let mut seen = vec![];
    let mut cursor = String::new();
    loop {
        let page = rep.get(&format!("{place}/timeline?limit=2{cursor}")).await.is(200).json();
        assert_eq!(page["readable"], true);
        for item in page["items"].as_array().unwrap() {
            let kind = ["comment", "activity", "change"].into_iter().find(|k| !item[k].is_null()).unwrap();
            seen.push(format!("{kind} {}", item["change"]["kind"].as_str().unwrap_or_default()));
        }
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, ["change changed", "activity ", "comment ", "comment ", "change created"]);
    let changes = rep.get(&format!("{place}/timeline?parts=changes")).await.is(200).json();
    assert_eq!(changes["items"][0]["change"]["fields"], json!(["notes"]));
    assert!(!changes.to_string().contains("满意"), "values are in no log");
    rep.get(&format!("{place}/timeline?parts=gossip")).await.problem(422, "invalid_values");

    // Changed by its author alone, as it is read.
    let one = format!("{comments}/{}", made.json()["id"].as_str().unwrap());
    let changed = say("折扣请批".into()).to_string();
    rep.send("PUT", &one, &[], changed.clone()).await.problem(428, "precondition_needed");
    lead.send("PUT", &one, &[("if-match", "\"1\"")], changed.clone()).await.problem(409, "comment_of_another");
    rep.send("PUT", &one, &[("if-match", "\"1\"")], changed.clone()).await.is(204);
    rep.send("PUT", &one, &[("if-match", "\"1\"")], changed.clone()).await.problem(412, "version_conflict");
    office.company.clock.advance_ms(16 * 60_000);
    rep.send("DELETE", &one, &[("if-match", "\"2\"")], "").await.problem(409, "comment_stands");
    rep.send("POST", &format!("{one}/strike"), &[("if-match", "\"2\"")], "").await.is(204);
    let read = lead.get(&comments).await.is(200).json();
    assert!(read["items"][1]["struck_at"].is_i64() && read["items"][1]["text"] == "折扣请批");

    // Kinds of notices that one does not want.
    let off = json!({ "off": ["mentioned"] });
    lead.send("PUT", "/api/v1/me/notices", &[], off.to_string()).await.is(204);
    assert_eq!(lead.get("/api/v1/me/notices").await.is(200).json(), off);
    assert_eq!(lead.get("/api/v1/notices").await.is(200).json()["items"], json!([]));
    lead.send("PUT", "/api/v1/me/notices", &[], json!({ "off": ["gossip"] }).to_string())
        .await
        .problem(422, "invalid_values");
}
