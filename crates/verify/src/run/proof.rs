//! `whosaw-verify proof`.

use std::path::Path;

use ledger::log_check::Verdict;
use ledger::tlog_proof::TlogProofFault;
use ledger::{Checkpoint, TlogProof, bundle, checkpoint::CheckpointError, hash::b64};

use super::input;
use crate::files::MAX_PROOF_BYTES;
use crate::key;
use crate::outcome::Outcome;
use crate::say;
use crate::text::Text;

pub fn run(file: &Path, entry: &Path, given: Option<&str>) -> Result<Outcome, Text> {
    let proof = input(file, MAX_PROOF_BYTES)?;
    let entry = input(entry, bundle::MAX_ENTRY_BYTES)?;
    let trusted = given.map(key::given).transpose()?;
    let proof = String::from_utf8(proof).ok().and_then(|text| text.parse::<TlogProof>().ok());
    let Some(proof) = proof else { return Ok(answer(Verdict::Tampered, say::not_a_proof(), None, None)) };
    let (index, trusted) = (Some(proof.index), trusted.as_slice());
    Ok(match proof.check(&entry, trusted) {
        Ok(checkpoint) => answer(Verdict::Ok, say::proved(proof.index, &checkpoint), index, Some(&checkpoint)),
        Err(TlogProofFault::Proof(_)) => answer(Verdict::Tampered, say::not_proved(proof.index), index, None),
        Err(TlogProofFault::Checkpoint(error)) => {
            let text = match &error {
                CheckpointError::NotTrusted if trusted.is_empty() => unsigned(&proof, &entry),
                error => say::untrusted(&error.to_string()),
            };
            answer(Verdict::Policy, text, index, None)
        }
    })
}

/// Without a key: does the file at least hang together?
fn unsigned(proof: &TlogProof, entry: &[u8]) -> Text {
    let claimed = Checkpoint::read_unverified(&proof.checkpoint);
    say::no_key(claimed.is_ok_and(|checkpoint| proof.check_against(entry, &checkpoint).is_ok()))
}

fn answer(verdict: Verdict, text: Text, index: Option<u64>, checkpoint: Option<&Checkpoint>) -> Outcome {
    let report = serde_json::json!({
        "verdict": verdict,
        "index": index,
        "origin": checkpoint.map(|c| &c.origin),
        "size": checkpoint.map(|c| c.size),
        "root": checkpoint.map(|c| b64::encode(&c.root)),
    });
    Outcome::new(verdict, vec![text], report)
}
