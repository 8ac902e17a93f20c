//! SHA-256 as RFC 6962 section 2.1 uses it, and base64 for JSON.
//!
//! Leaves and nodes carry different prefixes, so that no node can be passed off as a leaf.

use sha2::{Digest, Sha256};

/// A SHA-256 digest, 32 bytes.
pub type Hash = [u8; 32];

/// Bytes in a [`tyalias@Hash`].
pub const HASH_BYTES: usize = 32;

/// Root of the tree without leaves: SHA-256 of nothing (RFC 6962 section 2.1).
pub const EMPTY_ROOT: Hash = tlog_tiles::EMPTY_HASH.0;

/// Plain SHA-256.
pub fn sha256(data: &[u8]) -> Hash {
    Sha256::digest(data).into()
}

/// Leaf hash: SHA-256(0x00 ‖ entry).
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// Node hash: SHA-256(0x01 ‖ left ‖ right).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// Root of a perfect subtree over `hashes`, 2^k of them end to end. `None` where the count is no power of two.
pub fn perfect_root(hashes: &[u8]) -> Option<Hash> {
    let (chunks, rest) = hashes.as_chunks::<HASH_BYTES>();
    if !rest.is_empty() || !chunks.len().is_power_of_two() {
        return None;
    }
    let mut row = chunks.to_vec();
    while row.len() > 1 {
        let (pairs, _) = row.as_chunks::<2>();
        row = pairs.iter().map(|[left, right]| node_hash(left, right)).collect();
    }
    row.first().copied()
}

/// Standard base64 with padding, strict, as a serde helper for fixed and growing byte strings.
pub mod b64 {
    use base64::prelude::{BASE64_STANDARD, Engine as _};
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

    use super::Hash;

    pub fn encode(bytes: &[u8]) -> String {
        BASE64_STANDARD.encode(bytes)
    }

    /// `None` where the text is not canonical base64.
    pub fn decode(text: &str) -> Option<Vec<u8>> {
        BASE64_STANDARD.decode(text).ok()
    }

    /// `None` where the text is not canonical base64 of 32 bytes.
    pub fn decode_hash(text: &str) -> Option<Hash> {
        decode(text)?.try_into().ok()
    }

    /// 32 bytes.
    pub mod hash {
        use super::*;

        pub fn serialize<S: Serializer>(hash: &Hash, out: S) -> Result<S::Ok, S::Error> {
            out.serialize_str(&encode(hash))
        }
        pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Hash, D::Error> {
            let text = String::deserialize(input)?;
            decode_hash(&text).ok_or_else(|| D::Error::custom("expected base64 of 32 bytes"))
        }
    }

    /// Any number of bytes.
    pub mod bytes {
        use super::*;

        pub fn serialize<S: Serializer>(bytes: &[u8], out: S) -> Result<S::Ok, S::Error> {
            out.serialize_str(&encode(bytes))
        }
        pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<u8>, D::Error> {
            let text = String::deserialize(input)?;
            decode(&text).ok_or_else(|| D::Error::custom("expected base64"))
        }
    }

    /// A list of 32-byte hashes.
    pub mod hashes {
        use super::*;

        pub fn serialize<S: Serializer>(hashes: &[Hash], out: S) -> Result<S::Ok, S::Error> {
            hashes.iter().map(|hash| encode(hash)).collect::<Vec<_>>().serialize(out)
        }
        pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<Hash>, D::Error> {
            let texts = Vec::<String>::deserialize(input)?;
            let hashes = texts.iter().map(|text| decode_hash(text)).collect::<Option<Vec<_>>>();
            hashes.ok_or_else(|| D::Error::custom("expected base64 of 32 bytes"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_hashes_are_those_of_the_transparency_log_library() {
        assert_eq!(leaf_hash(b"entry"), tlog_tiles::record_hash(b"entry").0);
        let node = tlog_tiles::node_hash(tlog_tiles::Hash([1; 32]), tlog_tiles::Hash([2; 32]));
        assert_eq!(node_hash(&[1; 32], &[2; 32]), node.0);
        assert_eq!(sha256(b""), EMPTY_ROOT);
    }

    #[test]
    fn only_perfect_subtrees_have_a_perfect_root() {
        assert_eq!(perfect_root(&[3; 32]), Some([3; 32]));
        assert_eq!(perfect_root(&[3; 64]), Some(node_hash(&[3; 32], &[3; 32])));
        assert_eq!(perfect_root(&[3; 96]), None);
        assert_eq!(perfect_root(&[3; 33]), None);
        assert_eq!(perfect_root(&[]), None);
    }
}
