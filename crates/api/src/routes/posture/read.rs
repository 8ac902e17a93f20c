//! `GET /posture`: how the instance stands, check by check.

use axum::extract::State;
use govern::posture::{Bound, Figure, Seen, Source};
use model::Text;
use serde::Serialize;
use store::posture::{CheckView, ListPostureOwners, PostureOwner, PostureView, ReadPosture, WaiverView};
use utoipa::ToSchema;

use super::run::PostureRun;
use crate::answer::Answer;
use crate::extract::SignedInCaller;
use crate::problem::Outcome;
use crate::schema::Label;
use crate::state::ApiState;

/// A number, and within what it must be.
#[derive(Serialize, ToSchema)]
pub struct PostureFigure {
    #[schema(value_type = Label)]
    pub label: Text,
    /// `null`: it never happened, or has no end.
    #[schema(required = true)]
    pub value: Option<i64>,
    /// `count`, `days`, `hours`, `minutes`, `seconds`, `milliseconds`, `mebibytes`, `percent` or `yes_no`.
    pub is: &'static str,
    #[schema(required = true)]
    pub at_most: Option<i64>,
    #[schema(required = true)]
    pub at_least: Option<i64>,
    /// Whether it is within.
    pub met: bool,
}

impl From<Figure> for PostureFigure {
    fn from(f: Figure) -> Self {
        let (at_most, at_least) = match f.bound {
            Bound::AtMost(n) => (Some(n), None),
            Bound::AtLeast(n) => (None, Some(n)),
        };
        Self { label: f.label, value: f.value, is: f.is.as_str(), at_most, at_least, met: f.met }
    }
}

/// What mends it.
#[derive(Serialize, ToSchema)]
pub struct PostureFix {
    #[schema(value_type = Label)]
    pub text: Text,
    /// The page of the console where it is done.
    #[schema(required = true)]
    pub page: Option<&'static str>,
    /// To be run by who looks after the server.
    #[schema(required = true)]
    pub command: Option<&'static str>,
}

/// What is put up with.
#[derive(Serialize, ToSchema)]
pub struct PostureWaiver {
    pub by: String,
    pub at: i64,
    pub until: i64,
    pub reason: String,
    /// Who agreed, where it takes two.
    #[schema(required = true)]
    pub second: Option<String>,
    /// `waiting` for a second person, `in_force`, or `over`.
    pub state: &'static str,
    /// Whether the reader asked for it, and so cannot agree to it.
    pub own: bool,
}

/// A check, and what it saw.
#[derive(Serialize, ToSchema)]
pub struct PostureCheck {
    #[schema(example = "detection.decoys")]
    pub id: &'static str,
    pub area: &'static str,
    #[schema(value_type = Label)]
    pub title: Text,
    /// `low`, `medium` or `high`.
    pub risk: &'static str,
    /// In the score.
    pub weight: u32,
    /// `good`, `bad`, `unknown` or `not_applicable`; `null` before the first look.
    #[schema(required = true)]
    pub state: Option<&'static str>,
    /// Why nothing could be said.
    #[schema(required = true, value_type = Option<Label>)]
    pub why: Option<Text>,
    pub figures: Vec<PostureFigure>,
    /// When its facts were had, and where from: `configuration`, `files`, `machine`, `database`, `company`, `rows` or `log`.
    #[schema(required = true)]
    pub at: Option<i64>,
    #[schema(required = true)]
    pub from: Option<&'static str>,
    /// The page that shows the same.
    #[schema(required = true)]
    pub proof: Option<&'static str>,
    pub fix: PostureFix,
    /// Clauses it is evidence for.
    pub laws: Vec<&'static str>,
    #[schema(required = true)]
    pub owner: Option<uuid::Uuid>,
    #[schema(required = true)]
    pub owner_name: Option<String>,
    #[schema(required = true)]
    pub due_at: Option<i64>,
    #[schema(required = true)]
    pub waiver: Option<PostureWaiver>,
}

const fn source(of: Source) -> &'static str {
    match of {
        Source::Configuration => "configuration",
        Source::Files => "files",
        Source::Machine => "machine",
        Source::Database => "database",
        Source::Company => "company",
        Source::Rows => "rows",
        Source::Log => "log",
        Source::Nowhere => "nowhere",
    }
}

fn check_form(view: CheckView, reader: model::UserId) -> PostureCheck {
    let CheckView { check, seen, owner, owner_name, due_at, waiver } = view;
    let state = seen.as_ref().map(|s| s.state.as_str());
    let at = seen.as_ref().and_then(|s| s.at);
    let from = seen.as_ref().filter(|s| s.at.is_some()).map(|s| source(s.from));
    let (why, figures) = seen.map_or((None, vec![]), |Seen { why, figures, .. }| (why, figures));
    let waiver = waiver.map(|w| {
        let WaiverView { by, by_name, at, until, reason, second_name, state } = w;
        PostureWaiver { by: by_name, at: at.0, until: until.0, reason, second: second_name, state, own: by == reader }
    });
    PostureCheck {
        id: check.id,
        area: check.area.as_str(),
        title: check.title(),
        risk: check.risk.as_str(),
        weight: check.weight(),
        state,
        why,
        figures: figures.into_iter().map(Into::into).collect(),
        at: at.map(|t| t.0),
        from,
        proof: check.proof,
        fix: PostureFix { text: check.fix_text(), page: check.fix.page, command: check.fix.command },
        laws: check.laws.to_vec(),
        owner: owner.map(|id| id.0),
        owner_name,
        due_at: due_at.map(|t| t.0),
        waiver,
    }
}

/// How the instance stands.
#[derive(Serialize, ToSchema)]
pub struct Posture {
    /// The newest look; `null` before the first.
    #[schema(required = true)]
    pub run: Option<PostureRun>,
    /// By area.
    pub checks: Vec<PostureCheck>,
}

/// How the instance stands, by the newest look
#[utoipa::path(
    get, path = "/posture", tag = "posture",
    responses((status = 200, description = "each check with what it saw", body = Posture)),
    extensions(("x-whosaw-action" = json!("posture.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_posture(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Posture>> {
    let reader = who.caller.user;
    let grant = state.store.gate().admit_system(&who.caller, ReadPosture).await?;
    Ok(Answer::with(state.store.read_posture(grant).await?, |PostureView { run, checks }| Posture {
        run: run.map(Into::into),
        checks: checks.into_iter().map(|c| check_form(c, reader)).collect(),
    }))
}

/// Somebody who can see to a check.
#[derive(Serialize, ToSchema)]
pub struct PostureOwnerItem {
    pub id: uuid::Uuid,
    pub name: String,
}

/// Who can.
#[derive(Serialize, ToSchema)]
pub struct PostureOwners {
    /// By name.
    pub items: Vec<PostureOwnerItem>,
}

/// Who can be named to see to a check
#[utoipa::path(
    get, path = "/posture/owners", tag = "posture",
    responses((status = 200, description = "active people", body = PostureOwners)),
    extensions(("x-whosaw-action" = json!("posture.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_posture_owners(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<PostureOwners>> {
    let grant = state.store.gate().admit_system(&who.caller, ListPostureOwners).await?;
    let item = |PostureOwner { id, name }: PostureOwner| PostureOwnerItem { id: id.0, name };
    let people = state.store.list_posture_owners(grant).await?;
    Ok(Answer::with(people, |all| PostureOwners { items: all.into_iter().map(item).collect() }))
}
