//! What ran, what is due, what was skipped and why.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use model::UnixMs;
use serde::{Deserialize, Serialize};

use super::cycle::Cycle;

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    pub at: UnixMs,
    /// Whether it came out well: a copy that was tried and failed was done, and not well.
    pub well: bool,
    pub by: Option<String>,
    /// The page that shows it.
    pub proof: Option<String>,
}

/// A moment at which the house was at work, or not: from, until.
pub type Span = (UnixMs, UnixMs);

/// How a cycle stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotState {
    /// It was done, and came out well at last.
    Ran,
    /// It was done, and did not come out well.
    Failed,
    /// The cycle goes on, and it was not done yet.
    Due,
    /// The cycle is over, and it was not done.
    Skipped,
}

impl SlotState {
    pub const fn as_str(self) -> &'static str {
        match self {
            SlotState::Ran => "ran",
            SlotState::Failed => "failed",
            SlotState::Due => "due",
            SlotState::Skipped => "skipped",
        }
    }
}

/// Why something was skipped, as far as the log can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// Nothing at all was recorded in the cycle: no server was at work.
    NoServer,
    /// The server was at work, and nobody did it.
    NotDone,
}

/// One cycle of an activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// `YYYY-MM-DD`.
    pub first: String,
    pub from: UnixMs,
    pub until: UnixMs,
    pub state: SlotState,
    /// The last that was done in it.
    pub done: Option<Done>,
    /// How often it was done.
    pub times: u32,
    pub why: Option<Moment>,
}

/// The cycles of an activity since it is in the programme, newest first, `most` at the most. `active` says whether anything was recorded
/// in a span. What was done before `since` counts for the cycle it was done in, and no cycle that was over by then is asked for.
pub fn calendar(
    cycle: Cycle,
    (since, now): Span,
    zone: &TimeZone,
    done: &[Done],
    active: impl Fn(Span) -> bool,
    most: usize,
) -> Vec<Slot> {
    let mut slots = vec![];
    let mut first: Option<Date> = cycle.at(now, zone);
    while let Some(day) = first.filter(|_| slots.len() < most) {
        let Some((from, until)) = cycle.span(day, zone) else { break };
        if until <= since {
            break;
        }
        let within = |d: &&Done| d.at >= from && d.at < until;
        let last = done.iter().filter(within).max_by_key(|d| d.at);
        let times = u32::try_from(done.iter().filter(within).count()).unwrap_or(u32::MAX);
        let state = match last {
            Some(d) if d.well => SlotState::Ran,
            Some(_) => SlotState::Failed,
            None if now < until => SlotState::Due,
            None => SlotState::Skipped,
        };
        let why = (state == SlotState::Skipped).then(|| match active((from, until)) {
            true => Moment::NotDone,
            false => Moment::NoServer,
        });
        slots.push(Slot { first: day.to_string(), from, until, state, done: last.cloned(), times, why });
        first = cycle.before(day);
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> UnixMs {
        UnixMs::parse_rfc3339(text).unwrap()
    }
    fn done(text: &str, well: bool) -> Done {
        Done { at: at(text), well, by: None, proof: None }
    }

    #[test]
    fn a_week_that_nobody_looked_is_skipped_and_the_one_that_goes_on_is_due() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let (since, now) = (at("2026-11-04T09:00:00+08:00"), at("2026-11-25T10:00:00+08:00"));
        let ran = [done("2026-11-06T10:00:00+08:00", true), done("2026-11-15T23:59:59+08:00", false)];
        let slots = calendar(Cycle::Week, (since, now), &zone, &ran, |_| true, 50);
        let states: Vec<_> = slots.iter().map(|s| (s.first.as_str(), s.state, s.times)).collect();
        assert_eq!(
            states,
            [
                ("2026-11-23", SlotState::Due, 0),
                ("2026-11-16", SlotState::Skipped, 0),
                ("2026-11-09", SlotState::Failed, 1),
                ("2026-11-02", SlotState::Ran, 1),
            ]
        );
        assert_eq!(slots[1].why, Some(Moment::NotDone));
        let off = calendar(Cycle::Week, (since, now), &zone, &ran, |_| false, 50);
        assert_eq!(off[1].why, Some(Moment::NoServer));
    }

    proptest! {
        // Whatever ran and whatever the clock did: each run is counted in exactly one cycle, and no cycle is there twice.
        #[test]
        fn each_run_is_in_one_cycle(runs in proptest::collection::vec(0_i64..400_000_000, 0..40), n in 0_usize..3, c in 0_usize..3) {
            let names = ["Asia/Shanghai", "Europe/Berlin", "America/Havana"];
            let zone = TimeZone::get(names[n]).unwrap();
            // Over the change of the clock in autumn, and that of spring in Havana.
            let since = at("2026-10-20T00:00:00Z");
            let now = UnixMs(since.0 + 400_000_000 * 3);
            let ran: Vec<Done> = runs.iter().map(|ms| Done { at: UnixMs(since.0 + ms * 3), well: true, by: None, proof: None }).collect();
            let slots = calendar(Cycle::ALL[c], (since, now), &zone, &ran, |_| true, 1000);
            let counted: u32 = slots.iter().map(|s| s.times).sum();
            prop_assert_eq!(usize::try_from(counted).unwrap(), ran.len());
            prop_assert!(slots.windows(2).all(|w| w[1].until == w[0].from));
        }
    }
}
