//! Salesforce EventLogFile: CSV whose columns go by the kind of event and may change with each release, so they are found by name.
//!
//! Kinds that are no access (code that ran, pages that loaded) are left out; `actions` of the source can take them in. A report that is run shows
//! rows; only its export takes them out of the house.

use model::Action;

use crate::table::split;
use crate::{Around, Code, FeedError, Found, Said};

pub(crate) struct Columns {
    names: Vec<String>,
}

fn known(said: &str) -> Option<Action> {
    let kind = said.split(':').next().unwrap_or(said);
    Some(match kind {
        "URI" | "LightningPageView" | "LightningInteraction" => Action::View,
        "Report" | "Search" | "API" | "RestApi" | "ListView" | "QueryResultEvent" => Action::List,
        "ReportExport" | "BulkApi" | "BulkApi2" | "BulkApiRequest" | "DataExport" | "ContentTransfer" => Action::Export,
        "Login" | "LoginAs" => Action::SignIn,
        "Logout" => Action::SignOut,
        _ => return None,
    })
}

impl Columns {
    pub(crate) fn new(names: Vec<String>) -> Result<Self, FeedError> {
        let has = |any: &[&str]| names.iter().any(|n| any.contains(&n.as_str()));
        for any in [&["EVENT_TYPE"][..], &["TIMESTAMP_DERIVED", "TIMESTAMP"], &["USER_ID_DERIVED", "USER_ID"]] {
            if !has(any) {
                return Err(FeedError::NoColumn(any.first().copied().unwrap_or_default().to_owned()));
            }
        }
        Ok(Self { names })
    }

    pub(crate) fn read(&self, text: &str, around: &Around<'_>) -> Result<Said, Code> {
        let all = split(text, b',').filter(|f| f.len() == self.names.len()).ok_or(Code("bad_columns"))?;
        // Files that were put together have their names again in the middle.
        if all.first() == self.names.first() && all.iter().zip(&self.names).all(|(a, b)| a.trim() == b) {
            return Ok(Said::SKIPPED);
        }
        let one = |name: &str| {
            let at = self.names.iter().position(|n| n == name);
            at.and_then(|i| all.get(i)).map_or("", |f| f.trim())
        };
        let first = |of: &[&str]| of.iter().map(|n| one(n)).find(|t| !t.is_empty()).unwrap_or("");
        let kind = one("EVENT_TYPE");
        let method = first(&["METHOD_NAME", "OPERATION_TYPE", "METHOD"]);
        let said = if method.is_empty() { kind.to_owned() } else { format!("{kind}:{method}") };
        let Some(action) = around.action(&said, || Some(known(&said)))? else { return Ok(Said::SKIPPED) };
        let status = one("LOGIN_STATUS");
        let found = Found {
            time: first(&["TIMESTAMP_DERIVED", "TIMESTAMP"]),
            // A name people know, where there is one.
            user: first(&["USER_NAME", "USER_EMAIL", "USER_ID_DERIVED", "USER_ID"]),
            said,
            refused: kind == "Login" && !matches!(status, "" | "LOGIN_NO_ERROR"),
            object: first(&["PAGE_ENTITY_TYPE", "ENTITY_NAME", "ENTITY_TYPE"]),
            records: vec![first(&[
                "PAGE_ENTITY_ID",
                "RECORD_ID",
                "REPORT_ID_DERIVED",
                "REPORT_ID",
                "DELEGATED_USER_ID",
            ])],
            rows: first(&["ROW_COUNT", "ROWS_PROCESSED", "NUM_RESULTS"]),
            address: first(&["CLIENT_IP", "SOURCE_IP"]),
            ..Found::default()
        };
        around.event(found, action)
    }
}
