//! OCSF events: what they mean goes by the numbers of class and activity (schema 1.0 to 1.9), which no translation changes.

use model::Action;
use serde_json::{Map, Value};

use crate::json::text;
use crate::{Around, Code, Found, Said};

fn known(class: i64, activity: i64) -> Option<Action> {
    Some(match (class, activity) {
        // Authentication.
        (3002, 1) => Action::SignIn,
        (3002, 2) => Action::SignOut,
        // Account change, group management.
        (3001, _) => Action::UserManage,
        (3005 | 3006, _) => Action::RoleAssign,
        // File system activity.
        (1001, 2 | 14) => Action::View,
        (1001, 3) => Action::Edit,
        (1001, 1) => Action::Create,
        (1001, 4) => Action::Delete,
        // Web resources activity.
        (6001, 1) => Action::Create,
        (6001, 2) => Action::View,
        (6001, 3) => Action::Edit,
        (6001, 4) => Action::Delete,
        (6001, 5) => Action::List,
        (6001, 6) => Action::Import,
        (6001, 7) => Action::Export,
        (6001, 8) => Action::Share,
        // API activity.
        (6003, 1) => Action::Create,
        (6003, 2) => Action::View,
        (6003, 3) => Action::Edit,
        (6003, 4) => Action::Delete,
        // Datastore activity.
        (6005, 1) => Action::View,
        (6005, 2 | 5) => Action::Edit,
        (6005, 3) => Action::SignIn,
        (6005, 4 | 8) => Action::List,
        (6005, 6) => Action::Create,
        (6005, 7) => Action::Delete,
        // File hosting activity.
        (6006, 1) => Action::Create,
        (6006, 3 | 13) => Action::View,
        (6006, 2) => Action::Edit,
        (6006, 4) => Action::Delete,
        (6006, 7) => Action::Export,
        _ => return None,
    })
}

fn at<'a>(of: &'a Map<String, Value>, path: &[&str]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(of.get(*first)?, |v, name| v.get(*name))
}

pub(crate) fn read(of: &Map<String, Value>, around: &Around<'_>) -> Result<Said, Code> {
    let (Some(class), activity) =
        (of.get("class_uid").and_then(Value::as_i64), of.get("activity_id").and_then(Value::as_i64).unwrap_or(0))
    else {
        return Err(Code("bad_json"));
    };
    let said = format!("{class}:{activity}");
    let Some(action) = around.action(&said, || Some(known(class, activity)))? else { return Ok(Said::SKIPPED) };
    let first = |paths: &[&[&str]]| paths.iter().map(|p| text(at(of, p))).find(|t| !t.is_empty()).unwrap_or_default();
    let user = first(&[
        &["actor", "user", "email_addr"],
        &["actor", "user", "name"],
        &["actor", "user", "uid"],
        &["user", "email_addr"],
        &["user", "name"],
        &["user", "uid"],
    ]);
    let named = |list: &str| -> Vec<String> {
        let all = of.get(list).and_then(Value::as_array).into_iter().flatten();
        all.map(|r| {
            let uid = text(r.get("uid"));
            if uid.is_empty() { text(r.get("name")) } else { uid }
        })
        .filter(|t| !t.is_empty())
        .collect()
    };
    let mut records = named("web_resources");
    if records.is_empty() {
        records = named("resources");
    }
    if records.is_empty() {
        records.push(first(&[&["databucket", "uid"], &["file", "uid"], &["file", "path"], &["web_resource", "uid"]]));
    }
    let kinds = of.get("web_resources").or_else(|| of.get("resources")).and_then(Value::as_array);
    let kind = kinds.and_then(|all| all.first()).map(|r| text(r.get("type"))).filter(|t| !t.is_empty());
    let kind = kind.unwrap_or_else(|| {
        first(&[
            &["table", "name"],
            &["table", "uid"],
            &["database", "name"],
            &["databucket", "name"],
            &["api", "operation"],
        ])
    });
    let (time, ip) = (first(&[&["time"], &["time_dt"]]), first(&[&["src_endpoint", "ip"]]));
    let (id, rows) = (first(&[&["metadata", "uid"]]), first(&[&["query_result_count"]]));
    let found = Found {
        time: &time,
        user: &user,
        said,
        refused: of.get("status_id").and_then(Value::as_i64) == Some(2),
        object: &kind,
        records: records.iter().map(String::as_str).collect(),
        rows: &rows,
        address: &ip,
        id: &id,
        ..Found::default()
    };
    around.event(found, action)
}
