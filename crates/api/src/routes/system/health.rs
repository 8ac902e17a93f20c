//! `GET /healthz`, `GET /readyz`

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// That it runs.
#[derive(Serialize, ToSchema)]
pub struct HealthAnswer {
    #[schema(example = "ok")]
    pub status: &'static str,
}

/// Whether the process runs
#[utoipa::path(
    get, path = "/healthz", tag = "system",
    responses((status = 200, description = "it runs", body = HealthAnswer)),
    security(()),
    extensions(("x-whosaw-recorded" = json!(false)), ("x-whosaw-reason" = json!("shows no data"))),
)]
pub async fn live() -> axum::Json<HealthAnswer> {
    axum::Json(HealthAnswer { status: "ok" })
}

/// Whether it can serve: the database answers and the access log takes records
#[utoipa::path(
    get, path = "/readyz", tag = "system",
    responses((status = 200, description = "it can", body = HealthAnswer)),
    security(()),
    extensions(("x-whosaw-recorded" = json!(false)), ("x-whosaw-reason" = json!("shows no data"))),
)]
pub async fn ready(State(state): State<ApiState>) -> Outcome<axum::Json<HealthAnswer>> {
    if state.health.is_poisoned() {
        return Err(Problem::new(Code::AuditUnavailable));
    }
    // Reads the company's epoch: one look-up that every backend must be able to answer.
    state.store.refresh().await.map_err(|error| {
        tracing::error!(%error, "not ready");
        Problem::new(Code::StoreUnavailable)
    })?;
    Ok(axum::Json(HealthAnswer { status: "ok" }))
}
