//! The leaf: what one event leaves in the tree. Fixed size, big-endian, no personal data.
//!
//! | offset | bytes | field | |
//! |---|---|---|---|
//! | 0 | 1 | version | 1 |
//! | 1 | 1 | kind | [`LeafKind`] |
//! | 2 | 16 | event id | the bytes of a UUID |
//! | 18 | 8 | time | milliseconds since 1970-01-01T00:00:00Z |
//! | 26 | 4 | node | which server wrote it |
//! | 30 | 4 | boot | how often that server had started |
//! | 34 | 8 | counter | 0 at the start of a boot, then one more per leaf |
//! | 42 | 32 | prev | SHA-256 of the node's previous encoded leaf, zeros where there is none |
//! | 74 | 2 | action | code of the operation |
//! | 76 | 1 | decision | [`LeafDecision`] |
//! | 77 | 32 | c_meta | commitment to the operation, object type, field names, rule ids |
//! | 109 | 32 | c_actor | commitment to who did it |
//! | 141 | 32 | c_object | root over the commitments to the records touched |
//! | 173 | | end | |
//!
//! ```
//! use ledger::{Leaf, LeafKind};
//! let leaf = Leaf::new(LeafKind::Access, [1; 16], 1_700_000_000_000);
//! assert_eq!(Leaf::decode(&leaf.encode()).unwrap(), leaf);
//! ```

use serde::Serialize;

use crate::hash::{EMPTY_ROOT, Hash, leaf_hash, sha256};

/// Why bytes are not a leaf.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LeafError {
    #[error("a leaf has {expected} bytes, not {0}", expected = Leaf::BYTES)]
    Length(usize),
    #[error("unknown leaf version {0}")]
    Version(u8),
    #[error("unknown leaf kind {0}")]
    Kind(u8),
    #[error("unknown decision {0}")]
    Decision(u8),
}

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$item_doc])* $item = $code,)* }

        impl $name {
            pub const ALL: &[$name] = &[$($name::$item,)*];
            /// The number that stands in the leaf.
            pub const fn code(self) -> u8 {
                self as u8
            }
            pub const fn from_code(code: u8) -> Option<Self> {
                match code {
                    $($code => Some($name::$item),)*
                    _ => None,
                }
            }
        }
    };
}

codes! {
    /// What sort of event a leaf stands for.
    LeafKind {
        /// Customer data was shown, or refused.
        Access = 1,
        /// An administrative or policy change.
        Change = 2,
        /// A customer's data key was destroyed.
        Erasure = 3,
        /// Bodies were dropped under a retention policy.
        Retention = 4,
        /// A server began to write.
        NodeStart = 5,
        /// A server ended in order.
        NodeStop = 6,
        /// A checkpoint was given to an outside witness.
        Anchor = 7,
        /// A step in an investigation.
        Case = 8,
        /// Emergency access.
        BreakGlass = 9,
        /// Sign-in, sign-out, refused sign-in.
        Session = 10,
        /// A line of another system's log was taken in: nothing that happened here.
        Foreign = 11,
    }
}

codes! {
    /// How the event ended.
    LeafDecision {
        Allowed = 1,
        Refused = 2,
        /// Allowed, but the change met another one and was not made.
        Conflict = 3,
        /// A long act begins; its outcome follows as another event.
        Intent = 4,
        /// An intent whose act ended without saying how.
        Unknown = 5,
        /// Allowed, but it could not be done.
        Failed = 6,
    }
}

/// One event in the tree. `node`, `boot`, `ctr` and `prev` are set by [`crate::NodeStream`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    pub kind: LeafKind,
    /// The bytes of the event's UUID.
    pub event_id: [u8; 16],
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub time_ms: u64,
    pub node: u32,
    pub boot: u32,
    pub ctr: u64,
    pub prev: Hash,
    pub action: u16,
    pub decision: LeafDecision,
    pub c_meta: Hash,
    pub c_actor: Hash,
    pub c_object: Hash,
}

impl Leaf {
    /// Length of an encoded leaf.
    pub const BYTES: usize = 173;
    /// The only version there is.
    pub const VERSION: u8 = 1;

    /// An allowed event with no action, no meta and actor commitment (zeros) and no objects.
    pub const fn new(kind: LeafKind, event_id: [u8; 16], time_ms: u64) -> Self {
        Self {
            kind,
            event_id,
            time_ms,
            node: 0,
            boot: 0,
            ctr: 0,
            prev: [0; 32],
            action: 0,
            decision: LeafDecision::Allowed,
            c_meta: [0; 32],
            c_actor: [0; 32],
            c_object: EMPTY_ROOT,
        }
    }

    pub fn encode(&self) -> [u8; Self::BYTES] {
        let parts: [&[u8]; 13] = [
            &[Self::VERSION],
            &[self.kind.code()],
            &self.event_id,
            &self.time_ms.to_be_bytes(),
            &self.node.to_be_bytes(),
            &self.boot.to_be_bytes(),
            &self.ctr.to_be_bytes(),
            &self.prev,
            &self.action.to_be_bytes(),
            &[self.decision.code()],
            &self.c_meta,
            &self.c_actor,
            &self.c_object,
        ];
        let mut out = [0; Self::BYTES];
        let mut rest: &mut [u8] = &mut out;
        // INVARIANT: the parts are 173 bytes together (the table above), so each finds its room.
        for part in parts {
            if let Some((room, tail)) = std::mem::take(&mut rest).split_at_mut_checked(part.len()) {
                room.copy_from_slice(part);
                rest = tail;
            }
        }
        out
    }

    /// # Errors
    /// A wrong length, version, kind or decision. Every other bit pattern is a leaf, and encodes to the same bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, LeafError> {
        let mut rest = bytes;
        let length = || LeafError::Length(bytes.len());
        if bytes.len() != Self::BYTES {
            return Err(length());
        }
        let [version, kind_code] = take(&mut rest).ok_or_else(length)?;
        if version != Self::VERSION {
            return Err(LeafError::Version(version));
        }
        let kind = LeafKind::from_code(kind_code).ok_or(LeafError::Kind(kind_code))?;
        let event_id = take(&mut rest).ok_or_else(length)?;
        let time_ms = u64::from_be_bytes(take(&mut rest).ok_or_else(length)?);
        let node = u32::from_be_bytes(take(&mut rest).ok_or_else(length)?);
        let boot = u32::from_be_bytes(take(&mut rest).ok_or_else(length)?);
        let ctr = u64::from_be_bytes(take(&mut rest).ok_or_else(length)?);
        let prev = take(&mut rest).ok_or_else(length)?;
        let action = u16::from_be_bytes(take(&mut rest).ok_or_else(length)?);
        let [decision_code] = take(&mut rest).ok_or_else(length)?;
        let decision = LeafDecision::from_code(decision_code).ok_or(LeafError::Decision(decision_code))?;
        let c_meta = take(&mut rest).ok_or_else(length)?;
        let c_actor = take(&mut rest).ok_or_else(length)?;
        let c_object = take(&mut rest).ok_or_else(length)?;
        Ok(Self { kind, event_id, time_ms, node, boot, ctr, prev, action, decision, c_meta, c_actor, c_object })
    }

    /// What stands in the tree: SHA-256(0x00 ‖ encoded leaf).
    pub fn tree_hash(&self) -> Hash {
        leaf_hash(&self.encode())
    }

    /// What the node's next leaf carries as `prev`: SHA-256(encoded leaf).
    pub fn chain_hash(&self) -> Hash {
        sha256(&self.encode())
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Leaf {
        Leaf {
            kind: LeafKind::Session,
            event_id: [0x11; 16],
            time_ms: 0x2222_2222_2222_2222,
            node: 0x3333_3333,
            boot: 0x4444_4444,
            ctr: 0x5555_5555_5555_5555,
            prev: [0x66; 32],
            action: 0x7777,
            decision: LeafDecision::Failed,
            c_meta: [0x88; 32],
            c_actor: [0x99; 32],
            c_object: [0xaa; 32],
        }
    }

    #[test]
    fn each_field_stands_where_the_table_says() {
        let bytes = full().encode();
        let fields = [
            (0, 1, 1),
            (1, 1, 10),
            (2, 16, 0x11),
            (18, 8, 0x22),
            (26, 4, 0x33),
            (30, 4, 0x44),
            (34, 8, 0x55),
            (42, 32, 0x66),
            (74, 2, 0x77),
            (76, 1, 6),
            (77, 32, 0x88),
            (109, 32, 0x99),
            (141, 32, 0xaa),
        ];
        let mut end = 0;
        for (offset, length, byte) in fields {
            assert_eq!(offset, end);
            assert!(bytes[offset..offset + length].iter().all(|b| *b == byte), "offset {offset}");
            end = offset + length;
        }
        assert_eq!(end, Leaf::BYTES);
        assert_eq!(Leaf::decode(&bytes), Ok(full()));
    }

    #[test]
    fn what_is_no_leaf_is_refused() {
        let bytes = full().encode();
        assert_eq!(Leaf::decode(&bytes[1..]), Err(LeafError::Length(172)));
        assert_eq!(Leaf::decode(&[bytes.as_slice(), &[0]].concat()), Err(LeafError::Length(174)));
        for (at, error) in [(0, LeafError::Version(0)), (1, LeafError::Kind(0)), (76, LeafError::Decision(0))] {
            let mut bad = bytes;
            bad[at] = 0;
            assert_eq!(Leaf::decode(&bad), Err(error));
        }
    }
}
