//! Entry bundles: up to 256 entries end to end, each behind its length as a big-endian u16 (C2SP tlog-tiles).
//!
//! ```
//! let bytes = ledger::bundle::encode(&[b"one".as_slice(), b"three"]).unwrap();
//! assert_eq!(ledger::bundle::decode(&bytes, 2).unwrap(), [b"one".as_slice(), b"three"]);
//! ```

/// Longest entry a bundle can hold.
pub const MAX_ENTRY_BYTES: usize = u16::MAX as usize;
/// Longest bundle of 256 entries of one leaf each: what a reader need accept of this log.
pub const FULL_LEAF_BUNDLE_BYTES: usize = 256 * (2 + crate::Leaf::BYTES);

/// Why bytes are not a bundle, or entries cannot become one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    #[error("an entry of {0} bytes is too long, at most 65535")]
    EntryTooLong(usize),
    #[error("the bundle is cut short after {0} entries")]
    Short(usize),
    #[error("the bundle has {0} bytes too many")]
    Trailing(usize),
}

/// # Errors
/// An entry is longer than [`MAX_ENTRY_BYTES`].
pub fn encode(entries: &[impl AsRef<[u8]>]) -> Result<Vec<u8>, BundleError> {
    let mut out = Vec::with_capacity(entries.iter().map(|e| e.as_ref().len() + 2).sum());
    for entry in entries {
        push(&mut out, entry.as_ref())?;
    }
    Ok(out)
}

/// Appends one entry to a bundle.
///
/// # Errors
/// The entry is longer than [`MAX_ENTRY_BYTES`]; the bundle is as it was.
pub fn push(bundle: &mut Vec<u8>, entry: &[u8]) -> Result<(), BundleError> {
    let length = u16::try_from(entry.len()).map_err(|_| BundleError::EntryTooLong(entry.len()))?;
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(entry);
    Ok(())
}

/// Reads exactly `count` entries.
///
/// # Errors
/// The bytes end early, or go on after the last entry.
pub fn decode(bytes: &[u8], count: usize) -> Result<Vec<&[u8]>, BundleError> {
    let mut entries = Vec::with_capacity(count.min(256));
    let mut rest = bytes;
    while entries.len() < count {
        let short = BundleError::Short(entries.len());
        let Some((length, tail)) = rest.split_first_chunk::<2>() else { return Err(short) };
        let Some((entry, tail)) = tail.split_at_checked(u16::from_be_bytes(*length).into()) else { return Err(short) };
        entries.push(entry);
        rest = tail;
    }
    if rest.is_empty() { Ok(entries) } else { Err(BundleError::Trailing(rest.len())) }
}

/// Reads the first `count` entries of a bundle that may hold more: the full bundle stands in for a partial one.
///
/// # Errors
/// The bytes end early.
pub fn decode_prefix(bytes: &[u8], count: usize) -> Result<&[u8], BundleError> {
    let mut end = 0_usize;
    for found in 0..count {
        let short = || BundleError::Short(found);
        let (length, _) = bytes.get(end..).and_then(<[u8]>::split_first_chunk::<2>).ok_or_else(short)?;
        end = end.saturating_add(2).saturating_add(u16::from_be_bytes(*length).into());
    }
    bytes.get(..end).ok_or(BundleError::Short(count.saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_cut_anywhere_or_too_long_is_refused() {
        let bytes = encode(&[vec![1; 300], vec![], vec![2; 5]]).unwrap();
        for end in 0..bytes.len() {
            assert!(matches!(decode(&bytes[..end], 3), Err(BundleError::Short(_))), "{end}");
            assert!(decode_prefix(&bytes[..end], 3).is_err(), "{end}");
        }
        assert_eq!(decode(&bytes, 2), Err(BundleError::Trailing(7)));
        assert_eq!(decode(decode_prefix(&bytes, 2).unwrap(), 2).unwrap().len(), 2);
        assert_eq!(encode(&[vec![0; 65_536]]), Err(BundleError::EntryTooLong(65_536)));
        assert_eq!(decode(&[], 0), Ok(vec![]));
    }
}
