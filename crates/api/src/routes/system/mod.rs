//! What operators and browsers ask: is it alive, how is it doing, what is this, what can it do.

mod explorer;
mod health;
mod metrics;
mod openapi;
mod status;

use axum::routing::get;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(health::live))
        .routes(routes!(health::ready))
        .routes(routes!(metrics::metrics))
        .routes(routes!(openapi::document))
        // Pages for people: no part of the API.
        .route("/", get(status::home))
        .route("/status", get(status::page))
        .route("/api/explorer", get(explorer::home))
        .route("/api/explorer/", get(explorer::home))
        .route("/api/explorer/{file}", get(explorer::file))
}
