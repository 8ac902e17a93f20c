//! The first sheet of an XLSX file, streamed by a thread of its own through a short queue.
//!
//! Its library would hold a sheet as a rectangle: two cells far apart would take all memory. So cells are taken one by one.
//! Before that every part is unpacked once to nowhere: a part that unpacks to more than it should, or is damaged, is
//! found while nothing has been imported.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use calamine::{Data, Reader, Xlsx};

use super::{BadCell, Row};
use crate::say::told;

/// Most that all sheets, and that everything else, may unpack to.
const SHEET_BYTES: u64 = 4 << 30;
const OTHER_BYTES: u64 = 512 << 20;
/// Above this, a part must not be packed tighter than text can be.
const FREE_BYTES: u64 = 16 << 20;
const MOST_TIMES: u64 = 200;
/// Rows that wait to be taken.
const QUEUE: usize = 256;
/// XLSX has no more columns.
const COLUMNS: usize = 16_384;

enum Message {
    Heading(Vec<String>, u64),
    Row(u64, Row),
    End,
    Failed(String),
}

pub struct Rows {
    queue: Receiver<Message>,
    length: u64,
    position: u64,
}

pub fn open(path: &Path) -> anyhow::Result<(Vec<String>, Rows)> {
    check_parts(path)?;
    let (send, queue) = sync_channel(QUEUE);
    let file = path.to_owned();
    std::thread::spawn(move || {
        let last = match stream(&file, &send) {
            Ok(()) => Message::End,
            Err(reason) => Message::Failed(reason),
        };
        // Nobody listens any more: the import has ended already.
        let _ = send.send(last);
    });
    match queue.recv() {
        Ok(Message::Heading(headings, length)) => Ok((headings, Rows { queue, length, position: 0 })),
        Ok(Message::End) => Err(told("文件没有表头行", "the file has no heading row")),
        Ok(Message::Failed(reason)) => Err(unreadable(&reason)),
        _ => Err(unreadable("it ends unexpectedly")),
    }
}

fn unreadable(reason: &str) -> anyhow::Error {
    told(format!("XLSX 文件无法读取：{reason}"), format!("the XLSX file cannot be read: {reason}"))
}

impl Rows {
    pub fn length(&self) -> u64 {
        self.length
    }
    pub fn position(&self) -> u64 {
        self.position
    }
    pub fn next(&mut self) -> anyhow::Result<Option<(u64, Row)>> {
        match self.queue.recv() {
            Ok(Message::Row(number, row)) => {
                self.position = number;
                Ok(Some((number, row)))
            }
            Ok(Message::End) => Ok(None),
            Ok(Message::Failed(reason)) => Err(unreadable(&reason)),
            _ => Err(unreadable("it ends unexpectedly")),
        }
    }
}

fn check_parts(path: &Path) -> anyhow::Result<()> {
    let damaged = |e: String| {
        told(
            format!("`{}` 已损坏或不是 XLSX 文件：{e}", path.display()),
            format!("`{}` is damaged, or not an XLSX file: {e}", path.display()),
        )
    };
    let file = File::open(path).map_err(|e| damaged(e.to_string()))?;
    let mut parts = zip::ZipArchive::new(BufReader::new(file)).map_err(|e| damaged(e.to_string()))?;
    let (mut sheets, mut others) = (0_u64, 0_u64);
    for n in 0..parts.len() {
        let part = parts.by_index(n).map_err(|e| damaged(e.to_string()))?;
        let name = part.name().map_err(|e| damaged(e.to_string()))?.into_owned();
        let packed = part.compressed_size();
        let (total, most) =
            if name.starts_with("xl/worksheets/") { (&mut sheets, SHEET_BYTES) } else { (&mut others, OTHER_BYTES) };
        // What the file says of its sizes is not believed: one byte more than allowed is enough to know.
        let most_here = (most - *total).min(FREE_BYTES.max(packed.saturating_mul(MOST_TIMES)));
        let unpacked = std::io::copy(&mut part.take(most_here + 1), &mut std::io::sink())
            .map_err(|e| damaged(format!("`{name}`: {e}")))?;
        if unpacked > most_here {
            return Err(told(
                format!("`{}` 中的 `{name}` 解压后大得不像工作表，已拒绝", path.display()),
                format!("`{name}` in `{}` unpacks to more than a sheet can need; refused", path.display()),
            ));
        }
        *total += unpacked;
    }
    Ok(())
}

/// Sends the heading and the rows. An error is what stands after "cannot be read".
fn stream(path: &Path, send: &SyncSender<Message>) -> Result<(), String> {
    let mut book: Xlsx<BufReader<File>> =
        calamine::open_workbook(path).map_err(|e: calamine::XlsxError| e.to_string())?;
    let name = book.sheet_names().first().cloned().ok_or("it has no sheet")?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(|e| e.to_string())?;
    let declared = u64::from(cells.dimensions().end.0);
    let mut headings: Option<(u32, Vec<String>)> = None;
    let mut at = 0_u32;
    let mut row: Vec<(usize, Data)> = vec![];
    loop {
        let next = cells.next_cell().map_err(|e| e.to_string())?;
        let place = next.as_ref().map(calamine::Cell::get_position);
        if place.is_none_or(|(r, _)| r != at) && !row.is_empty() {
            let cells = std::mem::take(&mut row);
            let message = match &headings {
                None => {
                    let texts = heading(cells);
                    headings = Some((at, texts.clone()));
                    Message::Heading(texts, declared.saturating_sub(u64::from(at)))
                }
                Some((first, headings)) => Message::Row(u64::from(at - first), texts(headings, cells)),
            };
            if send.send(message).is_err() {
                return Ok(());
            }
        }
        let (Some(cell), Some((r, column))) = (next, place) else { return Ok(()) };
        if r < at {
            return Err(format!("row {} stands after row {}", r + 1, at + 1));
        }
        at = r;
        let column = column as usize;
        if column >= COLUMNS || row.len() > COLUMNS {
            return Err(format!("row {} has too many cells", r + 1));
        }
        match Data::from(cell.get_value().clone()) {
            Data::Empty => {}
            value => row.push((column, value)),
        }
    }
}

fn heading(cells: Vec<(usize, Data)>) -> Vec<String> {
    let mut texts = vec![String::new(); cells.iter().map(|(n, _)| n + 1).max().unwrap_or(0)];
    for (n, value) in cells {
        if let (Some(place), Ok(text)) = (texts.get_mut(n), text_of(&value)) {
            text.trim().clone_into(place);
        }
    }
    texts
}

fn texts(headings: &[String], cells: Vec<(usize, Data)>) -> Row {
    let mut texts = vec![String::new(); headings.len()];
    for (n, value) in cells {
        match texts.get_mut(n) {
            Some(place) => {
                *place = text_of(&value).map_err(|(code, reason)| BadCell {
                    column: headings.get(n).cloned().unwrap_or_default(),
                    code,
                    reason,
                })?;
            }
            None if value.to_string().trim().is_empty() => {}
            None => {
                let reason = "the row has more cells than the heading";
                return Err(BadCell { column: String::new(), code: "too_many_cells", reason });
            }
        }
    }
    Ok(texts)
}

fn text_of(cell: &Data) -> Result<String, (&'static str, &'static str)> {
    match cell {
        Data::DateTime(d) if !d.is_duration() => Ok(match d.to_ymd_hms_milli() {
            (y, m, d, 0, 0, 0, _) => format!("{y:04}-{m:02}-{d:02}"),
            (y, m, d, h, min, s, _) => format!("{y:04}-{m:02}-{d:02} {h:02}:{min:02}:{s:02}"),
        }),
        Data::Error(_) => Err(("sheet_error", "the cell holds an error of the spreadsheet")),
        // An identity or account number that a spreadsheet took for a number: its last digits are gone.
        Data::Float(f) if f.abs() >= 1e15 => {
            Err(("sheet_number", "a number of more than 15 digits has lost digits in the spreadsheet; keep it as text"))
        }
        Data::Float(f) if f.fract() == 0.0 => Ok(format!("{f:.0}")),
        other => Ok(other.to_string()),
    }
}
