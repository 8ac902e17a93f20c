//! Bytes that somebody sends, as far as they arrived: what is wrong with them is refused where it is recorded, and not before.

use access::path::Refusal;

use crate::company::barred;

#[derive(Debug)]
pub enum Arrived {
    Whole(Vec<u8>),
    /// More than are read.
    TooLarge,
    /// They did not arrive whole.
    Broken,
}

impl Arrived {
    pub(crate) fn len(&self) -> Option<usize> {
        match self {
            Arrived::Whole(bytes) => Some(bytes.len()),
            _ => None,
        }
    }
    /// The bytes, of which at most `most` are read.
    pub(crate) fn bytes(&self, too_large: &'static str, most: usize) -> Result<&[u8], Refusal> {
        match self {
            Arrived::Whole(bytes) => Ok(bytes),
            Arrived::TooLarge => Err(barred(too_large, format!("at most {} MiB", most >> 20))),
            Arrived::Broken => Err(barred("malformed_request", "the file did not arrive whole")),
        }
    }
}
