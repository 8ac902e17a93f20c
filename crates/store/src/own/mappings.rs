//! How a person mapped the columns of their files to fields, so that the next file of the same columns needs no mapping.
//!
//! Rule: names of columns and fields, no cell of any file.

use std::collections::BTreeMap;

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, FieldName, ObjectName};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::Store;
use crate::company::operations;

/// Mappings of one person; the oldest goes.
const MOST_MAPPINGS: usize = 30;
/// Columns of a file, and characters of a heading.
const MOST_COLUMNS: usize = 200;
const LONGEST_HEADING: usize = 200;
const NAME: &str = "mappings";

/// Keeps a mapping; one of the same columns is replaced.
#[derive(Debug)]
pub struct KeepMapping {
    pub object: ObjectName,
    pub kept: KeptMapping,
}

/// The caller's mappings for an object type, newest first.
#[derive(Debug)]
pub struct ShowMappings {
    pub object: ObjectName,
}

operations! {
    KeepMapping: OwnSave, |op| json!({
        "act": "mapping.keep", "object": op.object, "columns": op.kept.headings.len(),
    });
    ShowMappings: SelfRead, |op| json!({ "act": "mapping.list", "object": op.object });
}

/// Which column becomes what.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ImportMapping {
    /// What the outside system is called.
    pub source: String,
    /// Columns that together name a row outside.
    pub key: Vec<String>,
    /// Fields by column.
    pub columns: BTreeMap<String, FieldName>,
    /// The column with the owner's login or name.
    pub owner: Option<String>,
    /// The column with the customer's outside key, and under which source customers were imported.
    pub customer: Option<String>,
    pub customer_source: Option<String>,
}

/// A mapping and the columns it was made for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptMapping {
    pub headings: Vec<String>,
    pub mapping: ImportMapping,
}

/// All that one person keeps.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// Oldest first.
    mappings: Vec<(ObjectName, KeptMapping)>,
}

fn check(kept: &KeptMapping) -> Result<(), Refusal> {
    let wrong = |part: &str, reason: &str| Err(Refusal::invalid(part, "invalid_value", reason));
    let m = &kept.mapping;
    if kept.headings.len() > MOST_COLUMNS || kept.headings.iter().any(|h| h.chars().count() > LONGEST_HEADING) {
        return wrong("headings", "at most 200 columns, each named with at most 200 characters");
    }
    let there = |name: &String| kept.headings.contains(name);
    let mut named = m.key.iter().chain(m.columns.keys()).chain(&m.owner).chain(&m.customer);
    if !named.all(there) || m.key.len() > kept.headings.len() {
        return wrong("mapping.columns", "the file has no such column");
    }
    let long = |source: &str| source.chars().count() > 80;
    if long(&m.source) || m.customer_source.as_deref().is_some_and(long) {
        return wrong("mapping.source", "at most 80 characters");
    }
    Ok(())
}

impl Store {
    /// # Errors
    /// [`Refusal::Invalid`] at what is wrong; [`Refusal::NotFound`] for an object type that the caller cannot import;
    /// [`Refusal::Conflict`], [`Refusal::Taken`]. All recorded.
    pub async fn keep_mapping(&self, grant: Grant<KeepMapping>) -> Result<Disclosed<()>, Refusal> {
        let KeepMapping { object, kept } = grant.operation();
        let drafted = async {
            if !grant.has_right(Action::Import, object) {
                return Err(Refusal::NotFound);
            }
            check(kept)?;
            let mut own = self.own::<Kept>(grant.caller().user, NAME).await?;
            let all = &mut own.value.mappings;
            all.retain(|(of, k)| of != object || k.headings != kept.headings);
            all.push((object.clone(), kept.clone()));
            let over = all.len().saturating_sub(MOST_MAPPINGS);
            all.drain(..over);
            own.write(self, grant.now())
        };
        match drafted.await {
            Ok((change, told)) => grant.carry_out_telling(vec![told], vec![change], ()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Fields that are hidden from the caller by now are left out.
    ///
    /// # Errors
    /// As [`Store::keep_mapping`].
    pub async fn show_mappings(&self, grant: Grant<ShowMappings>) -> Result<Disclosed<Vec<KeptMapping>>, Refusal> {
        let object = &grant.operation().object;
        let found = async {
            if !grant.has_right(Action::Import, object) {
                return Err(Refusal::NotFound);
            }
            let own = self.own::<Kept>(grant.caller().user, NAME).await?;
            let mut mappings: Vec<KeptMapping> =
                own.value.mappings.into_iter().rev().filter(|(of, _)| of == object).map(|(_, kept)| kept).collect();
            for kept in &mut mappings {
                kept.mapping.columns.retain(|_, f| grant.best_level(object, f) > model::FieldLevel::Hidden);
            }
            Ok(mappings)
        };
        match found.await {
            Ok(mappings) => grant.carry_out(vec![], mappings).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}
