//! The HTTP API of Whosaw (docs/api.md).
//!
//! Rule: a handler authenticates by its first argument, builds one operation, asks the gate for a grant, gives the grant to
//! the store, and answers what was disclosed. It has no database handle and no other way to data.
//!
//! ```text
//! let grant = state.store.gate().admit(&who.caller, ViewRecord { object, id }).await?;   // 401, 403, 404: in one place
//! let shown = state.store.view(grant).await?.disclose().await?;                          // recorded, then released
//! Ok(Answer::of(shown))
//! ```
//!
//! [`router`] is everything that is served; [`openapi`] is the document that says so, and tells for each operation which
//! [`model::Action`] it is recorded as (`x-whosaw-action`, `x-whosaw-recorded`).

pub mod answer;
pub mod console;
mod doc;
pub mod extract;
mod feed;
mod forms;
pub mod language;
mod layers;
mod press;
pub mod problem;
pub mod routes;
mod schema;
pub mod setup;
mod state;

use axum::Router;
use axum::middleware::from_fn_with_state;

pub use state::{ApiConfig, ApiState, Health, Look};

/// Everything that is served, as one router.
pub fn router(state: ApiState) -> Router {
    let (router, _) = routes::all().split_for_parts();
    router.fallback(console::fallback).layer(from_fn_with_state(state.clone(), layers::outer)).with_state(state)
}

/// The OpenAPI 3.1 document of [`router`].
pub fn openapi() -> utoipa::openapi::OpenApi {
    doc::complete(routes::all().into_openapi())
}
