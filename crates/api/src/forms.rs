//! The forms of parameters, as the document tells them: what is not of its form is refused with 400.
//!
//! By name, because one name means one thing in the whole API. Texts whose meaning depends on the company (fields, object
//! types) are held to their form only; that there is no such field is a 422.

use model::{Action, AlertState, Channel, Decision, Severity, case};
use serde_json::json;
use utoipa::ToSchema;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::{ContentBuilder, Object, ObjectBuilder, Ref, RefOr, Type};

/// Each character itself or, percent-encoded, the bytes of its UTF-8 form; none of them a control character.
const PURPOSE: &str = "^(?:[ !-$&-~]|%[2-6][0-9A-Fa-f]|%7[0-9A-Ea-e]|%[Cc]2%[ABab][0-9A-Fa-f]\
    |%(?:[Cc][3-9A-Fa-f]|[Dd][0-9A-Fa-f])%[89ABab][0-9A-Fa-f]\
    |%[Ee](?:0%[ABab]|[1-9A-CEFa-cef]%[89ABab]|[Dd]%[89])[0-9A-Fa-f]%[89ABab][0-9A-Fa-f]\
    |%[Ff](?:0%[9ABab]|[1-3]%[89ABab]|4%8)[0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){2}){0,500}$";
const ID: &str = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const NAME: &str = "[a-z][a-z0-9_]{0,39}";

/// Gives a parameter its form.
pub(crate) fn add(parameter: &mut RefOr<Parameter>) {
    let RefOr::T(parameter) = parameter else { return };
    let form = match parameter.parameter_in {
        ParameterIn::Header => header(&parameter.name),
        ParameterIn::Query if parameter.name == "filter" => return filter(parameter),
        ParameterIn::Query => query(&parameter.name),
        _ => None,
    };
    if let Some(form) = form {
        parameter.schema = Some(form.into());
    }
}

fn header(name: &str) -> Option<Object> {
    Some(match name {
        "If-Match" => text(r#"^"[1-9][0-9]{0,17}"$"#),
        "Idempotency-Key" => text("^[!#-~]{8,128}$"),
        "X-Purpose" | "X-File-Name" => text(PURPOSE),
        _ => return None,
    })
}

fn query(name: &str) -> Option<Object> {
    Some(match name {
        "users" | "departments" => listed(ID),
        "objects" => listed(NAME),
        "actions" => one_of(Action::ALL.iter().map(|a| a.as_str())),
        "decisions" => one_of(Decision::ALL.iter().map(|d| d.as_str())),
        "states" => one_of(AlertState::ALL.iter().map(|s| s.as_str())),
        "severities" => one_of(Severity::ALL.iter().map(|s| s.as_str())),
        "channels" => one_of(Channel::ALL.iter().map(|c| c.as_str())),
        "status" => ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["active", "disabled"])).build(),
        _ => return None,
    })
}

fn text(pattern: &str) -> Object {
    ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern)).build()
}

/// Values with commas between, none or more.
fn listed(one: &str) -> Object {
    text(&format!("^(?:(?:{one})(?:,(?:{one}))*)?$"))
}

fn one_of<'a>(words: impl Iterator<Item = &'a str>) -> Object {
    listed(&words.map(|w| w.replace('.', "\\.")).collect::<Vec<_>>().join("|"))
}

/// A filter is JSON within a query string: a schema tells its form, no pattern could.
fn filter(parameter: &mut Parameter) {
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(<crate::schema::Condition as ToSchema>::name())))
        .example(Some(json!({ "test": { "field": "level", "op": "eq", "value": "A" } })))
        .build();
    parameter.schema = None;
    parameter.content.insert("application/json".to_owned(), content.into());
}

/// How somebody stands with a course, in the address.
pub(crate) fn training_state() -> Object {
    let states = ["open", "due", "overdue", "passed"];
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(states)).build()
}

/// What became of a statement about somebody's training, in the address.
pub(crate) fn statement_outcome() -> Object {
    let all = store::training::StatementOutcome::ALL.iter().map(|o| o.as_str());
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(all)).build()
}

/// Where a vulnerability stands, in the address.
pub(crate) fn finding_state() -> Object {
    let all = store::findings::State::ALL.iter().map(|s| s.as_str());
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(all)).build()
}

/// How grave a vulnerability is, in the address.
pub(crate) fn finding_severity() -> Object {
    let all = Severity::ALL.iter().map(|s| s.as_str());
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(all)).build()
}

/// Whose form a scanner's report has, in the address.
pub(crate) fn scan_format() -> Object {
    let all = store::findings::Format::ALL.iter().map(|f| f.as_str());
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(all)).build()
}

/// Where a case stands, in the address.
pub(crate) fn case_state() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(case::CaseState::ALL.iter().map(|s| s.as_str())))
        .build()
}

/// How bad a case is, in the address.
pub(crate) fn case_severity() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(case::Severity::ALL.iter().map(|s| s.as_str())))
        .build()
}
