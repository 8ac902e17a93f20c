//! Moments as other systems write them.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use model::UnixMs;

use crate::Code;

/// Nothing is older: 1990-01-01.
const EARLIEST: UnixMs = UnixMs(631_152_000_000);

/// RFC 3339 with an offset; a date and time on the source's clock (`2026-01-05 10:00:00.5`, with `T` or slashes, or as fourteen digits); seconds or
/// milliseconds since 1970.
///
/// # Errors
/// `bad_time`; `time_out_of_range` before 1990, or more than two days after `now`: two days are another system's time zone and clock.
pub(crate) fn read(text: &str, zone: &TimeZone, now: UnixMs) -> Result<UnixMs, Code> {
    let text = text.trim();
    let at = parse(text, zone).ok_or(Code("bad_time"))?;
    if at < EARLIEST || at > now.plus_days(2) {
        return Err(Code("time_out_of_range"));
    }
    Ok(at)
}

fn parse(text: &str, zone: &TimeZone) -> Option<UnixMs> {
    if text.is_empty() || text.len() > 64 || !text.is_ascii() {
        return None;
    }
    if let Some(at) = UnixMs::parse_rfc3339(text) {
        return Some(at);
    }
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(w, f)| (w, Some(f)));
    if whole.bytes().all(|b| b.is_ascii_digit()) {
        return match whole.len() {
            9 | 10 => {
                let ms = fraction.map_or(Some(0), millis)?;
                whole.parse::<i64>().ok()?.checked_mul(1_000)?.checked_add(ms).map(UnixMs)
            }
            12 | 13 => whole.parse().ok().map(UnixMs),
            14 => {
                let n = |from: usize, to: usize| whole.get(from..to)?.parse::<i8>().ok();
                let year = whole.get(..4)?.parse::<i16>().ok()?;
                let ms = fraction.map_or(Some(0), millis)?;
                let subsec = i32::try_from(ms).ok()?.checked_mul(1_000_000)?;
                let at = DateTime::new(year, n(4, 6)?, n(6, 8)?, n(8, 10)?, n(10, 12)?, n(12, 14)?, subsec).ok()?;
                civil(at, zone)
            }
            _ => None,
        };
    }
    let at: DateTime = text.replace('/', "-").parse().ok()?;
    civil(at, zone)
}

fn millis(fraction: &str) -> Option<i64> {
    if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let three: String = fraction.chars().chain("000".chars()).take(3).collect();
    three.parse().ok()
}

fn civil(at: DateTime, zone: &TimeZone) -> Option<UnixMs> {
    zone.to_ambiguous_timestamp(at).compatible().ok().map(|t| UnixMs(t.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_moment_is_one_moment() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let now = UnixMs::parse_rfc3339("2026-11-26T00:00:00Z").unwrap();
        for text in [
            "2026-01-05T10:00:00.500+08:00",
            "2026-01-05T02:00:00.5Z",
            "2026-01-05 10:00:00.5",
            "2026-01-05T10:00:00.500",
            "2026/01/05 10:00:00.500",
            "20260105100000.500",
            "1767578400.5",
            "1767578400500",
        ] {
            assert_eq!(read(text, &zone, now).unwrap().to_rfc3339(), "2026-01-05T02:00:00.500Z", "{text}");
        }
        for text in
            ["", "yesterday", "2026-13-01 10:00:00", "20261301100000", "5", "2026-01-05T10:00:00+99:00", "２０２６"]
        {
            assert_eq!(read(text, &zone, now).unwrap_err(), Code("bad_time"), "{text}");
        }
        for text in ["9999-12-31T23:59:59Z", "0001-01-01 00:00:00", "2026-12-26T00:00:00Z", "999999999999999"] {
            assert!(read(text, &zone, now).is_err(), "{text}");
        }
    }
}
