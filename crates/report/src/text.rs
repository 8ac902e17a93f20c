//! Text as it can be printed: each character one that the font has, each word one that fits.

use crate::font::has;

/// Longest value, in characters.
const MOST_OF_ONE: usize = 4000;
/// Longest of what stands on every page or at the head of something.
const MOST_OF_HEADING: usize = 160;
/// A place to break: nothing is printed there.
const BREAK: char = '\u{200b}';
/// Width between the margins, and of a letter or digit of a table's words, in points.
const PAGE: usize = 480;
const LETTER: usize = 5;

/// Bytes that may still come.
pub(crate) struct Budget(pub(crate) usize);

/// How a value is printed: at most so many characters, and a place to break after so many without one.
#[derive(Clone, Copy)]
pub(crate) struct Room {
    most: usize,
    word: usize,
}

impl Room {
    /// Across the page.
    pub(crate) const LINE: Room = Room { most: MOST_OF_ONE, word: 64 };
    /// Across a part of it.
    pub(crate) const PART: Room = Room { most: MOST_OF_ONE, word: 18 };
    /// Where lines break by themselves.
    pub(crate) const FREE: Room = Room { most: MOST_OF_ONE, word: usize::MAX };
    /// A title.
    pub(crate) const HEADING: Room = Room { most: MOST_OF_HEADING, word: 32 };

    /// A cell of a column that has so many shares of all.
    pub(crate) fn cell(share: u8, all: usize) -> Self {
        let width = PAGE.saturating_mul(usize::from(share)).checked_div(all).unwrap_or(PAGE);
        // Hexadecimal digits are narrower than letters are on the average: an id of 36 fits where 33 letters do.
        let word = width.saturating_mul(11).checked_div(LETTER.saturating_mul(10)).unwrap_or(0);
        Room { most: MOST_OF_ONE, word: word.max(6) }
    }
    /// The name of such a column.
    pub(crate) fn head(share: u8, all: usize) -> Self {
        Room { most: MOST_OF_HEADING, ..Self::cell(share, all) }
    }
}

/// The value as it is printed. What cannot be, is there as its number; what turns text around or hides in it, too.
pub(crate) fn print(value: &str, room: Room) -> String {
    let mut out = String::with_capacity(value.len());
    let mut word = 0;
    let mut chars = value.chars();
    for c in chars.by_ref().take(room.most) {
        let plain = match c {
            '\n' => Some('\n'),
            '\t' | '\u{a0}' => Some(' '),
            '\r' => continue,
            c if has(c) => Some(c),
            _ => None,
        };
        if word >= room.word {
            out.push(BREAK);
            word = 0;
        }
        match plain {
            Some(c) => {
                out.push(c);
                word = if breaks(c) { 0 } else { word.saturating_add(1) };
            }
            None => {
                out.push_str(&format!("[U+{:04X}]", u32::from(c)));
                out.push(BREAK);
                word = 0;
            }
        }
    }
    let left = chars.count();
    if left > 0 {
        out.push_str(&format!(" … [+{left}]"));
    }
    out
}

/// Whether a line may end after it by itself. Not after a hyphen: a digit holds it.
fn breaks(c: char) -> bool {
    c.is_whitespace() || u32::from(c) >= 0x2e80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_printed_is_there_as_its_number() {
        let print = |text| print(text, Room::LINE);
        assert_eq!(print("王芳 O'Neil ÄÖ 𫖯 㐂"), "王芳 O'Neil ÄÖ 𫖯 㐂");
        assert_eq!(print("😀a\u{202e}b\0"), "[U+1F600]\u{200b}a[U+202E]\u{200b}b[U+0000]\u{200b}");
        assert_eq!(print("شريف").matches("[U+06").count(), 4);
        assert_eq!(print("a\r\nb\tc"), "a\nb c");
    }

    #[test]
    fn long_words_can_break_and_long_values_say_what_is_missing() {
        let long = print(&"x".repeat(10_000), Room::PART);
        assert!(long.ends_with(" … [+6000]"));
        assert!(long.split([BREAK, ' ']).all(|word| word.chars().count() <= 18));
        assert_eq!(print(&"国".repeat(50), Room::PART), "国".repeat(50));
        // An id is copied as it is where its column has the width.
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        assert_eq!(print(id, Room::cell(35, 100)), id);
        assert_ne!(print(id, Room::cell(14, 100)), id);
        assert!(print(&"标".repeat(300), Room::HEADING).ends_with("[+140]"));
    }
}
