//! Exports as files: asked for, made in the background, taken by who asked, and listed for them and for auditors.

mod act;
mod ask;
mod file;
mod list;
pub(crate) mod run;
mod trace;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(ask::ask_export))
        .routes(routes!(list::list_exports))
        .routes(routes!(list::export_progress))
        .routes(routes!(act::start_export))
        .routes(routes!(act::cancel_export))
        .routes(routes!(file::download_export))
        .routes(routes!(list::audit_exports))
        .routes(routes!(trace::trace_export))
}
