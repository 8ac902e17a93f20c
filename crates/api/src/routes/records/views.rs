//! `…/records/{object}/views`: saved views 视图 of a list.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use model::{Condition, ObjectName, RoleName, ViewId};
use serde::{Deserialize, Serialize};
use store::own::{
    DeleteView, Density, LeftOut, Look, Mode, NewView, OwnedView, PreferView, SaveView, Scope, ShowViews, ShownViews,
};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, ObjectPath, PairPath, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::Made;
use crate::state::ApiState;

/// A list's question and layout.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LookForm {
    /// `all`, `mine`, `department`, `pool`: of whoever looks.
    #[schema(value_type = String)]
    pub scope: Scope,
    #[schema(value_type = Option<crate::schema::Condition>)]
    pub filter: Option<Condition>,
    /// Up to three keys: `-amount`, `name`.
    #[schema(max_items = 3)]
    pub sort: Vec<String>,
    /// In their order; without them, those a list has by itself.
    #[schema(max_items = 60)]
    pub columns: Option<Vec<String>>,
    /// Which of them stay while the others scroll.
    #[schema(max_items = 3)]
    pub pinned: Vec<String>,
    /// In pixels, 40 to 1000, by column.
    pub widths: BTreeMap<String, u16>,
    /// Laid out as a board, by this choice.
    pub board: Option<String>,
    /// Laid out as a calendar, by this date.
    pub calendar: Option<String>,
    /// `compact`, `normal`, `roomy`.
    #[schema(value_type = String)]
    pub density: Density,
}

impl From<LookForm> for Look {
    fn from(form: LookForm) -> Self {
        let LookForm { scope, filter, sort, columns, pinned, widths, board, calendar, density } = form;
        let mode = match (calendar, board) {
            (Some(by), _) => Mode::Calendar { by },
            (None, Some(by)) => Mode::Board { by },
            (None, None) => Mode::Table,
        };
        Self { scope, filter, sort, columns, pinned, widths, mode, density }
    }
}

impl From<Look> for LookForm {
    fn from(look: Look) -> Self {
        let Look { scope, filter, sort, columns, pinned, widths, mode, density } = look;
        let (board, calendar) = match mode {
            Mode::Table => (None, None),
            Mode::Board { by } => (Some(by), None),
            Mode::Calendar { by } => (None, Some(by)),
        };
        Self { scope, filter, sort, columns, pinned, widths, board, calendar, density }
    }
}

/// A view to be kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewRequest {
    #[schema(min_length = 1, max_length = 60)]
    pub name: String,
    /// Roles of people who report to the caller.
    #[schema(value_type = Vec<String>)]
    #[serde(default)]
    pub shared: BTreeSet<RoleName>,
    /// Opens first for those it is shared with, until they choose otherwise.
    #[serde(default)]
    pub preset: bool,
    #[serde(default)]
    pub look: LookForm,
}

impl From<ViewRequest> for NewView {
    fn from(request: ViewRequest) -> Self {
        let ViewRequest { name, shared, preset, look } = request;
        Self { name, shared, preset, look: look.into() }
    }
}

/// A view as the caller has it before them.
#[derive(Serialize, ToSchema)]
pub struct ViewForm {
    #[schema(value_type = uuid::Uuid)]
    pub id: ViewId,
    pub name: String,
    /// The caller's own: only these they change.
    pub own: bool,
    #[schema(value_type = uuid::Uuid)]
    pub owner: model::UserId,
    pub owner_name: String,
    /// Roles it is shared with; of another's view, those of the caller.
    #[schema(value_type = Vec<String>)]
    pub shared: BTreeSet<RoleName>,
    pub preset: bool,
    pub look: LookForm,
    /// Parts that name something the caller does not have: `filter`, `sort`, `columns`, `mode`.
    #[schema(value_type = Vec<String>)]
    pub left_out: BTreeSet<LeftOut>,
}

/// Views of an object type.
#[derive(Serialize, ToSchema)]
pub struct ViewsAnswer {
    /// The caller's own first.
    pub views: Vec<ViewForm>,
    /// What the list opens with; `null` for the plain list.
    #[schema(required = true, value_type = Option<uuid::Uuid>)]
    pub opens: Option<ViewId>,
    /// Roles that the caller may share with: those of people who report to them.
    #[schema(value_type = Vec<String>)]
    pub share_with: BTreeSet<RoleName>,
}

fn answer(shown: ShownViews, me: model::UserId) -> ViewsAnswer {
    let form = |owned: OwnedView| {
        let OwnedView { view, owner, owner_name, left_out } = owned;
        let NewView { name, shared, preset, look } = view.view;
        ViewForm { id: view.id, name, own: owner == me, owner, owner_name, shared, preset, look: look.into(), left_out }
    };
    ViewsAnswer { views: shown.views.into_iter().map(form).collect(), opens: shown.opens, share_with: shown.share_with }
}

/// Saved views
///
/// The caller's own, and those that people above them share with a role of theirs. A view gives no right: what it names of
/// fields that the caller does not see is left out.
#[utoipa::path(
    get, path = "/records/{object}/views", tag = "records",
    params(("object" = String, Path, example = "customer")),
    responses((status = 200, description = "views", body = ViewsAnswer)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_views(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
) -> Outcome<Answer<ViewsAnswer>> {
    let me = who.caller.user;
    let grant = state.store.gate().admit_system(&who.caller, ShowViews { object }).await?;
    Ok(Answer::with(state.store.show_views(grant).await?, |shown| answer(shown, me)))
}

/// Save a view
#[utoipa::path(
    post, path = "/records/{object}/views", tag = "records",
    params(("object" = String, Path, example = "customer")),
    request_body = ViewRequest,
    responses((status = 201, description = "saved", body = Made)),
    extensions(("x-whosaw-action" = json!("own.save")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn create_view(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    Body(body): Body<ViewRequest>,
) -> Outcome<Answer<Made>> {
    let place = format!("/api/v1/records/{object}/views");
    let op = SaveView { object, id: None, view: body.into() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.save_view(grant).await?, |id| Made { id: id.to_string() }).created(place))
}

/// Change a view of one's own
#[utoipa::path(
    put, path = "/records/{object}/views/{id}", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path)),
    request_body = ViewRequest,
    responses((status = 204, description = "saved")),
    extensions(("x-whosaw-action" = json!("own.save")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn save_view(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(object, id): PairPath<ObjectName, ViewId>,
    Body(body): Body<ViewRequest>,
) -> Outcome<Answer<()>> {
    let op = SaveView { object, id: Some(id), view: body.into() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.save_view(grant).await?))
}

/// Delete a view of one's own
#[utoipa::path(
    delete, path = "/records/{object}/views/{id}", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "deleted")),
    extensions(("x-whosaw-action" = json!("own.save")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn delete_view(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(object, id): PairPath<ObjectName, ViewId>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, DeleteView { object, id }).await?;
    Ok(Answer::done(&state.store.delete_view(grant).await?))
}

/// Which view.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpensRequest {
    /// `null` for the plain list.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub view: Option<ViewId>,
}

/// Choose what a list opens with
#[utoipa::path(
    put, path = "/records/{object}/views/default", tag = "records",
    params(("object" = String, Path, example = "customer")),
    request_body = OpensRequest,
    responses((status = 204, description = "chosen")),
    extensions(("x-whosaw-action" = json!("own.save")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn prefer_view(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    Body(body): Body<OpensRequest>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, PreferView { object, view: body.view }).await?;
    Ok(Answer::done(&state.store.prefer_view(grant).await?))
}
