//! `POST /records/{object}/aggregate`: records counted and summed by groups 汇总, as far as the caller may see them.

use axum::extract::State;
use model::aggregate::{Group, Worked};
use model::{Condition, ObjectName};
use serde::{Deserialize, Serialize};
use store::records::{Aggregate, AggregateLines, ListRecords};
use utoipa::ToSchema;

use super::question::Question;
use crate::answer::Answer;
use crate::extract::{Body, ObjectPath, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// What to group by, and of a date or a time how finely: a month if left out.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the shape of `model::aggregate::Group`, for the document")]
pub struct GroupBy {
    /// A clear field, or `owner`, `department`, `created_at`, `updated_at`.
    #[schema(example = "signed_on", max_length = 40)]
    pub field: String,
    #[schema(inline, required = false)]
    pub step: GroupStep,
}

/// How finely dates and times are told apart.
#[derive(ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code, reason = "the shape of `model::aggregate::Step`, for the document")]
pub enum GroupStep {
    Day,
    Month,
    Quarter,
    Year,
}

/// What to work out.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the shape of `model::aggregate::Worked`, for the document")]
pub struct WorkOut {
    /// A clear number or amount.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,39}$", example = "amount")]
    pub field: String,
    #[schema(inline)]
    pub work: WorkKind,
}

/// What is worked out of a number.
#[derive(ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code, reason = "the shape of `model::aggregate::Work`, for the document")]
pub enum WorkKind {
    Sum,
    Avg,
    Min,
    Max,
}

/// Which records, grouped by what, and what is worked out of them. They are always counted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AggregateRequest {
    /// A condition, as in a list's `filter`.
    #[serde(default)]
    #[schema(value_type = Option<crate::schema::Condition>)]
    pub filter: Option<Condition>,
    /// Only records of this customer.
    #[serde(default)]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub customer: Option<String>,
    #[serde(default)]
    #[schema(value_type = Vec<GroupBy>, max_items = 2)]
    pub by: Vec<Group>,
    #[serde(default)]
    #[schema(value_type = Vec<WorkOut>, max_items = 4)]
    pub values: Vec<Worked>,
}

/// One group.
#[derive(Serialize, ToSchema)]
pub struct AggregateView {
    /// One for each field grouped by: the option, the id, the day, month (`2026-11`), quarter (`2026-Q4`) or year; `null` where
    /// records have no value.
    #[schema(value_type = Vec<Option<String>>)]
    pub keys: Vec<Option<String>>,
    pub count: u64,
    /// One for each value asked for; `null` where no record of the group has one.
    #[schema(value_type = Vec<Option<f64>>)]
    pub values: Vec<serde_json::Value>,
}

/// The groups, by their keys.
#[derive(Serialize, ToSchema)]
pub struct AggregateAnswer {
    pub items: Vec<AggregateView>,
}

impl AggregateRequest {
    fn operation(self, object: ObjectName) -> Outcome<Aggregate> {
        let question = Question { filter: self.filter, customer: self.customer, ..Question::default() };
        let question: ListRecords = question.operation(object, 1)?;
        Ok(Aggregate { question, by: self.by, values: self.values })
    }
}

/// `n / 10^scale` as a JSON number.
fn number(n: Option<i128>, scale: u8) -> serde_json::Value {
    let Some(n) = n else { return serde_json::Value::Null };
    let divisor = 10_u128.saturating_pow(u32::from(scale));
    let (whole, rest) = (n.unsigned_abs() / divisor, n.unsigned_abs() % divisor);
    let sign = if n < 0 { "-" } else { "" };
    let fraction = if scale == 0 { String::new() } else { format!(".{rest:0width$}", width = usize::from(scale)) };
    let fraction = fraction.trim_end_matches('0').trim_end_matches('.');
    let text = format!("{sign}{whole}{fraction}");
    serde_json::from_str(&text).unwrap_or(serde_json::Value::String(text))
}

fn answer(found: AggregateLines) -> AggregateAnswer {
    let scales = found.scales;
    let view = |line: store::records::AggregateLine| AggregateView {
        keys: line.keys,
        count: line.count,
        values: line.values.into_iter().zip(&scales).map(|(n, scale)| number(n, *scale)).collect(),
    };
    AggregateAnswer { items: found.lines.into_iter().map(view).collect() }
}

/// Records counted and summed by groups
///
/// Over the records that the caller may list and whose every field in use they may read. At most 1000 groups.
#[utoipa::path(
    post, path = "/records/{object}/aggregate", tag = "records",
    params(("object" = String, Path, example = "contract")),
    request_body = AggregateRequest,
    responses((status = 200, description = "the groups", body = AggregateAnswer)),
    extensions(("x-whosaw-action" = json!("list")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn aggregate_records(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    Body(body): Body<AggregateRequest>,
) -> Outcome<Answer<AggregateAnswer>> {
    let grant = state.store.gate().admit(&who.caller, body.operation(object)?).await?;
    Ok(Answer::with(state.store.aggregate(grant).await?, answer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_they_are() {
        let said = |n, scale| number(Some(n), scale).to_string();
        assert_eq!(said(110_004, 2), "1100.04");
        assert_eq!(said(-50, 2), "-0.5");
        assert_eq!(said(1200, 2), "12");
        assert_eq!(said(0, 0), "0");
        assert_eq!(said(100, 0), "100");
        assert_eq!(number(None, 2), serde_json::Value::Null);
    }
}
