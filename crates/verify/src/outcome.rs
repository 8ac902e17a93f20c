//! What is told at the end: an exit code, lines for people, a report for programs.

use ledger::log_check::Verdict;

use crate::text::{Language, Text};

pub const INCOMPLETE: u8 = 12;
pub const USAGE: u8 = 20;

/// The exit code of a verdict.
pub const fn code(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Ok => 0,
        Verdict::Tampered => 10,
        Verdict::Fork => 11,
        Verdict::Incomplete => INCOMPLETE,
        Verdict::Policy => 13,
    }
}

/// The answer to one command.
#[derive(Debug)]
pub struct Outcome {
    pub code: u8,
    pub lines: Vec<Text>,
    /// The report as its own type writes it.
    pub report: serde_json::Value,
}

impl Outcome {
    pub fn new(verdict: Verdict, lines: Vec<Text>, report: serde_json::Value) -> Self {
        Self { code: code(verdict), lines, report }
    }

    /// The command could not be carried out as given.
    pub fn usage(text: Text) -> Self {
        Self { code: USAGE, lines: vec![text], report: serde_json::Value::Null }
    }

    pub fn to_text(&self, language: Language) -> String {
        self.lines.iter().map(|line| printable(line.in_language(language)) + "\n").collect()
    }

    pub fn to_json(&self) -> String {
        serde_json::json!({ "exit_code": self.code, "messages": self.lines, "report": self.report }).to_string()
    }
}

/// What is shown comes from files that may be hostile: control characters could rewrite the terminal.
fn printable(line: &str) -> String {
    line.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
