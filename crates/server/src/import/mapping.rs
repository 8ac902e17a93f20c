//! Mapping files: which column becomes which field, and how its text is changed on the way (docs/import.md).
//!
//! Rule: nothing is lost or guessed. Every column of the file is used or named in `ignore`; every name in the mapping is a
//! column of the file or a field of the object; a field has one source. All of that is checked before the first row.
//!
//! ```toml
//! source = "erp"
//! object = "customer"
//! key = ["No"]
//! ignore = ["Printed"]
//! [columns]
//! No = "external_id"
//! Name = "name"
//! Since = { field = "founded", date = "%Y" }
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};

use crate::say::told;

/// A mapping file (TOML).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What the outside system is called; keys of different sources do not meet.
    pub source: String,
    pub object: String,
    /// Columns that together name a row outside. People are known by their names.
    #[serde(default)]
    pub key: Vec<String>,
    /// By default the one of `,`, `;` and tab that the heading has most of.
    #[serde(default)]
    pub delimiter: Option<char>,
    /// By default what the file's bytes say.
    #[serde(default)]
    pub encoding: Option<FileEncoding>,
    /// By column.
    #[serde(default)]
    pub columns: BTreeMap<String, Column>,
    /// Field values made of several columns: `name = "{product} {id}"`. No value where all of them are empty.
    #[serde(default)]
    pub templates: BTreeMap<String, String>,
    /// Field values that are the same for every row.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    #[serde(default)]
    pub ignore: BTreeSet<String>,
    /// Who owns the record: a column with a login or a name.
    #[serde(default)]
    pub owner: Option<Owner>,
    /// Whose data it is: a column with the key of an imported customer.
    #[serde(default)]
    pub customer: Option<Customer>,
    /// For `object = "user"`.
    #[serde(default)]
    pub people: Option<People>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileEncoding {
    #[serde(rename = "utf-8")]
    Utf8,
    Gb18030,
}

/// `Column = "field"`, or a table.
#[derive(Debug)]
pub struct Column(pub ColumnTable);

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnTable {
    pub field: String,
    /// Texts to replace as a whole, after trimming.
    #[serde(default)]
    pub map: BTreeMap<String, String>,
    /// How a date is written, as in strptime: `%d-%m-%y`. `2026-11-23` and a date cell of a sheet are always understood.
    #[serde(default)]
    pub date: Option<String>,
    /// Characters to leave out of a number: `,` or a currency sign.
    #[serde(default)]
    pub drop: Option<String>,
}

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Column;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a field's name, or a table with `field`")
            }
            fn visit_str<E>(self, field: &str) -> Result<Column, E> {
                Ok(Column(ColumnTable { field: field.to_owned(), ..ColumnTable::default() }))
            }
            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Column, M::Error> {
                ColumnTable::deserialize(MapAccessDeserializer::new(map)).map(Column)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    pub column: String,
    #[serde(default)]
    pub map: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Customer {
    pub column: String,
    /// The `source` under which the customers were imported.
    pub source: String,
    #[serde(default)]
    pub map: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// Column with the person's name.
    pub name: String,
    /// Column with the login; without one, logins are made from names.
    #[serde(default)]
    pub login: Option<String>,
    /// Column with the manager's name; managers become users too.
    #[serde(default)]
    pub manager: Option<String>,
    /// Column with the department's name; one that is not there yet is made below the company.
    #[serde(default)]
    pub department: Option<String>,
    pub role: String,
    #[serde(default)]
    pub manager_role: Option<String>,
}

impl Mapping {
    pub fn load(path: &Path) -> anyhow::Result<Self> {
        let shown = path.display();
        let text = std::fs::read_to_string(path).map_err(|e| {
            told(format!("映射文件 `{shown}` 无法读取：{e}"), format!("the mapping `{shown}` cannot be read: {e}"))
        })?;
        let mapping: Mapping = toml::from_str(text.trim_start_matches('\u{feff}')).map_err(|e| {
            told(format!("映射文件 `{shown}` 有误：\n{e}"), format!("the mapping `{shown}` is wrong:\n{e}"))
        })?;
        let wrong =
            |zh: &str, en: &str| Err(told(format!("映射文件 `{shown}`：{zh}"), format!("the mapping `{shown}`: {en}")));
        if mapping.source.trim().is_empty() || mapping.source.chars().count() > 80 {
            return wrong("source 须为 1 至 80 个字符", "source needs 1 to 80 characters");
        }
        if (mapping.object == "user") != mapping.people.is_some() {
            return wrong(
                "[people] 与 object = \"user\" 须同时使用",
                "[people] goes with object = \"user\", and only with it",
            );
        }
        if mapping.people.is_some() {
            let records_only = !mapping.columns.is_empty()
                || !mapping.templates.is_empty()
                || !mapping.constants.is_empty()
                || !mapping.key.is_empty()
                || mapping.owner.is_some()
                || mapping.customer.is_some();
            if records_only {
                return wrong(
                    "人员只用 [people]：没有 key、columns、templates、constants、owner、customer",
                    "people have [people] alone: no key, columns, templates, constants, owner or customer",
                );
            }
        } else if mapping.key.is_empty() {
            return wrong("key 至少需要一列", "key needs at least one column");
        }
        Ok(mapping)
    }

    /// Every column named is there, and every column there is named.
    pub fn check_columns(&self, headings: &[String]) -> anyhow::Result<()> {
        let mut named: Vec<&str> =
            self.key.iter().chain(self.columns.keys()).chain(&self.ignore).map(String::as_str).collect();
        named.extend(self.owner.iter().map(|o| o.column.as_str()));
        named.extend(self.customer.iter().map(|c| c.column.as_str()));
        if let Some(p) = &self.people {
            named.push(&p.name);
            named.extend([&p.login, &p.manager, &p.department].into_iter().flatten().map(String::as_str));
        }
        for template in self.templates.values() {
            named.extend(placeholders(template));
        }
        let missing: BTreeSet<&str> = named.iter().copied().filter(|n| !headings.iter().any(|h| h == n)).collect();
        if !missing.is_empty() {
            let (missing, has) = (list(missing), list(headings.iter().map(String::as_str)));
            return Err(told(
                format!("文件没有映射中的列 {missing}；文件的列是 {has}"),
                format!("the file has no column {missing}, which the mapping names; it has {has}"),
            ));
        }
        let lost: Vec<&str> = headings.iter().map(String::as_str).filter(|h| !named.contains(h)).collect();
        if !lost.is_empty() {
            let lost = list(lost);
            return Err(told(
                format!("映射没有说明列 {lost} 如何处理：请映射，或写入 ignore"),
                format!("the mapping says nothing of the column {lost}; map it, or name it in `ignore`"),
            ));
        }
        Ok(())
    }

    /// Fields and what gives them their values, in words.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        let columns = self.columns.values().map(|c| c.0.field.as_str());
        columns.chain(self.templates.keys().map(String::as_str)).chain(self.constants.keys().map(String::as_str))
    }
}

/// `a`, `b`
pub fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ")
}

/// The columns named in a template.
pub fn placeholders(template: &str) -> Vec<&str> {
    let mut found = vec![];
    let mut rest = template;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { break };
        found.push(name);
        rest = tail;
    }
    found
}

/// The template with its columns' texts; empty where all of them are.
pub fn fill<'t>(template: &str, text_of: impl Fn(&str) -> &'t str) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    let mut any = placeholders(template).is_empty();
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { break };
        let text = text_of(name);
        any |= !text.is_empty();
        filled.push_str(before);
        filled.push_str(text);
        rest = tail;
    }
    filled.push_str(rest);
    if any { filled } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_once_and_empty_without_texts() {
        let text = |name: &str| if name == "a" { "{b}" } else { "" };
        assert_eq!(fill("{a} of {b}", text), "{b} of ", "a text is not a template");
        assert_eq!(fill("part of {b}", text), "");
        assert_eq!(fill("plain", text), "plain");
        assert_eq!(placeholders("{a} {open"), ["a"]);
    }

    #[test]
    fn a_column_is_a_field_or_a_table_and_nothing_else() {
        let read = |text: &str| toml::from_str::<BTreeMap<String, Column>>(text).map_err(|e| e.to_string());
        assert_eq!(read("A = \"name\"").unwrap()["A"].0.field, "name");
        assert_eq!(read("A = { field = \"name\", drop = \",\" }").unwrap()["A"].0.drop.as_deref(), Some(","));
        assert!(read("A = { field = \"name\", mpa = {} }").unwrap_err().contains("unknown field `mpa`"));
        assert!(read("A = 3").unwrap_err().contains("a field's name"));
    }
}
