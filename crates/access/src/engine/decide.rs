//! The engine: a compiled policy and a directory, with every principal's rights worked out once.

use std::collections::HashMap;
use std::sync::Arc;

use model::org::{User, UserStatus};
use model::{Action, Directory, ObjectName, UserId};
use parking_lot::RwLock;

use super::cedar::Principal;
use super::compiled::Compiled;
use super::context::{Context, Verdict};
use super::filter::{Filter, Term};
use super::rights::{Failed, Rights};
use super::schema;

/// Why rights could not be worked out. Whoever gets one denies.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    #[error("there is no object `{0}`")]
    NoSuchObject(ObjectName),
    #[error("rule `{rule}` cannot be evaluated: {reason}")]
    Evaluation { rule: String, reason: String },
}

impl From<Failed> for EngineError {
    fn from(f: Failed) -> Self {
        EngineError::Evaluation { rule: f.rule.to_string(), reason: f.error.to_string() }
    }
}

type Cache<V> = RwLock<HashMap<UserId, V>>;

/// Decides by one policy version and one picture of the company. A change of either is a new engine, so what it remembers
/// is never stale.
pub struct Engine {
    compiled: Arc<Compiled>,
    directory: Arc<Directory>,
    rights: RwLock<HashMap<ObjectName, HashMap<UserId, Arc<Rights>>>>,
    duties: Cache<Arc<HashMap<Action, Filter>>>,
}

impl Engine {
    pub fn new(compiled: Arc<Compiled>, directory: Arc<Directory>) -> Engine {
        Engine { compiled, directory, rights: RwLock::default(), duties: RwLock::default() }
    }

    pub fn compiled(&self) -> &Arc<Compiled> {
        &self.compiled
    }
    pub fn directory(&self) -> &Arc<Directory> {
        &self.directory
    }

    /// The user, if the directory knows them and they may sign in.
    pub(crate) fn active_user(&self, user: UserId) -> Option<&User> {
        self.directory.user(user).filter(|u| u.status == UserStatus::Active)
    }

    /// What the user may do with the object's records. Someone unknown or disabled may nothing.
    ///
    /// # Errors
    /// [`EngineError`] when there is no such object, or a rule could not be evaluated: the caller denies.
    pub fn rights(&self, user: UserId, object: &ObjectName) -> Result<Arc<Rights>, EngineError> {
        if let Some(known) = self.rights.read().get(object).and_then(|users| users.get(&user)) {
            return Ok(known.clone());
        }
        let object = self.compiled.object(object).ok_or_else(|| EngineError::NoSuchObject(object.clone()))?;
        // Not remembered: ids that nobody has must not fill the memory.
        let Some(known) = self.active_user(user) else { return Ok(Arc::new(Rights::nothing(object))) };
        let rights = Arc::new(Rights::of(&self.compiled, object, known, &self.directory)?);
        self.rights.write().entry(object.name.clone()).or_default().insert(user, rights.clone());
        Ok(rights)
    }

    /// One filter of the user's rights, without remembering the rest: for questions about everyone at once.
    pub(crate) fn filter_of(&self, user: UserId, object: &ObjectName, action: Action) -> Result<Filter, EngineError> {
        if let Some(known) = self.rights.read().get(object).and_then(|users| users.get(&user)) {
            return Ok(known.filter(action).clone());
        }
        let object = self.compiled.object(object).ok_or_else(|| EngineError::NoSuchObject(object.clone()))?;
        let Some(known) = self.active_user(user) else { return Ok(Filter::default()) };
        Ok(Rights::filter_of(&self.compiled, object, known, &self.directory, action)?)
    }

    /// Decides an administrative duty. An operation that is not one is refused.
    pub fn may_system(&self, user: UserId, action: Action, ctx: &Context) -> Verdict {
        let Ok(duties) = self.duties_of(user) else { return Verdict::default() };
        duties.get(&action).map_or_else(Verdict::default, |f| f.decide_duty(ctx))
    }

    pub(crate) fn duties_of(&self, user: UserId) -> Result<Arc<HashMap<Action, Filter>>, EngineError> {
        if let Some(known) = self.duties.read().get(&user) {
            return Ok(known.clone());
        }
        let Some(known) = self.active_user(user) else { return Ok(Arc::default()) };
        let duties = Arc::new(self.evaluate_duties(known)?);
        self.duties.write().insert(user, duties.clone());
        Ok(duties)
    }

    fn evaluate_duties(&self, user: &User) -> Result<HashMap<Action, Filter>, EngineError> {
        let departments = self.directory.ancestors(user.department);
        let mut filters: HashMap<Action, Filter> = HashMap::new();
        let mut principal = None;
        for rule in self.compiled.rules().iter().filter(|r| r.is_for(user, &departments)) {
            let failed = |error| EngineError::from(Failed { rule: rule.id.clone(), error });
            let mut evaluated = None;
            for action in schema::duties().filter(|a| rule.covers_duty(*a)) {
                let when = match &evaluated {
                    Some(when) => Arc::clone(when),
                    None => {
                        let principal = match &mut principal {
                            Some(p) => p,
                            none => none
                                .insert(Principal::new(self.compiled.schema(), user, &self.directory).map_err(failed)?),
                        };
                        let when = principal
                            .residual(&rule.policy, &schema::duty_id(action), "System", None)
                            .map_err(failed)?;
                        Arc::clone(evaluated.insert(Arc::new(when)))
                    }
                };
                let filter = filters.entry(action).or_default();
                let term = Term { rule: rule.id.clone(), when };
                match rule.source.effect {
                    model::Effect::Permit => filter.permits.push(term),
                    model::Effect::Forbid => filter.forbids.push(term),
                }
            }
        }
        Ok(filters)
    }
}
