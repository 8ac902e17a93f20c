//! The OpenAPI document that the console's client types are made from is the one that is served.

use std::collections::BTreeMap;

use serde_json::Value;

const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/src/api/openapi.json");

/// Keys in alphabetical order: those of extensions come in any order.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields: BTreeMap<String, Value> = fields.into_iter().map(|(k, v)| (k, sorted(v))).collect();
            Value::Object(fields.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}

/// `WHOSAW_UPDATE=1` writes it; then `npm run api` in `web/` makes the types.
#[test]
fn the_console_s_document_is_the_served_one() {
    let served = serde_json::to_string_pretty(&sorted(serde_json::to_value(api::openapi()).unwrap())).unwrap() + "\n";
    if std::env::var_os("WHOSAW_UPDATE").is_some() {
        std::fs::write(KEPT, &served).unwrap();
    }
    let kept = std::fs::read_to_string(KEPT).unwrap_or_default();
    assert!(
        kept == served,
        "web/src/api/openapi.json is not what the server says: run WHOSAW_UPDATE=1 cargo test -p whosaw-api document, then `npm run api` in web/, and commit both"
    );
}
