//! Side doors: ways to learn what one may not see without asking for it. Each test names the class it closes
//! (docs/side-doors.md).
//!
//! Two engines do most of the work. *The same answer*: a battery of requests is asked, then only what the asker may not see is
//! changed, then it is asked again; every byte must be the same. *The same rows*: whatever way rows come (list, page, filter,
//! count, export, related records), they are the rows that can be opened one by one.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use store::company::AssignRole;

use crate::actors::{Actor, Office, Reply};

const CUSTOMERS: &str = "/api/v1/records/customer";

fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}
fn filtered(field: &str, op: &str, value: &Value) -> String {
    encoded(&json!({ "test": { "field": field, "op": op, "value": value } }).to_string())
}

/// What would be told apart by who looks closely. When a record was last written, its owner's colleagues may know.
fn told(reply: &Reply) -> (u16, String) {
    fn forget(value: &mut Value) {
        match value {
            Value::Object(map) => {
                for own in ["updated_at", "version", "trace_id", "cursor", "next_cursor", "next"] {
                    if let Some(v) = map.get_mut(own) {
                        *v = json!(!v.is_null());
                    }
                }
                map.values_mut().for_each(forget);
            }
            Value::Array(items) => items.iter_mut().for_each(forget),
            _ => {}
        }
    }
    let body = match serde_json::from_slice::<Value>(&reply.bytes) {
        Ok(mut body) => {
            forget(&mut body);
            body.to_string()
        }
        // A table: its last line says when and under which export it was made; columns 3 and 4 are times.
        Err(_) => {
            let text = reply.text();
            let lines: Vec<_> = text.lines().collect();
            let rows = lines.iter().take(lines.len().saturating_sub(1));
            rows.map(|l| l.splitn(5, ',').enumerate().filter(|(n, _)| ![2, 3].contains(n)).map(|(_, c)| c).collect())
                .collect::<Vec<String>>()
                .join("\n")
        }
    };
    (reply.status.as_u16(), body)
}

struct House {
    office: Office,
    /// Customers of `rep`, and of `outsider`.
    own: Vec<String>,
    hidden: Vec<String>,
}

const FIELDS: [&str; 8] = ["name", "phone", "email", "id_number", "bank_account", "notes", "revenue", "level"];

impl House {
    async fn new() -> House {
        let office = Office::new().await;
        let mut own = vec![];
        for n in 0..4 {
            own.push(office.customer("rep", &format!("华东客户{n}")).await);
        }
        let mut hidden = vec![];
        for n in 0..4 {
            let values = json!({
                "name": format!("华东秘密{n}"), "phone": "13800138000", "email": "secret@example.com", "level": "A",
                "revenue": 1200.5 + f64::from(n), "notes": "canary-note",
            });
            hidden.push(office.company.record("outsider", "customer", values).await.unwrap().to_string());
        }
        for (who, customer, name) in [("rep", &own[0], "王五"), ("outsider", &hidden[0], "赵六")] {
            let values = json!({ "customer": customer, "name": name, "mobile": "13911112222" });
            office.company.record(who, "contact", values).await.unwrap();
        }
        // Somebody who sees every customer but nothing personal.
        let company = &office.company;
        let op = AssignRole { user: company.id("nobody"), role: "marketing".parse().unwrap() };
        let grant = company.store.gate().admit_system(&company.caller("security"), op).await.unwrap();
        company.store.assign_role(grant).await.unwrap();
        House { office, own, hidden }
    }

    /// Everything one can ask about customers without knowing more than ids.
    async fn battery(&self, who: &Actor<'_>) -> Vec<(String, u16, String)> {
        let mut paths = vec![];
        for by in std::iter::once("created_at").chain(FIELDS) {
            for way in ["", "-"] {
                paths.push(format!("{CUSTOMERS}?limit=3&sort={way}{by}"));
                // As a second key too, behind one of which many rows have the same.
                paths.push(format!("{CUSTOMERS}?limit=3&sort=level,{way}{by},created_at"));
            }
        }
        let values =
            ["13800138000", "138", "secret@example.com", "秘密", "华东", "11010519491231002X", "A", "canary-note"];
        for field in FIELDS {
            for op in ["eq", "ne", "starts_with", "contains", "is_empty", "in", "lt", "ge"] {
                for value in values.iter().map(|v| json!(v)).chain([json!(1201), json!(null), json!(["A"])]) {
                    let asked = filtered(field, op, &value);
                    paths.push(format!("{CUSTOMERS}?limit=50&sort=created_at&filter={asked}"));
                    paths.push(format!("{CUSTOMERS}/count?filter={asked}"));
                }
            }
        }
        for text in values {
            paths.push(format!("{CUSTOMERS}?sort=created_at&search={}", encoded(text)));
            paths.push(format!("{CUSTOMERS}/count?search={}", encoded(text)));
        }
        for id in self.hidden.iter().chain(&self.own) {
            for tail in ["", "/shares"] {
                paths.push(format!("{CUSTOMERS}/{id}{tail}"));
            }
            for object in ["contact", "opportunity", "follow_up"] {
                paths.push(format!("/api/v1/records/{object}?customer={id}&sort=created_at"));
                paths.push(format!("/api/v1/records/{object}/count?customer={id}"));
            }
        }
        let mut all = vec![];
        for path in paths {
            let (status, body) = told(&who.get(&path).await);
            all.push((path, status, body));
        }
        for by in ["owner", "department", "level", "region", "created_at"].iter().chain(&FIELDS) {
            for value in ["revenue", "employees", "phone"] {
                let ask = json!({ "by": [{ "field": by }], "values": [{ "field": value, "work": "sum" }] });
                let (status, body) = told(&who.post(&format!("{CUSTOMERS}/aggregate"), ask).await);
                all.push((format!("{value} summed by {by}"), status, body));
            }
        }
        for sort in ["created_at", "phone", "revenue"] {
            let ask = json!({ "format": "csv", "purpose": "月报", "question": { "sort": sort } });
            let (status, body) = told(&who.post(&format!("{CUSTOMERS}/export"), ask).await);
            all.push((format!("export by {sort}"), status, body));
        }
        all
    }

    async fn same_answers(&self, login: &str, change: impl AsyncFnOnce()) {
        let who = self.office.actor(login).await;
        let before = self.battery(&who).await;
        assert!(before.iter().any(|(_, status, _)| *status == 200), "the battery asks something {login} may ask");
        change().await;
        let after = self.battery(&who).await;
        for (b, a) in before.iter().zip(&after) {
            assert_eq!(b, a, "{login} could tell");
        }
    }

    async fn edit(&self, login: &str, id: &str, fields: Value) {
        let who = self.office.actor(login).await;
        let path = format!("{CUSTOMERS}/{id}");
        let etag = who.get(&path).await.is(200).header("etag").to_owned();
        who.send("PATCH", &path, &[("if-match", &etag)], json!({ "fields": fields }).to_string()).await.is(200);
    }

    async fn transfer(&self, who: &Actor<'_>, id: &str, to: Value) {
        let place = format!("{CUSTOMERS}/{id}");
        let etag = who.get(&place).await.is(200).header("etag").to_owned();
        let headers = [("if-match", etag.as_str())];
        who.send("POST", &format!("{place}/transfer"), &headers, to.to_string()).await.is(200);
    }

    /// The customers somebody can open one by one.
    async fn openable(&self, who: &Actor<'_>) -> BTreeSet<String> {
        let mut open = BTreeSet::new();
        for id in self.own.iter().chain(&self.hidden) {
            let reply = who.get(&format!("{CUSTOMERS}/{id}")).await;
            match reply.status.as_u16() {
                200 => {
                    open.insert(id.clone());
                }
                other => assert!([403, 404].contains(&other), "{}", reply.text()),
            }
        }
        open
    }
}

/// Every row of a list, page by page.
async fn all_rows(who: &Actor<'_>, question: &str) -> Vec<Value> {
    let mut rows = vec![];
    let mut cursor = String::new();
    loop {
        let page = who.get(&format!("{CUSTOMERS}?limit=2{question}{cursor}")).await.is(200).json();
        rows.extend(page["items"].as_array().unwrap().clone());
        match page["next"].as_str().or(page["next_cursor"].as_str()) {
            Some(next) => cursor = format!("&cursor={}", encoded(next)),
            None => return rows,
        }
    }
}

fn ids(rows: &[Value]) -> BTreeSet<String> {
    rows.iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect()
}

/// L1, L2, L3, L5, L7, L8: records one may not see.
#[tokio::test]
async fn nothing_tells_that_other_peoples_records_changed() {
    let house = House::new().await;
    house
        .same_answers("rep", async || {
            let outsider = house.office.actor("outsider").await;
            for n in 0..5 {
                house.office.customer("outsider", &format!("华东新客户{n}")).await;
            }
            house.edit("outsider", &house.hidden[0], json!({ "revenue": 9, "phone": "13999999999" })).await;
            house.edit("outsider", &house.hidden[1], json!({ "name": "改名", "level": "C" })).await;
            let values = json!({ "customer": house.hidden[0], "name": "新联系人" });
            house.office.company.record("outsider", "contact", values).await.unwrap();
            let to = json!({ "user": house.office.company.id("director") });
            house.transfer(&outsider, &house.hidden[2], to).await;
        })
        .await;
}

/// L1, L2, L3, L5, L7: fields one may not see, of records one may.
#[tokio::test]
async fn nothing_tells_that_hidden_fields_changed() {
    let house = House::new().await;
    house
        .same_answers("nobody", async || {
            house
                .edit("outsider", &house.hidden[0], json!({ "phone": "13000000001", "notes": "zz", "name": "甲" }))
                .await;
            house.edit("rep", &house.own[0], json!({ "phone": null, "email": "new@example.com", "name": "乙" })).await;
        })
        .await;
}

/// L1: a hidden value cannot be guessed piece by piece; right and wrong guesses get the same bytes.
#[tokio::test]
async fn a_guess_at_a_masked_value_is_not_answered() {
    let house = House::new().await;
    for login in ["nobody", "service", "finance"] {
        let who = house.office.actor(login).await;
        for op in ["eq", "starts_with", "contains", "ne"] {
            let ask = async |guess: &str| {
                let asked = filtered("phone", op, &json!(guess));
                let list = told(&who.get(&format!("{CUSTOMERS}?sort=created_at&filter={asked}")).await);
                let count = told(&who.get(&format!("{CUSTOMERS}/count?filter={asked}")).await);
                (list, count)
            };
            assert_eq!(ask("13800138000").await, ask("13800138001").await, "{login} {op}");
        }
        let search = async |text: &str| told(&who.get(&format!("{CUSTOMERS}/count?search={}", encoded(text))).await);
        assert_eq!(search("13800138000").await, search("13800138001").await, "{login}");
    }
}

/// L3, L5, L9: list, pages, counts, filters and exports are the rows that can be opened one by one, for everyone.
#[tokio::test]
async fn rows_are_the_same_whatever_way_they_come() {
    let house = House::new().await;
    let until = model::Clock::now(&*house.office.company.clock).plus_seconds(86_400).0;
    let rep = house.office.actor("rep").await;
    let share = json!({ "kind": "share", "to": { "user": house.office.company.id("outsider") }, "until": until });
    rep.post(&format!("{CUSTOMERS}/{}/shares", house.own[1]), share).await.is(201);
    let mut some = 0;
    for login in ["rep", "colleague", "lead", "director", "outsider", "service", "finance", "nobody"] {
        let who = house.office.actor(login).await;
        let open = house.openable(&who).await;
        for sort in ["", "&sort=created_at", "&sort=-revenue", "&sort=level"] {
            let rows = all_rows(&who, sort).await;
            assert_eq!((ids(&rows), rows.len()), (open.clone(), open.len()), "{login} {sort}");
        }
        let count = async |filter: &str| {
            who.get(&format!("{CUSTOMERS}/count{filter}")).await.is(200).json()["count"].as_u64().unwrap()
        };
        assert_eq!(count("").await, open.len() as u64, "{login}");
        // A filter and its opposite share out the rows; nobody falls between.
        let above = filtered("revenue", "gt", &json!(1201));
        let below = encoded(r#"{"not":{"test":{"field":"revenue","op":"gt","value":1201}}}"#);
        let parts = count(&format!("?filter={above}")).await + count(&format!("?filter={below}")).await;
        assert_eq!(parts, open.len() as u64, "{login}");
        assert_eq!(
            ids(&all_rows(&who, &format!("&filter={above}")).await).len() as u64,
            count(&format!("?filter={above}")).await
        );
        let file = who.post(&format!("{CUSTOMERS}/export"), json!({ "format": "csv", "purpose": "核对" })).await;
        if file.status.as_u16() == 200 {
            let text = file.text();
            let exported: BTreeSet<_> = text
                .lines()
                .skip(1)
                .filter(|l| l.contains('-'))
                .map(|l| l.split(',').next().unwrap().to_owned())
                .collect();
            let known = house.own.iter().chain(&house.hidden).filter(|id| exported.contains(*id)).count();
            assert!(exported.iter().filter(|id| id.len() == 36).all(|id| open.contains(id)), "{login}");
            assert_eq!(known, open.len().min(known), "{login}");
            some += known;
        }
    }
    assert!(some > 0, "somebody exported something");
}

/// L5, complaints 15, 17 and 21: a list, a page of one and an export show a field alike.
#[tokio::test]
async fn a_field_is_masked_alike_everywhere() {
    let house = House::new().await;
    for login in ["finance", "nobody", "director"] {
        let who = house.office.actor(login).await;
        let row = all_rows(&who, "&sort=created_at").await.remove(0);
        let one = who.get(&format!("{CUSTOMERS}/{}", row["id"].as_str().unwrap())).await.is(200).json();
        assert_eq!((&row["fields"], &row["masked"]), (&one["fields"], &one["masked"]), "{login}");
        let file =
            who.post(&format!("{CUSTOMERS}/export"), json!({ "format": "csv", "purpose": "核对" })).await.is(200);
        let phone_shown = one["fields"]["phone"] == "13800138000";
        assert_eq!(file.text().contains("13800138000"), phone_shown, "{login}");
    }
}

/// L7, L19, complaint 16: what the log, its counts and its problems say holds no value, for whoever reads the log.
#[tokio::test]
async fn the_log_shows_no_value_and_its_reading_is_recorded() {
    let house = House::new().await;
    let rep = house.office.actor("rep").await;
    rep.get(&format!("{CUSTOMERS}?search=13800138000")).await.is(200);
    rep.get(&format!("{CUSTOMERS}?filter={}", filtered("notes", "contains", &json!("canary-note")))).await;
    house.edit("rep", &house.own[0], json!({ "notes": "canary-edit" })).await;
    let auditor = house.office.actor("auditor").await;
    let events = house.office.all_events().await;
    let mut said = String::new();
    let feed = auditor.get("/api/v1/audit/events?limit=200").await.is(200);
    for event in feed.json()["items"].as_array().unwrap() {
        said +=
            &auditor.get(&format!("/api/v1/audit/events/{}", event["event"].as_str().unwrap())).await.is(200).text();
    }
    said += &feed.text();
    said += &auditor.get(&format!("/api/v1/audit/records/{}", house.own[0])).await.is(200).text();
    said += &auditor.get(&format!("/api/v1/audit/users/{}", house.office.company.id("rep"))).await.is(200).text();
    said += &auditor.get("/metrics").await.is(200).text();
    for value in ["13800138000", "canary-note", "canary-edit", "secret@example.com", "华东客户", "华东秘密", "王五"]
    {
        assert!(!said.contains(value), "{value}");
    }
    assert!(house.office.all_events().await > events + 20, "reading the log is in the log");
}

/// L8: another's record answers a write as a record that never was.
#[tokio::test]
async fn a_write_does_not_tell_what_exists() {
    let house = House::new().await;
    let rep = house.office.actor("rep").await;
    let never = "0190c8f4-0000-7000-8000-000000000000";
    let contact = |customer: &str| json!({ "fields": { "customer": customer, "name": "丙" } });
    let hidden = rep.post("/api/v1/records/contact", contact(&house.hidden[0])).await;
    let absent = rep.post("/api/v1/records/contact", contact(never)).await;
    assert_eq!(told(&hidden), told(&absent));
    assert!(hidden.status.is_client_error(), "{}", hidden.text());
}

/// L8, L9: an import does not tell which customers another import brought, and writes nothing to them.
#[tokio::test]
async fn an_import_reaches_no_customer_out_of_reach() {
    let house = House::new().await;
    let company = &house.office.company;
    let importer = house.office.actor("importer").await;
    let rows = json!([{ "key": "K1", "fields": { "name": "东方" }, "owner": "outsider" }]);
    importer.post(&format!("{CUSTOMERS}/import"), json!({ "source": "erp", "rows": rows })).await.is(200);
    // Somebody who may import within their own department only.
    let mut policy = company.store.company().policy.policy.clone();
    let whole = policy.rows.iter().find(|r| r.id == "sales_manager.subtree").unwrap().clone();
    policy.rows.push(model::policy::MatrixRow {
        id: "sales_manager.import".into(),
        what: model::policy::What::Operations([model::Action::Import].into()),
        ..whole
    });
    let op =
        store::company::PublishPolicy { base: 1, policy, reason: "test".into(), note: store::company::Note::default() };
    let grant = company.store.gate().admit_system(&company.caller("security"), op).await.unwrap();
    company.store.publish_policy(grant).await.unwrap();
    let lead = house.office.actor("lead").await;
    let contact = async |customer: &str| {
        let rows = json!([{ "key": "C1", "customer_key": customer, "fields": { "name": "丙" }, "owner": "rep" }]);
        // Of one job, so that the answers differ in nothing else.
        let job = "0190c8f4-0000-7000-8000-000000000000";
        let body = json!({ "source": "erp", "customer_source": "erp", "job": job, "rows": rows });
        let done = lead.post("/api/v1/records/contact/import", body).await;
        (done.status.as_u16(), done.text())
    };
    let (hidden, absent) = (contact("K1").await, contact("K2").await);
    assert!(hidden.0 != 200 || hidden.1.contains("no_such_customer"), "{hidden:?}");
    assert_eq!((hidden.0, hidden.1.replace("K1", "")), (absent.0, absent.1.replace("K2", "")));
}

/// L10: who was given a record gives it to nobody; and a share ends with the right it came from.
#[tokio::test]
async fn a_share_is_not_handed_on_and_opens_no_more_than_its_reader_may_see() {
    let house = House::new().await;
    let company = &house.office.company;
    let until = model::Clock::now(&*company.clock).plus_seconds(86_400).0;
    let (rep, outsider) = (house.office.actor("rep").await, house.office.actor("outsider").await);
    let shares = format!("{CUSTOMERS}/{}/shares", house.own[0]);
    let to = |login: &str| json!({ "kind": "share", "to": { "user": company.id(login) }, "until": until });
    rep.post(&shares, to("outsider")).await.is(201);
    outsider.post(&shares, to("colleague")).await.problem(403, "forbidden_on_record");
    // An administrator's duty is not opened by a share.
    rep.post(&shares, to("auditor")).await;
    house.office.actor("auditor").await.get(&format!("{CUSTOMERS}/{}", house.own[0])).await.problem(403, "forbidden");
    // Sensitive fields stay masked to the one it was shared with.
    let seen = outsider.get(&format!("{CUSTOMERS}/{}", house.own[0])).await.is(200).json();
    assert!(seen["fields"].get("id_number").is_none_or(|v| v.is_null() || v.as_str().unwrap().contains('*')), "{seen}");
}

/// L13: a right that ends between two pages ends for the next page, and at its second.
#[tokio::test]
async fn a_right_that_is_taken_ends_at_the_next_page() {
    let house = House::new().await;
    let (rep, lead) = (house.office.actor("rep").await, house.office.actor("lead").await);
    let first = rep.get(&format!("{CUSTOMERS}?limit=2&sort=created_at")).await.is(200).json();
    let next = first["next"].as_str().or(first["next_cursor"].as_str()).unwrap().to_owned();
    let to = json!({ "user": house.office.company.id("colleague") });
    house.transfer(&lead, &house.own[2], to).await;
    let page = format!("{CUSTOMERS}?limit=2&sort=created_at&cursor={}", encoded(&next));
    let second = rep.get(&page).await.is(200).json();
    assert_eq!(ids(second["items"].as_array().unwrap()), BTreeSet::from([house.own[3].clone()]));
    // Another's cursor is nobody's.
    let stolen = lead.get(&page).await;
    assert_eq!(stolen.status.as_u16(), 422, "{}", stolen.text());
}

/// L16: what a caller says of itself is not believed.
#[tokio::test]
async fn a_caller_s_own_word_is_not_believed() {
    let house = House::new().await;
    let rep = house.office.actor("rep").await;
    let headers =
        [("x-forwarded-for", "10.0.0.1"), ("x-real-ip", "10.0.0.1"), ("x-user", "director"), ("x-mfa", "true")];
    let reply = rep.send("GET", &format!("{CUSTOMERS}/{}", house.hidden[0]), &headers, "").await;
    assert_eq!(reply.status.as_u16(), 404);
    let event = rep.send("GET", &format!("{CUSTOMERS}/{}", house.own[0]), &headers, "").await.is(200);
    let path = format!("/api/v1/audit/events/{}", event.header("x-audit-event"));
    let told = house.office.actor("auditor").await.get(&path).await.is(200).text();
    assert!(told.contains("192.0.2.7") && !told.contains("10.0.0.1"), "{told}");
}

/// L17: fields that are the system's cannot be written, and an answer to a write shows no more than a view.
#[tokio::test]
async fn nothing_is_assigned_that_was_not_asked_for() {
    let house = House::new().await;
    let rep = house.office.actor("rep").await;
    let place = format!("{CUSTOMERS}/{}", house.own[0]);
    for own in ["id", "owner", "department", "version", "created_at", "created_by", "pool", "customer", "sealed"] {
        let fields = json!({ "fields": { "level": "B", own: "x" } }).to_string();
        let refused = rep.send("PATCH", &place, &[("if-match", "*")], fields.clone()).await;
        assert!(refused.status.is_client_error(), "{own}: {}", refused.text());
        let etag = rep.get(&place).await.is(200).header("etag").to_owned();
        rep.send("PATCH", &place, &[("if-match", &etag)], fields).await.problem(422, "invalid_values");
    }
    assert_eq!(rep.get(&place).await.is(200).json()["fields"]["level"], "A", "nothing was half written");
    let etag = rep.get(&place).await.header("etag").to_owned();
    let written =
        rep.send("PATCH", &place, &[("if-match", &etag)], json!({ "fields": { "level": "B" } }).to_string()).await;
    let shown = rep.get(&place).await.json();
    let masked = |v: &Value| v["masked"].clone();
    if written.is(200).json().get("fields").is_some() {
        let written = rep.get(&place).await.json();
        assert_eq!(masked(&written), masked(&shown));
    }
}

/// L18: what is gone is as if it never was, by its direct address too.
#[tokio::test]
async fn a_deleted_record_has_no_address() {
    let house = House::new().await;
    let lead = house.office.actor("lead").await;
    let place = format!("{CUSTOMERS}/{}", house.own[3]);
    let etag = lead.get(&place).await.is(200).header("etag").to_owned();
    lead.send("DELETE", &place, &[("if-match", &etag)], "").await.is(204);
    let never = format!("{CUSTOMERS}/0190c8f4-0000-7000-8000-000000000000");
    for login in ["lead", "rep", "director", "service"] {
        let who = house.office.actor(login).await;
        assert_eq!(told(&who.get(&place).await), told(&who.get(&never).await), "{login}");
        assert!(!ids(&all_rows(&who, "").await).contains(&house.own[3]));
    }
}

/// L20: a new field has a class from its first moment, and is seen by nobody whose classes do not hold it.
#[tokio::test]
async fn a_new_field_is_not_open_by_default() {
    let house = House::new().await;
    let admin = house.office.actor("admin").await;
    let path = "/api/v1/admin/objects/customer/fields";
    let field = json!({ "name": "passport", "label": { "zh": "护照", "en": "Passport" }, "type": { "kind": "text", "max": 40 } });
    let refused = admin.post(path, field.clone()).await;
    assert!(refused.status.is_client_error(), "a field without a class: {}", refused.text());
    let mut field = field;
    field["class"] = json!("sensitive");
    let made = admin.post(path, field).await;
    assert!(made.status.is_success(), "{}", made.text());
    let seen = house.office.actor("nobody").await.get(&format!("{CUSTOMERS}/{}", house.own[0])).await.is(200).json();
    assert!(seen["fields"].get("passport").is_none(), "{seen}");
}
