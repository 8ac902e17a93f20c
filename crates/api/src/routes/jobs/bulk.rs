//! `POST /records/{object}/bulk`: one act on all records that a question finds 批量操作; `GET /records/{object}/bulk/{id}`: what became of
//! it.

use axum::extract::State;
use model::{Condition, JobId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::jobs::{BeginBulk, BulkAct, Outcome as Became, ShowOutcome};
use utoipa::ToSchema;

use super::{JobForm, carry_out};
use crate::answer::Answer;
use crate::extract::{Body, ObjectPath, RecordPath, SignedInCaller};
use crate::problem::{Code, ItemHelp, Outcome, Problem, help_of};
use crate::routes::records::{ShareRequest, TransferRequest};
use crate::state::ApiState;

/// What is done to which records: exactly one of `fields`, `transfer`, `share` and `delete`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkRequest {
    /// Which records: a condition, as in a list's `filter`; all that the caller may list if left out.
    #[schema(value_type = Option<crate::schema::Condition>)]
    #[serde(default)]
    pub filter: Option<Condition>,
    /// These fields get these values; `null` takes a value away.
    #[schema(value_type = Option<std::collections::BTreeMap<String, crate::schema::FieldValue>>)]
    #[serde(default)]
    pub fields: Option<Map<String, Value>>,
    #[serde(default)]
    pub transfer: Option<TransferRequest>,
    #[serde(default)]
    pub share: Option<ShareRequest>,
    #[serde(default)]
    pub delete: bool,
}

/// Do something to all records that a question finds, in the background
///
/// Begins a job that goes through them as the caller, with their rights of each moment: each record is decided, changed and recorded
/// by itself. At most 100,000 records; records that are made meanwhile are left alone.
#[utoipa::path(
    post, path = "/records/{object}/bulk", tag = "records",
    params(("object" = String, Path, example = "customer")),
    request_body = BulkRequest,
    responses((status = 200, description = "the job that has begun", body = JobForm)),
    extensions(("x-whosaw-action" = json!("list")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn begin_bulk(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    Body(body): Body<BulkRequest>,
) -> Outcome<Answer<JobForm>> {
    let purpose = body.transfer.as_ref().and_then(|t| t.purpose.clone());
    let who = who.with_purpose(purpose.as_deref())?;
    let act = match (body.fields, body.transfer, body.share, body.delete) {
        (Some(fields), None, None, false) => BulkAct::Edit { fields },
        (None, Some(transfer), None, false) => {
            BulkAct::Transfer { with_related: transfer.with_related, to: transfer.to()? }
        }
        (None, None, Some(share), false) => {
            let (edit, until) = (share.edit, share.until);
            let (kind, to) = share.to()?;
            BulkAct::Share { kind, to, edit, until }
        }
        (None, None, None, true) => BulkAct::Delete {},
        _ => {
            let reason = "name exactly one of `fields`, `transfer`, `share`, `delete`";
            return Err(Problem::new(Code::InvalidValues).item("", "required", reason));
        }
    };
    let op = BeginBulk::new(object, body.filter, act, who.caller.at);
    let grant = state.store.gate().admit(&who.caller, op).await?;
    let begun = state.store.begin_bulk(grant).await?;
    carry_out(&state, begun.get().id);
    Ok(Answer::with(begun, |job| JobForm::from(&job)))
}

/// Why some were refused.
#[derive(Serialize, ToSchema)]
pub struct ReasonForm {
    #[schema(example = "forbidden_on_record")]
    pub code: String,
    /// The same for people, in both languages.
    #[schema(value_type = crate::problem::HelpText)]
    pub help: ItemHelp,
    pub count: i64,
}

/// One that was refused.
#[derive(Serialize, ToSchema)]
pub struct RefusedForm {
    #[schema(value_type = uuid::Uuid)]
    pub id: String,
    /// One of the reasons.
    pub code: String,
}

/// What became of an act on many records.
#[derive(Serialize, ToSchema)]
pub struct OutcomeAnswer {
    pub job: JobForm,
    /// How many were done so far.
    pub done: i64,
    pub reasons: Vec<ReasonForm>,
    /// Those that were refused: the first thousand, of those that the caller may list now.
    pub failed: Vec<RefusedForm>,
}

impl From<Became> for OutcomeAnswer {
    fn from(became: Became) -> Self {
        let reason = |r: store::jobs::Reason| ReasonForm { help: help_of(&r.code), code: r.code, count: r.count };
        Self {
            done: became.job.done.saturating_sub(became.job.failed),
            job: JobForm::from(&became.job),
            reasons: became.reasons.into_iter().map(reason).collect(),
            failed: became.failed.into_iter().map(|(id, code)| RefusedForm { id: id.to_string(), code }).collect(),
        }
    }
}

/// What became of an act on many records
///
/// How many, and of those that were refused why. Ids of records that the caller may list now, and recorded with each of them.
#[utoipa::path(
    get, path = "/records/{object}/bulk/{id}", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "what was done so far", body = OutcomeAnswer)),
    extensions(("x-whosaw-action" = json!("list")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn bulk_outcome(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
) -> Outcome<Answer<OutcomeAnswer>> {
    let job = JobId::from_bytes(*id.as_bytes());
    let grant = state.store.gate().admit(&who.caller, ShowOutcome { object, job }).await?;
    Ok(Answer::with(state.store.show_outcome(grant).await?, OutcomeAnswer::from))
}
