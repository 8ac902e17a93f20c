//! From a row of texts to a row of values.

use std::collections::{BTreeMap, HashMap, HashSet};

use access::path::FieldProblem;
use model::{Directory, FieldDef, Mask, ObjectType, User, UserStatus, Value};
use store::records::ImportRow;

use super::mapping::{ColumnTable, Mapping, fill, list, placeholders};
use super::rejects::Problem;
use crate::say::told;

/// Longest outside key, in characters.
const KEY: usize = 400;
/// Most of a value that an error file shows, in characters.
const SHOWN: usize = 60;

/// Reads rows by a mapping.
pub struct Reader<'a> {
    mapping: &'a Mapping,
    object: &'a ObjectType,
    at: HashMap<&'a str, usize>,
    /// Active users by login and by name, where the name is one person's.
    people: HashMap<String, &'a User>,
    /// The mask of the customer's title: what a key of a customer, which may be its name, is shown as.
    customer_mask: Mask,
}

impl<'a> Reader<'a> {
    /// # Errors
    /// What of the mapping cannot be meant for this object.
    pub fn new(
        mapping: &'a Mapping,
        object: &'a ObjectType,
        customer_mask: Mask,
        directory: &'a Directory,
        headings: &'a [String],
    ) -> anyhow::Result<Self> {
        check(mapping, object)?;
        let mut people: HashMap<String, &User> = HashMap::new();
        let mut twice = vec![];
        for user in directory.users.values().filter(|u| u.status == UserStatus::Active) {
            if people.insert(user.name.clone(), user).is_some() {
                twice.push(user.name.clone());
            }
        }
        for name in twice {
            people.remove(&name);
        }
        let active = directory.users.values().filter(|u| u.status == UserStatus::Active);
        people.extend(active.map(|u| (u.login.clone(), u)));
        let at = headings.iter().enumerate().map(|(n, h)| (h.as_str(), n)).collect();
        Ok(Self { mapping, object, at, people, customer_mask })
    }

    fn cell<'r>(&self, row: &'r [String], column: &str) -> &'r str {
        self.at.get(column).and_then(|n| row.get(*n)).map_or("", |c| c.trim())
    }

    /// # Errors
    /// Every problem of the row.
    pub fn read(&self, number: u64, row: &[String]) -> Result<ImportRow, Vec<Problem>> {
        let mut problems = vec![];
        let values = self.values(row, &mut problems);
        let owner = self.owner(row, &mut problems);
        let customer_key = self.customer_key(row, &mut problems);
        let key: Vec<&str> = self.mapping.key.iter().map(|c| self.cell(row, c)).collect();
        let key_column = || self.mapping.key.join("+");
        if key.iter().any(|k| k.is_empty()) {
            problems.push(Problem::new(&key_column(), "", "required", "the key of the row is empty"));
        }
        let key = key.join("\u{1f}");
        if key.chars().count() > KEY {
            let reason = format!("the key is longer than {KEY} characters");
            problems.push(Problem::new(&key_column(), "", "invalid_value", &reason));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(ImportRow {
            number,
            key,
            values,
            owner: owner.map(|u| u.id),
            department: owner.map(|u| u.department),
            pool: owner.is_none() && self.object.has_pool,
            customer_key,
        })
    }

    fn values(&self, row: &[String], problems: &mut Vec<Problem>) -> access::path::Values {
        let mut values = BTreeMap::new();
        let mut put = |name: &str, column: &str, text: &str, problems: &mut Vec<Problem>| {
            let Some(def) = self.object.field(name) else { return };
            match Value::from_text(text, &def.kind) {
                Ok(value) => {
                    values.insert(def.name.clone(), value);
                }
                Err(error) => {
                    problems.push(Problem::new(column, &shown(def, text), "invalid_value", &error.to_string()))
                }
            }
        };
        for (column, how) in &self.mapping.columns {
            let raw = self.cell(row, column);
            match change(&how.0, raw) {
                Ok(text) => put(&how.0.field, column, &text, problems),
                Err(reason) => {
                    problems.push(Problem::new(column, &self.shown_in(column, raw), "invalid_value", &reason));
                }
            }
        }
        for (field, template) in &self.mapping.templates {
            // As mapped, not as written: `GTXPro` and `GTX Pro` are one product here too.
            let text = fill(template, |name| {
                let raw = self.cell(row, name);
                self.mapping.columns.get(name).and_then(|c| c.0.map.get(raw)).map_or(raw, String::as_str)
            });
            put(field, placeholders(template).first().unwrap_or(&field.as_str()), &text, problems);
        }
        for (field, text) in &self.mapping.constants {
            put(field, field, text, problems);
        }
        values
    }

    fn owner(&self, row: &[String], problems: &mut Vec<Problem>) -> Option<&'a User> {
        let owner = self.mapping.owner.as_ref()?;
        let raw = self.cell(row, &owner.column);
        let name = owner.map.get(raw).map_or(raw, String::as_str);
        let found = self.people.get(name).copied();
        if found.is_none() && !name.is_empty() {
            let reason = "there is no active user of this login, or not exactly one of this name";
            problems.push(Problem::new(&owner.column, &cut(name), "no_such_user", reason));
        }
        found
    }

    fn customer_key(&self, row: &[String], problems: &mut Vec<Problem>) -> Option<String> {
        let customer = self.mapping.customer.as_ref()?;
        let raw = self.cell(row, &customer.column);
        let key = customer.map.get(raw).map_or(raw, String::as_str);
        if key.is_empty() {
            problems.push(Problem::new(&customer.column, "", "no_such_customer", "the row names no customer"));
        }
        Some(key.to_owned())
    }

    /// A row whose key an earlier row had.
    pub fn same_key(&self, row: &ImportRow, first: u64) -> Problem {
        let value: Vec<String> = self
            .mapping
            .key
            .iter()
            .zip(row.key.split('\u{1f}'))
            .map(|(column, text)| self.shown_in(column, text))
            .collect();
        let reason = format!("the same key as row {first}");
        Problem::new(&self.mapping.key.join("+"), &value.join("+"), "duplicate", &reason)
    }

    /// Problems by field as problems by column, with the value as it may be shown.
    pub fn in_columns(&self, row: Option<&ImportRow>, problems: &[FieldProblem]) -> Vec<Problem> {
        let told = |p: &FieldProblem| {
            let (column, value) = match (p.field.as_str(), row) {
                ("key", Some(row)) => {
                    let problem = self.same_key(row, row.number);
                    (problem.column, problem.value)
                }
                ("owner", _) if let Some(owner) = &self.mapping.owner => (owner.column.clone(), String::new()),
                (field, row) if self.object.customer_field.as_ref().is_some_and(|f| f.as_str() == field) => {
                    let key = row.and_then(|r| r.customer_key.as_ref());
                    let column = self.mapping.customer.as_ref().map(|c| c.column.clone()).unwrap_or_default();
                    (column, key.map(|k| self.customer_mask.apply(k)).unwrap_or_default())
                }
                (field, row) => {
                    let column = self.mapping.columns.iter().find(|(_, c)| c.0.field == field);
                    let column = column.map_or(field, |(name, _)| name.as_str()).to_owned();
                    let value = self.object.field(field).and_then(|def| {
                        let value = row?.values.get(&def.name)?.as_ref()?;
                        Some(shown(def, &value.to_text(&def.kind)))
                    });
                    (column, value.unwrap_or_default())
                }
            };
            Problem::new(&column, &value, p.code, &p.reason)
        };
        problems.iter().map(told).collect()
    }

    /// A column's text as an error file may show it: by the field it becomes; masked in full if that is none.
    fn shown_in(&self, column: &str, text: &str) -> String {
        let customer = self.mapping.customer.as_ref().is_some_and(|c| c.column == column);
        match self.mapping.columns.get(column).and_then(|c| self.object.field(&c.0.field)) {
            _ if customer => self.customer_mask.apply(text),
            Some(def) => shown(def, text),
            None => Mask::Full.apply(text),
        }
    }
}

/// The value as an error file may show it.
fn shown(def: &FieldDef, text: &str) -> String {
    if def.class.is_sealed() { def.mask.apply(text) } else { cut(text) }
}

fn cut(text: &str) -> String {
    let mut cut: String = text.chars().take(SHOWN).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

fn change(how: &ColumnTable, text: &str) -> Result<String, String> {
    let text = how.map.get(text).map_or(text, String::as_str);
    let text = match &how.drop {
        Some(drop) => text.chars().filter(|c| !drop.contains(*c)).collect(),
        None => text.to_owned(),
    };
    match &how.date {
        Some(format) if !text.is_empty() && model::value::parse_date(&text).is_none() => {
            let date =
                jiff::civil::Date::strptime(format, &text).map_err(|_| format!("expected a date as `{format}`"))?;
            Ok(date.to_string())
        }
        _ => Ok(text),
    }
}

/// What can be found wrong with a mapping without reading a row.
fn check(mapping: &Mapping, object: &ObjectType) -> anyhow::Result<()> {
    let wrong = |zh: String, en: String| Err(told(format!("映射文件：{zh}"), format!("the mapping: {en}")));
    let mut seen = HashSet::new();
    for field in mapping.fields() {
        if object.field(field).is_none() {
            let has = list(object.fields.iter().map(|f| f.name.as_str()));
            return wrong(
                format!("`{}` 没有字段 `{field}`；可用的字段是 {has}", object.name),
                format!("`{}` has no field `{field}`; it has {has}", object.name),
            );
        }
        if object.customer_field.as_ref().is_some_and(|f| f.as_str() == field) {
            return wrong(
                format!("字段 `{field}` 由 [customer] 给出"),
                format!("the field `{field}` is given by [customer]"),
            );
        }
        if !seen.insert(field) {
            return wrong(
                format!("字段 `{field}` 有两个来源"),
                format!("the field `{field}` is given its value twice"),
            );
        }
    }
    match (&object.customer_field, &mapping.customer) {
        (Some(_), None) => {
            return wrong(
                format!("`{}` 属于客户，需要 [customer]", object.name),
                format!("`{}` belongs to a customer and needs [customer]", object.name),
            );
        }
        (None, Some(_)) => {
            return wrong(
                format!("`{}` 不属于客户，不能有 [customer]", object.name),
                format!("`{}` belongs to no customer and has no [customer]", object.name),
            );
        }
        _ => {}
    }
    let constants = mapping.constants.iter().map(|(field, text)| (field.as_str(), text));
    let maps = mapping.columns.values().flat_map(|c| c.0.map.values().map(|text| (c.0.field.as_str(), text)));
    for (field, text) in constants.chain(maps.filter(|(_, text)| !text.is_empty())) {
        let Some(def) = object.field(field) else { continue };
        let how = mapping.columns.values().find(|c| c.0.field == field).map(|c| ColumnTable {
            field: String::new(),
            map: BTreeMap::new(),
            date: c.0.date.clone(),
            drop: c.0.drop.clone(),
        });
        let read = how.map_or(Ok(text.clone()), |how| change(&how, text));
        let bad = match read {
            Ok(text) => Value::from_text(&text, &def.kind).err().map(|e| e.to_string()),
            Err(reason) => Some(reason),
        };
        if let Some(reason) = bad {
            return wrong(
                format!("`{text}` 不是字段 `{field}` 的值：{reason}"),
                format!("`{text}` is no value of the field `{field}`: {reason}"),
            );
        }
    }
    Ok(())
}
