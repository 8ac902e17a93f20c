//! How often: cycles of the company's calendar.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span as Length, Timestamp};
use model::UnixMs;
use serde::{Deserialize, Serialize};

/// How often something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cycle {
    Day,
    /// From Monday on.
    Week,
    Month,
    Quarter,
    Year,
}

impl Cycle {
    pub const ALL: [Cycle; 5] = [Cycle::Day, Cycle::Week, Cycle::Month, Cycle::Quarter, Cycle::Year];

    pub const fn as_str(self) -> &'static str {
        match self {
            Cycle::Day => "day",
            Cycle::Week => "week",
            Cycle::Month => "month",
            Cycle::Quarter => "quarter",
            Cycle::Year => "year",
        }
    }
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.as_str() == text)
    }

    fn length(self) -> Length {
        match self {
            Cycle::Day => Length::new().days(1),
            Cycle::Week => Length::new().weeks(1),
            Cycle::Month => Length::new().months(1),
            Cycle::Quarter => Length::new().months(3),
            Cycle::Year => Length::new().years(1),
        }
    }

    /// The first day of the cycle that a day is in.
    pub fn first(self, day: Date) -> Option<Date> {
        let month = |month: i8| Date::new(day.year(), month, 1).ok();
        match self {
            Cycle::Day => Some(day),
            Cycle::Week => day.checked_sub(Length::new().days(day.weekday().to_monday_zero_offset())).ok(),
            Cycle::Month => month(day.month()),
            Cycle::Quarter => month((day.month() - 1) / 3 * 3 + 1),
            Cycle::Year => month(1),
        }
    }
    /// The first day of the next one.
    pub fn after(self, first: Date) -> Option<Date> {
        first.checked_add(self.length()).ok()
    }
    /// The first day of the one before.
    pub fn before(self, first: Date) -> Option<Date> {
        first.checked_sub(self.length()).ok()
    }
    /// The cycle of a moment, by its first day.
    pub fn at(self, now: UnixMs, zone: &TimeZone) -> Option<Date> {
        let moment = Timestamp::from_millisecond(now.0).ok()?;
        self.first(zone.to_datetime(moment).date())
    }
    /// From its first moment, up to but not including the first of the next.
    pub fn span(self, first: Date, zone: &TimeZone) -> Option<(UnixMs, UnixMs)> {
        let begins = |day: Date| zone.to_timestamp(day.at(0, 0, 0, 0)).ok().map(|t| UnixMs(t.as_millisecond()));
        Some((begins(first)?, begins(self.after(first)?)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_quarter_begins_in_its_first_month_and_a_week_on_monday() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(Cycle::Quarter.first(day("2026-11-30")), Some(day("2026-10-01")));
        assert_eq!(Cycle::Quarter.after(day("2026-10-01")), Some(day("2027-01-01")));
        assert_eq!(Cycle::Week.first(day("2026-11-29")), Some(day("2026-11-23")));
        assert_eq!(Cycle::Year.before(day("2026-01-01")), Some(day("2025-01-01")));
    }

    proptest! {
        // Whatever the zone and its changes of clock: each moment is in exactly one cycle, and cycles follow each other without a gap.
        #[test]
        fn no_change_of_the_clock_skips_or_doubles_a_cycle(ms in 1_400_000_000_000_i64..1_900_000_000_000, n in 0_usize..5, c in 0_usize..5) {
            let names = ["Asia/Shanghai", "Europe/Berlin", "America/Havana", "Asia/Kathmandu", "Australia/Lord_Howe"];
            let (zone, cycle) = (TimeZone::get(names[n]).unwrap(), Cycle::ALL[c]);
            let first = cycle.at(UnixMs(ms), &zone).unwrap();
            let (from, until) = cycle.span(first, &zone).unwrap();
            prop_assert!(from.0 <= ms && ms < until.0);
            prop_assert_eq!(cycle.span(cycle.before(first).unwrap(), &zone).unwrap().1, from);
            prop_assert_eq!(cycle.span(cycle.after(first).unwrap(), &zone).unwrap().0, until);
            prop_assert_eq!(cycle.at(from, &zone), Some(first));
            prop_assert_eq!(cycle.at(UnixMs(until.0 - 1), &zone), Some(first));
        }
    }
}
