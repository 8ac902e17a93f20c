//! `/admin/responses`: what is taken from people for a time, and what the house takes by itself.

use axum::extract::State;
use model::response::{AutoRule, ResponseKind, ResponseRules};
use model::{ResponseId, UserId};
use serde::{Deserialize, Serialize};
use store::company::Note;
use store::responses::{
    ChangeResponseRules, DecideLasting, EndResponse, LastResponse, ListResponses, ReadResponseRules, ResponseView,
    TakeResponse,
};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Answer;
use crate::extract::{Body, IdPath, Query, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::schema::{Items, Made};
use crate::state::ApiState;

/// What is taken.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResponseKindWord {
    Throttle,
    StepUp,
    Suspend,
    NoExport,
}

impl From<ResponseKindWord> for ResponseKind {
    fn from(word: ResponseKindWord) -> Self {
        match word {
            ResponseKindWord::Throttle => ResponseKind::Throttle,
            ResponseKindWord::StepUp => ResponseKind::StepUp,
            ResponseKindWord::Suspend => ResponseKind::Suspend,
            ResponseKindWord::NoExport => ResponseKind::NoExport,
        }
    }
}
impl From<ResponseKind> for ResponseKindWord {
    fn from(kind: ResponseKind) -> Self {
        match kind {
            ResponseKind::Throttle => ResponseKindWord::Throttle,
            ResponseKind::StepUp => ResponseKindWord::StepUp,
            ResponseKind::Suspend => ResponseKindWord::Suspend,
            ResponseKind::NoExport => ResponseKindWord::NoExport,
        }
    }
}

/// How grave a finding is.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeverityWord {
    Informational,
    Low,
    Medium,
    High,
    Critical,
}

impl From<SeverityWord> for model::alert::Severity {
    fn from(word: SeverityWord) -> Self {
        use model::alert::Severity;
        match word {
            SeverityWord::Informational => Severity::Informational,
            SeverityWord::Low => Severity::Low,
            SeverityWord::Medium => Severity::Medium,
            SeverityWord::High => Severity::High,
            SeverityWord::Critical => Severity::Critical,
        }
    }
}
impl From<model::alert::Severity> for SeverityWord {
    fn from(severity: model::alert::Severity) -> Self {
        use model::alert::Severity;
        match severity {
            Severity::Informational => SeverityWord::Informational,
            Severity::Low => SeverityWord::Low,
            Severity::Medium => SeverityWord::Medium,
            Severity::High => SeverityWord::High,
            Severity::Critical => SeverityWord::Critical,
        }
    }
}

/// Which responses.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ResponsesQuery {
    /// Those that are over instead of those in force; the newest 500.
    pub past: Option<bool>,
    /// Of this person alone.
    #[param(value_type = Option<uuid::Uuid>)]
    pub user: Option<String>,
}

/// What to take, from whom, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeForm {
    #[schema(value_type = uuid::Uuid)]
    pub user: UserId,
    pub kind: ResponseKindWord,
    #[schema(minimum = 1, maximum = 43_200)]
    pub minutes: u32,
    /// Reads a minute; of a throttle alone.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 600)]
    pub per_minute: Option<u32>,
    /// For the file: the person does not read it.
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
    /// What the person reads besides the sentence that everybody gets.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub message: String,
}

/// Why it is ended, or shall last.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResponseReason {
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// The second officer's word.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LastingWord {
    pub consent: bool,
}

/// A response.
#[derive(Serialize, ToSchema)]
pub struct ResponseItem {
    pub id: uuid::Uuid,
    pub user: uuid::Uuid,
    pub user_name: String,
    pub kind: ResponseKindWord,
    pub reason: String,
    pub message: String,
    /// `null`: the house took it, by the rule below.
    #[schema(required = true)]
    pub by: Option<uuid::Uuid>,
    #[schema(required = true)]
    pub by_name: Option<String>,
    /// The rule of detection that set it off.
    #[schema(required = true)]
    pub rule: Option<String>,
    #[schema(required = true)]
    pub alert: Option<uuid::Uuid>,
    pub began: i64,
    /// `null`: until it is ended.
    #[schema(required = true)]
    pub until: Option<i64>,
    #[schema(required = true)]
    pub per_minute: Option<u32>,
    pub in_force: bool,
    #[schema(required = true)]
    pub ended: Option<EndedItem>,
    /// That it shall last, and what a second officer said.
    #[schema(required = true)]
    pub lasting: Option<LastingItem>,
    /// The caller may give the second word.
    pub may_decide: bool,
    /// The caller may end it, or ask that it lasts.
    pub may_change: bool,
}

/// That it was ended before its time.
#[derive(Serialize, ToSchema)]
pub struct EndedItem {
    pub at: i64,
    pub by_name: String,
    pub reason: String,
}

/// That it shall last.
#[derive(Serialize, ToSchema)]
pub struct LastingItem {
    pub asked_by_name: String,
    pub asked_at: i64,
    pub reason: String,
    /// `null` while it waits.
    #[schema(required = true)]
    pub consent: Option<bool>,
    #[schema(required = true)]
    pub decided_by_name: Option<String>,
}

impl From<ResponseView> for ResponseItem {
    fn from(v: ResponseView) -> Self {
        let r = v.response;
        let ended_by = v.ended_by_name.unwrap_or_default();
        let (asked_by, decided_by) = (v.asked_by_name.unwrap_or_default(), v.decided_by_name);
        Self {
            id: r.id.0,
            user: r.subject.0,
            user_name: v.subject_name,
            kind: r.kind.into(),
            reason: r.reason,
            message: r.message,
            by: r.by.map(|u| u.0),
            by_name: v.by_name,
            alert: r.cause.as_ref().and_then(|c| c.alert),
            rule: r.cause.map(|c| c.rule),
            began: r.began.0,
            until: r.until.map(|t| t.0),
            per_minute: r.per_minute,
            in_force: v.in_force,
            ended: r.ended.map(|e| EndedItem { at: e.at.0, by_name: ended_by, reason: e.reason }),
            lasting: r.lasting.map(|l| LastingItem {
                asked_by_name: asked_by,
                asked_at: l.asked_at.0,
                reason: l.reason,
                consent: l.decided.map(|d| d.consent),
                decided_by_name: decided_by,
            }),
            may_decide: v.may_decide,
            may_change: v.may_change,
        }
    }
}

/// One rule of what the house takes by itself.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AutoRuleForm {
    /// Rules of detection by id; with no families either, every rule.
    #[schema(value_type = Vec<String>)]
    pub rules: std::collections::BTreeSet<String>,
    #[schema(value_type = Vec<String>)]
    pub families: std::collections::BTreeSet<String>,
    /// From this severity on.
    pub severity: SeverityWord,
    pub response: ResponseKindWord,
    #[schema(minimum = 1, maximum = 1_440)]
    pub minutes: u32,
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true, minimum = 1, maximum = 600)]
    pub per_minute: Option<u32>,
}

/// What the house takes by itself.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResponseRulesForm {
    pub automatic: Vec<AutoRuleForm>,
}

/// What the house takes by itself, and what bounds it today.
#[derive(Serialize, ToSchema)]
pub struct ResponseRulesAnswer {
    pub automatic: Vec<AutoRuleForm>,
    /// People who may sign in.
    pub people: usize,
    /// Of whom so many may be restricted by the house within an hour.
    pub most_an_hour: usize,
}

/// Responses, in force or past
#[utoipa::path(
    get, path = "/admin/responses", tag = "admin",
    params(ResponsesQuery),
    responses((status = 200, description = "newest first", body = Items<ResponseItem>)),
    extensions(("x-whosaw-action" = json!("response.take")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_responses(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(q): Query<ResponsesQuery>,
) -> Outcome<Answer<Items<ResponseItem>>> {
    let bad = || Problem::new(Code::MalformedQuery).item("/query/user", "invalid_value", "expected an id");
    let subject = q.user.map(|u| u.parse::<UserId>().map_err(|_| bad())).transpose()?;
    let op = ListResponses { past: q.past.unwrap_or(false), subject };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let all = state.store.list_responses(grant).await?;
    Ok(Answer::with(all, |all| Items { items: all.into_iter().map(ResponseItem::from).collect() }))
}

/// Take something from somebody for a time
///
/// It is in force for the next request, through every channel and on every node.
#[utoipa::path(
    post, path = "/admin/responses", tag = "admin",
    request_body = TakeForm,
    responses((status = 201, description = "in force", body = Made)),
    extensions(("x-whosaw-action" = json!("response.take")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn take_response(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(form): Body<TakeForm>,
) -> Outcome<Answer<Made>> {
    let op = TakeResponse {
        subject: form.user,
        kind: form.kind.into(),
        minutes: form.minutes,
        per_minute: form.per_minute,
        reason: form.reason,
        message: form.message,
        note: Note::default(),
    };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let made = state.store.take_response(grant).await?;
    Ok(Answer::with(made, |id| Made { id: id.to_string() }).created("/api/v1/admin/responses"))
}

/// End a response before its time
#[utoipa::path(
    post, path = "/admin/responses/{id}/end", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    request_body = ResponseReason,
    responses((status = 204, description = "ended")),
    extensions(("x-whosaw-action" = json!("response.take")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn end_response(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<ResponseId>,
    Body(form): Body<ResponseReason>,
) -> Outcome<Answer<()>> {
    let op = EndResponse { id, reason: form.reason, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.end_response(grant).await?))
}

/// Ask that a response lasts
///
/// A second officer decides; until then it ends when it would.
#[utoipa::path(
    post, path = "/admin/responses/{id}/last", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    request_body = ResponseReason,
    responses((status = 204, description = "it waits for a second word")),
    extensions(("x-whosaw-action" = json!("response.take")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn last_response(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<ResponseId>,
    Body(form): Body<ResponseReason>,
) -> Outcome<Answer<()>> {
    let op = LastResponse { id, reason: form.reason, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.last_response(grant).await?))
}

/// Give the second word on a response that shall last
#[utoipa::path(
    post, path = "/admin/responses/{id}/second", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    request_body = LastingWord,
    responses((status = 204, description = "decided")),
    extensions(("x-whosaw-action" = json!("response.take")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn decide_lasting(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<ResponseId>,
    Body(form): Body<LastingWord>,
) -> Outcome<Answer<()>> {
    let op = DecideLasting { id, consent: form.consent, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.decide_lasting(grant).await?))
}

/// What the house takes by itself
#[utoipa::path(
    get, path = "/admin/response-rules", tag = "admin",
    responses((status = 200, description = "the rules in force", body = ResponseRulesAnswer)),
    extensions(("x-whosaw-action" = json!("response.take")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_response_rules(
    State(state): State<ApiState>,
    who: SignedInCaller,
) -> Outcome<Answer<ResponseRulesAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadResponseRules).await?;
    let view = |v: store::responses::ResponseRulesView| ResponseRulesAnswer {
        automatic: v
            .rules
            .automatic
            .into_iter()
            .map(|r| AutoRuleForm {
                rules: r.rules,
                families: r.families,
                severity: r.severity.into(),
                response: r.response.into(),
                minutes: r.minutes,
                per_minute: r.per_minute,
            })
            .collect(),
        people: v.people,
        most_an_hour: v.most_an_hour,
    };
    Ok(Answer::with(state.store.read_response_rules(grant).await?, view))
}

/// Change what the house takes by itself
#[utoipa::path(
    put, path = "/admin/response-rules", tag = "admin",
    request_body = ResponseRulesForm,
    responses((status = 204, description = "changed")),
    extensions(("x-whosaw-action" = json!("response.take")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_response_rules(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(form): Body<ResponseRulesForm>,
) -> Outcome<Answer<()>> {
    let rule = |r: AutoRuleForm| AutoRule {
        rules: r.rules,
        families: r.families,
        severity: r.severity.into(),
        response: r.response.into(),
        minutes: r.minutes,
        per_minute: r.per_minute,
    };
    let rules = ResponseRules { automatic: form.automatic.into_iter().map(rule).collect() };
    let op = ChangeResponseRules { rules, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.change_response_rules(grant).await?))
}
