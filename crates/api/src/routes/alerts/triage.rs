//! `POST /alerts/{id}/triage`, `POST /alerts/triage`: what is done with one alert, or with several.

use access::path::Refusal;
use axum::extract::State;
use model::{AlertId, Feedback, UnixMs};
use serde::{Deserialize, Serialize};
use store::watch::{Triage, TriageAlert, TriageMany};
use utoipa::ToSchema;
use uuid::Uuid;

use super::form::AlertTriaged;
use crate::answer::Answer;
use crate::extract::{Body, IdPath, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// What is done.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TriageAct {
    Snooze,
    Close,
    Reopen,
}

/// What it was.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeedbackForm {
    Malicious,
    Suspicious,
    Expected,
    Unknown,
}

impl From<FeedbackForm> for Feedback {
    fn from(form: FeedbackForm) -> Self {
        match form {
            FeedbackForm::Malicious => Feedback::Malicious,
            FeedbackForm::Suspicious => Feedback::Suspicious,
            FeedbackForm::Expected => Feedback::Expected,
            FeedbackForm::Unknown => Feedback::Unknown,
        }
    }
}

/// What is done with an alert.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TriageRequest {
    pub act: TriageAct,
    /// Until when, in milliseconds since 1970, within 90 days. To put it off it is needed; to close it as expected it may say how long
    /// that holds: until then nothing new is opened.
    #[serde(default)]
    pub until: Option<i64>,
    /// To close it: what it was.
    #[serde(default)]
    pub feedback: Option<FeedbackForm>,
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub note: Option<String>,
    /// The version that was seen. Another one is refused with 409.
    #[serde(default)]
    pub version: Option<i64>,
}

/// What is done with several alerts.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TriageManyRequest {
    #[schema(value_type = Vec<Uuid>, min_items = 1, max_items = 200)]
    pub ids: Vec<AlertId>,
    pub act: TriageAct,
    #[serde(default)]
    pub until: Option<i64>,
    #[serde(default)]
    pub feedback: Option<FeedbackForm>,
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub note: Option<String>,
}

/// What became of one of several.
#[derive(Serialize, ToSchema)]
pub struct TriageOutcome {
    pub id: Uuid,
    /// `null` where it was done; else the code of why not.
    #[schema(required = true)]
    pub code: Option<String>,
    #[schema(required = true)]
    pub zh: Option<String>,
    #[schema(required = true)]
    pub en: Option<String>,
}

/// What became of each, in the order asked.
#[derive(Serialize, ToSchema)]
pub struct TriageReport {
    pub done: usize,
    pub items: Vec<TriageOutcome>,
}

fn triage(act: TriageAct, until: Option<i64>, feedback: Option<FeedbackForm>) -> Outcome<Triage> {
    let missing =
        |field: &str| Problem::new(Code::InvalidValues).item(format!("/{field}"), "required", "it is needed for this");
    let extra = |field: &str| {
        Problem::new(Code::InvalidValues).item(format!("/{field}"), "invalid_value", "it is not for this")
    };
    let until = until.map(UnixMs);
    match act {
        TriageAct::Snooze if feedback.is_some() => Err(extra("feedback")),
        TriageAct::Snooze => Ok(Triage::Snooze { until: until.ok_or_else(|| missing("until"))? }),
        TriageAct::Close => Ok(Triage::Close { feedback: feedback.ok_or_else(|| missing("feedback"))?.into(), until }),
        TriageAct::Reopen if until.is_some() => Err(extra("until")),
        TriageAct::Reopen if feedback.is_some() => Err(extra("feedback")),
        TriageAct::Reopen => Ok(Triage::Reopen),
    }
}

/// Handle an alert
///
/// Put it off until a moment, close it with a word on what it was, or open it again. Nobody handles an alert about themselves (404) or
/// about their own manager (409 `own_manager`). To one that is closed as expected a tuning filter is proposed.
#[utoipa::path(
    post, path = "/alerts/{id}/triage", tag = "alerts",
    params(("id" = Uuid, Path)),
    request_body = TriageRequest,
    responses((status = 200, description = "done", body = AlertTriaged)),
    extensions(("x-whosaw-action" = json!("alert.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn triage_alert(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<AlertId>,
    Body(body): Body<TriageRequest>,
) -> Outcome<Answer<AlertTriaged>> {
    let triage = triage(body.act, body.until, body.feedback)?;
    let op = TriageAlert { id, version: body.version, triage, note: body.note };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.triage_alert(grant).await?, Into::into))
}

/// Handle several alerts
///
/// Each is an act of its own, recorded as such; what was refused is told with why.
#[utoipa::path(
    post, path = "/alerts/triage", tag = "alerts",
    request_body = TriageManyRequest,
    responses((status = 200, description = "what became of each", body = TriageReport)),
    extensions(("x-whosaw-action" = json!("alert.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn triage_alerts(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(body): Body<TriageManyRequest>,
) -> Outcome<Answer<TriageReport>> {
    let triage = triage(body.act, body.until, body.feedback)?;
    let op = TriageMany { ids: body.ids, triage, note: body.note };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let outcomes = state.store.triage_alerts(grant).await?;
    Ok(Answer::with(outcomes, |outcomes| {
        let done = outcomes.iter().filter(|(_, refusal)| refusal.is_none()).count();
        let item = |(id, refusal): (AlertId, Option<Refusal>)| {
            let code = refusal.map(|refusal| Problem::from(refusal).code);
            TriageOutcome {
                id: id.0,
                code: code.map(|c| c.as_str().to_owned()),
                zh: code.map(|c| c.help_zh().to_owned()),
                en: code.map(|c| c.help_en().to_owned()),
            }
        };
        TriageReport { done, items: outcomes.into_iter().map(item).collect() }
    }))
}
