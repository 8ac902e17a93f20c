//! Where in a text a problem is: the line a person has to look at.

use crate::problem::Problem;

impl Problem {
    /// The line of the text, from 1, that this is about; `None` where it is about the whole. A parser's own line is taken from
    /// its message, everything else is looked for: the document of the rule, the selection in it, and the word that is told.
    pub fn line(&self, text: &str) -> Option<usize> {
        if let Some(told) = told(&self.en) {
            return Some(told.min(text.lines().count().max(1)));
        }
        let (rule, selection) = match self.at.split_once(" / ") {
            Some((rule, selection)) => (rule, Some(selection)),
            None => (self.at.as_str(), None),
        };
        let lines: Vec<&str> = text.lines().collect();
        let named = |line: &str| {
            ["name:", "id:", "title:"]
                .iter()
                .any(|key| line.strip_prefix(key).is_some_and(|value| value.trim().trim_matches(['"', '\'']) == rule))
        };
        let of_rule = lines.iter().position(|line| named(line))?;
        let is_break = |line: &&str| line.starts_with("---");
        let begin = lines.iter().take(of_rule).rposition(&is_break).map_or(0, |at| at + 1);
        let end = lines.iter().skip(of_rule).position(is_break).map_or(lines.len(), |n| of_rule + n);
        let within = |from: usize, to: usize, wanted: &dyn Fn(&str) -> bool| {
            (from..to).find(|n| lines.get(*n).is_some_and(|line| wanted(line)))
        };
        let word = self.en.split('`').nth(1).filter(|word| !word.is_empty());
        let says = |line: &str| word.is_some_and(|word| line.contains(word));
        let block = selection.and_then(|selection| {
            let key = format!("{selection}:");
            let at = within(begin, end, &|line| line.trim_start().trim_start_matches("- ").starts_with(&key))?;
            let indent = |line: &str| line.len() - line.trim_start().len();
            let own = lines.get(at).map_or(0, |line| indent(line));
            let ends =
                |line: &str| !line.trim().is_empty() && indent(line) <= own && !line.trim_start().starts_with("- ");
            Some((at, within(at + 1, end, &ends).unwrap_or(end)))
        });
        let found = match block {
            Some((from, to)) => within(from, to, &says).or(Some(from)),
            None => within(begin, end, &says).or_else(|| {
                let key = match self.code {
                    "rule.group_by" => "group-by:",
                    "rule.window" => "timespan:",
                    "rule.threshold" => "condition:",
                    "rule.logsource" => "logsource:",
                    "rule.timeframe" => "timeframe:",
                    "rule.family" => "family:",
                    "rule.correlation" | "rule.reference" => "correlation:",
                    _ => return None,
                };
                within(begin, end, &|line| line.trim_start().starts_with(key))
            }),
        };
        Some(found.unwrap_or(of_rule) + 1)
    }
}

/// `at line 3`, `line 3 column 5`: as parsers tell it.
fn told(message: &str) -> Option<usize> {
    let (_, rest) = message.split_once("line ")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|line| *line > 0)
}
