//! Values from outside, checked against a definition.

use access::path::{FieldProblem, Values};
use model::{ObjectType, Value};

/// Reads a JSON object of values by field name.
///
/// # Errors
/// Every field that is wrong. An unknown field is an error, never ignored: a misspelt field would be lost silently.
pub fn parse_values(
    object: &ObjectType,
    json: &serde_json::Map<String, serde_json::Value>,
) -> Result<Values, Vec<FieldProblem>> {
    let mut values = Values::new();
    let mut problems = vec![];
    for (name, value) in json {
        let problem = |code, reason: String| FieldProblem::new(name.chars().take(64).collect::<String>(), code, reason);
        let Some(def) = object.field(name) else {
            problems.push(problem("unknown_field", "there is no such field".to_owned()));
            continue;
        };
        match Value::from_json(value, &def.kind) {
            Ok(value) => {
                values.insert(def.name.clone(), value);
            }
            Err(error) => problems.push(problem("invalid_value", error.to_string())),
        }
    }
    if problems.is_empty() { Ok(values) } else { Err(problems) }
}
