//! CSV as bytes, decoded cell by cell: every separator and quote of CSV is an ASCII byte that GB18030 never uses as the
//! first byte of a character, and a cell that does not decode can be named by row and column. Memory: one row.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::{BadCell, Reading, Row};
use crate::say::told;

/// A longer row is a quote that nobody closed, or no CSV.
const ROW_BYTES: u64 = 8 << 20;

/// Gives up when one row takes too much.
struct Bounded {
    file: BufReader<File>,
    left: u64,
}

impl Read for Bounded {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let n = self.file.read(buf)?;
        match self.left.checked_sub(n as u64) {
            Some(left) => self.left = left,
            None => return Err(std::io::Error::other("the row is too long")),
        }
        Ok(n)
    }
}

pub struct Rows {
    reader: csv::Reader<Bounded>,
    encoding: &'static Encoding,
    record: csv::ByteRecord,
    number: u64,
    length: u64,
}

pub fn open(path: &Path, how: Reading) -> anyhow::Result<(Vec<String>, Rows)> {
    let shown = path.display();
    let unreadable = |e: std::io::Error| {
        told(format!("无法读取文件 `{shown}`：{e}"), format!("the file `{shown}` cannot be read: {e}"))
    };
    let seen = look_through(path).map_err(unreadable)?;
    if seen.utf16 {
        return Err(told(
            format!("`{shown}` 是 UTF-16 编码，请另存为 UTF-8 或 GB18030"),
            format!("`{shown}` is UTF-16; save it as UTF-8 or GB18030"),
        ));
    }
    if let Some(at) = seen.zero {
        return Err(told(
            format!("`{shown}` 不是文本文件：第 {at} 个字节为零"),
            format!("`{shown}` is not a text file: byte {at} is zero"),
        ));
    }
    let encoding = match how.gb18030 {
        Some(true) => GB18030,
        Some(false) => UTF_8,
        None => seen.encoding(),
    };
    let delimiter = match how.delimiter {
        Some(c) => u8::try_from(c).map_err(|_| {
            told(format!("分隔符 `{c}` 不是 ASCII 字符"), format!("the delimiter `{c}` is not an ASCII character"))
        })?,
        None => seen.delimiter(),
    };
    let file = File::open(path).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    let bounded = Bounded { file: BufReader::new(file), left: ROW_BYTES };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bounded);
    let first = reader.byte_headers().map_err(|e| bad_row(0, &e))?.clone();
    let mut headings = vec![];
    for (n, cell) in first.iter().enumerate() {
        let Some(text) = decode(encoding, cell) else {
            return Err(told(
                format!("第 {} 列的表头不是 {} 编码", n + 1, encoding.name()),
                format!("the heading of column {} is not {}", n + 1, encoding.name()),
            ));
        };
        headings.push(text.trim_start_matches('\u{feff}').trim().to_owned());
    }
    Ok((headings, Rows { reader, encoding, record: csv::ByteRecord::new(), number: 0, length }))
}

impl Rows {
    pub fn length(&self) -> u64 {
        self.length
    }
    pub fn position(&self) -> u64 {
        self.reader.position().byte()
    }
    pub fn next(&mut self, headings: &[String]) -> anyhow::Result<Option<(u64, Row)>> {
        self.number += 1;
        self.reader.get_mut().left = ROW_BYTES;
        match self.reader.read_byte_record(&mut self.record) {
            Ok(false) => Ok(None),
            Ok(true) => Ok(Some((self.number, read(headings, &self.record, self.encoding)))),
            Err(error) => Err(bad_row(self.number, &error)),
        }
    }
}

fn bad_row(number: u64, error: &csv::Error) -> anyhow::Error {
    let mib = ROW_BYTES >> 20;
    match error.kind() {
        csv::ErrorKind::Io(e) if e.kind() == std::io::ErrorKind::Other => told(
            format!("第 {number} 行超过 {mib} MiB：引号（\"）没有配对，或这不是 CSV 文件"),
            format!("row {number} is longer than {mib} MiB: a quote (\") is not closed, or this is no CSV file"),
        ),
        _ => told(format!("第 {number} 行无法读取：{error}"), format!("row {number} cannot be read: {error}")),
    }
}

fn read(headings: &[String], record: &csv::ByteRecord, encoding: &'static Encoding) -> Row {
    if record.iter().skip(headings.len()).any(|cell| !cell.trim_ascii().is_empty()) {
        let reason = "the row has more cells than the heading";
        return Err(BadCell { column: String::new(), code: "too_many_cells", reason });
    }
    headings
        .iter()
        .enumerate()
        .map(|(n, heading)| {
            let reason = "the text is not in the file's encoding";
            decode(encoding, record.get(n).unwrap_or_default()).ok_or_else(|| BadCell {
                column: heading.clone(),
                code: "encoding",
                reason,
            })
        })
        .collect()
}

fn decode(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|t| t.into_owned())
}

/// What the whole file looks like.
#[derive(Default)]
struct Seen {
    utf16: bool,
    /// Where the first zero byte stands, counted from 1.
    zero: Option<u64>,
    marked: bool,
    first: Vec<u8>,
    /// Lines with other than ASCII that are UTF-8, and that are not.
    good: u64,
    bad: u64,
}

impl Seen {
    /// UTF-8 if it is all UTF-8, or most of it: then the few bad cells are named. GB18030 text is UTF-8 only by rare chance.
    fn encoding(&self) -> &'static Encoding {
        if self.marked || self.bad == 0 || self.good > self.bad { UTF_8 } else { GB18030 }
    }
    /// The one of `,`, `;` and tab that the heading has most of.
    fn delimiter(&self) -> u8 {
        let count = |d: u8| self.first.iter().filter(|b| **b == d).count();
        [b'\t', b';', b','].into_iter().max_by_key(|d| count(*d)).unwrap_or(b',')
    }
}

fn look_through(path: &Path) -> std::io::Result<Seen> {
    let mut file = BufReader::with_capacity(256 * 1024, File::open(path)?);
    let mut seen = Seen::default();
    let mut line = vec![];
    let mut before = 0_u64;
    loop {
        line.clear();
        // A longer line is judged in pieces; one cut character more or less does not matter.
        if (&mut file).take(1 << 20).read_until(b'\n', &mut line)? == 0 {
            return Ok(seen);
        }
        if before == 0 {
            seen.utf16 = line.starts_with(b"\xff\xfe") || line.starts_with(b"\xfe\xff");
            seen.marked = line.starts_with(b"\xef\xbb\xbf");
            seen.first.clone_from(&line);
        }
        if seen.zero.is_none() {
            seen.zero = line.iter().position(|b| *b == 0).map(|at| before + at as u64 + 1);
        }
        if !line.is_ascii() {
            if std::str::from_utf8(&line).is_ok() { seen.good += 1 } else { seen.bad += 1 }
        }
        before += line.len() as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoding(bytes: &[u8]) -> &'static str {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("f.csv");
        std::fs::write(&path, bytes).unwrap();
        look_through(&path).unwrap().encoding().name()
    }

    #[test]
    fn the_whole_file_says_its_encoding() {
        let (gb, _, _) = GB18030.encode("名称\n云南联通\n上海\n");
        assert_eq!(encoding(&gb), "gb18030");
        let late = [b"name\n".repeat(100_000), gb.to_vec()].concat();
        assert_eq!(encoding(&late), "gb18030", "Chinese far down the file counts too");
        assert_eq!(encoding("名称\n云南\n上海\n".as_bytes()), "UTF-8");
        let broken = ["名称\n云南\n上海\n".as_bytes(), b"\xff\xfe\xfd\n"].concat();
        assert_eq!(encoding(&broken), "UTF-8", "one bad cell does not make the rest another text");
        assert_eq!(encoding(b""), "UTF-8");
    }
}
