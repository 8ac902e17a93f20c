//! Imports: chunks of rows from outside, each chunk one transaction and one event, found again by their outside key.
//!
//! A row whose record already holds the same values changes nothing. A row that is wrong is told with its reason and the
//! others go on.

use std::collections::BTreeMap;

use access::path::{Batch, Change, FieldProblem, Grant, NewRecord, OnRecords, Operation, Refusal, Values};
use model::{Action, DepartmentId, FieldName, JobId, ObjectName, ObjectType, RecordId, StoredRow, UserId, Value};

use super::create::customer_of;
use super::fetch::broken;
use super::statements;
use crate::sql::Sql;
use crate::{Store, ids, row};

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
    /// Imports a chunk.
    ///
    /// # Errors
    /// Only what concerns the chunk as a whole; wrong rows are in the outcome.
    pub async fn import(&self, grant: Grant<ImportChunk>) -> Result<ImportOutcome, Refusal> {
        let object = match grant.object_type() {
            Ok(object) => object.clone(),
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let mut outcome = ImportOutcome::default();
        let known = match self.imported(&grant, &object).await {
            Ok(known) => known,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let (dry_run, at, by) = (grant.operation().dry_run, grant.now(), grant.caller().user);
        let source = grant.operation().source.clone();
        let rows = grant.operation().rows.clone();
        let mut batch = grant.batch();
        let mut changes = vec![];
        let mut in_chunk: BTreeMap<[u8; 32], u64> = BTreeMap::new();
        for import in rows {
            let mac = self.import_mac(&import.key)?;
            if let Some(first) = in_chunk.insert(mac, import.number) {
                let reason = format!("the same key as row {first}");
                outcome
                    .rejected
                    .push((import.number, vec![FieldProblem { field: "key".into(), code: "duplicate", reason }]));
                continue;
            }
            let done = match known.by_key.get(&mac) {
                Some(row) => change_row(&mut batch, &object, row, &import.values, at),
                None => create_row(&mut batch, &object, &known, &import, (&source, mac), by, at, self),
            };
            match done {
                Ok(Done::Unchanged) => outcome.unchanged += 1,
                Ok(Done::Changed(statements)) => {
                    outcome.changed += 1;
                    changes.extend(statements);
                }
                Ok(Done::Created(statements)) => {
                    outcome.created += 1;
                    changes.extend(statements);
                }
                Err(refusal) => outcome.rejected.push((import.number, problems_of(refusal)?)),
            }
        }
        if dry_run {
            // Only the question is recorded: nothing was written.
            return Ok(outcome);
        }
        if !batch.is_empty() {
            batch.commit(changes).await?;
        }
        Ok(outcome)
    }

    pub(crate) fn import_mac(&self, key: &str) -> Result<[u8; 32], Refusal> {
        // Outside keys may be names: what is kept is a keyed hash.
        self.gate.mac("import", key.as_bytes()).map_err(|_| Refusal::Damaged)
    }

    async fn imported(&self, grant: &Grant<ImportChunk>, object: &ObjectType) -> Result<Known, Refusal> {
        let op = grant.operation();
        let mut known = Known::default();
        let macs: Vec<[u8; 32]> = op.rows.iter().map(|r| self.import_mac(&r.key)).collect::<Result<_, _>>()?;
        let filters = grant.filters();
        for part in macs.chunks(500) {
            let mut sql = Sql::new(self.db.dialect(), "SELECT ");
            sql.push(&row::select(object)).push(", i.mac FROM imported i JOIN record r ON r.id = i.record");
            sql.push(" LEFT JOIN data_key k ON k.customer = r.customer WHERE i.object = ").bind(object.name.as_str());
            sql.push(" AND i.source = ").bind(op.source.as_str()).push(" AND i.mac IN ");
            sql.bind_list(part.iter().map(|m| m.to_vec()));
            sql.and_filters(filters.iter().copied(), object, grant.now());
            for found in self.read(sql.finish()).await? {
                let mac = found.bytes(found.0.len() - 1).map_err(broken)?.try_into().map_err(|_| Refusal::Damaged)?;
                known.by_key.insert(mac, row::read(&found, object).map_err(broken)?);
            }
        }
        if object.customer_field.is_some() {
            let mut wanted = std::collections::BTreeSet::new();
            for key in op.rows.iter().filter_map(|r| r.customer_key.as_ref()) {
                wanted.insert(self.import_mac(key)?);
            }
            let wanted: Vec<[u8; 32]> = wanted.into_iter().collect();
            for part in wanted.chunks(500) {
                let mut sql = Sql::new(
                    self.db.dialect(),
                    "SELECT i.mac, k.customer, k.kek_version, k.wrapped FROM imported i JOIN data_key k ON k.customer = i.record \
                     WHERE k.wrapped IS NOT NULL AND i.source = ",
                );
                sql.bind(op.customer_source.as_str()).push(" AND i.mac IN ").bind_list(part.iter().map(|m| m.to_vec()));
                for found in self.read(sql.finish()).await? {
                    let mac = found.bytes(0).map_err(broken)?.try_into().map_err(|_| Refusal::Damaged)?;
                    let version = u32::try_from(found.int(2).map_err(broken)?).map_err(|_| Refusal::Damaged)?;
                    let key = (version, found.bytes(3).map_err(broken)?.to_vec());
                    known.customers.insert(mac, (found.record(1).map_err(broken)?, key));
                }
            }
        }
        Ok(known)
    }
}

/// A customer and its wrapped data key: version of the wrapping key, bytes.
type CustomerKey = (RecordId, (u32, Vec<u8>));

/// What of a chunk is already there.
#[derive(Default)]
struct Known {
    by_key: BTreeMap<[u8; 32], StoredRow>,
    customers: BTreeMap<[u8; 32], CustomerKey>,
}

enum Done {
    Unchanged,
    Changed(Vec<Change>),
    Created(Vec<Change>),
}

fn change_row(
    batch: &mut Batch<ImportChunk>,
    object: &ObjectType,
    stored: &StoredRow,
    values: &Values,
    at: model::UnixMs,
) -> Result<Done, Refusal> {
    // The customer is part of the key's meaning, not of the change.
    let values: Values = values
        .iter()
        .filter(|(n, _)| object.customer_field.as_ref() != Some(n))
        .map(|(n, v)| (n.clone(), v.clone()))
        .collect();
    if batch.grant().is_same(stored, &values)? {
        return Ok(Done::Unchanged);
    }
    let places = batch.change(stored, &values)?;
    Ok(Done::Changed(statements::update(&object.name, stored, &places, at)))
}

#[allow(clippy::too_many_arguments, reason = "one private call; a struct for it would only rename the list")]
fn create_row(
    batch: &mut Batch<ImportChunk>,
    object: &ObjectType,
    known: &Known,
    import: &ImportRow,
    key: (&str, [u8; 32]),
    by: UserId,
    at: model::UnixMs,
    store: &Store,
) -> Result<Done, Refusal> {
    let mut values = import.values.clone();
    let customer = match (&object.customer_field, &import.customer_key) {
        (None, _) => None,
        (Some(field), Some(outside)) => {
            let found = known.customers.get(&store.import_mac(outside)?);
            let (id, key) = found.cloned().ok_or_else(|| no_customer(field))?;
            values.insert(field.clone(), Some(Value::Record(id)));
            Some((id, key))
        }
        (Some(field), None) => match customer_of(object, &values) {
            Some(None) | None => return Err(no_customer(field)),
            Some(Some(_)) => return Err(no_customer(field)),
        },
    };
    let new = NewRecord {
        id: RecordId::new(at, ids::random()),
        customer,
        owner: import.owner,
        department: import.department,
        pool: import.pool && object.has_pool,
        values,
    };
    let places = batch.create(&new)?;
    let mut changes = statements::insert(&object.name, &new, &places, by, at);
    changes.push(Change::new(
        "INSERT INTO imported (object, source, mac, record) VALUES (?1, ?2, ?3, ?4)",
        vec![object.name.as_str().into(), key.0.into(), key.1.to_vec().into(), new.id.into()],
    ));
    Ok(Done::Created(changes))
}

fn no_customer(field: &FieldName) -> Refusal {
    Refusal::invalid(field.as_str(), "no_such_customer", "no customer of that name has been imported")
}

/// A refusal of one row becomes its problems; anything of the whole chunk goes on up.
fn problems_of(refusal: Refusal) -> Result<Vec<FieldProblem>, Refusal> {
    let one = |code, reason: &str| Ok(vec![FieldProblem { field: String::new(), code, reason: reason.to_owned() }]);
    match refusal {
        Refusal::Invalid(problems) => Ok(problems),
        Refusal::ForbiddenOnRecord { .. } | Refusal::NotFound => one("not_permitted", "this record may not be written"),
        Refusal::Damaged => one("damaged", "the stored record cannot be opened"),
        other => Err(other),
    }
}
