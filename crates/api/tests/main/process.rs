//! The sales process over HTTP: leads, tasks, public pools, stages and the forecast.

use model::{Action, Decision};
use serde_json::{Value, json};

use crate::actors::{Actor, Office};

async fn made(actor: &Actor<'_>, object: &str, fields: Value) -> String {
    let reply = actor.post(&format!("/api/v1/records/{object}"), json!({ "fields": fields })).await.is(201);
    reply.json()["id"].as_str().unwrap().to_owned()
}

async fn record(actor: &Actor<'_>, object: &str, id: &str) -> Value {
    actor.get(&format!("/api/v1/records/{object}/{id}")).await.is(200).json()
}

/// An act on a record as it is now.
async fn act(actor: &Actor<'_>, object: &str, id: &str, act: &str, body: Value) -> crate::actors::Reply {
    let version = record(actor, object, id).await["version"].clone();
    let place = format!("/api/v1/records/{object}/{id}/{act}");
    actor.send("POST", &place, &[("if-match", &format!("\"{version}\""))], body.to_string()).await
}

async fn patch(actor: &Actor<'_>, object: &str, id: &str, fields: Value) -> crate::actors::Reply {
    let version = record(actor, object, id).await["version"].clone();
    let place = format!("/api/v1/records/{object}/{id}");
    let body = json!({ "fields": fields }).to_string();
    actor.send("PATCH", &place, &[("if-match", &format!("\"{version}\""))], body).await
}

/// Nothing beside the ledger differs from what the log tells.
async fn clean(office: &Office) {
    let now = model::Clock::now(&*office.company.clock);
    let (_, state) = office.company.store.examine(now).await.unwrap();
    assert_eq!(state.findings, vec![], "{state:?}");
}

fn lead() -> Value {
    json!({ "name": "王小明", "company": "远方贸易", "phone": "13700001111", "status": "new", "product": "标准版", "budget": 5000 })
}

fn conversion(customer: Value) -> Value {
    json!({ "make": [
        { "object": "customer", "fields": customer },
        { "object": "contact", "fields": { "name": "王小明", "mobile": "13700001111" } },
        { "object": "opportunity", "fields": { "name": "标准版采购", "stage": "prospecting", "amount": 5000 } },
    ] })
}

#[tokio::test]
async fn a_lead_becomes_a_customer_a_contact_and_an_opportunity_in_one_recorded_act() {
    let office = Office::new().await;
    let (rep, outsider) = (office.actor("rep").await, office.actor("outsider").await);
    let id = made(&rep, "lead", lead()).await;
    outsider.get(&format!("/api/v1/records/lead/{id}")).await.problem(404, "not_found");

    // A part that is wrong makes nothing of the others.
    let mut wrong = conversion(json!({ "name": "远方贸易", "phone": "13700001111" }));
    wrong["make"][1]["fields"] = json!({});
    let reply = act(&rep, "lead", &id, "convert", wrong).await.problem(422, "invalid_values");
    assert_eq!(reply.json()["errors"][0]["pointer"], "/contact/name");
    assert_eq!(office.number("SELECT COUNT(*) FROM record WHERE object = 'customer'").await, 0);

    let before = office.events(Action::Edit, Decision::Allowed).await;
    let whole = conversion(json!({ "name": "远方贸易", "phone": "13700001111" }));
    let reply = act(&rep, "lead", &id, "convert", whole.clone()).await.is(200);
    assert_eq!(office.events(Action::Edit, Decision::Allowed).await, before + 1, "one act, one event");
    let made = reply.json()["made"].as_array().unwrap().clone();
    let of = |n: usize| made[n]["id"].as_str().unwrap().to_owned();
    assert_eq!(
        made.iter().map(|m| m["object"].as_str().unwrap()).collect::<Vec<_>>(),
        ["customer", "contact", "opportunity"]
    );
    let lead = record(&rep, "lead", &id).await;
    assert_eq!((&lead["fields"]["status"], &lead["fields"]["made"]), (&json!("converted"), &json!(of(0))));
    for (n, object) in [(1, "contact"), (2, "opportunity")] {
        let found = record(&rep, object, &of(n)).await;
        assert_eq!(found["customer"], json!(of(0)), "{object}");
        outsider.get(&format!("/api/v1/records/{object}/{}", of(n))).await.problem(404, "not_found");
    }

    // It is closed: neither again, nor discarded, nor given another status by hand.
    act(&rep, "lead", &id, "convert", whole).await.problem(409, "closed");
    act(&rep, "lead", &id, "discard", json!({ "reason": "other" })).await.problem(409, "closed");
    patch(&rep, "lead", &id, json!({ "status": "new" })).await.problem(409, "closed");
    patch(&rep, "lead", &id, json!({ "made": null })).await.problem(422, "invalid_values");
    clean(&office).await;
}

#[tokio::test]
async fn a_conversion_needs_the_right_to_make_each_record_and_tells_of_duplicates_only_that_they_are() {
    let office = Office::new().await;
    let (rep, outsider) = (office.actor("rep").await, office.actor("outsider").await);
    let theirs = made(&outsider, "customer", json!({ "name": "远方贸易", "phone": "137-0000-1111" })).await;
    let id = made(&rep, "lead", lead()).await;
    let whole = conversion(json!({ "name": "远方", "phone": "13700001111" }));
    let reply = act(&rep, "lead", &id, "convert", whole.clone()).await.problem(409, "possible_duplicate");
    let told = reply.json()["detail"].as_str().unwrap().to_owned();
    assert_eq!(told, "phone: one of somebody else");
    assert!(!reply.text().contains(&theirs));
    // Theirs cannot be chosen; one's own can.
    let instead = |id: &str| json!({ "existing": id, "make": [{ "object": "contact", "fields": { "name": "王" } }] });
    act(&rep, "lead", &id, "convert", instead(&theirs)).await.problem(422, "invalid_values");
    let own = made(&rep, "customer", json!({ "name": "自己的" })).await;
    let reply = act(&rep, "lead", &id, "convert", instead(&own)).await.is(200);
    assert_eq!(record(&rep, "contact", reply.json()["made"][0]["id"].as_str().unwrap()).await["customer"], json!(own));

    let second = made(&rep, "lead", lead()).await;
    let mut whole = whole;
    whole["despite_duplicates"] = json!(true);
    act(&rep, "lead", &second, "convert", whole.clone()).await.is(200);

    // Marketing owns leads and may not make customers.
    let nobody = office.company.id("nobody");
    let role = store::company::AssignRole { user: nobody, role: "marketing".parse().unwrap() };
    let grant = office.company.store.gate().admit_system(&office.company.caller("security"), role).await.unwrap();
    office.company.store.assign_role(grant).await.unwrap();
    let marketing = office.actor("nobody").await;
    let third = made(&marketing, "lead", lead()).await;
    act(&marketing, "lead", &third, "convert", whole).await.problem(403, "forbidden");
    act(&marketing, "lead", &third, "discard", json!({ "reason": "" })).await.problem(422, "invalid_values");
    patch(&marketing, "lead", &third, json!({ "status": "discarded" })).await.problem(422, "invalid_values");
    act(&marketing, "lead", &third, "discard", json!({ "reason": "unreachable" })).await.is(200);
    assert_eq!(record(&marketing, "lead", &third).await["fields"]["discard_reason"], "unreachable");
    clean(&office).await;
}

#[tokio::test]
async fn a_task_is_its_customer_s_data_or_its_own() {
    let office = Office::new().await;
    let (rep, lead) = (office.actor("rep").await, office.actor("lead").await);
    let customer = made(&rep, "customer", json!({ "name": "客户" })).await;
    let with = made(&rep, "task", json!({ "subject": "回电", "due_on": "2026-11-23", "customer": customer })).await;
    let alone = made(&rep, "task", json!({ "subject": "周报", "due_on": "2026-11-22" })).await;
    assert_eq!(record(&rep, "task", &with).await["customer"], json!(customer));
    assert_eq!(record(&lead, "task", &alone).await["customer"], json!(alone), "a lead sees the team's");
    let due = json!({ "all": [
        { "not": { "test": { "field": "done", "op": "eq", "value": true } } },
        { "test": { "field": "due_on", "op": "le", "value": "2026-11-23" } },
    ] });
    let place = format!("/api/v1/records/task?filter={}", urlencoded(&due.to_string()));
    let open = async || rep.get(&place).await.is(200).json()["items"].as_array().unwrap().len();
    assert_eq!(open().await, 2);
    patch(&rep, "task", &alone, json!({ "done": true })).await.is(200);
    assert_eq!(open().await, 1);
    clean(&office).await;
}

fn urlencoded(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

#[tokio::test]
async fn a_stage_asks_for_what_it_needs_and_the_forecast_sums_only_what_one_may_see() {
    let office = Office::new().await;
    let mut sums = vec![];
    for (login, amount) in [("rep", 1000), ("outsider", 7000)] {
        let actor = office.actor(login).await;
        let customer = made(&actor, "customer", json!({ "name": "客户" })).await;
        let fields = json!({ "customer": customer, "name": "商机", "stage": "engaging" });
        let id = made(&actor, "opportunity", fields).await;
        let reply = patch(&actor, "opportunity", &id, json!({ "stage": "negotiation" })).await;
        let problem = reply.problem(422, "invalid_values").json();
        let missing: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|e| e["pointer"].clone()).collect();
        assert_eq!(missing, [json!("/fields/amount"), json!("/fields/closes_on")]);
        let whole = json!({ "stage": "negotiation", "amount": amount, "closes_on": "2026-12-24" });
        patch(&actor, "opportunity", &id, whole).await.is(200);
        // What the stage asked for cannot be taken away in it; other fields can be changed.
        patch(&actor, "opportunity", &id, json!({ "amount": null })).await.problem(422, "invalid_values");
        patch(&actor, "opportunity", &id, json!({ "product": "企业版" })).await.is(200);
        patch(&actor, "opportunity", &id, json!({ "stage": "won" })).await.problem(422, "invalid_values");
        let place = "/api/v1/records/opportunity/forecast?from=2026-11-01&to=2026-12-31";
        let lines = actor.get(place).await.is(200).json()["items"].clone();
        assert_eq!(lines.as_array().unwrap().len(), 1, "{lines}");
        assert_eq!(lines[0]["month"], "2026-12");
        assert_eq!((&lines[0]["amount"], &lines[0]["weighted"]), (&json!(amount), &json!(amount * 8 / 10)));
        sums.push(lines);
    }
    let director = office.actor("director").await;
    let all = director.get("/api/v1/records/opportunity/forecast?from=2026-11-01&to=2026-12-31").await.is(200).json();
    assert_eq!(all["items"].as_array().unwrap().len(), 2, "{all}");
    // Who may not read amounts gets no sum of them, and who has no pipeline none at all.
    let nobody = office.actor("nobody").await;
    assert_eq!(nobody.get("/api/v1/records/opportunity/forecast").await.is(200).json(), json!({ "items": [] }));
    director.get("/api/v1/records/customer/forecast").await.problem(404, "not_found");
    director.get("/api/v1/records/opportunity/forecast?from=2026-13-01").await.problem(422, "invalid_values");
}

fn pools() -> Value {
    json!({ "pools": [
        { "name": "east", "label": { "zh": "华东公海", "en": "East" }, "object": "customer",
          "members": [{ "kind": "role", "id": "sales_rep" }], "daily_claims": 2, "holding": 3,
          "not_counted": { "test": { "field": "status", "op": "eq", "value": "active" } },
          "former_owner_days": 7, "new_hours": 2,
          "recycle": { "activity": "follow_up", "days": 10, "remind_days": 3 },
          "reasons": [{ "value": "no_need", "label": { "zh": "没有需求", "en": "No need" } }] },
        { "name": "key", "label": { "zh": "大客户公海", "en": "Key accounts" }, "object": "customer",
          "members": [{ "kind": "role", "id": "sales_manager" }] },
    ] })
}

async fn claim(actor: &Actor<'_>, id: &str) -> crate::actors::Reply {
    actor.send("POST", &format!("/api/v1/records/customer/{id}/claim"), &[], "").await
}

async fn pooled(office: &Office, name: &str) -> String {
    let lead = office.actor("lead").await;
    let id = made(&lead, "customer", json!({ "name": name, "phone": "13900000000" })).await;
    let back = json!({ "pool": true, "to_pool": "east", "reason": "no_need" });
    act(&lead, "customer", &id, "transfer", back).await.is(200);
    id
}

#[tokio::test]
async fn a_pool_gives_within_its_rules_and_a_refusal_names_the_rule() {
    let office = Office::new().await;
    let (admin, rep, colleague) =
        (office.actor("admin").await, office.actor("rep").await, office.actor("colleague").await);
    let put = async |body: Value| admin.send("PUT", "/api/v1/admin/pools", &[], body.to_string()).await;
    rep.send("PUT", "/api/v1/admin/pools", &[], pools().to_string()).await.problem(403, "forbidden");
    let mut wrong = pools();
    wrong["pools"][0]["members"] = json!([{ "kind": "role", "id": "nobody_has_it" }]);
    put(wrong).await.problem(422, "invalid_values");
    put(pools()).await.is(204);

    let mut ids = vec![];
    for n in 0..5 {
        ids.push(pooled(&office, &format!("公海客户{n}")).await);
    }
    // Until it is claimed, its phone is masked.
    let shown = record(&rep, "customer", &ids[0]).await;
    assert!(shown["masked"].as_array().unwrap().contains(&json!("phone")), "{shown}");
    claim(&rep, &ids[0]).await.problem(409, "pool_too_new");
    office.company.clock.advance_ms(2 * 3_600_000);
    claim(&rep, &ids[0]).await.is(204);
    let claimed = record(&rep, "customer", &ids[0]).await;
    assert_eq!(claimed["owner"], json!(office.company.id("rep")));
    assert_eq!(claimed["fields"]["phone"], "13900000000");
    assert_eq!(claimed["fields"]["pool_name"], "east");
    // What the house keeps is nobody's to edit.
    patch(&rep, "customer", &ids[0], json!({ "owned_since": null })).await.problem(422, "invalid_values");
    // Gone: another sees neither the record nor that it is there.
    claim(&colleague, &ids[0]).await.problem(404, "not_found");
    claim(&rep, &ids[1]).await.is(204);
    claim(&rep, &ids[2]).await.problem(409, "pool_daily_limit");

    // The next day; three that count are the limit, and a customer of status `active` does not.
    office.company.clock.advance_ms(86_400_000);
    let own = made(&rep, "customer", json!({ "name": "自己的" })).await;
    claim(&rep, &ids[2]).await.problem(409, "pool_holding_limit");
    let mine = rep.get("/api/v1/me/pools").await.is(200).json();
    assert_eq!((&mine["items"][0]["claimed_today"], &mine["items"][0]["holding"]), (&json!(0), &json!(3)));
    assert_eq!((&mine["items"][0]["member"], &mine["items"][1]["member"]), (&json!(true), &json!(false)));
    patch(&rep, "customer", &own, json!({ "status": "active" })).await.is(200);
    claim(&rep, &ids[2]).await.is(204);

    // Returned with a reason, and not to be claimed by the same person at once.
    let back = |reason: Value| json!({ "pool": true, "reason": reason });
    act(&rep, "customer", &ids[2], "transfer", back(json!(null))).await.problem(409, "pool_reason_needed");
    act(&rep, "customer", &ids[2], "transfer", back(json!("bored"))).await.problem(422, "invalid_values");
    act(&rep, "customer", &ids[2], "transfer", back(json!("no_need"))).await.is(200);
    office.company.clock.advance_ms(3 * 3_600_000);
    claim(&rep, &ids[2]).await.problem(409, "pool_former_owner");
    claim(&colleague, &ids[2]).await.is(204);

    // A pool of others.
    let lead = office.actor("lead").await;
    act(&lead, "customer", &ids[0], "transfer", json!({ "pool": true, "to_pool": "key" })).await.is(200);
    claim(&colleague, &ids[0]).await.problem(409, "pool_not_member");
    claim(&lead, &ids[0]).await.is(204);
    clean(&office).await;
}

#[tokio::test]
async fn what_nobody_works_on_goes_back_after_a_reminder_and_what_belongs_to_it_waits_too() {
    let office = Office::new().await;
    let (admin, rep, colleague) =
        (office.actor("admin").await, office.actor("rep").await, office.actor("colleague").await);
    admin.send("PUT", "/api/v1/admin/pools", &[], pools().to_string()).await.is(204);
    let (idle, worked) = (pooled(&office, "闲置").await, pooled(&office, "跟进").await);
    office.company.clock.advance_ms(2 * 3_600_000);
    claim(&rep, &idle).await.is(204);
    claim(&rep, &worked).await.is(204);
    let contact = made(&rep, "contact", json!({ "customer": idle, "name": "联系人" })).await;
    let run =
        async || admin.send("POST", "/api/v1/admin/pools/recycle", &[], "").await.is(200).json()["returned"].clone();
    let soon = async || rep.get("/api/v1/records/customer/returning").await.is(200).json()["items"].clone();
    assert_eq!((run().await, soon().await), (json!(0), json!([])));

    office.company.clock.advance_ms(8 * 86_400_000);
    let told = soon().await;
    assert_eq!(told.as_array().unwrap().len(), 2, "{told}");
    assert_eq!(told[0]["record"]["fields"].as_object().unwrap().keys().collect::<Vec<_>>(), ["name"]);
    assert_eq!(run().await, 0);
    made(&rep, "follow_up", json!({ "customer": worked, "summary": "电话", "type": "call" })).await;
    assert_eq!(soon().await.as_array().unwrap().len(), 1);

    office.company.clock.advance_ms(3 * 86_400_000);
    rep.send("POST", "/api/v1/admin/pools/recycle", &[], "").await.problem(403, "forbidden");
    let before = office.events(Action::Transfer, Decision::Allowed).await;
    assert_eq!(run().await, 1);
    assert_eq!(office.events(Action::Transfer, Decision::Allowed).await, before + 1);
    let by = "SELECT COUNT(*) FROM event e JOIN app_user u ON u.id = e.actor WHERE u.login = 'recycler'";
    assert_eq!(office.number(by).await, 1, "in the name of its own account");
    let back = record(&colleague, "customer", &idle).await;
    assert_eq!((&back["pool"], &back["owner"]), (&json!(true), &json!(null)));
    assert_eq!(back["fields"]["return_reason"], "recycled");
    // The contact waits without an owner, and comes along when the customer is claimed.
    rep.get(&format!("/api/v1/records/contact/{contact}")).await.problem(404, "not_found");
    office.company.clock.advance_ms(2 * 3_600_000);
    claim(&rep, &idle).await.problem(409, "pool_former_owner");
    claim(&colleague, &idle).await.is(204);
    assert_eq!(record(&colleague, "contact", &contact).await["owner"], json!(office.company.id("colleague")));
    assert_eq!(record(&rep, "customer", &worked).await["pool"], false);
    clean(&office).await;
}

#[tokio::test]
async fn a_pool_of_its_members_alone_is_not_there_for_others() {
    let office = Office::new().await;
    let (admin, rep, lead) = (office.actor("admin").await, office.actor("rep").await, office.actor("lead").await);
    let put = async |body: &Value| admin.send("PUT", "/api/v1/admin/pools", &[], body.to_string()).await.is(204);
    let mut pools = pools();
    put(&pools).await;
    let east = pooled(&office, "华东的").await;
    let key = made(&lead, "customer", json!({ "name": "大客户", "phone": "13900000001" })).await;
    act(&lead, "customer", &key, "transfer", json!({ "pool": true, "to_pool": "key" })).await.is(200);
    let nameless = made(&lead, "customer", json!({ "name": "无名的" })).await;
    act(&lead, "customer", &nameless, "transfer", json!({ "pool": true, "to_pool": "east", "reason": "no_need" }))
        .await
        .is(200);
    let listed = async || {
        let filter = json!({ "test": { "field": "pool", "op": "eq", "value": true } }).to_string();
        let filter: String = filter.bytes().map(|b| format!("%{b:02X}")).collect();
        let found = rep.get(&format!("/api/v1/records/customer?filter={filter}")).await.is(200).json();
        let count = rep.get(&format!("/api/v1/records/customer/count?filter={filter}")).await.is(200).json();
        let items = found["items"].as_array().unwrap();
        assert_eq!(count["count"], json!(items.len()), "a count tells no more than a list");
        items.iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect::<std::collections::BTreeSet<_>>()
    };
    assert!(listed().await.contains(&key), "until it is its members' alone");

    pools["pools"][1]["members_only"] = json!(true);
    put(&pools).await;
    let seen = listed().await;
    assert!(!seen.contains(&key) && seen.contains(&east) && seen.contains(&nameless));
    let hidden = rep.get(&format!("/api/v1/records/customer/{key}")).await.problem(404, "not_found");
    let never = rep.get("/api/v1/records/customer/0190c8f4-0000-7000-8000-000000000000").await;
    assert_eq!(hidden.bytes, never.bytes);
    claim(&rep, &key).await.problem(404, "not_found");
    let mine = rep.get("/api/v1/me/pools").await.is(200).json();
    assert_eq!(mine["items"].as_array().unwrap().len(), 1, "{mine}");
    lead.get(&format!("/api/v1/records/customer/{key}")).await.is(200);

    // What names a pool that is not there any more waits in the first, and is seen as the first is.
    pools["pools"].as_array_mut().unwrap().remove(0);
    put(&pools).await;
    assert!(listed().await.is_empty());
    pools["pools"][0]["members"] = json!([{ "kind": "user", "id": office.company.id("rep") }]);
    put(&pools).await;
    assert_eq!(listed().await.len(), 3);
}

#[tokio::test]
async fn a_holding_limit_that_always_stands_holds_however_a_record_comes() {
    let office = Office::new().await;
    let (admin, rep, lead) = (office.actor("admin").await, office.actor("rep").await, office.actor("lead").await);
    let mut pools = pools();
    (pools["pools"][0]["holding"], pools["pools"][0]["holding_always"]) = (json!(1), json!(true));
    admin.send("PUT", "/api/v1/admin/pools", &[], pools.to_string()).await.is(204);
    let own = made(&rep, "customer", json!({ "name": "第一家" })).await;
    let second = json!({ "fields": { "name": "第二家" } });
    rep.post("/api/v1/records/customer", second.clone()).await.problem(409, "pool_holding_limit");
    // A manager is no member, and holds what they like; what they give is held against the receiver's limit.
    let given = made(&lead, "customer", json!({ "name": "经理的" })).await;
    made(&lead, "customer", json!({ "name": "经理的第二家" })).await;
    let to = |login: &str| json!({ "user": office.company.id(login) });
    let refused = act(&lead, "customer", &given, "transfer", to("rep")).await.problem(409, "pool_holding_limit");
    assert!(!refused.text().contains("of 1"), "{}", refused.text());
    let rows = json!({ "source": "s", "rows": [
        { "key": "1", "fields": { "name": "导入的" }, "owner": "rep" },
        { "key": "2", "fields": { "name": "导入的二" }, "owner": "colleague" },
        { "key": "3", "fields": { "name": "导入的三" }, "owner": "colleague" },
    ] });
    let told = office.actor("director").await.post("/api/v1/records/customer/import", rows).await.is(200).json();
    let wrong: Vec<_> =
        told["rejected"].as_array().unwrap().iter().map(|r| (&r["row"], &r["errors"][0]["code"])).collect();
    assert_eq!(wrong, [(&json!(1), &json!("pool_holding_limit")), (&json!(3), &json!("pool_holding_limit"))]);
    // A customer who is won does not count, and may be given to who is full.
    patch(&lead, "customer", &given, json!({ "status": "active" })).await.is(200);
    act(&lead, "customer", &given, "transfer", to("rep")).await.is(200);
    rep.post("/api/v1/records/customer", second.clone()).await.problem(409, "pool_holding_limit");
    patch(&rep, "customer", &own, json!({ "status": "active" })).await.is(200);
    rep.post("/api/v1/records/customer", second).await.is(201);
}

#[tokio::test]
async fn a_print_is_on_record_with_the_fields_on_the_paper() {
    let office = Office::new().await;
    let id = office.customer("rep", "甲").await;
    let path = format!("/api/v1/records/customer/{id}/print");
    assert_eq!(office.actor("rep").await.post(&path, json!({})).await.is(204).header("x-audit-event").len(), 36);
    office.actor("colleague").await.post(&path, json!({})).await.problem(404, "not_found");
    let looks = office.actor("lead").await.get(&format!("/api/v1/records/customer/{id}/looks")).await.is(200).json();
    let print =
        looks["items"].as_array().unwrap().iter().find(|l| l["action"] == "print" && l["decision"] == "allowed");
    assert!(print.unwrap()["shown"].as_array().unwrap().contains(&json!("name")), "{looks}");
}
