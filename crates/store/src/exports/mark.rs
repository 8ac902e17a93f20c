//! Marks that name the export a file came from, also when its last row was deleted.
//!
//! Letters of each record's id in a file are written large or small by a keyed hash of the export and the record: `a3` and `A3` are
//! the same id to every reader of ids. So a few rows tell the export they were copied from. The mark is gone where ids are left
//! out or their letters made alike; it accuses nobody of what they did not export, for nobody without the key can make it.

use std::collections::BTreeSet;

use access::path::{Disclosed, ExportKeys, Grant, OnSystem, Operation, Refusal};
use model::{Action, JobId, RecordId};
use serde_json::{Value, json};

use super::file::{ExportFile, shut};
use crate::Store;
use crate::company::Note;

/// Most ids of a file that are looked at. Some ten already tell one export from a million others.
pub const MOST_MARKS: usize = 200;
/// Exports held against the ids at once.
const PAGE: i64 = 500;
/// Fewer marked letters than this tell nothing.
const LEAST_LETTERS: u32 = 24;

/// A record's id as a file of this export has it.
///
/// # Errors
/// When the vault does not answer.
pub fn marked(keys: &ExportKeys, export: JobId, record: RecordId) -> Result<String, vault::VaultError> {
    let bits = keys.mark(&[export.as_bytes().as_slice(), record.as_bytes().as_slice()].concat())?;
    let large = |n: usize| bits.get(n / 8).is_some_and(|byte| (byte >> (n % 8)) & 1 == 1);
    let text = record.to_string();
    Ok(text.char_indices().map(|(n, c)| if large(n) { c.to_ascii_uppercase() } else { c }).collect())
}

/// Asks which export a file came from: by ids of records as they stand in it, and by ids of exports that it names.
#[derive(Debug)]
pub struct TraceExport {
    pub ids: Vec<String>,
    pub named: BTreeSet<JobId>,
    pub note: Note,
}

impl Operation for TraceExport {
    const ACTION: Action = Action::AuditRead;
}
impl OnSystem for TraceExport {
    fn detail(&self) -> Value {
        json!({ "act": "export.trace", "ids": self.ids.len(), "named": self.named, "found": self.note.get() })
    }
}

/// An export that a file may have come from.
#[derive(Debug)]
pub struct Traced {
    pub file: ExportFile,
    /// The file names it.
    pub named: bool,
    /// Letters of ids that stand as this export writes them, of how many.
    pub agree: u32,
    pub letters: u32,
}

/// How many letters agree, of how many.
fn compare(found: &str, marked: &str) -> (u32, u32) {
    let letters = found.chars().zip(marked.chars()).filter(|(f, _)| f.is_ascii_alphabetic());
    letters.fold((0, 0), |(agree, all), (f, m)| (agree + u32::from(f == m), all + 1))
}

impl Store {
    /// The exports that a file agrees with, best first.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] `ids` when there are too many, or one is none; recorded.
    pub async fn trace_export(&self, grant: Grant<TraceExport>) -> Result<Disclosed<Vec<Traced>>, Refusal> {
        match self.traced(grant.operation()).await {
            Ok(found) => {
                grant.operation().note.set(json!(found.iter().map(|t| t.file.id).collect::<Vec<_>>()));
                grant.carry_out(vec![], found).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn traced(&self, op: &TraceExport) -> Result<Vec<Traced>, Refusal> {
        let wrong = |reason: String| Refusal::invalid("ids", "invalid_value", reason);
        if op.ids.len() > MOST_MARKS || op.named.len() > MOST_MARKS {
            return Err(wrong(format!("at most {MOST_MARKS} ids")));
        }
        let mut ids = Vec::with_capacity(op.ids.len());
        for text in &op.ids {
            let id: RecordId = text.parse().map_err(|_| wrong("expected ids of records".to_owned()))?;
            ids.push((id, text.as_str()));
        }
        let keys = self.gate.recorder().export_keys();
        let mut found = vec![];
        let mut before: Option<JobId> = None;
        loop {
            let files = match before {
                None => self.files("TRUE ORDER BY id DESC LIMIT ?1", vec![PAGE.into()]).await?,
                Some(id) => self.files("id < ?2 ORDER BY id DESC LIMIT ?1", vec![PAGE.into(), id.into()]).await?,
            };
            let Some(last) = files.last() else { break };
            before = Some(last.id);
            for file in files {
                let named = op.named.contains(&file.id);
                let (mut agree, mut letters) = (0, 0);
                for (n, (id, text)) in ids.iter().enumerate() {
                    let (a, l) = compare(text, &marked(&keys, file.id, *id).map_err(shut)?);
                    (agree, letters) = (agree + a, letters + l);
                    // Half of the letters agree by chance: one that is no better after some is another.
                    if n == 11 && agree * 4 < letters * 3 {
                        break;
                    }
                }
                if named || (letters >= LEAST_LETTERS && agree * 20 >= letters * 19) {
                    found.push(Traced { file, named, agree, letters });
                }
            }
        }
        found.sort_by_key(|t| std::cmp::Reverse((t.agree, t.named)));
        found.truncate(50);
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_compared_and_digits_are_not() {
        assert_eq!(compare("0aB1", "0Ab1"), (0, 2));
        assert_eq!(compare("0aB1", "0aB1"), (2, 2));
        assert_eq!(compare("0123", "0123"), (0, 0));
    }
}
