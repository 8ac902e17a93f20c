//! Mapping files: which column becomes which field, and how its text is changed on the way.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use serde::Deserialize;

/// A mapping file (TOML). Every column of the file is either used or named in `ignore`: a column that is neither would be
/// lost without anybody noticing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What the outside system is called; keys of different sources do not meet.
    pub source: String,
    pub object: String,
    /// Columns that together name a row outside.
    pub key: Vec<String>,
    /// `,` by default; `;` or tab (`"\t"`).
    #[serde(default)]
    pub delimiter: Option<char>,
    /// By column.
    #[serde(default)]
    pub columns: BTreeMap<String, Column>,
    /// Field values made of several columns: `name = "{product} {id}"`.
    #[serde(default)]
    pub templates: BTreeMap<String, String>,
    /// Field values that are the same for every row.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    #[serde(default)]
    pub ignore: Vec<String>,
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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub field: String,
    /// Texts to replace as a whole, after trimming.
    #[serde(default)]
    pub map: BTreeMap<String, String>,
    /// How a date is written, as in strptime: `%d-%m-%y`.
    #[serde(default)]
    pub date: Option<String>,
    /// Characters to leave out of a number: `,` or a currency sign.
    #[serde(default)]
    pub drop: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    pub column: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Customer {
    pub column: String,
    /// The `source` under which the customers were imported.
    pub source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// Column with the person's name; logins are made from it.
    pub name: String,
    /// Column with the manager's name; managers become users too.
    #[serde(default)]
    pub manager: Option<String>,
    /// Column with the department; departments are made below the first one.
    #[serde(default)]
    pub department: Option<String>,
    pub role: String,
    #[serde(default)]
    pub manager_role: Option<String>,
}

impl Mapping {
    pub fn load(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("the mapping `{}`", path.display()))?;
        let mapping: Mapping = toml::from_str(&text).with_context(|| format!("the mapping `{}`", path.display()))?;
        if mapping.key.is_empty() {
            bail!("the mapping `{}`: key needs at least one column", path.display());
        }
        if (mapping.object == "user") != mapping.people.is_some() {
            bail!("the mapping `{}`: [people] goes with object = \"user\", and only with it", path.display());
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
            named.extend(p.manager.as_deref());
            named.extend(p.department.as_deref());
        }
        for template in self.templates.values() {
            named.extend(placeholders(template));
        }
        let missing: Vec<&&str> = named.iter().filter(|n| !headings.iter().any(|h| h == **n)).collect();
        if !missing.is_empty() {
            bail!("the file has no column {missing:?}; it has {headings:?}");
        }
        let lost: Vec<&String> = headings.iter().filter(|h| !named.contains(&h.as_str())).collect();
        if !lost.is_empty() {
            bail!("the mapping says nothing of the columns {lost:?}; map them, or name them in `ignore`");
        }
        Ok(())
    }
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
