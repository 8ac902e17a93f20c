//! Rows of cells from CSV (UTF-8 with or without a mark, GB18030) and XLSX.
//!
//! CSV is read as bytes and decoded cell by cell: every separator and quote of CSV is an ASCII byte that GB18030 never uses
//! inside a character, and a cell that does not decode can be named by row and column. Memory: one row. An XLSX sheet is
//! loaded whole by its library: some 100 bytes a cell.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use anyhow::{Context, bail};
use calamine::{Data, Reader};
use encoding_rs::{Encoding, GB18030, UTF_8};

/// A cell that cannot be read.
#[derive(Debug)]
pub struct BadCell {
    pub column: String,
    pub reason: &'static str,
}

/// A row's texts, in the order of the headings.
pub type Row = Result<Vec<String>, BadCell>;

/// A file of rows.
pub struct Cells {
    headings: Vec<String>,
    source: Source,
    number: u64,
    length: u64,
}

enum Source {
    Csv { reader: Box<csv::Reader<BufReader<File>>>, encoding: &'static Encoding },
    Sheet(std::vec::IntoIter<Vec<String>>),
}

impl Cells {
    pub fn open(path: &Path, delimiter: Option<char>) -> anyhow::Result<Self> {
        let name = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        if matches!(name.as_str(), "xlsx" | "xlsm" | "xls" | "ods") {
            return Self::sheet(path);
        }
        let encoding = encoding_of(path)?;
        let file = File::open(path).with_context(|| format!("`{}`", path.display()))?;
        let length = file.metadata()?.len();
        let delimiter = match delimiter {
            Some(c) => u8::try_from(c).context("delimiter must be an ASCII character")?,
            None => delimiter_of(path)?,
        };
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(BufReader::new(file));
        let first = reader.byte_headers()?.clone();
        let mut headings = vec![];
        for (n, cell) in first.iter().enumerate() {
            let cell = if n == 0 { cell.strip_prefix(b"\xef\xbb\xbf").unwrap_or(cell) } else { cell };
            let Some(text) = decode(encoding, cell) else {
                bail!("the heading of column {} is not {}", n + 1, encoding.name())
            };
            headings.push(text.trim().to_owned());
        }
        unique(&headings)?;
        Ok(Self { headings, source: Source::Csv { reader: Box::new(reader), encoding }, number: 0, length })
    }

    fn sheet(path: &Path) -> anyhow::Result<Self> {
        let mut book = calamine::open_workbook_auto(path).with_context(|| format!("`{}`", path.display()))?;
        let Some(range) = book.worksheet_range_at(0) else { bail!("`{}` has no sheet", path.display()) };
        let range = range.with_context(|| format!("`{}`", path.display()))?;
        let mut rows = range.rows().map(|r| r.iter().map(text_of).collect::<Vec<String>>());
        let Some(headings) = rows.next() else { bail!("`{}` has no heading row", path.display()) };
        let headings: Vec<String> = headings.iter().map(|h| h.trim().to_owned()).collect();
        unique(&headings)?;
        let rows: Vec<Vec<String>> = rows.collect();
        let length = rows.len() as u64;
        Ok(Self { headings, source: Source::Sheet(rows.into_iter()), number: 0, length })
    }

    pub fn headings(&self) -> &[String] {
        &self.headings
    }
    /// For the progress bar: bytes of a CSV, rows of a sheet.
    pub fn length(&self) -> u64 {
        self.length
    }
    pub fn position(&self) -> u64 {
        match &self.source {
            Source::Csv { reader, .. } => reader.position().byte(),
            Source::Sheet(_) => self.number,
        }
    }

    /// The next row and its number: 1 is the first after the heading. Rows without any text are passed over.
    pub fn next(&mut self) -> anyhow::Result<Option<(u64, Row)>> {
        loop {
            self.number += 1;
            let row = match &mut self.source {
                Source::Sheet(rows) => match rows.next() {
                    Some(row) => Ok(row),
                    None => return Ok(None),
                },
                Source::Csv { reader, encoding } => {
                    let mut record = csv::ByteRecord::new();
                    if !reader.read_byte_record(&mut record)? {
                        return Ok(None);
                    }
                    read(&self.headings, &record, encoding)
                }
            };
            if matches!(&row, Ok(cells) if cells.iter().all(|c| c.trim().is_empty())) {
                continue;
            }
            return Ok(Some((self.number, row)));
        }
    }
}

fn read(headings: &[String], record: &csv::ByteRecord, encoding: &'static Encoding) -> Row {
    if record.len() > headings.len() {
        return Err(BadCell { column: String::new(), reason: "the row has more cells than the heading" });
    }
    headings
        .iter()
        .enumerate()
        .map(|(n, heading)| {
            decode(encoding, record.get(n).unwrap_or_default())
                .ok_or_else(|| BadCell { column: heading.clone(), reason: "the text is not in the file's encoding" })
        })
        .collect()
}

fn decode(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|t| t.into_owned())
}

/// UTF-8 if the first 64 KiB are, else GB18030.
fn encoding_of(path: &Path) -> anyhow::Result<&'static Encoding> {
    let mut head = vec![];
    File::open(path).with_context(|| format!("`{}`", path.display()))?.take(64 * 1024).read_to_end(&mut head)?;
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        bail!("`{}` is UTF-16; save it as UTF-8 or GB18030", path.display());
    }
    Ok(match std::str::from_utf8(&head) {
        Ok(_) => UTF_8,
        // Cut in the middle of a character at the end of what was read.
        Err(e) if e.error_len().is_none() => UTF_8,
        Err(_) => GB18030,
    })
}

/// The one of `,`, `;` and tab that the heading has most of.
fn delimiter_of(path: &Path) -> anyhow::Result<u8> {
    let mut head = vec![];
    File::open(path)?.take(64 * 1024).read_to_end(&mut head)?;
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |d: u8| line.iter().filter(|b| **b == d).count();
    Ok([b'\t', b';', b','].into_iter().max_by_key(|d| count(*d)).unwrap_or(b','))
}

fn unique(headings: &[String]) -> anyhow::Result<()> {
    for (n, h) in headings.iter().enumerate() {
        if h.is_empty() {
            bail!("column {} has no heading", n + 1);
        }
        if headings.iter().take(n).any(|other| other == h) {
            bail!("two columns are called `{h}`");
        }
    }
    Ok(())
}

fn text_of(cell: &Data) -> String {
    match cell {
        Data::DateTime(d) => match d.to_ymd_hms_milli() {
            (y, m, d, 0, 0, 0, _) => format!("{y:04}-{m:02}-{d:02}"),
            (y, m, d, h, min, s, _) => format!("{y:04}-{m:02}-{d:02} {h:02}:{min:02}:{s:02}"),
        },
        Data::Float(f) if f.fract() == 0.0 && f.abs() < 1e15 => format!("{f:.0}"),
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}
