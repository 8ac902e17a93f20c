//! `GET /records/{object}/forecast`: what is likely to close 销售预测, as far as the caller may see it.

use axum::extract::State;
use model::UserId;
use model::value::{format_decimal, parse_date};
use serde::{Deserialize, Serialize};
use store::records::{Forecast, ForecastLines};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Answer;
use crate::extract::{ObjectPath, Query, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::schema::Items;
use crate::state::ApiState;

/// Closing dates looked over, both included; at most 800 days.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ForecastQuery {
    /// `YYYY-MM-DD`; today if left out.
    #[param(format = "date", example = "2026-11-01")]
    #[serde(default)]
    pub from: Option<String>,
    /// `YYYY-MM-DD`; a year after `from` if left out.
    #[param(format = "date", example = "2027-01-31")]
    #[serde(default)]
    pub to: Option<String>,
}

/// What closes in a month, of one owner, in one stage.
#[derive(Serialize, ToSchema)]
pub struct ForecastView {
    #[schema(example = "2026-11")]
    pub month: String,
    #[schema(value_type = Option<uuid::Uuid>, required = true)]
    pub owner: Option<UserId>,
    pub stage: String,
    /// In hundredths.
    pub probability: u8,
    pub count: u64,
    #[schema(value_type = f64)]
    pub amount: serde_json::Value,
    /// The amount times the probability.
    #[schema(value_type = f64)]
    pub weighted: serde_json::Value,
}

fn number(n: i64, scale: u8) -> serde_json::Value {
    let text = format_decimal(n, scale);
    serde_json::from_str(&text).unwrap_or(serde_json::Value::String(text))
}

fn lines(found: ForecastLines) -> Items<ForecastView> {
    let scale = found.scale;
    let form = |l: store::records::ForecastLine| ForecastView {
        month: l.month,
        owner: l.owner,
        stage: l.stage,
        probability: l.probability,
        count: l.count,
        amount: number(l.amount, scale),
        weighted: number(l.weighted, scale),
    };
    Items { items: found.lines.into_iter().map(form).collect() }
}

/// The forecast of a pipeline
///
/// Sums over the records that the caller may list and whose stage, amount and closing date they may read.
#[utoipa::path(
    get, path = "/records/{object}/forecast", tag = "records",
    params(("object" = String, Path, example = "opportunity"), ForecastQuery),
    responses((status = 200, description = "by month, owner and stage", body = Items<ForecastView>)),
    extensions(("x-whosaw-action" = json!("list")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn forecast_records(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    Query(query): Query<ForecastQuery>,
) -> Outcome<Answer<Items<ForecastView>>> {
    let day = |name: &str, text: &Option<String>, otherwise: i64| match text {
        None => Ok(otherwise),
        Some(text) => parse_date(text).ok_or_else(|| {
            Problem::new(Code::InvalidValues).item(format!("/query/{name}"), "invalid_value", "a date as YYYY-MM-DD")
        }),
    };
    let (_, today) = state.store.gate().settings().calendar.day(who.caller.at);
    let from = day("from", &query.from, today)?;
    let to = day("to", &query.to, from.saturating_add(365))?;
    let grant = state.store.gate().admit(&who.caller, Forecast { object, from, to }).await?;
    Ok(Answer::with(state.store.forecast(grant).await?, lines))
}
