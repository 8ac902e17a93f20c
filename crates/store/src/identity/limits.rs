//! Limits on guessing: each failure makes the next attempt wait longer. Nobody is ever locked out.
//!
//! Three counts, each leaving after an hour without failures: the login from one address, the address, the login from
//! anywhere. The last one slows down guessing by many addresses; it does not hold for an address from which the login
//! has signed in before, so an attacker cannot keep a person out of their own account.
//!
//! Pure: the moment is handed in. An attempt counts as failed when it begins, so that a hundred at once are not one.
//!
//! ```
//! use model::UnixMs;
//! use store::identity::limits::{LoginLimits, From};
//! let mut limits = LoginLimits::default();
//! let from = From { login: [1; 32], address: Some("10.0.0.1".parse().unwrap()), known: false };
//! let now = UnixMs(1_000_000);
//! for _ in 0..5 { limits.attempt(&from, now).unwrap(); }
//! assert_eq!(limits.attempt(&from, now).unwrap_err().until, now.plus_seconds(1));
//! assert!(limits.attempt(&from, now.plus_seconds(1)).is_ok());
//! ```

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};

use model::UnixMs;

/// A count without failures for this long is gone.
const FORGET_MS: i64 = 3_600_000;
/// Counts kept; beyond, the oldest go.
const MOST: usize = 100_000;

/// Failures without a wait, and the longest wait, of one kind of count.
#[derive(Clone, Copy)]
struct Rule {
    free: u32,
    longest_ms: i64,
}

const PAIR: Rule = Rule { free: 5, longest_ms: 900_000 };
const ADDRESS: Rule = Rule { free: 30, longest_ms: 900_000 };
const LOGIN: Rule = Rule { free: 20, longest_ms: 60_000 };

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Pair([u8; 32], IpAddr),
    Address(IpAddr),
    Login([u8; 32]),
}

#[derive(Debug, Clone, Copy)]
struct Count {
    failures: u32,
    last: UnixMs,
    /// No attempt before this moment.
    until: UnixMs,
    /// A refusal of the present wait has been recorded.
    told: bool,
}

/// Who tries, as far as it matters here.
#[derive(Debug, Clone, Copy)]
pub struct From {
    /// Keyed hash of the login.
    pub login: [u8; 32],
    /// `None` for the command line.
    pub address: Option<IpAddr>,
    /// The login has signed in from this address before.
    pub known: bool,
}

/// Too early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    pub until: UnixMs,
    /// Only the count over all addresses stands against it: a known address may go on.
    pub login_only: bool,
    /// The first answer of its kind in this wait: record it. The ones that follow would only fill the log.
    pub first: bool,
}

impl Wait {
    /// Whole seconds to wait, at least one.
    pub fn seconds(&self, now: UnixMs) -> u64 {
        let ms = self.until.0.saturating_sub(now.0);
        u64::try_from(ms).unwrap_or(0).div_ceil(1000).max(1)
    }
}

/// The counts.
#[derive(Default)]
pub struct LoginLimits(HashMap<Key, Count>);

/// One household or site: an IPv4 address, or the /64 of an IPv6 one.
fn site(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 => v4,
    }
}

impl LoginLimits {
    fn keys(from: &From) -> Vec<(Key, Rule)> {
        let mut keys = vec![];
        if let Some(address) = from.address.map(site) {
            keys.push((Key::Pair(from.login, address), PAIR));
            keys.push((Key::Address(address), ADDRESS));
        } else {
            keys.push((Key::Pair(from.login, IpAddr::V6(Ipv6Addr::UNSPECIFIED)), PAIR));
        }
        if !from.known {
            keys.push((Key::Login(from.login), LOGIN));
        }
        keys
    }

    /// Begins an attempt, counted as failed until [`LoginLimits::succeeded`].
    ///
    /// # Errors
    /// [`Wait`]: nothing is to be tried before then. It is not counted.
    pub fn attempt(&mut self, from: &From, now: UnixMs) -> Result<(), Wait> {
        self.make_room(now);
        let keys = Self::keys(from);
        let mut wait: Option<Wait> = None;
        for (key, _) in &keys {
            let Some(count) = self.0.get_mut(key) else { continue };
            if now.0.saturating_sub(count.last.0) >= FORGET_MS {
                self.0.remove(key);
                continue;
            }
            if now < count.until {
                let login_only = matches!(key, Key::Login(_)) && wait.is_none();
                let first = !count.told;
                count.told = true;
                let until = wait.map_or(count.until, |w| w.until.max(count.until));
                wait = Some(Wait { until, login_only, first: first || wait.is_some_and(|w| w.first) });
            }
        }
        if let Some(wait) = wait {
            return Err(wait);
        }
        for (key, rule) in keys {
            let count = self.0.entry(key).or_insert(Count { failures: 0, last: now, until: now, told: false });
            count.failures = count.failures.saturating_add(1);
            count.last = now;
            count.told = false;
            count.until = now.plus_ms(delay_ms(rule, count.failures));
        }
        Ok(())
    }

    /// The attempt was right: the login starts afresh. Of the address only this attempt is taken back, so that someone
    /// with an account of their own cannot clear the count of what they guess at others.
    pub fn succeeded(&mut self, from: &From, now: UnixMs) {
        let from = From { known: false, ..*from };
        for (key, rule) in Self::keys(&from) {
            match key {
                Key::Pair(..) | Key::Login(_) => {
                    self.0.remove(&key);
                }
                Key::Address(_) => self.take_back(&key, rule, now),
            }
        }
    }

    /// The attempt was neither right nor wrong (the second factor is still to come).
    pub fn undecided(&mut self, from: &From, now: UnixMs) {
        for (key, rule) in Self::keys(from) {
            self.take_back(&key, rule, now);
        }
    }

    fn take_back(&mut self, key: &Key, rule: Rule, now: UnixMs) {
        if let Some(count) = self.0.get_mut(key) {
            count.failures = count.failures.saturating_sub(1);
            count.until = now.plus_ms(delay_ms(rule, count.failures)).min(count.until);
        }
    }

    fn make_room(&mut self, now: UnixMs) {
        if self.0.len() < MOST {
            return;
        }
        self.0.retain(|_, c| now.0.saturating_sub(c.last.0) < FORGET_MS);
        if self.0.len() >= MOST {
            // Still full: keep the half that failed last.
            let mut times: Vec<UnixMs> = self.0.values().map(|c| c.last).collect();
            times.sort_unstable();
            let middle = times.get(times.len() / 2).copied().unwrap_or(now);
            self.0.retain(|_, c| c.last > middle);
        }
    }
}

/// 1 s after the free failures, doubling with each further one.
fn delay_ms(rule: Rule, failures: u32) -> i64 {
    match failures.checked_sub(rule.free) {
        None => 0,
        Some(n) => 1000_i64.saturating_mul(1_i64.checked_shl(n.min(40)).unwrap_or(i64::MAX)).min(rule.longest_ms),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMs = UnixMs(1_800_000_000_000);

    fn from(login: u8, address: &str, known: bool) -> From {
        From { login: [login; 32], address: Some(address.parse().unwrap()), known }
    }

    #[test]
    fn waits_double_up_to_a_quarter_of_an_hour_and_leave_after_an_hour() {
        let mut limits = LoginLimits::default();
        let me = from(1, "10.0.0.1", true);
        let mut now = NOW;
        let mut waits = vec![];
        for _ in 0..18 {
            limits.attempt(&me, now).unwrap();
            match limits.attempt(&me, now) {
                Ok(()) => waits.push(0),
                Err(wait) => {
                    waits.push(wait.seconds(now));
                    now = wait.until;
                }
            }
        }
        // The pairs of attempts without a wait use up the free failures two by two.
        assert_eq!(waits[..8], [0, 0, 1, 2, 4, 8, 16, 32]);
        assert_eq!(waits.last(), Some(&900));
        assert!(limits.attempt(&me, now.plus_ms(FORGET_MS)).is_ok());
        assert!(limits.attempt(&me, now.plus_ms(FORGET_MS)).is_ok());
    }

    #[test]
    fn many_addresses_guessing_at_one_login_do_not_keep_its_owner_out() {
        let mut limits = LoginLimits::default();
        for n in 0..60_u8 {
            let _ = limits.attempt(&from(1, &format!("198.51.100.{n}"), false), NOW.plus_ms(i64::from(n)));
        }
        let stranger = limits.attempt(&from(1, "203.0.113.9", false), NOW.plus_ms(100)).unwrap_err();
        assert!(stranger.login_only);
        assert!(limits.attempt(&from(1, "10.0.0.1", true), NOW.plus_ms(100)).is_ok());
    }

    #[test]
    fn one_address_guessing_at_many_logins_is_slowed_down() {
        let mut limits = LoginLimits::default();
        for n in 0..30 {
            limits.attempt(&from(n, "2001:db8::1", false), NOW).unwrap();
        }
        // Another address of the same /64.
        assert!(limits.attempt(&from(99, "2001:db8::ffff", false), NOW).is_err());
        assert!(limits.attempt(&from(99, "2001:db8:1::1", false), NOW).is_ok());
    }

    #[test]
    fn success_clears_the_login_but_not_what_the_address_did_to_others() {
        let mut limits = LoginLimits::default();
        for n in 0..29 {
            limits.attempt(&from(n, "10.0.0.1", false), NOW).unwrap();
            let own = from(200, "10.0.0.1", true);
            limits.attempt(&own, NOW).unwrap();
            limits.succeeded(&own, NOW);
        }
        limits.attempt(&from(100, "10.0.0.1", false), NOW).unwrap();
        assert!(limits.attempt(&from(101, "10.0.0.1", false), NOW).is_err());
    }

    #[test]
    fn attempts_at_once_are_counted_before_they_are_decided() {
        let mut limits = LoginLimits::default();
        let begun = (0..100).filter(|_| limits.attempt(&from(1, "10.0.0.1", false), NOW).is_ok()).count();
        assert_eq!(begun, 5);
    }

    #[test]
    fn only_the_first_refusal_of_a_wait_is_for_the_log() {
        let mut limits = LoginLimits::default();
        let me = from(1, "10.0.0.1", true);
        for _ in 0..5 {
            limits.attempt(&me, NOW).unwrap();
        }
        assert!(limits.attempt(&me, NOW).unwrap_err().first);
        assert!(!limits.attempt(&me, NOW).unwrap_err().first);
        limits.attempt(&me, NOW.plus_seconds(1)).unwrap();
        assert!(limits.attempt(&me, NOW.plus_seconds(1)).unwrap_err().first);
    }

    #[test]
    fn counts_are_bounded() {
        let mut limits = LoginLimits::default();
        for n in 0..u32::try_from(MOST).unwrap() {
            let mut login = [0; 32];
            login[..4].copy_from_slice(&n.to_be_bytes());
            let address = IpAddr::V4(std::net::Ipv4Addr::from(n));
            let _ = limits.attempt(&From { login, address: Some(address), known: false }, NOW.plus_ms(i64::from(n)));
        }
        assert!(limits.0.len() <= MOST + 3);
    }
}
