//! Questions about rights 权限查询: why, who can, what can. Each answer names rules.

mod past;
mod sizing;
mod unused;
mod what_can;
mod who_can;
mod why;

use std::net::IpAddr;

use model::{Channel, UnixMs};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(why::why))
        .routes(routes!(who_can::who_can))
        .routes(routes!(what_can::what_can))
        .routes(routes!(past::who_could))
        .routes(routes!(past::what_could))
        .routes(routes!(unused::rights_use))
        .routes(routes!(sizing::right_sizing))
}

/// Under which circumstances: by default now, with a second factor and a purpose, over the web, from an unknown address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CircumstancesRequest {
    /// Milliseconds since 1970; when the question is asked if left out.
    #[schema(value_type = Option<i64>)]
    pub at: Option<UnixMs>,
    pub mfa: bool,
    pub purpose: bool,
    #[schema(value_type = String, example = "web")]
    pub channel: Channel,
    #[schema(value_type = Option<String>)]
    pub address: Option<IpAddr>,
}

impl Default for CircumstancesRequest {
    fn default() -> Self {
        store::explain::Circumstances::default().into()
    }
}

impl From<store::explain::Circumstances> for CircumstancesRequest {
    fn from(c: store::explain::Circumstances) -> Self {
        Self { at: c.at, mfa: c.mfa, purpose: c.purpose, channel: c.channel, address: c.address }
    }
}

impl From<CircumstancesRequest> for store::explain::Circumstances {
    fn from(c: CircumstancesRequest) -> Self {
        Self { at: c.at, mfa: c.mfa, purpose: c.purpose, channel: c.channel, address: c.address }
    }
}
