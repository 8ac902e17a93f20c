//! Clocks for tests: one that stands still, one that goes on when told to.

use std::sync::atomic::{AtomicI64, Ordering};

use model::{Clock, UnixMs};

/// Always the same time.
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub UnixMs);

impl Clock for FixedClock {
    fn now(&self) -> UnixMs {
        self.0
    }
}

/// A time that a test moves. Share it in an `Arc`: every holder sees the same time.
#[derive(Debug)]
pub struct SteppedClock(AtomicI64);

impl SteppedClock {
    pub const fn at(now: UnixMs) -> Self {
        Self(AtomicI64::new(now.0))
    }
    /// Goes on by so many milliseconds; a negative number sets the clock back.
    pub fn advance_ms(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::AcqRel);
    }
    pub fn set(&self, now: UnixMs) {
        self.0.store(now.0, Ordering::Release);
    }
}

impl Clock for SteppedClock {
    fn now(&self) -> UnixMs {
        UnixMs(self.0.load(Ordering::Acquire))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stepped_clock_goes_where_it_is_told() {
        let clock = SteppedClock::at(UnixMs(10));
        assert_eq!(FixedClock(UnixMs(10)).now(), clock.now());
        clock.advance_ms(-3);
        assert_eq!(clock.now(), UnixMs(7));
        clock.set(UnixMs(99));
        assert_eq!(clock.now(), UnixMs(99));
    }
}
