//! One form for what every scanner finds, and by what it is known again.
//!
//! Rule: a fingerprint says what is wrong and where, and neither in which line nor in which version: those change while the thing stays. Where one
//! report says the same of several lines, they are counted by the order of their lines: three become two when one is mended.

use std::collections::HashMap;

use model::Severity;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::rate::Cvss;
use crate::{MOST_FINDINGS, ScanError};

const LONGEST_NAME: usize = 200;
const LONGEST_PLACE: usize = 500;
const LONGEST_TITLE: usize = 300;
const LONGEST_TEXT: usize = 4_000;
const MOST_NUMBERS: usize = 20;

/// Something that is wrong somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub tool: String,
    /// What the tool calls it.
    pub rule: String,
    /// CVE numbers, and GHSA and the like where there is none.
    pub ids: Vec<String>,
    pub cwes: Vec<u32>,
    pub severity: Severity,
    pub cvss: Option<Cvss>,
    /// What it is in, as the report says: a host, an image, a package with its version.
    pub part: String,
    /// Where in it: a file and line, an address, a port.
    pub location: String,
    pub title: String,
    pub description: String,
    /// What the report says would mend it.
    pub fix: String,
    /// SHA-256 in hexadecimal digits.
    pub fingerprint: String,
}

/// What became of what a report says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Results of the report.
    pub results: u64,
    /// Set aside by the report itself: suppressed, not affected, a check that was passed.
    pub set_aside: u64,
    /// Said twice to the last character.
    pub repeated: u64,
}

/// A finding under way.
#[derive(Debug, Default)]
pub(crate) struct Draft<'a> {
    pub(crate) rule: &'a str,
    pub(crate) ids: Vec<&'a str>,
    pub(crate) cwes: Vec<u32>,
    pub(crate) severity: Option<Severity>,
    pub(crate) cvss: Option<Cvss>,
    pub(crate) part: String,
    pub(crate) location: String,
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
    pub(crate) fix: String,
    /// What makes it the same as one of another report, besides tool and rule.
    pub(crate) same: Vec<&'a str>,
    /// Line and column, by which several of the same are counted.
    pub(crate) line: (u64, u64),
}

/// Findings of one report under way.
#[derive(Default)]
pub(crate) struct Drafts {
    all: Vec<(Finding, [u8; 32], (u64, u64))>,
    pub(crate) tally: Tally,
}

/// A text on one line, or with lines, without control characters and not longer than it may be.
fn clean(text: &str, most: usize, lines: bool) -> String {
    let text = text.trim();
    let mut out = String::with_capacity(text.len().min(most * 4));
    for (n, c) in text.chars().enumerate() {
        if n >= most {
            out.push('…');
            break;
        }
        match c {
            '\n' if lines => out.push(c),
            '\r' if lines => {}
            // What turns the direction of writing hides what a text says.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A number of CVE or the like: letters, digits, hyphens and what stands in Greenbone's and Debian's.
fn is_id(text: &str) -> bool {
    (3..=60).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(&b))
}

/// The number of `CWE-79`, `cwe79`, `external/cwe/cwe-079` or `79`.
pub(crate) fn cwe(text: &str) -> Option<u32> {
    let lower = text.to_ascii_lowercase();
    let digits = match lower.rfind("cwe") {
        Some(at) => lower.get(at + 3..)?.trim_start_matches(['-', '_', ' ', ':']),
        None => lower.trim(),
    };
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end)?.parse().ok().filter(|n| (1..100_000).contains(n))
}

fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().into()
}

impl Drafts {
    /// # Errors
    /// [`ScanError::TooMany`].
    pub(crate) fn push(&mut self, tool: &str, draft: Draft<'_>) -> Result<(), ScanError> {
        if self.all.len() >= MOST_FINDINGS {
            return Err(ScanError::TooMany);
        }
        let mut ids: Vec<String> = vec![];
        for id in draft.ids.iter().map(|id| id.trim()).filter(|id| is_id(id)) {
            if ids.len() < MOST_NUMBERS && !ids.iter().any(|have| have == id) {
                ids.push(id.to_owned());
            }
        }
        let mut cwes = draft.cwes;
        cwes.sort_unstable();
        cwes.dedup();
        cwes.truncate(MOST_NUMBERS);
        let tool = clean(tool, LONGEST_NAME, false);
        let rule = clean(draft.rule, LONGEST_NAME, false);
        let title = match draft.title.trim() {
            "" => clean(draft.description.lines().next().unwrap_or_default(), LONGEST_TITLE, false),
            title => clean(title, LONGEST_TITLE, false),
        };
        let title = if title.is_empty() { rule.clone() } else { title };
        let mut same = vec!["finding/1", tool.as_str(), draft.rule];
        same.extend(draft.same);
        let key = digest(&same);
        let severity = draft.severity.or(draft.cvss.as_ref().map(Cvss::severity));
        let finding = Finding {
            rule,
            ids,
            cwes,
            // What says nothing of it is held to be in the middle: neither is it put off, nor does it push away what is known to be grave.
            severity: severity.unwrap_or(Severity::Medium),
            cvss: draft.cvss,
            part: clean(&draft.part, LONGEST_PLACE, false),
            location: clean(&draft.location, LONGEST_PLACE, false),
            title,
            description: clean(draft.description, LONGEST_TEXT, true),
            fix: clean(&draft.fix, LONGEST_TEXT, true),
            fingerprint: String::new(),
            tool,
        };
        self.all.push((finding, key, draft.line));
        Ok(())
    }

    /// The findings in the order of the report, each with its fingerprint.
    pub(crate) fn finish(self) -> (Vec<Finding>, Tally) {
        let Self { all, mut tally } = self;
        #[allow(clippy::type_complexity, reason = "a map of this function alone")]
        let mut by_key: HashMap<[u8; 32], Vec<(usize, (u64, u64))>> = HashMap::new();
        for (n, (_, key, line)) in all.iter().enumerate() {
            by_key.entry(*key).or_default().push((n, *line));
        }
        let mut nth: HashMap<usize, usize> = HashMap::new();
        let mut twice: Vec<usize> = vec![];
        for mut same in by_key.into_values() {
            same.sort_by_key(|(n, line)| (*line, *n));
            let mut count = 0;
            let mut before: Option<(u64, u64, &str)> = None;
            for (n, line) in same {
                let place = all.get(n).map_or("", |(f, ..)| f.location.as_str());
                let this = (line.0, line.1, place);
                if before == Some(this) {
                    twice.push(n);
                    continue;
                }
                before = Some(this);
                nth.insert(n, count);
                count += 1;
            }
        }
        tally.repeated += twice.len() as u64;
        let finished = all.into_iter().enumerate().filter_map(|(n, (mut finding, key, _))| {
            let count = nth.get(&n)?;
            finding.fingerprint = match count {
                0 => hex::encode(key),
                n => hex::encode(digest(&[&hex::encode(key), &n.to_string()])),
            };
            Some(finding)
        });
        (finished.collect(), tally)
    }
}
