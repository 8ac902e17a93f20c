//! Rows of cells from CSV (UTF-8 with or without a mark, GB18030) and XLSX.
//!
//! What a file is, its first bytes say, not its name. Rule: memory does not grow with the file: a CSV is read row by row, a
//! sheet is streamed; only a sheet's shared texts are held, and a file that unpacks to more than a sheet can need is refused
//! before it is read. A cell that cannot be read rejects its row; a file that cannot be read is an error.

mod delimited;
mod sheet;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::say::told;

/// A cell that cannot be read.
#[derive(Debug)]
pub struct BadCell {
    pub column: String,
    /// `encoding`, `too_many_cells`, `sheet_error`, `sheet_number`.
    pub code: &'static str,
    pub reason: &'static str,
}

/// A row's texts, in the order of the headings.
pub type Row = Result<Vec<String>, BadCell>;

/// A file of rows.
pub struct Cells {
    headings: Vec<String>,
    source: Source,
}

enum Source {
    Csv(delimited::Rows),
    Sheet(sheet::Rows),
}

/// How a text file is to be read, if not as it seems to be.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading {
    pub delimiter: Option<char>,
    pub gb18030: Option<bool>,
}

impl Cells {
    pub fn open(path: &Path, how: Reading) -> anyhow::Result<Self> {
        let shown = path.display();
        let mut head = vec![];
        File::open(path).and_then(|f| f.take(8).read_to_end(&mut head)).map_err(|e| {
            told(format!("无法读取文件 `{shown}`：{e}"), format!("the file `{shown}` cannot be read: {e}"))
        })?;
        let named = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        let (headings, source) = if head.starts_with(b"PK\x03\x04") {
            let (headings, rows) = sheet::open(path)?;
            (headings, Source::Sheet(rows))
        } else if head.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(told(
                format!("`{shown}` 是旧版 Excel（XLS）文件或加密文件，请另存为 XLSX 或 CSV"),
                format!("`{shown}` is an old Excel file (XLS) or an encrypted one; save it as XLSX or CSV"),
            ));
        } else if matches!(named.as_str(), "xlsx" | "xlsm") {
            return Err(told(
                format!("`{shown}` 不是 XLSX 文件，或已损坏"),
                format!("`{shown}` is not an XLSX file, or it is damaged"),
            ));
        } else {
            let (headings, rows) = delimited::open(path, how)?;
            (headings, Source::Csv(rows))
        };
        check_headings(&headings)?;
        Ok(Self { headings, source })
    }

    pub fn headings(&self) -> &[String] {
        &self.headings
    }
    /// For the progress bar: bytes of a CSV, rows of a sheet.
    pub fn length(&self) -> u64 {
        match &self.source {
            Source::Csv(rows) => rows.length(),
            Source::Sheet(rows) => rows.length(),
        }
    }
    pub fn position(&self) -> u64 {
        match &self.source {
            Source::Csv(rows) => rows.position(),
            Source::Sheet(rows) => rows.position(),
        }
    }

    /// The next row and its number: 1 is the first after the heading. Rows without any text are passed over.
    pub fn next(&mut self) -> anyhow::Result<Option<(u64, Row)>> {
        loop {
            let next = match &mut self.source {
                Source::Csv(rows) => rows.next(&self.headings)?,
                Source::Sheet(rows) => rows.next()?,
            };
            match next {
                Some((_, Ok(cells))) if cells.iter().all(|c| c.trim().is_empty()) => {}
                next => return Ok(next),
            }
        }
    }
}

fn check_headings(headings: &[String]) -> anyhow::Result<()> {
    if headings.iter().all(String::is_empty) {
        return Err(told("文件没有表头行", "the file has no heading row"));
    }
    for (n, h) in headings.iter().enumerate() {
        if h.is_empty() {
            return Err(told(format!("第 {} 列没有表头", n + 1), format!("column {} has no heading", n + 1)));
        }
        if headings.iter().take(n).any(|other| other == h) {
            return Err(told(format!("有两列都叫 `{h}`"), format!("two columns are called `{h}`")));
        }
    }
    Ok(())
}
