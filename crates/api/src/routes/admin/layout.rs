//! `POST /admin/roles/{role}/layout`: the console as a holder of one role would have it 以角色查看, without any data.

use axum::extract::State;
use model::{ObjectType, RoleName};
use serde::{Deserialize, Serialize};
use store::company::{Layout, PreviewLayout};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::session::workspace::{ObjectFormView, within_sight};
use crate::schema::AnyObject;
use crate::state::ApiState;

/// What to show it of.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LayoutRequest {
    /// A definition that is not in force, to see it as the role would.
    #[schema(value_type = Option<AnyObject>)]
    pub object: Option<ObjectType>,
}

/// What is open to whoever holds the role and no other.
#[derive(Serialize, ToSchema)]
pub struct LayoutAnswer {
    /// Administrative operations.
    pub duties: Vec<String>,
    pub objects: Vec<ObjectFormView>,
}

impl From<Layout> for LayoutAnswer {
    fn from(l: Layout) -> Self {
        Self {
            duties: l.duties.iter().map(ToString::to_string).collect(),
            objects: within_sight(l.objects).into_iter().map(ObjectFormView::from).collect(),
        }
    }
}

/// What a role has before it
///
/// Object types, fields with the best level, operations and duties of somebody with this role alone; no data.
#[utoipa::path(
    post, path = "/admin/roles/{role}/layout", tag = "admin",
    params(("role" = String, Path)),
    request_body = LayoutRequest,
    responses((status = 200, description = "what is open", body = LayoutAnswer)),
    extensions(("x-whosaw-action" = json!("directory.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn preview_layout(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(role): IdPath<RoleName>,
    Body(b): Body<LayoutRequest>,
) -> Outcome<Answer<LayoutAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, PreviewLayout { role, object: b.object }).await?;
    Ok(Answer::with(state.store.preview_layout(grant).await?, LayoutAnswer::from))
}
