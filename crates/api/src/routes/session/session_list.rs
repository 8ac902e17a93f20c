//! `GET /sessions`: where one is signed in.

use axum::extract::State;
use serde::Serialize;
use store::identity::ListSessions;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::SignedInCaller;
use crate::problem::Outcome;
use crate::schema::Items;
use crate::state::ApiState;

/// A live session.
#[derive(Serialize, ToSchema)]
pub struct SessionView {
    pub id: uuid::Uuid,
    pub created_at: i64,
    pub seen_at: i64,
    pub expires_at: i64,
    pub mfa: bool,
    #[schema(required = true)]
    pub address: Option<String>,
    #[schema(required = true)]
    pub user_agent: Option<String>,
    /// The one this request was made with.
    pub current: bool,
}

impl From<store::identity::SessionView> for SessionView {
    fn from(s: store::identity::SessionView) -> Self {
        Self {
            id: s.id.0,
            created_at: s.created_at.0,
            seen_at: s.seen_at.0,
            expires_at: s.expires_at.0,
            mfa: s.mfa,
            address: s.address,
            user_agent: s.user_agent,
            current: s.current,
        }
    }
}

/// One's own sessions
#[utoipa::path(
    get, path = "/sessions", tag = "session",
    responses((status = 200, description = "live sessions, newest first", body = Items<SessionView>)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_sessions(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Items<SessionView>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListSessions).await?;
    let sessions = state.store.list_sessions(grant).await?;
    Ok(Answer::with(sessions, |all| Items { items: all.into_iter().map(SessionView::from).collect() }))
}
