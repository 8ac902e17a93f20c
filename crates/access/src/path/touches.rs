//! The touches of an event as bytes, for what waits to be put in order: 67 each, big-endian.
//!
//! | offset | bytes | field |
//! |---|---|---|
//! | 0 | 16 | record |
//! | 16 | 16 | customer |
//! | 32 | 2 | disclosure |
//! | 34 | 1 | keyed (1: its salt comes from the customer's key) |
//! | 35 | 32 | commitment |

use model::RecordId;

use super::journal::TouchRow;

/// Bytes of each.
pub const PACKED_TOUCH_BYTES: usize = 67;

/// All of them, one after the other.
pub fn pack_touches(touches: &[TouchRow]) -> Vec<u8> {
    let mut out = Vec::with_capacity(touches.len() * PACKED_TOUCH_BYTES);
    for t in touches {
        out.extend_from_slice(t.record.as_bytes());
        out.extend_from_slice(t.customer.as_bytes());
        out.extend_from_slice(&t.disclosure.to_be_bytes());
        out.push(u8::from(t.keyed));
        out.extend_from_slice(&t.commitment);
    }
    out
}

/// The inverse of [`pack_touches`]; `None` when the column is damaged.
pub fn unpack_touches(bytes: &[u8]) -> Option<Vec<TouchRow>> {
    let (items, []) = bytes.as_chunks::<PACKED_TOUCH_BYTES>() else { return None };
    items.iter().map(|item| one(item)).collect()
}

fn one(item: &[u8]) -> Option<TouchRow> {
    let (record, rest) = item.split_first_chunk()?;
    let (customer, rest) = rest.split_first_chunk()?;
    let (disclosure, rest) = rest.split_first_chunk()?;
    let (&keyed, commitment) = rest.split_first()?;
    Some(TouchRow {
        record: RecordId::from_bytes(*record),
        customer: RecordId::from_bytes(*customer),
        disclosure: u16::from_be_bytes(*disclosure),
        keyed: match keyed {
            0 => false,
            1 => true,
            _ => return None,
        },
        commitment: commitment.try_into().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touches_survive_packing_and_damage_is_seen() {
        let touch = |n: u8, keyed| TouchRow {
            record: RecordId::from_bytes([n; 16]),
            customer: RecordId::from_bytes([n + 1; 16]),
            disclosure: 0x0102,
            keyed,
            commitment: [n + 2; 32],
        };
        let packed = pack_touches(&[touch(1, true), touch(7, false)]);
        let back = unpack_touches(&packed).unwrap();
        assert_eq!(pack_touches(&back), packed);
        assert_eq!((back[0].disclosure, back[0].keyed, back[1].keyed), (0x0102, true, false));
        assert!(unpack_touches(&[]).unwrap().is_empty());
        assert!(unpack_touches(&packed[1..]).is_none());
        let mut odd = packed;
        odd[34] = 2;
        assert!(unpack_touches(&odd).is_none());
    }
}
