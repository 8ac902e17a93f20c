//! Tables as files: CSV and XLSX, strings only, safe to open.
//!
//! A cell beginning with `=`, `+`, `-`, `@`, tab or return would be run as a formula by a spreadsheet; it gets an apostrophe
//! before it (OWASP CSV injection). Every file ends with a row that says who took it, when, and under which export.

use access::path::RecordView;
use model::{Address, Directory, FieldKind, FieldName, ObjectType};
pub use report::harmless;
use serde::Deserialize as _;

use crate::language::Language;

/// UTF-8 byte order mark: without it spreadsheets read Chinese as something else.
pub const BOM: &str = "\u{feff}";

/// A format an export is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    Csv,
    Xlsx,
}

impl Format {
    pub const fn as_str(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
        }
    }
    pub fn by_name(name: &str) -> Option<Self> {
        [Format::Csv, Format::Xlsx].into_iter().find(|f| f.as_str() == name)
    }
    pub const fn content_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// A value as a cell.
fn cell(value: Option<&serde_json::Value>) -> String {
    use serde_json::Value as J;
    match value {
        None | Some(J::Null) => String::new(),
        Some(J::String(text)) => text.clone(),
        // An address in parts, in one line.
        Some(parts @ J::Object(_)) => address(parts).map(|a| a.line()).unwrap_or_default(),
        Some(J::Array(items)) => items.iter().map(|i| cell(Some(i))).collect::<Vec<_>>().join("; "),
        Some(other) => other.to_string(),
    }
}

fn address(value: &serde_json::Value) -> Option<Address> {
    Address::deserialize(value).ok()
}

/// Parts of an address that stand in columns of their own beside its line, for whoever counts by them.
const PARTS: [(&str, &str, &str); 3] =
    [("province", "省", "province"), ("city", "市", "city"), ("district", "区县", "district")];

/// The columns of a sheet.
pub struct Columns {
    /// The field, the part of it where it is an address, and what it is called.
    fields: Vec<(FieldName, Option<&'static str>, String)>,
    language: Language,
}

impl Columns {
    /// Those of `fields` that are in the definition, in its order.
    pub fn new(object: &ObjectType, has: impl Fn(&FieldName) -> bool, language: Language) -> Self {
        let mut fields = vec![];
        for f in object.fields.iter().filter(|f| has(&f.name)) {
            let label = language.pick(&f.label);
            fields.push((f.name.clone(), None, label.to_owned()));
            if f.kind == FieldKind::Address {
                for (part, zh, en) in PARTS {
                    fields.push((f.name.clone(), Some(part), format!("{label} · {}", language.say(zh, en))));
                }
            }
        }
        Self { fields, language }
    }
    pub fn heading(&self) -> Vec<String> {
        let own = [("编号", "Id"), ("负责人", "Owner"), ("创建时间", "Created"), ("更新时间", "Updated")];
        let mut row: Vec<String> = own.iter().map(|(zh, en)| self.language.say(zh, en).to_owned()).collect();
        row.extend(self.fields.iter().map(|(_, _, label)| harmless(label)));
        row
    }
    /// `id` is the record's, as the file is to have it.
    pub fn row(&self, id: String, record: &RecordView, people: &Directory) -> Vec<String> {
        let owner = record.owner.map(|o| people.user(o).map_or_else(|| o.to_string(), |u| u.name.clone()));
        let mut row = vec![
            id,
            harmless(&owner.unwrap_or_default()),
            record.created_at.to_rfc3339(),
            record.updated_at.to_rfc3339(),
        ];
        row.extend(self.fields.iter().map(|(name, part, _)| {
            let value = record.fields.get(name);
            harmless(&match part {
                None => cell(value),
                // One text and a masked address have no parts.
                Some(part) => cell(value.and_then(|v| v.get(part))),
            })
        }));
        row
    }
}

/// Rows as CSV (RFC 4180).
pub fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(vec![]);
    for row in rows {
        // Writing to memory does not fail.
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

/// Writes a workbook row by row; memory stays bounded because rows go to a temporary file at once.
pub struct Workbook {
    book: rust_xlsxwriter::Workbook,
    next: u32,
}

impl Workbook {
    /// # Errors
    /// No temporary file.
    pub fn new() -> Result<Self, rust_xlsxwriter::XlsxError> {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet_with_constant_memory()?;
        Ok(Self { book, next: 0 })
    }
    /// Names the export in the foot of each printed page and in a property of the file that no sheet shows.
    ///
    /// # Errors
    /// Never: there is a sheet.
    pub fn sign(&mut self, mark: &str, export: &str) -> Result<(), rust_xlsxwriter::XlsxError> {
        // 255 characters are what a foot holds; `&` begins a command there.
        let text: String = mark.chars().take(200).collect();
        self.book.worksheet_from_index(0)?.set_footer(format!("&L{}", text.replace('&', "&&")));
        let properties = rust_xlsxwriter::DocProperties::new().set_custom_property("WhosawExport", export);
        self.book.set_properties(&properties);
        Ok(())
    }
    /// # Errors
    /// The temporary file cannot be written, or there are more rows than a sheet has.
    pub fn row(&mut self, cells: &[String]) -> Result<(), rust_xlsxwriter::XlsxError> {
        let sheet = self.book.worksheet_from_index(0)?;
        for (column, text) in (0_u16..).zip(cells) {
            // 32,767 characters are what a cell holds.
            let text: String = text.chars().take(32_767).collect();
            sheet.write_string(self.next, column, text)?;
        }
        self.next += 1;
        Ok(())
    }
    /// # Errors
    /// The file cannot be written.
    pub fn save(mut self, file: std::fs::File) -> Result<(), rust_xlsxwriter::XlsxError> {
        self.book.save_to_writer(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_run_as_a_formula() {
        for bad in ["=1+1", "+861", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert!(harmless(bad).starts_with('\''), "{bad:?}");
        }
        assert_eq!(harmless("上海明光"), "上海明光");
        let text =
            String::from_utf8(csv(&[vec![harmless("=HYPERLINK(\"http://x\",\"a\")"), "a,b\n\"c\"".into()]])).unwrap();
        assert_eq!(text, "\"'=HYPERLINK(\"\"http://x\"\",\"\"a\"\")\",\"a,b\n\"\"c\"\"\"\r\n");
    }

    #[test]
    fn a_workbook_is_written_without_holding_its_rows() {
        let mut book = Workbook::new().unwrap();
        for n in 0..1000 {
            book.row(&[n.to_string(), harmless("=1")]).unwrap();
        }
        let file = tempfile::tempfile().unwrap();
        book.save(file.try_clone().unwrap()).unwrap();
        assert!(file.metadata().unwrap().len() > 1000);
    }
}
