//! An import as a job 后台导入: rows that were mapped in the browser, kept sealed until they are taken in.
//!
//! Rule: the rows lie in parts under a key of the job's own, which stands sealed in its row; both go in the unit that ends the job, however it
//! ends. Each part is one chunk of the import (`records::import`), admitted anew as the job's owner, with its event. A part that was taken in
//! before its process died, and not noted, is taken in again: its keys find its records, and nothing of it is made twice; it is counted as
//! unchanged then. So the log, by which imports are listed and undone, stays right.

use access::path::{Change, Disclosed, FieldProblem, Grant, OnRecords, OnSystem, Operation, Param, Refusal};
use model::{Action, Caller, Clock, JobId, ObjectName, ObjectType, RecordId, UnixMs, UserStatus};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use vault::{DataKey, Place};
use zeroize::Zeroizing;

use super::run::Next;
use super::{Asked, Job, JobKind, JobState, JobView};
use crate::company::operations;
use crate::proof::check::StateReport;
use crate::records::{ImportChunk, ImportOutcome, ImportRow, broken, parse_values};
use crate::{Query, Store, ids};

/// Rows of one part: of one unit and one event.
const PART: usize = 500;
/// Rows of one job.
pub const MOST_IMPORTED: usize = 100_000;
/// Rows of which a job says one by one what was wrong.
const MOST_WRONG: usize = 2000;
/// How often a chunk is tried whose numbers another node gives at the same moment.
const NUMBERINGS: u32 = 5;
const LONGEST_KEY: usize = 200;
pub(crate) const PARTS: &str = "job_part";

/// One row as it was mapped: values by field, not yet read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RawRow {
    /// Its place in the file.
    pub number: u64,
    pub key: String,
    pub fields: Map<String, Value>,
    /// Login of the owner, or their name if exactly one active person has it.
    pub owner: Option<String>,
    pub pool: bool,
    pub customer_key: Option<String>,
}

/// What is wrong with one row: a field, `/key` or `/owner`; a code; a reason without the value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    pub row: u64,
    pub field: String,
    pub code: String,
    pub reason: String,
}

/// What an import has taken in so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Imported {
    pub created: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// Rows that were not taken.
    pub rejected: u64,
    pub wrong: Vec<Wrong>,
    /// Parts that are done.
    part: u32,
}

/// What the job needs, as it is sealed.
#[derive(Serialize, Deserialize)]
struct Task {
    source: String,
    customer_source: String,
    parts: u32,
    secret: [u8; 32],
}

/// Take rows in, in the background.
pub struct BeginImport {
    pub id: JobId,
    pub object: ObjectName,
    pub source: String,
    pub customer_source: String,
    pub rows: Vec<RawRow>,
}

impl BeginImport {
    pub fn new(object: ObjectName, (source, customer_source): (String, String), rows: Vec<RawRow>, at: UnixMs) -> Self {
        Self { id: JobId::new(at, ids::random()), object, source, customer_source, rows }
    }
}

impl Operation for BeginImport {
    const ACTION: Action = Action::Import;
}
impl OnRecords for BeginImport {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn detail(&self) -> Value {
        json!({
            "act": "job.begin", "kind": "import", "source": self.source, "count": self.rows.len(),
            "job_row": { "id": self.id, "version": 1, "ended": false },
        })
    }
    fn refused_detail(&self) -> Value {
        json!({ "act": "job.begin", "kind": "import", "count": self.rows.len() })
    }
}

/// What became of an import of one's own.
#[derive(Debug)]
pub struct ShowImport {
    pub job: JobId,
}

operations! {
    ShowImport: SelfRead, |op| json!({ "act": "job.imported", "job": op.job });
}

fn place(job: JobId, field: &str) -> Place<'_> {
    Place { object: PARTS, record: RecordId(job.0), field }
}

fn shut(error: vault::VaultError) -> Refusal {
    tracing::error!(%error, "rows of an import could not be sealed or opened");
    Refusal::Damaged
}

/// Takes the rows of a job away, and with the job's row the key that they open with.
pub(super) fn shred(job: &mut Job) -> Vec<Change> {
    if job.kind != JobKind::Import {
        return vec![];
    }
    job.asked.task = None;
    vec![Change::new("DELETE FROM job_part WHERE job = ?1", vec![job.id.into()])]
}

impl Store {
    /// Begins an import; [`Store::run_job`] carries it out.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] without the right to import; [`Refusal::Invalid`] for no rows or too many; [`Refusal::Barred`] with
    /// `too_many_jobs`; all recorded.
    pub async fn begin_import(&self, grant: Grant<BeginImport>) -> Result<Disclosed<JobView>, Refusal> {
        let made = async {
            let (op, caller) = (grant.operation(), grant.caller());
            if op.rows.is_empty() || op.rows.len() > MOST_IMPORTED {
                return Err(Refusal::invalid("rows", "too_many", format!("1 to {MOST_IMPORTED} rows")));
            }
            self.room_for_a_job(JobKind::Import, caller.user, grant.now()).await?;
            let secret: [u8; 32] = ids::random();
            let key = DataKey::of_file(&secret).map_err(shut)?;
            let mut parts = vec![];
            for (n, rows) in (0_u32..).zip(op.rows.chunks(PART)) {
                let plain = Zeroizing::new(serde_json::to_vec(rows).map_err(|_| Refusal::Damaged)?);
                let body = key.seal(&place(op.id, &n.to_string()), ids::random(), &plain).map_err(shut)?;
                let params: Vec<Param> = vec![op.id.into(), i64::from(n).into(), body.into()];
                parts.push(Change::new("INSERT INTO job_part (job, n, body) VALUES (?1, ?2, ?3)", params));
            }
            let task = Task {
                source: op.source.clone(),
                customer_source: op.customer_source.clone(),
                parts: u32::try_from(parts.len()).unwrap_or(u32::MAX),
                secret,
            };
            let asked = Asked { task: Some(self.seal_task(op.id, &task)?), ..Asked::of(caller) };
            let total = i64::try_from(op.rows.len()).unwrap_or(i64::MAX);
            let who = (caller.user, grant.now());
            let job = Job::new((op.id, JobKind::Import), op.object.clone(), asked, total, who);
            parts.insert(0, self.insert_job(&job)?);
            Ok((parts, job.view()))
        };
        match made.await {
            Ok((changes, view)) => {
                let done = grant.step(model::Decision::Allowed, changes).await?;
                Ok(done.map(|()| view))
            }
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    /// What became of an import of the caller's: numbers, and what was wrong with which row of the file.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not theirs; recorded.
    pub async fn show_import(&self, grant: Grant<ShowImport>) -> Result<Disclosed<(JobView, Imported)>, Refusal> {
        let found = self.own_job(grant.caller().user, grant.operation().job).await;
        match found.and_then(|job| if job.kind == JobKind::Import { Ok(job) } else { Err(Refusal::NotFound) }) {
            Ok(job) => {
                let view = job.view();
                grant.carry_out(vec![], (view, job.found.imported)).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Takes the next part in.
    pub(super) async fn import_step(&self, caller: &Caller, job: &mut Job, clock: &dyn Clock) -> Result<Next, Refusal> {
        let task: Task = self.open_task(job)?;
        let n = job.found.imported.part;
        let Some(rows) = self.part_of(job, &task, n).await? else {
            return if self.stands(job).await? { Err(Refusal::Damaged) } else { Ok(Next::Gone) };
        };
        let tried = i64::try_from(rows.len()).unwrap_or(0);
        let (read, wrong) = self.read_raw(&job.object, rows);
        let mut outcome = self.take_in(caller, (job, &task), read, clock).await?;
        outcome.rejected.extend(wrong);
        job.found.imported.add(outcome);
        job.found.imported.part = n.saturating_add(1);
        job.done = job.done.saturating_add(tried);
        let was = job.beat_at;
        job.beat_at = UnixMs(clock.now().0.max(was.0.saturating_add(1)));
        self.keep_job(job, (was, job.found.imported.part >= task.parts)).await
    }

    async fn part_of(&self, job: &Job, task: &Task, n: u32) -> Result<Option<Vec<RawRow>>, Refusal> {
        let sql = "SELECT body FROM job_part WHERE job = ?1 AND n = ?2";
        let found = self.read(Query::point(sql, vec![job.id.into(), i64::from(n).into()])).await?;
        let Some(row) = found.first() else { return Ok(None) };
        let key = DataKey::of_file(&task.secret).map_err(shut)?;
        let plain = key.open(&place(job.id, &n.to_string()), row.bytes(0).map_err(broken)?).map_err(shut)?;
        serde_json::from_slice(&plain).map(Some).map_err(|_| Refusal::Damaged)
    }

    /// Imports the rows of a part. If somebody else takes a key or a unique value in the same moment, the chunk is refused as a whole:
    /// halves of it find the row.
    async fn take_in(
        &self,
        caller: &Caller,
        (job, task): (&Job, &Task),
        rows: Vec<ImportRow>,
        clock: &dyn Clock,
    ) -> Result<ImportOutcome, Refusal> {
        let mut all = ImportOutcome::default();
        let mut left = if rows.is_empty() { vec![] } else { vec![rows] };
        while let Some(rows) = left.pop() {
            let mut attempt = 0;
            let outcome = loop {
                attempt += 1;
                let chunk = ImportChunk {
                    job: job.id,
                    object: job.object.clone(),
                    source: task.source.clone(),
                    customer_source: task.customer_source.clone(),
                    rows: rows.clone(),
                    dry_run: false,
                };
                let caller = Caller { at: clock.now(), ..caller.clone() };
                match self.import(self.gate.admit(&caller, chunk).await?).await {
                    // Somebody else gave the same numbers at that moment; nothing of the chunk was kept.
                    Err(Refusal::Conflict) if attempt < NUMBERINGS => {}
                    other => break other,
                }
            };
            match (outcome, rows.as_slice()) {
                (Ok(outcome), _) => {
                    all.created += outcome.created;
                    all.changed += outcome.changed;
                    all.unchanged += outcome.unchanged;
                    all.rejected.extend(outcome.rejected);
                }
                (Err(Refusal::Taken { .. }), [only]) => {
                    let problem = FieldProblem::new("/key", "duplicate", "another record has this value");
                    all.rejected.push((only.number, vec![problem]));
                }
                (Err(Refusal::Taken { .. }), rows) => {
                    let (first, second) = rows.split_at(rows.len() / 2);
                    left.extend([second.to_vec(), first.to_vec()]);
                }
                (Err(refusal), _) => return Err(refusal),
            }
        }
        Ok(all)
    }

    /// Reads rows by the definition of this moment; those that cannot be read are told and never reach the gate.
    #[allow(clippy::type_complexity, reason = "as in an outcome")]
    fn read_raw(&self, object: &ObjectName, rows: Vec<RawRow>) -> (Vec<ImportRow>, Vec<(u64, Vec<FieldProblem>)>) {
        let engine = self.gate.engine();
        // Without a definition the gate refuses the chunk itself.
        let definition = engine.compiled().object(object).cloned();
        let (mut read, mut wrong) = (vec![], vec![]);
        for row in rows {
            let number = row.number;
            match read_row(engine.directory(), definition.as_deref(), row) {
                Ok(row) => read.push(row),
                Err(problems) => wrong.push((number, problems)),
            }
        }
        (read, wrong)
    }

    /// Doctor: the parts of imports under way open at their places and are all there, and there are no others.
    pub(crate) async fn check_job_parts(&self, report: &mut StateReport) -> Result<(), Refusal> {
        let running = self.jobs("state = 'running' AND kind = 'import'", vec![]).await?;
        let mut known = std::collections::HashSet::new();
        for job in &running {
            debug_assert_eq!(job.state, JobState::Running);
            let Ok(task) = self.open_task::<Task>(job) else {
                report.add("job", &[job.id.into()], "task");
                continue;
            };
            for n in 0..task.parts {
                let at = [Param::from(job.id), i64::from(n).into()];
                known.insert((job.id.as_bytes().to_vec(), i64::from(n)));
                match self.part_of(job, &task, n).await {
                    Ok(Some(_)) => {}
                    Ok(None) => report.add(PARTS, &at, "missing"),
                    Err(Refusal::Damaged) => report.add(PARTS, &at, "part"),
                    Err(refusal) => return Err(refusal),
                }
            }
        }
        for row in self.read(Query::new("SELECT job, n FROM job_part", vec![])).await? {
            report.rows += 1;
            let at = (row.bytes(0).map_err(broken)?.to_vec(), row.int(1).map_err(broken)?);
            if !known.contains(&at) {
                report.add(PARTS, row.0.get(..2).unwrap_or_default(), "not_on_record");
            }
        }
        Ok(())
    }
}

impl Imported {
    fn add(&mut self, outcome: ImportOutcome) {
        self.created += outcome.created;
        self.changed += outcome.changed;
        self.unchanged += outcome.unchanged;
        self.rejected += outcome.rejected.len() as u64;
        for (row, problems) in outcome.rejected {
            for p in problems {
                if self.wrong.len() < MOST_WRONG {
                    self.wrong.push(Wrong { row, field: p.field, code: p.code.to_owned(), reason: p.reason });
                }
            }
        }
        self.wrong.sort_by_key(|w| w.row);
    }
}

fn read_row(
    directory: &model::Directory,
    definition: Option<&ObjectType>,
    row: RawRow,
) -> Result<ImportRow, Vec<FieldProblem>> {
    let wrong = |place: &str, reason: String| Err(vec![FieldProblem::new(place, "invalid_value", reason)]);
    if row.key.trim().is_empty() || row.key.chars().count() > LONGEST_KEY {
        return wrong("/key", format!("1 to {LONGEST_KEY} characters"));
    }
    let owner = match &row.owner {
        None => None,
        Some(named) => match active(directory, named) {
            Some(user) => Some((user.id, user.department)),
            None => return wrong("/owner", "there is no such user".to_owned()),
        },
    };
    let values = match definition {
        Some(definition) => parse_values(definition, &row.fields)?,
        None => access::path::Values::new(),
    };
    Ok(ImportRow {
        number: row.number,
        key: row.key,
        values,
        owner: owner.map(|o| o.0),
        department: owner.map(|o| o.1),
        pool: row.pool,
        customer_key: row.customer_key,
    })
}

/// A login goes before a name.
fn active<'a>(directory: &'a model::Directory, named: &str) -> Option<&'a model::User> {
    directory.user_by_login(named).or_else(|| {
        let active = |u: &&model::User| u.name == named && u.status == UserStatus::Active;
        let mut found = directory.users.values().filter(active);
        found.next().filter(|_| found.next().is_none())
    })
}
