//! Whether somebody decided or only clicked 橡皮图章.

use model::UnixMs;
use serde::{Deserialize, Serialize};

/// From so many decisions on something can be said.
const ENOUGH: usize = 10;
/// Less between two decisions is no look at the evidence.
const HASTE_MS: i64 = 5_000;
const KEPT_PER_MILLE: u32 = 950;
const BULK_PER_MILLE: u32 = 800;

/// A decision that a person made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    pub at: UnixMs,
    pub kept: bool,
    /// With others in one act.
    pub bulk: bool,
}

/// How somebody decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    pub decisions: usize,
    /// Between one act and the next; a bulk is one act. `None` of a single one.
    pub median_ms: Option<i64>,
    /// Thousandths.
    pub kept: u32,
    pub bulk: u32,
    /// Whether it was too fast, or too much at once, to be a look at each.
    pub hasty: bool,
}

fn per_mille(part: usize, of: usize) -> u32 {
    u32::try_from(part.saturating_mul(1000).checked_div(of).unwrap_or(0)).unwrap_or(0)
}

/// How these were made, in whatever order they are given.
pub fn pace(made: &[Made]) -> Pace {
    let mut acts: Vec<i64> = made.iter().map(|m| m.at.0).collect();
    acts.sort_unstable();
    acts.dedup();
    let mut gaps: Vec<i64> = acts.windows(2).filter_map(|w| Some(w.get(1)?.saturating_sub(*w.first()?))).collect();
    gaps.sort_unstable();
    let median_ms = gaps.get(gaps.len() / 2).copied();
    let kept = per_mille(made.iter().filter(|m| m.kept).count(), made.len());
    let bulk = per_mille(made.iter().filter(|m| m.bulk).count(), made.len());
    let fast = median_ms.is_some_and(|ms| ms < HASTE_MS);
    let hasty = made.len() >= ENOUGH && kept >= KEPT_PER_MILLE && (fast || bulk >= BULK_PER_MILLE);
    Pace { decisions: made.len(), median_ms, kept, bulk, hasty }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every(ms: i64, n: i64, kept: bool) -> Vec<Made> {
        (0..n).map(|k| Made { at: UnixMs(k * ms), kept, bulk: false }).collect()
    }

    #[test]
    fn forty_in_a_minute_are_no_look_and_one_a_minute_is() {
        assert!(pace(&every(1_500, 40, true)).hasty);
        assert!(!pace(&every(60_000, 40, true)).hasty);
        // Whoever takes things away decides.
        assert!(!pace(&every(1_500, 40, false)).hasty);
        assert!(!pace(&every(1_500, 9, true)).hasty);
        assert_eq!(pace(&every(1_500, 40, true)).median_ms, Some(1_500));
    }

    #[test]
    fn all_in_one_act_is_told() {
        let all: Vec<Made> = (0..20).map(|_| Made { at: UnixMs(5), kept: true, bulk: true }).collect();
        let told = pace(&all);
        assert_eq!((told.median_ms, told.bulk, told.hasty), (None, 1000, true));
        assert_eq!(pace(&[]), Pace::default());
    }
}
