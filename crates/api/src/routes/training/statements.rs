//! `/training/statements`: what other systems state of people's training, in xAPI.

use std::collections::BTreeMap;

use axum::body::Body as HttpBody;
use axum::extract::State;
use model::Action;
use serde::{Deserialize, Serialize};
use store::company::Note;
use store::training::{
    ListStatements, MOST_STATEMENT_BYTES, StatementLine, StatementOutcome, StatementView, StatementsTaken,
    TakeStatements,
};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Answer;
use crate::extract::{Query, SignedInCaller};
use crate::forms;
use crate::problem::{Code, Outcome, Problem};
use crate::routes::arrive::arrive;
use crate::routes::cases::refused;
use crate::state::ApiState;

const DEFAULT_LIMIT: usize = 50;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct TakeStatementsQuery {
    /// What a file of them is called.
    #[param(max_length = 200)]
    pub file: Option<String>,
}

/// A statement that passed nothing, and why.
#[derive(Serialize, ToSchema)]
pub struct StatementLineItem {
    pub id: uuid::Uuid,
    pub outcome: &'static str,
    /// What is wrong with one that is `malformed`: `bad_id`, `no_statement`, `no_verb`, `no_actor`, `no_object`, `no_activity`, `bad_timestamp`,
    /// `bad_voided`, `bad_result`, `bad_score`.
    #[schema(required = true)]
    pub reason: Option<String>,
}

/// What became of statements.
#[derive(Serialize, ToSchema)]
pub struct StatementsAnswer {
    /// How many by outcome: `passed`, `noted`, `known`, `outdated`, `older`, `before_asked`, `voided`, `voids`; refused, kept, and read again
    /// when they come again: `malformed`, `unknown_course`, `unknown_actor`, `own`, `future`.
    #[schema(value_type = BTreeMap<String, usize>)]
    pub counts: BTreeMap<&'static str, usize>,
    /// All but those that passed, were noted or known; at most 200.
    pub lines: Vec<StatementLineItem>,
}

impl From<StatementsTaken> for StatementsAnswer {
    fn from(t: StatementsTaken) -> Self {
        let line = |l: StatementLine| StatementLineItem { id: l.id.0, outcome: l.outcome.as_str(), reason: l.reason };
        Self { counts: t.counts, lines: t.lines.into_iter().map(line).collect() }
    }
}

/// Take statements in
///
/// One statement of xAPI 1.0.3 or 2.0, an array of at most 1,000, or `{"statements": […]}`; at most 4 MiB. All of them or, where the request
/// cannot be read or one that is known says something else now, none. The same statement again is `known`. A person who sends them by hand
/// cannot hand in what is stated of themselves; a service account can send anybody's.
#[utoipa::path(
    post, path = "/training/statements", tag = "training",
    params(TakeStatementsQuery),
    request_body(content = serde_json::Value, description = "the statements", content_type = "application/json"),
    responses((status = 200, description = "what became of them", body = StatementsAnswer)),
    extensions(("x-whosaw-action" = json!("training.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn take_statements(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(query): Query<TakeStatementsQuery>,
    body: HttpBody,
) -> Outcome<Answer<StatementsAnswer>> {
    let (body, _permit) = arrive(&state, &who, Action::TrainingManage, body, MOST_STATEMENT_BYTES).await?;
    let op = TakeStatements { body, file: query.file, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.take_statements(grant).await.map_err(refused)?, StatementsAnswer::from))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct StatementsQuery {
    #[param(schema_with = forms::statement_outcome)]
    pub outcome: Option<String>,
    #[param(max_length = 64)]
    pub course: Option<String>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<usize>,
}

/// A statement that came, and what became of it.
#[derive(Serialize, ToSchema)]
pub struct StatementItem {
    pub id: uuid::Uuid,
    pub outcome: &'static str,
    /// When it came.
    pub at: i64,
    #[schema(required = true)]
    pub course: Option<String>,
    /// Of whom it is, where that is known.
    #[schema(required = true)]
    pub name: Option<String>,
    /// As the statement names them.
    #[schema(required = true)]
    pub actor: Option<String>,
    /// `passed`, `completed`, `failed`, `voided` or `other`.
    #[schema(required = true)]
    pub verb: Option<String>,
    #[schema(required = true)]
    pub activity: Option<String>,
    #[schema(required = true)]
    pub percent: Option<u32>,
    /// When it says that it was.
    #[schema(required = true)]
    pub said_at: Option<i64>,
    /// Until when what it passed counts.
    #[schema(required = true)]
    pub valid_until: Option<i64>,
    /// What is wrong with one that is `malformed`: `bad_id`, `no_statement`, `no_verb`, `no_actor`, `no_object`, `no_activity`, `bad_timestamp`,
    /// `bad_voided`, `bad_result`, `bad_score`.
    #[schema(required = true)]
    pub reason: Option<String>,
    /// Of what it said.
    pub sha256: String,
    #[schema(required = true)]
    pub file: Option<String>,
    /// Who sent it.
    pub by_name: String,
}

impl From<StatementView> for StatementItem {
    fn from(v: StatementView) -> Self {
        Self {
            id: v.id.0,
            outcome: v.outcome.as_str(),
            at: v.at.0,
            course: v.course,
            name: v.name,
            actor: v.actor,
            verb: v.verb,
            activity: v.activity,
            percent: v.percent,
            said_at: v.said_at.map(|t| t.0),
            valid_until: v.until.map(|t| t.0),
            reason: v.reason,
            sha256: v.digest,
            file: v.file,
            by_name: v.by_name,
        }
    }
}

/// A page of statements.
#[derive(Serialize, ToSchema)]
pub struct StatementPage {
    pub items: Vec<StatementItem>,
    /// The cursor of the next page; `null` at the end.
    #[schema(required = true)]
    pub next: Option<String>,
}

/// Statements that came, newest first
#[utoipa::path(
    get, path = "/training/statements", tag = "training",
    params(StatementsQuery),
    responses((status = 200, description = "a page of statements", body = StatementPage)),
    extensions(("x-whosaw-action" = json!("training.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_statements(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(q): Query<StatementsQuery>,
) -> Outcome<Answer<StatementPage>> {
    let outcome = |name: String| {
        let bad = || Problem::new(Code::MalformedQuery).item("/query/outcome", "invalid_value", "an unknown value");
        StatementOutcome::read(&name).ok_or_else(bad)
    };
    let outcome = q.outcome.map(outcome).transpose()?;
    let op = ListStatements { outcome, course: q.course, limit: q.limit.unwrap_or(DEFAULT_LIMIT), after: q.cursor };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let page = state.store.list_statements(grant).await.map_err(refused)?;
    Ok(Answer::with(page, |p| StatementPage { items: p.items.into_iter().map(Into::into).collect(), next: p.next }))
}
