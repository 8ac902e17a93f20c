//! When a plan's campaign begins.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use model::UnixMs;
use serde::{Deserialize, Serialize};

/// By what a plan's campaign begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// By hand alone.
    Once,
    Quarterly,
    HalfYearly,
    /// Somebody was given a role: what they have is looked at.
    RoleChange,
    /// Somebody came into another department.
    Transfer,
    /// Somebody did nothing for [`ABSENT_DAYS`] days.
    Absence,
    /// A case about somebody was closed, and it was true.
    Case,
}

/// Whoever did nothing for so many days is absent.
pub const ABSENT_DAYS: i64 = 30;

impl Rhythm {
    pub const ALL: [Rhythm; 7] = [
        Rhythm::Once,
        Rhythm::Quarterly,
        Rhythm::HalfYearly,
        Rhythm::RoleChange,
        Rhythm::Transfer,
        Rhythm::Absence,
        Rhythm::Case,
    ];
    pub const fn as_str(self) -> &'static str {
        match self {
            Rhythm::Once => "once",
            Rhythm::Quarterly => "quarterly",
            Rhythm::HalfYearly => "half_yearly",
            Rhythm::RoleChange => "role_change",
            Rhythm::Transfer => "transfer",
            Rhythm::Absence => "absence",
            Rhythm::Case => "case",
        }
    }
    const fn months(self) -> Option<i8> {
        match self {
            Rhythm::Quarterly => Some(3),
            Rhythm::HalfYearly => Some(6),
            _ => None,
        }
    }
}

/// The first day of the newest period that has begun, if it began after `since`: one that was under way when the plan was made is not
/// caught up. `None` of plans that no calendar begins.
pub fn newest_begun(rhythm: Rhythm, since: UnixMs, now: UnixMs, zone: &TimeZone) -> Option<Date> {
    let months = rhythm.months()?;
    let today = zone.to_datetime(Timestamp::from_millisecond(now.0).ok()?).date();
    let month = (today.month() - 1) / months * months + 1;
    let first = date(today.year(), month, 1);
    let began = zone.to_timestamp(first.at(0, 0, 0, 0)).ok()?.as_millisecond();
    (since.0 < began && began <= now.0).then_some(first)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> UnixMs {
        UnixMs(text.parse::<Timestamp>().unwrap().as_millisecond())
    }
    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    #[test]
    fn a_plan_made_within_a_quarter_begins_with_the_next() {
        let (china, made) = (zone("Asia/Shanghai"), at("2026-11-23T02:00:00Z"));
        assert_eq!(newest_begun(Rhythm::Quarterly, made, at("2026-12-31T15:59:59Z"), &china), None);
        let begun = newest_begun(Rhythm::Quarterly, made, at("2026-12-31T16:00:00Z"), &china);
        assert_eq!(begun, Some(date(2027, 1, 1)));
        assert_eq!(newest_begun(Rhythm::HalfYearly, made, at("2027-06-30T00:00:00Z"), &china), Some(date(2027, 1, 1)));
        assert_eq!(newest_begun(Rhythm::Once, made, at("2027-06-30T00:00:00Z"), &china), None);
    }

    #[test]
    fn a_day_without_midnight_begins_all_the_same() {
        // Clocks were put on at midnight of the first of October 1967 and alike; today's zones do so on other days. Each quarter begins.
        for name in ["America/Sao_Paulo", "Asia/Beirut", "Africa/Cairo", "America/Havana", "Pacific/Apia", "Asia/Amman"]
        {
            let zone = zone(name);
            let mut seen = BTreeSet::new();
            let mut now = at("2010-01-05T00:00:00Z");
            while now < at("2030-01-01T00:00:00Z") {
                seen.extend(newest_begun(Rhythm::Quarterly, at("2009-12-01T00:00:00Z"), now, &zone));
                now = now.plus_days(7);
            }
            assert_eq!(seen.len(), 80, "{name}");
        }
    }

    proptest! {
        /// A clock that goes on, back and on again: each quarter in which the house looked has one name, and no other.
        #[test]
        fn whatever_the_clock_does_a_quarter_has_one_name(steps in prop::collection::vec(-40_i64..200, 1..60), z in 0_usize..3) {
            let zone = zone(["Asia/Shanghai", "Europe/Berlin", "America/New_York"][z]);
            let (since, mut now) = (at("2019-12-15T00:00:00Z"), at("2020-01-10T00:00:00Z"));
            for days in steps {
                now = now.plus_days(days);
                let local = zone.to_datetime(Timestamp::from_millisecond(now.0).unwrap()).date();
                let expected = date(local.year(), (local.month() - 1) / 3 * 3 + 1, 1);
                let found = newest_begun(Rhythm::Quarterly, since, now, &zone);
                if expected > date(2019, 12, 31) {
                    prop_assert_eq!(found, Some(expected));
                }
            }
        }
    }
}
