//! `GET /records/{object}/count`: how many records the same list would show.

use axum::extract::State;
use store::records::CountRecords;

use super::question::CountQuery;
use crate::answer::Answer;
use crate::extract::{ObjectPath, Query, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::Count;
use crate::state::ApiState;

/// How many records a list has
#[utoipa::path(
    get, path = "/records/{object}/count", tag = "records",
    params(("object" = String, Path, example = "customer"), CountQuery),
    responses((status = 200, description = "the number", body = Count)),
    extensions(("x-whosaw-action" = json!("list")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn count_records(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    Query(query): Query<CountQuery>,
) -> Outcome<Answer<Count>> {
    let grant = state.store.gate().admit(&who.caller, CountRecords(query.operation(object)?)).await?;
    Ok(Answer::with(state.store.count(grant).await?, |count| Count { count }))
}
