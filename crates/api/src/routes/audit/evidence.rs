//! `POST /audit/evidence`: a file that proves events, to be checked with `whosaw-verify` anywhere.

use axum::extract::State;
use model::{RecordId, UserId};
use serde::Deserialize;
use store::evidence::{Evidence, Subject, TakeEvidence};
use utoipa::ToSchema;

use super::span::span;
use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// About whom, and of which time. With neither customer nor user, every event of the span, which then needs both ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceRequest {
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub customer: Option<RecordId>,
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub user: Option<UserId>,
    #[serde(default)]
    pub from: Option<i64>,
    #[serde(default)]
    pub to: Option<i64>,
    #[schema(max_length = 500)]
    #[serde(default)]
    pub purpose: Option<String>,
}

/// Take evidence
///
/// The answer is the file `whosaw-verify evidence` checks. `X-Evidence-Altered` tells in how many of its events the database is
/// not as it was recorded: their leaves and proofs are in the file, the altered parts are not.
#[utoipa::path(
    post, path = "/audit/evidence", tag = "audit",
    request_body = EvidenceRequest,
    responses((status = 200, description = "the evidence file", body = crate::schema::AnyObject)),
    extensions(("x-whosaw-action" = json!("audit.evidence")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn take_evidence(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(body): Body<EvidenceRequest>,
) -> Outcome<Answer<Evidence>> {
    let who = who.with_purpose(body.purpose.as_deref())?;
    let publisher = state.publisher.clone().ok_or_else(|| Problem::new(Code::NotServed))?;
    let subject = match (body.customer, body.user) {
        (Some(id), None) => Subject::Customer { id },
        (None, Some(id)) => Subject::User { id },
        (None, None) => Subject::Period,
        (Some(_), Some(_)) => {
            let reason = "name a customer or a user, not both";
            return Err(Problem::new(Code::InvalidValues).item("/user", "invalid_value", reason));
        }
    };
    let op = TakeEvidence { subject, span: span(body.from, body.to) };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let taken = state.store.take_evidence(grant, &publisher).await?;
    let name = format!("whosaw-evidence-{}.json", taken.event());
    let mut altered = 0;
    let answer = Answer::with(taken, |t| {
        altered = t.altered.len();
        t.evidence
    });
    Ok(answer.evidence_file(name, altered))
}
