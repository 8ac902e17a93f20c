//! Text as it can be printed: each character one that the font has, each word one that fits.

use crate::font::has;

/// Longest value, in characters.
const MOST_OF_ONE: usize = 4000;
/// Longest of what stands on every page or at the head of something.
pub(crate) const MOST_OF_HEADING: usize = 160;
/// A longer word without a place to break is given some.
const LONGEST_WORD: usize = 24;
/// A place to break: nothing is printed there.
const BREAK: char = '\u{200b}';

/// Bytes that may still come.
pub(crate) struct Budget(pub(crate) usize);

/// The value as it is printed. What cannot be, is there as its number; what turns text around or hides in it, too.
pub(crate) fn print(value: &str) -> String {
    print_most(value, MOST_OF_ONE)
}

/// The same of at most so many characters.
pub(crate) fn print_most(value: &str, most: usize) -> String {
    let mut out = String::with_capacity(value.len());
    let mut word = 0;
    let mut chars = value.chars();
    for c in chars.by_ref().take(most) {
        let plain = match c {
            '\n' => Some('\n'),
            '\t' | '\u{a0}' => Some(' '),
            '\r' => continue,
            c if has(c) => Some(c),
            _ => None,
        };
        if word >= LONGEST_WORD {
            out.push(BREAK);
            word = 0;
        }
        match plain {
            Some(c) => {
                out.push(c);
                word = if c.is_ascii_alphanumeric() || !breaks(c) { word.saturating_add(1) } else { 0 };
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

/// Whether a line may end after it by itself.
fn breaks(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-') || u32::from(c) >= 0x2e80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_printed_is_there_as_its_number() {
        assert_eq!(print("王芳 O'Neil ÄÖ 𫖯 㐂"), "王芳 O'Neil ÄÖ 𫖯 㐂");
        assert_eq!(print("😀a\u{202e}b\0"), "[U+1F600]\u{200b}a[U+202E]\u{200b}b[U+0000]\u{200b}");
        assert_eq!(print("شريف").matches("[U+06").count(), 4);
        assert_eq!(print("a\r\nb\tc"), "a\nb c");
    }

    #[test]
    fn long_words_can_break_and_long_values_say_what_is_missing() {
        let long = print(&"x".repeat(10_000));
        assert!(long.ends_with(" … [+6000]"), "{}", &long[long.len() - 20..]);
        assert!(long.split([BREAK, ' ']).all(|word| word.chars().count() <= LONGEST_WORD));
        assert_eq!(print(&"国".repeat(50)), "国".repeat(50));
        assert_eq!(print("01890a5d-ac96-774b-bcce-b302099a8057"), "01890a5d-ac96-774b-bcce-b302099a8057");
    }
}
