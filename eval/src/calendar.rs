//! The working calendar of 2026 in China, with holidays and make-up days 调休, and the company's clock (UTC+8, no summer time).

use detect::Local;
use model::UnixMs;

/// China's offset from UTC.
pub const OFFSET_MS: i64 = 8 * 3_600_000;
const DAY_MS: i64 = 86_400_000;

/// First and last days of holidays of 2026, as announced by the State Council.
const HOLIDAYS: [((u8, u8), (u8, u8)); 7] = [
    ((1, 1), (1, 3)),
    ((2, 15), (2, 23)),
    ((4, 4), (4, 6)),
    ((5, 1), (5, 5)),
    ((6, 19), (6, 21)),
    ((9, 25), (9, 27)),
    ((10, 1), (10, 7)),
];

/// Saturdays and Sundays of 2026 that are worked.
const MAKE_UP: [(u8, u8); 6] = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)];

/// Days from 1970-01-01 to a date of the Gregorian calendar.
pub fn day_of(year: i32, month: u8, day: u8) -> i32 {
    let (m, d) = (i32::from(month), i32::from(day));
    let y = if m <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let of_era = y - era * 400;
    let of_year = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + d - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// `2026-11-26`.
pub fn date_of(day: i32) -> String {
    at(day, 0).plus_ms(OFFSET_MS).to_rfc3339().chars().take(10).collect()
}

/// Monday 0 to Sunday 6.
pub fn weekday(day: i32) -> u8 {
    u8::try_from((day + 3).rem_euclid(7)).unwrap_or(0)
}

/// Worked, by the calendar of 2026; other years know weekends only.
pub fn is_workday(day: i32) -> bool {
    if MAKE_UP.iter().any(|(m, d)| day_of(2026, *m, *d) == day) {
        return true;
    }
    let holiday =
        |((fm, fd), (tm, td)): &((u8, u8), (u8, u8))| (day_of(2026, *fm, *fd)..=day_of(2026, *tm, *td)).contains(&day);
    weekday(day) < 5 && !HOLIDAYS.iter().any(holiday)
}

/// One of the last three working days of a month, when sales are closed.
pub fn is_month_end(day: i32) -> bool {
    let month_starts = (1..=12).map(|m| day_of(2026, m, 1)).chain([day_of(2027, 1, 1)]);
    let Some(next) = month_starts.filter(|start| *start > day).min() else { return false };
    is_workday(day) && (day + 1..next).filter(|d| is_workday(*d)).count() < 3
}

/// What the company's clock showed.
pub fn local(at: UnixMs) -> Local {
    let ms = at.0 + OFFSET_MS;
    let day = i32::try_from(ms.div_euclid(DAY_MS)).unwrap_or(0);
    let minute = u16::try_from(ms.rem_euclid(DAY_MS) / 60_000).unwrap_or(0);
    let workday = is_workday(day);
    Local { day, minute, weekday: weekday(day), workday, working_hours: workday && (510..1_110).contains(&minute) }
}

/// The moment at which a day of the company begins, and so many milliseconds on.
pub fn at(day: i32, ms_of_day: u32) -> UnixMs {
    UnixMs(i64::from(day) * DAY_MS - OFFSET_MS + i64::from(ms_of_day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_world_counts_them() {
        assert_eq!(day_of(1970, 1, 1), 0);
        assert_eq!(day_of(2026, 11, 26), 20_783);
        assert_eq!(weekday(day_of(2026, 11, 26)), 3);
        let noon = local(at(day_of(2026, 5, 9), 12 * 3_600_000));
        assert_eq!((noon.day, noon.minute, noon.weekday), (day_of(2026, 5, 9), 720, 5));
        assert!(noon.workday && noon.working_hours, "a Saturday that is worked in exchange for the holiday");
        assert!(!is_workday(day_of(2026, 5, 4)), "a Monday in the holiday");
    }

    #[test]
    fn a_month_ends_with_three_working_days() {
        let ends: Vec<i32> = (day_of(2026, 5, 20)..day_of(2026, 6, 3)).filter(|d| is_month_end(*d)).collect();
        assert_eq!(ends, [day_of(2026, 5, 27), day_of(2026, 5, 28), day_of(2026, 5, 29)]);
    }
}
