//! What one principal may do with one object type: every rule that bears on it, evaluated once, put together per operation
//! and per field and level.

use std::collections::HashMap;
use std::sync::Arc;

use model::org::User;
use model::policy::Effect;
use model::{Action, Directory, FieldLevel, FieldName, ObjectType, StoredRow};

use super::cedar::{CedarError, Principal};
use super::compiled::{Compiled, Rule};
use super::context::Context;
use super::filter::{Filter, NOTHING, Term};
use super::pools;
use super::predicate::Predicate;
use super::schema::{self, LEVELS, Manner};

/// The rights of one principal on one object type.
#[derive(Debug, Default)]
pub struct Rights {
    /// Each distinct filter once: most fields share one.
    filters: Vec<Filter>,
    actions: HashMap<Action, usize>,
    fields: Vec<FieldName>,
    /// Aligned with `fields`: the filters of masked, read-only, editable.
    levels: Vec<[usize; 3]>,
}

/// A rule could not be evaluated for someone.
pub(crate) struct Failed {
    pub rule: Arc<str>,
    pub error: CedarError,
}

#[derive(Default)]
struct Assembly {
    filters: Vec<Filter>,
    /// By which rules and manner a filter was made.
    known: HashMap<(Manner, Vec<usize>), usize>,
}

struct Evaluated<'a> {
    rule: &'a Rule,
    read: Option<Arc<Predicate>>,
    write: Option<Arc<Predicate>>,
}

impl Assembly {
    fn filter(&mut self, rules: &[Evaluated<'_>], manner: Manner, covers: impl Fn(&Rule) -> bool) -> usize {
        let chosen: Vec<usize> = rules.iter().enumerate().filter(|(_, e)| covers(e.rule)).map(|(i, _)| i).collect();
        if let Some(known) = self.known.get(&(manner, chosen.clone())) {
            return *known;
        }
        let mut filter = Filter::default();
        for e in chosen.iter().filter_map(|i| rules.get(*i)) {
            let when = match manner {
                Manner::Read => &e.read,
                Manner::Write => &e.write,
            };
            // A rule that covers something was evaluated for it; if it were not, it must not be dropped silently.
            let when = match (when, e.rule.source.effect) {
                (Some(when), _) => when.clone(),
                (None, Effect::Permit) => Arc::new(Predicate::False),
                (None, Effect::Forbid) => Arc::new(Predicate::True),
            };
            if *when == Predicate::False {
                continue;
            }
            let term = Term { rule: e.rule.id.clone(), when };
            match e.rule.source.effect {
                Effect::Permit => filter.permits.push(term),
                Effect::Forbid => filter.forbids.push(term),
            }
        }
        let index = self.filters.iter().position(|f| *f == filter).unwrap_or_else(|| {
            self.filters.push(filter);
            self.filters.len() - 1
        });
        self.known.insert((manner, chosen), index);
        index
    }
}

/// What every wanted rule leaves to be asked, for reading and for writing.
fn evaluate<'a>(
    compiled: &'a Compiled,
    object: &ObjectType,
    user: &User,
    directory: &Directory,
    wanted: &dyn Fn(&Rule) -> bool,
) -> Result<Vec<Evaluated<'a>>, Failed> {
    let departments = directory.ancestors(user.department);
    let resource = schema::record_type(&object.name);
    let seen = pools::seen(object, user, directory);
    let mut principal = None;
    let mut rules = vec![];
    for rule in compiled.rules().iter().filter(|r| wanted(r) && r.is_for(user, &departments)) {
        let failed = |error| Failed { rule: rule.id.clone(), error };
        let mut evaluate = |manner| -> Result<Option<Arc<Predicate>>, Failed> {
            let Some(action) = compiled.action_of(rule, object, manner) else { return Ok(None) };
            let principal = match &mut principal {
                Some(p) => p,
                none => none.insert(Principal::new(compiled.schema(), user, directory).map_err(failed)?),
            };
            principal
                .residual(&rule.policy, &action, &resource, Some(object))
                .map(|left| match &seen {
                    Some(seen) if pools::narrows(rule) => Predicate::All(vec![left, seen.clone()]).simplify(),
                    _ => left,
                })
                .map(|p| Some(Arc::new(p)))
                .map_err(failed)
        };
        let read = evaluate(Manner::Read)?;
        let write = if rule.minds_manner() { evaluate(Manner::Write)? } else { read.clone() };
        if read.is_some() || write.is_some() {
            rules.push(Evaluated { rule, read, write });
        }
    }
    Ok(rules)
}

impl Rights {
    pub(crate) fn of(
        compiled: &Compiled,
        object: &ObjectType,
        user: &User,
        directory: &Directory,
    ) -> Result<Rights, Failed> {
        let rules = evaluate(compiled, object, user, directory, &|_| true)?;
        let mut assembly = Assembly::default();
        let actions = schema::record_actions()
            .map(|a| (a, assembly.filter(&rules, schema::manner(a), |r| r.covers_operation(&object.name, a))))
            .collect();
        let levels = object
            .fields
            .iter()
            .map(|f| {
                LEVELS.map(|level| {
                    assembly.filter(&rules, schema::level_manner(level), |r| r.covers_field(&object.name, f, level))
                })
            })
            .collect();
        let fields = object.fields.iter().map(|f| f.name.clone()).collect();
        Ok(Rights { filters: assembly.filters, actions, fields, levels })
    }

    /// The filter of one operation alone.
    pub(crate) fn filter_of(
        compiled: &Compiled,
        object: &ObjectType,
        user: &User,
        directory: &Directory,
        action: Action,
    ) -> Result<Filter, Failed> {
        let covers = |r: &Rule| r.covers_operation(&object.name, action);
        let rules = evaluate(compiled, object, user, directory, &covers)?;
        let mut assembly = Assembly::default();
        let index = assembly.filter(&rules, schema::manner(action), covers);
        Ok(assembly.filters.into_iter().nth(index).unwrap_or_default())
    }

    /// Rights that allow nothing, with the object's fields.
    pub(crate) fn nothing(object: &ObjectType) -> Rights {
        Rights {
            filters: vec![Filter::default()],
            actions: HashMap::new(),
            fields: object.fields.iter().map(|f| f.name.clone()).collect(),
            levels: vec![[0; 3]; object.fields.len()],
        }
    }

    fn at(&self, index: usize) -> &Filter {
        self.filters.get(index).unwrap_or(&NOTHING)
    }

    /// The records the operation is open on.
    pub fn filter(&self, action: Action) -> &Filter {
        self.actions.get(&action).map_or(&NOTHING, |i| self.at(*i))
    }

    /// The records where the field is at least at this level. A field the object does not have is at none; every field
    /// is at least hidden, so `Hidden` asks for nothing one could want and passes nothing.
    pub fn field(&self, name: &str, level: FieldLevel) -> &Filter {
        let Some(level) = LEVELS.iter().position(|l| *l == level) else { return &NOTHING };
        let Some(field) = self.fields.iter().position(|f| f.as_str() == name) else { return &NOTHING };
        self.levels.get(field).and_then(|l| l.get(level)).map_or(&NOTHING, |i| self.at(*i))
    }

    /// The object's fields, in the definition's order.
    pub fn fields(&self) -> &[FieldName] {
        &self.fields
    }

    /// The level of each field for the row, aligned with [`Rights::fields`]; each distinct filter is evaluated once.
    ///
    /// A level includes those below it: a forbid at one level takes away that and all above, whatever permits them.
    pub fn levels(&self, ctx: &Context, row: &StoredRow) -> Vec<FieldLevel> {
        let mut known: Vec<Option<bool>> = vec![None; self.filters.len()];
        let mut passes = |index: usize| -> bool {
            let Some(slot) = known.get_mut(index) else { return false };
            *slot.get_or_insert_with(|| self.at(index).allows(ctx, row))
        };
        self.levels
            .iter()
            .map(|indexes| {
                LEVELS
                    .into_iter()
                    .zip(indexes)
                    .take_while(|(_, i)| passes(**i))
                    .last()
                    .map_or(FieldLevel::Hidden, |(level, _)| level)
            })
            .collect()
    }
}
