//! Node streams: each server numbers and chains its own leaves, so that one dropped before it reached the tree is missed.
//!
//! Rule: per node, boots rise; a boot begins with `node_start` at counter 0; counters rise by one; `prev` is SHA-256 of
//! the node's previous encoded leaf across boots (zeros for its very first); nothing follows `node_stop` in a boot;
//! time never goes back.
//!
//! ```
//! use ledger::{Leaf, LeafKind, NodeStream, StreamChecker};
//! let mut stream = NodeStream::first(1);
//! let mut checker = StreamChecker::default();
//! let start = stream.next(Leaf::new(LeafKind::NodeStart, [0; 16], 1000));
//! let access = stream.next(Leaf::new(LeafKind::Access, [1; 16], 1001));
//! checker.check(&start).unwrap();
//! checker.check(&access).unwrap();
//! assert!(checker.check(&access).is_err());
//! ```

use std::collections::HashMap;

use serde::Serialize;

use crate::hash::{Hash, sha256};
use crate::leaf::{Leaf, LeafKind};

/// Where one node stands: gives the next leaf its number, its link and a time that does not go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeStream {
    pub node: u32,
    pub boot: u32,
    /// Counter of the next leaf.
    pub ctr: u64,
    /// `prev` of the next leaf.
    pub prev: Hash,
    /// Time of the last leaf: a clock set back must not make an honest log look forged.
    pub last_time_ms: u64,
}

impl NodeStream {
    /// A node that has never written. Its first leaf must be a `node_start`.
    pub const fn first(node: u32) -> Self {
        Self { node, boot: 1, ctr: 0, prev: [0; 32], last_time_ms: 0 }
    }

    /// The next boot of a node whose last leaf in the log is `last`. Its first leaf must be a `node_start`.
    pub fn next_boot(last: &Leaf) -> Self {
        Self {
            node: last.node,
            boot: last.boot.saturating_add(1),
            ctr: 0,
            prev: last.chain_hash(),
            last_time_ms: last.time_ms,
        }
    }

    /// Goes on after `last` in the same boot.
    pub fn after(last: &Leaf) -> Self {
        Self {
            node: last.node,
            boot: last.boot,
            ctr: last.ctr.saturating_add(1),
            prev: last.chain_hash(),
            last_time_ms: last.time_ms,
        }
    }

    /// Sets `node`, `boot`, `ctr` and `prev` of `leaf`, raises its time to that of the previous leaf where the clock
    /// went back, and steps on.
    pub fn next(&mut self, mut leaf: Leaf) -> Leaf {
        leaf.node = self.node;
        leaf.boot = self.boot;
        leaf.ctr = self.ctr;
        leaf.prev = self.prev;
        leaf.time_ms = leaf.time_ms.max(self.last_time_ms);
        *self = Self::after(&leaf);
        leaf
    }
}

/// What is wrong with a leaf's place in its node's stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum StreamFault {
    #[error("a boot begins with something else than a node start")]
    NoStart,
    #[error("a node start stands inside a boot")]
    StartInside,
    #[error("the boot number went back")]
    BootWentBack,
    #[error("the counter is not the next one")]
    Counter,
    #[error("the link to the node's previous leaf does not match")]
    Link,
    #[error("a leaf follows the node's stop")]
    AfterStop,
    #[error("the time went back")]
    TimeWentBack,
}

#[derive(Debug, Clone, Copy)]
struct Tail {
    boot: u32,
    ctr: u64,
    hash: Hash,
    time_ms: u64,
    stopped: bool,
    gaps: u64,
}

/// Follows every node's stream through the log. Memory: one entry per node.
#[derive(Debug, Clone, Default)]
pub struct StreamChecker {
    tails: HashMap<u32, Tail>,
    gaps: u64,
}

impl StreamChecker {
    /// Checks the log's next leaf. After a fault the stream goes on from that leaf, so one missing leaf is one fault.
    ///
    /// # Errors
    /// The fault found first.
    pub fn check(&mut self, leaf: &Leaf) -> Result<(), StreamFault> {
        self.check_encoded(leaf, &leaf.encode())
    }

    /// As [`Self::check`] where the encoding is at hand.
    ///
    /// # Errors
    /// The fault found first.
    pub fn check_encoded(&mut self, leaf: &Leaf, encoded: &[u8]) -> Result<(), StreamFault> {
        let tail = Tail {
            boot: leaf.boot,
            ctr: leaf.ctr,
            hash: sha256(encoded),
            time_ms: leaf.time_ms,
            stopped: leaf.kind == LeafKind::NodeStop,
            gaps: self.gaps,
        };
        match self.tails.insert(leaf.node, tail) {
            Some(before) if before.gaps == self.gaps => follows(&before, leaf),
            // Leaves that the log's source could not show lie between: nothing can be said.
            _ if self.gaps > 0 => Ok(()),
            _ => begins(leaf),
        }
    }

    /// Leaves are missing from here on: each node's next leaf is taken as it comes.
    pub const fn skip_gap(&mut self) {
        self.gaps = self.gaps.saturating_add(1);
    }
}

fn begins(leaf: &Leaf) -> Result<(), StreamFault> {
    match leaf {
        Leaf { kind, .. } if *kind != LeafKind::NodeStart => Err(StreamFault::NoStart),
        Leaf { ctr, .. } if *ctr != 0 => Err(StreamFault::Counter),
        Leaf { prev, .. } if *prev != [0; 32] => Err(StreamFault::Link),
        _ => Ok(()),
    }
}

fn follows(before: &Tail, leaf: &Leaf) -> Result<(), StreamFault> {
    let new_boot = leaf.boot > before.boot;
    let start = leaf.kind == LeafKind::NodeStart;
    let expected = if new_boot { Some(0) } else { before.ctr.checked_add(1) };
    if leaf.boot < before.boot {
        Err(StreamFault::BootWentBack)
    } else if new_boot && !start {
        Err(StreamFault::NoStart)
    } else if !new_boot && start {
        Err(StreamFault::StartInside)
    } else if !new_boot && before.stopped {
        Err(StreamFault::AfterStop)
    } else if Some(leaf.ctr) != expected {
        Err(StreamFault::Counter)
    } else if leaf.prev != before.hash {
        Err(StreamFault::Link)
    } else if leaf.time_ms < before.time_ms {
        Err(StreamFault::TimeWentBack)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(kind: LeafKind, time_ms: u64) -> Leaf {
        Leaf::new(kind, [0; 16], time_ms)
    }

    /// Node 1 starts, works, stops and starts again; node 2 works in between.
    fn story() -> Vec<Leaf> {
        let mut one = NodeStream::first(1);
        let mut two = NodeStream::first(2);
        let mut leaves = vec![one.next(leaf(LeafKind::NodeStart, 10)), one.next(leaf(LeafKind::Access, 11))];
        leaves.push(two.next(leaf(LeafKind::NodeStart, 5)));
        let stop = one.next(leaf(LeafKind::NodeStop, 12));
        leaves.push(stop.clone());
        let mut again = NodeStream::next_boot(&stop);
        leaves.push(two.next(leaf(LeafKind::Access, 6)));
        leaves.push(again.next(leaf(LeafKind::NodeStart, 12)));
        leaves.push(again.next(leaf(LeafKind::Access, 13)));
        leaves
    }

    fn first_fault(leaves: &[Leaf]) -> Option<(usize, StreamFault)> {
        let mut checker = StreamChecker::default();
        leaves.iter().enumerate().find_map(|(i, leaf)| checker.check(leaf).err().map(|fault| (i, fault)))
    }

    #[test]
    fn an_honest_log_has_no_fault_even_when_the_clock_went_back() {
        assert_eq!(first_fault(&story()), None);
        let mut stream = NodeStream::first(3);
        let leaves = [stream.next(leaf(LeafKind::NodeStart, 100)), stream.next(leaf(LeafKind::Access, 50))];
        assert_eq!(leaves[1].time_ms, 100);
        assert_eq!(first_fault(&leaves), None);
    }

    #[test]
    fn every_dropped_leaf_that_has_a_successor_is_missed() {
        for drop in [0, 1, 2, 3, 5] {
            let mut leaves = story();
            leaves.remove(drop);
            assert!(first_fault(&leaves).is_some(), "leaf {drop}");
        }
    }

    #[test]
    fn each_fault_is_named() {
        let fault = |change: fn(&mut Leaf), at: usize| {
            let mut leaves = story();
            change(&mut leaves[at]);
            first_fault(&leaves).map(|(i, fault)| {
                assert_eq!(i, at);
                fault
            })
        };
        assert_eq!(fault(|l| l.kind = LeafKind::Access, 0), Some(StreamFault::NoStart));
        assert_eq!(fault(|l| l.kind = LeafKind::Access, 5), Some(StreamFault::NoStart));
        assert_eq!(fault(|l| l.kind = LeafKind::NodeStart, 1), Some(StreamFault::StartInside));
        assert_eq!(fault(|l| l.boot = 0, 5), Some(StreamFault::BootWentBack));
        assert_eq!(fault(|l| l.ctr = 7, 6), Some(StreamFault::Counter));
        assert_eq!(fault(|l| l.prev[31] ^= 1, 5), Some(StreamFault::Link));
        assert_eq!(fault(|l| l.prev[31] ^= 1, 0), Some(StreamFault::Link));
        assert_eq!(fault(|l| l.time_ms = 1, 6), Some(StreamFault::TimeWentBack));
        assert_eq!(
            fault(
                |l| {
                    l.boot = 1;
                    l.kind = LeafKind::Access;
                },
                5
            ),
            Some(StreamFault::AfterStop)
        );
    }

    #[test]
    fn behind_a_gap_the_streams_are_taken_as_they_come_and_then_held_to_the_rule() {
        let leaves = story();
        let mut checker = StreamChecker::default();
        checker.skip_gap();
        assert_eq!(checker.check(&leaves[1]), Ok(()));
        assert_eq!(checker.check(&leaves[3]), Ok(()));
        assert_eq!(checker.check(&leaves[6]), Err(StreamFault::NoStart));
    }
}
