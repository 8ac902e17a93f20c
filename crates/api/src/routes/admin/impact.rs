//! `POST /admin/policy/preview`: who would gain and lose what by a policy, before it is published.

use axum::extract::State;
use serde::Serialize;
use store::company::{Diff, Gift, ImpactLine, Person, PolicyImpact, PreviewPolicy};
use utoipa::ToSchema;

use super::policy::{CheckRequest, problem_item};
use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::{Outcome, ProblemItem};
use crate::schema::AnyObject;
use crate::state::ApiState;

/// One person who gains or loses.
#[derive(Serialize, ToSchema)]
pub struct ImpactPerson {
    pub user: uuid::Uuid,
    pub name: String,
    /// Records that come into their reach or leave it; `null` where they are not counted.
    #[schema(required = true)]
    pub records: Option<i64>,
}

/// What some people gain or lose: an operation, fields at a level, or an administrative duty.
#[derive(Serialize, ToSchema)]
pub struct ImpactView {
    /// `null` for a duty.
    #[schema(required = true)]
    pub object: Option<String>,
    /// An operation or a duty; `null` for fields.
    #[schema(required = true)]
    pub action: Option<String>,
    pub fields: Vec<String>,
    /// `masked`, `read_only` or `editable`, with `fields`.
    #[schema(required = true)]
    pub level: Option<String>,
    pub people: usize,
    /// Distinct records for all of them together; `null` where they are not counted.
    #[schema(required = true)]
    pub records: Option<i64>,
    /// The first fifty, most records first.
    pub named: Vec<ImpactPerson>,
}

impl From<ImpactLine> for ImpactView {
    fn from(line: ImpactLine) -> Self {
        let person = |p: Person| ImpactPerson { user: p.user.0, name: p.name, records: p.records };
        let (object, action, fields, level) = match line.gift {
            Gift::Operation { object, action } => (Some(object), Some(action), vec![], None),
            Gift::Fields { object, fields, level } => (Some(object), None, fields, Some(level)),
            Gift::Duty(action) => (None, Some(action), vec![], None),
        };
        Self {
            object: object.map(|o| o.to_string()),
            action: action.map(|a| a.to_string()),
            fields: fields.iter().map(ToString::to_string).collect(),
            level: level.map(|l| l.as_str().to_owned()),
            people: line.people,
            records: line.records,
            named: line.named.into_iter().map(person).collect(),
        }
    }
}

/// What publishing it would change, for whom, and what stands against it.
#[derive(Serialize, ToSchema)]
pub struct ImpactAnswer {
    /// The version it was compared with.
    pub base: u64,
    #[schema(value_type = AnyObject)]
    pub diff: Diff,
    pub problems: Vec<ProblemItem>,
    pub gains: Vec<ImpactView>,
    pub losses: Vec<ImpactView>,
    /// Whose conditions change, though no record comes or goes.
    pub conditions: Vec<ImpactView>,
    /// Whether everyone was looked at and everything counted.
    pub complete: bool,
}

impl From<PolicyImpact> for ImpactAnswer {
    fn from(i: PolicyImpact) -> Self {
        let lines = |all: Vec<ImpactLine>| all.into_iter().map(ImpactView::from).collect();
        Self {
            base: i.base,
            diff: i.diff,
            problems: i.problems.into_iter().map(problem_item).collect(),
            gains: lines(i.gains),
            losses: lines(i.losses),
            conditions: lines(i.conditions),
            complete: i.complete,
        }
    }
}

/// Who would gain and who would lose what
///
/// Told by the compiled policies, with everything granted that a caller can do something about; nothing is stored.
#[utoipa::path(
    post, path = "/admin/policy/preview", tag = "admin",
    request_body = CheckRequest,
    responses((status = 200, description = "diff, problems, gains and losses", body = ImpactAnswer)),
    extensions(("x-whosaw-action" = json!("policy.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn preview_policy(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<CheckRequest>,
) -> Outcome<Answer<ImpactAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, PreviewPolicy { policy: b.policy }).await?;
    Ok(Answer::with(state.store.preview_policy(grant).await?, ImpactAnswer::from))
}
