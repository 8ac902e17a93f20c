//! How much each user has done lately: what rate conditions look at.
//!
//! Counts are kept in memory per node over sliding windows of [`BUCKETS`] parts and filled again from the event rows at
//! start, so a restart is no way around a limit. With several nodes each counts what it served.

use std::collections::HashMap;

use model::policy::Counter;
use model::{RecordId, UnixMs, UserId};
use parking_lot::Mutex;

/// Parts of a window; the oldest drops out as a whole.
const BUCKETS: i64 = 12;

const fn window_ms(counter: Counter) -> i64 {
    match counter {
        Counter::RevealsPerHour | Counter::CustomersPerHour => 3_600_000,
        Counter::ExportedRowsPerDay => 86_400_000,
    }
}

#[derive(Default)]
struct Usage {
    /// (bucket number, count)
    reveals: Vec<(i64, u64)>,
    exported: Vec<(i64, u64)>,
    /// How many customers were last disclosed in each bucket; together the distinct ones, without counting them anew for
    /// each request.
    customers: Vec<(i64, u64)>,
    last_disclosed: HashMap<RecordId, i64>,
}

impl Usage {
    fn disclosed(&mut self, customer: RecordId, bucket: i64) {
        match self.last_disclosed.insert(customer, bucket) {
            Some(before) if before == bucket => return,
            Some(before) if before > bucket => {
                // A clock that was set back does not make it older.
                self.last_disclosed.insert(customer, before);
                return;
            }
            Some(before) => {
                if let Some((_, count)) = self.customers.iter_mut().find(|(b, _)| *b == before) {
                    *count = count.saturating_sub(1);
                }
            }
            None => {}
        }
        match self.customers.iter_mut().find(|(b, _)| *b == bucket) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => {
                // A new bucket: what fell out of the window is forgotten.
                self.customers.retain(|(b, _)| *b > bucket - BUCKETS);
                self.last_disclosed.retain(|_, b| *b > bucket - BUCKETS);
                self.customers.push((bucket, 1));
            }
        }
    }
}

/// Sliding counts per user.
#[derive(Default)]
pub struct Counters {
    users: Mutex<HashMap<UserId, Usage>>,
}

fn bucket(counter: Counter, at: UnixMs) -> i64 {
    at.0.div_euclid(window_ms(counter) / BUCKETS)
}

fn add(list: &mut Vec<(i64, u64)>, bucket: i64, n: u64) {
    list.retain(|(b, _)| *b > bucket - BUCKETS);
    match list.iter_mut().find(|(b, _)| *b == bucket) {
        Some((_, count)) => *count = count.saturating_add(n),
        None => list.push((bucket, n)),
    }
}

fn sum(list: &[(i64, u64)], bucket: i64) -> u64 {
    list.iter().filter(|(b, _)| *b > bucket - BUCKETS).map(|(_, n)| n).sum()
}

impl Counters {
    /// In the order of [`Counter::ALL`].
    pub fn read(&self, user: UserId, at: UnixMs) -> [u64; 3] {
        let users = self.users.lock();
        let Some(u) = users.get(&user) else { return [0; 3] };
        [
            sum(&u.reveals, bucket(Counter::RevealsPerHour, at)),
            sum(&u.customers, bucket(Counter::CustomersPerHour, at)),
            sum(&u.exported, bucket(Counter::ExportedRowsPerDay, at)),
        ]
    }

    pub fn reveal(&self, user: UserId, at: UnixMs) {
        add(&mut self.users.lock().entry(user).or_default().reveals, bucket(Counter::RevealsPerHour, at), 1);
    }

    pub fn exported(&self, user: UserId, at: UnixMs, rows: u64) {
        add(&mut self.users.lock().entry(user).or_default().exported, bucket(Counter::ExportedRowsPerDay, at), rows);
    }

    pub fn customers(&self, user: UserId, at: UnixMs, customers: impl Iterator<Item = RecordId>) {
        let b = bucket(Counter::CustomersPerHour, at);
        let mut users = self.users.lock();
        let usage = users.entry(user).or_default();
        for customer in customers {
            usage.disclosed(customer, b);
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
        assert_eq!(c.read(user, t.plus_seconds(60)), [5, 1, 0]);
        assert_eq!(c.read(user, t.plus_seconds(3_601)), [0, 1, 0]);
        assert_eq!(c.read(user, t.plus_seconds(8_000)), [0, 0, 0]);
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
