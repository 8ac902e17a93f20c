//! Everything that knows Cedar: rules become policies here, policies become predicates, and nothing else depends on it.
//!
//! Rule: a policy is built from syntax trees, never from pieces of text, so no name or value can become code; a residual
//! that cannot be read back whole is an error, never a part of it.

mod build;
pub mod reference;
mod residual;

use std::str::FromStr;

use cedar_policy::{
    Entities, EntityId, EntityTypeName, EntityUid, PartialEntities, PartialEntityUid, PartialRequest, Policy,
    PolicySet, Schema, ValidationMode, Validator, pst,
};
use model::{Directory, ObjectType, RoleName, User};
use serde_json::{Value as Json, json};

pub(crate) use build::policy;
pub(crate) use residual::Residuals;

use super::predicate::{Grantees, Predicate};
use super::schema::{self, NOBODY, NamedFields};

/// Cedar refused something it should have taken, or said something that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CedarError(pub(crate) String);

impl CedarError {
    fn of(error: impl std::fmt::Display) -> Self {
        CedarError(error.to_string())
    }
}

/// The schema of these object types, with its canonical text.
pub(crate) fn load_schema(objects: &[&ObjectType], named: &NamedFields) -> Result<(Schema, String), CedarError> {
    let json = schema::schema(objects, named);
    let text = json.to_string();
    Schema::from_json_value(json).map(|s| (s, text)).map_err(CedarError::of)
}

/// Strict validation: what is wrong, as (policy id, message).
pub(crate) fn validate(schema: &Schema, policies: &PolicySet) -> Vec<(String, String)> {
    let result = Validator::new(schema.clone()).validate(policies, ValidationMode::Strict);
    let mut errors: Vec<_> = result.validation_errors().map(|e| (e.policy_id().to_string(), e.to_string())).collect();
    errors.sort();
    errors
}

pub(crate) fn policy_set(policies: impl IntoIterator<Item = Policy>) -> Result<PolicySet, CedarError> {
    PolicySet::from_policies(policies).map_err(CedarError::of)
}

pub(crate) fn uid(entity: &str, id: &str) -> Result<EntityUid, CedarError> {
    let ty = EntityTypeName::from_str(entity).map_err(CedarError::of)?;
    Ok(EntityUid::from_type_name_and_id(ty, EntityId::new(id)))
}

/// One principal, ready for partial evaluation against many policies.
pub(crate) struct Principal<'a> {
    schema: &'a Schema,
    user: EntityUid,
    entities: PartialEntities,
    pub(crate) grantees: Grantees,
    directory: &'a Directory,
    id: model::UserId,
}

pub(crate) fn grantees(user: &User, directory: &Directory) -> Grantees {
    let mut departments = directory.ancestors(user.department);
    departments.sort();
    Grantees { user: user.id, departments, roles: user.roles.iter().cloned().collect() }
}

pub(crate) fn user_json(user: &User, directory: &Directory) -> Json {
    let reports: Vec<Json> = directory
        .reports(user.id)
        .iter()
        .map(|r| json!({ "__entity": { "type": "User", "id": r.to_string() } }))
        .collect();
    let role = |r: &RoleName| json!({ "type": "Role", "id": r.as_str() });
    let mut parents: Vec<Json> = user.roles.iter().map(role).collect();
    parents.push(json!({ "type": "Department", "id": user.department.to_string() }));
    parents.push(json!({ "type": "Grantee", "id": format!("user:{}", user.id) }));
    json!({
        "uid": { "type": "User", "id": user.id.to_string() },
        "attrs": {
            "department": { "__entity": { "type": "Department", "id": user.department.to_string() } },
            "reports": reports,
        },
        "parents": parents,
    })
}

/// The roles and the chain of departments a user stands in.
pub(crate) fn surroundings_json(user: &User, directory: &Directory) -> Vec<Json> {
    let mut all: Vec<Json> = user
        .roles
        .iter()
        .map(|r| {
            json!({ "uid": { "type": "Role", "id": r.as_str() }, "attrs": {},
                "parents": [{ "type": "Grantee", "id": format!("role:{r}") }] })
        })
        .collect();
    let chain = directory.ancestors(user.department);
    let above = chain.iter().skip(1).map(Some).chain([None]);
    for (d, parent) in chain.iter().zip(above) {
        all.push(department_json(&d.to_string(), parent.map(ToString::to_string)));
    }
    all
}

pub(crate) fn department_json(id: &str, parent: Option<String>) -> Json {
    let mut parents: Vec<Json> = parent.into_iter().map(|p| json!({ "type": "Department", "id": p })).collect();
    if id != NOBODY {
        parents.push(json!({ "type": "Grantee", "id": format!("department:{id}") }));
    }
    json!({ "uid": { "type": "Department", "id": id }, "attrs": {}, "parents": parents })
}

impl<'a> Principal<'a> {
    pub(crate) fn new(schema: &'a Schema, user: &User, directory: &'a Directory) -> Result<Self, CedarError> {
        let mut entities = surroundings_json(user, directory);
        entities.push(user_json(user, directory));
        let entities = Entities::from_json_value(Json::Array(entities), Some(schema)).map_err(CedarError::of)?;
        Ok(Principal {
            schema,
            user: uid("User", &user.id.to_string())?,
            entities: PartialEntities::from_concrete(entities, schema).map_err(CedarError::of)?,
            grantees: grantees(user, directory),
            directory,
            id: user.id,
        })
    }

    /// What the policy leaves to be asked of a resource of this type and of the request.
    pub(crate) fn residual(
        &self,
        policy: &Policy,
        action: &str,
        resource: &str,
        object: Option<&ObjectType>,
    ) -> Result<Predicate, CedarError> {
        let resource = EntityTypeName::from_str(resource).map_err(CedarError::of)?;
        let request = PartialRequest::new(
            PartialEntityUid::from_concrete(self.user.clone()),
            uid("Action", action)?,
            PartialEntityUid::new(resource, None),
            None,
            self.schema,
        )
        .map_err(CedarError::of)?;
        let set = policy_set([policy.clone()])?;
        let response = set.tpe(&request, &self.entities, self.schema).map_err(CedarError::of)?;
        let residual = response
            .get_policy(policy.id())
            .ok_or_else(|| CedarError("the evaluation lost the policy".to_owned()))?
            .try_into_pst()
            .map_err(CedarError::of)?;
        let reader = Residuals { directory: self.directory, user: self.id, grantees: &self.grantees, object };
        let mut parts = vec![];
        for clause in residual.body().clauses() {
            parts.push(match clause {
                pst::Clause::When(e) => reader.read(e)?,
                pst::Clause::Unless(e) => Predicate::Not(Box::new(reader.read(e)?)),
            });
        }
        Ok(Predicate::All(parts).simplify())
    }
}
