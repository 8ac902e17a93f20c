//! `POST /admin/erasures`: destroy a customer's data key and all that is theirs 销毁.

use axum::extract::State;
use model::{ObjectName, RecordId};
use serde::{Deserialize, Serialize};
use store::erase::{EraseCustomer, ErasedCustomer};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// Whom, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EraseRequest {
    /// The object type of records that have a key of their own.
    #[schema(value_type = String, example = "customer")]
    pub object: ObjectName,
    #[schema(value_type = uuid::Uuid)]
    pub customer: RecordId,
    /// Also the purpose of the act; no customer's data.
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// What an erasure did.
#[derive(Serialize, ToSchema)]
pub struct ErasedAnswer {
    pub customer: uuid::Uuid,
    /// Records deleted, the customer's own among them.
    pub records: i64,
    /// Whether freed pages and the write-ahead log were cleaned at once.
    pub scrubbed: bool,
}

impl From<ErasedCustomer> for ErasedAnswer {
    fn from(e: ErasedCustomer) -> Self {
        Self { customer: e.customer.0, records: e.records, scrubbed: e.scrubbed }
    }
}

/// Erase a customer
///
/// Cannot be undone. Refused while a legal hold or a retention duty stands. The ledger still verifies afterwards.
#[utoipa::path(
    post, path = "/admin/erasures", tag = "admin",
    request_body = EraseRequest,
    responses((status = 200, description = "erased", body = ErasedAnswer)),
    extensions(("x-whosaw-action" = json!("erase")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn erase_customer(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<EraseRequest>,
) -> Outcome<Answer<ErasedAnswer>> {
    let who = who.with_purpose(Some(&b.reason))?;
    let op = EraseCustomer::new(b.object, b.customer, b.reason);
    let grant = state.store.gate().admit(&who.caller, op).await?;
    Ok(Answer::with(state.store.erase(grant).await?, ErasedAnswer::from))
}
