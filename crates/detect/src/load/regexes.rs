//! What the regular expressions of a pack take in memory, all of them together.
//!
//! An expression of twenty characters can compile to megabytes (`\p{L}{64}`), and a pack may hold thousands. So each is built here first, with
//! no more room than the pack has left; once that is used up nothing is compiled any more, and the pack is refused. Patterns with
//! wildcards count like the expressions they become.

use regex_automata::nfa::thompson::{Compiler, Config};
use rsigma_parser::value::{SigmaString, SpecialChar, StringPart};
use rsigma_parser::{DetectionItem, Modifier};

use super::{Problems, bounds};
use crate::problem::Problem;

/// What an expression holds besides its states: prefilters, and what a search begins with.
const FLOOR: usize = 16 * 1024;
/// An expression is compiled forwards and backwards.
const WAYS: usize = 2;

/// Memory that the expressions of a pack may still take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    left: usize,
    /// It was asked for more than there is, and that was told.
    full: bool,
}

impl Default for Room {
    fn default() -> Self {
        Self { left: bounds::REGEX_MEMORY, full: false }
    }
}

impl Room {
    pub(super) fn is_full(&self) -> bool {
        self.full
    }

    /// Makes room for the expressions of an item.
    pub(super) fn take(&mut self, at: &str, item: &DetectionItem, problems: &mut Problems) {
        for value in &item.values {
            let rsigma_parser::SigmaValue::String(text) = value else { continue };
            let pattern = if item.field.has_modifier(Modifier::Re) {
                // Too long, or repeated too often: told already, and never built.
                if text.original.len() > bounds::REGEX_BYTES
                    || super::check::repeats(&text.original) > bounds::REGEX_REPEAT
                {
                    continue;
                }
                flagged(item, &text.original)
            } else if text.is_plain() || text.original.chars().count() > bounds::VALUE_CHARS {
                continue;
            } else {
                spelled(item, text)
            };
            self.take_one(at, &pattern, problems);
        }
    }

    fn take_one(&mut self, at: &str, pattern: &str, problems: &mut Problems) {
        if self.full {
            return;
        }
        let limit = self.left.saturating_sub(FLOOR) / WAYS;
        let built = Compiler::new().configure(Config::new().nfa_size_limit(Some(limit))).build(pattern);
        let used = match built {
            Ok(nfa) => nfa.memory_usage(),
            // What is no expression is refused when it is compiled.
            Err(error) if error.size_limit().is_none() => return,
            Err(_) => usize::MAX,
        };
        match self.left.checked_sub(used.saturating_mul(WAYS).saturating_add(FLOOR)) {
            Some(left) => self.left = left,
            None => {
                self.full = true;
                let most = bounds::REGEX_MEMORY >> 20;
                problems.push(Problem::new(
                    "rule.regex_memory",
                    at,
                    format!("所有规则的正则表达式与通配符合计超过 {most} MB;请减少数量,或缩小字符类与重复次数"),
                    format!(
                        "the regular expressions and wildcards of all rules together take more than {most} MB: have fewer, or smaller classes and repetitions"
                    ),
                ));
            }
        }
    }
}

fn flagged(item: &DetectionItem, pattern: &str) -> String {
    let flags: String = [(Modifier::IgnoreCase, 'i'), (Modifier::Multiline, 'm'), (Modifier::DotAll, 's')]
        .into_iter()
        .filter_map(|(modifier, flag)| item.field.has_modifier(modifier).then_some(flag))
        .collect();
    if flags.is_empty() { pattern.to_owned() } else { format!("(?{flags}){pattern}") }
}

/// A text with wildcards as the expression it becomes.
fn spelled(item: &DetectionItem, text: &SigmaString) -> String {
    let mut pattern = String::from(if item.field.has_modifier(Modifier::Cased) { "^" } else { "(?i)^" });
    for part in &text.parts {
        match part {
            // Every character that is not a letter or digit may be escaped by a hexadecimal number.
            StringPart::Plain(plain) => {
                for c in plain.chars() {
                    if c.is_alphanumeric() {
                        pattern.push(c);
                    } else {
                        pattern.push_str(&format!("\\x{{{:x}}}", u32::from(c)));
                    }
                }
            }
            StringPart::Special(SpecialChar::WildcardMulti) => pattern.push_str(".*"),
            StringPart::Special(SpecialChar::WildcardSingle) => pattern.push('.'),
        }
    }
    pattern.push('$');
    pattern
}
