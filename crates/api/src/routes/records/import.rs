//! `POST /records/{object}/import`: rows with outside keys, already split into fields.
//!
//! Reading files and mapping their columns happens before this border: whoever has rows calls [`import_rows`] or this
//! endpoint, and takes the same path.

use access::path::Refusal;
use axum::extract::State;
use model::{Caller, Channel, JobId, ObjectName};
use serde::{Deserialize, Serialize};
use store::Store;
use store::records::{ImportChunk, ImportOutcome, ImportRow, parse_values};
use utoipa::ToSchema;

use crate::extract::{ImportBody, ObjectPath, SignedInCaller, random};
use crate::problem::{Code, Outcome, Problem, ProblemItem};
use crate::state::ApiState;

/// Rows of one unit and one event.
const CHUNK: usize = 1000;
/// Rows of one request.
const MOST_ROWS: usize = 20_000;

/// How often a chunk is tried whose numbers another node gives at the same moment.
const NUMBERINGS: u32 = 5;

/// One row.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRow {
    /// What the record is called outside; a rerun finds it by this.
    #[schema(min_length = 1, max_length = 200)]
    pub key: String,
    #[schema(value_type = std::collections::BTreeMap<String, crate::schema::FieldValue>)]
    pub fields: serde_json::Map<String, serde_json::Value>,
    /// Login of the owner, or their name if exactly one active person has it.
    #[serde(default)]
    pub owner: Option<String>,
    #[serde(default)]
    pub pool: bool,
    /// The outside key of the customer it belongs to.
    #[serde(default)]
    pub customer_key: Option<String>,
}

/// Rows to import.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportRequest {
    /// Name of the outside system: keys of different sources do not meet.
    #[schema(min_length = 1, max_length = 80, example = "erp")]
    pub source: String,
    /// The source under which the customers were imported; the same if left out.
    #[serde(default)]
    pub customer_source: Option<String>,
    /// Only say what would happen.
    #[serde(default)]
    pub dry_run: bool,
    /// Of an import in several requests: `job` of the first answer.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub job: Option<JobId>,
    /// What the first row is called in the answer and in the record; 1 if left out.
    #[schema(minimum = 1)]
    #[serde(default)]
    pub first_row: Option<u32>,
    #[schema(max_items = 20000)]
    pub rows: Vec<NewRow>,
}

/// A row that was not taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rejected {
    /// Counted from `first_row`.
    pub row: u64,
    pub errors: Vec<ProblemItem>,
}

/// What became of the rows.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct ImportAnswer {
    /// Names the import: for its further requests, and to undo it.
    #[schema(required = true, value_type = uuid::Uuid)]
    pub job: Option<JobId>,
    pub created: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub rejected: Vec<Rejected>,
}

impl ImportAnswer {
    fn add(&mut self, outcome: ImportOutcome) {
        self.created += outcome.created;
        self.changed += outcome.changed;
        self.unchanged += outcome.unchanged;
        for (row, problems) in outcome.rejected {
            let item = |p: access::path::FieldProblem| ProblemItem::of(format!("/fields/{}", p.field), &p);
            self.rejected.push(Rejected { row, errors: problems.into_iter().map(item).collect() });
        }
    }
}

/// Imports rows chunk by chunk, each admitted anew: a right that is taken away in the middle ends the import there.
///
/// # Errors
/// The refusal of the first chunk that was refused as a whole; the chunks before it are imported.
pub async fn import_rows(
    store: &Store,
    caller: impl Fn() -> Caller,
    chunk: impl Fn(Vec<ImportRow>) -> ImportChunk,
    rows: Vec<ImportRow>,
) -> Result<Vec<ImportOutcome>, Refusal> {
    let mut outcomes = vec![];
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let part: Vec<ImportRow> = rows.by_ref().take(CHUNK).collect();
        let mut attempt = 0;
        let outcome = loop {
            attempt += 1;
            let grant = store.gate().admit(&caller(), chunk(part.clone())).await?;
            match store.import(grant).await {
                // Somebody else gave the same numbers at that moment; nothing of the chunk was kept.
                Err(Refusal::Conflict) if attempt < NUMBERINGS => {}
                other => break other?,
            }
        };
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

pub(super) fn check_name(pointer: &str, text: &str, most: usize) -> Outcome<()> {
    if text.trim().is_empty() || text.chars().count() > most {
        let reason = format!("1 to {most} characters");
        return Err(Problem::new(Code::InvalidValues).item(pointer, "invalid_value", reason));
    }
    Ok(())
}

/// Import rows
///
/// A row whose record already holds the same values changes nothing. Wrong rows are told with their reasons; the others
/// go on.
#[utoipa::path(
    post, path = "/records/{object}/import", tag = "records",
    params(("object" = String, Path, example = "customer")),
    request_body = ImportRequest,
    responses((status = 200, description = "what became of the rows", body = ImportAnswer)),
    extensions(
        ("x-whosaw-action" = json!("import")), ("x-whosaw-recorded" = json!(true)),
        ("x-whosaw-events" = json!("one for each chunk of 1,000 rows")),
    ),
)]
pub async fn import_records(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    ImportBody(body): ImportBody<ImportRequest>,
) -> Outcome<axum::Json<ImportAnswer>> {
    check_name("/source", &body.source, 80)?;
    if let Some(source) = &body.customer_source {
        check_name("/customer_source", source, 80)?;
    }
    if body.rows.len() > MOST_ROWS {
        let reason = format!("at most {MOST_ROWS} rows");
        return Err(Problem::new(Code::InvalidValues).item("/rows", "too_many", reason));
    }
    let caller = who.by(Channel::Import).caller;
    let mut answer = ImportAnswer::default();
    let first = u64::from(body.first_row.unwrap_or(1).max(1));
    let rows = read_rows(&state, &object, (first, body.rows), &mut answer)?;
    let job = body.job.unwrap_or_else(|| JobId::new(caller.at, random()));
    answer.job = Some(job);
    let customer_source = body.customer_source.unwrap_or_else(|| body.source.clone());
    let chunk = |rows| ImportChunk {
        job,
        object: object.clone(),
        source: body.source.clone(),
        customer_source: customer_source.clone(),
        rows,
        dry_run: body.dry_run,
    };
    if rows.is_empty() {
        // Who may not import is told so whatever the rows are, and the attempt is recorded.
        state.store.gate().admit(&caller, chunk(vec![])).await?.answer(()).await?;
    }
    let now = || model::Caller { at: state.clock.now(), ..caller.clone() };
    for outcome in import_rows(&state.store, now, chunk, rows).await? {
        answer.add(outcome);
    }
    answer.rejected.sort_by_key(|r| r.row);
    Ok(axum::Json(answer))
}

/// Reads values by their definition; rows that cannot be read are rejected and the others go on.
fn read_rows(
    state: &ApiState,
    object: &ObjectName,
    (first, rows): (u64, Vec<NewRow>),
    answer: &mut ImportAnswer,
) -> Outcome<Vec<ImportRow>> {
    let engine = state.store.gate().engine();
    // Without a definition the gate refuses the import itself: no row needs reading.
    let Some(definition) = engine.compiled().object(object).cloned() else { return Ok(vec![]) };
    let mut read = Vec::with_capacity(rows.len());
    for (number, row) in (first..).zip(rows) {
        let mut reject = |errors| answer.rejected.push(Rejected { row: number, errors });
        let item = |pointer: &str, code: &str, reason: &str| vec![ProblemItem::new(pointer, code, reason)];
        if row.key.trim().is_empty() || row.key.chars().count() > 200 {
            reject(item("/key", "invalid_value", "1 to 200 characters"));
            continue;
        }
        let owner = match &row.owner {
            None => None,
            Some(named) => match active(engine.directory(), named) {
                Some(user) => Some((user.id, user.department)),
                None => {
                    reject(item("/owner", "invalid_value", "there is no such user"));
                    continue;
                }
            },
        };
        match parse_values(&definition, &row.fields) {
            Ok(values) => read.push(ImportRow {
                number,
                key: row.key,
                values,
                owner: owner.map(|o| o.0),
                department: owner.map(|o| o.1),
                pool: row.pool,
                customer_key: row.customer_key,
            }),
            Err(problems) => {
                let outcome = ImportOutcome { rejected: vec![(number, problems)], ..ImportOutcome::default() };
                answer.add(outcome);
            }
        }
    }
    Ok(read)
}

/// A login goes before a name.
fn active<'a>(directory: &'a model::Directory, named: &str) -> Option<&'a model::User> {
    directory.user_by_login(named).or_else(|| {
        let active = |u: &&model::User| u.name == named && u.status == model::UserStatus::Active;
        let mut found = directory.users.values().filter(active);
        found.next().filter(|_| found.next().is_none())
    })
}
