//! What a course of a company's own is held to: all that the tests of the shipped ones hold, told by file and line.

use std::collections::BTreeSet;

use model::Text;
use serde::Deserialize;

use crate::ASKED;
use crate::course::{Choice, Course, Parts, Question, joined, parts};
use crate::lines;
use crate::pack::Files;

/// Characters of a title, of an answer, of a question or why.
const LONGEST_LINE: usize = 120;
const LONGEST_TEXT: usize = 600;
/// Bytes of a text.
const LONGEST_FILE: usize = 1 << 20;
const MOST_PAGES: usize = 40;
const MOST_QUESTIONS: usize = 200;
const MOST_CHOICES: usize = 6;
/// Faults that are told at once.
const MOST_FAULTS: usize = 50;

/// Something that keeps a file from being a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `zh.md:12`; a file alone, or nothing where it is of the whole.
    pub place: String,
    pub text: Text,
}

impl Fault {
    /// Line 0 is of the whole file.
    pub(crate) fn new(file: &str, line: usize, zh: impl Into<String>, en: impl Into<String>) -> Self {
        let place = if line == 0 { file.to_owned() } else { format!("{file}:{line}") };
        Self { place, text: Text::new(zh, en) }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    zh: Option<String>,
    en: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnChoice {
    zh: Option<String>,
    en: Option<String>,
    #[serde(default)]
    right: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnQuestion {
    id: String,
    text: Said,
    options: Vec<OwnChoice>,
    why: Said,
}

/// Which languages the course is in. What is in one alone is read in it by everybody.
#[derive(Clone, Copy)]
struct Languages {
    zh: bool,
    en: bool,
}

impl Languages {
    /// A text in both; `None` where one that the course is in is missing or too long.
    fn both(self, zh: Option<String>, en: Option<String>, most: usize) -> Option<Text> {
        let said = |text: Option<String>| text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        let (zh, en) = (said(zh), said(en));
        if self.zh && zh.is_none() || self.en && en.is_none() {
            return None;
        }
        let (zh, en) = (zh.clone().or_else(|| en.clone())?, en.or(zh)?);
        let fits = |t: &str| t.chars().count() <= most && !t.chars().any(|c| c.is_control() && c != '\n');
        (fits(&zh) && fits(&en)).then(|| Text::new(zh, en))
    }
}

/// Reads a course of a company's own.
///
/// # Errors
/// All that is wrong with it, at most fifty.
pub fn read_own(id: &str, version: u32, files: &Files) -> Result<Course, Vec<Fault>> {
    let mut faults = vec![];
    let languages = Languages { zh: files.zh.is_some(), en: files.en.is_some() };
    let zh = files.zh.as_deref().map(|text| page_by_page("zh.md", text, &mut faults));
    let en = files.en.as_deref().map(|text| page_by_page("en.md", text, &mut faults));
    if let (Some(zh), Some(en)) = (&zh, &en) {
        alike(zh, en, files.en.as_deref().unwrap_or_default(), &mut faults);
    }
    let questions = questions(&files.questions, languages, &mut faults);
    let (zh, en) = match (zh, en) {
        (Some(zh), Some(en)) => (zh, en),
        (Some(one), None) | (None, Some(one)) => (again(&one), one),
        (None, None) => {
            faults.push(Fault::new("zh.md", 0, "至少需要 zh.md 或 en.md 之一", "zh.md or en.md is needed, or both"));
            return Err(faults);
        }
    };
    if faults.is_empty() {
        return Ok(joined(id, version, zh, en, questions));
    }
    faults.truncate(MOST_FAULTS);
    Err(faults)
}

fn again(one: &Parts) -> Parts {
    Parts { title: one.title.clone(), about: one.about.clone(), pages: one.pages.clone() }
}

fn page_by_page(file: &str, text: &str, faults: &mut Vec<Fault>) -> Parts {
    let mut fault = |line, zh: &str, en: &str| faults.push(Fault::new(file, line, zh, en));
    if text.len() > LONGEST_FILE {
        fault(0, "不能超过 1 MiB", "a text has at most 1 MiB");
    }
    for (n, line) in text.lines().enumerate() {
        let n = n + 1;
        if lines::has_html(line) {
            fault(n, "不能使用 HTML，请用 Markdown", "HTML is not shown; write Markdown");
        }
        if line.contains("](") {
            fault(n, "不能使用链接或图片，请写出地址", "links and pictures are not shown; write the address out");
        }
        if line.starts_with("###") || n > 1 && line.starts_with("# ") {
            fault(
                n,
                "第一行用“# ”写标题，每页用“## ”，没有其他级别",
                "`# ` is the title on the first line, `## ` begins a page; there is no other heading",
            );
        }
        if line.chars().any(|c| c.is_control() && c != '\t') {
            fault(n, "含有控制字符", "there is a control character");
        }
    }
    let read = parts(text);
    if !text.starts_with("# ") || read.title.is_empty() || read.title.chars().count() > LONGEST_LINE {
        fault(1, "第一行须为“# 标题”，不超过 120 字", "the first line is `# ` and a title of at most 120 characters");
    }
    if read.about.is_empty() || read.about.chars().count() > LONGEST_TEXT {
        fault(
            2,
            "标题之后须有一段简介，不超过 600 字",
            "after the title comes what it is about, in at most 600 characters",
        );
    }
    if read.pages.is_empty() || read.pages.len() > MOST_PAGES {
        fault(0, "须有 1 至 40 页，每页以“## ”开头", "a course has 1 to 40 pages, each begun by `## `");
    }
    for (line, (title, text)) in lines::of_pages(text).into_iter().zip(&read.pages) {
        if title.is_empty() || title.chars().count() > LONGEST_LINE {
            fault(line, "页标题须为 1 至 120 字", "a page has a title of 1 to 120 characters");
        }
        if text.is_empty() {
            fault(line, "这一页没有内容", "there is nothing on this page");
        }
    }
    read
}

/// Both languages have the same pages, and as many points in each list.
fn alike(zh: &Parts, en: &Parts, text: &str, faults: &mut Vec<Fault>) {
    if zh.pages.len() != en.pages.len() {
        let (a, b) = (zh.pages.len(), en.pages.len());
        faults.push(Fault::new(
            "en.md",
            0,
            format!("zh.md 有 {a} 页，en.md 有 {b} 页，两种语言页数须相同"),
            format!("zh.md has {a} pages and en.md {b}; both have the same"),
        ));
        return;
    }
    let points = |text: &str| text.lines().filter(|l| l.starts_with("- ")).count();
    for (line, ((_, zh), (_, en))) in lines::of_pages(text).into_iter().zip(zh.pages.iter().zip(&en.pages)) {
        if points(zh) != points(en) {
            faults.push(Fault::new(
                "en.md",
                line,
                "这一页两种语言的列表项数不同",
                "the lists of this page have not as many points in both languages",
            ));
        }
    }
}

fn questions(text: &str, languages: Languages, faults: &mut Vec<Fault>) -> Vec<Question> {
    const FILE: &str = "questions.json";
    if text.len() > LONGEST_FILE {
        faults.push(Fault::new(FILE, 0, "不能超过 1 MiB", "a text has at most 1 MiB"));
        return vec![];
    }
    let read: Vec<OwnQuestion> = match serde_json::from_str(text) {
        Ok(read) => read,
        Err(error) => {
            // The place alone and what was expected: what stands there may be anything.
            let line = error.line().max(1);
            let (zh, en) = match error.classify() {
                serde_json::error::Category::Data => (
                    "不是题目的格式：每题须有 id、text、options、why，别无其他",
                    "not as a question is: id, text, options and why, and nothing else",
                ),
                _ => ("不是有效的 JSON", "this is not JSON"),
            };
            faults.push(Fault::new(FILE, line, zh, en));
            return vec![];
        }
    };
    if !(ASKED + 1..=MOST_QUESTIONS).contains(&read.len()) {
        faults.push(Fault::new(
            FILE,
            0,
            format!("须有 {} 至 {MOST_QUESTIONS} 题", ASKED + 1),
            format!("a course has {} to {MOST_QUESTIONS} questions", ASKED + 1),
        ));
    }
    let mut seen = BTreeSet::new();
    let mut all = vec![];
    for (line, q) in lines::of_objects(text).into_iter().zip(read) {
        let mut fault = |zh: &str, en: &str| faults.push(Fault::new(FILE, line, zh, en));
        let named =
            (1..=40).contains(&q.id.len()) && q.id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
        if !named || !seen.insert(q.id.clone()) {
            fault(
                "id 须为 1 至 40 个字母、数字、- 或 _，且不重复",
                "an id has 1 to 40 letters, digits, - or _, and stands once",
            );
        }
        let right = q.options.iter().filter(|o| o.right).count();
        if !(2..=MOST_CHOICES).contains(&q.options.len()) || right == 0 || right == q.options.len() {
            fault(
                "须有 2 至 6 个选项，至少一个正确、一个错误",
                "2 to 6 answers, at least one of them right and one wrong",
            );
        }
        let text = languages.both(q.text.zh, q.text.en, LONGEST_TEXT);
        let why = languages.both(q.why.zh, q.why.en, LONGEST_TEXT);
        let options = q.options.into_iter().map(|o| {
            let Text { zh, en } = languages.both(o.zh, o.en, LONGEST_TEXT)?;
            Some(Choice { zh, en, right: o.right })
        });
        let options: Option<Vec<Choice>> = options.collect();
        let (Some(text), Some(why), Some(options)) = (text, why, options) else {
            fault(
                "题目、选项和解释须有课程的每种语言，各不超过 600 字",
                "the question, its answers and why are in each language of the course, in at most 600 characters",
            );
            continue;
        };
        let told: BTreeSet<&str> = options.iter().map(|o| o.zh.as_str()).collect();
        if told.len() != options.len() {
            fault("有两个相同的选项", "two answers are the same");
        }
        all.push(Question { id: q.id, text, options, why });
    }
    all
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::pack::unpack;

    const ZH: &str = "# 客户来访\n\n来访时的规矩。\n\n## 登记\n\n- 先登记\n- 再引领\n\n## 离开\n\n送到门口。\n";
    const EN: &str =
        "# Visits\n\nWhat holds for visits.\n\n## Arriving\n\n- sign in\n- walk along\n\n## Leaving\n\nTo the door.\n";

    fn asked(n: usize) -> String {
        let one = |n: usize| {
            format!(
                r#"{{"id":"q{n}","text":{{"zh":"题{n}","en":"question {n}"}},"why":{{"zh":"因","en":"why"}},
 "options":[{{"zh":"对","en":"right","right":true}},{{"zh":"错","en":"wrong"}}]}}"#
            )
        };
        format!("[\n{}\n]", (0..n).map(one).collect::<Vec<_>>().join(",\n"))
    }
    fn files(zh: &str, en: &str, questions: &str) -> Files {
        let some = |t: &str| (!t.is_empty()).then(|| t.to_owned());
        Files { zh: some(zh), en: some(en), questions: questions.to_owned() }
    }
    fn places(files: &Files) -> Vec<String> {
        read_own("c", 1, files).unwrap_err().into_iter().map(|f| f.place).collect()
    }

    #[test]
    fn a_course_is_read_and_in_one_language_stands_for_both() {
        let course = read_own("c", 3, &files(ZH, EN, &asked(9))).unwrap();
        assert_eq!((course.id.as_str(), course.version, course.pages.len(), course.questions.len()), ("c", 3, 2, 9));
        assert_eq!(course.title, Text::new("客户来访", "Visits"));
        let alone = read_own("c", 1, &files("", EN, &asked(9))).unwrap();
        assert_eq!(alone.title, Text::new("Visits", "Visits"));
    }

    #[test]
    fn what_is_wrong_is_told_by_file_and_line() {
        let html = ZH.replace("送到门口", "<script>alert(1)</script>");
        assert_eq!(places(&files(&html, EN, &asked(9))), ["zh.md:12"]);
        let fewer = EN.replace("- walk along\n", "");
        assert_eq!(places(&files(ZH, &fewer, &asked(9))), ["en.md:5"]);
        let page = format!("{EN}\n## More\n\ntext\n");
        assert_eq!(places(&files(ZH, &page, &asked(9))), ["en.md"]);
        assert_eq!(places(&files(ZH, EN, &asked(8))), ["questions.json"]);
        assert_eq!(places(&files(ZH, EN, "[\n{,")), ["questions.json:2"]);
        // The third question, of two lines each, has no right answer; the fourth is the third again.
        let none = asked(9).replacen(r#""q2","text""#, r#""q2", "text""#, 1);
        let mut lines: Vec<String> = none.lines().map(str::to_owned).collect();
        lines[6] = lines[6].replace(r#","right":true"#, "");
        lines[7] = lines[7].replace("q3", "q2");
        assert_eq!(places(&files(ZH, EN, &lines.join("\n"))), ["questions.json:6", "questions.json:8"]);
        let one = asked(9).replace(r#","en":"why""#, "");
        assert_eq!(places(&files(ZH, EN, &one)).len(), 9);
        assert!(read_own("c", 1, &files(ZH, "", &one)).is_ok());
        for bad in ["", "no title", "# 标题", "# 标题\n\n简介"] {
            assert!(!places(&files("", bad, &asked(9))).is_empty(), "{bad}");
        }
    }

    fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
        for (name, bytes) in entries {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_zip_gives_its_three_files_and_nothing_that_tricks() {
        let q = asked(9);
        let good: [(&str, &[u8]); 3] =
            [("zh.md", ZH.as_bytes()), ("en.md", EN.as_bytes()), ("questions.json", q.as_bytes())];
        assert_eq!(unpack(&zip(&good)).unwrap(), files(ZH, EN, &q));
        for name in ["../zh.md", "/zh.md", "a/zh.md", "run.sh", "ZH.md", "zh.md/"] {
            let fault = unpack(&zip(&[good[2], (name, b"")])).unwrap_err();
            assert_eq!(fault.place, name);
        }
        let mut link = zip::ZipWriter::new(Cursor::new(vec![]));
        link.add_symlink("zh.md", "/etc/passwd", SimpleFileOptions::default()).unwrap();
        assert_eq!(unpack(&link.finish().unwrap().into_inner()).unwrap_err().place, "zh.md");
        // A bomb: much from little, counted while it unpacks.
        let bomb = zip(&[("zh.md", &vec![b' '; 9 << 20])]);
        assert!(bomb.len() < 64 << 10);
        assert!(unpack(&bomb).unwrap_err().text.en.contains("8 MiB"));
        let many: Vec<String> = (0..61).map(|n| format!("{n}.md")).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|n| (n.as_str(), &b""[..])).collect();
        assert!(unpack(&zip(&many)).unwrap_err().text.en.contains("too many"));
        let whole = zip(&good);
        for bad in [&b"PK"[..], b"", &whole[..whole.len() / 2], &vec![0; (2 << 20) + 1]] {
            assert_eq!(unpack(bad).unwrap_err().place, "");
        }
        assert_eq!(unpack(&zip(&[("en.md", b"# a\n\n\xff")])).unwrap_err().place, "en.md:3");
        assert_eq!(unpack(&zip(&good[..2])).unwrap_err().place, "questions.json");
        assert_eq!(unpack(&zip(&good[2..])).unwrap_err().place, "zh.md");
    }
}
