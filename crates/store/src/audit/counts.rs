//! How many events: by day, hour, hour of the week, user, department or operation.

use std::collections::BTreeMap;

use access::engine::CalendarSpec;
use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use model::{Action, DepartmentId, RecordId, UserId};
use serde::{Deserialize, Serialize};

use super::line::name;
use super::{EventFilter, Span, settle};
use crate::Store;
use crate::records::broken;
use crate::sql::Sql;

/// Every time zone in use today keeps to quarters of an hour, so quarters can be summed to anyone's days.
pub(super) const QUARTER_MS: i64 = 900_000;

/// By what events are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountBy {
    /// `2026-11-23`.
    Day,
    /// Hour of the day, `00` to `23`.
    Hour,
    /// Day of the week and hour of the day, Monday first: `1-00` to `7-23`.
    WeekHour,
    User,
    Department,
    Operation,
}

/// Whose days and hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// The company's time zone.
    #[default]
    Company,
    Utc,
}

/// Count events that pass a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountEvents {
    pub by: CountBy,
    #[serde(default)]
    pub zone: Zone,
    #[serde(default)]
    pub filter: EventFilter,
    #[serde(default)]
    pub span: Span,
}

impl Operation for CountEvents {
    const ACTION: Action = Action::AuditRead;
}
impl OnSystem for CountEvents {
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "question": "counts", "asked": self })
    }
}

/// One count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountRow {
    /// A day, an hour, an hour of the week, an id or an operation; empty for events without a department.
    pub key: String,
    /// The key in words: the name of a user or department, else the key.
    pub label: String,
    pub events: i64,
    /// Records touched by them, each as often as it was touched.
    pub touches: i64,
}

/// The answer to [`CountEvents`]: days and hours in their order, the rest by count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub by: CountBy,
    /// The time zone of days and hours: `UTC`, `Asia/Shanghai`.
    pub zone: String,
    pub rows: Vec<CountRow>,
    pub events: i64,
    pub touches: i64,
}

impl Store {
    /// Answers [`CountEvents`].
    ///
    /// # Errors
    /// As [`Store::who_saw`].
    pub async fn count_events(&self, grant: Grant<CountEvents>) -> Result<Disclosed<Counts>, Refusal> {
        let answer = self.counts_of(&grant).await;
        settle(grant, answer).await
    }

    async fn counts_of(&self, grant: &Grant<CountEvents>) -> Result<(Vec<RecordId>, Counts), Refusal> {
        self.ready_to_ask().await?;
        let op = grant.operation();
        op.filter.check()?;
        let key = match op.by {
            CountBy::Day | CountBy::Hour | CountBy::WeekHour => format!("e.at / {QUARTER_MS}"),
            CountBy::User => "e.actor".into(),
            CountBy::Department => "e.department".into(),
            CountBy::Operation => "e.action".into(),
        };
        // The cast keeps PostgreSQL from answering with a decimal.
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(&key).push(", COUNT(*), CAST(SUM(e.touches) AS BIGINT) FROM event e WHERE TRUE");
        op.filter.push(&mut sql);
        if op.filter.foreign.is_none() && op.filter.sources.is_empty() {
            // What another system says happened there is counted where it is asked for, and never among what happened here.
            sql.push(" AND e.action <> ").bind(i64::from(Action::Foreign.code()));
        }
        op.span.push(&mut sql);
        sql.push(" GROUP BY ").push(&key);
        let found = self.read(sql.finish()).await?;

        let (zone, zone_name) = match op.zone {
            Zone::Utc => (TimeZone::UTC, "UTC".to_owned()),
            Zone::Company => {
                let name = CalendarSpec::from(self.gate().settings().calendar.clone()).time_zone;
                // A calendar's zone was looked up when it was made.
                (TimeZone::get(&name).unwrap_or(TimeZone::UTC), name)
            }
        };
        let directory = grant.engine().directory();
        let mut rows: BTreeMap<String, CountRow> = BTreeMap::new();
        for row in &found {
            let read = || {
                let (key, label) = match op.by {
                    CountBy::Day | CountBy::Hour | CountBy::WeekHour => {
                        let key = local(row.int(0)?, op.by, &zone);
                        (key.clone(), key)
                    }
                    CountBy::User => {
                        let id: UserId = row.user(0)?;
                        (id.to_string(), name(directory, id))
                    }
                    CountBy::Department => match row.opt_id(0)?.map(DepartmentId::from_bytes) {
                        None => (String::new(), String::new()),
                        Some(id) => {
                            let label =
                                directory.departments.get(&id).map_or_else(|| id.to_string(), |d| d.name.clone());
                            (id.to_string(), label)
                        }
                    },
                    CountBy::Operation => {
                        let code = row.int(0)?;
                        let known = u16::try_from(code).ok().and_then(Action::from_code);
                        let key = known.map_or_else(|| code.to_string(), |a| a.as_str().to_owned());
                        (key.clone(), key)
                    }
                };
                Ok(CountRow { key, label, events: row.int(1)?, touches: row.int(2)? })
            };
            let row = read().map_err(broken)?;
            let sum = rows.entry(row.key.clone()).or_insert_with(|| CountRow { events: 0, touches: 0, ..row.clone() });
            sum.events += row.events;
            sum.touches += row.touches;
        }
        let mut rows: Vec<CountRow> = rows.into_values().collect();
        if !matches!(op.by, CountBy::Day | CountBy::Hour | CountBy::WeekHour) {
            rows.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.key.cmp(&b.key)));
        }
        let events = rows.iter().map(|r| r.events).sum();
        let touches = rows.iter().map(|r| r.touches).sum();
        Ok((vec![], Counts { by: op.by, zone: zone_name, rows, events, touches }))
    }
}

/// The day of the company's calendar that a quarter of an hour belongs to.
pub(super) fn days_of(store: &Store) -> impl Fn(i64) -> String {
    let name = CalendarSpec::from(store.gate().settings().calendar.clone()).time_zone;
    let zone = TimeZone::get(&name).unwrap_or(TimeZone::UTC);
    move |quarter| local(quarter, CountBy::Day, &zone)
}

/// The day, hour or hour of the week that a quarter of an hour (counted from 1970 in UTC) belongs to.
fn local(quarter: i64, by: CountBy, zone: &TimeZone) -> String {
    let Ok(moment) = Timestamp::from_millisecond(quarter.saturating_mul(QUARTER_MS)) else {
        return quarter.to_string();
    };
    let there = zone.to_datetime(moment);
    match by {
        CountBy::Hour => format!("{:02}", there.hour()),
        CountBy::WeekHour => format!("{}-{:02}", there.weekday().to_monday_one_offset(), there.hour()),
        _ => there.date().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_falls_on_the_day_people_had_then() {
        let quarter = |text: &str| model::UnixMs::parse_rfc3339(text).unwrap().0 / QUARTER_MS;
        let shanghai = TimeZone::get("Asia/Shanghai").unwrap();
        let late = quarter("2026-11-23T23:50:00+08:00");
        assert_eq!(local(late, CountBy::Day, &shanghai), "2026-11-23");
        assert_eq!(local(late, CountBy::Hour, &shanghai), "23");
        assert_eq!(local(late, CountBy::Hour, &TimeZone::UTC), "15");
        // A Monday.
        assert_eq!(local(late, CountBy::WeekHour, &shanghai), "1-23");
        assert_eq!(local(quarter("2026-11-22T23:00:00+08:00"), CountBy::WeekHour, &shanghai), "7-23");
        // Past midnight there, still the day before in UTC; and a zone off by three quarters of an hour.
        assert_eq!(local(quarter("2026-11-24T00:10:00+08:00"), CountBy::Day, &TimeZone::UTC), "2026-11-23");
        let nepal = TimeZone::get("Asia/Kathmandu").unwrap();
        assert_eq!(local(quarter("2026-11-24T00:00:00+05:45"), CountBy::Day, &nepal), "2026-11-24");
        assert_eq!(local(quarter("2026-11-23T23:59:00+05:45"), CountBy::Day, &nepal), "2026-11-23");
    }
}
