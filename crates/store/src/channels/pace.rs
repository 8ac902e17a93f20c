//! How fast a channel is told, and by how many messages: pure.

use std::collections::{HashMap, HashSet, VecDeque};

use model::UnixMs;

/// Messages of one alert each that a channel gets in a minute; what comes on top is folded.
const BURST: usize = 3;
/// Between two messages that fold many.
const FOLD_SECONDS: i64 = 15;
/// A channel that did not take a message is not asked before that again, whatever else there is to tell.
pub(super) const HOLD_SECONDS: i64 = 600;

/// What was sent of late, and what is under way. Lost with the process: a minute's pace is no more than that.
#[derive(Debug, Default)]
pub struct Pace {
    sent: HashMap<String, VecDeque<UnixMs>>,
    busy: HashSet<String>,
}

/// How what waits for a channel is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Go {
    /// Nothing now.
    Wait,
    /// Each by itself.
    Each,
    /// All in one.
    Folded,
}

impl Pace {
    /// A channel's attempt is over.
    pub fn done(&mut self, channel: &str) {
        self.busy.remove(channel);
    }
    pub(super) fn is_busy(&self, channel: &str) -> bool {
        self.busy.contains(channel)
    }
    /// So many messages go to a channel now.
    pub(super) fn take(&mut self, channel: &str, messages: usize, now: UnixMs) {
        let sent = self.sent.entry(channel.to_owned()).or_default();
        sent.extend(std::iter::repeat_n(now, messages));
        self.busy.insert(channel.to_owned());
    }
    /// How `waiting` alerts go to a channel that takes `per_minute` messages.
    pub(super) fn go(&mut self, channel: &str, per_minute: u16, waiting: usize, now: UnixMs) -> Go {
        if waiting == 0 || self.is_busy(channel) {
            return Go::Wait;
        }
        let sent = self.sent.entry(channel.to_owned()).or_default();
        let minute = now.plus_seconds(-60);
        while sent.front().is_some_and(|at| *at <= minute) {
            sent.pop_front();
        }
        let room = usize::from(per_minute).saturating_sub(sent.len());
        if room == 0 {
            return Go::Wait;
        }
        if waiting <= room && sent.len().saturating_add(waiting) <= BURST {
            return Go::Each;
        }
        let lately = sent.back().is_some_and(|at| *at > now.plus_seconds(-FOLD_SECONDS));
        if lately { Go::Wait } else { Go::Folded }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn s(seconds: i64) -> UnixMs {
        UnixMs(1_000_000_000 + seconds * 1000)
    }

    #[test]
    fn a_few_go_each_by_itself_and_a_storm_becomes_one() {
        let mut pace = Pace::default();
        assert_eq!(pace.go("a", 20, 2, s(0)), Go::Each);
        pace.take("a", 2, s(0));
        assert_eq!(pace.go("a", 20, 1, s(1)), Go::Wait, "one attempt at a time");
        pace.done("a");
        assert_eq!(pace.go("a", 20, 1, s(2)), Go::Each);
        pace.take("a", 1, s(2));
        pace.done("a");
        assert_eq!(pace.go("a", 20, 37, s(4)), Go::Wait);
        assert_eq!(pace.go("b", 20, 37, s(4)), Go::Folded, "another channel has its own pace");
        assert_eq!(pace.go("a", 20, 60, s(17)), Go::Folded);
        pace.take("a", 1, s(17));
        pace.done("a");
        assert_eq!(pace.go("a", 20, 1, s(70)), Go::Each, "calm again");
    }

    #[test]
    fn no_more_go_than_the_vendor_takes() {
        let mut pace = Pace::default();
        for n in 0..40 {
            if pace.go("a", 2, 1, s(n)) != Go::Wait {
                pace.take("a", 1, s(n));
                pace.done("a");
            }
        }
        assert_eq!(pace.sent["a"].len(), 2);
        assert_ne!(pace.go("a", 2, 1, s(61)), Go::Wait);
    }
}
