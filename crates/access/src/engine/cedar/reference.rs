//! The same decision by Cedar's own authorizer, record by record: slow, and the measure of the filters.
//!
//! Tests hold every filter equal to it; nothing serves a request from here.

use cedar_policy::{Authorizer, Decision, Entities, Request, RestrictedExpression};
use model::record::Grantee;
use model::{Action, Directory, FieldLevel, ObjectName, ObjectType, StoredRow, UserId, Value};
use serde_json::{Value as Json, json};

use super::super::compiled::Compiled;
use super::super::context::{Context, Verdict};
use super::super::decide::{Engine, EngineError};
use super::super::schema::{self, COMPANY, NOBODY};
use super::{CedarError, department_json, surroundings_json, uid, user_json};

/// What is asked of the authorizer.
#[derive(Clone, Copy)]
pub enum Question<'a> {
    Operation(&'a ObjectName, Action, &'a StoredRow),
    Field(&'a ObjectName, &'a str, FieldLevel, &'a StoredRow),
    Duty(Action),
}

/// Asks Cedar. Any error in any policy denies.
///
/// # Errors
/// [`EngineError`] when the question cannot be put.
pub fn authorize(engine: &Engine, user: UserId, question: Question<'_>, ctx: &Context) -> Result<Verdict, EngineError> {
    Ok(prepare(engine, user, question, ctx)?.map_or_else(Verdict::default, |prepared| prepared.ask()))
}

/// A question with its entities, made ready to be asked many times: what the engine's speed is measured against.
pub struct Prepared<'a> {
    compiled: &'a Compiled,
    request: Request,
    entities: Entities,
}

impl Prepared<'_> {
    /// One call of Cedar's authorizer over the whole policy set. Any error in any policy denies.
    pub fn ask(&self) -> Verdict {
        ask(self.compiled, &self.request, &self.entities)
    }
}

/// Makes a question ready. `None` where there is nothing to ask: an unknown or disabled user, an unknown field.
///
/// # Errors
/// [`EngineError`] when the question cannot be put.
pub fn prepare<'a>(
    engine: &'a Engine,
    user: UserId,
    question: Question<'_>,
    ctx: &Context,
) -> Result<Option<Prepared<'a>>, EngineError> {
    let Some(user) = engine.active_user(user) else { return Ok(None) };
    let compiled: &Compiled = engine.compiled();
    let (action, object, row) = match question {
        Question::Operation(o, a, row) => (schema::operation_id(o, a), Some(o), Some(row)),
        Question::Field(o, f, level, row) => {
            let def = compiled.object(o).and_then(|t| t.field(f));
            let Some(def) = def else { return Ok(None) };
            (compiled.field_action(o, def, level), Some(o), Some(row))
        }
        Question::Duty(a) => (schema::duty_id(a), None, None),
    };
    let object = match object {
        Some(name) => Some(compiled.object(name).ok_or_else(|| EngineError::NoSuchObject(name.clone()))?),
        None => None,
    };
    let put = || -> Result<Prepared<'a>, CedarError> {
        let mut entities = organisation(engine.directory());
        entities.extend(surroundings_json(user, engine.directory()));
        entities.push(user_json(user, engine.directory()));
        let resource = match (object, row) {
            (Some(object), Some(row)) => {
                entities.push(record_json(object, row));
                uid(&schema::record_type(&object.name), &row.id.to_string())?
            }
            _ => uid("System", COMPANY)?,
        };
        let entities = merged(entities);
        let entities = Entities::from_json_value(entities, Some(compiled.schema())).map_err(CedarError::of)?;
        let request = Request::new(
            uid("User", &user.id.to_string())?,
            uid("Action", &action)?,
            resource,
            context(ctx)?,
            Some(compiled.schema()),
        )
        .map_err(CedarError::of)?;
        Ok(Prepared { compiled, request, entities })
    };
    put().map(Some).map_err(|e| EngineError::Evaluation { rule: String::new(), reason: e.to_string() })
}

fn ask(compiled: &Compiled, request: &Request, entities: &Entities) -> Verdict {
    let response = Authorizer::new().is_authorized(request, compiled.policies(), entities);
    if response.diagnostics().errors().next().is_some() {
        return Verdict::default();
    }
    let mut rules: Vec<_> = response.diagnostics().reason().map(|id| id.to_string().into()).collect();
    rules.sort();
    Verdict { allowed: response.decision() == Decision::Allow, rules, obligation: None }
}

fn organisation(directory: &Directory) -> Vec<Json> {
    let mut all: Vec<Json> = directory
        .departments
        .values()
        .map(|d| department_json(&d.id.to_string(), d.parent.map(|p| p.to_string())))
        .collect();
    all.push(department_json(NOBODY, None));
    all
}

/// Cedar takes each entity once; the user's own chain repeats parts of the organisation, word for word.
fn merged(entities: Vec<Json>) -> Json {
    let mut seen = std::collections::BTreeMap::new();
    for e in entities {
        let key = e.get("uid").map(ToString::to_string).unwrap_or_default();
        seen.entry(key).or_insert(e);
    }
    Json::Array(seen.into_values().collect())
}

fn reference(entity: &str, id: Option<String>) -> Json {
    json!({ "__entity": { "type": entity, "id": id.unwrap_or_else(|| NOBODY.to_owned()) } })
}

fn record_json(object: &ObjectType, row: &StoredRow) -> Json {
    let users = |users: &[UserId]| -> Json { users.iter().map(|u| reference("User", Some(u.to_string()))).collect() };
    let grantee = |g: &Grantee| {
        let id = match g {
            Grantee::User(u) => format!("user:{u}"),
            Grantee::Department(d) => format!("department:{d}"),
            Grantee::Role(r) => format!("role:{r}"),
        };
        reference("Grantee", Some(id))
    };
    let m = &row.members;
    let mut attributes = json!({
        "owner": reference("User", row.owner.map(|o| o.to_string())),
        "department": reference("Department", row.department.map(|d| d.to_string())),
        "pool": row.pool,
        "created_at": row.created_at.0,
        "updated_at": row.updated_at.0,
        "collaboratorUsers": users(&m.collaborators),
        "viewerUsers": users(&m.viewers),
        "sharedUsers": users(&m.given_by_name()),
        "sharedRead": m.shared_read.iter().chain(&m.shared_edit).map(grantee).collect::<Json>(),
        "sharedEdit": m.shared_edit.iter().map(grantee).collect::<Json>(),
    });
    for f in object.fields.iter().filter(|f| schema::attribute_type(f).is_some()) {
        let value = match row.clear.get(&f.name) {
            Some(Value::Text(t)) => json!(t),
            Some(Value::Int(n)) => json!(n),
            Some(Value::Bool(b)) => json!(b),
            Some(Value::Record(id)) => json!(id.to_string()),
            Some(Value::User(id)) => json!(id.to_string()),
            Some(v @ (Value::List(_) | Value::Address(_))) => json!(v.to_column()),
            None => continue,
        };
        if let Some(map) = attributes.as_object_mut() {
            map.insert(f.name.as_str().to_owned(), value);
        }
    }
    json!({
        "uid": { "type": schema::record_type(&object.name), "id": row.id.to_string() },
        "attrs": attributes,
        "parents": [],
    })
}

fn context(ctx: &Context) -> Result<cedar_policy::Context, CedarError> {
    let long = |n: u64| RestrictedExpression::new_long(i64::try_from(n).unwrap_or(i64::MAX));
    let mut pairs = vec![
        ("channel".to_owned(), RestrictedExpression::new_string(ctx.channel.as_str().to_owned())),
        ("mfa".to_owned(), RestrictedExpression::new_bool(ctx.mfa)),
        ("now".to_owned(), RestrictedExpression::new_long(ctx.now.0)),
        ("office_hours".to_owned(), RestrictedExpression::new_bool(ctx.office_hours)),
        ("purpose".to_owned(), RestrictedExpression::new_bool(ctx.purpose)),
        ("trained".to_owned(), RestrictedExpression::new_bool(ctx.trained)),
    ];
    for counter in model::policy::Counter::ALL {
        pairs.push((counter.as_str().to_owned(), long(ctx.count(counter))));
    }
    if let Some(address) = ctx.address {
        pairs.push(("address".to_owned(), RestrictedExpression::new_ip(address.to_canonical().to_string())));
    }
    cedar_policy::Context::from_pairs(pairs).map_err(CedarError::of)
}
