//! Rows that were not taken: in a CSV file of their own, and the first few on the screen.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use super::cells::BadCell;
use crate::say::told;

/// Shown on the screen; all are in the file.
const SHOWN: usize = 5;

/// What is wrong with a row.
#[derive(Debug, Clone)]
pub struct Problem {
    pub column: String,
    /// Masked already if the field is personal.
    pub value: String,
    pub code: String,
    pub reason: String,
}

impl Problem {
    pub fn new(column: &str, value: &str, code: &str, reason: &str) -> Self {
        Self { column: column.into(), value: value.into(), code: code.into(), reason: reason.into() }
    }
}

/// Collects rejected rows.
pub struct Rejects {
    file: Option<csv::Writer<File>>,
    count: u64,
    shown: Vec<(String, String)>,
}

/// The reason in Chinese, by code.
fn zh(code: &str) -> &'static str {
    match code {
        "required" => "必填",
        "unknown_field" => "没有这个字段",
        "not_editable" => "该字段不可写",
        "invalid_value" => "值不符合字段类型",
        "duplicate" => "与其他行或已有记录重复",
        "no_such_customer" => "找不到对应的客户（请先导入客户）",
        "no_such_user" => "找不到该在职人员",
        "invalid_manager" => "上级无效（须为在职人员，且不能互为上级）",
        "ambiguous_department" => "有多个同名部门",
        "separate_duty" => "与该人员已有的职责互斥",
        "encoding" => "文字编码有误",
        "too_many_cells" => "单元格比表头多",
        "sheet_error" => "单元格是表格软件的错误值",
        "sheet_number" => "超过 15 位的数字在表格软件中已丢失末位，请改为文本格式",
        "not_permitted" => "无权写入该记录",
        "damaged" => "已存记录无法解密",
        _ => "无法导入",
    }
}

impl Rejects {
    /// `sources` are the files being read: they must not be overwritten by their own errors.
    pub fn new(path: Option<&Path>, sources: [&Path; 2]) -> anyhow::Result<Self> {
        let Some(path) = path else { return Ok(Self { file: None, count: 0, shown: vec![] }) };
        let shown = path.display();
        let same = |source: &Path| std::fs::canonicalize(path).ok() == std::fs::canonicalize(source).ok();
        if path.exists() && sources.into_iter().any(same) {
            return Err(told(
                format!("--errors `{shown}` 就是要导入的文件或映射文件，不能覆盖"),
                format!("--errors `{shown}` is the file to import or its mapping; it will not be overwritten"),
            ));
        }
        let open = || -> std::io::Result<csv::Writer<File>> {
            let mut file = File::options().write(true).create(true).truncate(true).mode(0o600).open(path)?;
            // One that was there keeps its mode otherwise.
            file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
            // Spreadsheets take a file without this mark for something other than UTF-8.
            file.write_all("\u{feff}".as_bytes())?;
            let mut file = csv::Writer::from_writer(file);
            file.write_record(["row", "column", "value", "code", "原因", "reason"])?;
            Ok(file)
        };
        let file = open().map_err(|e| {
            told(
                format!("错误文件 `{shown}` 无法写入：{e}"),
                format!("the error file `{shown}` cannot be written: {e}"),
            )
        })?;
        Ok(Self { file: Some(file), count: 0, shown: vec![] })
    }
    pub fn count(&self) -> u64 {
        self.count
    }
    pub fn cell(&mut self, row: u64, bad: &BadCell) -> anyhow::Result<()> {
        self.row(row, &[Problem::new(&bad.column, "", bad.code, bad.reason)])
    }
    pub fn row(&mut self, row: u64, problems: &[Problem]) -> anyhow::Result<()> {
        self.count += 1;
        for p in problems {
            if let Some(file) = &mut self.file {
                // The file is opened in a spreadsheet: a value must not become a formula there.
                let value = if p.value.starts_with(['=', '+', '-', '@', '\t', '\r']) {
                    format!("'{}", p.value)
                } else {
                    p.value.clone()
                };
                file.write_record([&row.to_string(), &p.column, &value, &p.code, zh(&p.code), &p.reason])?;
            }
            if self.shown.len() < SHOWN {
                self.shown.push((
                    format!("第 {row} 行 {}：{}（{}）", p.column, zh(&p.code), p.code),
                    format!("row {row} {}: {} ({})", p.column, p.reason, p.code),
                ));
            }
        }
        Ok(())
    }
    pub fn shown(&self) -> &[(String, String)] {
        &self.shown
    }
    pub fn finish(&mut self) -> anyhow::Result<()> {
        if let Some(file) = &mut self.file {
            file.flush()?;
        }
        Ok(())
    }
}
