//! Periods 期间: whole days, weeks and months of the company's calendar.
//!
//! Rule: a period is named by its first day and never by a moment, so that a clock change neither skips nor doubles one.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use model::UnixMs;
use serde::{Deserialize, Serialize};

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Day,
    /// Monday to Sunday.
    Week,
    Month,
}

impl Unit {
    pub const ALL: [Unit; 3] = [Unit::Day, Unit::Week, Unit::Month];
    pub const fn as_str(self) -> &'static str {
        match self {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
        }
    }
    fn span(self) -> Span {
        match self {
            Unit::Day => Span::new().days(1),
            Unit::Week => Span::new().weeks(1),
            Unit::Month => Span::new().months(1),
        }
    }
}

/// One period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    pub unit: Unit,
    #[serde(with = "day")]
    pub first: Date,
}

impl Period {
    /// The one that a day is of. `None` at the ends of the calendar.
    pub fn of(unit: Unit, day: Date) -> Option<Self> {
        let back = i64::from(day.weekday().since(Weekday::Monday));
        let first = match unit {
            Unit::Day => day,
            Unit::Week => day.checked_sub(Span::new().days(back)).ok()?,
            Unit::Month => day.first_of_month(),
        };
        Some(Self { unit, first })
    }
    /// The one that a day, written `YYYY-MM-DD`, is of.
    pub fn containing(unit: Unit, day: &str) -> Option<Self> {
        if day.len() != 10 {
            return None;
        }
        Self::of(unit, day.parse().ok()?)
    }
    /// The one that is going on.
    pub fn now(unit: Unit, now: UnixMs, zone: &TimeZone) -> Option<Self> {
        let there = zone.to_datetime(Timestamp::from_millisecond(now.0).ok()?);
        Self::of(unit, there.date())
    }
    /// The newest that is over.
    pub fn newest_over(unit: Unit, now: UnixMs, zone: &TimeZone) -> Option<Self> {
        Self::now(unit, now, zone)?.before()
    }
    pub fn before(self) -> Option<Self> {
        Some(Self { first: self.first.checked_sub(self.unit.span()).ok()?, ..self })
    }
    pub fn after(self) -> Option<Self> {
        Some(Self { first: self.first.checked_add(self.unit.span()).ok()?, ..self })
    }
    /// From its first moment to the first of the next.
    pub fn span(self, zone: &TimeZone) -> Option<(UnixMs, UnixMs)> {
        Some((start(self.first, zone)?, start(self.after()?.first, zone)?))
    }
    /// Its days, each with its first moment, and the end of the last.
    pub fn days(self, zone: &TimeZone) -> Option<(Vec<(Date, UnixMs)>, UnixMs)> {
        let end = self.after()?.first;
        let mut days = vec![];
        let mut day = self.first;
        while day < end {
            days.push((day, start(day, zone)?));
            day = day.tomorrow().ok()?;
        }
        Some((days, start(end, zone)?))
    }
    /// As people write it: `2026-11-23`, `2026-11-23 – 2026-11-29`, `2026-11`.
    pub fn label(self) -> String {
        match self.unit {
            Unit::Day => self.first.to_string(),
            Unit::Week => {
                let last = self.first.checked_add(Span::new().days(6)).unwrap_or(self.first);
                format!("{} – {last}", self.first)
            }
            Unit::Month => format!("{:04}-{:02}", self.first.year(), self.first.month()),
        }
    }
}

/// The first moment of a day: where a clock is put on over midnight, the first that there is.
fn start(day: Date, zone: &TimeZone) -> Option<UnixMs> {
    zone.to_timestamp(day.at(0, 0, 0, 0)).ok().map(|t| UnixMs(t.as_millisecond()))
}

/// A moment by the clock of a zone, as it is printed: `2026-11-26 08:00:00`. By UTC's, which it then says, where there is no such zone.
pub fn moment(at: UnixMs, zone: &str) -> String {
    let Ok(there) = TimeZone::get(zone) else { return at.to_rfc3339() };
    let Ok(moment) = Timestamp::from_millisecond(at.0) else { return at.to_rfc3339() };
    let there = there.to_datetime(moment);
    format!("{} {:02}:{:02}:{:02}", there.date(), there.hour(), there.minute(), there.second())
}

mod day {
    use jiff::civil::Date;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(day)
    }
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(|_| serde::de::Error::custom("a day is written YYYY-MM-DD"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> UnixMs {
        UnixMs::parse_rfc3339(text).unwrap()
    }
    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    #[test]
    fn the_newest_month_that_is_over_is_the_one_before_by_the_company_s_clock() {
        let shanghai = zone("Asia/Shanghai");
        let over = |text| Period::newest_over(Unit::Month, at(text), &shanghai).unwrap().label();
        assert_eq!(over("2026-12-01T00:00:00+08:00"), "2026-11");
        assert_eq!(over("2026-11-30T23:59:59+08:00"), "2026-10");
        let week = Period::newest_over(Unit::Week, at("2026-11-26T12:00:00+08:00"), &shanghai).unwrap();
        assert_eq!(week.label(), "2026-11-16 – 2026-11-22");
        assert_eq!(week.span(&shanghai).unwrap(), (at("2026-11-16T00:00:00+08:00"), at("2026-11-23T00:00:00+08:00")));
    }

    #[test]
    fn days_of_23_and_25_hours_are_days() {
        let berlin = zone("Europe/Berlin");
        let month = Period::of(Unit::Month, "2026-10-05".parse().unwrap()).unwrap();
        let (from, until) = month.span(&berlin).unwrap();
        assert_eq!(until.0 - from.0, (31 * 24 + 1) * 3_600_000);
        assert_eq!(month.days(&berlin).unwrap().0.len(), 31);
        // A clock that is put on at midnight: the day begins an hour later than usual.
        let havana = zone("America/Havana");
        let day = Period::of(Unit::Day, "2026-03-08".parse().unwrap()).unwrap();
        let (from, until) = day.span(&havana).unwrap();
        assert_eq!(until.0 - from.0, 23 * 3_600_000);
    }

    #[test]
    fn a_period_is_written_by_its_first_day() {
        let week = Period::of(Unit::Week, "2026-11-29".parse().unwrap()).unwrap();
        let text = serde_json::to_string(&week).unwrap();
        assert_eq!(text, r#"{"unit":"week","first":"2026-11-23"}"#);
        assert_eq!(serde_json::from_str::<Period>(&text).unwrap(), week);
        assert!(serde_json::from_str::<Period>(r#"{"unit":"week","first":"2026-13-01"}"#).is_err());
    }

    proptest! {
        // Whatever the zone and the moment: periods follow each other without a gap, and the one that is over is over.
        #[test]
        fn no_moment_is_skipped_or_counted_twice(ms in 1_400_000_000_000_i64..1_900_000_000_000, n in 0_usize..5, u in 0_usize..3) {
            let names = ["Asia/Shanghai", "Europe/Berlin", "America/Havana", "Asia/Kathmandu", "Australia/Lord_Howe"];
            let (zone, unit) = (zone(names[n]), Unit::ALL[u]);
            let going = Period::now(unit, UnixMs(ms), &zone).unwrap();
            let (from, until) = going.span(&zone).unwrap();
            prop_assert!(from.0 <= ms && ms < until.0);
            let before = Period::newest_over(unit, UnixMs(ms), &zone).unwrap();
            prop_assert_eq!(before.span(&zone).unwrap().1, from);
            prop_assert_eq!(before.after().unwrap(), going);
            let (days, end) = going.days(&zone).unwrap();
            prop_assert_eq!((days.first().unwrap().1, end), (from, until));
            prop_assert!(days.windows(2).all(|d| d[0].1 < d[1].1));
        }
    }
}
