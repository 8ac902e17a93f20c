//! The one font there is: Noto Sans CJK SC, all its Han characters, Latin, Greek, Cyrillic and kana (`fonts/README.md`).

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

static PACKED: &[u8] = include_bytes!("../fonts/NotoSansCJKsc-Regular.otf.zst");
/// More than it is unpacked.
const MOST_BYTES: usize = 16 << 20;

pub(crate) struct Fonts {
    pub(crate) font: Option<Font>,
    pub(crate) book: LazyHash<FontBook>,
}

/// Unpacked once, at the first document.
pub(crate) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let bytes = zstd::bulk::decompress(PACKED, MOST_BYTES).unwrap_or_default();
    let font = Font::new(Bytes::new(bytes), 0);
    Fonts { book: LazyHash::new(FontBook::from_fonts(font.iter())), font }
});

/// Whether it can print this character.
pub(crate) fn has(c: char) -> bool {
    // What is not seen could hide in what is.
    !c.is_control() && !hidden(c) && info().is_some_and(|i| i.coverage.contains(u32::from(c)))
}

fn info() -> Option<&'static FontInfo> {
    FONTS.font.as_ref().map(Font::info)
}

fn hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_is_whole_and_has_what_names_are_written_in() {
        assert!(FONTS.font.is_some());
        let asked = "谁看过这个客户王芳赵钱孙李㐂䶮𫖯0123456789AZaz，。《》“”—…·①→ÄéñЖΩ";
        let lacks: String = asked.chars().filter(|c| !has(*c)).collect();
        assert_eq!(lacks, "");
        assert!(!has('😀') && !has('\u{202e}') && !has('\0'));
    }
}
