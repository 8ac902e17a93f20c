//! `whosaw-verify evidence`.

use std::path::Path;

use ledger::log_check::{Continuity, Finding, Verdict, check_continuity, read_checkpoint};
use ledger::proof::{TileHashError, TileHashes};
use ledger::source::SourceTiles;
use ledger::{Checkpoint, Evidence, SourceError, VerifierKey};

use super::{input, log};
use crate::files::{Log, MAX_EVIDENCE_BYTES};
use crate::key;
use crate::outcome::Outcome;
use crate::say;
use crate::text::Text;

pub fn run(file: &Path, given: Option<&str>, published: Option<&str>) -> Result<Outcome, Text> {
    let bytes = input(file, MAX_EVIDENCE_BYTES)?;
    let published = published.map(log::open).transpose()?;
    let given = given.map(key::given).transpose()?;
    let (evidence, trusted, mut lines) = match examine(&bytes, given) {
        Ok(examined) => examined,
        Err(outcome) => return Ok(outcome),
    };
    let report = ledger::check_evidence(&evidence, std::slice::from_ref(&trusted));
    lines.extend(say::evidence(&evidence, &report));
    let mut verdict = report.verdict;
    let continuity =
        published.map(|log| match Checkpoint::open(&evidence.checkpoint, std::slice::from_ref(&trusted)) {
            Ok(older) => still_in(&log, &older, &trusted),
            Err(error) => (Verdict::Policy, say::untrusted(&error.to_string())),
        });
    if let Some((log_verdict, text)) = &continuity {
        verdict = verdict.max(*log_verdict);
        lines.push(text.clone());
    }
    let json = serde_json::json!({
        "verdict": verdict,
        "evidence": report,
        "log": continuity.map(|(log_verdict, _)| log_verdict),
    });
    Ok(Outcome::new(verdict, lines, json))
}

/// An evidence file, the key it is held against, and what is to be said of that key.
pub(super) fn examine(bytes: &[u8], given: Option<VerifierKey>) -> Result<(Evidence, VerifierKey, Vec<Text>), Outcome> {
    let evidence: Evidence = serde_json::from_slice(bytes).map_err(|error| {
        let text = say::not_evidence(&error.to_string());
        Outcome::new(Verdict::Tampered, vec![text], serde_json::Value::Null)
    })?;
    match (given, evidence.log.trim().parse::<VerifierKey>()) {
        (Some(given), _) => Ok((evidence, given, vec![])),
        (None, Ok(key)) => {
            let note = key::self_consistency(&key);
            Ok((evidence, key, vec![note]))
        }
        (None, Err(_)) => {
            let text = say::no_key_in_evidence();
            Err(Outcome::new(Verdict::Policy, vec![text], serde_json::Value::Null))
        }
    }
}

/// Whether the log as published now begins with an earlier state of it.
pub(super) fn still_in(log: &Log, older: &Checkpoint, trusted: &VerifierKey) -> (Verdict, Text) {
    let trusted = std::slice::from_ref(trusted);
    let newer = match read_checkpoint(log, trusted) {
        Ok(checkpoint) => checkpoint,
        Err(finding) => return (finding.verdict(), say::finding(&finding)),
    };
    if newer.origin != older.origin {
        let finding = Finding::OtherLog { name: ledger::source::CHECKPOINT_PATH.into(), origin: newer.origin };
        return (finding.verdict(), say::finding(&finding));
    }
    let tiles = SourceTiles(log);
    match check_continuity(&TileHashes::new(&tiles, newer.size), older, &newer) {
        Ok(continuity) => {
            let verdict = match continuity {
                Continuity::Continues => Verdict::Ok,
                Continuity::Forked | Continuity::RolledBack => Verdict::Fork,
                Continuity::BadHashes => Verdict::Tampered,
            };
            (verdict, say::continuity(continuity, older, &newer))
        }
        Err(TileHashError::Read(SourceError::Missing)) => (Verdict::Incomplete, say::tiles_missing()),
        Err(TileHashError::Read(SourceError::Unreadable(why))) => (Verdict::Incomplete, say::tiles_unreadable(&why)),
        Err(_) => (Verdict::Tampered, say::continuity(Continuity::BadHashes, older, &newer)),
    }
}
