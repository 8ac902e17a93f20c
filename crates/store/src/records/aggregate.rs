//! Aggregates 汇总: records counted and summed by groups.
//!
//! Rule: they are worked out over the records that the caller may list and whose every field in use (grouped by, summed,
//! filtered by) they may read, and over no other: the same predicate as a list. So no group, however small, tells of a
//! record that a list with those columns would not show them.
//!
//! Rule: what the answer tells of one record is a disclosure of it. A group of a single record shows that record's values, and a
//! group by a reference those about the record it leads to; the event touches each of them, with the fields in use.
//!
//! Grouping by months, quarters and years is by the company's days: the database gives days (of a time: quarters of an hour, in
//! which every zone's midnight falls), and they are put together here.

use std::collections::{BTreeMap, BTreeSet};

use access::path::{Disclosed, Grant, OnRecords, Operation, Refusal};
use model::aggregate::{Group, MOST_GROUPED, MOST_MEASURES, Step, Work, Worked};
use model::object::ColumnKind;
use model::{Action, FieldKind, FieldLevel, FieldName, ObjectName, ObjectType, RecordId, UnixMs, UserId};
use serde_json::json;

use super::fetch::broken;
use super::list::{ListRecords, detail, known_field, narrow, prepare, refused_detail};
use crate::sql::Sql;
use crate::{Dialect, Row, Store};

/// Most groups of an answer.
pub const MOST_GROUPS: usize = 1000;
/// Most rows that the database may give for them: days before they are put together.
const MOST_ROWS: i64 = 50_000;
/// A quarter of an hour.
const QUARTER_MS: i64 = 900_000;
/// Sums are taken in two parts, so that neither database runs over: millions, and what is left of them.
const PART: i64 = 1_000_000;

/// What to group which records by, and what to work out of them. They are always counted.
pub struct Aggregate {
    /// Its filter and customer; not its pages, order, fields or search.
    pub question: ListRecords,
    pub by: Vec<Group>,
    pub values: Vec<Worked>,
}

impl Operation for Aggregate {
    const ACTION: Action = Action::List;
}
impl OnRecords for Aggregate {
    fn object(&self) -> &ObjectName {
        &self.question.object
    }
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "aggregate", "by": self.by, "values": self.values, "question": detail(&self.question) })
    }
    fn refused_detail(&self) -> serde_json::Value {
        json!({ "act": "aggregate", "by": self.by, "values": self.values, "question": refused_detail(&self.question) })
    }
}

/// A group's name in one of the fields it is grouped by; of a choice the option, of a date its step, of a reference the id.
pub type Key = Option<String>;

/// One group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AggregateLine {
    /// One for each field grouped by; `None` where records have no value.
    pub keys: Vec<Key>,
    pub count: u64,
    /// One for each value asked for, times 10^scale; `None` where no record of the group has one.
    pub values: Vec<Option<i128>>,
}

/// The groups by their keys, and the decimal places of each value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AggregateLines {
    pub scales: Vec<u8>,
    pub lines: Vec<AggregateLine>,
}

/// A record and whose data it is.
type Touched = (RecordId, RecordId);

/// Columns before those of the groups: how many, one of them, whose data it is.
const FIRST_KEY: usize = 3;

/// How a group is asked of the database, and how its name is made of what comes.
enum Form {
    Owner,
    Department,
    Text,
    /// A column that also holds the parts: its line is what people read.
    Address,
    Reference,
    Bool,
    Day(Step),
    Time(Step),
}

/// What has come together of one value.
#[derive(Clone, Copy, Default)]
struct Gathered {
    count: i128,
    sum: i128,
    least: Option<i64>,
    greatest: Option<i64>,
}

impl Gathered {
    fn add(&mut self, count: i64, sum: i128, least: Option<i64>, greatest: Option<i64>) {
        self.count += i128::from(count);
        self.sum = self.sum.saturating_add(sum);
        self.least = [self.least, least].into_iter().flatten().min();
        self.greatest = [self.greatest, greatest].into_iter().flatten().max();
    }
    fn answer(self, work: Work) -> Option<i128> {
        if self.count == 0 {
            return None;
        }
        match work {
            Work::Sum => Some(self.sum),
            Work::Min => self.least.map(i128::from),
            Work::Max => self.greatest.map(i128::from),
            // Half away from zero.
            Work::Avg => Some((self.sum * 2 + self.sum.signum() * self.count) / (self.count * 2)),
        }
    }
}

impl Store {
    /// # Errors
    /// [`Refusal::Invalid`] with `unknown_field`, `not_filterable`, `not_grouped`, `not_summed`, `too_many_groups`; recorded.
    pub async fn aggregate(&self, grant: Grant<Aggregate>) -> Result<Disclosed<AggregateLines>, Refusal> {
        match self.aggregate_lines(&grant).await {
            Ok((lines, touched)) => {
                let op = grant.operation();
                let object = grant.object_type().ok();
                let own = |name: &str| object.and_then(|o| o.field(name)).map(|f| f.name.clone());
                let fields = op.by.iter().filter_map(|g| own(&g.field));
                let mut shown: Vec<FieldName> = fields.chain(op.values.iter().map(|v| v.field.clone())).collect();
                shown.sort();
                shown.dedup();
                grant.answer_touching(touched, shown, lines).await
            }
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    async fn aggregate_lines(&self, grant: &Grant<Aggregate>) -> Result<(AggregateLines, Vec<Touched>), Refusal> {
        let op = grant.operation();
        let mut p = prepare(grant, &op.question)?;
        let object = p.object.clone();
        if op.by.len() > MOST_GROUPED || op.values.len() > MOST_MEASURES {
            let reason = format!("at most {MOST_GROUPED} fields to group by and {MOST_MEASURES} values");
            return Err(Refusal::invalid("by", "invalid_value", reason));
        }
        // No database has the least of some bytes; of one record it is that record.
        let ids = match self.db.dialect() {
            Dialect::Sqlite => "SELECT COUNT(*), MIN(hex(r.id)), MIN(hex(r.customer))",
            Dialect::Postgres => "SELECT COUNT(*), MIN(encode(r.id, 'hex')), MIN(encode(r.customer, 'hex'))",
        };
        let mut sql = Sql::new(self.db.dialect(), ids);
        let mut forms = vec![];
        let mut columns = vec![];
        for group in &op.by {
            let (form, column) = group_of(grant, &object, group)?;
            if object.field(&group.field).is_some() {
                p.filters.extend(grant.field_filters(&group.field, FieldLevel::ReadOnly));
            }
            sql.push(&format!(", {column}"));
            forms.push(form);
            columns.push(column);
        }
        let mut scales = vec![];
        for value in &op.values {
            let (column, scale) = number_of(grant, &object, value)?;
            p.filters.extend(grant.field_filters(value.field.as_str(), FieldLevel::ReadOnly));
            sql.push(&format!(
                ", COUNT({column}), CAST(SUM({column} / {PART}) AS BIGINT), CAST(SUM({column} % {PART}) AS BIGINT), \
                 MIN({column}), MAX({column})"
            ));
            scales.push(scale);
        }
        sql.push(" FROM record r WHERE r.object = ").bind(object.name.as_str());
        narrow(&mut sql, &p, &op.question, grant.now());
        if !columns.is_empty() {
            sql.push(&format!(" GROUP BY {}", columns.join(", ")));
        }
        sql.push(" LIMIT ").bind(MOST_ROWS + 1);
        let rows = self.read(sql.finish()).await?;
        if rows.len() > usize::try_from(MOST_ROWS).unwrap_or(usize::MAX) {
            return Err(too_many());
        }
        let mut groups: BTreeMap<Vec<Key>, (u64, Vec<Gathered>, Touched)> = BTreeMap::new();
        for row in &rows {
            let count = u64::try_from(row.int(0).map_err(broken)?).unwrap_or(0);
            // Without groups there is always a row, also of nothing.
            if count == 0 {
                continue;
            }
            let keys = self.keys(&forms, row)?;
            let first = (id_of(row, 1)?, id_of(row, 2)?);
            let group = groups.entry(keys).or_insert_with(|| (0, vec![Gathered::default(); op.values.len()], first));
            group.0 += count;
            for (n, gathered) in group.1.iter_mut().enumerate() {
                let at = FIRST_KEY + forms.len() + n * 5;
                let int = |k: usize| row.opt_int(at + k).map_err(broken);
                let sum = i128::from(int(1)?.unwrap_or(0)) * i128::from(PART) + i128::from(int(2)?.unwrap_or(0));
                gathered.add(int(0)?.unwrap_or(0), sum, int(3)?, int(4)?);
            }
        }
        if groups.len() > MOST_GROUPS {
            return Err(too_many());
        }
        let mut touched = BTreeSet::new();
        let leads = |n: usize| matches!(forms.get(n), Some(Form::Reference));
        for (keys, (count, _, first)) in &groups {
            touched.extend((*count == 1).then_some(*first));
            let led =
                keys.iter().enumerate().filter(|(n, _)| leads(*n)).filter_map(|(_, key)| key.as_ref()?.parse().ok());
            touched.extend(led.map(|record| (record, first.1)));
        }
        let lines = groups.into_iter().map(|(keys, (count, gathered, _))| {
            let values = gathered.into_iter().zip(&op.values).map(|(g, v)| g.answer(v.work)).collect();
            AggregateLine { keys, count, values }
        });
        Ok((AggregateLines { scales, lines: lines.collect() }, touched.into_iter().collect()))
    }

    /// The group's name, from the row's columns after its count.
    fn keys(&self, forms: &[Form], row: &Row) -> Result<Vec<Key>, Refusal> {
        let calendar = &self.gate.settings().calendar;
        let mut keys = vec![];
        for (n, form) in forms.iter().enumerate() {
            let at = FIRST_KEY + n;
            keys.push(match form {
                Form::Owner => row.opt_id(at).map_err(broken)?.map(|id| UserId::from_bytes(id).to_string()),
                Form::Department => {
                    row.opt_id(at).map_err(broken)?.map(|id| model::DepartmentId::from_bytes(id).to_string())
                }
                Form::Text | Form::Reference => row.opt_text(at).map_err(broken)?.map(str::to_owned),
                Form::Address => row.opt_text(at).map_err(broken)?.map(|text| {
                    let value = model::Value::from_column(text, &FieldKind::Address);
                    value.map(|v| v.to_text(&FieldKind::Address)).unwrap_or_default()
                }),
                Form::Bool => row.opt_int(at).map_err(broken)?.map(|b| (b != 0).to_string()),
                Form::Day(step) => row.opt_int(at).map_err(broken)?.and_then(|day| named(*step, day)),
                Form::Time(step) => row.opt_int(at).map_err(broken)?.and_then(|ms| {
                    let (_, day) = calendar.day(UnixMs(ms));
                    named(*step, day)
                }),
            });
        }
        Ok(keys)
    }
}

fn id_of(row: &Row, at: usize) -> Result<RecordId, Refusal> {
    let text = row.text(at).map_err(broken)?;
    let mut bytes = [0; 16];
    hex::decode_to_slice(text, &mut bytes).map_err(|_| Refusal::Damaged)?;
    Ok(RecordId::from_bytes(bytes))
}

fn named(step: Step, day: i64) -> Key {
    model::value::format_date(day).map(|day| step.of(&day))
}

fn too_many() -> Refusal {
    let reason = format!("more than {MOST_GROUPS} groups: group by something coarser, or filter");
    Refusal::invalid("by", "too_many_groups", reason)
}

/// How to group by this, and the column.
fn group_of(grant: &Grant<Aggregate>, object: &ObjectType, group: &Group) -> Result<(Form, String), Refusal> {
    let shown: String = group.field.chars().take(64).collect();
    let not = |reason: &str| Refusal::invalid(&shown, "not_grouped", reason);
    let step = group.step.unwrap_or(Step::Month);
    // Floored, also before 1970.
    let time = |column: &str| format!("{column} - (({column} % {QUARTER_MS}) + {QUARTER_MS}) % {QUARTER_MS}");
    let plain = || if group.step.is_some() { Err(not("only dates and times have steps")) } else { Ok(()) };
    match group.field.as_str() {
        "owner" => return plain().map(|()| (Form::Owner, "r.owner".to_owned())),
        "department" => return plain().map(|()| (Form::Department, "r.department".to_owned())),
        "created_at" | "updated_at" => return Ok((Form::Time(step), time(&format!("r.{}", group.field)))),
        _ => {}
    }
    let def = known_field(grant, object, &group.field, FieldLevel::ReadOnly)?;
    let slot = def.slot.ok_or_else(|| not("records are grouped by clear fields"))?;
    let column = format!("r.{}", slot.column());
    match (&def.kind, slot.kind) {
        (FieldKind::Date, _) => Ok((Form::Day(step), column)),
        (FieldKind::DateTime, _) => Ok((Form::Time(step), time(&column))),
        (FieldKind::Bool, _) => plain().map(|()| (Form::Bool, column)),
        (FieldKind::Reference { .. }, _) => plain().map(|()| (Form::Reference, column)),
        (kind, _) if !kind.is_single() => Err(not("records are grouped by fields of one value")),
        (FieldKind::Address, _) => plain().map(|()| (Form::Address, column)),
        (_, ColumnKind::Text) => plain().map(|()| (Form::Text, column)),
        _ => Err(not("records are not grouped by numbers")),
    }
}

/// The column of a clear number, and its decimal places.
fn number_of(grant: &Grant<Aggregate>, object: &ObjectType, value: &Worked) -> Result<(String, u8), Refusal> {
    let def = known_field(grant, object, value.field.as_str(), FieldLevel::ReadOnly)?;
    match (&def.kind, def.slot) {
        (FieldKind::Number { scale } | FieldKind::Money { scale }, Some(slot)) => {
            Ok((format!("r.{}", slot.column()), *scale))
        }
        _ => Err(Refusal::invalid(value.field.as_str(), "not_summed", "clear numbers and amounts are worked with")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_average_is_rounded_half_away_from_zero() {
        let of = |sum: i128, count: i128| Gathered { count, sum, ..Gathered::default() }.answer(Work::Avg);
        assert_eq!([of(5, 2), of(-5, 2), of(4, 3), of(0, 3), of(0, 0)], [Some(3), Some(-3), Some(1), Some(0), None]);
    }
}
