//! Access logs of other systems 外部访问日志, read line by line: bytes in, events and rejected lines out.
//!
//! Rules. Every line is accounted for: it becomes an event, is left out, or is rejected with its number and a code; one bad line spoils no
//! other. What is read is bounded: a line, a list of records, a text. There is no I/O of its own, no clock and no randomness here, so the same
//! bytes give the same lines, and reading can be taken up behind any of them.
//!
//! ```
//! use std::sync::Arc;
//! use feed::{Feed, What};
//! let source = serde_json::from_str(r#"{
//!     "name": "old_crm", "label": {"zh": "旧系统", "en": "Old CRM"}, "format": "csv", "zone": "Asia/Shanghai",
//!     "csv": {"time": "when", "user": "who", "action": ["what"], "record": "customer"}, "actions": {"OPEN": "view"}
//! }"#).unwrap();
//! let log = "when,who,what,customer\n2026-11-26 09:30:00,lin,OPEN,7\nyesterday,lin,OPEN,7\n";
//! let lines: Vec<_> = Feed::new(log.as_bytes(), Arc::new(source), model::UnixMs(1_796_000_000_000)).unwrap().map(Result::unwrap).collect();
//! assert!(matches!(&lines[0].what, What::Event(e) if e.at.to_rfc3339() == "2026-11-26T01:30:00.000Z"));
//! assert!(matches!(&lines[1].what, What::Rejected(no) if lines[1].number == 3 && no.code == "bad_time"));
//! ```

mod frame;
mod json;
mod microsoft;
mod moment;
mod ocsf;
mod pgaudit;
mod salesforce;
mod table;

use std::io::{BufRead, BufReader, Chain, Cursor, Read};
use std::sync::Arc;

use flate2::read::MultiGzDecoder;
use model::feed::{FeedEncoding, FeedFormat, FeedSource, ForeignEvent, LONGEST_TEXT, MOST_RECORDS};
use model::{Action, Decision, UnixMs};
use serde::{Deserialize, Serialize};

use frame::Frames;
use table::Columns;

pub use frame::{LONGEST_BYTES, LONGEST_JSON_BYTES};

/// Characters of a rejected line that are kept.
pub const LONGEST_KEPT: usize = 300;

/// Why a line is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct Code(pub &'static str);

/// All codes of rejected lines.
pub const CODES: [&str; 12] = [
    "bad_text",
    "nul",
    "too_long",
    "bad_columns",
    "bad_json",
    "duplicate_key",
    "bad_time",
    "time_out_of_range",
    "unknown_action",
    "bad_number",
    "value_too_long",
    "untrusted",
];

/// A line that could not be read, and why: kept, so that somebody can mend the mapping and read it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// One of [`CODES`].
    pub code: String,
    /// The beginning of the line.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    Event(Box<ForeignEvent>),
    /// The mapping, or the format, leaves it out.
    Skipped,
    Rejected(Rejected),
}

/// One line, or one element of a JSON array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where it begins: the number of the line, or of the element, from 1.
    pub number: u64,
    /// Where it ends: reading is taken up behind it.
    pub end: u64,
    /// What makes it the same as another line: the other system's name for it, or what it says.
    pub identity: Vec<u8>,
    pub what: What,
}

/// What is wrong with a file as a whole.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    #[error("the file cannot be read: {0}")]
    Read(#[from] std::io::Error),
    #[error("the file has no column `{0}`")]
    NoColumn(String),
    #[error("the file is empty")]
    Empty,
    #[error("the names of the columns cannot be read")]
    BadHeader,
    #[error("the source cannot be used: {0}")]
    Source(String),
    #[error("the file unpacks to more than {0} bytes")]
    TooLarge(u64),
}

impl FeedError {
    /// Stable.
    pub fn code(&self) -> &'static str {
        match self {
            FeedError::Read(_) => "feed_unreadable",
            FeedError::NoColumn(_) => "feed_no_column",
            FeedError::Empty => "feed_empty",
            FeedError::BadHeader => "feed_bad_header",
            FeedError::Source(_) => "feed_bad_source",
            FeedError::TooLarge(_) => "feed_too_large",
        }
    }
}

/// A file from its first byte on: what was looked at to know how it is packed comes before the rest.
type Whole<R> = Chain<Cursor<Vec<u8>>, R>;

/// A file's bytes, unpacked where they are packed by gzip.
pub enum Unpacked<R: Read> {
    Plain(BufReader<Whole<R>>),
    Gzip(Box<BufReader<MultiGzDecoder<Whole<R>>>>),
}

impl<R: Read> Unpacked<R> {
    /// Looks at the first two bytes.
    ///
    /// # Errors
    /// What reading says.
    pub fn of(mut input: R) -> std::io::Result<Self> {
        let mut head = vec![0; 2];
        let mut have = 0;
        while let Some(rest) = head.get_mut(have..).filter(|rest| !rest.is_empty()) {
            match input.read(rest)? {
                0 => break,
                n => have += n,
            }
        }
        head.truncate(have);
        let packed = head == [0x1f, 0x8b];
        let whole = Cursor::new(head).chain(input);
        Ok(match packed {
            true => Unpacked::Gzip(Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(whole)))),
            false => Unpacked::Plain(BufReader::with_capacity(1 << 16, whole)),
        })
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Unpacked::Plain(r) => r.read(buf),
            Unpacked::Gzip(r) => r.read(buf),
        }
    }
}

impl<R: Read> BufRead for Unpacked<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        match self {
            Unpacked::Plain(r) => r.fill_buf(),
            Unpacked::Gzip(r) => r.fill_buf(),
        }
    }
    fn consume(&mut self, amount: usize) {
        match self {
            Unpacked::Plain(r) => r.consume(amount),
            Unpacked::Gzip(r) => r.consume(amount),
        }
    }
}

/// Reads a log.
pub struct Feed<R> {
    frames: Frames<R>,
    read: Reading,
    source: Arc<FeedSource>,
    zone: jiff::tz::TimeZone,
    now: UnixMs,
    from: u64,
}

/// How a record of the format is read.
enum Reading {
    Table(Columns),
    Salesforce(salesforce::Columns),
    Pgaudit,
    Microsoft,
    Ocsf,
}

impl<R: BufRead> Feed<R> {
    /// Reads the names of the columns, where there are some. `now`: nothing happened after it.
    ///
    /// # Errors
    /// The file is empty, or a column of the mapping is missing.
    pub fn new(input: R, source: Arc<FeedSource>, now: UnixMs) -> Result<Self, FeedError> {
        source.check().map_err(|wrong| FeedError::Source(wrong.to_string()))?;
        let zone = jiff::tz::TimeZone::get(&source.zone).map_err(|e| FeedError::Source(e.to_string()))?;
        let json = matches!(source.format, FeedFormat::Microsoft365 | FeedFormat::Ocsf);
        let mut frames = Frames::new(input, json)?;
        let mut header = |delimiter: u8| -> Result<Vec<String>, FeedError> {
            let frame = frames.next()?.ok_or(FeedError::Empty)?;
            let bytes = frame.bytes.map_err(|_| FeedError::BadHeader)?;
            let text = decode(source.encoding, &bytes).ok_or(FeedError::BadHeader)?;
            let names = table::split(&text, delimiter).ok_or(FeedError::BadHeader)?;
            Ok(names.into_iter().map(|n| n.trim().to_owned()).collect())
        };
        let read = match (source.format, &source.csv) {
            (FeedFormat::Csv, Some(csv)) => {
                let delimiter = csv.delimiter.and_then(|d| u8::try_from(d).ok()).unwrap_or(b',');
                Reading::Table(Columns::new(csv, &header(delimiter)?, delimiter)?)
            }
            (FeedFormat::Csv, None) => return Err(FeedError::Source("no mapping".to_owned())),
            (FeedFormat::Salesforce, _) => Reading::Salesforce(salesforce::Columns::new(header(b',')?)?),
            (FeedFormat::Pgaudit, _) => Reading::Pgaudit,
            (FeedFormat::Microsoft365, _) => Reading::Microsoft,
            (FeedFormat::Ocsf, _) => Reading::Ocsf,
        };
        Ok(Self { frames, read, source, zone, now, from: 0 })
    }

    /// Takes up reading behind a line that was dealt with: [`Line::end`].
    #[must_use]
    pub fn after(mut self, line: u64) -> Self {
        self.from = line;
        self
    }

    /// Refuses to unpack more than this.
    #[must_use]
    pub fn at_most(mut self, bytes: u64) -> Self {
        self.frames.most = bytes;
        self
    }

    fn line(&self, number: u64, end: u64, bytes: &Result<Vec<u8>, Vec<u8>>) -> Line {
        let (raw, text) = match bytes {
            Err(head) => {
                return Line { number, end, identity: named(b"line", head), what: rejected("too_long", head) };
            }
            Ok(raw) if raw.contains(&0) => {
                return Line { number, end, identity: named(b"line", raw), what: rejected("nul", raw) };
            }
            Ok(raw) => (raw, decode(self.encoding(), raw)),
        };
        let Some(text) = text else {
            return Line { number, end, identity: named(b"line", raw), what: rejected("bad_text", raw) };
        };
        let around = Around { source: &self.source, zone: &self.zone, now: self.now };
        let read = match &self.read {
            Reading::Table(columns) => columns.read(&text, &around),
            Reading::Salesforce(columns) => columns.read(&text, &around),
            Reading::Pgaudit => pgaudit::read(&text, &around),
            Reading::Microsoft => json::object(&text).and_then(|o| microsoft::read(&o, &around)),
            Reading::Ocsf => json::object(&text).and_then(|o| ocsf::read(&o, &around)),
        };
        match read {
            Ok(Said { id, event }) => {
                let identity = match id {
                    Some(id) => named(b"id", id.as_bytes()),
                    None => named(b"line", raw),
                };
                let what = event.map_or(What::Skipped, |e| What::Event(Box::new(e)));
                Line { number, end, identity, what }
            }
            Err(Code(code)) => Line { number, end, identity: named(b"line", raw), what: rejected(code, raw) },
        }
    }

    fn encoding(&self) -> FeedEncoding {
        match self.read {
            Reading::Microsoft | Reading::Ocsf => FeedEncoding::Utf8,
            _ => self.source.encoding,
        }
    }
}

impl<R: BufRead> Iterator for Feed<R> {
    type Item = Result<Line, FeedError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let frame = match self.frames.next() {
                Ok(Some(frame)) => frame,
                Ok(None) => return None,
                Err(error) => return Some(Err(error)),
            };
            let empty = frame.bytes.as_ref().is_ok_and(|b| b.iter().all(u8::is_ascii_whitespace));
            if frame.number > self.from && !empty {
                return Some(Ok(self.line(frame.number, frame.end, &frame.bytes)));
            }
        }
    }
}

fn named(kind: &[u8], what: &[u8]) -> Vec<u8> {
    [kind, &[0], what].concat()
}

fn rejected(code: &str, raw: &[u8]) -> What {
    let head = raw.get(..raw.len().min(LONGEST_KEPT * 4)).unwrap_or(raw);
    let text = String::from_utf8_lossy(head);
    let text = text.chars().map(|c| if c == '\0' { '\u{fffd}' } else { c }).take(LONGEST_KEPT).collect();
    What::Rejected(Rejected { code: code.to_owned(), text })
}

fn decode(encoding: FeedEncoding, bytes: &[u8]) -> Option<std::borrow::Cow<'_, str>> {
    match encoding {
        FeedEncoding::Utf8 => std::str::from_utf8(bytes).ok().map(Into::into),
        FeedEncoding::Gb18030 => encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes),
    }
}

/// What a record says. Without an event it is left out.
struct Said {
    id: Option<String>,
    event: Option<ForeignEvent>,
}

impl Said {
    const SKIPPED: Self = Self { id: None, event: None };
}

/// What a reader of a format needs to know.
struct Around<'a> {
    source: &'a FeedSource,
    zone: &'a jiff::tz::TimeZone,
    now: UnixMs,
}

/// An event under way: texts as they were found.
#[derive(Default)]
struct Found<'a> {
    time: &'a str,
    user: &'a str,
    said: String,
    refused: bool,
    object: &'a str,
    records: Vec<&'a str>,
    customer: &'a str,
    fields: Vec<&'a str>,
    rows: &'a str,
    address: &'a str,
    id: &'a str,
}

impl Around<'_> {
    /// What was done, as it is called here: by the source's own mapping, then as the format knows it. `None` leaves it out.
    fn action(&self, said: &str, known: impl FnOnce() -> Option<Option<Action>>) -> Result<Option<Action>, Code> {
        self.source.action_of(said).or_else(known).ok_or(Code("unknown_action"))
    }

    fn event(&self, found: Found<'_>, action: Action) -> Result<Said, Code> {
        let at = moment::read(found.time, self.zone, self.now)?;
        let text = |text: &str| -> Result<Option<String>, Code> {
            let text = text.trim();
            match text.chars().count() {
                0 => Ok(None),
                n if n > LONGEST_TEXT => Err(Code("value_too_long")),
                _ => Ok(Some(text.to_owned())),
            }
        };
        let list = |all: &[&str]| -> Result<Vec<String>, Code> {
            all.iter().take(MOST_RECORDS).filter_map(|one| text(one).transpose()).collect()
        };
        let rows = match found.rows.trim() {
            "" => 0,
            // A system that counts with a fraction counts whole rows all the same.
            digits => digits.trim_end_matches(".0").parse::<u64>().map_err(|_| Code("bad_number"))?,
        };
        let user = text(found.user)?;
        let event = ForeignEvent {
            at,
            automatic: user.as_ref().is_some_and(|u| self.source.automatic.contains(u)),
            user,
            said: text(&found.said)?.unwrap_or_default(),
            action,
            decision: if found.refused { Decision::Refused } else { Decision::Allowed },
            object: text(found.object)?,
            records: list(&found.records)?,
            further: found.records.len().saturating_sub(MOST_RECORDS) as u64,
            customer: text(found.customer)?,
            fields: list(&found.fields)?,
            rows: rows.min(1 << 52),
            address: address(found.address),
        };
        Ok(Said { id: text(found.id)?, event: Some(event) })
    }
}

/// An address without its port. What is none (`Salesforce.com IP`, `[local]`) is left out.
fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let ip = |t: &str| t.parse::<std::net::IpAddr>().ok();
    let socket = |t: &str| t.parse::<std::net::SocketAddr>().ok().map(|s| s.ip());
    let bare = |t: &str| t.strip_prefix('[')?.strip_suffix(']').and_then(ip);
    ip(text).or_else(|| socket(text)).or_else(|| bare(text)).map(|ip| ip.to_canonical().to_string())
}

#[cfg(test)]
mod tests;
