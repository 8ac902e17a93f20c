//! The `.tlog-proof` file: one entry's inclusion proof and the checkpoint it leads to (c2sp.org/tlog-proof@v1).
//!
//! ```text
//! c2sp.org/tlog-proof@v1
//! index 5
//! <base64 hash, one per line>
//!
//! <checkpoint note, verbatim>
//! ```
//!
//! An optional line `extra <base64>` may stand before `index`.

use std::fmt;
use std::str::FromStr;

use crate::checkpoint::{Checkpoint, CheckpointError, MAX_NOTE_BYTES};
use crate::hash::{Hash, b64, leaf_hash};
use crate::keys::VerifierKey;
use crate::proof::{BadProof, check_inclusion};

const HEAD: &str = "c2sp.org/tlog-proof@v1";

/// The text is not a tlog-proof.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a proof file of the form c2sp.org/tlog-proof@v1: {0}")]
pub struct BadTlogProof(pub &'static str);

/// Why an entry is not proved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TlogProofFault {
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    #[error(transparent)]
    Proof(#[from] BadProof),
}

/// A proof file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlogProof {
    /// Data outside the proof, at most 64 kB; nothing vouches for it.
    pub extra: Option<Vec<u8>>,
    pub index: u64,
    pub proof: Vec<Hash>,
    /// The signed note, verbatim.
    pub checkpoint: String,
}

impl TlogProof {
    /// Checks the signature and that `entry` stands at `index` in the signed tree.
    ///
    /// # Errors
    /// The checkpoint is not signed by a trusted key, or the proof is not of this entry.
    pub fn check(&self, entry: &[u8], trusted: &[VerifierKey]) -> Result<Checkpoint, TlogProofFault> {
        let checkpoint = Checkpoint::open(&self.checkpoint, trusted)?;
        self.check_against(entry, &checkpoint)?;
        Ok(checkpoint)
    }

    /// Checks that `entry` stands at `index` in the tree of `checkpoint`.
    ///
    /// # Errors
    /// The proof is not of this entry.
    pub fn check_against(&self, entry: &[u8], checkpoint: &Checkpoint) -> Result<(), BadProof> {
        check_inclusion(&leaf_hash(entry), self.index, checkpoint.size, &self.proof, &checkpoint.root)
    }
}

impl fmt::Display for TlogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", b64::encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        for hash in &self.proof {
            writeln!(f, "{}", b64::encode(hash))?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for TlogProof {
    type Err = BadTlogProof;

    fn from_str(text: &str) -> Result<Self, BadTlogProof> {
        let (head, checkpoint) = text.split_once("\n\n").ok_or(BadTlogProof("no empty line"))?;
        if checkpoint.is_empty() || checkpoint.len() > MAX_NOTE_BYTES {
            return Err(BadTlogProof("no checkpoint of a possible length"));
        }
        let mut lines = head.split('\n');
        if lines.next() != Some(HEAD) {
            return Err(BadTlogProof("another first line"));
        }
        let mut line = lines.next().ok_or(BadTlogProof("no index"))?;
        let mut extra = None;
        if let Some(data) = line.strip_prefix("extra ") {
            extra = Some(b64::decode(data).ok_or(BadTlogProof("extra data that is not base64"))?);
            line = lines.next().ok_or(BadTlogProof("no index"))?;
        }
        let number = line.strip_prefix("index ").ok_or(BadTlogProof("no index"))?;
        let index: u64 = number.parse().map_err(|_| BadTlogProof("an index that is not a number"))?;
        if index.to_string() != number {
            return Err(BadTlogProof("an index that is not a plain number"));
        }
        let proof = lines.map(b64::decode_hash).collect::<Option<Vec<_>>>();
        let proof = proof.ok_or(BadTlogProof("a proof line that is not base64 of 32 bytes"))?;
        if proof.len() > 63 {
            return Err(BadTlogProof("more proof lines than any tree needs"));
        }
        Ok(Self { extra, index, proof, checkpoint: checkpoint.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::node_hash;
    use crate::keys::SigningKey;

    fn proved() -> (TlogProof, VerifierKey) {
        let key = SigningKey::from_seed("whosaw.example/audit", [1; 32]).unwrap();
        let sibling = leaf_hash(b"other");
        let root = node_hash(&leaf_hash(b"entry"), &sibling);
        let checkpoint = Checkpoint::new(key.verifier().name(), 2, root).unwrap().sign(&key).unwrap();
        (TlogProof { extra: None, index: 0, proof: vec![sibling], checkpoint }, key.verifier().clone())
    }

    #[test]
    fn a_file_proves_its_entry_and_no_other() {
        let (proof, key) = proved();
        let read: TlogProof = proof.to_string().parse().unwrap();
        assert_eq!(read, proof);
        assert!(read.check(b"entry", std::slice::from_ref(&key)).is_ok());
        assert_eq!(read.check(b"other", &[key]), Err(BadProof::Mismatch.into()));
        assert_eq!(read.check(b"entry", &[]), Err(CheckpointError::NotTrusted.into()));
    }

    #[test]
    fn extra_data_is_kept_and_other_texts_are_refused() {
        let (mut proof, _) = proved();
        proof.extra = Some(b"hello".to_vec());
        let text = proof.to_string();
        assert_eq!(text.parse(), Ok(proof));
        for (from, to) in [
            ("@v1", "@v2"),
            ("index 0", "index 00"),
            ("index 0", "index +0"),
            ("index 0\n", ""),
            ("extra a", "extra !"),
        ] {
            assert!(text.replacen(from, to, 1).parse::<TlogProof>().is_err(), "{from} -> {to}");
        }
        assert!("".parse::<TlogProof>().is_err());
        assert!(text.split_once("\n\n").unwrap().0.parse::<TlogProof>().is_err());
    }
}
