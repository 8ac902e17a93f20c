//! `/detection`: the rules of detection 检测规则. Who reads alerts reads them; writing, switching and trying is a duty of its own.

pub mod change;
pub mod examine;
pub mod read;
pub mod trial;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(read::list_rules))
        .routes(routes!(read::show_rule, change::change_rule))
        .routes(routes!(read::rule_versions))
        .routes(routes!(change::roll_back_rule))
        .routes(routes!(examine::check_rule))
        .routes(routes!(examine::explain_rule))
        .routes(routes!(trial::try_rule))
        .routes(routes!(trial::show_trial))
}
