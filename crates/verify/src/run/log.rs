//! `whosaw-verify log`.

use std::path::PathBuf;

use ledger::checkpoint::MAX_NOTE_BYTES;
use ledger::log_check::Verdict;

use super::input;
use crate::files::Log;
use crate::key;
use crate::outcome::Outcome;
use crate::say;
use crate::text::Text;

pub fn run(place: &str, given: Option<&str>, since: &[PathBuf]) -> Result<Outcome, Text> {
    let log = open(place)?;
    let older = since.iter().map(|path| {
        // A checkpoint that is not even text is one that nobody signed: the check says so.
        input(path, MAX_NOTE_BYTES).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    });
    let older = older.collect::<Result<Vec<_>, _>>()?;
    let mut lines = Vec::new();
    let trusted = match given {
        Some(given) => key::given(given)?,
        None => match key::beside(&log) {
            Ok(key) => {
                lines.push(key::self_consistency(&key));
                key
            }
            Err(text) => return Ok(Outcome::new(Verdict::Policy, vec![text], serde_json::Value::Null)),
        },
    };
    let report = ledger::check_log(&log, &[trusted], &older);
    lines.extend(say::log(&report));
    let json = serde_json::to_value(&report).unwrap_or_default();
    Ok(Outcome::new(report.verdict, lines, json))
}

/// The log named on the command line.
pub fn open(place: &str) -> Result<Log, Text> {
    let log = Log::at(place);
    if log.exists() {
        Ok(log)
    } else {
        Err(Text::new(format!("没有文件夹 `{place}`"), format!("there is no folder `{place}`")))
    }
}
