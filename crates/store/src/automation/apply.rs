//! What rules do in the unit of the act that set them off.

use access::path::{Change, Changed, NewRecord, OnRecords, Refusal, Values, Write, keeps_rules};
use model::automation::{Automation, Effect, To, Told, Who};
use model::process::Done;
use model::{
    Caller, FieldKind, FieldName, ObjectType, RecordId, RunId, StoredRow, UserId, UserKind, UserStatus, Value,
};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::runs::{Run, RunState};
use super::trigger::Happened;
use crate::Store;
use crate::ids::random;
use crate::notices::{News, NoticeKind, Telling};
use crate::records::{Numbering, approval, check_stages, statements};

const DAY_MS: i64 = 86_400_000;
/// People of one notice at most: of a large role the first.
const MOST_TOLD: usize = 200;

/// The rules that an act sets off, worked out before anything is written.
#[derive(Default)]
pub(crate) struct Planned {
    rules: Vec<Automation>,
    /// What they set of the record.
    pub(crate) sets: Values,
    /// The fields that the act changed, for who is told.
    changed: Vec<FieldName>,
    /// Whether the sets were left out, for they may not be.
    left_out: bool,
}

impl Planned {
    /// Leaves out what they would set: the record may not be so.
    pub(crate) fn leave_out(&mut self) {
        self.left_out = !self.sets.is_empty();
        self.sets.clear();
    }
}

/// What the house writes of a changed record besides what was sent.
pub(crate) struct Besides {
    pub(crate) planned: Planned,
    pub(crate) beside: Values,
    /// Whether the record's approval is gone.
    pub(crate) unmade: bool,
    /// The record as it will be.
    pub(crate) after: StoredRow,
}

/// What rules did, for the unit and its event.
#[derive(Default)]
pub(crate) struct AllDone {
    pub(crate) told: Vec<Json>,
    pub(crate) runs: Vec<Json>,
    pub(crate) changes: Vec<Change>,
    pub(crate) made: Vec<(Changed, String)>,
    pub(crate) telling: Telling,
}

/// The record as the act leaves it.
pub(crate) struct Left<'a> {
    pub(crate) object: &'a ObjectType,
    pub(crate) row: &'a StoredRow,
    /// Whether it is new: what is told of it.
    pub(crate) new: bool,
}

impl Store {
    /// Works out which rules an act sets off.
    pub(crate) fn plan_automations(&self, happened: &Happened<'_>, caller: &Caller) -> Planned {
        let company = self.company();
        let rules: Vec<Automation> =
            company.automations.iter().filter(|rule| happened.sets_off(rule)).cloned().collect();
        let mut sets = Values::new();
        for rule in &rules {
            sets.extend(self.sets_of(rule, happened.object, caller));
        }
        let changed = if rules.is_empty() { vec![] } else { happened.changed() };
        Planned { rules, sets, changed, left_out: false }
    }

    /// What a rule sets, as values of the fields' own kinds.
    pub(super) fn sets_of(&self, rule: &Automation, object: &ObjectType, caller: &Caller) -> Values {
        let today = self.today(caller.at);
        let mut sets = Values::new();
        for effect in &rule.then {
            let Effect::Set { field, to } = effect else { continue };
            let Some(def) = object.field(field.as_str()) else { continue };
            let value = match (to, &def.kind) {
                (To::Nothing {}, _) => None,
                (To::Actor {}, FieldKind::User) => Some(Value::User(caller.user)),
                (To::Today { days }, FieldKind::Date) => Some(Value::Int(today.saturating_add(i64::from(*days)))),
                (To::Today { days }, FieldKind::DateTime) => {
                    Some(Value::Int(caller.at.0.saturating_add(i64::from(*days).saturating_mul(DAY_MS))))
                }
                (To::Value { value }, kind) => match Value::from_json(value, kind) {
                    Ok(Some(value)) => Some(value),
                    // It could be when the rule was made; a definition that changed since sets nothing.
                    _ => continue,
                },
                _ => continue,
            };
            sets.insert(field.clone(), value);
        }
        sets
    }

    /// The day of the company's calendar, from 1970-01-01.
    pub(super) fn today(&self, now: model::UnixMs) -> i64 {
        self.gate.settings().calendar.day(now).1
    }

    /// Works out which rules a change of a stored record sets off, and what the house writes of it besides what was sent; whether
    /// an approval is gone with it.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `approval_waits` or `approval_needed`, of the change itself.
    pub(crate) async fn plan_change(
        &self,
        object: &ObjectType,
        row: &StoredRow,
        values: &Values,
        caller: &Caller,
        files: &std::collections::BTreeSet<model::FieldName>,
    ) -> Result<Besides, Refusal> {
        let after = approval::after(object, row, values);
        let happened = Happened { object, before: Some(row), after: &after, values };
        let mut planned = self.plan_automations(&happened, caller);
        let mut kept = None;
        if !planned.sets.is_empty() {
            let mut all = values.clone();
            all.extend(planned.sets.clone());
            if check_stages(object, Some(row), &all, files).is_ok() && keeps_rules(object, row, &all, false) {
                kept = self.approval_of_change(object, row, &all, caller.at).await.ok();
            }
            if kept.is_none() {
                planned.leave_out();
            }
        }
        let kept = match kept {
            Some(kept) => kept,
            None => self.approval_of_change(object, row, values, caller.at).await?,
        };
        let unmade = !kept.is_empty();
        let mut beside = planned.sets.clone();
        beside.extend(kept);
        Ok(Besides { planned, beside, unmade, after })
    }

    /// The same of a new record.
    pub(crate) fn plan_new(&self, object: &ObjectType, row: &StoredRow, values: &Values, caller: &Caller) -> Planned {
        let mut planned = self.plan_automations(&Happened { object, before: None, after: row, values }, caller);
        if !planned.sets.is_empty() {
            let mut all = values.clone();
            all.extend(planned.sets.clone());
            if check_stages(object, None, &all, &std::collections::BTreeSet::new()).is_err()
                || !keeps_rules(object, row, &all, true)
            {
                planned.leave_out();
            }
        }
        planned
    }

    /// Adds what the planned rules do to the act: tasks and rows, and what the event tells. The numbers of tasks are the caller's to add,
    /// with those of the act itself.
    ///
    /// # Errors
    /// The refusal of the act, not yet recorded.
    pub(crate) async fn apply_automations<O: OnRecords>(
        &self,
        all: &[(&Planned, Left<'_>)],
        write: &mut Write<O>,
        numbering: &mut Numbering,
    ) -> Result<Vec<Change>, Refusal> {
        let caller = write.grant().caller().clone();
        let done = self.carry_out_rules(all, &caller, numbering).await?;
        if done.told.is_empty() {
            return Ok(vec![]);
        }
        for (record, rule) in done.made {
            write.makes(record, rule);
        }
        write.tells("automations", done.told.into());
        write.tells("runs", done.runs.into());
        let mut changes = done.changes;
        done.telling.into_write(write, &mut changes);
        Ok(changes)
    }

    /// What all planned rules do besides setting fields.
    ///
    /// # Errors
    /// [`Refusal::Damaged`].
    pub(crate) async fn carry_out_rules(
        &self,
        all: &[(&Planned, Left<'_>)],
        caller: &Caller,
        numbering: &mut Numbering,
    ) -> Result<AllDone, Refusal> {
        let mut all_done = AllDone::default();
        for (planned, left) in all {
            for rule in &planned.rules {
                let how = (planned.changed.as_slice(), planned.left_out, None);
                let done = self.carry_out_rule(rule, left, caller, how, numbering).await?;
                all_done.made.extend(done.made);
                all_done.changes.extend(done.changes);
                all_done.telling = std::mem::take(&mut all_done.telling).and(done.telling);
                all_done.told.push(done.told);
                all_done.runs.push(done.run);
            }
        }
        Ok(all_done)
    }

    /// What one rule does besides setting fields.
    pub(super) async fn carry_out_rule(
        &self,
        rule: &Automation,
        left: &Left<'_>,
        caller: &Caller,
        (changed, left_out, day): (&[FieldName], bool, Option<i64>),
        numbering: &mut Numbering,
    ) -> Result<DoneByRule, Refusal> {
        let (mut changes, mut made, mut tasks) = (vec![], vec![], vec![]);
        let mut skipped: Vec<&str> = vec![];
        let mut telling = Telling::default();
        // Nobody acts when a day comes.
        let by = day.is_none().then_some(caller.user);
        let sets: Vec<&FieldName> = rule
            .then
            .iter()
            .filter_map(|e| match e {
                Effect::Set { field, .. } => Some(field),
                _ => None,
            })
            .collect();
        if left_out && !sets.is_empty() {
            skipped.push("set");
        }
        for effect in &rule.then {
            let Effect::Task { object, title, owner, due_in } = effect else { continue };
            let planned = match self.task(left, caller, (object, title, *owner, *due_in)) {
                Ok(Some((mut new, task))) => self.number_made(caller.at, &task, numbering).await.map(|given| {
                    new.given.extend(given);
                    Some((new, task))
                }),
                other => other,
            };
            match planned {
                Ok(Some((new, task))) => {
                    let places = self.gate.seal_new(caller, &task, &new)?;
                    let customer = statements::customer_of(&new);
                    changes.extend(statements::insert(&task.name, &new, &places, caller.user, caller.at));
                    tasks.push(json!({ "object": task.name, "record": new.id, "owner": new.owner }));
                    let news = told_by(News::of(NoticeKind::Assigned, caller.at).on(&task.name, new.id), by);
                    telling = telling.and(self.tell(&news, new.owner));
                    let record = Changed { record: new.id, customer, version: 1 };
                    made.push((record, format!("automation.{}", rule.name)));
                }
                Ok(None) | Err(_) => skipped.push("task"),
            }
        }
        let hook = rule.hook().filter(|name| self.company().hooks.is_on(name));
        if rule.hook().is_some() && hook.is_none() {
            skipped.push("webhook");
        }
        let mut told_to = 0;
        if let Some((to, _)) = rule.notice() {
            let news =
                News::of(NoticeKind::Rule, caller.at).on(&left.object.name, left.row.id).about(&about(&rule.name));
            let notices = self.tell(&told_by(news, by), self.receivers(to, left.row.owner));
            told_to = notices.changes.len();
            telling = telling.and(notices);
        }
        let run = Run {
            id: RunId::new(caller.at, random()),
            rule: rule.name.clone(),
            object: left.object.name.clone(),
            record: left.row.id,
            at: caller.at,
            day,
            state: if hook.is_some() { RunState::Waiting } else { RunState::Done },
            next_at: hook.map(|_| caller.at),
            body: super::runs::Body {
                set: if left_out { vec![] } else { sets.into_iter().cloned().collect() },
                tasks: tasks.clone(),
                skipped: skipped.iter().map(|s| (*s).to_owned()).collect(),
                hook: hook.map(str::to_owned),
                new: left.new,
                changed: changed.to_vec(),
                by,
                told: told_to,
                attempts: 0,
                last: None,
            },
            version: 1,
        };
        changes.push(self.insert_run(&run)?);
        let told = json!({
            "rule": rule.name, "set": run.body.set, "tasks": tasks, "webhook": hook, "left_out": skipped,
            "notices": told_to,
        });
        Ok(DoneByRule { told, run: run.told(), changes, made, telling })
    }

    /// A task that a rule makes, where it can be made.
    #[allow(clippy::type_complexity, reason = "a record and its type")]
    fn task(
        &self,
        left: &Left<'_>,
        caller: &Caller,
        (name, title, who, due_in): (&model::ObjectName, &str, Who, u16),
    ) -> Result<Option<(NewRecord, std::sync::Arc<ObjectType>)>, Refusal> {
        let company = self.company();
        let Some((_, task)) = company.objects.get(name) else { return Ok(None) };
        let Some(Done { due, .. }) = task.process().and_then(|p| p.done.clone()) else { return Ok(None) };
        let owner = self.person(who, left.row.owner, caller.user);
        let Some(owner) = owner.and_then(|id| company.users.get(&id)) else { return Ok(None) };
        let mut values = Values::from([
            (task.title_field.clone(), Some(Value::Text(title.to_owned()))),
            (due, Some(Value::Int(self.today(caller.at).saturating_add(i64::from(due_in))))),
        ]);
        // Whose data it is: the record's customer's, if it has one.
        let mut customer = None;
        if let Some(field) = &task.customer_field {
            let of = customer_of(&company.objects, task, left);
            match (of, &left.row.key) {
                (Some(id), Some(key)) => {
                    values.insert(field.clone(), Some(Value::Record(id)));
                    customer = Some((id, key.clone()));
                }
                _ if task.field(field.as_str()).is_some_and(|f| f.required) => return Ok(None),
                _ => {}
            }
        }
        let refers = |f: &&model::FieldDef| {
            matches!(&f.kind, FieldKind::Reference { object } if *object == left.object.name)
                && task.customer_field.as_ref() != Some(&f.name)
                && !f.is_given()
        };
        if let Some(field) = task.fields.iter().find(refers) {
            values.insert(field.name.clone(), Some(Value::Record(left.row.id)));
        }
        let new = NewRecord {
            id: RecordId::new(caller.at, random()),
            customer,
            owner: Some(owner.id),
            department: Some(owner.department),
            pool: false,
            values,
            given: Values::new(),
        };
        Ok(Some((new, task.clone())))
    }

    /// Whom a notice is for. [`Store::tell`] passes over who is not active. They learn that the record is there and no more: it is
    /// opened by their own rights.
    fn receivers(&self, to: &[Told], owner: Option<UserId>) -> Vec<UserId> {
        let company = self.company();
        let mut all = vec![];
        for one in to {
            match one {
                Told::Owner => all.extend(owner),
                Told::Manager => {
                    all.extend(owner.and_then(|o| company.users.get(&o)).and_then(|u| u.manager));
                }
                Told::User(id) => all.push(*id),
                Told::Role(role) => {
                    all.extend(company.users.values().filter(|u| u.roles.contains(role)).map(|u| u.id));
                }
            }
        }
        all.truncate(MOST_TOLD);
        all
    }

    /// Whom a rule means; somebody active, or nobody.
    fn person(&self, who: Who, owner: Option<UserId>, actor: UserId) -> Option<UserId> {
        let company = self.company();
        let active = |id: &UserId| {
            company.users.get(id).is_some_and(|u| u.status == UserStatus::Active && u.kind == UserKind::Person)
        };
        let manager = || owner.and_then(|o| company.users.get(&o)).and_then(|u| u.manager);
        let wanted = match who {
            Who::Owner => owner,
            Who::Manager => manager(),
            Who::Actor => Some(actor),
            Who::User(id) => Some(id),
        };
        // Whoever is named has left, or there is no such person: whose record it is, else who acts.
        [wanted, owner, Some(actor)].into_iter().flatten().find(active)
    }
}

/// What a rule did.
pub(super) struct DoneByRule {
    pub(super) told: Json,
    pub(super) run: Json,
    pub(super) changes: Vec<Change>,
    pub(super) made: Vec<(Changed, String)>,
    pub(super) telling: Telling,
}

fn told_by(news: News, by: Option<UserId>) -> News {
    match by {
        Some(user) => news.by(user),
        None => news,
    }
}

/// What a notice of a rule is about: the rule, by a hash of its name, which never changes.
pub(crate) fn about(rule: &str) -> [u8; 16] {
    let hash: [u8; 32] = Sha256::digest([b"automation.".as_slice(), rule.as_bytes()].concat()).into();
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = hash;
    [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]
}

/// The customer a record belongs to, or is, of the type that the task's customer field refers to.
fn customer_of(
    objects: &std::collections::BTreeMap<model::ObjectName, (i64, std::sync::Arc<ObjectType>)>,
    task: &ObjectType,
    left: &Left<'_>,
) -> Option<RecordId> {
    let target = |object: &ObjectType| {
        let field = object.customer_field.as_ref()?;
        match &object.field(field.as_str())?.kind {
            FieldKind::Reference { object } => Some(object.clone()),
            _ => None,
        }
    };
    let wanted = target(task)?;
    objects.get(&wanted)?;
    if left.object.name == wanted {
        return Some(left.row.id);
    }
    (target(left.object)? == wanted && left.row.customer != left.row.id).then_some(left.row.customer)
}
