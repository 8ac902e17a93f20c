//! Microsoft 365's unified audit log, and Dataverse's activity in it (record type 21): one JSON object an event.
//!
//! A line of a search that was saved has the event once more as a text, `AuditData`; that is the event then. Times are UTC without saying so.

use model::Action;
use serde_json::{Map, Value};

use crate::json::{object, text};
use crate::{Around, Code, Found, Said};

fn known(said: &str) -> Option<Action> {
    Some(match said {
        "Retrieve" | "FileAccessed" | "FileAccessedExtended" | "FilePreviewed" | "PageViewed" | "ViewReport" => {
            Action::View
        }
        "RetrieveMultiple" | "SearchQueryPerformed" | "SearchQueryInitiatedSharePoint" | "ExecuteQuery" => Action::List,
        "ExportToExcel" | "ExportReport" | "FileDownloaded" | "FileSyncDownloadedFull" => Action::Export,
        "Create" | "FileUploaded" => Action::Create,
        "Update" | "Upsert" | "FileModified" | "SetState" => Action::Edit,
        "Delete" | "BulkDelete" | "FileDeleted" | "FileRecycled" => Action::Delete,
        "Assign" => Action::Transfer,
        "GrantAccess" | "ModifyAccess" | "SharingSet" | "AnonymousLinkCreated" | "AddedToSecureLink" => Action::Share,
        "Merge" => Action::Merge,
        "Import" => Action::Import,
        "UserLoggedIn" | "UserLoginFailed" | "UserLogin" => Action::SignIn,
        "UserLoggedOut" => Action::SignOut,
        "AssociateSecurityRoles" | "Add member to role." | "AssignUserRoles" => Action::RoleAssign,
        _ => return None,
    })
}

pub(crate) fn read(of: &Map<String, Value>, around: &Around<'_>) -> Result<Said, Code> {
    if let Some(Value::String(inner)) = of.get("AuditData") {
        return read_one(&object(inner)?, around);
    }
    read_one(of, around)
}

fn read_one(of: &Map<String, Value>, around: &Around<'_>) -> Result<Said, Code> {
    let one = |name: &str| text(of.get(name));
    let (message, operation) = (one("Message"), one("Operation"));
    if operation.is_empty() && message.is_empty() {
        return Err(Code("unknown_action"));
    }
    let crm = one("RecordType") == "21" || of.contains_key("EntityName");
    let said = if crm && !message.is_empty() { message } else { operation };
    let Some(action) = around.action(&said, || Some(known(&said)))? else { return Ok(Said::SKIPPED) };
    let mut time = one("CreationTime");
    let utc = time.contains('T') && !time.ends_with('Z') && !time.get(19..).is_some_and(|t| t.contains(['+', '-']));
    if utc {
        time.push('Z');
    }
    let first = |names: &[&str]| names.iter().map(|n| one(n)).find(|t| !t.is_empty()).unwrap_or_default();
    let (entity, object_id) = (first(&["EntityId"]), first(&["ObjectId"]));
    // The records that came back, where it says so.
    let results = match of.get("QueryResults") {
        Some(Value::Array(all)) => all.iter().map(|v| text(Some(v))).collect::<Vec<_>>().join(","),
        other => text(other),
    };
    let mut records: Vec<&str> = results.split([',', ';']).map(str::trim).filter(|r| !r.is_empty()).collect();
    if records.is_empty() {
        records.push(if entity.is_empty() { &object_id } else { &entity });
    }
    let fields = match of.get("Fields") {
        Some(Value::Array(all)) => all
            .iter()
            .map(|f| f.get("Name").or(Some(f)).map(|n| text(Some(n))).unwrap_or_default())
            .collect::<Vec<_>>()
            .join(","),
        other => text(other),
    };
    let count = records.iter().filter(|r| !r.is_empty()).count();
    let rows = if action == Action::Export && count > 0 { count.to_string() } else { String::new() };
    let failed = matches!(one("ResultStatus").as_str(), "Failed" | "Failure" | "False");
    let (user, kind, ip, id) = (
        first(&["UserId", "UserKey"]),
        first(&["EntityName", "ItemType"]),
        first(&["ClientIP", "ClientIPAddress"]),
        one("Id"),
    );
    let found = Found {
        time: &time,
        user: &user,
        refused: failed || said == "UserLoginFailed",
        said,
        object: &kind,
        records,
        fields: fields.split([',', ';']).collect(),
        rows: &rows,
        address: &ip,
        id: &id,
        customer: "",
    };
    around.event(found, action)
}
