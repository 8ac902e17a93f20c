//! CSV by a mapping of columns.

use model::feed::CsvMapping;

use crate::{Around, Code, FeedError, Found, Said};

/// The fields of one record.
pub(crate) fn split(text: &str, delimiter: u8) -> Option<Vec<String>> {
    if !text.contains('"') {
        return Some(text.split(char::from(delimiter)).map(str::to_owned).collect());
    }
    let mut reader = csv::ReaderBuilder::new()
        .buffer_capacity(text.len() + 1)
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let record = reader.records().next()?.ok()?;
    Some(record.iter().map(str::to_owned).collect())
}

/// Where what is said stands.
pub(crate) struct Columns {
    count: usize,
    delimiter: u8,
    time: usize,
    user: usize,
    action: Vec<usize>,
    object: Option<usize>,
    record: Option<usize>,
    customer: Option<usize>,
    fields: Option<usize>,
    rows: Option<usize>,
    address: Option<usize>,
    id: Option<usize>,
}

impl Columns {
    pub(crate) fn new(csv: &CsvMapping, names: &[String], delimiter: u8) -> Result<Self, FeedError> {
        let of = |name: &str| {
            let found = names.iter().position(|n| n == name);
            found.ok_or_else(|| FeedError::NoColumn(name.chars().take(64).collect()))
        };
        let maybe = |name: &Option<String>| name.as_deref().map(of).transpose();
        Ok(Self {
            count: names.len(),
            delimiter,
            time: of(&csv.time)?,
            user: of(&csv.user)?,
            action: csv.action.iter().map(|a| of(a)).collect::<Result<_, _>>()?,
            object: maybe(&csv.object)?,
            record: maybe(&csv.record)?,
            customer: maybe(&csv.customer)?,
            fields: maybe(&csv.fields)?,
            rows: maybe(&csv.rows)?,
            address: maybe(&csv.address)?,
            id: maybe(&csv.id)?,
        })
    }

    pub(crate) fn read(&self, text: &str, around: &Around<'_>) -> Result<Said, Code> {
        let all = split(text, self.delimiter).filter(|f| f.len() == self.count).ok_or(Code("bad_columns"))?;
        let at = |i: usize| all.get(i).map_or("", |f| f.trim());
        let maybe = |i: Option<usize>| i.map_or("", at);
        let said = self.action.iter().map(|i| at(*i)).collect::<Vec<_>>().join(":");
        let Some(action) = around.action(&said, || None)? else { return Ok(Said::SKIPPED) };
        let found = Found {
            time: at(self.time),
            user: at(self.user),
            said,
            object: maybe(self.object),
            records: vec![maybe(self.record)],
            customer: maybe(self.customer),
            fields: maybe(self.fields).split([',', ';', '|']).collect(),
            rows: maybe(self.rows),
            address: maybe(self.address),
            id: maybe(self.id),
            refused: false,
        };
        around.event(found, action)
    }
}
