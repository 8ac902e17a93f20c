//! The two sides of a replay: the policy proposed and those of then, each asked for people as they were.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use model::{Action, DepartmentId, Directory, FieldName, ObjectName, RoleName, UserId, UserStatus};

use super::judge::Missing;
use crate::engine::filter::{Filter, NOTHING};
use crate::engine::rights::Rights;
use crate::engine::schema::LEVELS;
use crate::engine::{Compiled, Engine};

/// Policies of then that are held compiled: history is gone over in its order, and a company changes its policy seldom.
const HELD: usize = 6;

/// A policy: the proposed one, or a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Side {
    Proposed,
    Then(u64),
}

/// Somebody as they were: two moments between which nothing changed that rules ask of them have one.
#[derive(PartialEq, Eq, Hash)]
struct Shape {
    user: UserId,
    department: DepartmentId,
    roles: BTreeSet<RoleName>,
    active: bool,
    reports: Vec<UserId>,
    tree: usize,
}

struct Picture {
    directory: Arc<Directory>,
    /// Which shape of departments and pools it has.
    tree: usize,
}

type Duties = Arc<HashMap<Action, Filter>>;

pub(super) struct Sides {
    proposed: Arc<Compiled>,
    past: BTreeMap<u64, Option<Arc<Compiled>>>,
    pictures: Vec<Picture>,
    trees: HashMap<String, usize>,
    people: HashMap<(usize, UserId), Option<usize>>,
    shapes: HashMap<Shape, usize>,
    /// Where somebody of each shape is found.
    stand: Vec<(UserId, usize)>,
    rights: HashMap<(Side, usize, ObjectName), Option<Arc<Rights>>>,
    duties: HashMap<(Side, usize), Option<Duties>>,
    unchanged: HashMap<u64, Arc<HashSet<Arc<str>>>>,
    differing: HashMap<(u64, usize, ObjectName), Arc<Vec<FieldName>>>,
}

impl Sides {
    pub(super) fn new(proposed: Arc<Compiled>) -> Self {
        Self {
            proposed,
            past: BTreeMap::new(),
            pictures: vec![],
            trees: HashMap::new(),
            people: HashMap::new(),
            shapes: HashMap::new(),
            stand: vec![],
            rights: HashMap::new(),
            duties: HashMap::new(),
            unchanged: HashMap::new(),
            differing: HashMap::new(),
        }
    }

    pub(super) fn proposed(&self) -> &Compiled {
        &self.proposed
    }

    pub(super) fn has_version(&self, version: u64) -> bool {
        self.past.contains_key(&version)
    }

    pub(super) fn add_version(&mut self, version: u64, compiled: Option<Arc<Compiled>>) {
        if let Some(compiled) = &compiled {
            let same = |id: &Arc<str>| {
                let (now, then) = (self.proposed.rule(id)?, compiled.rule(id)?);
                let (a, b) = (&now.source, &then.source);
                let alike = a.effect == b.effect
                    && a.who == b.who
                    && a.objects == b.objects
                    && a.what == b.what
                    && a.reach == b.reach
                    && a.condition == b.condition
                    && a.when == b.when
                    && (a.valid_from, a.valid_until) == (b.valid_from, b.valid_until);
                alike.then(|| id.clone())
            };
            let all = self.proposed.rules().iter().filter_map(|rule| same(&rule.id)).collect();
            self.unchanged.insert(version, Arc::new(all));
        }
        self.past.insert(version, compiled);
        while self.past.len() > HELD {
            let least = self.past.keys().copied().find(|v| *v != version);
            let Some(least) = least else { break };
            self.past.remove(&least);
        }
    }

    /// The rules that are the same in a version and in the proposed policy.
    pub(super) fn unchanged(&self, version: u64) -> Option<Arc<HashSet<Arc<str>>>> {
        self.unchanged.get(&version).cloned()
    }

    pub(super) fn add_picture(&mut self, directory: Arc<Directory>) -> usize {
        let mut departments: Vec<_> = directory.departments.values().map(|d| (d.id, d.parent)).collect();
        departments.sort();
        let next = self.trees.len();
        let tree = *self.trees.entry(format!("{departments:?}{:?}", directory.pools)).or_insert(next);
        self.pictures.push(Picture { directory, tree });
        self.pictures.len() - 1
    }

    pub(super) fn directory(&self, picture: usize) -> Option<&Arc<Directory>> {
        self.pictures.get(picture).map(|p| &p.directory)
    }

    /// The shape of somebody in a picture; `None` for who is not in it.
    pub(super) fn shape(&mut self, picture: usize, user: UserId) -> Option<usize> {
        if let Some(known) = self.people.get(&(picture, user)) {
            return *known;
        }
        let found = self.pictures.get(picture).and_then(|p| {
            let known = p.directory.user(user)?;
            let shape = Shape {
                user,
                department: known.department,
                roles: known.roles.clone(),
                active: known.status == UserStatus::Active,
                reports: p.directory.reports(user),
                tree: p.tree,
            };
            let next = self.stand.len();
            let shape = *self.shapes.entry(shape).or_insert(next);
            if shape == next {
                self.stand.push((user, picture));
            }
            Some(shape)
        });
        self.people.insert((picture, user), found);
        found
    }

    fn engine(&self, side: Side, picture: usize) -> Option<Engine> {
        let compiled = match side {
            Side::Proposed => Some(&self.proposed),
            Side::Then(version) => self.past.get(&version)?.as_ref(),
        };
        Some(Engine::new(compiled?.clone(), self.directory(picture)?.clone()))
    }

    pub(super) fn rights(&mut self, side: Side, shape: usize, object: &ObjectName) -> Result<Arc<Rights>, Missing> {
        let key = (side, shape, object.clone());
        if let Some(known) = self.rights.get(&key) {
            return known.clone().ok_or(Missing::Policy);
        }
        let found = self.find_rights(&key);
        self.rights.insert(key, found.clone());
        found.ok_or(Missing::Policy)
    }

    /// Works out rights that will be asked for, on all processors: each takes milliseconds, and none needs another.
    pub(super) fn work_out(&mut self, wanted: HashSet<(Side, usize, ObjectName)>) {
        let missing: Vec<_> = wanted.into_iter().filter(|key| !self.rights.contains_key(key)).collect();
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let share = missing.len().div_ceil(workers);
        if workers == 1 || share == 0 {
            return;
        }
        let these = &*self;
        let found: Vec<_> = std::thread::scope(|scope| {
            let begun: Vec<_> = missing
                .chunks(share)
                .map(|keys| scope.spawn(move || keys.iter().map(|key| these.find_rights(key)).collect::<Vec<_>>()))
                .collect();
            // What one could not work out is worked out where it is asked for.
            begun.into_iter().zip(missing.chunks(share)).filter_map(|(w, keys)| Some((keys, w.join().ok()?))).collect()
        });
        let found: Vec<_> = found.into_iter().flat_map(|(keys, rights)| keys.iter().cloned().zip(rights)).collect();
        self.rights.extend(found);
    }

    fn find_rights(&self, (side, shape, object): &(Side, usize, ObjectName)) -> Option<Arc<Rights>> {
        let (user, picture) = self.stand.get(*shape).copied()?;
        // An object type that is not there any more is not in the policy either.
        self.engine(*side, picture)?.rights(user, object).ok()
    }

    pub(super) fn duty(&mut self, side: Side, shape: usize, action: Action) -> Result<Filter, Missing> {
        if !self.duties.contains_key(&(side, shape)) {
            let found = self
                .stand
                .get(shape)
                .copied()
                .and_then(|(user, picture)| self.engine(side, picture)?.duties_of(user).ok());
            self.duties.insert((side, shape), found);
        }
        let known = self.duties.get(&(side, shape)).and_then(Option::as_ref).ok_or(Missing::Policy)?;
        Ok(known.get(&action).unwrap_or(&NOTHING).clone())
    }

    /// Fields of which the two sides say something else for somebody.
    pub(super) fn differing(
        &mut self,
        version: u64,
        shape: usize,
        object: &ObjectName,
    ) -> Result<Arc<Vec<FieldName>>, Missing> {
        let key = (version, shape, object.clone());
        if let Some(known) = self.differing.get(&key) {
            return Ok(known.clone());
        }
        let now = self.rights(Side::Proposed, shape, object)?;
        let then = self.rights(Side::Then(version), shape, object)?;
        let differs =
            |name: &&FieldName| LEVELS.iter().any(|l| now.field(name.as_str(), *l) != then.field(name.as_str(), *l));
        let found = Arc::new(now.fields().iter().filter(differs).cloned().collect());
        self.differing.insert(key, Arc::clone(&found));
        Ok(found)
    }
}
