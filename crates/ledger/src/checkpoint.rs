//! Checkpoints: the signed statement "this log has so many leaves and this root" (C2SP tlog-checkpoint, signed-note).
//!
//! ```text
//! whosaw.example/audit
//! 20852163
//! CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
//!
//! — whosaw.example/audit Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
//! ```
//!
//! Signatures of unknown keys (witnesses, other algorithms) are ignored; one of a trusted key that is wrong is not.

use signed_note::{Note, NoteError, Verifier, VerifierList};

use crate::MAX_TREE_SIZE;
use crate::hash::{EMPTY_ROOT, Hash};
use crate::keys::{KeyError, SigningKey, VerifierKey, check_origin};

/// Longest note read as a checkpoint.
pub const MAX_NOTE_BYTES: usize = 64 * 1024;

/// Why a note is no checkpoint to rely on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    #[error(transparent)]
    Origin(#[from] KeyError),
    #[error("the checkpoint has another form than C2SP tlog-checkpoint")]
    Malformed,
    #[error("the checkpoint is not signed by a trusted key")]
    NotTrusted,
    #[error("the checkpoint carries a wrong signature in the name of a trusted key")]
    WrongSignature,
    #[error("the checkpoint of `{origin}` is not signed by that log's key")]
    OtherOrigin { origin: String },
    #[error("the key is that of `{0}`, not of the checkpoint's log")]
    OtherKey(String),
    #[error("the checkpoint could not be signed")]
    Signing,
}

/// Origin, number of leaves and root of a log at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Name of the log: a URL without scheme, no spaces, no `+`.
    pub origin: String,
    pub size: u64,
    pub root: Hash,
}

impl Checkpoint {
    /// # Errors
    /// An origin with spaces or `+`, a tree too large, or an empty tree with another root than SHA-256 of nothing.
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Self, CheckpointError> {
        check_origin(origin)?;
        if size > MAX_TREE_SIZE || (size == 0 && root != EMPTY_ROOT) {
            return Err(CheckpointError::Malformed);
        }
        Ok(Self { origin: origin.to_owned(), size, root })
    }

    /// The note, signed with the log's key.
    ///
    /// # Errors
    /// The key is that of another log.
    pub fn sign(&self, key: &SigningKey) -> Result<String, CheckpointError> {
        if key.verifier().name() != self.origin {
            return Err(CheckpointError::OtherKey(key.verifier().name().to_owned()));
        }
        let body = tlog_tiles::Checkpoint::new(&self.origin, self.size, tlog_tiles::Hash(self.root), "")
            .map_err(|_| CheckpointError::Malformed)?;
        let mut note = Note::new(&body.to_bytes(), &[]).map_err(|_| CheckpointError::Malformed)?;
        note.add_sigs(&[&key.inner]).map_err(|_| CheckpointError::Signing)?;
        String::from_utf8(note.to_bytes()).map_err(|_| CheckpointError::Signing)
    }

    /// Reads a note and believes it only if the log it names has signed it with a key among `trusted`. Up to 100
    /// signatures; those of unknown keys are ignored.
    ///
    /// # Errors
    /// Another form, no signature of a trusted key, a wrong one in a trusted key's name, or only those of other names.
    pub fn open(note: &str, trusted: &[VerifierKey]) -> Result<Self, CheckpointError> {
        let (note, checkpoint) = Self::parse(note)?;
        let mut distinct: Vec<&VerifierKey> = Vec::new();
        for key in trusted {
            let id = key.inner.key_id();
            if !distinct.iter().any(|k| k.name() == key.name() && k.inner.key_id() == id) {
                distinct.push(key);
            }
        }
        let known = distinct.into_iter().map(|key| Box::new(key.inner.clone()) as Box<dyn Verifier>);
        let (verified, _) = note.verify(&VerifierList::new(known.collect())).map_err(|e| match e {
            NoteError::UnverifiedNote => CheckpointError::NotTrusted,
            NoteError::MalformedNote => CheckpointError::Malformed,
            _ => CheckpointError::WrongSignature,
        })?;
        if verified.iter().any(|signature| signature.name() == checkpoint.origin) {
            Ok(checkpoint)
        } else {
            Err(CheckpointError::OtherOrigin { origin: checkpoint.origin })
        }
    }

    /// Reads a note without believing it: no signature is checked. For showing what an unverified file claims.
    ///
    /// # Errors
    /// Another form.
    pub fn read_unverified(note: &str) -> Result<Self, CheckpointError> {
        Self::parse(note).map(|(_, checkpoint)| checkpoint)
    }

    fn parse(text: &str) -> Result<(Note, Self), CheckpointError> {
        if text.len() > MAX_NOTE_BYTES {
            return Err(CheckpointError::Malformed);
        }
        let note = Note::from_bytes(text.as_bytes()).map_err(|_| CheckpointError::Malformed)?;
        let body = tlog_tiles::Checkpoint::from_bytes(note.text()).map_err(|_| CheckpointError::Malformed)?;
        let checkpoint = Self::new(body.origin(), body.size(), body.hash().0)?;
        Ok((note, checkpoint))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "whosaw.example/audit";

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed(ORIGIN, [seed; 32]).unwrap()
    }

    fn signed() -> String {
        Checkpoint::new(ORIGIN, 7, [9; 32]).unwrap().sign(&key(1)).unwrap()
    }

    #[test]
    fn the_log_signs_and_its_key_opens() {
        let opened = Checkpoint::open(&signed(), &[key(1).verifier().clone()]).unwrap();
        assert_eq!(opened, Checkpoint { origin: ORIGIN.into(), size: 7, root: [9; 32] });
        assert_eq!(Checkpoint::open(&signed(), &[key(2).verifier().clone()]), Err(CheckpointError::NotTrusted));
        assert_eq!(Checkpoint::open(&signed(), &[]), Err(CheckpointError::NotTrusted));
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let note = signed();
        let trusted = [key(1).verifier().clone()];
        for at in 0..note.len() {
            for bit in 0..8 {
                let mut bytes = note.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                if let Ok(text) = String::from_utf8(bytes) {
                    assert!(Checkpoint::open(&text, &trusted).is_err(), "byte {at} bit {bit}");
                }
            }
        }
    }

    #[test]
    fn sixteen_and_more_signatures_of_strangers_do_no_harm() {
        let mut note = signed();
        for i in 2..40_u8 {
            let stranger = SigningKey::from_seed(&format!("witness.example/{i}"), [i; 32]).unwrap();
            let other = Checkpoint::new(stranger.verifier().name(), 7, [9; 32]).unwrap().sign(&stranger).unwrap();
            note.push_str(other.rsplit_once("\n\n").unwrap().1);
        }
        assert!(Checkpoint::open(&note, &[key(1).verifier().clone(), key(1).verifier().clone()]).is_ok());
    }

    #[test]
    fn a_trusted_witness_alone_does_not_speak_for_the_log() {
        let witness = SigningKey::from_seed("witness.example", [5; 32]).unwrap();
        let body = signed().split_once("\n\n").unwrap().0.to_owned() + "\n";
        let mut note = Note::new(body.as_bytes(), &[]).unwrap();
        note.add_sigs(&[&witness.inner]).unwrap();
        let text = String::from_utf8(note.to_bytes()).unwrap();
        let opened = Checkpoint::open(&text, &[witness.verifier().clone()]);
        assert_eq!(opened, Err(CheckpointError::OtherOrigin { origin: ORIGIN.into() }));
    }

    #[test]
    fn bad_origins_and_impossible_trees_are_refused() {
        assert!(Checkpoint::new("a b", 1, [0; 32]).is_err());
        assert!(Checkpoint::new("a+b", 1, [0; 32]).is_err());
        assert!(Checkpoint::new(ORIGIN, 0, [0; 32]).is_err());
        assert!(Checkpoint::new(ORIGIN, u64::MAX, [0; 32]).is_err());
        let other = Checkpoint::new("elsewhere.example", 1, [0; 32]).unwrap();
        assert_eq!(other.sign(&key(1)), Err(CheckpointError::OtherKey(ORIGIN.into())));
    }
}
