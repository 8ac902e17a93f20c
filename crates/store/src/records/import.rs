//! Imports: chunks of rows from outside, each chunk one transaction and one event, found again by their outside key.
//!
//! A row whose record already holds the same values changes nothing. A row that is wrong is told with its reason and the
//! others go on. Rule: whatever becomes of a chunk, a dry run and one that changes nothing included, it leaves one event,
//! which names the records that the answer tells of.

mod bulk;
mod known;
mod past;
mod undo;

use std::collections::{HashMap, HashSet};

use access::path::{Batch, Change, FieldProblem, Grant, NewRecord, OnRecords, Operation, Places, Refusal, Values};
use model::{Action, DepartmentId, FieldName, JobId, ObjectName, ObjectType, RecordId, StoredRow, UserId, Value};

use self::known::Known;
use super::{Numbering, statements};
use crate::{Store, ids};

pub use past::{ListImports, PastImport, UNDO_DAYS};
pub use undo::{Stays, UndoImport, Undone, Why};

/// One row, already read into values.
#[derive(Clone)]
pub struct ImportRow {
    /// Its place in the file, for messages: 1 is the first row after the heading.
    pub number: u64,
    /// What it is called outside; a rerun finds its record by it.
    pub key: String,
    pub values: Values,
    pub owner: Option<UserId>,
    pub department: Option<DepartmentId>,
    pub pool: bool,
    /// The outside key of the customer the record belongs to.
    pub customer_key: Option<String>,
}

/// A chunk of an import.
pub struct ImportChunk {
    pub job: JobId,
    pub object: ObjectName,
    /// Name of the outside system or file: keys of different sources do not meet.
    pub source: String,
    /// The source under which the customers were imported.
    pub customer_source: String,
    pub rows: Vec<ImportRow>,
    /// Only say what would happen.
    pub dry_run: bool,
}

impl Operation for ImportChunk {
    const ACTION: Action = Action::Import;
}
impl OnRecords for ImportChunk {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({
            "job": self.job, "source": self.source, "rows": self.rows.len(),
            "first": self.rows.first().map(|r| r.number), "dry_run": self.dry_run,
        })
    }
}

/// What became of a chunk.
#[derive(Debug, Default, Clone)]
pub struct ImportOutcome {
    pub created: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// Row number and what is wrong.
    pub rejected: Vec<(u64, Vec<FieldProblem>)>,
}

impl Store {
    /// Imports a chunk. A unique value that is taken rejects its row alone.
    ///
    /// # Errors
    /// Only what concerns the chunk as a whole, recorded; wrong rows are in the outcome. [`Refusal::Taken`] when somebody
    /// else took a key or a unique value in the same moment: nothing of the chunk was kept.
    pub async fn import(&self, grant: Grant<ImportChunk>) -> Result<ImportOutcome, Refusal> {
        let object = match grant.object_type() {
            Ok(object) => object.clone(),
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let known = match self.look_up(&grant, &object).await {
            Ok(known) => known,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let (dry_run, at, by) = (grant.operation().dry_run, grant.now(), grant.caller().user);
        let (source, job) = (grant.operation().source.clone(), grant.operation().job);
        let rows = grant.operation().rows.clone();
        let mut room = match self.room_of_owners(&grant, &object).await {
            Ok(room) => room,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let mut batch = grant.batch();
        let mut outcome = ImportOutcome::default();
        let mut prepared: Vec<Prepared> = vec![];
        let (mut new, mut new_rows) = (vec![], vec![]);
        let mut in_chunk: HashMap<[u8; 32], u64> = HashMap::new();
        for (import, mac) in rows.iter().zip(&known.macs) {
            if let Some(first) = in_chunk.insert(*mac, import.number) {
                let reason = format!("the same key as row {first}");
                outcome.rejected.push((import.number, vec![problem("key", "duplicate", reason)]));
                continue;
            }
            let done = match known.by_key.get(mac) {
                Some(row) => change_row(&mut batch, &object, &known, row, import, at).map(|row| match row {
                    Some(row) => prepared.push(row),
                    None => outcome.unchanged += 1,
                }),
                None => new_record(&batch, &object, &known, import, mac, at).and_then(|record| {
                    take_room(&mut room, record.owner)?;
                    new.push(record);
                    new_rows.push((import.number, *mac));
                    Ok(())
                }),
            };
            match done.map_err(problems_of) {
                Ok(()) => {}
                Err(Ok(problems)) => outcome.rejected.push((import.number, problems)),
                Err(Err(refusal)) => return Err(batch.refuse(refusal).await),
            }
        }
        let mut numbering = Numbering::default();
        // What a dry run says does not depend on numbers, and it gives none.
        if !dry_run && let Err(refusal) = self.number_all(batch.grant(), &object, &mut new, &mut numbering).await {
            return Err(batch.refuse(refusal).await);
        }
        for ((places, new), (number, mac)) in batch.create_all(&new).into_iter().zip(&new).zip(new_rows) {
            match places {
                Ok(places) => prepared.push(create_row(&object, new, places, (number, (&source, mac, job)), by, at)),
                Err(refusal) => match problems_of(refusal) {
                    Ok(problems) => outcome.rejected.push((number, problems)),
                    Err(refusal) => return Err(batch.refuse(refusal).await),
                },
            }
        }
        // Of two rows that want the same unique value, the first of the file has it.
        prepared.sort_by_key(|row| row.number);
        let (taken, segment) = match tokio::try_join!(self.taken(&object, &prepared), self.newest_segment()) {
            Ok(found) => found,
            Err(refusal) => return Err(batch.refuse(refusal).await),
        };
        let mut unique = Unique { taken, ..Unique::default() };
        let (mut changes, mut parts) = (vec![], vec![]);
        for row in prepared {
            if let Err(problems) = unique.admit(&row) {
                batch.withdraw(row.record);
                outcome.rejected.push((row.number, problems));
                continue;
            }
            if row.is_new {
                outcome.created += 1;
            } else {
                outcome.changed += 1;
            }
            if dry_run && row.is_new {
                // There is no such record, and there will be none.
                batch.withdraw(row.record);
            }
            changes.extend(row.statements);
            parts.extend(row.part);
        }
        changes.extend(bulk::statements(&object.name, (&source, job), segment, at, parts));
        changes.splice(0..0, std::mem::take(&mut numbering.changes));
        numbering.told().into_iter().for_each(|(name, told)| batch.tells(name, told));
        outcome.rejected.sort_by_key(|r| r.0);
        for (name, count) in
            [("created", outcome.created), ("changed", outcome.changed), ("unchanged", outcome.unchanged)]
        {
            batch.tells(name, count.into());
        }
        batch.commit(if dry_run { vec![] } else { changes }).await?;
        Ok(outcome)
    }
}

/// How many more records the owners of a chunk's rows may be given, of those who have a limit.
type Room = HashMap<model::UserId, i64>;

impl Store {
    async fn room_of_owners(&self, grant: &Grant<ImportChunk>, object: &ObjectType) -> Result<Room, Refusal> {
        let owners: HashSet<model::UserId> = grant.operation().rows.iter().filter_map(|row| row.owner).collect();
        let mut room = Room::new();
        for owner in owners {
            if let Some(left) = self.room_left(object, owner, grant.now()).await? {
                room.insert(owner, left);
            }
        }
        Ok(room)
    }
}

fn take_room(room: &mut Room, owner: Option<model::UserId>) -> Result<(), Refusal> {
    let Some(left) = owner.and_then(|owner| room.get_mut(&owner)) else { return Ok(()) };
    if *left <= 0 {
        return Err(Refusal::invalid("owner", "pool_holding_limit", "this owner holds as many as they may"));
    }
    *left -= 1;
    Ok(())
}

/// A row that is to be written.
struct Prepared {
    number: u64,
    record: RecordId,
    is_new: bool,
    unique: Vec<(FieldName, Option<[u8; 32]>)>,
    statements: Vec<Change>,
    /// What a new record adds to tables that are filled for all of them together.
    part: Option<bulk::Part>,
}

/// Who holds which unique values, before the chunk and as it goes on.
#[derive(Default)]
struct Unique {
    taken: HashMap<(FieldName, [u8; 32]), RecordId>,
    by_row: HashMap<(FieldName, [u8; 32]), u64>,
    /// Fields of stored records whose old value an earlier row of the chunk gives up.
    released: HashSet<(FieldName, RecordId)>,
}

impl Unique {
    fn admit(&mut self, row: &Prepared) -> Result<(), Vec<FieldProblem>> {
        let mut problems = vec![];
        for (field, mac) in row.unique.iter().filter_map(|(f, m)| Some((f, (*m)?))) {
            let place = (field.clone(), mac);
            if let Some(first) = self.by_row.get(&place) {
                problems.push(problem(field.as_str(), "duplicate", format!("the same value as row {first}")));
            } else if let Some(holder) = self.taken.get(&place)
                && *holder != row.record
                && !self.released.contains(&(field.clone(), *holder))
            {
                problems.push(problem(field.as_str(), "duplicate", "another record has this value".to_owned()));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        for (field, mac) in &row.unique {
            self.released.insert((field.clone(), row.record));
            self.by_row.extend(mac.map(|m| ((field.clone(), m), row.number)));
        }
        Ok(())
    }
}

fn change_row(
    batch: &mut Batch<ImportChunk>,
    object: &ObjectType,
    known: &Known,
    stored: &StoredRow,
    import: &ImportRow,
    at: model::UnixMs,
) -> Result<Option<Prepared>, Refusal> {
    // The customer is part of the key's meaning, not of the change.
    let mut values = import.values.clone();
    values.retain(|name, _| object.customer_field.as_ref() != Some(name));
    if batch.holds(stored, &values)? {
        return Ok(None);
    }
    // A number is given once: also the one that another import brought.
    let renumbered = |f: &model::FieldDef| {
        f.numbered.is_some() && values.get(&f.name).is_some_and(|v| v.as_ref() != stored.clear.get(&f.name))
    };
    if let Some(field) = object.fields.iter().find(|f| renumbered(f)) {
        return Err(Refusal::invalid(field.name.as_str(), "not_editable", "this field cannot be changed"));
    }
    known.check_references(object, &values)?;
    let kept = super::approval::of_import(object, stored, &values)?;
    let places = batch.change_giving(stored, &values, &kept)?;
    Ok(Some(Prepared {
        number: import.number,
        record: stored.id,
        is_new: false,
        statements: statements::update(object, stored, &places, at),
        unique: places.unique,
        part: None,
    }))
}

/// A row that has no record yet, checked against what is there.
fn new_record(
    batch: &Batch<ImportChunk>,
    object: &ObjectType,
    known: &Known,
    import: &ImportRow,
    mac: &[u8; 32],
    at: model::UnixMs,
) -> Result<NewRecord, Refusal> {
    if known.of_others.contains(mac) {
        return Err(Refusal::invalid("key", "duplicate", "another record has this key"));
    }
    if import.pool && import.owner.is_some() {
        return Err(Refusal::invalid("pool", "invalid_value", "a pool record has no owner"));
    }
    if let Some(owner) = import.owner {
        let owner = batch.grant().engine().directory().user(owner);
        if owner.is_none_or(|u| u.status != model::UserStatus::Active) {
            return Err(Refusal::invalid("owner", "no_such_user", "there is no such active user"));
        }
    }
    let mut values = import.values.clone();
    let customer = match &object.customer_field {
        None => None,
        // Of no customer: its own subject, where the object type lets a record be.
        Some(field) if import.customer_key.is_none() && !object.field(field.as_str()).is_some_and(|f| f.required) => {
            values.remove(field);
            None
        }
        Some(field) => {
            let outside = import.customer_key.as_ref().and_then(|key| known.customers.get(key)).cloned();
            let Some((id, key)) = outside else {
                return Err(Refusal::invalid(
                    field.as_str(),
                    "no_such_customer",
                    "no customer of that name has been imported",
                ));
            };
            values.insert(field.clone(), Some(Value::Record(id)));
            Some((id, key))
        }
    };
    known.check_references(object, &values)?;
    Ok(NewRecord {
        id: RecordId::new(at, ids::random()),
        customer,
        owner: import.owner,
        department: import.department,
        pool: import.pool && object.has_pool,
        values,
        given: Values::new(),
    })
}

fn create_row(
    object: &ObjectType,
    new: &NewRecord,
    places: Places,
    (number, imported): (u64, (&str, [u8; 32], JobId)),
    by: UserId,
    at: model::UnixMs,
) -> Prepared {
    let mut statements = vec![statements::record(&object.name, new, &places, by, at)];
    statements.extend(statements::unique_statements(&object.name, new.id, &places, true));
    let part = Some(bulk::Part::new(&object.name, new, &places, imported));
    Prepared { number, record: new.id, is_new: true, unique: places.unique, statements, part }
}

fn problem(field: &str, code: &'static str, reason: String) -> FieldProblem {
    FieldProblem::new(field, code, reason)
}

/// A refusal of one row becomes its problems; anything of the whole chunk goes on up.
fn problems_of(refusal: Refusal) -> Result<Vec<FieldProblem>, Refusal> {
    let one = |code, reason: &str| Ok(vec![problem("", code, reason.to_owned())]);
    match refusal {
        Refusal::Invalid(problems) => Ok(problems),
        Refusal::ForbiddenOnRecord { .. } | Refusal::NotFound => one("not_permitted", "this record may not be written"),
        Refusal::Damaged => one("damaged", "the stored record cannot be opened"),
        other => Err(other),
    }
}
