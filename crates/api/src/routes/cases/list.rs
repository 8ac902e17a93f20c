//! `GET /cases`, `GET /cases/handlers`: cases, and who can be given one.

use axum::extract::State;
use model::UserId;
use model::case::{CaseState, Severity};
use serde::{Deserialize, Serialize};
use store::cases::{ListCases, ListHandlers};
use utoipa::{IntoParams, ToSchema};

use super::refused;
use super::view::{CaseItem, CasePerson};
use crate::answer::Answer;
use crate::extract::{Query, SignedInCaller};
use crate::forms;
use crate::problem::{Code, Outcome, Problem};
use crate::schema::Items;
use crate::state::ApiState;

const DEFAULT_LIMIT: usize = 50;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct CasesQuery {
    /// Only those that are not closed.
    pub open: Option<bool>,
    /// One state.
    #[param(schema_with = forms::case_state)]
    pub state: Option<String>,
    #[param(schema_with = forms::case_severity)]
    pub severity: Option<String>,
    /// Somebody's.
    #[param(value_type = Option<uuid::Uuid>)]
    pub owner: Option<String>,
    /// Past their date.
    pub overdue: Option<bool>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<usize>,
}

/// A page of cases.
#[derive(Serialize, ToSchema)]
pub struct CasesAnswer {
    pub items: Vec<CaseItem>,
    /// The cursor of the next page; `null` at the end.
    #[schema(required = true)]
    pub next: Option<String>,
}

fn bad(name: &str, reason: &str) -> Problem {
    Problem::new(Code::MalformedQuery).item(format!("/query/{name}"), "invalid_value", reason)
}

impl CasesQuery {
    fn read(self) -> Result<ListCases, Problem> {
        let state =
            self.state.map(|s| CaseState::read(&s).ok_or_else(|| bad("state", "an unknown value"))).transpose()?;
        let severity = self.severity.map(|s| Severity::read(&s).ok_or_else(|| bad("severity", "an unknown value")));
        let owner = self.owner.map(|o| o.parse::<UserId>().map_err(|_| bad("owner", "expected an id")));
        let states = match (state, self.open) {
            (Some(state), _) => vec![state],
            (None, Some(true)) => store::cases::OPEN_STATES.to_vec(),
            _ => vec![],
        };
        Ok(ListCases {
            states,
            severity: severity.transpose()?,
            owner: owner.transpose()?,
            overdue: self.overdue.unwrap_or(false),
            limit: self.limit.unwrap_or(DEFAULT_LIMIT),
            after: self.cursor,
        })
    }
}

/// Cases, newest first
///
/// A case about the reader or their direct manager is in no list and no count.
#[utoipa::path(
    get, path = "/cases", tag = "cases",
    params(CasesQuery),
    responses((status = 200, description = "cases; the subject by a pseudonym", body = CasesAnswer)),
    extensions(("x-whosaw-action" = json!("case.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_cases(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(q): Query<CasesQuery>,
) -> Outcome<Answer<CasesAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, q.read()?).await?;
    let page = state.store.list_cases(grant).await.map_err(refused)?;
    Ok(Answer::with(page, |page| CasesAnswer {
        items: page.cases.into_iter().map(CaseItem::from).collect(),
        next: page.next,
    }))
}

/// Who handles cases
#[utoipa::path(
    get, path = "/cases/handlers", tag = "cases",
    responses((status = 200, description = "active people with the duty", body = Items<CasePerson>)),
    extensions(("x-whosaw-action" = json!("case.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_handlers(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Items<CasePerson>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListHandlers).await?;
    let all = state.store.list_handlers(grant).await?;
    Ok(Answer::with(all, |all| Items { items: all.into_iter().map(CasePerson::from).collect() }))
}
