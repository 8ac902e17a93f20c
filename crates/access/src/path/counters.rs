//! How much each user has done lately: what rate conditions look at.
//!
//! Counts are kept in memory per node over sliding windows of [`BUCKETS`] parts and filled again from the event rows at
//! start, so a restart is no way around a limit. With several nodes each counts what it served.

use std::collections::{HashMap, HashSet};

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
    customers: Vec<(i64, HashSet<RecordId>)>,
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
        let b = bucket(Counter::CustomersPerHour, at);
        let mut distinct = HashSet::new();
        for (_, customers) in u.customers.iter().filter(|(n, _)| *n > b - BUCKETS) {
            distinct.extend(customers.iter().copied());
        }
        [
            sum(&u.reveals, bucket(Counter::RevealsPerHour, at)),
            distinct.len() as u64,
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
        let list = &mut users.entry(user).or_default().customers;
        list.retain(|(n, _)| *n > b - BUCKETS);
        match list.iter_mut().find(|(n, _)| *n == b) {
            Some((_, set)) => set.extend(customers),
            None => list.push((b, customers.collect())),
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
}
