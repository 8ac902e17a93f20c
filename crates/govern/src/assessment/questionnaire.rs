//! A questionnaire as a table or as JSON, read whole or refused with what is wrong in which line.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Bytes of a questionnaire.
pub const MOST_BYTES: usize = 1 << 20;
/// Questions of one assessment.
pub const MOST_QUESTIONS: usize = 500;
/// Lines that are told of; the rest follows when these are mended.
const MOST_TOLD: usize = 20;
const LONGEST_CODE: usize = 40;
const LONGEST_SECTION: usize = 120;
const LONGEST_QUESTION: usize = 2_000;

/// As what it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Csv,
    Json,
}

/// A question, as it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// What the assessor calls it.
    #[serde(rename = "id")]
    pub code: String,
    #[serde(default)]
    pub section: String,
    #[serde(default)]
    pub question: String,
    /// The same in Chinese and in English, where the assessor gives it.
    #[serde(default)]
    pub zh: String,
    #[serde(default)]
    pub en: String,
}

impl Asked {
    /// The question in one language, or as it was asked.
    pub fn text(&self, zh: bool) -> &str {
        let wanted = if zh { &self.zh } else { &self.en };
        [wanted, &self.question, &self.zh, &self.en].into_iter().find(|t| !t.is_empty()).map_or("", |t| t)
    }
}

/// What is wrong with an entry. `line` counts from 1: lines of a table with its heading, entries of JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadEntry {
    pub line: u64,
    /// Which column; empty for the whole line.
    pub column: &'static str,
    pub reason: String,
}

fn bad(line: u64, column: &'static str, reason: impl Into<String>) -> BadEntry {
    BadEntry { line, column, reason: reason.into() }
}

/// Reads it.
///
/// # Errors
/// What is wrong, at most 20 entries of it; then nothing is taken.
pub fn read(form: Form, text: &str) -> Result<Vec<Asked>, Vec<BadEntry>> {
    if text.len() > MOST_BYTES {
        return Err(vec![bad(0, "", format!("a questionnaire has at most {MOST_BYTES} bytes"))]);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let entries = match form {
        Form::Csv => table(text)?,
        Form::Json => json(text)?,
    };
    let (mut wrong, mut codes, mut asked) = (vec![], BTreeSet::new(), vec![]);
    for (line, mut one) in entries {
        for part in [&mut one.code, &mut one.section, &mut one.question, &mut one.zh, &mut one.en] {
            *part = part.trim().to_owned();
        }
        let before = wrong.len();
        check(line, &one, &mut wrong);
        if before == wrong.len() && !codes.insert(one.code.clone()) {
            wrong.push(bad(line, "id", "the id is there twice"));
        }
        asked.push(one);
        if wrong.len() >= MOST_TOLD {
            break;
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    if asked.is_empty() {
        return Err(vec![bad(1, "", "there is no question")]);
    }
    Ok(asked)
}

fn check(line: u64, one: &Asked, wrong: &mut Vec<BadEntry>) {
    let mut hold = |column, text: &str, least: usize, most: usize, lines: bool| {
        let strange = text.chars().any(|c| c.is_control() && !(lines && c == '\n'));
        if strange || !(least..=most).contains(&text.chars().count()) {
            wrong.push(bad(line, column, format!("{least} to {most} characters")));
        }
    };
    hold("id", &one.code, 1, LONGEST_CODE, false);
    hold("section", &one.section, 0, LONGEST_SECTION, false);
    let least = usize::from(one.zh.is_empty() && one.en.is_empty());
    hold("question", &one.question, least, LONGEST_QUESTION, true);
    hold("zh", &one.zh, 0, LONGEST_QUESTION, true);
    hold("en", &one.en, 0, LONGEST_QUESTION, true);
}

fn column(heading: &str) -> Option<&'static str> {
    match heading.trim().to_lowercase().as_str() {
        "id" | "编号" => Some("id"),
        "section" | "章节" => Some("section"),
        "question" | "问题" => Some("question"),
        "zh" | "中文" => Some("zh"),
        "en" | "英文" => Some("en"),
        _ => None,
    }
}

/// What divides columns: what stands most often in the heading.
fn divider(text: &str) -> u8 {
    let heading = text.lines().next().unwrap_or_default();
    let count = |d: &u8| heading.bytes().filter(|b| b == d).count();
    // The last of equals counts: a comma, where there is none of any.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

fn table(text: &str) -> Result<Vec<(u64, Asked)>, Vec<BadEntry>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(divider(text))
        .has_headers(true)
        .flexible(true)
        .from_reader(text.as_bytes());
    let broken = |e: &csv::Error| vec![bad(e.position().map_or(1, csv::Position::line), "", "the line cannot be read")];
    let headings: Vec<Option<&'static str>> = reader.headers().map_err(|e| broken(&e))?.iter().map(column).collect();
    let has = |name| headings.contains(&Some(name));
    if !has("id") || !(has("question") || has("zh") || has("en")) {
        return Err(vec![bad(1, "", "the heading names the columns: id, section, question, zh, en")]);
    }
    if headings.iter().flatten().collect::<BTreeSet<_>>().len() < headings.iter().flatten().count() {
        return Err(vec![bad(1, "", "a column is there twice")]);
    }
    let mut entries = vec![];
    for row in reader.records() {
        let row = row.map_err(|e| broken(&e))?;
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let cell = |name| {
            let at = headings.iter().position(|h| *h == Some(name));
            at.and_then(|n| row.get(n)).unwrap_or_default().replace("\r\n", "\n")
        };
        let asked = Asked {
            code: cell("id"),
            section: cell("section"),
            question: cell("question"),
            zh: cell("zh"),
            en: cell("en"),
        };
        let line = row.position().map_or(0, csv::Position::line);
        if entries.len() >= MOST_QUESTIONS {
            return Err(vec![bad(line, "", format!("a questionnaire has at most {MOST_QUESTIONS} questions"))]);
        }
        entries.push((line, asked));
    }
    Ok(entries)
}

fn json(text: &str) -> Result<Vec<(u64, Asked)>, Vec<BadEntry>> {
    let read: Result<Vec<Asked>, _> = serde_json::from_str(text);
    let all = read.map_err(|e| {
        let line = u64::try_from(e.line()).unwrap_or(0);
        vec![bad(line, "", "expected a list of objects with id, section, question, zh and en")]
    })?;
    if all.len() > MOST_QUESTIONS {
        return Err(vec![bad(0, "", format!("a questionnaire has at most {MOST_QUESTIONS} questions"))]);
    }
    Ok((1..).zip(all).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_with_what_divides_it() {
        for d in [",", ";", "\t"] {
            let text =
                ["\u{feff}id,Section,问题,en\r\n", "A.8.13,运维,是否备份？,\"Are there\ncopies?\"\r\n\r\n"].concat();
            let asked = read(Form::Csv, &text.replace(',', d)).unwrap();
            assert_eq!((asked.len(), asked[0].code.as_str(), asked[0].section.as_str()), (1, "A.8.13", "运维"));
            assert_eq!((asked[0].text(true), asked[0].text(false)), ("是否备份？", "Are there\ncopies?"));
        }
        let one = read(Form::Json, r#"[{"id": "1", "question": "Who?"}]"#).unwrap();
        assert_eq!(one[0].text(true), "Who?");
    }

    #[test]
    fn what_is_wrong_is_told_by_line_and_nothing_is_taken() {
        let wrong = |form, text: &str| {
            let told = read(form, text).unwrap_err();
            told.iter().map(|b| (b.line, b.column)).collect::<Vec<_>>()
        };
        assert_eq!(wrong(Form::Csv, "name,text\na,b\n"), [(1, "")]);
        assert_eq!(wrong(Form::Csv, "id,id,question\n1,2,q\n"), [(1, "")]);
        assert_eq!(wrong(Form::Csv, "id,question\n1,a\n,b\n1,c\n2,\n"), [(3, "id"), (4, "id"), (5, "question")]);
        assert_eq!(wrong(Form::Csv, "id,question\n"), [(1, "")]);
        assert_eq!(
            wrong(Form::Csv, &format!("id,question\n{},q\n2,a\u{7}\n", "x".repeat(41))),
            [(2, "id"), (3, "question")]
        );
        assert_eq!(wrong(Form::Json, "[\n{\"id\": 1}]"), [(2, "")]);
        assert_eq!(wrong(Form::Json, &"[".repeat(100_000)), [(1, "")]);
        let many: String = (0..=MOST_QUESTIONS).map(|n| format!("{n},q\n")).collect();
        assert_eq!(wrong(Form::Csv, &format!("id,question\n{many}")), [(502, "")]);
        assert_eq!(wrong(Form::Csv, &"x".repeat(MOST_BYTES + 1)), [(0, "")]);
        let all_bad: String = (0..100).map(|_| ",q\n").collect();
        assert_eq!(wrong(Form::Csv, &format!("id,question\n{all_bad}")).len(), MOST_TOLD);
    }
}
