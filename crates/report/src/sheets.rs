//! A document as a workbook, one sheet for each part, or as one CSV. Numbers are numbers, so that they can be counted with; no text is one
//! that a spreadsheet runs.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::document::{Block, Document};
use crate::press::ReportError;

/// UTF-8 byte order mark: without it spreadsheets read Chinese as something else.
const BOM: &str = "\u{feff}";

/// Makes a text one that no spreadsheet runs (OWASP CSV injection).
pub fn harmless(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        // The same signs in their full width are read alike by some.
        Some('＝' | '＋' | '－' | '＠') => format!("'{text}"),
        _ => text.to_owned(),
    }
}

/// Rows of a part: what people read, in the order they read it.
fn rows(blocks: &[Block]) -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> = vec![];
    for block in blocks {
        match block {
            Block::Paragraph { text } | Block::Code { text } => out.push(vec![text.clone()]),
            Block::Quote { by, text } => out.push(vec![by.clone(), text.clone()]),
            Block::Facts { facts } => out.extend(facts.iter().map(|f| vec![f.name.clone(), f.value.clone()])),
            Block::Figures { figures } => {
                out.extend(figures.iter().map(|f| vec![f.name.clone(), f.value.clone(), f.note.clone()]));
            }
            Block::Table { columns, rows } => {
                out.push(columns.iter().map(|c| c.name.clone()).collect());
                out.extend(rows.iter().cloned());
            }
            // Its numbers stand in the table below.
            Block::Bars { .. } => continue,
        }
        out.push(vec![]);
    }
    out
}

fn cover(document: &Document) -> Vec<Vec<String>> {
    let mut out =
        vec![vec![document.kind.clone()], vec![document.title.clone()], vec![document.notice.clone()], vec![]];
    out.extend(document.facts.iter().map(|f| vec![f.name.clone(), f.value.clone()]));
    let head = &document.head;
    out.push(vec![]);
    out.push(vec![head.origin.clone(), head.size.to_string(), head.root.clone()]);
    out
}

/// The number that a text is, if it is one as people write it.
fn number(text: &str) -> Option<f64> {
    let plain = text.replace(',', "");
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    // Of 15 digits a float holds each.
    let is = !digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|b| b.is_ascii_digit());
    let zeros = digits.len() > 1 && digits.starts_with('0');
    (is && !zeros).then(|| plain.parse().ok()).flatten()
}

/// A name of a sheet: at most 31 characters, none of those that mean something there, and each once.
fn sheet_name(n: usize, title: &str) -> String {
    let plain: String = title.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(26).collect();
    format!("{} {plain}", n + 1)
}

/// The document as XLSX. Rows go to a temporary file at once, so that memory holds the document and little more.
///
/// # Errors
/// [`ReportError::Press`]: no temporary file, or more rows than a sheet has.
pub fn workbook(document: &Document) -> Result<Vec<u8>, ReportError> {
    write(document).map_err(|error| ReportError::Press(error.to_string()))
}

fn write(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (y, mo, d, h, mi, s) = document.made_at;
    let made = ExcelDateTime::from_ymd(u16::try_from(y).unwrap_or(1970), mo, d)
        .and_then(|day| day.and_hms(u16::from(h), mi, s));
    if let Ok(made) = made {
        // The moment of the report and not that of the taking: the same report, the same bytes.
        book.set_properties(&DocProperties::new().set_creation_datetime(&made).set_title(&document.title));
    }
    let parts = document.sections.iter().map(|s| (s.title.clone(), rows(&s.blocks)));
    let first = (document.kind.clone(), cover(document));
    for (n, (title, rows)) in std::iter::once(first).chain(parts).enumerate() {
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name(sheet_name(n, &title))?;
        sheet.set_column_width(0, 28)?;
        for (at, row) in (0_u32..).zip(&rows) {
            for (column, text) in (0_u16..).zip(row) {
                match number(text) {
                    Some(n) => sheet.write_number(at, column, n)?,
                    None => {
                        let text: String = harmless(text).chars().take(32_767).collect();
                        sheet.write_string(at, column, text)?
                    }
                };
            }
        }
    }
    book.save_to_buffer()
}

/// The document as CSV (RFC 4180), one part after the other.
pub fn table(document: &Document) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(BOM.as_bytes().to_vec());
    let parts = document
        .sections
        .iter()
        .flat_map(|section| [vec![], vec![section.title.clone()]].into_iter().chain(rows(&section.blocks)));
    for row in cover(document).into_iter().chain(parts) {
        // An empty record has no line of its own.
        let row = if row.is_empty() { vec![String::new()] } else { row };
        // Writing to memory does not fail.
        let _ = writer.write_record(row.iter().map(|cell| harmless(cell)));
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_as_a_number_is_one_and_nothing_else_is() {
        assert_eq!((number("1,234"), number("-5"), number("0")), (Some(1234.0), Some(-5.0), Some(0.0)));
        for text in ["", "-", "007", "12.5%", "1e5", "２", "13800138000123456"] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!(sheet_name(0, "a/b:c"), "1 abc");
        assert!(sheet_name(11, &"标".repeat(60)).chars().count() <= 31);
    }
}
