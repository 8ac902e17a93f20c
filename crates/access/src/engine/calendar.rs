//! The working calendar: when the office is open, in the company's own time zone.
//!
//! Rule: a day on the list of working days is open whatever the weekday and whatever the holidays say (调休), at the hours
//! of that weekday, or Monday's where the weekday has none.
//!
//! ```
//! use access::engine::Calendar;
//! use model::UnixMs;
//! let monday_ten = UnixMs::parse_rfc3339("2026-11-23T10:00:00+08:00").unwrap();
//! assert!(Calendar::default().is_open(monday_ten));
//! assert!(!Calendar::default().is_open(monday_ten.plus_days(5)));
//! ```

use std::collections::BTreeSet;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use model::UnixMs;
use serde::{Deserialize, Serialize};

/// One span of working hours, `HH:MM` to `HH:MM`, the end not included; `24:00` is the day's end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    pub from: String,
    pub to: String,
}

/// A calendar as people write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarSpec {
    /// IANA name: `Asia/Shanghai`.
    pub time_zone: String,
    /// Hours of Monday to Sunday, seven entries.
    pub week: Vec<Vec<Hours>>,
    /// `YYYY-MM-DD`.
    #[serde(default)]
    pub holidays: BTreeSet<String>,
    /// Days worked although the weekday or a holiday says otherwise.
    #[serde(default)]
    pub working_days: BTreeSet<String>,
}

/// Why a calendar cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadCalendar {
    #[error("`{0}` is not a time zone")]
    TimeZone(String),
    #[error("a week has 7 days, not {0}")]
    Week(usize),
    #[error("`{0}` is not a time of day as HH:MM")]
    Time(String),
    #[error("working hours end at `{to}`, before they begin at `{from}`")]
    Order { from: String, to: String },
    #[error("`{0}` is not a date as YYYY-MM-DD")]
    Date(String),
    #[error("a day worked at a weekday without hours needs hours on Monday")]
    NoHours,
}

/// Minutes from midnight, the end not included.
type Span = (i32, i32);

/// A checked calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "CalendarSpec", into = "CalendarSpec")]
pub struct Calendar {
    spec: CalendarSpec,
    zone: TimeZone,
    week: [Vec<Span>; 7],
    holidays: BTreeSet<Date>,
    working_days: BTreeSet<Date>,
}

impl Default for Calendar {
    /// Monday to Friday, 9:00 to 18:00, China standard time, without holidays.
    fn default() -> Self {
        let nine_to_six = vec![(9 * 60, 18 * 60)];
        let hours = vec![Hours { from: "09:00".to_owned(), to: "18:00".to_owned() }];
        let mut week: [Vec<Span>; 7] = Default::default();
        week.iter_mut().take(5).for_each(|d| d.clone_from(&nine_to_six));
        let days = (0..7).map(|d| if d < 5 { hours.clone() } else { vec![] }).collect();
        Calendar {
            spec: CalendarSpec {
                time_zone: "Asia/Shanghai".to_owned(),
                week: days,
                holidays: BTreeSet::new(),
                working_days: BTreeSet::new(),
            },
            zone: TimeZone::get("Asia/Shanghai").unwrap_or_else(|_| TimeZone::fixed(jiff::tz::offset(8))),
            week,
            holidays: BTreeSet::new(),
            working_days: BTreeSet::new(),
        }
    }
}

fn minutes(text: &str) -> Result<i32, BadCalendar> {
    let bad = || BadCalendar::Time(text.chars().take(20).collect());
    if text == "24:00" {
        return Ok(24 * 60);
    }
    if text.len() != 5 {
        return Err(bad());
    }
    let t: Time = text.parse().map_err(|_| bad())?;
    Ok(i32::from(t.hour()) * 60 + i32::from(t.minute()))
}

fn dates(texts: &BTreeSet<String>) -> Result<BTreeSet<Date>, BadCalendar> {
    let read = |t: &String| match t.parse::<Date>() {
        Ok(d) if t.len() == 10 => Ok(d),
        _ => Err(BadCalendar::Date(t.chars().take(20).collect())),
    };
    texts.iter().map(read).collect()
}

impl TryFrom<CalendarSpec> for Calendar {
    type Error = BadCalendar;
    fn try_from(spec: CalendarSpec) -> Result<Self, BadCalendar> {
        let zone = TimeZone::get(&spec.time_zone)
            .map_err(|_| BadCalendar::TimeZone(spec.time_zone.chars().take(64).collect()))?;
        let mut week: [Vec<Span>; 7] = Default::default();
        if spec.week.len() != week.len() {
            return Err(BadCalendar::Week(spec.week.len()));
        }
        for (day, hours) in week.iter_mut().zip(&spec.week) {
            for h in hours {
                let (from, to) = (minutes(&h.from)?, minutes(&h.to)?);
                if from >= to {
                    return Err(BadCalendar::Order { from: h.from.clone(), to: h.to.clone() });
                }
                day.push((from, to));
            }
        }
        let (holidays, working_days) = (dates(&spec.holidays)?, dates(&spec.working_days)?);
        let without = |d: &Date| day_of(&week, *d).is_none_or(|hours| hours.is_empty());
        if working_days.iter().any(without) && week.first().is_none_or(Vec::is_empty) {
            return Err(BadCalendar::NoHours);
        }
        Ok(Calendar { spec, zone, week, holidays, working_days })
    }
}

fn day_of(week: &[Vec<Span>; 7], date: Date) -> Option<&Vec<Span>> {
    usize::try_from(date.weekday().to_monday_zero_offset()).ok().and_then(|d| week.get(d))
}

impl From<Calendar> for CalendarSpec {
    fn from(calendar: Calendar) -> Self {
        calendar.spec
    }
}

impl Calendar {
    /// As people write it.
    pub fn spec(&self) -> &CalendarSpec {
        &self.spec
    }

    /// When the company's day of this moment began, and that day as days from 1970-01-01. What no calendar can name is day 0.
    pub fn day(&self, at: UnixMs) -> (UnixMs, i64) {
        let day = jiff::Timestamp::from_millisecond(at.0).ok().and_then(|moment| {
            let date = self.zone.to_datetime(moment).date();
            let began = self.zone.to_timestamp(date.at(0, 0, 0, 0)).ok()?.as_millisecond();
            Some((UnixMs(began), i64::from(jiff::civil::date(1970, 1, 1).until(date).ok()?.get_days())))
        });
        day.unwrap_or((UnixMs(0), 0))
    }

    /// The same moment of the day, so many working days later; days, where the calendar has no working day.
    pub fn working_days_after(&self, at: UnixMs, days: u32) -> UnixMs {
        let mut left = days;
        let mut end = at;
        // No calendar rests for longer than a year.
        for _ in 0..days.saturating_mul(8).saturating_add(366) {
            if left == 0 {
                return end;
            }
            end = end.plus_days(1);
            left = left.saturating_sub(u32::from(self.is_workday(end)));
        }
        at.plus_days(i64::from(days))
    }

    /// The same day and hour so many months later, or the last day of a shorter month.
    pub fn months_after(&self, at: UnixMs, months: i64) -> UnixMs {
        let later = jiff::Timestamp::from_millisecond(at.0).ok().and_then(|moment| {
            let then = self.zone.to_datetime(moment).checked_add(jiff::Span::new().try_months(months).ok()?).ok()?;
            Some(self.zone.to_timestamp(then).ok()?.as_millisecond())
        });
        UnixMs(later.unwrap_or(at.0))
    }

    /// Whether the company's day of this moment has working hours. A moment no calendar can name has none.
    pub fn is_workday(&self, at: UnixMs) -> bool {
        let Ok(moment) = jiff::Timestamp::from_millisecond(at.0) else { return false };
        let date = self.zone.to_datetime(moment).date();
        let worked = self.working_days.contains(&date);
        worked || (!self.holidays.contains(&date) && day_of(&self.week, date).is_some_and(|hours| !hours.is_empty()))
    }

    /// Whether the office is open at this moment. A moment no calendar can name is outside working hours.
    pub fn is_open(&self, at: UnixMs) -> bool {
        let Ok(moment) = jiff::Timestamp::from_millisecond(at.0) else { return false };
        let local = self.zone.to_datetime(moment);
        let worked = self.working_days.contains(&local.date());
        if self.holidays.contains(&local.date()) && !worked {
            return false;
        }
        let mut hours = day_of(&self.week, local.date());
        if worked && hours.is_none_or(Vec::is_empty) {
            hours = self.week.first();
        }
        let minute = i32::from(local.hour()) * 60 + i32::from(local.minute());
        hours.is_some_and(|h| h.iter().any(|(from, to)| (*from..*to).contains(&minute)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> UnixMs {
        UnixMs::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn a_day_begins_at_midnight_of_the_company_s_own_zone() {
        let calendar = Calendar::default();
        let (began, day) = calendar.day(at("2026-11-23T07:30:00+08:00"));
        assert_eq!(began, at("2026-11-23T00:00:00+08:00"));
        assert_eq!(model::value::format_date(day).as_deref(), Some("2026-11-23"));
    }

    #[test]
    fn the_office_opens_and_closes_to_the_minute_in_its_own_zone() {
        let c = Calendar::default();
        assert!(!c.is_open(at("2026-11-23T08:59:59.999+08:00")));
        assert!(c.is_open(at("2026-11-23T01:00:00Z")));
        assert!(c.is_open(at("2026-11-23T17:59:59.999+08:00")));
        assert!(!c.is_open(at("2026-11-23T18:00:00+08:00")));
        assert!(!c.is_open(UnixMs(i64::MAX)));
    }

    #[test]
    fn working_days_pass_over_weekends_and_holidays_and_end_without_any() {
        let spec = CalendarSpec { holidays: ["2026-11-30".to_owned()].into(), ..Calendar::default().spec().clone() };
        let calendar = Calendar::try_from(spec).unwrap();
        // A Friday; the Monday after it is a holiday.
        let friday = at("2026-11-27T15:00:00+08:00");
        assert_eq!(calendar.working_days_after(friday, 1), at("2026-12-01T15:00:00+08:00"));
        assert_eq!(calendar.working_days_after(friday, 0), friday);
        assert_eq!(calendar.working_days_after(friday, 14), at("2026-12-18T15:00:00+08:00"));
        let never = CalendarSpec { week: vec![vec![]; 7], ..Calendar::default().spec().clone() };
        let never = Calendar::try_from(never).unwrap();
        assert_eq!(never.working_days_after(friday, 3), friday.plus_days(3));
    }

    #[test]
    fn a_holiday_is_closed_and_the_saturday_worked_for_it_is_open() {
        let mut spec = Calendar::default().spec().clone();
        spec.holidays.insert("2026-10-01".into());
        spec.working_days.insert("2026-10-10".into());
        let c = Calendar::try_from(spec).unwrap();
        assert!(!c.is_open(at("2026-10-01T10:00:00+08:00")));
        assert!(c.is_open(at("2026-10-10T10:00:00+08:00")));
        assert!(!c.is_open(at("2026-10-11T10:00:00+08:00")));
        assert!(!c.is_workday(at("2026-10-01T10:00:00+08:00")));
        assert!(c.is_workday(at("2026-10-10T23:00:00+08:00")));
        assert!(!c.is_workday(at("2026-10-11T10:00:00+08:00")));
    }

    #[test]
    fn summer_time_moves_the_hours_with_the_clock_on_the_wall() {
        let mut spec = Calendar::default().spec().clone();
        spec.time_zone = "Europe/Berlin".into();
        let c = Calendar::try_from(spec).unwrap();
        assert!(c.is_open(at("2026-07-01T07:00:00Z")));
        assert!(!c.is_open(at("2026-12-01T07:00:00Z")));
    }

    #[test]
    fn a_calendar_that_cannot_be_meant_is_refused() {
        let with = |change: fn(&mut CalendarSpec)| {
            let mut spec = Calendar::default().spec().clone();
            change(&mut spec);
            Calendar::try_from(spec).unwrap_err()
        };
        assert!(matches!(with(|s| s.time_zone = "Middle/Earth".into()), BadCalendar::TimeZone(_)));
        assert!(matches!(with(|s| s.week.truncate(5)), BadCalendar::Week(5)));
        assert!(matches!(with(|s| s.week[0][0].to = "08:00".into()), BadCalendar::Order { .. }));
        assert!(matches!(with(|s| s.week[0][0].to = "9".into()), BadCalendar::Time(_)));
        assert!(matches!(with(|s| s.holidays = ["1 May".to_owned()].into()), BadCalendar::Date(_)));
        let json = serde_json::to_string(&Calendar::default()).unwrap();
        assert_eq!(serde_json::from_str::<Calendar>(&json).unwrap(), Calendar::default());
        assert!(serde_json::from_str::<Calendar>(&json.replace("09:00", "25:00")).is_err());
    }
}
