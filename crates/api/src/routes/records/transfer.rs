//! `POST /records/{object}/{id}/transfer`: to another owner, or into the public pool.

use axum::extract::State;
use model::UserId;
use serde::Deserialize;
use store::records::{Return, TransferRecord, TransferTo};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IfMatch, RecordPath, SignedInCaller};
use crate::problem::{Code, Outcome, Precondition, Problem};
use crate::schema::Written;
use crate::state::ApiState;

/// To whom: a user, or the pool.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferRequest {
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub user: Option<UserId>,
    /// Back into a public pool 公海.
    #[serde(default)]
    pub pool: bool,
    /// Which pool, by its name; without it, the one the record came from, else the owner's first.
    #[schema(max_length = 40)]
    #[serde(default)]
    pub to_pool: Option<String>,
    /// Why it is returned: one of the pool's reasons, where it has any.
    #[schema(max_length = 60)]
    #[serde(default)]
    pub reason: Option<String>,
    /// Also the records of the same customer that have the same owner. They always go with a return.
    #[serde(default)]
    pub with_related: bool,
    #[schema(max_length = 500)]
    #[serde(default)]
    pub purpose: Option<String>,
}

impl TransferRequest {
    /// # Errors
    /// [`Code::InvalidValues`] unless it names either.
    pub fn to(self) -> Outcome<TransferTo> {
        let back = Return { pool: self.to_pool, reason: self.reason };
        match (self.user, self.pool) {
            (Some(user), false) if back == Return::default() => Ok(TransferTo::User(user)),
            (None, true) => Ok(TransferTo::Pool(back)),
            _ => {
                let reason = "name either `user` or `pool`; a pool's name and a reason go with `pool`";
                Err(Problem::new(Code::InvalidValues).item("/user", "required", reason))
            }
        }
    }
}

/// Give a record to another owner
///
/// Shares its former owner gave end with it.
#[utoipa::path(
    post, path = "/records/{object}/{id}/transfer", tag = "records",
    params(
        ("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path),
        ("If-Match" = String, Header, description = "the ETag of the version that was read", example = "\"1\""),
    ),
    request_body = TransferRequest,
    responses((status = 200, description = "transferred", body = Written, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("transfer")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn transfer_record(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
    IfMatch(version): IfMatch,
    Body(body): Body<TransferRequest>,
) -> Outcome<Answer<Written>> {
    let who = who.with_purpose(body.purpose.as_deref())?;
    let (with_related, to) = (body.with_related, body.to()?);
    let op = TransferRecord { object, id, version, to, with_related };
    let grant = state.store.gate().admit(&who.caller, op).await?;
    let done = state.store.transfer(grant).await.map_err(|r| Precondition::IfMatch.answer(r))?;
    let version = version.saturating_add(1);
    Ok(Answer::with(done, |id| Written { id: id.to_string(), version }).version(version))
}
