//! How much each user has done lately: what rate conditions look at.
//!
//! Counts are kept in memory over sliding windows of [`BUCKETS`] parts, so that asking costs no query. What other nodes let through, and
//! what was before a start, comes from the log a moment later ([`Counters::elsewhere`]).

use std::collections::HashMap;

use model::policy::{Counted, Counter};
use model::{Action, RecordId, UnixMs, UserId};
use parking_lot::Mutex;

/// Parts of a window; the oldest drops out as a whole.
const BUCKETS: i64 = 12;

/// Customers remembered of one person and window; beyond, each disclosure counts as one more.
const MOST_REMEMBERED: usize = 50_000;
const MINUTE_MS: i64 = 60_000;

/// Counts over one sliding window.
#[derive(Default)]
struct Window {
    /// (bucket number, count). Of customers: how many were last disclosed in it; together the distinct ones, without counting
    /// them anew for each request.
    counts: Vec<(i64, u64)>,
    last_disclosed: HashMap<RecordId, i64>,
}

impl Window {
    fn add(&mut self, bucket: i64, n: u64) {
        self.counts.retain(|(b, _)| *b > bucket - BUCKETS);
        match self.counts.iter_mut().find(|(b, _)| *b == bucket) {
            Some((_, count)) => *count = count.saturating_add(n),
            None => self.counts.push((bucket, n)),
        }
    }

    fn sum(&self, bucket: i64) -> u64 {
        self.counts.iter().filter(|(b, _)| *b > bucket - BUCKETS).map(|(_, n)| n).sum()
    }

    fn disclosed(&mut self, customer: RecordId, bucket: i64) {
        match self.last_disclosed.get(&customer).copied() {
            // A clock that was set back does not make it older.
            Some(before) if before >= bucket => return,
            Some(before) => {
                if let Some((_, count)) = self.counts.iter_mut().find(|(b, _)| *b == before) {
                    *count = count.saturating_sub(1);
                }
                self.last_disclosed.insert(customer, bucket);
            }
            None if self.last_disclosed.len() < MOST_REMEMBERED => {
                self.last_disclosed.insert(customer, bucket);
            }
            None => {}
        }
        if let Some((_, count)) = self.counts.iter_mut().find(|(b, _)| *b == bucket) {
            *count = count.saturating_add(1);
            return;
        }
        // A new bucket: what fell out of the window is forgotten.
        self.counts.retain(|(b, _)| *b > bucket - BUCKETS);
        self.last_disclosed.retain(|_, b| *b > bucket - BUCKETS);
        self.counts.push((bucket, 1));
    }
}

/// In the order of [`Counter::ALL`].
type Usage = [Window; Counter::ALL.len()];

/// Sliding counts per user.
#[derive(Default)]
pub struct Counters {
    users: Mutex<HashMap<UserId, Usage>>,
    /// Moments of the reads of those who are throttled.
    reads: Mutex<HashMap<UserId, Vec<UnixMs>>>,
}

fn bucket(counter: Counter, at: UnixMs) -> i64 {
    at.0.div_euclid(i64::from(counter.minutes()) * MINUTE_MS / BUCKETS)
}

impl Counters {
    /// In the order of [`Counter::ALL`].
    pub fn read(&self, user: UserId, at: UnixMs) -> [u64; Counter::ALL.len()] {
        let users = self.users.lock();
        let mut counts = [0; Counter::ALL.len()];
        let Some(usage) = users.get(&user) else { return counts };
        for ((count, window), counter) in counts.iter_mut().zip(usage).zip(Counter::ALL) {
            *count = window.sum(bucket(counter, at));
        }
        counts
    }

    fn each(&self, user: UserId, counted: Counted, mut count: impl FnMut(&mut Window, Counter)) {
        let mut users = self.users.lock();
        let usage = users.entry(user).or_default();
        for (window, counter) in usage.iter_mut().zip(Counter::ALL).filter(|(_, c)| c.counted() == counted) {
            count(window, counter);
        }
    }

    pub fn reveal(&self, user: UserId, at: UnixMs) {
        self.each(user, Counted::Reveals, |window, counter| window.add(bucket(counter, at), 1));
    }

    pub fn exported(&self, user: UserId, at: UnixMs, rows: u64) {
        self.each(user, Counted::ExportedRows, |window, counter| window.add(bucket(counter, at), rows));
    }

    pub fn customers(&self, user: UserId, at: UnixMs, customers: impl Iterator<Item = RecordId>) {
        let customers: Vec<RecordId> = customers.collect();
        self.each(user, Counted::Customers, |window, counter| {
            let bucket = bucket(counter, at);
            customers.iter().for_each(|customer| window.disclosed(*customer, bucket));
        });
    }

    /// What another process let through, by the log: it counts as if it had been here. MUST be told of each access once.
    pub fn elsewhere(&self, user: UserId, at: UnixMs, action: Action, customers: Vec<RecordId>, now: UnixMs) {
        // A clock that goes before ours does not make it younger than what we count by.
        let at = at.min(now);
        match action {
            Action::Reveal => self.reveal(user, at),
            Action::Export => self.exported(user, at, customers.len() as u64),
            _ => {}
        }
        self.customers(user, at, customers.into_iter());
        if super::restrictions::shows(action) && at.0 > now.0 - MINUTE_MS {
            let mut all = self.reads.lock();
            all.retain(|_, reads| reads.iter().any(|r| r.0 > now.0 - MINUTE_MS));
            let reads = all.entry(user).or_default();
            reads.push(at);
            reads.sort_unstable();
        }
    }

    /// Takes one of the reads that a throttled person has in a minute; else how long to wait for the next.
    ///
    /// # Errors
    /// The wait in milliseconds, 1 at least.
    pub fn take_read(&self, user: UserId, at: UnixMs, per_minute: u32) -> Result<(), i64> {
        let mut all = self.reads.lock();
        let reads = all.entry(user).or_default();
        // A moment to come is of a clock that was set back: it does not lock anybody out.
        reads.retain(|r| *r <= at && r.0 > at.0 - MINUTE_MS);
        let most = usize::try_from(per_minute).unwrap_or(usize::MAX).max(1);
        match reads.len().checked_sub(most).and_then(|n| reads.get(n)) {
            None => {
                reads.push(at);
                Ok(())
            }
            Some(first) => Err((first.0 + MINUTE_MS - at.0).max(1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_leave_with_their_window_and_customers_count_once() {
        let c = Counters::default();
        let user = UserId::from_bytes([1; 16]);
        let t = UnixMs(1_000_000_000_000);
        for _ in 0..5 {
            c.reveal(user, t);
        }
        let customer = RecordId::from_bytes([2; 16]);
        c.customers(user, t, [customer, customer].into_iter());
        c.customers(user, t.plus_seconds(600), std::iter::once(customer));
        assert_eq!(c.read(user, t.plus_seconds(60)), [5, 1, 0, 5, 1, 5, 1, 0]);
        assert_eq!(c.read(user, t.plus_seconds(3_601)), [0, 1, 0, 0, 0, 5, 1, 0]);
        assert_eq!(c.read(user, t.plus_seconds(8_000)), [0, 0, 0, 0, 0, 5, 1, 0]);
    }

    #[test]
    fn a_throttled_person_has_so_many_reads_in_any_minute() {
        let c = Counters::default();
        let user = UserId::from_bytes([1; 16]);
        let at = |s: i64| UnixMs(1_000_000_000_000).plus_seconds(s);
        assert!(c.take_read(user, at(0), 2).is_ok() && c.take_read(user, at(20), 2).is_ok());
        assert_eq!(c.take_read(user, at(30), 2), Err(30_000));
        // What was refused takes nothing.
        assert!(c.take_read(user, at(60), 2).is_ok());
        assert_eq!(c.take_read(user, at(61), 2), Err(19_000));
        assert!(c.take_read(UserId::from_bytes([2; 16]), at(61), 2).is_ok());
        assert!(c.take_read(user, at(-3_600), 2).is_ok(), "a clock that was set back");
    }

    #[test]
    fn what_was_let_through_elsewhere_counts_here_and_in_any_order() {
        let c = Counters::default();
        let (user, t) = (UserId::from_bytes([1; 16]), UnixMs(1_000_000_000_000));
        let customer = |n: u8| RecordId::from_bytes([n; 16]);
        c.customers(user, t, [customer(1), customer(2)].into_iter());
        // Of before, of a clock ahead of ours, and a customer that was seen here too.
        c.elsewhere(user, t.plus_seconds(-1_200), Action::View, vec![customer(2), customer(3)], t);
        c.elsewhere(user, t.plus_seconds(5), Action::Reveal, vec![customer(1)], t);
        c.elsewhere(user, t.plus_seconds(-30), Action::Export, vec![customer(4), customer(5)], t);
        assert_eq!(c.read(user, t), [1, 5, 2, 1, 4, 1, 5, 2]);
        // Two of them within the minute before.
        assert_eq!(c.take_read(user, t, 2), Err(30_000));
        assert!(c.take_read(user, t, 3).is_ok());
    }

    #[test]
    fn a_customer_seen_again_counts_once_and_stays_as_long_as_it_was_last_seen() {
        let c = Counters::default();
        let user = UserId::from_bytes([1; 16]);
        let t = UnixMs(1_000_000_000_000);
        let at = |s: i64| t.plus_seconds(s);
        let ids: Vec<_> = (0..20).map(|n| RecordId::from_bytes([n; 16])).collect();
        c.customers(user, at(0), ids.iter().copied());
        c.customers(user, at(1_800), ids.iter().take(5).copied());
        assert_eq!(c.read(user, at(1_800))[1], 20);
        // The clock is set back: nothing is counted twice, nothing gets older.
        c.customers(user, at(900), ids.iter().take(5).copied());
        assert_eq!(c.read(user, at(1_800))[1], 20);
        assert_eq!(c.read(user, at(4_000))[1], 5);
        c.customers(user, at(6_000), ids.iter().skip(19).copied());
        assert_eq!(c.read(user, at(6_000))[1], 1);
    }
}
