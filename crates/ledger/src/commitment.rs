//! Commitments: what a leaf says about an event without saying it.
//!
//! An event has three parts: meta (operation, object type, field names, rules), actor (who), and one item per record
//! touched. Each is hidden behind its own 32-byte salt; destroying the salt of one item erases that customer from the
//! event and leaves the rest provable.
//!
//! `SHA-256("whosaw/ledger/v1/" ‖ group ‖ 0x00 ‖ salt ‖ JCS(body))`, JCS being RFC 8785, so that any program in any
//! language can recompute it from the JSON text.
//!
//! ```
//! use ledger::{Group, commit, object_root};
//! let body = serde_json::json!({"customer": "c-1", "shown": ["name"]});
//! let item = commit(Group::Object, &[9; 32], &body)?;
//! let root = object_root(&[item]);
//! # assert_ne!(root, item);
//! # Ok::<(), ledger::commitment::CommitError>(())
//! ```

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::hash::{Hash, leaf_hash};
use crate::proof::{self, BadProof, HashReader};
use crate::tree::TreeState;

/// Which part of an event a commitment hides. The group is hashed in: a meta body cannot be passed off as an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    Meta,
    Actor,
    Object,
}

impl Group {
    pub const fn as_str(self) -> &'static str {
        match self {
            Group::Meta => "meta",
            Group::Actor => "actor",
            Group::Object => "object",
        }
    }
}

/// Why a body cannot be committed to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// RFC 8785 writes numbers as doubles: beyond 2^53 two different integers would give one commitment.
    #[error("the number `{0}` cannot be written exactly in canonical JSON; use a string")]
    Number(String),
    #[error("the body has no canonical JSON form: {0}")]
    Canonical(String),
}

/// Commitment to `body` under `salt`.
///
/// # Errors
/// Integers beyond ±2^53, and whatever RFC 8785 cannot write.
pub fn commit(group: Group, salt: &[u8; 32], body: &Value) -> Result<Hash, CommitError> {
    exact_numbers(body)?;
    let json = serde_json_canonicalizer::to_vec(body).map_err(|e| CommitError::Canonical(e.to_string()))?;
    Ok(Sha256::new()
        .chain_update(b"whosaw/ledger/v1/")
        .chain_update(group.as_str())
        .chain_update([0])
        .chain_update(salt)
        .chain_update(json)
        .finalize()
        .into())
}

fn exact_numbers(body: &Value) -> Result<(), CommitError> {
    const LIMIT: u64 = 1 << 53;
    match body {
        Value::Number(n) if n.as_u64().is_some_and(|n| n > LIMIT) => Err(CommitError::Number(n.to_string())),
        Value::Number(n) if n.as_i64().is_some_and(|n| n.unsigned_abs() > LIMIT) => {
            Err(CommitError::Number(n.to_string()))
        }
        Value::Array(items) => items.iter().try_for_each(exact_numbers),
        Value::Object(fields) => fields.values().try_for_each(exact_numbers),
        _ => Ok(()),
    }
}

/// `c_object`: the RFC 6962 root over the item commitments as entries. No items: SHA-256 of nothing.
pub fn object_root(item_commitments: &[Hash]) -> Hash {
    let mut tree = TreeState::default();
    for item in item_commitments {
        tree.append(leaf_hash(item));
    }
    tree.root()
}

/// Proof that item `index` stands in [`object_root`]`(item_commitments)`; it shows nothing of the other items.
/// `None` where there is no item `index`.
pub fn prove_item(item_commitments: &[Hash], index: u64) -> Option<Vec<Hash>> {
    let items = Items(item_commitments);
    proof::prove_inclusion(&items, index, item_commitments.len() as u64).ok()
}

/// Checks [`prove_item`]'s proof of one item commitment against a leaf's `c_object`.
///
/// # Errors
/// The proof does not lead from this commitment to this root.
pub fn check_item(root: &Hash, commitment: &Hash, index: u64, count: u64, proof: &[Hash]) -> Result<(), BadProof> {
    proof::check_inclusion(&leaf_hash(commitment), index, count, proof, root)
}

struct Items<'a>(&'a [Hash]);

impl HashReader for Items<'_> {
    type Error = std::convert::Infallible;

    fn read_hash(&self, level: u8, index: u64) -> Result<Hash, Self::Error> {
        let width = 1_usize << level;
        let first = usize::try_from(index).unwrap_or(usize::MAX).saturating_mul(width);
        let mut tree = TreeState::default();
        for item in self.0.iter().skip(first).take(width) {
            tree.append(leaf_hash(item));
        }
        Ok(tree.root())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_commitment_is_the_hash_of_the_documented_bytes() {
        let body = json!({"b": 1, "a": "客户"});
        let bytes = [b"whosaw/ledger/v1/meta\0".as_slice(), &[5; 32], r#"{"a":"客户","b":1}"#.as_bytes()].concat();
        assert_eq!(commit(Group::Meta, &[5; 32], &body), Ok(crate::hash::sha256(&bytes)));
        assert_ne!(commit(Group::Actor, &[5; 32], &body), commit(Group::Meta, &[5; 32], &body));
        assert_ne!(commit(Group::Meta, &[6; 32], &body), commit(Group::Meta, &[5; 32], &body));
    }

    #[test]
    fn two_integers_never_share_a_commitment() {
        let salt = [0; 32];
        assert!(commit(Group::Meta, &salt, &json!({"n": [1_u64 << 53]})).is_ok());
        for beyond in [json!((1_u64 << 53) + 1), json!([{"n": u64::MAX}]), json!(i64::MIN)] {
            assert!(matches!(commit(Group::Meta, &salt, &beyond), Err(CommitError::Number(_))), "{beyond}");
        }
    }

    #[test]
    fn one_customer_of_a_list_page_is_proved_without_the_others() {
        for count in 1..=50_u8 {
            let items: Vec<Hash> = (0..count).map(|i| [i; 32]).collect();
            let root = object_root(&items);
            for (index, item) in (0..).zip(&items) {
                let proof = prove_item(&items, index).unwrap();
                assert_eq!(check_item(&root, item, index, u64::from(count), &proof), Ok(()));
                assert!(check_item(&root, &[0xff; 32], index, u64::from(count), &proof).is_err());
            }
            assert_eq!(prove_item(&items, u64::from(count)), None);
        }
        assert_eq!(object_root(&[]), crate::hash::EMPTY_ROOT);
    }
}
