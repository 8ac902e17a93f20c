//! Several sort keys, saved views, and imports that are undone.

use serde_json::json;

use crate::actors::{Actor, Office};

const LIST: &str = "/api/v1/records/customer";
const VIEWS: &str = "/api/v1/records/customer/views";

async fn names(actor: &Actor<'_>, query: &str) -> Vec<String> {
    let mut names = vec![];
    let mut cursor = String::new();
    loop {
        let page = actor.get(&format!("{LIST}?fields=name&limit=2&{query}{cursor}")).await.is(200).json();
        names
            .extend(page["items"].as_array().unwrap().iter().map(|r| r["fields"]["name"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return names,
        }
    }
}

#[tokio::test]
async fn a_list_is_sorted_by_up_to_three_keys() {
    let office = Office::new().await;
    for (name, level, revenue) in [("甲", "A", 3), ("乙", "B", 2), ("丙", "A", 1), ("丁", "B", 2), ("戊", "A", 2)]
    {
        let values = json!({ "name": name, "level": level, "revenue": revenue });
        office.company.record("rep", "customer", values).await.unwrap();
    }
    let rep = office.actor("rep").await;
    assert_eq!(names(&rep, "sort=level,-revenue,created_at").await, ["甲", "戊", "丙", "乙", "丁"]);
    assert_eq!(names(&rep, "sort=-level,revenue,-created_at").await, ["丁", "乙", "丙", "戊", "甲"]);
    for (sort, code) in [
        ("level,revenue,created_at,updated_at", "invalid_value"),
        ("level,-level", "invalid_value"),
        ("level,", "unknown_field"),
        ("level,phone", "not_sortable"),
        ("level,ghost", "unknown_field"),
    ] {
        let refused = rep.get(&format!("{LIST}?sort={sort}")).await.problem(422, "invalid_values").json();
        assert_eq!(refused["errors"][0]["code"], code, "{sort}");
    }
    let first = rep.get(&format!("{LIST}?limit=2&sort=level,revenue")).await.is(200).json();
    let next = first["next"].as_str().unwrap();
    rep.get(&format!("{LIST}?limit=2&sort=level&cursor={next}")).await.problem(422, "invalid_values");
}

#[tokio::test]
async fn a_view_is_kept_shared_with_those_below_and_opened_by_them() {
    let office = Office::new().await;
    let (lead, rep, outsider) = (office.actor("lead").await, office.actor("rep").await, office.actor("outsider").await);
    let look = json!({
        "scope": "mine", "filter": { "test": { "field": "level", "op": "eq", "value": "A" } },
        "sort": ["-revenue", "name_missing"], "columns": ["name", "level", "owner"], "pinned": ["name"],
        "widths": { "name": 300 }, "density": "compact",
    });
    let refused = lead.post(VIEWS, json!({ "name": "重点", "look": look })).await.problem(422, "invalid_values").json();
    assert_eq!(refused["errors"][0]["pointer"], "/look/sort");
    let mut look = look;
    look["sort"] = json!(["-revenue", "created_at"]);
    let made =
        lead.post(VIEWS, json!({ "name": " 重点 ", "shared": ["sales_rep"], "preset": true, "look": look })).await;
    let id = made.is(201).json()["id"].as_str().unwrap().to_owned();
    lead.post(VIEWS, json!({ "name": "重点" })).await.problem(422, "invalid_values");
    lead.post(VIEWS, json!({ "name": " " })).await.problem(422, "invalid_values");

    let own = lead.get(VIEWS).await.is(200).json();
    assert_eq!((&own["views"][0]["own"], &own["views"][0]["name"]), (&json!(true), &json!("重点")));
    assert_eq!((&own["opens"], &own["share_with"]), (&json!(null), &json!(["sales_rep"])));
    let theirs = rep.get(VIEWS).await.is(200).json();
    let shared = &theirs["views"][0];
    assert_eq!((&shared["own"], &shared["look"]["sort"]), (&json!(false), &json!(["-revenue", "created_at"])));
    assert_eq!((&theirs["opens"], &theirs["share_with"]), (&json!(id), &json!([])));
    assert_eq!(shared["left_out"], json!([]));
    // Reports to somebody else.
    assert_eq!(outsider.get(VIEWS).await.is(200).json()["views"], json!([]));
    outsider.send_json("PUT", &format!("{VIEWS}/default"), json!({ "view": id })).await.problem(404, "not_found");

    // Who leads nobody shares with nobody, and another's view is not theirs to change.
    rep.post(VIEWS, json!({ "name": "a", "shared": ["sales_rep"] })).await.problem(409, "no_team");
    rep.send_json("PUT", &format!("{VIEWS}/{id}"), json!({ "name": "b" })).await.problem(404, "not_found");
    rep.send("DELETE", &format!("{VIEWS}/{id}"), &[], String::new()).await.problem(404, "not_found");
    lead.post(VIEWS, json!({ "name": "c", "shared": ["finance"] })).await.problem(422, "invalid_values");

    // Their own choice goes before the preset one.
    rep.send_json("PUT", &format!("{VIEWS}/default"), json!({ "view": null })).await.is(204);
    assert_eq!(rep.get(VIEWS).await.is(200).json()["opens"], json!(null));
    let mine = rep.post(VIEWS, json!({ "name": "我的" })).await.is(201).json()["id"].as_str().unwrap().to_owned();
    rep.send_json("PUT", &format!("{VIEWS}/default"), json!({ "view": mine })).await.is(204);
    let both = rep.get(VIEWS).await.is(200).json();
    assert_eq!((both["views"].as_array().unwrap().len(), &both["opens"]), (2, &json!(mine)));
    rep.send("DELETE", &format!("{VIEWS}/{mine}"), &[], String::new()).await.is(204);
    assert_eq!(rep.get(VIEWS).await.is(200).json()["opens"], json!(id));
    lead.send_json("PUT", &format!("{VIEWS}/{id}"), json!({ "name": "重点", "look": look })).await.is(204);
    assert_eq!(rep.get(VIEWS).await.is(200).json()["views"], json!([]));
}

#[tokio::test]
async fn a_shared_view_names_nothing_that_its_reader_does_not_see() {
    let office = Office::new().await;
    let (lead, rep, security) = (office.actor("lead").await, office.actor("rep").await, office.actor("security").await);
    let test = |field: &str| json!({ "test": { "field": field, "op": "is_not_empty", "value": null } });
    let look = json!({
        "filter": { "all": [test("region"), test("level")] }, "sort": ["-level", "created_at"],
        "columns": ["level", "name"], "pinned": ["level"], "widths": { "level": 90 }, "board": "level",
    });
    lead.post(VIEWS, json!({ "name": "分级", "shared": ["sales_rep"], "look": look })).await.is(201);
    assert_eq!(rep.get(VIEWS).await.is(200).json()["views"][0]["left_out"], json!([]));

    let current = security.get("/api/v1/admin/policy").await.is(200).json();
    let mut next = current["policy"].clone();
    next["rows"].as_array_mut().unwrap().push(json!({
        "id": "sales_rep.no_level", "effect": "forbid", "who": { "role": "sales_rep" },
        "objects": { "only": ["customer"] }, "scope": { "kind": "all" }, "when": [],
        "what": { "fields": { "fields": { "named": ["level"] }, "level": "masked" } },
        "valid_from": null, "valid_until": null, "title": { "zh": "不见级别", "en": "no level" },
    }));
    let publish = json!({ "base": current["version"], "policy": next, "reason": "试点" });
    security.post("/api/v1/admin/policy", publish).await.is(200);
    let seen = rep.get(VIEWS).await.is(200).json();
    let view = &seen["views"][0];
    assert_eq!(view["left_out"], json!(["filter", "sort", "columns", "mode"]));
    assert_eq!(
        (&view["look"]["filter"], &view["look"]["sort"]),
        (&json!({ "all": [test("region")] }), &json!(["created_at"]))
    );
    assert_eq!((&view["look"]["columns"], &view["look"]["board"]), (&json!(["name"]), &json!(null)));
    assert!(!seen.to_string().contains("level"), "{seen}");
    // Who saves what they do not see is answered as if there were no such field.
    let refused = rep.post(VIEWS, json!({ "name": "a", "look": { "columns": ["level"] } })).await;
    let ghost = rep.post(VIEWS, json!({ "name": "a", "look": { "columns": ["ghost"] } })).await;
    let errors = |reply: crate::actors::Reply| reply.problem(422, "invalid_values").json()["errors"].clone();
    assert_eq!(errors(refused), errors(ghost));
}

#[tokio::test]
async fn an_import_is_undone_but_for_what_was_touched_since() {
    let office = Office::new().await;
    let director = office.actor("director").await;
    let import = format!("{LIST}/import");
    let row = |key: &str| json!({ "key": key, "fields": { "name": format!("公司{key}") }, "owner": "rep" });
    let first = json!({ "source": "crm", "rows": [row("K1"), row("K2")] });
    let job = director.post(&import, first).await.is(200).json()["job"].clone();
    let wrong = json!({ "key": "K4", "fields": { "level": "Q" } });
    let second = json!({ "source": "crm", "job": job, "first_row": 3, "rows": [row("K3"), wrong, row("K5")] });
    let second = director.post(&import, second).await.is(200).json();
    assert_eq!((&second["job"], &second["created"], &second["rejected"][0]["row"]), (&job, &json!(2), &json!(4)));

    let past = director.get("/api/v1/me/imports").await.is(200).json();
    let past = &past["items"][0];
    assert_eq!((&past["job"], &past["created"], &past["source"]), (&job, &json!(4), &json!("crm")));
    assert_eq!(office.actor("lead").await.get("/api/v1/me/imports").await.is(200).json()["items"], json!([]));

    let all = director.get(&format!("{LIST}?sort=created_at")).await.is(200).json();
    let id = |n: usize| all["items"][n]["id"].as_str().unwrap().to_owned();
    let rep = office.actor("rep").await;
    let change = json!({ "fields": { "level": "A" } }).to_string();
    rep.send("PATCH", &format!("{LIST}/{}", id(0)), &[("if-match", "\"1\"")], change).await.is(200);
    rep.post("/api/v1/records/contact", json!({ "fields": { "customer": id(1), "name": "张三" } })).await.is(201);

    let undo = format!("{import}/undo");
    // Somebody else's is as if there were none, and a rep may not import at all.
    office.actor("lead").await.post(&undo, json!({ "job": job })).await.problem(403, "forbidden");
    let done = director.post(&undo, json!({ "job": job })).await.is(200).json();
    assert_eq!((&done["removed"], &done["kept_count"], &done["next"]), (&json!(2), &json!(2), &json!(null)));
    let mut why: Vec<_> = done["kept"].as_array().unwrap().iter().map(|k| k["why"].as_str().unwrap()).collect();
    why.sort_unstable();
    assert_eq!(why, ["changed", "has_related"]);
    assert_eq!(director.get(&format!("{LIST}/count")).await.is(200).json()["count"], 2);
    assert_eq!(director.get("/api/v1/me/imports").await.is(200).json()["items"][0]["removed"], 2);
    let again = director.post(&undo, json!({ "job": job })).await.is(200).json();
    assert_eq!((&again["removed"], &again["kept_count"]), (&json!(0), &json!(2)));
    // A rerun makes those again that went, and no others.
    let rows = json!({ "source": "crm", "rows": [row("K1"), row("K2"), row("K3"), row("K5")] });
    let rerun = director.post(&import, rows).await.is(200).json();
    assert_eq!(&rerun["created"], &json!(2));
    office.company.clock.advance_ms(8 * 86_400_000);
    let late = director.post(&undo, json!({ "job": rerun["job"] })).await.is(200).json();
    assert_eq!((&late["removed"], &late["kept_count"]), (&json!(0), &json!(0)));
}

#[tokio::test]
async fn a_mapping_is_kept_for_the_next_file_of_the_same_columns() {
    let office = Office::new().await;
    let director = office.actor("director").await;
    let path = format!("{LIST}/import/mappings");
    let mapping = |source: &str| {
        json!({ "headings": ["编号", "名称"], "mapping": {
            "source": source, "key": ["编号"], "columns": { "名称": "name" }, "owner": null,
            "customer": null, "customer_source": null } })
    };
    director.send_json("PUT", &path, mapping("erp")).await.is(204);
    director.send_json("PUT", &path, mapping("crm")).await.is(204);
    let kept = director.get(&path).await.is(200).json();
    assert_eq!((kept["items"].as_array().unwrap().len(), &kept["items"][0]["mapping"]["source"]), (1, &json!("crm")));
    let mut wrong = mapping("a");
    wrong["mapping"]["key"] = json!(["没有"]);
    director.send_json("PUT", &path, wrong).await.problem(422, "invalid_values");
    office.actor("rep").await.send_json("PUT", &path, mapping("erp")).await.problem(404, "not_found");
    office.actor("rep").await.get(&path).await.problem(404, "not_found");
}
