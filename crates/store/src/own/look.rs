//! How a view looks: which records, in which order, laid out how.
//!
//! Rule: a look names only what its reader may see. What was kept of a field that is gone, or hidden from this reader, is left
//! out when it is shown, and the answer says in which part, never which field: its name may be what is hidden.

use std::collections::{BTreeMap, BTreeSet};

use access::engine::predicate_of;
use access::path::{Grant, Operation, Refusal};
use model::{Condition, FieldLevel, ObjectType};
use serde::{Deserialize, Serialize};

use crate::records::MOST_KEYS;

/// Columns that every record has.
const BUILT_IN: [&str; 4] = ["owner", "department", "created_at", "updated_at"];
/// Fields of every record that can be filtered by.
const TESTED: [&str; 5] = ["owner", "department", "pool", "created_at", "updated_at"];
/// Columns of one view.
const MOST_COLUMNS: usize = 60;
/// Tests of one filter: as many as a list takes.
const MOST_TESTS: usize = 100;
/// More would leave no room for what scrolls.
const MOST_PINNED: usize = 3;

/// Whose records. Mine and my department's are those of whoever looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    #[default]
    All,
    Mine,
    Department,
    Pool,
}

/// How rows are laid out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Mode {
    #[default]
    Table,
    /// By a choice.
    Board { by: String },
    /// By a date.
    Calendar { by: String },
}

/// How high rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    Compact,
    #[default]
    Normal,
    Roomy,
}

/// The question of a view and its layout.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Look {
    pub scope: Scope,
    pub filter: Option<Condition>,
    /// `-amount`, `name`: up to three keys.
    pub sort: Vec<String>,
    /// In their order; `None` for those a list has by itself.
    pub columns: Option<Vec<String>>,
    /// Which of the columns stay while the others scroll.
    pub pinned: Vec<String>,
    /// In pixels, by column.
    pub widths: BTreeMap<String, u16>,
    pub mode: Mode,
    pub density: Density,
}

/// A part of a look that is not shown whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    Filter,
    Sort,
    Columns,
    Mode,
}

/// What a person may see of an object type.
pub(super) struct Eyes<'a, O: Operation> {
    pub(super) grant: &'a Grant<O>,
    pub(super) object: &'a ObjectType,
}

impl<O: Operation> Eyes<'_, O> {
    fn level(&self, field: &str) -> FieldLevel {
        let def = self.object.field(field);
        def.map_or(FieldLevel::Hidden, |def| self.grant.best_level(&self.object.name, &def.name))
    }
    fn shows(&self, column: &str) -> bool {
        BUILT_IN.contains(&column) || self.level(column) > FieldLevel::Hidden
    }
    /// Whether it can be asked by, beside the fields that every record has.
    fn asks(&self, field: &str) -> bool {
        self.object.field(field).is_some_and(|f| f.slot.is_some()) && self.level(field) >= FieldLevel::ReadOnly
    }
    fn tests(&self, condition: &Condition) -> bool {
        condition.fields().into_iter().all(|f| TESTED.contains(&f) || self.asks(f))
            && condition.size() <= MOST_TESTS
            && predicate_of(condition, self.object).is_ok()
    }
    fn sorts(&self, key: &str) -> bool {
        let by = key.strip_prefix('-').unwrap_or(key);
        matches!(by, "created_at" | "updated_at") || self.asks(by)
    }

    /// What of a kept look this person may see, and which parts are not whole.
    pub(super) fn fit(&self, mut look: Look) -> (Look, BTreeSet<LeftOut>) {
        let mut left_out = BTreeSet::new();
        if let Some(filter) = look.filter.take() {
            if self.tests(&filter) {
                look.filter = Some(filter);
            } else {
                left_out.insert(LeftOut::Filter);
                // Of tests that must all hold, those that can be asked still narrow.
                if let Condition::All(parts) = filter {
                    let parts: Vec<Condition> = parts.into_iter().filter(|p| self.tests(p)).collect();
                    look.filter = (!parts.is_empty()).then_some(Condition::All(parts));
                }
            }
        }
        let mut keep = |all: &mut Vec<String>, part, may: &dyn Fn(&str) -> bool| {
            let before = all.len();
            all.retain(|name| may(name));
            if all.len() < before {
                left_out.insert(part);
            }
        };
        keep(&mut look.sort, LeftOut::Sort, &|key| self.sorts(key));
        if let Some(columns) = &mut look.columns {
            keep(columns, LeftOut::Columns, &|name| self.shows(name));
        }
        keep(&mut look.pinned, LeftOut::Columns, &|name| self.shows(name));
        // Widths of columns that are not seen are nobody's loss.
        look.widths.retain(|name, _| self.shows(name));
        if look.columns.as_ref().is_some_and(Vec::is_empty) {
            look.columns = None;
        }
        if let Mode::Board { by } | Mode::Calendar { by } = &look.mode
            && !TESTED.contains(&by.as_str())
            && !self.asks(by)
        {
            left_out.insert(LeftOut::Mode);
            look.mode = Mode::Table;
        }
        (look, left_out)
    }

    /// Whether a look is one that this person could have before them.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] at the part that is wrong; a field that is hidden is answered like one that is not there.
    pub(super) fn check(&self, look: &Look) -> Result<(), Refusal> {
        let wrong = |part: &str, reason: &str| Err(Refusal::invalid(part, "invalid_value", reason));
        if look.sort.len() > MOST_KEYS {
            return wrong("look.sort", "a list has at most three keys");
        }
        let columns = look.columns.iter().flatten().count();
        if columns > MOST_COLUMNS || look.widths.len() > MOST_COLUMNS || look.pinned.len() > MOST_PINNED {
            return wrong("look.columns", "a view has at most 60 columns, three of which stay");
        }
        if look.widths.values().any(|width| !(40..=1000).contains(width)) {
            return wrong("look.widths", "a column is 40 to 1000 pixels wide");
        }
        let (_, left_out) = self.fit(look.clone());
        match left_out.first() {
            None => Ok(()),
            Some(LeftOut::Filter) => {
                Err(Refusal::invalid("look.filter", "not_filterable", "this cannot be filtered by"))
            }
            Some(LeftOut::Sort) => Err(Refusal::invalid("look.sort", "unknown_field", "there is no such field")),
            Some(LeftOut::Columns) => Err(Refusal::invalid("look.columns", "unknown_field", "there is no such field")),
            Some(LeftOut::Mode) => Err(Refusal::invalid("look.mode", "unknown_field", "there is no such field")),
        }
    }
}
