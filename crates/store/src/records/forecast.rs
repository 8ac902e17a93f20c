//! The weighted forecast 销售预测: amount times the stage's probability, by month, owner and stage.
//!
//! Rule: it sums what the caller may list and whose stage, amount and closing date they may read, and nothing else: a total
//! over more would tell what is hidden.

use std::collections::BTreeMap;

use access::engine::BoundFilter;
use access::path::{Disclosed, Grant, OnRecords, Operation, Refusal};
use model::{Action, FieldKind, FieldLevel, ObjectName, UserId};

use super::fetch::broken;
use crate::Store;
use crate::sql::Sql;

/// Most days that a forecast looks over.
pub const MOST_DAYS: i64 = 800;

/// Records with a pipeline that close from one day to another, both included; days from 1970-01-01.
pub struct Forecast {
    pub object: ObjectName,
    pub from: i64,
    pub to: i64,
}

impl Operation for Forecast {
    const ACTION: Action = Action::List;
}
impl OnRecords for Forecast {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "act": "forecast", "from": self.from, "to": self.to })
    }
}

/// What closes in a month, of one owner, in one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastLine {
    /// `YYYY-MM`.
    pub month: String,
    pub owner: Option<UserId>,
    pub stage: String,
    pub probability: u8,
    pub count: u64,
    /// Times 10^scale of the amount's field, as is `weighted`.
    pub amount: i64,
    pub weighted: i64,
}

/// The lines, and the decimal places of their amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastLines {
    pub scale: u8,
    pub lines: Vec<ForecastLine>,
}

impl Store {
    /// # Errors
    /// [`Refusal::NotFound`] without a pipeline; [`Refusal::Invalid`] for too long a time; recorded.
    pub async fn forecast(&self, grant: Grant<Forecast>) -> Result<Disclosed<ForecastLines>, Refusal> {
        match self.forecast_lines(&grant).await {
            Ok(lines) => grant.answer(lines).await,
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    async fn forecast_lines(&self, grant: &Grant<Forecast>) -> Result<ForecastLines, Refusal> {
        let (op, object) = (grant.operation(), grant.object_type()?.clone());
        // Answered like an object type that is not there: whoever lists may ask, also where nothing is shared with them.
        let none = || Refusal::NotFound;
        let pipeline = object.process().and_then(|p| p.pipeline.as_ref()).ok_or_else(none)?;
        if op.to < op.from || op.to - op.from > MOST_DAYS {
            let reason = format!("from a day to a later one, at most {MOST_DAYS} days");
            return Err(Refusal::invalid("to", "invalid_value", reason));
        }
        let mut filters: Vec<BoundFilter> = grant.filters().into_iter().cloned().collect();
        let mut columns = vec![];
        for name in [&pipeline.stage, &pipeline.amount, &pipeline.closes] {
            let def = object.field(name.as_str()).ok_or_else(none)?;
            filters.extend(grant.field_filters(name.as_str(), FieldLevel::ReadOnly));
            columns.push(def.slot.ok_or_else(none)?.column());
        }
        let [stage, amount, closes] = columns.as_slice() else { return Err(none()) };
        let mut sql = Sql::new(self.db.dialect(), "SELECT r.owner, ");
        sql.push(&format!(
            "r.{stage}, r.{closes}, COUNT(*), CAST(COALESCE(SUM(r.{amount}), 0) AS BIGINT) FROM record r WHERE r.object = "
        ));
        sql.bind(object.name.as_str()).push(&format!(" AND r.{closes} >= ")).bind(op.from);
        sql.push(&format!(" AND r.{closes} <= ")).bind(op.to);
        sql.push(&format!(" AND r.{stage} IS NOT NULL"));
        sql.and_filters(&filters, &object, grant.now());
        sql.push(&format!(" GROUP BY r.owner, r.{stage}, r.{closes}"));
        let mut sums: BTreeMap<(String, Option<UserId>, String), (u64, i64)> = BTreeMap::new();
        for row in self.read(sql.finish()).await? {
            let owner = row.opt_id(0).map_err(broken)?.map(UserId::from_bytes);
            let day = model::value::format_date(row.int(2).map_err(broken)?).unwrap_or_default();
            let month = day.get(..7).unwrap_or_default().to_owned();
            let sum = sums.entry((month, owner, row.text(1).map_err(broken)?.to_owned())).or_default();
            sum.0 = sum.0.saturating_add(u64::try_from(row.int(3).map_err(broken)?).unwrap_or(0));
            sum.1 = sum.1.saturating_add(row.int(4).map_err(broken)?);
        }
        let scale = match object.field(pipeline.amount.as_str()).map(|f| &f.kind) {
            Some(FieldKind::Money { scale } | FieldKind::Number { scale }) => *scale,
            _ => 0,
        };
        let lines = sums.into_iter().map(|((month, owner, stage), (count, amount))| {
            let probability = pipeline.stage(&stage).map_or(0, |s| s.probability);
            let weighted = i128::from(amount) * i128::from(probability) / 100;
            let weighted = i64::try_from(weighted).unwrap_or(i64::MAX);
            ForecastLine { month, owner, stage, probability, count, amount, weighted }
        });
        Ok(ForecastLines { scale, lines: lines.collect() })
    }
}
