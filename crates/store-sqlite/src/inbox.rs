//! What a batch of events is until it is filed: one row, so that making it durable touches a handful of pages.
//!
//! An entry, big-endian, one after the other:
//!
//! | bytes | field |
//! |---|---|
//! | 173 | leaf, with its place in the node's stream |
//! | 8, 4, 4 | at, one more than the records without a business reason (0: not asked), policy version |
//! | 16 | actor |
//! | 4 + n, seven times | on behalf of, department, channel, source, object, touches, body; a length of 2³²−1 means none |

use access::path::{Entry, pack_touches, unpack_touches};
use ledger::Leaf;
use model::{Channel, DepartmentId, UnixMs, UserId};

/// One event with its place in its node's stream.
pub struct Placed {
    pub entry: Entry,
    pub leaf: Leaf,
    pub encoded: [u8; Leaf::BYTES],
}

const NONE: u32 = u32::MAX;

fn put(out: &mut Vec<u8>, part: Option<&[u8]>) {
    let length = part.map_or(NONE, |p| u32::try_from(p.len()).unwrap_or(NONE - 1));
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(part.unwrap_or_default());
}

/// Appends an event to the bytes of its batch.
pub fn pack(out: &mut Vec<u8>, placed: &Placed) {
    let e = &placed.entry;
    out.extend_from_slice(&placed.encoded);
    out.extend_from_slice(&e.at.0.to_be_bytes());
    out.extend_from_slice(&e.unexplained.map_or(0, |n| n.saturating_add(1)).to_be_bytes());
    out.extend_from_slice(&u32::try_from(e.policy_version).unwrap_or(u32::MAX).to_be_bytes());
    out.extend_from_slice(e.actor.as_bytes());
    put(out, e.on_behalf_of.as_ref().map(|u| u.as_bytes().as_slice()));
    put(out, e.department.as_ref().map(|d| d.as_bytes().as_slice()));
    put(out, Some(e.channel.as_bytes()));
    put(out, e.source.as_deref().map(str::as_bytes));
    put(out, e.object.as_deref().map(str::as_bytes));
    put(out, Some(&pack_touches(&e.touches)));
    put(out, Some(&e.body));
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*head)
    }
    /// `Some(None)` where the part was none.
    fn part(&mut self) -> Option<Option<&'a [u8]>> {
        let length = u32::from_be_bytes(self.array()?);
        if length == NONE {
            return Some(None);
        }
        let (part, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(Some(part))
    }
    fn text(&mut self) -> Option<Option<String>> {
        match self.part()? {
            None => Some(None),
            Some(bytes) => Some(Some(std::str::from_utf8(bytes).ok()?.to_owned())),
        }
    }
    fn id(&mut self) -> Option<Option<[u8; 16]>> {
        match self.part()? {
            None => Some(None),
            Some(bytes) => Some(Some(bytes.try_into().ok()?)),
        }
    }
    fn entry(&mut self) -> Option<Placed> {
        let encoded: [u8; Leaf::BYTES] = self.array()?;
        let leaf = Leaf::decode(&encoded).ok()?;
        let at = UnixMs(i64::from_be_bytes(self.array()?));
        // Batches of before there were reasons have eight bytes of policy version here.
        let unexplained = u32::from_be_bytes(self.array()?).checked_sub(1);
        let policy_version = u64::from(u32::from_be_bytes(self.array()?));
        let actor = UserId::from_bytes(self.array()?);
        let on_behalf_of = self.id()?.map(UserId::from_bytes);
        let department = self.id()?.map(DepartmentId::from_bytes);
        let channel = self.text()??;
        let channel = Channel::ALL.into_iter().map(Channel::as_str).find(|known| *known == channel)?;
        let entry = Entry {
            leaf: leaf.clone(),
            at,
            actor,
            on_behalf_of,
            department,
            channel,
            source: self.text()?,
            object: self.text()?,
            policy_version,
            unexplained,
            touches: unpack_touches(self.part()??)?,
            body: self.part()??.to_vec(),
        };
        Some(Placed { entry, leaf, encoded })
    }
}

/// The events of a batch; `None` when its bytes are damaged.
pub fn unpack(bytes: &[u8]) -> Option<Vec<Placed>> {
    let mut reader = Reader(bytes);
    let mut out = Vec::new();
    while !reader.0.is_empty() {
        out.push(reader.entry()?);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use access::path::TouchRow;
    use ledger::LeafKind;
    use model::RecordId;

    use super::*;

    fn placed(n: u8, full: bool) -> Placed {
        let leaf = Leaf::new(LeafKind::Access, [n; 16], 1_700_000_000_000);
        let touch = TouchRow {
            record: RecordId::from_bytes([n; 16]),
            customer: RecordId::from_bytes([9; 16]),
            disclosure: 3,
            keyed: true,
            commitment: [4; 32],
        };
        let entry = Entry {
            leaf: leaf.clone(),
            at: UnixMs(-5),
            actor: UserId::from_bytes([1; 16]),
            on_behalf_of: full.then(|| UserId::from_bytes([2; 16])),
            department: full.then(|| DepartmentId::from_bytes([3; 16])),
            channel: "web",
            source: full.then(|| "192.0.2.7".to_owned()),
            object: full.then(|| "customer".to_owned()),
            policy_version: 7,
            unexplained: full.then_some(1),
            touches: if full { vec![touch.clone(), touch] } else { vec![] },
            body: vec![n; 300],
        };
        Placed { encoded: leaf.encode(), leaf, entry }
    }

    #[test]
    fn a_batch_survives_packing_and_damage_is_seen() {
        let mut bytes = vec![];
        pack(&mut bytes, &placed(1, true));
        let first = bytes.len();
        pack(&mut bytes, &placed(2, false));
        let back = unpack(&bytes).unwrap();
        let mut again = vec![];
        back.iter().for_each(|p| pack(&mut again, p));
        assert_eq!(again, bytes);
        assert_eq!((back[0].entry.touches.len(), back[1].entry.source.as_deref()), (2, None));
        for cut in 1..bytes.len() {
            // A cut between two entries is well formed; that events are missing is seen by the batch that follows.
            assert_eq!(unpack(&bytes[..cut]).is_some(), cut == first, "{cut}");
        }
    }
}
