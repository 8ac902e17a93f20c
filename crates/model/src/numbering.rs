//! Auto-numbers 自动编号: what a record is called by a pattern and a counter, `HT-{yyyy}{mm}-{0000}`.
//!
//! Rule: a number is given once and to one record. How often counting begins anew is said by the pattern itself: by the finest
//! of `{yyyy}`, `{mm}` and `{dd}` in it, never where it has none. Numbers that were given to nobody (a change that failed) are
//! left out; none is given twice.
//!
//! ```
//! let pattern = model::numbering::Pattern::read("HT-{yyyy}{mm}-{0000}").unwrap();
//! let series = pattern.series(20_783); // 2026-11-26, as days from 1970-01-01
//! assert_eq!(series, "HT-202611-{0000}");
//! assert_eq!(model::numbering::number(&series, 17).as_deref(), Some("HT-202611-0017"));
//! ```

use crate::value::format_date;

/// Most characters of a pattern.
pub const MOST: usize = 60;
/// The greatest count.
pub const LAST: i64 = 999_999_999;
const DIGITS: usize = 9;

/// A pattern as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Year,
    ShortYear,
    Month,
    Day,
    /// Digits at least.
    Count(usize),
}

/// Why a text is no pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPattern {
    #[error("a number's pattern has 1 to {MOST} characters, no control characters and no blank at its ends")]
    Length,
    #[error("a number's pattern is text with {{yyyy}}, {{yy}}, {{mm}}, {{dd}} and a counter as {{0000}}")]
    Syntax,
    #[error("a number's pattern has one counter, {{0}} to {{000000000}}")]
    Counter,
    #[error("a month in a number's pattern needs its year, and a day its month")]
    Date,
}

impl Pattern {
    /// # Errors
    /// [`BadPattern`].
    pub fn read(text: &str) -> Result<Self, BadPattern> {
        if !(1..=MOST).contains(&text.chars().count()) || text.trim() != text || text.chars().any(char::is_control) {
            return Err(BadPattern::Length);
        }
        let mut parts = vec![];
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (word, next) = after.split_once('}').ok_or(BadPattern::Syntax)?;
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(match word {
                "yyyy" => Part::Year,
                "yy" => Part::ShortYear,
                "mm" => Part::Month,
                "dd" => Part::Day,
                zeros if !zeros.is_empty() && zeros.bytes().all(|b| b == b'0') => Part::Count(zeros.len()),
                _ => return Err(BadPattern::Syntax),
            });
            rest = next;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        if parts.iter().any(|p| matches!(p, Part::Text(t) if t.contains(['{', '}']))) {
            return Err(BadPattern::Syntax);
        }
        let counters: Vec<usize> =
            parts.iter().filter_map(|p| if let Part::Count(n) = p { Some(*n) } else { None }).collect();
        if !matches!(counters.as_slice(), [1..=DIGITS]) {
            return Err(BadPattern::Counter);
        }
        let has = |part: &Part| parts.contains(part);
        let year = has(&Part::Year) || has(&Part::ShortYear);
        if (has(&Part::Month) && !year) || (has(&Part::Day) && !has(&Part::Month)) {
            return Err(BadPattern::Date);
        }
        Ok(Self(parts))
    }

    /// What counts together on a day, given as days from 1970-01-01: the pattern with its date, the counter left open.
    pub fn series(&self, day: i64) -> String {
        let date = format_date(day).unwrap_or_default();
        let of = |from: usize, to: usize| date.get(from..to).unwrap_or_default().to_owned();
        let parts = self.0.iter().map(|part| match part {
            Part::Text(text) => text.clone(),
            Part::Year => of(0, 4),
            Part::ShortYear => of(2, 4),
            Part::Month => of(5, 7),
            Part::Day => of(8, 10),
            Part::Count(digits) => format!("{{{}}}", "0".repeat(*digits)),
        });
        parts.collect()
    }

    /// Most characters of a number.
    pub fn longest(&self) -> usize {
        let parts = self.0.iter().map(|part| match part {
            Part::Text(text) => text.chars().count(),
            Part::Year => 4,
            Part::ShortYear | Part::Month | Part::Day => 2,
            Part::Count(_) => DIGITS,
        });
        parts.sum()
    }
}

/// The number of a count in a series; nothing where the series is none, or the count is beyond [`LAST`].
pub fn number(series: &str, count: i64) -> Option<String> {
    let (before, rest) = series.split_once('{')?;
    let (zeros, after) = rest.split_once('}')?;
    let digits = zeros.len();
    (1..=LAST).contains(&count).then(|| format!("{before}{count:0digits$}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_pattern_has_one_counter_and_a_whole_date() {
        for good in ["{0}", "HT-{yyyy}{mm}-{0000}", "{yy}{mm}{dd}{000}", "合同{yyyy}第{00}号"] {
            assert!(Pattern::read(good).is_ok(), "{good}");
        }
        let bad = |text: &str| Pattern::read(text).unwrap_err();
        assert_eq!(bad("HT-{yyyy}"), BadPattern::Counter);
        assert_eq!(bad("{0}{0}"), BadPattern::Counter);
        assert_eq!(bad("{0000000000}"), BadPattern::Counter);
        assert_eq!(bad("{mm}-{0}"), BadPattern::Date);
        assert_eq!(bad("{yyyy}{dd}-{0}"), BadPattern::Date);
        assert_eq!(bad("{name}{0}"), BadPattern::Syntax);
        assert_eq!(bad("}{0}"), BadPattern::Syntax);
        assert_eq!(bad("{0}{"), BadPattern::Syntax);
        assert_eq!(bad(" {0}"), BadPattern::Length);
    }

    #[test]
    fn counting_begins_anew_with_the_finest_part_of_the_date() {
        let of = |text: &str, day| Pattern::read(text).unwrap().series(day);
        assert_ne!(of("{yyyy}{mm}-{000}", 20_783), of("{yyyy}{mm}-{000}", 20_793));
        assert_eq!(of("{yyyy}-{000}", 20_783), of("{yyyy}-{000}", 20_793));
        assert_eq!(of("A{000}", 0), "A{000}");
        assert_eq!(number("A{000}", 12_345).as_deref(), Some("A12345"));
        assert_eq!(number("A{000}", 0), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_what_is_read_gives_numbers_that_differ(text in "[A-Z{}0ymd-]{1,24}", day in -9_000_i64..90_000) {
            if let Ok(pattern) = Pattern::read(&text) {
                let series = pattern.series(day);
                let numbers: Vec<_> = [1, 2, 9, 10, 99, 100, LAST].iter().filter_map(|n| number(&series, *n)).collect();
                let all: std::collections::BTreeSet<_> = numbers.iter().collect();
                prop_assert_eq!(all.len(), 7);
                prop_assert!(numbers.iter().all(|n| n.chars().count() <= pattern.longest()));
            }
        }
    }
}
