//! `POST /records/{object}/import/begin`: rows that are taken in by a job 后台导入; `GET /me/imports/{id}`: what became of them.

use axum::extract::State;
use model::{Channel, JobId};
use serde::{Deserialize, Serialize};
use store::jobs::{BeginImport, Imported, JobView, RawRow, ShowImport};
use utoipa::ToSchema;

use super::import::{Rejected, check_name};
use crate::answer::Answer;
use crate::extract::{IdPath, ImportBody, ObjectPath, SignedInCaller};
use crate::problem::{Code, Outcome, Problem, ProblemItem};
use crate::routes::jobs::{JobForm, carry_out};
use crate::state::ApiState;

/// One row: its values stand in the order of `columns`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnRow {
    /// What the row is called in what became of it.
    pub number: u64,
    /// What the record is called outside; a rerun finds it by this.
    #[schema(min_length = 1, max_length = 200)]
    pub key: String,
    #[schema(value_type = Vec<crate::schema::FieldValue>)]
    pub values: Vec<serde_json::Value>,
    /// Login of the owner, or their name if exactly one active person has it.
    #[serde(default)]
    pub owner: Option<String>,
    #[serde(default)]
    pub pool: bool,
    /// The outside key of the customer it belongs to.
    #[serde(default)]
    pub customer_key: Option<String>,
}

/// Rows to take in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginImportRequest {
    /// Name of the outside system: keys of different sources do not meet.
    #[schema(min_length = 1, max_length = 80, example = "erp")]
    pub source: String,
    /// The source under which the customers were imported; the same if left out.
    #[serde(default)]
    pub customer_source: Option<String>,
    /// Names of fields.
    #[schema(max_items = 400, example = json!(["name", "phone"]))]
    pub columns: Vec<String>,
    #[schema(min_items = 1, max_items = 100000)]
    pub rows: Vec<ColumnRow>,
}

/// Import rows in the background
///
/// Begins a job that takes the rows in as the caller, with their rights of each moment, in chunks of 500. The rows are kept sealed until it has
/// ended. The job's id is the import's: it is undone by it. Try the rows with `dry_run` before.
#[utoipa::path(
    post, path = "/records/{object}/import/begin", tag = "records",
    params(("object" = String, Path, example = "customer")),
    request_body = BeginImportRequest,
    responses((status = 200, description = "the job that has begun", body = JobForm)),
    extensions(("x-whosaw-action" = json!("import")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn begin_import(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    ImportBody(body): ImportBody<BeginImportRequest>,
) -> Outcome<Answer<JobForm>> {
    check_name("/source", &body.source, 80)?;
    if let Some(source) = &body.customer_source {
        check_name("/customer_source", source, 80)?;
    }
    let columns = body.columns;
    if body.rows.iter().any(|row| row.values.len() != columns.len()) {
        let reason = "each row has a value for each column";
        return Err(Problem::new(Code::InvalidValues).item("/rows", "invalid_value", reason));
    }
    let raw = |row: ColumnRow| RawRow {
        number: row.number,
        key: row.key,
        fields: columns.iter().cloned().zip(row.values).collect(),
        owner: row.owner,
        pool: row.pool,
        customer_key: row.customer_key,
    };
    let rows: Vec<RawRow> = body.rows.into_iter().map(raw).collect();
    let customer_source = body.customer_source.unwrap_or_else(|| body.source.clone());
    let caller = who.by(Channel::Import).caller;
    let op = BeginImport::new(object, (body.source, customer_source), rows, caller.at);
    let grant = state.store.gate().admit(&caller, op).await?;
    let begun = state.store.begin_import(grant).await?;
    carry_out(&state, begun.get().id);
    Ok(Answer::with(begun, |job| JobForm::from(&job)))
}

/// What became of an import so far.
#[derive(Serialize, ToSchema)]
pub struct ImportedAnswer {
    pub job: JobForm,
    pub created: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// Rows that were not taken.
    pub rejected_count: u64,
    /// Why: the first 2,000 problems.
    pub rejected: Vec<Rejected>,
}

impl From<(JobView, Imported)> for ImportedAnswer {
    fn from((job, imported): (JobView, Imported)) -> Self {
        let mut rejected: Vec<Rejected> = vec![];
        for wrong in imported.wrong {
            let place = if wrong.field.starts_with('/') { wrong.field } else { format!("/fields/{}", wrong.field) };
            let item = ProblemItem::new(place, wrong.code, wrong.reason);
            match rejected.last_mut().filter(|last| last.row == wrong.row) {
                Some(last) => last.errors.push(item),
                None => rejected.push(Rejected { row: wrong.row, errors: vec![item] }),
            }
        }
        Self {
            job: JobForm::from(&job),
            created: imported.created,
            changed: imported.changed,
            unchanged: imported.unchanged,
            rejected_count: imported.rejected,
            rejected,
        }
    }
}

/// What became of an import in the background
///
/// Numbers, and what was wrong with which row of the file; never a value.
#[utoipa::path(
    get, path = "/me/imports/{id}", tag = "records",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "what was taken in so far", body = ImportedAnswer)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_import(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<JobId>,
) -> Outcome<Answer<ImportedAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowImport { job: id }).await?;
    Ok(Answer::with(state.store.show_import(grant).await?, ImportedAnswer::from))
}
