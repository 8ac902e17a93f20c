//! The caller's own sign-in: session, password, second factor.

mod me;
mod password;
mod pools;
mod restrictions;
mod reveals;
mod session_list;
mod session_revoke;
mod sign_in;
mod sign_out;
mod step_up;
mod totp;
pub(crate) mod workspace;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub use session_list::SessionView;
pub use workspace::{BeforeForm, CheckForm, FieldOption, LayoutForm, RequiredIfForm};

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(sign_in::sign_in, sign_out::sign_out))
        .routes(routes!(step_up::step_up))
        .routes(routes!(me::me))
        .routes(routes!(workspace::workspace))
        .routes(routes!(pools::show_pools))
        .routes(routes!(reveals::count_reveals))
        .routes(routes!(restrictions::own_restrictions))
        .routes(routes!(session_list::list_sessions, session_revoke::revoke_other_sessions))
        .routes(routes!(session_revoke::revoke_session))
        .routes(routes!(password::change_password))
        .routes(routes!(totp::enrol_totp, totp::disable_totp))
        .routes(routes!(totp::confirm_totp))
}
