//! Files that records carry 附件: their names and kinds as they are believed, which is not as they were sent.
//!
//! Rule: a kind is read from the first bytes and never from a name or a header, and only what is drawn without running
//! anything is ever shown. A name is for people to read: it leads nowhere, and is what it looks like.

use serde::{Deserialize, Serialize};

/// Most characters of a name.
pub const LONGEST_NAME: usize = 200;
/// So many first bytes tell the kind.
pub const HEAD: usize = 512;

/// What a file is, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    Png,
    Jpeg,
    Pdf,
    /// Anything else: bytes to be kept and given back.
    Other,
}

impl FileKind {
    /// By the first bytes.
    pub fn of(head: &[u8]) -> Self {
        const SIGNS: [(&[u8], FileKind); 3] =
            [(b"\x89PNG\r\n\x1a\n", FileKind::Png), (b"\xff\xd8\xff", FileKind::Jpeg), (b"%PDF-", FileKind::Pdf)];
        SIGNS.iter().find(|(sign, _)| head.starts_with(sign)).map_or(FileKind::Other, |(_, kind)| *kind)
    }
    pub const fn as_str(self) -> &'static str {
        match self {
            FileKind::Png => "png",
            FileKind::Jpeg => "jpeg",
            FileKind::Pdf => "pdf",
            FileKind::Other => "other",
        }
    }
    /// The content type it is given with.
    pub const fn content_type(self) -> &'static str {
        match self {
            FileKind::Png => "image/png",
            FileKind::Jpeg => "image/jpeg",
            FileKind::Pdf => "application/pdf",
            FileKind::Other => "application/octet-stream",
        }
    }
}

/// What a program is called whose first bytes these are, whatever its name says.
pub fn program(head: &[u8]) -> Option<&'static str> {
    let start = head.get(..64).unwrap_or(head);
    // A letter may begin with "MZ" as well; it has no zeros.
    if head.starts_with(b"MZ") && start.contains(&0) {
        return Some("exe");
    }
    if head.starts_with(b"\x7fELF") {
        return Some("elf");
    }
    head.starts_with(b"#!").then_some("sh")
}

/// The ending of a name, in small letters.
pub fn ending(name: &str) -> Option<String> {
    let (_, end) = name.rsplit_once('.')?;
    (!end.is_empty()).then(|| end.to_lowercase())
}

/// Not seen, or turns what follows around: such characters make a name look like another.
fn deceives(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}'..='\u{206f}'
            | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The name a file is kept under; `None` when nothing of the one that was sent can be kept.
///
/// ```
/// use model::file::clean_name;
/// assert_eq!(clean_name("C:\\temp\\合同.pdf").as_deref(), Some("合同.pdf"));
/// assert_eq!(clean_name("photo\u{202e}gpj.exe").as_deref(), Some("photogpj.exe"));
/// assert_eq!(clean_name(" .. "), None);
/// ```
pub fn clean_name(sent: &str) -> Option<String> {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|c| !deceives(*c))
        .map(|c| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c })
        .collect();
    let ends = |c: char| c.is_whitespace() || c == '.';
    let name = kept.trim_start().trim_end_matches(ends);
    if name.is_empty() || name.chars().all(ends) {
        return None;
    }
    let long = name.chars().count() > LONGEST_NAME;
    let mut name = match (long, ending(name)) {
        (false, _) => name.to_owned(),
        // What is cut is the middle: the ending tells people what it is.
        (true, Some(end)) if end.chars().count() <= 10 => {
            let most = LONGEST_NAME.saturating_sub(end.chars().count()).saturating_sub(1);
            let stem: String = name.chars().take(most).collect();
            format!("{}.{end}", stem.trim_end_matches(ends))
        }
        (true, _) => name.chars().take(LONGEST_NAME).collect::<String>().trim_end_matches(ends).to_owned(),
    };
    // Names of devices on one system people use.
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered =
        |device: &str| stem.strip_prefix(device).is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()));
    if ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || numbered("COM") || numbered("LPT") {
        name.insert(0, '_');
    }
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_read_from_the_content_and_no_other_is_drawn() {
        assert_eq!(FileKind::of(b"\x89PNG\r\n\x1a\n\0\0"), FileKind::Png);
        assert_eq!(FileKind::of(b"\xff\xd8\xff\xe0"), FileKind::Jpeg);
        assert_eq!(FileKind::of(b"%PDF-1.7"), FileKind::Pdf);
        for other in [&b""[..], b"<svg onload=alert(1)>", b"<html>", b"GIF89a", b"\x89PNG"] {
            assert_eq!(FileKind::of(other), FileKind::Other);
        }
        assert_eq!(program(&[b"MZ\x90".as_slice(), &[0; 80]].concat()), Some("exe"));
        assert_eq!(program(b"MZ is a letter"), None);
        assert_eq!((program(b"\x7fELF\x02"), program(b"#!/bin/sh")), (Some("elf"), Some("sh")));
    }

    #[test]
    fn a_name_leads_nowhere_and_is_what_it_looks_like() {
        let cases = [
            ("../../etc/passwd", Some("passwd")),
            ("..\\..\\报价单.xlsx", Some("报价单.xlsx")),
            ("a\u{202e}fdp.exe", Some("afdp.exe")),
            ("na\u{200b}me\u{0}\r\n.txt", Some("name.txt")),
            ("a<b>:\"|?*.txt", Some("a_b______.txt")),
            ("con.txt", Some("_con.txt")),
            ("COM1", Some("_COM1")),
            ("com10.txt", Some("com10.txt")),
            ("合同.pdf. . .", Some("合同.pdf")),
            (".bashrc", Some(".bashrc")),
            ("", None),
            ("/", None),
            ("...", None),
            ("\u{202e}", None),
        ];
        for (sent, kept) in cases {
            assert_eq!(clean_name(sent).as_deref(), kept, "{sent:?}");
        }
        let long = clean_name(&format!("{}.Pdf", "长".repeat(400))).unwrap();
        assert_eq!(long.chars().count(), LONGEST_NAME);
        assert!(long.ends_with(".pdf"));
        for name in ["a.tar.GZ", "B.EXE", "none", "dot."] {
            assert_eq!(clean_name(name).and_then(|n| clean_name(&n)), clean_name(name), "{name}");
        }
    }
}
