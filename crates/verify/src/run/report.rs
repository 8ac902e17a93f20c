//! `whosaw-verify report`: whether a document is the one that the log says was given out.

use std::path::Path;

use ledger::evidence::Event;
use ledger::log_check::Verdict;
use ledger::{Checkpoint, Evidence};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::evidence::{examine, still_in};
use super::{input, log};
use crate::files::{MAX_EVIDENCE_BYTES, MAX_REPORT_BYTES};
use crate::key;
use crate::outcome::Outcome;
use crate::say;
use crate::text::Text;

/// What the event of a document tells of it.
#[derive(Debug, Deserialize)]
struct Told {
    of: String,
    id: Option<String>,
    language: String,
    sha256: String,
    head: Head,
}

/// The state of the log that it was made from.
#[derive(Debug, Deserialize)]
struct Head {
    origin: String,
    size: u64,
    root: String,
}

impl Head {
    fn checkpoint(&self) -> Option<Checkpoint> {
        let digits = self.root.get(..64).filter(|_| self.root.len() == 64)?;
        let mut root = [0; 32];
        for (n, byte) in root.iter_mut().enumerate() {
            let at = n.saturating_mul(2);
            *byte = u8::from_str_radix(digits.get(at..at.saturating_add(2))?, 16).ok()?;
        }
        Checkpoint::new(&self.origin, self.size, root).ok()
    }
}

pub fn run(file: &Path, beside: &Path, given: Option<&str>, published: Option<&str>) -> Result<Outcome, Text> {
    let document = input(file, MAX_REPORT_BYTES)?;
    let bytes = input(beside, MAX_EVIDENCE_BYTES)?;
    let published = published.map(log::open).transpose()?;
    let given = given.map(key::given).transpose()?;
    let digest: String = Sha256::digest(&document).iter().map(|byte| format!("{byte:02x}")).collect();
    let (evidence, trusted, mut lines) = match examine(&bytes, given) {
        Ok(examined) => examined,
        Err(outcome) => return Ok(outcome),
    };
    let report = ledger::check_evidence(&evidence, std::slice::from_ref(&trusted));
    let mut verdict = report.verdict;
    // What is wrong with the evidence is said as `evidence` says it; of a good one only whose it is.
    let said = say::evidence(&evidence, &report);
    let keep = if verdict == Verdict::Ok { 2 } else { said.len().saturating_sub(1) };
    lines.extend(said.into_iter().take(keep));

    let told = told_of(&evidence);
    let same = told.iter().find(|(_, told)| told.sha256 == digest);
    match same {
        Some((event, told)) => {
            lines.push(say::recorded(&digest, event.index, (&told.of, told.id.as_deref(), &told.language)));
            verdict = verdict.max(head(event, told, &evidence, &mut lines));
            let older = told.head.checkpoint();
            if let (Some(log), Some(older)) = (published, older) {
                let (found, text) = still_in(&log, &older, &trusted);
                verdict = verdict.max(found);
                lines.push(text);
            }
        }
        None if told.is_empty() => {
            verdict = verdict.max(Verdict::Incomplete);
            lines.push(say::no_report_told());
        }
        None => {
            verdict = verdict.max(Verdict::Tampered);
            lines.push(say::other_report(&digest));
        }
    }
    lines.push(say::verdict(verdict));
    let json = serde_json::json!({
        "verdict": verdict,
        "sha256": digest,
        "event": same.map(|(event, _)| event.index),
        "evidence": report,
    });
    Ok(Outcome::new(verdict, lines, json))
}

/// The events that tell of a document.
fn told_of(evidence: &Evidence) -> Vec<(&Event, Told)> {
    let told = |event: &Event| {
        let body = &event.actor.as_ref()?.body;
        serde_json::from_value(body.get("detail")?.get("report")?.clone()).ok()
    };
    evidence.events.iter().filter_map(|event| Some((event, told(event)?))).collect()
}

/// Whether the state it says it was made from can be one that this log had before.
fn head(event: &Event, told: &Told, evidence: &Evidence, lines: &mut Vec<Text>) -> Verdict {
    let signed = Checkpoint::read_unverified(&evidence.checkpoint).ok();
    let fits = told.head.checkpoint().is_some()
        && told.head.size <= event.index
        && signed.is_some_and(|signed| signed.origin == told.head.origin);
    lines.push(say::made_from(&told.head.origin, told.head.size, &told.head.root, fits));
    if fits { Verdict::Ok } else { Verdict::Tampered }
}
