//! A compiled policy: every row as a checked Cedar policy, ready to be evaluated for any principal.

use std::collections::BTreeMap;
use std::sync::Arc;

use cedar_policy::{Policy as CedarPolicy, PolicySet, Schema};
use model::org::{User, UserKind, UserStatus};
use model::policy::{Effect, FieldSelect, Policy, Principals, What};
use model::{Action, DepartmentId, Directory, FieldLevel, ObjectName, ObjectType, UserId};
use sha2::{Digest, Sha256};

use super::cedar::{self, Principal};
use super::checked;
use super::problem::Problem;
use super::rows::{self, Reach, Source};
use super::schema::{self, LEVELS, Manner, NamedFields};

/// One rule with its policy.
pub(crate) struct Rule {
    pub id: Arc<str>,
    pub source: Source,
    pub policy: CedarPolicy,
}

impl Rule {
    pub(crate) fn covers_operation(&self, object: &ObjectName, action: Action) -> bool {
        self.source.objects.has(object) && matches!(&self.source.what, What::Operations(a) if a.contains(&action))
    }

    pub(crate) fn covers_duty(&self, action: Action) -> bool {
        matches!(&self.source.what, What::Operations(a) if a.contains(&action))
    }

    pub(crate) fn covers_field(&self, object: &ObjectName, field: &model::FieldDef, level: FieldLevel) -> bool {
        let What::Fields { fields, level: row } = &self.source.what else { return false };
        let reached = match self.source.effect {
            Effect::Permit => level <= *row,
            Effect::Forbid => level >= *row,
        };
        reached && self.source.objects.has(object) && fields.has(&field.name, field.class)
    }

    /// Whether the rule is about this user at all. Cedar asks the same again; asking first saves evaluating most rules.
    pub(crate) fn is_for(&self, user: &User, departments: &[DepartmentId]) -> bool {
        match &self.source.who {
            Principals::Everyone => true,
            Principals::Role(r) => user.roles.contains(r),
            Principals::Department(d) => departments.contains(d),
            Principals::User(u) => *u == user.id,
        }
    }

    /// Whether reading and writing reach different records by this rule.
    pub(crate) fn minds_manner(&self) -> bool {
        self.source.effect == Effect::Permit && matches!(self.source.reach, Reach::Scope(model::Scope::Participant))
    }
}

/// A policy version in force or to be put in force. Immutable; shared by `Arc`.
pub struct Compiled {
    version: u64,
    hash: [u8; 32],
    objects: BTreeMap<ObjectName, Arc<ObjectType>>,
    named: NamedFields,
    rules: Vec<Rule>,
    policies: PolicySet,
    schema: Schema,
}

impl std::fmt::Debug for Compiled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Compiled").field("version", &self.version).field("rules", &self.rules.len()).finish()
    }
}

impl Compiled {
    /// Compiles a matrix for these object types.
    ///
    /// # Errors
    /// Everything found wrong, row by row: a policy with a problem is not put in force in part.
    pub fn compile(version: u64, policy: &Policy, objects: &[ObjectType]) -> Result<Compiled, Vec<Problem>> {
        let mut problems = vec![];
        let mut by_name = BTreeMap::new();
        for o in objects {
            if by_name.insert(o.name.clone(), Arc::new(o.clone())).is_some() {
                let (zh, en) =
                    (format!("对象 `{}` 定义了两次", o.name), format!("object `{}` is defined twice", o.name));
                problems.push(Problem::new("", "duplicate_object", zh, en));
            }
        }
        let types: Vec<&ObjectType> = by_name.values().map(AsRef::as_ref).collect();
        let mut sources = rows::built_in();
        sources.extend(rows::check(&policy.rows, &types, &mut problems));
        let named = named_fields(&sources, &types);
        let (schema, schema_text) = match cedar::load_schema(&types, &named) {
            Ok(loaded) => loaded,
            Err(e) => {
                problems.push(engine_problem("", "bad_schema", &e));
                return Err(problems);
            }
        };
        let mut rules = vec![];
        for source in sources {
            match cedar::policy(&source, &types) {
                Ok(policy) => rules.push(Rule { id: source.id.as_str().into(), source, policy }),
                Err(e) => problems.push(engine_problem(&source.id, "invalid_policy", &e)),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        let policies = match cedar::policy_set(rules.iter().map(|r| r.policy.clone())) {
            Ok(set) => set,
            Err(e) => return Err(vec![engine_problem("", "invalid_policy", &e)]),
        };
        let mut compiled = Compiled { version, hash: [0; 32], objects: by_name, named, rules, policies, schema };
        compiled.hash = Sha256::new()
            .chain_update(compiled.cedar_text().as_bytes())
            .chain_update([0])
            .chain_update(schema_text.as_bytes())
            .finalize()
            .into();
        if !checked::passed(&compiled.hash) {
            let problems = compiled.check();
            if !problems.is_empty() {
                return Err(problems);
            }
            checked::remember(compiled.hash);
        }
        Ok(compiled)
    }

    /// What is wrong with it: by Cedar's strict validation, and with what can become a filter.
    pub(crate) fn check(&self) -> Vec<Problem> {
        let invalid = cedar::validate(&self.schema, &self.policies);
        let of = |(row, message): (String, String)| engine_problem(&row, "invalid_policy", &cedar::CedarError(message));
        let mut problems: Vec<Problem> = invalid.into_iter().map(of).collect();
        self.lint(&mut problems);
        problems
    }

    /// The number of this version; decisions are recorded with it.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// SHA-256 over [`Compiled::cedar_text`], a zero byte, and the schema's JSON: equal policies have equal hashes.
    pub fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// All policies as Cedar text, by id.
    pub fn cedar_text(&self) -> String {
        let mut text = String::new();
        for r in &self.rules {
            text.push_str(r.policy.to_string().trim());
            text.push_str("\n\n");
        }
        text
    }

    /// The object types, by name.
    pub fn objects(&self) -> impl Iterator<Item = &Arc<ObjectType>> {
        self.objects.values()
    }

    pub fn object(&self, name: &ObjectName) -> Option<&Arc<ObjectType>> {
        self.objects.get(name)
    }

    /// A rule's title in Chinese and English.
    pub fn title(&self, rule: &str) -> Option<&model::Text> {
        self.rule(rule).map(|r| &r.source.title)
    }

    /// Whether a rule reaches what waits in pools, and nothing else.
    pub(crate) fn is_of_pools(&self, rule: &str) -> bool {
        self.rule(rule).is_some_and(|r| matches!(&r.source.reach, Reach::Scope(model::Scope::Pool)))
    }

    pub(crate) fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.binary_search_by(|r| (*r.id).cmp(id)).ok().and_then(|i| self.rules.get(i))
    }
    pub(crate) fn rules(&self) -> &[Rule] {
        &self.rules
    }
    pub(crate) fn policies(&self) -> &PolicySet {
        &self.policies
    }
    pub(crate) fn schema(&self) -> &Schema {
        &self.schema
    }

    pub(crate) fn field_action(&self, object: &ObjectName, def: &model::FieldDef, level: FieldLevel) -> String {
        schema::field_action(object, def, level, &self.named)
    }

    /// The action under which the rule is evaluated for an object: any it covers will do, since a policy's body knows of
    /// the action only whether it reads.
    pub(crate) fn action_of(&self, rule: &Rule, object: &ObjectType, manner: Manner) -> Option<String> {
        match &rule.source.what {
            What::Operations(actions) => schema::record_actions()
                .find(|a| actions.contains(a) && (schema::manner(*a) == manner || !rule.minds_manner()))
                .filter(|a| rule.covers_operation(&object.name, *a))
                .map(|a| schema::operation_id(&object.name, a)),
            What::Fields { .. } => object.fields.iter().find_map(|f| {
                LEVELS
                    .into_iter()
                    .find(|l| {
                        rule.covers_field(&object.name, f, *l)
                            && (schema::level_manner(*l) == manner || !rule.minds_manner())
                    })
                    .map(|l| self.field_action(&object.name, f, l))
            }),
        }
    }

    /// Holds every rule to what can become a filter, with a principal made for it: nobody shall find out by being refused.
    fn lint(&self, problems: &mut Vec<Problem>) {
        // Rows of one role share their stand-in: making one costs more than evaluating a row for it.
        let mut whom: Vec<&Principals> = vec![];
        for rule in &self.rules {
            if !whom.contains(&&rule.source.who) {
                whom.push(&rule.source.who);
            }
        }
        for who in whom {
            let rules = self.rules.iter().filter(|r| r.source.who == *who);
            let (user, directory) = stand_in(who);
            match Principal::new(&self.schema, &user, &directory) {
                Ok(principal) => rules.for_each(|r| self.lint_rule(r, &principal, problems)),
                Err(e) => problems.extend(rules.map(|r| engine_problem(&r.id, "not_pushable", &e))),
            }
        }
    }

    fn lint_rule(&self, rule: &Rule, principal: &Principal<'_>, problems: &mut Vec<Problem>) {
        'objects: for object in self.objects.values() {
            for manner in [Manner::Read, Manner::Write] {
                let Some(action) = self.action_of(rule, object, manner) else { continue };
                let resource = schema::record_type(&object.name);
                if let Err(e) = principal.residual(&rule.policy, &action, &resource, Some(object)) {
                    problems.push(engine_problem(&rule.id, "not_pushable", &e));
                    break 'objects;
                }
                if !rule.minds_manner() {
                    break;
                }
            }
        }
        if let Some(duty) = schema::duties().find(|a| rule.covers_duty(*a))
            && let Err(e) = principal.residual(&rule.policy, &schema::duty_id(duty), "System", None)
        {
            problems.push(engine_problem(&rule.id, "not_pushable", &e));
        }
    }
}

fn engine_problem(row: &str, code: &'static str, error: &cedar::CedarError) -> Problem {
    Problem::new(row, code, format!("规则无法生效:{error}"), format!("the rule cannot take effect: {error}"))
}

/// A user the row is for, in a company of their own.
fn stand_in(who: &Principals) -> (User, Directory) {
    let department = match who {
        Principals::Department(d) => *d,
        _ => DepartmentId::from_bytes([1; 16]),
    };
    let id = match who {
        Principals::User(u) => *u,
        _ => UserId::from_bytes([1; 16]),
    };
    let user = User {
        id,
        login: "stand-in".to_owned(),
        name: "stand-in".to_owned(),
        kind: UserKind::Person,
        department,
        manager: None,
        roles: match who {
            Principals::Role(r) => [r.clone()].into(),
            _ => Default::default(),
        },
        status: UserStatus::Active,
        trained_until: None,
    };
    (user, Directory::default())
}

fn named_fields(sources: &[Source], objects: &[&ObjectType]) -> NamedFields {
    let mut named = NamedFields::new();
    for source in sources {
        if let What::Fields { fields: FieldSelect::Named(names), .. } = &source.what {
            for object in objects.iter().filter(|o| source.objects.has(&o.name)) {
                let there = names.iter().filter(|n| object.field(n.as_str()).is_some());
                named.extend(there.map(|n| (object.name.clone(), n.clone())));
            }
        }
    }
    named
}
