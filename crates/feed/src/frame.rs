//! Records in a stream of bytes: lines, CSV records that span lines within quotes, elements of a JSON array. Bounded, and none swallows the rest.

use std::collections::VecDeque;
use std::io::BufRead;

use crate::FeedError;

/// The longest record of lines: beyond it a quote was left open, or this is not such a file.
pub const LONGEST_BYTES: usize = 256 * 1_024;
/// The longest element of JSON.
pub const LONGEST_JSON_BYTES: usize = 1_024 * 1_024;
/// Lines that one CSV record may span: a statement in a database's log may be long.
const LONGEST_LINES: usize = 1_000;
/// What is kept of a record that is too long.
const HEAD: usize = 2_048;

/// A record.
pub(crate) struct Frame {
    pub(crate) number: u64,
    pub(crate) end: u64,
    /// Its bytes; of one that never ends, the first.
    pub(crate) bytes: Result<Vec<u8>, Vec<u8>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// CSV: a record goes on while a quote is open.
    Quoted,
    Lines,
    Array,
}

pub(crate) struct Frames<R> {
    input: R,
    shape: Shape,
    /// Lines read ahead: an open quote may have swallowed them.
    ahead: VecDeque<(u64, Vec<u8>)>,
    read: u64,
    done: bool,
    bytes: u64,
    pub(crate) most: u64,
}

impl<R: BufRead> Frames<R> {
    pub(crate) fn new(input: R, json: bool) -> Result<Self, FeedError> {
        let shape = if json { Shape::Lines } else { Shape::Quoted };
        let mut frames = Self { input, shape, ahead: VecDeque::new(), read: 0, done: false, bytes: 0, most: u64::MAX };
        if frames.input.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
            frames.input.consume(3);
        }
        if json {
            // What begins with a bracket is an array.
            loop {
                let buffer = frames.input.fill_buf()?;
                let space = buffer.iter().take_while(|b| b.is_ascii_whitespace()).count();
                match buffer.get(space) {
                    Some(b'[') => {
                        frames.input.consume(space + 1);
                        frames.shape = Shape::Array;
                        break;
                    }
                    Some(_) => break,
                    None if buffer.is_empty() => break,
                    None => {
                        frames.read += buffer.iter().filter(|b| **b == b'\n').count() as u64;
                        let n = buffer.len();
                        frames.input.consume(n);
                    }
                }
            }
        }
        Ok(frames)
    }

    pub(crate) fn next(&mut self) -> Result<Option<Frame>, FeedError> {
        match self.shape {
            Shape::Array => self.element(),
            Shape::Lines => Ok(self.physical(LONGEST_JSON_BYTES)?.map(|(number, bytes)| {
                let bytes = if bytes.len() > LONGEST_JSON_BYTES { Err(head(&bytes)) } else { Ok(bytes) };
                Frame { number, end: number, bytes }
            })),
            Shape::Quoted => self.record(),
        }
    }

    fn took(&mut self, bytes: usize) -> Result<(), FeedError> {
        self.bytes = self.bytes.saturating_add(bytes as u64);
        if self.bytes > self.most { Err(FeedError::TooLarge(self.most)) } else { Ok(()) }
    }

    /// One line without its end. What is beyond the longest record is read and thrown away.
    fn physical(&mut self, longest: usize) -> Result<Option<(u64, Vec<u8>)>, FeedError> {
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
            // One for the end of the line and one to know that it is too long.
            let room = (longest + 3).saturating_sub(bytes.len());
            bytes.extend(chunk.iter().take(used.min(room)));
            self.input.consume(used);
            self.took(used)?;
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
    fn record(&mut self) -> Result<Option<Frame>, FeedError> {
        let Some((number, mut bytes)) = self.physical(LONGEST_BYTES)? else { return Ok(None) };
        if bytes.len() > LONGEST_BYTES {
            return Ok(Some(Frame { number, end: number, bytes: Err(head(&bytes)) }));
        }
        let odd = |bytes: &[u8]| bytes.iter().filter(|b| **b == b'"').count() % 2 == 1;
        let mut open = odd(&bytes);
        if !open {
            return Ok(Some(Frame { number, end: number, bytes: Ok(bytes) }));
        }
        let first = head(&bytes);
        let mut taken: VecDeque<(u64, Vec<u8>)> = VecDeque::new();
        while open {
            let next = if taken.len() < LONGEST_LINES { self.physical(LONGEST_BYTES)? } else { None };
            let Some((n, more)) = next else {
                taken.append(&mut self.ahead);
                self.ahead = taken;
                return Ok(Some(Frame { number, end: number, bytes: Err(first) }));
            };
            let fits = bytes.len() + more.len() < LONGEST_BYTES;
            if fits {
                open ^= odd(&more);
                bytes.push(b'\n');
                bytes.extend(&more);
            }
            taken.push_back((n, more));
            if !fits {
                taken.append(&mut self.ahead);
                self.ahead = taken;
                return Ok(Some(Frame { number, end: number, bytes: Err(first) }));
            }
        }
        let end = taken.back().map_or(number, |(n, _)| *n);
        Ok(Some(Frame { number, end, bytes: Ok(bytes) }))
    }

    /// One element of an array.
    fn element(&mut self) -> Result<Option<Frame>, FeedError> {
        let mut bytes: Vec<u8> = vec![];
        let (mut depth, mut quoted, mut escaped) = (0_u64, false, false);
        let mut long = false;
        while !self.done {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                self.done = true;
                break;
            }
            let mut used = 0;
            let mut ended = false;
            for byte in chunk {
                used += 1;
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' if quoted => escaped = true,
                    b'"' => quoted = !quoted,
                    _ if quoted => {}
                    b'{' | b'[' => depth += 1,
                    b']' if depth == 0 => {
                        (ended, self.done) = (true, true);
                        break;
                    }
                    b'}' | b']' => depth = depth.saturating_sub(1),
                    b',' if depth == 0 => {
                        ended = true;
                        break;
                    }
                    _ => {}
                }
                if bytes.len() <= LONGEST_JSON_BYTES {
                    bytes.push(*byte);
                } else {
                    long = true;
                }
            }
            self.input.consume(used);
            self.took(used)?;
            if ended {
                break;
            }
        }
        if self.done && bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(None);
        }
        self.read += 1;
        let bytes = if long { Err(head(&bytes)) } else { Ok(bytes.trim_ascii().to_vec()) };
        Ok(Some(Frame { number: self.read, end: self.read, bytes }))
    }
}

fn head(bytes: &[u8]) -> Vec<u8> {
    bytes.get(..bytes.len().min(HEAD)).unwrap_or(bytes).to_vec()
}
