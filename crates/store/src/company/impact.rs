//! Who gains and who loses what by a policy that is not in force: asked before it is published. Nothing is stored.
//!
//! Rule: it is told by the compiled policies themselves, and shows no record: numbers of records and names of people. Asking
//! takes the duty to publish, and is recorded.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use access::engine::compare::{self, Comparison, Moved, Shift, Subject};
use access::engine::{BoundFilter, Engine, Predicate};
use access::path::{Disclosed, FieldProblem, Grant, OnSystem, Operation, Refusal};
use model::{Action, FieldLevel, FieldName, ObjectName, Policy, UserId};
use serde_json::{Value, json};

use super::load::{Loaded, PolicyVersion};
use super::people::operations;
use super::policy::compile;
use super::policy_rules::{self, Diff};
use crate::Store;
use crate::audit::name_of;
use crate::sql::Sql;

/// Asks who would gain and lose what by this policy. Changes nothing.
#[derive(Debug)]
pub struct PreviewPolicy {
    pub policy: Policy,
}

operations! {
    PreviewPolicy: PolicyManage, |op| json!({ "act": "policy.preview", "rows": op.policy.rows.len() });
}

/// People named in one line.
const NAMED: usize = 50;
/// Different reaches that one count of records joins.
const JOINED: usize = 100;
/// Counts of one preview: beyond, numbers are left out.
const MOST_COUNTS: usize = 1500;
/// Values that one count may bind; below what both databases take.
const MOST_BOUND: usize = 30_000;
/// How long is counted; then the rest is told without numbers. A request ends after 30 seconds.
const COUNTING: Duration = Duration::from_secs(10);

/// What is gained or lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gift {
    Operation { object: ObjectName, action: Action },
    Fields { object: ObjectName, fields: Vec<FieldName>, level: FieldLevel },
    Duty(Action),
}

/// One person of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub user: UserId,
    pub name: String,
    /// Records of the object that come into their reach or leave it; `None` for a duty, or where counting was cut short.
    pub records: Option<i64>,
}

/// One line of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImpactLine {
    pub gift: Gift,
    /// People it concerns; those for whom no record moves are not counted.
    pub people: usize,
    /// Distinct records, for all of them together.
    pub records: Option<i64>,
    /// The first fifty, most records first.
    pub named: Vec<Person>,
}

/// The answer to [`PreviewPolicy`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyImpact {
    /// The version it was compared with.
    pub base: u64,
    pub diff: Diff,
    /// What stands against publishing it.
    pub problems: Vec<FieldProblem>,
    pub gains: Vec<ImpactLine>,
    pub losses: Vec<ImpactLine>,
    /// Whose conditions change, though no record comes or goes.
    pub conditions: Vec<ImpactLine>,
    /// Whether everyone was looked at and everything counted.
    pub complete: bool,
}

struct Counts<'a> {
    store: &'a Store,
    engine: &'a Engine,
    now: model::UnixMs,
    known: HashMap<String, i64>,
    until: Instant,
    cut: bool,
}

impl Counts<'_> {
    /// How many records of the object pass one of these.
    async fn of(&mut self, object: &ObjectName, some: &[Predicate]) -> Result<Option<i64>, Refusal> {
        let key = format!("{object} {some:?}");
        if let Some(known) = self.known.get(&key) {
            return Ok(Some(*known));
        }
        if self.known.len() >= MOST_COUNTS || some.len() > JOINED || Instant::now() > self.until {
            self.cut = true;
            return Ok(None);
        }
        let def = self.engine.compiled().object(object).ok_or(Refusal::NotFound)?;
        let filter = BoundFilter::of(some.iter().cloned());
        let mut sql = Sql::new(self.store.db.dialect(), "SELECT COUNT(*) FROM record r WHERE r.object = ");
        sql.bind(object.as_str()).and_filters(Some(&filter), def, self.now);
        if sql.bound() > MOST_BOUND {
            self.cut = true;
            return Ok(None);
        }
        let found = self.store.one_number(sql).await?;
        self.known.insert(key, found);
        Ok(Some(found))
    }

    async fn line(&mut self, shift: Shift) -> Result<Option<ImpactLine>, Refusal> {
        let Shift { object, subject, moved } = shift;
        let mut people = vec![];
        let mut reaches: Vec<Predicate> = vec![];
        for Moved { user, which } in moved {
            let records = self.of(&object, std::slice::from_ref(&which)).await?;
            if records == Some(0) {
                continue;
            }
            people.push(Person { user, name: name_of(self.engine.directory(), user), records });
            if !reaches.contains(&which) {
                reaches.push(which);
            }
        }
        if people.is_empty() {
            return Ok(None);
        }
        let records = self.of(&object, &reaches).await?;
        let gift = match subject {
            Subject::Operation(action) => Gift::Operation { object, action },
            Subject::Fields { fields, level } => Gift::Fields { object, fields, level },
        };
        Ok(Some(line(gift, people, records)))
    }

    async fn lines(&mut self, shifts: Vec<Shift>) -> Result<Vec<ImpactLine>, Refusal> {
        let mut lines = vec![];
        for shift in shifts {
            lines.extend(self.line(shift).await?);
        }
        Ok(lines)
    }
}

fn line(gift: Gift, mut named: Vec<Person>, records: Option<i64>) -> ImpactLine {
    let people = named.len();
    named.sort_by(|a, b| (b.records, &a.name, a.user).cmp(&(a.records, &b.name, b.user)));
    named.truncate(NAMED);
    ImpactLine { gift, people, records, named }
}

impl Store {
    /// Says who would gain and who would lose what. Where the policy does not compile, only its problems are told.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn preview_policy(&self, grant: Grant<PreviewPolicy>) -> Result<Disclosed<PolicyImpact>, Refusal> {
        match self.impact(&grant).await {
            Ok(impact) => grant.carry_out(vec![], impact).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn impact(&self, grant: &Grant<PreviewPolicy>) -> Result<PolicyImpact, Refusal> {
        let mut next = Loaded::clone(&self.company());
        let policy = grant.operation().policy.clone();
        let diff = Diff::between(&next.policy.policy, &policy);
        let mut answer = PolicyImpact {
            base: next.policy.version,
            problems: policy_rules::problems(&next, grant.caller().user, &policy, grant.now())?,
            diff,
            gains: vec![],
            losses: vec![],
            conditions: vec![],
            complete: true,
        };
        // The engine in force has worked out most people's rights already.
        let before = grant.engine().clone();
        next.policy = Arc::new(PolicyVersion { policy, ..PolicyVersion::clone(&next.policy) });
        if let Err(Refusal::Invalid(more)) = compile(&mut next) {
            answer.problems.extend(more);
            return Ok(answer);
        }
        let after = Arc::new(next.engine());
        let (rows, now) = (answer.diff.clone(), grant.now());
        let (old, new) = (before, after.clone());
        // Rights of many people are worked out anew: not on a thread that answers requests.
        let work = move || compare::compare(&old, &new, &rows.every(), now);
        let found = tokio::task::spawn_blocking(work).await.map_err(|e| Refusal::StoreUnavailable(e.to_string()))?;
        let found = found.map_err(|error| {
            tracing::error!(%error, "a policy could not be compared");
            Refusal::Damaged
        })?;
        self.tell_impact(&after, found, now, &mut answer).await?;
        Ok(answer)
    }

    async fn tell_impact(
        &self,
        engine: &Engine,
        found: Comparison,
        now: model::UnixMs,
        answer: &mut PolicyImpact,
    ) -> Result<(), Refusal> {
        let until = Instant::now() + COUNTING;
        let mut counts = Counts { store: self, engine, now, known: HashMap::new(), until, cut: false };
        answer.gains = counts.lines(found.gains).await?;
        answer.losses = counts.lines(found.losses).await?;
        let uncounted = |users: Vec<UserId>| -> Vec<Person> {
            let person = |user| Person { user, name: name_of(engine.directory(), user), records: None };
            users.into_iter().map(person).collect()
        };
        for (duties, lines) in [(found.duties_gained, &mut answer.gains), (found.duties_lost, &mut answer.losses)] {
            lines.extend(duties.into_iter().map(|(action, users)| line(Gift::Duty(action), uncounted(users), None)));
        }
        for (object, action, users) in found.conditions {
            answer.conditions.push(line(Gift::Operation { object, action }, uncounted(users), None));
        }
        answer.complete = !counts.cut && !found.partial;
        Ok(())
    }
}
