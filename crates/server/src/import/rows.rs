//! From a row of texts to a row of values.

use std::collections::{BTreeMap, HashMap};

use access::path::FieldProblem;
use anyhow::bail;
use model::{Directory, FieldDef, ObjectType, User, UserStatus, Value};
use store::records::ImportRow;

use super::mapping::{Column, Mapping, placeholders};
use super::rejects::Problem;

/// Reads rows by a mapping.
pub struct Reader<'a> {
    mapping: &'a Mapping,
    object: &'a ObjectType,
    at: HashMap<&'a str, usize>,
    /// Active users by login and by name, where the name is one person's.
    people: HashMap<String, &'a User>,
}

impl<'a> Reader<'a> {
    pub fn new(
        mapping: &'a Mapping,
        object: &'a ObjectType,
        directory: &'a Directory,
        headings: &'a [String],
    ) -> anyhow::Result<Self> {
        let fields =
            mapping.columns.values().map(|c| &c.field).chain(mapping.templates.keys()).chain(mapping.constants.keys());
        for field in fields {
            if object.field(field).is_none() {
                bail!("the mapping names the field `{field}`, which `{}` does not have", object.name);
            }
        }
        if object.customer_field.is_some() && mapping.customer.is_none() {
            bail!("`{}` belongs to a customer: the mapping needs [customer]", object.name);
        }
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
        people.extend(directory.users.values().map(|u| (u.login.clone(), u)));
        let at = headings.iter().enumerate().map(|(n, h)| (h.as_str(), n)).collect();
        Ok(Self { mapping, object, at, people })
    }

    fn cell<'r>(&self, row: &'r [String], column: &str) -> &'r str {
        self.at.get(column).and_then(|n| row.get(*n)).map_or("", |c| c.trim())
    }

    /// # Errors
    /// Every problem of the row.
    pub fn read(&self, number: u64, row: &[String]) -> Result<ImportRow, Vec<Problem>> {
        let mut problems = vec![];
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
            match change(how, self.cell(row, column)) {
                Ok(text) => put(&how.field, column, &text, &mut problems),
                Err(reason) => {
                    let value =
                        self.object.field(&how.field).map(|d| shown(d, self.cell(row, column))).unwrap_or_default();
                    problems.push(Problem::new(column, &value, "invalid_value", &reason));
                }
            }
        }
        for (field, template) in &self.mapping.templates {
            let mut text = template.clone();
            for name in placeholders(template) {
                // As mapped, not as written: `GTXPro` and `GTX Pro` are one product here too.
                let raw = self.cell(row, name);
                let mapped = self.mapping.columns.get(name).and_then(|c| c.map.get(raw)).map_or(raw, String::as_str);
                text = text.replace(&format!("{{{name}}}"), mapped);
            }
            put(field, field, &text, &mut problems);
        }
        for (field, text) in &self.mapping.constants {
            put(field, field, text, &mut problems);
        }
        let owner = match &self.mapping.owner {
            None => None,
            Some(o) => match self.cell(row, &o.column) {
                "" => None,
                name => match self.people.get(name) {
                    Some(user) => Some(*user),
                    None => {
                        problems.push(Problem::new(
                            &o.column,
                            name,
                            "no_such_user",
                            "there is no active user of this name or login",
                        ));
                        None
                    }
                },
            },
        };
        let customer_key = self.mapping.customer.as_ref().map(|c| self.cell(row, &c.column).to_owned());
        if let (Some(c), Some("")) = (&self.mapping.customer, customer_key.as_deref()) {
            problems.push(Problem::new(&c.column, "", "no_such_customer", "the row names no customer"));
        }
        let key: Vec<&str> = self.mapping.key.iter().map(|c| self.cell(row, c)).collect();
        if key.iter().any(|k| k.is_empty()) {
            problems.push(Problem::new(&self.mapping.key.join("+"), "", "required", "the key of the row is empty"));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(ImportRow {
            number,
            key: key.join("\u{1f}"),
            values,
            owner: owner.map(|u| u.id),
            department: owner.map(|u| u.department),
            pool: owner.is_none() && self.object.has_pool,
            customer_key,
        })
    }

    /// Problems by field as problems by column.
    pub fn in_columns(&self, problems: &[FieldProblem]) -> Vec<Problem> {
        problems
            .iter()
            .map(|p| {
                let column =
                    self.mapping.columns.iter().find(|(_, c)| c.field == p.field).map(|(name, _)| name.as_str());
                Problem::new(column.unwrap_or(&p.field), "", p.code, &p.reason)
            })
            .collect()
    }
}

/// The value as an error file may show it.
fn shown(def: &FieldDef, text: &str) -> String {
    if def.class.is_sealed() { def.mask.apply(text) } else { text.chars().take(60).collect() }
}

fn change(how: &Column, text: &str) -> Result<String, String> {
    let text = how.map.get(text).map_or(text, String::as_str);
    let text = match &how.drop {
        Some(drop) => text.chars().filter(|c| !drop.contains(*c)).collect(),
        None => text.to_owned(),
    };
    match &how.date {
        Some(format) if !text.is_empty() => {
            let date =
                jiff::civil::Date::strptime(format, &text).map_err(|_| format!("expected a date as {format}"))?;
            Ok(date.to_string())
        }
        _ => Ok(text),
    }
}
