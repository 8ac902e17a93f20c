//! Time as milliseconds since 1970-01-01T00:00:00Z, always handed in, never taken.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Milliseconds since the Unix epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixMs(pub i64);

impl UnixMs {
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
    pub const fn plus_seconds(self, s: i64) -> Self {
        self.plus_ms(s.saturating_mul(1000))
    }
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_ms(days.saturating_mul(86_400_000))
    }
    /// RFC 3339 in UTC with milliseconds, or the number itself outside the years that format can say.
    pub fn to_rfc3339(self) -> String {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(t) => format!("{t:.3}"),
            Err(_) => self.0.to_string(),
        }
    }
    /// Reads RFC 3339 (`2026-11-23T08:00:00Z`, with any offset).
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|t| Self(t.as_millisecond()))
    }
    /// The year and month in UTC, as `YYYYMM`: the partition an event belongs to.
    pub fn month(self) -> i32 {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(t) => {
                let d = jiff::tz::TimeZone::UTC.to_datetime(t).date();
                i32::from(d.year()) * 100 + i32::from(d.month())
            }
            Err(_) => 0,
        }
    }
}

impl fmt::Display for UnixMs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_rfc3339())
    }
}

/// Where the time comes from: the system in the server, a fixed or stepped time in tests, demos and replays.
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> UnixMs;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_and_read_back() {
        let t = UnixMs::parse_rfc3339("2026-11-23T16:31:19.250+08:00").unwrap();
        assert_eq!(t.to_rfc3339(), "2026-11-23T08:31:19.250Z");
        assert_eq!(t.month(), 202_611);
        assert_eq!(UnixMs::parse_rfc3339("yesterday"), None);
    }
}
