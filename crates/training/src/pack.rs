//! A course of a company's own as it comes: a ZIP of `zh.md`, `en.md` and `questions.json`.
//!
//! Rule: what a ZIP says of itself is not believed. Its bytes are counted while they are unpacked, and nothing is written anywhere.

use std::io::{Cursor, Read};

use serde::{Deserialize, Serialize};

use crate::own::Fault;

/// Bytes of a ZIP.
pub const MOST_PACKED_BYTES: usize = 2 << 20;
/// Bytes of all that is in it.
const MOST_BYTES: u64 = 8 << 20;
/// Things that are in it.
const MOST_FILES: usize = 60;

/// The files of a course.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    pub zh: Option<String>,
    pub en: Option<String>,
    pub questions: String,
}

fn whole(zh: &str, en: &str) -> Fault {
    Fault::new("", 0, zh, en)
}

/// Unpacks a course.
///
/// # Errors
/// What is wrong with the ZIP; nothing of it is believed then.
pub fn unpack(bytes: &[u8]) -> Result<Files, Fault> {
    let broken = |_| whole("不是完整的 ZIP 文件", "this is no whole ZIP");
    if bytes.len() > MOST_PACKED_BYTES {
        return Err(whole("ZIP 不能超过 2 MiB", "a ZIP has at most 2 MiB"));
    }
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if zip.len() > MOST_FILES {
        return Err(whole("ZIP 中的文件过多", "there are too many files in the ZIP"));
    }
    let mut files = Files::default();
    let (mut seen, mut left) = (Vec::<String>::new(), MOST_BYTES);
    for n in 0..zip.len() {
        let entry = zip.by_index(n).map_err(broken)?;
        // The name is told as far as it is one: a path may be long, and hold anything.
        let name = entry.name().map_err(broken)?.into_owned();
        let told: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
        let known = matches!(name.as_str(), "zh.md" | "en.md" | "questions.json");
        if !known || !entry.is_file() || entry.is_symlink() || seen.contains(&name) {
            return Err(Fault::new(
                &told,
                0,
                "ZIP 顶层只能有 zh.md、en.md、questions.json 各一个，不能有文件夹、链接或其他文件",
                "a ZIP has zh.md, en.md and questions.json at its top, once each: no folder, link or other file",
            ));
        }
        let mut text = vec![];
        // One byte more than is left tells that there is more.
        let read = entry.take(left + 1).read_to_end(&mut text);
        let read = read.map_err(|_| {
            Fault::new(&told, 0, "无法解压，ZIP 可能已损坏", "it does not unpack; the ZIP may be damaged")
        })?;
        let read = u64::try_from(read).unwrap_or(u64::MAX);
        if read > left {
            return Err(whole("解压后不能超过 8 MiB", "what is in a ZIP has at most 8 MiB"));
        }
        left -= read;
        let text = String::from_utf8(text).map_err(|e| {
            let before = e.as_bytes().iter().take(e.utf8_error().valid_up_to());
            let line = before.filter(|b| **b == b'\n').count() + 1;
            Fault::new(&told, line, "请以 UTF-8 编码保存", "save it as UTF-8")
        })?;
        // A mark of the byte order is no part of a text; lines end in one way.
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        match name.as_str() {
            "zh.md" => files.zh = Some(text),
            "en.md" => files.en = Some(text),
            _ => files.questions = text,
        }
        seen.push(name);
    }
    let missing = |name: &str, zh, en| Err(Fault::new(name, 0, zh, en));
    if files.zh.is_none() && files.en.is_none() {
        return missing("zh.md", "至少需要 zh.md 或 en.md 之一", "zh.md or en.md is needed, or both");
    }
    if !seen.iter().any(|n| n == "questions.json") {
        return missing("questions.json", "缺少测验题目", "the questions are missing");
    }
    Ok(files)
}
