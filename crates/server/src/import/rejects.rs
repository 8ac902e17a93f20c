//! Rows that were not taken: in a CSV file of their own, and the first few on the screen.

use std::fs::File;
use std::path::Path;

use super::cells::BadCell;

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
        "no_such_user" => "找不到该人员",
        "encoding" => "文字编码有误",
        "not_permitted" => "无权写入该记录",
        _ => "无法导入",
    }
}

impl Rejects {
    pub fn new(path: Option<&Path>) -> anyhow::Result<Self> {
        let mut file = path.map(csv::Writer::from_path).transpose()?;
        if let Some(file) = &mut file {
            file.write_record(["row", "column", "value", "code", "原因", "reason"])?;
        }
        Ok(Self { file, count: 0, shown: vec![] })
    }
    pub fn count(&self) -> u64 {
        self.count
    }
    pub fn cell(&mut self, row: u64, bad: &BadCell) -> anyhow::Result<()> {
        self.row(row, &[Problem::new(&bad.column, "", "encoding", bad.reason)])
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
                    format!("第 {row} 行 {}:{}({})", p.column, zh(&p.code), p.code),
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
