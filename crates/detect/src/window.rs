//! Correlation windows: what happened to one group within the last `span` seconds, in constant time an event.
//!
//! A window holds the hits of `[now − span, now]`, both ends in it, as rsigma's sliding window does, in whole seconds.
//!
//! * **Distinct** is exact: what counts for a value is when it was last seen, so a group costs as much as it has
//!   distinct values, however often each is read. Past a cap, which is at least the rule's threshold, the values not
//!   seen for longest go: the verdict stays right and only the number told stops growing.
//! * **Count** and **Sum** are exact to the second in windows of up to an hour. Longer ones lie in 3,600 buckets, and a
//!   bucket stays until its newest hit is out: a hit may count for at most a 3,600th of the span too long, and never
//!   too short.
//! * **Temporal** remembers the last hit of each rule; **ordered** the latest start of a chain that got so far.
//!
//! Time never runs backwards here: the caller hands in the newest moment it has seen.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::key::{Key, Map};

/// Buckets of a counting window.
pub const BUCKETS: i64 = 3_600;

/// Width of a bucket in seconds.
pub const fn width(span: i64) -> i64 {
    (span + BUCKETS - 1) / BUCKETS
}

/// What a window does with its hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    Count,
    Sum,
    /// Number of distinct values, at most this many of them held.
    Distinct(usize),
    /// All of this many rules.
    Temporal(usize),
    Ordered(usize),
}

/// One group's state.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Window {
    Total { buckets: VecDeque<Bucket>, total: i64 },
    Distinct { last: Pairs, order: VecDeque<(i64, Key)> },
    Temporal { last: Vec<i64> },
    Ordered { start: Vec<i64> },
}

/// Hits of one stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    slot: i64,
    newest: i64,
    amount: i64,
}

/// When each value was last seen.
#[derive(Debug, Clone, Default)]
pub struct Pairs(Map<Key, i64>);

impl Serialize for Pairs {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut pairs: Vec<(Key, i64)> = self.0.iter().map(|(k, t)| (*k, *t)).collect();
        pairs.sort_unstable();
        pairs.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Vec::<(Key, i64)>::deserialize(deserializer)?.into_iter().collect()))
    }
}

const NEVER: i64 = i64::MIN;

impl Window {
    pub fn new(shape: Shape) -> Window {
        match shape {
            Shape::Count | Shape::Sum => Window::Total { buckets: VecDeque::new(), total: 0 },
            Shape::Distinct(_) => Window::Distinct { last: Pairs::default(), order: VecDeque::new() },
            Shape::Temporal(n) => Window::Temporal { last: vec![NEVER; n] },
            Shape::Ordered(n) => Window::Ordered { start: vec![NEVER; n] },
        }
    }

    /// Adds an amount at a moment.
    pub fn add(&mut self, now: i64, span: i64, amount: i64) {
        self.expire(now, span);
        let Window::Total { buckets, total } = self else { return };
        let slot = now.div_euclid(width(span));
        *total = total.saturating_add(amount);
        match buckets.back_mut() {
            Some(bucket) if bucket.slot == slot => {
                bucket.newest = now;
                bucket.amount = bucket.amount.saturating_add(amount);
            }
            _ => buckets.push_back(Bucket { slot, newest: now, amount }),
        }
    }

    /// Sees a value at a moment; says how many distinct ones had to go to keep the cap.
    pub fn see(&mut self, now: i64, span: i64, value: Key, cap: usize) -> u64 {
        self.expire(now, span);
        let Window::Distinct { last, order } = self else { return 0 };
        // Seen again within the same second: nothing changes.
        if last.0.insert(value, now) != Some(now) {
            order.push_back((now, value));
        }
        let mut dropped = 0;
        while last.0.len() > cap {
            let Some((at, value)) = order.pop_front() else { break };
            if last.0.get(&value) == Some(&at) {
                last.0.remove(&value);
                dropped += 1;
            }
        }
        // Values seen again leave their old places behind: swept when they are more than half of all.
        if order.len() > 2 * last.0.len() + 64 {
            order.retain(|(at, value)| last.0.get(value) == Some(at));
        }
        dropped
    }

    /// Rule number `rule` of a temporal correlation was hit.
    pub fn hit(&mut self, now: i64, span: i64, rule: usize) {
        self.expire(now, span);
        match self {
            Window::Temporal { last } => {
                if let Some(at) = last.get_mut(rule) {
                    *at = now;
                }
            }
            Window::Ordered { start } => {
                let from = match rule.checked_sub(1) {
                    None => now,
                    Some(before) => start.get(before).copied().unwrap_or(NEVER),
                };
                if let Some(at) = start.get_mut(rule) {
                    *at = (*at).max(from);
                }
            }
            _ => {}
        }
    }

    /// Lets go of what is out of the window.
    pub fn expire(&mut self, now: i64, span: i64) {
        let from = now.saturating_sub(span);
        match self {
            Window::Total { buckets, total } => {
                while let Some(bucket) = buckets.front().filter(|b| b.newest < from) {
                    *total = total.saturating_sub(bucket.amount);
                    buckets.pop_front();
                }
            }
            Window::Distinct { last, order } => {
                while let Some((at, value)) = order.front().copied().filter(|(at, _)| *at < from) {
                    if last.0.get(&value) == Some(&at) {
                        last.0.remove(&value);
                    }
                    order.pop_front();
                }
            }
            Window::Temporal { last } => last.iter_mut().filter(|at| **at < from).for_each(|at| *at = NEVER),
            Window::Ordered { start } => start.iter_mut().filter(|at| **at < from).for_each(|at| *at = NEVER),
        }
    }

    /// What the window says: a count, a sum, a number of values, a number of rules that were hit (in order).
    pub fn value(&self) -> i64 {
        let len = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        match self {
            Window::Total { total, .. } => *total,
            Window::Distinct { last, .. } => len(last.0.len()),
            Window::Temporal { last } => len(last.iter().filter(|at| **at != NEVER).count()),
            Window::Ordered { start } => match start.last() {
                Some(at) if *at != NEVER => len(start.len()),
                _ => 0,
            },
        }
    }

    /// Bytes it holds, about.
    pub fn bytes(&self) -> usize {
        match self {
            Window::Total { buckets, .. } => buckets.len() * 24,
            Window::Distinct { last, order } => last.0.len() * 40 + order.len() * 24,
            Window::Temporal { last: at } | Window::Ordered { start: at } => at.len() * 8,
        }
    }
}

/// A group: its window and the events that fed it last.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Group {
    pub window: Window,
    pub touched: i64,
    pub first: i64,
    /// With the second of each.
    pub evidence: VecDeque<(i64, model::EventId)>,
}

impl Group {
    fn new(shape: Shape, now: i64) -> Group {
        Group { window: Window::new(shape), touched: now, first: now, evidence: VecDeque::new() }
    }
    /// Keeps an event as evidence, and no more of them than this, nor any from before the window.
    pub fn keep(&mut self, event: model::EventId, now: i64, span: i64, most: usize) {
        while self.evidence.front().is_some_and(|(at, _)| *at < now.saturating_sub(span)) || self.evidence.len() >= most
        {
            self.evidence.pop_front();
        }
        if self.evidence.back().map(|(_, last)| *last) != Some(event) {
            self.evidence.push_back((now, event));
        }
    }
}

/// The groups of one correlation. Those out of their window are dropped as time goes on; past the cap the one not
/// touched for longest goes, and is counted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Groups {
    #[serde(with = "pairs")]
    all: Map<Key, Group>,
    order: VecDeque<(i64, Key)>,
    pub evicted: u64,
}

impl Groups {
    /// The group of a key, made if need be.
    pub fn touch(&mut self, key: Key, now: i64, span: i64, shape: Shape, cap: usize) -> &mut Group {
        self.sweep(now, span);
        let known = self.all.get(&key).is_some_and(|g| g.touched == now);
        if !known {
            self.order.push_back((now, key));
            if !self.all.contains_key(&key) && self.all.len() >= cap {
                self.evict();
            }
        }
        if self.order.len() > 2 * self.all.len() + 64 {
            let all = &self.all;
            self.order.retain(|(at, k)| *k == key && *at == now || all.get(k).is_some_and(|g| g.touched == *at));
        }
        let group = self.all.entry(key).or_insert_with(|| Group::new(shape, now));
        // Whether an old group was swept yet depends on others: either way it begins anew.
        if group.touched < now.saturating_sub(span) {
            *group = Group::new(shape, now);
        }
        group.touched = now;
        group
    }

    fn sweep(&mut self, now: i64, span: i64) {
        // A few at a time: the cost is spread over events, and nothing is kept much longer than its window.
        for _ in 0..4 {
            match self.order.front().copied() {
                Some((at, key)) if at < now.saturating_sub(span) => {
                    if self.all.get(&key).is_some_and(|g| g.touched == at) {
                        self.all.remove(&key);
                    }
                    self.order.pop_front();
                }
                _ => break,
            }
        }
    }

    fn evict(&mut self) {
        while let Some((at, key)) = self.order.pop_front() {
            if self.all.get(&key).is_some_and(|g| g.touched == at) {
                self.all.remove(&key);
                self.evicted += 1;
                break;
            }
        }
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
    pub fn bytes(&self) -> usize {
        self.order.len() * 24 + self.all.values().map(|g| 200 + g.window.bytes() + g.evidence.len() * 16).sum::<usize>()
    }
}

/// Maps in snapshots: pairs in the order of their keys, so that equal states are equal bytes.
pub mod pairs {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::key::Map;

    pub fn serialize<K: Serialize + Ord, V: Serialize, S: Serializer>(
        map: &Map<K, V>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut pairs: Vec<(&K, &V)> = map.iter().collect();
        pairs.sort_by(|a, b| a.0.cmp(b.0));
        serializer.collect_seq(pairs)
    }

    pub fn deserialize<'de, K, V, D>(deserializer: D) -> Result<Map<K, V>, D::Error>
    where
        K: Deserialize<'de> + std::hash::Hash + Eq,
        V: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        Ok(Vec::<(K, V)>::deserialize(deserializer)?.into_iter().collect())
    }
}
