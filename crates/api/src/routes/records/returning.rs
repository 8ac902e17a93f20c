//! `GET /records/{object}/returning`: the caller's own records that go back to a pool soon 即将回收.

use access::path::RecordView;
use axum::extract::State;
use serde::Serialize;
use store::records::ListReturning;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{ObjectPath, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::Items;
use crate::state::ApiState;

/// A record that goes back unless somebody works on it.
#[derive(Serialize, ToSchema)]
pub struct ReturningView {
    /// With the field that names it.
    #[schema(value_type = crate::schema::Record)]
    pub record: RecordView,
    /// The pool's name.
    pub pool: String,
    pub returns_at: i64,
}

/// Own records that go back to a pool soon
///
/// Within the days of reminding of each pool's rule, soonest first.
#[utoipa::path(
    get, path = "/records/{object}/returning", tag = "records",
    params(("object" = String, Path, example = "customer")),
    responses((status = 200, description = "soonest first", body = Items<ReturningView>)),
    extensions(("x-whosaw-action" = json!("list")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_returning(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
) -> Outcome<Answer<Items<ReturningView>>> {
    let title = state.store.company().objects.get(&object).map(|(_, o)| o.title_field.clone());
    let op = ListReturning { object, fields: title.into_iter().collect() };
    let grant = state.store.gate().admit(&who.caller, op).await?;
    let (sealed, times) = state.store.returning(grant).await?;
    let form = |record: RecordView| {
        let time = times.get(&record.id)?;
        Some(ReturningView { pool: time.pool.clone(), returns_at: time.at.0, record })
    };
    let items = |records: Vec<RecordView>| Items { items: records.into_iter().filter_map(form).collect() };
    Ok(Answer::with(sealed.disclose().await?, items))
}
