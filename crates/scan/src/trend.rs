//! How it goes: open findings at the end of each week by how grave they are, and how long mending takes.

use std::collections::BTreeMap;

use model::{Severity, UnixMs};
use serde::{Deserialize, Serialize};

const WEEK_DAYS: i64 = 7;
/// Of how many days back mended findings are measured.
const MEASURED_DAYS: i64 = 90;
const DAY_MS: i64 = 86_400_000;

/// A time for which a finding was open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub from: UnixMs,
    /// `None`: it is.
    pub to: Option<UnixMs>,
    /// Whether a scan ended it, and not somebody who set it aside.
    pub verified: bool,
}

/// How many were open at a moment, by how grave they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    pub at: UnixMs,
    /// In the order of [`Severity::ALL`].
    pub open: [u64; 5],
}

/// How it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    pub weeks: Vec<Week>,
    /// Days from when it was opened until a scan showed it no more, in the middle, by how grave; of the last 90 days.
    pub median_days: [Option<i64>; 5],
    /// How many that is of.
    pub mended: [u64; 5],
}

fn place(severity: Severity) -> usize {
    usize::try_from(severity.rank()).unwrap_or(0)
}

fn add(counts: &mut [u64; 5], severity: Severity) {
    if let Some(count) = counts.get_mut(place(severity)) {
        *count += 1;
    }
}

/// Measures so many weeks, the last one ending now. How grave a finding is, is what is known of it today.
pub fn measure<'a>(all: impl IntoIterator<Item = (Severity, &'a [Span])>, now: UnixMs, weeks: u32) -> Figures {
    let ends = (0..i64::from(weeks)).rev().map(|n| now.plus_days(-WEEK_DAYS * n));
    let mut weeks: Vec<Week> = ends.map(|at| Week { at, open: [0; 5] }).collect();
    let mut days: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
    let since = now.plus_days(-MEASURED_DAYS);
    for (severity, spans) in all {
        for week in &mut weeks {
            if spans.iter().any(|s| s.from <= week.at && s.to.is_none_or(|to| week.at < to)) {
                add(&mut week.open, severity);
            }
        }
        for span in spans.iter().filter(|s| s.verified) {
            if let Some(to) = span.to.filter(|to| since <= *to) {
                days.entry(place(severity)).or_default().push((to.0 - span.from.0).max(0) / DAY_MS);
            }
        }
    }
    let mut figures = Figures { weeks, median_days: [None; 5], mended: [0; 5] };
    for (at, mut all) in days {
        all.sort_unstable();
        // Of an even number the smaller one of the two in the middle: a number of days that there was.
        let middle = all.get(all.len().saturating_sub(1) / 2).copied();
        if let (Some(median), Some(mended)) = (figures.median_days.get_mut(at), figures.mended.get_mut(at)) {
            (*median, *mended) = (middle, all.len() as u64);
        }
    }
    figures
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: UnixMs = UnixMs(1_800_000_000_000);

    fn span(from: i64, to: Option<i64>, verified: bool) -> Span {
        Span { from: NOW.plus_days(-from), to: to.map(|d| NOW.plus_days(-d)), verified }
    }

    #[test]
    fn weeks_count_what_was_open_at_their_end_and_the_median_is_of_what_scans_closed() {
        let a = [span(20, Some(3), true)];
        let b = [span(10, None, false)];
        let c = [span(200, Some(100), true), span(6, Some(1), false)];
        let of = [(Severity::High, &a[..]), (Severity::High, &b[..]), (Severity::Low, &c[..])];
        let f = measure(of, NOW, 4);
        let open: Vec<[u64; 5]> = f.weeks.iter().map(|w| w.open).collect();
        assert_eq!(open, [[0; 5], [0, 0, 0, 1, 0], [0, 0, 0, 2, 0], [0, 0, 0, 1, 0]]);
        assert_eq!((f.median_days, f.mended), ([None, None, None, Some(17), None], [0, 0, 0, 1, 0]));
        assert_eq!(f.weeks.last().unwrap().at, NOW);
    }

    proptest! {
        /// Against sorting all of them by hand.
        #[test]
        fn the_median_stands_in_the_middle(days in proptest::collection::vec(0..80_i64, 1..40)) {
            let spans: Vec<[Span; 1]> = days.iter().map(|d| [span(*d, Some(0), true)]).collect();
            let f = measure(spans.iter().map(|s| (Severity::Medium, &s[..])), NOW, 1);
            let median = f.median_days[2].unwrap();
            let below = days.iter().filter(|d| **d < median).count();
            let above = days.iter().filter(|d| **d > median).count();
            prop_assert!(days.contains(&median) && below * 2 <= days.len() && above * 2 <= days.len());
        }
    }
}
