//! Foreign access logs by mapping: a CSV file of another system becomes observations, marked as that system's so that they cannot be taken for
//! our own records.
//!
//! Rule: every line is accounted for. It becomes an observation, is left out by the mapping, or is rejected and kept with its number and a code; one bad line
//! spoils no other. Ids are made from the source and the texts in it, so that a line read twice is the same event, and reading can be taken up at any line.
//!
//! ```
//! use eval::feed::{Feed, Line, Mapping};
//! let mapping: Mapping = serde_json::from_str(r#"{
//!     "source": "old_crm", "time": "when", "user": "who", "action": ["what"], "record": "customer",
//!     "actions": {"OPEN": "view"}, "automatic": [], "holidays": [], "hours": [[540, 1080], [540, 1080], [540, 1080], [540, 1080], [540, 1080], null, null]
//! }"#).unwrap();
//! let csv = "when,who,what,customer\n2026-11-26T09:30:00+08:00,lin,OPEN,7\nyesterday,lin,OPEN,7\n";
//! let lines: Vec<Line> = Feed::new(csv.as_bytes(), mapping).unwrap().map(Result::unwrap).collect();
//! assert!(matches!(&lines[0], Line::Event(row) if row.line == 2 && row.local.working_hours));
//! assert!(matches!(&lines[1], Line::Rejected(no) if no.line == 3 && no.code == "bad_time"));
//! ```

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::BufRead;

use detect::Local;
use model::{Action, UnixMs};
use serde::{Deserialize, Serialize};

/// The longest record that is read: beyond it a quote was left open, or this is not CSV.
pub const LONGEST_BYTES: usize = 256 * 1_024;
/// Lines that one record may span.
const LONGEST_LINES: usize = 64;

/// Which column says what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The name of the other system.
    pub source: String,
    /// RFC 3339 with an offset: the offset is that system's clock.
    pub time: String,
    /// Empty in the file: nobody knows who it was.
    pub user: String,
    /// Columns whose texts, joined by `:`, say what was done.
    pub action: Vec<String>,
    /// The record that was touched.
    pub record: String,
    /// The customer, where the record is not one itself.
    #[serde(default)]
    pub customer: Option<String>,
    /// By what was done; `*` at the end stands for any rest, the longest match wins. `null` leaves the line out.
    pub actions: BTreeMap<String, Option<Action>>,
    /// Names of users that are programs.
    pub automatic: BTreeSet<String>,
    /// Days on which nobody works, as days since 1970-01-01.
    pub holidays: BTreeSet<i32>,
    /// Minutes of work of each weekday, Monday first; none for a day off.
    pub hours: [Option<(u16, u16)>; 7],
}

/// A line that became an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub line: u64,
    pub at: UnixMs,
    pub local: Local,
    /// `None` where the file does not say.
    pub user: Option<String>,
    pub automatic: bool,
    pub action: Action,
    /// As the file calls it.
    pub said: String,
    pub record: String,
    pub customer: String,
}

/// A line that could not be read, and why. Kept, so that somebody can mend the mapping and read it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejected {
    pub line: u64,
    /// `bad_text`, `too_long`, `bad_columns`, `bad_time`, `unknown_action`, `no_record`.
    pub code: &'static str,
    /// At most 500 characters of it.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    Event(Row),
    /// The mapping leaves it out.
    Skipped(u64),
    Rejected(Rejected),
}

/// What is wrong with a file as a whole.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    #[error("the file cannot be read")]
    Read(#[from] std::io::Error),
    #[error("the file has no column `{0}`")]
    NoColumn(String),
    #[error("the file is empty")]
    Empty,
}

/// Reads a file line by line.
pub struct Feed<R> {
    input: R,
    mapping: Mapping,
    columns: Columns,
    /// Lines read ahead: an open quote may have swallowed them.
    ahead: VecDeque<(u64, Vec<u8>)>,
    read: u64,
    /// Lines up to this one were dealt with before.
    from: u64,
}

/// The number of its first line, and its bytes; where it never ends, those of its first line.
type Record = (u64, Result<Vec<u8>, Vec<u8>>);

struct Columns {
    count: usize,
    time: usize,
    user: usize,
    action: Vec<usize>,
    record: usize,
    customer: usize,
}

impl<R: BufRead> Feed<R> {
    /// Reads the names of the columns.
    ///
    /// # Errors
    /// The file is empty, or a column of the mapping is missing.
    pub fn new(input: R, mapping: Mapping) -> Result<Self, FeedError> {
        let columns = Columns { count: 0, time: 0, user: 0, action: vec![], record: 0, customer: 0 };
        let mut feed = Self { input, mapping, columns, ahead: VecDeque::new(), read: 0, from: 0 };
        let (_, bytes) = feed.physical()?.ok_or(FeedError::Empty)?;
        let text = String::from_utf8_lossy(&bytes);
        let names = fields(text.trim_start_matches('\u{feff}')).ok_or(FeedError::Empty)?;
        let of = |name: &str| {
            names
                .iter()
                .position(|n| n.trim() == name)
                .ok_or_else(|| FeedError::NoColumn(name.chars().take(64).collect()))
        };
        let mapping = &feed.mapping;
        feed.columns = Columns {
            count: names.len(),
            time: of(&mapping.time)?,
            user: of(&mapping.user)?,
            action: mapping.action.iter().map(|a| of(a)).collect::<Result<_, _>>()?,
            record: of(&mapping.record)?,
            customer: of(mapping.customer.as_ref().unwrap_or(&mapping.record))?,
        };
        Ok(feed)
    }

    /// Takes up reading after a line that was dealt with: [`Feed::position`] of the time before.
    #[must_use]
    pub fn after(mut self, line: u64) -> Self {
        self.from = line;
        self
    }

    /// The last line of the last record that was given.
    pub fn position(&self) -> u64 {
        self.ahead.front().map_or(self.read, |(line, _)| line - 1)
    }

    /// One line of the file, without its end. What is beyond the longest record is read and thrown away.
    fn physical(&mut self) -> Result<Option<(u64, Vec<u8>)>, std::io::Error> {
        if let Some(line) = self.ahead.pop_front() {
            return Ok(Some(line));
        }
        let mut bytes = vec![];
        let mut any = false;
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                break;
            }
            any = true;
            let end = chunk.iter().position(|b| *b == b'\n');
            let used = end.map_or(chunk.len(), |e| e + 1);
            let room = (LONGEST_BYTES + 1).saturating_sub(bytes.len());
            bytes.extend(chunk.iter().take(used.min(room)));
            self.input.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.read += 1;
        while matches!(bytes.last(), Some(b'\n' | b'\r')) {
            bytes.pop();
        }
        Ok(Some((self.read, bytes)))
    }

    /// One record, which may span lines within quotes. Where a quote is never closed only its first line is lost.
    fn record(&mut self) -> Result<Option<Record>, std::io::Error> {
        let Some((line, mut bytes)) = self.physical()? else { return Ok(None) };
        if bytes.len() > LONGEST_BYTES {
            return Ok(Some((line, Err(bytes))));
        }
        let first = bytes.clone();
        let mut taken = VecDeque::new();
        while bytes.iter().filter(|b| **b == b'"').count() % 2 == 1 {
            let next = if taken.len() < LONGEST_LINES { self.physical()? } else { None };
            let Some((number, more)) = next.filter(|(_, more)| bytes.len() + more.len() < LONGEST_BYTES) else {
                taken.append(&mut self.ahead);
                self.ahead = taken;
                return Ok(Some((line, Err(first))));
            };
            bytes.push(b'\n');
            bytes.extend(&more);
            taken.push_back((number, more));
        }
        Ok(Some((line, Ok(bytes))))
    }

    fn read_record(&self, line: u64, bytes: &[u8]) -> Line {
        let rejected = |code| {
            Line::Rejected(Rejected { line, code, text: String::from_utf8_lossy(bytes).chars().take(500).collect() })
        };
        let Ok(text) = std::str::from_utf8(bytes) else { return rejected("bad_text") };
        let Some(fields) = fields(text).filter(|f| f.len() == self.columns.count) else {
            return rejected("bad_columns");
        };
        let field = |i: usize| fields.get(i).map_or("", |f| f.trim());
        let said = self.columns.action.iter().map(|i| field(*i)).collect::<Vec<_>>().join(":");
        let Some(action) = self.mapping.action_of(&said) else { return rejected("unknown_action") };
        let Some(action) = action else { return Line::Skipped(line) };
        let Some((at, local)) = self.mapping.moment(field(self.columns.time)) else { return rejected("bad_time") };
        let record = field(self.columns.record);
        if record.is_empty() {
            return rejected("no_record");
        }
        let user = Some(field(self.columns.user)).filter(|u| !u.is_empty()).map(str::to_owned);
        Line::Event(Row {
            line,
            at,
            local,
            automatic: user.as_ref().is_some_and(|u| self.mapping.automatic.contains(u)),
            user,
            action,
            said,
            record: record.to_owned(),
            customer: field(self.columns.customer).to_owned(),
        })
    }
}

impl<R: BufRead> Iterator for Feed<R> {
    type Item = Result<Line, FeedError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (line, bytes) = match self.record() {
                Ok(Some(record)) => record,
                Ok(None) => return None,
                Err(e) => return Some(Err(e.into())),
            };
            if line <= self.from || bytes.as_ref().is_ok_and(Vec::is_empty) {
                continue;
            }
            return Some(Ok(match bytes {
                Ok(bytes) => self.read_record(line, &bytes),
                Err(bytes) => {
                    let text = String::from_utf8_lossy(&bytes).chars().take(500).collect();
                    Line::Rejected(Rejected { line, code: "too_long", text })
                }
            }));
        }
    }
}

/// The fields of one record.
fn fields(text: &str) -> Option<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .buffer_capacity(text.len() + 1)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let record = reader.records().next()?.ok()?;
    Some(record.iter().map(str::to_owned).collect())
}

impl Mapping {
    /// What was done, as we call it; the inner `None` leaves it out, the outer one does not know it.
    fn action_of(&self, said: &str) -> Option<Option<Action>> {
        if let Some(action) = self.actions.get(said) {
            return Some(*action);
        }
        let prefix = |key: &&String| key.strip_suffix('*').is_some_and(|p| said.starts_with(p));
        let best = self.actions.keys().filter(prefix).max_by_key(|k| k.len())?;
        self.actions.get(best).copied()
    }

    /// The moment, and what the other system's clock showed.
    fn moment(&self, text: &str) -> Option<(UnixMs, Local)> {
        let at = UnixMs::parse_rfc3339(text)?;
        let offset = if text.ends_with(['Z', 'z']) {
            0
        } else {
            let (rest, minutes) = text.rsplit_once(':')?;
            let hours = rest.get(rest.len().checked_sub(3)?..)?;
            let sign = if hours.starts_with('-') { -1 } else { 1 };
            sign * (hours.get(1..)?.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?)
        };
        let minutes = (at.0.div_euclid(60_000)).checked_add(offset)?;
        let day = i32::try_from(minutes.div_euclid(1_440)).ok()?;
        let minute = u16::try_from(minutes.rem_euclid(1_440)).ok()?;
        let weekday = crate::calendar::weekday(day);
        let hours = self.hours.get(usize::from(weekday)).copied().flatten().filter(|_| !self.holidays.contains(&day));
        let working_hours = hours.is_some_and(|(from, to)| (from..to).contains(&minute));
        Some((at, Local { day, minute, weekday, workday: hours.is_some(), working_hours }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping() -> Mapping {
        Mapping {
            source: "old".into(),
            time: "t".into(),
            user: "u".into(),
            action: vec!["a".into(), "b".into()],
            record: "r".into(),
            customer: None,
            actions: [("X:*".into(), Some(Action::View)), ("X:NO".into(), None)].into(),
            automatic: ["robot".to_owned()].into(),
            holidays: BTreeSet::new(),
            hours: [Some((480, 1_080)); 7],
        }
    }

    fn read(csv: &[u8]) -> Vec<Line> {
        Feed::new(csv, mapping()).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn every_line_is_accounted_for() {
        let mut csv = b"\xef\xbb\xbft,u,a,b,r\r\n2026-01-05T23:30:00-02:00,ann,X,1,7\r\n,ann,X,1,7\n\
            2026-01-05T10:00:00Z,,X,NO,7\n2026-01-05T10:00:00Z,,Y,1,7\n2026-01-05T10:00:00Z,a,X,1,\n\
            2026-01-05T10:00:00Z,a,X,1,7,8\n\n2026-01-05T10:00:00Z,\"a\nb\",X,1,7\n"
            .to_vec();
        csv.extend(b"2026-01-05T10:00:00Z,\xff,X,1,7\n2026-01-05T10:00:00Z,robot,X,2,9");
        let lines = read(&csv);
        let told: Vec<String> = lines
            .iter()
            .map(|l| match l {
                Line::Event(r) => format!("{} {}", r.line, r.record),
                Line::Skipped(n) => format!("{n} skipped"),
                Line::Rejected(r) => format!("{} {}", r.line, r.code),
            })
            .collect();
        assert_eq!(
            told,
            [
                "2 7",
                "3 bad_time",
                "4 skipped",
                "5 unknown_action",
                "6 no_record",
                "7 bad_columns",
                "9 7",
                "11 bad_text",
                "12 9"
            ]
        );
        let Line::Event(first) = &lines[0] else { panic!() };
        assert_eq!((first.local.minute, first.local.weekday), (23 * 60 + 30, 0), "its own clock, not ours");
        let Line::Event(last) = &lines[8] else { panic!() };
        assert!(last.automatic);
    }

    #[test]
    fn a_quote_left_open_loses_its_line_and_no_other() {
        let mut csv = b"t,u,a,b,r\n2026-01-05T10:00:00Z,\"ann,X,1,7\n".to_vec();
        for n in 0..200 {
            csv.extend(format!("2026-01-05T10:00:00Z,ann,X,1,{n}\n").bytes());
        }
        let lines = read(&csv);
        assert!(matches!(&lines[0], Line::Rejected(r) if r.code == "too_long" && r.line == 2));
        assert_eq!(lines.iter().filter(|l| matches!(l, Line::Event(_))).count(), 200);
    }

    #[test]
    fn reading_is_taken_up_where_it_stopped() {
        let csv = "t,u,a,b,r\n2026-01-05T10:00:00Z,a,X,1,1\n2026-01-05T10:00:00Z,\"a\nb\",X,1,2\n2026-01-05T10:00:00Z,a,X,1,3\n";
        let all = read(csv.as_bytes());
        for stop in 1..all.len() {
            let mut first = Feed::new(csv.as_bytes(), mapping()).unwrap();
            let mut lines: Vec<Line> = first.by_ref().take(stop).map(Result::unwrap).collect();
            let rest = Feed::new(csv.as_bytes(), mapping()).unwrap().after(first.position());
            lines.extend(rest.map(Result::unwrap));
            assert_eq!(lines, all);
        }
    }

    #[test]
    fn a_file_without_its_columns_is_refused_by_their_name() {
        assert!(matches!(Feed::new(&b""[..], mapping()), Err(FeedError::Empty)));
        let Err(FeedError::NoColumn(name)) = Feed::new(&b"t,u,a,b\n"[..], mapping()) else { panic!() };
        assert_eq!(name, "r");
    }
}
