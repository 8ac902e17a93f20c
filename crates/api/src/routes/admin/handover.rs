//! `/admin/users/{id}/handover`: what somebody who leaves has, handed over in one recorded act 离职交接. Its holder sees numbers.

use std::time::Duration;

use axum::extract::State;
use model::{ObjectName, UserId};
use serde::{Deserialize, Serialize};
use store::audit::{LookBack, LookedBack};
use store::company::Note;
use store::handover::{BeginHandover, Estate, HandoverState, Receiver, Rule, SharesAfter, ShowEstate, Wanted};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Answer;
use crate::extract::{Body, IdPath, Query, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::schema::Made;
use crate::state::ApiState;

/// A small handover has ended by the time it is answered; a long one goes on.
const WAIT: Duration = Duration::from_secs(2);

/// Who receives records: exactly one of the three.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiverForm {
    /// One, or several by turns.
    #[schema(value_type = Option<Vec<uuid::Uuid>>, max_items = 50)]
    #[serde(default)]
    pub users: Option<Vec<UserId>>,
    /// The leaver's manager.
    #[serde(default)]
    pub manager: bool,
    /// A public pool, by its name.
    #[schema(max_length = 40)]
    #[serde(default)]
    pub pool: Option<String>,
}

impl ReceiverForm {
    fn read(self, at: &str) -> Result<Receiver, Problem> {
        match (self.users, self.manager, self.pool) {
            (Some(users), false, None) => Ok(Receiver::Users(users)),
            (None, true, None) => Ok(Receiver::Manager),
            (None, false, Some(pool)) => Ok(Receiver::Pool(pool)),
            _ => {
                let reason = "name one of `users`, `manager` and `pool`";
                Err(Problem::new(Code::InvalidValues).item(at, "required", reason))
            }
        }
    }
}

/// Where the records of one object type go.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandoverRule {
    #[schema(value_type = String, example = "customer")]
    pub object: ObjectName,
    pub to: ReceiverForm,
}

/// A handover to begin. What belongs to a customer goes with the customer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandoverRequest {
    #[schema(max_items = 100)]
    #[serde(default)]
    pub rules: Vec<HandoverRule>,
    /// Everything else. Not a pool.
    pub others: ReceiverForm,
    /// What becomes of the shares that the leaver gave: `end` or `keep` (they are the receiver's).
    #[schema(value_type = Option<String>, example = "end")]
    #[serde(default)]
    pub shares: SharesAfter,
    /// The manager of those who reported to the leaver; without one, the leaver's own.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub reports_to: Option<UserId>,
    #[schema(max_length = 500)]
    #[serde(default)]
    pub purpose: Option<String>,
}

/// How many records of an object type.
#[derive(Serialize, ToSchema)]
pub struct OwnedView {
    pub object: String,
    pub count: i64,
}

/// A pool that names the person as a member.
#[derive(Serialize, ToSchema)]
pub struct MemberPool {
    pub object: String,
    pub pool: String,
}

/// A handover as it stands.
#[derive(Serialize, ToSchema)]
pub struct HandoverView {
    pub id: uuid::Uuid,
    pub actor: uuid::Uuid,
    /// Records that the leaver owned when it began.
    pub total: i64,
    pub began_at: i64,
    #[schema(required = true)]
    pub ended_at: Option<i64>,
    /// Records that were left when it ended; `null` while it is under way, and where its outcome is unknown.
    #[schema(required = true)]
    pub left: Option<i64>,
}

impl From<HandoverState> for HandoverView {
    fn from(h: HandoverState) -> Self {
        Self {
            id: h.id.0,
            actor: h.actor.0,
            total: h.total,
            began_at: h.began_at.0,
            ended_at: h.ended_at.map(|t| t.0),
            left: h.left,
        }
    }
}

/// What somebody has, in numbers.
#[derive(Serialize, ToSchema)]
pub struct EstateView {
    /// Records they own.
    pub owned: Vec<OwnedView>,
    pub shares_given: i64,
    pub shares_held: i64,
    pub sessions: i64,
    pub tokens: i64,
    /// Who reports to them.
    pub reports: Vec<uuid::Uuid>,
    pub pools: Vec<MemberPool>,
    /// Newest first.
    pub handovers: Vec<HandoverView>,
}

impl From<Estate> for EstateView {
    fn from(e: Estate) -> Self {
        let owned = e.owned.into_iter().map(|(object, count)| OwnedView { object: object.to_string(), count });
        let pools = e.pools.into_iter().map(|(object, pool)| MemberPool { object: object.to_string(), pool });
        Self {
            owned: owned.collect(),
            shares_given: e.shares_given,
            shares_held: e.shares_held,
            sessions: e.sessions,
            tokens: e.tokens,
            reports: e.reports.iter().map(|u| u.0).collect(),
            pools: pools.collect(),
            handovers: e.handovers.into_iter().map(HandoverView::from).collect(),
        }
    }
}

/// How far back.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct LookBackQuery {
    /// Days, 1 to 366; without it, 30.
    #[param(minimum = 1, maximum = 366)]
    pub days: Option<u32>,
}

/// One operation: how often it was done and refused, and how many records it touched.
#[derive(Serialize, ToSchema)]
pub struct LookBackLine {
    pub action: String,
    pub events: i64,
    pub refused: i64,
    pub records: i64,
}

/// One day of the company's calendar.
#[derive(Serialize, ToSchema)]
pub struct LookBackOfDay {
    pub day: String,
    pub events: i64,
    pub records: i64,
}

/// What somebody did with records in their last days, in numbers.
#[derive(Serialize, ToSchema)]
pub struct LookBackAnswer {
    pub from: i64,
    pub to: i64,
    pub rows: Vec<LookBackLine>,
    pub days: Vec<LookBackOfDay>,
    /// Distinct customers touched.
    pub customers: i64,
    /// Exports begun, and records that left with them.
    pub exports: i64,
    pub exported: i64,
}

impl From<LookedBack> for LookBackAnswer {
    fn from(l: LookedBack) -> Self {
        let line = |r: store::audit::LookBackRow| LookBackLine {
            action: r.action,
            events: r.events,
            refused: r.refused,
            records: r.records,
        };
        let day = |d: store::audit::LookBackDay| LookBackOfDay { day: d.day, events: d.events, records: d.records };
        Self {
            from: l.from.0,
            to: l.to.0,
            rows: l.rows.into_iter().map(line).collect(),
            days: l.days.into_iter().map(day).collect(),
            customers: l.customers,
            exports: l.exports,
            exported: l.exported,
        }
    }
}

/// What somebody has, in numbers, and their handovers
#[utoipa::path(
    get, path = "/admin/users/{id}/handover", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "numbers; no record", body = EstateView)),
    extensions(("x-whosaw-action" = json!("handover")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_estate(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(user): IdPath<UserId>,
) -> Outcome<Answer<EstateView>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowEstate { user }).await?;
    Ok(Answer::with(state.store.show_estate(grant).await?, EstateView::from))
}

/// Hand over everything somebody has
///
/// Their account is disabled, their sessions and tokens end, and those who reported to them have another manager at once. The
/// records follow in units, each recorded; ask with GET how far it is.
#[utoipa::path(
    post, path = "/admin/users/{id}/handover", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    request_body = HandoverRequest,
    responses((status = 201, description = "begun", body = Made, headers(("Location" = String)))),
    extensions(("x-whosaw-action" = json!("handover")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn begin_handover(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(user): IdPath<UserId>,
    Body(b): Body<HandoverRequest>,
) -> Outcome<Answer<Made>> {
    let who = who.with_purpose(b.purpose.as_deref())?;
    let mut rules = vec![];
    for (n, rule) in b.rules.into_iter().enumerate() {
        rules.push(Rule { object: rule.object, to: rule.to.read(&format!("/rules/{n}/to"))? });
    }
    let wanted = Wanted { rules, others: b.others.read("/others")?, shares: b.shares, reports_to: b.reports_to };
    let op = BeginHandover { user, wanted, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let begun = state.store.begin_handover(grant).await?;
    let id = *begun.get();
    let (store, clock, caller) = (state.store.clone(), state.clock.clone(), who.caller.clone());
    // Goes on when the request is dropped; what is not carried out here is by the server's own round.
    let carried = tokio::spawn(async move {
        if let Err(error) = store.carry_out_handover(&caller, id, &*clock).await {
            tracing::error!(%error, handover.id = %id, "a handover has stopped; it is tried again");
        }
    });
    // Only so that a small one has ended when its beginning is answered.
    let _ = tokio::time::timeout(WAIT, carried).await;
    let location = format!("/api/v1/admin/users/{user}/handover");
    Ok(Answer::with(begun, |id| Made { id: id.to_string() }).created(location))
}

/// What somebody did with records in their last days, in numbers
#[utoipa::path(
    get, path = "/admin/users/{id}/look-back", tag = "admin",
    params(("id" = uuid::Uuid, Path), LookBackQuery),
    responses((status = 200, description = "numbers; no customer", body = LookBackAnswer)),
    extensions(("x-whosaw-action" = json!("handover")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn look_back(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(user): IdPath<UserId>,
    Query(q): Query<LookBackQuery>,
) -> Outcome<Answer<LookBackAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, LookBack { user, days: q.days.unwrap_or(30) }).await?;
    Ok(Answer::with(state.store.look_back(grant).await?, LookBackAnswer::from))
}
