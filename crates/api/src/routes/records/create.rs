//! `POST /records/{object}`: make a record.

use access::path::Refusal;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use model::UserId;
use serde::{Deserialize, Serialize};
use store::idempotency::Begun;
use store::records::{CreateOnce, CreateRecord};
use utoipa::ToSchema;

use crate::answer::{AUDIT_EVENT, etag};
use crate::extract::{Body, IdempotencyKey, ObjectPath, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::schema::Written;
use crate::state::ApiState;

/// A new record.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecord {
    /// Values by field.
    #[schema(value_type = std::collections::BTreeMap<String, crate::schema::FieldValue>, example = json!({"name": "上海明光贸易", "level": "A"}))]
    pub fields: serde_json::Map<String, serde_json::Value>,
    /// Who is to own it; the caller if left out.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub owner: Option<UserId>,
    /// Without an owner, in the public pool 公海.
    #[serde(default)]
    pub pool: bool,
    /// `false`: refuse it where there may be one already (`possible_duplicate`); `true`: make it all the same, recorded. Left
    /// out, nobody looks.
    #[serde(default)]
    pub allow_duplicate: Option<bool>,
}

/// How often a record is tried whose number another node gives at the same moment.
const NUMBERINGS: u32 = 5;

/// What is kept for a repetition: ids only.
#[derive(Serialize, Deserialize)]
struct Kept {
    location: String,
    id: String,
    event: String,
}

impl Kept {
    fn answer(&self) -> Response {
        let mut response =
            (StatusCode::CREATED, axum::Json(Written { id: self.id.clone(), version: 1 })).into_response();
        let headers = response.headers_mut();
        headers.insert(header::ETAG, etag(1));
        for (name, value) in [(AUDIT_EVENT, &self.event), (header::LOCATION, &self.location)] {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        }
        response
    }
}

/// Make a record
///
/// With an `Idempotency-Key`, the same request sent again within 24 hours gives the same answer and makes nothing.
#[utoipa::path(
    post, path = "/records/{object}", tag = "records",
    params(
        ("object" = String, Path, example = "customer"),
        ("Idempotency-Key" = Option<String>, Header, description = "8 to 128 visible characters"),
    ),
    request_body = NewRecord,
    responses(
        (status = 201, description = "made", body = Written, headers(("ETag" = String), ("Location" = String))),
        (status = 409, description = "a value is taken, or the same request is under way", body = crate::problem::ProblemBody, content_type = "application/problem+json"),
    ),
    extensions(("x-whosaw-action" = json!("create")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn create_record(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<NewRecord>,
) -> Outcome<Response> {
    let attempt = match key {
        None => None,
        Some(key) => {
            // The object is part of the request; the body is compared as it was meant, not as it was spelt.
            let request = serde_json::json!([object, body]).to_string();
            match state.store.idempotency_begin(who.caller.user, &key, request.as_bytes(), who.caller.at).await? {
                Begun::New(attempt) => Some(attempt),
                Begun::Same(kept) => {
                    let kept: Kept = serde_json::from_slice(&kept).map_err(|_| Problem::new(Code::Damaged))?;
                    return Ok(kept.answer());
                }
                Begun::Other => return Err(Problem::new(Code::IdempotencyMismatch)),
                Begun::Open => return Err(Problem::new(Code::Idempotent).retry_after(1)),
            }
        }
    };
    match create(&state, &who, object, body).await {
        Ok(kept) => {
            if let Some(attempt) = attempt {
                let bytes = serde_json::to_vec(&kept).map_err(|_| Problem::new(Code::Internal))?;
                state.store.idempotency_end(attempt, 201, bytes).await?;
            }
            Ok(kept.answer())
        }
        Err(problem) => {
            // Where the log failed nobody knows what is durable: the key stays open.
            if let Some(attempt) = attempt.filter(|_| problem.code != Code::AuditUnavailable) {
                state.store.idempotency_drop(attempt).await;
            }
            Err(problem)
        }
    }
}

async fn create(state: &ApiState, who: &SignedInCaller, object: model::ObjectName, body: NewRecord) -> Outcome<Kept> {
    let place = format!("/api/v1/records/{object}");
    let gate = state.store.gate();
    let mut attempt = 0;
    let made = loop {
        attempt += 1;
        let (object, values) = (object.clone(), body.fields.clone());
        let record = CreateRecord { object, values, owner: body.owner, pool: body.pool };
        let made = match body.allow_duplicate {
            None => state.store.create(gate.admit(&who.caller, record).await?).await,
            Some(allow_duplicate) => {
                let op = CreateOnce { record, allow_duplicate };
                state.store.create(gate.admit(&who.caller, op).await?).await
            }
        };
        match made {
            // Another node gave the same number at that moment; nothing was made, and it is on record that it was tried.
            Err(Refusal::Conflict) if attempt < NUMBERINGS => {}
            other => break other?,
        }
    };
    let id = made.get();
    Ok(Kept { location: format!("{place}/{id}"), id: id.to_string(), event: made.event().to_string() })
}
