//! `/admin/automations`: rules of automation 自动化规则, what they did lately; `/admin/webhooks`: the systems outside that they tell.

use std::collections::BTreeMap;

use axum::extract::State;
use model::automation::{Automation, Effect, Hook, Trigger};
use model::{Condition, RunId};
use serde::{Deserialize, Serialize};
use store::automation::{
    ChangeAutomations, ChangeHooks, HookChange, ListRuns, ReadAutomations, ReadHooks, RetryRun, RunView, ShownHook,
};
use store::company::Note;
use utoipa::{IntoParams, ToSchema};

use crate::answer::Answer;
use crate::extract::{Body, IdPath, Query, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::{AnyObject, Items, Label};
use crate::state::ApiState;

/// A rule.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::automation::Automation`, for the document")]
pub struct AutomationForm {
    #[schema(pattern = "^[a-z0-9_]{1,40}$", example = "won_task")]
    pub name: String,
    pub label: Label,
    #[schema(example = "opportunity")]
    pub object: String,
    pub on: Option<bool>,
    /// `{"kind": "created"}`, `edited` (`fields`), `became` (`field`, `values`), `due` (`field`, `days`).
    #[schema(value_type = AnyObject)]
    pub when: Trigger,
    /// Only records that pass, as a filter.
    #[schema(value_type = Option<AnyObject>)]
    pub only: Option<Condition>,
    /// `{"kind": "set", "field": …, "to": …}`, `task` (`object`, `title`, `owner`, `due_in`), `webhook` (`to`),
    /// `notify` (`to`, `text`).
    #[schema(value_type = Vec<AnyObject>)]
    pub then: Vec<Effect>,
}

/// All rules, in order.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AutomationsRequest {
    #[schema(value_type = Vec<AutomationForm>)]
    pub rules: Vec<Automation>,
}

/// A system outside.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HookForm {
    #[schema(pattern = "^[a-z0-9_]{1,40}$", example = "erp")]
    pub name: String,
    #[schema(value_type = Label)]
    pub label: model::Text,
    #[schema(max_length = 500, example = "https://erp.example.com/hooks/whosaw")]
    pub url: String,
    pub on: bool,
    /// Give it a new secret. A new one is always given one.
    #[serde(default)]
    pub renew: bool,
}

/// All endpoints.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HooksRequest {
    /// Hosts that may be told although they lie inside, also without TLS.
    #[serde(default)]
    pub hosts: Vec<String>,
    pub hooks: Vec<HookForm>,
}

/// An endpoint without its secret.
#[derive(Serialize, ToSchema)]
pub struct HookItem {
    pub name: String,
    #[schema(value_type = Label)]
    pub label: model::Text,
    pub url: String,
    pub on: bool,
}

/// Endpoints.
#[derive(Serialize, ToSchema)]
pub struct HooksAnswer {
    pub hosts: Vec<String>,
    pub hooks: Vec<HookItem>,
}

impl From<ShownHook> for HooksAnswer {
    fn from(shown: ShownHook) -> Self {
        let item = |h: Hook| HookItem { name: h.name, label: h.label, url: h.url, on: h.on };
        Self { hosts: shown.hosts, hooks: shown.hooks.into_iter().map(item).collect() }
    }
}

/// The secrets that were made, by endpoint: shown once.
#[derive(Serialize, ToSchema)]
pub struct SecretsAnswer {
    #[schema(example = json!({"erp": "whsec_…"}))]
    pub secrets: BTreeMap<String, String>,
}

/// Which runs.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RunsQuery {
    /// Of one rule.
    pub rule: Option<String>,
    /// Only those whose system could not be told.
    #[serde(default)]
    #[param(required = false)]
    pub dead: bool,
}

/// What a rule did.
#[derive(Serialize, ToSchema)]
pub struct RunItem {
    pub id: uuid::Uuid,
    pub rule: String,
    #[schema(example = "opportunity")]
    pub object: String,
    pub record: uuid::Uuid,
    pub at: i64,
    /// `done`; of what is told outside `waiting`, `delivered` or `dead`.
    #[schema(example = "done")]
    pub state: &'static str,
    #[schema(required = true)]
    pub next_at: Option<i64>,
    /// Fields it set.
    pub set: Vec<String>,
    /// How many tasks it made.
    pub tasks: usize,
    /// How many people were given a notice.
    pub told: usize,
    /// `set`, `task` or `webhook`: what could not be done.
    pub skipped: Vec<String>,
    #[schema(required = true)]
    pub webhook: Option<String>,
    /// Whose act set it off; `null` of a date.
    #[schema(required = true)]
    pub by: Option<uuid::Uuid>,
    pub attempts: u32,
    /// What was answered last: an HTTP status.
    #[schema(required = true)]
    pub status: Option<u16>,
    /// Why there was no answer: `inside`, `resolve`, `connect`, `tls`, `timeout`, `protocol` or `off`.
    #[schema(required = true)]
    pub error: Option<String>,
    #[schema(required = true)]
    pub last_at: Option<i64>,
}

impl From<RunView> for RunItem {
    fn from(v: RunView) -> Self {
        Self {
            id: v.id.0,
            rule: v.rule,
            object: v.object.to_string(),
            record: v.record.0,
            at: v.at.0,
            state: v.state,
            next_at: v.next_at.map(|t| t.0),
            set: v.set.iter().map(ToString::to_string).collect(),
            tasks: v.tasks,
            told: v.told,
            skipped: v.skipped,
            webhook: v.hook,
            by: v.by.map(|u| u.0),
            attempts: v.attempts,
            status: v.status,
            error: v.error,
            last_at: v.last_at.map(|t| t.0),
        }
    }
}

/// Rules of automation
#[utoipa::path(
    get, path = "/admin/automations", tag = "admin",
    responses((status = 200, description = "rules, in order", body = Items<AutomationForm>)),
    extensions(("x-whosaw-action" = json!("directory.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_automations(
    State(state): State<ApiState>,
    who: SignedInCaller,
) -> Outcome<Answer<Items<Automation>>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadAutomations).await?;
    Ok(Answer::with(state.store.read_automations(grant).await?, |items| Items { items }))
}

/// Set the rules of automation
///
/// The whole list. A rule acts in the unit of the act that sets it off, whatever the rights of who acts; it shows nobody anything.
#[utoipa::path(
    put, path = "/admin/automations", tag = "admin",
    request_body = AutomationsRequest,
    responses((status = 204, description = "set")),
    extensions(("x-whosaw-action" = json!("object.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_automations(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<AutomationsRequest>,
) -> Outcome<Answer<()>> {
    let op = ChangeAutomations { rules: b.rules, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.change_automations(grant).await?))
}

/// What rules did lately
///
/// Newest first, at most 200; kept for thirty days. Names and ids, nothing of any record.
#[utoipa::path(
    get, path = "/admin/automations/runs", tag = "admin",
    params(RunsQuery),
    responses((status = 200, description = "what rules did", body = Items<RunItem>)),
    extensions(("x-whosaw-action" = json!("object.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_runs(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(q): Query<RunsQuery>,
) -> Outcome<Answer<Items<RunItem>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListRuns { rule: q.rule, dead: q.dead }).await?;
    let form = |all: Vec<RunView>| Items { items: all.into_iter().map(RunItem::from).collect() };
    Ok(Answer::with(state.store.list_runs(grant).await?, form))
}

/// Tell a system once more
///
/// Of a run that is `dead`: its message is tried anew from the beginning.
#[utoipa::path(
    post, path = "/admin/automations/runs/{id}/retry", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "it will be tried")),
    extensions(("x-whosaw-action" = json!("object.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn retry_run(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<RunId>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, RetryRun { id }).await?;
    Ok(Answer::done(&state.store.retry_run(grant).await?))
}

/// Systems outside that are told
#[utoipa::path(
    get, path = "/admin/webhooks", tag = "admin",
    responses((status = 200, description = "endpoints without their secrets", body = HooksAnswer)),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_hooks(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<HooksAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadHooks).await?;
    Ok(Answer::with(state.store.read_hooks(grant).await?, HooksAnswer::from))
}

/// Set the systems outside that are told
///
/// The whole list. Messages are signed as Standard Webhooks has it; the secrets that are made are in the answer, and never again.
#[utoipa::path(
    put, path = "/admin/webhooks", tag = "admin",
    request_body = HooksRequest,
    responses((status = 200, description = "secrets that were made", body = SecretsAnswer)),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_hooks(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<HooksRequest>,
) -> Outcome<Answer<SecretsAnswer>> {
    let change =
        |h: HookForm| HookChange { hook: Hook { name: h.name, label: h.label, url: h.url, on: h.on }, renew: h.renew };
    let op = ChangeHooks { hosts: b.hosts, hooks: b.hooks.into_iter().map(change).collect(), note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.change_hooks(grant).await?, |secrets| SecretsAnswer { secrets }))
}
